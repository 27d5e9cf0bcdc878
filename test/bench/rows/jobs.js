/**
 * A batch in a queue (pg-boss, on a PostgreSQL whose every commit reaches the disk), and two workers that issue it: one of them is killed
 * in the middle, and another takes its place. BADGEWRIGHT_BENCH_JOBS=20000 makes the batch smaller.
 *
 * @module
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import PgBoss from 'pg-boss'
import postgres from 'postgres'
import { fromPackage } from '../installed.js'
import { benchServer } from '../postgres.js'
import { fact, line, notMeasured } from '../table.js'
import { watchServer } from '../watch.js'

export const title = 'A batch through the queue (pg-boss, PostgreSQL), two workers, one killed in the middle'

const AWARDS = Number(process.env.BADGEWRIGHT_BENCH_JOBS ?? 100_000)
/** Awards of a job. */
const CHUNK = 1000
const WORKERS = 2
const QUEUE = 'batch'
/** Seconds. A job of one that was killed comes again when its lease has ended. */
const LEASE = 15

export async function run({ folder, installed, identity }) {
  const server = await benchServer(folder)
  if ('missing' in server) return [notMeasured('PostgreSQL', server.missing)]
  const { options } = server
  const sql = postgres({ ...options, max: 4, onnotice: () => undefined })
  const watch = watchServer(options)
  const workers = []
  try {
    const { postgresStores } = await fromPackage(installed, 'store/postgres')
    const { pgBossQueue } = await fromPackage(installed, 'jobs/pg-boss')
    await postgresStores(sql)
    const queue = await pgBossQueue(sql, { PgBoss })
    const jobs = Array.from({ length: Math.ceil(AWARDS / CHUNK) }, (_, n) => ({
      queue: QUEUE,
      key: `chunk-${n}`,
      data: { first: n * CHUNK, count: Math.min(CHUNK, AWARDS - n * CHUNK) },
    }))
    const before = await sizeOf(sql)
    await queue.send(jobs)
    await queue.close()
    const said = await work(workers, { installed, identity, options, queue: QUEUE, lease: LEASE }, jobs.length, watch)
    const after = await sizeOf(sql)
    const grown = {
      stored: (after.stored - before.stored) / AWARDS,
      written: (after.written - before.written) / AWARDS,
    }
    return linesOf(said, await count(sql), watch.waits, grown)
  } finally {
    for (const worker of workers) worker.child.kill('SIGKILL')
    await watch.end()
    await sql.end()
    server.stop()
  }
}

/** Until each job was done once. */
async function work(workers, task, jobs, watch) {
  const done = new Map()
  const said = { done, again: 0, megabytes: 0, sinceKill: 0, killedAt: 0 }
  const { promise: isOver, resolve: end, reject } = withResolvers()
  const hire = () => {
    const child = fork(new URL('../worker.js', import.meta.url), [JSON.stringify(task)])
    const worker = { child, isKilled: false, ready: once(child, 'message') }
    worker.gone = once(child, 'exit').then(([code, signal]) => {
      if (!worker.isKilled && code !== 0) reject(new Error(`a worker ended with ${code ?? signal}`))
    })
    child.on('message', ({ first, attempt, isHeld, rss }) => {
      if (first === undefined) return
      if (isHeld) done.set(first, (done.get(first) ?? 0) + 1)
      if (attempt > 1) said.again++
      said.megabytes = Math.max(said.megabytes, rss / 1e6)
      if (done.size >= jobs / 2 && said.killedAt === 0) {
        said.killedAt = done.size
        const victim = workers.find((each) => each !== worker && !each.isKilled)
        victim.isKilled = true
        victim.child.kill('SIGKILL')
        hire()
      }
      if (done.size === jobs) end()
    })
    workers.push(worker)
    return worker
  }
  await Promise.all(Array.from({ length: WORKERS }, () => hire().ready))
  const looking = watch.look()
  const start = performance.now()
  await isOver
  said.seconds = (performance.now() - start) / 1000
  await looking()
  for (const { child, isKilled } of workers) if (!isKilled) child.send('end')
  await Promise.all(workers.map(({ gone }) => gone))
  return said
}

function withResolvers() {
  const made = {}
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }))
  return made
}

/** Bytes of the database, and of its write-ahead log since ever. */
async function sizeOf(sql) {
  const [row] = await sql`select pg_database_size(current_database())::float8 as stored,
    pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as written`
  return row
}

/** Past the stores. */
async function count(sql) {
  const [row] = await sql`
    select (select count(*) from badgewright_credential)::int as records,
      (select count(distinct credential_id) from badgewright_credential)::int as badges,
      (select count(*) from badgewright_status_entry)::int as entries,
      (select count(distinct award_key) from badgewright_status_entry)::int as keys,
      (select sum(allocated) from badgewright_status_list)::int as allocated`
  return row
}

function linesOf(
  { done, again, megabytes, seconds, killedAt },
  { records, badges, entries, keys, allocated },
  waits,
  grown,
) {
  const doubles = records - badges + (entries - keys) + (allocated - entries) + Math.max(0, records - AWARDS)
  const doubled = [...done.values()].filter((times) => times > 1).length
  return [
    fact(`${AWARDS} awards, ${WORKERS} workers, awards a second`, AWARDS / seconds, ''),
    fact('jobs', done.size, ''),
    fact('a worker was killed after, jobs', killedAt, ''),
    fact('jobs that came again', again, ''),
    line('losses (awards without a badge or a status entry)', {
      reached: Math.max(0, AWARDS - badges) + Math.max(0, AWARDS - entries),
      unit: '',
      floor: 0,
      atMost: true,
    }),
    line('doubles (badges, status entries, jobs done twice)', {
      reached: doubles + doubled,
      unit: '',
      floor: 0,
      atMost: true,
    }),
    line('resident memory of a worker at most', { reached: megabytes, unit: 'MB', floor: 200, atMost: true }),
    line(`waits for another's row or transaction in ${waits.samples} looks at ${waits.busy} busy backends`, {
      reached: waits.rows,
      unit: '',
      floor: 0,
      atMost: true,
    }),
    fact('waits for a file that another makes longer', waits.files, ''),
    fact('an award in the database', grown.stored, 'bytes'),
    fact('an award in its write-ahead log', grown.written, 'bytes'),
  ]
}
