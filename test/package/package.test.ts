// The packed tarball, installed into an empty folder and used from there.
import { cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { packageOf } from '../architecture/rules.js'
import { readSources, type Source } from '../architecture/source.js'
import { KB, measure } from '../size/limits.js'
import { printSurface } from '../surface/print.js'
import { install, pack, root, run, temporaryFolder, tool } from './tarball.js'

// Compilers and npm, on machines that do other work too.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 600_000 })

const folder = temporaryFolder()
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
/** What a bundle may name: it is installed with the package, or by who wants it. */
const outside = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
const subpaths = Object.keys(manifest.exports).filter((subpath) => !subpath.endsWith('.json'))
const entries = subpaths.map((subpath) => (subpath === '.' ? 'index' : subpath.slice(2)))
/** For Node alone. */
const NODE_ENTRIES = ['node']

let tarball = ''
let consumer = ''
let installed = ''
let files: string[] = []

beforeAll(() => {
  tarball = pack(folder)
  consumer = install(folder, tarball)
  installed = join(consumer, 'node_modules', manifest.name)
  files = readdirSync(installed, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => lstatSync(join(installed, path)).isFile())
    .sort()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const textOf = (file: string) => readFileSync(join(installed, file), 'utf8')
const matching = (pattern: RegExp) => files.filter((file) => pattern.test(file))

describe('the package holds', () => {
  test('what users need and nothing else', () => {
    const wanted =
      /^(dist\/[\w./-]+\.(js|cjs|d\.ts|d\.cts)|dist\/licenses\.txt|schemas\/[\w./-]+\.json|README\.md|LICENSE|CHANGELOG\.md|package\.json)$/
    expect(files.filter((file) => !wanted.test(file))).toEqual([])
    expect(files).toEqual(
      expect.arrayContaining(['README.md', 'LICENSE', 'CHANGELOG.md', 'dist/licenses.txt', 'dist/cli.js']),
    )
    expect(matching(/^schemas\/.*\.json$/).length).toBeGreaterThan(0)
  })
  test('each subpath in both formats, with types for both', () => {
    for (const entry of entries)
      for (const extension of ['js', 'cjs', 'd.ts', 'd.cts']) expect(files).toContain(`dist/${entry}.${extension}`)
  })
  test('no path of the machine that built it', () => {
    const places = [root.replace(/[\\/]$/, ''), folder]
    expect(files.filter((file) => places.some((place) => textOf(file).includes(place)))).toEqual([])
  })
  test('the licences of what is bundled', () => {
    const bundled = new Set(
      matching(/^dist\/.*\.js$/).flatMap((file) => textOf(file).match(/node_modules\/(@[^/]+\/)?[^/]+/g) ?? []),
    )
    expect(bundled.size).toBeGreaterThan(0)
    for (const name of bundled) expect(textOf('dist/licenses.txt')).toContain(`\n${name.replace('node_modules/', '')} `)
  })
  test('declarations that need no package but the dependencies', () => {
    const declarations = readSources(new Map(matching(/\.d\.c?ts$/).map((file) => [file, textOf(file)])), [])
    const foreign = declarations
      .flatMap(({ imports }) => imports)
      .filter(({ specifier }) => !/^\.\.?\//.test(specifier))
    expect(
      foreign
        .filter(({ specifier }) => !outside.includes(specifier))
        .map(({ file, specifier }) => `${file}: ${specifier}`),
    ).toEqual([])
  })
})

describe('the portable entries', () => {
  const FORBIDDEN = ['eval', 'Function', 'Buffer', 'require', 'import.meta', '__dirname', '__filename', 'console']

  let read: Source[] | undefined
  function portable(): Source[] {
    if (read) return read
    const sources = readSources(new Map(matching(/^dist\/.*\.js$/).map((file) => [file, textOf(file)])), FORBIDDEN)
    const byFile = new Map(sources.map((source) => [source.file, source]))
    const reached = new Set<string>()
    const follow = (file: string) => {
      if (reached.has(file)) return
      reached.add(file)
      for (const { specifier } of byFile.get(file)?.imports ?? [])
        if (specifier.startsWith('.')) follow(posix.join(dirname(file), specifier))
    }
    for (const entry of entries) if (!NODE_ENTRIES.includes(entry)) follow(`dist/${entry}.js`)
    read = sources.filter(({ file }) => reached.has(file))
    return read
  }

  test('import the dependencies and nothing from Node', () => {
    const foreign = portable()
      .flatMap(({ imports }) => imports)
      .filter(({ specifier }) => !specifier.startsWith('.'))
    expect(
      [...new Set(foreign.map(({ specifier }) => specifier))].filter((name) => !outside.includes(packageOf(name))),
    ).toEqual([])
  })
  test('load jsonld on demand', () => {
    const jsonld = portable()
      .flatMap(({ imports }) => imports)
      .filter(({ specifier }) => packageOf(specifier) === 'jsonld')
    expect(jsonld.map(({ kind }) => kind)).toEqual(['lazy', 'lazy'])
  })
  test('make no code from text, and take no Buffer', () => {
    expect(
      portable().flatMap(({ globals }) => globals.map(({ file, line, name }) => `${file}:${line}: ${name}`)),
    ).toEqual([])
  })
  test("leave the page's own zod alone", () => {
    expect(matching(/^dist\/.*\.c?js$/).filter((file) => textOf(file).includes('__zod_global'))).toEqual([])
  })
})

describe('what users rely on', () => {
  test('the public types are those of the snapshot', () => {
    const types = (subpath: string) => join(installed, manifest.exports[subpath].import.types)
    const text = printSurface(new Map(subpaths.map((subpath) => [posix.join(manifest.name, subpath), types(subpath)])))
    const snapshot = join(root, 'test/surface/public-types.txt')
    // Whoever renews it has read the difference, and says in CHANGELOG.md what it means to users.
    if (process.env.UPDATE_SURFACE) writeFileSync(snapshot, text)
    expect(text, 'meant to be? UPDATE_SURFACE=1 npx vitest run test/package -t snapshot').toBe(
      readFileSync(snapshot, 'utf8'),
    )
  })
  test('no import weighs more than it may', async () => {
    const rows = await measure(installed, folder)
    expect(rows.map(({ subpath }) => subpath)).toEqual(expect.arrayContaining(subpaths))
    const tooLarge = rows.filter(({ size, limit }) => size > limit * KB)
    expect(tooLarge.map(({ subpath, names, size }) => `${names} from ${subpath}: ${size / KB} KB`)).toEqual([])
  })
})

describe('checked by others', () => {
  test('publint', async () => {
    const bytes = readFileSync(tarball)
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
    const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([])
  })
  test('are the types wrong?', () => {
    // Ends with 1 on any problem. node10 knows no `exports`: no Node that we run on resolves so.
    const report = run(tool('attw'), [tarball, '--profile', 'node16', '--no-definitely-typed', '--no-color'], folder)
    for (const subpath of subpaths) expect(report).toContain(`"${posix.join(manifest.name, subpath)}"`)
  })
})

describe('installed into an empty folder', () => {
  test('it is at most 25 packages and 16 MB', () => {
    const lock = JSON.parse(readFileSync(join(consumer, 'node_modules/.package-lock.json'), 'utf8'))
    expect(Object.keys(lock.packages).length).toBeLessThanOrEqual(25)
    const modules = join(consumer, 'node_modules')
    const sizes = readdirSync(modules, { recursive: true, encoding: 'utf8' }).map(
      (path) => lstatSync(join(modules, path)).size,
    )
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(16 * 1024 * 1024)
  })
  test('it works from ESM, and with its other build in the same process', () => {
    expect(run('node', ['consumer.mjs'], consumer).trim()).toBe('ok')
  })
  test("README's first code runs where npm init wrote a package.json of CommonJS", () => {
    const started = join(consumer, 'started')
    mkdirSync(started)
    writeFileSync(
      join(started, 'package.json'),
      JSON.stringify({ name: 'started', version: '1.0.0', type: 'commonjs' }),
    )
    const readme = readFileSync(join(root, 'README.md'), 'utf8')
    const files = [...readme.matchAll(/`(?:node )?(0\d-\w+\.\w+)`:\n\n```js\n([\s\S]*?)```/g)]
    expect(files.map(([, name]) => name)).toEqual(['01-issue.mjs', '02-verify.mjs'])
    for (const [, name, code] of files) writeFileSync(join(started, name as string), code as string)
    const printed = run('node', ['02-verify.mjs'], started)
    expect(printed).toContain('This badge is valid.')
    expect(printed).toContain('proof valid proof.verified')
  })
  test('it works from CommonJS', () => {
    expect(run('node', ['consumer.cjs'], consumer).trim()).toBe('ok')
  })
  test('its batches can be killed and started again', () => {
    expect(run('node', ['killed-batch.mjs'], consumer).trim()).toBe('ok')
  })
  test.each([
    {
      name: 'Node, ESM and CommonJS',
      files: ['types.mts', 'types.cts'],
      options: { module: 'node16', lib: ['es2022'], types: ['node'], typeRoots: [join(root, 'node_modules/@types')] },
    },
    {
      name: 'a bundler, for browsers',
      files: ['types.ts'],
      options: { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'], types: [] },
    },
  ])('its types hold for $name', ({ files, options }) => {
    for (const file of files) if (file !== 'types.ts') cpSync(join(consumer, 'types.ts'), join(consumer, file))
    const strict = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true }
    const project = join(consumer, `tsconfig.${options.module}.json`)
    writeFileSync(project, JSON.stringify({ compilerOptions: { ...strict, target: 'es2022', ...options }, files }))
    expect(run(tool('tsc'), ['-p', project], consumer)).toBe('')
  })
  test('its command runs', () => {
    const command = join(consumer, 'node_modules/.bin/badgewright')
    expect(run(command, ['--help'], consumer)).toMatch(/verify/)
  })
  test('its schemas can be imported', () => {
    const schema = matching(/^schemas\/.*\.json$/)[0] ?? ''
    const program = `console.log(typeof require('${manifest.name}/${schema}'))`
    expect(run('node', ['--eval', program], consumer).trim()).toBe('object')
  })
})
