/**
 * People, and what an issuer has of them: finding it, and erasing it.
 *
 * @module
 */
import { missingOption } from '../errors.js'
import { type Person, personProblem } from '../model/person.js'
import { demandArgument } from '../report/demand-options.js'
import { type AwardStoresOfIssuer, awardEvent, changeAward, credentialsOf, recordedAward } from './award-changes.js'
import type { AwardSummary } from './award-store.js'
import type { CredentialSummary } from './credential-store.js'
import type { PersonIndex } from './persons.js'

/** An award of a person. */
export interface PersonAward {
  readonly awardId: string
  /** Where it was offered, revoked, suspended or erased as an award. */
  readonly award?: AwardSummary
  /** In the order of their copies. The badges themselves are in the store. */
  readonly credentials: readonly CredentialSummary[]
}

export interface People {
  find(person: Person): AsyncIterable<PersonAward>
  erase(award: string | Person): Promise<{ readonly erased: number }>
}

/** Awards that are asked for at a time. */
const PAGE = 200

export function makePeople(now: () => Date, persons: PersonIndex | undefined, stores: AwardStoresOfIssuer): People {
  const { awards, credentials } = stores

  function indexesOf(person: Person): readonly string[] {
    demandArgument(person, personProblem, 'person')
    if (persons === undefined)
      throw missingOption('persons', 'is missing: { secret, keyId }, by which people are found in what is recorded')
    return persons.all(person)
  }

  async function* find(personIndexes: readonly string[]): AsyncGenerator<PersonAward> {
    for await (const award of awards.list({ personIndexes })) {
      const { awardId } = award
      yield { awardId, award, credentials: await credentialsOf(stores, awardId) }
    }
    // Those that were issued at once, and are not recorded as awards.
    for await (const page of pagesOf(byAward(credentials.list({ personIndexes })))) {
      const recorded = await awards.get(page.map(({ awardId }) => awardId))
      yield* page.filter((_, at) => recorded[at] === undefined)
    }
  }

  async function eraseAward(awardId: string): Promise<void> {
    const award = await recordedAward(stores, awardId)
    // The store does all of it at once, in both stores: see AwardStore.
    const erase = { event: awardEvent('erased', now()) }
    await changeAward(awards, awardId, ({ state }) => (state === 'erased' ? undefined : erase), award)
  }

  return {
    find: (person) => find(indexesOf(person)),
    erase: async (award) => {
      if (typeof award === 'string') {
        await eraseAward(award)
        return { erased: 1 }
      }
      let erased = 0
      // What is erased is no longer found: where this ends early, the next call goes on.
      for await (const { awardId } of find(indexesOf(award))) {
        await eraseAward(awardId)
        erased++
      }
      return { erased }
    },
  }
}

/** All credentials of an award come together. */
async function* byAward(found: AsyncIterable<CredentialSummary>): AsyncGenerator<PersonAward> {
  let group: CredentialSummary[] = []
  for await (const each of found) {
    if (group[0] !== undefined && group[0].awardId !== each.awardId) {
      yield { awardId: group[0].awardId, credentials: group }
      group = []
    }
    group.push(each)
  }
  if (group[0] !== undefined) yield { awardId: group[0].awardId, credentials: group }
}

async function* pagesOf<T>(items: AsyncIterable<T>): AsyncGenerator<readonly T[]> {
  let page: T[] = []
  for await (const item of items) {
    page.push(item)
    if (page.length < PAGE) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}
