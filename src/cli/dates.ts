/**
 * Dates as people type them.
 *
 * @module
 */
import { isDate, parseDateTime } from '../model/date-time.js'
import { misuse } from './failure.js'

/**
 * A day, or a date-time with its offset (RFC 3339). A day is whole, in UTC: it begins with its first second and ends with its
 * last. Throws CommandFailure 64.
 */
export function readDate(name: string, text: string, day: 'begins' | 'ends'): Date {
  if (isDate(text)) return new Date(`${text}T${day === 'begins' ? '00:00:00' : '23:59:59'}Z`)
  const moment = parseDateTime(text)
  if (moment?.hasOffset !== true)
    throw misuse(`${name} is a day (2030-06-30) or a time with its offset (2030-06-30T12:00:00Z), not "${text}"`)
  return new Date(moment.time)
}
