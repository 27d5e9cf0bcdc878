// Nothing misspelt goes through: a walk over what the subpaths of `badgewright/store` export.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import * as embedded from '../../src/entries/store/embedded.js'
import * as memory from '../../src/entries/store/memory.js'
import * as postgres from '../../src/entries/store/postgres.js'
import { complete, walkEntry } from './walk.js'

const options = complete<memory.StoreOptions>({
  entries: 131_072,
  statusSizes: { message: 2 },
  fill: 0.9,
  now: () => new Date(0),
})

/** A backup of nothing. */
const backup = {
  read: async function* () {},
  begin: async () => undefined,
  write: async () => undefined,
  end: async () => undefined,
}
const nothing = ['{"kind":"export","version":1}', '{"kind":"end","lists":0,"entries":0,"awards":0,"credentials":0}']
const moving = ({ exportStores, importInto }: Pick<typeof embedded, 'exportStores' | 'importInto'>) => ({
  exportStores: { call: exportStores, right: [{ backup }] },
  importInto: {
    call: importInto,
    right: [
      { backup },
      nothing,
      complete<embedded.ImportOptions>({ signal: new AbortController().signal, onProgress: () => undefined }),
    ],
    options: 2,
  },
})

describe('memory', () => {
  walkEntry(memory, {
    memoryStores: { call: memory.memoryStores, right: [options], options: 0 },
    memoryObjectStore: { call: memory.memoryObjectStore, right: [] },
  })
})
describe('embedded', () => {
  const folder = mkdtempSync(join(tmpdir(), 'walk-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  // Whatever text a path is, the file lies in that folder.
  const open = async (path: string, given: memory.StoreOptions) => {
    const below = typeof path === 'string' && path !== '' && path !== ':memory:' ? join(folder, path) : path
    await (await embedded.embeddedStores(below, given)).close()
  }
  walkEntry(embedded, {
    embeddedStores: { call: open, right: [':memory:', options], options: 1 },
    ...moving(embedded),
  })
})
describe('postgres', () => {
  const client = { unsafe: () => Promise.resolve([]), begin: () => Promise.resolve([]) }
  walkEntry(postgres, {
    postgresStores: { call: postgres.postgresStores, right: [client, options], options: 1 },
    ...moving(postgres),
  })
})
