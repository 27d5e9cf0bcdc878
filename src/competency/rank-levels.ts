/**
 * Which of the levels of a rubric is the higher one. Formats say where a level is shown, and what it is worth: only the second is an order, since
 * rubrics are listed best first as often as lowest first.
 *
 * @module
 */
import type { Competency, RubricLevel } from './types.js'

/** Which end of a rubric is listed first. */
export type LevelDirection = 'lowest-first' | 'highest-first'

/** A level as a format has it. */
export interface ListedLevel {
  /** Without points. */
  readonly level: RubricLevel
  /** Where it is shown. */
  readonly position?: number | undefined
  /** What it is worth. */
  readonly score?: number | undefined
}

export type OrderedLevels = Pick<Competency, 'levels' | 'levelOrder'>

/**
 * By score, where each level has one of its own. Else by position (or, where no level has one, as they are listed), if somebody said which end is
 * the higher one (`told`), and no scores contradict it. Else nobody knows. Words never rank. One score for all of them says nothing.
 */
export function rankedLevels(listed: readonly ListedLevel[], told: LevelDirection | undefined): OrderedLevels {
  const scores = listed.map(({ score }) => score)
  const isScored = new Set(scores).size > 1 || listed.length === 1
  const read = (levels: readonly ListedLevel[]) =>
    levels.map(({ level, score }) => (isScored && score !== undefined ? { ...level, points: score } : level))
  if (listed.length < 2) return { levels: read(listed) }
  if (isScored && scores.every((score) => score !== undefined) && new Set(scores).size === listed.length)
    return { levels: read([...listed].sort((a, b) => (a.score ?? 0) - (b.score ?? 0))) }
  const shown = listed
    .map((each, index) => ({ each, rank: each.position ?? index }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ each }) => each)
  const ordered = told === 'highest-first' ? [...shown].reverse() : shown
  return told !== undefined && hasPlaces(listed) && isRising(ordered, isScored)
    ? { levels: read(ordered) }
    : { levels: read(shown), levelOrder: 'unknown' }
}

/** Each at a place of its own, or none at any. */
function hasPlaces(levels: readonly ListedLevel[]): boolean {
  const positions = levels.map(({ position }) => position)
  return (
    positions.every((position) => position === undefined) ||
    (positions.every((position) => position !== undefined) && new Set(positions).size === levels.length)
  )
}

function isRising(levels: readonly ListedLevel[], isScored: boolean): boolean {
  const scores = isScored ? levels.flatMap(({ score }) => score ?? []) : []
  return scores.every((score, index) => index === 0 || score > (scores[index - 1] ?? score))
}

/** The question that is left where nobody said the order. */
export function askedOrder({ levels = [] }: OrderedLevels, of: string): string {
  const names = levels.map(({ name }) => `"${name.slice(0, 60)}"`)
  const shown = names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')
  return `which of the levels of "${of}" is the highest: the first or the last of ${shown}? A position only says where a level is shown. Give each a score, or say the order when you read it ("levelOrder")`
}
