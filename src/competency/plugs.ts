/**
 * May one badge stand in for another, and what differs?
 *
 * @module
 */

import { isSameJson } from '../internal/json-equal.js'
import type { Json } from '../internal/types.js'
import type { Achievement, Alignment, OpenBadgeCredential, ResultDescription } from '../model/types.js'
import { ACHIEVEMENT_TYPES } from '../model/vocabulary.js'
import { canonicalUri } from './identifiers.js'
import { CompetencyIndex } from './routes.js'
import type { CompetencyFramework, Crosswalk } from './types.js'

/** One thing in which two badges differ. */
export interface PlugDifference {
  readonly aspect: 'competencies' | 'level scale' | 'required level' | 'evidence' | 'assessor' | 'validity' | 'kind'
  /** What each side has, in words or URLs. */
  readonly a: string
  readonly b: string
  /** Whether, because of it, one may not stand in for the other. */
  readonly blocks: readonly ('a-for-b' | 'b-for-a')[]
  readonly message: string
}

/** Whether one badge can stand in for another. */
export interface PlugComparison {
  /** May the first be shown where the second is asked for? */
  readonly aForB: boolean
  readonly bForA: boolean
  readonly differences: readonly PlugDifference[]
  /** For people. */
  readonly summary: string
}

/** What the words of the two badges mean. */
export interface ComparePlugsOptions {
  readonly frameworks?: readonly CompetencyFramework[]
  readonly crosswalks?: readonly Crosswalk[]
}

type Plug = Achievement | OpenBadgeCredential

/**
 * Compares two achievements, or two credentials with theirs. One stands in for another where it covers all its competencies (by the
 * same URLs, exact matches, or a set), where a level on the other's scale can be read from its own, and where it brings evidence if
 * the other does. Assessor, validity and kind differ without blocking: whether they matter is the school's to say.
 */
export function comparePlugs(
  a: Plug,
  b: Plug,
  { frameworks = [], crosswalks = [] }: ComparePlugsOptions = {},
): PlugComparison {
  const index = new CompetencyIndex(frameworks, crosswalks)
  const sides = [viewOf(a), viewOf(b)] as const
  const differences = [
    ...competencies(sides, index),
    ...scales(sides, index),
    ...requiredLevels(sides),
    ...evidence(sides),
    ...plain(sides),
  ]
  const free = (way: 'a-for-b' | 'b-for-a') => !differences.some(({ blocks }) => blocks.includes(way))
  const [aForB, bForA] = [free('a-for-b'), free('b-for-a')]
  const [nameA, nameB] = sides.map(({ achievement }) => `"${achievement.name}"`) as [string, string]
  const verdict =
    aForB && bForA
      ? `${nameA} and ${nameB} may stand in for each other`
      : aForB
        ? `${nameA} may stand in for ${nameB}, but not the other way round`
        : bForA
          ? `${nameB} may stand in for ${nameA}, but not the other way round`
          : `neither of ${nameA} and ${nameB} may stand in for the other`
  const aspects = [...new Set(differences.map(({ aspect }) => aspect))]
  return {
    aForB,
    bForA,
    differences,
    summary: `${verdict}${aspects.length === 0 ? '.' : `; they differ in ${aspects.join(', ')}.`}`,
  }
}

interface Side {
  readonly achievement: Achievement
  readonly credential: OpenBadgeCredential | undefined
  /** What it names: alignments to anything but rubrics, and itself. */
  readonly names: readonly string[]
}

type Sides = readonly [Side, Side]

function viewOf(plug: Plug): Side {
  const credential = 'credentialSubject' in plug ? plug : undefined
  const achievement = 'credentialSubject' in plug ? plug.credentialSubject.achievement : plug
  const names = (achievement.alignment ?? []).filter(isNoRubric).map(({ targetUrl }) => targetUrl)
  return { achievement, credential, names: [...new Set(names)] }
}

function isNoRubric({ targetType }: Alignment): boolean {
  return targetType === undefined || !targetType.startsWith('CFRubric')
}

function ways(aLacks: boolean, bLacks: boolean): PlugDifference['blocks'] {
  return [...(aLacks ? (['a-for-b'] as const) : []), ...(bLacks ? (['b-for-a'] as const) : [])]
}

function competencies([a, b]: Sides, index: CompetencyIndex): PlugDifference[] {
  if (a.names.length === 0 && b.names.length === 0 && canonicalUri(a.achievement.id) !== canonicalUri(b.achievement.id))
    return [difference('competencies', 'none', 'none', ways(true, true), 'neither says which competency it is')]
  const lacking = (side: Side, other: Side) =>
    other.names.filter((name) => {
      const routes = index.routesTo(name, false)
      return ![...side.names, side.achievement.id].some((own) =>
        routes.get(canonicalUri(own))?.some(({ conflict }) => !conflict),
      )
    })
  const [aLacks, bLacks] = [lacking(a, b), lacking(b, a)]
  // What names no competency covers nothing, though there is nothing it lacks.
  const nameless = (side: Side) =>
    side.names.length === 0 && canonicalUri(a.achievement.id) !== canonicalUri(b.achievement.id)
  const [aBlocks, bBlocks] = [aLacks.length > 0 || nameless(b), bLacks.length > 0 || nameless(a)]
  if (!aBlocks && !bBlocks) return []
  const message = [
    ...(aLacks.length > 0 ? [`the first lacks ${aLacks.join(', ')}`] : []),
    ...(bLacks.length > 0 ? [`the second lacks ${bLacks.join(', ')}`] : []),
    ...([a, b].some(nameless) ? ['one of them does not say which competency it is'] : []),
  ].join('; ')
  return [
    difference(
      'competencies',
      a.names.join(', ') || 'none',
      b.names.join(', ') || 'none',
      ways(aBlocks, bBlocks),
      message,
    ),
  ]
}

