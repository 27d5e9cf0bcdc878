// Many files, progress, a table that names each check, its result and the reason.
import { mkdirSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  createPresentation,
  createSigner,
  type DocumentLoader,
  didDocument,
  generateKey,
  type PresentationReport,
  signPresentation,
  type VerificationReport,
} from '../../src/entries/index.js'
import { late } from '../verify/fake-time.js'
import { HOLDER, ISSUE, ISSUER, KEY, workshop } from './harness.js'

const shop = workshop()
const trusted = ['verify', '--trust', ISSUER]
const { d, ...publicKey } = KEY
const web = 'did:web:school.example'

beforeAll(async () => {
  const badge = JSON.parse((await shop.cli(ISSUE)).out)
  shop.write('ada.json', badge)
  shop.write('tampered.json', { ...badge, name: 'Giving Orders' })
  shop.write('evil.json', { ...badge, name: '\u001b[2J\u202eevil\u009b', '\u001b]0;x\u0007': 1 })
  shop.write('unsigned.json', { ...badge, proof: undefined })
  shop.write('ada.jwt', (await shop.cli([...ISSUE, '--format', 'jwt'])).out)
  await shop.cli([...ISSUE, '--image', 'badge.png', '--out', 'ada.png'])
  await shop.cli([...ISSUE, '--valid-from', '2020-01-01', '--valid-until', '2021-01-01', '--out', 'expired.json'], {
    now: () => new Date('2020-02-01T00:00:00Z'),
  })
  await shop.cli([...ISSUE, '--issuer', web, '--verification-method', `${web}#key-1`, '--out', 'web.json'])
  mkdirSync(shop.path('folder/inner'), { recursive: true })
  shop.write('folder/b.json', shop.read('tampered.json'))
  shop.write('folder/a.png', shop.read('ada.png'))
  shop.write('folder/inner/c.jwt', shop.read('ada.jwt'))
  shop.write('folder/README.md', 'not a badge')
  shop.write('folder/.hidden.json', 'not a badge')
})

