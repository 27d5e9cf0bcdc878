// Nothing misspelt goes through: a walk over what `badgewright` exports. See index-options.test.ts for methods, and for what is said.
import * as index from '../../src/entries/index.js'
import { memoryStores } from '../../src/entries/store/memory.js'
import { defaultSuites } from '../../src/entries/suites.js'
import { reportOf } from '../competency/reports.js'
import { KEYS } from '../keys/vectors.js'
import { drawBadge } from '../render/samples.js'
import { selective } from '../wallet/kit.js'
import { complete, walkEntry } from './walk.js'

const signer = await index.createSigner({ key: KEYS.EdDSA })
const did = signer.verificationMethod.split('#')[0] as string
const { achievement, credential, endorsement } = {
  achievement: {
    id: 'urn:uuid:5d0c9d6a-8d43-4c8b-a0b1-3c2f9e0f1a11',
    name: 'Knots',
    description: 'Ties knots.',
    criteria: { narrative: 'Ties ten.' },
    alignment: [{ targetName: 'Knots', targetUrl: 'https://a.example/knots' }],
  },
  get credential() {
    return {
      id: 'urn:uuid:5d0c9d6a-8d43-4c8b-a0b1-3c2f9e0f1a12',
      issuer: { id: did, name: 'School' },
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject: { id: 'did:example:ada', achievement: this.achievement },
    }
  },
  endorsement: {
    name: 'Praise',
    issuer: { id: did, name: 'School' },
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: { id: 'https://a.example/', endorsementComment: 'Good.' },
  },
}
const badge = index.createCredential(credential as never)
const signed = await index.signCredential(badge, { signer })
const endorsed = index.createEndorsement(endorsement as never)
const presentation = index.createPresentation({ holder: did, credentials: [signed] })
const { secured: base } = await selective()
const image = drawBadge(8)
const baked = await index.bakeImage(image, signed)
const stores = memoryStores()
const { signal } = new AbortController()
const loader = {
  load: () => Promise.reject(new index.ResolutionError('resolve.unreachable', 'https://a.example/', 'none')),
}
const limits = index.defaultLimits
const suites = defaultSuites()
const now = new Date('2026-06-01T12:00:00Z')
const perCall = { now, recipient: { id: 'did:example:ada' }, signal }
const verifying = complete<index.VerifyOptions>({
  ...perCall,
  trustedIssuers: [did],
  trustedEndorsers: [did],
  accept: 'open-badge',
  policy: { refresh: 'report-only' },
  suites,
  resolvers: [(await import('../../src/entries/resolvers.js')).didKeyResolver()],
  statusMethods: [],
  loader,
  cache: new Map(),
  limits,
  clockSkewSeconds: 1,
  timeoutMs: 30_000,
  refresh: false,
})
const signing = complete<index.SignOptions>({
  signer,
  suite: 'eddsa-rdfc-2022',
  legacySuite: undefined,
  now,
  proof: { challenge: 'c', domain: 'd' },
  suites,
  loader,
  limits,
  signal,
})
const keys = [
  { id: `${did}#1`, publicKey: signer.publicKey, state: 'active', expires: new Date('2040-01-01') },
] as const
const { publicKey: other } = await index.createSigner({ key: await index.generateKey() })
const keySet = index.createKeySet({ id: did, keys })
const ob2 = {
  '@context': 'https://w3id.org/openbadges/v2',
  type: 'Assertion',
  id: 'https://a.example/assertion',
  recipient: { type: 'email', hashed: false, identity: 'ada@school.example' },
  badge: {
    type: 'BadgeClass',
    id: 'https://a.example/badge',
    name: 'Knots',
    description: 'Ties knots.',
    criteria: 'https://a.example/criteria',
    issuer: { type: 'Issuer', id: did, name: 'School', url: 'https://a.example' },
  },
  issuedOn: '2026-01-01T00:00:00Z',
  verification: { type: 'hosted' },
}

