/**
 * A stack made ready: every requirement with what leads to its competency, sets unfolded into their parts. Done once for all people.
 *
 * @module
 */

import { UsageError } from '../errors.js'
import { MAX_DEPTH } from '../internal/json-object.js'
import type { ContextOfUse } from '../model/extension-context.js'
import { titleOf } from './claims.js'
import type { Scale } from './definitions.js'
import { canonicalUri, shapeOf } from './identifiers.js'
import type { Offer, Offers } from './offers.js'
import type { Amount, CompetencyIndex, Leads, Route } from './routes.js'
import { requirementsOf, stackName } from './stack.js'
import type { Competency, CompetencyStack, Requirement, RequirementReport } from './types.js'

export type LeafRequirement = Extract<Requirement, { competency: string }>

type Amounts = ReadonlyMap<string, ReadonlyMap<string, readonly Amount[]>>

export interface Leaf {
  readonly kind: 'leaf'
  readonly id: string
  readonly asked: LeafRequirement
  /** Undefined where no framework defines it: then only its id can be matched. */
  readonly competency: Competency | undefined
  readonly scale: Scale
  readonly wanted: number | undefined
  readonly routes: ReadonlyMap<string, Route>
  /** By statements that nobody contradicts, and by all. */
  readonly amounts: Amounts
  readonly disputedAmounts: Amounts
  /** What leads to it in contexts that crosswalks name, where that is more. */
  readonly within: readonly Within[]
  readonly issuers: ReadonlySet<string> | undefined
  readonly endorsers: ReadonlySet<string> | 'independent' | undefined
  /** Sets all of whose parts are the competency too. A level of a set says nothing of levels of its parts. */
  readonly ways: readonly Way[]
  /** One badge for any of these would meet it. Its own competency first. */
  readonly offers: Offers
  /** For finding what was meant to name it. */
  readonly shape: string
  readonly title: string | undefined
  /** The answer where nothing leads to it: the same for everybody. */
  readonly nothing: RequirementReport
}

/** What leads to a competency for badges that were shown in a context. */
export interface Within extends Pick<Leaf, 'routes' | 'amounts' | 'disputedAmounts'> {
  readonly context: ContextOfUse
}

/** All parts of a set, or all that took the place of something. */
export interface Way {
  readonly gate: Gate
  /** As it is written: the competency that all of them are. */
  readonly of: string
  readonly kind: 'set' | 'replacements'
  /** From there to the competency that is required. */
  readonly route: Route
}

export interface Gate {
  readonly kind: 'gate'
  readonly id: string
  readonly children: readonly Node[]
  readonly atLeast: number
  readonly distinct: boolean
}

export type Node = Leaf | Gate

export interface CompiledStack {
  readonly name: string
  readonly requirements: readonly Node[]
}

/** Parts of sets unfold everywhere they are required. */
const MAX_NODES = 20_000

/**
 * Throws UsageError: `usage.invalid_stack` for a requirement that cannot be judged (a level that the competency does not have,
 * `atLeast` beyond what there is), and what `requirementsOf` throws.
 */
export function compileStack(
  stack: CompetencyStack,
  stacks: readonly CompetencyStack[],
  index: CompetencyIndex,
  now: Date,
): CompiledStack {
  const name = stackName(stack)
  const compiler = new Compiler(name, index, now.getTime())
  const requirements = requirementsOf(stack, stacks)
  if (requirements.length === 0)
    throw new UsageError('usage.invalid_stack', `${name} requires nothing: everybody would fit`)
  return { name, requirements: requirements.map((requirement) => compiler.node(requirement, 0, [])) }
}

class Compiler {
  private nodes = 0
  private readonly stack: string
  private readonly index: CompetencyIndex

  private readonly now: number

  constructor(stack: string, index: CompetencyIndex, now: number) {
    this.stack = stack
    this.index = index
    this.now = now
  }

  /** `unfolded`: the sets, by canonical id, as whose parts it is required. What is part of itself proves nothing. */
  node(requirement: Requirement, depth: number, unfolded: readonly string[]): Node {
    if (++this.nodes > MAX_NODES)
      throw this.invalid(
        requirement.id,
        `sets unfold to more than ${MAX_NODES} requirements: require fewer of them, or their parts`,
      )
    if (depth > MAX_DEPTH)
      throw this.invalid(requirement.id, `requirements are nested more than ${MAX_DEPTH} levels deep`)
    if ('competency' in requirement) return this.leaf(requirement, depth, unfolded)
    const parts = 'allOf' in requirement ? requirement.allOf : requirement.anyOf
    const atLeast = 'allOf' in requirement ? parts.length : requirement.atLeast
    if (parts.length === 0) throw this.invalid(requirement.id, 'it has no parts: it would always be met')
    if (!Number.isInteger(atLeast) || atLeast < 1 || atLeast > parts.length)
      throw this.invalid(requirement.id, `"atLeast" is ${atLeast}, of ${parts.length} parts`)
    const distinct = 'anyOf' in requirement && requirement.distinct === true
    return {
      kind: 'gate',
      id: requirement.id,
      children: parts.map((part) => this.node(part, depth + 1, [])),
      atLeast,
      distinct,
    }
  }

