/**
 * What checks say that the caller did not ask for, or that have nothing to check; apart from them, so that they are loaded only
 * where they have work.
 *
 * @module
 */
import { isObject, listOf } from '../../internal/json-object.js'
import type { Json, JsonObject } from '../../internal/types.js'
import { type Check, check, finding } from '../../report/check.js'

export function recipientNotAsked(): Check<'recipient'> {
  return check([finding('recipient.not_asked', 'whom it should be about was not asked')])
}

export function issuerNotAsked(issuerId?: string): Check<'issuer'> {
  const details = issuerId === undefined ? undefined : { evidence: { issuer: issuerId } }
  return check([finding('issuer.not_asked', 'whether the issuer is trusted was not asked', details)])
}

export function refreshNotAsked(): Check<'refresh'> {
  return noNewerVersion('whether there is a newer version was not asked')
}

export function noNewerVersion(message = 'the issuer offers no newer version'): Check<'refresh'> {
  return check([finding('refresh.absent', message)])
}

export function nobodyEndorses(): Check<'endorsements'> {
  return check([finding('endorsements.absent', 'nobody endorses it')])
}

/** Does anything stand where endorsements stand: in the credential, its issuer, an achievement? */
export function isEndorsed(document: JsonObject): boolean {
  const endorsed = (value: Json | undefined): boolean =>
    isObject(value) && (value.endorsement !== undefined || value.endorsementJwt !== undefined)
  return (
    endorsed(document) ||
    endorsed(document.issuer) ||
    listOf(document.credentialSubject).some(
      (subject) => isObject(subject) && listOf(subject.achievement).some(endorsed),
    )
  )
}
