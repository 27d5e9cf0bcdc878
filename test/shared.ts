/**
 * What lies beside the project in the place where it is built, and in no user's clone: the corpus, published schemas,
 * frameworks. Tests that read it are skipped where it is not there, and the run says so at its end.
 *
 *     const corpus = shared('corpus/manifest.json')
 *     test.skipIf(!corpus)('...', () => read(corpus))
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SKIP_PREFIX } from './skip-reporter.js'

const root = new URL('../../shared/', import.meta.url)
const missing = new Set<string>()

/** The path of a file or folder in `../shared`, or undefined where it is not there. */
export function shared(name: string): string | undefined {
  const path = fileURLToPath(new URL(name, root))
  if (existsSync(path)) return path
  if (!missing.has(name)) console.log(`${SKIP_PREFIX}../shared/${name} is not there`)
  missing.add(name)
  return undefined
}
