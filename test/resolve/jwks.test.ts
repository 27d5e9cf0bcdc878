/** RFC 7517 section 5, Open Badges 3.0 section 8.2.4: keys that a JWT names by a bare kid. */
import { describe, expect, test } from 'vitest'
import { publicJwk } from '../../src/keys/jwk.js'
import { jwksResolver } from '../../src/resolve/jwks.js'
import { KEYS } from '../keys/vectors.js'
import { failureOf } from './failure.js'
import { fakeLoader, testContext } from './fake-loader.js'

const resolver = jwksResolver()
const HOST = 'https://school.example'
const SET = `${HOST}/.well-known/jwks.json`
const rsa = { ...publicJwk(KEYS.RS256), kid: '1' }
const ec = { ...publicJwk(KEYS.ES256), kid: '2' }
const resolveIn = (set: unknown, id: string | undefined, issuer = HOST, at = SET) =>
  resolver.resolve(
    { issuer, purpose: 'assertionMethod', ...(id === undefined ? {} : { id }) },
    testContext({ loader: fakeLoader({ [at]: set }) }),
  )

test.each([
  ['1', HOST, true],
  [undefined, HOST, true],
  ['#1', HOST, true],
  [`${HOST}#1`, HOST, false],
  ['did:web:school.example#1', HOST, false],
  ['urn:uuid:1', HOST, false],
  ['1', 'did:web:school.example', false],
  ['1', 'http://school.example', false],
  ['1', 'urn:uuid:1', false],
])('a kid %s of %s: %s', (id, issuer, matches) => {
  expect(resolver.matches({ issuer, purpose: 'assertionMethod', ...(id === undefined ? {} : { id }) })).toBe(matches)
})

describe('the key', () => {
  test('by its kid', async () => {
    expect(await resolveIn({ keys: [rsa, ec] }, '2')).toMatchObject({
      id: `${HOST}#2`,
      controller: HOST,
      purposes: ['assertionMethod', 'authentication'],
      publicJwk: ec,
      evidence: { document: SET, kid: '2' },
    })
  })

  test('without a kid where there is one key', async () => {
    expect(await resolveIn({ keys: [rsa] }, undefined)).toMatchObject({ id: HOST, publicJwk: rsa })
  })

  test('is asked for as JWKS', async () => {
    const loader = fakeLoader({ [SET]: { keys: [rsa] } })
    await resolver.resolve({ id: '1', issuer: HOST, purpose: 'assertionMethod' }, testContext({ loader }))
    expect(loader.requests).toEqual([
      { url: SET, kind: 'key', maxBytes: 1_048_576, accept: expect.stringContaining('application/jwk-set+json') },
    ])
  })

  test.each([
    ['no such kid', { keys: [rsa] }, '3'],
    ['the kid twice: another kind of key', { keys: [rsa, { ...ec, kid: '1' }] }, '1'],
    ['the kid twice: the same key', { keys: [rsa, rsa] }, '1'],
    ['no kid and two keys', { keys: [rsa, ec] }, undefined],
    ['no keys', { keys: [] }, undefined],
    ['a kid of another type', { keys: [{ ...rsa, kid: 1 }] }, '1'],
    ['nonsense', { keys: [null, '1', ['1'], { kid: 'x' }] }, '1'],
    ['a kid in another case', { keys: [{ ...rsa, kid: 'A' }] }, 'a'],
  ])('not found: %s', async (_what, set, id) => {
    expect(await failureOf(resolveIn(set, id))).toMatchObject({ code: 'resolve.key_not_found', url: SET })
  })

  test.each([
    ['private', { ...KEYS.RS256, kid: '1' }],
    ['for encryption', { ...rsa, use: 'enc' }],
    ['without verify', { ...rsa, key_ops: [] }],
    ['of another algorithm', { ...rsa, alg: 'RSA-OAEP' }],
    ['RSA 1024', { ...rsa, n: rsa.kty === 'RSA' ? rsa.n.slice(0, 172) : '' }],
  ])('unusable: %s', async (_what, key) => {
    expect(await failureOf(resolveIn({ keys: [key] }, '1'))).toMatchObject({ code: 'resolve.unusable_key' })
  })

  test.each([
    ['no set', {}],
    ['keys as object', { keys: { 0: rsa } }],
  ])('malformed: %s', async (_what, set) => {
    expect(await failureOf(resolveIn(set, '1'))).toMatchObject({ code: 'resolve.malformed' })
  })
})

describe('one host, many issuers: whom does its set speak for?', () => {
  const PATH = `${HOST}/issuers/7`
  test.each([
    ['the host itself', HOST, undefined, true],
    ['the host with a slash', `${HOST}/`, undefined, true],
    ['a path of the host', PATH, undefined, false],
    ['a query of the host', `${HOST}/?issuer=7`, undefined, false],
    ['a path that the set names', PATH, PATH, true],
    ['a path, and the set names another', PATH, `${HOST}/issuers/8`, false],
    ['a path, and the set names the host', PATH, HOST, false],
    ['a path, and the set names a list', PATH, [PATH], false],
    ['the host, and the set names it', HOST, HOST, true],
    ['the host, and the set names somebody else', HOST, 'https://other.example', false],
  ])('%s (iss: %s)', async (_who, issuer, iss, speaks) => {
    const answer = resolveIn({ keys: [rsa], ...(iss === undefined ? {} : { iss }) }, '1', issuer)
    if (speaks) expect(await answer).toMatchObject({ controller: issuer, id: `${issuer}#1` })
    else expect(await failureOf(answer)).toMatchObject({ code: 'resolve.wrong_document' })
  })

  test('a port is another host', async () => {
    const issuer = 'https://school.example:8443'
    const key = await resolveIn({ keys: [rsa] }, '1', issuer, `${issuer}/.well-known/jwks.json`)
    expect(key.controller).toBe(issuer)
    expect(await failureOf(resolveIn({ keys: [rsa] }, '1', issuer))).toMatchObject({ code: 'resolve.not_found' })
  })

  test('credentials before the host do not make it another one', async () => {
    const issuer = 'https://school.example@evil.example/'
    const evil = 'https://evil.example/.well-known/jwks.json'
    expect(await resolveIn({ keys: [rsa] }, '1', issuer, evil)).toMatchObject({
      controller: issuer,
      evidence: { document: evil },
    })
  })

  test('an issuer that is no URL', async () => {
    expect(await failureOf(resolveIn({ keys: [rsa] }, '1', 'https://'))).toMatchObject({
      code: 'resolve.unusable_key',
    })
  })
})
