import { readFile } from 'node:fs/promises'
import type { EsbuildPlugin } from './types.js'

/**
 * zod keeps its configuration and its schema registry on globalThis, shared with every other zod of the page, and probes
 * `new Function`, which a strict Content Security Policy reports. Ours is a private copy without code generation. A zod
 * whose text has changed stops the build instead of slipping through.
 */
const EDITS: Record<string, readonly (readonly [string, string])[]> = {
  'core.js': [
    ['(_a = globalThis).__zod_globalConfig ?? (_a.__zod_globalConfig = {});\n', ''],
    ['globalConfig = globalThis.__zod_globalConfig;', 'globalConfig = { jitless: true };'],
    ['globalThis.__zod_globalConfig?.postProcessor', 'undefined'],
  ],
  'util.js': [
    ['const F = Function;\n', ''],
    ['new F("");\n        return true;', 'return false;'],
  ],
  'doc.js': [
    ['const F = Function;\n', ''],
    ['= new F(', "= ((..._) => { throw new Error('code generation is off') })("],
  ],
  'registries.js': [
    [
      '(_a = globalThis).__zod_globalRegistry ?? (_a.__zod_globalRegistry = registry());\n',
      'const privateRegistry = /* @__PURE__ */ registry();\n',
    ],
    ['globalRegistry = globalThis.__zod_globalRegistry', 'globalRegistry = privateRegistry'],
  ],
}

export const privateZod: EsbuildPlugin = {
  name: 'private-zod',
  setup(build) {
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]core[\\/](core|util|doc|registries)\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, 'utf8')
      for (const [from, to] of EDITS[path.replace(/^.*[\\/]/, '')] ?? []) {
        if (contents.split(from).length !== 2) throw new Error(`${path} no longer says once: ${from}`)
        contents = contents.replace(from, () => to)
      }
      return { contents, loader: 'js' }
    })
  },
}
