/**
 * Every code of the findings table is produced by the verifier, by the scenario that stands beside it. The type of the table
 * makes a code without a scenario a type error; a scenario whose code does not come fails its test.
 */

import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  anyHolder,
  anyIssuer,
  createEndorsement,
  createPresentation,
  type FindingCode,
  type KeyResolver,
  noChallenge,
  ResolutionError,
  signCredential,
  signPresentation,
  type VerifyOptions,
  verifyCredential,
  verifyPresentation,
} from '../../src/entries/index.js'
import { defaultResolvers, selfAssertedKeys } from '../../src/entries/resolvers.js'
import { encodeUtf8 } from '../../src/internal/bytes.js'
import { hashHex } from '../../src/platform/hash.js'
import { createBitstring, encodeBitstring, writeEntry } from '../../src/status/bitstring.js'
import { drawPng } from '../bake/make-png.js'
import { onlyProof } from '../only-proof.js'
import { late, pass } from './fake-time.js'
import { badgeOf, codesOf, type Issuer, NOW, newIssuer, signed, signRaw, TEACHER, web, withMember } from './kit.js'

const issuer = await newIssuer()
const other = await newIssuer()
const holder = await newIssuer()
const good = await signed(issuer)
const base: VerifyOptions = { trustedIssuers: anyIssuer, now: NOW, loader: web({}) }

const codes = async (input: object | string | Uint8Array, options: Partial<VerifyOptions> = {}) =>
  codesOf(await verifyCredential(input, { ...base, ...options }))
const anyCodes = async (input: object | string | Uint8Array, options: Partial<VerifyOptions> = {}) =>
  codesOf(await verifyCredential(input, { ...base, ...options, accept: 'any-credential' }))
const badgeCodes = async (overrides: Parameters<typeof signed>[1], options: Partial<VerifyOptions> = {}) =>
  codes(await signed(issuer, overrides), options)

// ── keys ──
const HTTPS = 'https://issuer.example/profile'
const webIssuer = await newIssuer('EdDSA', `${HTTPS}#key-1`)
function controller(changes: object = {}, keyChanges: object = {}) {
  const key = {
    id: `${HTTPS}#key-1`,
    type: 'JsonWebKey',
    controller: HTTPS,
    publicKeyJwk: webIssuer.signer.publicKey,
    ...keyChanges,
  }
  return {
    [HTTPS]: { id: HTTPS, verificationMethod: [key], assertionMethod: [key.id], authentication: [key.id], ...changes },
  }
}
const byWeb = async (documents: Record<string, unknown>) => codes(await signed(webIssuer), { loader: web(documents) })

