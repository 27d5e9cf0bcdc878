// The map: src/README.md.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { GENERATED, PACKAGES, PORTABLE_ENTRIES, TOP_LEVEL } from './architecture/house.js'
import {
  fileNamesSaySomething,
  filesAreShort,
  globalsInTheirRooms,
  importsGoDown,
  importsResolve,
  internalKnowsNoBadges,
  lazyPackagesLoadLazily,
  namedExportsOnly,
  nodeInItsRooms,
  noFileCircles,
  noModuleState,
  noOpenDomainTypes,
  noRoomCircles,
  packagesInTheirFiles,
  RULES,
  type Rule,
  read,
  verifierNamesNoMechanism,
} from './architecture/rules.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const tree = (folder: string) =>
  readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'))

describe('the sources', () => {
  const files = tree('src').filter((path) => path.endsWith('.ts'))
  const sources = read(new Map(files.map((file) => [file, readFileSync(`${root}/src/${file}`, 'utf8')])))

  test('are there and are TypeScript', () => {
    expect([...PORTABLE_ENTRIES, 'cli/main.ts'].filter((file) => !files.includes(file))).toEqual([])
    const others = tree('src').filter((path) => /\.[^/]+$/.test(path) && !path.endsWith('.ts'))
    // Beside the sources: the map, and a page for each decision.
    expect(others.filter((path) => path !== 'README.md' && !/^decisions\/[a-z0-9-]+\.md$/.test(path))).toEqual([])
  })
  test.each(Object.entries(RULES))('%s', (_, rule) => {
    expect(rule(sources)).toEqual([])
  })
})

