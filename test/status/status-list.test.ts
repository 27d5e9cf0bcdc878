/** What is kept of a status list, and for how long: Bitstring Status List 1.0 section 2.2 (ttl). */
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createMemoryCache } from '../../src/resolve/memory-cache.js'
import { bitstringStatusList } from '../../src/status/bitstring-status-list.js'
import { codes, encodeAny, entry, fake, LIST_URL, listCredential, NOW } from './fakes.js'

const decompressed = vi.hoisted(() => ({ times: 0 }))
vi.mock('../../src/platform/zlib.js', async (original) => {
  const actual = await original<typeof import('../../src/platform/zlib.js')>()
  return {
    ...actual,
    decompress: (...args: Parameters<typeof actual.decompress>) => {
      decompressed.times++
      return actual.decompress(...args)
    },
  }
})
afterEach(() => {
  decompressed.times = 0
})

const method = bitstringStatusList()

describe('the cache', () => {
  test('10 000 checks on one list load, verify and decode it once', async () => {
    const web = { [LIST_URL]: await listCredential({ values: { 5: 1 } }) }
    const cache = createMemoryCache({ now: () => 0, maxBytes: 16_777_216 })
    let [revoked, asked, verified] = [0, 0, 0]
    for (let badgeNumber = 0; badgeNumber < 10_000; badgeNumber++) {
      const each = fake({ web, cache })
      const [code] = await codes(method, each, entry({ statusListIndex: badgeNumber }))
      if (code === 'status.revoked') revoked++
      asked += each.asked.length
      verified += each.verified.length
    }
    expect({ revoked, asked, verified, decoded: decompressed.times }).toEqual({
      revoked: 1,
      asked: 1,
      verified: 1,
      decoded: 1,
    })
  })

  test('verifications at once decode once', async () => {
    const web = { [LIST_URL]: await listCredential() }
    const cache = createMemoryCache({ now: () => 0, maxBytes: 16_777_216 })
    await Promise.all(Array.from({ length: 50 }, () => codes(method, fake({ web, cache }), entry())))
    expect(decompressed.times).toBe(1)
  })

  /** How long a list is kept: seconds. */
  async function keptFor(subject: object, credential: object, maxAgeSeconds?: number): Promise<number | undefined> {
    const set = vi.fn()
    const web = { [LIST_URL]: await listCredential({ subject, credential }) }
    const age = maxAgeSeconds === undefined ? {} : { maxAgeSeconds }
    const context = fake({ web, cache: { get: () => undefined, set }, ...age })
    expect(await codes(method, context, entry())).toEqual(['status.active'])
    return set.mock.calls[0]?.[2]
  }

  test('keeps a list for the shortest of ttl (milliseconds), max-age, the rest of its validity, and a day', async () => {
    const until = (validUntil: string) => ({ validUntil })
    expect(await keptFor({}, {})).toBe(300)
    expect(await keptFor({ ttl: 60_000 }, {})).toBe(60)
    expect(await keptFor({ ttl: 60_000 }, {}, 20)).toBe(20)
    expect(await keptFor({ ttl: 60_000 }, {}, 3600)).toBe(60)
    expect(await keptFor({}, {}, 3600)).toBe(3600)
    expect(await keptFor({ ttl: 1e12 }, {}, 1e9)).toBe(86_400)
    expect(await keptFor({}, until('2030-06-01T12:00:10Z'), 3600)).toBe(10)
    expect(await keptFor({ ttl: '60000' }, {})).toBe(300)
  })

  test('keeps nothing whose time is up', async () => {
    expect(await keptFor({ ttl: 0 }, {})).toBeUndefined()
    expect(await keptFor({ ttl: -1 }, {})).toBeUndefined()
    expect(await keptFor({}, {}, 0)).toBeUndefined()
    // Within the tolerance of clocks it still counts, for once.
    expect(await keptFor({}, { validUntil: '2030-06-01T11:59:00Z' })).toBeUndefined()
  })

  test('keeps nothing that verifiers of other opinions would not take, or that is larger than a document', async () => {
    const web = { [LIST_URL]: await listCredential() }
    const set = vi.fn()
    const cache = { get: () => undefined, set }
    await codes(method, fake({ web, cache, nested: ['key.self_asserted'] }), entry())
    await codes(method, fake({ web, cache, nested: ['key.other_controller'] }), entry())
    await codes(method, fake({ web, cache, limits: { documentBytes: 16_383 } }), entry())
    expect(set).not.toHaveBeenCalled()
    await codes(method, fake({ web, cache, limits: { documentBytes: 16_384 } }), entry())
    expect(set).toHaveBeenCalledOnce()
  })

  test('does not answer for a time at which the list would have been stale', async () => {
    const credential = { validFrom: '2030-06-01T11:59:30Z', validUntil: '2030-06-01T12:00:30Z' }
    const web = { [LIST_URL]: await listCredential({ credential }) }
    const cache = createMemoryCache({ now: () => 0, maxBytes: 16_777_216 })
    const at = async (offsetSeconds: number) => {
      const now = new Date(NOW.getTime() + offsetSeconds * 1000)
      const each = fake({ web, cache, now })
      await codes(method, each, entry())
      return each.verified.length
    }
    expect(await at(0)).toBe(1)
    expect([await at(0), await at(-30), await at(29)]).toEqual([0, 0, 0])
    expect([await at(-31), await at(30)]).toEqual([1, 1])
  })

  test('a new list takes the place of the old one: replaying an old one is not possible for longer than that', async () => {
    let time = 0
    const cache = createMemoryCache({ now: () => time, maxBytes: 16_777_216 })
    const old = { [LIST_URL]: await listCredential() }
    const fresh = { [LIST_URL]: await listCredential({ values: { 5: 1 } }) }
    expect(await codes(method, fake({ web: old, cache }), entry())).toEqual(['status.active'])
    expect(await codes(method, fake({ web: fresh, cache }), entry())).toEqual(['status.active'])
    time = 300_000
    const later = new Date(NOW.getTime() + time)
    expect(await codes(method, fake({ web: fresh, cache, now: later }), entry())).toEqual(['status.revoked'])
  })

  test('does not keep whom the caller trusts', async () => {
    const web = { [LIST_URL]: await listCredential({ credential: { issuer: 'did:web:other.example' } }) }
    const cache = createMemoryCache({ now: () => 0, maxBytes: 16_777_216 })
    expect(await codes(method, fake({ web, cache, trusts: 'yes' }), entry())).toContain('status.active')
    expect(await codes(method, fake({ web, cache, trusts: 'no' }), entry())).toEqual(['status.list_untrusted'])
  })
})

