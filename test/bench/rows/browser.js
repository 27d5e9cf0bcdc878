import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { KB, LIMITS, measure } from '../../size/limits.js'
import { fact, line } from '../table.js'

export const title = 'Browser, minified and compressed'

export async function run({ folder, installed, peers }) {
  const scratch = join(folder, 'size')
  mkdirSync(scratch)
  const rows = await measure(installed, scratch)
  const { size, names } = rows.find((row) => LIMITS[0].names === row.names && row.subpath === LIMITS[0].subpath)
  return [
    line(`${names} with all that it loads at once`, {
      reached: size / KB,
      unit: 'KB',
      floor: 60,
      aim: 40,
      atMost: true,
    }),
    fact('@digitalbazaar/vc with eddsa-rdfc-2022', (await bundled(join(peers, 'digitalbazaar.js'))) / KB, 'KB'),
    fact('@digitalcredentials/verifier-core', (await bundled(join(peers, 'verifier-core.js'))) / KB, 'KB'),
  ]
}

async function bundled(entry) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'error',
  })
  return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0)
}
