/**
 * CTDL-ASN, the JSON-LD of Credential Engine: frameworks and competencies as nodes of a graph. Read by its prefixed names, as the
 * Registry publishes it (`ceasn:`, `ceterms:`); the context is not loaded.
 *
 * - `ceasn:competencyLabel`, else `ceasn:competencyText`, is the name, `ceasn:codedNotation` the code for people.
 * - The parts of a competency are its `ceasn:hasChild` and `ceasn:comprisedOf`, and those that are `ceasn:isChildOf` it.
 * - `ceasn:exactAlignment`, `broadAlignment`, `narrowAlignment`, `majorAlignment` and `minorAlignment` are the crosswalk; the last
 *   two only as `related`: they say how much is shared, not which is wider.
 * - CTDL-ASN has no rubric levels.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import { pointer } from '../internal/json-pointer.js'
import { type Members, text } from '../internal/members.js'
import type { Json, JsonObject } from '../internal/types.js'
import { demandOptions } from '../report/demand-options.js'
import { checkFramework, type FrameworkFinding } from './framework.js'
import { canonicalUri, isAbsolute } from './identifiers.js'
import { textIn } from './language.js'
import { brief, isArray, present, Reading } from './reading.js'
import type { Competency, CompetencyFramework, Crosswalk } from './types.js'

/** What was found in a CTDL-ASN document. */
export interface CtdlReading {
  /** One for each framework node, and for each framework that a competency says it is part of. */
  readonly frameworks: readonly CompetencyFramework[]
  /** The document as it was read: give it to `writeCtdlAsn` as `base`. */
  readonly document: Json
  readonly crosswalk?: Crosswalk
  readonly findings: readonly (FrameworkFinding | CtdlFinding)[]
}

/** What a CTDL-ASN document leaves open. */
export interface CtdlFinding {
  readonly code: 'ctdl.framework_missing' | 'ctdl.child_missing' | 'ctdl.relative_id' | 'ctdl.unknown_member'
  readonly severity: 'error' | 'warning'
  readonly item: string
  readonly message: string
}

/** How a CTDL-ASN document is read. */
export interface ReadCtdlOptions {
  /** Which text to take of several languages: BCP 47. Default `en`. */
  readonly language?: string | undefined
}

const READ_CTDL: Members<ReadCtdlOptions> = { language: text }

interface Node {
  readonly id: string
  readonly value: JsonObject
}

/**
 * Reads a graph, an array of nodes, one node, or an array of those (several files at once). Throws ParseError `parse.invalid` with
 * every node that lacks its id, name or text.
 */
export function readCtdlAsn(value: unknown, options: ReadCtdlOptions = {}): CtdlReading {
  demandOptions(options, READ_CTDL)
  const { language = 'en' } = options
  const reading = new Reading(value, 'a CTDL-ASN document')
  const competencies: Node[] = []
  const frameworks: Node[] = []
  for (const { value: node, place } of nodesIn(reading, reading.value, '')) {
    const types = [node['@type']].flat()
    const target = types.includes('ceasn:Competency')
      ? competencies
      : types.includes('ceasn:CompetencyFramework')
        ? frameworks
        : undefined
    if (target === undefined) continue
    const id = reading.text(node, '@id', place, 'a node')
    const text = textIn(node['ceasn:competencyText'] ?? node['ceasn:name'], language)
    if (text === undefined) {
      const member = target === frameworks ? 'ceasn:name' : 'ceasn:competencyText'
      reading.report('parse.missing', pointer(place, member), `${brief(id ?? 'a node')}: "${member}" is missing`)
    }
    if (id !== undefined) target.push({ id, value: node })
  }
  if (competencies.length + frameworks.length === 0)
    reading.report('parse.missing', '', 'it has no node of @type "ceasn:CompetencyFramework" or "ceasn:Competency"')
  reading.finish()
  return assemble(reading.value, frameworks, competencies, language)
}

