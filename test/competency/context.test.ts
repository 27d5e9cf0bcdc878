// For whom and where: requirements and crosswalks that hold in a context, and what a badge says it was shown in. Random worlds are in oracle/.
import { describe, expect, test } from 'vitest'
import {
  type AssessOptions,
  assessStack,
  type CompetencyFramework,
  type ContextOfUse,
  checkCrosswalks,
  checkStack,
  explainStack,
  parseCrosswalk,
  parseFramework,
  parseStack,
  type RequiredContext,
  type Requirement,
  readCase,
  writeCase,
  writeCrosswalkCase,
} from '../../src/entries/competency.js'
import {
  createSigner,
  generateKey,
  ParseError,
  signCredential,
  UsageError,
  verifyCredential,
} from '../../src/entries/index.js'
import { type Badge, credentialOf, ISSUER, NOW, reportOf, TEACHER } from './reports.js'
import { casePackage } from './samples.js'

const F = 'https://f.example'
const [A, B] = [`${F}/a`, `${F}/b`]
const LEVELS = [1, 2].map((n) => ({ id: `${A}/${n}`, name: `L${n}` }))
const framework: CompetencyFramework = {
  id: F,
  name: 'F',
  competencies: [
    { id: A, name: 'Giving Feedback', levels: LEVELS },
    { id: B, name: 'Rapport' },
    { id: `${F}/grade-9`, name: 'Proofs', educationLevel: ['Grade 9', 'Grade 10'], subject: ['Mathematics'] },
  ],
}
type Leaf = Extract<Requirement, { competency: string }>
const assess = (badges: readonly Badge[], asked: Partial<Leaf>, options: Partial<AssessOptions> = {}) =>
  assessStack(
    badges.map((badge) => reportOf(badge)),
    { id: 'urn:x:s', name: 'Mentor', requirements: [{ id: 'r', competency: A, ...asked }] },
    { frameworks: [framework], now: NOW, ...options },
  )
const outcomeOf = (...given: Parameters<typeof assess>) => assess(...given).outcome
const codesOf = (...given: Parameters<typeof assess>) =>
  assess(...given).requirements[0]?.because.map(({ code }) => code)
const shown = (...shownIn: ContextOfUse[]): Badge => ({ aligned: [A], shownIn })
const GRADE_4 = { educationLevel: ['Grade 4'] }

