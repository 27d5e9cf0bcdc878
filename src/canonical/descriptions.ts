/**
 * Things that a document describes in more than one place. RDF puts the descriptions together, a reader of the JSON takes the
 * one he came to: members could be moved from one to the other, and the signature would not notice.
 *
 * @module
 */
import type { Json } from '../internal/types.js'
import type { TermDefinition } from './active-context.js'
import { DECIDING_MEMBERS, isCredentialClass } from './ambiguous.js'
import { isBlankNodeIdentifier } from './keywords.js'
import type { DocumentPlace, Problems } from './problems.js'
import type { Vocabulary } from './vocabulary.js'

/** What a document says of one thing in one place. */
export class Description {
  readonly pointer: string
  /** The member that has the object as its value; null for the document itself and what stands in no member. */
  readonly member: TermDefinition | null
  readonly graph: string
  /** Inside a credential within the credential? That is verified for itself, and read only then. */
  readonly nested: boolean
  readonly types: readonly string[]
  /** Expanded, once it is known. */
  id: string | undefined = undefined
  /** By IRI. */
  readonly members = new Map<string, Json>()
  readonly #texts = new Map<string, string>()

  constructor(
    { pointer, nested }: Pick<DocumentPlace, 'pointer' | 'nested'>,
    member: TermDefinition | null,
    graph: string,
    types: readonly string[],
  ) {
    this.pointer = pointer
    this.nested = nested
    this.member = member
    this.graph = graph
    this.types = types
  }

  /** A mere reference describes nothing. */
  get isEmpty(): boolean {
    return this.members.size === 0 && this.types.length === 0
  }

  /** Does anything hang on what is said here? */
  get decides(): boolean {
    return !this.nested && (this.member === null || DECIDING_MEMBERS.has(this.member.name))
  }

  /** The value of a member as text, made once: it is compared with all the other descriptions. */
  text(iri: string): string | undefined {
    const known = this.#texts.get(iri)
    if (known !== undefined || !this.members.has(iri)) return known
    const text = JSON.stringify(this.members.get(iri))
    this.#texts.set(iri, text)
    return text
  }

  says(other: Description): boolean {
    return (
      this.members.size === other.members.size &&
      this.types.join('\n') === other.types.join('\n') &&
      [...this.members.keys()].every((iri) => this.text(iri) === other.text(iri))
    )
  }
}

/** Descriptions of one thing, outside of nested credentials, that are compared with one another. A credential has two or three. */
const MAX_COMPARED = 8

/** The different descriptions of one thing. */
interface OfOneThing {
  readonly outside: Description[]
  /** In nested credentials, which do not interfere with one another: each endorsement says of what it endorses. */
  readonly nested: Description[]
}

export class Descriptions {
  readonly #all: Description[] = []
  readonly #vocabulary: Vocabulary

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
  }

  add(place: DocumentPlace, member: TermDefinition | null, graph: string, types: readonly string[]): Description {
    const description = new Description(place, member, graph, types)
    this.#all.push(description)
    return description
  }

  /** For what is said of others in the midst of a description, by reverse properties. */
  apart({ member, graph, types }: Description): Description {
    return new Description({ pointer: '', nested: true }, member, graph, types)
  }

  /** Is nothing said of anything? */
  get none(): boolean {
    return this.#all.every(({ isEmpty }) => isEmpty)
  }

  judge(problems: Problems): void {
    const byId = new Map<string, OfOneThing>()
    for (const description of this.#all) {
      const { id, graph, pointer } = description
      if (id === undefined || description.isEmpty) continue
      const key = JSON.stringify([graph, id])
      const others = byId.get(key) ?? { outside: [], nested: [] }
      byId.set(key, others)
      if (others.outside.some((other) => other.says(description))) continue
      const other = this.#interfering(description, others)
      if (other !== undefined)
        problems.ambiguous(
          pointer,
          id,
          `is described here and at ${JSON.stringify(other.pointer)}: what belongs to it would be read in one of the places only`,
        )
      else if (description.nested) others.nested.push(description)
      else if (others.outside.length < MAX_COMPARED) others.outside.push(description)
      // Those that are left out decide nothing, and have been compared with all that do.
      else if (description.decides) problems.ambiguous(pointer, id, 'is described in too many places')
    }
  }

  #interfering(description: Description, { outside, nested }: OfOneThing): Description | undefined {
    const interferes = (other: Description) => this.#interferes(other, description)
    const found = outside.find(interferes)
    if (found !== undefined || description.nested) return found
    // Only what decides is read for something that a nested description has; and only so many of those are kept.
    const isAsked =
      isBlankNodeIdentifier(description.id as string) || (description.decides && outside.length < MAX_COMPARED)
    return isAsked ? nested.find(interferes) : undefined
  }

  /** Two different descriptions: could what belongs to one stand in the other? */
  #interferes(one: Description, other: Description): boolean {
    if (isBlankNodeIdentifier(one.id as string)) return true
    if (one.nested && other.nested) return false
    if (one.member === null) return !isHarmless(other)
    if (other.member === null) return !isHarmless(one)
    return this.#couldTake(one, other) || this.#couldTake(other, one)
  }

  /** Has `from` got anything that `deciding` would be read for? */
  #couldTake(deciding: Description, from: Description): boolean {
    if (!deciding.decides) return false
    // Its type has moved, and with the type the names of its members.
    if (deciding.types.length === 0 && from.types.some((type) => type !== 'EndorsementSubject')) return true
    for (const type of deciding.types)
      for (const iri of this.#vocabulary.membersOf(type))
        if (from.members.has(iri) && from.text(iri) !== deciding.text(iri)) return true
    return false
  }
}

/**
 * What may be said of the credential in another place: that it is something else as well (1EdTech's own examples give a refresh
 * service the credential's id), and an endorsement's comment on it.
 */
function isHarmless({ types, members }: Description): boolean {
  return (
    !types.some(isCredentialClass) &&
    [...members.keys()].every((iri) => iri === 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementComment')
  )
}
