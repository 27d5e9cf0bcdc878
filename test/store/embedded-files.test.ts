// Who earned what is for the issuer's eyes: the mode of the files.
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { embeddedStores } from '../../src/entries/store/embedded.js'
import { fileMadeFor } from '../../src/store/libsql-database.js'

const folder = mkdtempSync(join(tmpdir(), 'badgewright-embedded-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const isWindows = process.platform === 'win32'
const modes = (start: string) =>
  readdirSync(folder)
    .filter((name) => name.startsWith(start))
    .map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)])

test.skipIf(isWindows).each([
  ['plain.db', (path: string) => path],
  ['uri 1.db', (path: string) => `file:${path.replace(' ', '%20')}`],
  ['uri2.db', (path: string) => `file://localhost${path}?mode=rwc`],
])('a new database and what stands beside it are for its owner only: %s', async (name, given) => {
  const stores = await embeddedStores(given(join(folder, name)))
  try {
    expect(modes(name)).toEqual([name, `${name}-shm`, `${name}-wal`].map((file) => [file, '600']))
  } finally {
    await stores.close()
  }
})
test.skipIf(isWindows)('a database that is there keeps the mode that its owner gave it', async () => {
  writeFileSync(join(folder, 'shared.db'), '')
  chmodSync(join(folder, 'shared.db'), 0o660)
  const stores = await embeddedStores(join(folder, 'shared.db'))
  await stores.close()
  expect(modes('shared.db').filter(([, mode]) => mode !== '660')).toEqual([])
})
test('what is in memory makes no file, and a folder that is missing is told by the store', async () => {
  const stores = await embeddedStores(':memory:')
  await stores.close()
  expect(existsSync(':memory:')).toBe(false)
  await expect(embeddedStores(join(folder, 'none', 'x.db'))).rejects.toMatchObject({ code: 'store.failed' })
})
test('https://sqlite.org/uri.html: which file a name makes', () => {
  const made = ['a.db', 'file:a.db', 'file:///b/a.db?cache=shared', 'FILE:a%20b.db#x'].map(fileMadeFor)
  expect(made).toEqual(['a.db', 'a.db', '/b/a.db', 'a b.db'])
  for (const name of [':memory:', 'file::memory:', 'file:x?mode=memory', 'file:x?cache=shared&mode=ro', 'file:'])
    expect(fileMadeFor(name)).toBeUndefined()
  expect(() => fileMadeFor('file:100%.db')).toThrow(expect.objectContaining({ code: 'usage.invalid_option' }))
})
