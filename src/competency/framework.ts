/**
 * Frameworks: reading our own JSON form, finding what is wrong in one, and its outline. CASE and CTDL-ASN are read in files of
 * their own and become this.
 *
 * @module
 */
import { pointer } from '../internal/json-pointer.js'
import type { JsonObject } from '../internal/types.js'
import { isDate } from '../model/date-time.js'
import { demandArgument } from '../report/demand-options.js'
import { framework as frameworkKind } from './arguments.js'
import { canonicalUri, shapeOf } from './identifiers.js'
import { readWords } from './read-context.js'
import { brief, present, Reading } from './reading.js'
import type { Competency, CompetencyFramework, RubricLevel } from './types.js'

/** What is wrong in a framework. `error`: assessing refuses it. */
export interface FrameworkFinding {
  readonly code:
    | 'framework.duplicate_id'
    | 'framework.unknown_part'
    | 'framework.cycle'
    | 'framework.duplicate_level'
    | 'framework.same_rank'
    | 'framework.level_order'
    | 'framework.look_alike'
  readonly severity: 'error' | 'warning'
  /** The id of the competency (or level) it is about. */
  readonly item: string
  readonly message: string
  /** How many of its code it stands for, in what `readCtdlAsn` reports. Absent: it is one by itself. */
  readonly count?: number
}

/** Reads a framework in our own JSON form. Throws ParseError `parse.invalid` with every issue, each naming its competency. */
export function parseFramework(value: unknown): CompetencyFramework {
  const reading = new Reading(value, 'a competency framework')
  const framework = readFramework(reading, reading.value as JsonObject)
  reading.finish()
  return framework
}

function readFramework(reading: Reading, value: JsonObject): CompetencyFramework {
  const name = 'the framework'
  if (reading.object(value, '', name) === undefined) return { id: '', name: '', competencies: [] }
  reading.only(value, ['$schema', 'id', 'name', 'version', 'competencies'], '', name)
  if (value.competencies === undefined)
    reading.report('parse.missing', '/competencies', `${name} "competencies" is missing: an array`)
  return present<CompetencyFramework>({
    id: reading.uri(value, 'id', '', name) ?? '',
    name: reading.text(value, 'name', '', name) ?? '',
    version: reading.optionalText(value, 'version', '', name),
    competencies: reading
      .objects(value, 'competencies', '', name)
      .map((entry, index) => readCompetency(reading, entry.value, entry.place, index)),
  })
}

function readCompetency(reading: Reading, value: JsonObject, place: string, index: number): Competency {
  const label = typeof value.name === 'string' ? value.name : typeof value.id === 'string' ? value.id : undefined
  const name = `competency ${label === undefined ? index : `"${brief(label)}"`}`
  reading.only(value, COMPETENCY_MEMBERS, place, name)
  const { levelOrder } = value
  if (levelOrder !== undefined && levelOrder !== 'unknown')
    reading.report(
      'parse.value',
      pointer(place, 'levelOrder'),
      `${name} "levelOrder" must be "unknown", or be left out`,
    )
  const day = (member: 'startDate' | 'endDate'): string | undefined => {
    const { [member]: text } = value
    if (text === undefined || (typeof text === 'string' && isDate(text))) return text
    reading.report('parse.value', pointer(place, member), `${name} "${member}" must be a date such as "2026-08-31"`)
    return undefined
  }
  return present<Competency>({
    id: reading.uri(value, 'id', place, name) ?? '',
    name: reading.text(value, 'name', place, name) ?? '',
    statement: reading.optionalText(value, 'statement', place, name),
    code: reading.optionalText(value, 'code', place, name),
    levels:
      value.levels === undefined
        ? undefined
        : reading.objects(value, 'levels', place, name).map((entry) => readLevel(reading, entry, name)),
    levelOrder: levelOrder === 'unknown' ? levelOrder : undefined,
    educationLevel: readWords(reading, value, 'educationLevel', place, name),
    subject: readWords(reading, value, 'subject', place, name),
    parts: reading.uris(value, 'parts', place, name),
    startDate: day('startDate'),
    endDate: day('endDate'),
    replacedBy: reading.uris(value, 'replacedBy', place, name),
  })
}

const COMPETENCY_MEMBERS = [
  'id',
  'name',
  'statement',
  'code',
  'levels',
  'levelOrder',
  'educationLevel',
  'subject',
  'parts',
  'startDate',
  'endDate',
  'replacedBy',
]

function readLevel(reading: Reading, entry: { value: JsonObject; place: string }, of: string): RubricLevel {
  const name = `a level of ${of}`
  reading.only(entry.value, ['id', 'name', 'description', 'points'], entry.place, name)
  return present<RubricLevel>({
    id: reading.uri(entry.value, 'id', entry.place, name) ?? '',
    name: reading.text(entry.value, 'name', entry.place, name) ?? '',
    description: reading.optionalText(entry.value, 'description', entry.place, name),
    points: reading.optionalNumber(entry.value, 'points', entry.place, name),
  })
}

