/**
 * Signatures of webhooks: Standard Webhooks 1.0.0, "Signature scheme", the symmetric one (`v1`, HMAC-SHA256).
 *
 * @module
 */
import { decodeBase64, encodeBase64 } from '../internal/base64url.js'
import { concatBytes, encodeUtf8 } from '../internal/bytes.js'
import { kindOf } from '../internal/members.js'
import { isSameSecret } from '../internal/same-secret.js'
import type { Bytes } from '../internal/types.js'
import { hmacSha256 } from '../platform/hmac.js'

const PREFIX = 'whsec_'
/** Bytes of a secret, by the specification. */
const [LEAST, MOST] = [24, 64]
/** Who verifies looks at so many of a message's signatures: one for each secret during a rotation. */
const SIGNATURES = 10

/** Is this a secret that can sign? */
export const webhookSecret = kindOf(
  `a text "whsec_..." with ${LEAST} to ${MOST} random bytes in base64, as newWebhookSecret makes them`,
  (value) => typeof value === 'string' && keyOf(value) !== undefined,
)

export const writeSecret = (bytes: Bytes): string => PREFIX + encodeBase64(bytes)

function keyOf(secret: string): Bytes | undefined {
  const key = secret.startsWith(PREFIX) ? decodeBase64(secret.slice(PREFIX.length)) : undefined
  return key !== undefined && key.length >= LEAST && key.length <= MOST ? key : undefined
}

/** What is signed, and its two headers. */
export interface SignedParts {
  readonly id: string
  /** Seconds since 1970, as in the header. */
  readonly timestamp: string
  readonly body: Bytes
}

/** The header `webhook-signature`: one for each secret, so that one can be changed for another without a gap. */
export function signWebhook(parts: SignedParts, secrets: readonly string[]): string {
  return secrets.map((secret) => `v1,${signatureOf(parts, secret)}`).join(' ')
}

/** Has somebody signed it who has one of the secrets? All are compared, each in constant time. */
export function isSignedBy(parts: SignedParts, header: string, secrets: readonly string[]): boolean {
  const given = header.split(' ', SIGNATURES).flatMap((each) => (each.startsWith('v1,') ? [each.slice(3)] : []))
  let isSigned = false
  for (const secret of secrets) {
    const known = signatureOf(parts, secret)
    for (const signature of given) if (isSameSecret(signature, known)) isSigned = true
  }
  return isSigned
}

function signatureOf({ id, timestamp, body }: SignedParts, secret: string): string {
  return encodeBase64(hmacSha256(keyOf(secret) as Bytes, concatBytes(encodeUtf8(`${id}.${timestamp}.`), body)))
}
