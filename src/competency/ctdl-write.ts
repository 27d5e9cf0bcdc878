/**
 * Writing CTDL-ASN: a framework as a JSON-LD graph, new or over the document it came from.
 *
 * @module
 */

import { isSameJson } from '../internal/json-equal.js'
import { isObject } from '../internal/json-object.js'
import { either, list, type Members, record, text } from '../internal/members.js'
import type { Json, JsonObject } from '../internal/types.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { framework as frameworkKind } from './arguments.js'
import { caseIdentifier } from './case-naming.js'
import { readCtdlAsn, refs, textsOf } from './ctdl.js'
import { canonicalUri, uuidIn } from './identifiers.js'
import { brief, isArray } from './reading.js'
import type { Competency, CompetencyFramework } from './types.js'

/** What CTDL-ASN needs besides the framework. */
export interface WriteCtdlOptions {
  /** The language of the texts: BCP 47. Default `en`. */
  readonly language?: string | undefined
  /** The document that `readCtdlAsn` gave. */
  readonly base?: Json | undefined
  /** CTDL-ASN demands a description. Default: the name. */
  readonly description?: string | undefined
}

const WRITE_CTDL: Members<WriteCtdlOptions> = { language: text, base: either(list, record), description: text }

/** What CTDL-ASN could not say. */
export interface CtdlLoss {
  readonly item: string
  readonly what: 'levels' | 'version'
  readonly message: string
}

const CONTEXT = 'https://credreg.net/ctdlasn/schema/context/json'

/** Over `base`, nodes whose competency has not changed stay as they were, and so do nodes of other frameworks. */
export function writeCtdlAsn(
  framework: CompetencyFramework,
  options: WriteCtdlOptions = {},
): { readonly document: Json; readonly losses: readonly CtdlLoss[] } {
  demandArgument(framework, frameworkKind, 'framework')
  demandOptions(options, WRITE_CTDL)
  const { language = 'en', base } = options
  const wholes = wholesOf(framework)
  const read = base === undefined ? [] : readCtdlAsn(base, { language }).frameworks
  const original = read.find(({ id }) => canonicalUri(id) === canonicalUri(framework.id))
  const [partsBefore, wholesBefore] = [partsIn(original), original === undefined ? wholes : wholesOf(original)]
  const write = (competency: Competency, before?: JsonObject) => {
    const key = canonicalUri(competency.id)
    const [now, then] = [wholes.get(key) ?? [], wholesBefore.get(key) ?? []]
    return competencyNode(competency, before, {
      framework: framework.id,
      language,
      wholes: now,
      changedParts: !isSameJson(competency.parts ?? [], partsBefore.get(key) ?? []),
      changedWholes: !isSameJson(now, then),
    })
  }
  const losses = lossesOf(framework)
  if (base === undefined) {
    const nodes = framework.competencies.map((competency) => write(competency))
    const document = {
      '@context': CONTEXT,
      '@id': framework.id,
      '@graph': [frameworkNode(framework, wholes, options), ...nodes],
    }
    return { document, losses }
  }
  const left = new Map(framework.competencies.map((competency) => [canonicalUri(competency.id), competency]))
  const document = over(base, (node) => {
    const key = typeof node['@id'] === 'string' ? canonicalUri(node['@id']) : ''
    const isOfFramework = refs(node['ceasn:isPartOf']).some((id) => canonicalUri(id) === canonicalUri(framework.id))
    if (key === canonicalUri(framework.id)) return renamed(node, framework, language)
    if (![node['@type']].flat().includes('ceasn:Competency')) return node
    const competency = left.get(key)
    left.delete(key)
    if (competency === undefined) return isOfFramework ? undefined : node
    return write(competency, node)
  })
  const added = [...left.values()].map((competency) => write(competency))
  return { document: added.length === 0 ? document : append(document, added), losses }
}

function over(value: Json, change: (node: JsonObject) => JsonObject | undefined): Json {
  if (isArray(value))
    return value.flatMap((item): readonly Json[] => {
      if (!isObject(item) || item['@graph'] !== undefined) return [over(item, change)]
      const changed = change(item)
      return changed === undefined ? [] : [changed]
    })
  if (!isObject(value)) return value
  const graph = value['@graph']
  return graph === undefined ? (change(value) ?? {}) : { ...value, '@graph': over(graph, change) }
}

function append(document: Json, nodes: readonly JsonObject[]): Json {
  if (isArray(document)) return [...document, ...nodes]
  if (isObject(document) && isArray(document['@graph']))
    return { ...document, '@graph': [...document['@graph'], ...nodes] }
  return [document, ...nodes]
}

