/** Issuers identified by an https URL: Controlled Identifiers 1.0 section 3.3, Open Badges 3.0 section 8.2.4. */
import { describe, expect, test } from 'vitest'
import { publicJwk } from '../../src/keys/jwk.js'
import { encodePublicMultikey } from '../../src/keys/multikey.js'
import { httpsControllerResolver } from '../../src/resolve/https-controller.js'
import { KEYS } from '../keys/vectors.js'
import { failureOf } from './failure.js'
import { fakeLoader, testContext } from './fake-loader.js'

const resolver = httpsControllerResolver()
const ISSUER = 'https://school.example/issuer'
const multikey = encodePublicMultikey(publicJwk(KEYS.EdDSA) as never)
const jwk = publicJwk(KEYS.RS256)
const resolveIn = (documents: Record<string, unknown>, id: string, issuer = ISSUER) =>
  resolver.resolve({ id, issuer, purpose: 'assertionMethod' }, testContext({ loader: fakeLoader(documents) }))

test.each([
  ['https://school.example/issuer#key-1', true],
  ['HTTPS://school.example/issuer', true],
  ['http://school.example/issuer', false],
  ['did:web:school.example', false],
  ['key-1', false],
  [undefined, false],
])('asks for %s: %s', (id, matches) => {
  expect(resolver.matches({ issuer: ISSUER, purpose: 'assertionMethod', ...(id === undefined ? {} : { id }) })).toBe(
    matches,
  )
})

describe('the document of the issuer', () => {
  const method = { id: `${ISSUER}#key-1`, type: 'Multikey', controller: ISSUER, publicKeyMultibase: multikey }
  const document = { id: ISSUER, verificationMethod: [method], assertionMethod: ['#key-1'] }

  test('has the key, in a fragment', async () => {
    expect(await resolveIn({ [ISSUER]: document }, method.id)).toMatchObject({
      id: method.id,
      controller: ISSUER,
      purposes: ['assertionMethod'],
      evidence: { document: ISSUER },
    })
  })

  test('that is of somebody else is refused', async () => {
    for (const id of ['https://school.example/other', 'https://school.example/issuer/', `${ISSUER}#`]) {
      expect(await failureOf(resolveIn({ [ISSUER]: { ...document, id } }, method.id))).toMatchObject({
        code: 'resolve.wrong_document',
      })
    }
  })

  test('an Open Badges profile without keys has no key', async () => {
    const profile = { '@context': [], id: ISSUER, type: ['Profile'], name: 'School' }
    expect(await failureOf(resolveIn({ [ISSUER]: profile }, method.id))).toMatchObject({
      code: 'resolve.key_not_found',
    })
  })

  test('a page is no document', async () => {
    expect(await failureOf(resolveIn({ [ISSUER]: '<!DOCTYPE html>' }, method.id))).toMatchObject({
      code: 'resolve.malformed',
    })
    expect(await failureOf(resolveIn({ [ISSUER]: [document] }, method.id))).toMatchObject({ code: 'resolve.malformed' })
  })
})

describe('a key with a document of its own', () => {
  const KEY = 'https://school.example/keys/1'
  const own = { id: KEY, type: 'Multikey', controller: ISSUER, publicKeyMultibase: multikey }
  const controller = (listed: object) => ({ id: ISSUER, ...listed })

  test.each([
    ['lists it', { assertionMethod: [KEY] }, ['assertionMethod']],
    ['embeds it', { assertionMethod: [own] }, ['assertionMethod']],
    ['lists it for both', { assertionMethod: KEY, authentication: [KEY] }, ['assertionMethod', 'authentication']],
    ['does not list it', { assertionMethod: ['https://school.example/keys/2'] }, []],
    ['only has it among its methods', { verificationMethod: [own] }, []],
    ['lists a longer URL', { assertionMethod: [`${KEY}/`, `${KEY}#`, `${KEY}?`] }, []],
  ])('the issuer %s', async (_how, listed, purposes) => {
    expect(await resolveIn({ [KEY]: own, [ISSUER]: controller(listed) }, KEY)).toMatchObject({
      id: KEY,
      controller: ISSUER,
      purposes,
      evidence: { document: KEY, controller: ISSUER },
    })
  })

  test('whose id is another is refused', async () => {
    const documents = { [KEY]: { ...own, id: `${KEY}/` }, [ISSUER]: controller({ assertionMethod: [KEY] }) }
    expect(await failureOf(resolveIn(documents, KEY))).toMatchObject({ code: 'resolve.wrong_document' })
  })

  test('may be a fragment document', async () => {
    const id = `${KEY}#k`
    const documents = { [KEY]: { ...own, id }, [ISSUER]: controller({ assertionMethod: [id] }) }
    expect(await resolveIn(documents, id)).toMatchObject({ id, purposes: ['assertionMethod'] })
    expect(await failureOf(resolveIn(documents, KEY))).toMatchObject({ code: 'resolve.wrong_document' })
  })

  test('is of no use to an issuer that is no https URL, and of none where the issuer cannot be asked', async () => {
    expect((await resolveIn({ [KEY]: own }, KEY, 'did:web:school.example')).purposes).toEqual([])
    expect(await failureOf(resolveIn({ [KEY]: own }, KEY))).toMatchObject({ code: 'resolve.not_found', url: ISSUER })
    const others = { id: 'https://other.example', assertionMethod: [KEY] }
    expect(await failureOf(resolveIn({ [KEY]: own, [ISSUER]: others }, KEY))).toMatchObject({
      code: 'resolve.wrong_document',
    })
    expect(await failureOf(resolveIn({ [KEY]: own, [ISSUER]: { error: 'moved' } }, KEY))).toMatchObject({
      code: 'resolve.malformed',
    })
  })

  test('revoked, it says so', async () => {
    const documents = {
      [KEY]: { ...own, revoked: '2020-01-01T00:00:00Z' },
      [ISSUER]: controller({ assertionMethod: [KEY] }),
    }
    expect((await resolveIn(documents, KEY)).revoked).toEqual(new Date('2020-01-01T00:00:00Z'))
  })
})

