/**
 * Intervals for shares, from counts, and what two shares differ by.
 *
 * @module
 */
import { betaQuantile, hypergeometricProbability, normalQuantile } from './distributions.js'

/** From where to where. */
export interface Range {
  readonly low: number
  readonly high: number
}

/** Wilson's score interval (Wilson 1927; Newcombe 1998, Stat. Med. 17:857-872, method 3). Of none it is all from 0 to 1. */
export function wilsonRange(held: number, of: number, confidence: number): Range {
  if (of === 0) return { low: 0, high: 1 }
  const z = normalQuantile((1 + confidence) / 2)
  const middle = held + (z * z) / 2
  const reach = z * Math.sqrt((held * (of - held)) / of + (z * z) / 4)
  const all = of + z * z
  return { low: held === 0 ? 0 : (middle - reach) / all, high: held === of ? 1 : (middle + reach) / all }
}

/** The interval of Clopper and Pearson 1934 (Newcombe, as above, method 5). */
export function clopperPearsonRange(held: number, of: number, confidence: number): Range {
  const tail = (1 - confidence) / 2
  return {
    low: held === 0 ? 0 : betaQuantile(tail, held, of - held + 1),
    high: held === of ? 1 : betaQuantile(1 - tail, held + 1, of - held),
  }
}

/** So many of how many. */
export interface Counted {
  readonly held: number
  readonly of: number
}

/**
 * The difference of two shares, `second` minus `first`: the score interval of Newcombe 1998 (Stat. Med. 17:873-890, method 10), made of
 * Wilson's two. It keeps its confidence with few, and with shares of 0 and 1.
 */
export function differenceRange(
  first: Counted,
  second: Counted,
  confidence: number,
): Range & { readonly value: number } {
  const [a, b] = [first.held / first.of, second.held / second.of]
  const [around, about] = [first, second].map(({ held, of }) => wilsonRange(held, of, confidence)) as [Range, Range]
  const value = b - a
  return {
    value,
    low: Math.max(-1, value - Math.hypot(b - about.low, around.high - a)),
    high: Math.min(1, value + Math.hypot(about.high - b, a - around.low)),
  }
}

/** Rounding of tables that are equally likely (as R's fisher.test). */
const SAME = 1 + 1e-7

/**
 * Fisher's exact test of two shares, two-sided: how likely tables are that differ as much or more, were both shares the same. The sum of all
 * tables that are no likelier than the one that is there. Linear in the smaller margin.
 */
export function fisherExact(first: Counted, second: Counted): number {
  const of = first.of + second.of
  const held = first.held + second.held
  const likely = (count: number) => hypergeometricProbability(count, of, held, first.of)
  const own = likely(first.held) * SAME
  let sum = 0
  for (let count = Math.max(0, first.of + held - of); count <= Math.min(first.of, held); count++) {
    const probability = likely(count)
    if (probability <= own) sum += probability
  }
  return Math.min(1, sum)
}
