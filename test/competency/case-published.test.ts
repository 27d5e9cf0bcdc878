// 1EdTech CASE 1.1, as servers publish it: CFItem (statusStartDate, statusEndDate), CFAssociation (replacedBy), CFRubricCriterionLevel (score, position).
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { soundFramework } from '../../src/competency/sound.js'
import type { CompetencyFramework } from '../../src/entries/competency.js'
import { assessStack, checkFramework, readCase, writeCase } from '../../src/entries/competency.js'
import { NOW, reportOf } from './reports.js'
import { casePackage, caseUri } from './samples.js'

// biome-ignore lint/suspicious/noExplicitAny: a package on its way to be changed
type Loose = any
const changed = (change: (content: Loose) => void): unknown => {
  const content = structuredClone(casePackage())
  change(content)
  return content
}
const codes = (content: unknown) => readCase(content).findings.map(({ code }) => code)
const feedback = (content: unknown, options = {}) => readCase(content, options).framework.competencies[1]
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const level = (n: number, quality: string, more: object) => ({
  identifier: uuid(n),
  uri: caseUri(n),
  quality,
  lastChangeDateTime: '2026-01-01T00:00:00Z',
  ...more,
})
const withLevels = (...levels: object[]) =>
  changed((c) => {
    c.CFRubrics[0].CFRubricCriteria[0].CFRubricCriterionLevels = levels
  })
const bestFirst = withLevels(
  level(41, 'Exemplary', { position: 1 }),
  level(42, 'Proficient', { position: 2 }),
  level(43, 'Beginning', { position: 3 }),
)
const namesOf = (content: unknown, options = {}) => feedback(content, options)?.levels?.map(({ name }) => name)

