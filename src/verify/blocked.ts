/**
 * What a check says that could not run because an earlier one failed.
 *
 * @module
 */
import { type Check, check, finding } from '../report/check.js'
import type { CheckId, Checks } from '../report/report.js'

/** Every check but format can be blocked. */
export function blocked<Id extends Exclude<CheckId, 'format'>>(id: Id, message: string): Check<Id> {
  return check([finding(`${id}.blocked`, message) as never])
}

/** A document that could not be read blocks all other checks. */
export function allBlocked(format: Check<'format'>): Checks {
  const message = 'the document could not be read'
  return {
    format,
    schema: blocked('schema', message),
    key: blocked('key', message),
    proof: blocked('proof', message),
    refresh: blocked('refresh', message),
    validity: blocked('validity', message),
    status: blocked('status', message),
    issuer: blocked('issuer', message),
    recipient: blocked('recipient', message),
    endorsements: blocked('endorsements', message),
  }
}
