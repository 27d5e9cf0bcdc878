/**
 * RFC 3339 date-times, as VCDM 2.0 section 4.9 and Open Badges 3.0 (type DateTimeZ) want them.
 *
 * @module
 */

/** A moment, and whether the text said in which offset. */
export interface Moment {
  /** Milliseconds since 1970-01-01T00:00:00Z; parts of a millisecond are dropped. */
  readonly time: number
  /** False: read as UTC, since nothing else is said (VCDM 1.1 was silent about it). Never written. */
  readonly hasOffset: boolean
}

// RFC 3339 section 5.6 with its note on lower case. Without offset: read, since issuers of Open Badges wrote it.
const DATE_TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)?$/
const DATE = /^\d{4}-\d\d-\d\d$/

/** The moment that an RFC 3339 date-time names; undefined where it names none (no such day, no such hour). */
export function parseDateTime(text: string): Moment | undefined {
  if (!DATE_TIME.test(text)) return undefined
  const start = startOfDay(text)
  const [hours, minutes, seconds] = [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17)]
  if (start === undefined || hours > 23 || minutes > 59 || seconds > 60) return undefined
  const offset = offsetOf(text)
  if (Number.isNaN(offset)) return undefined
  const milliseconds =
    text.charAt(19) === '.' ? Math.floor(Number.parseFloat(`0${text.slice(19, 23)}`) * 1000 + 1e-6) : 0
  const whole = start + (hours * 60 + minutes - (offset ?? 0)) * 60_000 + seconds * 1000
  // A leap second is the last second of a UTC day (section 5.7), and the first moment of the next day to us.
  if (seconds === 60 && whole % 86_400_000 !== 0) return undefined
  return { time: whole + milliseconds, hasOffset: offset !== undefined }
}

/** In minutes; undefined where there is none, NaN where there is no such offset. */
function offsetOf(text: string): number | undefined {
  const last = text.charAt(text.length - 1)
  if (last === 'Z' || last === 'z') return 0
  const sign = text.charAt(text.length - 6)
  if (sign !== '+' && sign !== '-') return undefined
  const [hours, minutes] = [twoDigits(text, text.length - 5), twoDigits(text, text.length - 2)]
  if (hours > 23 || minutes > 59) return Number.NaN
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes)
}

function twoDigits(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528
}

/** Is it an RFC 3339 date-time? One without offset counts too. */
export function isDateTime(text: string): boolean {
  return parseDateTime(text) !== undefined
}

/** Does an RFC 3339 date-time say in which offset it is? */
export function hasOffset(text: string): boolean {
  return offsetOf(text) !== undefined
}

/** Is it a full-date of RFC 3339? */
export function isDate(text: string): boolean {
  return DATE.test(text) && startOfDay(text) !== undefined
}

/** How we write a moment: UTC, whole seconds. */
export function formatDateTime(date: Date): string {
  return `${date.toISOString().slice(0, -5)}Z`
}

const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365]

/** Milliseconds at which the day `YYYY-MM-DD` begins, in the Gregorian calendar; undefined where there is no such day. */
function startOfDay(text: string): number | undefined {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  const before = DAYS_BEFORE[month - 1]
  const next = DAYS_BEFORE[month]
  if (before === undefined || next === undefined) return undefined
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0
  if (day < 1 || day > next - before + (month === 2 ? leap : 0)) return undefined
  const leapYears =
    year === 0 ? 0 : Math.floor((year - 1) / 4) - Math.floor((year - 1) / 100) + Math.floor((year - 1) / 400) + 1
  const days = year * 365 + leapYears + before + (month > 2 ? leap : 0) + day - 1
  return (days - DAYS_TO_1970) * 86_400_000
}

/** From 0000-01-01, a leap year, to 1970-01-01. */
const DAYS_TO_1970 = 719_528
