/**
 * What the frameworks of a call say of each competency. Two frameworks may define one id, as two versions of a framework do, or a
 * competency that belongs to both: then only what both say is taken for sure.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import { checkFramework } from './framework.js'
import { canonicalUri } from './identifiers.js'
import type { Competency, CompetencyFramework } from './types.js'

/** One competency, from all frameworks that define it. */
export interface Definition {
  /** As the framework that was given first has it. */
  readonly competency: Competency
  readonly framework: CompetencyFramework
  readonly scale: Scale
  /** Ids, as they are written, of all that must be there for the set to be there: the parts that any of them names. */
  readonly parts: readonly string[]
  /** Canonical ids of the parts that all of them name. */
  readonly sureParts: ReadonlySet<string>
  readonly replacedBy: readonly string[]
  /** The first moment of the first day on which it is in use; -Infinity where none is said. */
  readonly from: number
  /** The last moment of the last day on which it was in use; Infinity where none is said. */
  readonly until: number
}

/** The levels of a competency, by canonical id. */
export interface Scale {
  /** From low to high where the order is known. */
  readonly levels: ReadonlyMap<string, { readonly id: string; readonly rank: number }>
  /** The same, by rank. */
  readonly keys: readonly string[]
  readonly isOrdered: boolean
}

const NO_SCALE: Scale = { levels: new Map(), keys: [], isOrdered: true }
const DAY = 86_400_000

/** Throws UsageError `usage.invalid_framework`. */
export function definitionsOf(frameworks: readonly CompetencyFramework[]): ReadonlyMap<string, Definition> {
  for (const framework of frameworks) {
    const error = checkFramework(framework).find(({ severity }) => severity === 'error')
    if (error !== undefined)
      throw new UsageError('usage.invalid_framework', `the framework "${framework.name}": ${error.message}`)
  }
  return mergedDefinitions(frameworks)
}

/** By canonical id, whatever is wrong in the frameworks. */
export function mergedDefinitions(frameworks: readonly CompetencyFramework[]): ReadonlyMap<string, Definition> {
  const definitions = new Map<string, Definition>()
  for (const framework of frameworks) {
    for (const competency of framework.competencies) {
      const key = canonicalUri(competency.id)
      const other = definitions.get(key)
      const one = definitionOf(competency, framework)
      definitions.set(key, other === undefined ? one : together(other, one))
    }
  }
  return definitions
}

function definitionOf(competency: Competency, framework: CompetencyFramework): Definition {
  const { levels = [], levelOrder, parts = [], replacedBy = [], startDate, endDate } = competency
  return {
    competency,
    framework,
    scale: levels.length === 0 ? NO_SCALE : scaleOf(levels, levelOrder === undefined || levels.length === 1),
    parts,
    sureParts: new Set(parts.map(canonicalUri)),
    replacedBy,
    from: startDate === undefined ? Number.NEGATIVE_INFINITY : Date.parse(startDate),
    until: endDate === undefined ? Number.POSITIVE_INFINITY : Date.parse(endDate) + DAY - 1,
  }
}

function scaleOf(levels: readonly { readonly id: string }[], isOrdered: boolean): Scale {
  const byKey = new Map(levels.map(({ id }, rank) => [canonicalUri(id), { id, rank }]))
  return { levels: byKey, keys: [...byKey.keys()], isOrdered }
}

function together(a: Definition, b: Definition): Definition {
  const sureParts = new Set([...a.sureParts].filter((part) => b.sureParts.has(part)))
  const parts = [...new Map([...a.parts, ...b.parts].map((part) => [canonicalUri(part), part])).values()]
  const replacedBy = [...new Map([...a.replacedBy, ...b.replacedBy].map((id) => [canonicalUri(id), id])).values()]
  const [from, until] = [Math.min(a.from, b.from), Math.max(a.until, b.until)]
  return { ...a, sureParts, parts, replacedBy, scale: oneScale(a.scale, b.scale), from, until }
}

/** One that has the levels of the other, in the same order, and more. Two that do not agree have no order. */
function oneScale(a: Scale, b: Scale): Scale {
  const [few, many] = a.levels.size <= b.levels.size ? [a, b] : [b, a]
  if (few.levels.size === 0) return many
  const ranks = [...few.levels.keys()].map((key) => many.levels.get(key)?.rank ?? -1)
  const agrees = ranks.every((rank, index) => rank >= 0 && rank > (ranks[index - 1] ?? -1))
  if (agrees && a.isOrdered && b.isOrdered) return many
  return scaleOf([...new Map([...many.levels, ...few.levels]).values()], false)
}
