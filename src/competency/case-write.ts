/**
 * Writing CASE: a framework as a CFPackage, new or over the package it came from. Over one, only what has changed in the framework
 * changes; all else stays as it was, members that nobody knows too.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import { isSameJson } from '../internal/json-equal.js'
import { arrayOf, callable, date, type Members, record, text } from '../internal/members.js'
import type { Json } from '../internal/types.js'
import { demandOptions } from '../report/demand-options.js'
import { caseVersion, crosswalk as crosswalkKind } from './arguments.js'
import { itemFacts, readCase } from './case.js'
import { type CaseDifference, convertRead } from './case-conversion.js'
import { LEVEL_ORDER, levelsOf } from './case-levels.js'
import { type CaseNaming, caseIdentifier } from './case-naming.js'
import type {
  CaseAssociation,
  CaseItem,
  CaseLink,
  CasePackage,
  CaseRubric,
  CaseRubricCriterion,
  CaseVersion,
} from './case-types.js'
import { demandCase, versionOfCase } from './case-validation.js'
import { viewOf } from './case-view.js'
import { isHierarchical } from './case-vocabulary.js'
import { type CaseLoss, writeAssociations } from './crosswalk-case.js'
import { checkFramework } from './framework.js'
import { canonicalUri, uuidIn } from './identifiers.js'
import type { LevelDirection, OrderedLevels } from './rank-levels.js'
import { brief, present } from './reading.js'
import type { Competency, CompetencyFramework, Crosswalk, RubricLevel } from './types.js'

/** What CASE needs besides the framework. */
export interface WriteCaseOptions extends CaseNaming {
  readonly now: Date
  /** Who made the framework; CASE demands it. Default: that of `base`, else "unknown". */
  readonly creator?: string | undefined
  /** The package that `readCase` gave. */
  readonly base?: CasePackage | undefined
  /** Default: that of `base`, written as it is; without `base` 1.1. Naming a version also mends what breaks the standard. */
  readonly version?: CaseVersion | undefined
  /** Matches to write besides; those of `base` are there already. */
  readonly crosswalks?: readonly Crosswalk[] | undefined
}

const WRITE_CASE: Members<WriteCaseOptions> = {
  now: date,
  creator: text,
  base: record,
  version: caseVersion,
  crosswalks: arrayOf(crosswalkKind),
  identifierOf: callable,
}

/** A package, and what it does not say. */
export interface WrittenCase {
  readonly package: CasePackage
  /** What writing in this version changed. */
  readonly differences: readonly CaseDifference[]
  /** What CASE cannot say of the crosswalks, and of which level is higher. */
  readonly losses: readonly CaseLoss[]
}

/**
 * The framework as a CASE package. Throws UsageError `usage.invalid_framework` where `checkFramework` finds an error, and
 * `usage.other_framework` where `base` is the package of another one; ParseError where it is not one.
 */
export function writeCase(framework: CompetencyFramework, options: WriteCaseOptions): WrittenCase {
  demandOptions(options, WRITE_CASE, { required: ['now'] })
  if (options.base !== undefined) demandCase(options.base)
  const error = checkFramework(framework).find(({ severity }) => severity === 'error')
  if (error !== undefined) throw new UsageError('usage.invalid_framework', error.message)
  const { base, version, crosswalks = [] } = options
  if (base !== undefined && canonicalUri(base.CFDocument.uri) !== canonicalUri(framework.id))
    throw new UsageError(
      'usage.other_framework',
      `"base" is the package of ${base.CFDocument.uri}, not of ${framework.id}`,
    )
  const target = version ?? (base === undefined ? '1.1' : versionOfCase(base))
  const writer = new Writer(framework, options, target)
  const titles = new Map(framework.competencies.map(({ id, name }) => [id, name]))
  const written = crosswalks.map((crosswalk) => writeAssociations(crosswalk, { ...options, version: target, titles }))
  const draft = writer.package(written.flatMap(({ associations }) => associations))
  const losses = [...writer.losses, ...written.flatMap((each) => each.losses)]
  if (base !== undefined && version === undefined) return { package: draft, differences: [], losses }
  return { ...convertRead(draft, { version: target, now: options.now }), losses }
}

