/**
 * Reports to look at: from the verifier itself, one for each look.
 */

// @ts-expect-error an example, which has no types
import { drawBadge } from '../../examples/draw-badge.js'

export { drawBadge }

import { assessStack, type CompetencyStack } from '../../src/entries/competency.js'
import type { OpenBadgeCredential, VerificationReport } from '../../src/entries/index.js'
import { anyIssuer, createEndorsement, signCredential, verifyCredential } from '../../src/entries/index.js'
import { reportOf } from '../competency/reports.js'
import { badgeOf, type Issuer, NOW, newIssuer, signed, TEACHER, web, withMember } from '../verify/kit.js'

const FRAMEWORK = 'https://frameworks.example/student-centered'
const LIST = 'https://school.example/status/1'

export const IMAGE = `data:image/png;base64,${Buffer.from(drawBadge(160)).toString('base64')}`

const level = (name: string, description: string) => ({
  id: `${FRAMEWORK}/levels#${name.toLowerCase()}`,
  name,
  description,
})

type Overrides = Parameters<typeof badgeOf>[1]

/** A badge that says a lot. */
export function richBadge(issuer: Issuer): NonNullable<Overrides> {
  return {
    name: 'Amina Okoye - Micro-credential in Giving Feedback',
    issuer: {
      id: issuer.id,
      name: 'Example School of Education',
      url: 'https://school.example/',
      email: 'badges@school.example',
    },
    validFrom: '2026-01-01T00:00:00Z',
    validUntil: '2028-01-01T00:00:00Z',
    evidence: [
      {
        id: 'https://portfolio.example/teacher-17/feedback',
        name: 'Three letters to colleagues',
        genre: 'Portfolio',
        narrative: 'What they **changed** after each letter, with their own words.',
      },
    ],
    credentialSubject: {
      id: TEACHER,
      identifier: [{ hashed: false, identityHash: 'Amina Okoye', identityType: 'name' }],
      narrative: 'Wrote, listened, and wrote again.',
      achievement: {
        id: 'https://school.example/achievements/giving-feedback',
        name: 'Giving Feedback',
        description: 'Gives feedback that helps students and colleagues grow.',
        achievementType: 'MicroCredential',
        image: { id: IMAGE, caption: 'A golden ring on blue' },
        criteria: {
          id: 'https://school.example/criteria/giving-feedback',
          narrative:
            'To earn it:\n\n1. give **three pieces** of feedback to colleagues,\n2. collect what they did with it,\n3. write a [reflection](https://school.example/reflection).\n\n| Part | Weight |\n|---|---:|\n| Feedback | 60 |\n| Reflection | 40 |',
        },
        alignment: [
          {
            targetName: 'Giving Feedback',
            targetUrl: `${FRAMEWORK}/giving-feedback`,
            targetCode: 'FB.1',
            targetFramework: 'Student-centered teaching',
            targetType: 'CFItem',
          },
        ],
        resultDescription: [
          {
            id: `${FRAMEWORK}/levels`,
            name: 'How well',
            resultType: 'RubricCriterionLevel',
            requiredLevel: `${FRAMEWORK}/levels#developing`,
            rubricCriterionLevel: [
              level('Beginning', 'Says what was good.'),
              level('Developing', 'Says what could be better, and how.'),
              level('Proficient', 'Others act on it.'),
            ],
          },
        ],
        tag: ['feedback', 'coaching'],
      },
      result: [{ resultDescription: `${FRAMEWORK}/levels`, achievedLevel: `${FRAMEWORK}/levels#proficient` }],
    },
  }
}

export interface Samples {
  readonly verified: VerificationReport
  readonly signed: VerificationReport
  readonly reserved: VerificationReport
  readonly expired: VerificationReport
  readonly forged: VerificationReport
  readonly unreadable: VerificationReport
  readonly unsigned: VerificationReport
  readonly open: VerificationReport
}

