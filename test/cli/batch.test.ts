// Ten thousand badges from a table, none twice, none torn.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fileNameOf } from '../../src/cli/batch/folder-output.js'
import { ACHIEVEMENT, HOLDER, ISSUER, workshop } from './harness.js'

const shop = workshop()
const issue = ['issue', '--key', 'key.json', '--achievement', 'feedback.json', '--issuer-name', 'Hill School']
const batch = (file: string, out: string, ...more: readonly string[]) =>
  shop.cli([...issue, '--batch', file, '--out', out, ...more])

const csv = (rows: readonly string[], header = 'id,recipient') => `${[header, ...rows].join('\n')}\n`
const people = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `a${index + from},did:example:p${index + from}`)

interface Line {
  readonly id: string
  readonly credential: { readonly id: string; readonly credentialSubject: { readonly id?: string } }
}
const linesOf = (file: string): Line[] =>
  shop
    .text(file)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
const fresh = (name: string) => rmSync(shop.path(name), { recursive: true, force: true })

describe('a table', () => {
  test('becomes a folder of badges that verify', async () => {
    shop.write('three.csv', csv(people(3)))
    const { code, out, err } = await batch('three.csv', 'three')
    expect({ code, out }).toEqual({ code: 0, out: '' })
    expect(err).toBe('3 issued: three\n')
    expect(readdirSync(shop.path('three')).sort()).toEqual(['a0.json', 'a1.json', 'a2.json'])
    expect(shop.json('three/a1.json')).toMatchObject({
      issuer: { id: ISSUER, name: 'Hill School' },
      validFrom: '2030-01-01T12:00:00Z',
      credentialSubject: { id: 'did:example:p1', achievement: { id: ACHIEVEMENT.id } },
    })
    expect((await shop.cli(['verify', '--trust', ISSUER, '--summary', 'three'])).code).toBe(0)
  })
  test('becomes one file, JWTs too', async () => {
    expect((await batch('three.csv', 'three.ndjson', '--format', 'jwt')).code).toBe(0)
    const lines = linesOf('three.ndjson')
    expect(lines.map(({ id }) => id)).toEqual(['a0', 'a1', 'a2'])
    for (const { credential } of lines) expect(credential).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
  })
  test('is secured as the options say', async () => {
    expect((await batch('three.csv', 'claims.ndjson', '--format', 'jwt', '--jwt-shape', 'vc-claim')).code).toBe(0)
    const payloads = linesOf('claims.ndjson').map(({ credential }) =>
      JSON.parse(Buffer.from(String(credential).split('.')[1] ?? '', 'base64url').toString()),
    )
    expect(payloads.every(({ vc }) => typeof vc === 'object')).toBe(true)
    expect((await batch('three.csv', 'old', '--legacy-suite', 'Ed25519Signature2020')).code).toBe(0)
    expect(shop.json('old/a1.json')).toMatchObject({ proof: [{ type: 'Ed25519Signature2020' }] })
  })
  test.each(['png', 'svg'])('becomes pictures: %s', async (kind) => {
    expect((await batch('three.csv', `in-${kind}`, '--image', `badge.${kind}`)).code).toBe(0)
    expect(readdirSync(shop.path(`in-${kind}`))).toHaveLength(3)
    expect((await shop.cli(['verify', '--trust', ISSUER, '--summary', `in-${kind}`])).code).toBe(0)
  })
  test.each<[string, string]>([
    ['sep=;', 'sep=;\nid;recipient\n1;did:example:a\n2;did:example:b\n'],
    ['sep=; after a mark, with CRLF', '\ufeffsep=;\r\nid;recipient\r\n1;did:example:a\r\n2;did:example:b\r\n'],
    ['in quotes', '"sep=;"\nid;recipient\n1;did:example:a\n2;did:example:b\n'],
    ['sep=,', 'SEP=,\nid,recipient\n1,did:example:a\n2,did:example:b\n'],
    ['a tab', 'sep=\t\nid\trecipient\n1\tdid:example:a\n2\tdid:example:b\n'],
    ['a bar', 'sep=|\nid|recipient\n1|did:example:a\n2|did:example:b\n'],
    ['without that line', 'id;recipient\n1;did:example:a\n2;did:example:b\n'],
  ])('the separator as Excel says it: %s', async (_what, text) => {
    shop.write('sep.csv', text)
    fresh('sep.ndjson')
    expect(await batch('sep.csv', 'sep.ndjson')).toMatchObject({ code: 0, err: '2 issued: sep.ndjson\n' })
    expect(linesOf('sep.ndjson').map(({ id }) => id)).toEqual(['1', '2'])
  })
  test('a row that is wrong is named by its line in the file, with such a line before it', async () => {
    shop.write('sep.csv', 'sep=;\nid;recipient\n1;did:example:a\n2;did:example:b;x\n')
    fresh('sep.ndjson')
    expect((await batch('sep.csv', 'sep.ndjson')).err).toContain('line 4')
  })
  test('as spreadsheets write it: a mark, CRLF, quotes, semicolons, other spellings, empty rows and cells', async () => {
    const text = [
      '\ufeffID;Recipient;Level;Narrative;Valid-Until;Evidence',
      'Z-1;ada@example.org;proficient;"She said: ""yes""; then\nleft. Rückmeldung 教育";2031-06-30;https://a.example/1  https://a.example/2',
      '',
      'z-2; did:example:bob ;;;;',
      '',
    ].join('\r\n')
    shop.write('excel.csv', text)
    expect(await batch('excel.csv', 'excel.ndjson')).toMatchObject({ code: 0, err: '2 issued: excel.ndjson\n' })
    const [ada, bob] = linesOf('excel.ndjson')
    expect(ada).toMatchObject({
      id: 'Z-1',
      credential: {
        validUntil: '2031-06-30T23:59:59Z',
        evidence: [{ id: 'https://a.example/1' }, { id: 'https://a.example/2' }],
        credentialSubject: {
          narrative: 'She said: "yes"; then\nleft. Rückmeldung 教育',
          identifier: [{ hashed: true }],
          result: [{ achievedLevel: 'https://school.example/feedback/proficient' }],
        },
      },
    })
    expect(bob?.credential.credentialSubject.id).toBe('did:example:bob')
    expect(bob?.credential.credentialSubject).not.toHaveProperty('narrative')
  })
  test('of several achievements, with options for those that do not say otherwise', async () => {
    const other = { ...ACHIEVEMENT, id: 'https://school.example/asking', name: 'Asking', resultDescription: undefined }
    shop.write('both.json', [ACHIEVEMENT, other])
    const awards = [
      { id: 1, recipient: HOLDER, achievement: 'Asking', validUntil: '2035-01-01' },
      { id: 'two', recipient: 'ada@example.org', achievement: ACHIEVEMENT.id, level: ['Emerging'] },
    ]
    shop.write('both.ndjson', awards.map((one) => JSON.stringify(one)).join('\n'))
    const words = ['issue', '--key', 'key.json', '--achievement', 'both.json', '--batch', 'both.ndjson']
    const more = [
      '--plain-email',
      '--narrative',
      'Well done.',
      '--valid-until',
      '2034-01-01',
      '--out',
      'both-out.ndjson',
    ]
    expect(await shop.cli([...words, ...more])).toMatchObject({ code: 0 })
    expect(linesOf('both-out.ndjson')).toMatchObject([
      {
        id: '1',
        credential: { validUntil: '2035-01-01T23:59:59Z', credentialSubject: { achievement: { name: 'Asking' } } },
      },
      {
        id: 'two',
        credential: {
          validUntil: '2034-01-01T23:59:59Z',
          credentialSubject: { narrative: 'Well done.', identifier: [{ identityHash: 'ada@example.org' }] },
        },
      },
    ])
  })
  test.each(['csv', 'ndjson'])('comes through a pipe: %s', async (kind) => {
    const stdin =
      kind === 'csv'
        ? csv(people(2))
        : people(2)
            .map((row) => JSON.stringify({ id: row.split(',')[0], recipient: HOLDER }))
            .join('\n')
    const { code, err } = await shop.cli([...issue, '--batch', '-', '--out', `piped-${kind}.ndjson`], { stdin })
    expect({ code, err }).toEqual({ code: 0, err: `2 issued: piped-${kind}.ndjson\n` })
  })
  test('says what it did as JSON', async () => {
    const { out, err } = await batch('three.csv', 'three', '--json')
    expect(JSON.parse(out)).toEqual({ out: 'three', issued: 0, skipped: 3, failed: 0 })
    expect(err).toBe('0 issued, 3 there already: three\n')
  })
})

