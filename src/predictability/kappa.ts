/**
 * Cohen's kappa for two raters, and Conger's for more: chance is each rater going on as they do, without looking.
 *
 * @module
 */
import { invalidOption, missingOption } from '../errors.js'
import { kindOf, type Members } from '../internal/members.js'
import { shown } from '../internal/shown.js'
import { Sum } from '../internal/sum.js'
import { demandOptions } from '../report/demand-options.js'
import { basisOf } from './agreement.js'
import { AGREEMENT, type AgreementAnswer, type AgreementOptions, answer } from './measure.js'
import { pairsOf, standardErrorOf } from './pairs.js'
import { dataOf, type RatingData, type RatingTable } from './ratings.js'
import { dot, type Weights, weigh, weightsOf } from './weights.js'

/** Cohen's kappa is between two raters. */
export interface CohenOptions extends AgreementOptions {
  /** Which two; needed where there are more. */
  readonly raters?: readonly [string, string] | undefined
}

const COHEN: Members<CohenOptions> = {
  ...AGREEMENT,
  raters: kindOf(
    'the names of two raters',
    (value) => Array.isArray(value) && value.length === 2 && value.every((name) => typeof name === 'string'),
  ),
}

/**
 * Cohen's kappa (Cohen 1960), weighted kappa where there are weights (Cohen 1968), over the items that both rated. Standard errors of
 * Fleiss, Cohen and Everitt 1969, under the data and under chance; Cohen's own of 1960 is wrong. It falls where nearly all pass: see
 * `gwetAC`.
 */
export function cohenKappa(table: RatingTable, options: CohenOptions = {}): AgreementAnswer {
  const data = dataOf(table)
  demandOptions(options, COHEN)
  const [first, second] = twoOf(table, options.raters)
  const weights = weightsOf(options.weights ?? 'identity', data.points)
  const { levels } = data
  const both = bothRated(data, first, second)
  const n = both.length / 2
  const shares = [new Float64Array(levels), new Float64Array(levels)] as const
  const agreeing = new Sum()
  each(both, (a, b) => {
    shares[0][a] = (shares[0][a] as number) + 1
    shares[1][b] = (shares[1][b] as number) + 1
    agreeing.add(weights.of[a * levels + b] as number)
  })
  for (const side of shares) for (const level of side.keys()) side[level] = (side[level] as number) / n
  const [rows, columns] = [weigh(weights, shares[1]), weigh(weights, shares[0])]
  const observed = n === 0 ? 0 : agreeing.value / n
  const expected = n === 0 ? 0 : dot(shares[0], rows)
  /** Fleiss, Cohen and Everitt, Psychol. Bull. 72, 1969, equation 13 as a mean of squares around their mean. */
  const standardError = () => {
    const mean = observed * (1 - expected) - 2 * expected * (1 - observed)
    const squares = new Sum()
    each(both, (a, b) => {
      const met = (weights.of[a * levels + b] as number) * (1 - expected)
      squares.add((met - ((rows[a] as number) + (columns[b] as number)) * (1 - observed) - mean) ** 2)
    })
    return Math.sqrt(squares.value) / (n * (1 - expected) ** 2)
  }
  /** Equation 9. */
  const underChance = (value: number) => {
    const squares = new Sum()
    for (let a = 0; a < levels; a++)
      for (let b = 0; b < levels; b++) {
        const off = (weights.of[a * levels + b] as number) - (rows[a] as number) - (columns[b] as number) + expected
        squares.add((shares[0][a] as number) * (shares[1][b] as number) * off ** 2)
      }
    const error = Math.sqrt(squares.value / n) / (1 - expected)
    return error > 0 ? { standardError: error, z: value / error } : undefined
  }
  const basis = { ...basisOf('cohen-kappa', weights.name, data, n), items: n, raters: 2, ratings: 2 * n }
  return answer(basis, { observed, expected, standardError }, options, underChance)
}

function twoOf({ raters }: RatingTable, named: CohenOptions['raters']): readonly [number, number] {
  if (named === undefined) {
    if (raters.length > 2)
      throw missingOption('raters', `is missing: there are ${raters.length}, and Cohen's kappa is between two`)
    return [0, 1]
  }
  const [first, second] = named.map((name, index) => {
    const found = raters.indexOf(name)
    if (found < 0) throw invalidOption(`raters[${index}]`, `is "${shown(name)}", who rated nothing`)
    return found
  }) as [number, number]
  if (first === second) throw invalidOption('raters', 'names one rater twice')
  return [first, second]
}

/** Level after level, of the first and of the second, for each item that both rated. */
function bothRated(data: RatingData, first: number, second: number): Uint16Array {
  const found = new Uint16Array(2 * data.items)
  let count = 0
  for (let item = 0; item < data.items; item++) {
    let [a, b] = [-1, -1]
    for (let index = data.starts[item] as number; index < (data.starts[item + 1] as number); index++) {
      if (data.rater[index] === first) a = data.level[index] as number
      if (data.rater[index] === second) b = data.level[index] as number
    }
    if (a < 0 || b < 0) continue
    found[count++] = a
    found[count++] = b
  }
  return found.subarray(0, count)
}

