// Issue 6 item 3: badges in files, whole or not at all.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { defaultLimits } from '../../src/index.js'
import { badgeFiles, writeFileAtomically } from '../../src/node.js'
import { all } from './kit.js'

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