export async function samples(): Promise<Samples> {
  const issuer = await newIssuer()
  const endorser = await newIssuer()
  const rich = richBadge(issuer)
  const endorsement = await signCredential(
    createEndorsement({
      id: 'urn:uuid:5a7c3f0e-8d55-4c6a-9a57-0d5f1c1f4f11',
      name: 'Endorsement',
      issuer: { id: endorser.id, name: 'Teachers’ Association' },
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject: {
        id: 'https://school.example/achievements/giving-feedback',
        endorsementComment: 'We know how this is assessed, and **hire** by it.',
      },
    }),
    { signer: endorser.signer, now: new Date('2026-01-01T00:00:00Z') },
  )
  const subject = rich.credentialSubject
  const endorsed = await signed(issuer, {
    ...rich,
    credentialSubject: { ...subject, achievement: { ...subject?.achievement, endorsement: [endorsement] } as never },
  })
  const base = { trustedIssuers: [issuer.id], loader: web({}), now: NOW }
  const badge = (await signed(issuer, rich)) as OpenBadgeCredential
  const withStatus = await signed(issuer, {
    ...rich,
    credentialStatus: {
      id: `${LIST}#7`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '7',
      statusListCredential: LIST,
    } as never,
  })
  const later = new Date('2030-01-01T00:00:00Z')
  return {
    verified: await verifyCredential(endorsed, { ...base, recipient: { id: TEACHER } }),
    signed: await verifyCredential(badge, { ...base, trustedIssuers: anyIssuer }),
    reserved: await verifyCredential(badge, { ...base, now: later, policy: { validity: 'report-only' } }),
    expired: await verifyCredential(badge, { ...base, now: later }),
    forged: await verifyCredential(
      withMember(badge, ['credentialSubject', 'achievement', 'name'], 'Giving Orders'),
      base,
    ),
    unreadable: await verifyCredential('no badge at all', base),
    unsigned: await verifyCredential(badgeOf(issuer, rich), base),
    open: await verifyCredential(withStatus, base),
  }
}

const COMPETENCY = (name: string) => `${FRAMEWORK}/${name}`
const LEVELS = ['Beginning', 'Developing', 'Proficient'].map((name) => ({ id: `${FRAMEWORK}/levels/${name}`, name }))

/** Somebody who has most of what a role asks for. */
export function assessmentSample() {
  const framework = {
    id: FRAMEWORK,
    name: 'Student-centered teaching',
    competencies: [
      ['feedback', 'Giving Feedback'],
      ['projects', 'Planning Projects'],
      ['reflection', 'Reflecting on Practice'],
      ['coaching', 'Coaching Colleagues'],
    ].map(([id = '', name = '']) => ({ id: COMPETENCY(id), name, levels: LEVELS })),
  }
  const level = (name: string) => `${FRAMEWORK}/levels/${name}`
  const stack: CompetencyStack = {
    id: 'https://school.example/roles/teacher',
    name: 'Teacher of the lower school',
    requirements: [
      { id: 'feedback', competency: COMPETENCY('feedback'), level: level('Developing') },
      { id: 'projects', competency: COMPETENCY('projects'), level: level('Proficient') },
      {
        id: 'one-of',
        anyOf: [
          { id: 'reflection', competency: COMPETENCY('reflection') },
          { id: 'coaching', competency: COMPETENCY('coaching') },
        ],
        atLeast: 1,
      },
    ],
  }
  const rubric = (name: string, reached: number) => ({
    id: name,
    name: `Badge for ${name}`,
    aligned: [COMPETENCY(name)],
    rubric: { levels: LEVELS.map(({ id }) => id), reached, about: COMPETENCY(name) },
    validUntil: '2028-01-01T00:00:00Z',
  })
  const reports = [
    reportOf(rubric('feedback', 2)),
    reportOf(rubric('projects', 1)),
    reportOf(rubric('coaching', 1), { outcome: 'indeterminate', because: 'status.unreachable' }),
  ]
  const names = (id: string) =>
    ({
      'urn:x:feedback': 'Badge for giving feedback',
      'urn:x:projects': 'Badge for planning projects',
      'urn:x:coaching': 'Badge for coaching',
    })[id] ?? id
  return {
    assessment: assessStack(reports, stack, { frameworks: [framework], now: NOW }),
    options: { stack, frameworks: [framework], names },
  }
}
