/** Documents that use every member at least once, in the strict form. @module */
import type { JsonObject } from '../../src/internal/types.js'

const CONTEXTS = ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json']

const alignment = (code: string) => ({
  type: ['Alignment'],
  targetName: `Competency ${code}`,
  targetUrl: `https://frameworks.example/items/${code}`,
  targetCode: code,
  targetDescription: 'What it is about.',
  targetFramework: 'A framework',
  targetType: 'CFItem',
})

const proof = {
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-rdfc-2022',
  created: '2030-01-31T09:00:00Z',
  proofPurpose: 'assertionMethod',
  verificationMethod: 'did:web:board.example#key-1',
  proofValue: 'z3FXQqFbvXVz',
}

export const endorsement: JsonObject = {
  '@context': CONTEXTS,
  id: 'urn:uuid:00000000-0000-4000-8000-000000000002',
  type: ['VerifiableCredential', 'EndorsementCredential'],
  name: 'A board endorses the badge',
  issuer: { id: 'did:web:board.example', type: ['Profile'], name: 'Board' },
  validFrom: '2030-01-31T09:00:00Z',
  credentialSubject: {
    id: 'https://school.example/achievements/feedback',
    type: ['EndorsementSubject'],
    endorsementComment: 'We looked at the rubric.',
  },
  proof,
}

export const profile: JsonObject = {
  id: 'did:web:school.example',
  type: ['Profile'],
  name: 'School',
  url: 'https://school.example/',
  phone: '+1-555-0100',
  description: 'A school.',
  endorsementJwt: ['eyJhbGciOiJFZERTQSJ9.e30.c2ln'],
  image: { id: 'https://school.example/logo.png', type: 'Image', caption: 'The logo' },
  email: 'office@school.example',
  address: {
    type: ['Address'],
    addressCountry: 'United States',
    addressCountryCode: 'US',
    addressRegion: 'CA',
    addressLocality: 'Town',
    streetAddress: 'Street 1',
    postOfficeBoxNumber: '12',
    postalCode: '90000',
    geo: { type: 'GeoCoordinates', latitude: 34.1, longitude: -118.2 },
  },
  otherIdentifier: [{ type: 'IdentifierEntry', identifier: '123', identifierType: 'sourcedId' }],
  official: 'The head',
  parentOrg: { id: 'https://district.example/', type: ['Profile'] },
  familyName: 'F',
  givenName: 'G',
  additionalName: 'A',
  patronymicName: 'P',
  honorificPrefix: 'Dr',
  honorificSuffix: 'PhD',
  familyNamePrefix: 'van',
  dateOfBirth: '1990-02-28',
}

const level = (rank: number) => ({
  id: `urn:uuid:level-${rank}`,
  type: ['RubricCriterionLevel'],
  name: `Level ${rank}`,
  description: 'What it takes.',
  level: String(rank),
  points: String(rank),
  alignment: [alignment(`L${rank}`)],
})

export const achievement: JsonObject = {
  id: 'https://school.example/achievements/feedback',
  type: ['Achievement'],
  name: 'Giving Feedback',
  description: 'Gives feedback that students use.',
  criteria: { id: 'https://school.example/achievements/feedback/criteria', narrative: 'Three observed lessons.' },
  achievementType: 'MicroCredential',
  alignment: [alignment('1'), alignment('2')],
  creator: { id: 'did:web:school.example', type: ['Profile'] },
  creditsAvailable: 1.5,
  endorsement: [endorsement],
  endorsementJwt: ['eyJhbGciOiJFZERTQSJ9.e30.c2ln'],
  fieldOfStudy: 'Teaching',
  humanCode: 'FB-1',
  image: { id: 'https://school.example/feedback.png', type: 'Image' },
  inLanguage: 'en',
  otherIdentifier: [{ type: 'IdentifierEntry', identifier: 'FB', identifierType: 'ext:catalogue' }],
  related: [
    { id: 'https://school.example/achievements/feedback-fr', type: ['Related'], inLanguage: 'fr', version: '1' },
  ],
  resultDescription: [
    {
      id: 'urn:uuid:rubric',
      type: ['ResultDescription'],
      name: 'Level',
      resultType: 'RubricCriterionLevel',
      alignment: [alignment('R')],
      requiredLevel: 'urn:uuid:level-2',
      rubricCriterionLevel: [level(1), level(2), level(3)],
    },
    {
      id: 'urn:uuid:score',
      type: ['ResultDescription'],
      name: 'Score',
      resultType: 'Percent',
      valueMin: '0',
      valueMax: '100',
      requiredValue: '70',
    },
    {
      id: 'urn:uuid:grade',
      type: ['ResultDescription'],
      name: 'Grade',
      resultType: 'LetterGrade',
      allowedValue: ['C', 'B', 'A'],
    },
    { id: 'urn:uuid:status', type: ['ResultDescription'], name: 'Status', resultType: 'Status' },
  ],
  specialization: 'Feedback',
  tag: ['feedback'],
  version: '2',
}

