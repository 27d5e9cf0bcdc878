// Decoded, and marked as not verified.
import { beforeAll, describe, expect, test } from 'vitest'
import { HOLDER, ISSUE, ISSUER, METHOD, workshop } from './harness.js'

const shop = workshop()
beforeAll(async () => {
  await shop.cli([
    ...ISSUE,
    '--level',
    'Proficient',
    '--evidence',
    'https://school.example/ada',
    '--image',
    'badge.png',
    '--out',
    'ada.png',
  ])
  await shop.cli([...ISSUE, '--format', 'jwt', '--out', 'ada.jwt'])
  shop.write('evil.json', {
    ...JSON.parse((await shop.cli(['unbake', 'ada.png'])).out),
    name: 'A\u001b[31m\u202e',
    description: 'x'.repeat(5000),
  })
})

test('what a badge says of itself, first of all that nobody has checked it', async () => {
  const { code, out, err } = await shop.cli(['inspect', 'ada.png'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toBe(`ada.png: NOT VERIFIED, this is only what the file says of itself

  in             PNG, Verifiable Credentials Data Model 2.0
  name           Giving Feedback – Rückmeldung 教育 \u{1f469}\u200d\u{1f393}
  type           VerifiableCredential, OpenBadgeCredential
  id             https://school.example/awards/1
  issuer         Hill School (${ISSUER})
  achievement    Giving Feedback – Rückmeldung 教育 \u{1f469}\u200d\u{1f393}
    kind         MicroCredential
    id           https://school.example/feedback
    description  Gives feedback that helps.
    criteria     Three observed conversations.
  recipient      ${HOLDER}
  result         Feedback rubric: Proficient
  valid from     2030-01-01T12:00:00Z
  evidence       https://school.example/ada
  signed as      eddsa-rdfc-2022, key ${METHOD}, 2030-01-01T12:00:00Z
`)
})
test('of a JWT', async () => {
  const { out } = await shop.cli(['inspect', '-'], { stdin: shop.text('ada.jwt') })
  expect(out).toMatch(/^standard input: NOT VERIFIED/)
  expect(out).toContain(`signed as      JWT EdDSA, key ${METHOD}`)
})
test('a tampered badge is shown all the same: nothing is verified', async () => {
  const { code, out } = await shop.cli(['inspect', 'evil.json'])
  expect(code).toBe(0)
  expect(out).toContain('NOT VERIFIED')
  expect(out).toContain('name           A\\u{1b}[31m\\u{202e}')
  expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u)
})

describe('--json', () => {
  test('says so too', async () => {
    const { code, out } = await shop.cli(['inspect', '--json', 'ada.png'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      name: 'ada.png',
      verified: false,
      container: 'png',
      version: '2.0',
      unverified: { issuer: { id: ISSUER } },
      secured: { proof: {} },
    })
  })
  test('of several a line each', async () => {
    const { code, out, err } = await shop.cli(['inspect', '--json', 'ada.png', 'no.png', 'badge.png', 'ada.jwt'])
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ name, verified, error }) => [name, verified ?? error.exit])).toEqual([
      ['ada.png', false],
      ['no.png', 66],
      ['badge.png', 65],
      ['ada.jwt', false],
    ])
    expect(err.split('\n')).toHaveLength(3)
    expect(code).toBe(66)
  })
})

test.each<[string, string | Uint8Array, string]>([
  ['no badge', '{"name":"x"}', '/'],
  ['truncated JSON', '{"name":"x"', 'the text ends too early'],
  ['duplicate members', '{"id":"a","id":"b"}', '/id'],
  ['a link', 'https://school.example/badge', 'URL'],
  ['a JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), 'JPEG'],
  ['nothing', '', 'empty'],
])('unreadable: %s', async (_, content, message) => {
  shop.write('bad', content)
  const { code, out, err } = await shop.cli(['inspect', 'bad'])
  expect({ code, out }).toEqual({ code: 65, out: '' })
  expect(err).toContain('badgewright: bad: ')
  expect(err).toContain(message)
})

describe('a badge that breaks the model', () => {
  const broken = () => ({
    ...JSON.parse(shop.text('evil.json')),
    name: 'Broken \u001b[31m',
    validFrom: 'yesterday',
    credentialSubject: { achievement: 'none', identifier: 7 },
    evidence: [null, 'x'],
    issuer: undefined,
  })
  test('is shown as far as it can be read, with what is wrong', async () => {
    shop.write('broken.json', broken())
    const { code, out, err } = await shop.cli(['inspect', 'broken.json'])
    expect(code).toBe(65)
    expect(out).toMatch(/^broken\.json: NOT VERIFIED/)
    expect(out).toContain('name        Broken \\u{1b}[31m')
    expect(out).toContain('valid from  yesterday')
    expect(err).toMatch(/^badgewright: broken\.json: /)
    expect(err).toContain('/validFrom')
  })
  test('as JSON, among others, and as a JWT', async () => {
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    shop.write('broken.jwt', `${encode({ alg: 'EdDSA', typ: 'vc+jwt' })}.${encode(broken())}.${'A'.repeat(86)}`)
    const { code, out } = await shop.cli(['inspect', '--json', 'broken.jwt', 'ada.png'])
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toMatchObject([
      {
        name: 'broken.jwt',
        verified: false,
        problem: expect.any(String),
        container: 'jwt',
        unverified: { validFrom: 'yesterday' },
      },
      { name: 'ada.png', verified: false, container: 'png' },
    ])
    expect(lines[1]).not.toHaveProperty('problem')
    expect(code).toBe(65)
  })
})