function each(both: Uint16Array, visit: (a: number, b: number) => void): void {
  for (let index = 0; index < both.length; index += 2) visit(both[index] as number, both[index + 1] as number)
}

/**
 * Conger's kappa (Conger 1980; with gaps Gwet 2014, section 5.2): the mean over pairs of raters of what Cohen's kappa expects of them. For
 * few raters who rated nearly everything; with two who did, it is Cohen's kappa.
 */
export function congerKappa(table: RatingTable, options: AgreementOptions = {}): AgreementAnswer {
  const data = dataOf(table)
  demandOptions(options, AGREEMENT)
  const weights = weightsOf(options.weights ?? 'identity', data.points)
  const pairs = pairsOf(data, weights)
  const basis = basisOf('conger-kappa', weights.name, data, pairs.paired)
  if (data.raters < 2) return { ...basis, defined: false, why: 'no_pairs' }
  const { expected, byItem } = congerChance(data, weights)
  return answer(
    basis,
    {
      observed: pairs.observed,
      expected,
      standardError: (value) => standardErrorOf(data, pairs, expected, value, (item) => byItem[item] as number),
    },
    options,
  )
}

/** Gwet 2014, equations 5.16 to 5.20, summed rater by rater: a rater costs the square of the levels that they gave at most. */
function congerChance(data: RatingData, weights: Weights): { expected: number; byItem: Float64Array } {
  const { levels, raters: r, items: n } = data
  const byRater = sortedByRater(data)
  const means = new Float64Array(levels)
  eachRater(byRater, levels, (_, count, given, counts) => {
    for (const level of given) means[level] = (means[level] as number) + (counts[level] as number) / count / r
  })
  const weighted = weigh(weights, means)
  const own = new Sum()
  const byItem = new Float64Array(n)
  let everybody = 0
  eachRater(byRater, levels, (rater, count, given, counts) => {
    // With each level: what all raters would agree with it, less what the rater would with it alone.
    const others = given.map((c) => {
      let alone = 0
      for (const l of given) alone += (weights.of[c * levels + l] as number) * ((counts[l] as number) / count)
      return r * (weighted[c] as number) - alone
    })
    let usual = 0
    let square = 0
    for (const [index, c] of given.entries()) {
      const share = (counts[c] as number) / count
      usual += share * (others[index] as number)
      square += share * (r * (weighted[c] as number) - (others[index] as number))
    }
    own.add(square)
    everybody += usual
    const otherBy = new Map(given.map((c, index) => [c, others[index] as number]))
    for (let index = byRater.starts[rater] as number; index < (byRater.starts[rater + 1] as number); index++) {
      const item = byRater.item[index] as number
      const other = otherBy.get(byRater.level[index] as number) as number
      byItem[item] = (byItem[item] as number) + (n / count) * (other - usual)
    }
  })
  const pairs = r * (r - 1)
  for (let item = 0; item < n; item++) byItem[item] = (everybody + (byItem[item] as number)) / pairs
  return { expected: (r * r * dot(means, weighted) - own.value) / pairs, byItem }
}

interface ByRater {
  readonly raters: number
  readonly starts: Uint32Array
  readonly item: Uint32Array
  readonly level: Uint16Array
}

function sortedByRater(data: RatingData): ByRater {
  const starts = new Uint32Array(data.raters + 1)
  for (const rater of data.rater) starts[rater + 1] = (starts[rater + 1] as number) + 1
  for (let rater = 0; rater < data.raters; rater++)
    starts[rater + 1] = (starts[rater + 1] as number) + (starts[rater] as number)
  const next = starts.slice()
  const item = new Uint32Array(data.level.length)
  const level = new Uint16Array(data.level.length)
  for (let one = 0; one < data.items; one++)
    for (let index = data.starts[one] as number; index < (data.starts[one + 1] as number); index++) {
      const rater = data.rater[index] as number
      const place = next[rater] as number
      next[rater] = place + 1
      item[place] = one
      level[place] = data.level[index] as number
    }
  return { raters: data.raters, starts, item, level }
}

function eachRater(
  { raters, starts, level }: ByRater,
  levels: number,
  visit: (rater: number, count: number, given: readonly number[], counts: Float64Array) => void,
): void {
  const counts = new Float64Array(levels)
  for (let rater = 0; rater < raters; rater++) {
    const [start, end] = [starts[rater] as number, starts[rater + 1] as number]
    const given: number[] = []
    for (let index = start; index < end; index++) {
      const one = level[index] as number
      if (counts[one] === 0) given.push(one)
      counts[one] = (counts[one] as number) + 1
    }
    visit(rater, end - start, given, counts)
    for (const one of given) counts[one] = 0
  }
}
