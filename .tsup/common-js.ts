import { type EsbuildPlugin, isCommonJs, type TsupPlugin } from './types.js'

/**
 * CommonJS by esbuild, chunk for chunk, where tsup's own way (sucrase) rewrites `?.` and `??` into slow function calls. A
 * dynamic import becomes a `require` inside a promise: still lazy, and it runs where a native `import()` cannot. Tried on 2026-11-28 with
 * tsup's `treeshake`, which would do without this: Jest 30 issues no badge ("A dynamic import callback was invoked without
 * --experimental-vm-modules"), because signing is loaded on demand.
 */
export const commonJs: EsbuildPlugin = {
  name: 'common-js',
  setup(build) {
    if (!isCommonJs(build.initialOptions)) return
    build.onEnd(async ({ outputFiles = [] }) => {
      for (const file of outputFiles) {
        if (!file.path.endsWith('.cjs')) continue
        const here = file.text.includes('import.meta.url')
        const { code } = await build.esbuild.transform(file.text, {
          ...(here ? { define: { 'import.meta.url': 'importMetaUrl' } } : {}),
          format: 'cjs',
          platform: 'node',
          target: 'es2022',
          charset: 'utf8',
          banner: `"use strict";${here ? "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" : ''}`,
          supported: { 'dynamic-import': false },
        })
        file.contents = Buffer.from(code)
      }
    })
  },
}

/** tsup's own conversion looks at `splitting` when it is about to start; esbuild has been told by then. */
export const noSucrase: TsupPlugin = {
  name: 'no-sucrase',
  buildStart() {
    this.splitting = false
  },
}