export const openBadge: JsonObject = {
  '@context': CONTEXTS,
  id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Giving Feedback',
  description: 'A badge.',
  image: { id: 'https://school.example/badge.png', type: 'Image', caption: 'The badge' },
  awardedDate: '2030-01-31T08:00:00Z',
  issuer: profile,
  validFrom: '2030-01-31T09:00:00Z',
  validUntil: '2033-01-31T09:00:00+01:00',
  credentialSubject: {
    id: 'did:example:teacher',
    type: ['AchievementSubject'],
    activityStartDate: '2029-09-01T00:00:00Z',
    activityEndDate: '2030-01-30T00:00:00Z',
    achievement,
    creditsEarned: 1.5,
    identifier: [
      {
        type: 'IdentityObject',
        hashed: true,
        identityHash: `sha256$${'a'.repeat(64)}`,
        identityType: 'emailAddress',
        salt: 'deadsea',
      },
    ],
    image: { id: 'https://school.example/teacher.png', type: 'Image' },
    licenseNumber: '7',
    narrative: 'Observed in May.',
    result: [
      {
        type: ['Result'],
        resultDescription: 'urn:uuid:rubric',
        achievedLevel: 'urn:uuid:level-2',
        alignment: [alignment('L2')],
      },
      { type: ['Result'], resultDescription: 'urn:uuid:score', value: '93' },
      { type: ['Result'], resultDescription: 'urn:uuid:grade', value: 'A' },
      { type: ['Result'], resultDescription: 'urn:uuid:status', status: 'Completed' },
    ],
    role: 'Teacher',
    source: { id: 'https://observers.example/', type: ['Profile'], name: 'Observers' },
    term: 'Spring',
  },
  endorsement: [endorsement],
  endorsementJwt: ['eyJhbGciOiJFZERTQSJ9.e30.c2ln'],
  evidence: [
    {
      id: 'https://school.example/evidence/1',
      type: ['Evidence'],
      narrative: 'A lesson.',
      name: 'Video',
      description: 'A video.',
      genre: 'Video',
      audience: 'Observers',
    },
  ],
  credentialSchema: [
    {
      id: 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json',
      type: '1EdTechJsonSchemaValidator2019',
    },
  ],
  credentialStatus: {
    id: 'https://school.example/status/1#7',
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '7',
    statusListCredential: 'https://school.example/status/1',
  },
  refreshService: { id: 'https://school.example/refresh/1', type: '1EdTechCredentialRefresh' },
  termsOfUse: [{ id: 'https://school.example/terms', type: 'Policy' }],
}

export const credential: JsonObject = {
  '@context': [CONTEXTS[0] as string, { Role: 'https://example.org/#Role' }],
  id: 'urn:uuid:3',
  type: ['VerifiableCredential', 'Role'],
  name: [
    { '@value': 'Role', '@language': 'en' },
    { '@value': 'דור', '@language': 'he', '@direction': 'rtl' },
  ],
  description: { '@value': 'Rôle', '@language': 'fr' },
  issuer: { id: 'did:example:issuer', name: 'Issuer', description: 'Who issues.' },
  credentialSubject: [{ id: 'did:example:1' }, { role: 'principal' }],
  validFrom: '2030-01-31T09:00:00Z',
  validUntil: '2031-01-31T09:00:00Z',
  credentialStatus: [
    { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
    { id: 'https://example.org/s#1', type: 'BitstringStatusListEntry', statusPurpose: 'suspension' },
  ],
  credentialSchema: [{ id: 'https://example.org/schema.json', type: 'JsonSchema' }],
  refreshService: [{ type: 'Refresh' }, { id: 'https://example.org/refresh', type: 'Refresh' }],
  termsOfUse: [{ type: 'Policy' }],
  evidence: [{ id: 'https://example.org/evidence', type: ['Document', 'Scan'] }],
  relatedResource: [
    { id: 'https://example.org/a', digestSRI: 'sha384-x', mediaType: 'image/png' },
    { id: 'https://example.org/b', digestMultibase: 'uEiZ' },
  ],
  proof: [proof, { ...proof, id: 'urn:uuid:p2', previousProof: 'urn:uuid:p1', domain: ['a', 'b'] }],
}

export const presentation: JsonObject = {
  '@context': [CONTEXTS[0] as string],
  id: 'urn:uuid:4',
  type: ['VerifiablePresentation'],
  holder: 'did:example:teacher',
  verifiableCredential: [
    credential,
    {
      '@context': [CONTEXTS[0] as string],
      id: 'data:application/vc+jwt,eyJhbGciOiJFZERTQSJ9.e30.c2ln',
      type: ['EnvelopedVerifiableCredential'],
    },
  ],
  termsOfUse: [{ type: 'Policy' }],
  proof: {
    ...proof,
    proofPurpose: 'authentication',
    challenge: 'c',
    domain: 'd',
    nonce: 'n',
    expires: '2030-02-01T00:00:00Z',
  },
}

/** The same with a change somewhere inside, e.g. `change(openBadge, 'credentialSubject.achievement.criteria', {})`. */
export function change(document: JsonObject, path: string, value: unknown): JsonObject {
  const copy = structuredClone(document) as Record<string, unknown>
  const names = path.split('.')
  let parent = copy
  for (const name of names.slice(0, -1)) parent = parent[name] as Record<string, unknown>
  const last = names.at(-1) as string
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return copy as JsonObject
}

/** A document of each kind, with every member that it can have. */
export const OF_KINDS = [
  ['open-badge', openBadge],
  ['endorsement', endorsement],
  ['achievement', achievement],
  ['profile', profile],
  ['credential', credential],
  ['presentation', presentation],
] as const
