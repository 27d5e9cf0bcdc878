/**
 * The order of work (src/README.md): what may be fetched when, and what blocks what.
 */
import { describe, expect, test } from 'vitest'
import { anyIssuer, createVerifier, type VerifyOptions, verifyCredential } from '../../src/entries/index.js'
import { badgeOf, codesOf, NOW, newIssuer, signed, signRaw, TEACHER, web, withMember } from './kit.js'

const issuer = await newIssuer()
const REFRESH = 'https://issuer.example/refresh/1'
const STATUS = 'https://issuer.example/status/1'
const SCHEMA = 'https://issuer.example/schema.json'
const everything = await signed(issuer, {
  credentialStatus: { id: STATUS, type: '1EdTechRevocationList' },
  refreshService: { id: REFRESH, type: '1EdTechCredentialRefresh' },
  credentialSchema: [{ id: SCHEMA, type: 'JsonSchema' }],
  extensions: { contexts: ['https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'], properties: {} },
})

async function run(document: object | string, options: Partial<VerifyOptions> = {}) {
  const loader = web({})
  const report = await verifyCredential(document, { trustedIssuers: anyIssuer, now: NOW, loader, ...options })
  return { report, asked: loader.asked }
}

describe('what is fetched', () => {
  test('everything it names, once, after the proof has verified', async () => {
    const { asked } = await run(everything)
    expect(asked).toEqual([REFRESH, SCHEMA, STATUS])
  })
  test('nothing, where the proof does not verify', async () => {
    const { report, asked } = await run(
      withMember(everything, ['credentialSubject', 'achievement', 'name'], 'Taking Feedback'),
      { trustedIssuers: [issuer.id] },
    )
    expect(asked).toEqual([])
    expect(codesOf(report)).toEqual(
      expect.arrayContaining(['refresh.blocked', 'status.blocked', 'issuer.blocked', 'endorsements.blocked']),
    )
  })
  test('nothing, where it is not signed', async () => {
    const { asked } = await run(withMember(everything, ['proof'], undefined))
    expect(asked).toEqual([])
  })
  test('nothing that an issuer names who is not on the list', async () => {
    const { report, asked } = await run(everything, { trustedIssuers: ['did:web:another.example'] })
    expect(asked).toEqual([])
    expect(report.outcome).toBe('invalid')
    expect(report.outcome !== 'valid' && report.because).toEqual(['issuer.untrusted'])
  })
  test('the contexts that the proof needs, before it', async () => {
    const context = 'https://extensions.example/context.json'
    const { asked } = await run(withMember(everything, ['@context', 3], context))
    expect(asked).toEqual([context])
  })
  test('no context for an unsigned document', async () => {
    const { asked } = await run({
      ...badgeOf(issuer),
      '@context': [...badgeOf(issuer)['@context'], 'https://extensions.example/context.json'],
    })
    expect(asked).toEqual([])
  })
  test('no refresh service, where the caller says so', async () => {
    const { asked } = await run(everything, { refresh: false })
    expect(asked).toEqual([SCHEMA, STATUS])
  })
})

describe('what blocks what', () => {
  test('an unreadable document blocks all other checks', async () => {
    const { report } = await run('{', { trustedIssuers: [issuer.id], recipient: { id: TEACHER } })
    const { format, ...others } = report.checks
    expect(format.status).toBe('invalid')
    for (const [id, check] of Object.entries(others))
      expect(check.findings.map(({ code }) => code)).toEqual([`${id}.blocked`])
    expect(report).not.toHaveProperty('secured')
    expect(report).not.toHaveProperty('unverified')
  })
  test('what nobody asked for is not blocked', async () => {
    const { report } = await run('{', { refresh: false })
    const { issuer, recipient, refresh } = report.checks
    expect([issuer, recipient, refresh].map(({ findings: [{ code }] }) => code)).toEqual([
      'issuer.not_asked',
      'recipient.not_asked',
      'refresh.absent',
    ])
  })
  test('schema, validity and recipient run though the key is missing', async () => {
    const { report } = await run(withMember(everything, ['proof', 0, 'verificationMethod'], 'did:nobody:knows#key'), {
      recipient: { id: TEACHER },
    })
    expect([report.checks.schema.status, report.checks.validity.status, report.checks.recipient.status]).toEqual([
      'valid',
      'valid',
      'valid',
    ])
    expect(report.checks.proof.findings[0].code).toBe('proof.blocked')
  })
})

