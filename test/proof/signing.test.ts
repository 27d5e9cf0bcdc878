/** Whose key, which suite, and that a signer signs with the key it names: contract "signCredential". */
import { describe, expect, test } from 'vitest'
import { SigningError, UsageError } from '../../src/errors.js'
import { publicJwk } from '../../src/keys/jwk.js'
import type { Signer } from '../../src/keys/signer.js'
import { defaultSuites } from '../../src/proof/default-suites.js'
import { ecdsaRdfc2019 } from '../../src/proof/ecdsa-rdfc-2019.js'
import { ed25519Signature2020 } from '../../src/proof/ed25519-signature-2020.js'
import { eddsaJcs2022 } from '../../src/proof/eddsa-jcs-2022.js'
import { checkSigner, chooseSuite, signBytes } from '../../src/proof/signing.js'
import { issuerOf, signerOf, signSettings } from '../issue/badge.js'
import { ALGORITHMS, KEYS, utf8 } from '../keys/vectors.js'

const DATA = utf8('badge')
const withMethod = (verificationMethod: string): Signer => ({
  algorithm: 'EdDSA',
  publicKey: publicJwk(KEYS.EdDSA),
  verificationMethod,
  sign: () => new Uint8Array(64),
})

describe('whose key it is', () => {
  test.each([
    ['did:web:school.example', 'did:web:school.example#key-1'],
    ['did:web:school.example', 'did:web:school.example'],
    ['did:key:z6Mk', 'did:key:z6Mk#z6Mk'],
    ['https://school.example/issuer', 'https://school.example/issuer#key-1'],
    ['https://school.example/issuer', 'https://school.example/keys/1'],
    ['https://school.example/issuer', 'https://kms.vendor.example/keys/1'],
  ])('%s may sign with %s', (id, method) => {
    for (const party of [id, { id, type: ['Profile'] }])
      expect(() => checkSigner(withMethod(method), party, 'issuer')).not.toThrow()
  })

  test.each([
    ['did:web:school.example', 'did:web:school.example:department#key-1'],
    ['did:web:school.example', 'did:web:school.example.evil.example#key-1'],
    ['did:web:school.example', 'did:web:School.example#key-1'],
    ['did:web:school.example', 'https://school.example/keys/1'],
    ['did:key:z6Mk', 'did:key:z6Ml#z6Ml'],
    ['https://school.example/issuer', 'did:web:school.example#key-1'],
    ['urn:uuid:1', 'did:web:school.example#key-1'],
    ['', 'did:web:school.example#key-1'],
  ])('%s may not sign with %s', (id, method) => {
    for (const [role, code] of [
      ['issuer', 'usage.signer_not_issuer'],
      ['holder', 'usage.signer_not_holder'],
    ] as const) {
      expect(() => checkSigner(withMethod(method), { id }, role)).toThrow(
        expect.objectContaining({ code, message: expect.stringContaining(method) }),
      )
    }
  })

  test.each([undefined, null, 7, {}, { id: 7 }, ['did:web:school.example']])('nobody: %s', (party) => {
    expect(() => checkSigner(withMethod('did:web:school.example#1'), party as never, 'issuer')).toThrow(UsageError)
  })

  test.each([undefined, null, {}, { sign: () => 0 }, { verificationMethod: 'did:web:a#1' }, KEYS.EdDSA])(
    'no signer: %s',
    (signer) => {
      expect(() => checkSigner(signer as never, 'did:web:a', 'issuer')).toThrow(
        expect.objectContaining({ code: 'usage.missing_option' }),
      )
    },
  )
})

