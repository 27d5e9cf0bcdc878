// Nothing misspelt goes through: a walk over what `badgewright` exports, and every option of what takes options.
import { describe, expect, test } from 'vitest'
import * as index from '../../src/entries/index.js'
import { anyIssuer, noChallenge, type SignOptions, UsageError, type VerifyOptions } from '../../src/entries/index.js'
import { renderBadge, renderBadgeSvg, renderCertificate } from '../../src/entries/render.js'
import { memoryStores } from '../../src/entries/store/memory.js'
import { KEYS } from '../keys/vectors.js'
import { singleCredentials } from '../store/single.js'

const signer = await index.createSigner({ key: KEYS.EdDSA })
const profile = { id: 'did:web:school.example', type: ['Profile'], name: 'School' } as const
const achievement = index.createAchievement({
  id: 'urn:uuid:5d0c9d6a-8d43-4c8b-a0b1-3c2f9e0f1a11',
  name: 'Knots',
  description: 'Ties knots.',
  criteria: { narrative: 'Ties ten.' },
})
const credential = index.createCredential({
  issuer: { ...profile, id: signer.verificationMethod.split('#')[0] as string },
  credentialSubject: { id: 'did:example:ada', achievement },
})
const signed = await index.signCredential(credential, { signer })
const trust: VerifyOptions = { trustedIssuers: anyIssuer }
const stores = memoryStores()
const status = { store: stores.status, listUrl: (id: string) => `https://a.example/${id}` }
const issuer = index.createIssuer({
  profile: credential.issuer as never,
  signer,
  status: { ...status, purposes: ['revocation', 'suspension'] },
  credentials: stores.credentials,
})
const award = { id: 'award-1', achievement, recipient: { id: 'did:example:ada' } }
const verifier = index.createVerifier(trust)
const signing: SignOptions = { signer }
const suites = [{ names: ['none'], algorithms: [], prepare: () => undefined, verify: () => [] }]

/** How each function is asked with these options, and right ones, of which each name is misspelt once. */
type Asked = readonly [call: (options: never) => unknown, right: object]
const TAKES_OPTIONS: Readonly<Record<string, Asked>> = {
  createVerifier: [(options) => index.createVerifier(options), all(trust)],
  verifyCredential: [(options) => index.verifyCredential('{}', options), all(trust)],
  verifyPresentation: [
    (options) => index.verifyPresentation('{}', options),
    { ...all(trust), challenge: noChallenge, domain: 'a', holder: 'subject', unsignedPresentation: true },
  ],
  'Verifier.verify': [(options) => verifier.verify('{}', options), perCall()],
  'Verifier.verifyAll': [
    (options) => drain(verifier.verifyAll(['{}'], options)),
    { ...perCall(), concurrency: 2, onProgress: () => undefined },
  ],
  'Verifier.verifyPresentation': [
    (options) => verifier.verifyPresentation('{}', options),
    { ...perCall(), challenge: 'a', domain: 'b', holder: 'subject', unsignedPresentation: true },
  ],
  signCredential: [
    (options) => index.signCredential(credential, options),
    { ...signOptions(), format: 'embedded', jwt: undefined },
  ],
  signPresentation: [
    (options) =>
      index.signPresentation(index.createPresentation({ holder: 'did:example:ada', credentials: [signed] }), options),
    signOptions(),
  ],
  createSigner: [
    (options) => index.createSigner(options),
    { key: KEYS.EdDSA, verificationMethod: 'did:web:a.example#1', publicKey: signer.publicKey },
  ],
  deriveCredential: [
    (options) => index.deriveCredential({} as never, options),
    { reveal: [], suites, loader: loader(), limits: {}, signal: new AbortController().signal },
  ],
  createIssuer: [
    (options) => index.createIssuer(options),
    {
      profile: credential.issuer,
      signer,
      suite: 'eddsa-rdfc-2022',
      legacySuite: undefined,
      format: 'embedded',
      jwt: undefined,
      status,
      credentials: stores.credentials,
      credentialId: (uuid: string) => uuid,
      refreshUrl: (id: string) => id,
      keys: undefined,
      now: () => new Date(),
      suites,
      loader: loader(),
      limits: {},
    },
  ],
  'Issuer.issueBatch': [
    (options) => drain(issuer.issueBatch([award], options)),
    {
      as: 'text',
      concurrency: 1,
      after: 'award-1',
      signal: new AbortController().signal,
      onProgress: () => undefined,
    },
  ],
  'Issuer.revoke': [(change) => issuer.revoke('urn:x', change), { reason: 'why', by: 'whom' }],
  'Issuer.suspend': [(change) => issuer.suspend('urn:x', change), { reason: 'why', by: 'whom' }],
  'Issuer.reinstate': [(change) => issuer.reinstate('urn:x', change), { reason: 'why', by: 'whom' }],
  'Issuer.renew': [(change) => issuer.renew('urn:x', change), { reason: 'why', by: 'whom', validUntil: new Date() }],
  'Issuer.setStatus': [
    (change) => issuer.setStatus('urn:x', change),
    { reason: 'why', by: 'whom', purpose: 'message', value: 1 },
  ],
  bakeImage: [(options) => index.bakeImage(new Uint8Array(), '{}' as never, options), { existing: 'replace' }],
  createLoader: [
    (options) => index.createLoader(options),
    { fetch, timeoutMs: 1, maxRedirects: 1, allowHosts: [], allowPrivateAddresses: index.insecureNetwork },
  ],
}

