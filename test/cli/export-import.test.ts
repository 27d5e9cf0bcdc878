/** `badgewright export` and `badgewright import`: an issuer moves to another folder. */
import { cpSync, readdirSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ACHIEVEMENT, workshop } from './harness.js'

const shop = workshop()
const options = { now: () => new Date() }
const cli = (...words: string[]) => shop.cli(words, options)

async function newIssuer(folder: string) {
  await cli('init', folder, '--name', 'Hill School', '--url', 'https://badges.school.example')
  shop.write('achievement.json', ACHIEVEMENT)
  const { code, err } = await cli(
    'issue',
    '--data',
    folder,
    '--achievement',
    'achievement.json',
    '--recipient',
    'did:example:1',
    '--award',
    'award-1',
    '--out',
    `${folder}.json`,
  )
  expect(code, err).toBe(0)
}
/** The old folder without what it has recorded: keys, profile, settings. */
const copyOf = (old: string, folder: string) =>
  cpSync(shop.path(old), shop.path(folder), { recursive: true, filter: (path) => !/badges\.db/.test(path) })

test('an issuer moves: the export is the same bytes again, and the badge is known', async () => {
  await newIssuer('old')
  const exported = await cli('export', '--data', 'old', '--out', 'moving.ndjson')
  expect([exported.code, exported.out]).toEqual([0, expect.stringMatching(/^\d+ lines written into moving\.ndjson\n$/)])
  if (process.platform !== 'win32') expect(statSync(shop.path('moving.ndjson')).mode & 0o077).toBe(0)
  copyOf('old', 'new')
  const imported = await cli('import', 'moving.ndjson', '--data', 'new')
  expect([imported.code, imported.out, imported.err]).toEqual([
    0,
    '1 credentials and 0 offered awards restored into new\n',
    '',
  ])
  await cli('export', '--data', 'new', '--out', 'again.ndjson')
  expect(shop.text('again.ndjson')).toBe(shop.text('moving.ndjson'))
  expect((await cli('list', '--data', 'new')).out).toBe((await cli('list', '--data', 'old')).out)
  // From standard input, with a progress line for whoever looks.
  copyOf('old', 'third')
  const piped = await shop.cli(['import', '-', '--data', 'third'], {
    ...options,
    stdin: shop.text('moving.ndjson'),
    terminal: 80,
  })
  expect([piped.code, piped.err]).toEqual([0, expect.stringContaining('1 credentials restored')])
})

test('refused: an issuer that has recorded something, a damaged line, a newer export, and files that are not there', async () => {
  await newIssuer('used')
  const lines = shop.text('moving.ndjson').split('\n')
  shop.write('damaged.ndjson', lines.with(2, '{"kind":"ent').join('\n'))
  shop.write('newer.ndjson', lines.with(0, '{"kind":"export","version":9}').join('\n'))
  copyOf('used', 'empty')
  expect(await cli('import', 'moving.ndjson', '--data', 'used')).toMatchObject({
    code: 74,
    err: expect.stringContaining('empty'),
  })
  expect(await cli('import', 'damaged.ndjson', '--data', 'empty')).toMatchObject({
    code: 65,
    err: expect.stringContaining('line 3 '),
  })
  expect(await cli('import', 'newer.ndjson', '--data', 'empty')).toMatchObject({
    code: 65,
    err: expect.stringContaining('update'),
  })
  expect((await cli('import', 'none.ndjson', '--data', 'empty')).code).toBe(66)
  expect((await cli('import', 'moving.ndjson', '--data', 'nobody')).code).toBe(66)
  expect((await cli('export', '--data', 'nobody', '--out', 'x')).code).toBe(66)
  expect((await cli('export', '--data', 'used', '--out', 'no/folder/x')).code).toBe(66)
  expect(readdirSync(shop.folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
})
