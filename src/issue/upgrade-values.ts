/**
 * Values of Open Badges 1.x and 2.0 as they were written in the field, read as what they say.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import { JsonError, snapshotJson } from '../internal/json.js'
import { isObject } from '../internal/json-object.js'
import { shown } from '../internal/shown.js'
import type { Json, JsonObject } from '../internal/types.js'
import { formatDateTime, isDate, parseDateTime } from '../model/date-time.js'

/** A moment, and what had to be decided to read it. */
export interface OldDate {
  /** RFC 3339, in UTC. */
  readonly written: string
  /** For people; undefined where it is the same moment in the same precision. */
  readonly remark?: string
}

const NO_TIME = 'it was a date without time, and is now the beginning of that day in UTC'
const NO_OFFSET = 'it had no offset, and is now in UTC'

/** ISO 8601: extended or basic, with a blank for the T as programs write it. */
const ISO =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?(?: ?(Z|[+-]\d\d)(?::?(\d\d))?)?)?$/i

/**
 * Open Badges 1.x allow ISO 8601 and UNIX times of 10 digits. Programs that count milliseconds write 13. Undefined
 * for everything else: a number of any other length may be a year, a day or a mistake, and whatever it was taken for would be signed.
 */
export function readOldDate(value: Json): OldDate | undefined {
  const text = (typeof value === 'string' ? value : shown(value)).trim()
  const unix = /^(\d{10}|\d{13})(?:\.\d*)?$/.exec(text)?.[1]
  if (unix !== undefined) {
    const unit = unix.length === 10 ? 'seconds' : 'milliseconds'
    const written = formatDateTime(new Date(Number(unix) * (unit === 'seconds' ? 1000 : 1)))
    return { written, remark: `it was a UNIX time in ${unit}, ${unix}, and is now ${written}` }
  }
  if (typeof value !== 'string') return undefined
  const [, year, month, day, hours, minutes, seconds, fraction, zone, zoneMinutes] = ISO.exec(text) ?? []
  const date = `${year}-${month}-${day}`
  if (hours === undefined)
    return isDate(date) ? { written: formatDateTime(new Date(Date.parse(date))), remark: NO_TIME } : undefined
  const offset = zone === undefined || zone.length === 1 ? (zone ?? '') : `${zone}:${zoneMinutes ?? '00'}`
  const moment = parseDateTime(
    `${date}T${hours}:${minutes}:${seconds ?? '00'}${fraction === undefined ? '' : `.${fraction}`}${offset}`,
  )
  if (moment === undefined) return undefined
  const written = formatDateTime(new Date(moment.time))
  return moment.hasOffset ? { written } : { written, remark: NO_OFFSET }
}

/** What programs write for "no". JSON's own booleans came as texts and numbers out of forms and databases. */
const NO: readonly Json[] = [false, 0, 'false', '0', 'no', 'n', 'off', '']

/** Whatever is no clear "no" is a "yes": a revocation may be written with its reason in the place of `true`. */
export function saysYes(value: Json | undefined): boolean {
  return value !== undefined && !NO.includes(typeof value === 'string' ? value.trim().toLowerCase() : value)
}

/**
 * A copy without null members, null items and lists of nothing, which say in JSON-LD what is said by leaving them out (JSON-LD 1.1 section 4.1.1).
 * Throws UsageError `usage.invalid_assertion` for what is no JSON object; `name` is the document's.
 */
export function withoutNulls(document: unknown, name: string): JsonObject {
  try {
    const copy = snapshotJson(document, { maxDepth: 100, maxSize: 10_000_000 })
    if (isObject(copy)) return (strip(copy) ?? {}) as JsonObject
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    throw new UsageError('usage.invalid_assertion', `"${name}" is no JSON: ${error.message}`, { cause: error })
  }
  throw new UsageError('usage.invalid_assertion', `"${name}" is a JSON object: fetch it where it is only named`)
}

function strip(value: Json): Json | undefined {
  if (value === null) return undefined
  if (Array.isArray(value)) {
    const items = value.map(strip).filter((each) => each !== undefined)
    return items.length === 0 ? undefined : items
  }
  if (typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([member, each]) => {
      const kept = strip(each)
      return kept === undefined ? [] : [[member, kept]]
    }),
  )
}

/** Without what is undefined. */
export const given = (members: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
