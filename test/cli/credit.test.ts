// `badgewright credit` and `badgewright policy`: one person, a folder of people, policies that are wrong.
import { mkdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { createIssuer, createSigner } from '../../src/entries/index.js'
import { ISSUER, KEY, workshop } from './harness.js'

const shop = workshop()
const { cli, write, json } = shop
const example = (id: string) =>
  readFileSync(fileURLToPath(new URL(`../../examples/policies/${id}.json`, import.meta.url)), 'utf8')
const ADA = 'did:example:ada'
const trusted = ['--trust', ISSUER]
const FACTS = [
  'person,fact,activity,about,value,on,from,to,id,course,amount,kinds,by,stated',
  `${ADA},license-term,,,,,2020-01-01,2040-12-31,,,,,State,2025-01-01`,
  `${ADA},,clock-hour,,,2029-05-01,,,,,48,,,2029-05-02`,
  'did:example:nobody,license-term,,,,,2020-01-01,,,,,,State,2025-01-01',
].join('\n')

beforeAll(async () => {
  const signer = await createSigner({ key: KEY as never })
  const issuer = createIssuer({ profile: { id: signer.controller, name: 'Academy' }, signer })
  for (const person of ['ada', 'ben']) {
    mkdirSync(shop.path(`people/${person}`), { recursive: true })
    for (let index = 0; index < (person === 'ada' ? 2 : 1); index++) {
      const achievement = {
        id: `https://academy.example/${index}`,
        name: `Badge ${index}`,
        description: 'For a test.',
        criteria: { narrative: 'Done.' },
        achievementType: 'MicroCredential' as const,
      }
      const badge = await issuer.issue({ achievement, recipient: { id: `did:example:${person}` } })
      write(`people/${person}/${index}.json`, badge)
    }
  }
  write('tn.json', example('us-tn-pdp'))
  write('aurora.json', example('us-co-aurora'))
  write('facts.csv', FACTS)
})
const credit = (...words: readonly string[]) =>
  cli(['credit', '--policy', 'tn.json', '--badges', 'people/ada', '--recipient', ADA, ...trusted, ...words])

describe('credit', () => {
  test('decides by badges and facts, and says what is missing', async () => {
    const { code, out, err } = await credit('--facts', 'facts.csv', '--purpose', 'renew-professional')
    expect(err).toContain('facts about 1 other person are left away: did:example:nobody')
    expect(out).toContain('+ renew the professional license: met. 60 of 60 PDP count.')
    expect(out).toContain('  48: facts.csv#2, clock hour, 2029-05-01.')
    expect(code).toBe(0)
  })
  test('without the facts it is not known, with fewer badges not met', async () => {
    const { code, out } = await credit('--purpose', 'advance-or-renew-practitioner')
    expect([code, out]).toEqual([1, expect.stringContaining('not met')])
    write(
      'hours.csv',
      FACTS.split('\n')
        .filter((line) => !line.includes(`${ADA},license-term`))
        .join('\n'),
    )
    expect((await credit('--facts', 'hours.csv', '--purpose', 'renew-professional')).code).toBe(2)
  })
  test('as JSON, which is history the next time', async () => {
    const { out } = await credit('--facts', 'facts.csv', '--purpose', 'renew-professional', '--json')
    write('before.json', out)
    expect(json<{ purposes: { outcome: string }[] }>('before.json').purposes[0]?.outcome).toBe('met')
    const again = await credit('--facts', 'facts.csv', '--purpose', 'renew-professional', '--history', 'before.json')
    expect([again.code, again.out]).toEqual([1, expect.stringContaining('it counted before')])
  })
  test('parameters and a table of kinds', async () => {
    write('figures.json', { issuers: [ISSUER] })
    const words = ['credit', '--policy', 'aurora.json', '--badges', 'people/ada', '--same-person', ...trusted]
    expect((await cli(words)).code).toBe(2)
    expect((await cli([...words, '--parameters', 'figures.json', '--purpose', 'hours'])).out).toContain('20 hour count')
    write('kinds.csv', 'achievement,kind\nhttps://academy.example/0,nea\nhttps://academy.example/1,\n')
    expect((await cli([...words, '--kinds', 'kinds.csv', '--purpose', 'hours'])).out).toContain('10 hour count')
  })
  test.each<[string, readonly string[], RegExp]>([
    ['no policy', ['credit', '--badges', 'people/ada'], /say by which policy/],
    ['nobody', ['credit', '--policy', 'tn.json', '--badges', 'people/ada'], /say whom the badges should be about/],
    [
      'a purpose that there is not',
      ['credit', '--policy', 'tn.json', '--badges', 'people/ada', '--same-person', ...trusted, '--purpose', 'x'],
      /no purpose "x": there are renew-professional/,
    ],
  ])('%s', async (_, words, message) => {
    const { code, err } = await cli(words)
    expect([code, err]).toEqual([64, expect.stringMatching(message)])
  })
  test.each<[string, string, RegExp]>([
    ['a column that nobody reads', 'person,fakt,stated\na,b,2025-01-01', /no use for the column "fakt"/],
    ['a row that says nothing', 'fact,activity,stated\n,,2025-01-01', /row 1: says a fact or an activity/],
    ['a day that is none', 'fact,from,stated\nlicense-term,2025-02-30,2025-01-01', /is a day such as/],
    ['no date of the statement', 'fact,from,stated\nlicense-term,2025-02-01,', /stated" is a day/],
  ])('facts with %s', async (_, text, message) => {
    write('wrong.csv', text)
    const { code, err } = await credit('--facts', 'wrong.csv')
    expect([code, err]).toEqual([65, expect.stringMatching(message)])
  })
  test('two lines for one person that differ leave it not known, and say so', async () => {
    write('twice.csv', `${FACTS}\n${ADA},license-term,,,,,2020-01-01,2021-01-01,,,,,State,2025-01-01`)
    const { code, out } = await credit('--facts', 'twice.csv', '--purpose', 'renew-professional')
    expect(code).toBe(2)
    expect(out).toContain('! several statements of 2025-01-01 say different things of "license-term"')
  })
})

describe('policy', () => {
  test('lint names every mistake with its place', async () => {
    write('wrong.json', { ...JSON.parse(example('us-co-aurora')), rates: [{ of: 'nae', gives: 10, units: 'hour' }] })
    const { code, out } = await cli(['policy', 'lint', 'aurora.json', 'wrong.json'])
    expect(code).toBe(1)
    expect(out).toContain('aurora.json: right: Aurora Public Schools')
    expect(out).toContain('wrong.json: /rates/0/units: "units" is no member here: did you mean "unit"?')
  })
  test('explain says it', async () => {
    const { code, out } = await cli(['policy', 'explain', 'tn.json'])
    expect([code, out]).toEqual([0, expect.stringContaining('One micro-credential gives 6.')])
  })
  test('simulate: who gains, by folders of people', async () => {
    const richer = { ...JSON.parse(example('us-tn-pdp')), purposes: undefined }
    richer.purposes = [{ id: 'renew-professional', unit: 'PDP', needs: { credit: 6 } }]
    write('then.json', richer)
    write(
      'people.csv',
      'person,fact,from,stated\nada,license-term,2020-01-01,2025-01-01\nben,license-term,2020-01-01,2025-01-01\nzoe,license-term,2020-01-01,2025-01-01',
    )
    const { code, out, err } = await cli([
      'policy',
      'simulate',
      '--before',
      'tn.json',
      '--after',
      'then.json',
      '--people',
      'people',
      '--facts',
      'people.csv',
      ...trusted,
    ])
    expect(err).toContain('facts about people of whom there is no folder are left away: zoe')
    expect(out).toContain('2 people.')
    expect(out).toContain('renew-professional: met by 0 before and 2 after; 2 gain, 0 lose')
    expect(out).toContain('  ada, advance-or-renew-practitioner: not met before, no such purpose after.')
    expect(code).toBe(0)
  })
  test('what it does not do', async () => {
    const { code, err } = await cli(['policy', 'explane', 'tn.json'])
    expect([code, err]).toEqual([64, expect.stringContaining('did you mean explain?')])
  })
})
