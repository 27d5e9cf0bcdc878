/**
 * May one badge stand in for another, and what differs?
 *
 * @module
 */

import { isSameJson } from '../internal/json-equal.js'
import { arrayOf, type Members, oneOf } from '../internal/members.js'
import type { Json } from '../internal/types.js'
import type { Achievement, Alignment, OpenBadgeCredential } from '../model/types.js'
import { ACHIEVEMENT_TYPES } from '../model/vocabulary.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { crosswalk, framework } from './arguments.js'
import { hasFailed } from './claims.js'
import { canonicalUri } from './identifiers.js'
import { plug as plugKind } from './plug-argument.js'
import { levelDifferences } from './plug-levels.js'
import { difference, type PlugDifference, type Side, type Sides, ways } from './plug-sides.js'
import { CompetencyIndex } from './routes.js'
import type { CompetencyFramework, Crosswalk } from './types.js'

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
  readonly frameworks?: readonly CompetencyFramework[] | undefined
  readonly crosswalks?: readonly Crosswalk[] | undefined
  /** Whether a badge about a set stands for each of its parts, as in a requirement. Default `itself`. */
  readonly covers?: 'parts' | 'itself' | undefined
}

const COMPARE: Members<ComparePlugsOptions> = {
  frameworks: arrayOf(framework),
  crosswalks: arrayOf(crosswalk),
  covers: oneOf('parts', 'itself'),
}

type Plug = Achievement | OpenBadgeCredential

/**
 * Compares two achievements, or two credentials with theirs. One stands in for another where it covers all its competencies, as a badge counts
 * for a requirement without a level: by the same URLs, exact matches, what it replaced, all parts of a set, and with `covers: 'parts'` by
 * a set; where a level on the other's scale can be read from its own, and what it reached (of achievements: what they require) is no
 * lower; where it was passed, if the other was; and where it brings evidence if the other does. Assessor, validity and kind differ
 * without blocking: whether they matter is the school's to say.
 */
export function comparePlugs(a: Plug, b: Plug, options: ComparePlugsOptions = {}): PlugComparison {
  demandArgument(a, plugKind, 'a')
  demandArgument(b, plugKind, 'b')
  demandOptions(options, COMPARE)
  const { frameworks = [], crosswalks = [], covers = 'itself' } = options
  const index = new CompetencyIndex(frameworks, crosswalks)
  const sides = [viewOf(a), viewOf(b)] as const
  const differences = [
    ...competencies(sides, index, covers),
    ...levelDifferences(sides, index),
    ...results(sides),
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

function viewOf(plug: Plug): Side {
  const credential = 'credentialSubject' in plug ? plug : undefined
  const achievement = 'credentialSubject' in plug ? plug.credentialSubject.achievement : plug
  const names = (achievement.alignment ?? []).filter(isNoRubric).map(({ targetUrl }) => targetUrl)
  return { achievement, credential, names: [...new Set(names)] }
}

function isNoRubric({ targetType }: Alignment): boolean {
  return targetType === undefined || !targetType.startsWith('CFRubric')
}

function competencies([a, b]: Sides, index: CompetencyIndex, covers: 'parts' | 'itself'): PlugDifference[] {
  if (a.names.length === 0 && b.names.length === 0 && canonicalUri(a.achievement.id) !== canonicalUri(b.achievement.id))
    return [difference('competencies', 'none', 'none', ways(true, true), 'neither says which competency it is')]
  const lacking = (side: Side, other: Side) => {
    const own = new Set([...side.names, side.achievement.id].map(canonicalUri))
    return other.names.filter((name) => !index.isCovered(name, own, covers))
  }
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

function results([a, b]: Sides): PlugDifference[] {
  const failed = ({ credential }: Side) => credential !== undefined && hasFailed(credential)
  const [failedA, failedB] = [failed(a), failed(b)]
  if (failedA === failedB) return []
  const words = (isFailed: boolean) => (isFailed ? 'not completed' : 'nothing failed')
  const message = 'one of them has a result that was never completed'
  return [difference('result', words(failedA), words(failedB), ways(failedA, failedB), message)]
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
