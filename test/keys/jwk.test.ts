/** RFC 7517, RFC 7518 section 6, RFC 8037 section 2: which keys are taken. */
import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  algorithmOf,
  checkKeyUse,
  expectSigningKey,
  expectVerifyingKey,
  isSameKey,
  publicJwk,
  readPrivateJwk,
  readPublicJwk,
  signatureBytes,
} from '../../src/keys/jwk.js'
import type { PublicJwk } from '../../src/model/jwk.js'
import { ALGORITHMS, base64url, KEYS } from './vectors.js'

const rsa = (bits: number) => generateKeyPairSync('rsa', { modulusLength: bits })
const jwkOf = (bits: number) => rsa(bits).publicKey.export({ format: 'jwk' })
const modulus = (bits: number) => {
  const bytes = new Uint8Array(Math.ceil(bits / 8)).fill(0xff)
  bytes[0] = 0xff >> (bytes.length * 8 - bits)
  return base64url(bytes)
}
const problemOf = (value: unknown) => {
  const reading = readPublicJwk(value)
  return reading.ok ? undefined : reading.problem
}

describe('a public key', () => {
  test.each(ALGORITHMS)('of each kind is taken, and its algorithm comes from the key: %s', (algorithm) => {
    const key = publicJwk(KEYS[algorithm])
    expect(readPublicJwk(key)).toEqual({ ok: true, key, algorithm })
    expect(algorithmOf(key)).toBe(algorithm)
  })

  test.each(ALGORITHMS)('%s: leaves as a new object with the known members only', (algorithm) => {
    const reading = readPublicJwk({ ...publicJwk(KEYS[algorithm]), x5c: ['...'], ext: true, constructor: 1, y2: 'z' })
    expect(reading).toEqual({ ok: true, key: publicJwk(KEYS[algorithm]), algorithm })
  })

  test.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'])(
    'with the private member "%s" is refused, not stripped',
    (member) => {
      for (const algorithm of ALGORITHMS) {
        const problem = problemOf({ ...publicJwk(KEYS[algorithm]), [member]: 'c2VjcmV0LXNlY3JldA' })
        expect(problem).toMatchObject({ code: 'private', message: expect.stringContaining(`"${member}"`) })
        expect(problem?.message).not.toContain('c2VjcmV0')
      }
    },
  )

  test.each([
    ['a text', 'key', 'malformed'],
    ['null', null, 'malformed'],
    ['a list', [publicJwk(KEYS.EdDSA)], 'malformed'],
    ['nothing', {}, 'malformed'],
    ['a symmetric key', { kty: 'oct' }, 'malformed'],
    ['secp256k1', { ...publicJwk(KEYS.ES256), crv: 'secp256k1' }, 'unsupported'],
    ['P-521', { ...publicJwk(KEYS.ES256), crv: 'P-521' }, 'unsupported'],
    ['X25519', { ...publicJwk(KEYS.EdDSA), crv: 'X25519' }, 'unsupported'],
    ['Ed448', { ...publicJwk(KEYS.EdDSA), crv: 'Ed448' }, 'unsupported'],
    ['an OKP key with a curve of EC', { ...publicJwk(KEYS.EdDSA), crv: 'P-256' }, 'unsupported'],
    ['an EC key with a curve of OKP', { ...publicJwk(KEYS.ES256), crv: 'Ed25519' }, 'unsupported'],
    ['a member of Object.prototype as curve', { ...publicJwk(KEYS.ES256), crv: 'constructor' }, 'unsupported'],
    ['x too short', { ...publicJwk(KEYS.EdDSA), x: 'AAAA' }, 'malformed'],
    ['x of another curve', { ...publicJwk(KEYS.ES256), x: KEYS.ES384.x }, 'malformed'],
    ['x with padding', { ...publicJwk(KEYS.EdDSA), x: `${KEYS.EdDSA.x}=` }, 'malformed'],
    ['x in base64', { ...publicJwk(KEYS.EdDSA), x: KEYS.EdDSA.x.replace('_', '/') }, 'malformed'],
    ['x with a trailing bit', { ...publicJwk(KEYS.EdDSA), x: `${KEYS.EdDSA.x.slice(0, -1)}p` }, 'malformed'],
    ['x a number', { ...publicJwk(KEYS.EdDSA), x: 1 }, 'malformed'],
    ['no y', { kty: 'EC', crv: 'P-256', x: KEYS.ES256.x }, 'malformed'],
    ['y not on the curve', { ...publicJwk(KEYS.ES256), y: KEYS.ES256.x }, 'malformed'],
    [
      'the point 0,0',
      { kty: 'EC', crv: 'P-256', x: base64url(new Uint8Array(32)), y: base64url(new Uint8Array(32)) },
      'malformed',
    ],
    ['coordinates not below p', { kty: 'EC', crv: 'P-256', x: modulus(256), y: modulus(256) }, 'malformed'],
    ['y not on P-384', { ...publicJwk(KEYS.ES384), y: KEYS.ES384.x }, 'malformed'],
    ['RSA without n', { kty: 'RSA', e: 'AQAB' }, 'malformed'],
    ['an even exponent', { kty: 'RSA', n: KEYS.RS256.n, e: 'AQAA' }, 'malformed'],
    ['the exponent 1', { kty: 'RSA', n: KEYS.RS256.n, e: 'AQ' }, 'malformed'],
    ['an exponent as long as the modulus', { kty: 'RSA', n: KEYS.RS256.n, e: KEYS.RS256.n }, 'malformed'],
    ['a kid that is no text', { ...publicJwk(KEYS.EdDSA), kid: 7 }, 'malformed'],
    ['key_ops that is no list', { ...publicJwk(KEYS.EdDSA), key_ops: 'verify' }, 'malformed'],
    ['key_ops of numbers', { ...publicJwk(KEYS.EdDSA), key_ops: [1] }, 'malformed'],
  ])('is refused: %s', (_what, value, code) => {
    expect(problemOf(value)).toMatchObject({ code })
  })

  test('RSA: 1024 and 2047 bits are too weak, 2048 to 8192 are taken, more is refused', () => {
    expect(problemOf(jwkOf(1024))).toEqual({ code: 'too_weak', message: expect.stringContaining('1024 bits') })
    const keyOf = (bits: number) => ({ kty: 'RSA', n: modulus(bits), e: 'AQAB' })
    expect(problemOf(keyOf(2047))).toEqual({ code: 'too_weak', message: expect.stringContaining('2047 bits') })
    expect(problemOf(keyOf(2048))).toBeUndefined()
    expect(problemOf(keyOf(8192))).toBeUndefined()
    expect(problemOf(keyOf(8193))).toMatchObject({ code: 'unsupported' })
    // Zero bytes in front make no key stronger.
    const padded = base64url(
      Uint8Array.of(...new Uint8Array(200), ...Buffer.from(jwkOf(1024).n as string, 'base64url')),
    )
    expect(problemOf({ kty: 'RSA', n: padded, e: 'AQAB' })).toMatchObject({ code: 'too_weak' })
  })

  test('whatever comes in, there is an answer and no error', () => {
    const member = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('RSA', 'EC', 'OKP', 'P-256', 'Ed25519', 'AQAB', KEYS.ES256.x),
    )
    fc.assert(
      fc.property(
        fc.record(
          { kty: member, crv: member, x: member, y: member, n: member, e: member, use: member },
          { requiredKeys: [] },
        ),
        (value) => {
          const reading = readPublicJwk(value)
          expect(reading.ok || reading.problem.message.length > 10).toBe(true)
        },
      ),
    )
  })
})

