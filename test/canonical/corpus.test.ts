import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/internal/types.js'
import { describeShared } from '../shared.js'
import { bothPaths, CORPUS, context, jsonFiles, jsonldCanonize, ours } from './support.js'

/** Every document of the corpus without its proofs, and the configuration of each of its proofs. */
function documents(): { readonly name: string; readonly document: JsonObject }[] {
  const found: { name: string; document: JsonObject }[] = []
  for (const file of [...jsonFiles('cases'), ...jsonFiles('web')]) {
    let value: JsonObject
    try {
      value = JSON.parse(readFileSync(file, 'utf8'))
    } catch {
      continue // not JSON: JWTs, and what is malformed on purpose
    }
    if (typeof value !== 'object' || value === null || value['@context'] === undefined) continue
    const name = file.slice(CORPUS.length + 1)
    const { proof, ...document } = value
    found.push({ name, document })
    for (const one of [proof].flat()) {
      if (typeof one !== 'object' || one === null) continue
      const { proofValue: _, jws: __, ...options } = one as JsonObject
      found.push({ name: `${name}, proof`, document: { '@context': value['@context'], ...options } })
    }
  }
  return found
}

describeShared('the corpus, canonicalized as jsonld does', { corpus: 'corpus' }, () => {
  const all = documents()
  const expected = all.map(({ document }) => jsonldCanonize(document).catch(() => undefined))

  for (const { path, generalPathOnly } of bothPaths)
    test(`every document that jsonld canonicalizes in safe mode, ${path} path`, async () => {
      const shared = context({}, { generalPathOnly })
      const different: string[] = []
      let compared = 0
      let compiled = 0
      for (const [index, { name, document }] of all.entries()) {
        const canonical = await expected[index]
        if (canonical === undefined) continue
        compared++
        const result = await ours(document, shared)
        if (result.path === 'compiled') compiled++
        if (result.nquads !== canonical) different.push(name)
      }
      expect(different).toEqual([])
      expect(compared).toBeGreaterThan(350)
      const share = Math.round((1000 * compiled) / compared) / 10
      console.log(`${compared} documents, ${compiled} of them on the compiled path (${share} %)`)
      if (!generalPathOnly) expect(share).toBeGreaterThanOrEqual(95)
    })

  test('every document that jsonld refuses in safe mode has a problem', async () => {
    const accepted: string[] = []
    let refused = 0
    for (const [index, { name, document }] of all.entries()) {
      if ((await expected[index]) !== undefined) continue
      refused++
      const { problems } = await ours(document)
      if (problems.every(({ kind }) => kind === 'ambiguous_member')) accepted.push(name)
    }
    expect(accepted).toEqual([])
    expect(refused).toBeGreaterThan(50)
  })

  test('no document of OB 3.0 or W3C is called ambiguous', async () => {
    const ambiguous: string[] = []
    const shared = context()
    for (const { name, document } of all) {
      // Open Badges 2.0 is another vocabulary under the same names.
      if (/ob20|2_0_|^web\/example\.org/.test(name)) continue
      const { problems } = await ours(document, shared)
      for (const { kind, pointer, message } of problems)
        if (kind === 'ambiguous_member') ambiguous.push(`${name} ${pointer}: ${message}`)
    }
    expect(ambiguous).toEqual([])
  })

  test('one walk over a document with its proofs gives the dataset without them', async () => {
    const shared = context()
    let compared = 0
    for (const file of jsonFiles('cases')) {
      let value: JsonObject
      try {
        value = JSON.parse(readFileSync(file, 'utf8'))
      } catch {
        continue
      }
      if (typeof value !== 'object' || value === null || value.proof === undefined) continue
      const { proof: _, ...document } = value
      const apart = await ours(document, shared)
      const together = await ours(value, shared, { except: 'proof' })
      expect(together.nquads, file).toBe(apart.nquads)
      compared++
    }
    expect(compared).toBeGreaterThan(80)
  })
})
