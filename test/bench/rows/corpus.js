import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { bundleCanonical } from '../canonical.js'
import { ROOT } from '../installed.js'
import { fact, line, notMeasured } from '../table.js'

export const title = 'Share of the corpus on the compiled path'

const CORPUS = join(ROOT, '../shared/corpus')

/** Documents, and the configurations of their proofs, that both paths can make a dataset of. */
export async function run({ folder }) {
  if (!existsSync(CORPUS)) return [notMeasured('documents and proofs', '../shared/corpus is not there')]
  const { analyze, context } = await import(await bundleCanonical(folder))
  const counts = { compiled: 0, general: 0, unknown: 0 }
  for (const document of documents()) {
    const { path, dataset } = await analyze(document, context)
    counts[dataset === undefined ? 'unknown' : path]++
  }
  const { compiled, general, unknown } = counts
  return [
    line('documents and proofs', { reached: (100 * compiled) / (compiled + general), unit: '%', floor: 95 }),
    fact('documents and proofs, of', compiled + general, ''),
    fact('not counted: no JSON-LD, or contexts that are not bundled', unknown, ''),
  ]
}

function* documents() {
  for (const file of [...filesOf(join(CORPUS, 'cases')), ...filesOf(join(CORPUS, 'web'))]) {
    const value = read(file)
    if (typeof value !== 'object' || value === null || value['@context'] === undefined) continue
    const { proof, ...document } = value
    yield document
    for (const one of [proof].flat()) {
      if (typeof one !== 'object' || one === null) continue
      const { proofValue: _, jws: __, ...options } = one
      yield { '@context': value['@context'], ...options }
    }
  }
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined // JWTs, and what is malformed on purpose
  }
}

function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path).flatMap((name) => filesOf(join(path, name)))
}
