/**
 * The levels of a CFRubricCriterion, and which of them is the higher one. CASE 1.1 says of `score` that it is the points of a level, and of
 * `position` only where it stands in its criterion: rubrics are listed best first as often as lowest first.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import { pointer } from '../internal/json-pointer.js'
import type { Json } from '../internal/types.js'
import type { CaseFinding, CaseRubricCriterion, CaseRubricCriterionLevel, LevelDirection } from './case-types.js'
import { brief, present } from './reading.js'
import type { Competency, RubricLevel } from './types.js'

/** How this library says it in a file, since CASE has no word for it. */
export const LEVEL_ORDER = 'badgewrightLevelOrder'

type Levels = Pick<Competency, 'levels' | 'levelOrder'>

/**
 * By `score`, where each level has one of its own. Else by `position` (or, where no level has one, as they are listed), if the criterion or the
 * caller says which end is the higher one, and no scores contradict it. Else nobody knows. Words never rank.
 */
export function levelsOf(criterion: CaseRubricCriterion, direction?: LevelDirection): Levels {
  const { CFRubricCriterionLevels: listed = [] } = criterion
  const scores = listed.map(({ score }) => score)
  // The same for all of them says nothing.
  const isScored = new Set(scores).size > 1
  const read = (levels: readonly CaseRubricCriterionLevel[]) => levels.map((level) => levelOf(level, isScored))
  if (listed.length < 2) return { levels: listed.map((level) => levelOf(level, true)) }
  if (isScored && scores.every((score) => score !== undefined) && new Set(scores).size === listed.length)
    return { levels: read([...listed].sort((a, b) => (a.score ?? 0) - (b.score ?? 0))) }
  const shown = listed
    .map((level, index) => ({ level, rank: level.position ?? index }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ level }) => level)
  const told = toldBy(criterion) ?? direction
  const ordered = told === 'highest-first' ? [...shown].reverse() : shown
  return told !== undefined && hasPlaces(listed) && isRising(ordered, isScored)
    ? { levels: read(ordered) }
    : { levels: read(shown), levelOrder: 'unknown' }
}

function levelOf(level: CaseRubricCriterionLevel, isScored: boolean): RubricLevel {
  return present<RubricLevel>({
    id: level.uri,
    name: level.quality ?? level.description ?? level.identifier,
    description: level.quality === undefined ? undefined : level.description,
    points: isScored ? level.score : undefined,
  })
}

/** What the criterion says of itself. */
function toldBy({ extensions }: CaseRubricCriterion): LevelDirection | undefined {
  const told = isObject(extensions as Json) ? extensions?.[LEVEL_ORDER] : undefined
  return told === 'lowest-first' || told === 'highest-first' ? told : undefined
}

/** Each at a place of its own, or none at any. */
function hasPlaces(levels: readonly CaseRubricCriterionLevel[]): boolean {
  const positions = levels.map(({ position }) => position)
  return (
    positions.every((position) => position === undefined) ||
    (positions.every((position) => position !== undefined) && new Set(positions).size === levels.length)
  )
}

function isRising(levels: readonly CaseRubricCriterionLevel[], isScored: boolean): boolean {
  const scores = isScored ? levels.flatMap(({ score }) => score ?? []) : []
  return scores.every((score, index) => index === 0 || score > (scores[index - 1] ?? score))
}

/** What is odd about the levels of an item: two at one place or with one score, or an order that nobody says. */
export function levelFindings(
  criterion: CaseRubricCriterion,
  { levels: read = [], levelOrder }: Levels,
  of: string,
  place: string,
): CaseFinding[] {
  const { CFRubricCriterionLevels: levels = [] } = criterion
  const isByScore = levelOrder === undefined
  const found = [
    ...doubled(levels, 'position', of, place, isByScore),
    ...doubled(levels, 'score', of, place, isByScore),
  ]
  if (levelOrder === undefined) return found
  const names = read.map(({ name }) => `"${brief(name)}"`)
  const shown = names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')
  return [
    ...found,
    {
      code: 'case.level_order_unknown',
      severity: 'warning',
      pointer: place,
      message: `which of the levels of "${brief(of)}" is the highest: the first or the last of ${shown}? A position only says where a level is shown. Give each a score, or say the order when you read the package ("levelOrder")`,
    },
  ]
}

function doubled(
  levels: readonly CaseRubricCriterionLevel[],
  member: 'position' | 'score',
  of: string,
  place: string,
  isOrdered: boolean,
): CaseFinding[] {
  // All the same: nobody filled it in.
  if (member === 'score' && new Set(levels.map(({ score }) => score)).size < 2) return []
  const seen = new Map<number, string>()
  return levels.flatMap((level, index): CaseFinding[] => {
    const { [member]: value, quality, uri } = level
    if (value === undefined) return []
    const [name, other] = [quality ?? uri, seen.get(value)]
    seen.set(value, name)
    if (other === undefined) return []
    return [
      {
        code: 'case.same_rank',
        severity: 'error',
        pointer: pointer(pointer(place, 'CFRubricCriterionLevels'), index),
        message: `the levels "${brief(other)}" and "${brief(name)}" of "${brief(of)}" have the same ${member} ${value}${isOrdered ? '' : ': which one is higher?'}`,
      },
    ]
  })
}