class Writer {
  readonly losses: CaseLoss[] = []
  private readonly framework: CompetencyFramework
  private readonly options: WriteCaseOptions
  private readonly version: CaseVersion
  private readonly now: string
  private readonly items: ReadonlyMap<string, CaseItem>

  constructor(framework: CompetencyFramework, options: WriteCaseOptions, version: CaseVersion) {
    this.framework = framework
    this.options = options
    this.version = version
    this.now = `${options.now.toISOString().slice(0, -5)}Z`
    this.items = new Map((options.base?.CFItems ?? []).map((item) => [canonicalUri(item.uri), item]))
  }

  package(further: readonly CaseAssociation[]): CasePackage {
    const { base } = this.options
    const { id, name, version, competencies } = this.framework
    const CFItems = competencies.map((competency) => this.item(competency))
    const CFAssociations = [...this.associations(CFItems), ...further]
    const CFRubrics = this.rubrics()
    const document = {
      ...(base?.CFDocument ?? this.node(id)),
      title: name,
      creator: this.options.creator ?? base?.CFDocument.creator ?? 'unknown',
    }
    return {
      ...base,
      CFDocument: version === undefined ? document : { ...document, version },
      ...(base?.CFItems === undefined && CFItems.length === 0 ? {} : { CFItems }),
      ...(base?.CFAssociations === undefined && CFAssociations.length === 0 ? {} : { CFAssociations }),
      ...(base?.CFRubrics === undefined && CFRubrics.length === 0 ? {} : { CFRubrics }),
    }
  }

  private node(uri: string) {
    return { identifier: caseIdentifier(uri, this.options), uri, lastChangeDateTime: this.now }
  }

  private item(competency: Competency): CaseItem {
    const before = this.items.get(canonicalUri(competency.id))
    const { id, name, statement, code, educationLevel, subject, startDate, endDate } = competency
    if (before !== undefined) {
      const said = itemFacts(viewOf(before))
      const now = present({ ...said, name, statement, code, educationLevel, subject, startDate, endDate })
      if (isSameJson(now, said)) return before
    }
    const {
      abbreviatedStatement,
      humanCodingScheme,
      educationLevel: _,
      subject: __,
      statusStartDate,
      statusEndDate,
      ...kept
    } = before ?? (this.node(id) as CaseItem)
    return {
      ...kept,
      ...this.node(id),
      identifier: before?.identifier ?? caseIdentifier(id, this.options),
      fullStatement: statement ?? name,
      ...(statement === undefined ? {} : { abbreviatedStatement: name }),
      ...(code === undefined ? {} : { humanCodingScheme: code }),
      ...(educationLevel === undefined ? {} : { educationLevel }),
      ...(subject === undefined ? {} : { subject }),
      ...(startDate === undefined ? {} : { statusStartDate: startDate }),
      ...(endDate === undefined ? {} : { statusEndDate: endDate }),
    }
  }

