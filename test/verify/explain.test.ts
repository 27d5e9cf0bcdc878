/** Sentences that a registrar understands. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  anyIssuer,
  explain,
  FINDINGS,
  type FindingCode,
  type VerifyOptions,
  verifyCredential,
} from '../../src/entries/index.js'
import { selfAssertedKeys } from '../../src/entries/resolvers.js'
import { encodeBitstring } from '../../src/status/bitstring.js'
import { SENTENCES } from '../../src/verify/sentences.js'
import { badgeOf, NOW, newIssuer, signed, signRaw, TEACHER, web, withMember } from './kit.js'

const issuer = await newIssuer()
const good = await signed(issuer)
const say = async (input: object | string, options: Partial<VerifyOptions> = {}) =>
  explain(await verifyCredential(input, { trustedIssuers: [issuer.id], now: NOW, loader: web({}), ...options }))
const ISSUED = `It was issued by "Example School" (${issuer.id}) and has not been changed.`

const LIST = 'https://issuer.example/status/1'
const listed = await signed(issuer, {
  credentialStatus: {
    id: `${LIST}#7`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '7',
    statusListCredential: LIST,
  } as never,
})
const list = async (byte: number) => {
  const bits = new Uint8Array(16_384)
  bits[0] = byte
  return signRaw(issuer, {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: LIST,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: issuer.id,
    credentialSubject: {
      id: `${LIST}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: await encodeBitstring(bits),
    },
  })
}
const elsewhere = async () => {
  const school = 'https://school.example/profile'
  const multikey = issuer.id.slice('did:key:'.length)
  const self = { id: school, signer: { ...issuer.signer, verificationMethod: `${school}#${multikey}` } }
  return signRaw(self, withMember(badgeOf(issuer), ['issuer', 'id'], school))
}

const MAIN: Readonly<Record<string, () => Promise<readonly [said: string[], expected: readonly string[]]>>> = {
  valid: async () => [
    await say(good, { recipient: { id: TEACHER } }),
    ['This badge is valid.', ISSUED, 'It is within its validity period.', 'Its issuer is one you trust.'],
  ],
  'of anybody': async () => [
    await say(good, { trustedIssuers: anyIssuer }),
    ['This badge is valid.', ISSUED, 'Whether its issuer can be trusted was not asked.'],
  ],
  changed: async () => [
    await say(withMember(good, ['credentialSubject', 'achievement', 'name'], 'Taking Feedback')),
    ['This badge is not valid.', 'It was changed after it was signed, or signed with another key than it says.'],
  ],
  revoked: async () => [
    await say(listed, { loader: web({ [LIST]: await list(0x01) }) }),
    ['This badge is not valid.', ISSUED, 'It was revoked by its issuer.'],
  ],
  'not revoked': async () => [
    await say(listed, { loader: web({ [LIST]: await list(0) }) }),
    ['This badge is valid.', ISSUED, 'It has not been revoked.'],
  ],
  'of unknown status': async () => [
    await say(listed),
    [
      'Whether this badge is valid cannot be said now.',
      ISSUED,
      "The issuer's list of revoked badges could not be fetched, so it may or may not be revoked. Try again later.",
    ],
  ],
  expired: async () => [
    await say(await signed(issuer, { validUntil: '2026-03-01T00:30:00+01:00' })),
    ['This badge is not valid.', ISSUED, 'It expired on 2026-02-28.'],
  ],
  'of the future': async () => [
    await say(await signed(issuer, { validFrom: '2027-01-01T00:00:00Z' })),
    ['This badge is not valid.', ISSUED, 'It is not valid before 2027-01-01.'],
  ],
  unsigned: async () => [
    await say(badgeOf(issuer)),
    ['This badge is not valid.', 'Its issuer did not sign it, so anybody may have written it.'],
  ],
  'by somebody unknown': async () => [
    await say(good, { trustedIssuers: ['did:example:other'] }),
    ['This badge is not valid.', ISSUED, 'Its issuer is not among those you trust.'],
  ],
  'by somebody else': async () => [
    await say(await signRaw(await newIssuer(), badgeOf(issuer))),
    ['This badge is not valid.', 'It was signed by somebody else than the issuer it names.'],
  ],
  'with a key of its own': async () => [
    await say(await elsewhere(), { trustedIssuers: anyIssuer, resolvers: [selfAssertedKeys()] }),
    [
      'This badge is valid.',
      'It says it was issued by "Example School" (https://school.example/profile), and has not been changed since it was signed.',
      'It brought its own key along; nobody else confirms whose it is.',
    ],
  ],
  'about somebody else': async () => [
    await say(good, { recipient: { id: 'did:example:other' } }),
    ['This badge is not valid.', ISSUED, 'It is about somebody else.'],
  ],
  'no badge': async () => [
    await say('hello'),
    ['This badge is not valid.', 'The file cannot be read as a badge: it is damaged, or it is something else.'],
  ],
}

/** What only people who build verifiers say. */
const JARGON =
  /\b(JWS|JWT|JSON|JSON-LD|RDF|URI|URL|schema|payload|claims?|canonical\w*|crypto\w*|suite|pointer|resolver|base64\w*|multibase|bitstring|hash|term|context|controller|assertionMethod|invalid|indeterminate|null)\b/i

