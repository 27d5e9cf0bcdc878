/**
 * AwardStore over SQL: an award is a row, an event of its trail another. Erasing goes through the tables of credentials too.
 *
 * @module
 */
import { StoreError } from '../errors.js'
import { grouped } from '../internal/grouped.js'
import type { Json } from '../internal/types.js'
import {
  type AwardChange,
  type AwardEvent,
  type AwardQuery,
  type AwardRecord,
  type AwardState,
  type AwardStore,
  type AwardSummary,
  afterIssue,
  type NewAwardRecord,
} from '../issue/award-store.js'
import type { NewCredentialRecord } from '../issue/credential-store.js'
import { outcomesOf } from '../status/outcome.js'
import type { StoreOutcome } from '../status/status-store.js'
import { storableKey } from '../status/storable-key.js'
import { type Database, guarded, type Query, type Row, type SqlValue } from './database.js'
import { createErasing, emptyLog } from './erasing.js'
import { given, LOOKED_UP_IN, oneOf } from './given.js'
import { changedAward, changedMeanwhile, unknownAward } from './memory-awards.js'
import { readTrail, storableText } from './records.js'
import { OF_AWARD } from './schema-awards.js'

/** Awards in one answer of the database. */
const PAGE = 500
/** Items of one transaction, unless a caller has more. */
const MOST = 1000

const TRAIL = {
  sqlite: `(select group_concat(event, ',') from (select e.event from badgewright_event e where e.award_id = a.award_id and e.copy = ${OF_AWARD} order by e.n))`,
  postgres: `(select string_agg(e.event, ',' order by e.n) from badgewright_event e where e.award_id = a.award_id and e.copy = ${OF_AWARD})`,
} as const

const STATES: readonly AwardState[] = ['offered', 'claimed', 'issued', 'suspended', 'withdrawn', 'revoked', 'erased']

/** What the store of credentials asks in its transactions. */
export interface SqlAwards {
  readonly store: AwardStore
  /** Locked until the transaction ends. Without their trails. */
  hold(query: Query, awardIds: readonly string[]): Promise<Map<string, AwardRecord>>
  /** Of credentials that were recorded: their awards are issued. */
  markIssued(query: Query, held: Map<string, AwardRecord>, records: readonly NewCredentialRecord[]): Promise<void>
}

