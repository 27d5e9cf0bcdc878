/** `timeoutMs`: the deadline of a whole report. What there was no time for is indeterminate; no verdict is made of lateness. */
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  anyIssuer,
  createEndorsement,
  createPresentation,
  createVerifier,
  noChallenge,
  type Outcome,
  signCredential,
  type VerificationReport,
  type VerifyOptions,
  verifyCredential,
  verifyPresentation,
} from '../../src/entries/index.js'
import { loaderInTime, TimeLimit } from '../../src/verify/time-limit.js'
import { inFakeTime, late, pass, slowWeb } from './fake-time.js'
import { badgeOf, codesOf, NOW, newIssuer, signed, signRaw, web, withMember } from './kit.js'

const issuer = await newIssuer()
const base: VerifyOptions = { trustedIssuers: anyIssuer, now: NOW, loader: web({}) }
const REFRESH = 'https://issuer.example/refresh/1'
const STATUS = 'https://issuer.example/status/1'
const SCHEMA = 'https://issuer.example/schema.json'
const names = {
  credentialStatus: { id: STATUS, type: '1EdTechRevocationList' },
  refreshService: { id: REFRESH, type: '1EdTechCredentialRefresh' },
  credentialSchema: [{ id: SCHEMA, type: 'JsonSchema' }],
  extensions: { contexts: ['https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'], properties: {} },
}
const everything = await signed(issuer, names)
const statusList = (revokedCredential: readonly object[]) => ({ id: STATUS, issuer: issuer.id, revokedCredential })
const endorsement = await signCredential(
  createEndorsement({
    name: 'A good badge',
    issuer: issuer.id,
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: { id: badgeOf(issuer).id },
  }),
  { signer: issuer.signer, now: NOW },
)
const endorsed = await signed(issuer, { endorsement: [endorsement, endorsement] as never })

afterEach(() => vi.restoreAllMocks())

/** `performance.now` jumps by an hour after it has been asked `readings` times. */
function timeEndsAfter(readings: number): () => number {
  let asked = 0
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => (asked++ < readings ? 0 : 3_600_000))
  return () => spy.mock.calls.length
}

const timeouts = (report: VerificationReport<never>) =>
  codesOf(report as never).filter((one) => one.endsWith('.timeout'))
const verify = (input: object | string, options: Partial<VerifyOptions> = {}) =>
  verifyCredential(input, { ...base, ...options }) as Promise<VerificationReport<never>>

describe('a server that never answers', () => {
  test.each([
    ['refresh.timeout', REFRESH],
    ['schema.timeout', SCHEMA],
    ['status.timeout', STATUS],
  ])('%s: its request is called off, and no timer stays', async (code, url) => {
    const loader = slowWeb(url, { [SCHEMA]: {}, [STATUS]: statusList([]) })
    await inFakeTime(async () => {
      const report = await verify(everything, { loader })
      expect(timeouts(report)).toContain(code)
      expect(report.outcome).toBe('indeterminate')
      expect(loader.signals.map(({ aborted, reason }) => [aborted, reason.name])).toEqual([[true, 'TimeoutError']])
      expect(vi.getTimerCount()).toBe(0)
    })
  })
  test('is waited for once: nothing is asked for after it', async () => {
    const loader = slowWeb(REFRESH)
    await inFakeTime(() => verify(everything, { loader }))
    expect(loader.asked).toEqual([REFRESH])
  })
  test('nothing stays at the signal for what was answered', async () => {
    const limit = new TimeLimit({ timeoutMs: 1000, stopwatch: () => 0, signal: undefined })
    const added = vi.spyOn(limit.signal, 'addEventListener')
    const removed = vi.spyOn(limit.signal, 'removeEventListener')
    const loader = loaderInTime(web({ [STATUS]: {} }), limit)
    for (const url of [STATUS, SCHEMA]) await loader.load({ url, kind: 'status', maxBytes: 9 }, {}).catch(() => {})
    limit.end()
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(added.mock.calls.map(([, listener]) => listener))
    expect(added).toHaveBeenCalledTimes(2)
  })
  test('does not stop what is known from memory', async () => {
    const report = await late(REFRESH, (loader) =>
      verify(everything, { loader, trustedIssuers: [issuer.id], recipient: { id: 'did:example:somebody-else' } }),
    )
    expect(codesOf(report as never)).toEqual(
      expect.arrayContaining(['proof.verified', 'validity.current', 'issuer.trusted', 'recipient.mismatch']),
    )
    expect(report.outcome).toBe('invalid')
  })
  test("of the next badge of verifyAll is another report's: each has its own time", async () => {
    const outcomes = await inFakeTime(async () => {
      const { verifyAll } = createVerifier({ ...base, loader: slowWeb(STATUS) })
      const found: (Outcome | undefined)[] = []
      const status = await signed(issuer, { credentialStatus: names.credentialStatus, extensions: names.extensions })
      for await (const { outcome } of verifyAll([status, await signed(issuer)], { concurrency: 1 })) found.push(outcome)
      return found
    })
    expect(outcomes).toEqual(['indeterminate', 'valid'])
  })
  test('of a status list inside: the outer report has no time either', async () => {
    const web = await newIssuer('EdDSA', 'https://lists.example/profile#key-1')
    const list = 'https://lists.example/status/1'
    const listCredential = await signRaw(web, {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      id: list,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: web.id,
      credentialSubject: { type: 'BitstringStatusList', statusPurpose: 'revocation', encodedList: 'uA' },
    })
    const badge = await signed(issuer, {
      credentialStatus: {
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: '7',
        statusListCredential: list,
      } as never,
    })
    const loader = slowWeb(web.id, { [list]: listCredential })
    const report = await inFakeTime(() => verify(badge, { loader }))
    expect(report.checks.status.findings.map(({ code }) => code)).toEqual(['status.timeout'])
  })
})

