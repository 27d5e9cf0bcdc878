/**
 * Crosswalks: which competencies of two frameworks correspond, in the words of SKOS (section 10, mapping properties).
 * `{ from: A, to: B, relation: 'broad' }` says: B is broader than A.
 *
 * - `exact` is symmetric and transitive: a chain of exact matches is one.
 * - `broad` and `narrow` are each other's inverse and not transitive: one of them may end a chain of exact ones, never two.
 * - `related` is symmetric, and leads nowhere.
 *
 * A statement with a `context` holds for badges that were shown in it. It is held against those that hold everywhere, and never joined with one of
 * another context.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { arrayOf } from '../internal/members.js'
import type { JsonObject } from '../internal/types.js'
import type { ContextOfUse } from '../model/extension-context.js'
import { demandArgument } from '../report/demand-options.js'
import { crosswalk as crosswalkKind, framework as frameworkKind } from './arguments.js'
import { contextKey } from './context.js'
import { leadsOf, levelFindings } from './crosswalk-levels.js'
import type { CrosswalkFinding, Step } from './crosswalk-step.js'
import { canonicalUri } from './identifiers.js'
import { readContext } from './read-context.js'
import { present, Reading } from './reading.js'
import type { CompetencyFramework, Crosswalk } from './types.js'

type Match = Crosswalk['matches'][number]

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
      reading.only(match, ['from', 'to', 'relation', 'levels', 'context'], place, at)
      const { relation } = match
      if (!RELATIONS.includes(relation as string))
        reading.report('parse.value', `${place}/relation`, `${at} "relation" must be one of ${RELATIONS.join(', ')}`)
      return present<Match>({
        from: reading.uri(match, 'from', place, at) ?? '',
        to: reading.uri(match, 'to', place, at) ?? '',
        relation: relation as Match['relation'],
        levels: readLevels(reading, match, place, at),
        context: readContext(reading, match, place, at),
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

const INVERSE = { exact: 'exact', related: 'related', broad: 'narrow', narrow: 'broad' } as const

/** Statements that hold together: those that hold everywhere, and with each context those that hold in it besides. */
export interface Together {
  /** Absent: everywhere. */
  readonly context?: ContextOfUse
  readonly crosswalks: readonly Crosswalk[]
}

/** Contexts beyond which nobody means them: for each, all ways are looked for anew. */
const MAX_CONTEXTS = 32

/** First those that hold everywhere. Throws UsageError `usage.invalid_option` where crosswalks name too many contexts. */
export function togetherIn(crosswalks: readonly Crosswalk[]): Together[] {
  const contexts = new Map<string, ContextOfUse>()
  for (const { matches } of crosswalks)
    for (const { context } of matches) if (context !== undefined) contexts.set(contextKey(context), context)
  if (contexts.size > MAX_CONTEXTS)
    throw invalidOption('crosswalks', `hold in ${contexts.size} contexts; more than ${MAX_CONTEXTS} are not judged`)
  if (contexts.size === 0) return [{ crosswalks }]
  const holding = (key: string | undefined) =>
    crosswalks.map((crosswalk) => ({
      ...crosswalk,
      matches: crosswalk.matches.filter(({ context }) => context === undefined || contextKey(context) === key),
    }))
  return [
    { crosswalks: holding(undefined) },
    ...[...contexts].map(([key, context]) => ({ context, crosswalks: holding(key) })),
  ]
}

/** All statements that lead from one competency to another. What is only related, or broader than what is asked, leads nowhere. */
export class CrosswalkGraph {
  private readonly steps = new Map<string, Step[]>()
  private readonly mentioned = new Set<string>()
  /** The same text for competencies that are exact matches by statements that nobody contradicts. */
  readonly classOf: (key: string) => string

