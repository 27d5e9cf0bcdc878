/**
 * The rules of the map (src/README.md). Each takes sources and answers what breaks it, as `file:line: what is wrong`.
 *
 * @module
 */
import { dirname, join } from 'node:path/posix'
import ts from 'typescript'
import {
  BADGE_WORDS,
  EMPTY_WORDS,
  GLOBALS,
  LAYERS,
  LONG_FILES,
  MAX_LINES,
  NAMES_OF_THE_FIELD,
  NODE_ROOMS,
  PACKAGES,
  type PackageRow,
  PORTABLE_ENTRIES,
  STATEFUL_ROOMS,
  TABLES_FILLED_BY_DECLARATIONS,
  VERIFIER_MUST_NOT_NAME,
} from './house.js'
import { type Import, lineOf, type Place, readSources, type Source, walk } from './source.js'

export type Rule = (sources: readonly Source[]) => string[]

/** The first folder below src, or the name of a file that lies in src itself. */
export function roomOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : file.replace(/\.ts$/, '')
}

const layerOf = (room: string) => LAYERS.findIndex((rooms) => rooms.includes(room))
const at = ({ file, line }: Place, message: string) => `${file}:${line}: ${message}`
const isRelative = (specifier: string) => specifier.startsWith('.')
const isNode = (specifier: string) => specifier.startsWith('node:')
/** `./x.js` from `a/b.ts` -> `a/x.ts` */
const target = ({ file, specifier }: Import) => join(dirname(file), specifier).replace(/\.js$/, '.ts')

function* importsOf(sources: readonly Source[]): Generator<Import> {
  for (const { imports } of sources) yield* imports
}

/** Every relative import is written as it will run, ends in `.js`, and leads to a file of src. */
export const importsResolve: Rule = (sources) => {
  const files = new Set(sources.map(({ file }) => file))
  return [...importsOf(sources)].flatMap((entry) => {
    if (!isRelative(entry.specifier)) return []
    if (!entry.specifier.endsWith('.js')) return [at(entry, `import of ${entry.specifier} does not end in .js`)]
    return files.has(target(entry)) ? [] : [at(entry, `import of ${entry.specifier} leads nowhere`)]
  })
}

/** Imports go down only. */
export const importsGoDown: Rule = (sources) => [
  ...sources
    .filter(({ file }) => layerOf(roomOf(file)) < 0)
    .map(({ file }) => at({ file, line: 1 }, `the design has no room "${roomOf(file)}"`)),
  ...[...importsOf(sources)].flatMap((entry) => {
    if (!isRelative(entry.specifier)) return []
    const [from, to] = [roomOf(entry.file), roomOf(target(entry))]
    return layerOf(to) > layerOf(from) ? [at(entry, `${from} imports upward from ${to}`)] : []
  }),
]

/** Rooms of one layer never import in a circle (nor any others, which the layers see to). */
export const noRoomCircles: Rule = (sources) =>
  circles(
    [...importsOf(sources)]
      .filter(({ specifier }) => isRelative(specifier))
      .map((entry) => [roomOf(entry.file), roomOf(target(entry))] as const),
  ).map((circle) => `rooms import in a circle: ${circle}`)

/** Nor files: whoever reads one need not have read the other first, and values never depend on who is loaded first. */
export const noFileCircles: Rule = (sources) =>
  circles(
    [...importsOf(sources)]
      .filter(({ specifier }) => isRelative(specifier))
      .map((entry) => [entry.file, target(entry)] as const),
  ).map((circle) => `files import in a circle: ${circle}`)

function circles(edges: Iterable<readonly [string, string]>): string[] {
  const graph = new Map<string, Set<string>>()
  for (const [from, to] of edges) if (from !== to) graph.set(from, (graph.get(from) ?? new Set()).add(to))
  const found = new Set<string>()
  const done = new Set<string>()
  const follow = (node: string, path: readonly string[]) => {
    const start = path.indexOf(node)
    if (start >= 0) {
      const circle = path.slice(start)
      // The same circle is met from each of its members: written from the first in the alphabet.
      const first = circle.indexOf([...circle].sort()[0] ?? '')
      const turned = [...circle.slice(first), ...circle.slice(0, first)]
      found.add([...turned, turned[0]].join(' > '))
      return
    }
    if (done.has(node)) return
    for (const next of graph.get(node) ?? []) follow(next, [...path, node])
    done.add(node)
  }
  for (const node of graph.keys()) follow(node, [])
  return [...found].sort()
}

/** Clock, network, randomness, process and console only where they may be born. */
export const globalsInTheirRooms: Rule = (sources) =>
  sources.flatMap(({ file, globals }) =>
    globals
      .filter(({ name }) => !GLOBALS[name]?.includes(roomOf(file)))
      .map((use) => at(use, `${use.name} belongs ${whereIs(GLOBALS[use.name] ?? [])}`)),
  )

