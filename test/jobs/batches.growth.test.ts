// A long stream of which every tenth award is broken is submitted in memory that does not grow with it, refused or not.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { embeddedStores } from '../../src/entries/store/embedded.js'
import { heapUsed } from '../heap.js'
import { award, BROKEN, batchesOn } from './batch-kit.js'

const folder = mkdtempSync(join(tmpdir(), 'badgewright-batch-growth-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const COUNT = 40_000
const EARLY = 10_000

test.each([
  { name: 'refused', skipInvalid: false },
  { name: 'skipped', skipInvalid: true },
])('$name', async ({ name, skipInvalid }) => {
  const stores = await embeddedStores(join(folder, `${name}.db`))
  const batches = batchesOn(stores)
  const heap: number[] = []
  let told = 0
  async function* source() {
    for (let n = 0; n < COUNT; n++) {
      if (n === EARLY || n === COUNT - 1) heap.push(await heapUsed())
      yield { line: n + 2, award: award(n, n % 10 === 0 ? BROKEN : {}) }
    }
  }
  const submitting = batches.submitBatch(source(), { id: name, skipInvalid, onInvalid: () => void told++ })
  if (skipInvalid) expect(await submitting).toEqual({ id: name, awards: COUNT, invalid: COUNT / 10 })
  else
    await expect(submitting).rejects.toMatchObject({ code: 'usage.invalid_awards', invalid: COUNT / 10, awards: COUNT })
  expect(told).toBe(COUNT / 10)
  const [early, late] = heap as [number, number]
  expect(late - early).toBeLessThan(8 * 2 ** 20)
  const [rows] = (await stores.database?.query('select count(*) as n from badgewright_batch_award')) ?? []
  expect(Number(rows?.n)).toBe(0)
  if (skipInvalid) {
    let last = -1
    for await (const { index, line } of batches.failures(name)) {
      expect([index, line]).toEqual([last === -1 ? 0 : last + 10, index + 2])
      last = index
    }
    expect(last).toBe(COUNT - 10)
  }
  await stores.close()
})
