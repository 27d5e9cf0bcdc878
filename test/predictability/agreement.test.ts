// Agreement against the published vectors (facts/vectors.json), each test named by its source.
import { expect, test } from 'vitest'
import { brennanPrediger, fleissKappa, gwetAC, percentAgreement } from '../../src/predictability/agreement.js'
import { cohenKappa, congerKappa } from '../../src/predictability/kappa.js'
import { krippendorffAlpha } from '../../src/predictability/krippendorff.js'
import type { Agreement, AgreementAnswer } from '../../src/predictability/measure.js'
import { ratingRows } from '../../src/predictability/ratings.js'
import { describeShared } from '../shared.js'
import {
  levelNames,
  readVectors,
  rounding,
  tableOf,
  tableOfCounts,
  tableOfTwo,
  VECTORS,
  type Vector,
} from './vectors.js'

const defined = (answer: AgreementAnswer): Agreement => {
  expect(answer).toMatchObject({ defined: true })
  return answer as Agreement
}
const near = (actual: number | undefined, expected: number, within = 1e-9) =>
  expect(Math.abs((actual ?? Number.NaN) - expected), `${actual} for ${expected}`).toBeLessThanOrEqual(within)
const asPrinted = (actual: number | undefined, published: number) => near(actual, published, rounding(published))
const intervalOf = ({ interval }: Agreement) => [interval?.low, interval?.high] as const

