/** issueBatch signs the same bytes whether a template makes the badge or the whole path does (issue "at the speed of the signature"). */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  anyIssuer,
  createIssuer,
  deriveCredential,
  type OpenBadgeError,
  verifyCredential,
} from '../../../src/entries/index.js'
import type { Award } from '../../../src/issue/award.js'
import { type Issuer, type IssuerSettings, makeIssuer } from '../../../src/issue/issuer.js'
import { signEmbedded } from '../../../src/issue/sign-credential.js'
import type { IssuerStatus } from '../../../src/issue/status-places.js'
import type { Signer } from '../../../src/keys/signer.js'
import * as creating from '../../../src/model/create.js'
import type { Achievement, OpenBadgeCredential, Profile } from '../../../src/model/types.js'
import type { SignSettings } from '../../../src/proof/signing.js'
import { KEYS } from '../../keys/vectors.js'
import { fakeLoader, testContext } from '../../resolve/fake-loader.js'
import { issuerOf, NOW, signerOf, signSettings } from '../badge.js'

/** Nothing is random: two issuers that get the same awards sign the same. ECDSA would draw a nonce, so there a hash is the signature. */
async function deterministic(algorithm: keyof typeof SIGNATURE_BYTES): Promise<Signer> {
  const signer = await signerOf(KEYS[algorithm])
  if (algorithm === 'EdDSA') return signer
  const sign = (message: Uint8Array): Uint8Array => {
    const hash = createHash('sha512').update(message).digest()
    return new Uint8Array(Buffer.concat([hash, hash])).slice(0, SIGNATURE_BYTES[algorithm])
  }
  return { ...signer, sign }
}
const SIGNATURE_BYTES = { EdDSA: 64, ES256: 64, ES384: 96 } as const

interface Desk {
  readonly issuer: Issuer
  /** How many badges took the whole path. */
  readonly whole: () => number
}

interface DeskOptions extends Partial<Pick<IssuerSettings, 'profile' | 'refreshUrl' | 'credentialId' | 'credentials'>> {
  readonly signer: Signer
  readonly templates: boolean
  readonly status?: boolean
  readonly suite?: string
}

function desk({ signer, templates, status = false, suite, ...more }: DeskOptions): Desk {
  let [drawn, allocated, whole] = [0, 0, 0]
  const draw = () => `00000000-0000-4000-8000-${String(drawn++).padStart(12, '0')}`
  const now = () => NOW
  const settings: SignSettings = signSettings({
    signer,
    proven: new WeakSet([signer]),
    ...(suite === undefined ? {} : { suite }),
  })
  const defaults = { randomUuid: () => 'never', now }
  const store = {
    allocate: async (requests: readonly object[]) =>
      requests.map(() => ({ value: { listId: '1', index: allocated++ } })),
  } as unknown as IssuerStatus['store']
  const issuer = makeIssuer({
    profile: profileOf(signer),
    salt: draw,
    newSecret: draw,
    now,
    randomUuid: draw,
    createCredential: (input) => {
      whole++
      return creating.createCredential({ validFrom: now(), ...input }, defaults)
    },
    draft: (input) => creating.draftCredential({ validFrom: now(), ...input }, defaults),
    sign: async (credential) => signEmbedded(credential, { ...settings, context: testContext({ now: NOW }) }) as never,
    ...(templates ? { signing: (forms) => ({ ...settings, context: { ...settings.context, forms } }) } : {}),
    clock: () => 0,
    verificationMethod: signer.verificationMethod,
    isJwt: false,
    credentialId: () => `urn:uuid:${draw()}`,
    ...(status
      ? {
          status: {
            store,
            listUrl: (listId: string) => `https://school.example/status/${listId}`,
            purposes: ['revocation', 'suspension'] as const,
            format: 'BitstringStatusList' as const,
            ttlSeconds: 300,
            validitySeconds: 600,
          },
        }
      : {}),
    ...more,
  })
  return { issuer, whole: () => whole }
}

