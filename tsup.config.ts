import { rmSync } from 'node:fs'
import { defineConfig } from 'tsup'
import { fewChunks } from './.tsup/chunks.js'
import { commonJs, noSucrase } from './.tsup/common-js.js'
import { lazyContexts } from './.tsup/contexts.js'
import { licenses } from './.tsup/licenses.js'
import { sha2Apart } from './.tsup/sha2.js'
import { privateZod } from './.tsup/zod.js'

/** The entries that every runtime can load: one for each subpath in the `exports` of package.json. */
const PORTABLE = {
  index: 'src/entries/index.ts',
  suites: 'src/entries/suites.ts',
  resolvers: 'src/entries/resolvers.ts',
  competency: 'src/entries/competency.ts',
  predictability: 'src/entries/predictability.ts',
  credit: 'src/entries/credit.ts',
  trust: 'src/entries/trust.ts',
  contracts: 'src/entries/contracts.ts',
  status: 'src/entries/status.ts',
  'store/memory': 'src/entries/store/memory.ts',
  'store/embedded': 'src/entries/store/embedded.ts',
  'store/postgres': 'src/entries/store/postgres.ts',
  http: 'src/entries/http.ts',
  jobs: 'src/entries/jobs.ts',
  'jobs/pg-boss': 'src/entries/jobs/pg-boss.ts',
  webhooks: 'src/entries/webhooks.ts',
  wallet: 'src/entries/wallet.ts',
  'standard-schema': 'src/entries/standard-schema.ts',
  render: 'src/entries/render.ts',
}
/** For Node alone. */
const NODE = { node: 'src/entries/node.ts' }

/**
 * Files that hold what is loaded together, and the modules that load it; see .tsup/chunks.ts. From what needs least to what needs
 * most: who renders or models competencies loads no proofs, who decodes does not load the verifier, and who verifies does
 * not load what issues. That is for bundlers; Node loads `index` from one file more than there are lines here.
 */
const FIRST_LOADS = {
  report: 'src/entries/render.ts',
  model: 'src/entries/competency.ts',
  proofs: 'src/entries/suites.ts',
  decoding: 'src/defaults/images.ts',
  verifying: 'src/defaults/verify.ts',
  everything: 'src/entries/index.ts',
}

export default defineConfig(({ outDir = 'dist' }) => {
  // tsup's `clean` leaves the declaration files of earlier builds.
  rmSync(outDir, { recursive: true, force: true })
  return {
    // The command line shares the chunks of the ESM build; nobody requires it.
    entry: { ...PORTABLE, ...NODE, cli: 'src/cli/main.ts' },
    format: ['esm', 'cjs'],
    // Subpaths share one copy of what they have in common: classes, symbols, tables.
    splitting: true,
    dts: { entry: { ...PORTABLE, ...NODE } },
    outDir,
    target: 'es2022',
    // One build for all runtimes: nothing is taken from Node unless it is written `node:`, which the portable entries never reach.
    platform: 'neutral',
    removeNodeProtocol: false,
    // `dependencies` stay outside; every other package is bundled.
    external: [/^node:/],
    sourcemap: false,
    plugins: [noSucrase],
    esbuildPlugins: [privateZod, sha2Apart, lazyContexts, fewChunks(FIRST_LOADS), commonJs, licenses],
    esbuildOptions(options, { format }) {
      options.mainFields = ['module', 'main']
      options.charset = 'utf8'
      if (format === 'cjs') options.entryPoints = { ...PORTABLE, ...NODE }
    },
  }
})
