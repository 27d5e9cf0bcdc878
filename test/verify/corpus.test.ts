/**
 * The corpus of third-party badges, judged by its own runner against a build of these sources. What the library does otherwise
 * than a source, and why, stands in test/corpus-deviations.json.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { bundledContextUrls } from '../../src/resolve/contexts/bundle.js'
import { describeShared, shared } from '../shared.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const runner = shared('corpus/run.mjs')
const run = promisify(execFile)

interface Row {
  readonly id: string
  readonly verdict: 'agreed' | 'differed' | 'deviations'
  readonly expect: string
  readonly got: string
}

async function judge(): Promise<{ tally: Record<Row['verdict'], number>; rows: Row[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'badgewright-corpus-'))
  try {
    mkdirSync(join(folder, 'dist'))
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', exports }))
    const tsup = join(root, 'node_modules/tsup/dist/cli-default.js')
    const build = ['--no-dts', '--format', 'esm', '--silent', '--out-dir', join(folder, 'dist')]
    await run(process.execPath, [tsup, ...build], { cwd: root })
    const deviations = join(root, 'test/corpus-deviations.json')
    const options = ['--package', folder, '--deviations', deviations, '--json']
    // Exit status 1 says what the rows say too.
    const { stdout } = await run(process.execPath, [runner as string, ...options], { maxBuffer: 1 << 24 }).catch(
      (error) => error,
    )
    return JSON.parse(stdout)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test.skipIf(!runner)('every scored case of the corpus agrees, or is a stated deviation', async () => {
  const { tally, rows } = await judge()
  expect(rows.filter(({ verdict }) => verdict === 'differed')).toEqual([])
  expect(tally.agreed).toBeGreaterThan(200)
  expect(tally.deviations).toBeLessThan(6)
  // A line for a case that agrees, or that is gone, says what is not so.
  const stated = Object.keys(JSON.parse(readFileSync(join(root, 'test/corpus-deviations.json'), 'utf8')))
  expect(stated.sort()).toEqual(
    rows
      .filter(({ verdict }) => verdict === 'deviations')
      .map(({ id }) => id)
      .sort(),
  )
})

/** Hosts whose URLs are the standards' own: contexts, schemas, vocabularies. */
const STANDARDS =
  /^https?:\/\/(?:www\.w3\.org|w3id\.org|purl\.imsglobal\.org|www\.imsglobal\.org|schema\.org|purl\.org)\//
/** Names too general to mean a case: a source file may say "baked-badge.png" to people. */
const isTelling = (name: string) => name.length >= 12

describeShared('src does not know the corpus', { corpus: 'corpus/manifest.json' }, ({ corpus }) => {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.\w+$/.test(name))
    .map((name) => ({ name, text: readFileSync(join(root, 'src', name), 'utf8') }))
  const findIn = (needles: Iterable<string>) =>
    [...new Set(needles)].flatMap((needle) =>
      sources.filter(({ text }) => text.includes(needle)).map(({ name }) => `${name}: ${needle}`),
    )
  const entries: { id: string; file: string }[] = JSON.parse(readFileSync(corpus, 'utf8'))
  const folder = join(corpus, '..')

  test('no id and no file name of a case', () => {
    expect(sources.length).toBeGreaterThan(150)
    expect(findIn(entries.map(({ id }) => id))).toEqual([])
    expect(findIn(entries.map(({ file }) => basename(file)).filter(isTelling))).toEqual([])
  })
  test('no URL of its web', () => {
    const urls = Object.keys(JSON.parse(readFileSync(join(folder, 'web/index.json'), 'utf8')))
    expect(findIn(urls.filter((url) => !STANDARDS.test(url) && !bundledContextUrls.includes(url)))).toEqual([])
  })
  test('no id within a case: credentials, issuers, subjects, keys', () => {
    const ids = entries.flatMap(({ file }) => {
      const text = readFileSync(join(folder, file)).toString('latin1')
      return [...text.matchAll(/"((?:https?:\/\/|did:|urn:)[^"\s]{8,300})"/g)].map(([, id]) => id as string)
    })
    expect(ids.length).toBeGreaterThan(1000)
    // A host alone is nobody's id.
    const own = ids.filter((id) => !STANDARDS.test(id) && !/^https?:\/\/[^/]*\/?$/.test(id))
    expect(findIn(own)).toEqual([])
  })
})
