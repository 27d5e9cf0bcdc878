// What a principal reads of two raters: never one number alone, undefined where it is 0/0, and what it does not show.
import { describe, expect, test } from 'vitest'
import { type AgreementReportOptions, agreementReport } from '../../src/predictability/agreement-report.js'
import { explainAgreement } from '../../src/predictability/explain-agreement.js'
import { ratingRows } from '../../src/predictability/ratings.js'

const LEVELS = ['Beginning', 'Developing', 'Proficient', 'Advanced']
/** By the numbers of levels, for two raters. */
const two = (pairs: readonly (readonly [number, number])[]) =>
  ratingRows(
    pairs.map((pair) => pair.map((level) => LEVELS[level] as string)),
    { levels: LEVELS, raters: ['Ana', 'Ben'] },
  )
const times = (count: number, pair: readonly [number, number]) => Array.from({ length: count }, () => pair)
const said = (table: ReturnType<typeof two>, options?: AgreementReportOptions) =>
  explainAgreement(agreementReport(table, options))

describe('forty portfolios, two raters', () => {
  const table = two([
    ...times(12, [2, 2]),
    ...times(8, [1, 1]),
    ...times(7, [3, 2]),
    ...times(5, [3, 3]),
    ...times(5, [2, 1]),
    ...times(3, [0, 0]),
  ])
  const report = agreementReport(table, { passLevel: 'Proficient' })

  test('has all measures, each with its interval and the label that may be claimed', () => {
    expect(report.measures.map(({ measure, weights }) => `${measure} ${weights}`)).toEqual([
      'percent-agreement identity',
      'cohen-kappa identity',
      'cohen-kappa quadratic',
      'gwet-ac identity',
      'gwet-ac quadratic',
      'krippendorff-alpha ordinal',
    ])
    for (const measure of report.measures)
      expect(measure).toMatchObject({ defined: true, interval: { confidence: 0.95 } })
    expect(report.measures[1]).toMatchObject({ label: { apparent: 'Moderate', claimed: 'Fair' } })
    expect(report.passing?.measures.map(({ measure }) => measure)).toEqual([
      'percent-agreement',
      'cohen-kappa',
      'gwet-ac',
    ])
  })
  test('says who rates harder', () => {
    expect(report.severity).toMatchObject([
      { rater: 'Ana', shared: 40, difference: 0.3 },
      { rater: 'Ben', shared: 40, difference: -0.3 },
    ])
    expect(report.remarks).toEqual(['severity_differs'])
  })
  test('in words', () => {
    expect(explainAgreement(report)).toEqual([
      '2 raters gave 80 ratings to 40 items; 40 items have two ratings or more.',
      'Two raters of one item gave the same level in 70 % of cases (with 95 % confidence between 55 % and 82 %). Some of that is chance.',
      'Cohen\'s kappa: 0.57 (0 is chance, 1 is always; with 95 % confidence between 0.35 and 0.78). It looks "Moderate"; with so few items only "Fair" may be claimed.',
      'Cohen\'s kappa, near misses counted in part: 0.80 (0 is chance, 1 is always; with 95 % confidence between 0.68 and 0.92). It looks "Almost Perfect"; with so few items only "Substantial" may be claimed.',
      'Gwet\'s AC: 0.61 (0 is chance, 1 is always; with 95 % confidence between 0.42 and 0.80). It looks "Substantial"; with so few items only "Moderate" may be claimed.',
      'Gwet\'s AC, near misses counted in part: 0.90 (0 is chance, 1 is always; with 95 % confidence between 0.86 and 0.95). "Almost Perfect" may be claimed.',
      'Krippendorff\'s alpha, by rank: 0.76 (0 is chance, 1 is always; with 95 % confidence between 0.62 and 0.91). "Substantial" may be claimed.',
      'Two raters of one item agreed on whether it passes ("Proficient" or higher) in 88 % of cases (with 95 % confidence between 74 % and 95 %). Some of that is chance.',
      'On passing: Cohen\'s kappa: 0.73 (0 is chance, 1 is always; with 95 % confidence between 0.50 and 0.95). It looks "Substantial"; with so few items only "Moderate" may be claimed.',
      'On passing: Gwet\'s AC: 0.77 (0 is chance, 1 is always; with 95 % confidence between 0.57 and 0.97). "Substantial" may be claimed.',
      'Ana rates more generously than the others: by 0.30 points on 40 shared items (with 95 % confidence between 0.15 and 0.45).',
      expect.stringMatching(/^To compare: .* 0\.17 on average/),
      expect.stringMatching(/does not show that they are right/),
    ])
  })
  test('of three, the harder one is named with a range that is above 0', () => {
    const three = ratingRows(
      Array.from({ length: 40 }, (_, index) => [
        'Proficient',
        'Proficient',
        index % 4 === 0 ? 'Proficient' : 'Developing',
      ]),
      { levels: LEVELS, raters: ['Ana', 'Ben', 'Cem'] },
    )
    expect(explainAgreement(agreementReport(three)).find((line) => line.startsWith('Cem'))).toMatch(
      /^Cem rates harder than the others: by 0\.75 points on 40 shared items \(with 95 % confidence between 0\.6\d and 0\.8\d\)\.$/,
    )
  })
  test('is plain JSON, and one that was kept is read', () => {
    const kept = JSON.parse(JSON.stringify(report))
    expect(kept).toEqual(report)
    expect(explainAgreement(kept)).toEqual(explainAgreement(report))
  })
})