describe('the answer', () => {
  test('names each check, its result and the reason, then says it in words', async () => {
    const { code, out, err } = await shop.cli([...trusted, '--recipient', HOLDER, 'ada.png'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toBe(`ada.png: VALID

  check         result         reason
  format        valid          read as PNG [format.parsed]
  schema        valid          it follows the model of Open Badges 3.0 (VCDM 2.0) [schema.conforms]
  key           valid          the key ${ISSUER}#${ISSUER.slice(8)} was found [key.resolved]
  proof         valid          the eddsa-rdfc-2022 proof verifies [proof.verified]
  refresh       skipped        the issuer offers no newer version [refresh.absent]
  validity      valid          it does not expire [validity.current]
  status        skipped        the issuer publishes no status for it [status.absent]
  issuer        valid          the issuer is on the list of trusted issuers [issuer.trusted]
  recipient     valid          it is about the expected recipient [recipient.matched]
  endorsements  skipped        nobody endorses it [endorsements.absent]

This badge is valid.
It was issued by "Hill School" (${ISSUER}) and has not been changed.
It is within its validity period.
Its issuer is one you trust.
It is about the person you expect.
`)
  })
  test.each<[string, readonly string[], number, string]>([
    ['a tampered badge', ['tampered.json'], 1, 'proof.mismatch'],
    ['an unsigned one', ['unsigned.json'], 1, 'proof.missing'],
    ['an expired one', ['expired.json'], 1, 'validity.expired'],
    ['another person', ['--recipient', 'did:example:eve', 'ada.json'], 1, 'recipient.mismatch'],
    ['no badge', ['feedback.json'], 65, 'format.'],
    ['no JSON', ['badge.svg'], 65, 'format.'],
    ['an image without a badge', ['badge.png'], 65, 'format.no_badge_in_image'],
    ['an issuer out of reach', ['--trust', web, 'web.json'], 2, 'key.unreachable'],
    ['an issuer that may not be asked', ['--trust', web, '--offline', 'web.json'], 2, 'because of --offline'],
  ])('%s', async (_, words, code, reason) => {
    const result = await shop.cli([...trusted, ...words])
    expect(result).toMatchObject({ code, err: '' })
    expect(result.out).toContain(reason)
    expect(result.out).toContain(code === 2 ? ': INDETERMINATE' : ': INVALID')
  })
  test('an issuer whose server does not answer in time', async () => {
    const words = ['verify', '--trust', web, '--timeout', '7', '--json', 'web.json']
    const { code, out } = await late('https://school.example/.well-known/did.json', (loader) =>
      shop.cli(words, { loader }),
    )
    expect([code, JSON.parse(out).because[0]]).toEqual([2, 'key.timeout'])
    expect(out).toContain('7000 ms')
  })
  test('somebody whom you do not trust', async () => {
    const { code, out } = await shop.cli(['verify', '--trust', 'did:web:other.example', 'ada.json'])
    expect(code).toBe(1)
    expect(out).toMatch(/issuer +invalid .*\[issuer.untrusted\]/)
  })
  test('at another time', async () => {
    expect((await shop.cli([...trusted, '--now', '2020-06-01', 'expired.json'])).code).toBe(0)
    expect((await shop.cli([...trusted, '--now', '2029-12-31T23:00:00-05:00', 'ada.json'])).code).toBe(1)
  })
  test('under another policy', async () => {
    expect((await shop.cli([...trusted, '--policy', 'validity=report-only', 'expired.json'])).code).toBe(0)
  })
  test('of a JWT from a pipe', async () => {
    const { code, out } = await shop.cli([...trusted, '-'], { stdin: shop.text('ada.jwt') })
    expect(code).toBe(0)
    expect(out).toMatch(/^standard input: VALID\n/)
  })
  test('fits the terminal', async () => {
    const { out } = await shop.cli([...trusted, 'tampered.json'], { terminal: 80, env: { NO_COLOR: '1' } })
    expect(out.split('\n').filter((line) => line.length > 80 && !line.includes('did:key:'))).toEqual([])
    expect(out).toMatch(/\n {31}\S/)
  })
  test('writes nothing of the badge on the terminal that is not text', async () => {
    for (const mode of [[], ['--summary'], ['--json']]) {
      const { out } = await shop.cli([...trusted, ...mode, 'evil.json', 'evil.json'])
      expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u)
    }
  })
})

describe('whom to trust', () => {
  test('has to be said', async () => {
    const { code, out, err } = await shop.cli(['verify', 'ada.json'])
    expect({ code, out }).toEqual({ code: 64, out: '' })
    expect(err).toContain('say whom you trust')
    for (const option of ['--trust <id>', '--trust-file <file>', '--any-issuer']) expect(err).toContain(option)
  })
  test('may be said in a file', async () => {
    shop.write('schools.txt', `# ours\r\n\r\n${ISSUER}  # Hill School\r\ndid:web:x.example\n`)
    expect((await shop.cli(['verify', '--trust-file', 'schools.txt', 'ada.json'])).code).toBe(0)
  })
  test('may be anybody', async () => {
    const { code, out } = await shop.cli(['verify', '--any-issuer', 'ada.json'])
    expect(code).toBe(0)
    expect(out).toContain('Whether its issuer can be trusted was not asked.')
  })
  test.each<[string, readonly string[], number, string]>([
    ['both', ['--any-issuer', '--trust', ISSUER], 64, 'choose'],
    ['a file as id', ['--trust', 'schools.txt'], 64, '--trust-file'],
    ['an empty variable', ['--trust', ''], 64, 'empty'],
    ['an empty file', ['--trust-file', 'empty.txt'], 65, 'names nobody'],
    ['two ids in a line', ['--trust-file', 'two.txt'], 65, 'line 2'],
    ['no file', ['--trust-file', 'no.txt'], 66, 'no.txt'],
    ['a wrong check', ['--any-issuer', '--policy', 'proof=report-only'], 64, 'this check is always required'],
    ['a wrong demand', ['--any-issuer', '--policy', 'status=maybe'], 64, 'best-effort'],
    ['no pair', ['--any-issuer', '--policy', 'status'], 64, 'check=demand'],
    [
      'a check twice',
      ['--any-issuer', '--policy', 'status=required', '--policy', 'status=report-only'],
      64,
      'status twice',
    ],
    ['a wrong time', ['--any-issuer', '--now', 'tomorrow'], 64, '--now is a day'],
    ['no time', ['--any-issuer', '--timeout', '0'], 64, '--timeout is'],
    ['a time in words', ['--any-issuer', '--timeout', '5m'], 64, '--timeout is'],
    ['nobody as recipient', ['--any-issuer', '--recipient', 'Ada'], 64, '--recipient'],
    ['a wrong kind', ['--any-issuer', '--accept', 'badge'], 64, '--accept is'],
    ['a key that is none', ['--any-issuer', '--key', 'feedback.json'], 65, 'feedback.json'],
    ['a private key', ['--any-issuer', '--key', 'key.json'], 65, 'key.json'],
  ])('refused: %s', async (_, words, code, message) => {
    shop.write('empty.txt', '# nobody\n')
    shop.write('two.txt', 'did:a:1\ndid:b:2 did:c:3\n')
    const result = await shop.cli(['verify', ...words, 'ada.json'])
    expect(result).toMatchObject({ code, out: '' })
    expect(result.err).toContain(message)
    expect(result.err).not.toContain(d)
  })
})

describe('keys', () => {
  const document = didDocument({ id: web, keys: [{ id: `${web}#key-1`, publicKey: publicKey as never }] })
  test('that are fetched', async () => {
    const loader: DocumentLoader = {
      load: async ({ url }) => ({
        url,
        bytes: new TextEncoder().encode(JSON.stringify(document)),
        mediaType: 'application/json',
      }),
    }
    expect((await shop.cli(['verify', '--trust', web, 'web.json'], { loader })).code).toBe(0)
  })
  test('that you know: a document, a verification method, a JWKS', async () => {
    shop.write('did.json', document)
    shop.write('method.json', document.verificationMethod[0] ?? {})
    shop.write('jwks.json', { keys: [{ ...publicKey, kid: `${web}#key-1` }] })
    for (const file of ['did.json', 'method.json', 'jwks.json'])
      expect((await shop.cli(['verify', '--trust', web, '--offline', '--key', file, 'web.json'])).code).toBe(0)
  })
  test('that a badge brings along, which nobody confirms', async () => {
    const site = 'https://hill.example/issuer'
    const method = `${site}#${ISSUER.slice('did:key:'.length)}`
    await shop.cli([...ISSUE, '--issuer', site, '--verification-method', method, '--out', 'self.json'])
    expect((await shop.cli(['verify', '--any-issuer', 'self.json'])).code).toBe(2)
    const accepted = await shop.cli(['verify', '--any-issuer', '--self-asserted', 'self.json'])
    expect(accepted.code).toBe(0)
    expect(accepted.out).toContain('key.self_asserted')
    expect((await shop.cli(['verify', '--trust', site, '--self-asserted', 'self.json'])).code).toBe(2)
  })
})

describe('many badges', () => {
  test('each in its place, and one that is missing stops nobody', async () => {
    const { code, out, err } = await shop.cli([
      ...trusted,
      '--summary',
      'ada.json',
      'no.json',
      'tampered.json',
      'ada.jwt',
    ])
    const lines = out.trimEnd().split('\n')
    expect(lines[0]).toBe('valid          ada.json')
    expect(lines[1]).toMatch(/^invalid +tampered\.json {2}.*\[proof\.mismatch\]$/)
    expect(lines[2]).toBe('valid          ada.jwt')
    expect(lines[3]).toBe('4 badges: 2 valid, 1 invalid, 1 unreadable')
    expect(err).toBe('badgewright: no.json: no such file or folder\n')
    expect(code).toBe(66)
  })
  test.each<[readonly string[], number]>([
    [['ada.json', 'ada.jwt'], 0],
    [['ada.json', 'web.json'], 2],
    [['web.json', 'tampered.json', 'ada.json'], 1],
    [['tampered.json', 'no.json', 'ada.json'], 66],
    [['no.json', 'no.json/x', 'ada.json'], 66],
  ])('of %j the worst counts: %d', async (files, code) => {
    expect((await shop.cli([...trusted, '--trust', web, ...files])).code).toBe(code)
  })
  test('a folder is searched, in the order of its names', async () => {
    const { code, out } = await shop.cli([...trusted, '--summary', 'folder/'])
    expect(code).toBe(1)
    expect(out.split('\n').map((line) => line.split(/ {2,}/)[1])).toEqual([
      'folder/a.png',
      'folder/b.json',
      'folder/inner/c.jwt',
      undefined,
      undefined,
    ])
  })
  test('a folder without badges is an input that is not there', async () => {
    mkdirSync(shop.path('empty'), { recursive: true })
    const { code, err } = await shop.cli([...trusted, 'empty'])
    expect(code).toBe(66)
    expect(err).toContain('empty: the folder holds no badge file')
  })
  test('show progress on a terminal, and only there', async () => {
    const words = [...trusted, '--summary', 'folder', 'ada.json']
    const terminal = await shop.cli(words, { terminal: 80 })
    expect(terminal.err).toContain('\r\u001b[K1 of 4 verified, 0 not valid')
    expect(terminal.err).toContain('4 of 4 verified, 1 not valid')
    expect(terminal.err.endsWith('\r\u001b[K')).toBe(true)
    expect((await shop.cli(words)).err).toBe('')
    expect((await shop.cli([...trusted, 'ada.json'], { terminal: 80 })).err).toBe('')
  })
  test('are read when it is their turn', async () => {
    // The last ones are written after the first report: who reads everything at once does not find them.
    const files = Array.from({ length: 30 }, (_, index) => `late-${index}.json`)
    const badge = shop.read('ada.json')
    const write = (some: readonly string[]) => some.forEach((file) => void shop.write(file, badge))
    write(files.slice(0, 20))
    const { code, err } = await shop.cli([...trusted, '--summary', ...files], {
      onOutput: () => write(files.slice(20)),
    })
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })
})

describe('--json', () => {
  test('one report, as the library gives it', async () => {
    const { code, out } = await shop.cli([...trusted, '--json', 'ada.json'])
    const report: VerificationReport = JSON.parse(out)
    expect(code).toBe(0)
    expect(report).toMatchObject({
      outcome: 'valid',
      name: 'ada.json',
      at: '2030-01-01T12:00:00.000Z',
      issuerTrusted: true,
    })
    expect(Object.keys(report.checks)).toHaveLength(10)
    expect(out).toMatch(/^\{\n {2}"/)
  })
  test('several: a line each, also for what could not be read', async () => {
    const { code, out } = await shop.cli([...trusted, '--json', 'ada.json', 'no.json', 'tampered.json'])
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ name }) => name)).toEqual(['ada.json', 'no.json', 'tampered.json'])
    expect(lines[1]).toEqual({ name: 'no.json', error: { exit: 66, message: 'no.json: no such file or folder' } })
    expect(lines[2]).toMatchObject({ outcome: 'invalid', because: ['proof.mismatch'] })
    expect(code).toBe(66)
  })
  test('a file that is not there has no report', async () => {
    expect(await shop.cli([...trusted, '--json', 'no.json'])).toMatchObject({ code: 66, out: '' })
  })
})

