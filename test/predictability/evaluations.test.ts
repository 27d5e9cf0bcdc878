// Evaluations as signed facts: an endorsement by whoever judged a badge anew, and what keeps one from counting.
import { describe, expect, test } from 'vitest'
import type { CompetencyStack } from '../../src/competency/types.js'
import { assessStack } from '../../src/entries/competency.js'
import {
  anyIssuer,
  type ControlledSigner,
  createCredential,
  createEvaluation,
  createSigner,
  type EndorsementCredential,
  type EvaluationInput,
  generateKey,
  type OpenBadgeCredential,
  type PrivateJwk,
  signCredential,
  verifyCredential,
} from '../../src/entries/index.js'
import { planAudit } from '../../src/predictability/audit-plan.js'
import { drawSample } from '../../src/predictability/draw-sample.js'
import { judgeAudit } from '../../src/predictability/judge-audit.js'
import { ratingTable } from '../../src/predictability/ratings.js'
import { auditResultsOf, ratingsOf, readEvaluations } from '../../src/predictability/read-evaluations.js'

const RUBRIC = 'https://academy.example/questions#rubric'
const level = (rank: number) => `${RUBRIC}-${rank}`
interface Party {
  readonly key: PrivateJwk
  readonly id: string
  readonly signer: ControlledSigner
}
async function partyOf(key: PrivateJwk, verificationMethod?: string): Promise<Party> {
  const signer = await createSigner({ key, verificationMethod })
  return { key, id: signer.verificationMethod.split('#')[0] as string, signer }
}
const newParty = async () => partyOf(await generateKey())
const didOf = ({ id }: Party) => id
const [issuer, ana, ben, other] = await Promise.all([newParty(), newParty(), newParty(), newParty()])

const badgeOf = (id: string, extra: object = {}): OpenBadgeCredential =>
  createCredential({
    id: `https://academy.example/badges/${id}`,
    issuer: { id: didOf(issuer), name: 'Academy', url: 'https://academy.example/' },
    validFrom: '2030-05-01T09:00:00Z',
    credentialSubject: {
      id: didOf(other),
      achievement: {
        id: 'https://academy.example/questions',
        name: 'Asking Questions',
        description: 'Asks questions that make a class think.',
        criteria: { narrative: 'Two lessons.' },
        resultDescription: [
          {
            id: RUBRIC,
            name: 'Rubric',
            resultType: 'RubricCriterionLevel',
            requiredLevel: level(1),
            rubricCriterionLevel: [0, 1, 2].map((rank) => ({ id: level(rank), name: `Level ${rank}` })),
          },
        ],
      },
      result: [{ resultDescription: RUBRIC, achievedLevel: level(1) }],
    },
    ...extra,
  })
const evaluationOf = (badge: OpenBadgeCredential, party: Party, more: Partial<EvaluationInput> = {}) =>
  createEvaluation({
    badge,
    evaluator: { id: didOf(party), name: 'A school' },
    outcome: 'confirmed',
    levels: [{ resultDescription: RUBRIC, achievedLevel: level(2) }],
    validFrom: '2030-06-01T09:00:00Z',
    ...more,
  })
const now = new Date('2030-07-01T00:00:00Z')
const verified = async (badge: OpenBadgeCredential) =>
  verifyCredential(await signCredential(badge, { signer: issuer.signer }), {
    trustedIssuers: [issuer.id],
    trustedEndorsers: anyIssuer,
    now,
  })
const endorsed = async (evaluation: EndorsementCredential, { signer }: Party) =>
  verifyCredential(await signCredential(evaluation, { signer }), {
    trustedIssuers: anyIssuer,
    now,
    accept: 'any-credential',
  })

const badge = badgeOf('1')
const report = await verified(badge)