describe('which level is higher', () => {
  test('position alone says only where a level is shown: nobody knows, and a finding asks', () => {
    expect(feedback(bestFirst)).toMatchObject({ levelOrder: 'unknown' })
    expect(readCase(bestFirst).findings).toMatchObject([
      {
        code: 'case.level_order_unknown',
        severity: 'warning',
        pointer: '/CFRubrics/0/CFRubricCriteria/0',
        message: expect.stringContaining('the first or the last of "Exemplary", "Proficient", "Beginning"?'),
      },
    ])
  })
  test('best first: a badge that reached "Beginning" never meets "Proficient" for certain', () => {
    const assess = (reached: number, options = {}) => {
      const { framework } = readCase(bestFirst, options)
      const stack = {
        id: 'urn:x:s',
        name: 'S',
        requirements: [{ id: 'r', competency: caseUri(11), level: caseUri(42) }],
      }
      const badge = { aligned: [caseUri(11)], rubric: { levels: [caseUri(reached)], reached: 0 } }
      return assessStack([reportOf(badge)], stack, { frameworks: [framework], now: NOW }).outcome
    }
    expect([41, 42, 43].map((each) => assess(each))).toEqual(['uncertain', 'met', 'uncertain'])
    const told = { levelOrder: 'highest-first' }
    expect([41, 42, 43].map((each) => assess(each, told))).toEqual(['met', 'met', 'not-met'])
    expect([41, 42, 43].map((each) => assess(each, { levelOrder: 'lowest-first' }))).toEqual(['not-met', 'met', 'met'])
  })
  test.each<[string, unknown, { levelOrder?: string }, string[], 'unknown' | undefined]>([
    [
      'scores rank, whatever the positions and the caller say',
      withLevels(level(41, 'A', { position: 1, score: 4 }), level(42, 'B', { position: 2, score: 1 })),
      { levelOrder: 'lowest-first' },
      ['B', 'A'],
      undefined,
    ],
    [
      'scores that are texts',
      withLevels(level(41, 'A', { position: 1, score: '10' }), level(42, 'B', { position: 2, score: '9' })),
      {},
      ['B', 'A'],
      undefined,
    ],
    [
      'one score for all says nothing',
      withLevels(level(41, 'A', { position: 1, score: 0 }), level(42, 'B', { position: 2, score: 0 })),
      { levelOrder: 'highest-first' },
      ['B', 'A'],
      undefined,
    ],
    [
      'some scores, and the caller says what agrees with them',
      withLevels(level(41, 'A', { position: 1, score: 4 }), level(42, 'B', { position: 2 })),
      { levelOrder: 'highest-first' },
      ['B', 'A'],
      undefined,
    ],
    [
      'some scores that contradict what the caller says',
      withLevels(
        level(41, 'A', { position: 1, score: 4 }),
        level(42, 'B', { position: 2 }),
        level(43, 'C', { position: 3, score: 1 }),
      ),
      { levelOrder: 'lowest-first' },
      ['A', 'B', 'C'],
      'unknown',
    ],
    [
      'two at one position',
      withLevels(level(41, 'A', { position: 1 }), level(42, 'B', { position: 1 })),
      { levelOrder: 'lowest-first' },
      ['A', 'B'],
      'unknown',
    ],
    [
      'no positions: as they are listed',
      withLevels(level(41, 'A', {}), level(42, 'B', {})),
      { levelOrder: 'highest-first' },
      ['B', 'A'],
      undefined,
    ],
    ['one level has no order to ask for', withLevels(level(41, 'A', { position: 1 })), {}, ['A'], undefined],
    [
      'words never rank',
      withLevels(level(41, 'Expert', { position: 2 }), level(42, 'Beginner', { position: 1 })),
      {},
      ['Beginner', 'Expert'],
      'unknown',
    ],
  ])('%s', (_, content, options, names, order) => {
    expect(namesOf(content, options)).toEqual(names)
    expect(feedback(content, options)?.levelOrder).toBe(order)
  })
  test('two levels with one score, of several: said, and nobody knows', () => {
    const content = withLevels(level(41, 'A', { score: 1 }), level(42, 'B', { score: 2 }), level(43, 'C', { score: 2 }))
    expect(codes(content)).toEqual(['case.same_rank', 'case.level_order_unknown'])
    expect(feedback(content)?.levelOrder).toBe('unknown')
  })
  test('what the caller said is written into the file, and read from it', () => {
    const { framework, package: base } = readCase(bestFirst, { levelOrder: 'highest-first' })
    const { package: written, losses } = writeCase(framework, { now: NOW, base, version: '1.1' })
    expect(losses).toEqual([])
    expect(readCase(written)).toMatchObject({ framework, findings: [] })
    // The levels stand where they stood.
    expect(
      written.CFRubrics?.[0]?.CFRubricCriteria?.[0]?.CFRubricCriterionLevels?.map(({ position }) => position),
    ).toEqual([1, 2, 3])
    const old = writeCase(framework, { now: NOW, version: '1.0' })
    expect(old.losses).toMatchObject([{ from: caseUri(11), what: 'levelOrder' }])
    expect(readCase(old.package).framework.competencies[1]?.levelOrder).toBe('unknown')
  })
  test('an option that is none is refused', () => {
    expect(() => readCase(bestFirst, { levelOrder: 'up' } as never)).toThrow('levelOrder')
  })
})

describe('texts and links that servers leave empty', () => {
  test('a blank abbreviatedStatement or code is none', () => {
    const content = changed((c) => Object.assign(c.CFItems[1], { abbreviatedStatement: ' ', humanCodingScheme: '' }))
    const { framework, package: base } = readCase(content)
    expect(framework.competencies[1]).toMatchObject({ name: 'Gives feedback that others can act on.' })
    expect(framework.competencies[1]).not.toHaveProperty('code')
    expect(framework.competencies[1]).not.toHaveProperty('statement')
    expect(writeCase(framework, { now: NOW, base }).package).toEqual(content)
  })
  test.each([
    [
      'a licence',
      (c: Loose) => Object.assign(c.CFDocument, { licenseURI: { title: '', identifier: null, uri: null } }),
    ],
    ['a type of item', (c: Loose) => Object.assign(c.CFItems[1], { CFItemTypeURI: { title: 'Skill', uri: null } })],
    ['a text for a subject', (c: Loose) => Object.assign(c.CFItems[1], { subjectURI: 'https://x.example/physics' })],
    ['a subject', (c: Loose) => Object.assign(c.CFItems[1], { subjectURI: [{ title: null, uri: '' }] })],
    ['the title of an end', (c: Loose) => Object.assign(c.CFAssociations[1].originNodeURI, { title: '' })],
    ['the uri of an end', (c: Loose) => Object.assign(c.CFAssociations[1].originNodeURI, { uri: null })],
    [
      'the uri of the item of a criterion',
      (c: Loose) => Object.assign(c.CFRubrics[0].CFRubricCriteria[0].CFItemURI, { uri: null }),
    ],
  ])('null in %s', (_, change) => {
    const content = changed(change)
    const { framework, findings, package: base } = readCase(content)
    expect(framework).toEqual(readCase(casePackage()).framework)
    expect(findings).toEqual([])
    expect(writeCase(framework, { now: NOW, base }).package).toEqual(content)
  })
})

