/**
 * W3C's worked examples and the documents they refer to, where `../shared/corpus` is there.
 *
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs'
import { type FakeLoader, fakeLoader } from '../resolve/fake-loader.js'
import { shared } from '../shared.js'

export interface Vector {
  readonly name: string
  /** The signed document and, of each step, what it gives. Hashes and signatures in hexadecimal. */
  readonly signed: { readonly proof: Readonly<Record<string, string>> } & Readonly<Record<string, unknown>>
  readonly canonDoc: string
  readonly proofCanon: string
  readonly docHash: string
  readonly proofHash: string
  readonly combinedHash: string
  readonly sigHex: string
  readonly sigBTC58: string
  readonly proofConfig: object
}

/** A folder of the corpus: `canonDocX.txt`, `docHashX.txt`, ... with one suffix X. */
export function readVector(folder: string, name: string): Vector {
  const files = readdirSync(`${folder}/${name}`)
  const read = (step: string) =>
    readFileSync(`${folder}/${name}/${files.find((file) => file.startsWith(step))}`, 'utf8')
  const text = (step: string) => read(step).trim()
  return {
    name,
    signed: JSON.parse(read('signed')),
    // The canonical forms are compared to the byte.
    canonDoc: read('canonDoc'),
    proofCanon: read('proofCanon'),
    docHash: text('docHash'),
    proofHash: text('proofHash'),
    combinedHash: text('combinedHash'),
    sigHex: text('sigHex'),
    sigBTC58: text('sigBTC58'),
    proofConfig: JSON.parse(read('proofConfig')),
  }
}

/** Serves the documents of `corpus/web`. */
export function corpusLoader(): FakeLoader {
  const index = shared('corpus/web/index.json')
  if (index === undefined) return fakeLoader()
  const documents: Record<string, string> = {}
  for (const [url, { file }] of Object.entries(
    JSON.parse(readFileSync(index, 'utf8')) as Record<string, { file: string }>,
  )) {
    Object.defineProperty(documents, url, {
      enumerable: true,
      get: () => readFileSync(`${index.slice(0, -'web/index.json'.length)}${file}`, 'utf8'),
    })
  }
  return fakeLoader(documents)
}
