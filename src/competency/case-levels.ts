/**
 * The levels of a CFRubricCriterion, and which of them is the higher one. CASE 1.1 says of `score` that it is the points of a level, and of
 * `position` only where it stands in its criterion: rubrics are listed best first as often as lowest first.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import { pointer } from '../internal/json-pointer.js'
import type { Json } from '../internal/types.js'
import type { CaseFinding, CaseRubricCriterion, CaseRubricCriterionLevel } from './case-types.js'
import { askedOrder, type LevelDirection, type ListedLevel, type OrderedLevels, rankedLevels } from './rank-levels.js'
import { brief, present } from './reading.js'
import type { RubricLevel } from './types.js'

/** How this library says it in a file, since CASE has no word for it. */
export const LEVEL_ORDER = 'badgewrightLevelOrder'

/** By `score`; else by `position`, if the criterion or the caller says which end is the higher one. */
export function levelsOf(criterion: CaseRubricCriterion, direction?: LevelDirection): OrderedLevels {
  const { CFRubricCriterionLevels: listed = [] } = criterion
  return rankedLevels(listed.map(listedLevel), toldBy(criterion) ?? direction)
}

function listedLevel(level: CaseRubricCriterionLevel): ListedLevel {
  return {
    level: present<RubricLevel>({
      id: level.uri ?? '',
      name: level.quality ?? level.description ?? level.identifier ?? '',
      description: level.quality === undefined ? undefined : level.description,
      points: undefined,
    }),
    position: level.position,
    score: level.score,
  }
}

/** What the criterion says of itself. */
function toldBy({ extensions }: CaseRubricCriterion): LevelDirection | undefined {
  const told = isObject(extensions as Json) ? extensions?.[LEVEL_ORDER] : undefined
  return told === 'lowest-first' || told === 'highest-first' ? told : undefined
}

/** What is odd about the levels of an item: two at one place or with one score, or an order that nobody says. */
export function levelFindings(
  criterion: CaseRubricCriterion,
  read: OrderedLevels,
  of: string,
  place: string,
): CaseFinding[] {
  const { CFRubricCriterionLevels: levels = [] } = criterion
  const { levelOrder } = read
  const isByScore = levelOrder === undefined
  const found = [
    ...doubled(levels, 'position', of, place, isByScore),
    ...doubled(levels, 'score', of, place, isByScore),
  ]
  if (levelOrder === undefined) return found
  return [
    ...found,
    {
      code: 'case.level_order_unknown',
      severity: 'warning',
      pointer: place,
      message: askedOrder(read, brief(of)),
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
    const [name, other] = [quality ?? uri ?? '', seen.get(value)]
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
