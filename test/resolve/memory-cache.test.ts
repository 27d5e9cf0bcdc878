/** Port Cache: bounded, oldest use first, never past its time. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMemoryCache } from '../../src/resolve/memory-cache.js'

test('a value is there until its time is over, to the millisecond', () => {
  let now = 1000
  const cache = createMemoryCache({ now: () => now, maxEntries: 10 })
  cache.set('key', 'value', 1.5)
  now = 2499
  expect(cache.get('key')).toBe('value')
  now = 2500
  expect(cache.get('key')).toBeUndefined()
})

test('what may not be kept is not, and what was there before goes', () => {
  const cache = createMemoryCache({ now: () => 0, maxEntries: 10 })
  for (const seconds of [0, -1, Number.NaN]) {
    cache.set('key', 'old', 60)
    cache.set('key', 'new', seconds)
    expect(cache.get('key')).toBeUndefined()
  }
  cache.set('key', 'value', Number.POSITIVE_INFINITY)
  expect(cache.get('key')).toBe('value')
})

test('with no room nothing is kept', () => {
  const cache = createMemoryCache({ now: () => 0, maxEntries: 0 })
  cache.set('key', 'value', 60)
  expect(cache.get('key')).toBeUndefined()
})

test('two caches share nothing', () => {
  const [one, other] = [0, 0].map((at) => createMemoryCache({ now: () => at, maxEntries: 10 }))
  one?.set('key', 'value', 60)
  expect(other?.get('key')).toBeUndefined()
})

test('behaves as a list that is kept in the order of use', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__')
  const step = fc.oneof(
    fc.record({ do: fc.constant('get' as const), key }),
    fc.record({ do: fc.constant('set' as const), key, value: fc.nat(), seconds: fc.integer({ min: -1, max: 9 }) }),
    fc.record({ do: fc.constant('wait' as const), seconds: fc.nat(4) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), fc.integer({ min: 1, max: 4 }), (steps, maxEntries) => {
      let now = 0
      const cache = createMemoryCache({ now: () => now, maxEntries })
      let model: { key: string; value: number; until: number }[] = []
      for (const act of steps) {
        if (act.do === 'wait') now += act.seconds * 1000
        else {
          const known = model.find((entry) => entry.key === act.key)
          model = model.filter((entry) => entry !== known)
          if (act.do === 'get') {
            const current = known && now < known.until ? known : undefined
            if (current) model.push(current)
            expect(cache.get(act.key)).toBe(current?.value)
          } else {
            cache.set(act.key, act.value, act.seconds)
            if (act.seconds > 0) model.push({ key: act.key, value: act.value, until: now + act.seconds * 1000 })
            model = model.slice(-maxEntries)
          }
        }
      }
    }),
  )
})
