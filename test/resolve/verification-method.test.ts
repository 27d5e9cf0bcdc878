/**
 * Types of verification methods, those of older DID documents among them: the readings of decentralized-identity/veramo#1329 and
 * spruceid/ssi#121, DID Core's "Key types and formats" of 2020, and Open Badges 3.0 appendix B.6.1, whose class Multikey has the type
 * of a proof.
 */
import { describe, expect, test } from 'vitest'
import { ResolutionError } from '../../src/errors.js'
import { encodeBase58btc } from '../../src/internal/base58btc.js'
import { decodeBase64url } from '../../src/internal/base64url.js'
import { publicJwk } from '../../src/keys/jwk.js'
import { encodePublicMultikey } from '../../src/keys/multikey.js'
import { findKey } from '../../src/resolve/controlled-document.js'
import { KEYS } from '../keys/vectors.js'

const ID = 'https://school.example/issuers/1'
const ed = publicJwk(KEYS.EdDSA) as { x: string }
const bytes = decodeBase64url(ed.x) as Uint8Array
const bare = encodeBase58btc(bytes)
const multikey = (algorithm: 'EdDSA' | 'ES256' | 'ES384') => encodePublicMultikey(publicJwk(KEYS[algorithm]) as never)

const find = (members: object, around: object = { assertionMethod: ['#k'] }) =>
  findKey({ id: ID, verificationMethod: [{ id: '#k', controller: ID, ...members }], ...around } as never, `${ID}#k`, {})
const codeOf = (members: object, around?: object): string => {
  try {
    find(members, around)
  } catch (error) {
    expect(error).toBeInstanceOf(ResolutionError)
    return (error as ResolutionError).code
  }
  return 'no error'
}

describe('types of older documents', () => {
  test.each([
    ['Ed25519VerificationKey2018', { publicKeyBase58: bare }, 'EdDSA'],
    ['Ed25519VerificationKey2018', { publicKeyJwk: ed }, 'EdDSA'],
    ['Ed25519VerificationKey2018', { publicKeyMultibase: multikey('EdDSA') }, 'EdDSA'],
    ['Ed25519VerificationKey2018', { publicKeyMultibase: `z${bare}` }, 'EdDSA'],
    ['Ed25519VerificationKey2020', { publicKeyJwk: ed }, 'EdDSA'],
    ['EcdsaSecp256r1VerificationKey2019', { publicKeyMultibase: multikey('ES256') }, 'ES256'],
    ['EcdsaSecp256r1VerificationKey2019', { publicKeyJwk: publicJwk(KEYS.ES256) }, 'ES256'],
    ['P256Key2021', { publicKeyMultibase: multikey('ES256') }, 'ES256'],
    ['P384Key2021', { publicKeyJwk: publicJwk(KEYS.ES384) }, 'ES384'],
    ['JwsVerificationKey2020', { publicKeyJwk: publicJwk(KEYS.ES384) }, 'ES384'],
    ['RsaVerificationKey2018', { publicKeyJwk: publicJwk(KEYS.RS256) }, 'RS256'],
  ] as const)('%s with %j', (type, material, algorithm) => {
    expect(find({ type, ...material }).publicJwk).toEqual(publicJwk(KEYS[algorithm]))
  })

  test('under "publicKey", as it was called before DID Core 1.0', () => {
    const key = { id: `${ID}#k`, type: 'Ed25519VerificationKey2018', controller: ID, publicKeyBase58: bare }
    const document = { id: ID, publicKey: [key], assertionMethod: [key.id] }
    expect(findKey(document as never, key.id, {})).toMatchObject({ purposes: ['assertionMethod'], publicJwk: ed })
  })
})

describe('what nobody taught us is not called broken', () => {
  test.each([
    ['EcdsaSecp256k1VerificationKey2019', { publicKeyBase58: 'eRiJLEUYTpxfEsCH27zgmgTrEL8pVZrU7fnbYMELpkRW' }],
    ['EcdsaSecp256k1VerificationKey2019', { publicKeyHex: '02b9' }],
    ['EcdsaSecp256k1RecoveryMethod2020', { blockchainAccountId: 'eip155:1:0xab16' }],
    ['Bls12381G2Key2020', { publicKeyBase58: 'x' }],
    ['X25519KeyAgreementKey2019', { publicKeyBase58: bare }],
    ['SchnorrSecp256k1VerificationKey2019', {}],
    ['PgpVerificationKey2021', { publicKeyPgp: '-----BEGIN' }],
    ['CryptographicKey', { publicKeyPem: '-----BEGIN PUBLIC KEY-----' }],
    [['Thing', 'SomeKey2031'], { publicKeyMultibase: multikey('EdDSA') }],
    // A type that is known, with the key written as we do not read it there.
    ['RsaVerificationKey2018', { publicKeyPem: '-----BEGIN PUBLIC KEY-----' }],
    ['Ed25519VerificationKey2018', { publicKeyHex: '00' }],
    ['Multikey', { publicKeyJwk: ed }],
    ['Multikey', { publicKeyMultibase: `z${encodeBase58btc(Uint8Array.of(0xe7, 0x01, 2, ...bytes))}` }],
  ])('%j with %j', (type, material) => {
    expect(codeOf({ type, ...material })).toBe('resolve.key_unsupported')
  })
})

