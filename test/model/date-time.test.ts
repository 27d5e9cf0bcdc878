/** RFC 3339 sections 5.6 to 5.8, against the calendar of the runtime. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatDateTime, isDate, isDateTime, parseDateTime } from '../../src/model/date-time.js'

describe('RFC 3339 section 5.8, examples', () => {
  test.each([
    ['1985-04-12T23:20:50.52Z', Date.UTC(1985, 3, 12, 23, 20, 50, 520)],
    ['1996-12-19T16:39:57-08:00', Date.UTC(1996, 11, 20, 0, 39, 57)],
    ['1990-12-31T23:59:60Z', Date.UTC(1991, 0, 1)],
    ['1990-12-31T15:59:60-08:00', Date.UTC(1991, 0, 1)],
    ['1937-01-01T12:00:27.87+00:20', Date.UTC(1937, 0, 1, 11, 40, 27, 870)],
  ])('%s', (text, time) => {
    expect(parseDateTime(text)).toEqual({ time, hasOffset: true })
  })
})

test('lower case is allowed (section 5.6, note), and a missing offset is UTC', () => {
  expect(parseDateTime('2030-01-31t09:00:00z')?.time).toBe(Date.UTC(2030, 0, 31, 9))
  expect(parseDateTime('2030-01-31T09:00:00.5')).toEqual({
    time: Date.UTC(2030, 0, 31, 9, 0, 0, 500),
    hasOffset: false,
  })
})

test.each([
  '2030-02-29T00:00:00Z',
  '1900-02-29T00:00:00Z',
  '2030-13-01T00:00:00Z',
  '2030-00-01T00:00:00Z',
  '2030-04-31T00:00:00Z',
  '2030-01-00T00:00:00Z',
  '2030-01-01T24:00:00Z',
  '2030-01-01T00:60:00Z',
  '2030-01-01T00:00:60Z',
  '2030-01-01T00:00:61Z',
  '2030-01-01T00:00:00+24:00',
  '2030-01-01T00:00:00+00:60',
  '2030-01-01T00:00Z',
  '2030-01-01 00:00:00Z',
  '2030-01-01',
  '30-01-01T00:00:00Z',
  '2030-01-01T00:00:00.Z',
  '2030-01-01T00:00:00Z\n',
  '２030-01-01T00:00:00Z',
  '',
])('%j is no date-time', (text) => {
  expect(parseDateTime(text)).toBeUndefined()
  expect(isDateTime(text)).toBe(false)
})

test('every moment from the year 0 to 9999 reads as the runtime reads it, in every offset', () => {
  const moments = fc.date({
    min: new Date('0000-01-02T00:00:00Z'),
    max: new Date('9999-12-30T00:00:00Z'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(moments, fc.integer({ min: -23 * 60, max: 23 * 60 }), (date, offset) => {
      expect(parseDateTime(date.toISOString())).toEqual({ time: date.getTime(), hasOffset: true })
      const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) =>
        String(part).padStart(2, '0'),
      )
      const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1)
      if (local.startsWith('+') || local.startsWith('-')) return
      expect(parseDateTime(`${local}${offset < 0 ? '-' : '+'}${hours}:${minutes}`)?.time).toBe(date.getTime())
      expect(parseDateTime(formatDateTime(date))?.time).toBe(Math.floor(date.getTime() / 1000) * 1000)
      expect(isDate(date.toISOString().slice(0, 10))).toBe(true)
    }),
  )
})

test('every day from 1899 to 2101 is a date exactly if the runtime has it', () => {
  for (let year = 1899; year <= 2101; year++)
    for (let month = 0; month <= 13; month++)
      for (let day = 0; day <= 32; day++) {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
        const date = new Date(Date.UTC(year, month - 1, day))
        if (isDate(text) !== (date.getUTCMonth() === month - 1 && date.getUTCDate() === day)) expect.fail(text)
      }
})
