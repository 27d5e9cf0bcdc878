/** jose 6.2 verifies our JWTs, and we verify jose's: EdDSA, ES256, ES384, RS256; and jose reads the keys we publish. */
import {
  CompactSign,
  calculateJwkThumbprint,
  compactVerify,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  jwtVerify,
} from 'jose'
import { describe, expect, test } from 'vitest'
import {
  anyIssuer,
  createSigner,
  decodeCredential,
  importPrivateKey,
  importPublicKey,
  jwks,
  type PrivateJwk,
  signCredential,
  type VerifyOptions,
  verifyCredential,
} from '../../src/entries/index.js'
import { publicJwk, requiredMembers } from '../../src/keys/jwk.js'
import { givenKeys } from '../../src/resolve/given-keys.js'
import { badge, issuerOf, NOW } from '../issue/badge.js'
import { ALGORITHMS, type Algorithm, KEYS, utf8 } from '../keys/vectors.js'
import { fakeLoader } from '../resolve/fake-loader.js'

const own = (key: PrivateJwk, changes: object = {}) =>
  badge({ issuer: { id: issuerOf(key), type: ['Profile'] }, ...changes })
const outcome = async (input: string, options: Partial<VerifyOptions> = {}) => {
  const report = await verifyCredential(input, {
    trustedIssuers: anyIssuer,
    loader: fakeLoader(),
    now: NOW,
    ...options,
  })
  return report.outcome === 'valid' ? 'valid' : (report.because[0] as string)
}
const joseSigns = async (algorithm: Algorithm, payload: object, header: object, key: PrivateJwk = KEYS[algorithm]) =>
  new CompactSign(utf8(JSON.stringify(payload)))
    .setProtectedHeader({ alg: algorithm, ...header })
    .sign(await importJWK({ ...key } as never, algorithm))