describe('wherever the time ends', () => {
  const revoked = { [SCHEMA]: {}, [STATUS]: statusList([{ id: badgeOf(issuer).id }]) }
  const cases: readonly (readonly [string, object, Partial<VerifyOptions>])[] = [
    ['a good badge', everything, { loader: web({ [SCHEMA]: {}, [STATUS]: statusList([]) }) }],
    ['a revoked one', everything, { loader: web(revoked) }],
    ['a changed one', withMember(everything, ['credentialSubject', 'achievement', 'name'], 'Surgery'), {}],
    ['one of an issuer who is not trusted', everything, { trustedIssuers: ['did:example:another'] }],
    ['an endorsed one', endorsed, { policy: { endorsements: 'required' } }],
  ]
  const readings = fc.nat({ max: 40 })
  test.each(cases)('%s: the same checks, or no time for them; never another verdict', async (_, input, options) => {
    const whole = await verify(input, options)
    await fc.assert(
      fc.asyncProperty(readings, async (count) => {
        timeEndsAfter(count)
        const report = await verify(input, options)
        vi.restoreAllMocks()
        expect([whole.outcome, 'indeterminate']).toContain(report.outcome)
        if (timeouts(report).length === 0) expect(report.outcome).toBe(whole.outcome)
        else if (whole.outcome === 'valid') expect(report.outcome).toBe('indeterminate')
        for (const [id, { status }] of Object.entries(report.checks) as [
          keyof typeof whole.checks,
          { status: string },
        ][])
          expect([whole.checks[id].status, 'indeterminate']).toContain(status)
      }),
      { numRuns: 40 },
    )
  })
  test('the clock is looked at before each step that calculates or asks', async () => {
    const asked = timeEndsAfter(Number.POSITIVE_INFINITY)
    await verify(await signed(issuer))
    // Once to begin, then schema, key and proof; all else is done from memory.
    expect(asked()).toBe(4)
  })
  test('endorsements that were verified in time are shown, the others counted', async () => {
    const resolver = (await import('../../src/entries/resolvers.js')).didKeyResolver()
    let keys = 0
    const report = await inFakeTime(() =>
      verify(endorsed, {
        resolvers: [
          {
            matches: (request) => resolver.matches(request),
            resolve: async (...call) => {
              // The badge's own, the first endorsement's, and then it takes long.
              if (++keys === 3) pass()
              return resolver.resolve(...call)
            },
          },
        ],
      }),
    )
    expect(report.outcome === 'valid' && report.endorsements?.map(({ outcome }) => outcome)).toEqual(['valid'])
    expect(report.checks.endorsements.findings.map(({ code }) => code)).toContain('endorsements.timeout')
  })
})

describe('who calls it off', () => {
  test('has their own reason, in the middle of a fetch and between steps', async () => {
    const reason = new Error('the visitor left')
    for (const at of ['fetch', 'step'] as const) {
      const controller = new AbortController()
      const hanging = {
        load: () => {
          controller.abort(reason)
          return new Promise<never>(() => {})
        },
      }
      const leaving = {
        name: 'A registry that takes long',
        lookup: async () => {
          controller.abort(reason)
          return undefined
        },
      }
      const answer = verify(at === 'fetch' ? everything : endorsed, {
        loader: hanging,
        signal: controller.signal,
        ...(at === 'step' ? { trustedIssuers: [leaving] } : {}),
      })
      await expect(answer).rejects.toBe(reason)
    }
  })
  test('leaves no listener at a signal that serves many reports', async () => {
    const controller = new AbortController()
    const added = vi.spyOn(controller.signal, 'addEventListener')
    const removed = vi.spyOn(controller.signal, 'removeEventListener')
    await verify(everything, { signal: controller.signal })
    expect(added).toHaveBeenCalledTimes(1)
    expect(removed.mock.calls[0]?.[1]).toBe(added.mock.calls[0]?.[1])
  })
})

describe('a presentation', () => {
  const status = { credentialStatus: names.credentialStatus, extensions: names.extensions }
  test('without time for all of its credentials is indeterminate, whoever its holder is', async () => {
    const credentials = [await signed(issuer, status), await signed(issuer)]
    const report = await late(STATUS, (loader) =>
      verifyPresentation(createPresentation({ holder: issuer.id, credentials }), {
        ...base,
        loader,
        challenge: noChallenge,
        unsignedPresentation: true,
      }),
    )
    expect(report.outcome).toBe('indeterminate')
    expect(report.credentials.map(({ outcome }) => outcome)).toEqual(['indeterminate'])
    expect(report.outcome !== 'valid' && report.because).toEqual(
      expect.arrayContaining(['holder.timeout', 'status.timeout']),
    )
  })
})

describe('the option', () => {
  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, '30'])('%s is refused', (timeoutMs) => {
    expect(() => createVerifier({ ...base, timeoutMs: timeoutMs as number })).toThrow('"timeoutMs"')
  })
  test('ends where it says', () => {
    let time = 0
    const limit = new TimeLimit({ timeoutMs: 1000, stopwatch: () => time, signal: undefined })
    time = 999
    expect([limit.isUp(), limit.signal.aborted]).toEqual([false, false])
    time = 1000
    expect([limit.isUp(), limit.signal.aborted, limit.signal.reason]).toEqual([true, true, limit.reason])
    limit.end()
  })
})
