/**
 * Several reports about one credential: which of them speaks. Open Badges 3.0, "Credential equality and comparison algorithm": the same id
 * and issuer are one credential, and of two versions the one with the later `validFrom` is the newer.
 *
 * @module
 */
import { credentialKey, startOf } from '../model/compare.js'
import { parseDateTime } from '../model/date-time.js'
import type { OpenBadgeCredential } from '../model/types.js'
import type { VerificationReport } from '../report/report.js'
import { claimable } from './arguments.js'

/** What one report says about one credential. */
export interface Spoken {
  readonly report: VerificationReport
  readonly credential: OpenBadgeCredential
}

/** The version of a credential that counts, and the next one that begins later. */
export interface Version extends Spoken {
  readonly next: Spoken | undefined
}

/** Reports may be some seconds ahead of the caller's clock. Milliseconds. */
export const SKEW = 300_000
/** A CLR in a CLR in a CLR is nobody's. */
const MAX_NESTING = 4

/** Each credential once, whatever the order of the reports. */
export function versionsOf(reports: readonly VerificationReport[], now: number): Version[] {
  const credentials = new Map<string, Spoken[]>()
  for (const [index, report] of flatten(reports, 0).entries()) {
    const credential = report.outcome === 'valid' ? report.credential : report.unverified
    if (credential?.credentialSubject?.achievement === undefined || claimable(credential, '') !== undefined) continue
    // One without id is the same as none.
    const key = credentialKey(credential) ?? `${index}`
    const copies = credentials.get(key)
    if (copies === undefined) credentials.set(key, [{ report, credential }])
    else copies.push({ report, credential })
  }
  return [...credentials.values()].map((copies) => versionOf(copies, now))
}

/** A refreshed credential takes the place of the one that was given; credentials inside a CLR have reports of their own. */
function flatten(reports: readonly VerificationReport[], depth: number): VerificationReport[] {
  if (depth > MAX_NESTING) return []
  return reports.flatMap((report) => {
    const effective = report.refreshed ?? report
    return [effective, ...flatten(effective.nested ?? report.nested ?? [], depth + 1)]
  })
}

/**
 * A copy whose proof fails says nothing where another's holds: anybody can alter a copy. Of one version the last word counts. Of several
 * versions the newest that holds now; where none does the one that ended last, else the one that begins first. A version whose proof did
 * not verify displaces none whose proof did.
 */
function versionOf(copies: readonly Spoken[], now: number): Version {
  const [first] = copies
  if (first !== undefined && copies.length === 1) return { ...first, next: undefined }
  const isForged = ({ report }: Spoken) => report.checks.proof.status === 'invalid'
  const honest = copies.some(isProved) ? copies.filter((copy) => !isForged(copy)) : copies
  const byStart = new Map<number, Spoken>()
  for (const copy of honest) {
    const start = startOf(copy.credential)
    const other = byStart.get(start)
    if (other === undefined || isLaterWord(copy, other)) byStart.set(start, copy)
  }
  const versions = [...byStart].map(([start, copy]) => ({ start, end: endOf(copy.credential), copy }))
  const isNow = ({ start, end }: (typeof versions)[number]) => start <= now + SKEW && end > now
  const isComing = ({ start, end }: (typeof versions)[number]) => start > now + SKEW && end > now
  const weight = (each: (typeof versions)[number]) => (isNow(each) ? 0 : isComing(each) ? 2 : 1)
  const sorted = versions.sort(
    (a, b) =>
      weight(a) - weight(b) ||
      Number(isProved(b.copy)) - Number(isProved(a.copy)) ||
      (isComing(a) ? a.start - b.start : isNow(a) ? b.start - a.start : b.end - a.end || b.start - a.start),
  )
  const [best] = sorted as [(typeof versions)[number]]
  const next = sorted
    .filter((each) => each !== best && isComing(each) && isProved(each.copy))
    .sort((a, b) => a.start - b.start)[0]
  return { ...best.copy, next: next?.copy }
}

function isProved({ report }: Spoken): boolean {
  return report.checks.proof.status === 'valid'
}

/** Of two words at one time the less favorable; of two that are alike the one that ends first. */
function isLaterWord(copy: Spoken, other: Spoken): boolean {
  const at = ({ report }: Spoken) => Date.parse(report.at)
  if (at(copy) !== at(other)) return at(copy) > at(other)
  const rank = ({ report }: Spoken) => ['valid', 'indeterminate', 'invalid'].indexOf(report.outcome)
  if (rank(copy) !== rank(other)) return rank(copy) > rank(other)
  return endOf(copy.credential) < endOf(other.credential)
}

/** Milliseconds since 1970; infinity where nothing is said. */
export function endOf({ validUntil }: { readonly validUntil?: string }): number {
  return (validUntil === undefined ? undefined : parseDateTime(validUntil)?.time) ?? Number.POSITIVE_INFINITY
}
