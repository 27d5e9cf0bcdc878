// Nothing misspelt goes through: a walk over what `badgewright/jobs/pg-boss` exports.
import { vi } from 'vitest'
import * as jobs from '../../src/entries/jobs/pg-boss.js'
import { complete, walkEntry } from './walk.js'

/** As version 10 looks, without a database. */
const { PgBoss } = vi.hoisted(() => ({
  PgBoss: class {
    on = () => undefined
    start = async () => undefined
    stop = async () => undefined
    maintain = async () => undefined
    expire = async () => undefined
  },
}))
vi.mock('pg-boss', () => ({ default: PgBoss, PgBoss: undefined }))

const ask = () => Promise.resolve([])
const client = { unsafe: ask, begin: ask, reserve: async () => ({ unsafe: ask, release: () => undefined }) }
const rest = complete<Omit<jobs.PgBossOptions, 'PgBoss'>>({ schema: 'jobs', leaseCheckSeconds: 10 })

walkEntry(jobs, {
  pgBossQueue: {
    call: jobs.pgBossQueue,
    right: [client, complete<jobs.PgBossOptions>({ ...rest, PgBoss })],
    options: 1,
  },
  installedPgBossQueue: {
    call: jobs.installedPgBossQueue,
    right: [client, rest],
    options: 1,
  },
})
