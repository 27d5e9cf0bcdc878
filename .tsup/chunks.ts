import { extname, join, relative, resolve } from 'node:path'
import { type OutputOptions, type Plugin as RollupPlugin, rollup } from 'rollup'
import type { EsbuildPlugin } from './types.js'

type Build = Parameters<EsbuildPlugin['setup']>[0]
type Metafile = NonNullable<Awaited<ReturnType<Build['esbuild']['build']>>['metafile']>

/**
 * esbuild makes a chunk for each set of entries that share a module: `import 'badgewright'` loaded 77 files, at a third of a
 * millisecond each. Here what is loaded together becomes one file.
 *
 * `firstLoads` maps the name of such a file to a module: the file holds what that module imports, and what this imports in
 * turn, as far as it is not in the files before it and the last module of all imports it too. What is imported on demand
 * does not come along: bundlers cut between files only, and would load it at once.
 *
 * Measured on 2026-11-28, without this pass and with it: 385 files published, 203; an import 55 ms over bare Node, 26; an app bundled by
 * esbuild that takes `verifyCredential` loads 87 KB at once (gzip), 75; one that takes `assessStack` 30 KB, 11.
 */
export function fewChunks(firstLoads: Record<string, string>): EsbuildPlugin {
  return {
    name: 'few-chunks',
    setup(build) {
      const entries = build.initialOptions.entryPoints as Record<string, string>
      // As entries, so that esbuild's chunks do not mix what one of them loads with what it does not.
      const probes = Object.entries(firstLoads).map(([name, path]) => [`first-load-${name}`, path] as const)
      build.initialOptions.entryPoints = { ...entries, ...Object.fromEntries(probes) }
      build.onEnd(async (result) => {
        const { metafile, outputFiles } = result
        if (metafile === undefined || outputFiles === undefined) return
        const texts = new Map(outputFiles.map((file) => [file.path, file.text]))
        const extension = extname(outputFiles[0]?.path ?? '')
        const folder = resolve(build.initialOptions.outdir ?? 'dist')
        const fileOf = (entry: string) => join(folder, `${entry}${extension}`)
        const reached = Object.keys(firstLoads).map(
          (name) => [name, loadedAtOnce(fileOf(`first-load-${name}`), metafile)] as const,
        )
        const last = reached.at(-1)?.[1]
        const chunkOf = (id: string) => (last?.has(id) ? reached.find(([, paths]) => paths.has(id))?.[0] : undefined)
        const bundle = await rollup({
          input: Object.fromEntries(Object.keys(entries).map((entry) => [entry, fileOf(entry)])),
          external: (id) => !/^[./]|^\w:/.test(id),
          plugins: [inMemory(texts), annotatePure],
          treeshake: false,
          onLog: (level, { message }) => {
            if (level === 'warn') throw new Error(message)
          },
        })
        const { output } = await bundle.generate({ ...outputOptions(extension, metafile), manualChunks: chunkOf })
        await bundle.close()
        result.outputFiles?.splice(
          0,
          outputFiles.length,
          ...output.map((file) => {
            const text = file.type === 'chunk' ? file.code : String(file.source)
            return new BuiltFile(join(folder, file.fileName), text)
          }),
        )
      })
    },
  }
}

function outputOptions(extension: string, metafile: Metafile): OutputOptions {
  return {
    format: 'es',
    entryFileNames: `[name]${extension}`,
    // Without esbuild's hash: names that stay from build to build. What several others share is named for the most of it.
    chunkFileNames: ({ name, moduleIds }) =>
      `${/^chunk-/.test(name) ? largestSource(moduleIds, metafile) : name.replace(/-[A-Z0-9]{8}$/, '')}${extension}`,
    generatedCode: 'es2015',
    hoistTransitiveImports: false,
    minifyInternalExports: false,
    // A file costs a third of a millisecond to load. What has no side effects can be in a file with what needs it anyway.
    experimentalMinChunkSize: 1024,
  }
}

const keyOf = (path: string) => relative(process.cwd(), path).replaceAll('\\', '/')

