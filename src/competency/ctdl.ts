/**
 * CTDL-ASN, the JSON-LD of Credential Engine: frameworks and competencies as nodes of a graph. Read by its prefixed names, as the
 * Registry publishes it (`ceasn:`, `ceterms:`); the context is not loaded.
 *
 * - `ceasn:competencyLabel`, else `ceasn:competencyText`, is the name, `ceasn:codedNotation` the code for people.
 * - The parts of a competency are its `ceasn:hasChild` and `ceasn:comprisedOf`, and those that are `ceasn:isChildOf` it. Who is a child of the
 *   framework is at its top.
 * - A competency belongs to the frameworks that it is `ceasn:isPartOf`; where it says nothing, to those that list it as a child, or of whose
 *   competencies it is a part.
 * - `ceasn:exactAlignment`, `broadAlignment`, `narrowAlignment`, `majorAlignment` and `minorAlignment` are the crosswalk; the last
 *   two only as `related`: they say how much is shared, not which is wider.
 * - The levels of a competency are those of the `ceasn:RubricCriterion` about it (see ctdl-rubrics.ts).
 *
 * @module
 */
import { pointer } from '../internal/json-pointer.js'
import { type Members, oneOf, text } from '../internal/members.js'
import type { Json, JsonObject } from '../internal/types.js'
import { demandOptions } from '../report/demand-options.js'
import { mergedNodes, nodesIn, refs, withoutEnvelopes } from './ctdl-nodes.js'
import { levelsByCompetency } from './ctdl-rubrics.js'
import type { CtdlFinding, CtdlGraph, CtdlNode } from './ctdl-types.js'
import type { FrameworkFinding } from './framework.js'
import { canonicalUri, isAbsolute } from './identifiers.js'
import { textIn } from './language.js'
import type { LevelDirection } from './rank-levels.js'
import { brief, present, Reading } from './reading.js'
import { soundFramework } from './sound.js'
import { summarized } from './summarize.js'
import type { Competency, CompetencyFramework, Crosswalk } from './types.js'

/** What was found in a CTDL-ASN document. */
export interface CtdlReading {
  /** One for each framework node, and for each framework that a competency says it is part of. */
  readonly frameworks: readonly CompetencyFramework[]
  /** The document as it was read, out of its envelopes: give it to `writeCtdlAsn` as `base`. */
  readonly document: Json
  readonly crosswalk?: Crosswalk
  readonly findings: readonly (FrameworkFinding | CtdlFinding)[]
}

/** How a CTDL-ASN document is read. */
export interface ReadCtdlOptions {
  /** Which text to take of several languages: BCP 47. Default `en`. */
  readonly language?: string | undefined
  /**
   * Which end of a rubric is the higher one, where its levels have places (`ceasn:listID`) and no values. Default: nobody knows, and a finding
   * asks (`ctdl.level_order_unknown`).
   */
  readonly levelOrder?: LevelDirection | undefined
}

const READ_CTDL: Members<ReadCtdlOptions> = { language: text, levelOrder: oneOf('lowest-first', 'highest-first') }

/** The member that names a node of each kind, for those that must have one. */
const KINDS: Readonly<Record<string, readonly [keyof CtdlGraph, string | undefined]>> = {
  'ceasn:Competency': ['competencies', 'ceasn:competencyText'],
  'ceasn:CompetencyFramework': ['frameworks', 'ceasn:name'],
  'ceasn:Rubric': ['rubrics', undefined],
  'ceasn:RubricCriterion': ['criteria', undefined],
  'ceasn:CriterionLevel': ['levels', undefined],
  'ceasn:RubricLevel': ['columns', undefined],
}

/**
 * Reads a graph, an array of nodes, one node, an envelope of the Registry, or an array of those (several files at once). Throws ParseError
 * `parse.invalid` with every node that lacks its id, name or text. What is readable but wrong is in `findings`, and left out of the frameworks
 * where `assessStack` could not reckon with it.
 */
export function readCtdlAsn(value: unknown, options: ReadCtdlOptions = {}): CtdlReading {
  demandOptions(options, READ_CTDL)
  const { language = 'en', levelOrder } = options
  const reading = new Reading(value, 'a CTDL-ASN document')
  const document = withoutEnvelopes(reading.value)
  const nodes = nodesOf(reading, document, language)
  if (nodes.competencies.length + nodes.frameworks.length === 0)
    reading.report('parse.value', '', 'it has no node of @type "ceasn:Competency" or "ceasn:CompetencyFramework"')
  reading.finish()
  return assemble(document, nodes, { language, levelOrder })
}

/** For what has been read. */
export function graphOf(document: Json, language: string): CtdlGraph {
  return nodesOf(new Reading(document, 'a CTDL-ASN document'), document, language)
}

