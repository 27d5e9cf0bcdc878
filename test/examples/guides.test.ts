/**
 * The guides do what they say: each script and command of them runs, in order, in a folder of its own, and prints what the guide
 * shows. Types are checked as in a strict project of a user's. It is the first of March 2030 while they run.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runCli } from '../cli/harness.js'
import { asShown, blocksOf, type Guide, readGuide, wordsOf } from './guide.js'

const NOW = new Date('2030-03-01T12:00:00Z')
const root = fileURLToPath(new URL('../../', import.meta.url))
const source = `${root}examples/guides`
const GUIDES = readdirSync(source)
  .filter((name) => name.endsWith('.md'))
  .sort()

const home = mkdtempSync(join(tmpdir(), 'badgewright-guides-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))
// For packages; `badgewright` itself is the sources, by an alias.
symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'), 'junction')

const folder = vi.hoisted(() => ({ path: '' }))
// Scripts say readFile('school-key.json'): that is in the guide's folder, and worker threads cannot change theirs.
vi.mock('node:fs/promises', async (load) => {
  const fs = await load<typeof import('node:fs/promises')>()
  const here = (path: unknown) => (typeof path === 'string' && !isAbsolute(path) ? resolve(folder.path, path) : path)
  return {
    ...fs,
    readFile: (path: string, ...rest: never[]) => fs.readFile(here(path) as string, ...rest),
    writeFile: (path: string, ...rest: [never]) => fs.writeFile(here(path) as string, ...rest),
    open: (path: string, ...rest: never[]) => fs.open(here(path) as string, ...rest),
    mkdir: (path: string, ...rest: never[]) => fs.mkdir(here(path) as string, ...rest),
    readdir: (path: string, ...rest: never[]) => fs.readdir(here(path) as string, ...rest),
    rename: (from: string, to: string) => fs.rename(here(from) as string, here(to) as string),
    rm: (path: string, ...rest: never[]) => fs.rm(here(path) as string, ...rest),
    rmdir: (path: string) => fs.rmdir(here(path) as string),
  }
})

const read = (name: string) => readFileSync(join(source, name), 'utf8')
const folderOf = (name: string) => join(home, name.replace(/\.md$/, ''))

/** The guide, with its files where a reader would have saved them. */
function unfold(name: string): Guide {
  const guide = readGuide(read(name))
  mkdirSync(folderOf(name), { recursive: true })
  for (const [file, text] of guide.files) writeFileSync(join(folderOf(name), file), text)
  return guide
}

let printed: string[] = []
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  printed = []
  vi.spyOn(console, 'log').mockImplementation((...parts) => void printed.push(parts.map(shownByConsole).join(' ')))
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})
const shownByConsole = (part: unknown) => (typeof part === 'string' ? part : inspect(part))
const inspect = (value: unknown) => process.getBuiltinModule('node:util').inspect(value)

async function runScript(name: string, script: string): Promise<string> {
  printed = []
  // A process of its own, which has loaded nothing yet.
  vi.resetModules()
  await import(/* @vite-ignore */ join(folderOf(name), script))
  return printed.join('\n')
}

describe.each(GUIDES)('%s', (name) => {
  test('does what it says', async () => {
    folder.path = folderOf(name)
    const { steps, files } = unfold(name)
    const ran = new Set<string>()
    let output = ''
    let exitCode = 0
    for (const [index, step] of steps.entries()) {
      if (step.kind === 'prints') {
        expect.soft(asShown(output, step.text), `line ${step.line}`).toBe(step.text.trimEnd())
        output = ''
      } else if (step.kind === 'script') {
        // A script in several blocks is run as it ends.
        const parts = steps.filter((other) => other.kind === 'script' && other.name === step.name)
        const isLast = parts.at(-1) === step
        const isCommanded = steps.some(({ kind, ...other }) => kind === 'command' && commandRuns(other, step.name))
        if (!isLast || isCommanded) continue
        const shown = parts.map((part) => (part.kind === 'script' ? (part.prints ?? '') : '')).join('')
        // A part for others to import prints nothing.
        const text = await runScript(name, step.name)
        ran.add(step.name)
        expect.soft(asShown(text, shown), `line ${step.line}`).toBe(shown.trimEnd())
      } else {
        const [program, ...words] = wordsOf(step.command)
        if (program === 'npm') continue
        if (program === 'echo') {
          expect(words, `line ${step.line}`).toEqual(['$?'])
          output += `${exitCode}\n`
          continue
        }
        expect(program, `line ${step.line}`).toBe('npx')
        const [tool, ...args] = words
        if (tool === 'tsx') {
          output += `${await runScript(name, args[0] ?? '')}\n`
          ran.add(args[0] ?? '')
          continue
        }
        expect(tool, `line ${step.line}`).toBe('badgewright')
        const { code, out, err } = await runCli(args, { cwd: folder.path, now: () => NOW })
        output += out + err
        exitCode = code
        const next = steps[index + 1]
        if (next?.kind !== 'command' || next.command !== 'echo $?') expect(code, `line ${step.line}: ${err}`).toBe(0)
      }
    }
    const scripts = [...files.keys()].filter((file) => file.endsWith('.ts'))
    expect(scripts.filter((file) => !ran.has(file))).toEqual([])
  })
  test('is 60 to 150 lines', () => {
    const { lines } = readGuide(read(name))
    expect(lines).toBeGreaterThanOrEqual(60)
    expect(lines).toBeLessThanOrEqual(150)
  })
})

function commandRuns(step: object, script: string): boolean {
  return 'command' in step && typeof step.command === 'string' && step.command.endsWith(`npx tsx ${script}`)
}