/** The name of the module that gave the most to these files of esbuild's. */
function largestSource(files: readonly string[], { outputs }: Metafile): string {
  const sources = files.flatMap((file) => Object.entries(outputs[keyOf(file)]?.inputs ?? {}))
  const [path = 'chunk'] = sources.sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)[0] ?? []
  return path.replace(/^.*\//, '').replace(/\.\w+$/, '')
}

/** The file and all that it imports, on demand not counted. */
function loadedAtOnce(entry: string, { outputs }: Metafile): ReadonlySet<string> {
  const reached = new Set<string>()
  const follow = (path: string) => {
    if (reached.has(path)) return
    reached.add(path)
    for (const { path: next, kind, external } of outputs[keyOf(path)]?.imports ?? [])
      if (kind !== 'dynamic-import' && external !== true) follow(resolve(next))
  }
  follow(entry)
  return reached
}

function inMemory(texts: ReadonlyMap<string, string>): RollupPlugin {
  return {
    name: 'in-memory',
    resolveId: (id, importer) => (importer !== undefined && id.startsWith('.') ? resolve(importer, '..', id) : id),
    load: (id) => texts.get(id) ?? null,
  }
}

/** As esbuild's own: who changes the contents changes the text. */
class BuiltFile {
  readonly path: string
  contents: Uint8Array
  readonly hash = ''

  constructor(path: string, text: string) {
    this.path = path
    this.contents = Buffer.from(text)
  }

  get text(): string {
    return Buffer.from(this.contents).toString()
  }
}

const PURE = '/* @__PURE__ */ '

/**
 * package.json says `sideEffects: false`: a module that is loaded does nothing but define its exports. With several modules in
 * one file, bundlers need to be told so for each definition: whatever a top-level declaration calls, it calls for the value
 * alone. Measured on 2026-11-28: without it an app that takes `assessStack` loads 31 KB (gzip), with it 11.
 */
const annotatePure: RollupPlugin = {
  name: 'annotate-pure',
  transform(code) {
    const inserted = new Map<number, string>()
    const insert = (at: number, text: string) => inserted.set(at, (inserted.get(at) ?? '') + text)
    for (const statement of this.parse(code).body) {
      if (statement.type !== 'VariableDeclaration') continue
      for (const { id, init } of statement.declarations) {
        if (id.type !== 'Identifier' || !init) continue
        const { start, end } = init as unknown as { start: number; end: number }
        const found = inspect(init)
        if (found.doubtful) {
          // Spread properties and members may run a getter: no annotation covers them but that of a function around.
          const open = /^\{/.test(code.slice(start)) ? '(' : ''
          insert(start, `${PURE}(() => ${open}`)
          insert(end, `${open && ')'})()`)
        } else for (const at of found.calls) if (!code.endsWith(PURE, at)) insert(at, PURE)
      }
    }
    const cuts = [0, ...[...inserted.keys()].sort((a, b) => a - b)]
    const pieces = cuts.map((at, index) => (inserted.get(at) ?? '') + code.slice(at, cuts[index + 1]))
    return { code: pieces.join(''), map: null }
  },
}

interface Inspection {
  /** Where the calls begin that run when the expression is evaluated: those inside functions run later. */
  readonly calls: Set<number>
  /** Does it do something besides that bundlers take for a side effect? */
  doubtful: boolean
}

function inspect(node: unknown, found: Inspection = { calls: new Set(), doubtful: false }): Inspection {
  if (Array.isArray(node)) for (const item of node) inspect(item, found)
  if (typeof node !== 'object' || node === null || !('type' in node) || !('start' in node)) return found
  const { type, start, ...parts } = node
  if (/Function|^Class/.test(String(type))) return found
  if (type === 'CallExpression' || type === 'NewExpression') {
    found.calls.add(Number(start))
    // The annotation covers the callee, as `a.b` in `a.b(c)`.
    inspect('arguments' in parts ? parts.arguments : [], found)
    return found
  }
  if (/^(SpreadElement|MemberExpression|TaggedTemplateExpression)$/.test(String(type))) found.doubtful = true
  if (type === 'TemplateLiteral' && 'expressions' in parts && `${parts.expressions}` !== '') found.doubtful = true
  for (const value of Object.values(parts)) inspect(value, found)
  return found
}
