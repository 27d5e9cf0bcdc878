/**
 * A credential's arrays in an order that says nothing nobody signed. A proof of the graph signs sets: whoever holds the badge can turn
 * an array round, and the proof still verifies. So what comes first, and what is left out where there is much, must not hang on it. Every
 * array whose order was not signed is put into the order of what a person reads in it, with numbers as numbers; the others stay.
 *
 * @module
 */
import { type Claims, object } from './claims.js'
import type { AnyReport } from './verdict.js'

export type SignedOrder = NonNullable<AnyReport['signedOrder']>

/**
 * What a report has of the credential. Of a valid one what the proof secures, of another what was read. All that is drawn comes from here, so
 * that none of it hangs on an order that nobody signed.
 */
export function claimsOf(report: AnyReport): Claims | undefined {
  return inSignedOrder(
    object(report.outcome === 'valid' ? report.credential : report.unverified),
    signedOrderOf(report),
  )
}

/** None for a report that was kept by an earlier version, or in which no proof verified. */
export function signedOrderOf({ signedOrder }: { readonly signedOrder?: unknown }): SignedOrder {
  if (signedOrder === 'all') return signedOrder
  return Array.isArray(signedOrder) ? signedOrder.filter((name) => typeof name === 'string') : []
}

export function isOrderSigned(member: string, signed: SignedOrder): boolean {
  return signed === 'all' || signed.includes(member)
}

/** The same where the JSON was signed. Two that differ in the order of members and of unsigned arrays alone become one. */
export function inSignedOrder(claims: Claims | undefined, signed: SignedOrder): Claims | undefined {
  return claims === undefined || signed === 'all' ? claims : (arranged(claims, '', signed, 0).value as Claims)
}

/** Deeper than any document that a verifier reads. */
const MAX_DEPTH = 128

interface Arranged {
  readonly value: unknown
  /** The same for whatever is the same: tells apart what a person would not. */
  readonly text: string
}

function arranged(value: unknown, member: string, signed: SignedOrder, depth: number): Arranged {
  if (depth > MAX_DEPTH) return { value, text: '' }
  if (Array.isArray(value)) {
    const items = value.map((item) => arranged(item, member, signed, depth + 1))
    if (items.length > 1 && !isOrderSigned(member, signed)) {
      const keyed = items.map((item) => ({ item, label: labelOf(item.value) }))
      keyed.sort((a, b) => natural.compare(a.label, b.label) || compare(a.item.text, b.item.text))
      items.splice(0, items.length, ...keyed.map(({ item }) => item))
    }
    return { value: items.map((item) => item.value), text: `[${items.map(({ text }) => text).join()}]` }
  }
  if (typeof value !== 'object' || value === null) return { value, text: JSON.stringify(value) ?? '' }
  const members = Object.entries(value)
    .filter(([name]) => name !== '@context')
    .map(([name, inner]) => [name, arranged(inner, name, signed, depth + 1)] as const)
  const text = [...members]
    .sort(([a], [b]) => compare(a, b))
    .map(([name, inner]) => `${JSON.stringify(name)}:${inner.text}`)
    .join()
  // fromEntries defines members, where an assignment to "__proto__" would not.
  return { value: Object.fromEntries(members.map(([name, inner]) => [name, inner.value])), text: `{${text}}` }
}

/** What a person reads first in an entry of a list. */
const LABELS = ['name', 'targetName', 'identityHash', 'identifier', '@value', 'value', 'id'] as const
const LABEL_LENGTH = 200

function labelOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value).slice(0, LABEL_LENGTH)
  const members = value as Readonly<Record<string, unknown>>
  const label = LABELS.map((name) => members[name]).find((each) => typeof each === 'string')
  return typeof label === 'string' ? label.slice(0, LABEL_LENGTH) : ''
}

const natural = /* @__PURE__ */ new Intl.Collator('en', { numeric: true })

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