export function createSqlAwards(database: Database): SqlAwards {
  const { query, transaction, dialect } = database
  const erase = createErasing(dialect)
  const summary = `a.record, a.revision, ${TRAIL[dialect]} as events`
  const ids = given(dialect, '?1', { id: 'text' })
  const rows = given(dialect, '?1', {
    award_id: 'text',
    revision: 'integer',
    state: 'text',
    achievement_id: 'text',
    person_index: 'text',
    unsent: 'integer',
    record: 'text',
    content: 'text',
  })
  const events = given(dialect, '?1', { award_id: 'text', kind: 'text', event: 'text' })

  async function put(awards: readonly NewAwardRecord[]): Promise<StoreOutcome<AwardRecord>[]> {
    const checked = outcomesOf(awards, (award) => {
      storableKey(award.awardId, 'awardId')
      return award
    })
    const first = new Map<string, AwardRecord>()
    for (const { value } of checked)
      if (value !== undefined && !first.has(value.awardId))
        first.set(value.awardId, { ...value, revision: 0, events: [] })
    const added = [...first.values()].sort((one, other) => (one.awardId < other.awardId ? -1 : 1))
    const mine = new Set(
      added.length === 0
        ? []
        : (
            await query(
              `insert into badgewright_award (award_id, revision, state, achievement_id, person_index, unsent, record, content)
               select g.award_id, g.revision, g.state, g.achievement_id, g.person_index, g.unsent, g.record, g.content
               from ${rows.rows} g where true order by g.award_id on conflict do nothing returning award_id`,
              [rows.value(added.map(valuesOf))],
            )
          ).map(({ award_id }) => String(award_id)),
    )
    const there = await find([...first.keys()].filter((id) => !mine.has(id)))
    return checked.map(({ value, error }) => {
      if (error !== undefined) return { error }
      return { value: (mine.has(value.awardId) ? first : there).get(value.awardId) as AwardRecord }
    })
  }

  async function find(wanted: readonly string[]): Promise<Map<string, AwardRecord>> {
    const storable = [...new Set(wanted.filter(isStorable))]
    if (storable.length === 0) return new Map()
    const found = await query(
      `select ${summary}, a.content from ${ids.rows} g ${LOOKED_UP_IN[dialect]} badgewright_award a on a.award_id = g.id`,
      [ids.value(storable.map((id) => [id]))],
    )
    return new Map(found.map(readAward).map((record) => [record.awardId, record]))
  }

  async function hold(query: Query, awardIds: readonly string[]): Promise<Map<string, AwardRecord>> {
    const storable = [...new Set(awardIds.filter(isStorable))]
    if (storable.length === 0) return new Map()
    const found = await query(
      `select a.record, a.revision, a.content from ${ids.rows} g ${LOOKED_UP_IN[dialect]} badgewright_award a on a.award_id = g.id
       order by a.award_id${dialect === 'postgres' ? ' for update of a' : ''}`,
      [ids.value(storable.map((id) => [id]))],
    )
    return new Map(found.map(readAward).map((record) => [record.awardId, record]))
  }

  async function apply(query: Query, changes: readonly AwardChange[]): Promise<StoreOutcome<undefined>[]> {
    const held = await hold(
      query,
      changes.map(({ awardId }) => awardId),
    )
    const done: AwardChange[] = []
    const outcomes = outcomesOf(changes, (change): undefined => {
      const record = held.get(change.awardId)
      if (record === undefined) throw unknownAward()
      if (record.revision !== change.revision) throw changedMeanwhile()
      held.set(change.awardId, changedAward(record, change))
      done.push(change)
    })
    await write(query, held, done)
    const erased = done.flatMap(({ awardId, event }) => (event.kind === 'erased' ? [awardId] : []))
    if (erased.length > 0) await erase(query, erased)
    return outcomes
  }

  async function write(
    query: Query,
    held: ReadonlyMap<string, AwardRecord>,
    done: readonly Pick<AwardChange, 'awardId' | 'event'>[],
  ): Promise<void> {
    if (done.length === 0) return
    await query(
      `insert into badgewright_event (award_id, copy, kind, event)
       select g.award_id, ${OF_AWARD}, g.kind, g.event from ${events.rows} g order by g.n`,
      [events.value(done.map(({ awardId, event }) => [awardId, event.kind, JSON.stringify(event)]))],
    )
    const changed = [...new Set(done.map(({ awardId }) => awardId))].map((id) => held.get(id) as AwardRecord)
    await query(
      `update badgewright_award set revision = g.revision, state = g.state, person_index = g.person_index, unsent = g.unsent,
         record = g.record, content = g.content
       from ${rows.rows} g where badgewright_award.award_id = g.award_id`,
      [rows.value(changed.map(valuesOf))],
    )
  }

  async function markIssued(
    query: Query,
    held: Map<string, AwardRecord>,
    records: readonly NewCredentialRecord[],
  ): Promise<void> {
    const done: { readonly awardId: string; readonly event: AwardEvent }[] = []
    for (const { awardId, copy = 0, issuedAt } of records) {
      const award = held.get(awardId)
      const after = award === undefined ? undefined : afterIssue(award, copy, issuedAt)
      if (award === undefined || after === undefined) continue
      held.set(awardId, changedAward(award, { awardId, revision: award.revision, ...after }))
      done.push({ awardId, event: after.event })
    }
    await write(query, held, done)
  }

  async function* list(asked: AwardQuery = {}, after = ''): AsyncGenerator<AwardSummary> {
    const [condition, values] = conditionOf(asked)
    for (let last = after; ; ) {
      const page = await guarded('list the awards', async () =>
        (
          await query(
            `select ${summary} from badgewright_award a where a.award_id > ?1${condition} order by a.award_id limit ${PAGE}`,
            [last, ...values],
          )
        ).map(readAward),
      )
      yield* page
      const end = page.at(-1)
      if (end === undefined || page.length < PAGE) return
      last = end.awardId
    }
  }

  const putInGroups = grouped(put, MOST)
  const changeInGroups = grouped(async (changes: readonly AwardChange[]) => {
    const outcomes = await transaction((query) => apply(query, changes))
    if (changes.some(({ event }, at) => event.kind === 'erased' && outcomes[at]?.error === undefined))
      await emptyLog(database)
    return outcomes
  }, MOST)
  const getInGroups = grouped(async (wanted: readonly string[]) => {
    const found = await find(wanted)
    return wanted.map((id) => found.get(id))
  }, PAGE)
  return {
    store: {
      put: (awards) => guarded('record awards', () => putInGroups(awards)),
      get: (wanted) => guarded('find awards', () => getInGroups(wanted)),
      change: (changes) => guarded('record what happened to awards', () => changeInGroups(changes)),
      list,
    },
    hold,
    markIssued,
  }
}

function valuesOf({ content, revision, events: _, ...record }: AwardRecord): SqlValue[] {
  const { awardId, state, achievementId, personIndex, address } = record
  return [
    awardId,
    revision,
    state,
    storableText(achievementId),
    personIndex === undefined ? null : storableText(personIndex),
    address === undefined ? 0 : 1,
    JSON.stringify(record),
    content === undefined ? null : JSON.stringify(content),
  ]
}

/** From the columns `record`, `revision`, and `events` and `content` where they were asked for. */
function readAward({ record, revision, events, content }: Row): AwardRecord {
  const { at, expires, ...rest } = JSON.parse(String(record)) as Omit<NewAwardRecord, 'at' | 'expires'> & {
    readonly at: string
    readonly expires?: string
  }
  return {
    ...rest,
    at: new Date(at),
    ...(expires === undefined ? {} : { expires: new Date(expires) }),
    ...(typeof content === 'string' ? { content: JSON.parse(content) as Json } : {}),
    revision: Number(revision),
    events: readTrail<AwardEvent>(events),
  }
}

/** The values begin at `?2`. */
function conditionOf({ achievementId, state, personIndexes, isUnsent }: AwardQuery): [string, SqlValue[]] {
  const conditions: string[] = []
  const values: SqlValue[] = []
  const add = (condition: string, value: SqlValue) => {
    values.push(value)
    conditions.push(`${condition} ?${values.length + 1}`)
  }
  if (achievementId !== undefined) add('a.achievement_id =', storableText(achievementId))
  if (state !== undefined && !STATES.includes(state))
    throw new StoreError('store.invalid_query', `there is no state "${String(state)}"`)
  if (state !== undefined) add('a.state =', state)
  if (personIndexes !== undefined) {
    values.push(...personIndexes.map(storableText))
    conditions.push(`a.person_index ${oneOf(personIndexes.length, values.length - personIndexes.length + 2)}`)
  }
  if (isUnsent === true) conditions.push('a.unsent = 1')
  return [conditions.map((each) => ` and ${each}`).join(''), values]
}

const isStorable = (id: unknown) => typeof id === 'string' && /^[^\0\p{Cs}]*$/u.test(id)