describe('where numbers mislead', () => {
  test('nearly everybody passes: kappa falls, AC1 does not, and it is said', () => {
    const report = agreementReport(two([...times(90, [2, 2]), ...times(5, [2, 1]), ...times(5, [1, 2])]))
    const value = (measure: string) => report.measures.find((one) => one.measure === measure)
    expect(value('cohen-kappa')).toMatchObject({ value: expect.closeTo(-0.05, 2) })
    expect(value('gwet-ac')).toMatchObject({ value: expect.closeTo(0.897, 3) })
    expect(report.remarks).toEqual(['one_level_prevails', 'unused_levels'])
  })
  test('all the same: undefined, neither 1 nor 0', () => {
    const lines = said(two(times(50, [2, 2])))
    expect(lines).toContain(
      "Cohen's kappa: undefined, because all ratings are the same: chance would agree as well, so nothing was tested.",
    )
    expect(lines.join('\n')).toContain('Include work that should fail')
    expect(lines.join('\n')).not.toMatch(/NaN|Infinity|undefined\b(?!,)/)
  })
  test('nobody differs on ten items: no certainty of it', () => {
    const report = agreementReport(two([...times(5, [2, 2]), ...times(5, [1, 1])]))
    expect(report.remarks).toEqual(['few_items', 'unused_levels', 'never_differed'])
    expect(report.measures[0]).toMatchObject({ value: 1, interval: { low: expect.closeTo(0.72, 2) } })
    expect(explainAgreement(report).join('\n')).toContain('how far off that may be cannot be told')
  })
  test('one rater: nothing can be said', () => {
    const report = agreementReport(ratingRows([['Beginning'], ['Advanced']], { levels: LEVELS }))
    expect(report.remarks).toEqual(['no_pairs'])
    expect(explainAgreement(report)).toEqual([
      '1 rater gave 2 ratings to 2 items; 0 items have two ratings or more.',
      expect.stringContaining('have a second rater judge'),
    ])
  })
  test('kinds instead of ranks: nothing is weighted, and nobody is harder', () => {
    const report = agreementReport(two(times(5, [1, 2])), { scale: 'names' })
    expect(report.measures.map(({ weights }) => weights)).toEqual(['identity', 'identity', 'identity', 'nominal'])
    expect(report.severity).toEqual([])
  })
  test('a level that does not exist, or that everybody reaches, is no pass mark', () => {
    expect(() => agreementReport(two([]), { passLevel: 'Superb' })).toThrow(/"passLevel" is "Superb"/)
    expect(() => agreementReport(two([]), { passLevel: 'Beginning' })).toThrow(/everybody reaches/)
  })
})
