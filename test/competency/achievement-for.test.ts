// From a competency to a signed badge, its verification, and back to the competency: with the real issuer and verifier.
import { describe, expect, test } from 'vitest'
import { achievementFor, competenciesOf } from '../../src/competency/achievement-for.js'
import { assessStack } from '../../src/competency/assess-stack.js'
import { readCase } from '../../src/competency/case.js'
import type { Competency, CompetencyFramework } from '../../src/competency/types.js'
import {
  anyIssuer,
  createCredential,
  createEndorsement,
  createSigner,
  createVerifier,
  generateKey,
  signCredential,
} from '../../src/entries/index.js'
import { ParseError, UsageError } from '../../src/errors.js'
import { casePackage, caseUri } from './samples.js'

const { framework } = readCase(casePackage())
const [set, giving, asking] = framework.competencies as [Competency, Competency, Competency]
const id = 'https://issuer.example/badges/feedback'
const criteria = { narrative: 'Three pieces of feedback.' }
const base = { id, framework, criteria }

describe('achievementFor', () => {
  test('a competency of CASE with its rubric: alignment and levels as 1EdTech writes them', () => {
    const achievement = achievementFor(giving, { ...base, requiredLevel: caseUri(32), version: '1' })
    expect(achievement).toMatchObject({
      id,
      name: 'Giving Feedback',
      description: 'Gives feedback that others can act on.',
      achievementType: 'MicroCredential',
      humanCode: 'FB.1',
      alignment: [
        {
          type: ['Alignment'],
          targetType: 'CFItem',
          targetUrl: giving.id,
          targetName: 'Gives feedback that others can act on.',
          targetFramework: 'Feedback',
          targetCode: '00000000-0000-4000-8000-000000000011',
        },
      ],
      resultDescription: [
        {
          id: `${id}#levels`,
          resultType: 'RubricCriterionLevel',
          requiredLevel: `${id}#level-2`,
          rubricCriterionLevel: [
            {
              id: `${id}#level-1`,
              name: 'Developing',
              points: '1',
              alignment: [{ targetUrl: caseUri(31), targetType: 'CFRubricCriterionLevel' }],
            },
            { id: `${id}#level-2`, name: 'Proficient', points: '2', alignment: [{ targetUrl: caseUri(32) }] },
          ],
        },
      ],
    })
    expect(achievementFor(giving, { ...base, requiredLevel: caseUri(32), version: '1' })).toEqual(achievement)
  })
  test('CTDL: its type and its CTID', () => {
    const [alignment] = achievementFor(asking, { ...base, source: 'ctdl' }).alignment ?? []
    expect(alignment).toMatchObject({
      targetType: 'ceasn:Competency',
      targetCode: 'ce-00000000-0000-4000-8000-000000000012',
    })
  })
  test('a set is related to the achievements of its parts', () => {
    const related = achievementFor(set, {
      ...base,
      partAchievements: { [giving.id]: 'https://issuer.example/badges/giving' },
    }).related
    expect(related).toEqual([{ type: ['Related'], id: 'https://issuer.example/badges/giving' }])
  })
  test.each<[string, () => unknown, abstract new (...args: never) => Error, string]>([
    [
      'another framework',
      () => achievementFor({ id: 'urn:x:1', name: 'X' }, base),
      UsageError,
      'is not of the framework',
    ],
    [
      'a level of nothing',
      () => achievementFor(giving, { ...base, requiredLevel: 'urn:x:9' }),
      UsageError,
      'is no level of the competency',
    ],
    [
      'a part of nothing',
      () => achievementFor(set, { ...base, partAchievements: { 'urn:x:9': id } }),
      UsageError,
      'is no part of "Feedback"',
    ],
    ['an id that is none', () => achievementFor(giving, { ...base, id: 'feedback' }), ParseError, 'absolute URI'],
  ])('%s is refused', (_, call, type, message) => {
    expect(call).toThrow(type)
    expect(call).toThrow(message)
  })
})

