/**
 * Levels of two badges: can the one's be read from the other's, and which is higher?
 *
 * @module
 */
import type { RubricCriterionLevel } from '../model/types.js'
import { levelOf, passedResults, type StatedLevel } from './claims.js'
import { canonicalUri } from './identifiers.js'
import { difference, type PlugDifference, type Side, type Sides, ways } from './plug-sides.js'
import type { CompetencyIndex } from './routes.js'

/** What differs in levels: the scales, and what was reached on them or is required. */
export function levelDifferences(sides: Sides, index: CompetencyIndex): PlugDifference[] {
  return [...scales(sides, index), ...reached(sides, index), ...requiredLevels(sides)]
}

function levelsIn({ achievement }: Side): RubricCriterionLevel[] {
  return (achievement.resultDescription ?? []).flatMap(({ rubricCriterionLevel = [] }) => rubricCriterionLevel)
}

/** Canonical ids of the framework levels that a level is aligned to. */
function targetsOf({ alignment = [] }: RubricCriterionLevel): string[] {
  return alignment.map(({ targetUrl }) => canonicalUri(targetUrl))
}

/** Levels of one side, and those on the other's competencies that they amount to. */
function amounting(levels: readonly string[], side: Side, other: Side, index: CompetencyIndex): Set<string> {
  const found = new Set(levels)
  for (const name of other.names) {
    const amounts = index.amountsTo(name, 'exact', true)
    for (const own of side.names)
      for (const level of levels)
        for (const amount of amounts.get(canonicalUri(own))?.get(level) ?? []) found.add(amount.level)
  }
  return found
}

function scales([a, b]: Sides, index: CompetencyIndex): PlugDifference[] {
  const isReadable = (side: Side, other: Side) => {
    if (levelsIn(other).length === 0) return true
    const wanted = levelsIn(other).flatMap(targetsOf)
    const own = amounting(levelsIn(side).flatMap(targetsOf), side, other, index)
    return wanted.length > 0 && wanted.every((level) => own.has(level))
  }
  const [aReads, bReads] = [isReadable(a, b), isReadable(b, a)]
  if (aReads && bReads) return []
  const names = (side: Side) =>
    levelsIn(side)
      .map(({ name }) => name)
      .join(' < ') || 'no rubric'
  const message =
    'a level on one scale cannot be read from the other: align both to the levels of one framework, or state a crosswalk of levels'
  return [difference('level scale', names(a), names(b), ways(!aReads, !bReads), message)]
}

/** What a badge reached, or where it is none what its achievement requires. */
function statedBy({ achievement, credential }: Side): Omit<StatedLevel, 'names'>[] {
  const results =
    credential === undefined
      ? (achievement.resultDescription ?? []).map(({ id }) => ({ type: ['Result'], resultDescription: id }))
      : passedResults(credential)
  return results.map((result) => levelOf(result, achievement)).filter(({ levels }) => levels.length > 0)
}

function reached([a, b]: Sides, index: CompetencyIndex): PlugDifference[] {
  const isEnough = (side: Side, other: Side) =>
    other.names.every((name) => {
      const wanted = levelsOn(name, other, other, index)
      return wanted.length === 0 || reaches(levelsOn(name, side, other, index), wanted, name, index)
    })
  const [aIsEnough, bIsEnough] = [isEnough(a, b), isEnough(b, a)]
  if (aIsEnough && bIsEnough) return []
  const aspect = a.credential === undefined && b.credential === undefined ? 'required level' : 'level reached'
  const message =
    aspect === 'required level'
      ? 'the level that passes is lower, not stated, or cannot be compared'
      : 'the level that was reached is lower, not stated, or cannot be compared'
  return [difference(aspect, wordsOf(a), wordsOf(b), ways(!aIsEnough, !bIsEnough), message)]
}

/** By each result that speaks of the competency, the levels there that it amounts to. */
function levelsOn(competency: string, side: Side, other: Side, index: CompetencyIndex): string[][] {
  const key = canonicalUri(competency)
  const speaks = ({ about }: Pick<StatedLevel, 'about'>) =>
    about.length === 0 || about.some((each) => each === key || !other.names.some((name) => canonicalUri(name) === each))
  return statedBy(side)
    .filter(speaks)
    .map(({ levels }) => [...amounting(levels, side, { ...other, names: [competency] }, index)])
}

/** Each result of the one at least as high as the lowest of the other. */
function reaches(
  own: readonly (readonly string[])[],
  wanted: readonly (readonly string[])[],
  competency: string,
  index: CompetencyIndex,
): boolean {
  const scale = index.scaleOf(competency)
  const ranksOf = (levels: readonly string[]) => levels.flatMap((level) => scale?.levels.get(level)?.rank ?? [])
  if (scale?.isOrdered !== true || wanted.every((levels) => ranksOf(levels).length === 0))
    return own.length > 0 && own.every((levels) => wanted.some((some) => some.some((level) => levels.includes(level))))
  const highest = (all: readonly (readonly string[])[]) =>
    all.flatMap((levels) => (ranksOf(levels).length === 0 ? [] : [Math.max(...ranksOf(levels))]))
  const [mine, theirs] = [highest(own), highest(wanted)]
  return mine.length > 0 && Math.min(...mine) >= Math.min(...theirs)
}

function wordsOf(side: Side): string {
  const { achievement, credential } = side
  const ids =
    credential === undefined
      ? (achievement.resultDescription ?? []).flatMap(({ requiredLevel = [] }) => requiredLevel)
      : passedResults(credential).flatMap(({ achievedLevel, resultDescription }) => {
          const scale = achievement.resultDescription?.find(({ id }) => id === resultDescription)
          return achievedLevel ?? scale?.requiredLevel ?? []
        })
  const names = ids.map((id) => levelsIn(side).find((level) => level.id === id)?.name ?? id)
  return names.join(', ') || 'none stated'
}

/** Where levels were reached, what the achievements require differs without blocking. */
function requiredLevels([a, b]: Sides): PlugDifference[] {
  if (a.credential === undefined && b.credential === undefined) return []
  const required = ({ achievement }: Side) =>
    (achievement.resultDescription ?? []).flatMap(
      ({ requiredLevel, rubricCriterionLevel = [] }) =>
        rubricCriterionLevel.find(({ id }) => id === requiredLevel) ?? [],
    )
  const targets = (side: Side) => required(side).flatMap(targetsOf).sort().join(' ')
  if (targets(a) === targets(b) && required(a).length === required(b).length) return []
  const words = (side: Side) =>
    required(side)
      .map(({ name }) => name)
      .join(', ') || 'none stated'
  return [difference('required level', words(a), words(b), [], 'the level that passes is not the same')]
}
