// A message of the command line names its own flags, never the options of the library: every option of every command, given wrongly.
import { beforeAll, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.js'
import { EXIT } from '../../src/cli/exit.js'
import { describeFailure } from '../../src/cli/failure.js'
import { UsageError } from '../../src/errors.js'
import { ACHIEVEMENT, HOLDER, KEY, PNG, workshop } from './harness.js'

const shop = workshop()
const { cli, write, path } = shop
/** A worker's clock is held against that of its database. */
const run = (...words: string[]) => cli(words, words[0] === 'work' ? { now: () => new Date() } : {})

const RIGHT: Readonly<Record<string, () => string[]>> = {
  keygen: () => ['--out', path(`${Math.random()}.jwk`)],
  issue: () => ['--key', path('key.json'), '--achievement', path('achievement.json'), '--recipient', HOLDER],
  present: () => ['--key', path('key.json'), '--challenge', 'c', path('badge.json')],
  verify: () => [path('badge.json'), '--any-issuer', '--offline'],
  bake: () => [path('badge.json'), '--image', path('image.png')],
  unbake: () => [path('badge.png')],
  convert: () => [path('badge.json'), '--to', 'json'],
  inspect: () => [path('badge.json')],
  did: () => ['--key', path('key.json'), '--id', 'did:web:school.example'],
  schema: () => [],
  audit: () => ['plan', '--count', '40', '--tolerate', '0.2'],
  agreement: () => [path('ratings.csv'), '--levels', 'low,high'],
  lint: () => [path('achievement.json')],
  fit: () => [
    '--stack',
    path('stack.json'),
    '--badges',
    path('badge.json'),
    '--framework',
    path('framework.json'),
    '--any-issuer',
    '--offline',
  ],
  credit: () => ['--policy', path('policy.json'), '--badges', path('badge.json'), '--same-person', '--offline'],
  policy: () => ['lint', path('policy.json')],
  framework: () => ['show', path('framework.json')],
  init: () => [path(`issuer-${Math.random()}`)],
  achievements: () => ['list', '--data', path('issuer')],
  list: () => ['--data', path('issuer')],
  show: () => ['1', '--data', path('issuer')],
  revoke: () => ['1', '--data', path('issuer')],
  suspend: () => ['1', '--data', path('issuer')],
  reinstate: () => ['2', '--data', path('issuer')],
  renew: () => ['2', '--data', path('issuer'), '--until', '2040-01-01'],
  keys: () => ['list', '--data', path('issuer')],
  export: () => ['--data', path('issuer'), '--out', path('export.ndjson')],
  import: () => [path('export.ndjson'), '--data', path('issuer')],
  publish: () => ['--data', path('issuer'), '--out', path('public')],
  tokens: () => ['list', '--data', path('issuer')],
  work: () => ['--queue', path('issuer/badges.db'), '--key', path('key.json'), '--no-status', '--until-done'],
  batch: () => ['status', 'x', '--queue', path('issuer/badges.db')],
}
/** Options that the library refuses. */
const HAS_NAME = ['verification-method', 'policy']
const WRONG = [
  'x',
  'urn:x y',
  '2030-99-99',
  'a=b',
  'email=x',
  'status=never',
  'did:web:a.example',
  '-1',
  'https://',
  '\u{1f393}',
  'eddsa-rdfc-2022',
  'ecdsa-rdfc-2019',
  'ecdsa-sd-2023',
]

beforeAll(async () => {
  write('key.json', KEY)
  write('achievement.json', ACHIEVEMENT)
  write('image.png', PNG)
  write('ratings.csv', 'item,rater,level\na,Ana,low\na,Ben,high\n')
  write('framework.json', {
    id: 'https://f.example/',
    name: 'F',
    competencies: [{ id: 'https://f.example/a', name: 'A' }],
  })
  write('stack.json', {
    id: 'https://s.example/',
    name: 'S',
    requirements: [{ id: 'a', competency: 'https://f.example/a' }],
  })
  write('policy.json', {
    id: 'https://p.example/',
    name: 'P',
    kinds: { any: { badges: [{}] } },
    rates: [{ of: 'any', gives: 1 }],
    purposes: [{ id: 'p', unit: 'point' }],
  })
  await run('init', path('issuer'))
  for (const award of ['1', '2'])
    await run(
      'issue',
      '--data',
      path('issuer'),
      '--recipient',
      HOLDER,
      '--award',
      award,
      '--out',
      path(`${award}.json`),
    )
  await run('issue', ...(RIGHT.issue as () => string[])(), '--out', path('badge.json'))
  await run('bake', ...(RIGHT.bake as () => string[])(), '--out', path('badge.png'))
})

const OPTIONS = COMMANDS.filter(({ name }) => name !== 'serve').flatMap(({ name, options }) =>
  Object.entries(options).flatMap(([option, { type }]) => (type === 'string' ? [[name, option] as const] : [])),
)

test.each(OPTIONS)('%s --%s', async (name, option) => {
  let refused = 0
  // The policy of credit is a file.
  const hasName = HAS_NAME.includes(option) && name !== 'credit'
  for (const wrong of WRONG) {
    const base = RIGHT[name]?.() ?? expect.fail(`${name} needs a call that is right`)
    const at = base.indexOf(`--${option}`)
    const words = at === -1 ? base : [...base.slice(0, at), ...base.slice(at + 2)]
    const { code, err } = await run(name, ...words, `--${option}`, wrong)
    expect(code, err).not.toBe(EXIT.bug)
    if (code !== EXIT.usage) continue
    refused++
    // Names of the library are two words in one, or stand in quotes with a member.
    expect(err).not.toMatch(
      /"[a-z]+[A-Z]\w*"|"[a-z]+\.[a-z]\w*"|\b(?:create|sign|verify|parse|read|write)[A-Z]\w*|\w: "/,
    )
    if (hasName) expect(err).toContain(`--${option}`)
  }
  if (hasName) expect(refused).toBeGreaterThan(0)
})

test('serve --url', async () => {
  const { code, err } = await run('serve', '--data', path('served'), '--url', 'http://school.example?x')
  expect(code).toBe(EXIT.usage)
  expect(err).toContain('--url is an https URL')
})
test('of what is quoted only the option that is wrong becomes a flag', () => {
  const { verify } = Object.fromEntries(COMMANDS.map((command) => [command.name, command.options]))
  const error = new UsageError('usage.invalid_option', '"policy" has no "key": see "trustedIssuers" and "notOurs"', {
    option: 'policy',
  })
  expect(describeFailure(error, verify).lines).toEqual(['--policy has no "key": see --trust and "notOurs"'])
})
