/**
 * Bad input for keys, formats and containers, from the public functions: a PEM with two keys, a Multikey of the wrong curve, RSA
 * 1024, a private JWK where a public one belongs, an SVG with a DOCTYPE full of entities, 100 iTXt chunks, a context of 10 000
 * terms. Each has a typed answer that names the place; the units beside have the finer cases.
 */
import { generateKeyPairSync } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  anyIssuer,
  bakeImage,
  createSigner,
  decodeCredential,
  didDocument,
  digestSigner,
  generateKey,
  importPrivateKey,
  importPublicKey,
  jwks,
  type PrivateJwk,
  type PublicJwk,
  signCredential,
  UsageError,
  unbakeImage,
  verifyCredential,
} from '../../../src/entries/index.js'
import { defaultResolvers, givenKeys, selfAssertedKeys } from '../../../src/entries/resolvers.js'
import { encodeBase58btc } from '../../../src/internal/base58btc.js'
import { internationalText, withChunks } from '../../bake/make-png.js'
import { png } from '../../bake/samples.js'
import { badgeOf, codesOf, type Issuer, NOW, web } from '../kit.js'

const SCHOOL = 'did:web:school.example'
const METHOD = `${SCHOOL}#key-1`
const list = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n))

async function refused(run: () => unknown, message: RegExp, secret?: string): Promise<void> {
  const error = await Promise.resolve()
    .then(run)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    )
  expect(error).toBeInstanceOf(UsageError)
  expect((error as UsageError).code).toBe('usage.invalid_key')
  expect((error as UsageError).message).toMatch(message)
  if (secret !== undefined) expect(String((error as UsageError).stack)).not.toContain(secret)
}

/** A badge of the school's, and what its DID document says of the key. */
async function judge(input: object | string, method: object, resolvers = defaultResolvers()) {
  const document = {
    '@context': ['https://www.w3.org/ns/did/v1'],
    id: SCHOOL,
    verificationMethod: [{ id: METHOD, controller: SCHOOL, ...method }],
    assertionMethod: [METHOD],
  }
  const loader = web({ 'https://school.example/.well-known/did.json': document })
  return verifyCredential(input, { trustedIssuers: anyIssuer, now: NOW, loader, resolvers })
}

let school: Issuer
let key: PrivateJwk
beforeAll(async () => {
  key = await generateKey()
  school = { id: SCHOOL, signer: await createSigner({ key, verificationMethod: METHOD }) }
})
const sign = (changes: object = {}) =>
  signCredential({ ...badgeOf(school), ...changes }, { signer: school.signer, now: NOW })
const jwtBy = (signer: Issuer['signer']) =>
  signCredential(badgeOf({ id: SCHOOL, signer }), { signer, format: 'jwt', now: NOW })

describe('a PEM with two keys', () => {
  const pair = generateKeyPairSync('ed25519')
  const secret = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const open = pair.publicKey.export({ type: 'spki', format: 'pem' }) as string
  test.each([
    ['twice the same', secret + secret],
    ['a private and a public one', secret + open],
    ['a public and a private one', open + secret],
  ])('%s', async (_what, pem) => {
    await refused(() => importPrivateKey({ pem }), /2 blocks: give exactly one/, secret.split('\n')[1])
    await refused(() => importPublicKey({ pem }), /2 blocks: give exactly one/, secret.split('\n')[1])
  })
})

describe('a Multikey of the wrong curve', () => {
  const multikey = (header: number[], bytes: Uint8Array) => `z${encodeBase58btc(Uint8Array.of(...header, ...bytes))}`
  const x = Buffer.from('60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6', 'hex')
  // RFC 6979 appendix A.2.5: the point of P-256, compressed; its bytes under other headers.
  const p256 = Uint8Array.of(3, ...x)
  test.each([
    ['a point of P-256 under the header of P-384', multikey([0x81, 0x24], p256), /P-384 Multikey has 49 bytes/],
    ['a point of P-256 under the header of Ed25519', multikey([0xed, 0x01], p256), /Ed25519 Multikey has 32 bytes/],
    ['secp256k1', multikey([0xe7, 0x01], p256), /secp256k1 are not supported: use Ed25519, P-256 or P-384/],
    ['P-521', multikey([0x82, 0x24], new Uint8Array(67)), /P-521 are not supported/],
  ])('%s', async (_what, publicKeyMultibase, message) => {
    await refused(() => importPublicKey({ multikey: publicKeyMultibase }), message)
    const report = await judge(await sign(), { type: 'Multikey', publicKeyMultibase })
    expect(report.outcome).not.toBe('valid')
    expect(codesOf(report).find((code) => code.startsWith('key.'))).toMatch(/^key\.(unreachable|method_unsupported)$/)
  })
  test('a good key, of a curve that the suite of the proof does not take', async () => {
    const report = await judge(await sign(), { type: 'Multikey', publicKeyMultibase: multikey([0x80, 0x24], p256) })
    expect(report.outcome !== 'valid' && report.because).toEqual(['key.unusable'])
  })
})

