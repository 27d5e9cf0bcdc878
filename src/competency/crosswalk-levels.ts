/**
 * What crosswalks say of levels: how a statement leads from the levels of one competency to those of another, and where statements
 * contradict each other or the order of levels.
 *
 * @module
 */
import { circlesOf } from '../internal/circles.js'
import type { CrosswalkFinding, Step } from './crosswalk-step.js'
import { type Definition, mergedDefinitions } from './definitions.js'
import { canonicalUri } from './identifiers.js'
import type { CompetencyFramework, Crosswalk } from './types.js'

type Match = Crosswalk['matches'][number]

/** A statement read from one of its ends, with levels of `from` to those of `to`. */
interface Lead extends Pick<Step, 'from' | 'to' | 'relation'> {
  readonly levels?: ReadonlyMap<string, string>
}

/** Read from both ends, as far as it leads anywhere. */
export function leadsOf({ from, to, relation, levels }: Match): Lead[] {
  if (relation === 'related' || canonicalUri(from) === canonicalUri(to)) return []
  const there = levels && new Map(Object.entries(levels).map(([a, b]) => [canonicalUri(a), canonicalUri(b)]))
  const forward = { from, to, relation: relation === 'exact' ? ('exact' as const) : ('narrower' as const) }
  const backward = { ...forward, from: to, to: from }
  return [
    ...(relation === 'narrow' ? [] : [{ ...forward, ...(there && { levels: there }) }]),
    ...(relation === 'broad' ? [] : [{ ...backward, ...(there && { levels: inverseOf(there) }) }]),
  ]
}

/** Backwards only where one level leads to it: of several nobody can say which one was reached. */
function inverseOf(levels: ReadonlyMap<string, string>): Map<string, string> {
  const inverse = new Map<string, string>()
  const several = new Set<string>()
  for (const [from, to] of levels) {
    if (inverse.has(to)) several.add(to)
    inverse.set(to, from)
  }
  for (const level of several) inverse.delete(level)
  return inverse
}

/** Everything in which what crosswalks say of levels contradicts itself or the frameworks. */
export function levelFindings(
  crosswalks: readonly Crosswalk[],
  frameworks: readonly CompetencyFramework[],
): CrosswalkFinding[] {
  const definitions = mergedDefinitions(frameworks)
  const found = [
    ...crosswalks.flatMap((crosswalk) => orderFindings(crosswalk, definitions)),
    ...contradictoryLevels(crosswalks),
  ]
  const pairs = new Set(found.filter(isConflict).flatMap(({ from, to }) => [pairOf(from, to), pairOf(to, from)]))
  const rest = crosswalks.map((crosswalk) => ({
    ...crosswalk,
    matches: crosswalk.matches.filter(({ from, to }) => !pairs.has(pairOf(from, to))),
  }))
  return [...found, ...circleFindings(rest, definitions)]
}

const isConflict = ({ code }: CrosswalkFinding) => code === 'crosswalk.levels_conflict'
const pairOf = (from: string, to: string) => JSON.stringify([canonicalUri(from), canonicalUri(to)])

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

function orderFindings(crosswalk: Crosswalk, definitions: ReadonlyMap<string, Definition>): CrosswalkFinding[] {
  return crosswalk.matches.flatMap(({ from, to, levels = {} }): CrosswalkFinding[] => {
    const found: CrosswalkFinding[] = []
    const say = (code: CrosswalkFinding['code'], severity: CrosswalkFinding['severity'], message: string) =>
      found.push({ code, severity, from, to, sources: [crosswalk.source], message })
    const [source, target] = [from, to].map((id) => definitions.get(canonicalUri(id))?.scale)
    if (definitions.size > 0 && source === undefined && target === undefined)
      say('crosswalk.unknown_competency', 'warning', `neither ${from} nor ${to} is in a framework that was given`)
    const entries = Object.entries(levels).map(([a, b]) => ({
      a,
      b,
      rank: source?.levels.get(canonicalUri(a))?.rank,
      to: target?.levels.get(canonicalUri(b))?.rank,
    }))
    for (const { a, b, rank, to: reached } of entries) {
      if (source !== undefined && rank === undefined)
        say('crosswalk.unknown_level', 'error', `${a} is no level of ${from}`)
      if (target !== undefined && reached === undefined)
        say('crosswalk.unknown_level', 'error', `${b} is no level of ${to}`)
    }
    if (source?.isOrdered !== true || target?.isOrdered !== true) return found
    let last: number | undefined
    const ranked = entries.flatMap(({ rank, to }) => (rank === undefined || to === undefined ? [] : [{ rank, to }]))
    for (const { to: reached } of ranked.sort((x, y) => x.rank - y.rank)) {
      if (last !== undefined && reached < last)
        say('crosswalk.levels_conflict', 'error', `a higher level of ${from} is matched with a lower level of ${to}`)
      last = reached
    }
    return found
  })
}

/** A level of a competency: a place in the graph of what follows from what. */
interface RankedLevel {
  readonly competency: string
  readonly leads: { readonly to: RankedLevel; readonly match?: Match; readonly source?: string }[]
}

/**
 * Statements that, one after the other and round a circle, make one level of a competency another level of the same. Whoever has a level
 * has those below. Linear.
 */
function circleFindings(
  crosswalks: readonly Crosswalk[],
  definitions: ReadonlyMap<string, Definition>,
): CrosswalkFinding[] {
  const places = new Map<string, RankedLevel>()
  const place = (competency: string, level: string): RankedLevel => {
    const key = JSON.stringify([competency, level])
    const known = places.get(key)
    if (known !== undefined) return known
    const one: RankedLevel = { competency, leads: [] }
    places.set(key, one)
    return one
  }
  const scaled = new Set<string>()
  const steps = (competency: string) => {
    const scale = definitions.get(competency)?.scale
    if (scaled.has(competency) || scale?.isOrdered !== true) return
    scaled.add(competency)
    for (const [rank, level] of scale.keys.entries()) {
      const below = scale.keys[rank - 1]
      if (below !== undefined) place(competency, level).leads.push({ to: place(competency, below) })
    }
  }
  for (const { source, matches } of crosswalks)
    for (const match of matches)
      for (const { from, to, levels = new Map() } of leadsOf(match)) {
        const [a, b] = [canonicalUri(from), canonicalUri(to)]
        if (levels.size > 0) for (const id of [a, b]) steps(id)
        for (const [mine, theirs] of levels) place(a, mine).leads.push({ to: place(b, theirs), match, source })
      }
  const torn = new Map<RankedLevel, number>()
  for (const [circle, members] of circlesOf([...places.values()], ({ leads }) => leads.map(({ to }) => to)).entries())
    if (new Set(members.map(({ competency }) => competency)).size < members.length)
      for (const member of members) torn.set(member, circle)
  const found = new Map<Match, CrosswalkFinding>()
  for (const place of torn.keys())
    for (const { to, match, source } of place.leads)
      if (match !== undefined && source !== undefined && torn.get(to) === torn.get(place))
        found.set(match, {
          code: 'crosswalk.levels_conflict',
          severity: 'error',
          from: match.from,
          to: match.to,
          sources: [source],
          message: `by a circle of crosswalks, with that of ${match.from} and ${match.to} in it, a level would be another level of the same competency`,
        })
  return [...found.values()]
}
