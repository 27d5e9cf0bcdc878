/**
 * Reading CASE: a CFPackage of 1EdTech CASE 1.0 or 1.1 as a framework, with its matches to other frameworks as a crosswalk. The
 * package itself is given back too: writing over it loses nothing.
 *
 * - `CFItem.uri` is the id; `abbreviatedStatement`, else `fullStatement`, the name; `humanCodingScheme` the code for people. Blank texts are none.
 * - `statusStartDate` and `statusEndDate` are the first and the last day on which it is in use; the destinations of its `replacedBy`
 *   associations took its place.
 * - The levels of an item are those of the CFRubricCriterion whose `CFItemURI` it is, by `score`; `position` alone does not say which is higher
 *   (see case-levels.ts).
 * - The parts of an item are what is `isPartOf` it, and its children (`isChildOf`), by `sequenceNumber`: whoever has all children of an item
 *   has the item. A part may be of another framework. Children of the document are at the top.
 * - `exactMatchOf`, `isRelatedTo` and the `ext:` terms of this library (see crosswalk-case.ts) are the crosswalk.
 *
 * @module
 */
import { pointer } from '../internal/json-pointer.js'
import { type Members, oneOf } from '../internal/members.js'
import type { JsonObject } from '../internal/types.js'
import { isDate } from '../model/date-time.js'
import { demandOptions } from '../report/demand-options.js'
import { levelFindings, levelsOf } from './case-levels.js'
import { remarksOf, titleOf } from './case-remarks.js'
import type { CaseAssociation, CaseFinding, CaseItem, CaseLink, CasePackage, CaseVersion } from './case-types.js'
import { validateCase, versionOfCase } from './case-validation.js'
import { viewOf } from './case-view.js'
import { isHierarchical } from './case-vocabulary.js'
import { relationOf } from './crosswalk-case.js'
import { canonicalUri, isAbsolute } from './identifiers.js'
import type { LevelDirection, OrderedLevels } from './rank-levels.js'
import { brief, present, Reading } from './reading.js'
import { soundFramework } from './sound.js'
import { summarized } from './summarize.js'
import type { Competency, CompetencyFramework, Crosswalk } from './types.js'

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

/** How a CASE package is read. */
export interface ReadCaseOptions {
  /**
   * Which end of a rubric is the higher one, where its levels have positions and no scores. A rubric that says it itself, and scores, come first.
   * Default: nobody knows, and a finding asks (`case.level_order_unknown`).
   */
  readonly levelOrder?: LevelDirection | undefined
}

const READ_CASE: Members<ReadCaseOptions> = { levelOrder: oneOf('lowest-first', 'highest-first') }

/**
 * Reads a CFPackage (parsed JSON). Throws ParseError `parse.invalid` with every member that has a wrong type, is missing, or an id
 * that two nodes have; each names its item. What is readable but wrong (an association to an item that is not there, a cycle, two
 * levels with one rank) is in `findings`, and left out of `framework` where `assessStack` could not reckon with it. Linear; 50 000 items take
 * less than two seconds.
 */
export function readCase(value: unknown, options: ReadCaseOptions = {}): CaseReading {
  demandOptions(options, READ_CASE)
  const reading = new Reading(value, 'a CASE package')
  validateCase(reading)
  reading.finish()
  const original = reading.value as unknown as CasePackage
  const content = viewOf(original)
  const nodes = new Nodes(content)
  const levels = nodes.levels(options.levelOrder)
  const parts = nodes.parts()
  const replaced = nodes.replacements()
  const { CFDocument, CFItems = [] } = content
  const { framework, findings } = soundFramework(
    present<CompetencyFramework>({
      id: CFDocument.uri,
      name: CFDocument.title,
      version: CFDocument.version,
      competencies: CFItems.map((item) =>
        present<Competency>({
          ...itemFacts(item),
          levels: undefined,
          ...levels.get(item),
          parts: parts.get(item),
          replacedBy: replaced.get(item),
        }),
      ),
    }),
  )
  const crosswalk = crosswalkOf(content, nodes)
  return {
    framework,
    package: original,
    version: versionOfCase(content),
    ...(crosswalk === undefined ? {} : { crosswalk }),
    findings: summarized([
      ...remarksOf(content, (link) => nodes.item(link)),
      ...nodes.findings,
      ...findings.map(({ code, severity, message }): CaseFinding => ({ code, severity, pointer: '', message })),
    ]),
  }
}

/** What a CFItem says of a competency by itself. */
export function itemFacts(item: CaseItem): Omit<Competency, 'levels' | 'levelOrder' | 'parts' | 'replacedBy'> {
  const short = item.abbreviatedStatement
  return present<Omit<Competency, 'levels' | 'levelOrder' | 'parts' | 'replacedBy'>>({
    id: item.uri,
    name: short ?? item.fullStatement,
    statement: short === undefined || short === item.fullStatement ? undefined : item.fullStatement,
    code: item.humanCodingScheme,
    educationLevel: wordsOf(item.educationLevel),
    subject: wordsOf(item.subject),
    startDate: dayOf(item.statusStartDate),
    endDate: dayOf(item.statusEndDate),
  })
}

/** Blank ones say nothing. */
function wordsOf(words: readonly string[] | undefined): readonly string[] | undefined {
  const said = [words ?? []].flat().filter((word) => typeof word === 'string' && word.trim() !== '')
  return said.length === 0 ? undefined : said
}