const profileOf = ({ verificationMethod }: Signer): Profile => ({
  id: verificationMethod.split('#')[0] as string,
  type: ['Profile'],
  name: 'School of Examples',
})

interface Issued {
  readonly text: string | undefined
  readonly error: unknown
}
const shown = (text: string | undefined, error: OpenBadgeError | undefined): Issued => ({
  text,
  error: error && { code: error.code, message: error.message, issues: (error as { issues?: unknown }).issues },
})

async function issued({ issuer }: Desk, awards: readonly Award[], concurrency = 1): Promise<Issued[]> {
  const results = []
  for await (const { credential, error } of issuer.issueBatch(awards, { concurrency }))
    results.push(shown(credential && JSON.stringify(credential), error))
  return results
}

/** The same, written by the library. */
async function texts({ issuer }: Desk, awards: readonly Award[]): Promise<Issued[]> {
  const results = []
  for await (const { text, error } of issuer.issueBatch(awards, { as: 'text', concurrency: 1 }))
    results.push(shown(text, error))
  return results
}

const SCHOOL = issuerOf(KEYS.EdDSA)
const GRADE = 'urn:uuid:00000000-0000-4000-9000-000000000001'
const LEVEL = 'urn:uuid:00000000-0000-4000-9000-000000000002'

const text = fc.oneof(
  { weight: 8, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'x',
      '" .\n<urn:a> <urn:b> "c',
      'back\\slash "quote" \t\r\n\u0000\u007f',
      '","id":"urn:evil","x":"',
      '@type',
      '@value',
      '{"@value":"x"}',
      '__proto__',
      'constructor',
      'text0',
      '~slot0~',
      '🎓',
      '\uffff',
      '\ue000',
      '\ud800',
      'note: a scheme',
      'https://example.org/',
    ),
  },
)
const id = fc.oneof(
  { weight: 12, arbitrary: fc.nat().map((n) => `did:example:${n}`) },
  { weight: 6, arbitrary: fc.webUrl() },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      'urn:uuid:00000000-0000-4000-8000-000000000000',
      'https://school.example/achievements/0',
      'https://school.example/evidence',
      'mailto:ada@example.org',
      SCHOOL,
      GRADE,
      '_:b0',
      '@id',
      'id',
      'xsd:string',
      'cred:x',
      'relative/path',
      '',
      'urn:x><urn:y> <urn:z> "q" .',
      'https://example.org/a b',
      'https://example.org/"\\{}|^`',
      'https://example.org/🎓',
      'https://example.org/\ue000',
    ),
  },
)
const some = <T>(of: fc.Arbitrary<T>, { freq } = { freq: 2 }) => fc.option(of, { nil: undefined, freq })
const optional = <T extends object>(record: fc.Arbitrary<T>) =>
  record.map((value) => Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T)

const achievement = (n: number): fc.Arbitrary<Achievement> =>
  optional(
    fc.record({
      id: fc.constant(`https://school.example/achievements/${n}`),
      type: fc.constant(['Achievement']),
      name: fc.constantFrom('Giving Feedback', 'Rückmeldung "geben"\n', '🎓', '\uffff'),
      description: fc.constantFrom('Feedback that helps.', '', '\ud800'),
      criteria: fc.constantFrom({ narrative: 'Two lessons.' }, { id: 'https://school.example/criteria' }),
      achievementType: some(fc.constant('Competency')),
      creditsAvailable: some(fc.constantFrom(1, 2.5, 0, 1e21)),
      tag: some(fc.constantFrom([], ['b', 'a'], ['a', 'a'], ['🎓', '\uffff'])),
      alignment: some(
        fc.array(
          fc.record({
            type: fc.constant(['Alignment']),
            targetName: text,
            targetUrl: fc.constantFrom('https://case.example/1', 'https://case.example/2'),
          }),
          { maxLength: 3 },
        ),
      ),
      creator: some(fc.constant({ id: SCHOOL, type: ['Profile'], name: 'School of Examples' })),
      resultDescription: fc.constant([
        {
          id: GRADE,
          type: ['ResultDescription'],
          name: 'Grade',
          resultType: 'RubricCriterionLevel',
          rubricCriterionLevel: [{ id: LEVEL, type: ['RubricCriterionLevel'], name: 'Good' }],
        },
      ]),
    }),
  ) as unknown as fc.Arbitrary<Achievement>

