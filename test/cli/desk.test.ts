// A registrar with a command line: one folder is an issuer. Each step as a person would take it.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../src/cli/run.js'
import { HOLDER, PNG, workshop } from './harness.js'

const shop = workshop()
const lines = (text: string) => text.trimEnd().split('\n')
const desk = (verb: string, ...words: string[]) => shop.cli([verb, '--data', 'desk', ...words])
/** Asserts that it went well. */
async function done(verb: string, ...words: string[]) {
  const result = await desk(verb, ...words)
  expect(result.code, result.err).toBe(0)
  return result
}
const listed = async (...words: string[]) =>
  lines((await done('list', '--json', ...words)).out)
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

let url = ''
beforeAll(async () => {
  expect((await shop.cli(['init', 'desk', '--name', 'Hill School'])).code).toBe(0)
  url = shop.json<{ url: string }>('desk/settings.json').url
})

describe('init', () => {
  test('makes what only its owner may read, and says the next three commands, which work as they stand', async () => {
    const { out, code } = await shop.cli(['init', 'fresh'])
    expect(code).toBe(0)
    expect(statSync(shop.path('fresh')).mode & 0o077).toBe(0)
    for (const file of ['issuer-key.json', 'token']) expect(statSync(shop.path(`fresh/${file}`)).mode & 0o077).toBe(0)
    const next = lines(out).flatMap((line) => /^ {2}badgewright (.+)$/.exec(line)?.[1] ?? [])
    expect(next).toHaveLength(3)
    for (const line of next.slice(0, 2)) {
      const words = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''))
      const result = await shop.cli(words)
      expect(result.code, result.err).toBe(0)
    }
    expect(existsSync(shop.path('ada.json'))).toBe(true)
  })
  test.each([
    ['an issuer', 'desk', 'is an issuer already'],
    ['a folder with something in it', '.', 'is not empty'],
    ['a file', 'key.json', 'is a file'],
  ])('leaves %s as it is', async (_, folder, says) => {
    const before = shop.text('desk/issuer-key.json')
    const { code, err } = await shop.cli(['init', folder])
    expect(code).toBe(74)
    expect(err).toContain(says)
    expect(shop.text('desk/issuer-key.json')).toBe(before)
  })
  test('cut off before its key was there, it is made anew', async () => {
    mkdirSync(shop.path('cut'))
    shop.write('cut/issuer.json', '{"id":"did:key:zGone"}')
    expect((await shop.cli(['list', '--data', 'cut'])).err).toContain('is no issuer')
    expect((await shop.cli(['init', 'cut'])).code).toBe(0)
    expect((await shop.cli(['list', '--data', 'cut'])).code).toBe(0)
  })
})

describe('an award', () => {
  test('is remembered: the same id is the same badge, and nobody else gets it', async () => {
    await done('issue', '--recipient', HOLDER, '--name', 'Ada', '--award', 'a-1', '--out', 'a-1.json')
    await done('issue', '--recipient', HOLDER, '--name', 'Ada', '--award', 'a-1', '--out', 'a-1-again.json')
    expect(shop.text('a-1-again.json')).toBe(shop.text('a-1.json'))
    const other = await desk('issue', '--recipient', 'did:example:ben', '--award', 'a-1')
    expect(other.code).not.toBe(0)
    expect(other.err).toContain('another recipient')
    expect(shop.json('a-1.json')).toMatchObject({
      credentialStatus: [{ statusPurpose: 'revocation' }, { statusPurpose: 'suspension' }],
      credentialSubject: { identifier: [{ identityType: 'name', identityHash: 'Ada' }] },
    })
  })
  test('has no name where the issuer says so once', async () => {
    expect((await shop.cli(['init', 'nameless', '--names', 'never'])).code).toBe(0)
    const { code, err } = await shop.cli([
      'issue',
      '--data',
      'nameless',
      '--recipient',
      HOLDER,
      '--name',
      'Ada',
      '--out',
      'nameless.json',
    ])
    expect([code, err]).toEqual([0, expect.stringContaining('the name is not in the badge')])
    expect(shop.text('nameless.json')).not.toContain('"Ada"')
  })
  test('never lies over the badge of somebody else', async () => {
    shop.write('there.json', 'of somebody else')
    const result = await desk('issue', '--recipient', HOLDER, '--award', 'over', '--out', 'there.json')
    expect([result.code, shop.text('there.json')]).toEqual([74, 'of somebody else'])
    // And nothing was issued.
    expect((await desk('show', 'over')).code).toBe(66)
    expect((await desk('issue', '--recipient', HOLDER, '--award', 'over', '--out', 'there.json', '--force')).code).toBe(
      0,
    )
  })
  test.each([
    [['--key', 'key.json'], '--key is not for --data'],
    [['--id', 'urn:x:1'], 'your own id of the award is --award'],
    [['--format', 'jwt'], '--format jwt is not for --data'],
    [['--achievement', 'giving-feedbak'], 'did you mean giving-feedback?'],
    [['--out', 'x.jpg'], 'never JPG'],
  ])('refuses %j', async (words, says) => {
    const { code, err } = await desk('issue', '--recipient', HOLDER, ...words)
    expect(code).toBe(64)
    expect(err).toContain(says)
  })
  test('without a folder there is nothing to remember it by', async () => {
    const { code, err } = await shop.cli([
      'issue',
      '--key',
      'key.json',
      '--achievement',
      'feedback.json',
      '--award',
      '1',
    ])
    expect([code, err]).toEqual([64, expect.stringContaining('--award is for --data')])
    expect((await shop.cli(['issue', '--achievement', 'feedback.json', '--recipient', HOLDER])).err).toContain('--key')
  })
})