describe('awards that cannot be issued', () => {
  const rows = [
    'ok-1,did:example:p1,,',
    ',did:example:p2,,',
    'no-one,,,',
    'odd,Ada,,',
    'student,studentNumber=4711,,',
    'level,did:example:p3,Superb,',
    'short,did:example:p4',
    'when,did:example:p5,,tomorrow',
    'ok-1,did:example:p6,,',
    'late,did:example:p7,,2020-01-01',
    'ok-2,did:example:p8,,',
  ]
  test.each(['failing', 'failing.ndjson'])(
    'are listed at the end and in a file, the others are there: %s',
    async (out) => {
      shop.write('failing.csv', csv(rows, 'id,recipient,level,valid_until'))
      const { code, err } = await batch('failing.csv', out)
      expect(code).toBe(65)
      expect(err).toContain(`2 issued, 9 failed: ${out}`)
      const failures = shop
        .text(out === 'failing' ? 'failing/failures.ndjson' : 'failing.failures.ndjson')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(failures.map(({ line, id }) => [line, id]).sort((a, b) => a[0] - b[0])).toEqual(
        [
          [3, undefined],
          [4, 'no-one'],
          [5, 'odd'],
          [6, 'student'],
          [7, 'level'],
          [8, undefined],
          [9, 'when'],
          [10, 'ok-1'],
          [11, 'late'],
        ].map(([line, id]) => (id === undefined || id === '' ? [line, line === 3 ? '' : undefined] : [line, id])),
      )
      expect(err).toMatch(/line 7 \(level\): "level": there is no level Superb/)
      expect(err).toMatch(/line 10 \(ok-1\): "id" is that of line 2 too/)
      expect(err).toMatch(/line 8: the row has 2 cells, the header 4/)
      // Mended, it goes on; nothing is issued twice, and the list of failures is gone.
      shop.write('mended.csv', csv(['ok-1,did:example:p1', 'ok-2,did:example:p8', 'odd,did:example:ada']))
      expect(await batch('mended.csv', out)).toMatchObject({ code: 0, err: `1 issued, 2 there already: ${out}\n` })
      expect(existsSync(shop.path(out === 'failing' ? 'failing/failures.ndjson' : 'failing.failures.ndjson'))).toBe(
        false,
      )
    },
  )
  test('lines of NDJSON, each for itself', async () => {
    shop.write(
      'odd.ndjson',
      [
        '{"id":"1","recipient":"did:example:a"}',
        '{"id":"2","recipent":"did:example:a"}',
        '{"id":"3","recipient":"did:example:a"',
        '[]',
        '{"id":"5","id":"6","recipient":"did:example:a"}',
        '{"id":"7","recipient":7}',
        '',
        '{"id":"8","recipient":"did:example:a"}\r',
      ].join('\n'),
    )
    const { code, err } = await batch('odd.ndjson', 'odd-out.ndjson')
    expect(code).toBe(65)
    expect(err).toContain('2 issued, 5 failed')
    expect(err).toContain('"recipent" is none of id, recipient')
    expect(err).toContain('did you mean recipient?')
    expect(linesOf('odd-out.ndjson').map(({ id }) => id)).toEqual(['1', '8'])
  })
  test('where all would fail for one reason the command ends at once', async () => {
    const { code, err } = await batch('three.csv', 'wrong-suite', '--suite', 'ecdsa-rdfc-2019')
    expect(code).toBe(64)
    expect(err).toContain('0 issued: wrong-suite')
    expect(err).toContain('ecdsa-rdfc-2019')
  })
})