describe('explain', () => {
  test.each(Object.entries(MAIN))('a badge that is %s', async (_, scenario) => {
    const [said, expected] = await scenario()
    expect(said[0]).toBe(expected[0])
    expect(said).toEqual(expect.arrayContaining([...expected]))
    expect(said.indexOf(ISSUED)).toBe(expected.includes(ISSUED) ? 1 : -1)
    for (const sentence of said)
      expect(sentence.replace(ISSUED, '').replace(/"[^"]*" \([^)]*\)/, '')).not.toMatch(JARGON)
    expect(new Set(said).size).toBe(said.length)
  })
  test('of what is not valid, nothing good is said but who issued it', async () => {
    const said = await say(await signed(issuer, { validUntil: '2026-03-01T00:00:00Z' }))
    expect(said).not.toContain('Its issuer is one you trust.')
  })
  test('about a newer version: the reasons are its own', async () => {
    const REFRESH = 'https://issuer.example/refresh/1'
    const refreshing = {
      refreshService: { id: REFRESH, type: '1EdTechCredentialRefresh' },
      extensions: { contexts: ['https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'], properties: {} },
    }
    const old = await signed(issuer, { ...refreshing, validUntil: '2026-03-01T00:00:00Z' })
    const renewed = await signed(issuer, { ...refreshing, validFrom: '2026-02-01T00:00:00Z' })
    const said = await say(old, { loader: web({ [REFRESH]: renewed }) })
    expect(said[0]).toBe('This badge is valid.')
    expect(said.at(-1)).toBe('Its issuer has a newer version, and this is the answer about that one.')
    expect(said.join(' ')).not.toContain('expired')
  })
})

describe('sentences', () => {
  test('there is one for every code that says something, in plain words', () => {
    for (const [code, sentence] of Object.entries(SENTENCES)) {
      if (sentence === null) continue
      expect(sentence).toMatch(/^[A-Z].*\.$/)
      expect(sentence).not.toMatch(JARGON)
      expect(sentence.length).toBeLessThan(140)
      expect(code in FINDINGS).toBe(true)
    }
  })
  test('nothing that decides is passed over in silence', () => {
    const silent = (Object.keys(SENTENCES) as FindingCode[]).filter((code) => SENTENCES[code] === null)
    // What is invalid is always said; what is blocked, something else has blocked.
    for (const code of silent) {
      expect(FINDINGS[code].status).not.toBe('invalid')
      if (FINDINGS[code].status === 'indeterminate') expect(code).toMatch(/\.blocked$/)
    }
  })
})

describe('names are the badge’s own words', () => {
  const named = async (name: string) => {
    const [, origin = ''] = await say(await signed(issuer, { issuer: { id: issuer.id, name } }))
    return origin
  }
  test.each<[string, string, string]>([
    ['a quote', 'School" (did:web:mit.edu) and "is', "School' (did:web:mit.edu) and 'is"],
    ['typographic quotes', 'School\u201d \u201cis', "School' 'is"],
    ['lines', 'School\nThis badge is valid.\r\nYes', 'School This badge is valid. Yes'],
    ['a right-to-left override', 'School \u202Elasopser', 'School lasopser'],
    ['isolates', '\u2066School\u2069', 'School'],
    ['terminal sequences', '\u001B[2JSchool\u0007', '[2JSchool'],
    ['what cannot be seen', 'Sch\u200Bo\u00ADol\uFEFF', 'School'],
    ['much white space', 'School \u00A0\u2003\u3000 of Ljubljana', 'School of Ljubljana'],
  ])('with %s', async (_, name, shown) => {
    expect(await named(name)).toBe(`It was issued by "${shown}" (${issuer.id}) and has not been changed.`)
  })
  test('are cut to a line, and joiners stay', async () => {
    expect((await named('x'.repeat(5_000))).length).toBeLessThan(400)
    expect(await named('\u0646\u06CC\u200C\u0632')).toContain('\u0646\u06CC\u200C\u0632')
  })
  test('of nothing but such characters are no names', async () => {
    expect(await named('\u200B\u202E')).toBe(`It was issued by "${issuer.id}" and has not been changed.`)
  })
  test('can never end the sentence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (name) => {
        const report = await verifyCredential(good, { trustedIssuers: anyIssuer, now: NOW, loader: web({}) })
        if (report.outcome !== 'valid') throw new Error('not valid')
        const { credential } = report
        const [, origin] = explain({
          ...report,
          credential: { ...credential, issuer: { id: issuer.id, type: ['Profile'], name } as never },
        })
        expect(origin).toMatch(
          /^It was issued by "[^"\p{Cc}\p{Bidi_Control}]*" (\(did:key:\w+\) )?and has not been changed\.$/u,
        )
      }),
      { numRuns: 60 },
    )
  })
})