const result = optional(
  fc.record({
    type: fc.constant(['Result']),
    resultDescription: some(fc.oneof({ weight: 9, arbitrary: fc.constant(GRADE) }, { weight: 1, arbitrary: id })),
    value: some(text),
    achievedLevel: some(fc.oneof({ weight: 9, arbitrary: fc.constant(LEVEL) }, { weight: 1, arbitrary: id })),
    status: some(fc.constantFrom('Completed', 'Failed')),
  }),
)
const evidence = optional(
  fc.record({
    id: some(id),
    type: fc.constant(['Evidence']),
    name: some(text),
    narrative: some(fc.oneof(text, fc.constant({ '@value': 'x', '@language': 'de' }))),
    genre: some(text),
  }),
)

const awards = fc
  .record({
    achievements: fc.tuple(achievement(0), achievement(1)),
    awards: fc.array(
      optional(
        fc.record({
          which: fc.constantFrom(0, 0, 0, 1),
          recipient: fc.oneof(
            fc.record({ id: fc.nat().map((n) => `did:example:${n}`) }),
            fc.record({ id }),
            fc.record({ email: fc.constantFrom('a@example.org', 'Ä@example.org', 'a"\\<>@x', 'a@x"') }),
            fc.record({ email: fc.constantFrom('a@example.org', 'a"\\<>@x'), hashed: fc.constant(false) }),
          ),
          validFrom: some(
            fc.oneof(
              { weight: 15, arbitrary: fc.constantFrom(NOW, new Date('2020-01-01')) },
              fc.constantFrom(new Date(Number.NaN), new Date(8.64e15)),
            ),
          ),
          validUntil: some(
            fc.constantFrom(
              new Date('2031-01-01'),
              new Date('2032-01-01'),
              new Date('2033-01-01'),
              new Date('2010-01-01'),
            ),
          ),
          narrative: some(text),
          result: some(fc.array(result, { maxLength: 3 })),
          evidence: some(fc.array(evidence, { maxLength: 3 })),
          extensions: some(
            fc.constantFrom(
              { contexts: [{ grade: 'https://school.example/#grade' }], properties: { grade: 'A' } },
              { contexts: [{ grade: 'https://school.example/#grade' }], properties: { grade: 5.5 } },
              { contexts: [{ did: 'https://school.example/#' }], properties: {} },
              { contexts: [], properties: { unknown: 1 } },
            ),
            { freq: 1 },
          ),
        }),
      ),
      { minLength: 3, maxLength: 8 },
    ),
  })
  .map(({ achievements, awards: each }) =>
    // Each shape comes three times: seen, compiled, filled.
    [...each, ...each, ...each].map(
      ({ which, ...award }, n) =>
        ({ ...award, id: `award-${n}`, achievement: achievements[which] }) as unknown as Award,
    ),
  )