describe('the project', () => {
  const manifest = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'))

  test('has nothing at its top level that the design does not name', () => {
    const names = readdirSync(root).filter((name) => !name.startsWith('.') && !/\.(tgz|log)$/.test(name))
    expect(names.filter((name) => ![...TOP_LEVEL, ...GENERATED].includes(name))).toEqual([])
  })
  test('tests are found where what they test is', () => {
    const rooms = new Set([...readdirSync(`${root}/src`).map((name) => name.replace(/\.ts$/, ''))])
    const others = [
      'architecture',
      'bench',
      'browser',
      'docs',
      'examples',
      'fuzz',
      'interop',
      'kills',
      'package',
      'page',
      'runtimes',
      'size',
      'surface',
      'types',
      'vectors',
    ]
    const folders = readdirSync(`${root}/test`, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(folders.map(({ name }) => name).filter((name) => !rooms.has(name) && !others.includes(name))).toEqual([])
  })
  test('bundles what is no dependency, and depends on nothing that it does not import', () => {
    expect(Object.keys(manifest.dependencies).filter((name) => PACKAGES[name] === undefined)).toEqual([])
    const known = { ...manifest.dependencies, ...manifest.devDependencies }
    expect(Object.keys(PACKAGES).filter((name) => known[name] === undefined)).toEqual([])
  })
  test('the lock file names no registry, and the binaries of every platform', () => {
    const text = readFileSync(`${root}/package-lock.json`, 'utf8')
    expect(text).not.toMatch(/"resolved"|https?:\/\/[^"]*\.tgz/)
    // Where one is missing, `npm ci` of npm 11 refuses the whole lock file, and that platform cannot build.
    const packages: Record<string, { optionalDependencies?: object }> = JSON.parse(text).packages
    const optional = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
    expect(
      optional.filter((name) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`))),
    ).toEqual([])
  })
})

// A rule that cannot fail protects nothing.
describe('the rules', () => {
  const broken = (rule: Rule, files: Record<string, string>) => rule(read(new Map(Object.entries(files))))
  const upward = {
    'keys/a.ts': "import type { B } from '../proof/b.js'\nexport type A = B",
    'proof/b.ts': 'export type B = 1',
  }
  const table = { zod: { files: ['model/'], as: 'zod/mini' }, saxes: { files: ['bake/svg.ts'], lazy: true as const } }
  const long = `${'// x\n'.repeat(400)}export const a = 1\n`

  test.each<[string, Rule, Record<string, string>, string[]]>([
    [
      'an import that leads nowhere',
      importsResolve,
      { 'keys/a.ts': "export { b } from './b.js'" },
      ['keys/a.ts:1: import of ./b.js leads nowhere'],
    ],
    [
      'an import without .js',
      importsResolve,
      { 'keys/a.ts': "import { b } from './b'\nb()", 'keys/b.ts': 'export const b = () => {}' },
      ['keys/a.ts:1: import of ./b does not end in .js'],
    ],
    ['a type from above', importsGoDown, upward, ['keys/a.ts:1: keys imports upward from proof']],
    [
      'import() and import types from above',
      importsGoDown,
      {
        'model/a.ts': "export const a = () => import('../cli/main.js')\nexport type T = import('../issue/i.js').I",
        'cli/main.ts': 'export const x = 1',
        'issue/i.ts': 'export type I = 1',
      },
      ['model/a.ts:1: model imports upward from cli', 'model/a.ts:2: model imports upward from issue'],
    ],
    [
      'a room that the design does not know',
      importsGoDown,
      { 'lib/a.ts': 'export const a = 1' },
      ['lib/a.ts:1: the design has no room "lib"'],
    ],
    [
      'rooms in a circle, over files that are not',
      noRoomCircles,
      {
        'issue/a.ts': "import '../verify/b.js'",
        'verify/b.ts': '',
        'verify/c.ts': "import '../present/d.js'",
        'present/d.ts': "import '../issue/e.js'",
        'issue/e.ts': '',
      },
      ['rooms import in a circle: issue > verify > present > issue'],
    ],
    [
      'files that need each other, be it for a type',
      noFileCircles,
      {
        'model/a.ts': "import { b } from './b.js'\nexport const a = b",
        'model/b.ts': "import { a } from './a.js'\nexport const b = a",
        'model/c.ts': "import type { D } from './d.js'\nexport type C = D",
        'model/d.ts': "import { c } from './c.js'\nexport type D = typeof c",
      },
      [
        'files import in a circle: model/a.ts > model/b.ts > model/a.ts',
        'files import in a circle: model/c.ts > model/d.ts > model/c.ts',
      ],
    ],
    [
      'globals outside their rooms',
      globalsInTheirRooms,
      {
        'verify/a.ts': [
          "const text = 'fetch(1) Date.now() process.env' // console.log(new Date())",
          'export const now = Date.now()',
          'export const day = new Date()',
          'export const old = new Date(0)',
          'export const get = (url: string) => fetch(url)',
          'export const given = (fetch: (url: string) => string, o: { process: 1 }) => [fetch(text), o.process]',
          'export type F = typeof fetch',
          'export const bag = { fetch, console: 1 }',
          'export const env = process.env.X',
          'console.log(Math.random())',
          "export const make = [eval('1'), new Function('1'), Function.prototype]",
          'export const bytes = Buffer.from(text)',
          'export const read = ({ fetch: get = 1 }) => get',
          'export const all = [globalThis.URL, globalThis.fetch, globalThis]',
        ].join('\n'),
        'cli/a.ts': 'console.log(Date.now(), process.argv)',
      },
      [
        'verify/a.ts:2: Date.now belongs in defaults, platform, cli only',
        'verify/a.ts:3: new Date() belongs in defaults, platform, cli only',
        'verify/a.ts:5: fetch belongs in defaults, platform, cli only',
        'verify/a.ts:8: fetch belongs in defaults, platform, cli only',
        'verify/a.ts:9: process belongs in platform, cli only',
        'verify/a.ts:10: console belongs in cli only',
        'verify/a.ts:10: Math.random belongs in defaults, platform, cli only',
        'verify/a.ts:11: eval belongs nowhere',
        'verify/a.ts:11: Function belongs nowhere',
        'verify/a.ts:12: Buffer belongs in cli, node only',
        'verify/a.ts:14: fetch belongs in defaults, platform, cli only',
        'verify/a.ts:14: globalThis belongs in platform only',
      ],
    ],
    [
      'node: where it does not belong, and where an entry would load it',
      nodeInItsRooms,
      {
        'keys/a.ts': "import { createHash } from 'node:crypto'\ncreateHash('x')",
        'entries/index.ts': "export { s } from '../store/files.js'",
        'store/files.ts': "import { readFileSync } from 'node:fs'\nexport const s = readFileSync",
        'cli/a.ts': "import 'node:fs'",
        'platform/a.ts': "export type C = typeof import('node:crypto')\nimport 'node:zlib'",
      },
      [
        'keys/a.ts:1: node:crypto belongs in cli, node, store only',
        'store/files.ts:1: node:fs is below a portable entry',
        'platform/a.ts:2: node:zlib belongs in cli, node, store only',
      ],
    ],
    [
      'packages outside the table, and rows that say what is not so',
      packagesInTheirFiles(table),
      {
        'model/a.ts': "import * as z from 'zod/mini'\nimport 'left-pad/x.js'\nexport const a = z",
        'model/b.ts': "import { z } from 'zod'\nexport const b = z",
        'keys/a.ts': "import 'zod/mini'",
      },
      [
        'model/a.ts:2: left-pad/x.js is not in the table of packages',
        'model/b.ts:1: import zod/mini',
        'keys/a.ts:1: zod/mini belongs in model/ only',
        'the table of packages says that bake/svg.ts imports saxes: it does not',
      ],
    ],
    [
      'a package that the entry would load at once',
      lazyPackagesLoadLazily(table),
      {
        'entries/index.ts': "export { bake } from '../bake/bake.js'",
        'bake/bake.ts': "import { svg } from './svg.js'\nexport const bake = svg",
        'bake/svg.ts': "import { SaxesParser } from 'saxes'\nexport const svg = SaxesParser",
      },
      ['bake/svg.ts:1: saxes loads with an entry: import() it, or its file, on demand'],
    ],
    [
      'default exports, and an entry that does something',
      namedExportsOnly,
      {
        'keys/a.ts': 'export default 1',
        'keys/b.ts': 'export default function f() {}',
        'keys/c.ts': 'const c = 1\nexport { c as default }',
        'entries/index.ts': "export { a } from '../keys/a.js'\nexport * from '../keys/b.js'\nexport const x = 1",
      },
      [
        'keys/a.ts:1: default export: give it a name',
        'keys/b.ts:1: default export: give it a name',
        'keys/c.ts:2: default export: give it a name',
        'entries/index.ts:2: an entry has named re-exports only',
        'entries/index.ts:3: an entry has named re-exports only',
      ],
    ],
    [
      'state in a module',
      noModuleState,
      {
        'resolve/a.ts':
          'let n = 0\nconst cache = new Map<string, string>()\nconst list: string[] = []\nexport const f = () => [n, cache, list, new Map()]',
        'resolve/b.ts':
          "export const table = new Map([['a', 1]])\nexport const names = ['a']\nexport const none: readonly string[] = []",
        'defaults.ts': 'const cache = new Map()\nexport const c = cache',
      },
      [
        'resolve/a.ts:1: n keeps state in a module',
        'resolve/a.ts:2: cache keeps state in a module',
        'resolve/a.ts:3: list keeps state in a module',
      ],
    ],
    ['a long file', filesAreShort, { 'keys/a.ts': long }, ['keys/a.ts:401: 401 lines: more than 400']],
    [
      'names that say nothing',
      fileNamesSaySomething,
      { 'keys/key-utils.ts': '', 'issue/Issuer.ts': '', 'keys/helpers/a.ts': '', 'model/refresh-service.ts': '' },
      [
        'keys/key-utils.ts:1: "key-utils" is no name for a file',
        'issue/Issuer.ts:1: "Issuer" is no name for a file',
        'keys/helpers/a.ts:1: "helpers" is no name for a file',
      ],
    ],
    [
      'an open domain type',
      noOpenDomainTypes,
      {
        'model/a.ts': 'export interface A { [key: string]: unknown }\nexport interface B { [key: string]: string }',
        'keys/a.ts': 'export interface A { [key: string]: unknown }',
      },
      ['model/a.ts:1: an index signature of unknown swallows typos'],
    ],
    [
      'a verifier that knows a mechanism by name',
      verifierNamesNoMechanism,
      {
        'verify/a.ts': "// did:web and eddsa-rdfc-2022\nexport const a = (x: string) => x.startsWith('did:web:')",
        'proof/a.ts': "export const name = 'eddsa-rdfc-2022'",
      },
      ['verify/a.ts:2: verify/ names "did:web:": look it up in the arrays it is given'],
    ],
    [
      'badge words in internal/',
      internalKnowsNoBadges,
      { 'internal/a.ts': '// badge\nexport const badgeId = 1' },
      ['internal/a.ts:2: internal/ speaks of "badgeId"'],
    ],
  ])('find %s', (_, rule, files, expected) => {
    expect(broken(rule, files)).toEqual(expected)
  })
  test('are all proven able to fail', () => {
    const proven = [
      importsResolve,
      importsGoDown,
      noRoomCircles,
      noFileCircles,
      globalsInTheirRooms,
      nodeInItsRooms,
      namedExportsOnly,
      noModuleState,
      filesAreShort,
      fileNamesSaySomething,
      noOpenDomainTypes,
      verifierNamesNoMechanism,
      internalKnowsNoBadges,
    ]
    // Besides them the two that take a table.
    expect(Object.values(RULES)).toEqual(expect.arrayContaining(proven))
    expect(Object.values(RULES)).toHaveLength(proven.length + 2)
  })
})