/** Servers write times, too. */
function dayOf(text: string | undefined): string | undefined {
  const day = text?.slice(0, 10)
  return day !== undefined && isDate(day) ? day : undefined
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
    return (
      (uri === undefined ? undefined : this.byUri.get(canonicalUri(uri))) ??
      this.byIdentifier.get(identifier?.toLowerCase() ?? '')
    )
  }

  /** What the link names: an item by its own URI, else something of another framework. */
  uriOf(link: CaseLink): string | undefined {
    const uri = this.item(link)?.uri ?? link.uri
    return uri !== undefined && isAbsolute(uri) ? uri : undefined
  }

  private isDocument({ uri, identifier }: CaseLink): boolean {
    const { CFDocument } = this.content
    return (
      (uri !== undefined && canonicalUri(uri) === canonicalUri(CFDocument.uri)) || identifier === CFDocument.identifier
    )
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
      const { originNodeURI: origin, destinationNodeURI: destination, sequenceNumber } = association
      const [child, parent] = [this.item(origin), this.item(destination)]
      const place = pointer('/CFAssociations', index)
      const isTop = parent === undefined && this.isDocument(destination)
      const part = this.isDocument(origin) ? undefined : (child?.uri ?? this.uriOf(origin))
      // One that another framework defines is said by checkFramework.
      if (child === undefined && (part === undefined || parent === undefined))
        this.dangling(place, association, 'originNodeURI')
      if (parent === undefined && !isTop) this.dangling(place, association, 'destinationNodeURI')
      if (part === undefined || parent === undefined) continue
      const parts = found.get(parent) ?? []
      parts.push({ part, rank: sequenceNumber ?? Number.POSITIVE_INFINITY })
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

  /** By `replacedBy` associations: the origin was superseded by the destination. */
  replacements(): Map<CaseItem, string[]> {
    const found = new Map<CaseItem, string[]>()
    for (const [index, association] of (this.content.CFAssociations ?? []).entries()) {
      if (association.associationType !== 'replacedBy') continue
      const [old, by] = [this.item(association.originNodeURI), this.uriOf(association.destinationNodeURI)]
      if (old === undefined) {
        const [before, after] = [titleOf(association.originNodeURI), titleOf(association.destinationNodeURI)]
        this.warn(
          'case.replaced_elsewhere',
          pointer('/CFAssociations', index),
          `"${after}" took the place of "${before}", which is not in the package: say so where that one is defined ("replacedBy")`,
        )
      } else if (by !== undefined && canonicalUri(by) !== canonicalUri(old.uri))
        found.set(old, [...new Set([...(found.get(old) ?? []), by])])
    }
    return found
  }

  private dangling(place: string, association: CaseAssociation, end: 'originNodeURI' | 'destinationNodeURI'): void {
    const link = association[end]
    const [title, uri] = [titleOf(link), link.uri ?? link.identifier]
    const named = `an "${association.associationType}" association names`
    const message = this.isDocument(link)
      ? `${named} the document "${title}" as a part of "${titleOf(association.destinationNodeURI)}": its two ends may be swapped`
      : `${named} the item "${title}" (${uri}), which is not in the package: add it, or remove the association`
    this.warn('case.dangling_association', pointer(place, end), message, 'error')
  }

  levels(direction: LevelDirection | undefined): Map<CaseItem, OrderedLevels> {
    const found = new Map<CaseItem, OrderedLevels>()
    for (const [index, rubric] of (this.content.CFRubrics ?? []).entries()) {
      const at = pointer(pointer('/CFRubrics', index), 'CFRubricCriteria')
      for (const [position, criterion] of (rubric.CFRubricCriteria ?? []).entries()) {
        const place = pointer(at, position)
        const of = criterion.CFItemURI
        if (of === undefined || (of.uri === undefined && of.identifier === undefined)) {
          this.warn(
            'case.criterion_without_item',
            place,
            `a criterion of the rubric "${brief(rubric.title ?? rubric.uri ?? rubric.identifier)}" names no item ("CFItemURI"): its levels belong to no competency`,
          )
          continue
        }
        const item = this.item(of)
        if (item === undefined)
          this.warn(
            'case.dangling_criterion',
            pointer(place, 'CFItemURI'),
            `a criterion names the item "${titleOf(of)}" (${of.uri ?? of.identifier}), which is not in the package`,
            'error',
          )
        else if (found.has(item))
          this.warn(
            'case.several_rubrics',
            place,
            `"${brief(item.fullStatement)}" has another criterion already: only the levels of the first are its levels`,
          )
        else if (criterion.CFRubricCriterionLevels?.some(({ uri }) => uri === undefined) === true)
          this.warn(
            'case.level_without_uri',
            place,
            `levels of "${brief(item.fullStatement)}" have no "uri", so that no badge can be aligned to them: they are not read`,
            'error',
          )
        else {
          const levels = levelsOf(criterion, direction)
          this.findings.push(...levelFindings(criterion, levels, item.fullStatement, place))
          if ((levels.levels ?? []).length > 0) found.set(item, levels)
        }
      }
    }
    return found
  }
}

function crosswalkOf({ CFDocument, CFAssociations = [] }: CasePackage, nodes: Nodes): Crosswalk | undefined {
  // By the item's own URI, where the link finds it by its identifier only.
  const idOf = (link: CaseLink) => nodes.item(link)?.uri ?? link.uri
  const matches = CFAssociations.flatMap((association) => {
    const match = relationOf(association.associationType)
    if (match === undefined) return []
    const [origin, destination] = [idOf(association.originNodeURI), idOf(association.destinationNodeURI)]
    if (origin === undefined || destination === undefined) return []
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