describe('a template makes what the whole path makes', () => {
  for (const algorithm of ['EdDSA', 'ES256', 'ES384'] as const)
    test(`byte for byte, errors too: ${algorithm}`, async () => {
      const signer = await deterministic(algorithm)
      let [templated, all] = [0, 0]
      await fc.assert(
        fc.asyncProperty(awards, fc.boolean(), fc.boolean(), async (batch, status, refresh) => {
          const options = {
            signer,
            status,
            ...(refresh ? { refreshUrl: (of: string) => `https://school.example/badges/${of}` } : {}),
          }
          const [fast, slow] = [desk({ ...options, templates: true }), desk({ ...options, templates: false })]
          const results = await issued(fast, batch)
          expect(results).toEqual(await issued(slow, batch))
          expect(await texts(desk({ ...options, templates: true }), batch)).toEqual(results)
          const made = results.filter(({ error }) => error === undefined).length
          all += made
          templated += results.length - fast.whole()
        }),
        { numRuns: algorithm === 'EdDSA' ? 30 : 8 },
      )
      expect(templated / all).toBeGreaterThan(0.3)
    })
})

const signer = await signerOf(KEYS.EdDSA)
const known: Achievement = {
  id: 'https://school.example/achievements/0',
  type: ['Achievement'],
  name: 'Giving Feedback',
  description: 'Feedback that helps.',
  criteria: { narrative: 'Two lessons.' },
}
const award = (n: number, more: object = {}): Award =>
  ({ id: `award-${n}`, achievement: known, recipient: { id: `did:example:${n}` }, ...more }) as Award
const both = async (awards: readonly Award[], options: Partial<DeskOptions> = {}) => {
  const fast = desk({ signer, templates: true, ...options })
  const results = await issued(fast, awards)
  expect(results).toEqual(await issued(desk({ signer, templates: false, ...options }), awards))
  expect(await texts(desk({ signer, templates: true, ...options }), awards)).toEqual(results)
  return { results, whole: fast.whole() }
}
const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n))

describe('which badges take a template', () => {
  test('all of a kind but the first', async () => {
    expect((await both(times(10, (n) => award(n)))).whole).toBe(1)
  })
  test.each<[string, (n: number) => object]>([
    ['dates', (n) => ({ validFrom: new Date(NOW.getTime() - n * 1000), validUntil: new Date('2040-01-01') })],
    ['salted hashes', (n) => ({ recipient: { email: `${n}@example.org` } })],
    ['addresses in clear', (n) => ({ recipient: { email: `${n}@example.org`, hashed: false } })],
    ['evidence', (n) => ({ evidence: [{ id: `https://example.org/${n}`, type: ['Evidence'], name: `"${n}\n` }] })],
    ['narratives with all kinds of characters', (n) => ({ narrative: `${n} "\\\n\u0000🎓\uffff` })],
    [
      'results',
      (n) => ({
        result: [
          { type: ['Result'], value: String(n) },
          { type: ['Result'], value: `x${n}` },
        ],
      }),
    ],
  ])('%s', async (_, more) => {
    expect(
      (
        await both(
          times(8, (n) => award(n, more(n))),
          { status: true },
        )
      ).whole,
    ).toBe(1)
  })
  test('each of several shapes, from its second badge on', async () => {
    const shapes = [{}, { narrative: 'x' }, { recipient: { email: 'a@example.org' } }]
    expect((await both(times(12, (n) => award(n, shapes[n % 3])))).whole).toBe(3)
  })
  test.each<[string, object]>([
    ['whose recipient is the achievement', { recipient: { id: known.id } }],
    ['whose recipient is the issuer', { recipient: { id: SCHOOL } }],
    ['whose evidence is the achievement', { evidence: [{ id: known.id, type: ['Evidence'] }] }],
    [
      'with two results alike',
      {
        result: [
          { type: ['Result'], value: '1' },
          { type: ['Result'], value: '1' },
        ],
      },
    ],
    ['with a recipient of another scheme', { recipient: { id: 'mailto:ada@example.org' } }],
    ['with a language', { evidence: [{ type: ['Evidence'], narrative: { '@value': 'x', '@language': 'de' } }] }],
  ])('not one %s', async (_, more) => {
    const { results, whole } = await both([award(0), award(1), award(2), award(3, more), award(4)])
    expect(results.length).toBe(5)
    expect(whole).toBe(2)
  })
  test('with more achievements than are remembered, and all mixed up', async () => {
    const achievements = times(150, (n) => ({ ...known, id: `https://school.example/achievements/${n}` }))
    const { whole } = await both(times(450, (n) => award(n, { achievement: achievements[(n * 7) % 150] })))
    expect(whole).toBe(450)
    const inOrder = await both(times(450, (n) => award(n, { achievement: achievements[Math.floor(n / 3)] })))
    expect(inOrder.whole).toBe(150)
  })
  test('with a shape of each badge’s own', async () => {
    const own = (n: number) => ({
      extensions: { contexts: [{ grade: 'https://school.example/#grade' }], properties: { grade: `grade ${n}` } },
    })
    expect((await both(times(30, (n) => award(n, n % 2 === 0 ? own(n) : {})))).whole).toBe(15)
  })
})

