/**
 * Crosswalks: which competencies of two frameworks correspond, in the words of SKOS (section 10, mapping properties).
 * `{ from: A, to: B, relation: 'broad' }` says: B is broader than A.
 *
 * - `exact` is symmetric and transitive: a chain of exact matches is one.
 * - `broad` and `narrow` are each other's inverse and not transitive: one of them may end a chain of exact ones, never two.
 * - `related` is symmetric, and leads nowhere.
 *
 * @module
 */
import type { JsonObject } from '../internal/types.js'
import { canonicalUri } from './identifiers.js'
import { present, Reading } from './reading.js'
import type { CompetencyFramework, Crosswalk } from './types.js'

type Match = Crosswalk['matches'][number]

/** Something in crosswalks that contradicts itself or leads nowhere. */
export interface CrosswalkFinding {
  readonly code: /**
   * Exact and something else at once, or broader and narrower at once (SKOS S46, S27). As an error, said of one pair: nothing is
   * certain by either statement. As a warning, only by a chain of others.
   */
    | 'crosswalk.conflict'
    /** Two competencies of one framework are the same by a chain of exact matches. */
    | 'crosswalk.merges_framework'
    /** One level is matched to two, or the order of the levels is turned round. */
    | 'crosswalk.levels_conflict'
    | 'crosswalk.unknown_level'
    | 'crosswalk.unknown_competency'
    | 'crosswalk.self_match'
  readonly severity: 'error' | 'warning'
  readonly from: string
  readonly to: string
  /** Who states it. */
  readonly sources: readonly string[]
  readonly message: string
}

/** Reads a crosswalk (parsed JSON). Throws ParseError `parse.invalid` with every issue. */
export function parseCrosswalk(value: unknown): Crosswalk {
  const reading = new Reading(value, 'a crosswalk')
  const object = reading.object(reading.value, '', 'the crosswalk') ?? {}
  const name = 'the crosswalk'
  reading.only(object, ['$schema', 'source', 'statedAt', 'matches'], '', name)
  if (object.matches === undefined)
    reading.report('parse.missing', '/matches', `${name} "matches" is missing: an array`)
  const crosswalk = present<Crosswalk>({
    source: reading.text(object, 'source', '', name) ?? '',
    statedAt: reading.optionalText(object, 'statedAt', '', name),
    matches: reading.objects(object, 'matches', '', name).map(({ value: match, place }, index) => {
      const at = `match ${index}`
      reading.only(match, ['from', 'to', 'relation', 'levels'], place, at)
      const { relation } = match
      if (!RELATIONS.includes(relation as string))
        reading.report('parse.value', `${place}/relation`, `${at} "relation" must be one of ${RELATIONS.join(', ')}`)
      return present<Match>({
        from: reading.uri(match, 'from', place, at) ?? '',
        to: reading.uri(match, 'to', place, at) ?? '',
        relation: relation as Match['relation'],
        levels: readLevels(reading, match, place, at),
      })
    }),
  })
  reading.finish()
  return crosswalk
}

const RELATIONS: readonly string[] = ['exact', 'broad', 'narrow', 'related']

function readLevels(reading: Reading, match: JsonObject, place: string, name: string) {
  if (match.levels === undefined) return undefined
  const levels = reading.object(match.levels, `${place}/levels`, `${name} "levels"`) ?? {}
  return Object.fromEntries(
    Object.keys(levels).map((from) => [from, reading.uri(levels, from, `${place}/levels`, `${name} "levels"`) ?? '']),
  )
}

/** One statement, read from one of its ends. */
export interface Step {
  /** As it is written. */
  readonly from: string
  readonly to: string
  readonly relation: Match['relation']
  readonly source: string
  /** Level of `to` to level of `from`, by canonical form. Absent where nothing certain is said of levels. */
  readonly levelsBack?: ReadonlyMap<string, string>
  /** It contradicts another statement: nothing is certain by it. */
  readonly conflict: boolean
}

const INVERSE = { exact: 'exact', related: 'related', broad: 'narrow', narrow: 'broad' } as const

/** All statements about each competency, from both ends. Conflicts are marked. */
export class CrosswalkGraph {
  private readonly steps = new Map<string, Step[]>()

