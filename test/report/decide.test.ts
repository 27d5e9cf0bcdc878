/** Laws of the outcome: what the checks and the policy come to. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Check, type CheckStatus, finding } from '../../src/report/check.js'
import { CHECK_IDS, decide, decideWithReasons, strictPolicy } from '../../src/report/decide.js'
import { FINDINGS, type FindingCode } from '../../src/report/findings.js'
import type { CheckId, Checks, Demand, VerificationPolicy } from '../../src/report/report.js'

const STATUSES = ['valid', 'invalid', 'indeterminate', 'skipped'] as const
const DEMANDS = ['required', 'if-present', 'best-effort', 'report-only'] as const
const CORE = ['format', 'key', 'proof'] as const
const anyStatus = fc.constantFrom<CheckStatus>(...STATUSES)

const checkOf = (id: CheckId, status: CheckStatus): Check => {
  const code = (Object.keys(FINDINGS) as FindingCode[]).find(
    (one) => one.startsWith(`${id}.`) && FINDINGS[one].status === status,
  )
  return {
    status,
    findings: [code === undefined ? { code: `${id}.none`, message: 'none' } : finding(code, 'real')],
  } as unknown as Check
}
const checksOf = (statuses: Readonly<Partial<Record<CheckId, CheckStatus>>>): Checks =>
  Object.fromEntries(CHECK_IDS.map((id) => [id, checkOf(id, statuses[id] ?? 'valid')])) as unknown as Checks
const anyStatuses = fc.record(Object.fromEntries(CHECK_IDS.map((id) => [id, anyStatus]))) as fc.Arbitrary<
  Record<CheckId, CheckStatus>
>
const anyPolicy = fc
  .record({
    ...Object.fromEntries(Object.keys(strictPolicy).map((name) => [name, fc.constantFrom<Demand>(...DEMANDS)])),
    keyBinding: fc.constantFrom('required', 'report-only'),
  })
  .map((policy) => policy as unknown as VerificationPolicy)
const OUTCOMES = ['invalid', 'indeterminate', 'valid']
/** From what a policy likes least to what it likes most. */
const rank = (status: CheckStatus) => ['invalid', 'indeterminate', 'skipped', 'valid'].indexOf(status)

/** The table of the contract, written out again. */
function tolerated(demand: Demand, status: CheckStatus): boolean {
  if (status === 'valid' || demand === 'report-only') return true
  if (status === 'skipped') return demand !== 'required'
  return status === 'indeterminate' && demand === 'best-effort'
}
const demandOf = (id: CheckId, policy: VerificationPolicy): Demand =>
  (CORE as readonly string[]).includes(id) ? 'required' : policy[id as Exclude<CheckId, (typeof CORE)[number]>]

