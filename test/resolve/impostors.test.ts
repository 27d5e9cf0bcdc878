/**
 * What can somebody who controls one host, one path or one key do to another issuer's identity? Whole verifications: nothing
 * here may come out valid. Each attack names what it tries.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import {
  createVerifier,
  type FailedReport,
  type KeyResolver,
  type Signer,
  type VerificationReport,
  type VerifyOptions,
} from '../../src/entries/index.js'
import { signEmbedded, signJwt } from '../../src/issue/sign-credential.js'
import { publicJwk } from '../../src/keys/jwk.js'
import { encodePublicMultikey } from '../../src/keys/multikey.js'
import { defaultResolvers } from '../../src/resolve/default-resolvers.js'
import { givenKeys } from '../../src/resolve/given-keys.js'
import { selfAssertedKeys } from '../../src/resolve/self-asserted-keys.js'
import { badge, issuerOf, NOW, signerOf, signSettings } from '../issue/badge.js'
import { DID_KEY_NIST, KEYS } from '../keys/vectors.js'
import { encodePart } from '../proof/make-jws.js'
import { fakeLoader } from './fake-loader.js'

/** The good one holds the Ed25519 key, the attacker the P-256 key. */
const GOOD = KEYS.EdDSA
const EVIL = KEYS.ES256
const multikey = (key: typeof GOOD | typeof EVIL) => encodePublicMultikey(publicJwk(key) as never)
const DID = 'did:web:school.example'
const HTTPS = 'https://school.example/issuer'
const HOST = 'https://school.example'
const EVIL_DID = 'did:web:evil.example'
const EVIL_HTTPS = 'https://evil.example/issuer'
const method = (id: string, controller: string, key: typeof GOOD | typeof EVIL) => ({
  id,
  type: 'Multikey',
  controller,
  publicKeyMultibase: multikey(key),
})
const documentOf = (
  id: string,
  methods: readonly object[],
  listed: readonly unknown[] = methods.map((one) => (one as { id: string }).id),
) => ({
  id,
  verificationMethod: methods,
  assertionMethod: listed,
})

/** What the school publishes. The attacker cannot change this. */
const SCHOOL = {
  'https://school.example/.well-known/did.json': documentOf(DID, [method(`${DID}#key-1`, DID, GOOD)]),
  [HTTPS]: documentOf(HTTPS, [method(`${HTTPS}#key-1`, HTTPS, GOOD)]),
  'https://school.example/.well-known/jwks.json': { keys: [{ ...publicJwk(GOOD), kid: 'key-1' }] },
}

/** A signature by whoever, over whatever: the issuing functions would refuse most of these. */
function forger(key: typeof GOOD | typeof EVIL, verificationMethod: string): Promise<Signer> {
  return signerOf(key, verificationMethod)
}
async function forge(
  issuer: string,
  verificationMethod: string,
  key: typeof GOOD | typeof EVIL = EVIL,
): Promise<object> {
  const signer = await forger(key, verificationMethod)
  // Signs for its own controller first, then the issuer is put in and the document signed by hand.
  const { suites, context } = signSettings({ signer })
  const document = badge({ issuer: { id: issuer, type: ['Profile'] } })
  const suite = suites.find(({ algorithms }) => algorithms.includes(signer.algorithm))
  const prepared = await suite?.prepare(
    document,
    {
      verificationMethod,
      purpose: 'assertionMethod',
      created: new Date('2030-01-01T00:00:00Z'),
      algorithm: signer.algorithm,
    },
    context,
  )
  return prepared?.complete(await signer.sign(prepared.data)) as object
}
async function forgeJwt(
  issuer: string,
  header: object,
  key: typeof GOOD | typeof EVIL = EVIL,
  claims: object = {},
): Promise<string> {
  const signer = await forger(key, 'https://unused.example')
  const payload = { ...badge({ issuer: { id: issuer, type: ['Profile'] } }), iss: issuer, ...claims }
  const input = `${encodePart({ alg: signer.algorithm, typ: 'JWT', ...header })}.${encodePart(payload)}`
  return `${input}.${Buffer.from(await signer.sign(new TextEncoder().encode(input))).toString('base64url')}`
}

