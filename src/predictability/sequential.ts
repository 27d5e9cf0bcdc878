/**
 * Tests that look at one badge after the other and stop as soon as enough is known (Wald, Sequential Tests of Statistical Hypotheses,
 * Ann. Math. Stat. 16, 1945), with a maximum.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import type { Members } from '../internal/members.js'
import { demandOptions } from '../report/demand-options.js'
import { inside, type Population } from './operating-curve.js'

/** What a sequential test tells apart. */
export interface SequentialOptions {
  /** The share that fails where all is well. */
  readonly good: number
  /** The share that fails where it is not. */
  readonly bad: number
  /** How often what is well may be refused (alpha). */
  readonly producerRisk: number
  /** How often what is not may be accepted (beta). */
  readonly consumerRisk: number
}

/** Two parallel lines over the number looked at, `n`: at or below `slope n - h1` failures accept, at or above `slope n + h2` reject. */
export interface SequentialLines {
  readonly h1: number
  readonly h2: number
  readonly slope: number
}

const OPTIONS: Members<SequentialOptions> = { good: inside, bad: inside, producerRisk: inside, consumerRisk: inside }

/**
 * Wald's lines for shares: with k = ln(p2 (1-p1) / (p1 (1-p2))), h1 = ln((1-a)/b) / k, h2 = ln((1-b)/a) / k and slope =
 * ln((1-p1)/(1-p2)) / k (NIST/SEMATECH e-Handbook 6.2.3.6).
 */
export function sequentialLines(options: SequentialOptions): SequentialLines {
  demandOptions(options, OPTIONS, { required: ['good', 'bad', 'producerRisk', 'consumerRisk'] })
  const { good, bad, producerRisk, consumerRisk } = options
  if (good >= bad) throw invalidOption('good', 'is below "bad": what is well fails less often')
  if (producerRisk + consumerRisk >= 1) throw invalidOption('producerRisk', 'and "consumerRisk" are below 1 together')
  const k = Math.log(bad / good) + Math.log1p(-good) - Math.log1p(-bad)
  return {
    h1: (Math.log1p(-producerRisk) - Math.log(consumerRisk)) / k,
    h2: (Math.log1p(-consumerRisk) - Math.log(producerRisk)) / k,
    slope: (Math.log1p(-good) - Math.log1p(-bad)) / k,
  }
}

/**
 * The lines as whole numbers, so that whoever judges does not calculate: with `k` failures it is accepted from `acceptFrom[k]` looked at,
 * and rejected up to `rejectUpTo[k]`. At `maximum` it ends: accepted with `accept` failures or fewer.
 */
export interface Stops {
  readonly acceptFrom: readonly number[]
  readonly rejectUpTo: readonly number[]
  readonly maximum: number
  readonly accept: number
}

/** Where the lines stand in whole numbers, up to a number looked at. What rounding does to a whole number is undone. */
export function stopsOf({ h1, h2, slope }: SequentialLines, maximum: number, accept: number): Stops {
  const most = Math.ceil(slope * maximum + h2)
  const failures = Array.from({ length: most + 1 }, (_, failed) => failed)
  return {
    acceptFrom: failures
      .map((failed) => Math.max(failed, Math.ceil((failed + h1) / slope - 1e-9), 1))
      .filter((looked) => looked < maximum),
    rejectUpTo: failures.map((failed) => Math.min(maximum, Math.max(0, Math.floor((failed - h2) / slope + 1e-9)))),
    maximum,
    accept,
  }
}

/** What the test says after so many, of which so many failed; undefined: go on. */
export function decide(stops: Stops, looked: number, failed: number): 'accept' | 'reject' | undefined {
  const { acceptFrom, rejectUpTo, maximum, accept } = stops
  if (looked >= (acceptFrom[failed] ?? Number.POSITIVE_INFINITY)) return 'accept'
  // More failures than the table has are more than it needs.
  if (failed > 0 && looked <= (rejectUpTo[failed] ?? maximum)) return 'reject'
  if (looked >= maximum) return failed <= accept ? 'accept' : 'reject'
  return undefined
}

