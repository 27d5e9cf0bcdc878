/**
 * The list of 1EdTech Revocation List Status Method 1.0 (https://www.imsglobal.org/spec/vcrl/v1p0/), to be served as plain JSON:
 * nobody signs it.
 *
 * @module
 */

import { invalidOption } from '../errors.js'
import { anything, arrayOf, type Members, shape, text } from '../internal/members.js'
import { shown } from '../internal/shown.js'
import type { CredentialStatus } from '../model/types.js'
import { demandOptions } from '../report/demand-options.js'
import { isUrl } from './status-entry.js'

/** One line of a revocation list of 1EdTech. */
export interface RevokedCredential {
  readonly id: string
  readonly reason?: string | undefined
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

/** Whose list it is, and what is on it. */
export interface RevocationListInput {
  /** Where it is served. */
  readonly url: string
  readonly issuer: string
  readonly revoked: readonly RevokedCredential[]
}

const REVOKED: Members<RevokedCredential> = { id: text, reason: text }
const LIST: Members<RevocationListInput> = {
  // Judged in words of its own.
  url: anything,
  issuer: text,
  revoked: arrayOf(shape(REVOKED, { required: ['id'] })),
}

/** Throws UsageError `usage.invalid_option`. */
export function createRevocationList(input: RevocationListInput): RevocationListDocument {
  demandOptions(input, LIST, { required: ['url', 'issuer', 'revoked'] })
  const { url: id } = input
  if (!isUrl(id)) throw invalidOption('url', `is an absolute URL, not ${shown(id)}`)
  return writeRevocationList(input)
}

/** The same of what need not be judged: some ten thousand that a store answered. */
export function writeRevocationList({ url, issuer, revoked }: RevocationListInput): RevocationListDocument {
  return {
    id: url,
    issuer,
    revokedCredential: revoked.map(({ id, reason }) => ({
      id,
      revoked: true,
      ...(reason === undefined ? {} : { revocationReason: reason }),
    })),
  }
}

/** What a credential says that is judged by the list at `url`. Throws UsageError `usage.invalid_option`. */
export function createRevocationListEntry(url: string): CredentialStatus {
  if (!isUrl(url)) throw invalidOption('url', `is an absolute URL, not ${shown(url)}`)
  return { id: url, type: '1EdTechRevocationList' }
}
