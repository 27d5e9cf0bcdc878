/**
 * Reading CASE: a CFPackage of 1EdTech CASE 1.0 or 1.1 as a framework, with its matches to other frameworks as a crosswalk. The
 * package itself is given back too: writing over it loses nothing.
 *
 * - `CFItem.uri` is the id; `abbreviatedStatement`, else `fullStatement`, the name; `humanCodingScheme` the code for people.
 * - The levels of an item are those of the CFRubricCriterion whose `CFItemURI` it is, by `position`, else by `score`.
 * - The parts of an item are the items that are `isPartOf` it, and its children (`isChildOf`), by `sequenceNumber`: whoever has all
 *   children of an item has the item. Children of the document are at the top.
 * - `exactMatchOf`, `isRelatedTo` and the `ext:` terms of this library (see crosswalk-case.ts) are the crosswalk.
 *
 * @module
 */
import { pointer } from '../internal/json-pointer.js'
import type { JsonObject } from '../internal/types.js'
import { remarksOf } from './case-remarks.js'
import type {
  CaseAssociation,
  CaseFinding,
  CaseItem,
  CaseLink,
  CasePackage,
  CaseRubricCriterion,
  CaseVersion,
} from './case-types.js'
import { validateCase, versionOfCase } from './case-validation.js'
import { viewOf } from './case-view.js'
import { isHierarchical } from './case-vocabulary.js'
import { relationOf } from './crosswalk-case.js'
import { checkFramework } from './framework.js'
import { canonicalUri } from './identifiers.js'
import { brief, present, Reading } from './reading.js'
import type { Competency, CompetencyFramework, Crosswalk, RubricLevel } from './types.js'

/** What was found in a CASE package. */
export interface CaseReading {
  readonly framework: CompetencyFramework
  /** The package as it was read: give it to `writeCase` as `base`. */
  readonly package: CasePackage
  readonly version: CaseVersion
  /** Its matches between items, of this and other frameworks. Absent where it states none. */
  readonly crosswalk?: Crosswalk
  readonly findings: readonly CaseFinding[]
}

/**
 * Reads a CFPackage (parsed JSON). Throws ParseError `parse.invalid` with every member that has a wrong type, is missing, or an id
 * that two nodes have; each names its item. What is readable but wrong (an association to an item that is not there, a cycle, two
 * levels with one rank) is in `findings`. Linear; 50 000 items take less than two seconds.
 */
export function readCase(value: unknown): CaseReading {
  const reading = new Reading(value, 'a CASE package')
  validateCase(reading)
  reading.finish()
  const original = reading.value as unknown as CasePackage
  const content = viewOf(original)
  const nodes = new Nodes(content)
  const levels = nodes.levels()
  const parts = nodes.parts()
  const { CFDocument, CFItems = [] } = content
  const framework = present<CompetencyFramework>({
    id: CFDocument.uri,
    name: CFDocument.title,
    version: CFDocument.version,
    competencies: CFItems.map((item) =>
      present<Competency>({ ...itemTexts(item), levels: levels.get(item), parts: parts.get(item) }),
    ),
  })
  const crosswalk = crosswalkOf(content, nodes)
  const findings = [
    ...remarksOf(content, (link) => nodes.item(link)),
    ...nodes.findings,
    ...checkFramework(framework).map(
      ({ code, severity, message }): CaseFinding => ({ code, severity, pointer: '', message }),
    ),
  ]
  return {
    framework,
    package: original,
    version: versionOfCase(content),
    ...(crosswalk === undefined ? {} : { crosswalk }),
    findings,
  }
}

/** What a CFItem says of a competency by itself. */
export function itemTexts(item: CaseItem): Pick<Competency, 'id' | 'name' | 'statement' | 'code'> {
  const short = item.abbreviatedStatement
  return present<Pick<Competency, 'id' | 'name' | 'statement' | 'code'>>({
    id: item.uri,
    name: short ?? item.fullStatement,
    statement: short === undefined || short === item.fullStatement ? undefined : item.fullStatement,
    code: item.humanCodingScheme,
  })
}

/** What the levels of a criterion say, from low to high. */
export function levelsOf({ CFRubricCriterionLevels: levels = [] }: CaseRubricCriterion): RubricLevel[] {
  return levels
    .map((level, index) => ({ level, rank: level.position ?? level.score ?? index, index }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ level }) =>
      present<RubricLevel>({
        id: level.uri,
        name: level.quality ?? level.description ?? level.identifier,
        description: level.quality === undefined ? undefined : level.description,
        points: level.score,
      }),
    )
}

/** Links name their node by uri; where a server has moved, the identifier still finds it. */
class Nodes {
  readonly findings: CaseFinding[] = []
  private readonly content: CasePackage
  private readonly byUri: ReadonlyMap<string, CaseItem>
  private readonly byIdentifier: ReadonlyMap<string, CaseItem>

  constructor(content: CasePackage) {
    this.content = content
    const items = content.CFItems ?? []
    this.byUri = new Map(items.map((item) => [canonicalUri(item.uri), item]))
    this.byIdentifier = new Map(items.map((item) => [item.identifier.toLowerCase(), item]))
  }

  item({ uri, identifier }: CaseLink): CaseItem | undefined {
    // Of the links in criteria only the URI is demanded.
    return (
      this.byUri.get(canonicalUri(uri)) ??
      this.byIdentifier.get((identifier as string | undefined)?.toLowerCase() ?? '')
    )
  }

