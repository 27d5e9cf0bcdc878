/**
 * How one may get to a competency: what else, held by somebody, leads to it, by which steps, and which levels there are which here.
 *
 * @module
 */
import type { ContextOfUse } from '../model/extension-context.js'
import { cheapestFirst } from './cheapest-first.js'
import { CrosswalkGraph, type Together, togetherIn } from './crosswalk.js'
import type { Step } from './crosswalk-step.js'
import { type Definition, definitionsOf, type Scale } from './definitions.js'
import { canonicalUri } from './identifiers.js'
import type { CompetencyFramework, Crosswalk, RequirementReport } from './types.js'

/** A step of the path in a report, after the one from the badge to a competency. */
export type RouteStep = NonNullable<RequirementReport['by']>['path'][number]

/** From a competency that a badge may name to the one that is required. */
export interface Route {
  /** The first step, and the rest of the way. Absent: it is the one that is required. */
  readonly step?: RouteStep
  readonly rest?: Route
  /** One step leads from a narrower competency. */
  readonly narrow: boolean
  /** One step contradicts another statement. */
  readonly disputed: boolean
  readonly cost: number
}

/** A level of the required competency, and the way to it. */
export interface Amount {
  readonly level: string
  readonly route: Route
}

/** What a requirement lets count. */
export interface Leads {
  readonly matches: 'exact' | 'narrow'
  readonly covers: 'parts' | 'itself'
}

/** Certain before doubtful, exact before narrow, few steps before many. */
const COST = { disputed: 1_000_000, narrow: 10_000, step: 1 } as const

/** Sets of sets of sets. */
const MAX_UNFOLDED = 20_000

const HERE: Route = { narrow: false, disputed: false, cost: 0 }

export function stepsOf(route: Route): RouteStep[] {
  const steps: RouteStep[] = []
  for (let left: Route | undefined = route; left?.step !== undefined; left = left.rest) steps.push(left.step)
  return steps
}

/** All frameworks and crosswalks of a call. */
export class CompetencyIndex {
  private readonly definitions: ReadonlyMap<string, Definition>
  /** Of each part, by canonical id, its sets. */
  private readonly wholes: ReadonlyMap<string, readonly string[]>
  private readonly crosswalks: CrosswalkGraph
  private readonly found = new Map<string, ReadonlyMap<string, Route>>()
  private readonly amounts = new Map<string, ReadonlyMap<string, ReadonlyMap<string, readonly Amount[]>>>()
  /** Besides what holds everywhere: with each context that crosswalks name, what holds in it too. */
  readonly contexts: readonly { readonly context: ContextOfUse; readonly index: CompetencyIndex }[]

  /** `within`: an index of the same frameworks, for crosswalks that hold together. Throws UsageError `usage.invalid_framework`. */
  constructor(
    frameworks: readonly CompetencyFramework[],
    crosswalks: readonly Crosswalk[] = [],
    within?: CompetencyIndex,
  ) {
    this.definitions = within?.definitions ?? definitionsOf(frameworks)
    this.wholes = within?.wholes ?? wholesOf(this.definitions)
    const [always, ...inContexts]: readonly Together[] =
      within === undefined ? togetherIn(crosswalks) : [{ crosswalks }]
    this.crosswalks = new CrosswalkGraph(always?.crosswalks ?? [], frameworks)
    this.contexts = inContexts.flatMap(({ context, crosswalks: holding }) =>
      context === undefined ? [] : [{ context, index: new CompetencyIndex(frameworks, holding, this) }],
    )
  }

  find(id: string): Definition | undefined {
    return this.definitions.get(canonicalUri(id))
  }

  all(): Iterable<Definition> {
    return this.definitions.values()
  }

  scaleOf(id: string): Scale | undefined {
    return this.find(id)?.scale
  }

  /** Does a framework or a crosswalk name it? */
  knows(id: string): boolean {
    const key = canonicalUri(id)
    return (
      this.definitions.has(key) ||
      this.crosswalks.mentions(key) ||
      this.contexts.some(({ index }) => index.crosswalks.mentions(key))
    )
  }

  /** The same text for competencies that are exact matches by statements that nobody contradicts. */
  sameAs(id: string): string {
    return this.crosswalks.classOf(canonicalUri(id))
  }

  /**
   * What leads to a competency, by canonical id, by the cheapest route: itself, exact matches of it by any chain, what replaced it, sets
   * that it is a part of where they cover their parts, and where narrower ones match what is narrower by one step.
   */
  routesTo(id: string, leads: Leads): ReadonlyMap<string, Route> {
    const name = JSON.stringify([leads.matches, leads.covers, canonicalUri(id)])
    const known = this.found.get(name)
    if (known !== undefined) return known
    const routes = new Map<string, Route>()
    const search = cheapestFirst(
      [{ id, route: HERE, cost: 0 }],
      // By another kind of route something else may follow: after a narrower one nothing narrower.
      ({ id: here, route }) => JSON.stringify([canonicalUri(here), route.narrow, route.disputed]),
      ({ id: here, route }) => this.before(here, route, leads),
    )
    for (const { id: from, route } of search) {
      const key = canonicalUri(from)
      if (!routes.has(key)) routes.set(key, route)
    }
    this.found.set(name, routes)
    return routes
  }

