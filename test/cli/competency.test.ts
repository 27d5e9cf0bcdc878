// The commands fit, lint and framework, and the starter bin on files.
import { mkdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { casePackage } from '../competency/samples.js'
import { ACHIEVEMENT, workshop } from './harness.js'

const shop = workshop()
const bin = fileURLToPath(new URL('../../examples/starter-bin/', import.meta.url))
interface Candidate {
  readonly name: string
  readonly id: string
  readonly badges: readonly object[]
}
// By a variable: the examples are JavaScript, without types.
const candidates = `${bin}candidates.js`
const { jon, maria, trustedIssuers } = (await import(candidates)) as {
  jon: Candidate
  maria: Candidate
  trustedIssuers: readonly string[]
}
// The badges of the example are from today.
const now = () => new Date()
const cli = (words: readonly string[]) => shop.cli(words, { now })

beforeAll(() => {
  for (const { name, badges } of [maria, jon]) {
    mkdirSync(shop.path(name))
    for (const [index, badge] of badges.entries()) shop.write(`${name}/${index}.json`, badge)
  }
  shop.write('trusted.txt', `${trustedIssuers.join('\n')}\n`)
  shop.write('package.json', casePackage())
})

const frameworks = ['framework', 'academy-framework', 'school-framework'].flatMap((name) => [
  '--framework',
  `${bin}${name}.json`,
])
const fitOf = (person: Candidate, role: string, ...more: string[]) =>
  cli([
    'fit',
    ...['--stack', `${bin}${role}.json`, '--base', `${bin}face-to-face-teacher.json`],
    ...frameworks,
    ...[
      '--crosswalk',
      `${bin}crosswalk.json`,
      '--badges',
      person.name,
      '--recipient',
      person.id,
      '--trust-file',
      'trusted.txt',
    ],
    ...more,
  ])

describe('fit', () => {
  test('a table: requirement, met, by whom, level, until; gaps last', async () => {
    const { code, out, err } = await fitOf(maria, 'school-leader')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^School leader: FITS, until the end of \d{4}-\d\d-\d\d if nothing is renewed\n/)
    expect(out).toMatch(/Giving Feedback \(Proficient\) +yes +Useful critique +Academy of Practice +Proficient +\d{4}/)
    const gaps = await fitOf(jon, 'school-leader')
    expect(gaps.code).toBe(1)
    expect(gaps.out).toMatch(/^School leader: DOES NOT FIT YET\n/)
    expect(gaps.out).toContain('"Modeling a Growth Mindset" reached "Developing"; "Proficient" is asked')
    expect(gaps.out).toContain(
      'One badge about "Student-centered Leadership" or "Organizing Your Team" would close the gap',
    )
  })
  test('a narrower badge counts where the role says so, and once', async () => {
    const { code, out } = await fitOf(jon, 'design-team')
    expect(code).toBe(0)
    expect(out).toMatch(/Procuring Hardware and Software +yes +Buying devices/)
    expect((await fitOf(maria, 'design-team')).out).toContain('counts for another requirement already')
  })
  test('as JSON it is the report', async () => {
    const { out } = await fitOf(jon, 'design-team', '--json')
    expect(JSON.parse(out)).toMatchObject({ stack: 'https://school.example/stacks/design-team@1', outcome: 'met' })
  })
  test("somebody else's badges do not count", async () => {
    const { code, out } = await fitOf({ ...maria, id: jon.id }, 'school-leader')
    expect(code).toBe(1)
    expect(out).toContain('is about somebody else')
  })
  test('badges of two people count for nothing together, whoever says that they are one, until the person is named', async () => {
    const words = [
      'fit',
      '--stack',
      `${bin}face-to-face-teacher.json`,
      ...frameworks,
      '--crosswalk',
      `${bin}crosswalk.json`,
    ]
    const both = [...words, '--badges', 'Maria', '--badges', 'Jon', '--trust-file', 'trusted.txt']
    const mixed = await cli([...both, '--same-person'])
    expect(mixed.code).toBe(2)
    expect(mixed.out).toContain('note: the reports are about 2 subjects')
    expect(mixed.out).toContain(`${jon.id}, ${maria.id}`)
    const named = await cli([...both, '--recipient', maria.id, '--recipient', jon.id])
    expect(named.code).toBe(0)
    const one = await cli([...words, '--badges', 'Maria', '--trust-file', 'trusted.txt', '--same-person'])
    expect([one.code, one.out.includes('note:')]).toEqual([0, false])
  })
  test('a competency that nobody knows is said', async () => {
    const typo = { competency: 'https://frameworks.example/student-centered/giving-fedback', id: 'r' }
    shop.write('typo.json', { id: 'urn:x:typo', name: 'Typo', requirements: [typo] })
    const base = ['--badges', 'Maria', '--recipient', maria.id, '--trust-file', 'trusted.txt']
    const { out, code } = await cli(['fit', '--stack', 'typo.json', ...frameworks, ...base])
    expect(code).toBe(1)
    expect(out).toContain('did you mean https://frameworks.example/student-centered/giving-feedback?')
  })
  test.each<[string, string[], number, string]>([
    ['no role', ['--badges', 'Maria', '--same-person', '--trust', 'urn:x:1'], 64, 'say for which role'],
    ['no badges', ['--stack', `${bin}design-team.json`], 64, 'say whose badges'],
    ['nobody it is about', ['--stack', `${bin}design-team.json`, '--badges', 'Maria'], 64, '--same-person'],
    [
      'nobody trusted',
      ['--stack', `${bin}design-team.json`, '--badges', 'Maria', '--same-person'],
      64,
      'say whom you trust',
    ],
    [
      'a stack that is none',
      ['--stack', 'key.json', '--badges', 'Maria', '--same-person', '--trust', 'urn:x:1'],
      65,
      'not a competency stack',
    ],
    [
      'a stack whose level no framework has',
      ['--stack', `${bin}face-to-face-teacher.json`, '--badges', 'Maria', '--same-person', '--trust', 'urn:x:1'],
      64,
      'which no framework defines',
    ],
    [
      'a folder that is not there',
      ['--stack', `${bin}design-team.json`, '--badges', 'Nobody', '--same-person', '--trust', 'urn:x:1'],
      66,
      'no such file',
    ],
  ])('%s', async (_, words, code, message) => {
    const result = await cli(['fit', ...words])
    expect(result.err).toContain(message)
    expect(result.code).toBe(code)
  })
})

