/** Random worlds for the oracle: frameworks, crosswalks, what somebody holds, and what is asked. Small, so that everything can be tried. */
import fc from 'fast-check'
import {
  type AssessOptions,
  type Competency,
  type CompetencyFramework,
  type CompetencyStack,
  type Crosswalk,
  type Requirement,
  samePerson,
} from '../../../src/competency/types.js'
import type { VerificationReport } from '../../../src/entries/index.js'
import type { ContextOfUse } from '../../../src/model/extension-context.js'
import { type Badge, endorsementBy, ISSUER, NOW, plainReportOf, type Verdict } from '../reports.js'

export interface World {
  readonly reports: readonly VerificationReport[]
  readonly stack: CompetencyStack
  readonly options: AssessOptions
}

const OURS = ['a', 'b', 'c', 'd', 'e'].map((name) => `https://ours.example/${name}`)
const THEIRS = ['x', 'y', 'z'].map((name) => `https://theirs.example/${name}`)
const ALL = [...OURS, ...THEIRS]
const ISSUERS = [ISSUER, 'https://academy.example/']
const ENDORSERS = ['https://third.example/', 'https://fourth.example/', ISSUER, 'did:example:teacher-17']
const LEVELS = 3
const levelOf = (competency: string, rank: number) => `${competency}/level-${rank}`
const rank = fc.integer({ min: 0, max: LEVELS - 1 })

const sometimes = <T>(weight: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 10 - weight, arbitrary: fc.constant(undefined) }, { weight, arbitrary })
/** Members that are there now and then. */
const rarely = <T extends object>(members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Partial<T>> =>
  fc
    .record(members)
    .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Partial<T>)
const days = (count: number) => new Date(NOW.getTime() + count * 86_400_000).toISOString()

const GRADES = ['grade 3', 'Grade 4', 'https://levels.example/5']
const contextOfUse = fc
  .record({
    educationLevel: sometimes(7, fc.subarray(GRADES, { minLength: 1, maxLength: 2 })),
    subject: sometimes(4, fc.constantFrom(['music'], ['Science'])),
    language: sometimes(2, fc.constantFrom(['en'], ['en-US'], ['es'])),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, words]) => words !== undefined)) as ContextOfUse)
  .filter((context) => Object.keys(context).length > 0)
const alignedToContext = fc
  .constantFrom(
    ['ext:educationLevel', 'grade 4'],
    ['ext:educationLevel', 'grade 3'],
    ['ext:educationalSubject', 'music'],
  )
  .map(([targetType, targetName]) => ({
    targetType: targetType as 'ext:educationLevel',
    targetName: targetName as string,
    targetUrl: `urn:x:${targetName}`.replace(' ', '-'),
  }))

/** Parts of a set stand before it: no set contains itself. */
const frameworkOf = (id: string, ids: readonly string[]): fc.Arbitrary<CompetencyFramework> =>
  fc
    .tuple(
      ...ids.map((competency, index) => {
        const earlier = [...ids.slice(0, index), ids[0] as string]
        return rarely<Competency>({
          id: fc.constant(competency),
          name: fc.constant(competency),
          levels: sometimes(
            5,
            fc
              .constantFrom([0, 1, 2], [0, 1, 2], [0, 1], [1])
              .map((ranks) => ranks.map((n) => ({ id: levelOf(competency, n), name: `${n}` }))),
          ),
          levelOrder: sometimes(2, fc.constant('unknown')),
          parts: sometimes(
            index < 2 ? 0 : 4,
            fc.uniqueArray(fc.constantFrom(...earlier), { minLength: 1, maxLength: 3 }),
          ),
          startDate: sometimes(1, fc.constantFrom('2026-06-01', '2026-07-01')),
          endDate: sometimes(1, fc.constantFrom('2026-05-01', '2026-07-01')),
          educationLevel: sometimes(1, fc.constantFrom(['grade 3'], ['Grade 4'])),
          subject: sometimes(1, fc.constantFrom(['music'], ['science'])),
          replacedBy: sometimes(1, fc.uniqueArray(fc.constantFrom(...ALL), { minLength: 1, maxLength: 2 })),
        }).map((each) => each as Competency)
      }),
    )
    .map((competencies) => ({ id, name: id, competencies }))

