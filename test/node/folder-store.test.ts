/** A folder as an ObjectStore: what is on the disk, whoever was stopped where. src/node/folder-store.ts */
import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, describe, expect, test } from 'vitest'
import { folderStore } from '../../src/entries/node.js'

const root = mkdtempSync(join(tmpdir(), 'folder-'))
afterAll(() => rmSync(root, { recursive: true }))
let count = 0
const newFolder = () => join(root, `${++count}`)
const object = (text: string) => ({
  body: new TextEncoder().encode(text),
  contentType: 'application/vc',
  cacheControl: 'public, max-age=300',
})
const etagOf = async (store: ReturnType<typeof folderStore>, name: string) => (await store.get(name))?.etag

test('an object is the file of its name, with nothing around it: any web server serves it', async () => {
  const folder = newFolder()
  const store = folderStore(folder)
  await store.put('a/status/1', object('first'), undefined)
  await store.put('a/status/1', object('second'), await etagOf(store, 'a/status/1'))
  expect(readFileSync(join(folder, 'a/status/1'), 'utf8')).toBe('second')
  expect(readdirSync(join(folder, 'a/status'))).toEqual(['1'])
  // No draft and no lock stays.
  expect(readdirSync(join(folder, '.badgewright')).every((name) => name.endsWith('.json'))).toBe(true)
})

test('a hundred publications leave one file and its row', async () => {
  const folder = newFolder()
  const store = folderStore(folder)
  for (let n = 0; n < 100; n++) await store.put('1', object(`${n}`), await etagOf(store, '1'))
  const [row = '', ...more] = readdirSync(join(folder, '.badgewright'))
  expect(more).toEqual([])
  expect(Object.keys(JSON.parse(readFileSync(join(folder, '.badgewright', row), 'utf8')))).toHaveLength(2)
})

describe('names', () => {
  test.each([
    '',
    '/',
    '/a',
    'a/',
    'a//b',
    '.',
    '..',
    '../a',
    'a/../b',
    '.hidden',
    'a/.b',
    'a\\b',
    'C:/a',
    'a\0b',
    'a\nb',
    'ü',
    'a.',
    'nul',
    'x'.repeat(201),
  ])('that are no names of files everywhere are refused: %j', async (name) => {
    const folder = newFolder()
    const store = folderStore(folder)
    for (const work of [() => store.get(name), () => store.put(name, object('x'), undefined)])
      await expect((async () => work())()).rejects.toMatchObject({ code: 'store.invalid_key' })
    expect(existsSync(folder)).toBe(false)
  })
  test('of a folder with objects in it: nothing stands there', async () => {
    const store = folderStore(newFolder())
    await store.put('a/b', object('x'), undefined)
    expect(await store.get('a')).toBeUndefined()
    expect(await store.get('a/b/c')).toBeUndefined()
    await expect(store.put('a', object('y'), undefined)).rejects.toMatchObject({ code: 'store.failed' })
    await expect(store.put('a/b/c', object('y'), undefined)).rejects.toMatchObject({ code: 'store.failed' })
    expect((await store.get('a/b'))?.body).toEqual(object('x').body)
  })
})

test('a file that somebody else put there is served as bytes, kept by nobody, and can be replaced', async () => {
  const folder = newFolder()
  mkdirSync(folder)
  writeFileSync(join(folder, '1'), 'by hand')
  const store = folderStore(folder)
  const found = await store.get('1')
  expect(found).toMatchObject({ contentType: 'application/octet-stream', cacheControl: 'no-cache' })
  expect(await store.put('1', object('published'), undefined)).toBe(false)
  expect(await store.put('1', object('published'), found?.etag)).toBe(true)
})