  /** `frameworks` say in which order levels are: a statement that turns it round says nothing of levels. */
  constructor(crosswalks: readonly Crosswalk[], frameworks: readonly CompetencyFramework[] = []) {
    const findings = checkCrosswalks(crosswalks, frameworks)
    const named = (code: CrosswalkFinding['code']) =>
      new Set(
        findings
          .filter((each) => each.code === code && each.severity === 'error')
          .map(({ from, to }) => pairOf(from, to, 'exact')[0]),
      )
    const [conflicts, levelConflicts] = [named('crosswalk.conflict'), named('crosswalk.levels_conflict')]
    for (const { source, matches } of crosswalks)
      for (const { from, to, relation, levels } of matches) {
        const [pair] = pairOf(from, to, relation)
        const conflict = conflicts.has(pair)
        const usable = levels === undefined || levelConflicts.has(pair) ? undefined : levels
        this.add({ from, to, relation, source, conflict }, usable && inverseOf(usable))
        this.add({ from: to, to: from, relation: INVERSE[relation], source, conflict }, usable && mapOf(usable))
      }
  }

  private add(step: Omit<Step, 'levelsBack'>, levelsBack: ReadonlyMap<string, string> | undefined): void {
    const key = canonicalUri(step.from)
    if (key === canonicalUri(step.to)) return
    const steps = this.steps.get(key) ?? []
    steps.push({ ...step, ...(levelsBack === undefined ? {} : { levelsBack }) })
    this.steps.set(key, steps)
  }

  /** The statements that lead away from a competency, as it stands in its canonical form. */
  from(key: string): readonly Step[] {
    return this.steps.get(key) ?? []
  }
}

/** A pair in a fixed order, with what is said of it in that order. */
function pairOf(from: string, to: string, relation: Match['relation']): [string, Match['relation']] {
  const [a, b] = [canonicalUri(from), canonicalUri(to)]
  return a <= b ? [`${a} ${b}`, relation] : [`${b} ${a}`, INVERSE[relation]]
}

function mapOf(levels: Readonly<Record<string, string>>): Map<string, string> {
  return new Map(Object.entries(levels).map(([from, to]) => [canonicalUri(from), canonicalUri(to)]))
}

/** Backwards only where one level leads to it: of several nobody can say which one was reached. */
function inverseOf(levels: Readonly<Record<string, string>>): Map<string, string> {
  const inverse = new Map<string, string>()
  const several = new Set<string>()
  for (const [from, to] of mapOf(levels)) {
    if (inverse.has(to)) several.add(to)
    inverse.set(to, from)
  }
  for (const level of several) inverse.delete(level)
  return inverse
}

/**
 * Everything in the crosswalks that contradicts itself or what the frameworks say. `assessStack` never counts a match that is in
 * conflict: what depends on one is uncertain.
 */
export function checkCrosswalks(
  crosswalks: readonly Crosswalk[],
  frameworks: readonly CompetencyFramework[] = [],
): CrosswalkFinding[] {
  const findings: CrosswalkFinding[] = []
  const pairs = new Map<string, { from: string; to: string; relations: Set<string>; sources: Set<string> }>()
  for (const { source, matches } of crosswalks)
    for (const { from, to, relation } of matches) {
      if (canonicalUri(from) === canonicalUri(to)) {
        const message = `${from} is matched with itself`
        findings.push({ code: 'crosswalk.self_match', severity: 'warning', from, to, sources: [source], message })
        continue
      }
      const [key, stated] = pairOf(from, to, relation)
      const pair = pairs.get(key) ?? { from, to, relations: new Set(), sources: new Set() }
      pair.relations.add(stated)
      pair.sources.add(source)
      pairs.set(key, pair)
    }
  for (const { from, to, relations, sources } of pairs.values())
    if (relations.size > 1) {
      const said = [...relations].sort().join(' and ')
      const message = `${from} and ${to} are said to be ${said} matches, by ${[...sources].join(' and ')}: none of it counts until one is withdrawn`
      findings.push({ code: 'crosswalk.conflict', severity: 'error', from, to, sources: [...sources], message })
    }
  return [
    ...findings,
    ...closureFindings(crosswalks, frameworks),
    ...crosswalks.flatMap((crosswalk) => levelFindings(crosswalk, frameworks)),
    ...contradictoryLevels(crosswalks),
  ]
}

/** Two statements about one pair that match one level with two. */
function contradictoryLevels(crosswalks: readonly Crosswalk[]): CrosswalkFinding[] {
  const said = new Map<string, { to: string; source: string }>()
  const findings: CrosswalkFinding[] = []
  for (const { source, matches } of crosswalks)
    for (const { from, to, levels = {} } of matches)
      for (const [level, target] of Object.entries(levels)) {
        const key = [from, to, level].map(canonicalUri).join(' ')
        const other = said.get(key)
        if (other !== undefined && other.to !== canonicalUri(target)) {
          const message = `the level ${level} of ${from} is matched with ${other.to} and with ${target}: which one?`
          const sources = [...new Set([other.source, source])]
          findings.push({ code: 'crosswalk.levels_conflict', severity: 'error', from, to, sources, message })
        }
        said.set(key, { to: canonicalUri(target), source })
      }
  return findings
}

