/** RFC 8725 (JSON Web Token Best Current Practices), VC-JOSE-COSE and Open Badges 3.0 section 8.2, from the side of the attacker. */
import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  anyIssuer,
  didDocument,
  type PublicJwk,
  signCredential,
  type VerifyOptions,
  verifyCredential,
} from '../../../src/entries/index.js'
import { defaultResolvers, givenKeys, selfAssertedKeys } from '../../../src/entries/resolvers.js'
import { badgeOf, codesOf, type Issuer, NOW, newIssuer, TEACHER, web } from '../kit.js'

const rsa = await newIssuer('RS256', 'did:web:school.example#key-1')
const ed = await newIssuer()
const SCHOOL = {
  'https://school.example/.well-known/did.json': didDocument({
    id: rsa.id,
    keys: [{ id: rsa.signer.verificationMethod, publicKey: rsa.signer.publicKey }] as never,
  }),
}
const base: VerifyOptions = { trustedIssuers: anyIssuer, now: NOW, loader: web(SCHOOL) }
const verify = (jwt: string, options: Partial<VerifyOptions> = {}) => verifyCredential(jwt, { ...base, ...options })
const codes = async (jwt: string, options: Partial<VerifyOptions> = {}) => codesOf(await verify(jwt, options))

type Payload = Record<string, unknown>
function payloadOf(issuer: Issuer): Payload {
  const badge = badgeOf(issuer, { validUntil: '2030-01-01T00:00:00Z' })
  return {
    ...badge,
    iss: issuer.id,
    jti: badge.id,
    sub: TEACHER,
    nbf: Date.parse(badge.validFrom) / 1000,
    exp: Date.parse('2030-01-01T00:00:00Z') / 1000,
  }
}
const part = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const headerOf = ({ signer }: Issuer) => ({ alg: signer.algorithm, typ: 'JWT', kid: signer.verificationMethod })

/** Signs any header and payload: objects, or JSON texts that no object can say. */
async function sign(
  issuer: Issuer,
  header: object | string = headerOf(issuer),
  payload: object | string = payloadOf(issuer),
) {
  const input = `${part(header)}.${part(payload)}`
  return `${input}.${Buffer.from(await issuer.signer.sign(new TextEncoder().encode(input))).toString('base64url')}`
}
const refused = async (jwt: string, code: string, options: Partial<VerifyOptions> = {}) => {
  const report = await verify(jwt, options)
  expect(report.outcome).not.toBe('valid')
  expect(codesOf(report)).toContain(code)
  expect(codesOf(report)).not.toContain('proof.verified')
}

test('the honest ones are valid', async () => {
  expect((await verify(await sign(rsa))).outcome).toBe('valid')
  expect((await verify(await sign(ed))).outcome).toBe('valid')
})

describe('algorithms', () => {
  test.each(['none', 'None', 'NONE', 'nOnE'])('alg "%s", with and without a signature', async (alg) => {
    const [, payload, signature] = (await sign(rsa)).split('.') as [string, string, string]
    const header = part({ ...headerOf(rsa), alg })
    await refused(`${header}.${payload}.${signature}`, 'proof.suite_forbidden')
    expect((await verify(`${header}.${payload}.`)).outcome).toBe('invalid')
  })
  test('HS256, keyed by everything that is public of the RSA key', async () => {
    const { publicKey } = rsa.signer
    const { createPublicKey } = await import('node:crypto')
    const key = createPublicKey({ key: publicKey as never, format: 'jwk' })
    const secrets = [
      key.export({ type: 'spki', format: 'pem' }),
      key.export({ type: 'pkcs1', format: 'pem' }),
      key.export({ type: 'spki', format: 'der' }),
      JSON.stringify(publicKey),
      Buffer.from((publicKey as { n: string }).n, 'base64url'),
    ]
    for (const alg of ['HS256', 'HS384', 'HS512']) {
      for (const secret of secrets) {
        const input = `${part({ ...headerOf(rsa), alg })}.${part(payloadOf(rsa))}`
        const mac = createHmac(`sha${alg.slice(2)}`, secret)
          .update(input)
          .digest('base64url')
        await refused(`${input}.${mac}`, 'proof.suite_forbidden')
      }
    }
  })
  test.each([
    ['RS256', 'ES256'],
    ['RS256', 'EdDSA'],
    ['RS256', 'RS384'],
    ['RS256', 'PS256'],
    ['EdDSA', 'RS256'],
    ['EdDSA', 'ES256K'],
    ['EdDSA', 'constructor'],
    ['EdDSA', ''],
  ])('a key for %s and a header that says %s', async (own, alg) => {
    const issuer = own === 'RS256' ? rsa : ed
    const report = await verify(await sign(issuer, { ...headerOf(issuer), alg }))
    expect(report.outcome).not.toBe('valid')
    expect(codesOf(report)).not.toContain('proof.verified')
  })
  test.each([[5], [null], [['EdDSA']], [{}], [undefined]])('alg %j', async (alg) => {
    await refused(await sign(ed, { ...headerOf(ed), alg }), 'proof.malformed')
  })
})

