/**
 * Collects problems and words them, for people who have not read JSON-LD.
 *
 * @module
 */
import { pointer } from '../internal/json-pointer.js'
import type { Json } from '../internal/types.js'
import type { ActiveContext, TermDefinition } from './active-context.js'
import { MOVING_KEYWORDS } from './ambiguous.js'
import type { Budget } from './budget.js'
import type { ContextFailure, Contexts } from './contexts.js'
import { expandIri } from './iri-expansion.js'
import { isAbsoluteIri, isBlankNodeIdentifier, type JsonLdSyntaxError } from './keywords.js'
import { type JsonLdProblem, UNCOVERED } from './types.js'
import type { Vocabulary } from './vocabulary.js'

/** Where an examination is. */
export interface DocumentPlace {
  readonly pointer: string
  /** Do only the standard's own terms lead here? Then a reader of the standard gets here too. */
  readonly standard: boolean
  /** Must every name that the standard has mean here what it means there? */
  readonly strict: boolean
  /** Inside a credential within the document? */
  readonly nested: boolean
  /** The types of the object. */
  readonly types: readonly string[]
}

/** The items of an array, or the one value, with their places. */
export function itemsOf(value: Json, place: DocumentPlace): readonly (readonly [Json, DocumentPlace])[] {
  if (!Array.isArray(value)) return [[value, place]]
  return (value as readonly Json[]).map((item, index) => [item, { ...place, pointer: pointer(place.pointer, index) }])
}

/** Enough to see what is wrong; a document of a megabyte could have a hundred thousand. */
const MAX_PROBLEMS = 20

export class Problems {
  readonly #problems: JsonLdProblem[] = []
  readonly #vocabulary: Vocabulary
  /** The contexts that the document uses. */
  readonly #used: ReadonlySet<string>
  readonly #budget: Budget

  constructor(vocabulary: Vocabulary, { used, budget }: Contexts) {
    this.#vocabulary = vocabulary
    this.#used = used
    this.#budget = budget
  }

  /** Where a context is unknown, undefined terms are its consequence and no news. */
  get all(): readonly JsonLdProblem[] {
    const unknown = this.#problems.filter(({ kind }) => kind === 'unknown_context')
    return unknown.length > 0 ? unknown : this.#problems
  }

  /** Is something of the document dropped, and has that been said? */
  dropsSomething = false

