/**
 * Where a badge names its competencies. Open Badges 3.0 let an alignment stand at the achievement, at a ResultDescription, at a rubric level and at
 * a Result (1EdTech/openbadges-specification issues 637 and 647), for competencies and for levels alike.
 *
 * The policy: at the achievement every target is named. Further down a target is a competency if a framework that is known has it as one, and a level
 * if it has it as that. What stands at a ResultDescription, at a level or at a Result counts with a result that passed: of that description, at
 * that level, that result itself.
 *
 * @module
 */
import { pointer } from '../internal/json-pointer.js'
import type { Achievement, Alignment, Result } from '../model/types.js'
import { canonicalUri } from './identifiers.js'

/** Where an alignment stands. */
export type AlignmentPlace = 'alignment' | 'resultDescription' | 'level' | 'result'

/** An alignment with its place. */
export interface PlacedAlignment {
  readonly place: AlignmentPlace
  readonly alignment: Alignment
  /** RFC 6901, into the achievement. Of a result: into the AchievementSubject. */
  readonly pointer: string
}

const listed = (alignments: readonly Alignment[] | undefined, place: AlignmentPlace, base: string): PlacedAlignment[] =>
  [alignments ?? []]
    .flat()
    .map((alignment, index) => ({ place, alignment, pointer: pointer(pointer(base, 'alignment'), index) }))

/** All alignments that an achievement has, those of the achievement itself first. */
export function alignmentsOf({ alignment, resultDescription = [] }: Achievement): PlacedAlignment[] {
  return [
    ...listed(alignment, 'alignment', ''),
    ...resultDescription.flatMap((description, index) => {
      const base = `/resultDescription/${index}`
      return [
        ...listed(description.alignment, 'resultDescription', base),
        ...(description.rubricCriterionLevel ?? []).flatMap((level, rank) =>
          listed(level.alignment, 'level', `${base}/rubricCriterionLevel/${rank}`),
        ),
      ]
    }),
  ]
}

/** A competency that a result speaks of, by one of its places. */
export interface NamedByResult {
  readonly place: Exclude<AlignmentPlace, 'alignment'>
  /** As it is written. */
  readonly id: string
}

/** What a result that passed says of competencies: its description, the level that was reached or is required, and the result itself. */
export function namedByResult(
  result: Result,
  { resultDescription = [] }: Achievement,
  isCompetency: (id: string) => boolean,
): NamedByResult[] {
  const description = resultDescription.find(({ id }) => id === result.resultDescription)
  const own = [result.alignment ?? []].flat()
  const wanted = result.achievedLevel ?? (own.length === 0 ? description?.requiredLevel : undefined)
  const level = description?.rubricCriterionLevel?.find(({ id }) => id === wanted)
  const places = [
    ['resultDescription', description?.alignment],
    ['level', level?.alignment],
    ['result', own],
  ] as const
  return places.flatMap(([place, alignments]) =>
    [alignments ?? []]
      .flat()
      .filter(({ targetUrl }) => isCompetency(canonicalUri(targetUrl)))
      .map(({ targetUrl }) => ({ place, id: targetUrl })),
  )
}
