/** Controlled Identifiers 1.0 sections 2 and 3.3, DID Core 1.0 section 5: which keys a document has, and for what. */
import { describe, expect, test } from 'vitest'
import { ResolutionError } from '../../src/errors.js'
import { publicJwk } from '../../src/keys/jwk.js'
import { encodePublicMultikey } from '../../src/keys/multikey.js'
import { findKey, references } from '../../src/resolve/controlled-document.js'
import { KEYS } from '../keys/vectors.js'

const ID = 'https://school.example/issuer'
const multikey = (algorithm: 'EdDSA' | 'ES256' | 'ES384') => encodePublicMultikey(publicJwk(KEYS[algorithm]) as never)
const method = (name: string, changes: object = {}) => ({
  id: `${ID}#${name}`,
  type: 'Multikey',
  controller: ID,
  publicKeyMultibase: multikey('EdDSA'),
  ...changes,
})
const find = (document: object, url = `${ID}#key-1`) => findKey(document as never, url, { document: ID })
const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    expect(error).toBeInstanceOf(ResolutionError)
    return (error as ResolutionError).code
  }
  return 'no error'
}

describe('relationships', () => {
  const listed = {
    id: ID,
    verificationMethod: [method('key-1'), method('key-2', { publicKeyMultibase: multikey('ES256') })],
  }
  test.each([
    ['listed by URL', { assertionMethod: [`${ID}#key-1`] }, ['assertionMethod']],
    ['listed by a relative URL', { assertionMethod: ['#key-1'] }, ['assertionMethod']],
    ['listed alone, no list', { assertionMethod: '#key-1' }, ['assertionMethod']],
    [
      'listed for both',
      { assertionMethod: ['#key-1'], authentication: ['#key-1'] },
      ['assertionMethod', 'authentication'],
    ],
    ['listed for authentication only', { authentication: ['#key-1'] }, ['authentication']],
    ['another key is listed', { assertionMethod: ['#key-2'] }, []],
    ['not listed', {}, []],
    ['listed for something else', { keyAgreement: ['#key-1'], capabilityInvocation: ['#key-1'] }, []],
    ['a list of nonsense', { assertionMethod: [null, 7, {}, { id: 7 }, ['#key-1']] }, []],
    ['a name without #', { assertionMethod: ['key-1'] }, []],
    ['a longer name', { assertionMethod: [`${ID}#key-1 `, `${ID}#KEY-1`] }, []],
  ])('%s', (_how, relationships, purposes) => {
    expect(find({ ...listed, ...relationships }).purposes).toEqual(purposes)
  })

  test('embedded in a relationship, and only there', () => {
    expect(find({ id: ID, assertionMethod: [method('key-1')] })).toMatchObject({
      id: `${ID}#key-1`,
      purposes: ['assertionMethod'],
    })
    expect(find({ id: ID, authentication: method('key-1') }).purposes).toEqual(['authentication'])
    expect(find({ id: ID, assertionMethod: [{ ...method('key-1'), id: '#key-1' }] }).purposes).toEqual([
      'assertionMethod',
    ])
    expect(codeOf(() => find({ id: ID, keyAgreement: [method('key-1')] }))).toBe('resolve.key_not_found')
  })

  test('references, absolute', () => {
    expect(references({ assertionMethod: ['#a', { id: '#b' }, 'did:web:x#c'] }, 'assertionMethod', ID)).toEqual([
      `${ID}#a`,
      `${ID}#b`,
      'did:web:x#c',
    ])
  })
})

describe('the one key of a document that is named without fragment', () => {
  test('is found', () => {
    expect(find({ id: ID, verificationMethod: method('key-1'), assertionMethod: ['#key-1'] }, ID)).toMatchObject({
      id: `${ID}#key-1`,
    })
  })
  test('is not guessed among two', () => {
    expect(codeOf(() => find({ id: ID, verificationMethod: [method('a'), method('b')] }, ID))).toBe(
      'resolve.key_not_found',
    )
  })
  test('is not there in a document without keys', () => {
    expect(codeOf(() => find({ id: ID }, ID))).toBe('resolve.key_not_found')
    expect(codeOf(() => find({ id: ID, verificationMethod: [null, 'x', {}, { id: 1 }] }, ID))).toBe(
      'resolve.key_not_found',
    )
  })
})