const verifierOf = (documents: Record<string, unknown>, options: Partial<VerifyOptions> = {}) =>
  createVerifier({
    trustedIssuers: [DID, HTTPS, HOST, issuerOf(GOOD)],
    loader: fakeLoader({ ...documents, ...SCHOOL }),
    now: NOW,
    ...options,
  })
const verify = (
  input: string | object,
  documents: Record<string, unknown> = {},
  options: Partial<VerifyOptions> = {},
) => verifierOf(documents, options).verify(input, { now: NOW })
const outcome = (report: VerificationReport) =>
  report.outcome === 'valid' ? 'valid' : ((report as FailedReport).because[0] as string)

test("the school's own badges are valid: the attacks fail for their own reasons", async () => {
  for (const [issuer, key] of [
    [DID, `${DID}#key-1`],
    [DID, DID],
    [HTTPS, `${HTTPS}#key-1`],
    [issuerOf(GOOD), issuerOf(GOOD)],
  ] as const) {
    expect(outcome(await verify(await forge(issuer, key, GOOD)))).toBe('valid')
  }
  expect(outcome(await verify(await forgeJwt(HOST, { kid: 'key-1' }, GOOD)))).toBe('valid')
  expect(outcome(await verify(await forgeJwt(DID, { kid: 'key-1' }, GOOD)))).toBe('valid')
})

describe('a document at another host', () => {
  const lying = method(`${EVIL_DID}#key-1`, DID, EVIL)
  test('did:web: its key names the school as controller, and it lists the key itself', async () => {
    const documents = { 'https://evil.example/.well-known/did.json': documentOf(EVIL_DID, [lying]) }
    expect(outcome(await verify(await forge(DID, lying.id), documents))).toBe('key.not_issuer')
  })

  test('did:web, bare: its only key has an id of the school', async () => {
    const documents = {
      'https://evil.example/.well-known/did.json': documentOf(EVIL_DID, [method(`${DID}#key-1`, DID, EVIL)]),
    }
    expect(outcome(await verify(await forge(DID, EVIL_DID), documents))).toBe('key.not_issuer')
  })

  test("did:web: says it is the school's", async () => {
    const documents = {
      'https://evil.example/.well-known/did.json': documentOf(DID, [method(`${DID}#key-1`, DID, EVIL)]),
    }
    expect(outcome(await verify(await forge(DID, lying.id), documents))).toBe('key.not_issuer')
  })

  test.each([DID, HTTPS, HOST, issuerOf(GOOD)])('https: its key names %s as controller', async (victim) => {
    const id = `${EVIL_HTTPS}#key-1`
    const documents = { [EVIL_HTTPS]: documentOf(EVIL_HTTPS, [method(id, victim, EVIL)]) }
    expect(outcome(await verify(await forge(victim, id), documents))).toBe('key.not_issuer')
  })

  test('https: a key with a document of its own names the school as controller, which does not list it', async () => {
    const id = 'https://evil.example/key'
    expect(outcome(await verify(await forge(HTTPS, id), { [id]: method(id, HTTPS, EVIL) }))).toBe('key.not_authorized')
    expect(outcome(await verify(await forge(DID, id), { [id]: method(id, DID, EVIL) }))).toBe('key.not_authorized')
  })

  test('https: a JWK, a JWKS that the school does not list', async () => {
    const id = 'https://evil.example/key.jwk'
    expect(outcome(await verify(await forgeJwt(HTTPS, { kid: id }), { [id]: publicJwk(EVIL) }))).toBe('key.not_found')
    const set = 'https://evil.example/.well-known/jwks.json'
    const documents = { [set]: { iss: HTTPS, keys: [{ ...publicJwk(EVIL), kid: 'key-1' }] } }
    expect(outcome(await verify(await forgeJwt(HTTPS, { kid: `${set}#key-1` }), documents))).toBe('key.not_found')
  })
})

