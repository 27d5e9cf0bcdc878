/**
 * The public types as one text: what each subpath exports, and every declaration that those need, without comments and in the
 * order of the alphabet. Two builds with the same text are interchangeable for whoever compiles against them.
 *
 * @module
 */
import { dirname, relative } from 'node:path'
import ts from 'typescript'

/** `entries`: subpath -> path of its declaration file. */
export function printSurface(entries: ReadonlyMap<string, string>): string {
  const program = ts.createProgram([...entries.values()], {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    types: [],
    strict: true,
    noEmit: true,
  })
  const checker = program.getTypeChecker()
  const [first = ''] = entries.values()
  const needed = new Set<ts.Symbol>()
  const lists = [...entries].map(([subpath, path]) => {
    const file = program.getSourceFile(path)
    const module = file && checker.getSymbolAtLocation(file)
    if (module === undefined) throw new Error(`${path} is not a module`)
    const names = checker.getExportsOfModule(module).map((symbol) => {
      const target = resolved(symbol, checker)
      needed.add(target)
      return symbol.name === target.name ? symbol.name : `${symbol.name} = ${target.name}`
    })
    return `# ${subpath}\n\n${names.sort().join('\n')}\n`
  })
  // What is exported names what is not: a caller gets and gives that too. The set grows while it is walked.
  const ours = (node: ts.Node) => !relative(dirname(first), node.getSourceFile().fileName).startsWith('..')
  const texts = new Set<string>()
  for (const symbol of needed)
    for (const declaration of (symbol.declarations ?? []).filter(ours)) {
      texts.add(print(declaration))
      for (const used of namesIn(declaration, checker)) if (used.declarations?.some(isTopLevel)) needed.add(used)
    }
  return `${lists.join('\n')}\n# Declarations\n\n${[...texts].sort().join('\n\n')}\n`
}

function resolved(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
}

/** Type parameters, members and parameters are part of what is printed already. */
function isTopLevel(node: ts.Node): boolean {
  return ts.isSourceFile(statementOf(node).parent)
}

/** A variable is printed with its `const`. */
function statementOf(node: ts.Node): ts.Node {
  return ts.isVariableDeclaration(node) ? node.parent.parent : node
}

function namesIn(node: ts.Node, checker: ts.TypeChecker): ts.Symbol[] {
  const found: ts.Symbol[] = []
  const visit = (child: ts.Node) => {
    if (ts.isIdentifier(child)) {
      const symbol = checker.getSymbolAtLocation(child)
      if (symbol) found.push(resolved(symbol, checker))
    }
    child.forEachChild(visit)
  }
  statementOf(node).forEachChild(visit)
  return found
}

const printer = ts.createPrinter({ removeComments: true })

function print(declaration: ts.Node): string {
  const node = statementOf(declaration)
  const text = printer.printNode(ts.EmitHint.Unspecified, node, declaration.getSourceFile())
  return text.replace(/^(?:export |declare |default )+/, '')
}
