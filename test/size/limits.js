/**
 * What a page pays for before anything runs: minified and compressed (gzip), as one file, dependencies included. What is loaded on
 * demand is not counted; `npm run size` lists it.
 *
 * @module
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import esbuild from '@size-limit/esbuild'
import file from '@size-limit/file'
import sizeLimit from 'size-limit'

/** As the house counts: 16 MB are 16 of these squared. */
export const KB = 1024

/**
 * In KB. The first is the goal of the project, the others hold what is reached. Raise one on purpose, and say so in CHANGELOG.md:
 * it is a promise to whoever bundles this package.
 */
export const LIMITS = [
  { subpath: '.', names: '{ verifyCredential }', limit: 68 },
  { subpath: '.', names: '{ decodeCredential }', limit: 23 },
  { subpath: '.', names: '{ signCredential, createSigner, createCredential }', limit: 57 },
  { subpath: '.', names: '*', limit: 104 },
  { subpath: './suites', names: '*', limit: 38 },
  { subpath: './resolvers', names: '*', limit: 13 },
  // Two formats with their rubrics, read and written, every sentence, and quality profiles without their checks.
  { subpath: './competency', names: '*', limit: 86 },
  { subpath: './predictability', names: '*', limit: 42 },
  { subpath: './trust', names: '*', limit: 15 },
  { subpath: './status', names: '*', limit: 17 },
  { subpath: './store/memory', names: '*', limit: 6 },
  { subpath: './store/embedded', names: '*', limit: 23 },
  { subpath: './store/postgres', names: '*', limit: 22 },
  { subpath: './http', names: '*', limit: 26 },
  { subpath: './jobs/pg-boss', names: '*', limit: 9 },
  { subpath: './jobs', names: '*', limit: 18 },
  { subpath: './webhooks', names: '*', limit: 15 },
  { subpath: './webhooks', names: '{ verifyWebhook }', limit: 8 },
  // A language with its parser, its sentences and exact arithmetic, and who a badge is about.
  { subpath: './credit', names: '*', limit: 40 },
  { subpath: './wallet', names: '*', limit: 37 },
  { subpath: './standard-schema', names: '*', limit: 30 },
  { subpath: './render', names: '*', limit: 72 },
  // For Node alone.
  { subpath: './node', names: '*', limit: 4 },
  { subpath: './contracts', names: '*', limit: 32 },
]

/** What is imported on demand stays out of the file, as bundlers keep it in files of its own. */
const onDemand = {
  name: 'on-demand',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    )
  },
}

/** Answers the limits with `size`, in bytes. See limits.d.ts. */
export async function measure(installed, scratch) {
  const checks = LIMITS.map(({ subpath, names }, index) => {
    const entry = join(scratch, `size-${index}.js`)
    const module = JSON.stringify(join(installed, 'dist', `${subpath === '.' ? 'index' : subpath.slice(2)}.js`))
    writeFileSync(entry, names === '*' ? `export * from ${module}` : `export ${names} from ${module}`)
    return {
      files: [entry],
      gzip: true,
      modifyEsbuildConfig: (config) => ({
        ...config,
        format: 'esm',
        target: 'es2022',
        platform: 'browser',
        // Optional peers are the user's to bring.
        external: ['@opentelemetry/api', 'libsql', 'pg-boss', 'postgres', 'node:*'],
        plugins: [onDemand],
        logLevel: 'error',
      }),
    }
  })
  const sizes = await sizeLimit([...esbuild, ...file], { checks })
  return LIMITS.map((row, index) => ({ ...row, size: sizes[index].size }))
}
