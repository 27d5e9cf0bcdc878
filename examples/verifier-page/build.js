/**
 * `npm run page`: builds the verifier page into `dist`, a folder of files for any web server. badgewright comes in as its users get
 * it: packed by npm and installed into an empty folder, where only the package itself can be reached.
 *
 *     node examples/verifier-page/build.js [--out folder] [--package badgewright-1.2.3.tgz]
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { installPacked } from './packed.js'

const HERE = fileURLToPath(new URL('.', import.meta.url))

/** Scripts and styles from files of the page alone, pictures from memory; only https is asked, by scripts. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self' https:",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types verifier-page',
].join('; ')

const COMMON = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  platform: 'browser',
  charset: 'utf8',
  // Not the paths of a tsconfig, which may lead to sources.
  tsconfigRaw: {},
  logLevel: 'error',
}

/** Builds into `out`. `consumer` is the folder with badgewright in its node_modules; the sources are copied there. */
export async function buildPage(out, consumer) {
  const page = join(consumer, 'page')
  rmSync(page, { recursive: true, force: true })
  cpSync(join(HERE, 'src'), page, { recursive: true })
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  const { metafile } = await build({
    ...COMMON,
    entryPoints: [join(page, 'main.ts'), join(page, 'worker.ts')],
    outdir: out,
    splitting: true,
    chunkNames: 'chunk-[hash]',
    metafile: true,
    absWorkingDir: consumer,
  })
  demandPackage(metafile)
  const { stylesheet } = await import(pathToFileURL(join(consumer, 'node_modules/badgewright/dist/render.js')).href)
  writeFileSync(join(out, 'render.css'), stylesheet)
  for (const name of ['style.css', 'icon.svg']) cpSync(join(HERE, name), join(out, name))
  cpSync(join(consumer, 'node_modules/badgewright/dist/licenses.txt'), join(out, 'licenses.txt'))
  const html = readFileSync(join(HERE, 'index.html'), 'utf8')
  writeFileSync(join(out, 'index.html'), html.replace('%POLICY%', POLICY))
  await buildServiceWorker(out, join(page, 'sw.ts'))
  // Read by some hosts of static files. A policy in a header also holds for the worker, which the one in the page does not reach.
  writeFileSync(
    join(out, '_headers'),
    `/*\n  Content-Security-Policy: ${POLICY}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n`,
  )
}

/** Everything is from the page, the package and its dependencies, all of them below `consumer`. */
function demandPackage({ inputs }) {
  const names = Object.keys(inputs)
  const foreign = names.filter((name) => name.startsWith('..'))
  if (foreign.length > 0) throw new Error(`bundled from outside of the installed package: ${foreign.join(', ')}`)
  if (!names.some((name) => name.startsWith('node_modules/badgewright/')))
    throw new Error('the page has no badgewright in it')
}

/** The list of files is its own, the digest tells one version from the next. */
async function buildServiceWorker(out, source) {
  const files = readdirSync(out)
    .filter((name) => name !== 'licenses.txt')
    .sort()
  const digest = createHash('sha256')
  for (const name of files) digest.update(name).update(readFileSync(join(out, name)))
  await build({
    ...COMMON,
    format: 'iife',
    entryPoints: [source],
    outfile: join(out, 'sw.js'),
    define: {
      FILES: JSON.stringify(['./', ...files.filter((name) => name !== '_headers')]),
      VERSION: JSON.stringify(digest.digest('hex').slice(0, 16)),
    },
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { out: { type: 'string' }, package: { type: 'string' } } })
  const out = resolve(values.out ?? join(HERE, 'dist'))
  const folder = mkdtempSync(join(tmpdir(), 'badgewright-page-'))
  try {
    await buildPage(out, installPacked(folder, values.package))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  console.log(`The page is in ${relative(process.cwd(), out)}: give it to any web server, with https or on localhost.`)
}
