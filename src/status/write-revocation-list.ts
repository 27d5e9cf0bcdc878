/**
 * The list of 1EdTech Revocation List Status Method 1.0 (https://www.imsglobal.org/spec/vcrl/v1p0/), to be served as plain JSON:
 * nobody signs it.
 *
 * @module
 */

import { UsageError } from '../errors.js'
import { shown } from '../internal/shown.js'
import type { CredentialStatus } from '../model/types.js'
import { isUrl } from './status-entry.js'

/** One line of a revocation list of 1EdTech. */
export interface RevokedCredential {
  readonly id: string
  readonly reason?: string
}

/** The document, as it is served. */
export interface RevocationListDocument {
  readonly id: string
  readonly issuer: string
  readonly revokedCredential: readonly {
    readonly id: string
    readonly revoked: true
    readonly revocationReason?: string
  }[]
}

/** `url` is where it is served. Throws UsageError `usage.invalid_option`. */
export function createRevocationList(input: {
  readonly url: string
  readonly issuer: string
  readonly revoked: readonly RevokedCredential[]
}): RevocationListDocument {
  const { url: id, issuer, revoked } = input
  if (!isUrl(id)) throw new UsageError('usage.invalid_option', `"url" is an absolute URL, not ${shown(id)}`)
  return {
    id,
    issuer,
    revokedCredential: revoked.map(({ id, reason }) => ({
      id,
      revoked: true,
      ...(reason === undefined ? {} : { revocationReason: reason }),
    })),
  }
}

/** What a credential says that is judged by the list at `url`. */
export function createRevocationListEntry(url: string): CredentialStatus {
  return { id: url, type: '1EdTechRevocationList' }
}
