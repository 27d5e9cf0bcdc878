/**
 * VCDM 1.1 documents under VCDM 2.0 names, so that the rest of the library knows one model.
 *
 * @module
 */
import type { Json, JsonObject } from '../internal/types.js'
import { VC_V1, VC_V2 } from './contexts.js'
import { parseDateTime } from './date-time.js'

/** VCDM 1.1 name, VCDM 2.0 name, and which of two moments is the stricter. */
const RENAMED = [
  { from: 'issuanceDate', to: 'validFrom', stricter: Math.max },
  { from: 'expirationDate', to: 'validUntil', stricter: Math.min },
] as const

export interface Upgraded {
  readonly value: JsonObject
  /** 2.0 name to 1.1 name, for pointers into the original. */
  readonly renamed: ReadonlyMap<string, string>
}

/** The version of the data model, by the first context. */
export function versionOf(document: JsonObject): '1.1' | '2.0' {
  return firstContext(document) === VC_V1 ? '1.1' : '2.0'
}

/**
 * The document with 2.0 names and the 2.0 context; undefined where its first context is not VCDM 1.1's. Its proof is over the
 * original, so this is a view to read, not a document to verify.
 *
 * The 1.1 context defines both names of each date. Where a document has both, the stricter one counts: nobody may hide an
 * expiry behind the other name.
 */
export function upgrade(document: JsonObject): Upgraded | undefined {
  if (firstContext(document) !== VC_V1) return undefined
  const renamed = new Map<string, string>()
  const changes = new Map<string, Json>([['@context', upgradeContexts(document['@context'] as Json)]])
  for (const { from, to, stricter } of RENAMED) {
    const [older, newer] = [document[from], document[to]]
    if (older === undefined) continue
    changes.set(from, older)
    if (newer === undefined || !isStricter(newer, older, stricter)) renamed.set(to, from)
    else changes.set(from, newer)
  }
  const entries = Object.entries(document).flatMap(([name, member]): [string, Json][] => {
    const row = RENAMED.find(({ from, to }) => name === from || (name === to && document[from] !== undefined))
    if (!row) return [[name, changes.get(name) ?? member]]
    return name === row.from ? [[row.to, changes.get(row.from) as Json]] : []
  })
  // fromEntries defines members, where an assignment to "__proto__" would not.
  return { value: Object.fromEntries(entries), renamed }
}

function firstContext(document: JsonObject): Json | undefined {
  const contexts = document['@context']
  return Array.isArray(contexts) ? (contexts[0] as Json | undefined) : contexts
}

function upgradeContexts(contexts: Json): Json {
  return Array.isArray(contexts) ? [VC_V2, ...(contexts.slice(1) as Json[])] : VC_V2
}

/** Is `candidate` the stricter of two dates? What is no date counts as stricter, so that it is refused. */
function isStricter(candidate: Json, other: Json, stricter: (a: number, b: number) => number): boolean {
  const [a, b] = [candidate, other].map((value) => (typeof value === 'string' ? parseDateTime(value)?.time : undefined))
  if (a === undefined || b === undefined) return a === undefined
  return stricter(a, b) === a
}