  #add(problem: JsonLdProblem): void {
    if (problem.kind === 'undefined_term') this.dropsSomething = true
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push(problem)
  }

  unknownContext(at: string, { url, code, message }: ContextFailure): void {
    this.#add({
      kind: 'unknown_context',
      pointer: at,
      url,
      code,
      message: `the context ${url} is not bundled and could not be loaded (${code}: ${message}); without it nobody can tell what the document says`,
    })
  }

  invalid(at: string, { code, message }: JsonLdSyntaxError): void {
    this.syntax(at, code, message)
  }

  /** `code`: JSON-LD 1.1 API section 9.4. */
  syntax(at: string, code: string, message: string): void {
    this.#add({ kind: 'invalid', pointer: at, message: `not JSON-LD (${code}): ${message}` })
  }

  language(at: string, language: string): void {
    this.syntax(at, 'invalid language-tagged string', `${quote(language)} is not a language tag such as "en-US"`)
  }

  dropped(at: string, term: string, message: string): void {
    this.#add({ kind: 'undefined_term', pointer: at, term, message: `${message}: ${UNCOVERED}` })
  }

  ambiguous(at: string, term: string, says: string): void {
    this.#add({ kind: 'ambiguous_member', pointer: at, term, message: `${quote(term)} ${says}` })
  }

  /** A member whose reading is irregular. Not all of them are a problem everywhere. */
  member(place: DocumentPlace, definition: TermDefinition, active: ActiveContext): void {
    const { name, iri, reverse } = definition
    const at = place.pointer
    if (iri === null || (definition.predicate === '' && !definition.keyword)) {
      this.dropsSomething = true
      if (iri === null && active.terms.has(name) && this.#vocabulary.isName(name))
        this.ambiguous(
          at,
          name,
          "is defined as null in the document's @context: it can be read, and no signature covers it",
        )
      else if (iri !== null && isBlankNodeIdentifier(iri))
        this.dropped(at, name, `${quote(name)} stands for a blank node, which cannot be a property`)
      else this.#undefined(at, name, place)
      return
    }
    if (definition.keyword) {
      const own = this.#vocabulary.namesOf(iri)[0] ?? iri
      if (MOVING_KEYWORDS.has(iri))
        this.ambiguous(
          at,
          name,
          `${name === iri ? '' : `stands for "${iri}" and `}moves statements to where a reader of the JSON does not look for them`,
        )
      else if (place.standard)
        this.ambiguous(at, name, `stands for "${own}", and a reader of the JSON looks for "${own}"`)
      return
    }
    if (reverse) {
      this.ambiguous(at, name, 'is a reverse property: it turns a statement round, and a reader of the JSON does not')
      return
    }
    const owned = this.#vocabulary.owns(iri) || place.standard
    if (this.#vocabulary.isOwnProperty(iri, name)) {
      if (place.standard) this.ambiguous(at, name, "is given another structure by the document's @context")
    } else if (owned && this.#vocabulary.namesOf(iri).length > 0) {
      const [own] = this.#vocabulary.namesOf(iri)
      this.ambiguous(
        at,
        name,
        `means ${iri}, which the standard writes ${JSON.stringify(own)}: a reader of the JSON does not see it`,
      )
    } else if (this.#vocabulary.owns(iri))
      this.ambiguous(at, name, `means ${iri}, which is no property of the standard`)
    else if (place.strict && this.#vocabulary.isW3cName(name))
      this.ambiguous(at, name, `means ${iri} here, and something else in the standard`)
  }

  type(at: string, type: string, active: ActiveContext, place: DocumentPlace): void {
    const iri = expandIri(active, type, { vocab: true, budget: this.#budget })
    if (iri === '@json') return
    if (iri === null || !isAbsoluteIri(iri)) {
      if (active.base !== null)
        this.ambiguous(at, type, 'is a relative type, which "@base" completes: a reader of the JSON does not')
      else this.#undefined(at, type, place, 'type')
      return
    }
    if (this.#vocabulary.isOwnClass(iri, type)) return
    const own = this.#vocabulary.classNamesOf(iri)[0]
    if (own !== undefined && (place.standard || this.#vocabulary.owns(iri)))
      this.ambiguous(
        at,
        type,
        `means ${iri}, which the standard writes ${JSON.stringify(own)}: a reader of the JSON does not see it`,
      )
    else if (place.strict && this.#vocabulary.isW3cName(type))
      this.ambiguous(at, type, `means ${iri} here, and something else in the standard`)
  }

  /** An id, or a reference. Gives back what it expands to, where that is an IRI or a blank node identifier. */
  id(place: DocumentPlace, value: string, active: ActiveContext): string | undefined {
    const iri = expandIri(active, value, { vocab: false, budget: this.#budget })
    if (iri !== null && isAbsoluteIri(iri)) {
      if (isBlankNodeIdentifier(iri) && place.standard)
        this.ambiguous(
          place.pointer,
          value,
          'is the name of a blank node, which no signature covers: anybody could change it',
        )
      else if (iri !== value && place.standard)
        this.ambiguous(place.pointer, value, `is short for ${iri}, and a reader of the JSON takes it as it stands`)
      return iri
    }
    if (active.base !== null)
      this.ambiguous(
        place.pointer,
        value,
        'is a relative reference, which "@base" completes: a reader of the JSON does not',
      )
    else
      this.dropped(
        place.pointer,
        value,
        isAbsoluteIri(value.replace(/\s+/g, ''))
          ? `${quote(value)} has white space in it, and no URL does: write a space as %20`
          : `${quote(value)} is not an absolute IRI (such as https://... or urn:uuid:...)`,
      )
    return undefined
  }

  /** A value that is a term, such as the purpose of a proof. */
  vocabValue(place: DocumentPlace, value: string, active: ActiveContext, own: boolean): void {
    const iri = expandIri(active, value, { vocab: true, budget: this.#budget })
    if (iri === null || !isAbsoluteIri(iri)) this.#undefined(place.pointer, value, place, 'value')
    else if (own && iri !== value && !this.#vocabulary.isOwnProperty(iri, value))
      this.ambiguous(place.pointer, value, `means ${iri}, and a reader of the JSON takes it as it stands`)
    else if (own && iri === value && this.#vocabulary.namesOf(iri).length > 0)
      this.ambiguous(
        place.pointer,
        value,
        `is written ${JSON.stringify(this.#vocabulary.namesOf(iri)[0])} in the standard`,
      )
  }

  #undefined(at: string, term: string, place: DocumentPlace, what = 'member'): void {
    const message = `the ${what} ${quote(term)} is not defined by the document's @context, so ${UNCOVERED}`
    this.#add({ kind: 'undefined_term', pointer: at, term, ...this.#advice(message, term, place) })
  }

  /** Which context would define the term, or what else keeps it from being defined. */
  #advice(
    message: string,
    term: string,
    { types }: DocumentPlace,
  ): { readonly message: string; readonly url?: string } {
    for (const { url, type } of this.#vocabulary.definitionsOf(term)) {
      if (this.#used.has(url)) {
        if (type !== undefined && !types.includes(type))
          return {
            url,
            message: `${message}: ${url} defines it for objects of type ${quote(type)}, which this one is not`,
          }
      } else if (
        (type === undefined || types.includes(type)) &&
        !VERSIONS.some((one) => one.includes(url) && this.#usesOther(one, url))
      )
        return { url, message: `${message}: add ${url}, which defines it` }
    }
    return { message: `${message}: take it out, or add a context that defines it` }
  }

  #usesOther(versions: readonly string[], url: string): boolean {
    return versions.some((other) => other !== url && this.#used.has(other))
  }
}

/** Contexts that exclude one another: nobody is advised to add one to the other. */
const VERSIONS: readonly (readonly string[])[] = [
  ['https://www.w3.org/2018/credentials/v1', 'https://www.w3.org/ns/credentials/v2'],
  [
    'https://purl.imsglobal.org/spec/ob/v3p0/context.json',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
  ],
]

/** As JSON, cut off where it is too long to be read. */
function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text)
}
