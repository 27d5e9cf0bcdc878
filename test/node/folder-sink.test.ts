/** The contract of ResultSink over a folder, and what a folder can do wrong. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { resultSinkContract } from '../../src/entries/contracts.js'
import { folderSink } from '../../src/entries/node.js'
import { embeddedStores } from '../../src/entries/store/embedded.js'
import { award, awards, batchesOn, issuerOn } from '../jobs/batch-kit.js'

const folder = mkdtempSync(join(tmpdir(), 'badgewright-sink-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let places = 0

describe('the contract', () => {
  for (const { name, run } of resultSinkContract(() => folderSink(join(folder, `p${++places}`)))) test(name, run)
})

test('a chunk that comes twice is one file, whole, that its owner alone reads', async () => {
  const sink = folderSink(join(folder, 'once'))
  for (const text of ['first\n', 'second\n']) await sink.write('spring/000001.ndjson', text)
  expect(readdirSync(join(folder, 'once', 'spring'))).toEqual(['000001.ndjson'])
  expect(statSync(join(folder, 'once', 'spring', '000001.ndjson')).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder, 'once')).mode & 0o777).toBe(0o700)
})

test.each(['', 'a', '../a', 'a/../b', 'a/b/c', '/a/b', 'a/', 'a/.', '..\\a/b', 'a/b\0', 'A/b'])(
  '%j names no file',
  async (name) => {
    const sink = folderSink(join(folder, 'names'))
    await expect(sink.write(name, '')).rejects.toMatchObject({ code: 'usage.invalid_option', option: 'name' })
    await expect(sink.read(name)).rejects.toMatchObject({ code: 'usage.invalid_option' })
    expect(existsSync(join(folder, 'names'))).toBe(false)
  },
)

test('results of a batch, with what failed in its place', async () => {
  const stores = await embeddedStores(':memory:')
  const batches = batchesOn(stores)
  await issuerOn(stores).issue(award(1, { narrative: 'Other.' }))
  const waiting = awards(3)
  // The one that waits longest wins: the second of them is told when it is issued.
  await batches.submitBatch([award('x')], { id: 'first' })
  await batches.submitBatch([award('x', { narrative: 'Other.' }), waiting[0] as never], { id: 'spring' })
  await batches.work({ issuer: issuerOn(stores), whenIdle: 'end', sink: folderSink(join(folder, 'results')) })
  const lines = readFileSync(join(folder, 'results', 'spring', '000001.ndjson'), 'utf8')
    .trim()
    .split('\n')
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { index: 0, id: 'award-x', error: { code: 'usage.award_conflict' } },
    { index: 1, id: 'award-0', credential: { type: ['VerifiableCredential', 'OpenBadgeCredential'] } },
  ])
  await stores.close()
})