/** Everything that is wrong, in the order of the competencies; cycles last. Linear in the size of the framework. */
export function checkFramework(framework: CompetencyFramework): FrameworkFinding[] {
  demandArgument(framework, frameworkKind, 'framework')
  const findings: FrameworkFinding[] = []
  const known = new Map<string, Competency>()
  const shapes = new Map<string, string>()
  for (const competency of framework.competencies) {
    const key = canonicalUri(competency.id)
    if (known.has(key)) findings.push(duplicate(competency))
    else known.set(key, competency)
    const shape = shapeOf(competency.id)
    const other = shapes.get(shape)
    if (other !== undefined && canonicalUri(other) !== key)
      findings.push({
        code: 'framework.look_alike',
        severity: 'warning',
        item: competency.id,
        message: `"${competency.name}" has an id that looks like ${other}: badges will name the wrong one`,
      })
    shapes.set(shape, other ?? competency.id)
    findings.push(...levelFindings(competency))
  }
  for (const { id, name, parts = [] } of framework.competencies)
    for (const part of parts)
      if (!known.has(canonicalUri(part)))
        findings.push({
          code: 'framework.unknown_part',
          severity: 'warning',
          item: id,
          message: `"${name}" has the part ${part}, which this framework does not define: add it, or give its framework too`,
        })
  return [...findings, ...cyclesOf(framework.competencies, known)]
}

function duplicate({ id, name }: Competency): FrameworkFinding {
  const message = `"${name}" has the id of another competency, ${id}: what names it would name both`
  return { code: 'framework.duplicate_id', severity: 'error', item: id, message }
}

function levelFindings({ name, levels = [], levelOrder }: Competency): FrameworkFinding[] {
  const findings: FrameworkFinding[] = []
  const ids = new Set<string>()
  let last: RubricLevel | undefined
  for (const level of levels) {
    const say = (code: FrameworkFinding['code'], severity: FrameworkFinding['severity'], message: string) =>
      findings.push({ code, severity, item: level.id, message: `level "${level.name}" of "${name}" ${message}` })
    if (ids.has(canonicalUri(level.id))) say('framework.duplicate_level', 'error', 'has the id of another level')
    ids.add(canonicalUri(level.id))
    if (levelOrder === undefined && level.points !== undefined && last?.points !== undefined) {
      if (level.points === last.points)
        say(
          'framework.same_rank',
          'error',
          `has the same rank as "${last.name}": both are worth ${level.points} points`,
        )
      if (level.points < last.points)
        say('framework.level_order', 'error', `is worth less than "${last.name}" before it: levels go from low to high`)
    }
    last = level
  }
  return findings
}

/** Each cycle once, by depth-first search with a stack of its own: frameworks may be deep. */
function cyclesOf(competencies: readonly Competency[], known: ReadonlyMap<string, Competency>): FrameworkFinding[] {
  const findings: FrameworkFinding[] = []
  const state = new Map<string, 'open' | 'done'>()
  for (const start of competencies) {
    if (state.has(canonicalUri(start.id))) continue
    const stack = [{ key: canonicalUri(start.id), parts: start.parts ?? [], next: 0 }]
    state.set(canonicalUri(start.id), 'open')
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const part = top.parts[top.next++]
      if (part === undefined) {
        state.set(top.key, 'done')
        stack.pop()
        continue
      }
      const key = canonicalUri(part)
      const competency = known.get(key)
      if (competency === undefined || state.get(key) === 'done') continue
      if (state.get(key) === 'open') {
        const from = stack.findIndex((entry) => entry.key === key)
        const path = [...stack.slice(from), { key }].map((entry) => known.get(entry.key)?.name ?? entry.key)
        findings.push({
          code: 'framework.cycle',
          severity: 'error',
          item: competency.id,
          message: `a set contains itself: ${path.map((name) => `"${brief(name)}"`).join(' > ')}`,
        })
        continue
      }
      state.set(key, 'open')
      stack.push({ key, parts: competency.parts ?? [], next: 0 })
    }
  }
  return findings
}

/** One line of an outline. */
export interface OutlineEntry {
  readonly competency: Competency
  /** 0 at the top. */
  readonly depth: number
  /** It stands further up with its parts, or contains itself: here without them. */
  readonly again?: true
}

/** The framework as a tree, parts below their sets, in order. A part of several sets is unfolded at its first place only. */
export function outlineOf(framework: CompetencyFramework): OutlineEntry[] {
  demandArgument(framework, frameworkKind, 'framework')
  const known = new Map(framework.competencies.map((competency) => [canonicalUri(competency.id), competency]))
  const isPart = new Set(framework.competencies.flatMap(({ parts = [] }) => parts.map(canonicalUri)))
  const entries: OutlineEntry[] = []
  const seen = new Set<Competency>()
  const unfold = (root: Competency) => {
    const stack = [{ competency: root, depth: 0 }]
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { competency, depth } = top
      const again = seen.has(competency)
      entries.push({ competency, depth, ...(again ? { again: true as const } : {}) })
      if (again) continue
      seen.add(competency)
      const parts = (competency.parts ?? []).flatMap((part) => known.get(canonicalUri(part)) ?? [])
      for (const part of parts.reverse()) stack.push({ competency: part, depth: depth + 1 })
    }
  }
  for (const competency of framework.competencies) if (!isPart.has(canonicalUri(competency.id))) unfold(competency)
  // What is left is reached from a cycle only.
  for (const competency of framework.competencies) if (!seen.has(competency)) unfold(competency)
  return entries
}