describe('a key of its own', () => {
  test.each(['did:key', 'did:jwk'])("%s under the school's name", async (kind) => {
    const id =
      kind === 'did:key'
        ? `${issuerOf(EVIL)}#${multikey(EVIL)}`
        : `did:jwk:${Buffer.from(JSON.stringify(publicJwk(EVIL))).toString('base64url')}#0`
    for (const victim of [DID, HTTPS, HOST, issuerOf(GOOD)]) {
      expect(outcome(await verify(await forge(victim, id)))).toBe('key.not_issuer')
      expect(outcome(await verify(await forgeJwt(victim, { kid: id })))).toBe('key.not_issuer')
    }
  })

  test("in the name of the school's key: the signature does not fit", async () => {
    expect(outcome(await verify(await forge(DID, `${DID}#key-1`)))).toBe('key.unusable') // P-256 under an Ed25519 suite
    expect(outcome(await verify(await forgeJwt(DID, { kid: 'key-1' })))).toBe('proof.mismatch')
  })

  test("in the fragment of the school's did:key", async () => {
    expect(outcome(await verify(await forge(issuerOf(GOOD), `${issuerOf(GOOD)}#${multikey(EVIL)}`)))).toBe(
      'key.not_found',
    )
  })

  test('in the header jwk: the defaults do not take it', async () => {
    for (const victim of [DID, HTTPS, issuerOf(GOOD)]) {
      const report = await verify(await forgeJwt(victim, { jwk: publicJwk(EVIL) }))
      expect(report.outcome).not.toBe('valid')
    }
  })
})

describe("with selfAssertedKeys() the attacker's badge verifies, and never counts as the school's", () => {
  const resolvers = (order: 'first' | 'last'): KeyResolver[] =>
    order === 'first' ? [selfAssertedKeys(), ...defaultResolvers()] : [...defaultResolvers(), selfAssertedKeys()]
  test.each(['first', 'last'] as const)('%s in the list', async (order) => {
    const options = { resolvers: resolvers(order) }
    const jwt = await verify(await forgeJwt(HTTPS, { jwk: publicJwk(EVIL) }), {}, options)
    expect(jwt.outcome).toBe('indeterminate')
    expect((jwt as FailedReport).because).toContain('issuer.unauthenticated')
    const embedded = await verify(await forge(HTTPS, `${HTTPS}#${multikey(EVIL)}`), {}, options)
    expect((embedded as FailedReport).because).toContain('issuer.unauthenticated')
  })
})

describe('a neighbour on the same host', () => {
  const NEIGHBOUR = 'did:web:school.example:users:mallory'
  test("serves a document with the host's DID", async () => {
    const documents = {
      'https://school.example/users/mallory/did.json': documentOf(DID, [method(`${DID}#key-1`, DID, EVIL)]),
    }
    expect(outcome(await verify(await forge(DID, `${NEIGHBOUR}#key-1`), documents))).toBe('key.not_issuer')
  })

  test("climbs up to the host's document", async () => {
    for (const did of [
      'did:web:school.example:users:..',
      'did:web:school.example:%2e%2e',
      'did:web:school.example%2F..',
    ]) {
      expect((await verify(await forge(DID, `${did}#key-1`))).outcome).toBe('invalid')
    }
  })

  test("is named by the host's JWKS only where that says so", async () => {
    const path = 'https://school.example/users/mallory'
    const report = await verify(await forgeJwt(path, { kid: 'key-1' }, GOOD), {}, { trustedIssuers: [path] })
    expect(outcome(report)).toBe('key.not_issuer')
  })

  test("serves the key document of the school's issuer, at its own path", async () => {
    const id = 'https://school.example/users/mallory/key'
    expect(outcome(await verify(await forge(HTTPS, id), { [id]: method(id, HTTPS, EVIL) }))).toBe('key.not_authorized')
  })
})