describe('which suite', () => {
  test.each([
    ['EdDSA', 'eddsa-rdfc-2022'],
    ['ES256', 'ecdsa-rdfc-2019'],
    ['ES384', 'ecdsa-rdfc-2019'],
  ] as const)('%s: %s unless another one is named', async (algorithm, name) => {
    const signer = await signerOf(KEYS[algorithm])
    expect(chooseSuite(signSettings({ signer })).names[0]).toBe(name)
    for (const suite of defaultSuites()) {
      const name = suite.names[0] as string
      const settings = signSettings({ signer, ...(suite.legacy ? { legacySuite: name } : { suite: name }) })
      if (suite.algorithms.includes(algorithm)) expect(chooseSuite(settings)).toBe(suite)
      else expect(() => chooseSuite(settings)).toThrow(expect.objectContaining({ code: 'usage.suite_not_for_key' }))
    }
  })

  test('Ed25519Signature2020 signs only where it is named as legacy', async () => {
    const signer = await signerOf(KEYS.EdDSA)
    expect(defaultSuites().filter(({ legacy }) => legacy)).toEqual([ed25519Signature2020])
    const legacySuite = 'Ed25519Signature2020'
    const refused = expect.objectContaining({
      code: 'usage.legacy_suite',
      message: expect.stringContaining('say legacySuite: "Ed25519Signature2020"'),
    })
    for (const suites of [[ed25519Signature2020], [ed25519Signature2020, ecdsaRdfc2019]])
      expect(() => chooseSuite(signSettings({ signer, suites }))).toThrow(refused)
    expect(() => chooseSuite(signSettings({ signer, suite: legacySuite }))).toThrow(refused)
    const ordered = [ed25519Signature2020, eddsaJcs2022]
    expect(chooseSuite(signSettings({ signer, suites: ordered }))).toBe(eddsaJcs2022)
    expect(chooseSuite(signSettings({ signer, suites: ordered, legacySuite }))).toBe(ed25519Signature2020)
  })

  test.each([
    [{ suite: 'eddsa-jcs-2022', legacySuite: 'Ed25519Signature2020' }, 'usage.invalid_option'],
    [{ legacySuite: 'eddsa-rdfc-2022' }, 'usage.invalid_option'],
    [{ legacySuite: 'Ed25519Signature2018' }, 'usage.unknown_suite'],
    [{ legacySuite: '' }, 'usage.unknown_suite'],
  ])('%j is refused', async (options, code) => {
    const signer = await signerOf(KEYS.EdDSA)
    expect(() => chooseSuite(signSettings({ signer, ...options }))).toThrow(expect.objectContaining({ code }))
  })

  test("a draft's name is read, and not written under another", async () => {
    const signer = await signerOf(KEYS.EdDSA)
    expect(() => chooseSuite(signSettings({ signer, suite: 'eddsa-2022' }))).toThrow(
      expect.objectContaining({ code: 'usage.unknown_suite', message: expect.stringContaining('"eddsa-rdfc-2022"') }),
    )
  })

  test('RSA keys have none, and the way out is named', async () => {
    const signer = await signerOf(KEYS.RS256)
    expect(() => chooseSuite(signSettings({ signer }))).toThrow(/format: "jwt"/)
  })

  test('an unknown name lists the known ones', async () => {
    const signer = await signerOf(KEYS.EdDSA)
    for (const suite of ['eddsa-rdfc', '', 'constructor', 'DataIntegrityProof']) {
      expect(() => chooseSuite(signSettings({ signer, suite }))).toThrow(
        expect.objectContaining({ code: 'usage.unknown_suite', message: expect.stringContaining('eddsa-rdfc-2022') }),
      )
    }
  })

  test('only those that are given', async () => {
    const signer = await signerOf(KEYS.EdDSA)
    expect(chooseSuite(signSettings({ signer, suites: [eddsaJcs2022] }))).toBe(eddsaJcs2022)
    expect(() => chooseSuite(signSettings({ signer, suites: [] }))).toThrow(UsageError)
  })
})

