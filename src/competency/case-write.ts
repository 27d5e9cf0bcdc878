/**
 * Writing CASE: a framework as a CFPackage, new or over the package it came from. Over one, only what has changed in the framework
 * changes; all else stays as it was, members that nobody knows too.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import { arrayOf, callable, date, type Members, record, text } from '../internal/members.js'
import { demandOptions } from '../report/demand-options.js'
import { caseVersion, crosswalk as crosswalkKind } from './arguments.js'
import { itemTexts, levelsOf } from './case.js'
import { type CaseDifference, convertRead } from './case-conversion.js'
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
import { canonicalUri } from './identifiers.js'
import { present } from './reading.js'
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
  /** What CASE cannot say of the crosswalks. */
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
  const writer = new Writer(framework, options)
  const target = version ?? (base === undefined ? '1.1' : versionOfCase(base))
  const titles = new Map(framework.competencies.map(({ id, name }) => [id, name]))
  const written = crosswalks.map((crosswalk) => writeAssociations(crosswalk, { ...options, version: target, titles }))
  const draft = writer.package(written.flatMap(({ associations }) => associations))
  const losses = written.flatMap((each) => each.losses)
  if (base !== undefined && version === undefined) return { package: draft, differences: [], losses }
  return { ...convertRead(draft, { version: target, now: options.now }), losses }
}

class Writer {
  private readonly framework: CompetencyFramework
  private readonly options: WriteCaseOptions
  private readonly now: string
  private readonly items: ReadonlyMap<string, CaseItem>

  constructor(framework: CompetencyFramework, options: WriteCaseOptions) {
    this.framework = framework
    this.options = options
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
    const { id, name, statement, code } = competency
    if (before !== undefined) {
      const texts = itemTexts(viewOf(before))
      if (texts.name === name && texts.statement === statement && texts.code === code) return before
    }
    const { abbreviatedStatement, humanCodingScheme, ...kept } = before ?? (this.node(id) as CaseItem)
    return {
      ...kept,
      ...this.node(id),
      identifier: before?.identifier ?? caseIdentifier(id, this.options),
      fullStatement: statement ?? name,
      ...(statement === undefined ? {} : { abbreviatedStatement: name }),
      ...(code === undefined ? {} : { humanCodingScheme: code }),
    }
  }

  /** Those of `base` that still hold, in their order; then what is new. */
  private associations(items: readonly CaseItem[]): CaseAssociation[] {
    const { base } = this.options
    const links = new Map<string, CaseLink>(
      items.map(({ uri, identifier, fullStatement, abbreviatedStatement, humanCodingScheme }) => [
        canonicalUri(uri),
        { title: humanCodingScheme ?? abbreviatedStatement ?? fullStatement, identifier, uri },
      ]),
    )
    const byIdentifier = new Map(items.map(({ identifier, uri }) => [identifier.toLowerCase(), canonicalUri(uri)]))
    const keyOf = ({ uri, identifier }: CaseLink) =>
      links.has(canonicalUri(uri))
        ? canonicalUri(uri)
        : (byIdentifier.get(identifier.toLowerCase()) ?? canonicalUri(uri))
    const wanted = new Map<string, { child: string; parent: string; number: number }>()
    for (const { id, parts = [] } of this.framework.competencies)
      for (const [index, part] of parts.entries()) {
        const [child, parent] = [canonicalUri(part), canonicalUri(id)]
        if (links.has(child)) wanted.set(`${child} ${parent}`, { child, parent, number: index + 1 })
      }
    const placed = new Set<string>()
    const kept = (base?.CFAssociations ?? []).filter((association) => {
      const [child, parent] = [keyOf(association.originNodeURI), keyOf(association.destinationNodeURI)]
      const gone = [child, parent].some((key) => this.items.has(key) && !links.has(key))
      if (gone) return false
      if (!isHierarchical(association)) return true
      if (association.associationType === 'isChildOf') placed.add(child)
      if (!links.has(child) || !links.has(parent)) return true
      return wanted.has(`${child} ${parent}`)
    })
    const said = new Set(
      kept
        .filter(isHierarchical)
        .map(({ originNodeURI, destinationNodeURI }) => `${keyOf(originNodeURI)} ${keyOf(destinationNodeURI)}`),
    )
    const added: CaseAssociation[] = []
    for (const [key, { child, parent, number }] of wanted) {
      if (said.has(key)) continue
      // The tree that CASE software shows has one place for each item; a part of further sets is said otherwise.
      const type = placed.has(child) ? 'isPartOf' : 'isChildOf'
      placed.add(child)
      added.push(this.association(type, links.get(child) as CaseLink, links.get(parent) as CaseLink, number))
    }
    const { id, name } = this.framework
    const top = { title: name, identifier: base?.CFDocument.identifier ?? caseIdentifier(id, this.options), uri: id }
    for (const [index, { uri }] of items.entries()) {
      const key = canonicalUri(uri)
      if (placed.has(key) || this.items.has(key)) continue
      added.push(this.association('isChildOf', links.get(key) as CaseLink, top, index + 1))
    }
    return [...kept, ...added]
  }