  /** What leads here in one step. */
  private before(id: string, route: Route, { matches, covers }: Leads) {
    const key = canonicalUri(id)
    const found: { id: string; route: Route; cost: number }[] = []
    const add = (from: string, next: Route) => found.push({ id: from, route: next, cost: next.cost })
    for (const step of this.crosswalks.into(key))
      if (step.relation === 'exact' || (matches === 'narrow' && !route.narrow)) add(step.from, crossed(route, step))
    const [replacement, another] = this.definitions.get(key)?.replacedBy ?? []
    if (replacement !== undefined && another === undefined)
      add(replacement, longer(route, { via: 'replacement', from: replacement, to: id }))
    if (covers === 'parts')
      for (const whole of this.wholes.get(key) ?? []) add(whole, longer(route, { via: 'set', from: whole, to: id }))
    return found
  }

  /**
   * Does somebody who has these, by canonical id, have the competency, as a badge counts for a requirement without a level? Not, where it takes
   * more than `MAX_UNFOLDED` parts of parts to find out.
   */
  isCovered(id: string, own: ReadonlySet<string>, covers: Leads['covers']): boolean {
    let left = MAX_UNFOLDED
    const isHad = (each: string, unfolded: readonly string[]): boolean => {
      if (--left < 0) return false
      const leads = [...this.routesTo(each, { matches: 'exact', covers })]
      if (leads.some(([key, { disputed }]) => !disputed && own.has(key))) return true
      return [...this.routesTo(each, { matches: 'exact', covers: 'itself' })].some(([key, { disputed }]) => {
        const { parts = [], replacedBy = [] } = this.definitions.get(key) ?? {}
        if (disputed || unfolded.includes(key)) return false
        const all = (ids: readonly string[]) => ids.every((part) => isHad(part, [...unfolded, key]))
        return (parts.length > 0 && all(parts)) || (replacedBy.length > 1 && all(replacedBy))
      })
    }
    return isHad(id, [])
  }

  /**
   * Which levels elsewhere amount to which of the required competency: by canonical id of the competency, then of the level there. On a scale
   * with an order that is the highest one, since whoever has a level has those below; without an order all that are said.
   */
  amountsTo(
    id: string,
    matches: Leads['matches'],
    certainly: boolean,
  ): ReadonlyMap<string, ReadonlyMap<string, readonly Amount[]>> {
    const name = JSON.stringify([matches, certainly, canonicalUri(id)])
    const known = this.amounts.get(name)
    if (known !== undefined) return known
    const found = new Map<string, Map<string, Amount[]>>()
    const scale = this.scaleOf(id)
    const done = new Set<string>()
    for (const level of [...(scale?.keys ?? [])].reverse()) {
      const starts = [{ competency: canonicalUri(id), level, route: HERE, cost: 0 }]
      const search = cheapestFirst(
        starts,
        ({ competency, level, route }) => JSON.stringify([competency, level, route.narrow]),
        (at) => this.levelsBefore(at, matches, certainly),
        scale?.isOrdered === true ? done : new Set(),
      )
      for (const { competency, level: there, route } of search) {
        const levels = found.get(competency) ?? new Map<string, Amount[]>()
        const amounts = levels.get(there) ?? []
        // Narrow or not, once is enough.
        if (!amounts.some((each) => each.level === level || scale?.isOrdered === true)) amounts.push({ level, route })
        found.set(competency, levels.set(there, amounts))
      }
    }
    this.amounts.set(name, found)
    return found
  }

  private levelsBefore({ competency, level, route }: Level, matches: Leads['matches'], certainly: boolean): Level[] {
    const found: Level[] = []
    // Whoever has the level above has this one, and it costs next to nothing to say so.
    const scale = this.definitions.get(competency)?.scale
    const rank = scale?.levels.get(level)?.rank
    if (scale?.isOrdered === true && rank !== undefined) {
      const above = scale.keys[rank + 1]
      if (above !== undefined) found.push({ competency, level: above, route, cost: route.cost })
    }
    for (const step of this.crosswalks.into(competency)) {
      if (step.relation === 'narrower' && (matches !== 'narrow' || route.narrow)) continue
      if (step.disputed && certainly) continue
      const next = crossed(route, step)
      for (const theirs of step.levels?.get(level) ?? [])
        found.push({ competency: canonicalUri(step.from), level: theirs, route: next, cost: next.cost })
    }
    return found
  }
}

interface Level {
  readonly competency: string
  readonly level: string
  readonly route: Route
  readonly cost: number
}

function wholesOf(definitions: ReadonlyMap<string, Definition>): Map<string, string[]> {
  const wholes = new Map<string, string[]>()
  for (const { competency, sureParts } of definitions.values())
    for (const part of sureParts) {
      const own = wholes.get(part)
      if (own === undefined) wholes.set(part, [competency.id])
      else own.push(competency.id)
    }
  return wholes
}

/** The step is the first on the way from what leads here. */
function crossed(route: Route, { from, to, source, relation, disputed, context }: Step): Route {
  const isNarrow = relation === 'narrower'
  return {
    step: { via: 'crosswalk', from, to, source, ...(context === undefined ? {} : { context }) },
    rest: route,
    narrow: route.narrow || isNarrow,
    disputed: route.disputed || disputed,
    cost: route.cost + COST.step + (isNarrow ? COST.narrow : 0) + (disputed ? COST.disputed : 0),
  }
}

function longer(route: Route, step: RouteStep): Route {
  return { ...route, step, rest: route, cost: route.cost + COST.step }
}