describe('a table of awards', () => {
  const table = (...rows: string[]) => shop.write('awards.csv', ['id,recipient,name,level', ...rows, ''].join('\n'))
  test('gives the same badges again, and refuses a row that was corrected since', async () => {
    table('t-1,ada@example.org,Ada,Proficient', 't-2,ben@example.org,Ben,Emerging')
    const first = await done('issue', '--batch', 'awards.csv', '--out', 'table')
    expect(first.err).toContain('2 issued')
    const badge = shop.text('table/t-1.json')
    const again = await done('issue', '--batch', 'awards.csv', '--out', 'table')
    expect(again.err).toContain('0 issued, 2 there already')
    expect(shop.text('table/t-1.json')).toBe(badge)
    table('t-1,ada@example.org,Ada,Proficient', 't-2,ben@example.org,Benjamin,Emerging', 't-3,cy@example.org,,')
    const corrected = await desk('issue', '--batch', 'awards.csv', '--out', 'table')
    expect(corrected.code).toBe(65)
    expect(corrected.err).toContain('1 issued, 1 there already, 1 failed')
    expect(corrected.err).toContain('line 3 (t-2): the award id "t-2" was used for an award that says something else')
    expect(shop.text('table/t-2.json')).toContain('"Ben"')
  })
  test('lost files come again from the store', async () => {
    table('t-1,ada@example.org,Ada,Proficient')
    await done('issue', '--batch', 'awards.csv', '--out', 'elsewhere')
    expect(shop.json('elsewhere/t-1.json')).toEqual(shop.json('table/t-1.json'))
  })
})

