/**
 * A submission on its way into the database. It has no name that anybody knows until it is released, and what is left of one that ended
 * before is removed by those that come later.
 *
 * @module
 */
import { StoreError, UsageError } from '../errors.js'
import { CLOCK, type Database, guarded, type Query, type SqlValue } from '../store/database.js'
import { given, LOOKED_UP_IN } from '../store/given.js'
import { chunkText, type StagedAward } from './batch-lines.js'
import type { BatchFailure } from './batch-types.js'
import type { JobQueue } from './job-queue.js'

/** Whose batches these are. */
export interface BatchOwner {
  /** Of the jobs. */
  readonly queue: string
  /** The digest of the profile. */
  readonly issuer: string
}

/** What is kept of so many awards at once. */
export interface StagedChunk {
  readonly awards: readonly StagedAward[]
  readonly invalid: readonly BatchFailure[]
}

export interface Staging {
  /** Answers those whose id another award has with other content, and which award that is; they are not kept. */
  add(chunk: StagedChunk): Promise<ReadonlyMap<StagedAward, number>>
  /** Only ids are noted from here on: the batch will be refused. */
  refuse(): Promise<void>
  /** Nobody takes it for abandoned. */
  touch(): Promise<void>
  /** The batch is there, with its jobs, or nothing is. Answers what is there under the id. */
  release(id: string, batch: ReleasedBatch): Promise<{ readonly awards: number; readonly invalid: number }>
  /** Removes it. */
  abandon(): Promise<void>
}

export interface ReleasedBatch {
  readonly awards: number
  readonly invalid: number
  /** Of all that was submitted, in its order. */
  readonly digest: string
}

/** Milliseconds after which a submission without a sign of life is abandoned. */
const ABANDONED = 3_600_000
/** Rows that are deleted, and jobs that are sent, at a time. */
const PAGE = 1000

export function jobsOf(queue: string, key: string, chunks: readonly number[]) {
  return chunks.map((n) => ({ queue, key: `${key}.${n}`, data: { batch: key, chunk: n } }))
}

export async function beginStaging(
  database: Database,
  queue: JobQueue,
  owner: BatchOwner,
  key: string,
): Promise<Staging> {
  const { dialect, transaction } = database
  const clock = CLOCK[dialect]
  const ids = given(dialect, '?2', { award_id: 'text', digest: 'text', idx: 'bigint' })
  let chunks = 0
  let isRefused = false

  /** Throws StoreError `store.conflict` where it was taken for abandoned. */
  async function demandMine(query: Query): Promise<void> {
    const [row] = await query(
      `update badgewright_batch set touched = ${clock} where batch_key = ?1 and state = 'staging'`,
      { each: [[key]] },
    )
    if (Number(row?.changes) !== 1)
      throw new StoreError(
        'store.conflict',
        'this submission showed no sign of life for an hour, and was removed: submit the batch again',
      )
  }

  /** Of those that were not added, which award has the id. Asked again, an award's own is not in its way. */
  async function noteIds(query: Query, awards: readonly StagedAward[]): Promise<Map<StagedAward, number>> {
    const conflicts = new Map<StagedAward, number>()
    if (awards.length === 0) return conflicts
    const value = ids.value(awards.map(({ id, digest, index }) => [id, digest, index]))
    await query(
      `insert into badgewright_batch_award (batch_key, award_id, digest, idx)
       select ?1, g.award_id, g.digest, g.idx from ${ids.rows} g where true order by g.n on conflict do nothing`,
      [key, value],
    )
    const rows = await query(
      `select g.idx, a.idx as other from ${ids.rows} g
       ${LOOKED_UP_IN[dialect]} badgewright_batch_award a on a.batch_key = ?1 and a.award_id = g.award_id where a.digest <> g.digest`,
      [key, value],
    )
    const byIndex = new Map(awards.map((award) => [award.index, award]))
    for (const { idx, other } of rows) {
      const award = byIndex.get(Number(idx))
      if (award !== undefined) conflicts.set(award, Number(other))
    }
    return conflicts
  }

  async function add({ awards, invalid }: StagedChunk): Promise<ReadonlyMap<StagedAward, number>> {
    const n = chunks
    const conflicts = await transaction(async (query) => {
      await demandMine(query)
      const conflicts = await noteIds(query, awards)
      if (isRefused) return conflicts
      const good = awards.filter((award) => !conflicts.has(award))
      if (good.length > 0) await insertChunk(query, key, n, good.length, chunkText(good))
      const failures = [...invalid, ...[...conflicts].map(([award, other]) => doubled(award, other))]
      await insertFailures(
        query,
        dialect,
        key,
        failures.map((failure) => ({ failure })),
      )
      return conflicts
    })
    if (awards.length > conflicts.size) chunks++
    return conflicts
  }

  async function release(id: string, { awards, invalid, digest }: ReleasedBatch) {
    const there = await transaction(async (query) => {
      const [found] = await query(
        'select batch_key, digest, issuer, awards, invalid from badgewright_batch where batch_id = ?1',
        [id],
      )
      if (found !== undefined) {
        if (found.digest !== digest || found.issuer !== owner.issuer)
          throw new UsageError(
            'usage.batch_conflict',
            `there is a batch "${id}" with other awards: give this one an id of its own`,
            { option: 'id' },
          )
        return { key: String(found.batch_key), awards: Number(found.awards), invalid: Number(found.invalid) }
      }
      await demandMine(query)
      await query(
        `update badgewright_batch set state = 'ready', batch_id = ?2, awards = ?3, invalid = ?4, digest = ?5, submitted = ${clock}
         where batch_key = ?1`,
        [key, id, awards, invalid, digest],
      )
      for (let from = 0; from < chunks; from += PAGE) {
        const page = Array.from({ length: Math.min(PAGE, chunks - from) }, (_, at) => from + at)
        await queue.send(jobsOf(owner.queue, key, page), { query })
      }
      return { key, awards, invalid }
    })
    if (there.key !== key) await abandon()
    return { awards: there.awards, invalid: there.invalid }
  }

  async function abandon(): Promise<void> {
    await database.query(
      "update badgewright_batch set state = 'abandoned' where batch_key = ?1 and state = 'staging'",
      [key],
    )
    await removeAbandoned(database)
  }

  await guarded('begin a batch', () =>
    database.query(
      `insert into badgewright_batch (batch_key, state, queue, issuer, touched) values (?1, 'staging', ?2, ?3, ${clock})
       on conflict (batch_key) do nothing`,
      [key, owner.queue, owner.issuer],
    ),
  )
  return {
    add: (chunk) => guarded('keep awards of a batch', () => add(chunk)),
    refuse: async () => {
      isRefused = true
    },
    touch: () => guarded('keep a batch', () => transaction(demandMine)),
    release: async (id, batch) => {
      try {
        return await release(id, batch)
      } catch (error) {
        if (error instanceof UsageError) throw error
        return guarded('release a batch', async () => {
          throw error
        })
      }
    },
    abandon: () => guarded('remove a batch', abandon),
  }
}

