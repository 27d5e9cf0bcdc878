/**
 * The rubric of a row, criterion by criterion: evaluators among themselves, and beside what badges state.
 *
 * @module
 */
import { tQuantile } from '../internal/distributions.js'
import type { ResultDescription, RubricCriterionLevel } from '../model/result.js'
import { agreementReport } from './agreement-report.js'
import { type Rating, type RatingScale, ratingTable } from './ratings.js'
import { intervalOf, type ShareSettings } from './share.js'
import type { JudgedAnew } from './statements.js'
import type { CriterionRecord, StatedLevels } from './track-types.js'

interface Scale extends RatingScale {
  readonly points: readonly number[]
  readonly isOrdered: boolean
}

/** More levels than this are no rubric: agreement on them is not reckoned. */
const MOST_LEVELS = 1000

/** Whether badges of one version have different rubrics, and the criteria that have one. */
export function criteriaOf(
  judged: readonly JudgedAnew[],
  settings: ShareSettings,
): { readonly criteria: CriterionRecord[]; readonly varies: boolean } {
  const given = new Map<string, Map<string, JudgedAnew[]>>()
  for (const one of judged)
    for (const description of rated(one)) {
      const rubrics = given.get(description.id) ?? new Map<string, JudgedAnew[]>()
      given.set(description.id, rubrics)
      const key = rubricKey(description)
      const known = rubrics.get(key)
      if (known === undefined) rubrics.set(key, [one])
      else known.push(one)
    }
  const criteria = [...given]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([id, rubrics]) => {
      const [badges, another] = rubrics.values()
      return badges === undefined || another !== undefined ? [] : criterionOf(id, badges, settings)
    })
  return { criteria, varies: [...given.values()].some(({ size }) => size > 1) }
}

/** The descriptions on which somebody gave a level. */
function rated({ badge, statements }: JudgedAnew): ResultDescription[] {
  const named = new Set(statements.flatMap(({ levels }) => levels.map(({ criterion }) => criterion)))
  return badge.descriptions.filter(({ id }) => named.has(id))
}

/** The same for rubrics whose levels are the same, in whatever order they stand: not every proof signs it. */
const rubricKey = ({ rubricCriterionLevel = [] }: ResultDescription) =>
  JSON.stringify(rubricCriterionLevel.map(({ id, level, points }) => [id, level, points]).sort())

function criterionOf(id: string, judged: readonly JudgedAnew[], settings: ShareSettings): CriterionRecord[] {
  const [first] = judged
  const description = first?.badge.descriptions.find((one) => one.id === id)
  if (first === undefined || description === undefined) return []
  const scale = scaleOf(
    description.rubricCriterionLevel ?? [],
    judged.every(({ badge }) => badge.isOrdered),
  )
  // On a scale of one nobody can differ.
  if (scale.levels.length < 2 || scale.levels.length > MOST_LEVELS) return []
  const ratings = judged.flatMap(({ badge, statements }) =>
    statements.flatMap(({ evaluator, levels }) => {
      // One that names two levels of a criterion gave none.
      const [own, another] = levels.filter(({ criterion }) => criterion === id)
      return own === undefined || another !== undefined
        ? []
        : [{ item: badge.id, rater: evaluator.id, level: own.level }]
    }),
  )
  const { levels, points, isOrdered } = scale
  const { confidence } = settings
  return [
    {
      criterion: id,
      name: description.name,
      levels,
      isOrdered,
      agreement: agreementReport(ratingTable(ratings, { levels, points }), {
        confidence,
        scale: isOrdered ? 'ordered' : 'names',
      }),
      stated: statedLevels(id, judged, ratings, scale, settings),
    },
  ]
}

/** By points, else by level, where these are numbers and differ; else as they stand, where that was signed. Words never rank. */
function scaleOf(levels: readonly RubricCriterionLevel[], isSigned: boolean): Scale {
  for (const member of ['points', 'level'] as const) {
    const ranked = levels.map((level) => ({ id: level.id, value: Number.parseFloat(level[member] ?? '') }))
    const values = new Set(ranked.map(({ value }) => value))
    if (!ranked.every(({ value }) => Number.isFinite(value)) || values.size !== ranked.length) continue
    ranked.sort((a, b) => a.value - b.value)
    return { levels: ranked.map(({ id }) => id), points: ranked.map(({ value }) => value), isOrdered: true }
  }
  const ids = levels.map(({ id }) => id)
  if (!isSigned) ids.sort()
  return { levels: [...new Set(ids)], points: [...new Set(ids)].map((_, index) => index + 1), isOrdered: isSigned }
}

function statedLevels(
  criterion: string,
  judged: readonly JudgedAnew[],
  ratings: readonly Rating[],
  { levels, points, isOrdered }: Scale,
  settings: ShareSettings,
): StatedLevels {
  const pointsOf = (level: string) => points[levels.indexOf(level)] ?? Number.NaN
  const given = new Map<string, number[]>()
  for (const { item, level } of ratings) given.set(item, [...(given.get(item) ?? []), pointsOf(level)])
  const differences = judged.flatMap(({ badge }) => {
    const [own, another] = badge.stated.filter((one) => one.criterion === criterion)
    const others = given.get(badge.id) ?? []
    const stated = own === undefined || another !== undefined ? Number.NaN : pointsOf(own.level)
    if (others.length === 0 || Number.isNaN(stated)) return []
    return [others.reduce((sum, each) => sum + each, 0) / others.length - stated]
  })
  const badges = differences.length
  const count = (holds: (difference: number) => boolean) => differences.filter(holds).length
  const same = count((each) => Math.abs(each) < SAME)
  const lower = isOrdered ? count((each) => each <= -SAME) : 0
  const counts = { badges, same, lower, higher: isOrdered ? badges - same - lower : 0 }
  if (badges === 0) return counts
  const shares = { ...counts, interval: intervalOf(same, badges, settings) }
  return isOrdered ? { ...shares, ...meanOf(differences, settings.confidence) } : shares
}

const SAME = 1e-9

function meanOf(
  values: readonly number[],
  confidence: number,
): Pick<StatedLevels, 'difference' | 'differenceInterval'> {
  const n = values.length
  const difference = values.reduce((sum, each) => sum + each, 0) / n
  const squares = values.reduce((sum, each) => sum + (each - difference) ** 2, 0)
  if (n < 2 || squares < 1e-12) return { difference }
  const reach = tQuantile((1 + confidence) / 2, n - 1) * Math.sqrt(squares / (n - 1) / n)
  const differenceInterval = { low: difference - reach, high: difference + reach, confidence, method: 't' as const }
  return { difference, differenceInterval }
}
