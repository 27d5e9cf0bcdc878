/**
 * XMLSchema dateTimeStamps as proofs write them (VC Data Integrity section 2.1): an offset is not optional.
 *
 * @module
 */

import { UsageError } from '../errors.js'

/** To the second, UTC. Throws UsageError where it is no date of the years 0 to 9999, which is all that can be written. */
export function formatDateTime(date: Date): string {
  const year = date instanceof Date ? date.getUTCFullYear() : Number.NaN
  if (!(year >= 0 && year <= 9999))
    throw new UsageError(
      'usage.invalid_option',
      'the dates of a proof ("now", "proof.expires") are valid Dates of the years 0 to 9999',
      { option: 'now' },
    )
  return `${date.toISOString().slice(0, 19)}Z`
}

/** Milliseconds since 1970; undefined where it is no dateTimeStamp. */
export function parseDateTime(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(value))
    return undefined
  const time = Date.parse(value)
  return Number.isNaN(time) ? undefined : time
}
