// EXAMPLES section 10: a contract suite beside each port. The port: src/resolve/context.ts.
import { describe } from 'vitest'
import { newCache } from '../../src/defaults/platform.js'
import { cacheContract } from '../../src/entries/contracts.js'
import type { Cache } from '../../src/entries/index.js'
import { createMemoryCache } from '../../src/resolve/memory-cache.js'
import { testBroken, testContract } from './broken.js'

let time = 0
const now = () => time
const wait = (milliseconds: number) => {
  time += milliseconds
}
const memory = () => createMemoryCache({ now, maxBytes: 33_554_432 })

describe('memory', () => {
  testContract(cacheContract(memory, { wait }))
})
describe("a verifier's own, by the clock of the system", () => {
  testContract(cacheContract(() => newCache()))
})
describe('a cache that keeps nothing', () => {
  testContract(cacheContract(() => ({ get: () => undefined, set: () => undefined }), { wait }))
})

describe('broken caches are found', () => {
  const changed = (change: (good: Cache) => Partial<Cache>) =>
    cacheContract(
      () => {
        const good = memory()
        return { ...good, ...change(good) }
      },
      { wait },
    )
  const keyed = (change: (key: string) => string) =>
    changed((good) => ({
      get: (key) => good.get(change(key)),
      set: (key, ...entry) => good.set(change(key), ...entry),
    }))
  const set = (change: (good: Cache, ...entry: Parameters<Cache['set']>) => void) =>
    changed((good) => ({ set: (...entry) => change(good, ...entry) }))
  const inObject = (): Cache => {
    const entries: Record<string, unknown> = {}
    return {
      get: (key) => entries[key],
      set: (key, value) => {
        entries[key] = value
      },
    }
  }

  testBroken(cacheContract(memory), [
    {
      title: 'an object for a Map',
      caught: ['never set', 'after its time', 'forgets', 'bounds the weight'],
      rules: cacheContract(inObject, { wait }),
    },
    {
      title: 'null for what is not there',
      caught: ['never set'],
      rules: changed((good) => ({ get: (key) => good.get(key) ?? null })),
    },
    {
      title: 'copies',
      caught: ['the value itself'],
      rules: changed((good) => ({ get: (key) => structuredClone(good.get(key)) })),
    },
    { title: 'keys without case', caught: ['tells keys apart'], rules: keyed((key) => key.toLowerCase()) },
    { title: 'keys in NFC', caught: ['tells keys apart'], rules: keyed((key) => key.normalize('NFC')) },
    { title: 'keys cut off', caught: ['tells keys apart'], rules: keyed((key) => key.slice(0, 4096)) },
    {
      title: 'a kind for another',
      caught: ['tells keys apart'],
      rules: keyed((key) => key.replace(/^(context|schema):/, 'digest:')),
    },
    {
      title: 'a time in minutes',
      caught: ['after its time', 'and its time'],
      rules: set((good, key, value, seconds, weight) => good.set(key, value, seconds * 60, weight)),
    },
    {
      title: 'the first value stays',
      caught: ['replaces'],
      rules: set((good, key, ...entry) => {
        if (good.get(key) === undefined) good.set(key, ...entry)
      }),
    },
    {
      title: 'nothing happens for 0 seconds',
      caught: ['forgets'],
      rules: set((good, key, value, seconds, weight) => {
        if (seconds > 0) good.set(key, value, seconds, weight)
      }),
    },
    {
      title: 'no weight, no place',
      caught: ['every weight'],
      rules: set((good, key, value, seconds, weight) => {
        if (weight === undefined) throw new TypeError('a weight is missing')
        good.set(key, value, seconds, weight)
      }),
    },
    {
      title: 'weights are not heard',
      caught: ['bounds the weight'],
      rules: set((good, key, value, seconds) => good.set(key, value, seconds, 1)),
    },
  ])
})
