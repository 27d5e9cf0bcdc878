/**
 * CredentialStore over SQL: a record is a row, an event of its audit trail another, which nothing here ever changes or deletes.
 *
 * @module
 */
import { StoreError } from '../errors.js'
import { grouped } from '../internal/grouped.js'
import type {
  CredentialKey,
  CredentialQuery,
  CredentialRecord,
  CredentialStore,
  CredentialSummary,
  NewCredentialRecord,
} from '../issue/credential-store.js'
import { outcomesOf } from '../status/outcome.js'
import type { StoreOutcome } from '../status/status-store.js'
import { storableKey } from '../status/storable-key.js'
import { type Database, guarded, type SqlValue } from './database.js'
import { given, LOOKED_UP_IN } from './given.js'
import { takenCredential } from './memory-credential-store.js'
import { columnsOf, readRecord, readSummary } from './records.js'
import { createTrails } from './trails.js'

/** Records in one answer of the database. */
const PAGE = 500
/** Items of one transaction, unless a caller has more. */
const MOST = 1000

/** The trail in one column, as JSON texts with commas between: of the same moment as its record. */
const TRAIL = {
  sqlite: `(select group_concat(event, ',') from (select e.event from badgewright_event e where e.award_id = c.award_id order by e.n))`,
  postgres: `(select string_agg(e.event, ',' order by e.n) from badgewright_event e where e.award_id = c.award_id)`,
} as const

export function createSqlCredentialStore(database: Database): CredentialStore {
  const { query, transaction, dialect } = database
  const summary = `c.award_id, c.credential_id, c.record, c.revision, ${TRAIL[dialect]} as events`
  const ids = given(dialect, '?1', { id: 'text' })
  const added = given(dialect, '?1', {
    award_id: 'text',
    credential_id: 'text',
    record: 'text',
    credential: 'text',
    achievement_id: 'text',
    issued_at: 'text',
  })

  async function find(column: 'award_id' | 'credential_id', wanted: readonly string[]) {
    const found = new Map<string, CredentialRecord>()
    const storable = wanted.filter(isStorable)
    if (storable.length === 0) return found
    const rows = await query(
      `select ${summary}, c.credential from ${ids.rows} g ${LOOKED_UP_IN[dialect]} badgewright_credential c on c.${column} = g.id`,
      [ids.value([...new Set(storable)].map((id) => [id]))],
    )
    for (const row of rows) found.set(String(row[column]), readRecord(row))
    return found
  }

  async function get(keys: readonly CredentialKey[]): Promise<(CredentialRecord | undefined)[]> {
    const byAward = await find(
      'award_id',
      keys.flatMap(({ awardId }) => awardId ?? []),
    )
    const byId = await find(
      'credential_id',
      keys.flatMap(({ credentialId }) => credentialId ?? []),
    )
    return keys.map(({ awardId, credentialId }) => byAward.get(awardId ?? '') ?? byId.get(credentialId ?? ''))
  }

  async function put(records: readonly NewCredentialRecord[]): Promise<StoreOutcome<CredentialRecord>[]> {
    const checked = outcomesOf(records, (record) => {
      storableKey(record.awardId, 'awardId')
      storableKey(record.credentialId, 'credentialId')
      return record
    })
    // The first of an award, and in one order: who takes locks in one order never waits in a circle.
    const first = new Map<string, NewCredentialRecord>()
    for (const { value } of checked)
      if (value !== undefined && !first.has(value.awardId)) first.set(value.awardId, value)
    const mine = await insert([...first.values()].sort((a, b) => (a.awardId < b.awardId ? -1 : 1)))
    const there = await find(
      'award_id',
      [...first.keys()].filter((id) => !mine.has(id)),
    )
    return checked.map(({ value, error }) => {
      if (error !== undefined) return { error }
      const { awardId } = value
      if (mine.has(awardId))
        return { value: { ...(first.get(awardId) as NewCredentialRecord), revision: 0, events: [] } }
      const record = there.get(awardId)
      return record === undefined ? { error: takenCredential() } : { value: record }
    })
  }

  /** Answers the awards that were not there. */
  async function insert(records: readonly NewCredentialRecord[]): Promise<ReadonlySet<string>> {
    if (records.length === 0) return new Set()
    const values = records.map((each) => {
      const { record, credential } = columnsOf(each)
      const { awardId, credentialId, achievementId, issuedAt } = each
      return [awardId, credentialId, record, credential, storableText(achievementId), issuedAt.toISOString()]
    })
    const into =
      'insert into badgewright_credential (award_id, credential_id, record, credential, achievement_id, issued_at)'
    if (dialect === 'sqlite') {
      // Without a round trip a statement costs less than reading a badge out of JSON.
      const done = await transaction((query) =>
        query(`${into} values (?1, ?2, ?3, ?4, ?5, ?6) on conflict do nothing`, { each: values }),
      )
      return new Set(records.flatMap(({ awardId }, at) => (done[at]?.changes === 1 ? [awardId] : [])))
    }
    const rows = await query(
      `${into} select g.award_id, g.credential_id, g.record, g.credential, g.achievement_id, g.issued_at
       from ${added.rows} g order by g.award_id on conflict do nothing returning award_id`,
      [added.value(values)],
    )
    return new Set(rows.map(({ award_id }) => String(award_id)))
  }

  async function* list(asked: CredentialQuery = {}, after = ''): AsyncGenerator<CredentialSummary> {
    const [condition, values] = conditionOf(asked)
    for (let last = after; ; ) {
      const page = await guarded('list the credentials', async () =>
        (
          await query(
            `select ${summary} from badgewright_credential c where c.award_id > ?1${condition} order by c.award_id limit ${PAGE}`,
            [last, ...values],
          )
        ).map(readSummary),
      )
      yield* page
      const end = page.at(-1)
      if (end === undefined || page.length < PAGE) return
      last = end.awardId
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
  }
}

/** The values begin at `?2`. The state is said as the index has it, which a parameter would hide. */
function conditionOf({ achievementId, state, issuedFrom, issuedBefore }: CredentialQuery): [string, SqlValue[]] {
  const conditions: string[] = []
  const values: SqlValue[] = []
  const add = (condition: string, value: SqlValue) => {
    values.push(value)
    conditions.push(`${condition} ?${values.length + 1}`)
  }
  if (achievementId !== undefined) add('c.achievement_id =', storableText(achievementId))
  if (issuedFrom !== undefined) add('c.issued_at >=', issuedFrom.toISOString())
  if (issuedBefore !== undefined) add('c.issued_at <', issuedBefore.toISOString())
  if (state === 'active') conditions.push("c.state = 'active'")
  else if (state === 'suspended' || state === 'revoked') conditions.push(`c.state <> 'active' and c.state = '${state}'`)
  else if (state !== undefined) throw new StoreError('store.invalid_query', `there is no state "${String(state)}"`)
  return [conditions.map((each) => ` and ${each}`).join(''), values]
}

/** A column for looking up: what PostgreSQL could not hold stands in the record all the same. */
const storableText = (text: string) => text.replace(/[\0\p{Cs}]/gu, '\uFFFD')
const isStorable = (id: unknown) => typeof id === 'string' && /^[^\0\p{Cs}]*$/u.test(id)