describe.each(ALGORITHMS)('%s', (algorithm) => {
  const key = KEYS[algorithm]

  test('jose verifies what we sign, claims included', async () => {
    const credential = own(key, { validUntil: '2031-01-01T00:00:00Z' })
    const text = await signCredential(credential, { signer: await createSigner({ key }), format: 'jwt' })
    const { payload, protectedHeader } = await jwtVerify(
      text,
      await importJWK({ ...publicJwk(key) } as never, algorithm),
      {
        issuer: issuerOf(key),
        subject: 'did:example:learner',
        typ: 'JWT',
        algorithms: [algorithm],
        currentDate: NOW,
        requiredClaims: ['iss', 'sub', 'jti', 'nbf', 'exp'],
      },
    )
    expect(payload).toMatchObject(credential as object)
    expect(protectedHeader.kid).toContain(issuerOf(key))
    const [head, body, tail] = text.split('.') as [string, string, string]
    await expect(
      compactVerify(
        `${head}.${body.slice(0, -4)}AAAA.${tail}`,
        await importJWK({ ...publicJwk(key) } as never, algorithm),
      ),
    ).rejects.toThrow()
  })

  test.each([
    ['open-badges', 'JWT', undefined],
    ['vc+jwt', 'vc+jwt', 'vc'],
    ['vc-claim', 'JWT', undefined],
  ] as const)('written as %s: jose verifies it, and so do we', async (jwt, typ, cty) => {
    const credential = own(key, { validUntil: '2031-01-01T00:00:00Z' })
    const signer = await createSigner({ key })
    const text = await signCredential(credential, { signer, format: 'jwt', jwt })
    const publicKey = await importJWK({ ...publicJwk(key) } as never, algorithm)
    const { payload, protectedHeader } = await jwtVerify(text, publicKey, {
      issuer: issuerOf(key),
      subject: 'did:example:learner',
      typ,
      algorithms: [algorithm],
      currentDate: NOW,
      requiredClaims: ['iss', 'sub', 'jti', 'nbf', 'exp'],
    })
    expect(protectedHeader.cty).toBe(cty)
    expect(payload.vc).toEqual(jwt === 'vc-claim' ? credential : undefined)
    expect(jwt === 'vc-claim' ? payload.vc : payload).toMatchObject(credential as object)
    const report = await verifyCredential(text, { trustedIssuers: anyIssuer, loader: fakeLoader(), now: NOW })
    expect(report.outcome).toBe('valid')
    expect(Object.values(report.checks).flatMap(({ findings }) => findings.filter(({ note }) => note))).toEqual([])
    expect((await decodeCredential(text)).unverified).toEqual(credential)
    // The header is signed too: what is one shape cannot be passed off as another.
    const [head, body, tail] = text.split('.') as [string, string, string]
    const other = { ...JSON.parse(Buffer.from(head, 'base64url').toString()), typ: typ === 'JWT' ? 'vc+jwt' : 'JWT' }
    const recast = `${Buffer.from(JSON.stringify(other)).toString('base64url')}.${body}.${tail}`
    expect(await outcome(recast)).toBe(jwt === 'vc-claim' ? 'format.malformed' : 'proof.mismatch')
  })

  test('we verify what jose signs: the credential itself, as vc+jwt, and as vc claim', async () => {
    const credential = own(key)
    const { verificationMethod } = await createSigner({ key })
    expect(await outcome(await joseSigns(algorithm, credential, { typ: 'vc+jwt', kid: verificationMethod }))).toBe(
      'valid',
    )
    const claims = { iss: issuerOf(key), jti: credential.id, sub: 'did:example:learner', nbf: 1_893_456_000 }
    expect(
      await outcome(await joseSigns(algorithm, { ...credential, ...claims }, { typ: 'JWT', kid: verificationMethod })),
    ).toBe('valid')
    expect(await outcome(await joseSigns(algorithm, { vc: credential, ...claims }, { kid: verificationMethod }))).toBe(
      'valid',
    )
    // A fragment of the issuer's DID, and no kid at all: the issuer has one key.
    expect(await outcome(await joseSigns(algorithm, credential, { kid: verificationMethod.split('#')[1] }))).toBe(
      'valid',
    )
    expect(await outcome(await joseSigns(algorithm, credential, {}))).toBe('valid')
    expect(
      await outcome(
        await joseSigns(algorithm, { ...credential, ...claims, iss: 'did:example:evil' }, { kid: verificationMethod }),
      ),
    ).toBe('proof.claims_mismatch')
    expect(
      await outcome(await joseSigns(algorithm, { ...credential, ...claims, nbf: 1 }, { kid: verificationMethod })),
    ).toBe('proof.claims_mismatch')
  })

  test('with a key given out of band', async () => {
    const issuer = 'https://school.example/issuer'
    const credential = badge({ issuer: { id: issuer, type: ['Profile'] } })
    const text = await joseSigns(algorithm, credential, { typ: 'JWT', kid: 'key-2030' })
    const given = (keys: readonly object[]) => ({ resolvers: [givenKeys(keys)], trustedIssuers: [issuer] })
    expect(await outcome(text, given([{ ...publicJwk(key), kid: 'key-2030' }]))).toBe('valid')
    const method = { id: `${issuer}#key-2030`, type: 'JsonWebKey', controller: issuer, publicKeyJwk: publicJwk(key) }
    expect(await outcome(text, given([method]))).toBe('valid')
    expect(await outcome(text, given([{ ...method, controller: 'https://other.example' }]))).not.toBe('valid')
    const other = KEYS[algorithm === 'EdDSA' ? 'ES256' : 'EdDSA']
    expect(await outcome(text, given([{ ...publicJwk(other), kid: 'key-2030' }]))).toBe('proof.mismatch')
    expect(await outcome(text, { resolvers: [givenKeys([method])], trustedIssuers: ['https://another.example'] })).toBe(
      'issuer.untrusted',
    )
  })

  test('jose finds the key in the JWKS we publish', async () => {
    const id = 'https://school.example/issuer#1'
    const issuer = 'https://school.example/issuer'
    const text = await signCredential(badge({ issuer: { id: issuer, type: ['Profile'] } }), {
      signer: await createSigner({ key, verificationMethod: id }),
      format: 'jwt',
    })
    const set = createLocalJWKSet(jwks([{ id, publicKey: publicJwk(key) }]) as never)
    expect((await jwtVerify(text, set, { currentDate: NOW })).payload.iss).toBe(issuer)
  })

  test('keys of jose are keys to us, and thumbprints agree (RFC 7638)', async () => {
    const pair = await generateKeyPair(algorithm, {
      extractable: true,
      ...(algorithm === 'EdDSA' ? { crv: 'Ed25519' } : {}),
    })
    const jwk = (await exportJWK(pair.privateKey)) as unknown as PrivateJwk
    const signer = await createSigner({ key: (await importPrivateKey(jwk)) as PrivateJwk })
    const text = await signCredential(own(jwk), { signer, format: 'jwt' })
    expect((await compactVerify(text, pair.publicKey)).protectedHeader.alg).toBe(algorithm)
    const published = await importPublicKey(pair.publicKey as CryptoKey)
    expect(await calculateJwkThumbprint(published as never)).toBe(await calculateJwkThumbprint(jwk as never))
    expect(requiredMembers(published)).toEqual(requiredMembers(jwk))
  })
})

test('a JWT that jose signed with a shared secret, or not at all, is refused', async () => {
  const credential = own(KEYS.RS256)
  const { verificationMethod } = await createSigner({ key: KEYS.RS256 })
  const hmac = await new CompactSign(utf8(JSON.stringify(credential)))
    .setProtectedHeader({ alg: 'HS256', kid: verificationMethod })
    .sign(utf8(JSON.stringify(publicJwk(KEYS.RS256))))
  expect(await outcome(hmac)).toBe('proof.suite_forbidden')
  const [, body] = hmac.split('.')
  const none = `${Buffer.from(JSON.stringify({ alg: 'none', kid: verificationMethod })).toString('base64url')}.${body}.`
  expect(await outcome(none)).toBe('proof.suite_forbidden')
})

test('PS256 by an RSA key is named as not supported, not as forged', async () => {
  const { verificationMethod } = await createSigner({ key: KEYS.RS256 })
  const text = await new CompactSign(utf8(JSON.stringify(own(KEYS.RS256))))
    .setProtectedHeader({ alg: 'PS256', kid: verificationMethod })
    .sign(await importJWK({ ...KEYS.RS256 } as never, 'PS256'))
  expect(await outcome(text)).toBe('proof.suite_unsupported')
})