const whereIs = (rooms: readonly string[]) => (rooms.length === 0 ? 'nowhere' : `in ${rooms.join(', ')} only`)

/** `node:` only in rooms of its own, and never below a portable entry. Its types are erased, and platform/ needs them. */
export const nodeInItsRooms: Rule = (sources) => {
  const reached = closure(sources, ['value', 'lazy'])
  return [...importsOf(sources)].flatMap((entry) => {
    if (!isNode(entry.specifier)) return []
    if (entry.kind === 'type' && roomOf(entry.file) === 'platform') return []
    if (!(NODE_ROOMS as readonly string[]).includes(roomOf(entry.file)))
      return [at(entry, `${entry.specifier} belongs in ${NODE_ROOMS.join(', ')} only`)]
    return reached.has(entry.file) ? [at(entry, `${entry.specifier} is below a portable entry`)] : []
  })
}

/** The files that portable entries load, by imports of these kinds. */
function closure(sources: readonly Source[], kinds: readonly Import['kind'][]): Set<string> {
  const byFile = new Map(sources.map((source) => [source.file, source]))
  const reached = new Set<string>()
  const follow = (file: string) => {
    if (reached.has(file)) return
    reached.add(file)
    for (const entry of byFile.get(file)?.imports ?? [])
      if (isRelative(entry.specifier) && kinds.includes(entry.kind)) follow(target(entry))
  }
  for (const file of PORTABLE_ENTRIES) if (byFile.has(file)) follow(file)
  return reached
}

/** `@a/b/c.js` -> `@a/b` */
export const packageOf = (specifier: string) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier

/** Third-party packages only in the files of the table, and the table says nothing that is not so. */
export const packagesInTheirFiles =
  (table: Readonly<Record<string, PackageRow>> = PACKAGES): Rule =>
  (sources) => {
    const external = [...importsOf(sources)].filter(({ specifier }) => !isRelative(specifier) && !isNode(specifier))
    const covers = (row: string, file: string) => (row.endsWith('/') ? file.startsWith(row) : file === row)
    const wrong = external.flatMap((entry) => {
      const row = table[packageOf(entry.specifier)]
      if (row === undefined) return [at(entry, `${entry.specifier} is not in the table of packages`)]
      if (row.as !== undefined && row.as !== entry.specifier) return [at(entry, `import ${row.as}`)]
      return row.files.some((allowed) => covers(allowed, entry.file))
        ? []
        : [at(entry, `${entry.specifier} belongs in ${row.files.join(', ')} only`)]
    })
    const stale = Object.entries(table).flatMap(([name, { files }]) =>
      files
        .filter((row) => !external.some(({ specifier, file }) => packageOf(specifier) === name && covers(row, file)))
        .map((row) => `the table of packages says that ${row} imports ${name}: it does not`),
    )
    return [...wrong, ...stale]
  }

/** What few calls need is loaded by them, and not with the entry. */
export const lazyPackagesLoadLazily =
  (table: Readonly<Record<string, PackageRow>> = PACKAGES): Rule =>
  (sources) => {
    const eager = closure(sources, ['value'])
    return [...importsOf(sources)]
      .filter(({ specifier, kind, file }) => table[packageOf(specifier)]?.lazy && kind === 'value' && eager.has(file))
      .map((entry) => at(entry, `${entry.specifier} loads with an entry: import() it, or its file, on demand`))
  }

export const namedExportsOnly: Rule = (sources) =>
  sources.flatMap(({ file, ast }) =>
    ast.statements.flatMap((statement) => {
      const place = { file, line: lineOf(ast, statement) }
      if (isDefaultExport(statement)) return [at(place, 'default export: give it a name')]
      if (roomOf(file) !== 'entries') return []
      const named =
        ts.isExportDeclaration(statement) &&
        statement.moduleSpecifier !== undefined &&
        statement.exportClause !== undefined &&
        ts.isNamedExports(statement.exportClause)
      return named ? [] : [at(place, 'an entry has named re-exports only')]
    }),
  )

function isDefaultExport(statement: ts.Statement): boolean {
  if (ts.isExportAssignment(statement)) return true
  if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause))
    return statement.exportClause.elements.some(({ name }) => name.text === 'default')
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
  )
}

/** State lives in what createVerifier and createIssuer return, not in a module. */
export const noModuleState: Rule = (sources) =>
  sources
    .filter(({ file }) => !STATEFUL_ROOMS.includes(roomOf(file)) && !TABLES_FILLED_BY_DECLARATIONS.includes(file))
    .flatMap(({ file, ast }) =>
      ast.statements
        .filter(ts.isVariableStatement)
        .flatMap(({ declarationList }) =>
          declarationList.declarations
            .filter(
              ({ initializer, type }) =>
                !(declarationList.flags & ts.NodeFlags.Const) || (isEmptyCollection(initializer) && !isReadonly(type)),
            )
            .map((declaration) =>
              at({ file, line: lineOf(ast, declaration) }, `${declaration.name.getText(ast)} keeps state in a module`),
            ),
        ),
    )