describeShared('published vectors', { path: VECTORS }, ({ path }) => {
  const { vectors, of } = readVectors(path)
  const ofKind = (kind: string) =>
    vectors
      .filter((vector) => vector.kind === kind)
      .map((vector) => [`${vector.id}: ${vector.source}`, vector] as const)

  test.each(ofKind('two-rater-table'))('%s', (_, { table, weights: given, expected, published }: Vector) => {
    const ratings = tableOfTwo(table)
    const agreement = given?.agreement
    const weights =
      agreement === null || agreement === undefined
        ? 'identity'
        : agreement.map((row, k) => row.map((weight, l) => (k === l ? 1 : weight)))
    const percent = defined(percentAgreement(ratings, { weights }))
    const cohen = defined(cohenKappa(ratings, { weights, interval: 'normal' }))
    const conger = defined(congerKappa(ratings, { weights, interval: 'normal' }))
    near(percent.value, expected.percentAgreement)
    near(cohen.value, expected.cohenKappa)
    near(conger.value, expected.cohenKappa)
    const gwet = defined(gwetAC(ratings, { weights }))
    near(gwet.value, expected.gwetAC ?? expected.gwetAC1)
    if (expected.n === undefined) return
    expect(cohen.items).toBe(expected.n)
    near(cohen.expected, expected.expectedCohen)
    near(cohen.standardError, expected.seFleissCohenEveritt)
    near(conger.standardError, expected.seFleissCohenEveritt)
    near(cohen.underChance?.standardError, expected.seUnderH0)
    const [low, high] = intervalOf(cohen)
    near(low, expected.cohenKappaCI95[0])
    near(high, expected.cohenKappaCI95[1])
    near(defined(fleissKappa(ratings, { weights })).value, expected.scottPi)
    near(gwet.expected, expected.expectedGwet)
    near(defined(brennanPrediger(ratings, { weights })).value, expected.brennanPrediger)
    if (weights === 'identity')
      near(defined(krippendorffAlpha(ratings, { metric: 'nominal' })).value, expected.krippendorffAlpha)
    if (expected.seCohen1960 !== undefined) {
      // Cohen's own errors of 1960 follow from what is answered; ours are those of 1969.
      const { observed, expected: chance = 0, items } = cohen
      near(Math.sqrt((observed * (1 - observed)) / items) / (1 - chance), expected.seCohen1960)
      near(Math.sqrt(chance / (items * (1 - chance))), expected.seH0Cohen1960)
    }
    if (published === null || published === undefined) return
    const printed = published
    for (const name of ['kappa', 'weightedKappa', 'cohenKappa'])
      if (printed[name]) asPrinted(cohen.value, printed[name])
    for (const name of ['gwetAC1', 'gwetAC2']) if (printed[name]) asPrinted(gwet.value, printed[name])
    if (printed.ase) {
      asPrinted(cohen.standardError, printed.ase)
      asPrinted(low, printed.lower95)
      asPrinted(high, printed.upper95)
      asPrinted(cohen.underChance?.standardError, printed.aseH0)
      asPrinted(cohen.underChance?.z, printed.z)
    }
    if (printed.cohenSE) asPrinted(cohen.standardError, printed.cohenSE)
    // irrCAC: t with n - 1.
    const byT = defined(cohenKappa(ratings, { weights }))
    for (const [answer, interval] of [
      [byT, printed.cohenCI95 ?? printed.ci95],
      [gwet, printed.gwetCI95],
    ] as const) {
      if (interval === undefined) continue
      asPrinted(answer.interval?.low, interval[0])
      asPrinted(answer.interval?.high, interval[1])
    }
    if (printed.gwetSE) asPrinted(gwet.standardError, printed.gwetSE)
    if (printed.percentAgreementSE) asPrinted(percent.standardError, printed.percentAgreementSE)
  })

  test(`irr-anxiety: ${of('irr-anxiety').source}`, () => {
    const { ratings, expected, published } = of('irr-anxiety')
    const all = tableOf(of('irr-anxiety'))
    const raters = ['rater 2', 'rater 3'] as const
    near(defined(cohenKappa(all, { raters })).value, expected.raters_2_3.unweighted)
    near(defined(cohenKappa(all, { raters, weights: 'linear' })).value, expected.raters_2_3.linearOverFullScale)
    near(defined(cohenKappa(all, { raters, weights: 'quadratic' })).value, expected.raters_2_3.quadraticOverFullScale)
    near(defined(krippendorffAlpha(all, { metric: 'ordinal' })).value, expected.krippendorffOrdinalAllRaters)
    near(defined(krippendorffAlpha(all, { metric: 'interval' })).value, expected.krippendorffIntervalAllRaters)
    // What R irr does, who leaves out the level that nobody used: it has to be asked for.
    const used = [...new Set(ratings.flatMap(([, second, third]) => [second, third]))].sort()
    const ranks = new Map(used.map((level, index) => [level, levelNames(used.length)[index] as string]))
    const narrowed = ratingRows(
      ratings.map((row) => row.slice(1).map((level) => ranks.get(level))),
      { levels: levelNames(used.length) },
    )
    for (const [weights, value, z] of [
      ['identity', published.unweighted, published.zUnweighted],
      ['linear', published.equal, published.zEqual],
      ['quadratic', published.squared, published.zSquared],
    ] as const) {
      const kappa = defined(cohenKappa(narrowed, { weights }))
      asPrinted(kappa.value, value)
      asPrinted(kappa.underChance?.z, z)
    }
    near(defined(cohenKappa(narrowed, { weights: 'linear' })).value, expected.raters_2_3.linearOverUsedCategories)
    near(defined(cohenKappa(narrowed, { weights: 'quadratic' })).value, expected.raters_2_3.quadraticOverUsedCategories)
  })

  test(`fleiss-1971: ${of('fleiss-1971').source}`, () => {
    const { expected, published } = of('fleiss-1971')
    const table = tableOf(of('fleiss-1971'))
    const fleiss = defined(fleissKappa(table))
    near(fleiss.value, expected.fleissKappa)
    near(fleiss.observed, expected.meanAgreement)
    near(fleiss.expected, expected.expectedAgreement)
    asPrinted(fleiss.value, published.fleissKappa)
    asPrinted(fleiss.underChance?.z, published.z)
    near(defined(gwetAC(table)).value, expected.gwetAC1)
    near(defined(krippendorffAlpha(table, { metric: 'nominal' })).value, expected.krippendorffNominal)
  })

  test(`fleiss-1971-first-15: ${of('fleiss-1971-first-15').source}`, () => {
    const { counts, expected } = of('fleiss-1971-first-15')
    const table = tableOfCounts(counts)
    near(defined(fleissKappa(table)).value, expected.fleissKappa)
    near(defined(gwetAC(table)).value, expected.gwetAC1)
    near(defined(krippendorffAlpha(table, { metric: 'nominal' })).value, expected.krippendorffNominal)
  })

  test(`krippendorff-4x12: ${of('krippendorff-4x12').source}`, () => {
    const { expected, published } = of('krippendorff-4x12')
    const table = tableOf(of('krippendorff-4x12'))
    for (const metric of ['nominal', 'ordinal', 'interval', 'ratio'] as const) {
      const name = `krippendorff${metric[0]?.toUpperCase()}${metric.slice(1)}`
      const alpha = defined(krippendorffAlpha(table, { metric }))
      near(alpha.value, expected[name])
      asPrinted(alpha.value, published[name])
      expect(alpha).toMatchObject({ items: 11, ratings: 40 })
    }
    asPrinted(defined(krippendorffAlpha(table, { metric: 'nominal' })).standardError, published.krippendorffSE)
    for (const weights of ['identity', 'linear', 'quadratic', 'ordinal', 'ratio'] as const) {
      near(defined(gwetAC(table, { weights })).value, expected[`gwetAC_${weights}`])
      near(defined(percentAgreement(table, { weights })).value, expected[`agreement_${weights}`])
      near(defined(fleissKappa(table, { weights })).value, expected[`fleissGeneralized_${weights}`])
      if (weights !== 'identity') asPrinted(defined(gwetAC(table, { weights })).value, published[`gwetAC2_${weights}`])
    }
    const gwet = defined(gwetAC(table))
    asPrinted(gwet.value, published.gwetAC1)
    asPrinted(gwet.standardError, published.gwetSE)
    asPrinted(defined(fleissKappa(table)).value, published.fleiss)
    asPrinted(defined(congerKappa(table)).value, published.conger)
    asPrinted(defined(brennanPrediger(table)).value, published.brennanPrediger)
    asPrinted(defined(percentAgreement(table)).value, published.percentAgreement)
  })

  test(`gwet-5-observers: ${of('gwet-5-observers').source}`, () => {
    const { expected, published } = of('gwet-5-observers')
    const table = tableOf(of('gwet-5-observers'))
    const gwet = defined(gwetAC(table))
    near(defined(percentAgreement(table)).value, expected.percentAgreement)
    near(gwet.value, expected.gwetAC1)
    near(defined(fleissKappa(table)).value, expected.fleissGeneralized)
    near(defined(krippendorffAlpha(table, { metric: 'nominal' })).value, expected.krippendorffNominal)
    near(defined(krippendorffAlpha(table, { metric: 'ordinal' })).value, expected.krippendorffOrdinal)
    near(defined(krippendorffAlpha(table, { metric: 'interval' })).value, expected.krippendorffInterval)
    asPrinted(gwet.standardError, published.gwetSE)
    asPrinted(gwet.interval?.low, published.gwetCI95[0])
    asPrinted(gwet.interval?.high, published.gwetCI95[1])
    asPrinted(defined(congerKappa(table)).value, published.conger)
    asPrinted(defined(brennanPrediger(table)).value, published.brennanPrediger)
    asPrinted(defined(fleissKappa(table)).value, published.fleiss)
  })

  test(`krippendorff-nominal: ${of('krippendorff-nominal').source}`, () => {
    const { expected, published } = of('krippendorff-nominal')
    const alpha = defined(krippendorffAlpha(tableOf(of('krippendorff-nominal')), { metric: 'nominal' }))
    near(alpha.value, expected.krippendorffNominal)
    asPrinted(alpha.value, published.krippendorffNominal)
  })

  test(`degenerate-all-pass: ${of('degenerate-all-pass').source}`, () => {
    const table = tableOf(of('degenerate-all-pass'))
    near(defined(percentAgreement(table)).value, 1)
    near(defined(gwetAC(table)).value, 1)
    for (const answer of [
      cohenKappa(table),
      congerKappa(table),
      fleissKappa(table),
      krippendorffAlpha(table, { metric: 'nominal' }),
    ])
      expect(answer).toMatchObject({ defined: false, why: 'no_variation' })
  })
})