  /** Those of `base` that still hold, in their order; then what is new. What is said of other frameworks stays. */
  private associations(items: readonly CaseItem[]): CaseAssociation[] {
    const { base } = this.options
    const links = new Map<string, CaseLink & { readonly uri: string }>(
      items.map(({ uri, identifier, fullStatement, abbreviatedStatement, humanCodingScheme }) => [
        canonicalUri(uri),
        { title: humanCodingScheme ?? abbreviatedStatement ?? fullStatement, identifier, uri },
      ]),
    )
    const byIdentifier = new Map(items.map(({ identifier, uri }) => [identifier.toLowerCase(), canonicalUri(uri)]))
    const linkTo = (id: string) =>
      links.get(canonicalUri(id)) ?? { title: id, identifier: uuidIn(id) ?? caseIdentifier(id, this.options), uri: id }
    const keyOf = (link: CaseLink) => {
      const key = canonicalUri(link.uri ?? '')
      return links.has(key) ? key : (byIdentifier.get(link.identifier?.toLowerCase() ?? '') ?? key)
    }
    const wanted = edgesOf(this.framework)
    const before = base === undefined ? wanted : edgesOf(readCase(base).framework)
    const placed = new Set<string>()
    const said = new Set<string>()
    const kept = (base?.CFAssociations ?? []).filter((association) => {
      const [from, to] = [keyOf(association.originNodeURI), keyOf(association.destinationNodeURI)]
      if ([from, to].some((key) => this.items.has(key) && !links.has(key))) return false
      const isPart = isHierarchical(association)
      if (!isPart && association.associationType !== 'replacedBy') return true
      const key = edgeKey(isPart ? 'part' : 'replaced', from, to)
      // What was not read of it was not taken away either.
      if (before.has(key) && !wanted.has(key)) return false
      if (association.associationType === 'isChildOf') placed.add(from)
      said.add(key)
      return true
    })
    const added = [...wanted].flatMap(([key, { kind, from, to, number }]) => {
      if (said.has(key)) return []
      if (kind === 'replaced') return [this.association('replacedBy', linkTo(from), linkTo(to))]
      // The tree that CASE software shows has one place for each item; a part of further sets is said otherwise.
      const isOurs = links.has(canonicalUri(from))
      const type = isOurs && !placed.has(canonicalUri(from)) ? 'isChildOf' : 'isPartOf'
      placed.add(canonicalUri(from))
      return [this.association(type, linkTo(from), linkTo(to), number)]
    })
    const { id, name } = this.framework
    const top = { title: name, identifier: base?.CFDocument.identifier ?? caseIdentifier(id, this.options), uri: id }
    for (const [index, { uri }] of items.entries()) {
      const key = canonicalUri(uri)
      if (placed.has(key) || this.items.has(key)) continue
      added.push(this.association('isChildOf', linkTo(uri), top, index + 1))
    }
    return [...kept, ...added]
  }

  private association(
    associationType: string,
    origin: CaseLink,
    destination: CaseLink,
    number?: number,
  ): CaseAssociation {
    const identifier = caseIdentifier(`${origin.uri} ${associationType} ${destination.uri}`, this.options)
    return {
      identifier,
      uri: `urn:uuid:${identifier}`,
      associationType,
      originNodeURI: origin,
      destinationNodeURI: destination,
      ...(number === undefined ? {} : { sequenceNumber: number }),
      lastChangeDateTime: this.now,
    }
  }

  /** Criteria of `base` whose levels have not changed stay; the levels that are new have a rubric of their own. */
  private rubrics(): CaseRubric[] {
    const left = new Map(
      this.framework.competencies.flatMap((competency) =>
        competency.levels === undefined ? [] : [[canonicalUri(competency.id), competency]],
      ),
    )
    const kept = (this.options.base?.CFRubrics ?? []).map((rubric) => {
      const criteria = rubric.CFRubricCriteria?.flatMap((criterion) => this.criterion(criterion, left))
      return criteria === undefined || sameItems(criteria, rubric.CFRubricCriteria ?? [])
        ? rubric
        : { ...rubric, CFRubricCriteria: criteria }
    })
    const criteria = [...left.values()].map((competency) => this.newCriterion(competency))
    if (criteria.length === 0) return kept
    const rubric = { ...this.node(`${this.framework.id}#rubric`), title: `${this.framework.name}: levels` }
    const identifier = caseIdentifier(rubric.uri, this.options)
    return [
      ...kept,
      { ...rubric, identifier, CFRubricCriteria: criteria.map((each) => ({ ...each, rubricId: identifier })) },
    ]
  }

