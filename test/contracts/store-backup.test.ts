/** The contract of StoreBackup: kept by the embedded store and by PostgreSQL, and each promise is missed by one that breaks it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, describe } from 'vitest'
import { type BackedUpStores, storeBackupContract } from '../../src/entries/contracts.js'
import { embeddedStores, type StoreBackup } from '../../src/entries/store/embedded.js'
import { postgresStores, type Stores } from '../../src/entries/store/postgres.js'
import { SKIP_PREFIX } from '../skip-reporter.js'
import { startPostgres } from '../store/postgres-server.js'
import { testBroken, testContract } from './broken.js'

const folder = mkdtempSync(join(tmpdir(), 'backup-'))
const server = startPostgres()
if ('missing' in server) console.log(`${SKIP_PREFIX}${server.missing}`)
const endings: (() => Promise<unknown>)[] = []
let count = 0
afterAll(async () => {
  for (const end of endings) await end()
  if ('stop' in server) server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const backedUp = (stores: Stores): BackedUpStores => {
  endings.push(() => stores.close())
  if (stores.backup === undefined) throw new Error('these stores have a backup')
  return { ...stores, backup: stores.backup }
}
const inFile = async () => backedUp(await embeddedStores(join(folder, `${++count}.db`)))
const inMemory = async () => backedUp(await embeddedStores(':memory:'))
async function inPostgres(): Promise<BackedUpStores> {
  if (!('options' in server)) throw new Error(server.missing)
  const schema = `s${++count}`
  const sql = postgres({ ...server.options, max: 3, onnotice: () => undefined, connection: { search_path: schema } })
  await sql.unsafe(`create schema ${schema}`)
  endings.push(() => sql.end())
  return backedUp(await postgresStores(sql))
}

describe('a file', () => testContract(storeBackupContract(inFile)))
describe('a database in memory', () => testContract(storeBackupContract(inMemory)))
describe.skipIf('missing' in server)('PostgreSQL', () => testContract(storeBackupContract(inPostgres)))

describe('broken ones are found', () => {
  const changed = (change: (good: StoreBackup, stores: BackedUpStores) => Partial<StoreBackup>) =>
    storeBackupContract(async () => {
      const stores = await inMemory()
      return { ...stores, backup: { ...stores.backup, ...change(stores.backup, stores) } }
    })
  testBroken(storeBackupContract(inMemory), [
    {
      title: 'rows of nobody',
      caught: ['nothing of empty stores'],
      rules: changed(() => ({
        read: async function* () {
          yield [{ kind: 'entry', listId: 'x', index: 0, key: 'x', value: 0 }]
        },
      })),
    },
    {
      title: 'trails are forgotten',
      caught: ['the stores go on'],
      rules: changed((good) => ({
        write: (rows) => good.write(rows.map((row) => ('events' in row ? { ...row, events: [] } : row))),
      })),
    },
    {
      title: 'pages of several moments',
      caught: ['of one moment'],
      rules: changed((good) => ({
        read: async function* () {
          const seen = new Set<string>()
          for (let isNew = true; isNew; ) {
            isNew = false
            for await (const page of good.read()) {
              const fresh = page.filter((row) => !seen.has(JSON.stringify(row))).slice(0, 100)
              if (fresh.length === 0) continue
              for (const row of fresh) seen.add(JSON.stringify(row))
              isNew = true
              yield fresh
              break
            }
          }
        },
      })),
    },
    {
      title: 'rows twice are refused',
      caught: ['rows that are there stay'],
      rules: changed((good) => {
        let isWritten = false
        return {
          write: async (rows) => {
            if (isWritten) throw new Error('duplicate key value')
            isWritten = true
            await good.write(rows)
          },
        }
      }),
    },
    {
      title: 'row by row',
      caught: ['all rows or none'],
      rules: changed((good) => ({
        write: async (rows) => {
          for (const row of rows) await good.write([row])
        },
      })),
    },
    {
      title: 'begins anywhere',
      caught: ['refuses stores that hold anything else'],
      rules: changed(() => ({ begin: async () => undefined })),
    },
    {
      title: 'lists are open from the beginning',
      caught: ['until the end'],
      rules: changed((good) => ({
        write: async (rows) => {
          await good.write(rows)
          const lists = rows.filter(({ kind }) => kind === 'list').length
          if (lists === rows.length) await good.end({ lists, entries: 0, awards: 0, credentials: 0 })
        },
      })),
    },
    {
      title: 'counts nothing',
      caught: ['refuses where they are not as many'],
      rules: changed(() => ({ end: async () => undefined })),
    },
  ])
})