describe('refused before anything is signed', () => {
  test.each<[string, string, number, string]>([
    [
      'an unknown column',
      'id,recipient,levle\n1,did:a:b,x\n',
      65,
      '"levle" is none of id, recipient, name, achievement, level',
    ],
    ['with a suggestion', 'id,recipient,levle\n', 65, 'did you mean level?'],
    ['a column twice', 'id,recipient,ID\n', 65, 'the column "id" is there twice'],
    ['no id', 'recipient\nx\n', 65, 'there is no column "id"'],
    ['nothing', '', 65, 'is empty'],
    ['an open quote at the end', `${csv(people(50))}a99,"did:example:x\n`, 65, 'a quote is not closed'],
    ['a workbook of Excel', 'PK\u0003\u0004\u0014\u0000\u0006\u0000', 65, 'and no CSV: save it as "CSV UTF-8"'],
    ['an older one', '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1', 65, 'is a workbook of Excel, and no CSV'],
    ['a code page', 'id,recipient\n1,\u00ff', 65, 'UTF-8'],
    ['a row without end', `id,recipient\n1,"${'x'.repeat(1_200_000)}"\n`, 65, 'more than 1048576'],
  ])('%s', async (_, text, code, message) => {
    // Texts of Latin-1 stand for bytes.
    const bytes = /[\u0080-\u00ff]/.test(text) ? Uint8Array.from([...text].map((each) => each.charCodeAt(0))) : text
    shop.write('bad.csv', bytes)
    fresh('bad-out')
    const result = await batch('bad.csv', 'bad-out')
    expect(result).toMatchObject({ code, out: '' })
    expect(result.err).toContain(message)
    expect(existsSync(shop.path('bad-out'))).toBe(false)
  })
  test.each<[string, readonly string[], number, string]>([
    ['no place', ['--batch', 'three.csv'], 64, '--out <folder>'],
    ['a place for one badge', ['--batch', 'three.csv', '--out', 'a.json'], 64, '.ndjson'],
    [
      'one recipient',
      ['--batch', 'three.csv', '--out', 'x', '--recipient', HOLDER],
      64,
      '--recipient is for one badge',
    ],
    ['one id', ['--batch', 'three.csv', '--out', 'x', '--id', 'urn:x:1'], 64, '--id is for one badge'],
    ['pictures in a file', ['--batch', 'three.csv', '--out', 'x.ndjson', '--image', 'badge.png'], 64, 'a folder'],
    ['no such table', ['--batch', 'no.csv', '--out', 'x'], 66, 'no.csv'],
    ['a file as folder', ['--batch', 'three.csv', '--out', 'feedback'], 64, 'is a file'],
    ['a folder below a file', ['--batch', 'three.csv', '--out', 'feedback/x'], 74, 'feedback/x'],
    ['a file in no folder', ['--batch', 'three.csv', '--out', 'nowhere/x.ndjson'], 74, 'its folder does not exist'],
    ['its own input', ['--batch', 'in.ndjson', '--out', 'in.ndjson'], 64, 'still needed'],
    ['somebody else’s file', ['--batch', 'three.csv', '--out', 'theirs.ndjson'], 65, 'line 1 is no badge of a batch'],
    ['one without an end', ['--batch', 'three.csv', '--out', 'torn-theirs.ndjson'], 65, 'no badge of a batch'],
  ])('%s', async (_, words, code, message) => {
    shop.write('feedback', 'x')
    shop.write('in.ndjson', '{"id":"1","recipient":"did:a:b"}')
    shop.write('theirs.ndjson', '{"my":"data"}\n')
    shop.write('torn-theirs.ndjson', '{"my":"da')
    const result = await shop.cli([...issue, ...words])
    expect(result).toMatchObject({ code, out: '' })
    expect(result.err).toContain(message)
    expect(shop.text('theirs.ndjson')).toBe('{"my":"data"}\n')
    expect(shop.text('torn-theirs.ndjson')).toBe('{"my":"da')
  })
  test('an achievement without an id, because on another day it would be another', async () => {
    shop.write('nameless.json', { ...ACHIEVEMENT, id: undefined })
    const words = ['issue', '--key', 'key.json', '--achievement', 'nameless.json', '--batch', 'three.csv', '--out', 'x']
    expect(await shop.cli(words)).toMatchObject({ code: 65, err: expect.stringContaining('has no "id"') })
  })
})