// What a clone without the vectors tests too: tables that were printed.
const COHEN = [
  [88, 10, 2],
  [14, 40, 6],
  [18, 10, 12],
]
test('Cohen 1960: kappa .492; Cohen 1968: weighted kappa .348 with weights that do not go by distance', () => {
  const table = tableOfTwo(COHEN)
  asPrinted(defined(cohenKappa(table)).value, 0.492)
  const weights = [
    [1, 5 / 6, 1 / 2],
    [5 / 6, 1, 0],
    [1 / 2, 0, 1],
  ]
  asPrinted(defined(cohenKappa(table, { weights })).value, 0.348)
})
test('Krippendorff 2011, section D: .743 nominal, .815 ordinal, .849 interval, .797 ratio', () => {
  const rows = Array.from({ length: 12 }, (_, unit) =>
    [
      [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
      [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
      [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
      [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
    ].map((rater) => rater[unit]),
  )
  const table = ratingRows(rows, { levels: ['1', '2', '3', '4', '5'] })
  for (const [metric, alpha] of [
    ['nominal', 0.743],
    ['ordinal', 0.815],
    ['interval', 0.849],
    ['ratio', 0.797],
  ] as const)
    asPrinted(defined(krippendorffAlpha(table, { metric })).value, alpha)
})
