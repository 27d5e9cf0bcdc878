/** Controlled Identifiers 1.0 section 2, RFC 7517 section 5: what an issuer publishes, and that we read it back. */
import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/errors.js'
import { didDocument, type IssuerKey, jwks } from '../../src/keys/issuer-keys.js'
import { publicJwk } from '../../src/keys/jwk.js'
import { encodePublicMultikey } from '../../src/keys/multikey.js'
import { didWebResolver } from '../../src/resolve/did-web.js'
import { jwksResolver } from '../../src/resolve/jwks.js'
import { fakeLoader, testContext } from '../resolve/fake-loader.js'
import { ALGORITHMS, KEYS } from './vectors.js'

const DID = 'did:web:school.example'
const all: IssuerKey[] = ALGORITHMS.map((algorithm) => ({
  id: `${DID}#${algorithm}`,
  publicKey: publicJwk(KEYS[algorithm]),
}))

describe('the DID document', () => {
  test('has each key as Multikey, RSA as JsonWebKey, listed for both purposes', () => {
    const document = didDocument({ id: DID, keys: all })
    expect(document.verificationMethod.map(({ type }) => type)).toEqual([
      'Multikey',
      'Multikey',
      'Multikey',
      'JsonWebKey',
    ])
    expect(document.assertionMethod).toEqual(all.map(({ id }) => id))
    expect(document.authentication).toEqual(all.map(({ id }) => id))
    expect(document.verificationMethod[0]).toEqual({
      id: `${DID}#EdDSA`,
      controller: DID,
      type: 'Multikey',
      publicKeyMultibase: encodePublicMultikey(publicJwk(KEYS.EdDSA) as never),
    })
    expect(document['@context']).toEqual([
      'https://www.w3.org/ns/did/v1',
      'https://w3id.org/security/multikey/v1',
      'https://w3id.org/security/jwk/v1',
    ])
    expect(didDocument({ id: DID, keys: all.slice(0, 1) })['@context']).toHaveLength(2)
  })

  test.each(ALGORITHMS)('its %s key is found again by did:web', async (algorithm) => {
    const document = didDocument({ id: DID, keys: all })
    const context = testContext({ loader: fakeLoader({ 'https://school.example/.well-known/did.json': document }) })
    const id = `${DID}#${algorithm}`
    const key = await didWebResolver().resolve({ id, issuer: DID, purpose: 'assertionMethod' }, context)
    expect(key).toMatchObject({ id, controller: DID, purposes: ['assertionMethod', 'authentication'] })
    expect(key.publicJwk).toMatchObject(publicJwk({ ...KEYS[algorithm], use: undefined, kid: undefined } as never))
  })

  test('a revoked key stays, with its date; so does one that expires', async () => {
    const revoked = new Date('2029-05-06T07:08:09.123Z')
    const expires = new Date('2031-01-01T00:00:00Z')
    const [key] = all as [IssuerKey]
    const document = didDocument({
      id: DID,
      keys: [
        { ...key, state: 'revoked', revoked },
        { ...(all[1] as IssuerKey), expires },
      ],
    })
    const context = testContext({ loader: fakeLoader({ 'https://school.example/.well-known/did.json': document }) })
    const resolve = (id: string) => didWebResolver().resolve({ id, issuer: DID, purpose: 'assertionMethod' }, context)
    expect((await resolve(key.id)).revoked).toEqual(revoked)
    expect((await resolve((all[1] as IssuerKey).id)).expires).toEqual(expires)
  })

  test('services stand at its end, as they were given', () => {
    const service = { id: `${DID}#files`, type: 'LinkedDomains', serviceEndpoint: 'https://school.example' }
    expect(didDocument({ id: DID, keys: all, services: [service] }).service).toEqual([service])
  })
})

describe('the JWKS', () => {
  test('has every key that may still verify, under its id, and nothing private', () => {
    const withPrivate = all.map((key) => ({ ...key }))
    const { keys } = jwks(withPrivate)
    expect(keys.map(({ kid, use, alg }) => ({ kid, use, alg }))).toEqual(
      ALGORITHMS.map((algorithm) => ({ kid: `${DID}#${algorithm}`, use: 'sig', alg: algorithm })),
    )
    expect(JSON.stringify(keys)).not.toMatch(/"(d|p|q|dp|dq|qi|key_ops)"/)
  })

  test('leaves out a key with a date of revocation, however its state is given', () => {
    const revoked = new Date('2029-01-01T00:00:00Z')
    const [key, other] = all as [IssuerKey, IssuerKey]
    expect(jwks([{ ...key, state: 'revoked', revoked }, other]).keys.map(({ kid }) => kid)).toEqual([other.id])
    expect(jwks([{ ...key, revoked }, other]).keys.map(({ kid }) => kid)).toEqual([other.id])
    expect(jwks([{ ...key, state: 'verify-only' }]).keys).toHaveLength(1)
  })

  test('is read back by an https issuer whose keys are named by URL', async () => {
    const issuer = 'https://school.example'
    const key = { id: `${issuer}#1`, publicKey: publicJwk(KEYS.RS256) }
    const set = jwks([key])
    const context = testContext({ loader: fakeLoader({ 'https://school.example/.well-known/jwks.json': set }) })
    const found = await jwksResolver().resolve({ issuer, purpose: 'assertionMethod' }, context)
    expect(found).toMatchObject({ controller: issuer, publicJwk: { kid: key.id, n: KEYS.RS256.n } })
  })
})

describe('refused, with the key that is wrong', () => {
  const [good] = all as [IssuerKey]
  test.each([
    ['no keys', []],
    ['one id twice', [good, good]],
    ['a key of another DID', [{ ...good, id: 'did:web:other.example#1' }]],
    ['a key of a longer DID', [{ ...good, id: `${DID}:department#1` }]],
    ['the DID itself as key', [{ ...good, id: DID }]],
    ['an empty fragment', [{ ...good, id: `${DID}#` }]],
    ['a bare name', [{ ...good, id: 'key-1' }]],
    ['a revoked key without a date', [{ ...good, state: 'revoked' }]],
    ['a date that is none', [{ ...good, revoked: new Date(Number.NaN) }]],
    ['a date as text', [{ ...good, expires: '2030-01-01' }]],
    ['a private key', [{ ...good, publicKey: KEYS.EdDSA }]],
    ['a key for encryption', [{ ...good, publicKey: { ...publicJwk(KEYS.EdDSA), use: 'enc' } }]],
    ['a point that is not on its curve', [{ ...good, publicKey: { ...publicJwk(KEYS.ES256), y: KEYS.ES256.x } }]],
  ])('%s', (_what, keys) => {
    expect(() => didDocument({ id: DID, keys: [good] })).not.toThrow()
    expect(() => didDocument({ id: DID, keys: keys as IssuerKey[] })).toThrow(UsageError)
  })
})