describe('lint', () => {
  test('an achievement, with what to mend', async () => {
    const { code, out } = await cli(['lint', 'feedback.json'])
    expect(code).toBe(1)
    expect(out).toMatch(/^Schools can verify this badge; they cannot specify it/)
    const lines = out.split('\n')
    expect(lines).toContain('gap  specifiable.no_alignment  /alignment')
  })
  test('a badge, as JSON', async () => {
    const { code, out } = await cli(['lint', '--json', 'Maria/0.json'])
    expect(code).toBe(0)
    expect(JSON.parse(out).summary).toBe('Schools can specify and verify this badge, and predict what level it means.')
  })
  test.each([
    ['key.json', 65],
    ['nothing.json', 66],
  ])('%s is no badge', async (file, code) => {
    expect((await cli(['lint', file])).code).toBe(code)
  })
  test('an achievement with a type alone', async () => {
    shop.write('half.json', { ...ACHIEVEMENT, type: ['Achievement'], criteria: 5 })
    const { code, err } = await cli(['lint', 'half.json'])
    expect(code).toBe(65)
    expect(err).toContain('not an achievement')
  })
})

describe('lint --profile', () => {
  test('a table of what is asked, then what would mend it, with who asks', async () => {
    const { code, out, err } = await cli(['lint', '--profile', 'eu-2022', 'Maria/0.json'])
    expect([code, err]).toEqual([1, ''])
    const lines = out.split('\n')
    expect(lines[0]).toBe(
      'Incomplete: of 10 required by "European standard elements to describe a micro-credential" 2 not met, 3 cannot be said.',
    )
    expect(lines[1]).toBe('Readiness by eu-2022@1; nobody is certified by it, and nothing was verified.')
    expect(out).toMatch(
      /^met +required +Date of issuing +\/awardedDate$|^met +required +Date of issuing +\/validFrom$/m,
    )
    expect(out).toMatch(/^not met +required +Country\/Region of the issuer +\/issuer\/address\/addressCountryCode$/m)
    expect(out).toMatch(
      /^cannot be said +required +Type of assessment +\/credentialSubject\/achievement\/assessmentType$/m,
    )
    expect(out).toContain('  mend: Write "issuer" as a profile with "address.addressCountryCode"')
    expect(out).toContain('(2022/C 243/02); Annex I, mandatory element 3; https://eur-lex.europa.eu/')
  })
  test('ready is 0, undetermined 2; as JSON it is the report', async () => {
    const ready = await cli(['lint', '--profile', 'three-conditions', '--json', 'Maria/0.json'])
    expect([ready.code, JSON.parse(ready.out).readiness]).toEqual([0, 'ready'])
    const asked = { check: 'verifiable.no_end', weight: 'required', source: 's' }
    const profile = { id: 'ours', title: 'Ours', sources: { s: { title: 'S', read: '2026-01-01' } }, checks: [asked] }
    shop.write('ours.json', profile)
    const { code, out, err } = await cli(['lint', '--profile', 'ours.json', 'feedback.json'])
    expect([code, err]).toEqual([2, 'ours.json: /sources/s: nobody can look up "s": it has no "url"\n'])
    expect(out).toContain('Undetermined: of 1 required by "Ours" 1 not judged.')
  })
  test('a profile with faults: each at its place', async () => {
    shop.write('broken-profile.json', { id: 'x', title: 'X', checks: [] })
    const shapeless = await cli(['lint', '--profile', 'broken-profile.json', 'feedback.json'])
    expect(shapeless.code).toBe(65)
    expect(shapeless.err).toContain('/sources')
    const checks = [{ check: 'verifiable.no_ende', weight: 'required', source: 's' }]
    shop.write('unknown.json', { id: 'x', title: 'X', sources: { s: { title: 'S', read: '2026-01-01' } }, checks })
    const unknown = await cli(['lint', '--profile', 'unknown.json', 'feedback.json'])
    expect(unknown.code).toBe(65)
    expect(unknown.err).toContain(
      '/checks/0/check: there is no check "verifiable.no_ende": did you mean "verifiable.no_end"?',
    )
  })
  test('a name that is none', async () => {
    const { code, err } = await cli(['lint', '--profile', 'eu-2023', 'feedback.json'])
    expect(code).toBe(64)
    expect(err).toContain('did you mean eu-2022?')
    expect((await cli(['lint', '--profile', './gone.json', 'feedback.json'])).code).toBe(66)
  })
  test('--list: names and titles, or data to begin your own with', async () => {
    const { code, out } = await cli(['lint', '--list'])
    expect(code).toBe(0)
    expect(out).toMatch(/^eu-2022 +European standard elements to describe a micro-credential$/m)
    const [, eu] = JSON.parse((await cli(['lint', '--list', '--json'])).out)
    shop.write('mine.json', eu)
    expect((await cli(['lint', '--profile', 'mine.json', 'Maria/0.json'])).code).toBe(1)
    expect((await cli(['lint', '--list', 'Maria/0.json'])).code).toBe(64)
    expect((await cli(['lint'])).code).toBe(64)
  })
})

