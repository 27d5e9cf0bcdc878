/**
 * A verifier that lives for months: what a badge says is forgotten with its verification, and what was fetched for it takes no more
 * memory than the cache may have.
 */
import { describe, expect, test } from 'vitest'
import { COMPILED } from '../../src/canonical/analyze.js'
import {
  anyIssuer,
  type Cache,
  createVerifier,
  type DocumentLoader,
  type LoadRequest,
  signCredential,
} from '../../src/entries/index.js'
import { createMemoryCache } from '../../src/resolve/memory-cache.js'
import { heapUsed } from '../heap.js'
import { badgeOf, codesOf, NOW, newIssuer, signRaw, web } from './kit.js'

/** Remembers nothing of what it was asked for. */
const nothing: DocumentLoader = { load: (request) => web({}).load(request, {}) }
const issuer = await newIssuer()
const badge = badgeOf(issuer)
const KB = 'x'.repeat(1024)
/** A text that has never been before. */
const text = (round: number) => `https://e.example/${round}-${KB.repeat(64)}`
const own = (round: number) => ({ ...badge, '@context': [...badge['@context'], { own: text(round) }], own: 'x' })

const BADGES: Readonly<Record<string, (round: number) => object | Promise<object>>> = {
  'unsigned, a type': (round) => ({ ...badge, type: [...badge.type, text(round)] }),
  'unsigned, a member': (round) => ({ ...badge, [text(round)]: 'x' }),
  'unsigned, a term of its own context': own,
  'unsigned, its issuer and id': (round) => ({ ...badge, id: text(round), issuer: text(round) }),
  'signed, a name': (round) => signRaw(issuer, { ...badge, name: text(round) }),
  'signed, a type and an id of its own': (round) =>
    signRaw(issuer, { ...own(round), type: [...badge.type, 'own'], id: text(round) }),
  'signed, a key that is none': async (round) => {
    const signed = (await signRaw(issuer, badge)) as { proof: object }
    return { ...signed, proof: { ...signed.proof, verificationMethod: `did:key:z${KB.repeat(100)}${round}` } }
  },
  'signed, a schema and terms of use that are not there': (round) =>
    signRaw(issuer, {
      ...badge,
      credentialSchema: [{ id: text(round), type: 'JsonSchema' }],
      termsOfUse: { id: text(round), type: 'https://e.example/terms' },
    }),
}

describe('what a badge says', () => {
  test.each(Object.entries(BADGES))('%s: is forgotten', async (_, make) => {
    const kept: string[] = []
    const memory = createMemoryCache({ now: () => 0, maxBytes: 33_554_432 })
    const cache: Cache = {
      get: memory.get,
      set: (key, ...entry) => {
        kept.push(key)
        memory.set(key, ...entry)
      },
    }
    const verifier = createVerifier({ trustedIssuers: anyIssuer, loader: nothing, cache })
    const visit = async (round: number) => void (await verifier.verify(JSON.stringify(await make(round)), { now: NOW }))
    for (let round = 0; round < 10; round++) await visit(round)
    const before = await heapUsed()
    for (let round = 10; round < 50; round++) await visit(round)
    // Forty texts of 64 KB are 2.6 MB; the heap has its moods.
    expect((await heapUsed()) - before).toBeLessThan(2_000_000)
    // Bundled contexts, and the one issuer's key: no more after 50 badges than after the first.
    expect(new Set(kept).size).toBeLessThanOrEqual(2)
    expect(kept.filter((key) => key !== COMPILED).length).toBeLessThanOrEqual(1)
  })

  test('as JWT: is forgotten', async () => {
    const verifier = createVerifier({ trustedIssuers: anyIssuer, loader: nothing })
    const visit = async (round: number) => {
      const jwt = await signCredential({ ...badge, name: text(round) }, { signer: issuer.signer, format: 'jwt' })
      expect((await verifier.verify(jwt, { now: NOW })).outcome).toBe('valid')
    }
    for (let round = 0; round < 10; round++) await visit(round)
    const before = await heapUsed()
    for (let round = 10; round < 50; round++) await visit(round)
    expect((await heapUsed()) - before).toBeLessThan(2_000_000)
  })
})

describe('what was fetched for badges', async () => {
  const CONTEXT = 'https://terms.example/'
  /** Made when it is asked for, so that nobody else holds it. */
  const server = () => {
    const asked: string[] = []
    const load = (request: LoadRequest) => {
      asked.push(request.url)
      const terms = { own: 'https://e.example/own', other: text(Number(request.url.slice(CONTEXT.length))) }
      return web({ [request.url]: { '@context': terms } }).load(request, {})
    }
    return { asked, load }
  }
  const signed = await signRaw(issuer, {
    ...badge,
    '@context': [...badge['@context'], { own: 'https://e.example/own' }],
    own: 'x',
  })
  const under = (round: number) => ({ ...signed, '@context': [...badge['@context'], `${CONTEXT}${round}`] })

  test('takes no more memory than the cache may have', async () => {
    const loader = server()
    const verifier = createVerifier({ trustedIssuers: anyIssuer, loader, cache: { maxBytes: 1_000_000 } })
    const visit = async (round: number) =>
      expect((await verifier.verify(under(round), { now: NOW })).outcome).toBe('valid')
    for (let round = 0; round < 25; round++) await visit(round)
    const before = await heapUsed()
    for (let round = 25; round < 100; round++) await visit(round)
    expect((await heapUsed()) - before).toBeLessThan(2_000_000)
    // The last ones are still there.
    await visit(99)
    await visit(98)
    expect(loader.asked.length).toBe(100)
    await visit(0)
    expect(loader.asked.length).toBe(101)
  })

  test('is kept in 32 MiB where nothing is said, and not at all in 0 bytes', async () => {
    for (const [cache, asked] of [
      [undefined, 20],
      [{ maxBytes: 0 }, 40],
    ] as const) {
      const loader = server()
      const verifier = createVerifier({ trustedIssuers: anyIssuer, loader, cache })
      for (let round = 0; round < 40; round++)
        expect(codesOf(await verifier.verify(under(round % 20), { now: NOW }))).toContain('proof.verified')
      expect(loader.asked.length).toBe(asked)
    }
  })
})

test.each([
  ['a size that is none', { maxBytes: -1 }, /"cache.maxBytes" is a whole number of at least 0/],
  ['a misspelt size', { maxByte: 1 }, /"cache.maxByte" is no member: did you mean "maxBytes"\?/],
  ['half of a cache', { get: () => undefined }, /"cache" is an object with get\(\), set\(\)/],
  ['nothing of it', {}, /"cache.maxBytes" is missing/],
  ['no object', 5, /"cache" is an object with get\(\), set\(\)/],
])('%s is refused', (_, cache, message) => {
  expect(() => createVerifier({ trustedIssuers: anyIssuer, cache: cache as never })).toThrow(message)
})
