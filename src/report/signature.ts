/**
 * What a report says of the signature, for all who read reports.
 *
 * @module
 */
import type { Checks } from './report.js'

/** Is what the document says what somebody signed? Then it may be shown, for what it is, also where it does not count. */
export function isSigned(checks: Pick<Checks, 'format' | 'key' | 'proof'>): boolean {
  // A report that came over a wire may lack any of them.
  return (['format', 'key', 'proof'] as const).every((id) => checks[id]?.status === 'valid')
}

const SAYS_NOTHING_OF_ISSUER: readonly string[] = ['key.self_asserted', 'key.other_controller']

/** Is it what the issuer signed that it names? A key that the badge brought along, or that is somebody else's, says nothing of an issuer. */
export function isSignedByIssuer(checks: Pick<Checks, 'format' | 'key' | 'proof'>): boolean {
  return isSigned(checks) && !checks.key.findings.some(({ code }) => SAYS_NOTHING_OF_ISSUER.includes(code))
}
