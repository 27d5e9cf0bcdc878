/** 1EdTech's convention of the key in the fragment, and the header `jwk` (RFC 7515 section 4.1.3): nobody confirms whose it is. */
import { describe, expect, test } from 'vitest'
import { publicJwk } from '../../src/keys/jwk.js'
import { defaultResolvers } from '../../src/resolve/default-resolvers.js'
import type { KeyRequest } from '../../src/resolve/key-resolver.js'
import { selfAssertedKeys } from '../../src/resolve/self-asserted-keys.js'
import { KEYS } from '../keys/vectors.js'
import { failureOf } from './failure.js'
import { fakeLoader, testContext } from './fake-loader.js'

const resolver = selfAssertedKeys()
const MULTIKEY = 'z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp'
const ISSUER = 'https://example.com/issuers/876543'
const jwk = publicJwk(KEYS.RS256)
const request = (changes: Partial<KeyRequest>): KeyRequest => ({
  issuer: ISSUER,
  purpose: 'assertionMethod',
  ...changes,
})

test.each([
  [{ id: `${ISSUER}#${MULTIKEY}` }, true],
  [{ id: `urn:uuid:1#${MULTIKEY}` }, true],
  [{ jwk }, true],
  [{ jwk, id: 'did:web:a.example#key-1' }, true],
  [{ id: `did:web:a.example#${MULTIKEY}` }, false],
  [{ id: `http://a.example#${MULTIKEY}` }, false],
  [{ id: `${ISSUER}#key-1` }, false],
  [{ id: ISSUER }, false],
  [{ id: MULTIKEY }, false],
  [{}, false],
])('%o: %s', (changes, matches) => {
  expect(resolver.matches(request(changes))).toBe(matches)
})

describe('what it resolves', () => {
  test('a fragment, of the controller before it; marked', async () => {
    expect(await resolver.resolve(request({ id: `${ISSUER}#${MULTIKEY}` }), testContext())).toMatchObject({
      controller: ISSUER,
      selfAsserted: true,
      evidence: { source: 'fragment' },
    })
    const elsewhere = await resolver.resolve(request({ id: `https://evil.example#${MULTIKEY}` }), testContext())
    expect(elsewhere.controller).toBe('https://evil.example')
  })

  test('a header jwk, of whoever the badge says; marked', async () => {
    const key = await resolver.resolve(request({ jwk }), testContext())
    expect(key).toMatchObject({
      controller: ISSUER,
      selfAsserted: true,
      publicJwk: jwk,
      evidence: { source: 'header jwk' },
    })
  })

  test('nothing is fetched', async () => {
    const loader = fakeLoader()
    await resolver.resolve(request({ id: `${ISSUER}#${MULTIKEY}` }), testContext({ loader }))
    expect(loader.requests).toEqual([])
  })
})

test.each([
  ['a fragment that is no key', { id: `${ISSUER}#zebra` }],
  ['a private header jwk', { jwk: KEYS.RS256 }],
  ['a header jwk for encryption', { jwk: { ...jwk, use: 'enc' } }],
  ['a symmetric header jwk', { jwk: { kty: 'oct' } as never }],
])('refused: %s', async (_what, changes) => {
  expect(await failureOf(resolver.resolve(request(changes), testContext()))).toMatchObject({
    code: 'resolve.unusable_key',
  })
})

test('it is not among the defaults, which take no such key', async () => {
  const context = testContext()
  for (const changes of [{ id: `${ISSUER}#${MULTIKEY}` }, { jwk }, { id: `urn:uuid:1#${MULTIKEY}` }]) {
    for (const one of defaultResolvers()) {
      if (one.matches(request(changes))) await failureOf(one.resolve(request(changes), context))
    }
  }
})