function nodesOf(reading: Reading, document: Json, language: string): CtdlGraph {
  const found: Record<keyof CtdlGraph, CtdlNode[]> = {
    competencies: [],
    frameworks: [],
    rubrics: [],
    criteria: [],
    levels: [],
    columns: [],
  }
  for (const { value: node, place } of nodesIn(reading, document, '')) {
    const type = [node['@type']].flat().find((each) => typeof each === 'string' && Object.hasOwn(KINDS, each))
    const [kind, member] = KINDS[type as string] ?? []
    if (kind === undefined) continue
    // Nothing refers to a rubric that has no name.
    if (member === undefined && typeof node['@id'] !== 'string') continue
    const id = reading.text(node, '@id', place, 'a node')
    if (id !== undefined) found[kind].push({ id, value: node })
    if (member !== undefined && textIn(node['ceasn:competencyText'] ?? node['ceasn:name'], language) === undefined)
      reading.report('parse.missing', pointer(place, member), `${id ?? 'a node'}: "${member}" is missing`)
  }
  return {
    competencies: mergedNodes(found.competencies),
    frameworks: mergedNodes(found.frameworks),
    rubrics: mergedNodes(found.rubrics),
    criteria: mergedNodes(found.criteria),
    levels: mergedNodes(found.levels),
    columns: mergedNodes(found.columns),
  }
}

const ORPHANS = { id: 'urn:ctdl-asn:no-framework', name: 'Competencies without a framework' }

function assemble(
  document: Json,
  nodes: CtdlGraph,
  options: { readonly language: string; readonly levelOrder: LevelDirection | undefined },
): CtdlReading {
  const { frameworks, competencies } = nodes
  const { language } = options
  const findings: (FrameworkFinding | CtdlFinding)[] = [...frameworks, ...competencies].flatMap(unreadIn)
  const known = new Map(competencies.map((node) => [canonicalUri(node.id), node]))
  const names = new Map<string, { id: string; name: string }>(
    frameworks.map(({ id, value }) => [canonicalUri(id), { id, name: textIn(value['ceasn:name'], language) ?? id }]),
  )
  const isFramework = (id: string) => names.has(canonicalUri(id)) || frameworksSaid.has(canonicalUri(id))
  const frameworksSaid = new Set(competencies.flatMap(({ value }) => refs(value['ceasn:isPartOf']).map(canonicalUri)))
  const parts = partsOf(competencies, known, isFramework, findings)
  const belongings = membershipOf(nodes, parts, isFramework)
  const rubricFindings: CtdlFinding[] = []
  const levels = levelsByCompetency(nodes, known, options, rubricFindings)
  const members = new Map<string, Competency[]>([...names.keys()].map((key) => [key, []]))
  for (const { id, value } of competencies) {
    const key = canonicalUri(id)
    const competency = present<Competency>({
      ...textsOf(id, value, language),
      levels: undefined,
      ...levels.get(key),
      parts: parts.get(key),
    })
    const belongs = belongings.get(key) ?? []
    for (const framework of belongs.length === 0 ? [ORPHANS.id] : belongs) {
      const home = canonicalUri(framework)
      if (!names.has(home)) {
        names.set(home, framework === ORPHANS.id ? ORPHANS : { id: framework, name: framework })
        const message = `the framework ${framework} of "${brief(competency.name)}" is not in the document: give its file too`
        findings.push({ code: 'ctdl.framework_missing', severity: 'warning', item: framework, message })
      }
      members.set(home, [...(members.get(home) ?? []), competency])
    }
  }
  const read = [...names].map(([key, { id, name }]) =>
    soundFramework({ id, name, competencies: members.get(key) ?? [] }),
  )
  const matches = competencies.flatMap(matchesOf)
  return {
    frameworks: read.map(({ framework }) => framework),
    document,
    ...(matches.length === 0 ? {} : { crosswalk: { source: frameworks[0]?.id ?? ORPHANS.id, matches } }),
    findings: summarized([...findings, ...rubricFindings, ...read.flatMap((each) => each.findings)]),
  }
}

/** The frameworks of each competency, by canonical id. */
function membershipOf(
  { frameworks, competencies }: CtdlGraph,
  parts: ReadonlyMap<string, readonly string[]>,
  isFramework: (id: string) => boolean,
): Map<string, string[]> {
  const found = new Map<string, Map<string, string>>()
  const isSaid = new Set<string>()
  const add = (competency: string, framework: string): boolean => {
    const homes = found.get(competency) ?? new Map<string, string>()
    found.set(competency, homes)
    if (homes.has(canonicalUri(framework))) return false
    homes.set(canonicalUri(framework), framework)
    return true
  }
  for (const { id, value } of competencies) {
    const key = canonicalUri(id)
    const said = refs(value['ceasn:isPartOf'])
    if (said.length > 0) isSaid.add(key)
    const tops = [...refs(value['ceasn:isTopChildOf']), ...refs(value['ceasn:isChildOf']).filter(isFramework)]
    for (const framework of said.length > 0 ? said : tops) add(key, framework)
  }
  for (const { id, value } of frameworks)
    for (const child of [...refs(value['ceasn:hasTopChild']), ...refs(value['ceasn:hasChild'])])
      if (!isSaid.has(canonicalUri(child))) add(canonicalUri(child), id)
  // What says nothing of itself is where the sets are that it is a part of.
  const open = [...found.keys()]
  for (let key = open.pop(); key !== undefined; key = open.pop())
    for (const part of parts.get(key) ?? []) {
      const child = canonicalUri(part)
      if (isSaid.has(child)) continue
      const isNew = [...(found.get(key)?.values() ?? [])].map((framework) => add(child, framework)).includes(true)
      if (isNew) open.push(child)
    }
  return new Map([...found].map(([key, homes]) => [key, [...homes.values()]]))
}