describe('a private key', () => {
  test.each(ALGORITHMS)('of each kind: %s', (algorithm) => {
    expect(readPrivateJwk(KEYS[algorithm])).toEqual({ ok: true, key: KEYS[algorithm], algorithm })
    const { key } = expectSigningKey(KEYS[algorithm], 'key')
    expect(Object.keys(publicJwk(key)).some((name) => ['d', 'p', 'q', 'dp', 'dq', 'qi'].includes(name))).toBe(false)
  })

  test.each([
    ['no d', { ...publicJwk(KEYS.EdDSA) }, '"d" is missing'],
    ['d too short', { ...KEYS.EdDSA, d: 'AAAA' }, '32 bytes'],
    ['d of the wrong curve', { ...KEYS.ES256, d: KEYS.ES384.d }, '32 bytes'],
    ['d with padding', { ...KEYS.ES256, d: `${KEYS.ES256.d}=` }, 'not base64url'],
    ['RSA without its primes', { ...publicJwk(KEYS.RS256), d: KEYS.RS256.d }, '"p" is missing'],
    [
      'RSA of three primes (RFC 7518 section 6.3.2.7)',
      { ...KEYS.RS256, oth: [{ r: 'AQ', d: 'AQ', t: 'AQ' }] },
      '"oth"',
    ],
  ])('is refused: %s', (_what, value, message) => {
    const reading = readPrivateJwk(value)
    expect(reading).toMatchObject({ ok: false, problem: { message: expect.stringContaining(message) } })
    expect(JSON.stringify(reading)).not.toContain(KEYS.ES256.d.slice(0, 12))
  })
})