test('the ten checks, in the order of the contract', () => {
  expect(CHECK_IDS).toEqual([
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

test('the strict policy is the documented one', () => {
  expect(strictPolicy).toEqual({
    schema: 'if-present',
    validity: 'required',
    status: 'if-present',
    issuer: 'if-present',
    recipient: 'if-present',
    refresh: 'best-effort',
    endorsements: 'report-only',
    keyBinding: 'required',
  })
})

describe('laws', () => {
  test('valid exactly where every check is tolerated; invalid exactly where one that counts is invalid', () => {
    fc.assert(
      fc.property(anyStatuses, anyPolicy, (statuses, policy) => {
        const bad = CHECK_IDS.filter((id) => !tolerated(demandOf(id, policy), statuses[id]))
        const expected =
          bad.length === 0 ? 'valid' : bad.some((id) => statuses[id] === 'invalid') ? 'invalid' : 'indeterminate'
        expect(decide(checksOf(statuses), policy)).toBe(expected)
      }),
      { numRuns: 500 },
    )
  })

  test('monotone: a better check never gives a worse outcome', () => {
    fc.assert(
      fc.property(anyStatuses, anyPolicy, fc.constantFrom(...CHECK_IDS), anyStatus, (statuses, policy, id, status) => {
        fc.pre(rank(status) >= rank(statuses[id]))
        const before = OUTCOMES.indexOf(decide(checksOf(statuses), policy))
        expect(OUTCOMES.indexOf(decide(checksOf({ ...statuses, [id]: status }), policy))).toBeGreaterThanOrEqual(before)
      }),
      { numRuns: 500 },
    )
  })

  test('monotone: a stricter demand never gives a better outcome', () => {
    fc.assert(
      fc.property(
        anyStatuses,
        anyPolicy,
        fc.constantFrom(...CHECK_IDS),
        fc.constantFrom<Demand>(...DEMANDS),
        (statuses, policy, id, demand) => {
          fc.pre(!(CORE as readonly string[]).includes(id))
          const stricter = { ...policy, [id]: demand } as VerificationPolicy
          fc.pre(DEMANDS.indexOf(demand) <= DEMANDS.indexOf(demandOf(id, policy)))
          const before = OUTCOMES.indexOf(decide(checksOf(statuses), policy))
          expect(OUTCOMES.indexOf(decide(checksOf(statuses), stricter))).toBeLessThanOrEqual(before)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('format, key and proof cannot be relaxed', () => {
    fc.assert(
      fc.property(anyPolicy, fc.constantFrom(...CORE), anyStatus, (policy, id, status) => {
        fc.pre(status !== 'valid')
        expect(decide(checksOf({ [id]: status }), policy)).toBe(status === 'invalid' ? 'invalid' : 'indeterminate')
        // Not by asking for it either.
        expect(decide(checksOf({ [id]: status }), { ...policy, [id]: 'report-only' } as VerificationPolicy)).not.toBe(
          'valid',
        )
      }),
    )
  })

  test('pure: the same question has the same answer, and nothing is changed', () => {
    const freeze = <T extends object>(value: T): T => {
      for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) freeze(inner)
      return Object.freeze(value)
    }
    fc.assert(
      fc.property(anyStatuses, anyPolicy, (statuses, policy) => {
        const checks = freeze(checksOf(statuses))
        expect(decide(checks, freeze(policy))).toBe(
          decide(JSON.parse(JSON.stringify(checks)), JSON.parse(JSON.stringify(policy))),
        )
      }),
    )
  })
})

describe('validity is earned', () => {
  const relaxed = Object.fromEntries(
    Object.keys(strictPolicy).map((name) => [name, 'report-only']),
  ) as unknown as VerificationPolicy

  test('an empty report is not valid, under any policy', () => {
    for (const policy of [strictPolicy, relaxed, {} as VerificationPolicy])
      expect(decide({} as Checks, policy)).toBe('indeterminate')
  })

  test.each(CHECK_IDS)('nor is one without %s, under the strict policy', (id) => {
    const { [id]: _, ...rest } = checksOf({})
    const tolerates = id === 'endorsements' || id === 'refresh'
    expect(decide(rest as Checks, strictPolicy)).toBe(tolerates ? 'valid' : 'indeterminate')
  })

  test('nor one whose status is no status', () => {
    for (const status of ['VALID', '', 'note', 'constructor', true]) {
      expect(decide(checksOf({ proof: status as CheckStatus }), relaxed)).toBe('indeterminate')
      expect(decide(checksOf({ status: status as CheckStatus }), relaxed)).toBe('indeterminate')
    }
  })

  test('nor under a policy that lacks a demand, unless the check is valid', () => {
    const { status: _, ...policy } = strictPolicy
    expect(decide(checksOf({ status: 'skipped' }), policy as VerificationPolicy)).toBe('indeterminate')
    expect(decide(checksOf({ status: 'invalid' }), policy as VerificationPolicy)).toBe('invalid')
    expect(decide(checksOf({}), policy as VerificationPolicy)).toBe('valid')
    expect(decide(checksOf({ status: 'skipped' }), { ...strictPolicy, status: 'whatever' as Demand })).toBe(
      'indeterminate',
    )
  })
})

describe('what decided it', () => {
  /** For each check the statuses that it has codes for: no refresh is invalid, no validity skipped. */
  const possible = fc.record(
    Object.fromEntries(
      CHECK_IDS.map((id) => [
        id,
        fc.constantFrom(...STATUSES.filter((status) => checkOf(id, status).findings[0].message === 'real')),
      ]),
    ),
  ) as fc.Arbitrary<Record<CheckId, CheckStatus>>

  test('has the codes of every check that is not tolerated, in order; of an invalid outcome only what is invalid', () => {
    fc.assert(
      fc.property(possible, anyPolicy, (statuses, policy) => {
        const checks = checksOf(statuses)
        const outcome = decide(checks, policy)
        const named = CHECK_IDS.filter(
          (id) =>
            !tolerated(demandOf(id, policy), statuses[id]) && (outcome !== 'invalid' || statuses[id] === 'invalid'),
        )
        const codes = decideWithReasons(checks, policy).because
        expect(codes.map((code) => code.split('.')[0])).toEqual(named)
        expect(codes.length === 0).toBe(outcome === 'valid')
        for (const code of codes) expect(FINDINGS[code].status).toBe(statuses[code.split('.')[0] as CheckId])
      }),
      { numRuns: 500 },
    )
  })

  test('leaves out the notes and the lighter findings of a check', () => {
    const findings = ['key.self_asserted', 'key.resolved', 'key.revoked', 'key.unreachable'] as const
    const key = { status: 'invalid', findings: findings.map((code) => finding(code, '')) } as unknown as Checks['key']
    expect(decideWithReasons({ ...checksOf({}), key }, strictPolicy).because).toEqual(['key.revoked'])
  })
})
