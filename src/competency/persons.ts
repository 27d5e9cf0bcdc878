/**
 * Whose badges are they? Each report may have been verified for its own recipient: together they speak of one person only where the subjects
 * have a name in common, or the caller says who the person is.
 *
 * @module
 */
import { groupsSharing } from '../internal/groups.js'
import { type Named, named, type Person } from '../model/person.js'
import type { AchievementSubject, IdentityObject } from '../model/types.js'
import { isAbout } from '../verify/checks/recipient.js'
import type { AssessOptions } from './types.js'

type Subject = Pick<AchievementSubject, 'id' | 'identifier'>

/** Hashes that are tried, to find out whether two names are one. */
const MAX_TRIALS = 1000

/** Whom the caller names; undefined where they name nobody. */
export function namedPerson(person: AssessOptions['person']): readonly Named[] | undefined {
  if (typeof person !== 'object') return undefined
  return ([person].flat() as readonly Person[]).map(named)
}

/** Is it about the person, by any of their names? */
export function isAboutPerson(subject: Subject, person: readonly Named[]): boolean {
  return person.some((name) => isAbout(subject, name))
}

/**
 * By person, as far as they can be told to be one: those that share an id or an identifier, in clear or by its hash. A shared name
 * (identifier type `name`) makes nobody one person.
 */
export function personsAmong<T>(items: readonly T[], subjectOf: (item: T) => Subject): T[][] {
  const names = new Map(items.map((item) => [item, namesOf(subjectOf(item))]))
  const all = [...names.values()].flat()
  const inClear = new Map(all.flatMap(({ key, identity }) => (identity.hashed ? [] : [[key, identity] as const])))
  const aliases = new Map<string, string>()
  let trials = 0
  for (const { key, identity } of all) {
    if (!identity.hashed || aliases.has(key)) continue
    for (const [name, { identityType, identityHash }] of inClear) {
      if (++trials > MAX_TRIALS) break
      const who = { type: identityType, value: identityHash } as Named
      if (isAbout({ identifier: [identity] }, who)) aliases.set(key, name)
    }
  }
  return groupsSharing(items, (item) => {
    const { id } = subjectOf(item)
    const keys = (names.get(item) ?? []).flatMap(({ key }) => [key, aliases.get(key) ?? key])
    return id === undefined ? keys : [JSON.stringify(['id', id]), ...keys]
  })
}

/** A subject by what tells people apart: equal keys are one identifier. */
function namesOf({ identifier }: Subject): { key: string; identity: IdentityObject }[] {
  const telling = [identifier ?? []].flat().filter(({ identityType }) => identityType !== 'name')
  return telling.map((identity) => {
    const { identityType, identityHash, hashed, salt = '' } = identity
    const isEmail = identityType === 'emailAddress' && !hashed
    return {
      key: JSON.stringify([identityType, isEmail ? identityHash.toLowerCase() : identityHash, hashed ? salt : '']),
      identity,
    }
  })
}

/** Does it name anybody? */
export function namesSomebody({ id, identifier }: Subject): boolean {
  return id !== undefined || [identifier ?? []].flat().length > 0
}

/** For people: the id, an identifier in clear, or that it is a hash. */
export function shownSubject({ id, identifier }: Subject): string {
  const [first] = [identifier ?? []].flat()
  return (
    id ??
    (first === undefined ? 'nobody' : first.hashed ? `${first.identityType} ${first.identityHash}` : first.identityHash)
  )
}
