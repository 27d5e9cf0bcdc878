/**
 * What checks say that the caller did not ask for; apart from them, so that they are loaded only for who asks.
 *
 * @module
 */
import { type Check, check, finding } from '../../report/check.js'

export function recipientNotAsked(): Check<'recipient'> {
  return check([finding('recipient.not_asked', 'whom it should be about was not asked')])
}

export function noNewerVersion(message = 'the issuer offers no newer version'): Check<'refresh'> {
  return check([finding('refresh.absent', message)])
}