function isReadonly(type: ts.TypeNode | undefined): boolean {
  if (type === undefined) return false
  if (ts.isTypeOperatorNode(type)) return type.operator === ts.SyntaxKind.ReadonlyKeyword
  return ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && type.typeName.text.startsWith('Readonly')
}

/** An empty collection is there to be filled. */
function isEmptyCollection(node: ts.Expression | undefined): boolean {
  if (node === undefined) return false
  if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0
  if (ts.isObjectLiteralExpression(node)) return node.properties.length === 0
  return (
    ts.isNewExpression(node) &&
    ts.isIdentifier(node.expression) &&
    /^(Weak)?(Map|Set)$/.test(node.expression.text) &&
    (node.arguments?.length ?? 0) === 0
  )
}

export const filesAreShort: Rule = (sources) =>
  sources
    .filter(({ file, lines }) => lines > MAX_LINES && !LONG_FILES.includes(file))
    .map(({ file, lines }) => at({ file, line: lines }, `${lines} lines: more than ${MAX_LINES}`))

export const fileNamesSaySomething: Rule = (sources) =>
  sources.flatMap(({ file }) => {
    const wrong = file
      .replace(/(\.d)?\.ts$/, '')
      .split('/')
      .filter((part) => !NAMES_OF_THE_FIELD.includes(part))
      .filter((part) => EMPTY_WORDS.test(part) || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(part))
    return wrong.map((part) => at({ file, line: 1 }, `"${part}" is no name for a file`))
  })

/** An index signature on a domain type swallows typos. */
export const noOpenDomainTypes: Rule = (sources) =>
  sources
    .filter(({ file }) => roomOf(file) === 'model')
    .flatMap(({ file, ast }) => {
      const wrong: string[] = []
      walk(ast, (node) => {
        if (ts.isIndexSignatureDeclaration(node) && isUnknown(node.type))
          wrong.push(at({ file, line: lineOf(ast, node) }, 'an index signature of unknown swallows typos'))
      })
      return wrong
    })

const isUnknown = ({ kind }: ts.TypeNode) => kind === ts.SyntaxKind.UnknownKeyword || kind === ts.SyntaxKind.AnyKeyword

/** verify/ names no suite, DID method or status type. */
export const verifierNamesNoMechanism: Rule = (sources) =>
  textsOf(sources, 'verify')
    .filter(({ text }) => VERIFIER_MUST_NOT_NAME.test(text))
    .map((entry) => at(entry, `verify/ names ${JSON.stringify(entry.text)}: look it up in the arrays it is given`))

/** internal/ knows no badge words: anybody could use it. */
export const internalKnowsNoBadges: Rule = (sources) =>
  textsOf(sources, 'internal')
    .filter(({ text }) => BADGE_WORDS.test(text))
    .map((entry) => at(entry, `internal/ speaks of ${JSON.stringify(entry.text)}`))

/** String literals, parts of templates and identifiers of a room; not its imports, not its comments. */
function textsOf(sources: readonly Source[], room: string): (Place & { text: string })[] {
  const texts: (Place & { text: string })[] = []
  for (const { file, ast } of sources) {
    if (roomOf(file) !== room) continue
    walk(ast, (node) => {
      const isText = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) || ts.isIdentifier(node)
      if (isText && !ts.isImportDeclaration(node.parent)) texts.push({ file, line: lineOf(ast, node), text: node.text })
    })
  }
  return texts
}

/** Every rule, by the sentence it enforces. */
export const RULES: Readonly<Record<string, Rule>> = {
  'relative imports end in .js and lead to a file': importsResolve,
  'imports go down the layers': importsGoDown,
  'rooms do not import in a circle': noRoomCircles,
  'files do not import in a circle': noFileCircles,
  'clock, network, randomness, process and console are arguments': globalsInTheirRooms,
  'node: stays out of what is portable': nodeInItsRooms,
  'third-party packages are imported where the table says, and only there': packagesInTheirFiles(),
  'what few calls need is loaded on demand': lazyPackagesLoadLazily(),
  'exports have names; entries only re-export': namedExportsOnly,
  'no module keeps state': noModuleState,
  'files are short': filesAreShort,
  'file names say something': fileNamesSaySomething,
  'domain types are closed': noOpenDomainTypes,
  'verify/ names no suite, DID method or status type': verifierNamesNoMechanism,
  'internal/ knows no badge words': internalKnowsNoBadges,
}

export function read(texts: ReadonlyMap<string, string>): Source[] {
  return readSources(texts, Object.keys(GLOBALS))
}