describe('one credential with many entries', () => {
  const none = { get: () => undefined, set: () => undefined }

  test('pays for each list once, whatever comes of it', async () => {
    const bad = `${LIST_URL}/bad`
    const context = fake({ web: { [LIST_URL]: await listCredential() }, cache: none })
    for (let turn = 0; turn < 100; turn++) {
      expect(await codes(method, context, entry({ statusListIndex: turn }))).toEqual(['status.active'])
      expect(await codes(method, context, entry({ statusListCredential: bad }))).toEqual(['status.unreachable'])
    }
    expect(context.asked.map(({ url }) => url)).toEqual([LIST_URL, bad])
    expect(decompressed.times).toBe(1)
  })

  test('holds four lists of the largest size, and no fifth', async () => {
    const urls = [1, 2, 3, 4, 5].map((number) => `https://school.example/status/large-${number}`)
    const encodedList = await encodeAny(new Uint8Array(20_000))
    const list = await listCredential({ subject: { encodedList } })
    const web = Object.fromEntries(urls.map((url) => [url, list]))
    const context = fake({ web, cache: none, limits: { statusListBytes: 20_000 } })
    const found: string[] = []
    for (const statusListCredential of urls)
      found.push(...(await codes(method, context, entry({ statusListCredential }))))
    expect(found).toEqual(['status.active', 'status.active', 'status.active', 'status.active', 'status.limit'])
  })
})
