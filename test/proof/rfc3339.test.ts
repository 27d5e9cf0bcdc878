/** VC Data Integrity section 2.1: `created` and `expires` are XMLSchema dateTimeStamps, whose offset is not optional. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UsageError } from '../../src/errors.js'
import { formatDateTime, parseDateTime } from '../../src/proof/rfc3339.js'

test('written to the second in UTC, and read back', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }),
      (date) => {
        const text = formatDateTime(date)
        expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
        expect(parseDateTime(text)).toBe(Math.floor(date.getTime() / 1000) * 1000)
      },
    ),
  )
})

test.each([
  ['2030-01-02T03:04:05Z', '2030-01-02T03:04:05.000Z'],
  ['2030-01-02T03:04:05.678Z', '2030-01-02T03:04:05.678Z'],
  ['2030-01-02T03:04:05+05:30', '2030-01-01T21:34:05.000Z'],
  ['2030-01-02T03:04:05-08:00', '2030-01-02T11:04:05.000Z'],
])('reads %s', (text, iso) => {
  expect(parseDateTime(text)).toBe(Date.parse(iso))
})

test.each([
  '2030-01-02T03:04:05',
  '2030-01-02',
  '2030-01-02 03:04:05Z',
  '2030-13-02T03:04:05Z',
  '2030-01-02T25:04:05Z',
  '2030-1-2T3:4:5Z',
  ' 2030-01-02T03:04:05Z',
  '2030-01-02T03:04:05Z\n',
  '+012030-01-02T03:04:05Z',
  '',
  null,
  undefined,
  1_900_000_000,
  ['2030-01-02T03:04:05Z'],
])('is no dateTimeStamp: %s', (value) => {
  expect(parseDateTime(value)).toBeUndefined()
})

test.each([
  new Date(Number.NaN),
  new Date('+010000-01-01T00:00:00Z'),
  new Date('-000001-01-01T00:00:00Z'),
  '2030-01-02T03:04:05Z',
  7,
])('cannot be written: %s', (date) => {
  expect(() => formatDateTime(date as Date)).toThrow(UsageError)
})
