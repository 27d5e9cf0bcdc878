/**
 * `--level`: which level of which rubric was reached, by its name or id.
 *
 * @module
 */
import type { Achievement, ResultInput } from '../entries/index.js'
import { misuse } from './failure.js'

interface Level {
  readonly id: string
  readonly name: string
  readonly description: { readonly id: string; readonly name: string }
}

/** Names are compared as they are, then without case. Throws CommandFailure 64 with the levels that there are. */
export function resultFor(
  achievement: Pick<Achievement, 'resultDescription'>,
  wanted: string,
  label = '--level',
): ResultInput {
  const levels: Level[] = (achievement.resultDescription ?? []).flatMap(({ id, name, rubricCriterionLevel = [] }) =>
    rubricCriterionLevel.map((level) => ({ id: level.id, name: level.name, description: { id, name } })),
  )
  if (levels.length === 0)
    throw misuse(`${label}: the achievement has no rubric ("resultDescription" with "rubricCriterionLevel")`)
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  const qualified = ({ name, description }: Level) => `${description.name}/${name}`
  const ways: ((level: Level) => boolean)[] = [
    ({ id }) => id === wanted,
    ({ name }) => name === wanted,
    (level) => qualified(level) === wanted,
    ({ name }) => same(name, wanted),
    (level) => same(qualified(level), wanted),
  ]
  for (const way of ways) {
    const found = levels.filter(way)
    if (found.length > 1)
      throw misuse(
        `${label} ${wanted} is in several rubrics: say ${found.map(qualified).join(' or ')}, or give the level's id`,
      )
    const [level] = found
    if (level !== undefined) return { resultDescription: level.description.id, achievedLevel: level.id }
  }
  throw misuse(`${label}: there is no level ${wanted}: there are ${levels.map(({ name }) => name).join(', ')}`)
}
