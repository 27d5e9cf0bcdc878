/**
 * Can what a badge says be relied on? What is known of badges like it: of its issuer, achievement and version.
 *
 * @module
 */
import { clopperPearsonRange, wilsonRange } from '../internal/proportion.js'
import type { Claim } from './claims.js'
import { canonicalUri } from './identifiers.js'
import type { ReasonCode } from './reasons.js'
import type { KnownRecord, KnownRecords, Predictable, RequirementReport } from './types.js'

/** What is known of badges like one that is there. */
export interface Predicted {
  /** What is in the way; undefined where nothing is. */
  readonly code: Extract<ReasonCode, `record.${string}`> | undefined
  readonly record: NonNullable<RequirementReport['by']>['record'] | undefined
}

/** A track record, to be looked up in. */
export class Records {
  readonly range: typeof wilsonRange
  private readonly rows = new Map<string, KnownRecord['confirmed']>()
  private readonly achievements = new Set<string>()

  constructor({ method, rows }: KnownRecords = { rows: [] }) {
    this.range = method === 'clopper-pearson' ? clopperPearsonRange : wilsonRange
    for (const { issuer, achievement, version, confirmed: own } of rows) {
      const key = keyOf(issuer, achievement, version)
      const { badges, confirmed } = this.rows.get(key) ?? { badges: 0, confirmed: 0 }
      // Rows of several records, put together.
      this.rows.set(key, { badges: badges + own.badges, confirmed: confirmed + own.confirmed })
      if (own.badges > 0) this.achievements.add(keyOf(issuer, achievement, undefined))
    }
  }

  of({ issuer, achievement, version }: Pick<Claim, 'issuer' | 'achievement' | 'version'>) {
    return this.rows.get(keyOf(issuer, achievement, version))
  }

  /** Is anything known of any version? */
  knows({ issuer, achievement }: Pick<Claim, 'issuer' | 'achievement'>): boolean {
    return this.achievements.has(keyOf(issuer, achievement, undefined))
  }
}

const keyOf = (issuer: string, achievement: string, version: string | undefined) =>
  JSON.stringify([canonicalUri(issuer), canonicalUri(achievement), version ?? null])

/** By the interval: at its low end enough, at its high end not enough, or between them not known. */
export function predictedBy(asked: Predictable, claim: Claim, records: Records): Predicted {
  const known = records.of(claim)
  if (known === undefined || known.badges === 0)
    return { code: records.knows(claim) ? 'record.other_version' : 'record.absent', record: undefined }
  const range = records.range(known.confirmed, known.badges, asked.confidence)
  const code =
    range.low >= asked.confirmed ? undefined : range.high < asked.confirmed ? 'record.below' : 'record.too_few'
  return { code, record: { badges: known.badges, confirmed: known.confirmed, ...range } }
}

/** How many badges have to be judged anew, and every one confirmed, before Wilson's interval begins at the share: n / (n + z^2). */
export function leastToConfirm({ confirmed, confidence }: Predictable): number {
  const unit = wilsonRange(1, 1, confidence).low
  const square = 1 / unit - 1
  return Math.ceil((confirmed * square) / (1 - confirmed) - 1e-9)
}
