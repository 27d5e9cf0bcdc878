// A table becomes a batch that workers issue: on a file, and on a real PostgreSQL whose password nobody reads.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { SKIP_PREFIX } from '../skip-reporter.js'
import { startPostgres } from '../store/postgres-server.js'
import { ISSUER, type Options, workshop } from './harness.js'

const shop = workshop()
const server = startPostgres()
if ('missing' in server) console.log(`${SKIP_PREFIX}${server.missing}`)
afterAll(() => {
  if ('stop' in server) server.stop()
})
/** Badges bear the date of the machine, which is held against that of the database. */
const cli = (words: readonly string[], more: Options = {}) => shop.cli(words, { now: () => new Date(), ...more })
const csv = (rows: readonly string[], header = 'id,recipient') => `${[header, ...rows].join('\n')}\n`
const people = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => `a${n + from},did:example:p${n + from}`)

await cli(['init', 'school', '--name', 'Hill School', '--url', 'https://badges.school.example'])
shop.write('school.json', { type: ['Profile'], id: 'did:web:badges.school.example', name: 'Hill School' })
const QUEUE = join('school', 'badges.db')
const submit = (file: string, id: string, ...more: string[]) =>
  cli([
    'issue',
    '--data',
    'school',
    '--queue',
    QUEUE,
    '--achievement',
    'feedback.json',
    '--batch',
    file,
    '--batch-id',
    id,
    ...more,
  ])
const batch = (action: string, id: string, ...more: string[]) => cli(['batch', action, id, '--queue', QUEUE, ...more])
const work = (...more: string[]) => cli(['work', '--data', 'school', '--until-done', ...more])

