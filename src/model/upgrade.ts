/**
 * VCDM 1.1 documents under VCDM 2.0 names, so that the rest of the library knows one model.
 *
 * @module
 */
import type { ParseIssue } from '../errors.js'
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

/**
 * What VCDM 1.1 demands of a document that is written, where 2.0 names it otherwise or demands less: sections 4.6, 4.9, 5.4 and 5.5. Its readers look for
 * these names alone, and would take an end under the other one for none.
 */
export function olderIssues(document: JsonObject): ParseIssue[] {
  const issues: ParseIssue[] = []
  for (const { from, to } of RENAMED)
    if (document[to] !== undefined)
      issues.push({
        code: 'parse.unknown_member',
        pointer: `/${to}`,
        message: `with the VCDM 1.1 context this is "${from}": "${to}" is the name in VCDM 2.0, which readers of 1.1 overlook`,
      })
  if (document.issuanceDate === undefined && document.validFrom === undefined)
    issues.push({ code: 'parse.missing', pointer: '/issuanceDate', message: '"issuanceDate" is missing: a date-time' })
  for (const name of NAMED_BY_URL)
    for (const [at, each] of entriesOf(document[name], `/${name}`))
      if (typeof each === 'object' && each !== null && (each as JsonObject).id === undefined)
        issues.push({
          code: 'parse.missing',
          pointer: `${at}/id`,
          message: '"id" is missing: an absolute URI, which VCDM 1.1 demands here',
        })
  return issues
}

const NAMED_BY_URL = ['credentialStatus', 'credentialSchema', 'refreshService'] as const

function entriesOf(value: Json | undefined, at: string): (readonly [string, Json])[] {
  if (!Array.isArray(value)) return value === undefined ? [] : [[at, value as Json]]
  return (value as readonly Json[]).map((each, index) => [`${at}/${index}`, each])
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