const match: fc.Arbitrary<Crosswalk['matches'][number]> = fc
  .record({
    from: fc.constantFrom(...ALL),
    to: fc.constantFrom(...ALL),
    relation: fc.oneof(
      { weight: 5, arbitrary: fc.constant('exact' as const) },
      { weight: 3, arbitrary: fc.constantFrom('broad' as const, 'narrow' as const) },
      { weight: 1, arbitrary: fc.constant('related' as const) },
    ),
    levels: sometimes(
      6,
      fc.uniqueArray(fc.tuple(rank, rank), { minLength: 1, maxLength: 3, selector: ([from]) => from }),
    ),
    context: sometimes(3, fc.constantFrom<ContextOfUse>({ educationLevel: ['grade 4'] }, { subject: ['music'] })),
  })
  .map(({ from, to, relation, levels, context }) => ({
    ...(context === undefined ? {} : { context }),
    from,
    to,
    relation,
    ...(levels === undefined
      ? {}
      : { levels: Object.fromEntries(levels.map(([mine, theirs]) => [levelOf(from, mine), levelOf(to, theirs)])) }),
  }))

const competency = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...OURS) },
  { weight: 1, arbitrary: fc.constantFrom(...THEIRS) },
)

type Leaf = Extract<Requirement, { competency: string }>
/** A level that the competency turns out not to have is taken away again. */
const leaf: fc.Arbitrary<Requirement> = fc
  .tuple(
    competency,
    sometimes(5, rank),
    rarely<Leaf>({
      id: fc.constant(''),
      competency: fc.constant(undefined),
      level: fc.constant(undefined),
      evidence: sometimes(2, fc.constant(true)),
      maxAgeMonths: sometimes(2, fc.constantFrom(6, 12)),
      issuers: sometimes(2, fc.subarray(ISSUERS, { minLength: 1 })),
      endorsedBy: sometimes(2, fc.oneof(fc.constant('independent' as const), fc.subarray(ENDORSERS, { minLength: 1 }))),
      matches: sometimes(4, fc.constant('narrow' as const)),
      covers: sometimes(4, fc.constantFrom('parts' as const, 'itself' as const)),
      context: sometimes(
        1,
        fc
          .tuple(contextOfUse, sometimes(4, fc.constantFrom('uncertain', 'refused', 'accepted')))
          .map(([context, notSaid]) => ({ ...context, ...(notSaid === undefined ? {} : { notSaid }) })),
      ),
    }),
  )
  .map(
    ([id, level, more]): Leaf => ({
      ...more,
      id: '',
      competency: id,
      ...(level === undefined ? {} : { level: levelOf(id, level) }),
    }),
  )

const requirement = (depth: number): fc.Arbitrary<Requirement> =>
  depth === 0
    ? leaf
    : fc.oneof(
        { weight: 3, arbitrary: leaf },
        {
          weight: 1,
          arbitrary: fc
            .array(requirement(depth - 1), { minLength: 1, maxLength: 3 })
            .map((allOf): Requirement => ({ id: '', allOf })),
        },
        {
          weight: 2,
          arbitrary: fc
            .tuple(fc.array(requirement(depth - 1), { minLength: 1, maxLength: 3 }), fc.nat(), fc.boolean())
            .map(
              ([anyOf, count, distinct]): Requirement => ({
                id: '',
                anyOf,
                atLeast: 1 + (count % anyOf.length),
                ...(distinct ? { distinct } : {}),
              }),
            ),
        },
      )

function numbered(requirement: Requirement, id: string, frameworks: readonly CompetencyFramework[]): Requirement {
  const all = (parts: readonly Requirement[]) =>
    parts.map((part, index) => numbered(part, `${id}.${index}`, frameworks))
  if ('allOf' in requirement) return { ...requirement, id, allOf: all(requirement.allOf) }
  if ('anyOf' in requirement) return { ...requirement, id, anyOf: all(requirement.anyOf) }
  const { level, ...rest } = requirement
  const levels = frameworks
    .flatMap(({ competencies }) => competencies)
    .filter((each) => each.id === requirement.competency)
    .flatMap((each) => each.levels ?? [])
  return levels.some((each) => each.id === level) && level !== undefined ? { ...rest, level, id } : { ...rest, id }
}