/** What takes no options: documents, keys and algorithms are judged by what reads them. */
const TAKES_NONE = [
  'createAchievement createCredential createEndorsement createEvaluation createPresentation parseCredential',
  'parseEndorsement',
  'parsePresentation parseProfile parseVerifiableCredential upgradeAssertion languageMap statusEntries isSameCredential',
  'newerCredential generateKey importPrivateKey importPublicKey thumbprint didDocument jwks createKeySet decide isRetryable explain',
  'decodeCredential unbakeImage unbakeAssertion',
  'DefectError OpenBadgeError ParseError ResolutionError SigningError StoreError UsageError',
].flatMap((line) => line.split(' '))

/** Given the client of a service, which may have members of its own: each that is needed is asked for by its name. */
const TAKES_A_CLIENT = ['digestSigner']

test('every exported function is one or the other', () => {
  const functions = Object.entries(index).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []))
  const told = [...Object.keys(TAKES_OPTIONS).filter((name) => !name.includes('.')), ...TAKES_NONE, ...TAKES_A_CLIENT]
  expect(functions.sort()).toEqual(told.sort())
})

describe.each(Object.entries(TAKES_OPTIONS))('%s', (_name, [call, right]) => {
  test.each(Object.keys(right))('refuses "%s" misspelt, and says what was meant', async (name) => {
    const misspelt = name.slice(0, -2) + name.slice(-1)
    const { [name as never]: value, ...others } = right as Readonly<Record<string, unknown>>
    const error = await errorOf(() => call({ ...others, [misspelt]: value ?? 1 } as never))
    expect(error).toBeInstanceOf(UsageError)
    // What must be there may be missed first.
    expect(error.message).toMatch(new RegExp(`"${misspelt}" is no option: did you mean "|"${name}" is missing`))
  })
  test('refuses what is no object of options', async () => {
    for (const options of [null, 1, 'x', [], true, Symbol('s')])
      expect(await errorOf(() => call(options as never))).toBeInstanceOf(UsageError)
  })
  test.each(Object.keys(right))('refuses "%s" of a kind that it is not', async (name) => {
    const error = await errorOf(() => call({ ...right, [name]: Symbol('another') } as never))
    expect(error).toBeInstanceOf(UsageError)
  })
})

