import { rmSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defineConfig, type Options } from 'tsup'

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number]
type TsupPlugin = NonNullable<Options['plugins']>[number]

const isCommonJs = (options: { outExtension?: Record<string, string> }) => options.outExtension?.['.js'] === '.cjs'

/** The entries that every runtime can load: one for each subpath in the `exports` of package.json. */
const PORTABLE = {
  index: 'src/index.ts',
  suites: 'src/suites.ts',
  resolvers: 'src/resolvers.ts',
  competency: 'src/competency.ts',
  trust: 'src/trust.ts',
  contracts: 'src/contracts.ts',
  status: 'src/status.ts',
  'store/memory': 'src/store-memory.ts',
  'store/embedded': 'src/store-embedded.ts',
  'store/postgres': 'src/store-postgres.ts',
  http: 'src/http.ts',
  wallet: 'src/wallet.ts',
  render: 'src/render.ts',
}
/** For Node alone. Its worker threads run a file of their own. */
const NODE = { node: 'src/node.ts' }

/**
 * zod keeps its configuration and its schema registry on globalThis, shared with every other zod of the page, and probes
 * `new Function`, which a strict Content Security Policy reports. Ours is a private copy without code generation. A zod
 * whose text has changed stops the build instead of slipping through.
 */
const ZOD_EDITS: Record<string, readonly (readonly [string, string])[]> = {
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

const privateZod: EsbuildPlugin = {
  name: 'private-zod',
  setup(build) {
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]core[\\/](core|util|doc|registries)\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, 'utf8')
      for (const [from, to] of ZOD_EDITS[path.replace(/^.*[\\/]/, '')] ?? []) {
        if (contents.split(from).length !== 2) throw new Error(`${path} no longer says once: ${from}`)
        contents = contents.replace(from, () => to)
      }
      return { contents, loader: 'js' }
    })
  },
}

/** SHA-512 is in one module with SHA-256, and bundlers cut between modules only: sha384.ts gets a copy, to be loaded on demand. */
const sha2Apart: EsbuildPlugin = {
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

/**
 * Context packages say where their files are by `new URL(..., import.meta.url)`. Nobody asks; but CommonJS has no such
 * URL, and a bundler would go and look for the files. Where a package fills maps with that, the map of contexts is enough.
 */
const noImportMeta: EsbuildPlugin = {
  name: 'no-import-meta',
  setup(build) {
    build.onLoad({ filter: /-context[\\/](lib|js)[\\/]index\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const contents = text
        .replace(/new URL\([^()]*import\.meta\.url\)/g, 'undefined')
        .replace(
          /^setExportsFromMetadata\([^;]*?\bid: ('[^']+'),[^;]*?\bcontext: (\w+)[^;]*?\);$/gm,
          'contexts.set($1, $2);',
        )
      return { contents, loader: 'js' }
    })
  },
}

/**
 * CommonJS by esbuild, chunk for chunk, where tsup's own way (sucrase) rewrites `?.` and `??` into slow function calls. A
 * dynamic import becomes a `require` inside a promise: still lazy, and it runs where a native `import()` cannot (Jest).
 */
const commonJs: EsbuildPlugin = {
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
const noSucrase: TsupPlugin = {
  name: 'no-sucrase',
  buildStart() {
    this.splitting = false
  },
}

/** Whatever is bundled keeps its licence text: dist/licenses.txt. */
const licenses: EsbuildPlugin = {
  name: 'licenses',
  setup(build) {
    if (isCommonJs(build.initialOptions)) return
    build.onEnd(async ({ metafile, outputFiles }) => {
      const inputs = Object.values(metafile?.outputs ?? {}).flatMap((output) => Object.keys(output.inputs))
      const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []))
      const texts = await Promise.all([...folders].sort().map(licenseOf))
      const text = `Bundled into this package are parts of:\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`
      const path = join(build.initialOptions.outdir ?? 'dist', 'licenses.txt')
      outputFiles?.push({ path, contents: Buffer.from(text), text, hash: '' })
    })
  },
}

async function licenseOf(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry))
  const text = file === undefined ? '' : `\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`
  return `${name} ${version} (${license})\n${text}`
}

export default defineConfig(({ outDir = 'dist' }) => {
  // tsup's `clean` leaves the declaration files of earlier builds.
  rmSync(outDir, { recursive: true, force: true })
  return {
    // The command line shares the chunks of the ESM build; nobody requires it.
    entry: { ...PORTABLE, ...NODE, 'node-worker': 'src/node/worker.ts', cli: 'src/cli/main.ts' },
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
    esbuildPlugins: [privateZod, sha2Apart, noImportMeta, commonJs, licenses],
    esbuildOptions(options, { format }) {
      options.mainFields = ['module', 'main']
      options.charset = 'utf8'
      if (format === 'cjs') options.entryPoints = { ...PORTABLE, ...NODE }
    },
  }
})
