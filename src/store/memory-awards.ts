/**
 * A store of awards that lives as long as the process, beside a store of credentials.
 *
 * @module
 */
import { StoreError } from '../errors.js'
import {
  type AwardChange,
  type AwardQuery,
  type AwardRecord,
  type AwardStore,
  type AwardSummary,
  afterIssue,
  bareEvent,
  erasedAward,
  isOpenFor,
  type NewAwardRecord,
} from '../issue/award-store.js'
import type { NewCredentialRecord } from '../issue/credential-store.js'
import { outcomesOf } from '../status/outcome.js'
import { storableKey } from '../status/storable-key.js'

/** What the store of credentials beside it asks. */
export interface MemoryAwards {
  readonly store: AwardStore
  /** Throws StoreError `store.award_closed`. */
  demandOpen(record: NewCredentialRecord): void
  issued(record: NewCredentialRecord): void
}

/** What it answers with are copies. `eraseCredentials`: erases those of an award. */
export function createMemoryAwards(eraseCredentials: (awardId: string) => void): MemoryAwards {
  const records = new Map<string, AwardRecord>()

  function put(award: NewAwardRecord): AwardRecord {
    storableKey(award.awardId, 'awardId')
    const there = records.get(award.awardId)
    if (there !== undefined) return structuredClone(there)
    const added: AwardRecord = { ...structuredClone(award), revision: 0, events: [] }
    records.set(award.awardId, added)
    return structuredClone(added)
  }

  function change(given: AwardChange): undefined {
    const { awardId, revision } = given
    const record = records.get(awardId)
    if (record === undefined) throw unknownAward()
    if (record.revision !== revision) throw changedMeanwhile()
    records.set(awardId, changedAward(record, structuredClone(given)))
    if (given.event.kind === 'erased') eraseCredentials(awardId)
  }

  async function* list(query: AwardQuery = {}, after?: string): AsyncGenerator<AwardSummary> {
    const ids = [...records.keys()].sort().filter((id) => after === undefined || id > after)
    for (const id of ids) {
      const record = records.get(id)
      if (record === undefined || !isAskedFor(record, query)) continue
      const { content: _, ...summary } = record
      yield structuredClone(summary)
    }
  }

  return {
    store: {
      put: async (awards) => outcomesOf(awards, put),
      get: async (ids) => ids.map((id) => structuredClone(records.get(id))),
      change: async (changes) => outcomesOf(changes, change),
      list,
    },
    demandOpen: ({ awardId, copy = 0 }) => {
      const award = records.get(awardId)
      if (award !== undefined && !isOpenFor(award, copy)) throw closedAward()
    },
    issued: ({ awardId, copy = 0, issuedAt }) => {
      const award = records.get(awardId)
      const after = award === undefined ? undefined : afterIssue(award, copy, structuredClone(issuedAt))
      if (award !== undefined && after !== undefined)
        records.set(awardId, changedAward(award, { awardId, revision: award.revision, ...after }))
    },
  }
}

/** The record after a change from its revision. */
export function changedAward(record: AwardRecord, { event, to = {} }: AwardChange): AwardRecord {
  const revision = record.revision + 1
  if (event.kind === 'erased')
    return { ...erasedAward(record), revision, events: [...record.events, event].map(bareEvent) }
  const changed: Record<string, unknown> = { ...record, ...to, revision, events: [...record.events, event] }
  for (const [name, value] of Object.entries(to)) if (value === undefined) delete changed[name]
  return changed as unknown as AwardRecord
}

function isAskedFor(record: AwardRecord, query: AwardQuery): boolean {
  const { achievementId, state, personIndexes, isUnsent } = query
  return (
    (achievementId === undefined || record.achievementId === achievementId) &&
    (state === undefined || record.state === state) &&
    (personIndexes === undefined || personIndexes.includes(record.personIndex ?? '')) &&
    (isUnsent !== true || record.address !== undefined)
  )
}

export const unknownAward = () => new StoreError('store.unknown_award', 'there is no award with this id in the store')
export const changedMeanwhile = () =>
  new StoreError('store.conflict', 'somebody else has changed the award meanwhile: read it again')
export const closedAward = () =>
  new StoreError('store.award_closed', 'the award was withdrawn, suspended, revoked, erased, or claimed by another')