walkEntry(
  index,
  {
    deriveCredential: {
      call: index.deriveCredential,
      right: [
        base,
        complete<index.DeriveOptions>({ reveal: ['/credentialSubject/result/0'], suites, loader, limits, signal }),
      ],
      options: 1,
    },
    bakeImage: {
      call: index.bakeImage,
      right: [image, signed, complete<index.BakeOptions>({ existing: 'replace' })],
      options: 2,
    },
    decodeCredential: { call: index.decodeCredential, right: [signed] },
    unbakeAssertion: { call: async (given) => index.unbakeAssertion(given).catch(onlyEmpty), right: [baked] },
    unbakeImage: { call: index.unbakeImage, right: [baked] },
    createIssuer: {
      call: index.createIssuer,
      right: [
        complete<index.IssuerOptions>({
          profile: { id: did, type: ['Profile'], name: 'School' },
          signer,
          suite: 'eddsa-rdfc-2022',
          legacySuite: undefined,
          format: 'embedded',
          jwt: undefined,
          status: { store: stores.status, listUrl: (id: string) => `https://a.example/${id}` },
          credentials: stores.credentials,
          awards: stores.awards,
          persons: { secret: new Uint8Array(32), keyId: '1' },
          credentialId: (uuid: string) => `urn:uuid:${uuid}`,
          refreshUrl: (id: string) => id,
          keys: undefined,
          now: () => now,
          suites,
          loader,
          limits,
        }),
      ],
      options: 0,
    },
    createSigner: {
      call: index.createSigner,
      right: [
        complete<index.SignerOptions>({
          key: KEYS.EdDSA,
          verificationMethod: 'did:web:a.example#1',
          publicKey: signer.publicKey,
        }),
      ],
      options: 0,
    },
    digestSigner: {
      call: index.digestSigner,
      right: [
        {
          algorithm: 'ES256',
          publicKey: (await index.createSigner({ key: KEYS.ES256 })).publicKey,
          verificationMethod: 'did:web:a.example#1',
          signDigest: async () => new Uint8Array(64),
          encoding: 'raw',
        },
      ],
    },
    generateKey: { call: index.generateKey, right: ['EdDSA'] },
    importPrivateKey: { call: index.importPrivateKey, right: [KEYS.EdDSA] },
    importPublicKey: { call: index.importPublicKey, right: [signer.publicKey] },
    createAchievement: { call: index.createAchievement, right: [achievement] },
    createCredential: { call: index.createCredential, right: [credential] },
    createEvaluation: {
      call: index.createEvaluation,
      right: [
        complete<index.EvaluationInput>({
          badge: index.createCredential(credential as never),
          evaluator: 'did:example:school',
          outcome: 'confirmed',
          levels: [],
          comment: 'Seen.',
          id: 'urn:x:e',
          validFrom: '2030-01-01T00:00:00Z',
          validUntil: undefined,
          credentialStatus: undefined,
          evidence: undefined,
        }),
      ],
      options: 0,
    },
    createEndorsement: { call: index.createEndorsement, right: [endorsement] },
    upgradeAssertion: { call: index.upgradeAssertion, right: [ob2, ob2.badge, ob2.badge.issuer] },
    createPresentation: {
      call: index.createPresentation,
      right: [{ holder: did, credentials: [signed], id: 'urn:x:p' }],
    },
    signCredential: { call: index.signCredential, right: [badge, { ...signing, format: 'embedded' }], options: 1 },
    signPresentation: { call: index.signPresentation, right: [presentation, signing], options: 1 },
    createVerifier: { call: index.createVerifier, right: [verifying], options: 0 },
    verifyCredential: { call: index.verifyCredential, right: [signed, verifying], options: 1 },
    verifyPresentation: {
      call: index.verifyPresentation,
      right: [
        presentation,
        { ...verifying, challenge: 'c', domain: 'd', holder: 'subject', unsignedPresentation: true },
      ],
      options: 1,
    },
    didDocument: {
      call: index.didDocument,
      right: [
        complete<index.DidDocumentOptions>({
          id: did,
          keys,
          services: [{ id: `${did}#s`, type: 'S', serviceEndpoint: 'https://a.example' }],
        }),
      ],
      options: 0,
    },
    jwks: { call: index.jwks, right: [keys] },
    createKeySet: { call: index.createKeySet, right: [{ id: did, keys }], options: 0 },
    'KeySet.rotate': { call: keySet.rotate, right: [{ id: `${did}#2`, publicKey: other, expires: now }], options: 0 },
    'KeySet.revoke': { call: keySet.revoke, right: [`${did}#1`, now] },
    'KeySet.didDocument': { call: keySet.didDocument, right: [{ services: [] }], options: 0 },
    thumbprint: { call: index.thumbprint, right: [signer.publicKey] },
    isSameCredential: { call: index.isSameCredential, right: [badge, badge] },
    newerCredential: { call: index.newerCredential, right: [badge, badge] },
    statusEntries: { call: index.statusEntries, right: [badge] },
    parseCredential: { call: index.parseCredential, right: [badge] },
    parseEndorsement: { call: index.parseEndorsement, right: [endorsed] },
    parsePresentation: { call: index.parsePresentation, right: [presentation] },
    parseProfile: { call: index.parseProfile, right: [{ id: did, type: ['Profile'], name: 'School' }] },
    parseVerifiableCredential: { call: index.parseVerifiableCredential, right: [badge] },
    languageMap: { call: index.languageMap, right: [{ en: 'Knots', de: 'Knoten' }] },
    decide: { call: index.decide, right: [reportOf({}).checks, index.strictPolicy] },
    isRetryable: { call: index.isRetryable, right: ['status.unreachable'] },
    explain: { call: index.explain, right: [reportOf({})] },
    createLoader: {
      call: index.createLoader,
      right: [
        complete<index.LoaderOptions>({
          fetch,
          timeoutMs: 1,
          maxRedirects: 1,
          allowHosts: ['a.example'],
          allowPrivateAddresses: index.insecureNetwork,
        }),
      ],
      options: 0,
    },
  },
  'DefectError OpenBadgeError ParseError ResolutionError SigningError StoreError UsageError'.split(' '),
)

/** An image of a badge of today has no assertion of yesterday. */
function onlyEmpty(error: unknown): void {
  if ((error as index.ParseError).code !== 'parse.no_badge_in_image') throw error
}
