/**
 * The port behind an issuer's memory: what was issued, for idempotency, renewal, audit and export.
 *
 * @module
 */
import type { SecuredCredential, StatusPurpose } from '../model/types.js'

/**
 * Throws only StoreError. Award ids and credential ids are texts of 1 to 512 characters without U+0000 and lone surrogates;
 * others are refused (`store.invalid_key`), never altered.
 */
export interface CredentialStore {
  /** Records once per award id; a second call with the same id gives back what is there. */
  put(record: NewCredentialRecord): Promise<CredentialRecord>
  /** By the id of the award, or of the credential. Undefined where there is none. */
  get(id: { awardId: string } | { credentialId: string }): Promise<CredentialRecord | undefined>
  /**
   * Adds to the audit trail, and with `renewed` replaces the credential, both or neither. StoreError `store.unknown_credential`;
   * `store.conflict` where somebody else has renewed it since `revision`.
   */
  change(credentialId: string, event: CredentialEvent): Promise<void>
  /** All of them, each once, in an order that stays; `after` is the award id of the last one that was seen. */
  list(after?: string): AsyncIterable<CredentialRecord>
}

/** What is recorded when a badge is issued. */
export interface NewCredentialRecord {
  readonly awardId: string
  readonly credentialId: string
  readonly achievementId: string
  readonly achievementVersion?: string
  /** The recipient is not kept in clear: SHA-256 with the award id as salt. */
  readonly recipientHash: string
  readonly issuedAt: Date
  /** Who awarded it. For the audit trail; it is not in the badge. */
  readonly issuedBy?: string
  readonly status: readonly StatusPlace[]
  readonly credential: SecuredCredential
}

/** What the store keeps of a credential. */
export interface CredentialRecord extends NewCredentialRecord {
  /** 0, and one more with each renewal. */
  readonly revision: number
  /** What happened since it was issued, in order. Never shortened. */
  readonly events: readonly RecordedEvent[]
}

/** Where its status stands. */
export interface StatusPlace {
  readonly listId: string
  readonly index: number
  readonly purpose: StatusPurpose
}

/** What became of a credential, for its trail. */
export type CredentialEvent = PlainEvent | RenewedEvent
/** In the trail a renewal has the revision it made; the credential stands in the record. */
export type RecordedEvent = PlainEvent | Omit<RenewedEvent, 'credential' | 'status'>

interface CommonEvent {
  readonly at: Date
  readonly reason?: string
  /** Who did it. */
  readonly by?: string
}

/** A change of its status. */
export interface PlainEvent extends CommonEvent {
  readonly kind: 'revoked' | 'suspended' | 'reinstated' | 'status'
  /** Of `status`: which entry, and its new value. */
  readonly purpose?: StatusPurpose
  readonly value?: number
}

/** A newer version of it. */
export interface RenewedEvent extends CommonEvent {
  readonly kind: 'renewed'
  /** The revision that it takes the place of. */
  readonly revision: number
  readonly credential: SecuredCredential
  /** Where other than before. */
  readonly status?: readonly StatusPlace[]
}