describe('RSA 1024', async () => {
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const secret = { ...weak.privateKey.export({ format: 'jwk' }) } as unknown as PrivateJwk
  const open = { ...weak.publicKey.export({ format: 'jwk' }) } as unknown as PublicJwk
  const pem = weak.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const spki = weak.publicKey.export({ type: 'spki', format: 'pem' }) as string
  const ways: readonly (readonly [string, () => unknown])[] = [
    ['importPrivateKey, JWK', () => importPrivateKey(secret)],
    ['importPrivateKey, PEM', () => importPrivateKey({ pem })],
    ['importPublicKey, JWK', () => importPublicKey(open)],
    ['importPublicKey, PEM', () => importPublicKey({ pem: spki })],
    ['createSigner', () => createSigner({ key: secret })],
    [
      'digestSigner',
      () =>
        digestSigner({
          algorithm: 'RS256',
          publicKey: open,
          verificationMethod: METHOD,
          encoding: 'raw',
          signDigest: async () => new Uint8Array(128),
        }),
    ],
    ['didDocument', () => didDocument({ id: SCHOOL, keys: [{ id: METHOD, publicKey: open }] })],
    ['jwks', () => jwks([{ id: METHOD, publicKey: open }])],
  ]
  test.each(ways)('%s', async (_what, run) => {
    await refused(run, /1024 bits; at least 2048/, weak.privateKey.export({ format: 'jwk' }).d as string)
  })
  test('an issuer that publishes one', async () => {
    const strong = await createSigner({ key: await generateKey('RS256'), verificationMethod: METHOD })
    const report = await judge(await jwtBy(strong), { type: 'JsonWebKey', publicKeyJwk: open })
    expect(report.outcome !== 'valid' && report.because).toEqual(['key.unusable'])
  })
})

describe('a private JWK where a public one belongs', () => {
  const misplaced = () => key as never as PublicJwk
  test.each<[string, () => unknown]>([
    ['importPublicKey', () => importPublicKey(misplaced())],
    ['didDocument', () => didDocument({ id: SCHOOL, keys: [{ id: METHOD, publicKey: misplaced() }] })],
    ['jwks', () => jwks([{ id: METHOD, publicKey: misplaced() }])],
    ['givenKeys', () => givenKeys([{ ...misplaced(), kid: METHOD }])],
  ])('%s refuses it, and does not show it', async (_what, run) => {
    await refused(run, /private|"d"/, (key as { d: string }).d)
  })
  test('published by the issuer: the badge is not valid, and the secret is not in the report', async () => {
    const report = await judge(await sign(), { type: 'JsonWebKey', publicKeyJwk: key })
    expect(report.outcome !== 'valid' && report.because).toEqual(['key.unusable'])
    expect(JSON.stringify({ ...report, secured: undefined })).not.toContain((key as { d: string }).d)
  })
  test('in the header of a JWT', async () => {
    const [, body] = (await jwtBy(school.signer)).split('.') as [string, string]
    const head = Buffer.from(JSON.stringify({ alg: 'EdDSA', typ: 'JWT', jwk: key })).toString('base64url')
    const signature = await school.signer.sign(new TextEncoder().encode(`${head}.${body}`))
    const jwt = `${head}.${body}.${Buffer.from(signature).toString('base64url')}`
    const report = await judge(jwt, {}, [selfAssertedKeys(), ...defaultResolvers()])
    expect(report.outcome !== 'valid' && report.because).toEqual(['key.unusable'])
  })
})

