/**
 * `npm run docs`: the reference, from the doc comments of all that the package exports, and the guides, into `docs/`; offline. Fails
 * where an export has no comment, a type that is mentioned is not exported, or a link leads nowhere.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Application, Converter, ReflectionKind } from 'typedoc'
import ts from 'typescript'
import { brokenLinks } from './broken-links.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const out = join(root, 'docs')

/** Types whose name says it all where they are mentioned, or that only shorten ours: shown without a page of their own. */
const WITHOUT_A_PAGE = [
  'ACHIEVEMENT_TYPES',
  'ALIGNMENT_TARGET_TYPES',
  'IDENTIFIER_TYPES',
  'RESULT_STATUSES',
  'RESULT_TYPES',
  'MODULARITY_RULES',
  'AnyReport',
  'Call',
  'CodeOf',
  'Database',
  'DigestAlgorithm',
  'Optional',
  'Plug',
  'Purpose',
  'Query',
  'REASONS',
  'ReservedConnection',
  'SqlValue',
  'StatusOptions',
  'Stops',
  'Store',
  'Typeless',
]

const names = entryPoints()
const app = await Application.bootstrapWithPlugins({
  name: 'badgewright',
  tsconfig: join(root, 'test/docs/tsconfig.json'),
  entryPoints: [...names.keys()],
  out,
  readme: join(root, 'README.md'),
  projectDocuments: [join(root, 'examples/guides/*.md')],
  highlightLanguages: ['typescript', 'javascript', 'json', 'bash', 'xml', 'csv', 'console'],
  includeVersion: true,
  hideGenerator: true,
  githubPages: false,
  // `npm run types` does that, for tests and examples too.
  skipErrorChecking: true,
  // Where something stands in our sources means nothing to who has the package.
  disableSources: true,
  intentionallyNotExported: WITHOUT_A_PAGE,
  requiredToBeDocumented: ['Class', 'Function', 'Interface', 'TypeAlias', 'Variable'],
  validation: { notExported: true, invalidLink: true, invalidPath: true, rewrittenLink: true, notDocumented: true },
  treatWarningsAsErrors: true,
})
// Modules by what people import, guides by their titles.
app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
  if (!reflection.kindOf(ReflectionKind.Module)) return
  const file = context.getSymbolFromReflection(reflection)?.declarations?.[0]?.getSourceFile().fileName
  reflection.name = names.get(file) ?? reflection.name
})
app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document) => {
  const [, title] = /^# (.+)\n/.exec(document.content[0]?.text ?? '') ?? []
  if (title !== undefined) document.name = title
})

const project = await app.convert()
if (project === undefined) process.exit(1)
app.validate(project)
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exit(1)
await app.generateOutputs(project)
const broken = brokenLinks(out)
for (const link of broken) console.error(`leads nowhere: ${link}`)
process.exit(app.logger.hasErrors() || app.logger.hasWarnings() || broken.length > 0 ? 1 : 0)

/** The source of each subpath in package.json's `exports`, as the paths of tsconfig.json have it. */
function entryPoints() {
  const { name, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const subpaths = Object.keys(exports).filter((subpath) => !subpath.endsWith('.json'))
  return new Map(
    subpaths.map((subpath) => {
      const specifier = name + subpath.slice(1)
      const { resolvedModule } = ts.resolveModuleName(specifier, join(root, 'index.ts'), options, ts.sys)
      if (resolvedModule === undefined) throw new Error(`no path of tsconfig.json leads to ${specifier}`)
      return [resolvedModule.resolvedFileName, specifier]
    }),
  )
}
