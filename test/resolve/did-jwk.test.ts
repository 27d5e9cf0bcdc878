/** did:jwk: the identifier is a JWK in base64url. */
import { describe, expect, test } from 'vitest'
import { publicJwk } from '../../src/keys/jwk.js'
import { didJwkResolver } from '../../src/resolve/did-jwk.js'
import { ALGORITHMS, base64url, DID_JWK_P256, KEYS, utf8 } from '../keys/vectors.js'
import { failureOf } from './failure.js'
import { fakeLoader, testContext } from './fake-loader.js'

const resolver = didJwkResolver()
const didOfText = (text: string) => `did:jwk:${base64url(utf8(text))}`
const didOfJwk = (jwk: object) => didOfText(JSON.stringify(jwk))
const resolve = (id: string, context = testContext()) =>
  resolver.resolve({ id, issuer: 'did:web:a.example', purpose: 'assertionMethod' }, context)

test('the P-256 example of the specification, bare and with #0', async () => {
  for (const id of [DID_JWK_P256.did, `${DID_JWK_P256.did}#0`]) {
    expect(await resolve(id)).toMatchObject({
      id: `${DID_JWK_P256.did}#0`,
      controller: DID_JWK_P256.did,
      purposes: ['assertionMethod', 'authentication'],
      publicJwk: DID_JWK_P256.jwk,
    })
  }
})

test.each(ALGORITHMS)('%s, nothing fetched', async (algorithm) => {
  const loader = fakeLoader()
  const did = didOfJwk({ ...publicJwk(KEYS[algorithm]), alg: algorithm, use: 'sig' })
  expect(await resolve(`${did}#0`, testContext({ loader }))).toMatchObject({
    controller: did,
    publicJwk: { alg: algorithm },
  })
  expect(loader.requests).toEqual([])
})

test('two writings of one JWK are two identifiers', async () => {
  const { x, y, kty, crv } = DID_JWK_P256.jwk
  expect((await resolve(didOfJwk({ y, x, kty, crv }))).controller).not.toBe(DID_JWK_P256.did)
})

describe('refused', () => {
  const jwk = publicJwk(KEYS.ES256)
  test.each([
    ['another fragment', `${DID_JWK_P256.did}#1`, 'resolve.key_not_found'],
    ['an empty fragment', `${DID_JWK_P256.did}#`, 'resolve.key_not_found'],
    ['padding', `${didOfJwk({ ...jwk, kid: 'a' })}=`, 'resolve.unusable_key'],
    ['not base64url', 'did:jwk:????', 'resolve.unusable_key'],
    ['not UTF-8', `did:jwk:${base64url(Uint8Array.of(0xff, 0xfe))}`, 'resolve.unusable_key'],
    ['not JSON', didOfText('{"kty":"EC"'), 'resolve.unusable_key'],
    ['no object', didOfText('["EC"]'), 'resolve.unusable_key'],
    ['a member twice', didOfText(JSON.stringify(jwk).replace('{', '{"kty":"EC",')), 'resolve.unusable_key'],
    ['nested deeply', didOfJwk({ ...jwk, a: { a: { a: { a: { a: {} } } } } }), 'resolve.unusable_key'],
    ['a private key', didOfJwk(KEYS.ES256), 'resolve.unusable_key'],
    ['a key for encryption', didOfJwk({ ...jwk, use: 'enc' }), 'resolve.unusable_key'],
    ['a key of another algorithm', didOfJwk({ ...jwk, alg: 'ECDH-ES' }), 'resolve.unusable_key'],
    ['not on its curve', didOfJwk({ ...jwk, y: KEYS.ES256.x }), 'resolve.unusable_key'],
    ['a symmetric key', didOfJwk({ kty: 'oct', k: 'c2VjcmV0' }), 'resolve.unusable_key'],
    ['endless', didOfText(`{"kid":"${'a'.repeat(20_000)}"}`), 'resolve.unusable_key'],
  ])('%s', async (_what, id, code) => {
    expect(await failureOf(resolve(id))).toMatchObject({ code })
  })
})
