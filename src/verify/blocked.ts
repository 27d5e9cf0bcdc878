/**
 * What a check says that could not run because an earlier one failed.
 *
 * @module
 */
import { type Check, check, finding } from '../report/check.js'
import type { CheckId, Checks } from '../report/report.js'
import { isAsked } from './checks/issuer.js'
import { issuerNotAsked, recipientNotAsked, refreshNotAsked } from './checks/not-asked.js'
import type { Trust, Work } from './settings.js'

/** Every check but format can be blocked. */
export function blocked<Id extends Exclude<CheckId, 'format'>>(id: Id, message: string): Check<Id> {
  return check([finding(`${id}.blocked`, message) as never])
}

/** What nobody asked for is not blocked either: it never decides. */
export function refreshBlocked(message: string, { settings }: Work): Check<'refresh'> {
  return settings.refresh ? blocked('refresh', message) : refreshNotAsked()
}

export function issuerBlocked(message: string, trust: Trust | undefined, issuerId?: string): Check<'issuer'> {
  return isAsked(trust) ? blocked('issuer', message) : issuerNotAsked(issuerId)
}

export function recipientBlocked(message: string, { recipients }: Work): Check<'recipient'> {
  return recipients.length > 0 ? blocked('recipient', message) : recipientNotAsked()
}

/** A document that could not be read blocks all other checks. */
export function allBlocked(format: Check<'format'>, trust: Trust | undefined, work: Work): Checks {
  const message = 'the document could not be read'
  return {
    format,
    schema: blocked('schema', message),
    key: blocked('key', message),
    proof: blocked('proof', message),
    refresh: refreshBlocked(message, work),
    validity: blocked('validity', message),
    status: blocked('status', message),
    issuer: issuerBlocked(message, trust),
    recipient: recipientBlocked(message, work),
    endorsements: blocked('endorsements', message),
  }
}
