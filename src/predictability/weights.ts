/**
 * How much of an agreement it is when two raters give different levels: 1 for the same level, 0 for what is furthest.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { either, type Kind, kindOf, oneOf } from '../internal/members.js'

/**
 * `identity`: levels are the same or not. `linear` and `quadratic`: by the distance of their points (Cohen 1968; Fleiss and Cohen 1973).
 * `ordinal`: by how many pairs of levels lie between (Gwet 2014, chapter 3). `ratio`: by the relative distance of points that are above 0.
 * Or a matrix of one's own: symmetric, in the order of the levels, from 0 to 1, with 1 in the diagonal (Cohen 1968: they need not go by
 * distance).
 */
export type AgreementWeights =
  | 'identity'
  | 'linear'
  | 'quadratic'
  | 'ordinal'
  | 'ratio'
  | readonly (readonly number[])[]

const isMatrix = (value: unknown): value is readonly (readonly number[])[] =>
  Array.isArray(value) &&
  value.every((row) => Array.isArray(row) && row.length === value.length && row.every(isShare)) &&
  value.every((row, k) => row[k] === 1 && row.every((weight: number, l: number) => weight === value[l][k]))
const isShare = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1

export const weightsKind: Kind = either(
  oneOf('identity', 'linear', 'quadratic', 'ordinal', 'ratio'),
  kindOf(
    '"identity", "linear", "quadratic", "ordinal", "ratio", or a square matrix: symmetric, from 0 to 1, with 1 in the diagonal',
    isMatrix,
  ),
)

/** Weights of all pairs of levels. */
export interface Weights {
  readonly name: string
  readonly levels: number
  /** Row after row. */
  readonly of: Float64Array
}

export function weightsOf(given: AgreementWeights, points: Float64Array): Weights {
  const levels = points.length
  if (typeof given !== 'string' && given.length !== levels)
    throw invalidOption('weights', `has ${given.length} rows, and the scale ${levels} levels`)
  const name = typeof given === 'string' ? given : 'custom'
  const rule = typeof given === 'string' ? ruleOf(given, points) : (k: number, l: number) => given[k]?.[l] ?? 0
  return matrixOf(name, levels, rule)
}

/** From a rule for two levels. */
export function matrixOf(name: string, levels: number, rule: (k: number, l: number) => number): Weights {
  const of = new Float64Array(levels * levels)
  for (let k = 0; k < levels; k++) for (let l = 0; l < levels; l++) of[k * levels + l] = k === l ? 1 : rule(k, l)
  return { name, levels, of }
}

/** One minus a distance over the largest there is. */
function ruleOf(name: Exclude<AgreementWeights, readonly unknown[]>, points: Float64Array) {
  const at = (level: number) => points[level] as number
  const last = points.length - 1
  const distance = {
    identity: () => 1,
    linear: (k: number, l: number) => Math.abs(at(k) - at(l)),
    quadratic: (k: number, l: number) => (at(k) - at(l)) ** 2,
    ordinal: (k: number, l: number) => ((Math.abs(k - l) + 1) * Math.abs(k - l)) / 2,
    ratio: (k: number, l: number) => ((at(k) - at(l)) / (at(k) + at(l))) ** 2,
  }[name]
  if (name === 'ratio' && !(at(0) > 0))
    throw invalidOption('weights', 'is "ratio", which needs "points" above 0: the lowest level has none')
  const most = distance(0, last)
  return (k: number, l: number) => 1 - distance(k, l) / most
}

/** For each level, its weighted share: what a rating of this level would agree with, drawn by chance. */
export function weigh({ levels, of }: Weights, shares: Float64Array): Float64Array {
  const result = new Float64Array(levels)
  for (let k = 0; k < levels; k++) {
    let sum = 0
    for (let l = 0; l < levels; l++) sum += (of[k * levels + l] as number) * (shares[l] as number)
    result[k] = sum
  }
  return result
}

/** The scalar product. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += (a[index] as number) * (b[index] as number)
  return sum
}
