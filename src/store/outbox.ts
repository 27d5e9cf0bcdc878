/**
 * The outbox: what happened to awards and credentials and was not told yet. Triggers of the database write it, so that each row commits
 * with what it tells of, whichever process does it, and the command line too. Without triggers nothing is written.
 *
 * @module
 */
import type { CredentialEvent } from '../issue/credential-store.js'
import { type Database, guarded, type Query, type Row } from './database.js'
import { given } from './given.js'
import { OF_AWARD } from './schema-awards.js'

type Dialect = Database['dialect']

/** A step of the schema. */
export async function makeOutbox(query: Query, dialect: Dialect): Promise<void> {
  const text = dialect === 'sqlite' ? 'text' : 'text collate "C"'
  const serial =
    dialect === 'sqlite' ? 'integer primary key autoincrement' : 'bigint generated always as identity primary key'
  await query(`create table badgewright_outbox (
    n ${serial},
    award_id ${text} not null,
    copy integer not null,
    kind ${text} not null,
    event_n bigint)`)
}

/** What is told by an insert into a table, and when: all that ever happens to an award or a credential is one. */
const TOLD = {
  credential: { values: ['award_id', 'copy', "'issued'", 'null'], when: undefined },
  event: { values: ['award_id', 'copy', 'kind', 'n'], when: undefined },
  award: { values: ['award_id', `${OF_AWARD}`, "'offered'", 'null'], when: "state = 'offered'" },
} as const
type Table = keyof typeof TOLD
const TABLES = Object.keys(TOLD) as Table[]

/** From here on what happens is written down. Idempotent. */
export function openOutbox(database: Database): Promise<void> {
  const { dialect, transaction } = database
  return guarded('open the outbox', () =>
    transaction(async (query) => {
      // The number is this library's own: see prepareTables.
      if (dialect === 'postgres') await query('select pg_advisory_xact_lock(3009713250)')
      for (const table of TABLES) {
        if (await isTold(query, dialect, table)) continue
        if (dialect === 'sqlite') await query(triggerOfSqlite(table))
        else for (const statement of triggerOfPostgres(table)) await query(statement)
      }
    }),
  )
}

/** Nothing more is written down; what is, stays. Idempotent. */
export function closeOutbox(database: Database): Promise<void> {
  const { dialect, transaction } = database
  return guarded('close the outbox', () =>
    transaction(async (query) => {
      for (const table of TABLES)
        if (await isTold(query, dialect, table))
          await query(`drop trigger ${nameOf(table)}${dialect === 'postgres' ? ` on badgewright_${table}` : ''}`)
    }),
  )
}

const nameOf = (table: Table) => `badgewright_tell_${table}`
const INTO = 'insert into badgewright_outbox (award_id, copy, kind, event_n)'

async function isTold(query: Query, dialect: Dialect, table: Table): Promise<boolean> {
  const [found] = await query(
    dialect === 'sqlite'
      ? "select 1 as found from sqlite_master where type = 'trigger' and name = ?1"
      : `select 1 as found from pg_trigger where tgname = ?1 and tgrelid = to_regclass('badgewright_${table}')`,
    [nameOf(table)],
  )
  return found !== undefined
}

function triggerOfSqlite(table: Table): string {
  const { values, when } = TOLD[table]
  const told = values.map((value) => (isColumn(value) ? `new.${value}` : value))
  return `create trigger ${nameOf(table)} after insert on badgewright_${table}${when === undefined ? '' : ` when new.${when}`}
    begin ${INTO} values (${told.join(', ')}); end`
}

/** Once per statement, however many rows it inserts. */
function triggerOfPostgres(table: Table): readonly string[] {
  const { values, when } = TOLD[table]
  return [
    `create or replace function ${nameOf(table)}() returns trigger language plpgsql as $body$
     begin ${INTO} select ${values.map((value) => (value === 'null' ? 'cast(null as bigint)' : value)).join(', ')}
       from added${when === undefined ? '' : ` where ${when}`}; return null; end $body$`,
    `create trigger ${nameOf(table)} after insert on badgewright_${table} referencing new table as added
     for each statement execute function ${nameOf(table)}()`,
  ]
}

const isColumn = (value: string) => /^[a-z_]+$/.test(value) && value !== 'null'

/** What happened, as it is known when it is read: of somebody who was erased meanwhile there is less. */
export interface Happening {
  readonly n: string
  readonly awardId: string
  /** Undefined of the award itself. */
  readonly copy?: number
  readonly kind: string
  readonly at: string
  readonly credentialId?: string
  readonly achievementId?: string
  readonly reason?: string
  readonly by?: string
}

/** The first of them. Locked in PostgreSQL until the transaction ends; those that another one has locked are passed over. */
export async function readOutbox(query: Query, dialect: Dialect, most: number): Promise<readonly Happening[]> {
  const rows = await query(
    `select o.n, o.award_id, o.copy, o.kind, e.event, c.credential_id, c.issued_at, c.achievement_id,
       a.achievement_id as award_achievement, a.record as award
     from badgewright_outbox o
     left join badgewright_event e on e.n = o.event_n
     left join badgewright_credential c on c.award_id = o.award_id and c.copy = o.copy
     left join badgewright_award a on a.award_id = o.award_id and o.copy = ${OF_AWARD}
     order by o.n limit cast(?1 as integer)${dialect === 'postgres' ? ' for update of o skip locked' : ''}`,
    [most],
  )
  return rows.map(happeningOf)
}

export async function forgetTold(query: Query, dialect: Dialect, told: readonly Happening[]): Promise<void> {
  const ids = given(dialect, '?1', { id: 'bigint' })
  await query(`delete from badgewright_outbox where n in (select g.id from ${ids.rows} g)`, [
    ids.value(told.map(({ n }) => [n])),
  ])
}

function happeningOf(row: Row): Happening {
  const event = typeof row.event === 'string' ? (JSON.parse(row.event) as CredentialEvent & { at: unknown }) : undefined
  const offered = typeof row.award === 'string' ? (JSON.parse(row.award) as { at: string }).at : undefined
  const text = (name: string, value: unknown) => (typeof value === 'string' ? { [name]: value } : {})
  const copy = Number(row.copy)
  return {
    n: String(row.n),
    awardId: String(row.award_id),
    ...(copy === OF_AWARD ? {} : { copy }),
    kind: String(row.kind),
    at: String(event?.at ?? row.issued_at ?? offered),
    ...text('credentialId', row.credential_id),
    ...text('achievementId', row.achievement_id ?? row.award_achievement),
    ...text('reason', event?.reason),
    ...text('by', event?.by),
  }
}
