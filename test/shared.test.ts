/**
 * A clone has nothing beside it, and `npm test` is green there: every test file that reads what lies beside the project is
 * found by its imports and run once more where there is none of it.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { isLongTest } from './long.js'
import { shared } from './shared.js'

const root = fileURLToPath(new URL('../', import.meta.url))
const self = fileURLToPath(import.meta.url)
const door = join(root, 'test/shared.ts')
const sources = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
  .map((name) => join(root, 'test', name))
  .filter((file) => file !== self)
const textOf = new Map(sources.map((file) => [file, readFileSync(file, 'utf8')]))

/** The modules of the tests that a module imports, in whatever way it says so. */
function importsOf(file: string): string[] {
  const names = (textOf.get(file) ?? '').matchAll(/(?:from|import|import\()\s*['"](\.[^'"]+)\.js['"]/g)
  return [...names].map(([, name]) => `${resolve(dirname(file), name as string)}.ts`).filter((at) => textOf.has(at))
}

function reaches(file: string, seen = new Set<string>()): boolean {
  if (file === door) return true
  if (seen.has(file)) return false
  seen.add(file)
  return importsOf(file).some((next) => reaches(next, seen))
}

const readers = sources
  .filter((file) => file.endsWith('.test.ts') && reaches(file))
  .map((at) => relative(root, at))
  // What `npm test` runs.
  .filter((at) => !isLongTest(at))

test('there is one door: no test file finds the folder by itself', () => {
  const others = sources.filter((file) => file !== door && /['"](?:\.\.\/)+shared\//.test(textOf.get(file) ?? ''))
  expect(others.map((at) => relative(root, at))).toEqual([])
})

test('the files are found, those that read through a helper too', () => {
  expect(readers).toContain('test/model/schema-agreement.test.ts')
  expect(readers).toContain('test/canonical/corpus.test.ts')
  expect(readers.length).toBeGreaterThan(25)
})

// Where nothing lies beside the project this very run is the one that shows it.
test.skipIf(!shared('corpus/manifest.json'))(
  'all of them are green where nothing lies beside the project',
  async () => {
    const empty = mkdtempSync(join(tmpdir(), 'badgewright-nothing-beside-'))
    try {
      const report = join(empty, 'report.json')
      // Not of the run around it: its worker's number and its report.
      const inherited = Object.entries(process.env).filter(([name]) => !/^(?:VITEST|BADGEWRIGHT_)/.test(name))
      const env = { ...Object.fromEntries(inherited), BADGEWRIGHT_SHARED: join(empty, 'shared') }
      const vitest = join(root, 'node_modules/vitest/vitest.mjs')
      const options = ['--maxWorkers=1', '--reporter=json', `--outputFile=${report}`]
      const ended = await promisify(execFile)(process.execPath, [vitest, 'run', ...options, ...readers], {
        cwd: root,
        env,
        maxBuffer: 1 << 24,
      }).catch((error: { stdout: string; stderr: string }) => error)
      if (!existsSync(report)) expect.fail(`no report: ${ended.stderr}${ended.stdout}`)
      const { testResults, numPassedTests, numPendingTests, success } = JSON.parse(readFileSync(report, 'utf8')) as {
        testResults: { name: string; status: string; message: string }[]
        numPassedTests: number
        numPendingTests: number
        success: boolean
      }
      const failed = testResults.filter(({ status }) => status === 'failed')
      expect(failed.map(({ name, message }) => `${relative(root, name)}: ${message}`)).toEqual([])
      expect(success).toBe(true)
      expect(testResults.map(({ name }) => relative(root, name)).sort()).toEqual([...readers].sort())
      // The folder was missed, and there was more to run than what reads it.
      expect(numPendingTests).toBeGreaterThan(10)
      expect(numPassedTests).toBeGreaterThan(100)
    } finally {
      rmSync(empty, { recursive: true, force: true })
    }
  },
  // Against a hang; the work takes half a minute on one core.
  900_000,
)
