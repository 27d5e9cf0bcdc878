/**
 * What is issued and verified in the bench: a minimal badge (0.8 KB with its proof) and a typical one (3.2 KB, 93 quads, 10 blank
 * nodes), each a different one every time.
 *
 * @module
 */

export const CONTEXTS = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
]
export const STATUS_LIST = 'https://college.example.edu/status/3'
export const STATUS_ENTRIES = 131_072

/** Twelve digits: members that differ from badge to badge have the same length. */
const serial = (index) => String(index).padStart(12, '0')
const hex = (index) => serial(index * 7919).padStart(64, '9d4e3f2a1b0c5d6e7f8a')

export function minimalBadge(issuer, index) {
  return {
    '@context': CONTEXTS,
    id: `urn:uuid:3f1c2d6e-0000-4000-8000-${serial(index)}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: { id: issuer, type: ['Profile'], name: 'Example College' },
    validFrom: '2026-01-01T00:00:00Z',
    name: 'Giving Feedback',
    credentialSubject: {
      id: `did:example:subject-${serial(index)}`,
      type: ['AchievementSubject'],
      achievement: {
        id: 'https://college.example.edu/achievements/giving-feedback',
        type: ['Achievement'],
        name: 'Giving Feedback',
        description: 'Gives feedback that helps others grow.',
        criteria: { narrative: 'Three pieces of feedback, reviewed.' },
      },
    },
  }
}

export function typicalAchievement() {
  const at = 'https://college.example.edu/achievements/competency-based-learning'
  const framework = 'https://frameworks.example.org/educators'
  return {
    id: at,
    type: ['Achievement'],
    achievementType: 'MicroCredential',
    name: 'Competency-based Learning',
    description: 'Plans, teaches and assesses so that learners move on when they have shown what they can do.',
    criteria: { id: `${at}/criteria`, narrative: 'A portfolio of two units, with the evidence of three learners.' },
    image: { id: `${at}/image.png`, type: 'Image', caption: 'Three steps and a flag' },
    alignment: [
      {
        type: ['Alignment'],
        targetName: 'Assesses for learning',
        targetUrl: `${framework}/assesses-for-learning`,
        targetFramework: 'Educator Competencies',
        targetCode: 'EC-17',
        targetType: 'CFItem',
      },
      {
        type: ['Alignment'],
        targetName: 'Plans for mastery',
        targetUrl: `${framework}/plans-for-mastery`,
        targetFramework: 'Educator Competencies',
        targetCode: 'EC-18',
        targetType: 'CFItem',
      },
    ],
    resultDescription: [
      {
        id: `${at}/results/grade`,
        type: ['ResultDescription'],
        name: 'Grade of the portfolio',
        resultType: 'LetterGrade',
        allowedValue: ['F', 'D', 'C', 'B', 'A'],
        requiredValue: 'C',
      },
      {
        id: `${at}/results/score`,
        type: ['ResultDescription'],
        name: 'Score of the review',
        resultType: 'Percent',
        valueMin: '0',
        valueMax: '100',
      },
    ],
  }
}

export function typicalResults(index) {
  const at = 'https://college.example.edu/achievements/competency-based-learning'
  return [
    { type: ['Result'], resultDescription: `${at}/results/grade`, value: 'ABC'.charAt(index % 3) },
    { type: ['Result'], resultDescription: `${at}/results/score`, value: String(50 + (index % 50)) },
  ]
}

export function typicalEvidence(index) {
  return [
    {
      type: ['Evidence'],
      name: 'Portfolio',
      narrative: 'Two units on fractions, with what learners made of them.',
      description: `Portfolio ${serial(index)} of the spring term.`,
    },
  ]
}

export function typicalBadge(issuer, index) {
  return {
    '@context': CONTEXTS,
    id: `urn:uuid:7b0a1d6e-1111-4000-8000-${serial(index)}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: {
      id: issuer,
      type: ['Profile'],
      name: 'Example College',
      url: 'https://college.example.edu/',
      email: 'badges@college.example.edu',
    },
    validFrom: '2026-01-01T00:00:00Z',
    validUntil: '2036-01-01T00:00:00Z',
    name: 'Competency-based Learning',
    credentialSubject: {
      id: `did:example:subject-${serial(index)}`,
      type: ['AchievementSubject'],
      identifier: [
        {
          type: 'IdentityObject',
          hashed: true,
          identityHash: `sha256$${hex(index)}`,
          identityType: 'emailAddress',
          salt: `salt-${serial(index)}`,
        },
      ],
      achievement: typicalAchievement(),
      result: typicalResults(index),
    },
    evidence: typicalEvidence(index),
    credentialStatus: {
      id: `${STATUS_LIST}#${index % STATUS_ENTRIES}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: String(index % STATUS_ENTRIES),
      statusListCredential: STATUS_LIST,
    },
  }
}