  /** `frameworks` say in which order levels are: statements that turn it round say nothing of levels. */
  constructor(crosswalks: readonly Crosswalk[], frameworks: readonly CompetencyFramework[] = []) {
    const findings = findingsTogether(crosswalks, frameworks)
    const named = (code: CrosswalkFinding['code']) =>
      new Set(
        findings
          .filter((each) => each.code === code && each.severity === 'error')
          .map(({ from, to }) => pairOf(from, to, 'exact')[0]),
      )
    const [conflicts, levelConflicts] = [named('crosswalk.conflict'), named('crosswalk.levels_conflict')]
    const isSure = ({ from, to, relation }: Match) => !conflicts.has(pairOf(from, to, relation)[0])
    this.classOf = exactClasses(crosswalks.flatMap(({ matches }) => matches).filter(isSure))
    for (const { source, matches } of crosswalks)
      for (const match of matches) {
        const [pair] = pairOf(match.from, match.to, match.relation)
        for (const id of [match.from, match.to]) this.mentioned.add(canonicalUri(id))
        for (const { levels, ...step } of leadsOf(match))
          this.add({
            ...step,
            source,
            disputed: conflicts.has(pair),
            ...(match.context === undefined ? {} : { context: match.context }),
            ...(levels === undefined || levelConflicts.has(pair) ? {} : { levels: byTarget(levels) }),
          })
      }
  }

  private add(step: Step): void {
    const key = canonicalUri(step.to)
    const steps = this.steps.get(key) ?? []
    steps.push(step)
    this.steps.set(key, steps)
  }

  /** The statements that lead to a competency, as it stands in its canonical form. */
  into(key: string): readonly Step[] {
    return this.steps.get(key) ?? []
  }

  /** Does any statement name it? */
  mentions(key: string): boolean {
    return this.mentioned.has(key)
  }
}

function byTarget(levels: ReadonlyMap<string, string>): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const [from, to] of levels) {
    const all = found.get(to)
    if (all === undefined) found.set(to, [from])
    else all.push(from)
  }
  return found
}

/** A pair in a fixed order, with what is said of it in that order. */
function pairOf(from: string, to: string, relation: Match['relation']): [string, Match['relation']] {
  const [a, b] = [canonicalUri(from), canonicalUri(to)]
  return a <= b ? [`${a} ${b}`, relation] : [`${b} ${a}`, INVERSE[relation]]
}

/**
 * Everything in the crosswalks that contradicts itself or what the frameworks say. `assessStack` never counts a match that is in
 * conflict: what depends on one is uncertain.
 */
export function checkCrosswalks(
  crosswalks: readonly Crosswalk[],
  frameworks: readonly CompetencyFramework[] = [],
): CrosswalkFinding[] {
  demandArgument(crosswalks, arrayOf(crosswalkKind), 'crosswalks')
  demandArgument(frameworks, arrayOf(frameworkKind), 'frameworks')
  // What contradicts itself everywhere does so in each context: it is said once.
  const found = new Map<string, CrosswalkFinding>()
  for (const together of togetherIn(crosswalks))
    for (const finding of findingsTogether(together.crosswalks, frameworks)) found.set(JSON.stringify(finding), finding)
  return [...found.values()]
}

/** Of statements that hold together. */
function findingsTogether(
  crosswalks: readonly Crosswalk[],
  frameworks: readonly CompetencyFramework[],
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
  return [...findings, ...closureFindings(crosswalks, frameworks), ...levelFindings(crosswalks, frameworks)]
}

/** What follows from chains of exact matches. */
function closureFindings(
  crosswalks: readonly Crosswalk[],
  frameworks: readonly CompetencyFramework[],
): CrosswalkFinding[] {
  const findings: CrosswalkFinding[] = []
  const classOf = exactClasses(crosswalks.flatMap(({ matches }) => matches))
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

function exactClasses(matches: readonly Match[]): (key: string) => string {
  const parent = new Map<string, string>()
  const find = (key: string): string => {
    let root = key
    for (let up = parent.get(root); up !== undefined; up = parent.get(root)) root = up
    return root
  }
  for (const { from, to, relation } of matches) {
    if (relation !== 'exact') continue
    const [a, b] = [find(canonicalUri(from)), find(canonicalUri(to))]
    if (a !== b) parent.set(b, a)
  }
  return find
}
