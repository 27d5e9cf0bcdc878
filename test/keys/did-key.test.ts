/** did:key v0.9 test vectors, did:jwk specification: a key as its own identifier. */
import { describe, expect, test } from 'vitest'
import { didJwk, didKey, didOf } from '../../src/keys/did-key.js'
import { readPrivateKey } from '../../src/keys/import-key.js'
import { publicJwk } from '../../src/keys/jwk.js'
import type { PrivateJwk } from '../../src/model/jwk.js'
import { DID_JWK_P256, DID_KEY_NIST, DID_KEY_SEEDS, hex, KEYS } from './vectors.js'

describe('did:key', () => {
  test.each(DID_KEY_SEEDS)('the seed %s is %s', async (seed, did) => {
    const key = (await readPrivateKey({ seed: hex(seed), algorithm: 'EdDSA' })) as PrivateJwk
    expect(didOf(publicJwk(key))).toEqual({ did, verificationMethod: `${did}#${did.slice('did:key:'.length)}` })
  })

  test.each(Object.entries(DID_KEY_NIST))('%s', (did, key) => {
    expect(didOf(publicJwk(key)).did).toBe(did)
    expect(didKey(publicJwk(key) as never).verificationMethod).toBe(`${did}#${did.slice('did:key:'.length)}`)
  })
})

describe('did:jwk', () => {
  test('the P-256 example of the specification', () => {
    const { kty, crv, x, y } = DID_JWK_P256.jwk
    expect(didJwk({ kty, crv, x, y })).toEqual({ did: DID_JWK_P256.did, verificationMethod: `${DID_JWK_P256.did}#0` })
  })

  test('RSA keys, which did:key has no use for; the DID is of the key, whatever its JWK says besides', () => {
    const { did, verificationMethod } = didOf(publicJwk(KEYS.RS256))
    expect(Buffer.from(did.slice('did:jwk:'.length), 'base64url').toString()).toBe(
      `{"e":"AQAB","kty":"RSA","n":"${KEYS.RS256.n}"}`,
    )
    expect(verificationMethod).toBe(`${did}#0`)
    expect(didOf({ n: KEYS.RS256.n, e: 'AQAB', kty: 'RSA', alg: 'RS256', kid: 'k' }).did).toBe(did)
  })

  test('a private key does not end in an identifier', () => {
    for (const key of Object.values(KEYS)) {
      const decoded = Buffer.from(didJwk(key).did.slice('did:jwk:'.length), 'base64url').toString()
      expect(decoded).not.toContain('"d"')
      expect(decoded).not.toContain(key.d)
    }
  })
})