describe('a JWK at a URL', () => {
  const KEY = 'https://school.example/keys/rsa.jwk'
  const listed = { id: ISSUER, assertionMethod: [KEY] }

  test('counts where the issuer lists the URL', async () => {
    expect(await resolveIn({ [KEY]: jwk, [ISSUER]: listed }, KEY)).toMatchObject({
      id: KEY,
      controller: ISSUER,
      purposes: ['assertionMethod'],
      publicJwk: { kty: 'RSA', n: KEYS.RS256.n },
    })
  })

  test('and not where it does not', async () => {
    for (const document of [{ id: ISSUER }, { id: ISSUER, assertionMethod: [`${KEY}#x`] }]) {
      expect(await failureOf(resolveIn({ [KEY]: jwk, [ISSUER]: document }, KEY))).toMatchObject({
        code: 'resolve.key_not_found',
      })
    }
  })

  test.each([
    ['private', KEYS.RS256],
    ['for encryption', { ...jwk, use: 'enc' }],
    ['without verify', { ...jwk, key_ops: ['wrapKey'] }],
    ['of another algorithm', { ...jwk, alg: 'RS1' }],
    ['symmetric', { kty: 'oct', k: 'c2VjcmV0' }],
  ])('refused: %s', async (_what, value) => {
    expect(await failureOf(resolveIn({ [KEY]: value, [ISSUER]: listed }, KEY))).toMatchObject({
      code: 'resolve.unusable_key',
    })
  })
})

describe('a JWKS at a URL, the key in the fragment', () => {
  const SET = 'https://school.example/jwks.json'
  const KEY = `${SET}#rsa`
  const listed = { id: ISSUER, assertionMethod: [KEY] }
  const set = {
    keys: [
      { ...publicJwk(KEYS.ES256), kid: 'ec' },
      { ...jwk, kid: 'rsa' },
    ],
  }

  test('counts where the issuer lists it', async () => {
    expect(await resolveIn({ [SET]: set, [ISSUER]: listed }, KEY)).toMatchObject({
      id: KEY,
      controller: ISSUER,
      publicJwk: { kid: 'rsa' },
    })
    const full = { keys: [{ ...jwk, kid: KEY }] }
    expect(await resolveIn({ [SET]: full, [ISSUER]: listed }, KEY)).toMatchObject({ publicJwk: { kid: KEY } })
  })

  test.each([
    ['no such kid', { keys: [{ ...jwk, kid: 'other' }] }],
    [
      'the kid twice',
      {
        keys: [
          { ...jwk, kid: 'rsa' },
          { ...publicJwk(KEYS.ES256), kid: 'rsa' },
        ],
      },
    ],
    [
      'the kid and the URL',
      {
        keys: [
          { ...jwk, kid: 'rsa' },
          { ...publicJwk(KEYS.ES256), kid: KEY },
        ],
      },
    ],
    ['no objects', { keys: [null, 'rsa', 7] }],
    ['no keys', { keys: [] }],
  ])('refused: %s', async (_what, value) => {
    expect(await failureOf(resolveIn({ [SET]: value, [ISSUER]: listed }, KEY))).toMatchObject({
      code: 'resolve.key_not_found',
    })
  })

  test('without a fragment no key is meant, not even one without a kid', async () => {
    const { kid, ...nameless } = { kid: '', ...jwk }
    const documents = {
      [SET]: { keys: [{ ...nameless, kid: undefined }] },
      [ISSUER]: { id: ISSUER, assertionMethod: [SET] },
    }
    expect(await failureOf(resolveIn(documents, SET))).toMatchObject({ code: 'resolve.key_not_found' })
  })
})
