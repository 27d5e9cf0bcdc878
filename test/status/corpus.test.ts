/** Status lists as issuers publish them (../shared/corpus), and what they say of the badges that refer to them. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/internal/types.js'
import { countEntries, decodeBitstring, readEntry } from '../../src/status/bitstring.js'
import { bitstringStatusList } from '../../src/status/bitstring-status-list.js'
import { describeShared, shared } from '../shared.js'
import { badge, codes, fake } from './fakes.js'

const corpus = shared('corpus')
const read = <T>(name: string): T => JSON.parse(readFileSync(`${corpus}/${name}`, 'utf8')) as T

interface Case {
  readonly id: string
  readonly file: string
  readonly format: string
  readonly kind: string
  readonly expect: string
  readonly because: readonly string[]
  readonly missingWeb?: readonly string[]
}
type Entry = { readonly type: string; readonly statusListCredential: string; readonly statusListIndex: string }

const web = corpus ? read<Record<string, { readonly file: string }>>('web/index.json') : {}
const cases = (corpus ? read<readonly Case[]>('manifest.json') : []).flatMap((each) => {
  if (each.format !== 'json') return []
  const status = [(read<JsonObject>(each.file).credentialStatus ?? []) as unknown as Entry | Entry[]].flat()
  return status
    .filter((entry) => entry.type === 'BitstringStatusListEntry' && web[entry.statusListCredential])
    .map((entry) => ({ ...each, entry, revoked: each.because.includes('revoked') }))
})
const lists = [...new Set(cases.map(({ entry }) => entry.statusListCredential))].map((url) => ({
  url,
  text: readFileSync(`${corpus}/${web[url]?.file}`, 'utf8'),
}))

describeShared('each list', { corpus: 'corpus' }, () => {
  test.each(lists)('$url', async ({ text }) => {
    const { encodedList } = (JSON.parse(text) as { credentialSubject: { encodedList: string } }).credentialSubject
    // One was tampered with, and it shows before any signature does.
    const decoding = async () => decodeBitstring(encodedList, { maxBytes: 100_000 })
    if (encodedList.includes('CHANGED')) return expect(decoding()).rejects.toMatchObject({ code: 'parse.malformed' })
    const bits = await decoding()
    expect(countEntries(bits)).toBe(100_000)
    expect(
      Array.from({ length: 100_000 }, (_, index) => index).filter((index) => readEntry(bits, index) === 1),
    ).toEqual([2, 6, 8])
  })

  test('there are such', () => {
    expect(lists.length).toBeGreaterThanOrEqual(4)
  })
})

describeShared('each badge, with a verifier that finds nothing wrong with the list', { corpus: 'corpus' }, () => {
  const served = Object.fromEntries(lists.map(({ url, text }) => [url, text]))
  test.each(cases)('$id', async ({ entry, revoked, file }) => {
    const { issuer } = read<JsonObject>(file)
    const found = await codes(bitstringStatusList(), fake({ web: served }), entry, badge({ issuer }))
    if (served[entry.statusListCredential]?.includes('CHANGED')) return expect(found).toEqual(['status.list_malformed'])
    expect(found.slice(0, 2)).toEqual([revoked ? 'status.revoked' : 'status.active', 'status.list_short'])
  })

  test('some are revoked and some are not', () => {
    expect(new Set(cases.map(({ revoked }) => revoked)).size).toBe(2)
    expect(cases.length).toBeGreaterThanOrEqual(20)
  })
})

describeShared('w3c/vc-bitstring-status-list', { corpus: 'corpus' }, () => {
  test('the encodedList of the specification', async () => {
    const { encodedList } = read<{ encodedList: string }>('cases/w3c-bitstring/spec-example-encodedList.json')
    const bits = await decodeBitstring(encodedList, { maxBytes: 100_000 })
    expect([countEntries(bits), bits.every((byte) => byte === 0)]).toEqual([131_072, true])
  })
})