describe('a table', () => {
  test('is submitted without a key, issued by a worker, and told about', async () => {
    shop.write('spring.csv', csv(people(1200)))
    const key = shop.path(join('school', 'issuer-key.json'))
    const secret = readFileSync(key)
    rmSync(key)
    writeFileSync(key, '{"no": "key"}', { mode: 0o600 })
    const submitted = await submit('spring.csv', 'spring')
    writeFileSync(key, secret)
    expect(submitted.err).toMatch(
      /1200 awards wait for badgewright work: badgewright batch status spring --queue school.badges\.db\n$/,
    )
    expect([submitted.code, submitted.out]).toEqual([0, 'spring\n'])
    const before = await batch('status', 'spring')
    expect(before.out).toMatch(/^\[-{24}\] 0 %, 0 of 1200\n/)
    expect(before.out).toMatch(/\nstate +running\nawards +1200\nissued +0\nawaiting +1200\n/)
    const worked = await work('--out', 'results')
    expect([worked.code, worked.err]).toEqual([0, '1200 issued\n'])
    const after = await batch('status', 'spring')
    expect(after.out).toMatch(/^\[#{24}\] 100 %, 1200 of 1200, \d+ a second\n/)
    expect(after.out).toMatch(/\nstate +finished\n/)
    expect((await batch('status', 'spring', '--json', '--watch')).out).toContain('"issued": 1200')
    expect(readdirSync(shop.path(join('results', 'spring')))).toEqual(['000001.ndjson', '000002.ndjson'])
    const [line] = shop.text(join('results', 'spring', '000001.ndjson')).split('\n')
    expect(JSON.parse(line ?? '')).toMatchObject({
      index: 0,
      line: 2,
      id: 'a0',
      credential: {
        id: expect.stringContaining('https://badges.school.example/credentials/'),
        credentialStatus: expect.anything(),
      },
    })
    expect((await cli(['show', 'a0', '--data', 'school'])).code).toBe(0)
  })
  test('with wrong rows is refused, with the line of each', async () => {
    shop.write(
      'wrong.csv',
      csv([
        'b1,did:example:1',
        'b2,nobody',
        'b3,did:example:3,too,many',
        ',did:example:4',
        'a0,did:example:other',
        'b1,did:example:2',
      ]),
    )
    const refused = await submit('wrong.csv', 'wrong')
    expect(refused.code).toBe(65)
    expect(refused.out).toBe('')
    for (const [line, says] of [
      [3, 'recipient'],
      [4, 'cells'],
      [5, '"id" is missing'],
      [6, 'another recipient'],
      [7, 'says something else'],
    ])
      expect(refused.err).toMatch(new RegExp(`^line ${line}.*${says}`, 'm'))
    expect(refused.err).toMatch(
      /5 of 6 awards are invalid, so nothing was submitted\. --skip-invalid submits the others/,
    )
    expect((await batch('status', 'wrong')).code).toBe(64)
    const skipped = await submit('wrong.csv', 'wrong', '--skip-invalid')
    expect(skipped.code).toBe(0)
    expect((await work()).err).toBe('1 issued\n')
    const failures = await batch('failures', 'wrong')
    expect(failures.out.split('\n').filter((line) => /^line \d/.test(line))).toHaveLength(5)
    expect(
      (await batch('failures', 'wrong', '--json')).out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).line),
    ).toEqual([3, 4, 5, 6, 7])
    expect((await batch('retry', 'wrong')).err).toBe('0 awards wait again\n')
    expect((await batch('status', 'wrong')).out).toMatch(/\ninvalid +5\n/)
  })
  test('what fails while it is issued is told, tried again, and cancelled', async () => {
    shop.write('one.csv', csv(['c1,did:example:1', 'c2,did:example:2']))
    shop.write('two.csv', csv(['c2,did:example:other', 'c3,did:example:3']))
    await submit('one.csv', 'one')
    await submit('two.csv', 'two')
    expect((await work()).err).toMatch(/^3 issued, 1 failed/)
    expect((await batch('failures', 'two')).out).toMatch(/^line 2 \(c2\): .*another recipient/)
    expect((await batch('retry', 'two', '--json')).out).toContain('"retried": 1')
    const cancelled = await batch('cancel', 'two')
    expect(cancelled.out).toMatch(/state +cancelled\nawards +2\nissued +1\nawaiting +0\ncancelled +1\n/)
    expect((await batch('retry', 'two')).code).toBe(64)
  })
  test('again under its name is the same batch, and another table is told', async () => {
    expect((await submit('spring.csv', 'spring')).code).toBe(0)
    const other = await submit('one.csv', 'spring')
    expect(other.code).toBe(64)
    expect(other.err).toMatch(/with other awards: give this one another --batch-id/)
    expect((await submit('one.csv', '../x')).err).toMatch(/--batch-id is 1 to 100 small letters/)
  })
})

