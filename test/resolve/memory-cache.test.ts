/** Port Cache: bounded by bytes, oldest use first, never past its time. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMemoryCache } from '../../src/resolve/memory-cache.js'

const MUCH = 1_000_000

test('a value is there until its time is over, to the millisecond', () => {
  let now = 1000
  const cache = createMemoryCache({ now: () => now, maxBytes: MUCH })
  cache.set('key', 'value', 1.5)
  now = 2499
  expect(cache.get('key')).toBe('value')
  now = 2500
  expect(cache.get('key')).toBeUndefined()
})

test('what may not be kept is not, and what was there before goes', () => {
  const cache = createMemoryCache({ now: () => 0, maxBytes: MUCH })
  for (const seconds of [0, -1, Number.NaN]) {
    cache.set('key', 'old', 60)
    cache.set('key', 'new', seconds)
    expect(cache.get('key')).toBeUndefined()
  }
  cache.set('key', 'value', Number.POSITIVE_INFINITY)
  expect(cache.get('key')).toBe('value')
})

test('with no room nothing is kept', () => {
  const cache = createMemoryCache({ now: () => 0, maxBytes: 0 })
  cache.set('key', 'value', 60, 0)
  expect(cache.get('key')).toBeUndefined()
})

test('two caches share nothing', () => {
  const [one, other] = [0, 0].map((at) => createMemoryCache({ now: () => at, maxBytes: MUCH }))
  one?.set('key', 'value', 60)
  expect(other?.get('key')).toBeUndefined()
})

test('what is heavier than all of it is not kept, and drives nothing else out', () => {
  const cache = createMemoryCache({ now: () => 0, maxBytes: MUCH })
  cache.set('one', 1, 60, MUCH / 2)
  cache.set('two', 2, 60, MUCH)
  for (const weight of [MUCH, Number.POSITIVE_INFINITY]) cache.set('two', 2, 60, weight)
  expect([cache.get('one'), cache.get('two')]).toEqual([1, undefined])
})

test('keys, and values of untold or impossible weight, take room too', () => {
  for (const weight of [undefined, 0, -1, Number.NaN]) {
    const cache = createMemoryCache({ now: () => 0, maxBytes: MUCH })
    const keys = Array.from({ length: 20 }, (_, index) => `${index}:${'k'.repeat(50_000)}`)
    for (const key of keys) cache.set(key, true, 60, weight)
    // At two bytes a character there is room for nine keys.
    expect(keys.map((key) => cache.get(key) === true)).toEqual(keys.map((_, index) => index >= 11))
  }
})

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', '__proto__')
const step = fc.oneof(
  fc.record({ do: fc.constant('get' as const), key }),
  fc.record({
    do: fc.constant('set' as const),
    key,
    value: fc.nat(),
    seconds: fc.integer({ min: -1, max: 9 }),
    kilobytes: fc.nat(5),
  }),
  fc.record({ do: fc.constant('wait' as const), seconds: fc.nat(4) }),
)

test('behaves as a list that is kept in the order of use', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), fc.integer({ min: 0, max: 12 }), (steps, room) => {
      let now = 0
      const maxBytes = room * 1000
      const cache = createMemoryCache({ now: () => now, maxBytes })
      const weightOf = ({ key, kilobytes }: { key: string; kilobytes: number }) =>
        kilobytes * 1000 + 128 + 32 + 2 * key.length
      let model: { key: string; value: number; until: number; kilobytes: number }[] = []
      for (const act of steps) {
        if (act.do === 'wait') {
          now += act.seconds * 1000
          continue
        }
        const known = model.find((entry) => entry.key === act.key)
        if (act.do === 'get') {
          const current = known && now < known.until ? known : undefined
          model = model.filter((entry) => entry !== known)
          if (current) model.push(current)
          expect(cache.get(act.key)).toBe(current?.value)
        } else {
          model = model.filter((entry) => entry !== known)
          cache.set(act.key, act.value, act.seconds, act.kilobytes * 1000)
          if (act.seconds > 0 && weightOf(act) <= maxBytes) model.push({ ...act, until: now + act.seconds * 1000 })
          while (model.reduce((sum, entry) => sum + weightOf(entry), 0) > maxBytes) model.shift()
        }
      }
    }),
  )
})

test('fifty thousand light entries: as many are kept as there is room for, the last ones', () => {
  const cache = createMemoryCache({ now: () => 0, maxBytes: 3_000_000 })
  const names = Array.from({ length: 50_000 }, (_, at) => `k${at + 100_000}`)
  for (const name of names) cache.set(name, name, 60, 100)
  const room = Math.floor(3_000_000 / (128 + 32 + 2 * 7 + 100))
  expect(names.filter((name) => cache.get(name) === name)).toEqual(names.slice(-room))
})
