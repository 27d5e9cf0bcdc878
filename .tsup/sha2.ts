import type { EsbuildPlugin } from './types.js'

/** SHA-512 is in one module with SHA-256, and bundlers cut between modules only: sha384.ts gets a copy, to be loaded on demand. */
export const sha2Apart: EsbuildPlugin = {
  name: 'sha2-apart',
  setup(build) {
    build.onResolve(
      { filter: /^@noble\/hashes\/sha2\.js$/ },
      async ({ path, importer, resolveDir, kind, pluginData }) => {
        if (pluginData === 'sha2-apart' || !/[\\/]sha384\.ts$/.test(importer)) return undefined
        const found = await build.resolve(path, { importer, resolveDir, kind, pluginData: 'sha2-apart' })
        return { ...found, suffix: '?apart' }
      },
    )
  },
}