describe('what was published is no key: nothing follows from it', () => {
  test.each([
    [{ type: 'Ed25519VerificationKey2018', publicKeyBase58: encodeBase58btc(bytes.subarray(1)) }],
    [{ type: 'Ed25519VerificationKey2018', publicKeyBase58: 'O0Il' }],
    [{ type: 'Ed25519VerificationKey2018', publicKeyBase58: 7 }],
    [{ type: 'Ed25519VerificationKey2018', publicKeyBase58: '' }],
    [{ type: 'Ed25519VerificationKey2018', publicKeyBase58: 'z'.repeat(100_000) }],
    [{ type: 'Ed25519VerificationKey2018', publicKeyJwk: publicJwk(KEYS.ES256) }],
    [{ type: 'Ed25519VerificationKey2018', publicKeyMultibase: multikey('ES256') }],
    [{ type: 'EcdsaSecp256r1VerificationKey2019', publicKeyMultibase: multikey('ES384') }],
    [{ type: 'RsaVerificationKey2018', publicKeyJwk: ed }],
    [{ type: 'RsaVerificationKey2018', publicKeyJwk: [ed] }],
    [{ type: 'Multikey' }],
    [{ type: 7, publicKeyMultibase: multikey('EdDSA') }],
    [{ publicKeyMultibase: multikey('EdDSA') }],
  ])('%j', (members) => {
    expect(codeOf(members)).toBe('resolve.malformed')
  })
})

describe('the class Multikey of Open Badges 3.0 (appendix B.6.1)', () => {
  const own = { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdf-2022', publicKeyMultibase: multikey('EdDSA') }
  const profile = { type: ['Profile'] }

  test.each([
    ['as the specification has it', own, profile],
    ['of an organization, which has further types', own, { type: ['Profile', 'Organization'] }],
    ['one type, no list', own, { type: 'Profile' }],
    ['with its type left out, which is optional', { ...own, type: undefined }, profile],
    ['with its controller left out, which is optional', { ...own, controller: undefined }, profile],
    ['with the suite of today', { ...own, cryptosuite: 'eddsa-rdfc-2022' }, profile],
    ['of another curve', { ...own, publicKeyMultibase: multikey('ES256') }, profile],
    ['in a list of types', { ...own, type: ['DataIntegrityProof'] }, profile],
    ['listed, in any document', own, { assertionMethod: ['#k'] }],
  ])('%s', (_how, members, around) => {
    expect(find(members, around)).toMatchObject({ controller: ID, purposes: ['assertionMethod'] })
  })

  test.each([
    ['another key is listed', own, { ...profile, assertionMethod: ['#other'] }],
    ['nothing is listed', own, { ...profile, assertionMethod: [] }],
    ['no profile', own, {}],
    ['a Multikey of Controlled Identifiers', { ...own, type: 'Multikey' }, profile],
    ['a JsonWebKey', { type: 'JsonWebKey', publicKeyJwk: ed }, profile],
  ])('may sign nothing where %s', (_how, members, around) => {
    expect(find(members, around).purposes).toEqual([])
  })

  test('listed for authentication, it is that too', () => {
    expect(find(own, { ...profile, authentication: ['#k'] }).purposes).toEqual(['assertionMethod', 'authentication'])
  })

  test('embedded for authentication alone, it signs no badges', () => {
    const method = { id: '#k', controller: ID, ...own }
    const document = { id: ID, ...profile, authentication: [method] }
    expect(findKey(document as never, `${ID}#k`, {}).purposes).toEqual(['authentication'])
  })

  test('belongs to whom it names', () => {
    expect(codeOf({ ...own, controller: 'https://school.example/issuers/2' }, profile)).toBe('resolve.wrong_document')
    expect(codeOf({ ...own, type: 'Multikey', controller: undefined }, profile)).toBe('resolve.malformed')
  })
})