describe('a requirement for a context', () => {
  const ask = (badge: Badge, context: RequiredContext) => outcomeOf([badge], { context })
  test.each<[string, Badge, RequiredContext, string]>([
    ['the same', shown(GRADE_4), GRADE_4, 'met'],
    ['in other letters and spaces', shown({ educationLevel: [' grade  4'] }), GRADE_4, 'met'],
    ['one of several', shown(GRADE_4), { educationLevel: ['Grade 3', 'Grade 4'] }, 'met'],
    [
      'a URI, normalized',
      shown({ subject: ['HTTPS://S.example/music'] }),
      { subject: ['https://s.example/music'] },
      'met',
    ],
    [
      'a look-alike is another',
      shown({ subject: ['https://s.example/Music'] }),
      { subject: ['https://s.example/music'] },
      'not-met',
    ],
    ['a language takes its regions', shown({ language: ['es-MX'] }), { language: ['es'] }, 'met'],
    ['and a region not its language', shown({ language: ['es'] }), { language: ['es-MX'] }, 'not-met'],
    ['another', shown({ educationLevel: ['Grade 9'] }), GRADE_4, 'not-met'],
    ['nothing said', { aligned: [A] }, GRADE_4, 'uncertain'],
    ['something else said', shown({ subject: ['Music'] }), GRADE_4, 'uncertain'],
    ['nothing said, which is accepted', { aligned: [A] }, { ...GRADE_4, notSaid: 'accepted' }, 'met'],
    ['nothing said, which is refused', { aligned: [A] }, { ...GRADE_4, notSaid: 'refused' }, 'not-met'],
    [
      'another is never accepted',
      shown({ educationLevel: ['Grade 9'] }),
      { ...GRADE_4, notSaid: 'accepted' },
      'not-met',
    ],
    ['two of which one fits', shown({ educationLevel: ['Grade 9'] }, GRADE_4), GRADE_4, 'met'],
    [
      'half of one and half of the other',
      shown({ ...GRADE_4, subject: ['Music'] }, { educationLevel: ['Grade 9'], subject: ['Science'] }),
      { ...GRADE_4, subject: ['Science'] },
      'not-met',
    ],
  ])('%s', (_, badge, context, outcome) => {
    expect(ask(badge, context)).toBe(outcome)
  })
  test.each<[string, string, RequiredContext, string]>([
    ['ext:educationLevel', 'Grade 4', GRADE_4, 'met'],
    ['ext:audienceLevelType', 'Grade 4', GRADE_4, 'met'],
    ['ext:educationalSubject', 'Music', { subject: ['music'] }, 'met'],
    ['ext:educationalSubject', 'Music', { subject: ['Science'] }, 'not-met'],
    ['CFItem', 'Grade 4', GRADE_4, 'uncertain'],
  ])('an alignment of the kind %s to "%s" says it: %j', (targetType, targetName, context, outcome) => {
    const alignment = [{ targetName, targetType: targetType as 'ext:x', targetUrl: 'https://levels.example/4' }]
    expect(ask({ aligned: [A], alignment }, context)).toBe(outcome)
    // What it was shown in goes before what the achievement is for.
    expect(
      ask({ aligned: [A], alignment, shownIn: [{ subject: ['Art'], educationLevel: ['Grade 1'] }] }, context),
    ).toBe('not-met')
  })
  test('what the framework says of the competency counts where the badge says nothing', () => {
    const asked = { competency: `${F}/grade-9` }
    const badge = { aligned: [`${F}/grade-9`] }
    expect(outcomeOf([badge], { ...asked, context: { educationLevel: ['grade 10'] } })).toBe('met')
    expect(outcomeOf([badge], { ...asked, context: GRADE_4 })).toBe('not-met')
    expect(outcomeOf([{ ...badge, shownIn: [GRADE_4] }], { ...asked, context: GRADE_4 })).toBe('met')
  })
  test('the report names what does not fit, and what is not said, each by itself', () => {
    const context = { ...GRADE_4, subject: ['Science', 'Art'], language: ['es'] }
    const { requirements } = assess([shown({ educationLevel: ['Grade 9'], subject: ['Music'] })], { context })
    expect(requirements[0]?.because).toEqual([
      {
        code: 'context.other',
        credential: 'urn:x:badge',
        dimension: 'educationLevel',
        stated: ['Grade 9'],
        wanted: ['Grade 4'],
      },
      {
        code: 'context.other',
        credential: 'urn:x:badge',
        dimension: 'subject',
        stated: ['Music'],
        wanted: ['Science', 'Art'],
      },
      { code: 'context.not_stated', credential: 'urn:x:badge', dimension: 'language', wanted: ['es'] },
    ])
    expect(requirements[0]?.asked?.context).toEqual(context)
  })
  test('in words', () => {
    const context = { subject: ['Science', 'Art'], language: ['es'] }
    const [, line] = explainStack(assess([shown({ subject: ['Music'] })], { context }))
    expect(line).toContain('"urn:x:badge" was shown in another subject ("Music"); "Science" or "Art" is asked.')
    expect(line).toContain('"urn:x:badge" does not say in which language of instruction it was shown; "es" is asked')
  })
  test('what is asked of a set is asked of each part', () => {
    const whole = { id: `${F}/s`, name: 'Set', parts: [A, B] }
    const frameworks = [{ ...framework, competencies: [...framework.competencies, whole] }]
    const badges = (second: ContextOfUse): Badge[] => [shown(GRADE_4), { id: 'b', aligned: [B], shownIn: [second] }]
    const ask = (second: ContextOfUse) =>
      outcomeOf(badges(second), { competency: whole.id, context: GRADE_4 }, { frameworks })
    expect(ask(GRADE_4)).toBe('met')
    expect(ask({ educationLevel: ['Grade 9'] })).toBe('not-met')
  })
  test('of a signed badge, whatever the proof', async () => {
    const signer = await createSigner({ key: await generateKey() })
    const credential = { ...credentialOf(shown(GRADE_4)), issuer: signer.controller }
    for (const options of [{ suite: 'eddsa-rdfc-2022' }, { suite: 'eddsa-jcs-2022' }, { format: 'jwt' as const }]) {
      const signed = await signCredential(credential as never, { signer, ...options })
      const report = await verifyCredential(signed as never, {
        trustedIssuers: [signer.controller],
        recipient: { id: TEACHER },
      })
      const stack = { id: 'urn:x:s', name: 'S', requirements: [{ id: 'r', competency: A, context: GRADE_4 }] }
      const now = new Date()
      expect(assessStack([report], stack, { frameworks: [framework], now }).outcome).toBe('met')
      const other = { ...stack, requirements: [{ id: 'r', competency: A, context: { educationLevel: ['Grade 9'] } }] }
      expect(assessStack([report], other, { frameworks: [framework], now }).outcome).toBe('not-met')
    }
  })
  test('more contexts than anybody means say nothing', () => {
    expect(ask(shown(...Array.from({ length: 51 }, () => GRADE_4)), GRADE_4)).toBe('uncertain')
  })
})

