/**
 * Is it valid at the time of asking? VCDM 2.0 section 4.9.
 *
 * @module
 */
import { parseDateTime } from '../../model/date-time.js'
import type { VerifiableCredential } from '../../model/types.js'
import { type Check, check, type Finding, finding } from '../../report/check.js'

export interface TimeOptions {
  readonly now: Date
  /** Tolerance at both ends, in seconds. */
  readonly clockSkewSeconds: number
}

/** No date at all is current. A date without offset is UTC, with a note: RFC 3339 leaves it open, and so would every reader. */
export function checkValidity(
  { validFrom, validUntil }: Pick<VerifiableCredential, 'validFrom' | 'validUntil'>,
  { now, clockSkewSeconds }: TimeOptions,
): Check<'validity'> {
  const skew = clockSkewSeconds * 1000
  const notes: Finding<'validity'>[] = []
  const read = (name: string, value: string | undefined): number | undefined => {
    if (value === undefined) return undefined
    const moment = parseDateTime(value)
    if (moment === undefined) return Number.NaN
    if (!moment.hasOffset)
      notes.push(
        finding('validity.no_offset', `"${name}" has no offset, so it is read as UTC`, { pointer: `/${name}` }),
      )
    return moment.time
  }
  const from = read('validFrom', validFrom)
  const until = read('validUntil', validUntil)
  const findings: Finding<'validity'>[] = []
  // The model has checked that these are dates; one that is not one anyhow must not pass as current.
  if (Number.isNaN(from) || Number.isNaN(until))
    findings.push(finding('validity.blocked', 'its validity period cannot be read'))
  if (from !== undefined && from > now.getTime() + skew) {
    findings.push(finding('validity.not_yet', `it is valid from ${validFrom}`, { pointer: '/validFrom' }))
  }
  if (until !== undefined && until < now.getTime() - skew) {
    findings.push(finding('validity.expired', `it was valid until ${validUntil}`, { pointer: '/validUntil' }))
  }
  if (findings.length === 0)
    findings.push(
      finding('validity.current', until === undefined ? 'it does not expire' : `it is valid until ${validUntil}`),
    )
  return check([...findings, ...notes])
}