describe('framework', () => {
  test('show: a tree with levels; errors make it 1', async () => {
    const { code, out } = await cli(['framework', 'show', 'package.json'])
    expect(code).toBe(0)
    expect(out).toBe(`Feedback 1
https://case.example/ims/case/v1p1/nodes/00000000-0000-4000-8000-000000000001  (CASE 1.1, 3 competencies, 0 matches)
Feedback
  FB.2 Asks for feedback.
  FB.1 Giving Feedback  [Developing < Proficient]
`)
    const content = structuredClone(casePackage())
    Object.assign(content.CFAssociations?.[2]?.destinationNodeURI ?? {}, { uri: 'urn:x:gone', identifier: 'gone' })
    shop.write('broken.json', content)
    const broken = await cli(['framework', 'show', 'broken.json'])
    expect(broken.code).toBe(1)
    expect(broken.out).toContain(
      'error: an "isChildOf" association names the item "Feedback" (urn:x:gone), which is not in the package',
    )
  })
  test('levels that have positions and no scores: asked, and told by --level-order', async () => {
    const content = structuredClone(casePackage())
    for (const level of content.CFRubrics?.[0]?.CFRubricCriteria?.[0]?.CFRubricCriterionLevels ?? [])
      Object.assign(level, { score: null })
    shop.write('unscored.json', content)
    const asked = await cli(['framework', 'show', 'unscored.json'])
    expect(asked.code).toBe(0)
    expect(asked.out).toContain('[Developing ? Proficient]')
    expect(asked.out).toContain('is the highest: the first or the last of "Developing", "Proficient"?')
    const told = await cli(['framework', 'show', 'unscored.json', '--level-order', 'highest-first'])
    expect(told.out).toContain('[Proficient < Developing]')
    expect(told.out).not.toContain('warning')
  })
  test('a package in the answer of a server: { CFPackage }', async () => {
    shop.write('wrapped.json', { CFPackage: casePackage() })
    expect((await cli(['framework', 'show', 'wrapped.json'])).out).toContain('CASE 1.1, 3 competencies')
  })
  test('import and export give the file back', async () => {
    expect((await cli(['framework', 'import', 'package.json', '--out', 'ours.json'])).code).toBe(0)
    const { code, err } = await cli([
      'framework',
      'export',
      'ours.json',
      '--base',
      'package.json',
      '--out',
      'again.json',
    ])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(shop.json('again.json')).toEqual(casePackage())
    const ctdl = await cli(['framework', 'export', 'ours.json', '--to', 'ctdl'])
    expect(ctdl.err).toContain('lost: CTDL-ASN has no version')
    shop.write('ctdl.json', ctdl.out)
    expect((await cli(['framework', 'show', 'ctdl.json'])).out).toContain('CTDL-ASN, 3 competencies')
    const walk = await cli([
      'framework',
      'export',
      `${bin}framework.json`,
      '--to',
      'case-1.0',
      '--crosswalk',
      `${bin}crosswalk.json`,
    ])
    expect(walk.err).toContain('written as isRelatedTo')
  })
  test.each<[string[], number, string]>([
    [['sho', 'package.json'], 64, 'did you mean show'],
    [['show', 'key.json'], 65, 'not a competency framework'],
    [['show', 'badge.png'], 65, ''],
    [['export', 'package.json', '--base', 'package.json', '--to', 'ctdl'], 64, 'is no CTDL-ASN file'],
  ])('%s', async (words, code, message) => {
    const result = await cli(['framework', ...words])
    expect(result.err.toLowerCase()).toContain(message.toLowerCase())
    expect(result.code).toBe(code)
  })
})

test('the files of the example name only competencies that the report names', () => {
  const { competencies } = JSON.parse(readFileSync(`${bin}framework.json`, 'utf8')) as {
    competencies: { name: string; levels?: object }[]
  }
  expect(competencies.filter(({ levels }) => levels === undefined)).toHaveLength(13)
  expect(competencies.filter(({ levels }) => levels !== undefined).map(({ name }) => name)).toEqual([
    'Modeling a Growth Mindset',
    'Embracing Change',
    'Giving Feedback',
    'Building Relationships of Trust',
    'Procuring Hardware and Software',
    'Organizing Your Team',
  ])
})
