/**
 * The order of work (the order of the report is another matter). First what needs no network, but for the contexts and the key that
 * the proof needs; then, if the proof holds and the issuer is not one who is refused, what the credential names.
 *
 * @module
 */
import { idOf } from '../internal/json-object.js'
import type { Bytes } from '../internal/types.js'
import type { VerifiableCredential } from '../model/types.js'
import type { VerificationReport } from '../report/report.js'
import { allBlocked } from './blocked.js'
import { checkFormat } from './checks/format.js'
import { speaksForController } from './checks/key.js'
import { makeReport } from './make-report.js'
import { sizeOf } from './reading.js'
import type { Trust, Work } from './settings.js'
import { shownView } from './shown-view.js'
import * as step from './steps.js'

/** Whom a verification trusts: the caller's issuers, for endorsements its endorsers. */
export interface Role {
  readonly trust: Trust | undefined
  readonly accept: 'open-badge' | 'any-credential'
  /** Given by the caller, or fetched; not a part of another document. */
  readonly isSentAlone: boolean
}

export async function verifyOne(
  input: Bytes | string | object,
  role: Role,
  work: Work,
  name?: string,
): Promise<VerificationReport<VerifiableCredential>> {
  const { reading, check: format } = await checkFormat(input, { limits: work.settings.limits, accept: role.accept })
  if (reading === undefined) return makeReport({ checks: allBlocked(format, role.trust, work), work, name })
  // What is inside of another document was sent with it.
  if (role.isSentAlone) work.context.budget?.admit(() => sizeOf(reading))

  const schema = await step.schema(reading, work)
  const issuer = idOf(reading.document.issuer)
  const key = await step.key(reading, issuer, 'assertionMethod', work)
  const proof = await step.proof(reading, key, step.ASSERTION, work)
  const validity = step.validity(schema, work)
  const recipient = await step.recipient(schema, work)

  const known: step.Known = {
    reading,
    schema,
    issuer,
    by: proof.by,
    isAuthenticated: speaksForController(proof.by),
    trust: role.trust,
  }
  const named = await step.whatIsNamed(known, work)
  const checks = {
    format,
    schema: named.schema,
    key: key.check,
    proof: proof.check,
    refresh: named.refresh.check,
    validity,
    status: named.status,
    issuer: named.issuer,
    recipient,
    endorsements: named.endorsements.check,
  }
  return makeReport({
    checks,
    work,
    name,
    reading,
    shown: schema.model && (await shownView(schema.model, proof.by, reading, work)),
    issuerTrusted: known.isAuthenticated && named.issuer.status === 'valid',
    endorsements: named.endorsements.reports,
    nested: named.nested.reports,
    refreshed: named.refresh.refreshed,
  })
}
