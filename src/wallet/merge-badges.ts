/**
 * A wallet's badges without doubles, each in its newest version: Open Badges 3.0, "Credential equality and comparison algorithm".
 *
 * @module
 */
import { UsageError } from '../errors.js'
import { canonicalJson } from '../internal/jcs.js'
import { arrayOf } from '../internal/members.js'
import { shown } from '../internal/shown.js'
import type { Json, JsonObject } from '../internal/types.js'
import { credentialKey, startOf } from '../model/compare.js'
import type { SecuredCredential, VerifiableCredential } from '../model/types.js'
import { demandArgument } from '../report/demand-options.js'
import { isSignedByIssuer } from '../report/signature.js'
import { type HeldBadge, heldBadge, withoutProof } from './held-badge.js'

/** One of several versions that nobody can choose between by rule: all of them are kept. */
export interface Undecided<B extends HeldBadge> {
  readonly badges: readonly B[]
  /**
   * - `other_proof`: the same content, signed in different ways. Each may be what the next verifier takes.
   * - `other_content`: the same id, issuer and `validFrom`, and not the same badge.
   * - `not_verified`: a newer one is there, and no report says that its issuer signed it. Verify it and merge again.
   */
  readonly because: 'other_proof' | 'other_content' | 'not_verified'
}

/** What is kept of two collections, and why. */
export interface Merged<B extends HeldBadge> {
  /** In the order in which they first came. */
  readonly badges: readonly B[]
  /** What went, and what took its place. */
  readonly replaced: readonly { readonly badge: B; readonly by: B }[]
  /** Exact copies that were left out. */
  readonly copies: readonly B[]
  readonly undecided: readonly Undecided<B>[]
}

/**
 * Puts lists of badges together. Two are the same where the ids of credential and issuer are equal; of those the one with the
 * later `validFrom` replaces the other, but only where its `report` says that the issuer's key signed it: everybody can
 * write a badge with the id of yours and a later date. A badge without id is the same as none but its exact copies.
 *
 * The order of the lists changes the order of the badges and nothing else, and merging again changes nothing.
 *
 * Throws UsageError `usage.invalid_option`, `usage.report_of_another` (the report is not of this badge).
 */
export function mergeBadges<B extends HeldBadge>(...lists: readonly (readonly B[])[]): Merged<B> {
  for (const [index, list] of lists.entries()) demandArgument(list, arrayOf(heldBadge), `lists[${index}]`)
  const copies: B[] = []
  const distinct = new Map<string, Entry<B>>()
  for (const badge of lists.flat()) {
    const entry = entryOf(badge)
    const known = distinct.get(entry.text)
    if (known === undefined) distinct.set(entry.text, entry)
    else if (entry.isProven && !known.isProven) {
      // The copy that is known to be genuine says more; it takes the other's place in the order.
      copies.push(known.badge)
      distinct.set(entry.text, entry)
    } else copies.push(badge)
  }
  const replaced: { badge: B; by: B }[] = []
  const undecided: Undecided<B>[] = []
  const badges: B[] = []
  const gone = new Set<Entry<B>>()
  for (const group of groupsOf(distinct.values())) {
    const newest = newestProven(group)
    const kept = group.filter(({ start }) => newest === undefined || start >= newest.start)
    if (newest !== undefined)
      for (const entry of group) {
        if (entry.start >= newest.start) continue
        gone.add(entry)
        replaced.push({ badge: entry.badge, by: newest.badge })
      }
    if (kept.length > 1) undecided.push({ badges: kept.map(({ badge }) => badge), because: reasonOf(kept) })
  }
  for (const entry of distinct.values()) if (!gone.has(entry)) badges.push(entry.badge)
  return { badges, replaced, copies, undecided }
}

interface Entry<B> {
  readonly badge: B
  /** Equal where the badges are exact copies. */
  readonly text: string
  /** Equal where the content is, whatever the proofs are. */
  readonly content: string
  /** Equal where they are the same credential; undefined without an id. */
  readonly key: string | undefined
  readonly start: number
  readonly isProven: boolean
}

function entryOf<B extends HeldBadge>(badge: B): Entry<B> {
  const { unverified, secured } = badge
  return {
    badge,
    text: textOf(secured),
    content: contentOf(badge.secured, unverified),
    key: credentialKey(unverified),
    start: startOf(unverified),
    isProven: isProven(badge),
  }
}

/** A JWT never equals JSON: its text has dots and no brace. */
const textOf = (secured: SecuredCredential<VerifiableCredential>): string =>
  typeof secured === 'string' ? secured : canonicalJson(secured as unknown as Json)

/** A JWT counts by what it says, so that a JWT and JSON of one credential are one content. */
function contentOf(secured: SecuredCredential<VerifiableCredential>, unverified: VerifiableCredential): string {
  return canonicalJson(withoutProof((typeof secured === 'string' ? unverified : secured) as unknown as JsonObject))
}

function groupsOf<B>(entries: Iterable<Entry<B>>): Iterable<readonly Entry<B>[]> {
  const groups = new Map<string, Entry<B>[]>()
  for (const entry of entries) {
    if (entry.key === undefined) continue
    const group = groups.get(entry.key)
    if (group === undefined) groups.set(entry.key, [entry])
    else group.push(entry)
  }
  return groups.values()
}

/** The first of several by their text: the order of the lists must not matter. */
function newestProven<B>(group: readonly Entry<B>[]): Entry<B> | undefined {
  return group.reduce<Entry<B> | undefined>((best, entry) => {
    if (!entry.isProven) return best
    if (best === undefined || entry.start > best.start) return entry
    return entry.start === best.start && entry.text < best.text ? entry : best
  }, undefined)
}

function reasonOf<B>(kept: readonly Entry<B>[]): Undecided<HeldBadge>['because'] {
  const [first] = kept
  if (kept.some(({ start }) => start !== first?.start)) return 'not_verified'
  return kept.every(({ content }) => content === first?.content) ? 'other_proof' : 'other_content'
}

function isProven({ report, secured, unverified }: HeldBadge): boolean {
  if (report === undefined || !isSignedByIssuer(report.checks)) return false
  const proven = report.secured
  // What was verified is the content: a disclosure of all of it speaks for the base proof it was made from.
  const isSame =
    typeof secured === 'string' || typeof proven === 'string' || proven === undefined
      ? secured === proven
      : contentOf(proven, unverified) === contentOf(secured, unverified)
  if (!isSame)
    throw new UsageError(
      'usage.report_of_another',
      `the report of a badge (${shown(unverified.id ?? 'without id', 100)}) is about another one: verify its own "secured"`,
    )
  return true
}