// ── status ──
const LIST = 'https://issuer.example/status/1'
async function list(by: Issuer, change: { bit?: number; subject?: object; credential?: object } = {}) {
  const bits = createBitstring()
  if (change.bit !== undefined) writeEntry(bits, change.bit, 1, 1)
  return signRaw(by, {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: LIST,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: by.id,
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: {
      id: `${LIST}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: await encodeBitstring(bits),
      ...change.subject,
    },
    ...change.credential,
  })
}
const entry = (more: object = {}) => ({
  id: `${LIST}#7`,
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '7',
  statusListCredential: LIST,
  ...more,
})
const withStatus = (document: unknown, more: object = {}, options: Partial<VerifyOptions> = {}) =>
  badgeCodes(
    { credentialStatus: entry(more) },
    { loader: web(document === undefined ? {} : { [LIST]: document }), ...options },
  )

// ── refresh ──
const REFRESH = 'https://issuer.example/refresh/1'
const EXTENSIONS = { contexts: ['https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'], properties: {} }
const refreshing = { refreshService: { id: REFRESH, type: '1EdTechCredentialRefresh' }, extensions: EXTENSIONS }
const withRefresh = (document: unknown, options: Partial<VerifyOptions> = {}) =>
  badgeCodes(refreshing, { loader: web(document === undefined ? {} : { [REFRESH]: document }), ...options })

// ── endorsements ──
const endorsement = (subject: string, by: Issuer = other) =>
  signCredential(
    createEndorsement({
      name: 'A good badge',
      issuer: by.id,
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject: { id: subject },
    }),
    { signer: by.signer, now: NOW },
  )
const BADGE_ID = badgeOf(issuer).id
const withEndorsement = async (one: unknown, options: Partial<VerifyOptions> = {}) =>
  badgeCodes({ endorsement: [one as never] }, options)

// ── presentations ──
const presented = async (by: Issuer, options: object = {}, credentials: object[] = [{}]) => {
  const badges = await Promise.all(
    credentials.map((overrides) => signed(issuer, { credentialSubject: { id: holder.id }, ...overrides })),
  )
  return signPresentation(createPresentation({ holder: by.id, credentials: badges }), {
    signer: by.signer,
    now: NOW,
    proof: { challenge: 'c-1', domain: 'school.example', ...options },
  })
}
const asked = { ...base, challenge: 'c-1', domain: 'school.example' }
const vp = async (options: object = {}, verify: object = {}) =>
  codesOf(await verifyPresentation(await presented(holder, options), { ...asked, ...verify }))

const jwt = async (header: object, payload: object, signature = 'AA') =>
  `${[header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.${signature}`
const signedJwt = async (change: (payload: Record<string, unknown>) => object, header: object = {}) => {
  const { signer } = issuer
  const badge = badgeOf(issuer)
  const payload = { ...badge, iss: issuer.id, jti: badge.id, nbf: Date.parse(badge.validFrom) / 1000, sub: TEACHER }
  const input = (
    await jwt({ alg: 'EdDSA', typ: 'JWT', kid: signer.verificationMethod, ...header }, change(payload), '')
  ).slice(0, -1)
  return `${input}.${Buffer.from(await signer.sign(encodeUtf8(input))).toString('base64url')}`
}
/** A badge whose proof was made with other options than ours. */
const withOptions = async (change: object) => {
  const { canonicalJson } = await import('../../src/internal/jcs.js')
  const { encodeBase58btc } = await import('../../src/internal/base58btc.js')
  const document = badgeOf(issuer) as never as Record<string, unknown>
  const proof = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-jcs-2022',
    created: '2026-01-01T00:00:00Z',
    verificationMethod: issuer.signer.verificationMethod,
    proofPurpose: 'assertionMethod',
    ...change,
  }
  const bytes = Buffer.from(
    hashHex('SHA-256', canonicalJson(proof as never)) + hashHex('SHA-256', canonicalJson(document as never)),
    'hex',
  )
  return {
    ...document,
    proof: { ...proof, proofValue: `z${encodeBase58btc(await issuer.signer.sign(new Uint8Array(bytes)))}` },
  }
}
const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
const limitedTo = (fetches: number): Partial<VerifyOptions> => ({ limits: { fetches } })
/** Symmetric blank nodes: RDFC-1.0 has to try permutations. */
function poisoned() {
  const nodes = Array.from({ length: 9 }, (_, index) => ({
    id: `_:n${index}`,
    'https://example.org/knows': Array.from({ length: 9 }, (_, to) => ({ id: `_:n${to}` })),
  }))
  return { ...good, 'https://example.org/graph': nodes }
}
const brokenSchema = withMember(badgeOf(issuer), ['credentialSubject', 'achievement', 'name'], undefined)
const registry = (known: boolean | 'down') => ({
  name: 'A registry',
  lookup: async (id: string) => {
    if (known === 'down')
      throw new ResolutionError('resolve.unreachable', 'https://registry.example', 'the registry is down')
    return known ? { evidence: { entry: id } } : undefined
  },
})
const greedyRegistry = {
  name: 'A greedy registry',
  lookup: async (_id: string, context: { loader: { load(request: object, context: object): Promise<unknown> } }) =>
    void (await context.loader.load(
      { url: 'https://registry.example', kind: 'registry', maxBytes: 1000 },
      {},
    )) as undefined,
}

const SCENARIOS: Readonly<Record<FindingCode, () => Promise<string[]>>> = {
  'format.parsed': () => codes(good),
  'format.malformed': () => codes('{"a":'),
  'format.unsupported': () => codes('https://issuer.example/badge.json'),
  'format.no_badge_in_image': () => codes(drawPng(2, 2, () => [0, 0, 0])),
  'format.not_open_badge': () =>
    codes({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiableCredential'],
      issuer: issuer.id,
      credentialSubject: {},
    }),
  'format.too_large': () => codes(`{"a":"${'x'.repeat(2_000_000)}"}`),
  'format.too_deep': () => codes(deep(10_000)),
  'format.duplicate_member': () => codes('{"type":"a","type":"b"}'),

  'schema.conforms': () => codes(good),
  'schema.not_applicable': () =>
    anyCodes({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiableCredential'],
      issuer: issuer.id,
      credentialSubject: { id: TEACHER },
    }),
  'schema.mismatch': () => codes(brokenSchema),
  'schema.undefined_term': () => codes({ ...good, favouriteColour: 'green' }),
  'schema.declared_mismatch': () =>
    badgeCodes(
      { credentialSchema: [{ id: 'https://school.example/schema.json', type: 'JsonSchema' }] },
      { loader: web({ 'https://school.example/schema.json': { required: ['licence'] } }) },
    ),
  'schema.unknown_context': async () =>
    codes(withMember(good, ['@context', 2], 'https://nowhere.example/context.json')),
  'schema.blocked': () => codes('{'),
  'schema.limit': async () =>
    codes(withMember(good, ['@context', 2], 'https://nowhere.example/context.json'), limitedTo(0)),
  'schema.timeout': async () =>
    late('https://nowhere.example/context.json', (loader) =>
      codes(withMember(good, ['@context', 2], 'https://nowhere.example/context.json'), { loader }),
    ),
  'schema.older_context': async () =>
    codes(withMember(good, ['@context', 1], 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json')),
  'schema.outside_vocabulary': () =>
    codes(withMember(good, ['credentialSubject', 'achievement', 'achievementType'], 'Superpower')),
  'schema.shorthand': () =>
    codes(
      withMember(good, ['type'], ['VerifiableCredential', 'OpenBadgeCredential']).id
        ? withMember(good, ['credentialSubject', 'type'], 'AchievementSubject')
        : good,
    ),
  'schema.semantic': () => codes(withMember(good, ['validUntil'], '2025-01-01T00:00:00Z')),
  'schema.declared_unreachable': () =>
    badgeCodes({ credentialSchema: [{ id: 'https://school.example/schema.json', type: 'JsonSchema' }] }),

  'key.resolved': () => codes(good),
  'key.not_asked': async () =>
    codesOf(
      await verifyPresentation(createPresentation({ holder: holder.id, credentials: [good] }), {
        ...base,
        challenge: noChallenge,
        holder: anyHolder,
        unsignedPresentation: true,
      }),
    ),
  'key.not_found': () => byWeb(controller({ verificationMethod: [], assertionMethod: [] })),
  'key.not_issuer': async () => codes(await signRaw({ id: other.id, signer: other.signer }, badgeOf(issuer))),
  'key.not_authorized': () => byWeb(controller({ assertionMethod: [] })),
  'key.revoked': () => byWeb(controller({}, { revoked: '2026-05-01T00:00:00Z' })),
  'key.expired': () => byWeb(controller({}, { expires: '2026-05-01T00:00:00Z' })),
  'key.unusable': () => byWeb(controller({}, { publicKeyJwk: { ...webIssuer.signer.publicKey, use: 'enc' } })),
  'key.unreachable': () => byWeb({}),
  'key.method_unsupported': () => codes(withMember(good, ['proof', 0, 'verificationMethod'], 'did:nobody:knows#key')),
  'key.blocked': () => codes(badgeOf(issuer)),
  'key.limit': async () => codes(await signed(webIssuer), limitedTo(0)),
  'key.timeout': async () => late(HTTPS, async (loader) => codes(await signed(webIssuer), { loader })),
  'key.self_asserted': async () => {
    const multikey = issuer.id.slice('did:key:'.length)
    const self = await newIssuerWith(issuer, `${HTTPS}#${multikey}`)
    return codes(await signRaw(self, withMember(badgeOf(issuer), ['issuer', 'id'], HTTPS)), {
      resolvers: [selfAssertedKeys()],
    })
  },
  'key.other_controller': async () =>
    codes(await signRaw(other, badgeOf(issuer)), { policy: { keyBinding: 'report-only' } }),

  'proof.verified': () => codes(good),
  'proof.not_asked': () => SCENARIOS['key.not_asked'](),
  'proof.missing': () => codes(badgeOf(issuer)),
  'proof.mismatch': () => codes(withMember(good, ['credentialSubject', 'achievement', 'name'], 'Taking Feedback')),
  'proof.malformed': () => codes(withMember(good, ['proof', 0, 'proofValue'], 'z123')),
  'proof.suite_forbidden': async () => codes(await signedJwt((payload) => payload, { alg: 'none' })),
  'proof.purpose_mismatch': async () => codes(await signRaw(issuer, badgeOf(issuer), { purpose: 'authentication' })),
  'proof.claims_mismatch': async () =>
    codes(await signedJwt((payload) => ({ ...payload, sub: 'did:example:somebody-else' }))),
  'proof.expired': async () =>
    codes(await withOptions({ '@context': badgeOf(issuer)['@context'], expires: '2026-02-01T00:00:00Z' })),
  'proof.not_yet': async () =>
    codes(await withOptions({ '@context': badgeOf(issuer)['@context'], created: '2027-02-01T00:00:00Z' })),
  'proof.ambiguous_member': async () => {
    const expiring = await signed(issuer, { validUntil: '2026-03-01T00:00:00Z' })
    const { validUntil, ...rest } = expiring
    return codes({
      ...rest,
      'https://www.w3.org/2018/credentials#expirationDate': {
        '@type': 'http://www.w3.org/2001/XMLSchema#dateTime',
        '@value': validUntil,
      },
    })
  },
  'proof.not_derived': async () => {
    const owner = await newIssuer('ES256')
    return codes(await signCredential(badgeOf(owner), { signer: owner.signer, suite: 'ecdsa-sd-2023', now: NOW }))
  },
  'proof.too_complex': () => codes(poisoned(), { limits: { canonicalSteps: 50 } }),
  'proof.challenge_mismatch': () => vp({ challenge: 'c-2' }),
  'proof.domain_mismatch': () => vp({ domain: 'elsewhere.example' }),
  'proof.suite_unsupported': () => codes(withMember(good, ['proof', 0, 'cryptosuite'], 'quantum-2040')),
  'proof.blocked': () => byWeb({}),
  'proof.limit': () => SCENARIOS['schema.limit'](),
  'proof.timeout': () =>
    late('', () => {
      const [resolver] = defaultResolvers() as [KeyResolver]
      const slow: KeyResolver = {
        matches: (request) => resolver.matches(request),
        resolve: async (...call) => {
          const key = await resolver.resolve(...call)
          pass()
          return key
        },
      }
      return codes(good, { resolvers: [slow] })
    }),
  'proof.claim_absent': async () => codes(await signedJwt(({ sub, ...payload }) => payload)),
  'proof.co_signer_unresolved': async () => {
    const ours = onlyProof(good)
    return codes({ ...good, proof: [ours, { ...ours, verificationMethod: 'did:nobody:knows#key' }] })
  },

  'refresh.current': async () => withRefresh(await signed(issuer, refreshing)),
  'refresh.refreshed': async () =>
    withRefresh(await signed(issuer, { ...refreshing, validFrom: '2026-02-01T00:00:00Z' })),
  'refresh.absent': () => codes(good),
  'refresh.failed': () => withRefresh(undefined),
  'refresh.type_unsupported': () => badgeCodes({ refreshService: { id: REFRESH, type: 'https://example.org/Other' } }),
  'refresh.blocked': () => byWeb({}),
  'refresh.limit': () => withRefresh(undefined, limitedTo(0)),

  'refresh.timeout': () => late(REFRESH, (loader) => withRefresh(undefined, { loader })),

  'validity.current': () => codes(good),
  'validity.not_yet': () => badgeCodes({ validFrom: '2027-01-01T00:00:00Z' }),
  'validity.expired': () => badgeCodes({ validUntil: '2026-03-01T00:00:00Z' }),
  'validity.blocked': () => codes(brokenSchema),
  'validity.no_offset': async () => codes(withMember(good, ['validFrom'], '2026-01-01T00:00:00')),

  'status.active': async () => withStatus(await list(issuer)),
  'status.absent': () => codes(good),
  'status.revoked': async () => withStatus(await list(issuer, { bit: 7 })),
  'status.suspended': async () =>
    withStatus(await list(issuer, { bit: 7, subject: { statusPurpose: 'suspension' } }), {
      statusPurpose: 'suspension',
    }),
  'status.unreachable': () => withStatus(undefined),
  'status.list_untrusted': async () => withStatus(withMember(await list(issuer), ['issuer'], other.id)),
  'status.list_malformed': async () => withStatus(await list(issuer, { subject: { encodedList: 'u!!' } })),
  'status.list_stale': async () =>
    withStatus(await list(issuer, { credential: { validUntil: '2026-02-01T00:00:00Z' } })),
  'status.purpose_mismatch': async () => withStatus(await list(issuer, { subject: { statusPurpose: 'suspension' } })),
  'status.index_out_of_range': async () => withStatus(await list(issuer), { statusListIndex: '99999999' }),
  'status.type_unsupported': () => badgeCodes({ credentialStatus: { id: LIST, type: 'https://example.org/Other' } }),
  'status.blocked': () => byWeb({}),
  'status.limit': () => withStatus(undefined, {}, limitedTo(0)),
  'status.timeout': () => late(LIST, (loader) => withStatus(undefined, {}, { loader })),
  'status.message': async () =>
    withStatus(await list(issuer, { bit: 7, subject: { statusPurpose: 'message' } }), {
      statusPurpose: 'message',
      statusSize: 1,
      statusMessage: [
        { status: '0x0', message: 'in force' },
        { status: '0x1', message: 'under review' },
      ],
    }),
  'status.list_short': async () =>
    withStatus(
      await list(issuer, { subject: { encodedList: `u${gzipSync(new Uint8Array(12_500)).toString('base64url')}` } }),
    ),
  'status.list_other_issuer': async () => withStatus(await list(other)),
  'status.list_unsigned': async () =>
    badgeCodes(
      { credentialStatus: { id: LIST, type: '1EdTechRevocationList' }, extensions: EXTENSIONS },
      { loader: web({ [LIST]: { id: LIST, issuer: issuer.id, revokedCredential: [] } }) },
    ),

  'issuer.trusted': () => codes(good, { trustedIssuers: [issuer.id] }),
  'issuer.not_asked': () => codes(good),
  'issuer.untrusted': () => codes(good, { trustedIssuers: [other.id, registry(false)] }),
  'issuer.unauthenticated': async () =>
    codes(await signRaw(other, badgeOf(issuer)), {
      policy: { keyBinding: 'report-only' },
      trustedIssuers: [issuer.id],
    }),
  'issuer.registry_unreachable': () => codes(good, { trustedIssuers: [registry('down')] }),
  'issuer.blocked': () => codes(brokenSchema, { trustedIssuers: [issuer.id] }),
  'issuer.limit': () => codes(good, { trustedIssuers: [greedyRegistry], ...limitedTo(0) }),

  'issuer.timeout': () =>
    late('https://registry.example', (loader) => codes(good, { trustedIssuers: [greedyRegistry], loader })),

  'recipient.matched': () => codes(good, { recipient: { id: TEACHER } }),
  'recipient.not_asked': () => codes(good),
  'recipient.mismatch': () => codes(good, { recipient: { id: 'did:example:somebody' } }),
  'recipient.incomparable': () => codes(good, { recipient: { email: 'ada@example.org' } }),
  'recipient.blocked': () => codes(brokenSchema, { recipient: { id: TEACHER } }),

  'endorsements.all_valid': async () => withEndorsement(await endorsement(BADGE_ID)),
  'endorsements.absent': () => codes(good),
  'endorsements.some_invalid': async () =>
    withEndorsement(withMember(await endorsement(BADGE_ID), ['name'], 'An even better badge')),
  'endorsements.limit': async () => withEndorsement(await endorsement(BADGE_ID), { limits: { endorsements: 0 } }),
  'endorsements.timeout': async () => {
    const one = await endorsement(BADGE_ID, webIssuer)
    return late(HTTPS, (loader) => withEndorsement(one, { loader }))
  },
  'endorsements.blocked': () => byWeb({}),
  'endorsements.unrelated': async () =>
    withEndorsement(await endorsement('urn:uuid:00000000-0000-4000-8000-000000000000')),

  'holder.matched': () => vp(),
  'holder.not_asked': () => vp({}, { holder: anyHolder }),
  'holder.mismatch': async () => codesOf(await verifyPresentation(await presented(other), asked)),
  'holder.incomparable': async () => {
    const credentialSubject = { id: 'mailto:ada@school.example' }
    return codesOf(await verifyPresentation(await presented(holder, {}, [{ credentialSubject }]), asked))
  },
  'holder.blocked': async () => codesOf(await verifyPresentation('{', asked)),
  'holder.limit': () => vp({}, { limits: { endorsements: 0 } }),
  'holder.timeout': async () => {
    const waiting = await presented(holder, {}, [{ credentialStatus: entry() }, {}])
    return late(LIST, async (loader) => codesOf(await verifyPresentation(waiting, { ...asked, loader })))
  },
}

async function newIssuerWith({ signer }: Issuer, verificationMethod: string): Promise<Issuer> {
  return { id: HTTPS, signer: { ...signer, verificationMethod } }
}

describe('FINDINGS: every code has a scenario that produces it', () => {
  for (const [code, scenario] of Object.entries(SCENARIOS)) {
    test(code, async () => expect(await scenario()).toContain(code))
  }
})
