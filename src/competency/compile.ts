/**
 * A stack made ready: every requirement with what leads to its competency, sets unfolded into their parts. Done once for all people.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import { titleOf } from './claims.js'
import { canonicalUri, shapeOf } from './identifiers.js'
import type { CompetencyIndex, Route } from './routes.js'
import { requirementsOf, stackName } from './stack.js'
import type { Competency, CompetencyStack, Requirement, RequirementReport } from './types.js'

export type LeafRequirement = Extract<Requirement, { competency: string }>

export interface Leaf {
  readonly kind: 'leaf'
  readonly id: string
  readonly asked: LeafRequirement
  /** Undefined where no framework defines it: then only its id can be matched. */
  readonly competency: Competency | undefined
  /** From low to high. */
  readonly levels: ReadonlyMap<string, { readonly id: string; readonly rank: number }>
  readonly wanted: number | undefined
  readonly routes: ReadonlyMap<string, readonly Route[]>
  readonly issuers: ReadonlySet<string> | undefined
  readonly endorsers: ReadonlySet<string> | 'independent' | undefined
  /** All of them together are the competency too. A level of a set says nothing of levels of its parts. */
  readonly parts: Gate | undefined
  /** Canonical ids: one badge for any of these would meet it. Its own competency first. */
  readonly closers: readonly string[]
  /** For finding what was meant to name it. */
  readonly shape: string
  readonly title: string | undefined
  /** The answer where nothing leads to it: the same for everybody. */
  readonly nothing: RequirementReport
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
): CompiledStack {
  const name = stackName(stack)
  const compiler = new Compiler(name, index)
  const requirements = requirementsOf(stack, stacks)
  if (requirements.length === 0)
    throw new UsageError('usage.invalid_stack', `${name} requires nothing: everybody would fit`)
  return { name, requirements: requirements.map((requirement) => compiler.node(requirement, 0)) }
}

class Compiler {
  private nodes = 0
  private readonly stack: string
  private readonly index: CompetencyIndex

  constructor(stack: string, index: CompetencyIndex) {
    this.stack = stack
    this.index = index
  }

  node(requirement: Requirement, depth: number): Node {
    if (++this.nodes > MAX_NODES)
      throw this.invalid(
        requirement.id,
        `sets unfold to more than ${MAX_NODES} requirements: require fewer of them, or their parts`,
      )
    if (depth > 64) throw this.invalid(requirement.id, 'requirements are nested more than 64 levels deep')
    if ('competency' in requirement) return this.leaf(requirement, depth)
    const parts = 'allOf' in requirement ? requirement.allOf : requirement.anyOf
    const atLeast = 'allOf' in requirement ? parts.length : requirement.atLeast
    if (parts.length === 0) throw this.invalid(requirement.id, 'it has no parts: it would always be met')
    if (!Number.isInteger(atLeast) || atLeast < 1 || atLeast > parts.length)
      throw this.invalid(requirement.id, `"atLeast" is ${atLeast}, of ${parts.length} parts`)
    const distinct = 'anyOf' in requirement && requirement.distinct === true
    return {
      kind: 'gate',
      id: requirement.id,
      children: parts.map((part) => this.node(part, depth + 1)),
      atLeast,
      distinct,
    }
  }

  private leaf(asked: LeafRequirement, depth: number): Leaf {
    const competency = this.index.find(asked.competency)?.competency
    const levels = new Map((competency?.levels ?? []).map(({ id }, rank) => [canonicalUri(id), { id, rank }] as const))
    const wanted = asked.level === undefined ? undefined : levels.get(canonicalUri(asked.level))?.rank
    if (asked.level !== undefined && wanted === undefined)
      throw this.invalid(
        asked.id,
        `${asked.level} is no level of ${competency === undefined ? `${asked.competency}, which no framework defines` : `"${competency.name}"`}`,
      )
    const routes = this.index.routesTo(asked.competency, asked.matches === 'narrow')
    const closers = closersOf(asked, routes, wanted !== undefined)
    const missing = [competency?.id ?? asked.competency]
    const suggestions = writtenOf(closers, this.index)
    return {
      kind: 'leaf',
      id: asked.id,
      asked,
      competency,
      levels,
      wanted,
      routes,
      issuers: asked.issuers && new Set(asked.issuers.map(canonicalUri)),
      endorsers: typeof asked.endorsedBy === 'object' ? new Set(asked.endorsedBy.map(canonicalUri)) : asked.endorsedBy,
      parts: wanted === undefined ? this.partsOf(asked, competency, depth) : undefined,
      closers,
      shape: shapeOf(asked.competency),
      title: competency && titleOf(competency.name),
      nothing: { id: asked.id, outcome: 'not-met', because: ['competency.not_found'], missing, suggestions },
    }
  }

  /** What is asked of the set is asked of each part. */
  private partsOf(asked: LeafRequirement, competency: Competency | undefined, depth: number): Gate | undefined {
    const parts = competency?.parts ?? []
    if (parts.length === 0) return undefined
    const children = parts.map((part) =>
      this.node({ ...asked, id: `${asked.id}/${part}`, competency: part }, depth + 1),
    )
    return { kind: 'gate', id: asked.id, children, atLeast: children.length, distinct: false }
  }

  private invalid(id: string, message: string): UsageError {
    return new UsageError('usage.invalid_stack', `${this.stack}, requirement "${id}": ${message}`)
  }
}

function closersOf(asked: LeafRequirement, routes: ReadonlyMap<string, readonly Route[]>, leveled: boolean): string[] {
  const own = canonicalUri(asked.competency)
  const others = [...routes].flatMap(([key, found]) =>
    key !== own && found.some(({ conflict, levels }) => !conflict && !(leveled && levels === undefined)) ? [key] : [],
  )
  return [own, ...others.sort()]
}

/** Suggestions beyond this help nobody. */
const MAX_SUGGESTIONS = 10

/** Ids as the frameworks write them. */
export function writtenOf(closers: readonly string[], index: CompetencyIndex): string[] {
  return closers.slice(0, MAX_SUGGESTIONS).map((key) => index.find(key)?.competency.id ?? key)
}
