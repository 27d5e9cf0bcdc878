/**
 * Levels in CTDL-ASN: a `ceasn:RubricCriterion` is about a competency (`ceterms:targetCompetency`), and has `ceasn:CriterionLevel` nodes with a label
 * (`ceasn:benchmarkLabel`), a text (`ceasn:benchmarkText`), a place (`ceasn:listID`) and points (`schema:value`).
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import type { Json, JsonObject } from '../internal/types.js'
import { refs } from './ctdl-nodes.js'
import type { CtdlFinding, CtdlNode, RubricNodes } from './ctdl-types.js'
import { canonicalUri, isAbsolute } from './identifiers.js'
import { textIn } from './language.js'
import { askedOrder, type LevelDirection, type ListedLevel, type OrderedLevels, rankedLevels } from './rank-levels.js'
import { brief, isArray, present } from './reading.js'
import type { RubricLevel } from './types.js'

/** What ranks levels, the first that tells all of them apart. */
const WORTH = ['schema:value', 'schema:minValue', 'qdata:percentage', 'qdata:minPercentage'] as const

export interface RubricOptions {
  readonly language: string
  readonly levelOrder: LevelDirection | undefined
}

/** Ids of the competencies that a criterion is about. */
export function targetsOf({ value }: Pick<CtdlNode, 'value'>): string[] {
  const target = value['ceterms:targetCompetency'] ?? value['ceasn:targetCompetency']
  return (isArray(target) ? target : target === undefined ? [] : [target]).flatMap((each) =>
    isObject(each) ? [...refs(each['ceterms:targetNode']), ...refs(each)] : refs(each),
  )
}

/**
 * The id of a level: that of its node. The Registry makes blank nodes of them, which nothing outside of the document can name: those are named by
 * their criterion.
 */
export function levelIdOf(criterion: string, node: string): string {
  return node.startsWith('_:') ? `${criterion}#${node.slice(2)}` : node
}

/** The level nodes of a criterion, by their references, or written where they are needed. */
export function levelNodesOf({ value }: Pick<CtdlNode, 'value'>, known: ReadonlyMap<string, CtdlNode>): CtdlNode[] {
  const listed = value['ceasn:hasCriterionLevel']
  return (isArray(listed) ? listed : listed === undefined ? [] : [listed]).flatMap((each, index): CtdlNode[] => {
    const [id] = refs(each)
    const node = id === undefined ? undefined : known.get(canonicalUri(id))
    if (node !== undefined) return [node]
    return isObject(each) && Object.keys(each).some((member) => !member.startsWith('@'))
      ? [{ id: id ?? `_:${index + 1}`, value: each }]
      : []
  })
}

/** By canonical id of the competency. */
export function levelsByCompetency(
  nodes: RubricNodes,
  known: ReadonlyMap<string, CtdlNode>,
  options: RubricOptions,
  findings: CtdlFinding[],
): Map<string, OrderedLevels> {
  const levelNodes = new Map(nodes.levels.map((node) => [canonicalUri(node.id), node]))
  const columns = new Map(
    nodes.columns.flatMap(({ value }) =>
      refs(value['ceasn:hasCriterionLevel']).map((id) => [
        canonicalUri(id),
        textIn(value['ceasn:name'], options.language),
      ]),
    ),
  )
  const found = new Map<string, OrderedLevels>()
  const warn = (code: CtdlFinding['code'], item: string, message: string) =>
    findings.push({ code, severity: 'warning', item, message })
  for (const criterion of nodes.criteria) {
    const targets = targetsOf(criterion)
    const title = brief(textIn(criterion.value['ceasn:name'], options.language) ?? criterion.id)
    if (targets.length === 0)
      warn(
        'ctdl.criterion_without_competency',
        criterion.id,
        `the criterion "${title}" names no competency ("ceterms:targetCompetency"): its levels belong to none`,
      )
    const listed = levelNodesOf(criterion, levelNodes)
    if (listed.length === 0) continue
    const blank = listed.some(({ id }) => !isAbsolute(levelIdOf(criterion.id, id)) || id.startsWith('_:'))
    if (blank && targets.length > 0)
      warn(
        'ctdl.blank_level',
        criterion.id,
        `levels of the criterion "${title}" are blank nodes, which no badge can be aligned to: here they are ${brief(criterion.id)}#... Ask its publisher for URIs`,
      )
    for (const target of targets) {
      const key = canonicalUri(target)
      if (!known.has(key)) {
        warn(
          'ctdl.criterion_elsewhere',
          criterion.id,
          `the criterion "${title}" is about ${target}, which is not in the document: give its file too`,
        )
        continue
      }
      if (found.has(key)) {
        warn(
          'ctdl.several_rubrics',
          criterion.id,
          `${target} has another criterion already: only the levels of the first are its levels`,
        )
        continue
      }
      const levels = rankedLevels(
        worthOf(listed).map((each, index) => listedLevel(criterion.id, each, columns, index, options.language)),
        options.levelOrder,
      )
      if (levels.levelOrder !== undefined) warn('ctdl.level_order_unknown', criterion.id, askedOrder(levels, title))
      found.set(key, withoutBounds(levels, listed))
    }
  }
  return found
}

interface Worth {
  readonly node: CtdlNode
  readonly score: number | undefined
}

function worthOf(nodes: readonly CtdlNode[]): Worth[] {
  const by = (member: string) => nodes.map(({ value }) => numberOf(value[member]))
  const telling = WORTH.find((member) => {
    const scores = by(member)
    return scores.every((score) => score !== undefined) && new Set(scores).size === nodes.length
  })
  const scores = by(telling ?? 'schema:value')
  return nodes.map((node, index) => ({ node, score: scores[index] }))
}

/** What a level is worth at least ranks it, and is not its points. */
function withoutBounds(ranked: OrderedLevels, nodes: readonly CtdlNode[]): OrderedLevels {
  if (nodes.some(({ value }) => numberOf(value['schema:value']) !== undefined)) return ranked
  return { ...ranked, levels: (ranked.levels ?? []).map(({ points: _, ...level }) => level) }
}

function numberOf(value: Json | undefined): number | undefined {
  const text = typeof value === 'string' ? value.trim() : value
  if (typeof text === 'number') return text
  return typeof text === 'string' && /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined
}

function listedLevel(
  criterion: string,
  { node, score }: Worth,
  columns: ReadonlyMap<string, string | undefined>,
  index: number,
  language: string,
): ListedLevel {
  const texts = levelTexts(node.value, language)
  const name = texts.name ?? columns.get(canonicalUri(node.id)) ?? texts.description ?? `Level ${index + 1}`
  const description = texts.description === name ? undefined : texts.description
  return {
    level: present<RubricLevel>({ id: levelIdOf(criterion, node.id), name, description, points: undefined }),
    position: numberOf(node.value['ceasn:listID']),
    score,
  }
}

/** The Registry's own software writes "BenchmarkText". */
function levelTexts(value: JsonObject, language: string) {
  return {
    name: textIn(value['ceasn:benchmarkLabel'] ?? value['ceasn:name'], language),
    description: textIn(
      value['ceasn:benchmarkText'] ?? value['ceasn:BenchmarkText'] ?? value['ceasn:description'],
      language,
    ),
  }
}
