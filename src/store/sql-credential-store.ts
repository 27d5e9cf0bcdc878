/**
 * CredentialStore over SQL: a record is a row, an event of its audit trail another, which nothing here ever changes or deletes.
 *
 * @module
 */
import { StoreError } from '../errors.js'
import { grouped } from '../internal/grouped.js'
import { isOpenFor } from '../issue/award-store.js'
import type {
  CredentialKey,
  CredentialQuery,
  CredentialRecord,
  CredentialStore,
  CredentialSummary,
  ListPlace,
  NewCredentialRecord,
} from '../issue/credential-store.js'
import type { RevokedCredentials } from '../issue/revoked-credentials.js'
import { outcomesOf } from '../status/outcome.js'
import type { StoreOutcome } from '../status/status-store.js'
import { storableKey } from '../status/storable-key.js'
import { type Database, guarded, type Query, type Row, type SqlValue } from './database.js'
import { given, LOOKED_UP_IN, oneOf } from './given.js'
import { closedAward } from './memory-awards.js'
import { demandCopy, inOrder, placeName, takenCredential } from './memory-credential-store.js'
import { columnsOf, readRecord, readSummary, storableText } from './records.js'
import type { SqlAwards } from './sql-award-store.js'
import { createSqlRevoked } from './sql-revoked.js'
import { createTrails } from './trails.js'

/** Records in one answer of the database. */
const PAGE = 500
/** Items of one transaction, unless a caller has more. */
const MOST = 1000

/** The trail in one column, as JSON texts with commas between: of the same moment as its record. */
const TRAIL = {
  sqlite: `(select group_concat(event, ',') from (select e.event from badgewright_event e where e.award_id = c.award_id and e.copy = c.copy order by e.n))`,
  postgres: `(select string_agg(e.event, ',' order by e.n) from badgewright_event e where e.award_id = c.award_id and e.copy = c.copy)`,
} as const