describe('afterwards', () => {
  beforeAll(async () => {
    for (const [award, recipient, name] of [
      ['s-1', 'Eva@Example.org', '=HYPERLINK("http://x.example")'],
      ['s-2', 'eva@example.org', 'عائشة 🎓'],
      ['s-3', 'finn@example.org', 'x'.repeat(300)],
    ] as const)
      await done('issue', '--recipient', recipient, '--name', name, '--award', award, '--out', `${award}.json`)
  })
  test('a person is found by what was given, in whatever case', async () => {
    expect((await listed('--person', 'eva@example.org')).map(({ award }) => award)).toEqual(['s-1', 's-2'])
    expect(await listed('--person', 'nobody@example.org')).toEqual([])
  })
  test('by achievement, state, and day', async () => {
    await done('suspend', 's-1', '--by', 'Registrar', '--reason', 'under review')
    expect((await listed('--state', 'suspended')).map(({ award }) => award)).toEqual(['s-1'])
    expect((await listed('--achievement', 'Giving Feedback')).length).toBeGreaterThan(4)
    expect(await listed('--achievement', 'https://other.example/a')).toEqual([])
    expect(await listed('--to', '2029-12-31')).toEqual([])
    expect((await listed('--from', '2030-01-01', '--to', '2030-01-01')).length).toBeGreaterThan(4)
  })
  test('a table for spreadsheets runs no formula', async () => {
    const { out } = await done('list', '--csv', '--person', 'eva@example.org')
    expect(out).toContain(`"'=HYPERLINK(""http://x.example"")"`)
    expect(out).not.toMatch(/(?:^|,)"?=/m)
  })
  test('a long table ends, and says how to go on', async () => {
    const first = await done('list', '--limit', '1')
    const [, after = ''] = /--after (\S+)/.exec(first.err) ?? []
    expect((await listed('--after', after)).length).toBe((await listed()).length - 1)
  })
  test('show: by the award, the badge, or the last part of its id; with its trail', async () => {
    const [{ badge }] = await listed('--state', 'suspended')
    for (const id of ['s-1', badge, badge.split('/').at(-1)]) {
      const { out } = await done('show', id)
      expect(out).toContain('suspended by Registrar: under review')
    }
    await done('show', 's-1', '--out', 'once-more.json')
    expect(shop.json('once-more.json')).toEqual(shop.json('s-1.json'))
    shop.write('plain.png', PNG)
    await done('show', 's-1', '--out', 'once-more.png', '--image', 'plain.png')
    await done('reinstate', 's-1')
  })
  test('revoked is for good, and one that is not there costs no other', async () => {
    const { code, out, err } = await desk('revoke', 's-2', 'nope', 's-3', '--reason', 'a mistake')
    expect([code, out]).toEqual([66, 'revoked  s-2\nrevoked  s-3\n'])
    expect(err).toContain('nope')
    const again = await desk('reinstate', 's-2', 's-1')
    expect([again.code, again.out]).toEqual([65, 'active  s-1 (it was before)\n'])
    expect(again.err).toContain('revocation is for good')
    expect((await desk('renew', 's-2', '--until', '2040-01-01')).err).toContain('revoke')
  })
  test('renewed, it has the same id and a later date', async () => {
    await done('renew', 's-1', '--until', '2040-06-30', '--out', 'renewed.json')
    const [before, after] = [
      shop.json<{ id: string }>('s-1.json'),
      shop.json<{ id: string; validUntil: string }>('renewed.json'),
    ]
    expect(after).toMatchObject({ id: before.id, validUntil: '2040-06-30T23:59:59Z' })
  })
})

describe('keys', () => {
  const web = (...words: string[]) => shop.cli(['keys', ...words, '--data', 'web'])
  const states = async () =>
    Object.fromEntries(
      JSON.parse((await web('list', '--json')).out).map((key: { id: string; state: string }) => [
        key.id.split('#')[1],
        key.state,
      ]),
    )
  beforeAll(() => shop.cli(['init', 'web', '--url', 'https://badges.school.example']))

  test('are published before they sign, sign, are rotated out, and revoked', async () => {
    await web('add')
    expect(await states()).toEqual({ 'key-1': 'signing', 'key-2': 'next' })
    expect((await web('add')).err).toContain('was added already')
    await web('rotate')
    expect(await states()).toEqual({ 'key-1': 'verify-only', 'key-2': 'signing' })
    expect((await web('revoke', 'key-2')).err).toContain('keys rotate first')
    await web('revoke', 'key-1')
    await web('rotate')
    expect(await states()).toEqual({ 'key-1': 'revoked', 'key-2': 'verify-only', 'key-3': 'signing' })
    await shop.cli(['issue', '--data', 'web', '--recipient', HOLDER, '--out', 'by-web.json'])
    expect(shop.text('by-web.json')).toContain('did:web:badges.school.example#key-3')
  })
  test('two at once: one rotates, and the other is told', async () => {
    const before = Object.keys(await states()).length
    const codes = (await Promise.all([web('rotate'), web('rotate')])).map(({ code }) => code)
    expect(codes).toContain(0)
    expect(Object.keys(await states()).length).toBe(before + codes.filter((code) => code === 0).length)
    expect(Object.values(await states()).filter((state) => state === 'signing')).toHaveLength(1)
  })
  test('a draft that a power cut left is no key', async () => {
    const before = await states()
    writeFileSync(shop.path('web/keys/key-9.json.draft'), '{"kty":')
    expect(await states()).toEqual(before)
  })
  test('of an issuer that is its own key there is one', async () => {
    const { code, err } = await desk('keys', 'rotate')
    expect([code, err]).toEqual([65, expect.stringContaining('would be another issuer')])
  })
  test.each([
    [['rotat'], 'did you mean rotate?'],
    [['revoke'], 'needs the id'],
    [['revoke', 'key-7'], 'there is no key key-7'],
    [['list', '--since', '2030-01-01'], '--since is for keys revoke'],
  ])('refuses %j', async (words, says) => {
    const { code, err } = await web(...words)
    expect(code).toBe(64)
    expect(err).toContain(says)
  })
})

describe('achievements', () => {
  const act = (...words: string[]) => shop.cli(['achievements', ...words, '--data', 'desk'])
  test('are added once, listed, shown and replaced', async () => {
    shop.write('listening.json', {
      name: 'Active Listening',
      description: 'Listens.',
      criteria: { narrative: 'Twice.' },
    })
    const added = await act('add', 'listening.json')
    expect([added.code, added.out]).toEqual([0, `added  active-listening  ${url}/achievements/active-listening\n`])
    expect((await act('add', 'listening.json')).err).toContain('--replace')
    const shown = JSON.parse((await act('show', 'Active Listening')).out)
    shop.write('changed.json', { ...shown, description: 'Listens well.' })
    expect((await act('add', 'changed.json', '--replace')).code).toBe(0)
    expect((await act('list')).out).toContain('active-listening')
    expect(JSON.parse((await act('show', 'active-listening')).out).description).toBe('Listens well.')
    // With two, somebody has to say which.
    expect((await desk('issue', '--recipient', HOLDER)).err).toContain('Active Listening')
  })
  test('two that are added at once are both there', async () => {
    for (const name of ['One', 'Two'])
      shop.write(`${name}.json`, { name, description: name, criteria: { narrative: name } })
    await Promise.all([act('add', 'One.json'), act('add', 'Two.json')])
    expect((await act('list')).out).toMatch(/one {2}One[\s\S]*two {2}Two/)
  })
  test('one that is no achievement is refused with its place', async () => {
    shop.write('wrong.json', { name: 'x', criteria: {} })
    const { code, err } = await act('add', 'wrong.json')
    expect([code, err]).toEqual([65, expect.stringContaining('wrong.json')])
  })
})

describe('a command beside a running server', () => {
  test('revokes what the server then serves as revoked, and rotates the key that it publishes', async () => {
    await shop.cli(['init', 'live', '--url', 'https://live.school.example'])
    const controller = new AbortController()
    let out = ''
    let started = () => {}
    const ready = new Promise<void>((resolve) => {
      started = resolve
    })
    const server = run(['serve', '--data', 'live', '--port', '0'], {
      stdin: (async function* () {})(),
      stdout: {
        write: (chunk) => {
          out += String(chunk)
          started()
        },
      },
      stderr: { write: () => {} },
      env: {},
      cwd: shop.folder,
      signal: controller.signal,
    })
    await ready
    const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0] ?? ''
    const live = (verb: string, ...words: string[]) => shop.cli([verb, '--data', 'live', ...words])
    // Two commands and the server at once on one store.
    const issued = await Promise.all(
      ['1', '2', '3'].map((award) =>
        live('issue', '--recipient', HOLDER, '--award', award, '--out', `live-${award}.json`),
      ),
    )
    expect(issued.map(({ code, err }) => [code, err])).toEqual(issued.map(({ err }) => [0, err]))
    const statusOf = async (award: string) => {
      const { credentialStatus } = shop.json<{
        credentialStatus: { statusListCredential: string; statusListIndex: string }[]
      }>(`live-${award}.json`)
      const { pathname } = new URL(credentialStatus[0]?.statusListCredential ?? '')
      return (await fetch(`${origin}${pathname}`)).text()
    }
    const before = await statusOf('1')
    await live('revoke', '1')
    expect(await statusOf('1')).not.toBe(before)
    await live('keys', 'rotate')
    const document = await (await fetch(`${origin}/.well-known/did.json`)).json()
    expect(document.verificationMethod).toHaveLength(2)
    expect(document.authentication).toEqual(['did:web:live.school.example#key-2'])
    controller.abort()
    expect(await server).toBe(0)
  })
  test.each([
    [
      ['--url', 'https://other.example'],
      '--url https://other.example: the badges of live say https://live.school.example',
    ],
    [['--name', 'Other'], 'is called'],
  ])('a second start with %j says what cannot be changed', async (words, says) => {
    const { code, err } = await shop.cli(['serve', '--data', 'live', '--port', '0', ...words])
    expect([code, err]).toEqual([64, expect.stringContaining(says)])
  })
})