describe('an SVG with a DOCTYPE full of entities', () => {
  const laughs = list(10_000, (n) => `<!ENTITY e${n} "&e${n - 1};&e${n - 1};&e${n - 1};">`).join('')
  const svg = (inside: string) =>
    `<!DOCTYPE svg [<!ENTITY e "ha">${laughs}]><svg xmlns="http://www.w3.org/2000/svg">${inside}<circle r="4"/></svg>`
  const bytes = (text: string) => new TextEncoder().encode(text)
  test('that nobody uses: the badge goes in and comes out, and the rest stays', async () => {
    const image = bytes(svg(''))
    const badge = await sign()
    const baked = await bakeImage(image, badge)
    expect(await unbakeImage(baked)).toEqual(badge)
    expect(new TextDecoder().decode(baked)).toContain(laughs)
    const report = await judge(baked as never, { type: 'JsonWebKey', publicKeyJwk: school.signer.publicKey })
    expect(report.outcome).toBe('valid')
  })
  test('in the badge: malformed, and nothing is expanded', async () => {
    const element = `<openbadges:credential xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">&e9999;</openbadges:credential>`
    await expect(decodeCredential(bytes(svg(element)))).rejects.toMatchObject({ code: 'parse.malformed_image' })
    const report = await verifyCredential(bytes(svg(element)), { trustedIssuers: anyIssuer, now: NOW })
    expect(report.outcome !== 'valid' && report.because).toEqual(['format.malformed'])
  })
})

describe('100 iTXt chunks', () => {
  const KEYWORD = 'openbadgecredential'
  test('of others, some compressed: the one badge among them is read', async () => {
    const badge = await sign()
    const others = list(100, (n) =>
      n % 2 === 0
        ? internationalText(`Comment ${n}`, 'x'.repeat(1000))
        : internationalText('Comment', new Uint8Array(deflateSync(Buffer.alloc(1 << 20))), { flag: 1 }),
    )
    const image = withChunks(await bakeImage(png, badge), 1, ...others)
    expect(await unbakeImage(image)).toEqual(badge)
    const report = await judge(image as never, { type: 'JsonWebKey', publicKeyJwk: school.signer.publicKey })
    expect(report.outcome).toBe('valid')
  })
  test('with a badge each: which one it is would be a guess', async () => {
    const badge = JSON.stringify(await sign())
    const space = new Uint8Array(deflateSync(Buffer.alloc(1 << 24, 0x20)))
    const bombs = list(100, () => internationalText(KEYWORD, space, { flag: 1 }))
    for (const chunks of [list(100, () => internationalText(KEYWORD, badge)), bombs]) {
      const image = withChunks(png, 1, ...chunks)
      await expect(unbakeImage(image)).rejects.toMatchObject({ code: 'parse.several_badges' })
      const report = await verifyCredential(image, { trustedIssuers: anyIssuer, now: NOW })
      expect(report.outcome !== 'valid' && report.because).toEqual(['format.malformed'])
    }
  })
})

describe('a context of 10 000 terms', () => {
  const terms = Object.fromEntries(list(10_000, (n) => [`term${n}`, { '@id': `https://school.example/terms#${n}` }]))
  const contexts = () => [...badgeOf(school)['@context'], terms]
  const key = () => ({ type: 'JsonWebKey', publicKeyJwk: school.signer.publicKey })
  test('is signed and verified like any other', async () => {
    const badge = await sign({ '@context': contexts(), term9999: 'the last' })
    const report = await judge(badge, key())
    expect(report.outcome).toBe('valid')
    const changed = await judge({ ...badge, term9999: 'another' }, key())
    expect(changed.outcome !== 'valid' && changed.because).toEqual(['proof.mismatch'])
  })
  test('where one of them hides a member of the standard, that one is found', async () => {
    const hiding = { ...terms, term7000: 'https://www.w3.org/2018/credentials#validUntil' }
    const badge = await sign({ '@context': contexts() })
    const report = await judge({ ...badge, '@context': [...badgeOf(school)['@context'], hiding], term7000: 'x' }, key())
    expect(codesOf(report)).toContain('proof.ambiguous_member')
  })
  test('larger than documents may be: format.too_large', async () => {
    const wide = Object.fromEntries(
      list(10_000, (n) => [`term${n}`, { '@id': `https://school.example/${'x'.repeat(120)}/${n}` }]),
    )
    const report = await judge({ ...(await sign()), '@context': [...badgeOf(school)['@context'], wide] }, key())
    expect(report.outcome !== 'valid' && report.because).toEqual(['format.too_large'])
  })
})