describe('in use, and replaced', () => {
  const link = (n: number) => ({ title: String(n), identifier: uuid(n), uri: caseUri(n) })
  const replaced = (from: object, to: object) =>
    changed((c) =>
      c.CFAssociations.push({
        ...c.CFAssociations[1],
        associationType: 'replacedBy',
        originNodeURI: from,
        destinationNodeURI: to,
      }),
    )
  const stack = { id: 'urn:x:s', name: 'S', requirements: [{ id: 'r', competency: caseUri(11) }] }

  test('replacedBy: a badge about the replacement counts for what it replaced, not the other way round', () => {
    const { framework } = readCase(replaced(link(11), link(12)))
    const assess = (about: number, asked: number) =>
      assessStack(
        [reportOf({ aligned: [caseUri(about)] })],
        { ...stack, requirements: [{ id: 'r', competency: caseUri(asked) }] },
        { frameworks: [framework], now: NOW },
      )
    const report = assess(12, 11)
    expect(report.outcome).toBe('met')
    expect(report.requirements[0]?.by?.path.map(({ via }) => via)).toEqual(['alignment', 'replacement'])
    expect(report.findings?.map(({ code }) => code)).toEqual(['stack.retired_competency'])
    expect(assess(11, 12).outcome).toBe('not-met')
  })
  test('by something of another framework; what another framework had is said', () => {
    const other = { title: 'Theirs', identifier: 'x', uri: 'https://other.example/1' }
    expect(feedback(replaced(link(11), other))?.replacedBy).toEqual([other.uri])
    expect(codes(replaced(other, link(11)))).toEqual(['case.replaced_elsewhere'])
    expect(codes(replaced(link(11), { ...other, uri: 'items/1' }))).toEqual(['case.relative_uri'])
  })
  test('statusEndDate, also with a time: retired from the day after', () => {
    const content = changed((c) => Object.assign(c.CFItems[1], { statusEndDate: '2026-05-31T00:00:00' }))
    const { framework, package: base } = readCase(content)
    expect(framework.competencies[1]?.endDate).toBe('2026-05-31')
    const { findings = [] } = assessStack([], stack, { frameworks: [framework], now: NOW })
    expect(findings.map(({ code }) => code)).toEqual(['stack.retired_competency'])
    expect(writeCase(framework, { now: NOW, base }).package).toEqual(content)
  })
  test('statusStartDate: nobody is told to get a badge for what is not in use yet; one that is there counts', () => {
    const { framework } = readCase(changed((c) => Object.assign(c.CFItems[1], { statusStartDate: '2026-06-02' })))
    const none = assessStack([], stack, { frameworks: [framework], now: NOW })
    expect(none.findings).toMatchObject([
      { code: 'stack.coming_competency', message: expect.stringContaining('from 2026-06-02 only') },
    ])
    expect(none.requirements[0]?.suggestions).not.toContain(caseUri(11))
    const badge = reportOf({ aligned: [caseUri(11)] })
    expect(assessStack([badge], stack, { frameworks: [framework], now: NOW }).outcome).toBe('met')
    const later = new Date('2026-06-02T00:00:00Z')
    expect(assessStack([], stack, { frameworks: [framework], now: later }).findings).toBeUndefined()
  })
  test('what is no date says nothing', () => {
    const content = changed((c) => Object.assign(c.CFItems[1], { statusEndDate: 'soon', statusStartDate: '' }))
    expect(feedback(content)).toEqual(feedback(casePackage()))
  })
  test('written without the package they come back', () => {
    const content = replaced(link(11), link(12)) as Loose
    Object.assign(content.CFItems[1], { statusStartDate: '2020-01-01', statusEndDate: '2026-05-31' })
    const { framework } = readCase(content)
    for (const version of ['1.0', '1.1'] as const)
      expect(readCase(writeCase(framework, { now: NOW, version }).package).framework).toEqual(framework)
  })
})