/** The framework levels that a scale can state. */
function levelsOf({ achievement }: Side): readonly string[] {
  return (achievement.resultDescription ?? []).flatMap(({ rubricCriterionLevel = [] }) =>
    rubricCriterionLevel.flatMap(({ alignment = [] }) => alignment.map(({ targetUrl }) => canonicalUri(targetUrl))),
  )
}

function hasRubric({ achievement }: Side): boolean {
  return (achievement.resultDescription ?? []).some(({ rubricCriterionLevel = [] }) => rubricCriterionLevel.length > 0)
}

function scales([a, b]: Sides, index: CompetencyIndex): PlugDifference[] {
  const readable = (side: Side, other: Side) => {
    if (!hasRubric(other)) return true
    const wanted = levelsOf(other)
    const own = new Set(levelsOf(side))
    for (const name of other.names)
      for (const [key, routes] of index.routesTo(name, false))
        if (side.names.some((each) => canonicalUri(each) === key))
          for (const { levels, conflict } of routes)
            if (!conflict && levels !== undefined && levels !== 'same')
              for (const [from, to] of levels) if (own.has(from)) own.add(to)
    return wanted.length > 0 && wanted.every((level) => own.has(level))
  }
  const [aReads, bReads] = [readable(a, b), readable(b, a)]
  if (aReads && bReads) return []
  const names = ({ achievement }: Side) =>
    (achievement.resultDescription ?? []).flatMap(scaleNames).join(' < ') || 'no rubric'
  const message =
    'a level on one scale cannot be read from the other: align both to the levels of one framework, or state a crosswalk of levels'
  return [difference('level scale', names(a), names(b), ways(!aReads, !bReads), message)]
}

function scaleNames({ rubricCriterionLevel = [] }: ResultDescription): string[] {
  return rubricCriterionLevel.map(({ name }) => name)
}

function requiredLevels([a, b]: Sides): PlugDifference[] {
  const required = ({ achievement }: Side) =>
    (achievement.resultDescription ?? []).flatMap(({ requiredLevel, rubricCriterionLevel = [] }) => {
      const level = rubricCriterionLevel.find(({ id }) => id === requiredLevel)
      return level === undefined ? [] : [level]
    })
  const targets = (side: Side) =>
    required(side)
      .flatMap(({ alignment = [] }) => alignment.map(({ targetUrl }) => canonicalUri(targetUrl)))
      .sort()
  const [wantA, wantB] = [targets(a), targets(b)]
  if (isSameJson(wantA, wantB) && required(a).length === required(b).length) return []
  const words = (side: Side) =>
    required(side)
      .map(({ name }) => name)
      .join(', ') || 'none stated'
  // The least that each means differs; what a holder reached may still do.
  return [difference('required level', words(a), words(b), [], 'the level that passes is not the same')]
}

function evidence([a, b]: Sides): PlugDifference[] {
  if (a.credential === undefined || b.credential === undefined) return []
  const brings = ({ credential }: Side) =>
    (credential?.evidence ?? []).some(({ id, narrative }) => id !== undefined || narrative !== undefined)
  const [has, hasB] = [brings(a), brings(b)]
  if (has === hasB) return []
  const words = (yes: boolean) => (yes ? 'evidence' : 'no evidence')
  return [difference('evidence', words(has), words(hasB), ways(!has, !hasB), 'only one of them brings evidence')]
}

/** What differs without blocking. */
function plain([a, b]: Sides): PlugDifference[] {
  const assessor = ({ achievement, credential }: Side): string =>
    credential?.credentialSubject.source?.id ??
    (credential === undefined ? achievement.creator?.id : idOf(credential.issuer)) ??
    'not said'
  const lasts = ({ credential }: Side) => credential?.validUntil ?? 'no end'
  const kind = ({ achievement: { achievementType } }: Side): string =>
    achievementType === undefined || !(ACHIEVEMENT_TYPES as readonly string[]).includes(achievementType)
      ? (achievementType ?? 'not said')
      : achievementType
  const rows = [
    ['assessor', assessor, 'somebody else assesses'],
    ['validity', lasts, 'they are not valid equally long'],
    ['kind', kind, 'they are different kinds of achievement'],
  ] as const
  return rows.flatMap(([aspect, of, message]) => {
    const [left, right] = [of(a), of(b)]
    return isSameJson(left as Json, right as Json) ? [] : [difference(aspect, left, right, [], message)]
  })
}

function idOf(issuer: OpenBadgeCredential['issuer']): string {
  return typeof issuer === 'string' ? issuer : issuer.id
}

function difference(
  aspect: PlugDifference['aspect'],
  a: string,
  b: string,
  blocks: PlugDifference['blocks'],
  message: string,
): PlugDifference {
  return { aspect, a, b, blocks, message }
}