describe('competenciesOf', () => {
  test('knows its competency and its levels again', () => {
    const { matches, suggestions } = competenciesOf(achievementFor(giving, base), [framework])
    expect(matches).toEqual([
      {
        competency: giving,
        framework: framework.id,
        via: 'alignment',
        pointer: '/alignment/0',
        levels: { [`${id}#level-1`]: giving.levels?.[0], [`${id}#level-2`]: giving.levels?.[1] },
      },
    ])
    expect(suggestions).toEqual([])
  })
  test('a set has its parts', () => {
    const { matches } = competenciesOf(achievementFor(set, base), [framework])
    expect(matches.map(({ competency, via }) => `${via} ${competency.name}`)).toEqual([
      'alignment Feedback',
      'set Asks for feedback.',
      'set Giving Feedback',
    ])
  })
  test('a look-alike and a namesake are suggestions', () => {
    const wrong: CompetencyFramework = {
      ...framework,
      competencies: [
        { id: giving.id.replace('https', 'http'), name: 'X' },
        { id: 'urn:x:2', name: 'giving feedback' },
      ],
    }
    const { matches, suggestions } = competenciesOf(achievementFor(giving, base), [wrong])
    expect(matches).toEqual([])
    expect(suggestions.map(({ because, found }) => `${because} ${found}`)).toEqual([
      `look-alike ${giving.id}`,
      'name Giving Feedback',
    ])
  })
})

describe('signed, verified, assessed', async () => {
  const now = new Date('2026-06-01T12:00:00Z')
  const teacher = 'did:example:teacher-17'
  const [issuer, third] = (await Promise.all(
    [1, 2].map(async () => {
      const signer = await createSigner({ key: await generateKey() })
      return { id: signer.verificationMethod.split('#')[0] as string, signer }
    }),
  )) as [
    { id: string; signer: Awaited<ReturnType<typeof createSigner>> },
    { id: string; signer: Awaited<ReturnType<typeof createSigner>> },
  ]
  const badgeId = 'urn:uuid:5a7c3f0e-8d55-4c6a-9a57-0d5f1c1f4f10'
  const badge = async (endorser?: typeof third, more: object = {}) => {
    const endorsement =
      endorser &&
      (await signCredential(
        createEndorsement({
          name: 'Seen',
          issuer: endorser.id,
          validFrom: '2026-01-02T00:00:00Z',
          credentialSubject: { id: badgeId },
        }),
        { signer: endorser.signer, now },
      ))
    const credential = createCredential({
      id: badgeId,
      issuer: { id: issuer.id, name: 'School' },
      validFrom: '2026-01-01T00:00:00Z',
      ...(endorsement === undefined ? {} : { endorsement: [endorsement] }),
      credentialSubject: {
        id: teacher,
        achievement: achievementFor(giving, base),
        result: [{ resultDescription: `${id}#levels`, achievedLevel: `${id}#level-2` }],
      },
      ...more,
    })
    return signCredential(credential, { signer: issuer.signer, now })
  }
  const stack = {
    id: 'urn:x:s',
    name: 'S',
    requirements: [{ id: 'r', competency: giving.id, level: caseUri(32), endorsedBy: 'independent' as const }],
  }
  const assess = async (
    input: object,
    trustedIssuers: readonly string[] | typeof anyIssuer = [issuer.id],
    recipient = teacher,
  ) => {
    const report = await createVerifier({ trustedIssuers, now }).verify(input, { recipient: { id: recipient } })
    return assessStack([report], stack, { frameworks: [framework], now }).requirements[0]
  }
  test('met, with an endorsement by a third party', async () => {
    expect(await assess(await badge(third))).toMatchObject({
      outcome: 'met',
      by: { credential: badgeId, issuer: issuer.id, level: caseUri(32) },
    })
  })
  test('its issuer is no third party', async () => {
    expect(await assess(await badge(issuer))).toMatchObject({
      outcome: 'not-met',
      because: [{ code: 'endorsement.absent', credential: badgeId }],
    })
  })
  test('of another, of nobody trusted, about somebody else, altered, expired: never', async () => {
    const good = await badge(third)
    const altered = { ...good, name: 'Better' }
    const because = async (...input: Parameters<typeof assess>) => (await assess(...input))?.because[0]?.code
    expect(await because(good, [third.id])).toBe('issuer.untrusted')
    expect(await because(good, anyIssuer)).toBe('issuer.not_asked')
    expect(await because(good, [issuer.id], 'did:example:somebody')).toBe('recipient.mismatch')
    expect(await because(altered)).toBe('proof.mismatch')
    expect(await because(await badge(third, { validUntil: '2026-02-01T00:00:00Z' }))).toBe('validity.expired')
  })
})