describe('started again after it was cut off', () => {
  test.each(['within a line', 'within a character', 'before its line break', 'after its first bytes'])(
    'a file that was torn %s is repaired',
    async (where) => {
      fresh('torn.ndjson')
      shop.write('first.csv', csv(['a0,did:example:p0', 'a1,did:example:p1']))
      await batch('first.csv', 'torn.ndjson')
      const whole = shop.read('torn.ndjson')
      const second = whole.indexOf(0x0a) + 1
      const character = whole.lastIndexOf(0xe6) + 1
      const end =
        {
          'within a line': whole.length - 300,
          'within a character': character,
          'before its line break': whole.length - 1,
          'after its first bytes': second + 3,
        }[where] ?? 0
      truncateSync(shop.path('torn.ndjson'), end)
      shop.write('three.csv', csv(people(3)))
      const { code, err } = await batch('three.csv', 'torn.ndjson')
      expect(code).toBe(0)
      const isKept = where === 'before its line break'
      expect(err).toContain(isKept ? '1 issued, 2 there already' : '2 issued, 1 there already')
      expect(err.includes('its last line was torn')).toBe(!isKept)
      const lines = linesOf('torn.ndjson')
      expect(lines.map(({ id }) => id)).toEqual(['a0', 'a1', 'a2'])
      expect(shop.read('torn.ndjson').subarray(0, second)).toEqual(whole.subarray(0, second))
      for (const { credential } of lines) {
        const { code: verdict } = await shop.cli(['verify', '--trust', ISSUER, '-'], {
          stdin: JSON.stringify(credential),
        })
        expect(verdict).toBe(0)
      }
    },
  )
  test('a folder keeps what is whole, and loses drafts and empty files', async () => {
    shop.write('two.csv', csv(people(2)))
    await batch('two.csv', 'killed')
    const first = shop.text('killed/a0.json')
    writeFileSync(shop.path('killed/a1.json'), '')
    writeFileSync(shop.path('killed/a2.json.0123456789ab.tmp'), '{"half":')
    writeFileSync(shop.path('killed/mine.tmp'), 'mine')
    expect(await batch('three.csv', 'killed')).toMatchObject({ code: 0, err: '2 issued, 1 there already: killed\n' })
    expect(readdirSync(shop.path('killed')).sort()).toEqual(['a0.json', 'a1.json', 'a2.json', 'mine.tmp'])
    expect(shop.text('killed/a0.json')).toBe(first)
    expect(shop.json('killed/a1.json')).toMatchObject({ credentialSubject: { id: 'did:example:p1' } })
  })
  test.each(['stopped', 'stopped.ndjson'])('Ctrl-C leaves whole badges, and says how to go on: %s', async (out) => {
    shop.write('many.csv', csv(people(400)))
    const controller = new AbortController()
    let reads = 0
    const { code, err } = await shop.cli([...issue, '--batch', 'many.csv', '--out', out], {
      signal: controller.signal,
      // The clock is read for each badge.
      now: () => {
        if (++reads === 60) controller.abort(new DOMException('interrupted', 'AbortError'))
        return new Date('2030-01-01T12:00:00Z')
      },
    })
    expect(code).toBe(130)
    expect(err).toContain('Run the same command again to go on: none is issued twice.')
    const count = () =>
      out === 'stopped'
        ? readdirSync(shop.path(out)).map((name) => shop.json<Line['credential']>(`${out}/${name}`).id)
        : linesOf(out).map(({ credential }) => credential.id)
    const before = count()
    expect(before.length).toBeGreaterThan(0)
    expect(before.length).toBeLessThan(400)
    expect(err).toContain(`${before.length} issued`)
    const again = await batch('many.csv', out)
    expect(again).toMatchObject({
      code: 0,
      err: `${400 - before.length} issued, ${before.length} there already: ${out}\n`,
    })
    expect(new Set(count()).size).toBe(400)
    expect(count()).toEqual(expect.arrayContaining(before))
  })
})

