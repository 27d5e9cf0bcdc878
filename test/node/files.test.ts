// Badges in files, whole or not at all.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { defaultLimits } from '../../src/entries/index.js'
import { badgeFiles, writeFileAtomically } from '../../src/entries/node.js'
import { createFileAtomically } from '../../src/node/create-file.js'
import { throughDraft } from '../../src/node/files.js'

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

const folder = mkdtempSync(join(tmpdir(), 'badgewright-files-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const path = (...names: string[]) => join(folder, ...names)

test('a folder gives its badge files in the order of their names', async () => {
  mkdirSync(path('badges/inner'), { recursive: true })
  for (const name of ['b.json', 'a.PNG', 'inner/c.jwt', 'README.md', '.hidden.json', 'failures.ndjson'])
    writeFileSync(path('badges', name), name)
  const files = await all(badgeFiles(path('badges')))
  expect(files.map(({ name }) => name)).toEqual(['a.PNG', 'b.json', 'inner/c.jwt'].map((name) => path('badges', name)))
  expect(new TextDecoder().decode(files[2]?.input)).toBe('inner/c.jwt')
  expect((await all(badgeFiles(path('badges/b.json')))).map(({ name }) => name)).toEqual([path('badges/b.json')])
})
test('of a file that is too large only so much is read that it shows', async () => {
  writeFileSync(path('large.png'), new Uint8Array(defaultLimits.imageBytes + 1000))
  const [file] = await all(badgeFiles(path('large.png')))
  expect(file?.input.length).toBe(defaultLimits.imageBytes + 1)
})
test('writing replaces a file as a whole, and leaves nothing else', async () => {
  mkdirSync(path('out'))
  await writeFileAtomically(path('out/a.json'), 'old')
  await writeFileAtomically(path('out/a.json'), new TextEncoder().encode('new'))
  expect(readFileSync(path('out/a.json'), 'utf8')).toBe('new')
  expect(readdirSync(path('out'))).toEqual(['a.json'])
})
test('where it fails there is no draft, and the system says why', async () => {
  await expect(writeFileAtomically(path('nowhere/a.json'), 'x')).rejects.toMatchObject({ code: 'ENOENT' })
  mkdirSync(path('out/taken.json/below'), { recursive: true })
  await expect(writeFileAtomically(path('out/taken.json'), 'x')).rejects.toThrow()
  expect(readdirSync(path('out'))).toEqual(['a.json', 'taken.json'])
})

/** As a disk that is full after the first bytes: node:fs writes them, and then fails. */
async function* failing(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(10)
  throw Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' })
}
test.each([
  // What writeFileAtomically does: it takes no stream itself.
  [
    'throughDraft',
    (to: string, content: never, mode: number) => throughDraft(to, content, mode, (draft) => rename(draft, to)),
  ],
  ['createFileAtomically', createFileAtomically],
] as const)('%s leaves nothing of what could not be written', async (name, write) => {
  mkdirSync(path(name))
  await expect(write(path(name, 'key.json'), failing() as never, 0o600)).rejects.toMatchObject({ code: 'ENOSPC' })
  expect(readdirSync(path(name))).toEqual([])
})
test('of many that create one file, one does; the others are told, and change nothing', async () => {
  mkdirSync(path('one'))
  const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`)
  const made = await Promise.allSettled(texts.map((text) => createFileAtomically(path('one/a.json'), text, 0o600)))
  const winner = made.findIndex(({ status }) => status === 'fulfilled')
  expect(readFileSync(path('one/a.json'), 'utf8')).toBe(`text ${winner}`)
  const refused = made.filter((each) => each.status === 'rejected')
  expect(refused.map(({ reason }) => reason.code)).toEqual(Array.from({ length: 19 }, () => 'EEXIST'))
  expect(readdirSync(path('one'))).toEqual(['a.json'])
  if (process.platform !== 'win32') expect(statSync(path('one/a.json')).mode & 0o777).toBe(0o600)
})
