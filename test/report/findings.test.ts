/** The closed list of codes, written out by hand. */
import { describe, expect, expectTypeOf, test } from 'vitest'
import { finding } from '../../src/report/check.js'
import { type CodeOf, FINDINGS, type FindingCode, type FindingRow, isRetryable } from '../../src/report/findings.js'

const words = (text: string) => text.trim().split(/\s+/)

/** The codes by what they make of a check: who adds one says so here too. */
const CODES = {
  valid:
    words(`format.parsed schema.conforms key.resolved proof.verified refresh.current refresh.refreshed validity.current
    status.active issuer.trusted recipient.matched endorsements.all_valid holder.matched`),
  skipped: words(`schema.not_applicable key.not_asked proof.not_asked refresh.absent status.absent issuer.not_asked
    recipient.not_asked endorsements.absent holder.not_asked`),
  invalid: words(`format.malformed format.unsupported format.no_badge_in_image format.not_open_badge format.too_large
    format.too_deep format.duplicate_member schema.mismatch schema.undefined_term schema.declared_mismatch key.not_found
    key.not_issuer key.not_authorized key.revoked key.expired key.unusable proof.missing proof.mismatch proof.malformed
    proof.suite_forbidden proof.purpose_mismatch proof.claims_mismatch proof.expired proof.not_yet proof.ambiguous_member
    proof.not_derived proof.too_complex proof.challenge_mismatch proof.domain_mismatch validity.not_yet validity.expired
    status.revoked status.suspended issuer.untrusted recipient.mismatch holder.mismatch endorsements.some_invalid`),
  indeterminate:
    words(`schema.unknown_context key.unreachable key.method_unsupported proof.suite_unsupported refresh.failed
    refresh.type_unsupported status.unreachable status.list_untrusted status.list_malformed status.list_stale
    status.purpose_mismatch status.index_out_of_range status.type_unsupported issuer.unauthenticated
    issuer.registry_unreachable recipient.incomparable holder.incomparable endorsements.limit`),
  note: words(`schema.older_context schema.outside_vocabulary schema.shorthand schema.semantic schema.declared_unreachable
    key.self_asserted key.other_controller proof.claim_absent proof.co_signer_unresolved validity.no_offset status.message
    status.list_short status.list_other_issuer status.list_unsigned endorsements.unrelated`),
} as const
/** "`<check>.blocked` exists for all checks but format, `<check>.limit` for those that load, both for `holder` too." */
const BLOCKED = words('schema key proof refresh validity status issuer recipient endorsements holder').map(
  (check) => `${check}.blocked`,
)
const LIMIT = words('schema key proof refresh status issuer endorsements holder').map((check) => `${check}.limit`)
/** And `<check>.timeout` for the same. */
const TIMEOUT = LIMIT.map((code) => code.replace('.limit', '.timeout'))

const expected = new Map<string, string>([
  ...Object.entries(CODES).flatMap(([status, codes]) => codes.map((code) => [code, status] as const)),
  ...[...BLOCKED, ...LIMIT, ...TIMEOUT].map((code) => [code, 'indeterminate'] as const),
])
const codes = Object.keys(FINDINGS) as FindingCode[]

test('the table has these codes and no other', () => {
  expect([...codes].sort()).toEqual([...expected.keys()].sort())
})

test.each(codes)('%s has the status of the list', (code) => {
  const row: FindingRow = FINDINGS[code]
  expect(row.status).toBe(expected.get(code))
  expect(code).toMatch(
    /^(format|schema|key|proof|refresh|validity|status|issuer|recipient|endorsements|holder)\.[a-z]+(_[a-z]+)*$/,
  )
  // ProblemDetails types: VCDM 2.0 section 7.3, VC Data Integrity section 4.7, Bitstring Status List section 3.5.
  if (row.problem !== undefined) {
    expect(row.problem).toMatch(
      /^https:\/\/(www\.w3\.org\/TR\/vc-data-model|w3id\.org\/security|www\.w3\.org\/ns\/credentials\/status-list)#[A-Z_]+$/,
    )
    expect(['invalid', 'indeterminate']).toContain(row.status)
  }
  if (row.retry) expect(row.status).toBe('indeterminate')
})

describe('isRetryable', () => {
  test('is true where something was out of reach or took too long, and only there', () => {
    const outOfReach = words(`issuer.registry_unreachable key.unreachable refresh.failed schema.unknown_context
      status.list_stale status.unreachable`)
    expect(codes.filter(isRetryable).sort()).toEqual([...outOfReach, ...TIMEOUT].sort())
  })
  test('is false for what is no code', () => {
    for (const code of ['', 'status', 'constructor', 'status.nonsense', '__proto__'])
      expect(isRetryable(code as FindingCode)).toBe(false)
  })
})

describe('finding()', () => {
  test.each(codes)('%s has the shape of the contract', (code) => {
    const made = finding(code, 'message', { pointer: '/proof', evidence: { url: 'https://a.example' } })
    expect(made).toEqual({
      code,
      message: 'message',
      ...(FINDINGS[code].status === 'note' ? { note: true } : {}),
      pointer: '/proof',
      evidence: { url: 'https://a.example' },
    })
    expect(Object.keys(finding(code, 'm'))).toEqual(
      FINDINGS[code].status === 'note' ? ['code', 'message', 'note'] : ['code', 'message'],
    )
  })

  test('is of the check its code names', () => {
    expectTypeOf(finding('key.revoked', '').code).toEqualTypeOf<CodeOf<'key'>>()
  })
})
