/** `givenKeys`: verification methods or JWKs, matched by id or kid. */
import { describe, expect, test } from 'vitest'
import { defaultLimits, generateKey, type PublicJwk, UsageError } from '../../src/entries/index.js'
import { givenKeys } from '../../src/entries/resolvers.js'
import { encodeBase58btc } from '../../src/internal/base58btc.js'
import { publicJwk } from '../../src/keys/jwk.js'
import type { KeyRequest } from '../../src/resolve/key-resolver.js'
import { createMemoryCache } from '../../src/resolve/memory-cache.js'

const key = publicJwk(await generateKey())
const ISSUER = 'did:example:school'
/** RFC 7520 section 3.1, without its private part: a real key of a curve that is not supported here. */
const P521 = {
  kty: 'EC',
  kid: 'bilbo',
  use: 'sig',
  crv: 'P-521',
  x: 'AHKZLLOsCOzz5cY97ewNUajB957y-C-U88c3v13nmGZx6sYl_oJXu9A5RkTKqjqvjyekWF-7ytDyRXYgCF5cj0Kt',
  y: 'AdymlHvOiLxXkEhayXQnNCvDX4h9htZaCJN34kfmC6pV5OhQHiraVySsUdaQkAgDPrwQrJmbnX9cwlGfP-HqHZR1',
}
const context = {
  now: new Date(0),
  loader: { load: () => Promise.reject(new Error('nothing is loaded')) },
  cache: createMemoryCache({ now: () => 0, maxBytes: 16_777_216 }),
  limits: defaultLimits,
}
const request = (id: string, issuer = ISSUER): KeyRequest => ({ id, issuer, purpose: 'assertionMethod' })

describe('a set in which some keys are of other kinds', () => {
  const other = { id: `${ISSUER}#other`, type: 'Multikey', controller: ISSUER }
  const unsupported = new Uint8Array([0xe7, 0x01, ...new Uint8Array(33).fill(2)])
  const set: object[] = [
    { ...key, kid: 'ed' },
    P521,
    { kty: 'OKP', crv: 'X25519', kid: 'x', x: 'AAAA' },
    { kty: 'AKP', kid: 'pq', alg: 'ML-DSA-44', pub: 'AAAA' },
    { ...other, publicKeyMultibase: `z${encodeBase58btc(unsupported)}` },
    { ...other, id: `${ISSUER}#jwk`, type: 'JsonWebKey', publicKeyJwk: P521 },
  ]
  const resolver = givenKeys(set)
  test('the others can be used', async () => {
    expect((await resolver.resolve(request('ed'), context)).publicJwk).toMatchObject(key)
  })
  test.each(['bilbo', 'x', 'pq', `${ISSUER}#other`, `${ISSUER}#jwk`])(
    'who asks for %s reads that it cannot be used',
    async (id) => {
      expect(resolver.matches(request(id))).toBe(true)
      await expect(resolver.resolve(request(id), context)).rejects.toMatchObject({
        code: 'resolve.key_unsupported',
        message: expect.stringMatching(/not supported/),
      })
    },
  )
})

describe('what is wrong is the caller’s mistake, at once', () => {
  test.each<[string, unknown]>([
    ['no list', { keys: [key] }],
    ['no object', ['key']],
    ['no key', [{}]],
    ['a private member', [{ ...key, d: 'AAAA' }]],
    ['a private member of an unsupported kind', [{ ...P521, d: 'AAAA' }]],
    ['a symmetric key', [{ kty: 'oct', k: 'AAAA' }]],
    ['a point that is none', [{ ...key, x: 'AAAA' }]],
    ['a short RSA key', [{ kty: 'RSA', n: 'AAAA', e: 'AQAB' }]],
    ['a key for encryption', [{ ...key, use: 'enc' }]],
    ['a broken Multikey', [{ id: `${ISSUER}#k`, type: 'Multikey', controller: ISSUER, publicKeyMultibase: 'z0' }]],
    ['no controller', [{ id: `${ISSUER}#k`, type: 'JsonWebKey', publicKeyJwk: key as PublicJwk }]],
  ])('%s', (_, keys) => {
    expect(() => givenKeys(keys as never)).toThrow(UsageError)
  })
})

describe('whom a key speaks for', () => {
  const method = (controller: string, id: string) => ({ id, type: 'JsonWebKey', controller, publicKeyJwk: key })
  test('a verification method: its controller', async () => {
    const resolver = givenKeys([method(ISSUER, `${ISSUER}#k`)])
    expect((await resolver.resolve(request(`${ISSUER}#k`), context)).controller).toBe(ISSUER)
    // Named in full by somebody else: the answer is whose it is.
    expect((await resolver.resolve(request(`${ISSUER}#k`, 'did:example:other'), context)).controller).toBe(ISSUER)
    expect(resolver.matches(request('k', 'did:example:other'))).toBe(false)
  })
  test('a JWK named by a DID URL: that DID', async () => {
    const resolver = givenKeys([{ ...key, kid: `${ISSUER}#k` }])
    expect((await resolver.resolve(request(`${ISSUER}#k`, 'did:example:other'), context)).controller).toBe(ISSUER)
  })
  test('any other JWK: who names it', async () => {
    const resolver = givenKeys([{ ...key, kid: 'k' }])
    expect((await resolver.resolve(request('k', 'did:example:other'), context)).controller).toBe('did:example:other')
  })
})
