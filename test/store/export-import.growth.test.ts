/** What is held while an export goes by does not grow with it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { embeddedStores, exportStores, importInto } from '../../src/entries/store/embedded.js'
import { heapUsed } from '../heap.js'

const folder = mkdtempSync(join(tmpdir(), 'moving-growth-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const CREDENTIALS = 12_000
/** When memory is looked at, by lines. */
const LOOKS = [4000, 12_000, 20_000]
/** Bytes: a page, a group and what the engine keeps by itself. One line of ten would be more. */
const ROOM = 12_000_000

/** Each badge takes 4 KB. */
function* lines() {
  yield '{"kind":"export","version":1}'
  const updated = '2030-01-02T03:04:05.000Z'
  yield JSON.stringify({
    ...{ kind: 'list', id: 'revocation-1', purpose: 'revocation', seq: 1, entries: 131_072, capacity: 117_964 },
    ...{ statusSize: 1, updated },
  })
  for (let index = 0; index < CREDENTIALS; index++)
    yield JSON.stringify({ kind: 'entry', listId: 'revocation-1', index, key: nameOf(index), value: 0 })
  for (let index = 0; index < CREDENTIALS; index++)
    yield JSON.stringify({
      kind: 'credential',
      revision: 0,
      record: {
        ...{ awardId: nameOf(index), credentialId: `urn:example:${index}`, achievementId: 'https://a.example/1' },
        ...{ recipientHash: 'sha256$0', issuedAt: updated, status: [] },
      },
      credential: `${index} ${'x'.repeat(4096)}`,
      events: [],
    })
  yield JSON.stringify({ kind: 'end', lists: 1, entries: CREDENTIALS, awards: 0, credentials: CREDENTIALS })
}
const nameOf = (n: number) => `award-${String(n).padStart(6, '0')}`

test('importing and exporting: memory stays, and what comes out is what went in', async () => {
  const stores = await embeddedStores(join(folder, '1.db'))
  const looked: number[] = []
  async function* watched(all: Iterable<string> | AsyncIterable<string>) {
    let count = 0
    for await (const line of all) {
      yield line
      if (LOOKS.includes(++count)) looked.push(await heapUsed())
    }
  }
  await importInto(stores, watched(lines()))
  const wanted = lines()
  let count = 0
  for await (const line of watched(exportStores(stores))) {
    if (line !== wanted.next().value) expect.fail(`line ${count + 1} is another`)
    count++
  }
  expect(wanted.next().done).toBe(true)
  expect(count).toBe(2 * CREDENTIALS + 3)
  const [first = 0, ...later] = looked
  expect(looked).toHaveLength(2 * LOOKS.length)
  for (const bytes of later) expect(bytes - first).toBeLessThan(ROOM)
  await stores.close()
}, 120_000)
