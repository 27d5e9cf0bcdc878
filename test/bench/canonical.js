/**
 * Canonicalization is no public function: its sources, bundled as they are built.
 *
 * @module
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { ROOT } from './installed.js'

const ENTRY = `
import { analyze } from './src/canonical/analyze.js'
import { canonicalize } from './src/canonical/canonicalize.js'
import { defaultLimits, newCache } from './src/defaults/platform.js'
import { ResolutionError } from './src/errors.js'

const load = async ({ url }) => {
  throw new ResolutionError('resolve.not_found', url, url + ' is not bundled')
}
export const context = { now: new Date(), cache: newCache(), limits: defaultLimits, loader: { load } }
export { analyze }
export async function canonicalizeDocument(document) {
  const { dataset, problems } = await analyze(document, context)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  return canonicalize(dataset, { hash: 'SHA-256', maxSteps: defaultLimits.canonicalSteps })
}`

/** The URL of the bundle: `analyze`, `context`, `canonicalizeDocument`. */
export async function bundleCanonical(folder) {
  const outfile = join(folder, 'node_modules', 'canonical.mjs')
  await build({
    stdin: { resolveDir: ROOT, contents: ENTRY },
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['jsonld'],
    outfile,
    logLevel: 'error',
  })
  return pathToFileURL(outfile).href
}