test.each([
  ['a text', 'ada@school.example'],
  ['a number', 1],
  ['null', null],
  ['nobody', []],
  ['one with a hole', [undefined]],
  ['a type that no one has', { type: 'email', value: 'ada@school.example' }],
  ['no value', { type: 'emailAddress' }],
  ['a misspelt value', { type: 'emailAddress', valeu: 'x' }],
  ['another shape', { email: 'x' }],
])('"recipient" is %s', async (_what, recipient) => {
  for (const call of [
    () => index.verifyCredential('{}', { ...trust, recipient } as never),
    () => verifier.verify('{}', { recipient } as never),
  ]) {
    const error = await errorOf(call)
    expect(error).toMatchObject({ code: 'usage.invalid_option' })
    expect(error.message).toContain('recipient')
  }
})
test('a type of identifier in other words is told by its name', async () => {
  const error = await errorOf(() => verifier.verify('{}', { recipient: { type: 'email', value: 'x' } as never }))
  expect(error.message).toContain('did you mean "emailAddress"?')
})
test('digestSigner misses each member that is misspelt', async () => {
  const { publicKey } = await index.createSigner({ key: KEYS.ES256 })
  const right = {
    algorithm: 'ES256',
    publicKey,
    verificationMethod: 'did:web:a.example#1',
    signDigest: async () => new Uint8Array(64),
    encoding: 'raw',
  }
  expect(index.digestSigner({ ...right, own: 'member' } as never).algorithm).toBe('ES256')
  for (const name of Object.keys(right)) {
    const { [name as never]: value, ...others } = right as Readonly<Record<string, unknown>>
    const error = await errorOf(() => index.digestSigner({ ...others, [`${name}s`]: value } as never))
    expect(error).toBeInstanceOf(UsageError)
    expect(error.message).toContain(`"${name}"`)
  }
  for (const none of [null, undefined, 1, 'x', []])
    expect(await errorOf(() => index.digestSigner(none as never))).toBeInstanceOf(UsageError)
})
describe('an award', () => {
  const right = {
    ...award,
    validFrom: new Date(),
    validUntil: new Date(Date.now() + 1e9),
    result: [],
    evidence: [],
    narrative: 'Tied ten.',
    extensions: {},
    by: 'clerk 7',
  }
  test.each(Object.keys(right))('with "%s" misspelt is not signed', async (name) => {
    const misspelt = `${name}z`
    const { [name as never]: value, ...others } = right as Readonly<Record<string, unknown>>
    const wrong = { ...others, [misspelt]: value }
    expect(await errorOf(() => issuer.issue(wrong as never))).toMatchObject({
      code: 'usage.invalid_award',
      message: `"${misspelt}" is no member of an award: did you mean "${name}"?`,
    })
    const results = await collect(issuer.issueBatch([{ ...wrong, id: 'a', [misspelt]: value }] as never))
    expect(results.map(({ error }) => error?.code)).toEqual(['usage.invalid_award'])
  })
  test.each(Object.keys(right))('with "%s" of a kind that it is not is not signed', async (name) => {
    const error = await errorOf(() =>
      issuer.issue({ ...right, id: `kind-${name}`, [name]: Symbol('another') } as never),
    )
    expect(error).toBeInstanceOf(index.OpenBadgeError)
  })
  test.each([{ id: 'did:example:a', hashed: true }, { email: 'a@b.example', hashd: false }, { emial: 'a@b.example' }])(
    'whose recipient is %j is not signed',
    async (recipient) => {
      const error = await errorOf(() => issuer.issue({ ...right, id: 'recipient', recipient } as never))
      expect(error).toMatchObject({ code: 'usage.invalid_award', message: expect.stringContaining('recipient') })
    },
  )
  test('other names of a member are told', async () => {
    const error = await errorOf(() => issuer.issue({ ...award, id: 'x', expires: new Date() } as never))
    expect(error.message).toContain('did you mean "validUntil"?')
  })
})
test('the stores of an issuer are told where they go', async () => {
  const error = await errorOf(() => index.createIssuer({ profile: credential.issuer, signer, stores } as never))
  expect(error.message).toContain('"credentials": stores.credentials')
})
test('a status of an issuer is misspelt', async () => {
  const given = { profile: credential.issuer, signer, status: { ...status, purpose: ['suspension'] } }
  expect((await errorOf(() => index.createIssuer(given as never))).message).toContain('did you mean "purposes"?')
})
test('a change that is a text is not lost', async () => {
  await issuer.issue({ ...award, id: 'to-revoke' })
  const record = () => singleCredentials(stores.credentials).get({ awardId: 'to-revoke' })
  const { credentialId = '' } = (await record()) ?? {}
  expect(credentialId).not.toBe('')
  expect(await errorOf(() => issuer.revoke(credentialId, 'because' as never))).toMatchObject({
    code: 'usage.invalid_option',
  })
  expect((await record())?.events).toEqual([])
})
test.each([undefined, null, 1, 'x', award])('%j is no batch', async (awards) => {
  const error = await errorOf(() => drain(issuer.issueBatch(awards as never)))
  expect(error).toMatchObject({ code: 'usage.invalid_option' })
})
test.each([undefined, null, 1, 'x', {}, [], signed])(
  'what is no report is neither explained nor drawn: %#',
  async (given) => {
    for (const read of [index.explain, renderBadge, renderBadgeSvg, renderCertificate])
      expect(await errorOf(() => read(given as never))).toMatchObject({ code: 'usage.invalid_option' })
  },
)
test('a report that lacks its checks is not explained', async () => {
  for (const given of [
    { outcome: 'valid', checks: {} },
    { outcome: 'VALID', checks: {} },
  ])
    expect(await errorOf(() => index.explain(given as never))).toMatchObject({ code: 'usage.invalid_option' })
})
test.each<[string, () => unknown]>([
  ['signCredential(c)', () => index.signCredential(credential, undefined as never)],
  ['signPresentation(p)', () => index.signPresentation(signed as never, undefined as never)],
  ['verifyCredential(c)', () => index.verifyCredential(signed, undefined as never)],
  ['verifyPresentation(p)', () => index.verifyPresentation(signed, undefined as never)],
  ['deriveCredential(c)', () => index.deriveCredential(signed as never, undefined as never)],
  ['createVerifier()', () => index.createVerifier(undefined as never)],
  ['createIssuer()', () => index.createIssuer(undefined as never)],
  ['createSigner()', () => index.createSigner(undefined as never)],
  ['digestSigner()', () => index.digestSigner(undefined as never)],
  ['signCredential(options, c)', () => index.signCredential({ signer } as never, credential as never)],
  ['verifyCredential(options, c)', () => index.verifyCredential(trust, signed as never)],
  ['generateKey("Ed25519")', () => index.generateKey('Ed25519' as never)],
  ['issue()', () => issuer.issue(undefined as never)],
  ['renew(id)', () => issuer.renew('urn:x', undefined as never)],
  ['setStatus(id)', () => issuer.setStatus('urn:x', undefined as never)],
])("%s is the caller's mistake", async (_call, call) => {
  expect(await errorOf(call)).toBeInstanceOf(UsageError)
})
test('a JWK instead of options is told where it goes', async () => {
  expect((await errorOf(() => index.createSigner(KEYS.EdDSA as never))).message).toContain('{ key: jwk }')
})
test('concurrency 0 would verify nothing, and say nothing', async () => {
  const error = await errorOf(() => drain(verifier.verifyAll(['{}'], { concurrency: 0 })))
  expect(error.message).toContain('"concurrency" is a whole number of at least 1')
})

function loader() {
  return { load: () => Promise.reject(new Error('nothing is loaded')) }
}
function perCall() {
  return { now: new Date(), recipient: { id: 'did:example:ada' }, signal: new AbortController().signal }
}
function all(base: VerifyOptions) {
  return {
    ...base,
    ...perCall(),
    trustedEndorsers: [],
    accept: 'open-badge',
    policy: {},
    suites,
    resolvers: [],
    statusMethods: [],
    loader: loader(),
    cache: new Map(),
    limits: {},
    clockSkewSeconds: 1,
    refresh: false,
  }
}
function signOptions() {
  return {
    ...signing,
    suite: 'eddsa-rdfc-2022',
    legacySuite: undefined,
    now: new Date(),
    proof: {},
    suites,
    loader: loader(),
    limits: {},
    signal: new AbortController().signal,
  }
}
async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream);
}
async function collect<Item>(stream: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of stream) items.push(item)
  return items
}
async function errorOf(call: () => unknown): Promise<Error> {
  try {
    await call()
  } catch (error) {
    return error as Error
  }
  return new Error('nothing was refused')
}