export function createSqlCredentialStore(database: Database, awards: SqlAwards): CredentialStore & RevokedCredentials {
  const { query, transaction, dialect } = database
  const summary = `c.award_id, c.copy, c.credential_id, c.record, c.revision, ${TRAIL[dialect]} as events`
  const ids = given(dialect, '?1', { id: 'text' })
  const places = given(dialect, '?1', { award_id: 'text', copy: 'integer' })
  const added = given(dialect, '?1', {
    award_id: 'text',
    copy: 'integer',
    credential_id: 'text',
    record: 'text',
    credential: 'text',
    achievement_id: 'text',
    issued_at: 'text',
    person_index: 'text',
  })

  /** By award and copy. */
  async function findPlaces(query: Query, wanted: readonly ListPlace[]): Promise<Map<string, CredentialRecord>> {
    const values = new Map<string, SqlValue[]>()
    for (const { awardId, copy = 0 } of wanted)
      if (isStorable(awardId) && isInteger(copy)) values.set(placeName({ awardId, copy }), [awardId, copy])
    if (values.size === 0) return new Map()
    const rows = await query(
      `select ${summary}, c.credential from ${places.rows} g
       ${LOOKED_UP_IN[dialect]} badgewright_credential c on c.award_id = g.award_id and c.copy = g.copy`,
      [places.value([...values.values()])],
    )
    return new Map(
      rows.map((row) => [placeName({ awardId: String(row.award_id), copy: Number(row.copy) }), readRecord(row)]),
    )
  }

  async function findIds(wanted: readonly string[]): Promise<Map<string, CredentialRecord>> {
    const storable = [...new Set(wanted.filter(isStorable))]
    if (storable.length === 0) return new Map()
    const rows = await query(
      `select ${summary}, c.credential from ${ids.rows} g ${LOOKED_UP_IN[dialect]} badgewright_credential c on c.credential_id = g.id`,
      [ids.value(storable.map((id) => [id]))],
    )
    return new Map(rows.map((row) => [String(row.credential_id), readRecord(row)]))
  }

  async function get(keys: readonly CredentialKey[]): Promise<(CredentialRecord | undefined)[]> {
    const byPlace = await findPlaces(
      query,
      keys.flatMap((key) => (key.awardId === undefined ? [] : [key])),
    )
    const byId = await findIds(keys.flatMap(({ credentialId }) => credentialId ?? []))
    return keys.map((key) => (key.awardId === undefined ? byId.get(key.credentialId) : byPlace.get(placeName(key))))
  }

  async function put(records: readonly NewCredentialRecord[]): Promise<StoreOutcome<CredentialRecord>[]> {
    const checked = outcomesOf(records, (record) => {
      storableKey(record.awardId, 'awardId')
      storableKey(record.credentialId, 'credentialId')
      demandCopy(record)
      return record
    })
    // The first of each, and in one order: who takes locks in one order never waits in a circle.
    const first = new Map<string, NewCredentialRecord>()
    for (const { value } of checked)
      if (value !== undefined && !first.has(placeName(value))) first.set(placeName(value), value)
    const outcomes = await insertAll([...first.values()].sort(inOrder))
    // Answered twice where it was given twice: then it was there the second time.
    return checked.map(({ value, error }) =>
      error === undefined ? (outcomes.get(placeName(value)) as StoreOutcome<CredentialRecord>) : { error },
    )
  }

  async function insertAll(
    records: readonly NewCredentialRecord[],
  ): Promise<ReadonlyMap<string, StoreOutcome<CredentialRecord>>> {
    const mine = await insertPlain(records)
    let left = records.filter((record) => !mine.has(placeName(record)))
    const there = await findPlaces(query, left)
    left = left.filter((record) => !there.has(placeName(record)))
    // What is left belongs to an award that was offered, or has the id of another credential.
    const others = left.length === 0 ? undefined : await transaction((query) => insertUnderAwards(query, left))
    return new Map(
      records.map((record) => {
        const name = placeName(record)
        if (mine.has(name)) return [name, { value: { ...record, revision: 0, events: [] } }]
        const found = there.get(name)
        return [name, found === undefined ? (others?.get(name) ?? { error: takenCredential() }) : { value: found }]
      }),
    )
  }

  /** Of awards that are issued at once: most, so that they are asked for in one statement. Answers those that were not there. */
  async function insertPlain(records: readonly NewCredentialRecord[]): Promise<ReadonlySet<string>> {
    if (records.length === 0) return new Set()
    const values = records.map(valuesOf)
    if (dialect === 'sqlite') {
      // Without a round trip a statement costs less than reading a badge out of JSON.
      const done = await transaction((query) =>
        query(
          `${INTO} select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8
           where not exists (select 1 from badgewright_award a where a.award_id = ?1) on conflict do nothing`,
          { each: values },
        ),
      )
      return new Set(records.flatMap((record, at) => (done[at]?.changes === 1 ? [placeName(record)] : [])))
    }
    const rows = await query(
      `${INTO} select ${GIVEN} from ${added.rows} g
       where not exists (select 1 from badgewright_award a where a.award_id = g.award_id)
       order by g.award_id, g.copy on conflict do nothing returning award_id, copy`,
      [added.value(values)],
    )
    return namesOf(rows)
  }

  /** The awards are locked: nobody closes one between the question and the record. */
  async function insertUnderAwards(
    query: Query,
    records: readonly NewCredentialRecord[],
  ): Promise<ReadonlyMap<string, StoreOutcome<CredentialRecord>>> {
    const held = await awards.hold(
      query,
      records.map(({ awardId }) => awardId),
    )
    const isOpen = ({ awardId, copy = 0 }: NewCredentialRecord): boolean => {
      const award = held.get(awardId)
      return award === undefined || isOpenFor(award, copy)
    }
    const rows = await query(
      `${INTO} select ${GIVEN} from ${added.rows} g where true order by g.award_id, g.copy
       on conflict do nothing returning award_id, copy`,
      [added.value(records.filter(isOpen).map(valuesOf))],
    )
    const mine = namesOf(rows)
    const there = await findPlaces(query, records)
    await awards.markIssued(
      query,
      held,
      records.filter((record) => mine.has(placeName(record))),
    )
    return new Map(
      records.map((record): [string, StoreOutcome<CredentialRecord>] => {
        const name = placeName(record)
        const found = there.get(name)
        if (found !== undefined) return [name, { value: found }]
        return [name, { error: isOpen(record) ? takenCredential() : closedAward() }]
      }),
    )
  }

  async function* list(asked: CredentialQuery = {}, after: string | ListPlace = ''): AsyncGenerator<CredentialSummary> {
    const [condition, values] = conditionOf(asked)
    for (let last: ListPlace = typeof after === 'string' ? { awardId: after, copy: LAST_COPY } : after; ; ) {
      const { awardId, copy = 0 } = last
      const page = await guarded('list the credentials', async () =>
        (
          await query(
            `select ${summary} from badgewright_credential c
             where (c.award_id, c.copy) > (?1, cast(?2 as integer))${condition} order by c.award_id, c.copy limit ${PAGE}`,
            [awardId, copy, ...values],
          )
        ).map(readSummary),
      )
      yield* page
      const end = page.at(-1)
      if (end === undefined || page.length < PAGE) return
      last = end
    }
  }

  const change = createTrails(database)
  // As many of those that come at once as one answer of the database should hold.
  const getInGroups = grouped(get, PAGE)
  const putInGroups = grouped(put, MOST)
  const changeInGroups = grouped(change, MOST)
  return {
    put: (records) => guarded('record credentials', () => putInGroups(records)),
    get: (keys) => guarded('find credentials', () => getInGroups(keys)),
    change: (changes) => guarded('record what happened to credentials', () => changeInGroups(changes)),
    list,
    ...createSqlRevoked(database),
  }
}