describe('that it signs with the key it names', () => {
  const codeOf = async (signer: Signer, data = DATA, proven = new WeakSet<Signer>()) => {
    const error = await signBytes(data, signSettings({ signer, proven })).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(SigningError)
    expect(proven.has(signer)).toBe(false)
    return (error as SigningError).code
  }

  test.each(ALGORITHMS)('%s: good', async (algorithm) => {
    const signer = await signerOf(KEYS[algorithm])
    const proven = new WeakSet<Signer>()
    const signature = await signBytes(DATA, signSettings({ signer, proven }))
    expect(signature.length).toBeGreaterThan(63)
    expect(proven.has(signer)).toBe(true)
  })

  test.each([
    [
      'another key',
      async () => ({ ...(await signerOf(KEYS.EdDSA)), publicKey: { kty: 'OKP', crv: 'Ed25519', x: KEYS.ES256.x } }),
    ],
    ['another algorithm', async () => ({ ...(await signerOf(KEYS.ES256)), algorithm: 'EdDSA' })],
    ['a private key as public key', async () => ({ ...(await signerOf(KEYS.EdDSA)), publicKey: KEYS.EdDSA })],
    ['no public key', async () => ({ ...(await signerOf(KEYS.EdDSA)), publicKey: undefined })],
    [
      'a point not on the curve',
      async () => ({ ...(await signerOf(KEYS.ES256)), publicKey: { ...publicJwk(KEYS.ES256), y: KEYS.ES256.x } }),
    ],
    [
      'a public key that no verifier takes',
      async () => ({ ...(await signerOf(KEYS.EdDSA)), publicKey: { ...publicJwk(KEYS.EdDSA), use: 'enc' } }),
    ],
    [
      'a signature over something else',
      async () => ({ ...(await signerOf(KEYS.EdDSA)), sign: async () => (await signerOf(KEYS.EdDSA)).sign(utf8('x')) }),
    ],
    ['zeros', async () => ({ ...(await signerOf(KEYS.ES256)), sign: () => new Uint8Array(64) })],
  ])('sign.wrong_key: %s', async (_what, make) => {
    expect(await codeOf((await make()) as Signer)).toBe('sign.wrong_key')
  })

  test.each([
    ['nothing', undefined],
    ['a text', 'signature'],
    ['an ArrayBuffer', new ArrayBuffer(64)],
    ['no bytes', new Uint8Array(0)],
    ['63 bytes', new Uint8Array(63)],
    ['DER', new Uint8Array(71)],
  ])('sign.malformed: %s', async (_what, answer) => {
    expect(await codeOf({ ...(await signerOf(KEYS.ES256)), sign: () => answer as Uint8Array })).toBe('sign.malformed')
  })

  test('sign.failed, with the cause; a SigningError of the signer stays as it is', async () => {
    const cause = new Error('timeout')
    const own = new SigningError('sign.throttled', 'slow down')
    const signer = await signerOf(KEYS.EdDSA)
    for (const [thrown, code] of [
      [cause, 'sign.failed'],
      [own, 'sign.throttled'],
      ['text', 'sign.failed'],
    ] as const) {
      for (const sign of [
        () => {
          throw thrown
        },
        () => Promise.reject(thrown),
      ]) {
        expect(await codeOf({ ...signer, sign })).toBe(code)
      }
    }
    await expect(
      signBytes(DATA, signSettings({ signer: { ...signer, sign: () => Promise.reject(cause) } })),
    ).rejects.toMatchObject({ cause })
  })

  test('it is asked once of a signer; the length is judged every time', async () => {
    const real = await signerOf(KEYS.ES256)
    let cut = 0
    const signer: Signer = { ...real, sign: async (data) => (await real.sign(data)).subarray(cut) }
    const settings = signSettings({ signer })
    await signBytes(DATA, settings)
    await signBytes(DATA, settings)
    cut = 1
    await expect(signBytes(DATA, settings)).rejects.toMatchObject({ code: 'sign.malformed' })
  })

  test('a failure is not remembered as proof', async () => {
    const real = await signerOf(KEYS.EdDSA)
    let broken = true
    const signer: Signer = { ...real, sign: (data) => (broken ? new Uint8Array(64) : real.sign(data)) }
    const proven = new WeakSet<Signer>()
    await expect(signBytes(DATA, signSettings({ signer, proven }))).rejects.toMatchObject({ code: 'sign.wrong_key' })
    broken = false
    expect((await signBytes(DATA, signSettings({ signer, proven }))).length).toBe(64)
  })
})

test('issuer ids of the tests are did:key', () => {
  expect(issuerOf(KEYS.EdDSA)).toMatch(/^did:key:z6Mk/)
})
