/** What all resolvers share: how a request becomes a URL, and that a key is judged before it is used. */
import { describe, expect, test } from 'vitest'
import { publicJwk } from '../../src/keys/jwk.js'
import { defaultResolvers } from '../../src/resolve/default-resolvers.js'
import { jwkFromMultikey, methodUrl, resolvedKey, splitFragment } from '../../src/resolve/resolved-key.js'
import { KEYS } from '../keys/vectors.js'
import { failureOf } from './failure.js'

describe('the URL of the verification method', () => {
  const issuer = 'did:web:school.example'
  test.each([
    [undefined, issuer],
    ['', issuer],
    ['key-1', `${issuer}#key-1`],
    ['#key-1', `${issuer}#key-1`],
    ['##key-1', `${issuer}##key-1`],
    ['a/b?c', `${issuer}#a/b?c`],
    ['did:key:z6Mk', 'did:key:z6Mk'],
    ['https://school.example/1', 'https://school.example/1'],
    ['URN:uuid:1', 'URN:uuid:1'],
    ['key 1: new', `${issuer}#key 1: new`],
    ['1:2', `${issuer}#1:2`],
  ])('%s', (id, url) => {
    expect(methodUrl({ issuer, ...(id === undefined ? {} : { id }) })).toBe(url)
  })

  test('an issuer with a fragment of its own keeps only its base', () => {
    expect(methodUrl({ issuer: 'https://school.example/a#me', id: 'key-1' })).toBe('https://school.example/a#key-1')
  })

  test.each([
    ['a', ['a', undefined]],
    ['a#', ['a', '']],
    ['a#b', ['a', 'b']],
    ['a#b#c', ['a', 'b#c']],
    ['#b', ['', 'b']],
  ])('%s in two', (url, parts) => {
    expect(splitFragment(url)).toEqual(parts)
  })
})

describe('a key', () => {
  const facts = { id: 'did:example:a#1', controller: 'did:example:a', purposes: [], evidence: {} }
  test.each([
    ['private', KEYS.EdDSA, 'private member'],
    ['for encryption', { ...publicJwk(KEYS.EdDSA), use: 'enc' }, '"use"'],
    ['broken', { kty: 'EC' }, 'not supported'],
    ['no object', 'z6Mk', 'object'],
  ])('is refused: %s', async (_what, jwk, message) => {
    expect(await failureOf(resolvedKey({ ...facts, publicJwk: jwk }, 'identifier'))).toMatchObject({
      code: 'resolve.unusable_key',
      url: facts.id,
      message: expect.stringContaining(message),
    })
  })

  test.each([
    ['broken', { kty: 'EC' }, 'resolve.malformed'],
    ['no object', 'z6Mk', 'resolve.malformed'],
    ['private', KEYS.EdDSA, 'resolve.unusable_key'],
    ['for encryption', { ...publicJwk(KEYS.EdDSA), use: 'enc' }, 'resolve.unusable_key'],
    ['of another kind', { kty: 'EC', crv: 'secp256k1', x: '', y: '' }, 'resolve.key_unsupported'],
  ])('in a document that somebody serves: %s', async (_what, jwk, code) => {
    expect(await failureOf(resolvedKey({ ...facts, publicJwk: jwk }, 'document'))).toMatchObject({ code })
  })

  test('comes out imported, with its known members only', async () => {
    const key = await resolvedKey({ ...facts, publicJwk: { ...publicJwk(KEYS.ES256), x5c: [] } })
    expect(key.publicJwk).toEqual(publicJwk(KEYS.ES256))
    expect(key.imported).toBeDefined()
  })

  test("as Multikey: the reason is the Multikey's", () => {
    expect(() => jwkFromMultikey('z6Mk', 'did:example:a#1', 'identifier')).toThrow(
      expect.objectContaining({ code: 'resolve.unusable_key' }),
    )
  })
})

test('of the defaults exactly one takes each kind of request', () => {
  const takers = (id: string | undefined, issuer: string) =>
    defaultResolvers().map((one) =>
      one.matches({ issuer, purpose: 'assertionMethod', ...(id === undefined ? {} : { id }) }),
    )
  const only = (at: number) => [0, 1, 2, 3, 4].map((index) => index === at)
  expect(takers('did:key:z6Mk#z6Mk', 'https://a.example')).toEqual(only(0))
  expect(takers(undefined, 'did:key:z6Mk')).toEqual(only(0))
  expect(takers('did:jwk:e30#0', 'https://a.example')).toEqual(only(1))
  expect(takers('did:web:a.example#1', 'https://a.example')).toEqual(only(2))
  expect(takers('key-1', 'did:web:a.example')).toEqual(only(2))
  expect(takers('https://a.example#1', 'did:web:a.example')).toEqual(only(3))
  expect(takers('key-1', 'https://a.example')).toEqual(only(4))
  expect(takers(undefined, 'https://a.example')).toEqual(only(4))
  expect(takers('did:ion:x#1', 'did:ion:x')).toEqual(only(-1))
  expect(takers('key-1', 'urn:uuid:1')).toEqual(only(-1))
})