  private criterion(criterion: CaseRubricCriterion, left: Map<string, Competency>): CaseRubricCriterion[] {
    // Servers write null for what is absent.
    const of = criterion.CFItemURI ?? undefined
    if (of === undefined) return [criterion]
    const item =
      this.items.get(canonicalUri(of.uri ?? '')) ??
      [...this.items.values()].find(({ identifier }) => identifier.toLowerCase() === of.identifier?.toLowerCase())
    const key = canonicalUri(item?.uri ?? of.uri ?? '')
    const competency = left.get(key)
    if (item === undefined) return [criterion]
    if (competency === undefined)
      return this.framework.competencies.some(({ id }) => canonicalUri(id) === key) ? [criterion] : []
    left.delete(key)
    const { levels = [] } = competency
    const isRead = (direction?: LevelDirection) => isSameScale(levelsOf(viewOf(criterion), direction), competency)
    if (isRead()) return [criterion]
    const direction = (['lowest-first', 'highest-first'] as const).find(isRead)
    if (direction !== undefined) return [this.withOrder(criterion, direction, competency)]
    const before = new Map(
      (criterion.CFRubricCriterionLevels ?? []).map((level) => [canonicalUri(level.uri ?? ''), level]),
    )
    const changed = {
      ...criterion,
      lastChangeDateTime: this.now,
      CFRubricCriterionLevels: this.levels(levels).map((level) => {
        const { quality, description, score, position, ...kept } = before.get(canonicalUri(level.uri ?? '')) ?? level
        return { ...kept, ...level }
      }),
    }
    return [this.ordered(changed, competency)]
  }

  private newCriterion(competency: Competency): CaseRubricCriterion {
    const { id, name, levels = [] } = competency
    const node = this.node(`${id}#criterion`)
    const identifier = caseIdentifier(`${id}#criterion`, this.options)
    const criterion = {
      ...node,
      identifier,
      CFItemURI: {
        title: name,
        identifier: this.items.get(canonicalUri(id))?.identifier ?? caseIdentifier(id, this.options),
        uri: id,
      },
      CFRubricCriterionLevels: this.levels(levels).map((level) => ({ ...level, rubricCriterionId: identifier })),
    }
    return this.ordered(criterion, competency)
  }

  private levels(levels: readonly RubricLevel[]) {
    return levels.map(({ id, name, description, points }, index) =>
      present({ ...this.node(id), quality: name, description, score: points, position: index + 1 }),
    )
  }

  /** What its scores and positions do not say is said besides. */
  private ordered(criterion: CaseRubricCriterion, competency: Competency): CaseRubricCriterion {
    const { extensions, ...rest } = criterion
    const { [LEVEL_ORDER]: _, ...others } = extensions ?? {}
    const bare = Object.keys(others).length === 0 ? rest : { ...rest, extensions: others }
    return levelsOf(bare).levelOrder === competency.levelOrder ? bare : this.withOrder(bare, 'lowest-first', competency)
  }

  private withOrder(
    criterion: CaseRubricCriterion,
    direction: LevelDirection,
    { id, name }: Competency,
  ): CaseRubricCriterion {
    if (this.version === '1.1')
      return { ...criterion, extensions: { ...criterion.extensions, [LEVEL_ORDER]: direction } }
    const message = `CASE 1.0 cannot say which of the levels of "${brief(name)}" is the highest: give them points`
    this.losses.push({ from: id, to: id, what: 'levelOrder', message })
    return criterion
  }
}

interface Edge {
  readonly kind: 'part' | 'replaced'
  readonly from: string
  readonly to: string
  readonly number: number
}

function edgeKey(kind: Edge['kind'], from: string, to: string): string {
  return JSON.stringify([kind, canonicalUri(from), canonicalUri(to)])
}

/** What the framework says by associations: from the part to the set, and from what was replaced to what took its place. */
function edgesOf({ competencies }: CompetencyFramework): Map<string, Edge> {
  const edges = new Map<string, Edge>()
  const add = (kind: Edge['kind'], from: string, to: string, index: number) =>
    edges.set(edgeKey(kind, from, to), { kind, from, to, number: index + 1 })
  for (const { id, parts = [], replacedBy = [] } of competencies) {
    for (const [index, part] of parts.entries()) add('part', part, id, index)
    for (const [index, by] of replacedBy.entries()) add('replaced', id, by, index)
  }
  return edges
}

function isSameScale(a: OrderedLevels, b: Competency): boolean {
  return (
    a.levelOrder === b.levelOrder &&
    isSameJson((a.levels ?? []) as unknown as Json, (b.levels ?? []) as unknown as Json)
  )
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}
