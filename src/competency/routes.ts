/**
 * How one may get to a competency: what else, held by somebody, leads to it, and by which steps.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import { CrosswalkGraph, type Step } from './crosswalk.js'
import { checkFramework } from './framework.js'
import { canonicalUri } from './identifiers.js'
import type { Competency, CompetencyFramework, Crosswalk } from './types.js'

/** A step of the path in a report, after the one from the badge to a competency. */
export interface RouteStep {
  readonly via: 'crosswalk' | 'set'
  readonly from: string
  readonly to: string
  readonly source?: string
}

/** From a competency that a badge may name to the one that is required. */
export interface Route {
  readonly steps: readonly RouteStep[]
  /** One step leads from a narrower competency. */
  readonly narrow: boolean
  /** One step contradicts another statement. */
  readonly conflict: boolean
  /** Levels where it starts to levels of the required competency. Undefined where a step says nothing of levels. */
  readonly levels: ReadonlyMap<string, string> | 'same' | undefined
  readonly cost: number
}

/** All frameworks and crosswalks of a call. */
export class CompetencyIndex {
  private readonly competencies = new Map<string, { competency: Competency; framework: CompetencyFramework }>()
  private readonly wholes = new Map<string, string[]>()
  private readonly crosswalks: CrosswalkGraph
  private readonly found = new Map<string, ReadonlyMap<string, readonly Route[]>>()

  /** Throws UsageError: `usage.invalid_framework`, `usage.ambiguous_competency` (two frameworks define one id). */
  constructor(frameworks: readonly CompetencyFramework[], crosswalks: readonly Crosswalk[] = []) {
    for (const framework of frameworks) {
      const error = checkFramework(framework).find(({ severity }) => severity === 'error')
      if (error !== undefined)
        throw new UsageError('usage.invalid_framework', `the framework "${framework.name}": ${error.message}`)
      for (const competency of framework.competencies) this.add(competency, framework)
    }
    this.crosswalks = new CrosswalkGraph(crosswalks, frameworks)
  }

  private add(competency: Competency, framework: CompetencyFramework): void {
    const key = canonicalUri(competency.id)
    const other = this.competencies.get(key)
    if (other !== undefined)
      throw new UsageError(
        'usage.ambiguous_competency',
        `"${framework.name}" and "${other.framework.name}" both define ${competency.id}: give one version of a framework`,
      )
    this.competencies.set(key, { competency, framework })
    for (const part of competency.parts ?? []) {
      const wholes = this.wholes.get(canonicalUri(part)) ?? []
      wholes.push(competency.id)
      this.wholes.set(canonicalUri(part), wholes)
    }
  }

  find(id: string): { competency: Competency; framework: CompetencyFramework } | undefined {
    return this.competencies.get(canonicalUri(id))
  }

  all(): Iterable<{ competency: Competency; framework: CompetencyFramework }> {
    return this.competencies.values()
  }

  /**
   * What leads to a competency, by canonical id: itself, exact matches of it by any chain, sets that it is a part of, and with
   * `narrow` what is narrower by one step. The cheapest route to each and, where that says nothing of levels, the cheapest that does.
   */
  routesTo(id: string, narrow: boolean): ReadonlyMap<string, readonly Route[]> {
    const name = `${narrow ? 'narrow' : 'exact'} ${canonicalUri(id)}`
    const known = this.found.get(name)
    if (known !== undefined) return known
    const routes = new Map<string, Route[]>()
    for (const each of [this.search(id, narrow, false), this.search(id, narrow, true)])
      for (const [key, route] of each) {
        const others = routes.get(key) ?? []
        if (others.length === 0 || (others[0]?.levels === undefined && route.levels !== undefined)) others.push(route)
        routes.set(key, others)
      }
    this.found.set(name, routes)
    return routes
  }

  /** Backwards from the required competency, cheapest first. */
  private search(id: string, narrow: boolean, onlyWithLevels: boolean): Map<string, Route> {
    const start: Route = { steps: [], narrow: false, conflict: false, levels: 'same', cost: 0 }
    const done = new Map<string, Route>()
    // One bucket for each cost: a handful of costs, and a queue that keeps its order.
    const buckets = new Map<number, { id: string; route: Route }[]>([[0, [{ id, route: start }]]])
    while (buckets.size > 0) {
      const cost = Math.min(...buckets.keys())
      const bucket = buckets.get(cost) ?? []
      buckets.delete(cost)
      // Every step costs something: nothing is added to the bucket that is being emptied.
      for (const entry of bucket) {
        const key = canonicalUri(entry.id)
        if (done.has(key)) continue
        done.set(key, entry.route)
        for (const next of this.before(entry.id, entry.route, narrow)) {
          if (done.has(canonicalUri(next.id)) || (onlyWithLevels && next.route.levels === undefined)) continue
          const later = buckets.get(next.route.cost)
          if (later === undefined) buckets.set(next.route.cost, [next])
          else later.push(next)
        }
      }
    }
    return done
  }

  /** What leads here in one step. */
  private before(id: string, route: Route, narrow: boolean): { id: string; route: Route }[] {
    const sets = (this.wholes.get(canonicalUri(id)) ?? []).map((whole) => ({
      id: whole,
      route: {
        ...route,
        steps: [{ via: 'set' as const, from: whole, to: id }, ...route.steps],
        levels: undefined,
        cost: route.cost + COST.set,
      },
    }))
    const matches = this.crosswalks.from(canonicalUri(id)).flatMap((step) => {
      if (step.relation !== 'exact' && !(step.relation === 'narrow' && narrow && !route.narrow)) return []
      return [{ id: step.to, route: crossed(route, step) }]
    })
    return [...matches, ...sets]
  }
}

/** Certain before doubtful, exact before narrow, few steps before many. */
const COST = { conflict: 1_000_000, narrow: 10_000, set: 100, step: 1 } as const

/** The step is stated from the required side; the path goes the other way. */
function crossed(route: Route, step: Step): Route {
  const isNarrow = step.relation === 'narrow'
  return {
    steps: [{ via: 'crosswalk', from: step.to, to: step.from, source: step.source }, ...route.steps],
    narrow: route.narrow || isNarrow,
    conflict: route.conflict || step.conflict,
    levels: composed(step.levelsBack, route.levels),
    cost: route.cost + COST.step + (isNarrow ? COST.narrow : 0) + (step.conflict ? COST.conflict : 0),
  }
}

function composed(first: ReadonlyMap<string, string> | undefined, then: Route['levels']): Route['levels'] {
  if (first === undefined || then === undefined) return undefined
  if (then === 'same') return first
  return new Map(
    [...first].flatMap(([from, middle]) => {
      const to = then.get(middle)
      return to === undefined ? [] : [[from, to] as const]
    }),
  )
}
