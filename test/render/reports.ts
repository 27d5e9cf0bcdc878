/**
 * Reports made by hand: what a verifier of ours would never say, and badges that nobody would sign.
 */
import type { VerifiableCredential } from '../../src/model/types.js'
import { CHECK_IDS, strictPolicy } from '../../src/report/decide.js'
import { FINDINGS, type FindingCode } from '../../src/report/findings.js'
import type { CheckId, Outcome, VerificationReport } from '../../src/report/report.js'

export type Report = VerificationReport<VerifiableCredential>

const PASSED: Readonly<Record<CheckId, FindingCode>> = {
  format: 'format.parsed',
  schema: 'schema.conforms',
  key: 'key.resolved',
  proof: 'proof.verified',
  refresh: 'refresh.absent',
  validity: 'validity.current',
  status: 'status.active',
  issuer: 'issuer.trusted',
  recipient: 'recipient.matched',
  endorsements: 'endorsements.absent',
}

export interface Told {
  readonly outcome?: Outcome
  readonly codes?: Readonly<Partial<Record<CheckId, FindingCode>>>
  readonly issuerTrusted?: boolean
  readonly more?: object
}

/** A report about this credential; `codes` replaces what the checks found. */
export function reportOn(
  credential: unknown,
  { outcome = 'valid', codes = {}, issuerTrusted = true, more = {} }: Told = {},
): Report {
  const checks = Object.fromEntries(
    CHECK_IDS.map((id) => {
      const code = codes[id] ?? PASSED[id]
      const { status } = FINDINGS[code]
      return [id, { status: status === 'note' ? 'valid' : status, findings: [{ code, message: `noted ${code}` }] }]
    }),
  )
  const base = { outcome, checks, policy: strictPolicy, at: '2026-06-01T12:00:00Z', ...more }
  return (outcome === 'valid'
    ? { ...base, credential, issuerTrusted, secured: 'a.b.c' }
    : { ...base, because: ['proof.mismatch'], unverified: credential }) as unknown as Report
}

/** A badge with every member that is shown; each text is `text` with the place it stands at. */
export function fullBadge(text: (place: string) => string, url: (place: string) => string = text) {
  return {
    id: url('id'),
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: text('name'),
    description: text('description'),
    awardedDate: text('awardedDate'),
    validFrom: text('validFrom'),
    validUntil: text('validUntil'),
    image: { id: url('image'), type: 'Image', caption: text('caption') },
    issuer: {
      id: url('issuer.id'),
      type: ['Profile'],
      name: text('issuer.name'),
      url: url('issuer.url'),
      email: text('issuer.email'),
    },
    evidence: [
      {
        id: url('evidence.id'),
        type: ['Evidence'],
        name: text('evidence.name'),
        genre: text('genre'),
        description: text('evidence.description'),
        narrative: text('evidence.narrative'),
      },
    ],
    credentialSubject: {
      id: url('recipient'),
      type: ['AchievementSubject'],
      name: text('recipient.name'),
      identifier: [
        { type: 'IdentityObject', hashed: false, identityHash: text('identity'), identityType: text('identityType') },
        { type: 'IdentityObject', hashed: true, identityHash: text('hash'), identityType: text('hashType') },
      ],
      activityStartDate: text('start'),
      activityEndDate: text('end'),
      creditsEarned: 3,
      role: text('role'),
      term: text('term'),
      licenseNumber: text('licence'),
      narrative: text('narrative'),
      achievement: {
        id: url('achievement'),
        type: ['Achievement'],
        name: text('achievement.name'),
        description: text('achievement.description'),
        achievementType: text('achievementType'),
        criteria: { id: url('criteria.id'), narrative: text('criteria.narrative') },
        alignment: [
          {
            type: ['Alignment'],
            targetName: text('targetName'),
            targetUrl: url('targetUrl'),
            targetCode: text('targetCode'),
            targetFramework: text('targetFramework'),
            targetDescription: text('targetDescription'),
          },
        ],
        creator: { id: url('creator.id'), type: ['Profile'], name: text('creator.name') },
        fieldOfStudy: text('field'),
        humanCode: text('humanCode'),
        otherIdentifier: [
          { type: 'IdentifierEntry', identifier: text('identifier'), identifierType: text('identifierType') },
        ],
        image: { id: url('achievement.image'), type: 'Image', caption: text('achievement.caption') },
        inLanguage: text('inLanguage'),
        tag: [text('tag')],
        resultDescription: [
          {
            id: 'urn:x:scale',
            type: ['ResultDescription'],
            name: text('result.name'),
            resultType: text('resultType'),
            requiredLevel: 'urn:x:low',
            rubricCriterionLevel: [
              {
                id: 'urn:x:low',
                type: ['RubricCriterionLevel'],
                name: text('low'),
                description: text('low.description'),
              },
              { id: 'urn:x:high', type: ['RubricCriterionLevel'], name: text('high') },
            ],
          },
          {
            id: 'urn:x:range',
            type: ['ResultDescription'],
            name: text('range'),
            resultType: text('rangeType'),
            valueMin: text('min'),
            valueMax: text('max'),
            requiredValue: text('requiredValue'),
          },
          {
            id: 'urn:x:grades',
            type: ['ResultDescription'],
            name: text('grades'),
            resultType: 'LetterGrade',
            allowedValue: [text('grade'), 'A'],
            requiredValue: 'A',
          },
        ],
      },
      result: [
        { type: ['Result'], resultDescription: 'urn:x:scale', achievedLevel: 'urn:x:high' },
        { type: ['Result'], resultDescription: 'urn:x:range', value: text('value') },
        { type: ['Result'], resultDescription: 'urn:x:grades', value: text('grade') },
        { type: ['Result'], resultDescription: 'urn:x:scale', achievedLevel: 'urn:x:nowhere', status: 'InProgress' },
      ],
    },
  }
}

/** An endorsement, of a valid report. */
export function endorsementOf(text: (place: string) => string) {
  return {
    id: text('endorsement.id'),
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: text('endorsement.name'),
    issuer: { id: text('endorser.id'), type: ['Profile'], name: text('endorser.name') },
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: { id: text('endorsed'), type: ['EndorsementSubject'], endorsementComment: text('comment') },
  }
}
