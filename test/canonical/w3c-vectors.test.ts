import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { analyze } from '../../src/canonical/analyze.js'
import { canonicalForm, canonicalize } from '../../src/canonical/canonicalize.js'
import type { JsonObject } from '../../src/internal/types.js'
import { hashHex } from '../../src/platform/hash.js'
import { describeShared } from '../shared.js'
import { bothPaths, CORPUS, context } from './support.js'

/** The worked examples of the cryptosuite specifications: folder, hash algorithm. */
const EXAMPLES = [
  ['w3c-vc-di-eddsa/eddsa-rdfc-2022', 'SHA-256'],
  ['w3c-vc-di-eddsa/eddsa-rdfc-2022/employ', 'SHA-256'],
  ['w3c-vc-di-eddsa/Ed25519Signature2020', 'SHA-256'],
  ['w3c-vc-di-ecdsa/ecdsa-rdfc-2019-p256', 'SHA-256'],
  ['w3c-vc-di-ecdsa/ecdsa-rdfc-2019-p384', 'SHA-384'],
] as const

function reader(folder: string): (prefix: string) => string {
  const at = join(CORPUS, 'cases', folder)
  const names = readdirSync(at)
  return (prefix) => readFileSync(join(at, names.find((name) => name.startsWith(prefix)) ?? prefix), 'utf8')
}

describeShared('worked examples of W3C, to the byte', { corpus: 'corpus' }, () => {
  for (const { path, generalPathOnly } of bothPaths)
    for (const [folder, hash] of EXAMPLES)
      test(`${folder}, ${path} path`, async () => {
        const read = reader(folder)
        const { proof: _, ...document } = JSON.parse(read('signed'))
        const configuration = JSON.parse(read('proofConfig'))
        const form = async (value: JsonObject) => {
          const { dataset, problems } = await analyze(value, context({}, { generalPathOnly }))
          expect(problems).toEqual([])
          if (dataset === undefined) throw new Error('no dataset')
          return canonicalize(dataset, { hash, maxSteps: 65_536 })
        }
        const [canonDoc, canonProof] = [await form(document), await form(configuration)]
        expect(canonDoc).toBe(read('canonDoc'))
        expect(canonProof).toBe(read('proofCanon'))
        expect(hashHex(hash, canonDoc)).toBe(read('docHash').trim())
        expect(hashHex(hash, canonProof)).toBe(read('proofHash').trim())
        expect(hashHex(hash, canonProof) + hashHex(hash, canonDoc)).toBe(read('combinedHash').trim())
      })

  test('Open Badges 3.0, appendix: the credential and its proof configuration', async () => {
    const at = join(CORPUS, 'cases/1edtech-spec')
    const { proof, ...document } = JSON.parse(readFileSync(join(at, 'ldp-ob-signed.json'), 'utf8'))
    const [{ proofValue: _, ...options }] = [proof].flat()
    for (const [value, file] of [
      [document, 'ldp-ob-document-canon.txt'],
      [{ '@context': document['@context'], ...options }, 'ldp-ob-proof-canon.txt'],
    ] as const) {
      const { dataset } = await analyze(value, context())
      if (dataset === undefined) throw new Error('no dataset')
      expect(canonicalize(dataset, { hash: 'SHA-256', maxSteps: 65_536 })).toBe(readFileSync(join(at, file), 'utf8'))
    }
  })

  test('ecdsa-sd-2023, employment authorization: canonical form and identifiers of the base document', async () => {
    const at = join(CORPUS, 'cases/w3c-vc-di-ecdsa/ecdsa-sd-2023/employ')
    const { proof: _, ...document } = JSON.parse(readFileSync(join(at, 'addSignedSDBase.json'), 'utf8'))
    const { dataset } = await analyze(document, context())
    if (dataset === undefined) throw new Error('no dataset')
    const { nquads, identifiers } = canonicalForm(dataset, { hash: 'SHA-256', maxSteps: 65_536 })
    expect(nquads).toBe(JSON.parse(readFileSync(join(at, 'addBaseDocCanon.json'), 'utf8')).join(''))
    expect(new Set(identifiers).size).toBe(dataset.blankNodes)
  })
})
