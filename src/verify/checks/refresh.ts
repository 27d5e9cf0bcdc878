/**
 * Is there a newer version? Open Badges 3.0 section 9.2 step 3. Asked once, after the proof; a failure keeps what is there.
 *
 * @module
 */

import { ResolutionError } from '../../errors.js'
import { idOf } from '../../internal/json-object.js'
import { isSameCredential, newerCredential } from '../../model/compare.js'
import type { VerifiableCredential } from '../../model/types.js'
import { type Check, check, finding } from '../../report/check.js'
import type { VerificationReport } from '../../report/report.js'
import { isSigned } from '../../report/signature.js'
import type { Work } from '../settings.js'
import { noNewerVersion, refreshNotAsked } from './not-asked.js'

export interface RefreshOutcome {
  readonly check: Check<'refresh'>
  /** The newer version, verified. */
  readonly refreshed?: VerificationReport<VerifiableCredential>
}

/** 1EdTech's way: the service answers a GET with the credential as it is now. */
const TYPE = '1EdTechCredentialRefresh'

export async function checkRefresh(credential: VerifiableCredential, work: Work): Promise<RefreshOutcome> {
  const { settings, context } = work
  const services = [credential.refreshService ?? []].flat()
  if (services.length === 0) return { check: noNewerVersion() }
  if (!settings.refresh) return { check: refreshNotAsked() }
  const service = services.find(({ type }) => [type].flat().includes(TYPE))
  const pointer = '/refreshService'
  if (service?.id === undefined) {
    return {
      check: check([
        finding(
          'refresh.type_unsupported',
          `refresh services of type "${[services[0]?.type].flat().join(', ').slice(0, 80)}" cannot be asked here`,
          { pointer },
        ),
      ]),
    }
  }
  if (work.level >= settings.limits.nesting)
    return {
      check: check([
        finding('refresh.limit', 'verifications are nested too deeply to ask for a newer version', { pointer }),
      ]),
    }
  const failed = (message: string): RefreshOutcome => ({
    check: check([finding('refresh.failed', message, { pointer, evidence: { url: service.id ?? '' } })]),
  })
  try {
    const { bytes } = await context.loader.load(
      {
        url: service.id,
        kind: 'refresh',
        maxBytes: settings.limits.documentBytes,
        accept: 'application/vc+ld+json, application/vc+jwt, application/json',
      },
      context.signal === undefined ? {} : { signal: context.signal },
    )
    const report = await context.verifyNested(bytes, 'refresh')
    const next = report.outcome === 'valid' ? report.credential : report.unverified
    if (next === undefined) return failed('what the refresh service answered is no credential')
    // Before its verdict counts: a service must not swap in a badge of somebody else's, or one that was never issued.
    // About two credentials without id nobody can say that they are one.
    const isSame = () => isSameCredential(credential, next) && next.id === credential.id
    if (!isSigned(report.checks) || !isSame() || idOf(next.issuer as never) !== idOf(credential.issuer as never)) {
      return failed('what the refresh service answered is not this credential, or its proof does not verify')
    }
    if (newerCredential(credential, next) === credential) {
      return {
        check: check([finding('refresh.current', 'it is the newest version', { evidence: { url: service.id } })]),
      }
    }
    return {
      check: check([
        finding('refresh.refreshed', 'its issuer has a newer version, which was verified in its place', {
          evidence: { url: service.id },
        }),
      ]),
      refreshed: report,
    }
  } catch (error) {
    if (!(error instanceof ResolutionError)) throw error
    if (error.code === 'resolve.limit') return { check: check([finding('refresh.limit', error.message, { pointer })]) }
    return failed(`its refresh service could not be asked: ${error.message}`)
  }
}