/** Also for chunks of those that are tried again. */
export async function insertChunk(query: Query, key: string, n: number, size: number, text: string): Promise<void> {
  await query(
    `insert into badgewright_batch_chunk (batch_key, n, size, state, awards) values (?1, ?2, ?3, 'awaiting', ?4)
     on conflict (batch_key, n) do nothing`,
    [key, n, size, text],
  )
}

/** With the award, where it may be tried again. */
export async function insertFailures(
  query: Query,
  dialect: Database['dialect'],
  key: string,
  failures: readonly { readonly failure: BatchFailure; readonly award?: string }[],
): Promise<void> {
  if (failures.length === 0) return
  const rows = given(dialect, '?2', { idx: 'bigint', kind: 'text', failure: 'text', award: 'text' })
  await query(
    `insert into badgewright_batch_failure (batch_key, idx, kind, failure, award)
     select ?1, g.idx, g.kind, g.failure, g.award from ${rows.rows} g where true on conflict do nothing`,
    [
      key,
      rows.value(
        failures.map(({ failure, award }): SqlValue[] => [
          failure.index,
          failure.kind,
          JSON.stringify(failure),
          award ?? null,
        ]),
      ),
    ],
  )
}

export function doubled({ index, line, id }: StagedAward, other: number): BatchFailure {
  return {
    index,
    ...(line === undefined ? {} : { line }),
    id,
    kind: 'invalid',
    code: 'usage.award_conflict',
    message: `the award id "${id}" is that of award ${other} of this batch too, which says something else: give one of them an id of its own`,
  }
}

/** What is left of submissions that were refused, stopped or cut off, and what nobody needs of those that were released. */
export async function removeAbandoned({ dialect, query }: Database): Promise<void> {
  const clock = CLOCK[dialect]
  await query(
    `update badgewright_batch set state = 'abandoned' where state = 'staging' and touched < ${clock} - ${ABANDONED}`,
  )
  await removeIn(query, 'award', 'award_id', "state <> 'staging'")
  await removeIn(query, 'chunk', 'n', "state = 'abandoned'")
  await removeIn(query, 'failure', 'idx', "state = 'abandoned'")
  await query("delete from badgewright_batch where state = 'abandoned'")
}

/** Some at a time, so that nobody waits for long. */
async function removeIn(query: Query, table: string, column: string, whose: string): Promise<void> {
  const name = `badgewright_batch_${table}`
  for (;;) {
    const [found] = await query(
      `select b.batch_key from badgewright_batch b where b.${whose}
       and exists (select 1 from ${name} t where t.batch_key = b.batch_key) limit 1`,
    )
    if (found === undefined) return
    await query(
      `delete from ${name} where batch_key = ?1 and ${column} in
       (select ${column} from ${name} where batch_key = ?1 order by ${column} limit ${PAGE})`,
      [String(found.batch_key)],
    )
  }
}