describe('use, key_ops and alg (RFC 7517 sections 4.2 to 4.4)', () => {
  const ed25519: PublicJwk = publicJwk(KEYS.EdDSA)
  test.each([
    [{}, undefined],
    [{ use: 'sig', key_ops: ['verify'], alg: 'EdDSA' }, undefined],
    [{ alg: 'Ed25519' }, undefined],
    [{ key_ops: ['sign', 'verify'] }, undefined],
    [{ use: 'enc' }, '"use"'],
    [{ use: 'SIG' }, '"use"'],
    [{ key_ops: ['encrypt'] }, '"key_ops"'],
    [{ key_ops: [] }, '"key_ops"'],
    [{ alg: 'ES256' }, '"alg"'],
    [{ alg: 'RSA-OAEP' }, '"alg"'],
    [{ alg: '' }, '"alg"'],
  ])('%o', (members, refusal) => {
    const answer = checkKeyUse({ ...ed25519, ...members })
    if (refusal === undefined) expect(answer).toBeUndefined()
    else expect(answer).toContain(refusal)
  })

  test('a key for signing must say so too, where it says anything', () => {
    expect(checkKeyUse({ ...ed25519, key_ops: ['sign'] }, 'sign')).toBeUndefined()
    expect(() => expectSigningKey({ ...KEYS.RS256, alg: 'RS512' }, '"key"')).toThrow(/"key": its "alg" is "RS512"/)
    expect(() => expectSigningKey({ ...KEYS.EdDSA, key_ops: ['verify'] }, '"key"')).toThrow(/"sign"/)
    expect(() => expectVerifyingKey({ ...ed25519, use: 'enc' }, '"key"')).toThrow(/"enc"/)
    expect(() => expectVerifyingKey({ ...publicJwk(KEYS.RS256), alg: 'PS256' }, 'key')).toThrow(/PS256/)
  })
})

test('the same key is the same whatever else it says', () => {
  for (const a of ALGORITHMS) {
    for (const b of ALGORITHMS) {
      const other = { ...publicJwk(KEYS[b]), kid: 'other', use: 'sig' }
      expect(isSameKey(publicJwk(KEYS[a]), other)).toBe(a === b)
    }
  }
  expect(isSameKey(publicJwk(KEYS.ES256), { ...publicJwk(KEYS.ES256), y: KEYS.ES256.x } as PublicJwk)).toBe(false)
})

test('the length of a signature follows from the key', () => {
  expect(ALGORITHMS.map((algorithm) => signatureBytes(publicJwk(KEYS[algorithm])))).toEqual([64, 64, 96, 256])
  expect(signatureBytes({ kty: 'RSA', n: modulus(3072), e: 'AQAB' })).toBe(384)
})
