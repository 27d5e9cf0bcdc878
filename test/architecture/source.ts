/**
 * Reads sources with TypeScript's own parser and binder, so that strings, comments and local names confuse nobody. No
 * library and no other file is resolved: a name that the file does not declare is a global.
 *
 * @module
 */
import ts from 'typescript'

export interface Place {
  readonly file: string
  readonly line: number
}

export interface Import extends Place {
  readonly specifier: string
  /** `type`: erased; `lazy`: `import()` in an expression. */
  readonly kind: 'value' | 'type' | 'lazy'
}

export interface GlobalUse extends Place {
  /** As in the table of globals: `fetch`, `Date.now`, `new Date()`. */
  readonly name: string
}

export interface Source {
  /** Relative to src, with `/`. */
  readonly file: string
  readonly lines: number
  readonly ast: ts.SourceFile
  readonly imports: readonly Import[]
  readonly globals: readonly GlobalUse[]
}

/** `texts`: file (relative to src) -> text. `watched`: the names of globals that are of interest. */
export function readSources(texts: ReadonlyMap<string, string>, watched: readonly string[]): Source[] {
  const asts = new Map(
    [...texts].map(([file, text]) => [file, ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true)]),
  )
  const host: ts.CompilerHost = {
    getSourceFile: (name) => asts.get(name),
    fileExists: (name) => asts.has(name),
    readFile: (name) => texts.get(name),
    getDefaultLibFileName: () => 'no-lib.d.ts',
    writeFile: () => {},
    getCurrentDirectory: () => '',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
  }
  const options = { noLib: true, noResolve: true, types: [], target: ts.ScriptTarget.ESNext, allowJs: true }
  const checker = ts.createProgram({ rootNames: [...texts.keys()], options, host }).getTypeChecker()
  return [...asts].map(([file, ast]) => ({
    file,
    lines: (texts.get(file) ?? '').replace(/\n$/, '').split('\n').length,
    ast,
    imports: importsOf(file, ast),
    globals: globalsOf(file, ast, checker, new Set(watched)),
  }))
}

export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  node.forEachChild((child) => walk(child, visit))
}

export function lineOf(ast: ts.SourceFile, node: ts.Node): number {
  return ast.getLineAndCharacterOfPosition(node.getStart(ast)).line + 1
}

function importsOf(file: string, ast: ts.SourceFile): Import[] {
  const imports: Import[] = []
  const add = (specifier: ts.Node | undefined, kind: Import['kind']) => {
    if (specifier === undefined) return
    // `import(name)` with a computed name would hide what is imported: reported under its own text.
    const text = ts.isStringLiteralLike(specifier) ? specifier.text : `<${specifier.getText(ast)}>`
    imports.push({ file, line: lineOf(ast, specifier), specifier: text, kind })
  }
  walk(ast, (node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeImport(node) ? 'type' : 'value')
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, isTypeExport(node) ? 'type' : 'value')
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, 'type')
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], 'lazy')
  })
  return imports
}

function isTypeImport({ importClause: clause }: ts.ImportDeclaration): boolean {
  if (clause === undefined) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const names = clause.namedBindings
  return (
    clause.name === undefined &&
    names !== undefined &&
    ts.isNamedImports(names) &&
    names.elements.length > 0 &&
    names.elements.every((element) => element.isTypeOnly)
  )
}

function isTypeExport({ isTypeOnly, exportClause }: ts.ExportDeclaration): boolean {
  if (isTypeOnly) return true
  return (
    exportClause !== undefined &&
    ts.isNamedExports(exportClause) &&
    exportClause.elements.length > 0 &&
    exportClause.elements.every((element) => element.isTypeOnly)
  )
}

function globalsOf(file: string, ast: ts.SourceFile, checker: ts.TypeChecker, watched: Set<string>): GlobalUse[] {
  const uses: GlobalUse[] = []
  const add = (name: string, node: ts.Node) => {
    if (watched.has(name)) uses.push({ file, line: lineOf(ast, node), name })
  }
  walk(ast, (node) => {
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) add('import.meta', node)
    if (!ts.isIdentifier(node) || !isReference(node)) return
    if (isDeclaredHere(node, checker)) return
    const { parent } = node
    // `Function.prototype` reads; `Function` alone makes code out of text.
    if (node.text === 'Function' && isObjectOf(parent, node)) return
    if (node.text === 'globalThis' && isObjectOf(parent, node)) {
      add(parent.name.text, node)
      return
    }
    add(node.text, node)
    if (isObjectOf(parent, node)) add(`${node.text}.${parent.name.text}`, node)
    if (node.text === 'Date' && ts.isNewExpression(parent) && (parent.arguments?.length ?? 0) === 0)
      add('new Date()', node)
    if (node.text === 'Date' && ts.isCallExpression(parent) && parent.expression === node) add('Date()', node)
  })
  return uses
}

function isObjectOf(parent: ts.Node, node: ts.Node): parent is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(parent) && parent.expression === node
}

function isDeclaredHere(node: ts.Identifier, checker: ts.TypeChecker): boolean {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node)
  return (symbol?.declarations?.length ?? 0) > 0
}

/** Is the identifier a value that is read here, and not the name of a member, a declaration or a type? */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isShorthandPropertyAssignment(parent)) return true
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isImportClause(parent)) return false
  if (ts.isBindingElement(parent)) return parent.initializer === node
  const { name } = parent as { name?: ts.Node }
  if (name === node) return false
  for (let at: ts.Node = node; at.parent !== undefined; at = at.parent) {
    if (ts.isTypeNode(at.parent) && !ts.isExpressionWithTypeArguments(at.parent)) return false
    if (ts.isStatement(at.parent)) return true
  }
  return true
}