/** How other vocabularies, and documents without prefixes, say what belongs together. */
const HIERARCHY =
  /^(?:(?:skos|asn|dct|dcterms|gemq|schema):)?(?:haschild|ischildof|comprisedof|ispartof|haspart|narrower|broader|children|parent)$/i

/** What would be lost without a word: names that lead nowhere, a hierarchy in other words. */
function unreadIn({ id, value }: CtdlNode): CtdlFinding[] {
  const findings = Object.keys(value)
    .filter((name) => HIERARCHY.test(name))
    .map(
      (name): CtdlFinding => ({
        code: 'ctdl.unknown_member',
        severity: 'warning',
        item: id,
        message: `"${brief(name)}" of ${brief(id)} is not read: the names of CTDL-ASN begin with their prefix, such as "ceasn:hasChild" and "ceasn:isPartOf"`,
      }),
    )
  if (isAbsolute(id)) return findings
  const ctid = value['ceterms:ctid']
  const wayOut =
    typeof ctid === 'string'
      ? `in the Credential Registry it is https://credentialengineregistry.org/resources/${brief(ctid)}`
      : 'resolve it against the address that the document came from'
  const message = `"${brief(id)}" is a relative @id, which no badge can be aligned to: ${wayOut}`
  return [{ code: 'ctdl.relative_id', severity: 'error', item: id, message }, ...findings]
}

/** What a ceasn:Competency says of itself. */
export function textsOf(id: string, value: JsonObject, language: string): Omit<Competency, 'parts' | 'levels'> {
  const text = textIn(value['ceasn:competencyText'], language) ?? id
  const label = textIn(value['ceasn:competencyLabel'], language)
  return present<Omit<Competency, 'parts' | 'levels'>>({
    id,
    name: label ?? text,
    statement: label === undefined || label === text ? undefined : text,
    code: textIn(value['ceasn:codedNotation'], language),
  })
}

function partsOf(
  nodes: readonly CtdlNode[],
  known: ReadonlyMap<string, CtdlNode>,
  isFramework: (id: string) => boolean,
  findings: (FrameworkFinding | CtdlFinding)[],
): Map<string, string[]> {
  const found = new Map<string, Map<string, string>>()
  const add = (whole: string, part: string) => {
    const parts = found.get(canonicalUri(whole)) ?? new Map<string, string>()
    parts.set(canonicalUri(part), known.get(canonicalUri(part))?.id ?? part)
    found.set(canonicalUri(whole), parts)
  }
  for (const { id, value } of nodes)
    for (const part of [...refs(value['ceasn:hasChild']), ...refs(value['ceasn:comprisedOf'])]) {
      if (!isFramework(part)) add(id, part)
      else {
        const message = `${id} lists the framework ${part} as its child, which is not read: do its two ends stand the wrong way round?`
        findings.push({ code: 'ctdl.child_missing', severity: 'warning', item: id, message })
      }
    }
  for (const { id, value } of nodes)
    for (const whole of refs(value['ceasn:isChildOf'])) {
      if (known.has(canonicalUri(whole))) add(whole, id)
      else if (!isFramework(whole)) {
        const message = `${id} is a child of ${whole}, which is not in the document: give its file too`
        findings.push({ code: 'ctdl.child_missing', severity: 'warning', item: id, message })
      }
    }
  return new Map([...found].map(([key, parts]) => [key, [...parts.values()]]))
}

const ALIGNMENTS: Readonly<Record<string, Crosswalk['matches'][number]['relation']>> = {
  'ceasn:exactAlignment': 'exact',
  'ceasn:broadAlignment': 'broad',
  'ceasn:narrowAlignment': 'narrow',
  'ceasn:majorAlignment': 'related',
  'ceasn:minorAlignment': 'related',
}

function matchesOf({ id, value }: CtdlNode): Crosswalk['matches'][number][] {
  return Object.entries(ALIGNMENTS).flatMap(([member, relation]) =>
    refs(value[member]).map((to) => ({ from: id, to, relation })),
  )
}
