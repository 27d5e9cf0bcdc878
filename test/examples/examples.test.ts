/**
 * The examples run, print what they promise, stay short, and are where README's snippets come from. `npm run demo` runs the demo
 * against the built package; here everything runs against the sources.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, test, vi } from 'vitest'

vi.mock('node:fs/promises', () => ({ writeFile: vi.fn(async () => undefined) }))

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string) => readFileSync(root + path, 'utf8')
const scripts = readdirSync(`${root}examples`).filter((name) => name.endsWith('.js'))

let printed: string[] = []
beforeEach(() => {
  vi.resetModules()
  printed = []
  vi.spyOn(console, 'log').mockImplementation((...parts) => void printed.push(parts.join(' ')))
})
const run = async (name: string) => {
  await import(/* @vite-ignore */ `../../examples/${name}.js`)
  return printed.join('\n')
}

/** What each numbered example shows; one without a row has not been looked at. */
const SHOWS: Readonly<Record<string, RegExp>> = {
  '01-issue': /"type": "DataIntegrityProof"[\s\S]*"cryptosuite": "eddsa-rdfc-2022"/,
  '02-verify': /This badge is valid\.[\s\S]*proof valid proof\.verified[\s\S]*Giving Feedback/,
  '03-bake': /the image holds Giving Feedback[\s\S]*valid - whether the issuer is trusted was not asked/,
  '04-jwt-and-kms': /valid the JWT's RS256 signature verifies/,
  demo: /VALID[\s\S]*This badge is valid\.[\s\S]*INVALID[\s\S]*proof\.mismatch[\s\S]*It was changed after it was signed/,
}

describe('examples', () => {
  for (const [name, shown] of Object.entries(SHOWS)) {
    test(name, async () => expect(await run(name)).toMatch(shown))
  }
  test('are at most 40 lines each', () => {
    const long = scripts.filter((name) => read(`examples/${name}`).trimEnd().split('\n').length > 40)
    expect(long).toEqual([])
  })
  test('that have a number are all looked at', () => {
    const numbered = scripts.map((name) => name.replace(/\.js$/, '')).filter((name) => /^0\d-/.test(name))
    expect(numbered.filter((name) => !Object.hasOwn(SHOWS, name))).toEqual([])
  })
})

describe('README', () => {
  // README's files are .mjs: they run whatever the reader's package.json says, and `npm init` of npm 11 says "commonjs".
  const examples = scripts.map((name) => read(`examples/${name}`).replaceAll(/'\.\/([\w-]+)\.js'/g, "'./$1.mjs'"))
  const snippets = [...read('README.md').matchAll(/```js\n([\s\S]*?)```/g)].map((match) => (match[1] as string).trim())
  test('has snippets', () => expect(snippets.length).toBeGreaterThanOrEqual(2))
  test.each(
    snippets.map((snippet) => [snippet.split('\n').find((line) => !line.startsWith('import')) ?? snippet, snippet]),
  )('%s ... stands in an example', (_, snippet) => {
    expect(examples.some((example) => example.includes(snippet))).toBe(true)
  })
  test('names only commands that package.json has', () => {
    const { scripts: commands } = JSON.parse(read('package.json'))
    for (const [, name] of read('README.md').matchAll(/npm run ([\w:-]+)/g))
      expect(commands).toHaveProperty(name as string)
  })
})
