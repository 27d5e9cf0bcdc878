/**
 * What do others say of it? Open Badges 3.0 section 6.3: the credential, its achievement and its issuer may be endorsed.
 *
 * @module
 */

import { idOf, isObject, listOf } from '../../internal/json-object.js'
import { pointer as childPointer } from '../../internal/json-pointer.js'
import type { Json, JsonObject } from '../../internal/types.js'
import type { EndorsementCredential } from '../../model/types.js'
import { type Check, check, type Finding, finding } from '../../report/check.js'
import type { VerificationReport } from '../../report/report.js'
import type { Work } from '../settings.js'
import { unlessLate } from '../time-limit.js'
import { nobodyEndorses } from './not-asked.js'

export interface EndorsementsOutcome {
  readonly check: Check<'endorsements'>
  readonly reports: readonly VerificationReport<EndorsementCredential>[]
}

/** An endorsement as it stands in the badge, and the id of the object it hangs on. */
interface Found {
  readonly pointer: string
  readonly input: Json
  readonly host: string | undefined
}

export async function checkEndorsements(document: JsonObject, work: Work): Promise<EndorsementsOutcome> {
  const found = findEndorsements(document)
  if (found.length === 0) return { check: nobodyEndorses(), reports: [] }
  const { limits } = work.settings
  if (work.level >= limits.nesting)
    return {
      check: check([finding('endorsements.limit', 'verifications are nested too deeply to verify its endorsements')]),
      reports: [],
    }
  const findings: Finding<'endorsements'>[] = []
  const reports: VerificationReport<EndorsementCredential>[] = []
  const verified = found.slice(0, limits.endorsements)
  for (const { input, host, pointer } of verified) {
    const report = (await unlessLate(work.time, () => work.context.verifyNested(input, 'endorsement'))) as
      | VerificationReport<EndorsementCredential>
      | undefined
    if (report === undefined) {
      const message = `there was no time for ${verified.length - reports.length} of its endorsements`
      findings.push(finding('endorsements.timeout', message))
      break
    }
    reports.push({ ...report, name: pointer })
    findings.push(judge(report, host, pointer))
  }
  if (found.length > limits.endorsements) {
    findings.push(
      finding('endorsements.limit', `it has ${found.length} endorsements, ${limits.endorsements} were verified`),
    )
  }
  if (!findings.some(({ note }) => !note))
    findings.unshift(finding('endorsements.all_valid', 'no endorsement of it is wrong'))
  return { check: check(findings), reports }
}

function judge(
  report: VerificationReport<EndorsementCredential>,
  host: string | undefined,
  pointer: string,
): Finding<'endorsements'> {
  if (report.outcome === 'invalid')
    return finding('endorsements.some_invalid', `an endorsement is invalid (${report.because.join(', ')})`, { pointer })
  if (report.outcome !== 'valid')
    return finding('endorsements.blocked', `an endorsement could not be verified (${report.because.join(', ')})`, {
      pointer,
    })
  if (report.credential.credentialSubject.id !== host)
    return finding(
      'endorsements.unrelated',
      'an endorsement is about something else than where it stands, so it does not count here',
      { pointer },
    )
  return finding('endorsements.all_valid', 'an endorsement was verified', { pointer })
}

function findEndorsements(document: JsonObject): Found[] {
  const hosts: [JsonObject, string][] = [[document, '']]
  if (isObject(document.issuer)) hosts.push([document.issuer, '/issuer'])
  for (const [subject, at] of each(document, 'credentialSubject', '')) {
    if (!isObject(subject)) continue
    for (const [achievement, where] of each(subject, 'achievement', at)) {
      if (isObject(achievement)) hosts.push([achievement, where])
    }
  }
  return hosts.flatMap(([host, at]) =>
    (['endorsement', 'endorsementJwt'] as const).flatMap((name) =>
      each(host, name, at).map(([input, pointer]) => ({ input, pointer, host: idOf(host) })),
    ),
  )
}

/** The values of a member, one or many, with their pointers. */
function each(object: JsonObject, name: string, base: string): [Json, string][] {
  const value = object[name]
  const at = childPointer(base, name)
  return Array.isArray(value)
    ? value.map((item, index) => [item, childPointer(at, index)])
    : listOf(value).map((item) => [item, at])
}