describe('a crosswalk for a context', () => {
  const X = 'https://x.example/rapport'
  const walk = (...matches: readonly object[]) =>
    [
      {
        source: 'https://walk.example',
        matches: matches.map((match) => ({ from: X, to: A, relation: 'exact', ...match })),
      },
    ] as NonNullable<AssessOptions['crosswalks']>
  const about = (more: Partial<Badge> = {}): Badge => ({ aligned: [X], ...more })
  const K5 = { educationLevel: ['K-5'] }
  test('counts for badges that were shown in it', () => {
    const crosswalks = walk({ context: K5 })
    expect(outcomeOf([about({ shownIn: [K5] })], {}, { crosswalks })).toBe('met')
    expect(outcomeOf([about()], {}, { crosswalks })).toBe('uncertain')
    expect(outcomeOf([about({ shownIn: [{ educationLevel: ['6-8'] }] })], {}, { crosswalks })).toBe('not-met')
  })
  test('and the report says so', () => {
    const crosswalks = walk({ context: K5 })
    const met = assess([about({ shownIn: [K5] })], {}, { crosswalks }).requirements[0]
    expect(met?.by?.path[1]).toEqual({ via: 'crosswalk', from: X, to: A, source: 'https://walk.example', context: K5 })
    expect(codesOf([about()], {}, { crosswalks })).toEqual(['crosswalk.context_not_stated'])
    const other = assess([about({ shownIn: [{ educationLevel: ['6-8'] }] })], {}, { crosswalks })
    expect(other.requirements[0]?.because).toEqual([
      {
        code: 'crosswalk.other_context',
        credential: 'urn:x:badge',
        dimension: 'educationLevel',
        stated: ['6-8'],
        wanted: ['K-5'],
      },
    ])
    expect(explainStack(other)[1]).toContain(
      'counts only by a crosswalk for the level of education "K-5", and was shown in "6-8"',
    )
  })
  test('contradicts none of another context', () => {
    const crosswalks = walk({ context: K5 }, { context: { educationLevel: ['6-8'] }, relation: 'broad' })
    expect(checkCrosswalks(crosswalks)).toEqual([])
    expect(checkCrosswalks(walk({}, { context: K5, relation: 'broad' })).map(({ code }) => code)).toContain(
      'crosswalk.conflict',
    )
    expect(outcomeOf([about({ shownIn: [K5] })], {}, { crosswalks })).toBe('met')
    expect(outcomeOf([about({ shownIn: [{ educationLevel: ['6-8'] }] })], { matches: 'narrow' }, { crosswalks })).toBe(
      'met',
    )
    expect(outcomeOf([about({ shownIn: [{ educationLevel: ['6-8'] }] })], {}, { crosswalks })).toBe('not-met')
  })
  test('levels of it too; what holds everywhere goes on to hold', () => {
    const levels = (n: number) => ({ levels: { [`${X}/high`]: `${A}/${n}` } })
    const crosswalks = walk(
      { ...levels(1) },
      { context: K5, to: B },
      { from: `${X}/k5`, context: K5, ...{ levels: { [`${X}/high`]: `${A}/2` } } },
    )
    const badge = (aligned: string, shownIn?: ContextOfUse): Badge => ({
      aligned: [aligned],
      rubric: { levels: [`${X}/high`], reached: 0 },
      ...(shownIn === undefined ? {} : { shownIn: [shownIn] }),
    })
    expect(outcomeOf([badge(X)], { level: `${A}/1` }, { crosswalks })).toBe('met')
    expect(outcomeOf([badge(X, { educationLevel: ['6-8'] })], { level: `${A}/1` }, { crosswalks })).toBe('met')
    expect(outcomeOf([badge(X)], { level: `${A}/2` }, { crosswalks })).toBe('not-met')
    expect(outcomeOf([badge(`${X}/k5`, K5)], { level: `${A}/2` }, { crosswalks })).toBe('met')
    expect(outcomeOf([badge(`${X}/k5`, { educationLevel: ['6-8'] })], { level: `${A}/2` }, { crosswalks })).toBe(
      'not-met',
    )
  })
  test('suggests nothing: a new badge would do in that context only', () => {
    expect(assess([], {}, { crosswalks: walk({ context: K5 }) }).requirements[0]?.suggestions).toEqual([A])
  })
  test('more than 32 contexts are refused', () => {
    const many = (count: number) =>
      walk(...Array.from({ length: count }, (_, n) => ({ context: { subject: [`${n}`] } })))
    expect(outcomeOf([about()], {}, { crosswalks: many(32) })).toBe('uncertain')
    expect(() => outcomeOf([about()], {}, { crosswalks: many(33) })).toThrow(UsageError)
    expect(() => checkCrosswalks(many(33))).toThrow('hold in 33 contexts')
  })
  test('CASE has no word for it: it is left out, and that is said', () => {
    const [crosswalk] = walk({ context: K5 }, { from: B })
    const { associations, losses } = writeCrosswalkCase(crosswalk as never, {
      now: NOW,
      identifierOf: () => '00000000-0000-4000-8000-000000000001',
    })
    expect(associations).toHaveLength(1)
    expect(losses.filter(({ what }) => what === 'context')).toMatchObject([{ from: X, to: A }])
  })
})