/** What the compiler says of these files in a strict project; JavaScript is checked like TypeScript. */
function complaints(files: readonly string[]): string {
  const { options, errors } = ts.convertCompilerOptionsFromJson(
    {
      ...JSON.parse(readFileSync(`${root}tsconfig.json`, 'utf8')).compilerOptions,
      // For `paths`: these files are elsewhere.
      baseUrl: root,
      allowImportingTsExtensions: true,
      allowJs: true,
      checkJs: true,
    },
    root,
  )
  expect(errors).toEqual([])
  expect(options).toMatchObject({ strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true })
  const untyped = ['test/interop/digitalbazaar', 'test/examples/untyped', 'src/resolve/contexts/packages']
  const rootNames = [...files, ...untyped.map((name) => `${root}${name}.d.ts`)]
  const program = ts.createProgram({ rootNames, options })
  const found = files.flatMap((file) => {
    const checked = program.getSourceFile(file)
    return [...program.getSyntacticDiagnostics(checked), ...program.getSemanticDiagnostics(checked)]
  })
  const host = { getCanonicalFileName: String, getCurrentDirectory: () => home, getNewLine: () => '\n' }
  return ts.formatDiagnostics(found, host)
}

test('their scripts have the types of the package, strictly', () => {
  const files = GUIDES.flatMap((name) =>
    [...unfold(name).files.keys()]
      .filter((file) => /\.[cm]?[jt]s$/.test(file))
      .map((file) => join(folderOf(name), file)),
  )
  expect(files.length).toBeGreaterThanOrEqual(GUIDES.length)
  expect(complaints(files)).toBe('')
})

test("README's JavaScript has them too, and an option that is misspelt there would be seen", () => {
  const blocks = blocksOf(readFileSync(`${root}README.md`, 'utf8')).filter(({ language }) =>
    /^[cm]?[jt]s$/.test(language),
  )
  // The first is the file that the second imports.
  expect(blocks.map(({ language }) => language)).toEqual(['js', 'js'])
  const write = (folder: string, texts: readonly string[]) => {
    mkdirSync(join(home, folder), { recursive: true })
    return texts.map((text, index) => {
      const file = join(home, folder, ['01-issue.mjs', '02-verify.mjs'][index] as string)
      writeFileSync(file, text)
      return file
    })
  }
  const texts = blocks.map(({ text }) => text)
  expect(complaints(write('readme', texts))).toBe('')
  const misspelt = texts.map((text) => text.replace('trustedIssuers', 'trustedIssuer'))
  expect(complaints(write('misspelt', misspelt))).toContain('trustedIssuer')
})

describe('a guide that is wrong is found out', () => {
  test('by what is printed', () => {
    expect(asShown('did:key:z6Mk is\nvalid', 'did:key:… is\nvalid\n')).toBe('did:key:… is\nvalid')
    expect(asShown('a\nb\nc', 'a\n…\nc\n')).toBe('a\n…\nc')
    expect(asShown('invalid', 'valid')).toBe('invalid')
    expect(asShown('a.b', 'axb')).toBe('a.b')
    expect(asShown('a\nb', 'a…b')).toBe('a\nb')
    expect(asShown('', 'valid')).toBe('')
  })
  test('by its blocks', () => {
    const fenced = (...blocks: string[]) => `# Title\n\n${blocks.map((block) => `\`\`\`${block}\n\`\`\`\n`).join('\n')}`
    expect(() => readGuide(fenced('ts\nexport {}'))).toThrow('line 4: the first script has no name')
    expect(() => readGuide(fenced('text\n1'))).toThrow('nobody knows')
    expect(() => readGuide(fenced('js\n1'))).toThrow('a block of "js" without a name')
    expect(() => readGuide('# T\n\n```ts\n')).toThrow('not closed')
    expect(() => wordsOf('npx badgewright verify a > b')).toThrow('not run here')
    expect(wordsOf(`a --name "Hill School" 'b c' $?`)).toEqual(['a', '--name', 'Hill School', 'b c', '$?'])
    const guide = readGuide(fenced('ts\n// a.ts\nconst a = 1', 'ts\nconsole.log(a)', 'text\n1', 'json k.json\n{}'))
    expect([...guide.files]).toEqual([
      ['a.ts', '// a.ts\nconst a = 1\nconsole.log(a)\n'],
      ['k.json', '{}\n'],
    ])
    expect(guide.steps).toMatchObject([{ prints: undefined }, { kind: 'script', name: 'a.ts', prints: '1\n' }])
  })
})

describe('the security model', () => {
  const text = read('09-security-model.md')
  const listed = new Set([...text.matchAll(/\]\(\.\.\/\.\.\/(test\/[\w./-]+)\)/g)].map(([, path = '']) => path))
  const tests = readdirSync(`${root}test`, { recursive: true, encoding: 'utf8' }).map((path) =>
    `test/${path}`.replaceAll('\\', '/'),
  )
  test('names tests that there are', () => {
    expect(listed.size).toBeGreaterThanOrEqual(20)
    expect([...listed].filter((path) => !tests.includes(path) || !path.endsWith('.test.ts'))).toEqual([])
  })
  test('names each test of an attack', () => {
    const attacks = tests.filter((path) => ATTACKS.test(path) && path.endsWith('.test.ts'))
    expect(attacks.length).toBeGreaterThanOrEqual(20)
    expect(attacks.filter((path) => !listed.has(path))).toEqual([])
  })
})

/** Folders of attacks, and files whose name says what they are about. */
const ATTACKS =
  /\/attacks\/|(attacks|bad-input|ambiguous|hostile|impostor|malformed|chaos|fuzz|mutation|secrets|printable|bounds|limits|limited|addresses|admit-url|bounded|misread|deadline|self-asserted)[\w-]*\.test\.ts$/