describe('a lock', () => {
  const lockOf = (folder: string) => {
    const [row = ''] = readdirSync(join(folder, '.badgewright')).filter((name) => name.endsWith('.json'))
    return join(folder, '.badgewright', row.replace('.json', '.lock'))
  }
  test('whose holder was killed is taken away', async () => {
    const folder = newFolder()
    const store = folderStore(folder)
    await store.put('1', object('first'), undefined)
    mkdirSync(lockOf(folder))
    writeFileSync(join(lockOf(folder), 'dead.body'), 'half')
    expect(await store.put('1', object('second'), await etagOf(store, '1'))).toBe(true)
    expect(existsSync(lockOf(folder))).toBe(false)
  })
  test('that is empty is nobody’s', async () => {
    const folder = newFolder()
    const store = folderStore(folder)
    await store.put('1', object('first'), undefined)
    mkdirSync(lockOf(folder))
    expect(await store.put('1', object('second'), await etagOf(store, '1'))).toBe(true)
    expect(existsSync(lockOf(folder))).toBe(false)
  })
  test('that was taken from who only slept: what they would put is nowhere', async () => {
    const folder = newFolder()
    const store = folderStore(folder)
    await store.put('1', object('first'), undefined)
    // Takes locks away while they are held, as if their holders had slept for long.
    let [isOn, taken] = [true, 0]
    const thief = (async () => {
      while (isOn) {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 4))
        try {
          renameSync(lockOf(folder), join(root, `stolen-${taken}`))
          taken++
        } catch {
          // There is none.
        }
      }
    })()
    const ends = []
    for (let n = 0; n < 20; n++) {
      const before = await store.get('1')
      const end = await store.put('1', object(`${n}`), before?.etag).catch((error: { code: string }) => error.code)
      const after = new TextDecoder().decode((await store.get('1'))?.body)
      // It says what it did.
      if (end === true) expect(after).toBe(`${n}`)
      else expect([end, after]).toEqual(['store.busy', new TextDecoder().decode(before?.body)])
      ends.push(end)
    }
    isOn = false
    await thief
    expect(taken).toBeGreaterThan(0)
    expect(ends).toContain(true)
  })
})

test('processes that are killed while they publish leave each object whole, and the next one goes on', async () => {
  const folder = newFolder()
  const store = folderStore(folder)
  const size = 300_000
  const program = join(root, 'publisher.mjs')
  await build({
    stdin: {
      contents: `
        import { folderStore } from './folder-store.ts'
        const store = folderStore(process.argv[2])
        for (let n = 0; ; n = (n + 1) % 10) {
          const body = new Uint8Array(${size} + n).fill(48 + n)
          await store.put('1', { body, contentType: 'text/' + n, cacheControl: 'no-cache' }, (await store.get('1'))?.etag)
          process.stdout.write('.')
        }`,
      resolveDir: fileURLToPath(new URL('../../src/node', import.meta.url)),
    },
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  })
  const demandWhole = async () => {
    const found = await store.get('1')
    const n = (found?.body.length ?? 0) - size
    expect(found?.body.every((byte) => byte === 48 + n)).toBe(true)
    expect(found?.contentType).toBe(`text/${n}`)
    return found?.etag
  }
  for (let round = 0; round < 5; round++) {
    const children = [1, 2].map(() => {
      const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
      const ended = new Promise((resolve) => child.once('exit', resolve))
      return {
        child,
        ended,
        begun: Promise.race([ended, new Promise((resolve) => child.stdout.once('data', resolve))]),
      }
    })
    await Promise.all(children.map(({ begun }) => begun))
    for (let n = 0; n < 20; n++) await demandWhole()
    for (const { child, ended } of children) {
      expect(child.exitCode).toBeNull()
      child.kill('SIGKILL')
      await ended
    }
    const next = { body: new Uint8Array(size).fill(48), contentType: 'text/0', cacheControl: 'no-cache' }
    expect(await store.put('1', next, await demandWhole())).toBe(true)
    await demandWhole()
  }
}, 60_000)

test('a path that is none', () => {
  for (const path of ['', 'a\0b', undefined]) expect(() => folderStore(path as never)).toThrow('"path" is a path')
})