  private isDocument({ uri, identifier }: CaseLink): boolean {
    const { CFDocument } = this.content
    return canonicalUri(uri) === canonicalUri(CFDocument.uri) || identifier === CFDocument.identifier
  }

  private warn(
    code: CaseFinding['code'],
    place: string,
    message: string,
    severity: CaseFinding['severity'] = 'warning',
  ) {
    this.findings.push({ code, severity, pointer: place, message })
  }

  parts(): Map<CaseItem, string[]> {
    const found = new Map<CaseItem, { part: string; rank: number }[]>()
    for (const [index, association] of (this.content.CFAssociations ?? []).entries()) {
      if (!isHierarchical(association)) continue
      const [child, parent] = [this.item(association.originNodeURI), this.item(association.destinationNodeURI)]
      const place = pointer('/CFAssociations', index)
      if (child === undefined) this.dangling(place, association, 'originNodeURI')
      if (parent === undefined && !this.isDocument(association.destinationNodeURI))
        this.dangling(place, association, 'destinationNodeURI')
      if (child === undefined || parent === undefined) continue
      const parts = found.get(parent) ?? []
      parts.push({ part: child.uri, rank: association.sequenceNumber ?? Number.POSITIVE_INFINITY })
      found.set(parent, parts)
    }
    // Stable: what has no number keeps the order of the file, after what has one.
    return new Map(
      [...found].map(([item, parts]) => [
        item,
        [...new Set(parts.sort((a, b) => (a.rank === b.rank ? 0 : a.rank - b.rank)).map(({ part }) => part))],
      ]),
    )
  }

  private dangling(place: string, association: CaseAssociation, end: 'originNodeURI' | 'destinationNodeURI'): void {
    const { title, uri } = association[end]
    const named = `an "${association.associationType}" association names`
    const message = this.isDocument(association[end])
      ? `${named} the document "${brief(title)}" as a part of "${brief(association.destinationNodeURI.title)}": its two ends may be swapped`
      : `${named} the item "${brief(title)}" (${uri}), which is not in the package: add it, or remove the association`
    this.warn('case.dangling_association', pointer(place, end), message, 'error')
  }

  levels(): Map<CaseItem, RubricLevel[]> {
    const found = new Map<CaseItem, RubricLevel[]>()
    for (const [index, rubric] of (this.content.CFRubrics ?? []).entries()) {
      const at = pointer(pointer('/CFRubrics', index), 'CFRubricCriteria')
      for (const [position, criterion] of (rubric.CFRubricCriteria ?? []).entries()) {
        const place = pointer(at, position)
        const of = criterion.CFItemURI
        if (of === undefined) {
          this.warn(
            'case.criterion_without_item',
            place,
            `a criterion of the rubric "${brief(rubric.title ?? rubric.uri)}" names no item ("CFItemURI"): its levels belong to no competency`,
          )
          continue
        }
        const item = this.item(of)
        if (item === undefined)
          this.warn(
            'case.dangling_criterion',
            pointer(place, 'CFItemURI'),
            `a criterion names the item "${brief(of.title)}" (${of.uri}), which is not in the package`,
            'error',
          )
        else if (found.has(item))
          this.warn(
            'case.several_rubrics',
            place,
            `"${brief(item.fullStatement)}" has another criterion already: only the levels of the first are its levels`,
          )
        else {
          this.sameRanks(criterion, item, place)
          found.set(item, levelsOf(criterion))
        }
      }
    }
    return found
  }

  private sameRanks(
    { CFRubricCriterionLevels: levels = [] }: CaseRubricCriterion,
    item: CaseItem,
    place: string,
  ): void {
    const seen = new Map<number, string>()
    for (const [index, { position, quality, uri }] of levels.entries()) {
      if (position === undefined) continue
      const other = seen.get(position)
      if (other !== undefined)
        this.warn(
          'case.same_rank',
          pointer(pointer(place, 'CFRubricCriterionLevels'), index),
          `the levels "${other}" and "${quality ?? uri}" of "${brief(item.fullStatement)}" have the same position ${position}: which one is higher?`,
          'error',
        )
      seen.set(position, quality ?? uri)
    }
  }
}

function crosswalkOf({ CFDocument, CFAssociations = [] }: CasePackage, nodes: Nodes): Crosswalk | undefined {
  // By the item's own URI, where the link finds it by its identifier only.
  const idOf = (link: CaseLink) => nodes.item(link)?.uri ?? link.uri

  const matches = CFAssociations.flatMap((association) => {
    const match = relationOf(association.associationType)
    if (match === undefined) return []
    const [origin, destination] = [idOf(association.originNodeURI), idOf(association.destinationNodeURI)]
    const levels = levelsIn(association.extensions)
    return [{ from: origin, to: destination, relation: match, ...(levels === undefined ? {} : { levels }) }]
  })
  return matches.length === 0 ? undefined : { source: CFDocument.uri, statedAt: CFDocument.lastChangeDateTime, matches }
}

function levelsIn(extensions: JsonObject | undefined): Record<string, string> | undefined {
  const levels = extensions?.badgewrightLevels
  if (typeof levels !== 'object' || levels === null || Array.isArray(levels)) return undefined
  return Object.fromEntries(
    Object.entries(levels).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
