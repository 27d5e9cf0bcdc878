/**
 * The credentials inside a ClrCredential (Comprehensive Learner Record 2.0): each gets a report of its own.
 *
 * @module
 */
import { isObject, listOf } from '../internal/json-object.js'
import type { JsonObject } from '../internal/types.js'
import type { VerificationReport } from '../report/report.js'
import type { Work } from './settings.js'
import { unlessLate } from './time-limit.js'

export interface NestedOutcome {
  readonly reports: readonly VerificationReport[]
  /** Credentials that were not verified: beyond the limit, or nested too deeply. */
  readonly left: number
  /** Those that there was no time for. */
  readonly late: number
}

/** The members of a document of that class. */
export async function verifyNestedCredentials(document: JsonObject, work: Work): Promise<NestedOutcome> {
  const { limits } = work.settings
  const credentials = listOf(document.credentialSubject).flatMap((subject) =>
    isObject(subject) ? listOf(subject.verifiableCredential) : [],
  )
  const verified = work.level >= limits.nesting ? [] : credentials.slice(0, limits.endorsements)
  const reports: VerificationReport[] = []
  for (const credential of verified) {
    const report = await unlessLate(work.time, () => work.context.verifyNested(credential, 'credential'))
    if (report === undefined) break
    reports.push(report as VerificationReport)
  }
  return { reports, left: credentials.length - verified.length, late: verified.length - reports.length }
}