describe('what is no issuer', () => {
  test.each([
    ['a folder that is not there', 'nowhere', 66, 'badgewright init nowhere'],
    ['a file', 'key.json', 74, 'is a file: an issuer is a folder'],
    ['a folder without a key', '.', 66, 'is no issuer'],
  ])('%s', async (_, folder, exit, says) => {
    for (const words of [['list'], ['keys', 'list'], ['achievements', 'list'], ['revoke', '1']]) {
      const { code, err } = await shop.cli([...words, '--data', folder])
      expect([code, err]).toEqual([exit, expect.stringContaining(says)])
    }
  })
  test('serve with a file in place of a folder is no bug', async () => {
    const { code, err } = await shop.cli(['serve', '--data', 'key.json'])
    expect([code, err]).toEqual([74, expect.stringContaining('is a file')])
  })
  test('a setting that nobody knows, and a key whose date is misspelt', async () => {
    await shop.cli(['init', 'odd'])
    const settings = shop.text('odd/settings.json')
    shop.write('odd/settings.json', '{"url":"https://a.example","nmaes":"never"}')
    expect((await shop.cli(['list', '--data', 'odd'])).err).toContain('did you mean names?')
    shop.write('odd/settings.json', settings)
    const key = JSON.parse(readFileSync(shop.path('odd/issuer-key.json'), 'utf8'))
    writeFileSync(shop.path('odd/issuer-key.json'), JSON.stringify({ ...key, revoked: 'last year' }))
    expect((await shop.cli(['list', '--data', 'odd'])).err).toContain('"revoked" is no date')
  })
})
