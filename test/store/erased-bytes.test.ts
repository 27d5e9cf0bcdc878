// What is left in the files of a database of a person who was erased: PRAGMA secure_delete, https://www.sqlite.org/pragma.html#pragma_secure_delete
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { embeddedStores } from '../../src/entries/store/embedded.js'
import { postgresStores } from '../../src/entries/store/postgres.js'
import { createPersonIndex } from '../../src/issue/persons.js'
import type { Stores } from '../../src/store/stores.js'
import { awardFor, idOf, issuerOn, PERSONS } from '../issue/award-kit.js'
import { SKIP_PREFIX } from '../skip-reporter.js'
import { startPostgres } from './postgres-server.js'

const folder = mkdtempSync(join(tmpdir(), 'badgewright-erased-'))
const server = startPostgres()
if ('missing' in server) console.log(`${SKIP_PREFIX}${server.missing}`)
afterAll(() => {
  if ('stop' in server) server.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The database and the files beside it. */
function filesOf(path: string): Buffer {
  return Buffer.concat(
    ['', '-wal', '-shm', '-journal'].flatMap((end) => (existsSync(path + end) ? [readFileSync(path + end)] : [])),
  )
}

const OTHERS = 120
const ada = { email: 'ada.lovelace@example.org' }
const [index] = createPersonIndex(PERSONS).all(ada)
const SECRETS = ['Ada Lovelace', 'ada.lovelace', index as string, 'did:example:ada-wallet', 'Mrs Clerk', 'copied it']

/** Among others, so that pages are split and rows are moved; with several versions of each row. */
async function fill(stores: Stores) {
  const issuer = issuerOn(stores)
  const recipient = { ...ada, hashed: false }
  for (let n = 0; n < OTHERS; n++) {
    await issuer.issue(awardFor(`other-${n}`))
    if (n % 20 !== 0) continue
    const award = awardFor(`ada-${n}`, { recipient, narrative: 'Ada Lovelace did well.', by: 'Mrs Clerk' })
    const { secret = '' } = await issuer.offer(award, { address: 'ada.lovelace@example.org' })
    await issuer.claim({ awardId: `ada-${n}`, secret })
    const { credential } = await issuer.claim({ awardId: `ada-${n}`, secret, holder: 'did:example:ada-wallet' })
    await issuer.suspend(idOf(credential), { reason: 'Ada Lovelace copied it', by: 'Mrs Clerk' })
    await issuer.renew(idOf(credential), { validUntil: new Date('2100-01-01T00:00:00Z') })
    await issuer.sent(`ada-${n}`)
  }
  await issuer.issue(awardFor('ada', { recipient, narrative: 'Ada Lovelace', by: 'Mrs Clerk' }))
  await issuer.revokeAward('ada', { reason: 'Ada Lovelace copied it' })
  return issuer
}

test('libsql: neither name nor address nor index, in no file', async () => {
  const path = join(folder, 'badges.db')
  const stores = await embeddedStores(path)
  const issuer = await fill(stores)
  const before = filesOf(path)
  for (const secret of SECRETS) expect([secret, before.includes(secret)]).toEqual([secret, true])
  expect(await issuer.erase(ada)).toEqual({ erased: OTHERS / 20 + 1 })
  // While the stores are open, and after them.
  const found = () => SECRETS.filter((secret) => filesOf(path).includes(secret))
  expect(found()).toEqual([])
  await stores.close()
  expect(found()).toEqual([])
  expect(filesOf(path).includes('other-7')).toBe(true)
})

test.skipIf(!('options' in server))('PostgreSQL: none in its tables, after VACUUM FULL', async () => {
  if (!('options' in server)) return
  const sql = postgres({ ...server.options, max: 4, onnotice: () => undefined })
  const stores = await postgresStores(sql)
  const issuer = await fill(stores)
  // Its log is another thing: that is written for replicas and backups.
  const tables = join(server.options.host, 'data', 'base')
  const found = async () => {
    await sql.unsafe('checkpoint')
    const files = readdirSync(tables, { recursive: true, withFileTypes: true }).filter((each) => each.isFile())
    const bytes = Buffer.concat(files.map((each) => readFileSync(join(each.parentPath, each.name))))
    return SECRETS.filter((secret) => bytes.includes(secret))
  }
  // Long values are compressed, and texts in them are not all found: those that are enough to tell.
  expect(await found()).toEqual(expect.arrayContaining(['ada.lovelace', index, 'Mrs Clerk', 'copied it']))
  expect(await issuer.erase(ada)).toEqual({ erased: OTHERS / 20 + 1 })
  for (const table of ['award', 'credential', 'event', 'revoked']) await sql.unsafe(`vacuum full badgewright_${table}`)
  expect(await found()).toEqual([])
  await sql.end()
})