  private association(
    associationType: string,
    origin: CaseLink,
    destination: CaseLink,
    number: number,
  ): CaseAssociation {
    const identifier = caseIdentifier(`${origin.uri} ${associationType} ${destination.uri}`, this.options)
    return {
      identifier,
      uri: `urn:uuid:${identifier}`,
      associationType,
      originNodeURI: origin,
      destinationNodeURI: destination,
      sequenceNumber: number,
      lastChangeDateTime: this.now,
    }
  }

  /** Criteria of `base` whose levels have not changed stay; the levels that are new have a rubric of their own. */
  private rubrics(): CaseRubric[] {
    const left = new Map(
      this.framework.competencies.flatMap(({ id, levels }) =>
        levels === undefined ? [] : [[canonicalUri(id), levels]],
      ),
    )
    const kept = (this.options.base?.CFRubrics ?? []).map((rubric) => {
      const criteria = rubric.CFRubricCriteria?.flatMap((criterion) => this.criterion(criterion, left))
      return criteria === undefined || sameItems(criteria, rubric.CFRubricCriteria ?? [])
        ? rubric
        : { ...rubric, CFRubricCriteria: criteria }
    })
    const criteria = this.framework.competencies.flatMap((competency) => {
      const levels = left.get(canonicalUri(competency.id))
      return levels === undefined ? [] : [this.newCriterion(competency, levels)]
    })
    if (criteria.length === 0) return kept
    const rubric = { ...this.node(`${this.framework.id}#rubric`), title: `${this.framework.name}: levels` }
    const identifier = caseIdentifier(rubric.uri, this.options)
    return [
      ...kept,
      { ...rubric, identifier, CFRubricCriteria: criteria.map((each) => ({ ...each, rubricId: identifier })) },
    ]
  }

  private criterion(criterion: CaseRubricCriterion, left: Map<string, readonly RubricLevel[]>): CaseRubricCriterion[] {
    // Servers write null for what is absent.
    const of = criterion.CFItemURI ?? undefined
    if (of === undefined) return [criterion]
    const item =
      this.items.get(canonicalUri(of.uri)) ??
      [...this.items.values()].find(({ identifier }) => identifier.toLowerCase() === of.identifier?.toLowerCase())
    const key = canonicalUri(item?.uri ?? of.uri)
    const levels = left.get(key)
    if (item === undefined) return [criterion]
    if (levels === undefined)
      return this.framework.competencies.some(({ id }) => canonicalUri(id) === key) ? [criterion] : []
    left.delete(key)
    if (JSON.stringify(levelsOf(viewOf(criterion))) === JSON.stringify(levels)) return [criterion]
    const before = new Map((criterion.CFRubricCriterionLevels ?? []).map((level) => [canonicalUri(level.uri), level]))
    return [
      {
        ...criterion,
        lastChangeDateTime: this.now,
        CFRubricCriterionLevels: this.levels(levels).map((level) => {
          const { quality, description, score, position, ...kept } = before.get(canonicalUri(level.uri)) ?? level
          return { ...kept, ...level }
        }),
      },
    ]
  }

  private newCriterion({ id, name }: Competency, levels: readonly RubricLevel[]): CaseRubricCriterion {
    const node = this.node(`${id}#criterion`)
    const identifier = caseIdentifier(`${id}#criterion`, this.options)
    return {
      ...node,
      identifier,
      CFItemURI: {
        title: name,
        identifier: this.items.get(canonicalUri(id))?.identifier ?? caseIdentifier(id, this.options),
        uri: id,
      },
      CFRubricCriterionLevels: this.levels(levels).map((level) => ({ ...level, rubricCriterionId: identifier })),
    }
  }

  private levels(levels: readonly RubricLevel[]) {
    return levels.map(({ id, name, description, points }, index) =>
      present({ ...this.node(id), quality: name, description, score: points, position: index + 1 }),
    )
  }
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}
