/**
 * The contract of `Cache`: run it on a cache of your own. A cache may forget at any time, so no rule asks that anything is found
 * again: only that nothing else is.
 *
 * @module
 */

import { callable, type Members } from '../internal/members.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import type { Cache } from '../resolve/context.js'
import { printableValue } from './printable-value.js'
import { answerOf, type ContractRule, demand } from './rule.js'

/** How the time of the cache under test goes by. */
export interface CacheContractOptions {
  /** Lets so many milliseconds go by for the cache. Default: waits for them. */
  readonly wait?: ((milliseconds: number) => void | Promise<void>) | undefined
}

const OPTIONS: Members<CacheContractOptions> = { wait: callable }

/** Milliseconds. The clocks of some systems tick that slowly. */
const TICK = 50
const MINUTE_SECONDS = 60

const URL = 'https://school.example/'
/** No two of them are one. */
const KEYS = [
  `context:${URL}`,
  `schema:${URL}`,
  `context:${URL}#a`,
  `context:${URL.toUpperCase()}`,
  `context:${URL} `,
  `context:${URL}\u0000`,
  `context:${URL}${'a'.repeat(4096)}`,
  `context:${URL}${'a'.repeat(4096)}b`,
  // One letter and two that look alike.
  'context:https://school.example/\u00e9',
  'context:https://school.example/e\u0301',
  '__proto__',
  'constructor',
  'toString',
  '',
]

/** The rules for a Cache. */
export function cacheContract(
  make: () => Cache | Promise<Cache>,
  options?: CacheContractOptions,
): readonly ContractRule[] {
  demandArgument(make, callable, 'make')
  demandOptions(options, OPTIONS)
  const wait = options?.wait ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)))
  const set = (cache: Cache, key: string, value: unknown, maxAgeSeconds = MINUTE_SECONDS, weight?: number) =>
    answerOf(
      () => cache.set(key, value, maxAgeSeconds, weight),
      `set takes a value for ${maxAgeSeconds} s with the weight ${weight} under ${printableValue(key)}`,
    )
  /** Undefined is always a good answer. */
  const demandFound = async (cache: Cache, key: string, expected: unknown) => {
    const found = await answerOf(() => cache.get(key), `get answers for ${printableValue(key)}`)
    demand(
      found === undefined || Object.is(found, expected),
      `get(${printableValue(key)}) answers ${expected === undefined ? '' : 'what was set, itself, or '}undefined, not ${printableValue(found)}`,
    )
  }
  return [
    {
      name: 'Cache.get: answers undefined for what was never set',
      promise: 'undefined otherwise.',
      run: async () => {
        const cache = await make()
        for (const key of KEYS) await demandFound(cache, key, undefined)
      },
    },
    {
      name: 'Cache.get: answers the value itself, whatever it is',
      promise: 'What was set under the key and is not too old, the same value and no copy;',
      run: async () => {
        const cache = await make()
        for (const value of [{ a: [1] }, new Map([['a', 1]]), Uint8Array.of(1), 'text', 0, false, null]) {
          await set(cache, 'key', value)
          await demandFound(cache, 'key', value)
        }
      },
    },
    {
      name: 'Cache.get: tells keys apart that differ in one character',
      promise: 'so that nothing that was loaded for one purpose answers for another.',
      run: async () => {
        const cache = await make()
        const values = new Map(KEYS.map((key) => [key, { key }]))
        for (const [key, value] of values) await set(cache, key, value)
        for (const [key, value] of values) await demandFound(cache, key, value)
      },
    },
    {
      name: 'Cache.get: answers nothing after its time',
      promise: 'answers nothing older than `maxAgeSeconds`.',
      run: async () => {
        const cache = await make()
        await set(cache, 'key', {}, TICK / 1000)
        await wait(2 * TICK)
        await demandFound(cache, 'key', undefined)
      },
    },
    {
      name: 'Cache.set: replaces what was there, and its time',
      promise: 'What was set under the key and is not too old, the same value and no copy;',
      run: async () => {
        const cache = await make()
        await set(cache, 'key', { old: true })
        const value = {}
        await set(cache, 'key', value, TICK / 1000)
        await demandFound(cache, 'key', value)
        await wait(2 * TICK)
        await demandFound(cache, 'key', undefined)
      },
    },
    {
      name: 'Cache.set: forgets what was there where nothing may be kept',
      promise:
        'What is set for 0 seconds or less, or for a time that is no number, is not kept, and what was there under the key is gone.',
      run: async () => {
        for (const seconds of [0, -1, Number.NaN, Number.NEGATIVE_INFINITY]) {
          const cache = await make()
          await set(cache, 'key', { old: true })
          await set(cache, 'key', {}, seconds)
          await demandFound(cache, 'key', undefined)
        }
      },
    },
    {
      name: 'Cache.set: takes values of every weight, and with none',
      promise: '`weight`: about how many bytes of memory the value takes; where nothing is said, about 1024.',
      run: async () => {
        const cache = await make()
        for (const weight of [undefined, 0, 1, 1024, 2 ** 40]) {
          const value = {}
          await set(cache, 'key', value, MINUTE_SECONDS, weight)
          await demandFound(cache, 'key', value)
        }
      },
    },
    {
      name: 'Cache.set: bounds the weight of what it keeps',
      promise: 'A cache that outlives a verification bounds their sum, because strangers decide what is loaded.',
      run: async () => {
        const cache = await make()
        // In all a terabyte, told and not taken.
        const [count, weight] = [1024, 2 ** 30]
        for (let index = 0; index < count; index++) await set(cache, `key ${index}`, { index }, MINUTE_SECONDS, weight)
        const kept = Array.from({ length: count }, (_, index) => cache.get(`key ${index}`)).filter(
          (value) => value !== undefined,
        )
        demand(
          kept.length < count,
          `of ${count} values of ${weight} bytes each it keeps ${kept.length}: nothing was driven out`,
        )
      },
    },
  ]
}
