/**
 * Which nodes are described in more than one place? RDF puts the descriptions together, a reader of the JSON does not. Here is no
 * judge (descriptions.ts), only the question whether one is needed; "no" is certain.
 *
 * @module
 */
import type { JsonObject } from '../internal/types.js'
import type { ActiveContext, TermDefinition, TypeScope } from './active-context.js'
import { DECIDING_MEMBERS } from './ambiguous.js'
import type { Contexts } from './contexts.js'
import { definitionOf } from './members.js'

/** The nodes of one document. A key is a node and its graph; `member` is what has the description as its value. */
export class DescribedNodes {
  /** Where each has been described first. */
  readonly #first = new Map<string, TermDefinition | null>()
  /** What endorsements comment on, and do nothing else to. */
  #commented: Set<string> | undefined
  /** What is called an EndorsementSubject where it is described otherwise. */
  #endorsed: Set<string> | undefined

  /** True where it takes a closer look: harmless for an issuer who is also the creator, an attack elsewhere. */
  add(key: string, member: TermDefinition | null): boolean {
    const first = this.#first.get(key)
    if (first === undefined) {
      this.#first.set(key, member)
      return false
    }
    return decides(first) || decides(member)
  }

  /**
   * The same for an EndorsementSubject. Every endorsement describes once more what it endorses; if only by its comment, that is
   * harmless beside any description but one that could be read for it, of something that is called an EndorsementSubject too.
   */
  addEndorsed(key: string, member: TermDefinition | null, isComment: boolean): boolean {
    if (isComment) {
      this.#commented ??= new Set()
      this.#commented.add(key)
      return this.#endorsed?.has(key) === true
    }
    this.#endorsed ??= new Set()
    this.#endorsed.add(key)
    return this.add(key, member) || this.#commented?.has(key) === true
  }
}

function decides(member: TermDefinition | null): boolean {
  return member === null || DECIDING_MEMBERS.has(member.name)
}

/** Nothing but an EndorsementSubject with the standard's own comment, all under their usual names? */
export function isComment(
  element: JsonObject,
  { endorsed }: TypeScope,
  active: ActiveContext,
  contexts: Contexts,
): boolean {
  if (endorsed !== 'only') return false
  for (const name in element) {
    if (name === 'id' || name === 'type') continue
    if (name !== 'endorsementComment' || definitionOf(active, name, contexts).ownership !== 'own') return false
  }
  return true
}