function renamed(node: JsonObject, { name }: CompetencyFramework, language: string): JsonObject {
  const names = node['ceasn:name']
  const said = isObject(names) ? Object.values(names) : [names]
  return said.includes(name) ? node : { ...node, 'ceasn:name': withText(names, name, language) }
}

/** The other languages stay. */
function withText(before: Json | undefined, text: string, language: string): Json {
  if (!isObject(before) || '@value' in before) return { [language]: text }
  const tag = Object.keys(before).find(
    (each) => each.toLowerCase() === language || each.toLowerCase().startsWith(`${language}-`),
  )
  return { ...before, [tag ?? language]: text }
}

/** The sets of each competency. */
function wholesOf({ competencies }: CompetencyFramework): Map<string, string[]> {
  const wholes = new Map<string, string[]>()
  for (const { id, parts = [] } of competencies)
    for (const part of parts) wholes.set(canonicalUri(part), [...(wholes.get(canonicalUri(part)) ?? []), id])
  return wholes
}

function partsIn(framework: CompetencyFramework | undefined): ReadonlyMap<string, readonly string[]> {
  return new Map((framework?.competencies ?? []).map(({ id, parts = [] }) => [canonicalUri(id), parts]))
}

interface Place {
  readonly framework: string
  readonly language: string
  readonly wholes: readonly string[]
  /** Against the document it is written over. */
  readonly changedParts: boolean
  readonly changedWholes: boolean
}

function competencyNode(competency: Competency, before: JsonObject | undefined, place: Place): JsonObject {
  const { id, name, statement, code, parts = [] } = competency
  if (before === undefined)
    return {
      '@id': id,
      '@type': 'ceasn:Competency',
      ...(code === undefined ? {} : { 'ceasn:codedNotation': code }),
      ...(statement === undefined ? {} : { 'ceasn:competencyLabel': { [place.language]: name } }),
      'ceasn:competencyText': { [place.language]: statement ?? name },
      ...(parts.length === 0 ? {} : { 'ceasn:hasChild': parts }),
      'ceasn:inLanguage': [place.language],
      ...(place.wholes.length === 0 ? { 'ceasn:isTopChildOf': place.framework } : { 'ceasn:isChildOf': place.wholes }),
      'ceasn:isPartOf': [place.framework],
      'ceterms:ctid': ctidOf(id),
    }
  const texts = textsOf(id, before, place.language)
  const node: { [member: string]: Json } = { ...before }
  if (texts.name !== name || texts.statement !== statement) {
    node['ceasn:competencyText'] = withText(before['ceasn:competencyText'], statement ?? name, place.language)
    if (statement === undefined) delete node['ceasn:competencyLabel']
    else node['ceasn:competencyLabel'] = withText(before['ceasn:competencyLabel'], name, place.language)
  }
  if (texts.code !== code) {
    if (code === undefined) delete node['ceasn:codedNotation']
    else node['ceasn:codedNotation'] = code
  }
  if (place.changedParts) {
    delete node['ceasn:comprisedOf']
    node['ceasn:hasChild'] = parts
  }
  if (place.changedWholes) node['ceasn:isChildOf'] = place.wholes
  return node
}

function frameworkNode(
  framework: CompetencyFramework,
  wholes: ReadonlyMap<string, readonly string[]>,
  { language = 'en', description }: WriteCtdlOptions,
): JsonObject {
  const top = framework.competencies.filter(({ id }) => !wholes.has(canonicalUri(id))).map(({ id }) => id)
  return {
    '@id': framework.id,
    '@type': 'ceasn:CompetencyFramework',
    'ceasn:description': { [language]: description ?? framework.name },
    'ceasn:hasTopChild': top,
    'ceasn:inLanguage': [language],
    'ceasn:name': { [language]: framework.name },
    'ceterms:ctid': ctidOf(framework.id),
  }
}

/** "ce-" and a UUID; the one in the URI, else one made from it. */
function ctidOf(uri: string): string {
  return `ce-${uuidIn(uri) ?? caseIdentifier(uri)}`
}

function lossesOf({ id, version, competencies }: CompetencyFramework): CtdlLoss[] {
  const losses: CtdlLoss[] = competencies.flatMap(({ id: item, name, levels = [] }) =>
    levels.length === 0
      ? []
      : [
          {
            item,
            what: 'levels',
            message: `CTDL-ASN has no rubric levels: the ${levels.length} of "${brief(name)}" are not written`,
          },
        ],
  )
  if (version !== undefined)
    losses.unshift({ item: id, what: 'version', message: 'CTDL-ASN has no version: not written' })
  return losses
}
