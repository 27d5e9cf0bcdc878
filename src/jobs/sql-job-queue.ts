/**
 * JobQueue in the database of an issuer's stores: jobs, staged awards and records are in one place, and commit together. A lease is the
 * time until which a job is not due.
 *
 * @module
 */
import type { JsonObject } from '../internal/types.js'
import { CLOCK, type Database, guarded, type Query, type Row } from '../store/database.js'
import {
  deadLettersOf,
  demandQueue,
  demandReceive,
  type FailedJob,
  isDeadLetters,
  type JobQueue,
  jobText,
  type NewJob,
  type ReceivedJob,
  reasonOf,
} from './job-queue.js'
import { pause } from './pause.js'

/** Milliseconds between two looks for a job that is waited for. */
const PAUSE = 100
/** Milliseconds for which the key of a job that was done is known: eight days. */
const KNOWN = 691_200_000

/** The tables are there. */
export function createSqlJobQueue({ dialect, query, transaction }: Database): JobQueue {
  const clock = CLOCK[dialect]
  const held = 'where queue = ?1 and job_key = ?2 and attempt = ?3 and ended is null'

  async function send(jobs: readonly NewJob[], within?: Query): Promise<void> {
    const values = jobs.map((job) => [job.queue, job.key, jobText(job)] as const)
    if (values.length === 0) return
    const insert = async (ask: Query): Promise<void> => {
      await ask(
        `insert into badgewright_job (queue, job_key, data, due) values (?1, ?2, ?3, ${clock}) on conflict (queue, job_key) do nothing`,
        { each: values },
      )
      await ask(`delete from badgewright_job where ended < ${clock} - ${KNOWN}`)
    }
    await (within === undefined ? transaction(insert) : insert(within))
  }

  async function receiveDue(queue: string, most: number, lease: number): Promise<ReceivedJob[]> {
    const rows = await query(
      `with picked as materialized (
         select n as picked_n from badgewright_job where queue = ?1 and ended is null and due <= ${clock}
         order by due, n limit cast(?2 as integer)${dialect === 'postgres' ? ' for update skip locked' : ''})
       update badgewright_job set attempt = attempt + 1, due = ${clock} + cast(?3 as integer)
       where n in (select picked_n from picked) and ended is null
       returning n, queue, job_key, data, attempt, reason`,
      [queue, most, lease],
    )
    return rows.toSorted((a, b) => Number(a.n) - Number(b.n)).map(readJob)
  }

  async function changeEach(jobs: readonly ReceivedJob[], set: string, ask: Query = query): Promise<boolean[]> {
    if (jobs.length === 0) return []
    const rows = await ask(`update badgewright_job set ${set} ${held}`, { each: jobs.map(heldAs) })
    return rows.map(({ changes }) => Number(changes) === 1)
  }

  async function fail(failure: FailedJob, ask: Query): Promise<boolean> {
    const { job } = failure
    const reason = reasonOf(failure)
    const isFinal = failure.waitSeconds === undefined && !isDeadLetters(job.queue)
    const next = isFinal ? `ended = ${clock}` : `due = ${clock} + cast(?5 as bigint)`
    const wait = isFinal ? [] : [Math.round((failure.waitSeconds ?? 0) * 1000)]
    const [row] = await ask(`update badgewright_job set reason = ?4, ${next} ${held}`, {
      each: [[...heldAs(job), reason, ...wait]],
    })
    if (Number(row?.changes) !== 1) return false
    if (isFinal)
      await ask(
        `insert into badgewright_job (queue, job_key, data, due, reason) values (?1, ?2, ?3, ${clock}, ?4)
         on conflict (queue, job_key) do update set data = excluded.data, due = excluded.due, reason = excluded.reason, ended = null`,
        [deadLettersOf(job.queue), job.key, jobText(job), reason],
      )
    return true
  }

  return {
    send: (jobs, options) => guarded('send jobs', () => send(jobs, options?.query)),
    receive: async (queue, options) => {
      demandQueue(queue)
      demandReceive(options)
      const lease = Math.round(options.leaseSeconds * 1000)
      if (options.again !== undefined) {
        const { again } = options
        const isHeld = await guarded('extend leases', () =>
          transaction((ask) => changeEach(again, `due = ${clock} + ${lease}`, ask)),
        )
        return again.filter((_, at) => isHeld[at])
      }
      const { most, waitSeconds = 0, signal } = options
      for (let waited = 0; signal?.aborted !== true; waited += PAUSE) {
        const jobs = await guarded('receive jobs', () => receiveDue(queue, most, lease))
        if (jobs.length > 0 || waited >= waitSeconds * 1000) return jobs
        await pause(PAUSE, signal)
      }
      return []
    },
    done: (jobs) => guarded('end jobs', () => transaction((ask) => changeEach(jobs, `ended = ${clock}`, ask))),
    failed: (failures) =>
      guarded('end jobs that failed', () =>
        transaction(async (ask) => {
          const answers: boolean[] = []
          for (const failure of failures) answers.push(await fail(failure, ask))
          return answers
        }),
      ),
  }
}

const heldAs = ({ queue, key, attempt }: ReceivedJob) => [queue, key, attempt] as const

function readJob({ queue, job_key, data, attempt, reason }: Row): ReceivedJob {
  return {
    queue: String(queue),
    key: String(job_key),
    data: JSON.parse(String(data)) as JsonObject,
    attempt: Number(attempt),
    ...(typeof reason === 'string' ? { reason } : {}),
  }
}