describe('a part that another framework defines', () => {
  const theirs = { title: 'Theirs', identifier: uuid(77), uri: 'https://other.example/77' }
  const content = changed((c) =>
    c.CFAssociations.push({ ...c.CFAssociations[1], originNodeURI: theirs, sequenceNumber: 9 }),
  )

  test('is a part, which the finding names, and survives writing over the package and without it', () => {
    const { framework, findings, package: base } = readCase(content)
    expect(framework.competencies[0]?.parts).toEqual([caseUri(12), caseUri(11), theirs.uri])
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['framework.unknown_part', 'warning']])
    expect(writeCase(framework, { now: NOW, base }).package).toEqual(content)
    expect(readCase(writeCase(framework, { now: NOW }).package).framework).toEqual(framework)
  })
  test('is taken out where the framework no longer has it', () => {
    const { framework, package: base } = readCase(content)
    const [set, ...others] = framework.competencies
    const without = { ...framework, competencies: [{ ...set, parts: [caseUri(12), caseUri(11)] }, ...others] }
    const written = writeCase(without as CompetencyFramework, { now: NOW, base }).package
    expect(written).toEqual(casePackage())
  })
})

describe('what a reader makes never makes assessStack throw', () => {
  const stack = { id: 'urn:x:s', name: 'S', requirements: [{ id: 'r', competency: caseUri(10) }] }

  test('items that are parts of each other are none, and writing over the package keeps what it says', () => {
    const content = changed((c) =>
      c.CFAssociations.push({
        ...c.CFAssociations[1],
        originNodeURI: c.CFAssociations[1].destinationNodeURI,
        destinationNodeURI: c.CFAssociations[1].originNodeURI,
      }),
    )
    const { framework, findings, package: base } = readCase(content)
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['framework.cycle', 'error']])
    expect(framework.competencies.map(({ parts }) => parts)).toEqual([[caseUri(12)], undefined, undefined])
    expect(() => assessStack([], stack, { frameworks: [framework], now: NOW })).not.toThrow()
    expect(writeCase(framework, { now: NOW, base }).package).toEqual(content)
  })
  test('levels without a uri: said, and not read', () => {
    const content = withLevels({ quality: 'Exemplary', score: 4 }, { quality: 'Proficient', score: 3 })
    expect(codes(content)).toEqual(['case.level_without_uri'])
    expect(feedback(content)).not.toHaveProperty('levels')
    const { framework, package: base } = readCase(content)
    expect(writeCase(framework, { now: NOW, base }).package).toEqual(content)
  })
  test('a level whose uri another level has', () => {
    const content = withLevels(level(41, 'A', { score: 1 }), level(41, 'B', { score: 2 }))
    expect(codes(content)).toEqual(['framework.duplicate_level'])
    expect(namesOf(content)).toEqual(['A'])
  })
  test('law: of any framework a sound one is left, with the same findings, and a sound one is left as it is', () => {
    const ids = ['urn:x:a', 'urn:x:b', 'urn:x:c', 'urn:x:d']
    const points = fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined })
    const framework = fc
      .array(
        fc.record({
          id: fc.constantFrom(...ids),
          parts: fc.option(fc.subarray(ids), { nil: undefined }),
          levels: fc.option(fc.array(fc.record({ id: fc.constantFrom('urn:l:1', 'urn:l:2', 'urn:l:3'), points })), {
            nil: undefined,
          }),
        }),
        { maxLength: 6 },
      )
      .map((competencies) =>
        JSON.parse(
          JSON.stringify({
            id: 'urn:x:f',
            name: 'F',
            competencies: competencies.map(({ levels, ...each }) => ({
              ...each,
              name: each.id,
              levels: levels?.map((one) => ({ ...one, name: one.id })),
            })),
          }),
        ),
      )
    let broken = 0
    fc.assert(
      fc.property(framework, (given: CompetencyFramework) => {
        const { framework: sound, findings } = soundFramework(given)
        expect(findings).toEqual(checkFramework(given))
        const isError = ({ severity }: { severity: string }) => severity === 'error'
        expect(checkFramework(sound).filter(isError)).toEqual([])
        expect(soundFramework(sound).framework).toEqual(sound)
        if (findings.some(isError)) broken++
        else expect(sound).toEqual(given)
      }),
      { numRuns: 500 },
    )
    expect(broken).toBeGreaterThan(100)
  })
})