describe('a disk that is full', () => {
  const disk = shop.path('disk')
  let why: string | undefined
  beforeAll(() => {
    mkdirSync(disk)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'pipe' })
    } catch (error) {
      why = `a full disk: a small one cannot be mounted here (${String((error as Error).message).split('\n')[0]})`
    }
  })
  afterAll(() => {
    if (why === undefined) execFileSync('umount', [disk])
  })
  test.for(['disk/folder', 'disk/file.ndjson'])(
    'keeps whole badges only, and goes on when there is room: %s',
    async (out, context) => {
      context.skip(why !== undefined, why)
      shop.write('much.csv', csv(people(100)))
      const full = await batch('much.csv', out)
      expect(full.code).toBe(74)
      expect(full.err).toContain('the disk is full')
      expect(full.err).toContain('Run the same command again')
      const isFolder = out === 'disk/folder'
      const ids = () =>
        isFolder
          ? readdirSync(shop.path(out)).map((name) => shop.json<Line['credential']>(`${out}/${name}`).id)
          : linesOf(out).map(({ credential }) => credential.id)
      const before = ids()
      expect(before.length).toBeGreaterThan(3)
      expect(before.length).toBeLessThan(100)
      expect(full.err).toContain(`${before.length} issued`)
      execFileSync('mount', ['-o', 'remount,size=8m', disk])
      expect(await batch('much.csv', out)).toMatchObject({ code: 0 })
      expect(new Set(ids()).size).toBe(100)
      expect(ids()).toEqual(expect.arrayContaining(before))
      rmSync(shop.path(out), { recursive: true })
      execFileSync('mount', ['-o', 'remount,size=64k', disk])
    },
  )
  test('keygen leaves no key, no empty file and no draft', async (context) => {
    context.skip(why !== undefined, why)
    writeFileSync(`${disk}/filler`, '')
    expect(() => writeFileSync(`${disk}/filler`, Buffer.alloc(1 << 20))).toThrow('ENOSPC')
    const full = await shop.cli(['keygen', '--out', 'disk/key.json'])
    expect(full).toMatchObject({ code: 74, out: '' })
    expect(full.err).toContain('disk/key.json: ')
    expect(readdirSync(disk)).toEqual(['filler'])
    rmSync(`${disk}/filler`)
    expect(await shop.cli(['keygen', '--out', 'disk/key.json'])).toMatchObject({ code: 0 })
    rmSync(`${disk}/key.json`)
  })
})

