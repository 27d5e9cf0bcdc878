/**
 * Days, which is what rules are written in: "within 90 days", "between 1 July and 26 May". A day is a text `YYYY-MM-DD`, so that days
 * compare as texts do. Moments are days in UTC.
 *
 * @module
 */
import { isDate, parseDateTime } from '../model/date-time.js'

const DAY = 86_400_000

/** The day of a moment. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

/** Of a day, or of a date-time with or without offset; undefined where it is neither. */
export function dayIn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  if (isDate(text)) return text
  const moment = parseDateTime(text)
  return moment === undefined ? undefined : dayOf(moment.time)
}

/** How far a day is moved; negative: backwards. */
export interface Shift {
  readonly days?: number
  readonly months?: number
  readonly years?: number
}

/** Months and years first, to the last day of a month that is too short; then days. Undefined beyond the years 0001 to 9999. */
export function shifted(day: string, { days = 0, months = 0, years = 0 }: Shift): string | undefined {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const moved = new Date(0)
  moved.setUTCFullYear(year, month - 1 + months + 12 * years, 1)
  const last = new Date(0)
  last.setUTCFullYear(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)
  moved.setUTCDate(Math.min(date, last.getUTCDate()))
  const end = new Date(moved.getTime() + days * DAY)
  const at = end.getUTCFullYear()
  return Number.isNaN(end.getTime()) || at < 1 || at > 9999 ? undefined : end.toISOString().slice(0, 10)
}

/** A part of every year, by month and day, both ends in; it may go over the end of the year: 07-01 to 06-30. */
export interface YearPart {
  readonly from: string
  readonly to: string
}

/** Which occurrence of which part the day is in: the year in which it begins, and its place in the list. Undefined: in none. */
export function occurrence(day: string, parts: readonly YearPart[]): string | undefined {
  const [year, within] = [Number(day.slice(0, 4)), day.slice(5)]
  for (const [index, { from, to }] of parts.entries()) {
    if (from <= to ? within >= from && within <= to : within >= from) return `${year}/${index}`
    if (from > to && within <= to) return `${year - 1}/${index}`
  }
  return undefined
}