/** What a test does with a population: exact, by the ways that lead to each number of failures (Aroian, Technometrics 10, 1968). */
export class Walk {
  readonly population: Population
  /** So probable it is that it was accepted before now, and rejected. */
  accepted = 0
  rejected = 0
  /** How many are looked at on average, up to now. */
  looked = 0
  /** Of those that went on: by the number of failures. */
  going = new Map<number, number>([[0, 1]])
  private step = 0

  constructor(population: Population) {
    this.population = population
  }

  /** Looks at one more; `decision` says what it comes to. */
  next(decision: (looked: number, failed: number) => 'accept' | 'reject' | undefined): void {
    const next = new Map<number, number>()
    const looked = this.step + 1
    const arrive = (failed: number, probability: number) => {
      if (probability <= 0) return
      next.set(failed, (next.get(failed) ?? 0) + probability)
    }
    for (const [failed, probability] of this.going) {
      this.looked += probability
      const fails = this.failsNext(failed)
      arrive(failed + 1, probability * fails)
      arrive(failed, probability * (1 - fails))
    }
    for (const [failed, probability] of next) {
      const said = decision(looked, failed)
      if (said === undefined) continue
      if (said === 'accept') this.accepted += probability
      else this.rejected += probability
      next.delete(failed)
    }
    this.going = next
    this.step = looked
  }

  /** Of those that went on, how probable so many failures or fewer are. */
  atMost(failures: number): number {
    let sum = 0
    for (const [failed, probability] of this.going) if (failed <= failures) sum += probability
    return sum
  }

  private failsNext(failed: number): number {
    const { badges, failing } = this.population
    return badges === undefined ? failing : Math.min(1, Math.max(0, (failing - failed) / (badges - this.step)))
  }
}

/** What a test with these stops does with a population: how often it accepts, and how many it looks at on average. */
export function walkOf(stops: Stops, population: Population): { readonly accepted: number; readonly looked: number } {
  const walk = new Walk(population)
  for (let looked = 1; looked <= stops.maximum && walk.going.size > 0; looked++)
    walk.next((after, failed) => decide(stops, after, failed))
  return { accepted: walk.accepted, looked: walk.looked }
}

/**
 * The shortest test between Wald's lines that keeps both risks exactly. Wald's own are bounds that leave out the maximum and the last
 * step; where the lines would not do for any maximum, they are moved apart.
 */
export function shortestTest(
  options: SequentialOptions,
  good: Population,
  bad: Population,
  most: number,
): { readonly lines: SequentialLines; readonly stops: Stops } | undefined {
  for (let tighter = 1; tighter > 0.01; tighter *= 0.8) {
    const { producerRisk, consumerRisk } = options
    const lines = sequentialLines({
      ...options,
      producerRisk: producerRisk * tighter,
      consumerRisk: consumerRisk * tighter,
    })
    const stops = shortestBetween(lines, options, good, bad, most)
    if (stops !== undefined) return { lines, stops }
  }
  return undefined
}

function shortestBetween(
  lines: SequentialLines,
  { producerRisk, consumerRisk }: SequentialOptions,
  good: Population,
  bad: Population,
  most: number,
): Stops | undefined {
  const open = stopsOf(lines, most + 1, 0)
  const [well, ill] = [new Walk(good), new Walk(bad)]
  for (let maximum = 1; maximum <= most; maximum++) {
    for (const walk of [well, ill]) walk.next((looked, failed) => decide(open, looked, failed))
    if (ill.accepted > consumerRisk || well.rejected > producerRisk) return undefined
    const counts = [...new Set([...well.going.keys(), ...ill.going.keys()])].sort((a, b) => b - a)
    const accept =
      counts.find((failed) => ill.accepted + ill.atMost(failed) <= consumerRisk) ?? (counts.at(-1) ?? 0) - 1
    if (accept >= 0 && well.accepted + well.atMost(accept) >= 1 - producerRisk) return stopsOf(lines, maximum, accept)
  }
  return undefined
}
