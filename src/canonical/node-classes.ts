/**
 * Which of the members of a node are shown where it stands. A node that is an achievement in one place and its criteria in another has
 * members for either, and each place has those of its own class; what no class claims is shown in all of them.
 *
 * @module
 */
import type { JsonObject } from '../internal/types.js'
import { type ModelClass, ModelClasses } from '../model/classes.js'

/** Comprehensive Learner Record 2.0: its own names for what the subject of a record has. */
const CLR_SUBJECT = 'ClrSubject'
const CLR = 'https://purl.imsglobal.org/spec/vc/clr/vocab.html#'

/** The classes of a document's nodes. */
export class NodeClasses {
  readonly #model = new ModelClasses()
  readonly #clrSubject: ModelClass = {
    name: CLR_SUBJECT,
    types: new Set([CLR_SUBJECT]),
    listsTypes: true,
    isText: () => false,
    has: () => false,
    at: (member) => (member === 'achievement' ? this.#model.achievement() : undefined),
  }

  /** Records are credentials too, of a class that the model leaves open. */
  credential(document: JsonObject): ModelClass {
    const made = this.#model.credential(document)
    if (![document.type].flat().includes('ClrCredential')) return made
    return { ...made, at: (member) => (member === 'credentialSubject' ? this.#clrSubject : made.at(member)) }
  }
}

/** As far as it is asked here. */
interface Described {
  /** What the node is where it stands. */
  readonly classes: ReadonlySet<ModelClass | undefined>
}
interface Named {
  readonly name: string
}

/** The class of what stands in a member; undefined where the model leaves that open. */
export function classWithin(type: ModelClass | undefined, member: string): ModelClass | undefined {
  const inner = type?.at(member)
  return inner?.name === 'CredentialSubject' ? undefined : inner
}

/** Is the member one of this class? */
function claims(type: ModelClass, iri: string, { name }: Named): boolean {
  return iri.startsWith(CLR) ? type.name === CLR_SUBJECT : type.has(name)
}

/** Is it shown where the node is of class `type`? */
export function isShownAs(type: ModelClass | undefined, { classes }: Described, iri: string, member: Named): boolean {
  if (type === undefined || claims(type, iri, member)) return true
  for (const other of classes) if (other !== undefined && claims(other, iri, member)) return false
  return true
}

/** The types of a node that are shown where it is of class `type`: not those of the other classes that it is of. */
export function typesAs(
  type: ModelClass | undefined,
  { classes }: Described,
  all: readonly string[],
): readonly string[] {
  const others = [...classes].filter((other) => other !== type && other !== undefined)
  return all.filter(
    (name) => type?.types.has(name) || type === undefined || !others.some((other) => other?.types.has(name)),
  )
}
