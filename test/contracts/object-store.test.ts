/** The contract of ObjectStore: kept by memory, by a folder and by the example for S3, and each promise is missed by a store that breaks it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { s3Store } from '../../examples/25-publish-to-s3.js'
import { objectStoreContract } from '../../src/entries/contracts.js'
import { folderStore } from '../../src/entries/node.js'
import type { ObjectStore, PublishedObject } from '../../src/entries/status.js'
import { memoryObjectStore } from '../../src/entries/store/memory.js'
import { fakeS3 } from '../examples/fake-s3.js'
import { testBroken, testContract } from './broken.js'

const root = mkdtempSync(join(tmpdir(), 'objects-'))
afterAll(() => rmSync(root, { recursive: true }))
let count = 0

describe('memory', () => testContract(objectStoreContract(memoryObjectStore)))
describe('a folder', () => testContract(objectStoreContract(() => folderStore(join(root, `new/${++count}`)))))
describe('25-publish-to-s3', () => testContract(objectStoreContract(() => s3Store(fakeS3(), 'bucket'))))

describe('broken stores are found', () => {
  const changed = (change: (good: ObjectStore) => Partial<ObjectStore>) =>
    objectStoreContract(() => {
      const good = memoryObjectStore()
      return { ...good, ...change(good) }
    })
  const answering = (change: (found: PublishedObject) => PublishedObject | undefined) =>
    changed((good) => ({
      get: async (name) => {
        const found = await good.get(name)
        return found === undefined ? undefined : change(found)
      },
    }))
  const named = (change: (name: string) => string) =>
    changed((good) => ({
      get: (name) => good.get(change(name)),
      put: (name, ...rest) => good.put(change(name), ...rest),
    }))
  testBroken(objectStoreContract(memoryObjectStore), [
    {
      title: 'an empty object where there is none',
      caught: ['undefined where nothing'],
      rules: changed((good) => ({
        get: async (name) =>
          (await good.get(name)) ?? { body: new Uint8Array(), contentType: '', cacheControl: '', etag: '0' },
      })),
    },
    {
      title: 'the encoding is forgotten',
      caught: ['byte for byte'],
      rules: answering(({ contentEncoding: _, ...found }) => found),
    },
    {
      title: 'one file for both forms',
      caught: ['tells names apart'],
      rules: named((name) => name.replace('.gz', '')),
    },
    {
      title: 'one ETag for all',
      caught: ['changes the ETag'],
      rules: changed((good) => {
        let etag: string | undefined
        return {
          get: async (name) => {
            const found = await good.get(name)
            etag = found?.etag
            return found === undefined ? undefined : { ...found, etag: 'same' }
          },
          put: async (name, object, replaces) =>
            good.put(name, object, replaces === 'same' ? ((await good.get(name))?.etag ?? etag) : replaces),
        }
      }),
    },
    {
      title: 'the last one wins',
      caught: ['something else stands there'],
      rules: changed((good) => ({
        put: async (name, object) => good.put(name, object, (await good.get(name))?.etag),
      })),
    },
    {
      title: 'looked at before it waits',
      caught: ['of many at once'],
      rules: changed((good) => ({
        put: async (name, object, replaces) => {
          if ((await good.get(name))?.etag !== replaces) return false
          await new Promise((resolve) => setTimeout(resolve, 1))
          return good.put(name, object, (await good.get(name))?.etag)
        },
      })),
    },
    {
      title: 'a file that is written in pieces',
      caught: ['never a part'],
      rules: changed((good) => ({
        put: async (name, object, replaces) => {
          const half = { ...object, body: object.body.slice(0, object.body.length / 2) }
          if (!(await good.put(name, half, replaces))) return false
          await new Promise((resolve) => setTimeout(resolve, 5))
          return good.put(name, object, (await good.get(name))?.etag)
        },
      })),
    },
  ])
})