/** What follows from chains of exact matches. */
function closureFindings(
  crosswalks: readonly Crosswalk[],
  frameworks: readonly CompetencyFramework[],
): CrosswalkFinding[] {
  const findings: CrosswalkFinding[] = []
  const classOf = exactClasses(crosswalks)
  const home = new Map(
    frameworks.flatMap((framework) => framework.competencies.map(({ id }) => [canonicalUri(id), { id, framework }])),
  )
  const first = new Map<string, string>()
  for (const [key, { id, framework }] of home) {
    const name = `${framework.id} ${classOf(key)}`
    const other = first.get(name)
    if (other !== undefined) {
      const message = `${other} and ${id} of one framework would be the same by a chain of exact matches: one of them is too much`
      findings.push({
        code: 'crosswalk.merges_framework',
        severity: 'warning',
        from: other,
        to: id,
        sources: [],
        message,
      })
    } else first.set(name, id)
  }
  for (const { source, matches } of crosswalks)
    for (const { from, to, relation } of matches) {
      const isDirect = canonicalUri(from) === canonicalUri(to)
      if (relation !== 'exact' && !isDirect && classOf(canonicalUri(from)) === classOf(canonicalUri(to))) {
        const message = `${from} and ${to} are said to be a ${relation} match, and are exact matches by a chain`
        findings.push({ code: 'crosswalk.conflict', severity: 'warning', from, to, sources: [source], message })
      }
    }
  return findings
}

function exactClasses(crosswalks: readonly Crosswalk[]): (key: string) => string {
  const parent = new Map<string, string>()
  const find = (key: string): string => {
    let root = key
    for (let up = parent.get(root); up !== undefined; up = parent.get(root)) root = up
    return root
  }
  for (const { matches } of crosswalks)
    for (const { from, to, relation } of matches) {
      if (relation !== 'exact') continue
      const [a, b] = [find(canonicalUri(from)), find(canonicalUri(to))]
      if (a !== b) parent.set(b, a)
    }
  return find
}

function levelFindings(crosswalk: Crosswalk, frameworks: readonly CompetencyFramework[]): CrosswalkFinding[] {
  const ranks = new Map<string, Map<string, number>>()
  const known = new Set<string>()
  for (const { competencies } of frameworks)
    for (const { id, levels = [] } of competencies) {
      known.add(canonicalUri(id))
      ranks.set(canonicalUri(id), new Map(levels.map((level, rank) => [canonicalUri(level.id), rank])))
    }
  return crosswalk.matches.flatMap(({ from, to, levels = {} }): CrosswalkFinding[] => {
    const found: CrosswalkFinding[] = []
    const say = (code: CrosswalkFinding['code'], severity: CrosswalkFinding['severity'], message: string) =>
      found.push({ code, severity, from, to, sources: [crosswalk.source], message })
    if (known.size > 0 && ![from, to].some((id) => known.has(canonicalUri(id))))
      say('crosswalk.unknown_competency', 'warning', `neither ${from} nor ${to} is in a framework that was given`)
    const [source, target] = [ranks.get(canonicalUri(from)), ranks.get(canonicalUri(to))]
    let last: { rank: number; to: number } | undefined
    const entries = Object.entries(levels).map(([a, b]) => ({
      a,
      b,
      rank: source?.get(canonicalUri(a)),
      to: target?.get(canonicalUri(b)),
    }))
    for (const { a, b, rank, to: reached } of entries) {
      if (source !== undefined && rank === undefined)
        say('crosswalk.unknown_level', 'error', `${a} is no level of ${from}`)
      if (target !== undefined && reached === undefined)
        say('crosswalk.unknown_level', 'error', `${b} is no level of ${to}`)
    }
    const ranked = entries.flatMap(({ rank, to }) => (rank === undefined || to === undefined ? [] : [{ rank, to }]))
    for (const entry of ranked.sort((x, y) => x.rank - y.rank)) {
      if (last !== undefined && entry.to < last.to)
        say('crosswalk.levels_conflict', 'error', `a higher level of ${from} is matched with a lower level of ${to}`)
      last = entry
    }
    return found
  })
}
