/**
 * Outcomes as they come by, one by one or as shared counts, and which of them count once all badges are known.
 *
 * @module
 */
import { canonicalUri } from '../competency/identifiers.js'
import type { Profile, VerifiableCredential } from '../model/types.js'
import type { VerificationReport } from '../report/report.js'
import { type AwardedKind, type AwardReader, kindKey } from './award-reader.js'
import type { OutcomeFlaw, SchoolOutcome } from './outcomes.js'
import { type Party, partyOf, sameness } from './parties.js'
import { type SharedOutcomes, sharedIn } from './shared-outcomes.js'

/** What schools saw of one kind of badge. */
export interface SeenAtWork {
  readonly schools: Set<string>
  badges: number
  heldUpAtLeast: number
  heldUpAtMost: number
}

interface Share {
  readonly school: Party
  readonly shared: SharedOutcomes
}

export class OutcomeReader {
  readonly setAside: Partial<Record<OutcomeFlaw, number>> = {}
  private readonly single: SchoolOutcome[] = []
  private readonly shares: Share[] = []

  add(one: SchoolOutcome | VerificationReport<VerifiableCredential>): void {
    if (!('checks' in one)) {
      const { badge, school, outcome, on } = one
      this.single.push({ badge, school, outcome, on })
      return
    }
    const share = shareIn(one)
    if (typeof share === 'string') this.leave(share)
    else this.shares.push(share)
  }

  badges(): string[] {
    return this.single.map(({ badge }) => badge)
  }

  /** By the kind of badge. */
  of(reader: AwardReader): ReadonlyMap<AwardedKind, SeenAtWork> {
    const seen = new Map<AwardedKind, SeenAtWork>()
    this.countSingle(reader, seen)
    this.countShares(reader, seen)
    return seen
  }

  /** Where schools differ on a badge that both saw, it did not hold up. */
  private countSingle(reader: AwardReader, seen: Map<AwardedKind, SeenAtWork>): void {
    const before = new Set<string>()
    const heldUp = new Map<string, { readonly kind: AwardedKind; all: boolean }>()
    for (const { badge, school, outcome } of [...this.single].sort((a, b) =>
      a.on < b.on ? -1 : a.on > b.on ? 1 : 0,
    )) {
      const found = reader.find(badge)
      if (found === undefined) this.leave('no_badge')
      else if (found === 'several') this.leave('several_badges')
      else if (sameness(namedOnly(school), found.badge.issuer).length > 0) this.leave('by_issuer')
      else {
        const key = JSON.stringify([badge, canonicalUri(school)])
        if (before.has(key)) {
          this.leave('again')
          continue
        }
        before.add(key)
        const own = heldUp.get(badge) ?? { kind: found.kind, all: true }
        own.all &&= outcome === 'held-up'
        heldUp.set(badge, own)
        atWork(seen, found.kind).schools.add(canonicalUri(school))
      }
    }
    for (const { kind, all } of heldUp.values()) addTo(atWork(seen, kind), 1, Number(all), Number(all))
  }

  private countShares(reader: AwardReader, seen: Map<AwardedKind, SeenAtWork>): void {
    const reporting = new Set(this.single.map(({ school }) => canonicalUri(school)))
    const periods = new Map<string, SharedOutcomes[]>()
    for (const { school, shared } of [...this.shares].sort((a, b) => compare(a.shared, b.shared))) {
      const id = canonicalUri(school.id)
      const earlier = periods.get(id) ?? []
      if (reporting.has(id)) this.leave('also_reported')
      else if (earlier.some((one) => one.from <= shared.until && shared.from <= one.until))
        this.leave('overlapping_period')
      else {
        periods.set(id, [...earlier, shared])
        for (const row of shared.rows) {
          const kind = row.pooled ? undefined : reader.kinds.get(kindKey(row.issuer, row.achievement, row.version))
          if (kind === undefined) this.leave('no_badge')
          else if (sameness(school, kind.issuer).length > 0) this.leave('by_issuer')
          else {
            const own = atWork(seen, kind)
            own.schools.add(id)
            addTo(own, row.badges, row.heldUpAtLeast, row.heldUpAtMost)
          }
        }
      }
    }
  }

  private leave(flaw: OutcomeFlaw): void {
    this.setAside[flaw] = (this.setAside[flaw] ?? 0) + 1
  }
}

function shareIn(report: VerificationReport<VerifiableCredential>): Share | OutcomeFlaw {
  if (report.outcome !== 'valid') return 'not_valid'
  const shared = sharedIn(report.credential)
  if (shared === undefined) return 'no_outcomes'
  if (!report.issuerTrusted) return 'not_trusted'
  return { school: partyOf(report, report.credential.issuer as string | Profile), shared }
}

const namedOnly = (id: string): Party => ({ id, marks: [`id ${canonicalUri(id)}`], keys: [] })

/** What is the same in all that tells shares apart is the same share. */
function compare(a: SharedOutcomes, b: SharedOutcomes): number {
  const [one, other] = [JSON.stringify([a.from, a.until, a.rows]), JSON.stringify([b.from, b.until, b.rows])]
  return one < other ? -1 : one > other ? 1 : 0
}

function atWork(seen: Map<AwardedKind, SeenAtWork>, kind: AwardedKind): SeenAtWork {
  const own = seen.get(kind) ?? { schools: new Set(), badges: 0, heldUpAtLeast: 0, heldUpAtMost: 0 }
  seen.set(kind, own)
  return own
}

function addTo(own: SeenAtWork, badges: number, atLeast: number, atMost: number): void {
  own.badges += badges
  own.heldUpAtLeast += atLeast
  own.heldUpAtMost += atMost
}
