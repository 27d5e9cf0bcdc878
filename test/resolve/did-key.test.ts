/** did:key v0.9: the identifier is the key. */
import { describe, expect, test } from 'vitest'
import { encodeBase58btc } from '../../src/internal/base58btc.js'
import { publicJwk } from '../../src/keys/jwk.js'
import { didKeyResolver } from '../../src/resolve/did-key.js'
import { DID_KEY_NIST, DID_KEY_SEEDS } from '../keys/vectors.js'
import { failureOf } from './failure.js'
import { fakeLoader, testContext } from './fake-loader.js'

const resolver = didKeyResolver()
const DID = 'did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp'
const KEY = `${DID}#z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp`
const resolve = (id: string | undefined, issuer = DID, context = testContext()) =>
  resolver.resolve({ issuer, purpose: 'assertionMethod', ...(id === undefined ? {} : { id }) }, context)

test.each(Object.entries(DID_KEY_NIST))('%s', async (did, key) => {
  const found = await resolve(did, did)
  expect(found).toMatchObject({
    id: `${did}#${did.slice('did:key:'.length)}`,
    controller: did,
    purposes: ['assertionMethod', 'authentication'],
    publicJwk: publicJwk(key),
  })
  expect(found.imported).toBeDefined()
  expect(found.selfAsserted).toBeUndefined()
})

describe('ways to name the key', () => {
  test.each([
    ['in full', KEY],
    ['bare', DID],
    ['not at all: a JWT of the issuer', undefined],
    ['by its fragment', KEY.split('#')[1]],
    ['by its fragment with #', `#${KEY.split('#')[1]}`],
  ])('%s', async (_how, id) => {
    expect(await resolve(id)).toMatchObject({ id: KEY, controller: DID })
  })

  test('the DID of the proof is asked, whoever the issuer says to be: the key check compares', async () => {
    expect(await resolve(KEY, 'did:web:victim.example')).toMatchObject({ controller: DID })
  })
})

test('nothing is fetched, and the key is imported once', async () => {
  const loader = fakeLoader()
  const context = testContext({ loader })
  const first = await resolve(KEY, DID, context)
  expect(await resolve(DID, DID, context)).toBe(first)
  expect(loader.requests).toEqual([])
})

test('a cached key is not found under another fragment', async () => {
  const context = testContext()
  await resolve(KEY, DID, context)
  expect(await failureOf(resolve(`${DID}#other`, DID, context))).toMatchObject({ code: 'resolve.key_not_found' })
})

describe('refused', () => {
  const other = (DID_KEY_SEEDS[1] as readonly [string, string])[1]
  test.each([
    ['another fragment', `${DID}#key-1`, 'resolve.key_not_found'],
    ['the fragment of another key', `${DID}#${other.slice('did:key:'.length)}`, 'resolve.key_not_found'],
    ['an empty fragment', `${DID}#`, 'resolve.key_not_found'],
    ['two fragments', `${KEY}#x`, 'resolve.key_not_found'],
    ['a path', `${DID}/path`, 'resolve.unusable_key'],
    ['a query', `${DID}?versionId=1`, 'resolve.unusable_key'],
    ['a version', 'did:key:1.1:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp', 'resolve.unusable_key'],
    ['no key', 'did:key:', 'resolve.unusable_key'],
    ['another multibase', 'did:key:u7QE', 'resolve.unusable_key'],
    ['secp256k1', 'did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme', 'resolve.key_unsupported'],
    ['X25519', 'did:key:z6LShs9GGnqk85isEBzzshkuVWrVKsRp24GnDuHk8QWkARMW', 'resolve.key_unsupported'],
    [
      'a secret key',
      `did:key:z${encodeBase58btc(Uint8Array.of(0x80, 0x26, ...new Uint8Array(32)))}`,
      'resolve.unusable_key',
    ],
    ['endless', `did:key:z${'6'.repeat(100_000)}`, 'resolve.unusable_key'],
  ])('%s', async (_what, id, code) => {
    expect(await failureOf(resolve(id))).toMatchObject({ code })
  })

  test.each([
    'did:KEY:z6Mk',
    'DID:key:z6Mk',
    'did:keys:z6Mk',
    'did:web:a.example',
    'https://did:key:z6Mk',
    ' did:key:z6Mk',
  ])('does not match %s', (id) => {
    expect(resolver.matches({ id, issuer: 'https://school.example', purpose: 'assertionMethod' })).toBe(false)
  })
})