test('a context that is fetched takes the whole path, since it may change meanwhile', async () => {
  const url = 'https://school.example/context.json'
  let fetched = 0
  const loader = {
    load: async () => ({
      url,
      bytes: new TextEncoder().encode(
        JSON.stringify({ '@context': { grade: `https://school.example/#${fetched++}` } }),
      ),
      mediaType: 'application/ld+json',
      maxAgeSeconds: 0,
    }),
  }
  const real = createIssuer({ profile: profileOf(signer), signer, loader, now: () => NOW })
  const extensions = { contexts: [url], properties: { grade: 'A' } }
  for await (const { error } of real.issueBatch(
    times(5, (n) => award(n, { extensions })),
    { concurrency: 1 },
  ))
    expect(error).toBeUndefined()
  expect(fetched).toBeGreaterThanOrEqual(5)
})

describe('what belongs to the caller', () => {
  test('an achievement that changes between two awards is awarded as it is then', async () => {
    const changing = structuredClone(known) as { name: string; criteria: { narrative: string } }
    function* awards() {
      for (let n = 0; n < 9; n++) {
        if (n === 3) changing.name = 'Taking Feedback'
        if (n === 6) changing.criteria.narrative = 'Three lessons.'
        yield award(n, { achievement: changing })
      }
    }
    const names: unknown[] = []
    for await (const { credential } of desk({ signer, templates: true }).issuer.issueBatch(awards(), {
      concurrency: 1,
    })) {
      const { name, credentialSubject } = credential as OpenBadgeCredential
      names.push([name, credentialSubject.achievement.name, credentialSubject.achievement.criteria.narrative])
      const report = await verifyCredential(credential as object, {
        trustedIssuers: anyIssuer,
        now: NOW,
        loader: fakeLoader(),
      })
      expect(report.outcome).toBe('valid')
    }
    expect(names).toEqual(
      times(9, (n) => {
        const name = n < 3 ? 'Giving Feedback' : 'Taking Feedback'
        return [name, name, n < 6 ? 'Two lessons.' : 'Three lessons.']
      }),
    )
  })
  test('what is done to one badge does not show in the next', async () => {
    const seen: unknown[] = []
    for await (const { credential } of desk({ signer, templates: true }).issuer.issueBatch(times(5, (n) => award(n)))) {
      const badge = credential as unknown as {
        issuer: { name: string }
        credentialSubject: { achievement: { name: string } }
      }
      seen.push([badge.issuer.name, badge.credentialSubject.achievement.name])
      badge.issuer.name = 'Another'
      badge.credentialSubject.achievement.name = 'Nonsense'
    }
    expect(seen).toEqual(times(5, () => ['School of Examples', 'Giving Feedback']))
  })
  test('a member that shows another face each time is read once', async () => {
    let looks = 0
    const evidence = [
      {
        id: 'https://example.org/evidence',
        type: ['Evidence'],
        get name() {
          return `look ${looks++}`
        },
      },
    ]
    for await (const { credential, error } of desk({ signer, templates: true }).issuer.issueBatch(
      times(6, (n) => award(n, { evidence })),
    )) {
      expect(error).toBeUndefined()
      const report = await verifyCredential(credential as object, {
        trustedIssuers: anyIssuer,
        now: NOW,
        loader: fakeLoader(),
      })
      expect(report.outcome).toBe('valid')
    }
  })
  test.each<[string, () => object]>([
    [
      'a class',
      () => ({
        evidence: [
          new (class Evidence {
            type = ['Evidence']
          })(),
        ],
      }),
    ],
    ['a Date where no date belongs', () => ({ evidence: [{ type: ['Evidence'], name: NOW }] })],
    ['a Date under a name of dates, elsewhere', () => ({ evidence: [{ type: ['Evidence'], validFrom: NOW }] })],
    ['a function', () => ({ evidence: [{ type: ['Evidence'], name: () => 'x' }] })],
    [
      'a cycle',
      () => {
        const evidence: { type: string[]; self?: object } = { type: ['Evidence'] }
        evidence.self = evidence
        return { evidence: [evidence] }
      },
    ],
    [
      'a getter that throws',
      () => ({
        evidence: [
          {
            get name() {
              throw new Error('no')
            },
          },
        ],
      }),
    ],
    [
      'an achievement whose id throws',
      () => ({
        achievement: {
          ...known,
          get id() {
            throw new Error('no')
          },
        },
      }),
    ],
    ['a lone surrogate', () => ({ narrative: '\ud800' })],
    ['a member "__proto__"', () => ({ evidence: [JSON.parse('{"type":["Evidence"],"__proto__":{"x":1}}')] })],
    ['an undefined term', () => ({ evidence: [{ type: ['Evidence'], nonsense: 'x' }] })],
    ['a broken rule', () => ({ validUntil: new Date('2001-01-01') })],
    ['an id that is no URI', () => ({ recipient: { id: 'ada' } })],
  ])('%s is refused with the same words', async (_, more) => {
    const { results } = await both([award(0), award(1), award(2, more()), award(3, more()), award(4, more()), award(5)])
    expect(results.map(({ error }) => error !== undefined)).toEqual([false, false, true, true, true, false])
  })
})

