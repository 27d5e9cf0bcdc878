// Presentations from the command line: VCDM 2.0 section 4.13, as JWT VC-JOSE-COSE section 3.1.2.
import { beforeAll, describe, expect, test } from 'vitest'
import { generateKey } from '../../src/entries/index.js'
import { HOLDER, ISSUE, ISSUER, workshop } from './harness.js'

const shop = workshop()
let holder: string
beforeAll(async () => {
  shop.write('my-key.json', await generateKey())
  const did = await shop.cli(['present', '--key', 'my-key.json', '--no-challenge', 'feedback.json'])
  expect(did.code).toBe(65)
  shop.write('ada.json', (await shop.cli(ISSUE)).out)
  const made = await shop.cli(['present', '--key', 'my-key.json', '--no-challenge', 'ada.json'])
  holder = JSON.parse(made.out).holder
  const mine = ISSUE.map((word) => (word === HOLDER ? holder : word))
  shop.write('mine.json', (await shop.cli(mine)).out)
  shop.write('mine.jwt', (await shop.cli([...mine, '--format', 'jwt'])).out)
  await shop.cli(['bake', 'mine.json', '--image', 'badge.png', '--out', 'mine.png'])
})
const KEY = ['present', '--key', 'my-key.json']
const ASK = ['--challenge', 'c-1', '--domain', 'school.example']
const verified = (words: readonly string[], file: string) => shop.cli(['verify', '--trust', ISSUER, ...words, file])

describe('what is written, verify takes', () => {
  test.each([
    ['json', []],
    ['jwt', ['--format', 'jwt']],
  ])('as %s: badges in JSON, JWT and PNG', async (extension, words) => {
    const file = `out.${extension}`
    const written = await shop.cli([...KEY, ...ASK, ...words, 'mine.json', 'mine.jwt', 'mine.png', '--out', file])
    expect(written).toMatchObject({ code: 0, out: '', err: `wrote ${file}\n` })
    const report = await verified(ASK, file)
    expect(report).toMatchObject({ code: 0, err: '' })
    expect(report.out).toContain(`VALID presentation by ${holder}`)
    expect(report.out).toContain('badge 3')
    expect((await verified(['--challenge', 'c-2'], file)).out).toContain('proof.challenge_mismatch')
    expect((await verified(['--challenge', 'c-1', '--domain', 'x.example'], file)).out).toContain(
      'proof.domain_mismatch',
    )
  })
  test('a JWT says what it is', async () => {
    const { out } = await shop.cli([...KEY, ...ASK, '--format', 'jwt', 'mine.jwt'])
    const [header, payload] = out.split('.').map((part) => Buffer.from(part, 'base64url').toString())
    expect(JSON.parse(header as string)).toMatchObject({ typ: 'vp+jwt', cty: 'vp' })
    expect(JSON.parse(payload as string)).toMatchObject({ nonce: 'c-1', aud: 'school.example', iss: holder })
  })
  test.each([[[]], [['--format', 'jwt']]])('it ends when it was said to end %s', async (words) => {
    const { out } = await shop.cli([...KEY, ...ASK, ...words, '--expires', '2030-02-01', 'mine.json'])
    shop.write('short', out)
    expect((await verified([...ASK, '--now', '2030-01-31'], 'short')).code).toBe(0)
    expect((await verified([...ASK, '--now', '2030-03-01'], 'short')).out).toContain('proof.expired')
  })
  test('by pipes, and --json', async () => {
    const piped = await shop.cli([...KEY, '--no-challenge', '-'], { stdin: shop.text('mine.jwt') })
    shop.write('piped.json', piped.out)
    expect((await verified(['--no-challenge'], 'piped.json')).code).toBe(0)
    const told = await shop.cli([...KEY, ...ASK, 'mine.json', '--out', 'told.json', '--json'])
    expect(JSON.parse(told.out)).toMatchObject({ file: 'told.json', holder, format: 'embedded', badges: 1 })
  })
  test('a badge about somebody else is shown, and verify says so', async () => {
    await shop.cli([...KEY, ...ASK, 'ada.json', '--out', 'hers.json'])
    expect((await verified(ASK, 'hers.json')).out).toContain('holder.mismatch')
    expect((await verified([...ASK, '--any-holder'], 'hers.json')).code).toBe(0)
  })
})

test.each<[string, readonly string[], number, string]>([
  ['no challenge', [...KEY, 'mine.json'], 64, '--challenge <text>, or --no-challenge'],
  ['two answers', [...KEY, ...ASK, '--no-challenge', 'mine.json'], 64, 'choose'],
  ['no key', ['present', ...ASK, 'mine.json'], 64, 'present needs --key <file>'],
  ['no badge', [...KEY, ...ASK], 64, 'present needs a badge'],
  [
    'a suite for a JWT',
    [...KEY, ...ASK, '--format', 'jwt', '--suite', 'x', 'mine.json'],
    64,
    '--suite is for embedded',
  ],
  ['a suite that is none', [...KEY, ...ASK, '--suite', 'x', 'mine.json'], 64, 'there is no suite x'],
  ['no date', [...KEY, ...ASK, '--expires', 'soon', 'mine.json'], 64, '--expires is a day'],
  ['an input as output', [...KEY, ...ASK, 'mine.json', '--out', 'mine.json'], 64, 'would replace'],
  ['the key as output', [...KEY, ...ASK, 'mine.json', '--out', 'my-key.json'], 64, 'would replace'],
  ['JSON called JWT', [...KEY, ...ASK, 'mine.json', '--out', 'a.jwt'], 64, 'JSON, not JWT'],
  ['JSON called a picture', [...KEY, ...ASK, 'mine.json', '--out', 'a.png'], 64, 'JSON, not PNG'],
  ['what nobody signed', [...KEY, ...ASK, 'feedback.json'], 65, 'feedback.json: has no proof'],
  ['a file that is not there', [...KEY, ...ASK, 'no.json'], 66, 'no.json: no such file'],
  ['a picture without badge', [...KEY, ...ASK, 'badge.png'], 65, 'badge.png: '],
])('refused: %s', async (_, words, code, message) => {
  const result = await shop.cli(words)
  expect({ code: result.code, out: result.out }).toEqual({ code, out: '' })
  expect(result.err).toContain(message)
})
test('refused: a presentation in a presentation', async () => {
  await shop.cli([...KEY, ...ASK, 'mine.json', '--out', 'once.json'])
  const result = await shop.cli([...KEY, ...ASK, 'once.json'])
  expect(result).toMatchObject({ code: 65, out: '' })
  expect(result.err).toContain('once.json: is a presentation itself')
})
