import type { Json, JsonObject } from '../../src/internal/types.js'

/** A badge with everything that decides its verification. Every object has an id, so that everything can be moved. */
export const badge: JsonObject = {
  '@context': [
    'https://www.w3.org/ns/credentials/v2',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
  ],
  id: 'urn:uuid:badge',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Trust',
  issuer: { id: 'did:web:issuer.example', type: ['Profile'], name: 'Issuer', url: 'https://issuer.example/' },
  validFrom: '2025-01-01T00:00:00Z',
  validUntil: '2026-01-01T00:00:00Z',
  credentialSubject: {
    id: 'did:example:learner',
    type: ['AchievementSubject'],
    identifier: [
      {
        id: 'urn:uuid:identifier',
        type: ['IdentityObject'],
        hashed: true,
        identityHash: 'sha256$00',
        identityType: 'emailAddress',
        salt: 'salt',
      },
    ],
    creditsEarned: 3,
    achievement: {
      id: 'urn:uuid:achievement',
      type: ['Achievement'],
      name: 'Building trust',
      description: 'Builds trust.',
      criteria: { id: 'urn:uuid:criteria', narrative: 'Do it.' },
      alignment: [
        {
          id: 'urn:uuid:alignment',
          type: ['Alignment'],
          targetName: 'Trust',
          targetUrl: 'https://framework.example/trust',
        },
      ],
      resultDescription: [
        {
          id: 'urn:uuid:grade',
          type: ['ResultDescription'],
          name: 'Grade',
          resultType: 'LetterGrade',
          allowedValue: ['A', 'B'],
          requiredValue: 'A',
        },
      ],
    },
    result: [{ id: 'urn:uuid:result', type: ['Result'], resultDescription: 'urn:uuid:grade', value: 'B' }],
  },
  credentialStatus: [
    {
      id: 'https://issuer.example/status/1#7',
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '7',
      statusListCredential: 'https://issuer.example/status/1',
    },
    {
      id: 'https://issuer.example/status/2#9',
      type: 'BitstringStatusListEntry',
      statusPurpose: 'suspension',
      statusListIndex: '9',
      statusListCredential: 'https://issuer.example/status/2',
    },
  ],
  refreshService: { id: 'https://issuer.example/refresh/1', type: '1EdTechCredentialRefresh' },
  credentialSchema: [{ id: 'https://schema.example/badge.json', type: '1EdTechJsonSchemaValidator2019' }],
}

/**
 * What a reader of JSON makes of a document who knows the standard's names and nothing of JSON-LD. Two documents with one
 * reading are one document to him: contexts, the order of sets, arrays of one, null, and references as objects do not matter.
 */
export function reading(document: Json): string {
  return JSON.stringify(normal(document))
}

/**
 * The same without what is said in two places by right, and decides nothing in either: of profiles (the issuer is often the
 * creator too) and of endorsements (which are verified for themselves) only the id is read.
 */
export function decisiveReading(document: Json): string {
  return JSON.stringify(normal(document), (name, value) => {
    if (!['issuer', 'source', 'creator', 'endorsement'].includes(name)) return value
    const id = (one: unknown) =>
      typeof one === 'object' && one !== null ? ((one as { id?: unknown }).id ?? null) : one
    return Array.isArray(value) ? value.map(id) : id(value)
  })
}

/** Members whose order is part of what they say. */
const LISTS: ReadonlySet<string> = new Set(['allowedValue'])

function normal(value: Json, name = ''): unknown {
  if (Array.isArray(value)) {
    // An array within an array is no value that he knows.
    const items = value
      .filter((item) => item !== null)
      .map((item) => (Array.isArray(item) ? { array: normal(item) } : normal(item)))
    if (!LISTS.has(name)) items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    const distinct = LISTS.has(name)
      ? items
      : items.filter((item, index) => JSON.stringify(item) !== JSON.stringify(items[index - 1]))
    return distinct.length === 1 ? distinct[0] : distinct.length === 0 ? undefined : distinct
  }
  if (typeof value !== 'object' || value === null) return value ?? undefined
  const members = Object.entries(value as JsonObject)
    .filter(([member, content]) => member !== '@context' && member !== '@index' && content !== null)
    .map(([member, content]) => [member, normal(content, member)] as const)
    .filter(([, content]) => content !== undefined)
  if (members.length === 1 && members[0]?.[0] === 'id') return members[0][1]
  const text = members.find(([member]) => member === '@value')
  if (text && members.every(([member]) => member === '@value' || member === '@language')) return text[1]
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)))
}
