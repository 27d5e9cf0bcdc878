/**
 * Writing levels in CTDL-ASN: a rubric of the framework, with a criterion for each competency that has levels.
 *
 * @module
 */
import { isSameJson } from '../internal/json-equal.js'
import type { Json, JsonObject } from '../internal/types.js'
import { caseIdentifier } from './case-naming.js'
import { levelIdOf, levelNodesOf, targetsOf } from './ctdl-rubrics.js'
import type { CtdlGraph, CtdlLoss, CtdlNode } from './ctdl-types.js'
import { canonicalUri, uuidIn } from './identifiers.js'
import { rankedLevels } from './rank-levels.js'
import { brief } from './reading.js'
import type { Competency, CompetencyFramework, RubricLevel } from './types.js'

export interface WrittenRubrics {
  /** Nodes of the document, by canonical id, as they are now; undefined: gone. */
  readonly changed: ReadonlyMap<string, JsonObject | undefined>
  readonly added: readonly JsonObject[]
  readonly losses: readonly CtdlLoss[]
}

/** `graph` and `original`: the document that is written over, and the framework as it stands there. */
export function writeRubrics(
  framework: CompetencyFramework,
  language: string,
  graph?: CtdlGraph,
  original?: CompetencyFramework,
): WrittenRubrics {
  const before = new Map((original?.competencies ?? []).map((each) => [canonicalUri(each.id), scaleOf(each)]))
  const changed = new Map<string, JsonObject | undefined>()
  const added: JsonObject[] = []
  const losses: CtdlLoss[] = []
  const criteria: string[] = []
  const known = new Map((graph?.levels ?? []).map((node) => [canonicalUri(node.id), node]))
  for (const competency of framework.competencies) {
    const key = canonicalUri(competency.id)
    if (isSameJson(scaleOf(competency), before.get(key) ?? scaleOf({ id: '', name: '' }))) continue
    const criterion = graph?.criteria.find((node) => targetsOf(node).map(canonicalUri).includes(key))
    const isOwn = criterion !== undefined && targetsOf(criterion).length === 1
    const was = isOwn ? levelNodesOf(criterion, known) : []
    const id = isOwn ? criterion.id : `${competency.id}#criterion`
    const nodes = levelNodes(competency, id, was, language)
    for (const node of was) if (known.has(canonicalUri(node.id))) changed.set(canonicalUri(node.id), undefined)
    for (const node of nodes) {
      const at = canonicalUri(node['@id'] as string)
      if (changed.has(at)) changed.set(at, node)
      else added.push(node)
    }
    if (!isScaleSaid(competency)) losses.push(orderLoss(competency))
    if (criterion !== undefined && !isOwn) changed.set(canonicalUri(criterion.id), withoutTarget(criterion.value, key))
    if (isOwn)
      changed.set(canonicalUri(criterion.id), {
        ...criterion.value,
        'ceasn:hasCriterionLevel': nodes.map((node) => node['@id'] as string),
      })
    else if (nodes.length > 0) {
      criteria.push(id)
      added.push(criterionNode(competency, id, nodes, language))
    }
  }
  if (criteria.length > 0) {
    const id = `${framework.id}#rubric`
    const rubric = graph?.rubrics.find((node) => canonicalUri(node.id) === canonicalUri(id))
    if (rubric === undefined) added.push(rubricNode(framework, id, criteria, language))
    else {
      const listed = [rubric.value['ceasn:hasRubricCriterion'] ?? []].flat() as Json[]
      changed.set(canonicalUri(id), { ...rubric.value, 'ceasn:hasRubricCriterion': [...listed, ...criteria] })
    }
  }
  return { changed, added, losses }
}

function scaleOf({ levels = [], levelOrder }: Competency): JsonObject {
  return { levels: levels as unknown as Json, levelOrder: levelOrder ?? 'known' }
}

/** Would points say an order that nobody knows? */
function hasFalsePoints({ levels = [], levelOrder }: Competency): boolean {
  return levelOrder === 'unknown' && rankOf(levels) === undefined
}

function isScaleSaid(competency: Competency): boolean {
  return !hasFalsePoints(competency) && rankOf(competency.levels ?? []) === competency.levelOrder
}

function rankOf(levels: readonly RubricLevel[]) {
  return rankedLevels(
    levels.map((level, index) => ({ level, score: level.points, position: index + 1 })),
    undefined,
  ).levelOrder
}

function orderLoss({ id, name }: Competency): CtdlLoss {
  const message = `CTDL-ASN cannot say which of the levels of "${brief(name)}" is the highest: give them points`
  return { item: id, what: 'levelOrder', message }
}

function levelNodes(
  competency: Competency,
  criterion: string,
  was: readonly CtdlNode[],
  language: string,
): JsonObject[] {
  const before = new Map(was.map((node) => [canonicalUri(levelIdOf(criterion, node.id)), node]))
  return (competency.levels ?? []).map(({ id, name, description, points }, index): JsonObject => {
    const node = before.get(canonicalUri(id))
    const { 'ceasn:BenchmarkText': _, 'ceasn:benchmarkText': __, 'schema:value': ___, ...kept } = node?.value ?? {}
    return {
      ...kept,
      '@id': node?.id ?? id,
      '@type': 'ceasn:CriterionLevel',
      'ceasn:benchmarkLabel': { [language]: name },
      ...(description === undefined ? {} : { 'ceasn:benchmarkText': { [language]: description } }),
      'ceasn:listID': String(index + 1),
      ...(points === undefined || hasFalsePoints(competency) ? {} : { 'schema:value': points }),
    }
  })
}

function criterionNode(
  { id: competency, name }: Competency,
  id: string,
  levels: readonly JsonObject[],
  language: string,
): JsonObject {
  return {
    '@id': id,
    '@type': 'ceasn:RubricCriterion',
    'ceasn:hasCriterionLevel': levels.map((node) => node['@id'] as string),
    'ceasn:name': { [language]: name },
    'ceterms:ctid': ctidOf(id),
    'ceterms:targetCompetency': [
      {
        '@type': 'ceterms:CredentialAlignmentObject',
        'ceterms:targetNode': competency,
        'ceterms:targetNodeName': { [language]: name },
      },
    ],
  }
}

function rubricNode(
  { name }: CompetencyFramework,
  id: string,
  criteria: readonly string[],
  language: string,
): JsonObject {
  return {
    '@id': id,
    '@type': 'ceasn:Rubric',
    'ceasn:description': { [language]: name },
    'ceasn:hasRubricCriterion': criteria,
    'ceasn:inLanguage': [language],
    'ceasn:name': { [language]: name },
    'ceterms:ctid': ctidOf(id),
  }
}

function withoutTarget(value: JsonObject, key: string): JsonObject {
  const targets = [value['ceterms:targetCompetency'] ?? []].flat() as Json[]
  const left = targets.filter(
    (target) =>
      !targetsOf({ value: { 'ceterms:targetCompetency': target } })
        .map(canonicalUri)
        .includes(key),
  )
  return { ...value, 'ceterms:targetCompetency': left }
}

/** "ce-" and a UUID; the one in the URI, else one made from it. */
export function ctidOf(uri: string): string {
  return `ce-${uuidIn(uri) ?? caseIdentifier(uri)}`
}