  private leaf(asked: LeafRequirement, depth: number, unfolded: readonly string[]): Leaf {
    const { competency, scale = NO_SCALE } = this.index.find(asked.competency) ?? {}
    const wanted = asked.level === undefined ? undefined : scale.levels.get(canonicalUri(asked.level))?.rank
    if (asked.level !== undefined && wanted === undefined)
      throw this.invalid(
        asked.id,
        `${asked.level} is no level of ${competency === undefined ? `${asked.competency}, which no framework defines` : `"${competency.name}"`}`,
      )
    const { matches = 'exact', covers = 'itself' } = asked
    const routes = this.index.routesTo(asked.competency, { matches, covers })
    const amounts = this.index.amountsTo(asked.competency, matches, true)
    const offers = this.offersOf(asked, routes, amounts, scale, wanted)
    const missing = [competency?.id ?? asked.competency]
    const suggestions = writtenOf(offers, this.index)
    const { id, ...what } = asked
    return {
      kind: 'leaf',
      id,
      asked,
      competency,
      scale,
      wanted,
      routes,
      amounts,
      within: this.withinOf(asked, wanted),
      disputedAmounts: wanted === undefined ? amounts : this.index.amountsTo(asked.competency, matches, false),
      issuers: asked.issuers && new Set(asked.issuers.map(canonicalUri)),
      endorsers: typeof asked.endorsedBy === 'object' ? new Set(asked.endorsedBy.map(canonicalUri)) : asked.endorsedBy,
      ways: wanted === undefined ? this.waysTo(asked, depth, unfolded) : [],
      offers,
      shape: shapeOf(asked.competency),
      title: competency && titleOf(competency.name),
      nothing: {
        id,
        outcome: 'not-met',
        because: [{ code: 'competency.not_found' }],
        asked: what,
        missing,
        suggestions,
      },
    }
  }

  private withinOf(asked: LeafRequirement, wanted: number | undefined): Within[] {
    const { competency, matches = 'exact', covers = 'itself' } = asked
    return this.index.contexts.map(({ context, index }) => {
      const amounts = index.amountsTo(competency, matches, true)
      return {
        context,
        routes: index.routesTo(competency, { matches, covers }),
        amounts,
        disputedAmounts: wanted === undefined ? amounts : index.amountsTo(competency, matches, false),
      }
    })
  }

  /** What is asked of the set is asked of each part. */
  private waysTo(asked: LeafRequirement, depth: number, unfolded: readonly string[]): Way[] {
    const ways: Way[] = []
    const kinds = new Set<string>()
    for (const [key, route] of this.index.routesTo(asked.competency, EXACT)) {
      const { competency, parts = [], replacedBy = [] } = this.index.find(key) ?? {}
      if (competency === undefined || unfolded.includes(key)) continue
      const several = replacedBy.length > 1 ? replacedBy : []
      for (const [kind, members] of [
        ['set', parts],
        ['replacements', several],
      ] as const) {
        // A version of a set whose parts match those of another asks the same once more.
        const shape = JSON.stringify(members.map((part) => this.index.sameAs(part)).sort())
        if (members.length === 0 || kinds.has(shape)) continue
        if (!route.disputed) kinds.add(shape)
        const children = members.map((part) =>
          this.node({ ...asked, id: `${asked.id}/${part}`, competency: part }, depth + 1, [...unfolded, key]),
        )
        const gate: Gate = { kind: 'gate', id: asked.id, children, atLeast: children.length, distinct: false }
        ways.push({ gate, of: competency.id, kind, route })
      }
    }
    return ways
  }

  private offersOf(
    asked: LeafRequirement,
    routes: Leaf['routes'],
    amounts: Amounts,
    scale: Scale,
    wanted: number | undefined,
  ): Offers {
    const issuers = asked.issuers && new Set(asked.issuers.map(canonicalUri))
    const isEnough = ({ level }: Amount) => {
      const rank = scale.levels.get(level)?.rank ?? -1
      return scale.isOrdered ? rank >= (wanted ?? -1) : rank === wanted
    }
    const own = canonicalUri(asked.competency)
    const others = [...routes].flatMap(([key, { disputed }]) => (key === own || disputed ? [] : [key])).sort()
    return new Map(
      [own, ...others].flatMap((key): [string, readonly Offer[]][] => {
        // Nobody awards what is no longer in use, or not yet.
        const { from = this.now, until = this.now } = this.index.find(key) ?? {}
        if (until < this.now || from > this.now) return []
        if (wanted === undefined) return [[key, [{ issuers, levels: undefined }]]]
        const enough = [...(amounts.get(key) ?? [])].filter(([, found]) => found.some(isEnough))
        return enough.length === 0 ? [] : [[key, [{ issuers, levels: new Set(enough.map(([level]) => level)) }]]]
      }),
    )
  }

  private invalid(id: string, message: string): UsageError {
    return new UsageError('usage.invalid_stack', `${this.stack}, requirement "${id}": ${message}`)
  }
}

const NO_SCALE: Scale = { levels: new Map(), keys: [], isOrdered: true }
const EXACT: Leads = { matches: 'exact', covers: 'itself' }

/** Suggestions beyond this help nobody. */
const MAX_SUGGESTIONS = 10

/** Ids as the frameworks write them. */
export function writtenOf(offers: Offers, index: CompetencyIndex): string[] {
  return [...offers.keys()].slice(0, MAX_SUGGESTIONS).map((key) => index.find(key)?.competency.id ?? key)
}