describe('an evaluation', () => {
  test('is an endorsement that the evaluator signs, and is read from its report', async () => {
    const evaluation = evaluationOf(badge, ana, { comment: 'Seen on video.' })
    expect(evaluation.type).toContain('EndorsementCredential')
    expect(evaluation.credentialSubject).toMatchObject({ id: badge.id, endorsementComment: 'Seen on video.' })
    const signed = await endorsed(evaluation, ana)
    expect(signed).toMatchObject({ outcome: 'valid' })
    expect(readEvaluations([report], [signed])).toEqual([
      {
        id: evaluation.id,
        badge: badge.id,
        evaluator: didOf(ana),
        outcome: 'confirmed',
        levels: [{ criterion: RUBRIC, level: level(2) }],
        at: '2030-06-01T09:00:00Z',
        counts: true,
        flaws: [],
      },
    ])
  })
  test('its result is signed: one that was changed on the way does not count', async () => {
    const signed = (await signCredential(evaluationOf(badge, ana, { outcome: 'not-confirmed' }), {
      signer: ana.signer,
    })) as object
    const changed = JSON.parse(JSON.stringify(signed).replace('"Failed"', '"Completed"'))
    const outcome = await verifyCredential(changed, { trustedIssuers: anyIssuer, now, accept: 'any-credential' })
    expect(readEvaluations([report], [outcome])).toMatchObject([{ counts: false, flaws: ['not_valid'] }])
  })
  test('is refused by the issuer, by the recipient, before the badge, and at levels that do not fit', () => {
    const refused = (more: Partial<EvaluationInput>) => {
      try {
        evaluationOf(badge, ana, more)
      } catch (error) {
        return (error as { option?: string }).option
      }
      return undefined
    }
    expect(refused({})).toBeUndefined()
    expect(refused({ evaluator: didOf(issuer) })).toBe('evaluator')
    expect(refused({ evaluator: didOf(other) })).toBe('evaluator')
    expect(refused({ validFrom: '2030-04-30T09:00:00Z' })).toBe('validFrom')
    const at = (achievedLevel: string, resultDescription = RUBRIC) => ({
      levels: [{ resultDescription, achievedLevel }],
    })
    expect(refused(at('https://other.example/level'))).toBe('levels[0].achievedLevel')
    expect(refused(at(level(1), 'https://other.example/rubric'))).toBe('levels[0].resultDescription')
    expect(refused(at(level(0)))).toBe('levels[0].achievedLevel')
    expect(refused({ ...at(level(0)), outcome: 'not-confirmed' })).toBeUndefined()
  })
})

describe('what keeps one from counting is named', () => {
  const flawsOf = async (evaluation: EndorsementCredential, party: Party, of = report, published?: Date) =>
    readEvaluations([of], [await endorsed(evaluation, party)], { published })[0]?.flaws
  /** As an issuer would write it that does not ask this library. */
  const forged = (evaluator: unknown, more: object = {}) =>
    ({ ...evaluationOf(badge, ana), issuer: evaluator, ...more }) as EndorsementCredential

  test('the issuer itself', async () => {
    expect(await flawsOf(forged(didOf(issuer)), issuer)).toEqual(['by_issuer', 'same_key'])
  })
  test('the recipient', async () => {
    expect(await flawsOf(forged(didOf(other)), other)).toEqual(['by_recipient'])
  })
  test('the issuer under another name, with the same key', async () => {
    const { d: _, ...publicJwk } = issuer.key as unknown as Record<string, string>
    const did = `did:jwk:${Buffer.from(JSON.stringify(publicJwk)).toString('base64url')}`
    const again = await partyOf(issuer.key, `${did}#0`)
    expect(await flawsOf(forged(did), again)).toEqual(['same_key'])
  })
  test('the issuer under another name, with the same homepage', async () => {
    const profile = { id: didOf(ben), type: ['Profile'], name: 'Quality Board', url: 'https://academy.example/' }
    expect(await flawsOf(forged(profile), ben)).toEqual(['same_profile'])
  })
  test('the issuer under another name: did:web, and the https address that it stands for', async () => {
    const evaluation = await endorsed(evaluationOf(badge, ana), ana)
    if (report.outcome !== 'valid' || evaluation.outcome !== 'valid') throw new Error('both are valid')
    const of = { ...report, credential: { ...report.credential, issuer: 'https://schools.example/academy' } }
    const by = (id: string) =>
      ({ ...evaluation, credential: { ...evaluation.credential, issuer: id } }) as typeof evaluation
    const flawsBy = (id: string) => readEvaluations([of], [by(id)])[0]?.flaws
    expect(flawsBy('did:web:schools.example:academy')).toEqual(['same_place'])
    expect(flawsBy('did:web:schools.example%3A443:academy#key-1')).toEqual(['same_place'])
    expect(flawsBy('https://schools.example/academy/did.json')).toEqual(['same_place'])
    expect(flawsBy('did:web:schools.example:other')).toEqual([])
  })
  test('dated before the badge, or after the outcome was published', async () => {
    expect(await flawsOf(forged(didOf(ana), { validFrom: '2030-04-01T00:00:00Z' }), ana)).toEqual(['before_badge'])
    expect(await flawsOf(evaluationOf(badge, ana), ana, report, new Date('2030-05-20T00:00:00Z'))).toEqual([
      'after_publication',
    ])
  })
  test('another badge, a level that the rubric does not have, praise without a result', async () => {
    expect(await flawsOf(evaluationOf(badgeOf('2'), ana), ana)).toEqual(['no_badge'])
    const subject = { id: badge.id, type: ['EndorsementSubject'] }
    expect(await flawsOf(forged(didOf(ana), { credentialSubject: subject }), ana)).toEqual(['no_result'])
    const result = [
      { type: ['Result'], status: 'Completed' },
      { type: ['Result'], resultDescription: RUBRIC, achievedLevel: `${RUBRIC}-9` },
    ]
    expect(await flawsOf(forged(didOf(ana), { credentialSubject: { ...subject, result } }), ana)).toEqual([
      'level_not_in_rubric',
    ])
  })
  test('an id that badges of two issuers have: nobody can say which one it is of', async () => {
    const copy = await verifyCredential(
      await signCredential({ ...badge, issuer: { id: didOf(ben), type: ['Profile'] } }, { signer: ben.signer }),
      { trustedIssuers: anyIssuer, now },
    )
    const evaluation = await endorsed(evaluationOf(badge, ana), ana)
    expect(readEvaluations([report, copy], [evaluation])).toMatchObject([{ flaws: ['several_badges'] }])
    expect(readEvaluations([report, report], [evaluation])).toMatchObject([{ flaws: [] }])
  })
  test('the one that is dated first counts, whatever comes first here', async () => {
    const first = await endorsed(evaluationOf(badge, ana, { validFrom: '2030-06-01T00:00:00Z' }), ana)
    const second = await endorsed(evaluationOf(badge, ana, { validFrom: '2030-06-02T00:00:00Z' }), ana)
    expect(readEvaluations([report], [second, first]).map(({ flaws }) => flaws)).toEqual([['again'], []])
  })
  test('the same evaluator a second time; the same evaluation twice is one', async () => {
    const first = await endorsed(evaluationOf(badge, ana), ana)
    const second = await endorsed(evaluationOf(badge, ana, { outcome: 'not-confirmed' }), ana)
    expect(readEvaluations([report], [first, first, second]).map(({ flaws }) => flaws)).toEqual([[], ['again']])
  })
})

