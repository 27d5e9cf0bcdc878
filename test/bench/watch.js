/**
 * A PostgreSQL server while others are at work on it.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'

/** Milliseconds between two looks at who waits for whom. */
const LOOK = 3
/** Microseconds of a clock tick of Linux. */
const TICK = 10_000

/** Who is at work on the server and who waits for a lock, and the CPU time of its processes. */
export function watchServer(options) {
  const sql = postgres({ ...options, max: 2, onnotice: () => undefined })
  const waits = { samples: 0, busy: 0, rows: 0, files: 0 }
  const ended = new Map()
  return {
    waits,
    /** Microseconds, of those that are there; 0 where there is no /proc. */
    cpu: async () => {
      for (const { pid } of await sql`select pid from pg_stat_activity`)
        ended.set(pid, cpuOf(pid) ?? ended.get(pid) ?? 0)
      return [...ended.values()].reduce((sum, cpu) => sum + cpu, 0)
    },
    /** Counts until it is told to stop. */
    look: () => {
      let isOver = false
      const looking = (async () => {
        while (!isOver) {
          const [row] =
            await sql`select count(*) filter (where state = 'active' and pid <> pg_backend_pid())::int as busy,
            count(*) filter (where wait_event_type = 'Lock' and wait_event <> 'extend')::int as rows,
            count(*) filter (where wait_event_type = 'Lock' and wait_event = 'extend')::int as files,
            (select count(*) from pg_locks where not granted and locktype <> 'extend')::int as ungranted
            from pg_stat_activity`
          waits.samples++
          waits.busy += row.busy
          waits.rows += Math.max(row.rows, row.ungranted)
          waits.files += row.files
          await pause(LOOK)
        }
      })()
      return async () => {
        isOver = true
        await looking
      }
    },
    end: () => sql.end(),
  }
}

function cpuOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
    return (Number(fields[11]) + Number(fields[12])) * TICK
  } catch {
    return undefined
  }
}