const INTO = `insert into badgewright_credential
  (award_id, copy, credential_id, record, credential, achievement_id, issued_at, person_index)`
const GIVEN =
  'g.award_id, g.copy, g.credential_id, g.record, g.credential, g.achievement_id, g.issued_at, g.person_index'
const LAST_COPY = 2 ** 31 - 1

function valuesOf(each: NewCredentialRecord): SqlValue[] {
  const { record, credential } = columnsOf(each)
  const { awardId, copy = 0, credentialId, achievementId, issuedAt, personIndex } = each
  const person = personIndex === undefined ? null : storableText(personIndex)
  return [awardId, copy, credentialId, record, credential, storableText(achievementId), issuedAt.toISOString(), person]
}

const namesOf = (rows: readonly Row[]): ReadonlySet<string> =>
  new Set(rows.map((row) => placeName({ awardId: String(row.award_id), copy: Number(row.copy) })))

/** The values begin at `?3`. The state is said as the index has it, which a parameter would hide. */
function conditionOf(asked: CredentialQuery): [string, SqlValue[]] {
  const { awardId, achievementId, state, personIndexes, issuedFrom, issuedBefore } = asked
  const conditions: string[] = []
  const values: SqlValue[] = []
  const add = (condition: string, value: SqlValue) => {
    values.push(value)
    conditions.push(`${condition} ?${values.length + 2}`)
  }
  if (awardId !== undefined) add('c.award_id =', storableText(awardId))
  if (personIndexes !== undefined) {
    values.push(...personIndexes.map(storableText))
    conditions.push(`c.person_index ${oneOf(personIndexes.length, values.length - personIndexes.length + 3)}`)
  }
  if (achievementId !== undefined) add('c.achievement_id =', storableText(achievementId))
  if (issuedFrom !== undefined) add('c.issued_at >=', issuedFrom.toISOString())
  if (issuedBefore !== undefined) add('c.issued_at <', issuedBefore.toISOString())
  if (state === 'active') conditions.push("c.state = 'active'")
  else if (state === 'suspended' || state === 'revoked') conditions.push(`c.state <> 'active' and c.state = '${state}'`)
  else if (state !== undefined) throw new StoreError('store.invalid_query', `there is no state "${String(state)}"`)
  return [conditions.map((each) => ` and ${each}`).join(''), values]
}

const isInteger = (copy: number) => Number.isSafeInteger(copy) && copy >= 0 && copy <= LAST_COPY
const isStorable = (id: unknown) => typeof id === 'string' && /^[^\0\p{Cs}]*$/u.test(id)