describe('what is signed verifies', () => {
  test.each(['EdDSA', 'ES256', 'ES384'] as const)('%s', async (algorithm) => {
    const real = await signerOf(KEYS[algorithm])
    const batch = times(8, (n) => award(n, { recipient: { email: `${n}@example.org` }, narrative: `"${n}" 🎓\n` }))
    const { issuer, whole } = desk({ signer: real, templates: true, status: true })
    for await (const { credential } of issuer.issueBatch(batch, { concurrency: 1 })) {
      const { checks } = await verifyCredential(credential as object, {
        trustedIssuers: anyIssuer,
        now: NOW,
        loader: fakeLoader(),
      })
      expect([checks.schema.status, checks.key.status, checks.proof.status]).toEqual(['valid', 'valid', 'valid'])
    }
    expect(whole()).toBe(1)
  })
  test.each(['eddsa-jcs-2022', 'ecdsa-sd-2023'])('other suites get the same document: %s', async (suite) => {
    const real = await signerOf(suite.startsWith('ecdsa') ? KEYS.ES256 : KEYS.EdDSA)
    const { issuer } = desk({ signer: real, templates: true, suite })
    const issued: object[] = []
    for await (const { credential } of issuer.issueBatch(times(4, (n) => award(n)))) issued.push(credential as object)
    for (const badge of issued) {
      const { proof } = badge as { proof: { cryptosuite: string }[] }
      expect(proof[0]?.cryptosuite).toBe(suite)
      const secured = suite === 'ecdsa-sd-2023' ? await deriveCredential(badge as never, { reveal: [''] }) : badge
      const report = await verifyCredential(secured, { trustedIssuers: anyIssuer, now: NOW, loader: fakeLoader() })
      expect(report.outcome).toBe('valid')
    }
  })
})
