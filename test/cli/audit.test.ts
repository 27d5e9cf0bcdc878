// A third party looks at some badges again: plan, sample and verdict on the command line, and whether raters agree.
import { beforeAll, describe, expect, test } from 'vitest'
import { ISSUE, workshop } from './harness.js'

const shop = workshop()
const { cli, write, json, text } = shop
const SEED = 'lottery of 5 May 2030: 4 8 15 16 23 42'
const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `urn:badge:${from + index}`)
const table = (header: string, rows: readonly string[]) => `\ufeff${[header, ...rows].join('\r\n')}\r\n`

beforeAll(() => {
  write(
    'list.csv',
    table(
      'id;issuer;achievement',
      ids(0, 40).map((id) => `${id};did:web:a.example;https://a.example/1`),
    ),
  )
})
const sampled = async () => {
  await cli(['audit', 'plan', '--badges', 'list.csv', '--tolerate', '0.2', '--out', 'plan.json'])
  const words = [
    'audit',
    'sample',
    '--plan',
    'plan.json',
    '--badges',
    'list.csv',
    '--seed',
    SEED,
    '--out',
    'sample.json',
  ]
  const { code, out } = await cli(words)
  expect(code).toBe(0)
  return { out, ...json<{ commitment: string; sample: { id: string }[] }>('sample.json') }
}
const judge = (commitment: string, ...more: string[]) =>
  cli(['audit', 'judge', '--sample', 'sample.json', '--results', 'results.csv', '--commitment', commitment, ...more])

describe('audit', () => {
  test('plans in words and as JSON, by a number or by a list', async () => {
    const counted = await cli(['audit', 'plan', '--count', '40', '--tolerate', '0.2'])
    expect(counted).toMatchObject({ code: 0, out: expect.stringContaining('Of 40 badges, 11 are drawn') })
    const listed = await cli(['audit', 'plan', '--badges', 'list.csv', '--tolerate', '0.2', '--json'])
    expect(JSON.parse(listed.out)).toMatchObject({ type: 'AuditPlan', badges: 40, sample: 11, accept: 0 })
  })
  test('draws how often the plan accepts, as a picture', async () => {
    const { code, err } = await cli(['audit', 'plan', '--count', '40', '--tolerate', '0.2', '--plot', 'curve.svg'])
    expect(code).toBe(0)
    expect(err).toContain('wrote curve.svg')
    expect(text('curve.svg')).toMatch(/^<svg .*tolerated: 20 %.*<\/svg>\n$/s)
  })
  test('draws what the plan says, and prints what to publish', async () => {
    const { out, commitment, sample } = await sampled()
    expect(out).toContain(`commitment ${commitment}`)
    for (const { id } of sample) expect(out).toContain(`${id}  https://a.example/1`)
    expect(sample).toHaveLength(11)
  })
  test('accepts, rejects, or waits for more, and says so by its exit code', async () => {
    const { commitment, sample } = await sampled()
    const answers = (outcomes: readonly string[]) =>
      write(
        'results.csv',
        table(
          'badge,outcome',
          sample.map(({ id }, index) => `${id},${outcomes[index] ?? ''}`),
        ),
      )
    const all = sample.map(() => 'confirmed')
    answers(all)
    expect(await judge(commitment, '--badges', 'list.csv', '--out', 'report.json')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Accepted/),
    })
    expect(JSON.parse(text('report.json'))).toMatchObject({ type: 'AuditReport', outcome: 'accept', looked: 11 })
    answers(all.slice(1))
    expect(await judge(commitment)).toMatchObject({ code: 2, out: expect.stringContaining(sample[10]?.id ?? '?') })
    answers(['not-judged', ...all.slice(1)])
    expect(await judge(commitment)).toMatchObject({ code: 1, out: expect.stringMatching(/^Rejected/) })
    answers(['maybe'])
    expect(await judge(commitment)).toMatchObject({ code: 65, err: expect.stringContaining('"maybe" is no outcome') })
  })
  test('refuses a sample that was drawn again, and results of badges that were not drawn', async () => {
    const { commitment, sample } = await sampled()
    const others = ids(0, 40).filter((id) => sample.every((one) => one.id !== id))
    write('results.csv', table('badge,outcome', [`${others[0]},yes`]))
    expect(await judge(commitment)).toMatchObject({ code: 65, err: expect.stringContaining('was not drawn') })
    expect(await judge('0'.repeat(64))).toMatchObject({ code: 65, err: expect.stringContaining('not drawn again') })
  })
  test('reads badges from files, as they are', async () => {
    await cli([...ISSUE, '--out', 'one.json'])
    const { code, out } = await cli(['audit', 'plan', '--badges', 'one.json', '--tolerate', '0.1', '--json'])
    expect({ code, plan: JSON.parse(out) }).toMatchObject({ code: 0, plan: { badges: 1, sample: 1 } })
  })
  test('says what is missing', async () => {
    const missing = async (...words: string[]) => {
      const { code, err } = await cli(['audit', ...words])
      expect(code).toBe(64)
      return err
    }
    expect(await missing('plan', '--count', '40')).toContain('--tolerate')
    expect(await missing('plan', '--tolerate', '0.1')).toContain('--count or --badges')
    expect(await missing('sample', '--badges', 'list.csv')).toContain('--plan')
    expect(await missing('judge', '--sample', 'sample.json')).toContain('--results')
    expect(await missing('plann')).toContain('plan')
  })
})

describe('agreement', () => {
  const levels = ['--levels', 'low,middle,high']
  const rows = ['a,low,low', 'b,middle,high', 'c,high,']
  test('of one row for each item, or one for each rating', async () => {
    write('wide.csv', table('item,Ana,Ben', rows))
    write('long.csv', table('rater,item,level', ['Ana,a,low', 'Ben,a,low', 'Ana,b,middle', 'Ben,b,high', 'Ana,c,high']))
    const wide = await cli(['agreement', 'wide.csv', ...levels, '--json'])
    const long = await cli(['agreement', 'long.csv', ...levels, '--json'])
    expect(JSON.parse(wide.out)).toEqual(JSON.parse(long.out))
    expect(await cli(['agreement', 'wide.csv', ...levels, '--pass', 'middle'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('2 raters gave 5 ratings to 3 items; 2 items have two ratings or more.'),
    })
  })
  test('a level that the rubric does not have, or given twice, is told with its place', async () => {
    write('wrong.csv', table('item,Ana,Ben', ['a,low,superb']))
    expect(await cli(['agreement', 'wrong.csv', ...levels])).toMatchObject({
      code: 65,
      err: expect.stringContaining('Ben gives a the level "superb"'),
    })
    write('twice.csv', table('item,rater,level', ['a,Ana,low', 'a,Ana,high']))
    expect(await cli(['agreement', 'twice.csv', ...levels])).toMatchObject({
      code: 65,
      err: expect.stringContaining('Ana rates a twice'),
    })
    expect(await cli(['agreement', 'wide.csv'])).toMatchObject({ code: 64, err: expect.stringContaining('--levels') })
  })
  test('a table that is none', async () => {
    write('ragged.csv', table('item,Ana,Ben', ['a,low']))
    expect(await cli(['agreement', 'ragged.csv', ...levels])).toMatchObject({
      code: 65,
      err: expect.stringContaining('row 1 has 2 cells'),
    })
    write('empty.csv', '')
    expect(await cli(['agreement', 'empty.csv', ...levels])).toMatchObject({
      code: 65,
      err: expect.stringContaining('is empty'),
    })
  })
})