describe('is refused', () => {
  const issue = ['issue', '--batch', 'one.csv', '--achievement', 'feedback.json']
  test.each<[string, readonly string[], number, RegExp]>([
    [
      'a key where none is needed',
      [...issue, '--queue', QUEUE, '--issuer', 'school.json', '--key', 'key.json'],
      64,
      /--key is not for --queue: nothing is signed here/,
    ],
    [
      'a place for badges',
      [...issue, '--queue', QUEUE, '--issuer', 'school.json', '--out', 'x'],
      64,
      /--out is not for --queue: badgewright work takes it/,
    ],
    ['nobody who issues', [...issue, '--queue', QUEUE], 64, /--issuer <file>/],
    [
      'a queue that is not there',
      [...issue, '--queue', 'none.db', '--issuer', 'school.json'],
      66,
      /none\.db: is not there/,
    ],
    ['a queue that is a folder', [...issue, '--queue', 'school', '--issuer', 'school.json'], 64, /is no file/],
    [
      'a name without a queue',
      [...issue, '--batch-id', 'x', '--key', 'key.json', '--out', 'x'],
      64,
      /--batch-id is for --queue/,
    ],
    [
      'a queue for one badge',
      ['issue', '--queue', QUEUE, '--recipient', 'did:example:1'],
      64,
      /--queue is for --batch/,
    ],
    [
      'work without a queue that is there',
      ['work', '--queue', 'none.db', '--key', 'key.json', '--issuer', ISSUER, '--no-status'],
      66,
      /none\.db: is not there/,
    ],
    [
      'work that does not say where status is',
      ['work', '--queue', QUEUE, '--key', 'key.json', '--issuer', 'school.json'],
      64,
      /--url https.*or --no-status/,
    ],
    [
      'work that says both',
      ['work', '--queue', QUEUE, '--key', 'key.json', '--url', 'https://a.example', '--no-status'],
      64,
      /--url https.*or --no-status/,
    ],
    ['work without a key', ['work', '--queue', QUEUE, '--no-status'], 64, /--key <file>/],
    ['work at a folder with a key', ['work', '--data', 'school', '--key', 'key.json'], 64, /--key is not for --data/],
    ['another action', ['batch', 'stat', 'x', '--queue', QUEUE], 64, /did you mean "?status/],
    ['a batch that is not there', ['batch', 'status', 'nothing', '--queue', QUEUE], 64, /there is no batch "nothing"/],
    [
      'a URL of something else',
      ['batch', 'status', 'x', '--queue', 'redis://user:s3cret@host/0'],
      64,
      /this is another URL/,
    ],
  ])('%s', async (_, words, code, says) => {
    const result = await cli(words)
    expect(result.err).toMatch(says)
    expect(result.code).toBe(code)
    expect(result.err + result.out).not.toContain('s3cret')
  })
  test('a worker with another profile, and nothing of the batch fails', async () => {
    shop.write('late.csv', csv(people(2, 9000)))
    await submit('late.csv', 'late')
    const { profile } = { profile: shop.json<object>(join('school', 'issuer.json')) }
    shop.write(join('school', 'issuer.json'), { ...profile, name: 'Renamed' })
    const renamed = await work()
    shop.write(join('school', 'issuer.json'), profile)
    expect(renamed.code).toBe(64)
    expect(renamed.err).toMatch(/"late" was submitted for another profile/)
    const off = await shop.cli(['work', '--data', 'school', '--until-done'])
    expect(off.err).toMatch(/the clock of this machine is \d+ s/)
    expect((await work()).err).toBe('2 issued\n')
  }, 60_000)
})

describe('on PostgreSQL', () => {
  const url = (database: string) => {
    const { host, user } = 'options' in server ? server.options : { host: '', user: '' }
    return `postgres://${user}:s3cret@localhost/${database}?host=${encodeURIComponent(host)}`
  }
  test.skipIf(!('options' in server))(
    'two workers with a key of their own, and no word of the password',
    async () => {
      const said: string[] = []
      const ask = async (words: readonly string[]) => {
        const result = await cli(words)
        said.push(result.out, result.err)
        return result
      }
      const queue = ['--queue', url('postgres')]
      const issuer = shop.json<{ kid?: string }>(join('school', 'issuer-key.json'))
      shop.write('worker-key.json', issuer)
      const submitted = await ask([
        'issue',
        '--batch',
        'spring.csv',
        '--achievement',
        'feedback.json',
        '--issuer',
        'school.json',
        '--batch-id',
        'pg',
        ...queue,
      ])
      expect(submitted.err).toMatch(/1200 awards wait/)
      const worker = [
        'work',
        '--key',
        'worker-key.json',
        '--issuer',
        'school.json',
        '--no-status',
        '--until-done',
        ...queue,
      ]
      const workers = await Promise.all([ask(worker), ask(worker)])
      expect(workers.map(({ code }) => code)).toEqual([0, 0])
      expect((await ask(['batch', 'status', 'pg', ...queue])).out).toMatch(/issued +1200\n/)
      const wrong = await ask(['batch', 'status', 'pg', '--queue', url('nowhere')])
      expect(wrong.code).toBe(69)
      expect(wrong.err).toMatch(/cannot be used \(3D000\)/)
      const away = await ask(['batch', 'status', 'pg', '--queue', 'postgres://badges:s3cret@127.0.0.1:1/x'])
      expect(away.code).toBe(69)
      const broken = await ask(['batch', 'status', 'pg', '--queue', 'postgres://badges:s3cret@[x/y'])
      expect(broken.code).toBe(64)
      expect(said.join('\n')).not.toContain('s3cret')
    },
    120_000,
  )
})
