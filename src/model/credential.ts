/**
 * Credentials in general: VCDM 2.0 section 4, which Open Badges narrow. A VCDM 1.1 credential is read into the same names.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { record } from '../internal/members.js'
import type { ContextEntry, CredentialContexts, VC_V1 } from './contexts.js'
import type { Proof } from './proof.js'
import type { Text } from './text.js'

/**
 * Any VCDM 2.0 credential, as it is read: `type`, `credentialSchema`, `termsOfUse`, `evidence` and `relatedResource` are
 * always arrays. Open (VCDM 2.0 section 5.2): members of other contexts are kept, and read with a type of your own.
 */
export interface VerifiableCredential {
  readonly '@context': CredentialContexts
  readonly id?: string
  /** Contains `VerifiableCredential`. */
  readonly type: readonly string[]
  readonly name?: Text
  readonly description?: Text
  readonly issuer: string | CredentialIssuer
  readonly credentialSubject: CredentialSubject | readonly CredentialSubject[]
  /** RFC 3339. In VCDM 1.1 `issuanceDate`. */
  readonly validFrom?: string
  /** RFC 3339. In VCDM 1.1 `expirationDate`. */
  readonly validUntil?: string
  /**
   * One entry, or several: every one counts. 1EdTech's schema allows one. `statusEntries` gives them as an array.
   */
  readonly credentialStatus?: CredentialStatus | readonly CredentialStatus[]
  readonly credentialSchema?: readonly CredentialSchema[]
  readonly refreshService?: CredentialRefreshService | readonly CredentialRefreshService[]
  readonly termsOfUse?: readonly TermsOfUse[]
  readonly evidence?: readonly CredentialEvidence[]
  readonly relatedResource?: readonly RelatedResource[]
  /** One proof, or a set. As it was read: what was signed is never rearranged. */
  readonly proof?: Proof | readonly Proof[]
}

/**
 * A VCDM 1.1 credential, to be signed as it is for readers of that version. What is read is a `VerifiableCredential`, whatever
 * it was. Open, and its lists may be single values (VCDM 1.1 section 4).
 */
export interface VerifiableCredentialV1 {
  readonly '@context': readonly [typeof VC_V1, ...ContextEntry[]]
  readonly id?: string
  /** Contains `VerifiableCredential`. */
  readonly type: readonly string[]
  readonly issuer: string | CredentialIssuer
  /** RFC 3339. */
  readonly issuanceDate: string
  /** RFC 3339. */
  readonly expirationDate?: string
  readonly credentialSubject: CredentialSubject | readonly CredentialSubject[]
}

/** VCDM 2.0 section 4.7. Open. */
export interface CredentialIssuer {
  readonly id: string
  readonly name?: Text
  readonly description?: Text
}

/** VCDM 2.0 section 4.8. Open: its claims. */
export interface CredentialSubject {
  readonly id?: string
}

/** How to ask whether it was revoked or suspended. VCDM 2.0 section 4.10. Open: each type has members of its own. */
export interface CredentialStatus {
  readonly id?: string
  /** An array only where it has several types. */
  readonly type: string | readonly string[]
}

/** Why a status is kept: Bitstring Status List 1.0 section 2.1, `statusPurpose`. */
export type StatusPurpose = 'revocation' | 'suspension' | 'refresh' | 'message'

/** What the credential claims to conform to. VCDM 2.0 section 4.11. Open. */
export interface CredentialSchema {
  readonly id: string
  readonly type: string | readonly string[]
}

/** Where a newer version may be had. VCDM 2.0 section 5.4. Open. */
export interface CredentialRefreshService {
  readonly id?: string
  readonly type: string | readonly string[]
}

/** The same in Open Badges, which demand the URL. Open. */
export interface RefreshService extends CredentialRefreshService {
  readonly id: string
}

/** VCDM 2.0 section 5.5. Open. */
export interface TermsOfUse {
  readonly id?: string
  readonly type: string | readonly string[]
}

/** VCDM 2.0 section 5.6. Open. Open Badges narrow it to `Evidence`. */
export interface CredentialEvidence {
  readonly id?: string
  readonly type: readonly string[]
  /** Subresource Integrity of what `id` names: VCDM 2.0 section 5.3. `digestEvidence` of `badgewright/predictability` makes it. */
  readonly digestSRI?: string
  /** The same as a multihash in multibase. */
  readonly digestMultibase?: string
}

/** Something outside with the digest it must have. VCDM 2.0 section 5.3. Open. */
export interface RelatedResource {
  readonly id: string
  readonly mediaType?: string
  /** Subresource Integrity. This or `digestMultibase` is there. */
  readonly digestSRI?: string
  /** Multihash in multibase. */
  readonly digestMultibase?: string
}

/** The status entries, none, one or several: every one counts. */
export function statusEntries(credential: Pick<VerifiableCredential, 'credentialStatus'>): readonly CredentialStatus[] {
  if (record(credential, '') !== undefined) throw invalidOption('credential', 'is an object')
  const { credentialStatus } = credential
  if (credentialStatus === undefined) return []
  return isArray(credentialStatus) ? credentialStatus : [credentialStatus]
}

/** `Array.isArray` that also narrows read-only arrays. */
function isArray<T extends object>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value)
}
