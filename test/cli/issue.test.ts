// What an issuer's clerk needs, and what is refused.
import { describe, expect, test } from 'vitest'
import { decodeCredential } from '../../src/entries/index.js'
import { HOLDER, ISSUE, ISSUER, KEY, METHOD, workshop } from './harness.js'

const shop = workshop()
const base = ['issue', '--key', 'key.json', '--achievement', 'feedback.json']
const toHolder = [...base, '--recipient', HOLDER]

/** Who issues without a folder is told what that means. */
const NOT_REMEMBERED =
  'note: nothing is remembered of this badge, and it cannot be revoked: an issuer that can is made with badgewright init\n'

async function issued(words: readonly string[]) {
  const { code, out, err } = await shop.cli(words)
  expect({ code, err }).toEqual({ code: 0, err: NOT_REMEMBERED })
  return JSON.parse(out)
}

describe('an award', () => {
  test('is signed JSON on standard output', async () => {
    const badge = await issued([...ISSUE])
    expect(badge).toMatchObject({
      id: 'https://school.example/awards/1',
      name: 'Giving Feedback – Rückmeldung 教育 \u{1f469}\u200d\u{1f393}',
      issuer: { id: ISSUER, name: 'Hill School' },
      validFrom: '2030-01-01T12:00:00Z',
      credentialSubject: { id: HOLDER, achievement: { id: 'https://school.example/feedback' } },
      proof: [{ cryptosuite: 'eddsa-rdfc-2022', verificationMethod: METHOD, created: '2030-01-01T12:00:00Z' }],
    })
    expect(badge).not.toHaveProperty('validUntil')
    expect(JSON.stringify(badge)).not.toContain(KEY.d)
  })
  test('has what the options say', async () => {
    const badge = await issued([
      ...toHolder,
      ...['--level', 'proficient', '--narrative', 'She **listens**.', '--valid-from', '2029-01-01'],
      ...[
        '--evidence',
        'https://school.example/a',
        '--evidence',
        'https://school.example/b',
        '--valid-until',
        '2031-06-30',
      ],
    ])
    expect(badge).toMatchObject({
      validFrom: '2029-01-01T00:00:00Z',
      validUntil: '2031-06-30T23:59:59Z',
      evidence: [{ id: 'https://school.example/a' }, { id: 'https://school.example/b' }],
      credentialSubject: {
        narrative: 'She **listens**.',
        result: [
          {
            resultDescription: 'https://school.example/feedback/rubric',
            achievedLevel: 'https://school.example/feedback/proficient',
          },
        ],
      },
    })
    expect(badge.id).toMatch(/^urn:uuid:/)
  })
  test('says the name of the person only where it is given', async () => {
    const nameless = await issued([...toHolder])
    expect(nameless.credentialSubject).not.toHaveProperty('identifier')
    const { credentialSubject } = await issued([...toHolder, '--name', 'Ada Lovelace'])
    expect(credentialSubject).toMatchObject({
      id: HOLDER,
      identifier: [{ type: 'IdentityObject', hashed: false, identityHash: 'Ada Lovelace', identityType: 'name' }],
    })
    const hashed = await issued([...base, '--recipient', 'ada@example.org', '--name', 'Ada Lovelace'])
    expect(hashed.credentialSubject.identifier).toMatchObject([{ hashed: true }, { identityType: 'name' }])
  })
  test('hides an e-mail address behind a salt of its own, unless told otherwise', async () => {
    const words = [...base, '--recipient', 'Ada@Example.org']
    const [first, second] = [await issued(words), await issued(words)]
    const [identity] = first.credentialSubject.identifier
    expect(identity).toEqual({
      type: 'IdentityObject',
      hashed: true,
      identityHash: expect.stringMatching(/^sha256\$[0-9a-f]{64}$/),
      identityType: 'emailAddress',
      salt: expect.stringMatching(/^[\w-]{22}$/),
    })
    expect(JSON.stringify(first).toLowerCase()).not.toContain('ada@example.org')
    expect(second.credentialSubject.identifier[0].salt).not.toBe(identity.salt)
    const plain = await issued([...words, '--plain-email'])
    expect(plain.credentialSubject.identifier[0]).toMatchObject({ hashed: false, identityHash: 'Ada@Example.org' })
    shop.write('hashed.json', first)
    for (const recipient of ['ada@example.org', 'ADA@EXAMPLE.ORG'])
      expect((await shop.cli(['verify', '--any-issuer', '--recipient', recipient, 'hashed.json'])).code).toBe(0)
    expect((await shop.cli(['verify', '--any-issuer', '--recipient', 'eve@example.org', 'hashed.json'])).code).toBe(1)
  })
  test('goes to a person of a student system', async () => {
    const badge = await issued([...base, '--recipient', 'sisSourcedId=4711'])
    expect(badge.credentialSubject.identifier).toEqual([
      { type: 'IdentityObject', hashed: false, identityHash: '4711', identityType: 'sisSourcedId' },
    ])
  })
  test('is a JWT where that is asked for', async () => {
    const { code, out } = await shop.cli([...toHolder, '--format', 'jwt'])
    expect(code).toBe(0)
    expect(out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
    expect((await decodeCredential(out)).container).toBe('jwt')
  })
  test.each([
    ['open-badges', 'JWT', false],
    ['vc+jwt', 'vc+jwt', false],
    ['vc-claim', 'JWT', true],
  ])('is a JWT of the shape %s', async (shape, typ, hasClaim) => {
    const { code, out } = await shop.cli([...toHolder, '--format', 'jwt', '--jwt-shape', shape])
    expect(code).toBe(0)
    const [header, payload] = out.split('.').map((part) => Buffer.from(part, 'base64url').toString())
    expect(JSON.parse(header ?? '')).toMatchObject({ typ })
    expect('vc' in JSON.parse(payload ?? '')).toBe(hasClaim)
    shop.write('shaped.jwt', out)
    expect((await shop.cli(['verify', '--trust', ISSUER, 'shaped.jwt'])).code).toBe(0)
  })
  test('takes a suite from before DataIntegrityProof', async () => {
    const { proof } = await issued([...toHolder, '--legacy-suite', 'Ed25519Signature2020'])
    expect(proof[0].type).toBe('Ed25519Signature2020')
  })
  test('takes another suite', async () => {
    expect((await issued([...toHolder, '--suite', 'eddsa-jcs-2022'])).proof[0].cryptosuite).toBe('eddsa-jcs-2022')
  })
  test.each(['png', 'svg'] as const)('is baked into a %s', async (container) => {
    const out = `ada.${container}`
    const result = await shop.cli([...toHolder, '--image', `badge.${container}`, '--out', out, '--json'])
    expect(result).toMatchObject({ code: 0, err: NOT_REMEMBERED })
    const summary = JSON.parse(result.out)
    expect(summary).toMatchObject({
      file: out,
      issuer: ISSUER,
      verificationMethod: METHOD,
      format: 'embedded',
      container,
    })
    const decoded = await decodeCredential(shop.read(out))
    expect(decoded.container).toBe(container)
    expect(decoded.unverified.id).toBe(summary.id)
    expect((await shop.cli(['verify', '--trust', ISSUER, '--recipient', HOLDER, out])).code).toBe(0)
  })
  test('an image goes through a pipe, but to no terminal', async () => {
    const words = [...toHolder, '--image', 'badge.png']
    const piped = await shop.cli(words)
    expect([...piped.bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
    expect(await shop.cli(words, { terminal: 80 })).toMatchObject({ code: 64, out: '' })
  })
  test('the achievement may come from a pipe, the key too, but not both', async () => {
    const achievement = shop.text('feedback.json')
    expect((await shop.cli([...ISSUE.slice(0, 4), '-', ...ISSUE.slice(5)], { stdin: achievement })).code).toBe(0)
    const both = await shop.cli(['issue', '--key', '-', '--achievement', '-', '--recipient', HOLDER], {
      stdin: achievement,
    })
    expect(both).toMatchObject({ code: 64, out: '' })
    expect(both.err).toContain('standard input (-) can be read once only')
  })
  test('is noted where the achievement has no ids', async () => {
    shop.write('nameless.json', {
      name: 'A',
      description: 'B',
      criteria: { narrative: 'C' },
      resultDescription: [{ name: 'R', resultType: 'RubricCriterionLevel', rubricCriterionLevel: [{ name: 'Good' }] }],
    })
    const words = [
      'issue',
      '--key',
      'key.json',
      '--achievement',
      'nameless.json',
      '--recipient',
      HOLDER,
      '--level',
      'Good',
    ]
    const { code, err, out } = await shop.cli(words)
    expect(code).toBe(0)
    expect(err).toContain(
      'nameless.json gives no "id" to the achievement, its result descriptions, their rubric levels',
    )
    const { result, achievement } = JSON.parse(out).credentialSubject
    expect(result[0].achievedLevel).toBe(achievement.resultDescription[0].rubricCriterionLevel[0].id)
  })
})

describe('an issuer with a domain', () => {
  const web = 'did:web:school.example'
  const named = ['--issuer', web, '--verification-method', `${web}#key-1`]
  test('names its key, by option or in the key file', async () => {
    expect(await issued([...toHolder, ...named])).toMatchObject({
      issuer: { id: web },
      proof: [{ verificationMethod: `${web}#key-1` }],
    })
    shop.write('web-key.json', { ...KEY, kid: `${web}#key-7` })
    const badge = await issued(['issue', '--key', 'web-key.json', ...toHolder.slice(3)])
    expect(badge).toMatchObject({ issuer: { id: web }, proof: [{ verificationMethod: `${web}#key-7` }] })
  })
  test('is refused with a key that is not its own, and told what to do', async () => {
    const { code, err } = await shop.cli([...toHolder, '--issuer', web])
    expect(code).toBe(64)
    expect(err).toContain(`--verification-method ${web}#key-1`)
    expect((await shop.cli([...toHolder, '--issuer', 'did:web:other.example', ...named.slice(2)])).code).toBe(64)
  })
  test('may come with its whole profile', async () => {
    shop.write('issuer.json', { id: ISSUER, name: 'Hill School', url: 'https://school.example' })
    expect(await issued([...toHolder, '--issuer', 'issuer.json', '--issuer-name', 'Hill'])).toMatchObject({
      issuer: { id: ISSUER, name: 'Hill', url: 'https://school.example', type: ['Profile'] },
    })
  })
})

// VCDM 1.1 sections 4.6 and 6.3.1.
describe('a whole credential of VCDM 1.1', () => {
  const older = {
    '@context': [
      'https://www.w3.org/2018/credentials/v1',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
    ],
    id: 'urn:uuid:5d1f0a1e-7a8e-4c0c-9a5c-0d0a6f3a4a11',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Giving feedback',
    issuer: { id: ISSUER, type: ['Profile'], name: 'Hill School' },
    issuanceDate: '2023-01-01T00:00:00Z',
    credentialSubject: {
      id: HOLDER,
      type: ['AchievementSubject'],
      achievement: {
        id: 'https://school.example/feedback',
        type: ['Achievement'],
        name: 'Giving feedback',
        description: 'Says what helps.',
        criteria: { narrative: 'Three conversations.' },
      },
    },
  }
  const words = ['issue', '--key', 'key.json', '--credential', 'older.json']
  test('stays one, with its dates', async () => {
    shop.write('older.json', older)
    const { proof, ...badge } = await issued(words)
    expect(badge).toEqual({
      ...older,
      '@context': [...older['@context'], 'https://w3id.org/security/data-integrity/v2'],
    })
  })
  test('options are written under its names', async () => {
    shop.write('older.json', older)
    const badge = await issued([...words, '--valid-from', '2024-01-01', '--valid-until', '2034-01-01'])
    expect(badge).toMatchObject({ issuanceDate: '2024-01-01T00:00:00Z', expirationDate: '2034-01-01T23:59:59Z' })
    for (const name of ['validFrom', 'validUntil']) expect(badge).not.toHaveProperty(name)
    const { issuanceDate: _, ...dateless } = older
    shop.write('older.json', dateless)
    expect(await issued(words)).toHaveProperty('issuanceDate')
  })
  test('as JWT, and baked', async () => {
    shop.write('older.json', older)
    const { out } = await shop.cli([...words, '--format', 'jwt', '--jwt-shape', 'vc-claim'])
    const payload = JSON.parse(Buffer.from(out.split('.')[1] as string, 'base64url').toString())
    expect(payload).toMatchObject({ vc: older, nbf: Date.parse(older.issuanceDate) / 1000 })
    expect((await shop.cli([...words, '--image', 'badge.png', '--out', 'older.png'])).code).toBe(0)
    expect((await shop.cli(['verify', '--trust', ISSUER, 'older.png'])).code).toBe(0)
  })
  test('names of 2.0 in it are refused', async () => {
    shop.write('older.json', { ...older, validUntil: '2034-01-01T00:00:00Z' })
    const { code, err } = await shop.cli(words)
    expect(code).toBe(65)
    expect(err).toContain('"expirationDate"')
  })
})

describe('a whole credential', () => {
  const credential = {
    issuer: { id: ISSUER, name: 'Hill School', url: 'https://school.example' },
    validFrom: '2029-05-05T00:00:00Z',
    credentialSubject: {
      id: 'did:example:template',
      achievement: { id: 'https://school.example/a', name: 'A', description: 'B', criteria: { narrative: 'C' } },
    },
    evidence: [{ id: 'https://school.example/present' }],
  }
  test('is signed as it is', async () => {
    shop.write('credential.json', credential)
    const badge = await issued(['issue', '--key', 'key.json', '--credential', 'credential.json'])
    expect(badge).toMatchObject({ ...credential, issuer: { ...credential.issuer, type: ['Profile'] }, proof: [{}] })
  })
  test('is changed by options', async () => {
    const words = ['issue', '--key', 'key.json', '--credential', 'credential.json', '--recipient', 'ada@example.org']
    const badge = await issued([
      ...words,
      '--issuer-name',
      'Hill',
      '--evidence',
      'https://school.example/more',
      '--valid-until',
      '2032-01-01T00:00:00+02:00',
    ])
    expect(badge.issuer).toMatchObject({ id: ISSUER, name: 'Hill', url: 'https://school.example' })
    expect(badge.credentialSubject).not.toHaveProperty('id')
    expect(badge.credentialSubject.identifier[0].hashed).toBe(true)
    expect(badge.evidence.map(({ id }: { id: string }) => id)).toEqual([
      'https://school.example/present',
      'https://school.example/more',
    ])
    expect(badge).toMatchObject({ validFrom: '2029-05-05T00:00:00Z', validUntil: '2031-12-31T22:00:00Z' })
  })
  test('may have its contexts already', async () => {
    const { proof, ...unsigned } = await issued([...ISSUE])
    shop.write('unsigned.json', unsigned)
    const again = await issued(['issue', '--key', 'key.json', '--credential', 'unsigned.json'])
    expect(again).toEqual({ ...unsigned, proof })
    shop.write('signed.json', again)
    const refused = await shop.cli(['issue', '--key', 'key.json', '--credential', 'signed.json'])
    expect(refused).toMatchObject({ code: 65, out: '' })
    expect(refused.err).toContain('signed.json: is signed already')
  })
})

describe('refused', () => {
  test.each<[string, readonly string[], number, string]>([
    ['nothing to issue', ['issue', '--key', 'key.json'], 64, '--achievement <file>'],
    ['two things to issue', [...toHolder, '--credential', 'a.json'], 64, '--achievement <file>'],
    ['no key', ['issue', '--achievement', 'feedback.json'], 64, 'issue needs --key <file>'],
    ['nobody', base, 64, 'say who earned it: --recipient'],
    ['no person', [...base, '--recipient', 'Ada Lovelace'], 64, '--recipient is an id'],
    ['an unknown identifier', [...base, '--recipient', 'emailAdress=a@b.c'], 64, 'did you mean emailAddress?'],
    [
      'an address as id',
      [...base, '--recipient', 'mailto:ada@example.org'],
      64,
      'give the address alone (ada@example.org)',
    ],
    [
      'a name of nobody',
      ['issue', '--key', 'key.json', '--credential', 'feedback.json', '--name', 'Ada'],
      64,
      '--name',
    ],
    ['an open hash', [...toHolder, '--plain-email'], 64, 'e-mail address'],
    ['no such level', [...toHolder, '--level', 'Master'], 64, 'there are Emerging, Proficient'],
    ['a date that is none', [...toHolder, '--valid-until', '2030-02-31'], 64, '--valid-until is a day'],
    ['a time without offset', [...toHolder, '--valid-from', '2030-01-01T00:00:00'], 64, '--valid-from is a day'],
    ['an end before the start', [...toHolder, '--valid-until', '2029-01-01'], 64, 'is not after now'],
    ['evidence that is no URL', [...toHolder, '--evidence', 'essay.pdf'], 64, '--evidence is a URL'],
    ['a suite for JWTs', [...toHolder, '--format', 'jwt', '--suite', 'x'], 64, '--suite is for embedded'],
    [
      'a legacy suite for JWTs',
      [...toHolder, '--format', 'jwt', '--legacy-suite', 'Ed25519Signature2020'],
      64,
      '--legacy-suite is for embedded',
    ],
    [
      'two suites',
      [...toHolder, '--suite', 'eddsa-rdfc-2022', '--legacy-suite', 'Ed25519Signature2020'],
      64,
      'give one of them',
    ],
    ['a shape of what is no JWT', [...toHolder, '--jwt-shape', 'vc+jwt'], 64, '--jwt-shape is for --format jwt'],
    ['no such shape', [...toHolder, '--format', 'jwt', '--jwt-shape', 'vc+jw'], 64, 'did you mean vc+jwt?'],
    ['an unknown suite', [...toHolder, '--suite', 'eddsa-2099'], 64, 'eddsa-2099'],
    ['a suite of other keys', [...toHolder, '--suite', 'ecdsa-rdfc-2019'], 64, 'ecdsa-rdfc-2019'],
    ['a PNG without a picture', [...toHolder, '--out', 'ada.png'], 64, '--image'],
    ['a PNG that is called SVG', [...toHolder, '--image', 'badge.png', '--out', 'other.svg'], 64, 'PNG, not SVG'],
    ['the key as output', [...toHolder, '--out', './key.json'], 64, 'would replace an input'],
    ['a summary of what is not written', [...toHolder, '--json'], 64, '--out <file>'],
    [
      'no such achievement',
      ['issue', '--key', 'key.json', '--achievement', 'no.json', '--recipient', HOLDER],
      66,
      'no.json: no such file',
    ],
    [
      'no such key',
      ['issue', '--key', 'no.json', '--achievement', 'feedback.json', '--recipient', HOLDER],
      66,
      'no.json',
    ],
    ['a folder', ['issue', '--key', 'key.json', '--achievement', '.', '--recipient', HOLDER], 74, 'is a folder'],
    ['a picture that is none', [...toHolder, '--image', 'feedback.json'], 65, 'feedback.json'],
    ['a folder that is not there', [...toHolder, '--out', 'no/ada.json'], 74, 'its folder does not exist'],
  ])('%s', async (_, words, code, message) => {
    const result = await shop.cli(words)
    expect(result).toMatchObject({ code, out: '' })
    expect(result.err).toContain(message)
    expect(result.err).not.toMatch(/\n\s+at /)
    expect(result.err).not.toContain(KEY.d)
  })
  test('an achievement that breaks the model, with each place', async () => {
    const words = ['issue', '--key', 'key.json', '--achievement', 'broken.json', '--recipient', HOLDER]
    shop.write('broken.json', { name: 7, tag: 8, version: {}, humanCode: [] })
    const { code, err } = await shop.cli(words)
    expect(code).toBe(65)
    expect(err).toContain('broken.json: ')
    for (const place of ['/name', '/description', '/criteria', '/tag', '/version', '/humanCode'])
      expect(err).toContain(place)
    shop.write('broken.json', { name: 'A', description: 'B', criteria: { narrative: 'C' }, achievementType: 'Bagde' })
    expect((await shop.cli(words)).err).toContain('/achievementType')
  })
  test.each([
    ['no JSON', '{"kty":"OKP","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",}'],
    ['a public key', JSON.stringify({ ...KEY, d: undefined })],
    ['parts of two keys', JSON.stringify({ ...KEY, x: 'd'.repeat(43) })],
    ['a curve that we have not', JSON.stringify({ ...KEY, crv: 'X25519' })],
    [
      'a broken PEM',
      '-----BEGIN PRIVATE KEY-----\nnWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\n-----END PRIVATE KEY-----',
    ],
  ])('a key file that holds %s, without quoting it', async (_, content) => {
    shop.write('bad-key.json', content)
    const { code, out, err } = await shop.cli(['issue', '--key', 'bad-key.json', ...toHolder.slice(3)])
    expect({ code, out }).toEqual({ code: 65, out: '' })
    expect(err).toContain('bad-key.json: ')
    expect(err).not.toContain(KEY.d)
    expect(err).not.toMatch(/\n\s+at /)
  })
  test('a document whose context nobody can load: unreachable', async () => {
    const { proof, ...unsigned } = await issued([...ISSUE])
    shop.write('far.json', { ...unsigned, '@context': [...unsigned['@context'], 'https://nowhere.example/v1'] })
    const { code, err } = await shop.cli(['issue', '--key', 'key.json', '--credential', 'far.json'])
    expect(err).toContain('https://nowhere.example/v1')
    expect(code).toBe(69)
  })
})