const endorsement = fc.record({
  by: fc.constantFrom(...ENDORSERS),
  outcome: fc.oneof(
    { weight: 4, arbitrary: fc.constant('valid' as const) },
    { weight: 1, arbitrary: fc.constantFrom('invalid' as const, 'indeterminate' as const) },
  ),
  ofAchievement: fc.boolean(),
  validFrom: sometimes(2, fc.constantFrom(-30, 10).map(days)),
  validUntil: sometimes(3, fc.constantFrom(-1, 20, 90).map(days)),
  status: sometimes(4, fc.constantFrom('Completed', 'Failed')),
})

const verdict: fc.Arbitrary<Verdict> = fc.oneof(
  { weight: 12, arbitrary: fc.constant({}) },
  {
    weight: 5,
    arbitrary: fc.constantFrom<Verdict>(
      { outcome: 'indeterminate', because: 'status.unreachable' },
      { outcome: 'indeterminate', because: 'key.unreachable', checks: { proof: 'proof.blocked' } },
      { outcome: 'invalid', because: 'proof.mismatch' },
      { outcome: 'invalid', because: 'status.revoked' },
      { outcome: 'indeterminate', because: 'status.unreachable', at: days(-1) },
      { recipient: 'recipient.not_asked' },
      { trusted: false, checks: { issuer: 'issuer.not_asked' } },
      { checks: { status: 'status.suspended' } },
      { at: days(1) },
      { at: days(-60) },
    ),
  },
)

const holding = fc
  .record({
    // Few ids: some are versions of one credential.
    id: fc.nat(7),
    aligned: fc.oneof(
      { weight: 9, arbitrary: fc.uniqueArray(fc.constantFrom(...ALL), { minLength: 1, maxLength: 2 }) },
      { weight: 1, arbitrary: fc.constant<string[]>([]) },
    ),
    levels: sometimes(
      6,
      fc.record({
        about: fc.nat(),
        isAligned: fc.boolean(),
        required: sometimes(3, rank),
        // Competencies that are named further down than at the achievement.
        further: sometimes(
          5,
          fc.record({ place: fc.constantFrom('description', 'level', 'result'), competency: fc.constantFrom(...ALL) }),
        ),
        reached: fc.array(
          fc.record({ rank: sometimes(7, rank), status: sometimes(3, fc.constantFrom('Completed', 'Failed')) }),
          { minLength: 1, maxLength: 2 },
        ),
      }),
    ),
    achievement: fc.oneof(
      { weight: 6, arbitrary: fc.nat(5).map((n) => `https://issuer.example/achievements/${n}`) },
      { weight: 1, arbitrary: fc.constantFrom(...ALL) },
    ),
    more: rarely<Badge>({
      issuer: sometimes(3, fc.constantFrom(...ISSUERS)),
      subject: sometimes(1, fc.constantFrom('did:example:bob', 'did:example:teacher-17')),
      evidence: sometimes(
        6,
        fc.constantFrom<NonNullable<Badge['evidence']>>(
          [{ narrative: 'Seen.' }],
          [{ id: 'https://portfolio.example/1' }],
          [{ id: 'https://portfolio.example/1' }, { narrative: 'Seen.' }],
          [{ name: 'Nothing in it' }],
        ),
      ),
      validFrom: sometimes(5, fc.constantFrom(-1000, -300, -200, 1).map(days)),
      validUntil: sometimes(6, fc.constantFrom(-1, 30, 60, 90, 400).map(days)),
      awardedDate: sometimes(2, fc.constantFrom(-500, -300, -10).map(days)),
      shownIn: sometimes(4, fc.array(contextOfUse, { minLength: 1, maxLength: 2 })),
      alignment: sometimes(2, fc.array(alignedToContext, { minLength: 1, maxLength: 2 })),
    }),
    endorsements: fc.array(endorsement, { maxLength: 2 }),
    verdict,
  })
  .map(({ id: number, aligned, levels, achievement, more, endorsements, verdict }): VerificationReport => {
    const id = `urn:x:b${number}`
    const candidates = aligned.length === 0 ? ALL : aligned
    const about = levels === undefined ? '' : (candidates[levels.about % candidates.length] as string)
    const { place, competency: further = '' } = levels?.further ?? {}
    const at = (where: string) => (place === where ? [{ targetName: further, targetUrl: further }] : [])
    const ofScale = [
      ...(levels?.isAligned === true ? [{ targetName: about, targetUrl: about }] : []),
      ...at('description'),
    ]
    const scale = {
      id: `${achievement}#scale`,
      name: 'Level',
      resultType: 'RubricCriterionLevel' as const,
      ...(ofScale.length === 0 ? {} : { alignment: ofScale }),
      ...(levels?.required === undefined ? {} : { requiredLevel: `${achievement}#level-${levels.required}` }),
      rubricCriterionLevel: Array.from({ length: LEVELS }, (_, n) => ({
        id: `${achievement}#level-${n}`,
        name: `${n}`,
        alignment: [{ targetName: `${n}`, targetUrl: levelOf(about, n) }, ...(n === 1 ? at('level') : [])],
      })),
    }
    const { validUntil, ...rest } = more
    const isOrdered = validUntil !== undefined && validUntil > (more.validFrom ?? '2026-01-01')
    const badge: Badge = {
      id,
      achievement,
      aligned,
      ...rest,
      ...(isOrdered ? { validUntil } : {}),
      ...(levels === undefined
        ? {}
        : {
            resultDescription: [scale],
            result: levels.reached.map(({ rank: reached, status }, index) => ({
              resultDescription: scale.id,
              ...(place === 'result' && index === 0 ? { alignment: at('result') } : {}),
              ...(reached === undefined ? {} : { achievedLevel: `${achievement}#level-${reached}` }),
              ...(status === undefined ? {} : { status: status as 'Completed' }),
            })),
          }),
    }
    return plainReportOf(badge, {
      ...verdict,
      endorsements: endorsements.map(({ by, outcome, ofAchievement, validFrom, validUntil: until, status }) =>
        endorsementBy(by, ofAchievement ? achievement : id, outcome, until, validFrom, status),
      ),
    })
  })