describe('how far it is', () => {
  test('a bar for a terminal', async () => {
    fresh('bar.ndjson')
    shop.write('many.csv', csv(people(400)))
    const { err } = await shop.cli([...issue, '--batch', 'many.csv', '--out', 'bar.ndjson'], { terminal: 80 })
    const pictures = err.split('\r\u001b[K')
    expect(pictures.at(-2)).toMatch(/^\[#{24}\] 400 of 400 awards, \d+ a second$/)
    expect(pictures.at(-1)).toBe('400 issued: bar.ndjson\n')
  })
  test('lines for a log, now and then', async () => {
    fresh('log.ndjson')
    shop.write('log.csv', csv(people(2100)))
    const { err } = await batch('log.csv', 'log.ndjson')
    expect(err.split('\n').map((line) => line.replace(/ of.*| issued.*/, ''))).toEqual(['1000', '2000', '2100', ''])
    expect(err).not.toContain('\r')
  })
})

describe('the name of a file', () => {
  test.each([
    ['a-1', 'a-1.json'],
    ['../../etc/passwd', '%2e.%2f..%2fetc%2fpasswd.json'],
    ['.hidden', '%2ehidden.json'],
    ['urn:uuid:1', 'urn%3auuid%3a1.json'],
    ['con', '%63on.json'],
    ['ä b', '%c3%a4%20b.json'],
  ])('%s', (id, name) => {
    expect(fileNameOf(id, 'json')).toBe(name)
  })
  test('differs where ids differ, also on systems that do not tell capitals apart', () => {
    const ids = [
      'a',
      'A',
      'a%2f',
      'a/',
      'x'.repeat(300),
      `${'x'.repeat(300)}y`,
      'STRASSE',
      'straße',
      '%41',
      'é',
      'e\u0301',
      '~a',
      'a~',
    ]
    const names = ids.map((id) => fileNameOf(id, 'json').toLowerCase().normalize('NFC'))
    expect(new Set(names).size).toBe(ids.length)
    for (const name of names) expect(name.length).toBeLessThan(160)
  })
})