describe('kinds of keys', () => {
  test.each([
    ['Multikey, Ed25519', method('key-1'), 'EdDSA'],
    ['Multikey, P-256', method('key-1', { publicKeyMultibase: multikey('ES256') }), 'ES256'],
    ['Multikey, P-384', method('key-1', { publicKeyMultibase: multikey('ES384') }), 'ES384'],
    ['Ed25519VerificationKey2020', method('key-1', { type: 'Ed25519VerificationKey2020' }), 'EdDSA'],
    ['JsonWebKey', { ...method('key-1'), type: 'JsonWebKey', publicKeyJwk: publicJwk(KEYS.RS256) }, 'RS256'],
    ['JsonWebKey2020', { ...method('key-1'), type: 'JsonWebKey2020', publicKeyJwk: publicJwk(KEYS.ES256) }, 'ES256'],
    ['a list of types', method('key-1', { type: ['Thing', 'Multikey'] }), 'EdDSA'],
  ] as const)('%s', (_kind, entry, algorithm) => {
    expect(find({ id: ID, verificationMethod: [entry] }).publicJwk).toEqual(publicJwk(KEYS[algorithm]))
  })

  test.each([
    ['another type', { type: 'EcdsaSecp256k1VerificationKey2019' }, 'resolve.key_unsupported'],
    ['a type that every object has', { type: 'constructor' }, 'resolve.key_unsupported'],
    ['no type', { type: undefined }, 'resolve.malformed'],
    ['no key', { publicKeyMultibase: undefined }, 'resolve.malformed'],
    ['a broken key', { publicKeyMultibase: 'z6Mk' }, 'resolve.malformed'],
    ['a key as list', { publicKeyMultibase: [multikey('EdDSA')] }, 'resolve.malformed'],
    [
      'P-256 in an Ed25519VerificationKey2020',
      { type: 'Ed25519VerificationKey2020', publicKeyMultibase: multikey('ES256') },
      'resolve.malformed',
    ],
    ['no controller', { controller: undefined }, 'resolve.malformed'],
    ['a list of controllers', { controller: [ID] }, 'resolve.malformed'],
  ])('refused: %s', (_what, changes, code) => {
    expect(codeOf(() => find({ id: ID, verificationMethod: [method('key-1', changes)] }))).toBe(code)
  })

  test('a JsonWebKey with a Multikey where its JWK belongs is left to be refused as a JWK', () => {
    const entry = { ...method('key-1'), type: 'JsonWebKey', publicKeyJwk: multikey('EdDSA') }
    expect(find({ id: ID, verificationMethod: [entry] }).publicJwk).toBe(multikey('EdDSA'))
  })
})

describe('dates', () => {
  test.each([
    ['2029-05-06T07:08:09Z', '2029-05-06T07:08:09.000Z'],
    ['2029-05-06T07:08:09.5+02:00', '2029-05-06T05:08:09.500Z'],
    ['2029-05-06T07:08:09', '2029-05-06T07:08:09.000Z'],
  ])('%s', (text, iso) => {
    expect(find({ id: ID, verificationMethod: [method('key-1', { revoked: text })] }).revoked?.toISOString()).toBe(iso)
    expect(find({ id: ID, verificationMethod: [method('key-1', { expires: text })] }).expires?.toISOString()).toBe(iso)
  })

  test.each(['never', '', 'March 7, 2031', '2031', '2031-02-30T00:00:00Z', 1_900_000_000, true, null, [], false])(
    'a date that cannot be read does not make a revoked key good again: %s',
    (value) => {
      for (const name of ['revoked', 'expires']) {
        expect(codeOf(() => find({ id: ID, verificationMethod: [method('key-1', { [name]: value })] }))).toBe(
          'resolve.malformed',
        )
      }
    },
  )
})

describe('two methods with one id', () => {
  test('are one where they are the same, in whatever order of members', () => {
    const { id, ...rest } = method('key-1')
    const document = { id: ID, verificationMethod: [{ id, ...rest }], assertionMethod: [{ ...rest, id }] }
    expect(find(document)).toMatchObject({ purposes: ['assertionMethod'] })
  })

  test.each([
    [
      'twice in the list',
      { verificationMethod: [method('key-1'), method('key-1', { publicKeyMultibase: multikey('ES256') })] },
    ],
    [
      'listed and embedded',
      {
        verificationMethod: [method('key-1')],
        assertionMethod: [method('key-1', { publicKeyMultibase: multikey('ES256') })],
      },
    ],
    [
      'absolute and relative',
      { verificationMethod: [method('key-1'), { ...method('key-1'), id: '#key-1', revoked: '2020-01-01T00:00:00Z' }] },
    ],
  ])('are refused where they differ: %s', (_how, members) => {
    expect(codeOf(() => find({ id: ID, ...members }))).toBe('resolve.malformed')
  })
})

test('a document without id is about nobody', () => {
  for (const id of [undefined, 7, null, [ID]]) {
    expect(codeOf(() => find({ id, verificationMethod: [method('key-1')] }))).toBe('resolve.malformed')
  }
})

describe('the controller (section 3.3 step 12)', () => {
  test.each(['did:web:victim.example', 'https://school.example/Issuer', `${ID}#`, `${ID}/`, '', '#'])(
    'a key that names %s as controller is not of this document',
    (controller) => {
      expect(
        codeOf(() =>
          find({ id: ID, verificationMethod: [method('key-1', { controller })], assertionMethod: ['#key-1'] }),
        ),
      ).toBe('resolve.wrong_document')
    },
  )
})
