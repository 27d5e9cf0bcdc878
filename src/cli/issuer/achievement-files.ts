/**
 * What an issuer awards: a file for each achievement in its folder, so that two who add one at once lose neither.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { type Achievement, type AchievementInput, createAchievement } from '../../entries/index.js'
import type { JsonObject } from '../../internal/types.js'
import { hashHex } from '../../platform/hash.js'
import { readJsonObject, readJsonObjects } from '../documents.js'
import { EXIT } from '../exit.js'
import { about, CommandFailure, misuse } from '../failure.js'
import { toJson } from '../printable.js'
import type { Session } from '../session.js'
import { didYouMean } from '../suggest.js'
import { type At, FILES } from './layout.js'

/** In the order of their ids. Throws CommandFailure 65. */
export async function readAchievements(at: At, session: Session): Promise<readonly Achievement[]> {
  const found = new Map<string, Achievement>()
  const take = (file: string, document: JsonObject, place = '') => {
    if (typeof document.id !== 'string')
      // A fresh id at each start would make it another achievement each time.
      throw new CommandFailure(EXIT.data, `${file}: ${place || 'the achievement'} has no "id"`)
    if (found.has(document.id))
      throw new CommandFailure(EXIT.data, `${file}: the achievement ${document.id} stands in another file too`)
    found.set(document.id, createAchievement(document as unknown as AchievementInput))
  }
  const whole = at(FILES.achievementsFile)
  if (existsSync(whole))
    for (const [index, document] of (await readJsonObjects(whole, 'a JSON array of achievements', session)).entries())
      await about(whole, () => take(whole, document, `achievement ${index}`))
  const names = existsSync(at(FILES.achievements)) ? await readdir(at(FILES.achievements)) : []
  for (const name of names.filter((each) => each.endsWith('.json')).sort()) {
    const file = at(`${FILES.achievements}/${name}`)
    const document = await readJsonObject(file, 'an achievement', session)
    await about(file, () => take(file, document))
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** By its id, the last part of that, or its name. Throws CommandFailure 64. */
export function achievementNamed(name: string, achievements: readonly Achievement[]): Achievement {
  const found = lookUp(name, achievements)
  if (found.length > 1) throw misuse(`there are ${found.length} achievements called ${name}: say the id`)
  if (found[0] !== undefined) return found[0]
  const known = achievements.flatMap(({ id, name }) => [id, slugOf(id), name])
  throw misuse(
    `this issuer has no achievement ${name}${didYouMean(name, known)}`,
    achievements.length === 0
      ? 'It has none yet: badgewright achievements add <file>'
      : 'badgewright achievements list shows what it has',
  )
}

export function lookUp(name: string, achievements: readonly Achievement[]): readonly Achievement[] {
  const ways = [
    (each: Achievement) => each.id === name,
    (each: Achievement) => slugOf(each.id) === name,
    (each: Achievement) => each.name === name,
  ]
  return ways.map((way) => achievements.filter(way)).find((found) => found.length > 0) ?? []
}

export interface Added {
  readonly achievement: Achievement
  readonly file: string
}

/**
 * Takes an achievement up. `replace`: what stands under its id goes, in this file; badges of before say what it said then. Throws CommandFailure 64
 * where the id is taken.
 */
export async function addAchievement(
  at: At,
  document: JsonObject,
  { idOf, replace }: { readonly idOf: (slug: string) => string; readonly replace: boolean },
  session: Session,
): Promise<Added> {
  const given = document as unknown as AchievementInput
  const achievement = createAchievement(given.id === undefined ? { ...given, id: idOf(slugOf(given.name)) } : given)
  const before = (await readAchievements(at, session)).find(({ id }) => id === achievement.id)
  if (before !== undefined && !replace)
    throw misuse(
      `there is an achievement ${achievement.id} already: by its id, badges of it are recognized`,
      'To change what it says from now on: --replace. For another achievement: give it an "id" of its own',
    )
  const file = `${FILES.achievements}/${fileName(achievement.id)}`
  if (before !== undefined && !existsSync(at(file)))
    throw misuse(`${achievement.id} stands in another file of the folder: change it there`)
  await mkdir(at(FILES.achievements), { recursive: true, mode: 0o700 })
  // Two at once: the second is told that the file is there.
  await session.files.write(at(file), `${toJson(achievement, 2)}\n`, { replace })
  return { achievement, file }
}

/** What a person would call it, of an id or a name: `https://school.example/achievements/giving-feedback` is `giving-feedback`. */
export function slugOf(text: string): string {
  const last = text.split(/[/:#]/).findLast((part) => part !== '') ?? text
  const plain = last
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  return plain.slice(0, 60) || 'achievement'
}

/** One file for each id, readable, and never another's. */
const fileName = (id: string): string => `${slugOf(id)}-${hashHex('SHA-256', id).slice(0, 12)}.json`