describe('what was loaded before', () => {
  test("an attacker's badge leaves nothing in the cache that helps the next one", async () => {
    const lying = method(`${EVIL_DID}#key-1`, DID, EVIL)
    const verifier = verifierOf({
      'https://evil.example/.well-known/did.json': documentOf(EVIL_DID, [lying, method(`${DID}#key-1`, DID, EVIL)]),
      [EVIL_HTTPS]: documentOf(HTTPS, [method(`${HTTPS}#key-1`, HTTPS, EVIL)]),
    })
    const badges = [
      await forge(DID, lying.id),
      await forge(DID, `${EVIL_DID}`),
      await forge(HTTPS, `${EVIL_HTTPS}#key-1`),
      await forge(DID, `${DID}#key-1`),
      await forgeJwt(HOST, { kid: 'key-1' }),
    ]
    for (let round = 0; round < 2; round++) {
      for (const input of badges) expect((await verifier.verify(input, { now: NOW })).outcome).toBe('invalid')
      expect((await verifier.verify(await forge(DID, `${DID}#key-1`, GOOD), { now: NOW })).outcome).toBe('valid')
    }
  })
})

describe('given keys', () => {
  test("a partner's key does not speak for the school", async () => {
    const partner = 'did:web:partner.example'
    const options = { resolvers: [givenKeys([method(`${partner}#key-1`, partner, EVIL)]), ...defaultResolvers()] }
    expect(outcome(await verify(await forge(DID, `${partner}#key-1`), {}, options))).toBe('key.not_issuer')
    expect(outcome(await verify(await forgeJwt(DID, { kid: 'key-1' }), {}, options))).toBe('proof.mismatch')
    // And the school's own badge, whose key has the same short name, is still found.
    expect(outcome(await verify(await forgeJwt(DID, { kid: 'key-1' }, GOOD), {}, options))).toBe('valid')
    const jwk = { resolvers: [givenKeys([{ ...publicJwk(EVIL), kid: `${partner}#key-1` }]), ...defaultResolvers()] }
    expect(outcome(await verify(await forgeJwt(DID, { kid: `${partner}#key-1` }), {}, jwk))).toBe('key.not_issuer')
  })
})

describe('claims of the JWT', () => {
  test('iss says the school, the credential says the attacker, and the other way round', async () => {
    const evil = issuerOf(EVIL)
    const kid = `${evil}#${multikey(EVIL)}`
    expect(
      outcome(await verify(await forgeJwt(evil, { kid }, EVIL, { iss: DID }), {}, { trustedIssuers: [evil, DID] })),
    ).toBe('proof.claims_mismatch')
    expect(outcome(await verify(await forgeJwt(DID, { kid }, EVIL, { iss: evil })))).toBe('key.not_issuer')
  })
})

describe('a proof of the attacker beside one of the school', () => {
  let good: { proof: object }
  let evil: { proof: object }
  beforeAll(async () => {
    good = (await forge(DID, `${DID}#key-1`, GOOD)) as { proof: object }
    evil = (await forge(DID, issuerOf(EVIL))) as { proof: object }
  })

  test("alone it is not the issuer's; beside it changes nothing; in its place it does not pass", async () => {
    expect(outcome(await verify({ ...good, proof: [evil.proof] }))).toBe('key.not_issuer')
    expect(outcome(await verify({ ...good, proof: [good.proof, evil.proof] }))).toBe('valid')
    expect(outcome(await verify({ ...good, proof: [evil.proof, good.proof] }))).toBe('valid')
    const altered = { ...good, name: 'Something Else' }
    for (const proof of [[good.proof], [good.proof, evil.proof], [evil.proof, good.proof]]) {
      expect(outcome(await verify({ ...altered, proof }))).toBe('proof.mismatch')
    }
  })
})

test('the issuing functions refuse what no verifier would accept', async () => {
  for (const verificationMethod of [`${EVIL_DID}#key-1`, issuerOf(EVIL), 'https://evil.example/key']) {
    const settings = signSettings({ signer: await forger(EVIL, verificationMethod) })
    const document = badge({ issuer: { id: DID, type: ['Profile'] } })
    await expect(signEmbedded(document, settings)).rejects.toMatchObject({ code: 'usage.signer_not_issuer' })
    await expect(signJwt(document, settings)).rejects.toMatchObject({ code: 'usage.signer_not_issuer' })
  }
  expect(Object.keys(DID_KEY_NIST)).not.toContain(issuerOf(EVIL))
})