describe('the report', () => {
  test('is plain JSON and the same byte for byte for the same input, options and fetched bytes', async () => {
    const [one, two] = [await run(everything), await run(everything)]
    expect(JSON.parse(JSON.stringify(one.report))).toEqual(one.report)
    expect(JSON.stringify(one.report)).toBe(JSON.stringify(two.report))
  })
  test('has the ten checks in the order of the report', async () => {
    const { report } = await run(everything)
    expect(Object.keys(report.checks)).toEqual([
      'format',
      'schema',
      'key',
      'proof',
      'refresh',
      'validity',
      'status',
      'issuer',
      'recipient',
      'endorsements',
    ])
  })
  test('a document that is changed while it is verified is judged as it was given', async () => {
    const document = structuredClone(await signed(issuer)) as unknown as { id: string }
    const pending = verifyCredential(document, { trustedIssuers: anyIssuer, now: NOW })
    document.id = 'urn:changed'
    const report = await pending
    expect(report.outcome).toBe('valid')
    expect(report.outcome === 'valid' && report.credential.id).not.toBe('urn:changed')
  })
  test('a credential signed by somebody else is not the issuer’s, whatever else is right', async () => {
    const { report } = await run(await signRaw(await newIssuer(), badgeOf(issuer)))
    expect(report.outcome !== 'valid' && report.because).toEqual(['key.not_issuer'])
  })
})

describe('verifyAll', () => {
  const verifier = createVerifier({ trustedIssuers: anyIssuer, now: NOW, loader: web({}) })
  test('gives reports in order, with names, progress, and no more under way than asked for', async () => {
    const good = await signed(issuer)
    let pulled = 0
    function* inputs() {
      for (const name of ['a', 'b', 'c', 'd']) {
        pulled++
        yield { name, input: name === 'c' ? '{' : good }
      }
    }
    const progress: number[] = []
    const outcomes: string[] = []
    for await (const report of verifier.verifyAll(inputs(), {
      now: NOW,
      concurrency: 2,
      onProgress: ({ done }) => progress.push(done),
    })) {
      outcomes.push(`${report.name} ${report.outcome}`)
      expect(pulled).toBeLessThanOrEqual(outcomes.length + 2)
    }
    expect(outcomes).toEqual(['a valid', 'b valid', 'c invalid', 'd valid'])
    expect(progress).toEqual([1, 2, 3, 4])
  })
  test('stops with the signal’s reason', async () => {
    const controller = new AbortController()
    const run = async () => {
      for await (const _ of verifier.verifyAll([await signed(issuer), await signed(issuer)], {
        signal: controller.signal,
      }))
        controller.abort(new Error('enough'))
    }
    await expect(run()).rejects.toThrow('enough')
  })
})

describe('options', () => {
  test.each([
    [{}, 'trustedIssuers'],
    [{ trustedIssuers: 'did:key:z' }, 'trustedIssuers'],
    [{ trustedIssuers: anyIssuer, policy: { proof: 'report-only' } }, 'policy'],
    [{ trustedIssuers: anyIssuer, policy: { status: 'sometimes' } }, 'policy.status'],
    [{ trustedIssuers: anyIssuer, clockSkewSeconds: -1 }, 'clockSkewSeconds'],
    [{ trustedIssuers: anyIssuer, limits: { bytes: 1 } }, 'limits'],
    [{ trustedIssuers: anyIssuer, accept: 'everything' }, 'accept'],
    [{ trustedIssuers: anyIssuer, now: new Date('x') }, 'now'],
    [{ trustedIssuers: anyIssuer, recipient: [] }, 'recipient'],
  ])('%o is a UsageError that names the option', async (options, name) => {
    await expect(verifyCredential('{}', options as never)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining(name),
    })
  })
})

describe('what createVerifier was given', () => {
  test('holds for every call: a recipient is not forgotten', async () => {
    const verifier = createVerifier({
      trustedIssuers: anyIssuer,
      loader: web({}),
      now: NOW,
      recipient: { id: 'did:example:somebody-else' },
    })
    const badge = await signed(issuer)
    const report = await verifier.verify(badge)
    expect([report.outcome, report.at, report.checks.recipient.status]).toEqual([
      'invalid',
      NOW.toISOString(),
      'invalid',
    ])
    for await (const one of verifier.verifyAll([badge], {}))
      expect(one.outcome && one.checks.recipient.status).toBe('invalid')
    expect((await verifier.verify(badge, { recipient: { id: TEACHER } })).outcome).toBe('valid')
    expect((await verifier.verify(badge, { recipient: undefined } as never)).outcome).toBe('invalid')
  })
})