describe('as JSON', () => {
  const leaf = (context: object) => ({ id: 'urn:x:s', name: 'S', requirements: [{ id: 'r', competency: A, context }] })
  test.each<[string, object, string]>([
    ['nothing', {}, '"context" asks for nothing'],
    ['a policy alone', { notSaid: 'refused' }, '"context" asks for nothing'],
    ['another policy', { subject: ['x'], notSaid: 'maybe' }, 'must be one of uncertain, refused, accepted'],
    ['a mistyped dimension', { subjects: ['x'] }, 'has no member "subjects"'],
    ['no list', { subject: 'x' }, '"subject" must be an array'],
    ['a blank word', { subject: [' '] }, '"subject[0]" must be a text'],
    ['no word', { subject: [] }, 'names 0: from 1 to 50'],
  ])('a requirement with %s', (_, context, message) => {
    expect(() => parseStack(leaf(context))).toThrow(ParseError)
    expect(() => parseStack(leaf(context))).toThrow(message)
  })
  test('read as they are', () => {
    const context = { educationLevel: ['Grade 4'], subject: ['x'], language: ['en'], schoolModel: ['flex'] }
    expect(parseStack(leaf({ ...context, notSaid: 'refused' })).requirements).toEqual(
      leaf({ ...context, notSaid: 'refused' }).requirements,
    )
    const match = { from: A, to: B, relation: 'exact', context }
    expect(parseCrosswalk({ source: 's', matches: [match] }).matches).toEqual([match])
    expect(() => parseCrosswalk({ source: 's', matches: [{ ...match, context: { notSaid: 'refused' } }] })).toThrow(
      ParseError,
    )
    expect(parseFramework(framework)).toEqual(framework)
    expect(() => parseFramework({ ...framework, competencies: [{ id: A, name: 'A', subject: 'x' }] })).toThrow(
      ParseError,
    )
  })
  test('CASE: educationLevel and subject of an item, there and back', () => {
    const content = structuredClone(casePackage()) as unknown as { CFItems: object[] }
    Object.assign(content.CFItems[1] as object, { educationLevel: ['09', ''], subject: ['Mathematics'] })
    const { framework: read, package: base } = readCase(content)
    const found = read.competencies.find(({ educationLevel }) => educationLevel !== undefined)
    expect(found).toMatchObject({ educationLevel: ['09'], subject: ['Mathematics'] })
    const options = { now: NOW, creator: 'S', identifierOf: () => '00000000-0000-4000-8000-000000000001' }
    const again = readCase(writeCase(read, options).package).framework.competencies
    expect(again.find(({ id }) => id === found?.id)).toMatchObject({ educationLevel: ['09'], subject: ['Mathematics'] })
    // Over a package, what was not changed stays as it stood.
    expect(writeCase(read, { ...options, base }).package.CFItems?.[1]).toEqual(base.CFItems?.[1])
  })
  test('checkStack: a competency that its framework has for another context', () => {
    const stack = {
      id: 'urn:x:s',
      name: 'S',
      requirements: [{ id: 'r', competency: `${F}/grade-9`, context: GRADE_4 }],
    }
    expect(checkStack(stack, { frameworks: [framework], now: NOW })).toMatchObject([
      { code: 'stack.other_context', requirement: 'r', message: expect.stringContaining('Grade 9, Grade 10') },
    ])
    expect(
      checkStack(
        { ...stack, requirements: [{ id: 'r', competency: A, context: GRADE_4 }] },
        { frameworks: [framework], now: NOW },
      ),
    ).toEqual([])
  })
})

test('whoever issues it: the same', () => {
  expect(outcomeOf([{ ...shown(GRADE_4), issuer: ISSUER }], { context: GRADE_4, issuers: [ISSUER] })).toBe('met')
})