function nodesIn(reading: Reading, value: Json, place: string): { value: JsonObject; place: string }[] {
  if (isArray(value)) return value.flatMap((item, index) => nodesIn(reading, item, pointer(place, index)))
  const node = reading.object(value, place, 'a node')
  if (node === undefined) return []
  const graph = node['@graph']
  return graph === undefined ? [{ value: node, place }] : nodesIn(reading, graph, pointer(place, '@graph'))
}

function assemble(document: Json, frameworks: readonly Node[], nodes: readonly Node[], language: string): CtdlReading {
  const findings: (FrameworkFinding | CtdlFinding)[] = []
  for (const node of [...frameworks, ...nodes]) findings.push(...unreadIn(node))
  const known = new Map(nodes.map((node) => [canonicalUri(node.id), node]))
  const parts = partsOf(nodes, known, findings)
  const names = new Map<string, { id: string; name: string }>(
    frameworks.map(({ id, value }) => [canonicalUri(id), { id, name: textIn(value['ceasn:name'], language) ?? id }]),
  )
  const members = new Map<string, Competency[]>([...names.keys()].map((key) => [key, []]))
  const orphans = { id: 'urn:ctdl-asn:no-framework', name: 'Competencies without a framework' }
  for (const { id, value } of nodes) {
    const competency = present<Competency>({ ...textsOf(id, value, language), parts: parts.get(canonicalUri(id)) })
    const belongs = refs(value['ceasn:isPartOf'])
    for (const framework of belongs.length === 0 ? [orphans.id] : belongs) {
      const key = canonicalUri(framework)
      if (!names.has(key)) {
        names.set(key, framework === orphans.id ? orphans : { id: framework, name: framework })
        const message = `the framework ${framework} of "${brief(competency.name)}" is not in the document: give its file too`
        findings.push({ code: 'ctdl.framework_missing', severity: 'warning', item: framework, message })
      }
      members.set(key, [...(members.get(key) ?? []), competency])
    }
  }
  const read = [...names].map(
    ([key, { id, name }]): CompetencyFramework => ({ id, name, competencies: members.get(key) ?? [] }),
  )
  const matches = nodes.flatMap(matchesOf)
  return {
    frameworks: read,
    document,
    ...(matches.length === 0 ? {} : { crosswalk: { source: frameworks[0]?.id ?? orphans.id, matches } }),
    findings: [...findings, ...read.flatMap(checkFramework)],
  }
}

/** How other vocabularies, and documents without prefixes, say what belongs together. */
const HIERARCHY =
  /^(?:(?:skos|asn|dct|dcterms|gemq|schema):)?(?:haschild|ischildof|comprisedof|ispartof|haspart|narrower|broader|children|parent)$/i

/** What would be lost without a word: names that lead nowhere, a hierarchy in other words. */
function unreadIn({ id, value }: Node): CtdlFinding[] {
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

/** The URIs of a member: texts, or objects with `@id`. */
export function refs(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value]
  if (isArray(value)) return value.flatMap((item) => refs(item))
  return isObject(value) && typeof value['@id'] === 'string' ? [value['@id']] : []
}

function partsOf(
  nodes: readonly Node[],
  known: ReadonlyMap<string, Node>,
  findings: (FrameworkFinding | CtdlFinding)[],
): Map<string, string[]> {
  const found = new Map<string, Map<string, string>>()
  const add = (whole: string, part: string) => {
    const parts = found.get(canonicalUri(whole)) ?? new Map<string, string>()
    parts.set(canonicalUri(part), known.get(canonicalUri(part))?.id ?? part)
    found.set(canonicalUri(whole), parts)
  }
  for (const { id, value } of nodes)
    for (const part of [...refs(value['ceasn:hasChild']), ...refs(value['ceasn:comprisedOf'])]) add(id, part)
  for (const { id, value } of nodes)
    for (const whole of refs(value['ceasn:isChildOf'])) {
      if (known.has(canonicalUri(whole))) add(whole, id)
      else {
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

function matchesOf({ id, value }: Node): Crosswalk['matches'][number][] {
  return Object.entries(ALIGNMENTS).flatMap(([member, relation]) =>
    refs(value[member]).map((to) => ({ from: id, to, relation })),
  )
}
