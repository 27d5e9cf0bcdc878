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
import { graphOf, readCtdlAsn, textsOf } from './ctdl.js'
import { refs, withoutEnvelopes } from './ctdl-nodes.js'
import { ctidOf, writeRubrics } from './ctdl-rubrics-write.js'
import type { CtdlLoss } from './ctdl-types.js'
import { canonicalUri } from './identifiers.js'
import { isArray } from './reading.js'
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

const CONTEXT = 'https://credreg.net/ctdlasn/schema/context/json'

/** Over `base`, nodes whose competency has not changed stay as they were, and so do nodes of other frameworks. */
export function writeCtdlAsn(
  framework: CompetencyFramework,
  options: WriteCtdlOptions = {},
): { readonly document: Json; readonly losses: readonly CtdlLoss[] } {
  demandArgument(framework, frameworkKind, 'framework')
  demandOptions(options, WRITE_CTDL)
  const { language = 'en' } = options
  const base = options.base === undefined ? undefined : withoutEnvelopes(options.base)
  const wholes = wholesOf(framework)
  const read = base === undefined ? [] : readCtdlAsn(base, { language }).frameworks
  const original = read.find(({ id }) => canonicalUri(id) === canonicalUri(framework.id))
  const graph = base === undefined ? undefined : graphOf(base, language)
  const rubrics = writeRubrics(framework, language, graph, original)
  const losses = [...versionLoss(framework), ...rubrics.losses]
  const wholesBefore = original === undefined ? wholes : wholesOf(original)
  const before = new Map((original?.competencies ?? []).map((each) => [canonicalUri(each.id), each]))
  const changesOf = (competency: Competency) => {
    const key = canonicalUri(competency.id)
    const [now, then] = [wholes.get(key) ?? [], wholesBefore.get(key) ?? []]
    return {
      framework: framework.id,
      language,
      wholes: now,
      changedParts: !isSameJson(competency.parts ?? [], before.get(key)?.parts ?? []),
      changedWholes: !isSameJson(now, then),
    }
  }
  const write = (competency: Competency, node?: JsonObject) => competencyNode(competency, node, changesOf(competency))
  if (base === undefined) {
    const nodes = framework.competencies.map((competency) => write(competency))
    const document = {
      '@context': CONTEXT,
      '@id': framework.id,
      '@graph': [frameworkNode(framework, wholes, options), ...nodes, ...rubrics.added],
    }
    return { document, losses }
  }
  // One node of the document may be written in several pieces.
  const whole = new Map((graph?.competencies ?? []).map(({ id, value }) => [canonicalUri(id), value]))
  const now = new Map(framework.competencies.map((competency) => [canonicalUri(competency.id), competency]))
  const left = new Map(now)
  const rewritten = new Set<string>()
  const document = over(base, (node) => {
    const key = typeof node['@id'] === 'string' ? canonicalUri(node['@id']) : ''
    if (key === canonicalUri(framework.id)) return renamed(node, framework, language)
    if (rubrics.changed.has(key)) {
      const changed = rewritten.has(key) ? undefined : rubrics.changed.get(key)
      rewritten.add(key)
      return changed
    }
    if (![node['@type']].flat().includes('ceasn:Competency')) return node
    const competency = now.get(key)
    left.delete(key)
    if (competency === undefined) return before.has(key) ? without(node, framework) : node
    const { changedParts, changedWholes } = changesOf(competency)
    if (!changedParts && !changedWholes && isSameText(competency, before.get(key))) return node
    if (rewritten.has(key)) return undefined
    rewritten.add(key)
    return write(competency, whole.get(key) ?? node)
  })
  const added = [...[...left.values()].map((competency) => write(competency)), ...rubrics.added]
  return { document: added.length === 0 ? document : append(document, added), losses }
}

function isSameText(a: Competency, b: Competency | undefined): boolean {
  return b !== undefined && a.name === b.name && a.statement === b.statement && a.code === b.code
}

/** It may be in other frameworks too. */
function without(node: JsonObject, { id }: CompetencyFramework): JsonObject | undefined {
  const [key, homes] = [canonicalUri(id), refs(node['ceasn:isPartOf'])]
  const others = homes.filter((home) => canonicalUri(home) !== key)
  if (others.length === 0) return undefined
  const rest = Object.entries(node).flatMap(([member, value]): [string, Json][] => {
    if (!['ceasn:isTopChildOf', 'ceasn:isChildOf'].includes(member)) return [[member, value]]
    const kept = refs(value).filter((each) => canonicalUri(each) !== key)
    return kept.length === 0 ? [] : [[member, kept]]
  })
  return { ...Object.fromEntries(rest), 'ceasn:isPartOf': others }
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

function versionLoss({ id, version }: CompetencyFramework): CtdlLoss[] {
  return version === undefined ? [] : [{ item: id, what: 'version', message: 'CTDL-ASN has no version: not written' }]
}