describe('headers', () => {
  test.each([[['exp']], [[]], [['b64']], ['exp'], [null], [5]])('crit %j', async (crit) => {
    await refused(await sign(ed, { ...headerOf(ed), crit, b64: undefined }), 'proof.suite_forbidden')
  })
  test.each([[false], [true]])('b64 %j', async (b64) => {
    await refused(await sign(ed, { ...headerOf(ed), b64 }), 'proof.suite_forbidden')
  })
  test.each(['at+jwt', 'JOSE', 'sd+jwt', 'entity-statement+jwt', 'vp+jwt', ''])('typ "%s"', async (typ) => {
    await refused(await sign(ed, { ...headerOf(ed), typ }), 'format.malformed')
  })
  test('with typ vc+jwt the payload is the credential: a "vc" claim beside it is two', async () => {
    const payload = payloadOf(ed)
    await refused(await sign(ed, { ...headerOf(ed), typ: 'vc+jwt' }, { ...payload, vc: payload }), 'format.malformed')
  })
  test('a member twice in the header, or in the payload', async () => {
    const twice = (value: object, name: string, other: unknown) =>
      JSON.stringify(value).replace('{', `{${JSON.stringify(name)}:${JSON.stringify(other)},`)
    await refused(await sign(ed, twice(headerOf(ed), 'alg', 'none')), 'format.duplicate_member')
    await refused(await sign(ed, undefined, twice(payloadOf(ed), 'exp', 9e9)), 'format.duplicate_member')
    await refused(await sign(ed, undefined, twice(payloadOf(ed), '\u0069ss', rsa.id)), 'format.duplicate_member')
    const nested = JSON.stringify(payloadOf(ed)).replace('"achievement":{', '"achievement":{"name":"Other",')
    await refused(await sign(ed, undefined, nested), 'format.duplicate_member')
  })
  test('kid that is no text', async () => {
    for (const kid of [5, null, {}, ['x']]) await refused(await sign(ed, { ...headerOf(ed), kid }), 'key.not_found')
  })
  test('kid of another issuer', async () => {
    const jwt = await sign(ed, headerOf(ed), { ...payloadOf(rsa) })
    expect(await codes(jwt)).toContain('key.not_issuer')
  })
})