test('audits and agreement feed on them: where evaluators differ, the badge is not confirmed', async () => {
  const badges = ['a', 'b', 'c'].map((id) => badgeOf(id))
  const reports = await Promise.all(badges.map((one) => verified(one)))
  const answers = await Promise.all(
    badges.flatMap((one, index) => [
      endorsed(evaluationOf(one, ana), ana),
      endorsed(
        index === 0
          ? evaluationOf(one, ben, {
              outcome: 'not-confirmed',
              levels: [{ resultDescription: RUBRIC, achievedLevel: level(0) }],
            })
          : evaluationOf(one, ben),
        ben,
      ),
    ]),
  )
  const evaluations = readEvaluations(reports, answers)
  const results = auditResultsOf(evaluations)
  expect(results.map(({ outcome }) => outcome)).toEqual(['not-confirmed', 'confirmed', 'confirmed'])
  const sample = drawSample(
    badges.map(({ id }) => ({ id })),
    planAudit({ badges: 3, tolerate: 0.1 }),
    'lottery of 5 May',
  )
  expect(judgeAudit(sample, results, { commitment: sample.commitment })).toMatchObject({ failed: 1 })
  const table = ratingTable(ratingsOf(evaluations, RUBRIC), { levels: [0, 1, 2].map(level) })
  expect(table).toMatchObject({ size: 6, raters: [didOf(ana), didOf(ben)] })
})

test('endorsedBy independent: an evaluation that confirms is one, and one that does not is none', async () => {
  const stack: CompetencyStack = {
    id: 'https://school.example/role',
    name: 'Role',
    requirements: [{ id: 'q', competency: 'https://academy.example/questions', endorsedBy: 'independent' }],
  }
  const outcomeWith = async (evaluation: EndorsementCredential) => {
    const endorsementJwt = [await signCredential(evaluation, { signer: ana.signer, format: 'jwt' })]
    const held = await verified({ ...badge, endorsementJwt } as OpenBadgeCredential)
    expect(readEvaluations([held], [])).toMatchObject([{ counts: true, evaluator: didOf(ana) }])
    return assessStack([held], stack, { frameworks: [], now, person: { id: didOf(other) } }).outcome
  }
  expect(await outcomeWith(evaluationOf(badge, ana))).toBe('met')
  expect(await outcomeWith(evaluationOf(badge, ana, { outcome: 'not-confirmed' }))).toBe('not-met')
})
