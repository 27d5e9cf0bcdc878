/** RFC 9111 section 4.2: how long an answer may be kept. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maxAgeOf } from '../../src/resolve/freshness.js'

const age = (headers: Record<string, string>) => maxAgeOf((name) => headers[name])
const DATE = 'Mon, 02 Mar 2026 10:00:00 GMT'
const LATER = 'Mon, 02 Mar 2026 11:00:00 GMT'

test.each<[Record<string, string>, number | undefined]>([
  [{}, undefined],
  [{ 'cache-control': 'public' }, undefined],
  [{ 'cache-control': 'max-age=60' }, 60],
  [{ 'cache-control': 'Public, MAX-AGE = 60 , immutable' }, 60],
  [{ 'cache-control': 'max-age="60"' }, 60],
  [{ 'cache-control': 's-maxage=60' }, undefined],
  [{ 'cache-control': 'max-age=60, no-store' }, 0],
  [{ 'cache-control': 'no-cache, max-age=60' }, 0],
  [{ 'cache-control': 'max-age=60, max-age=30' }, 30],
  [{ 'cache-control': 'max-age=-1' }, 0],
  [{ 'cache-control': 'max-age=1e9' }, 0],
  [{ 'cache-control': 'max-age' }, 0],
  [{ 'cache-control': 'max-age=99999999999999999999' }, 2 ** 31],
  [{ 'cache-control': 'max-age=60', age: '20' }, 40],
  [{ 'cache-control': 'max-age=60', age: '100' }, 0],
  [{ 'cache-control': 'max-age=60', age: 'old' }, 60],
  [{ age: '20' }, undefined],
  [{ expires: LATER, date: DATE }, 3600],
  [{ expires: DATE, date: LATER }, 0],
  [{ expires: LATER, date: DATE, 'cache-control': 'max-age=5' }, 5],
  [{ expires: LATER, date: DATE, 'cache-control': 'public' }, 3600],
  [{ expires: LATER }, undefined],
  [{ expires: LATER, date: 'yesterday' }, undefined],
  [{ expires: '0', date: DATE }, 0],
  [{ expires: '0' }, 0],
  [{ expires: 'Sunday, 06-Nov-94 08:49:37 GMT', date: DATE }, 0],
  [{ expires: 'Mon, 99 Mar 2026 11:00:00 GMT', date: DATE }, 0],
])('%j is %s', (headers, seconds) => {
  expect(age(headers)).toBe(seconds)
})

test('whatever a server writes, it is undefined or a number of seconds that is not negative', () => {
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom('max-age=', 'no-store', DATE, LATER),
    fc.nat().map((n) => `max-age=${n}`),
  )
  fc.assert(
    fc.property(
      fc.record({ 'cache-control': value, expires: value, date: value, age: value }, { requiredKeys: [] }),
      (headers) => {
        const seconds = age(headers as Record<string, string>) ?? 0
        expect(seconds).toBeGreaterThanOrEqual(0)
        expect(seconds).toBeLessThanOrEqual(2 ** 31)
      },
    ),
  )
})