describe('keys that the JWT brings along', async () => {
  const attacker = await newIssuer()
  const { publicKey } = attacker.signer
  const forged = (jwk: object, header: object = {}) =>
    sign(attacker, { alg: 'EdDSA', typ: 'JWT', jwk, ...header }, payloadOf(rsa))
  const resolvers = [selfAssertedKeys(), ...defaultResolvers()]

  test('are not taken by default', async () => {
    const report = await verify(await forged(publicKey))
    expect(report.outcome).not.toBe('valid')
    expect(report.checks.proof.status).not.toBe('valid')
    // The issuer's own key is looked for, and it is another one.
    expect(report.outcome !== 'valid' && report.because).toEqual(['proof.mismatch'])
  })
  test('prove nothing about the issuer where they are taken', async () => {
    const report = await verify(await forged(publicKey), { resolvers, trustedIssuers: [rsa.id] })
    expect(report.outcome !== 'valid' && report.because).toEqual(['issuer.unauthenticated'])
    expect(codesOf(report)).toContain('key.self_asserted')
  })
  test('with a private part are refused', async () => {
    const secret = { ...publicKey, d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' }
    for (const options of [{}, { resolvers }]) await refused(await forged(secret), 'key.unusable', options)
    const symmetric = { kty: 'oct', k: 'c2VjcmV0' }
    for (const options of [{}, { resolvers }]) await refused(await forged(symmetric), 'key.unusable', options)
  })
  test.each([[{ use: 'enc' }], [{ key_ops: ['sign'] }], [{ alg: 'ES256' }]])('with %j are refused', async (use) => {
    await refused(await forged({ ...publicKey, ...use }), 'key.unusable', { resolvers: [selfAssertedKeys()] })
  })
  test.each([
    ['jku', 'https://attacker.example/jwks.json'],
    ['x5u', 'https://attacker.example/cert.pem'],
    ['x5c', ['AAAA']],
  ])('by %s are not looked at', async (name, value) => {
    const loader = web({})
    const jwt = await sign(
      attacker,
      { alg: 'EdDSA', typ: 'JWT', kid: rsa.signer.verificationMethod, [name]: value },
      payloadOf(rsa),
    )
    expect((await verify(jwt, { loader })).outcome).not.toBe('valid')
    expect(loader.asked).toEqual(['https://school.example/.well-known/did.json'])
  })
  test('a given key speaks for its issuer only', async () => {
    const given = givenKeys([
      { id: `${attacker.id}#k`, type: 'JsonWebKey', controller: attacker.id, publicKeyJwk: publicKey as PublicJwk },
    ])
    const jwt = await sign(attacker, { alg: 'EdDSA', typ: 'JWT', kid: `${attacker.id}#k` }, payloadOf(rsa))
    expect((await verify(jwt, { resolvers: [given, ...defaultResolvers()] })).outcome).toBe('invalid')
  })
})

describe('claims', () => {
  const later = Date.parse('2031-01-01T00:00:00Z') / 1000
  test.each([
    ['iss', 'did:example:other'],
    ['jti', 'urn:uuid:00000000-0000-4000-8000-000000000000'],
    ['sub', 'did:example:other'],
    ['exp', later],
    ['nbf', 0],
    ['iss', null],
    ['sub', { id: TEACHER }],
    ['jti', ['urn:x']],
  ])('%s %j does not agree with the badge', async (name, value) => {
    await expect(codes(await sign(ed, undefined, { ...payloadOf(ed), [name]: value }))).resolves.toContain(
      'proof.claims_mismatch',
    )
  })
  test.each([
    ['exp', '2030-01-01T00:00:00Z'],
    ['exp', null],
    ['exp', true],
    ['nbf', '0'],
    ['nbf', []],
  ])('%s %j is no number', async (name, value) => {
    const report = await verify(await sign(ed, undefined, { ...payloadOf(ed), [name]: value }))
    expect(report.outcome).toBe('invalid')
    expect(report.checks.proof.status).toBe('invalid')
  })
  test.each([[1e20], [-1e20], [1.7976931348623157e308], [253_402_300_800]])('exp %d is no end', async (exp) => {
    const { validUntil, ...payload } = payloadOf(ed)
    expect((await verify(await sign(ed, undefined, { ...payload, exp }))).outcome).toBe('invalid')
  })
  test('an exp without validUntil is the end: expired', async () => {
    const { validUntil, ...payload } = payloadOf(ed)
    const jwt = await sign(ed, undefined, { ...payload, exp: NOW.getTime() / 1000 - 3600 })
    expect(await codes(jwt)).toContain('validity.expired')
  })
  test('VCDM 1.1: claims fill what "vc" leaves out, and overrule nothing', async () => {
    const { iss, jti, sub, nbf, exp, validUntil, ...vc } = payloadOf(ed)
    const claims = { iss, jti, sub, nbf }
    const header = headerOf(ed)
    const expired = await sign(ed, header, { vc, ...claims, exp: NOW.getTime() / 1000 - 3600 })
    expect(await codes(expired)).toContain('validity.expired')
    const contradicting = await sign(ed, header, {
      vc: { ...vc, validUntil },
      ...claims,
      exp: NOW.getTime() / 1000 - 3600,
    })
    expect(await codes(contradicting)).toContain('proof.claims_mismatch')
    const stolen = await sign(ed, header, { vc, ...claims, iss: rsa.id })
    expect((await verify(stolen)).outcome).toBe('invalid')
  })
  test('what we sign has them all', async () => {
    const jwt = await signCredential(badgeOf(ed), { signer: ed.signer, format: 'jwt', now: NOW })
    expect(await codes(jwt)).not.toContain('proof.claim_absent')
  })
})