/** Now and then another framework has competencies of the first, as another version of it would. */
const frameworks = fc
  .tuple(
    frameworkOf('https://ours.example/', OURS),
    frameworkOf('https://theirs.example/', THEIRS),
    sometimes(2, fc.tuple(frameworkOf('https://ours.example/2', OURS), fc.subarray(OURS, { minLength: 1 }))),
  )
  .map(([ours, theirs, again]) => {
    if (again === undefined) return [ours, theirs]
    const [second, ids] = again
    return [ours, theirs, { ...second, competencies: second.competencies.filter(({ id }) => ids.includes(id)) }]
  })

export const worlds: fc.Arbitrary<World> = fc
  .record({
    frameworks,
    matches: fc.array(match, { maxLength: 4 }),
    requirements: fc.array(requirement(2), { minLength: 1, maxLength: 2 }),
    // Stacks that it extends, the second of which may extend the first too.
    bases: sometimes(
      2,
      fc.record({
        asked: fc.array(fc.array(requirement(1), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 }),
        isChain: fc.boolean(),
        sharesFirst: fc.boolean(),
      }),
    ),
    reports: fc.array(holding, { maxLength: 6 }),
    maxReportAgeDays: sometimes(2, fc.constant(30)),
    person: sometimes(
      2,
      fc.constantFrom<NonNullable<AssessOptions['person']>>(samePerson, { id: 'did:example:teacher-17' }, [
        { id: 'did:example:teacher-17' },
        { id: 'did:example:bob' },
      ]),
    ),
  })
  .map(({ frameworks, matches, requirements, bases, reports, maxReportAgeDays, person }): World => {
    const stacks = (bases?.asked ?? []).map(
      (asked, base): CompetencyStack => ({
        id: `urn:x:base-${base}`,
        name: 'Base',
        ...(base > 0 && bases?.isChain === true ? { extends: ['urn:x:base-0'] } : {}),
        requirements: asked.map((each, index) => numbered(each, `base-${base}-${index}`, frameworks)),
      }),
    )
    const shared = bases?.sharesFirst === true ? (stacks[0]?.requirements.slice(0, 1) ?? []) : []
    return {
      reports,
      stack: {
        id: 'urn:x:stack',
        name: 'Role',
        ...(stacks.length === 0 ? {} : { extends: stacks.map(({ id }) => id) }),
        requirements: [...requirements.map((each, index) => numbered(each, `${index}`, frameworks)), ...shared],
      },
      options: {
        frameworks,
        stacks,
        crosswalks: [{ source: 'https://walk.example/', matches }],
        now: NOW,
        maxReportAgeDays,
        person,
      },
    }
  })