test('more than an image may have is refused without reading it all', async () => {
  let chunks = 0
  const endless = async function* () {
    for (; chunks < 1000; chunks++) yield new Uint8Array(1_000_000)
  }
  const { code, out } = await shop.cli([...trusted, '-'], { stdin: endless() })
  expect(code).toBe(65)
  expect(out).toContain('format.too_large')
  // What could not be looked at is one line.
  expect(out).toMatch(/\d others +indeterminate/)
  expect(chunks).toBeLessThan(20)
})

describe('a presentation', () => {
  const ask = ['--challenge', 'c-1', '--domain', 'school.example']
  beforeAll(async () => {
    const signer = await createSigner({ key: await generateKey() })
    const holder = signer.verificationMethod.split('#')[0] as string
    const words = ISSUE.map((word) => (word === HOLDER ? holder : word))
    const badge = JSON.parse((await shop.cli(words)).out)
    const now = new Date('2030-01-01T12:00:00Z')
    const proof = { challenge: 'c-1', domain: 'school.example' }
    const present = (credentials: never[]) =>
      signPresentation(createPresentation({ holder, credentials }), { signer, now, proof })
    shop.write('mine.json', await present([badge] as never[]))
    shop.write('two.json', await present([badge, JSON.parse(shop.text('tampered.json'))] as never[]))
    shop.write('hers.json', await present([JSON.parse(shop.text('ada.json'))] as never[]))
  })
  test('is verified as one, with the badges in it', async () => {
    const { code, out, err } = await shop.cli([...trusted, ...ask, 'mine.json'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^mine\.json: VALID presentation by did:key:/)
    for (const check of ['format', 'schema', 'key', 'proof', 'holder'])
      expect(out).toMatch(new RegExp(`^  ${check} +valid`, 'm'))
    expect(out).toContain('badge 1 "Giving Feedback')
  })
  test.each<[string, readonly string[], number, string]>([
    ['for another challenge', ['--challenge', 'c-2', 'mine.json'], 1, 'proof.challenge_mismatch'],
    ['for somebody else', ['--challenge', 'c-1', '--domain', 'other.example', 'mine.json'], 1, 'proof.domain_mismatch'],
    ['for none', ['--no-challenge', 'mine.json'], 0, 'VALID presentation'],
    ['with a tampered badge', [...ask, '--any-holder', 'two.json'], 1, 'badge 2'],
    ['of a badge about somebody else', [...ask, 'hers.json'], 1, 'holder.mismatch'],
    ['by whoever', [...ask, '--any-holder', 'hers.json'], 0, 'holder.not_asked'],
  ])('%s', async (_, words, code, text) => {
    const result = await shop.cli([...trusted, ...words])
    expect(result).toMatchObject({ code, err: '' })
    expect(result.out).toContain(text)
  })
  test.each<[readonly string[], string]>([
    [['mine.json'], 'mine.json: is a presentation: say --challenge <text>'],
    [['--challenge', 'c', '--no-challenge', 'mine.json'], 'choose'],
    [['--domain', 'd', 'mine.json'], '--domain is for presentations'],
    [['--any-holder', 'mine.json'], '--any-holder is for presentations'],
    [['--challenge', '', 'mine.json'], 'empty'],
  ])('asked without sense: %s', async (words, message) => {
    const { code, out, err } = await shop.cli([...trusted, ...words])
    expect({ code, out }).toEqual({ code: 64, out: '' })
    expect(err).toContain(message)
  })
  test('among badges, in the order of the files', async () => {
    const { code, out } = await shop.cli([
      ...trusted,
      ...ask,
      '--json',
      'ada.json',
      'hers.json',
      'no.json',
      'ada.jwt',
      'mine.json',
    ])
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as PresentationReport & { name: string; error?: unknown })
    expect(lines.map(({ name }) => name)).toEqual(['ada.json', 'hers.json', 'no.json', 'ada.jwt', 'mine.json'])
    expect(lines.map(({ outcome }) => outcome)).toEqual(['valid', 'invalid', undefined, 'valid', 'valid'])
    expect(code).toBe(66)
    const summary = await shop.cli([...trusted, ...ask, '--summary', 'ada.json', 'hers.json'])
    expect(summary.out).toMatch(
      /INVALID {2}hers\.json: a presentation of 1 badge {2}\[holder\.mismatch\]\n2 badges: 1 valid, 1 invalid\n$/,
    )
  })
})
