/**
 * The port behind an issuer's memory: what was issued, for idempotency, renewal, audit and export. Everything is asked for in the
 * plural: a database answers a thousand as fast as one.
 *
 * @module
 */
import type { SecuredCredential, StatusPurpose } from '../model/types.js'
import type { StoreOutcome } from '../status/status-store.js'

/**
 * Rejects only with StoreError, and then nothing was done: trying again is safe. Award ids and credential ids are texts of 1 to 512
 * characters without U+0000 and lone surrogates; others are refused (`store.invalid_key`), never altered.
 */
export interface CredentialStore {
  /**
   * Records once per award id and copy; a second one with the same gives back what is there. Answers in the order of the records;
   * StoreError `store.credential_taken` where another award has a credential with this id; `store.award_closed` where the store of
   * awards beside it has the award, and it is not open for this credential (see AwardStore).
   */
  put(records: readonly NewCredentialRecord[]): Promise<readonly StoreOutcome<CredentialRecord>[]>
  /** By the ids of awards, or of credentials, in the order of the ids. Undefined where there is none. */
  get(ids: readonly CredentialKey[]): Promise<readonly (CredentialRecord | undefined)[]>
  /**
   * Adds to the audit trails in order, and with `renewed` replaces the credential, both or neither. Answers in the order of the
   * changes: StoreError `store.unknown_credential`; `store.conflict` where somebody else has renewed it since `revision`.
   */
  change(changes: readonly CredentialChange[]): Promise<readonly StoreOutcome<undefined>[]>
  /**
   * Those that a query asks for, each once, in an order that stays; all of an award together. `after` is the last one that was seen, or
   * the id of the last award of which all were. Without the credentials themselves: `get` has those.
   */
  list(query?: CredentialQuery, after?: string | ListPlace): AsyncIterable<CredentialSummary>
}

/** Which one. `copy`: which of the award's, default 0. */
export type CredentialKey =
  | { readonly awardId: string; readonly copy?: number; readonly credentialId?: never }
  | { readonly credentialId: string; readonly awardId?: never; readonly copy?: never }

/** Where a list goes on: a record as it was listed is one. */
export interface ListPlace {
  readonly awardId: string
  readonly copy?: number
}

/** All of what is given holds of a record. */
export interface CredentialQuery {
  /** All credentials of one award. */
  readonly awardId?: string
  readonly achievementId?: string
  /** `personIndex` is one of these. */
  readonly personIndexes?: readonly string[]
  readonly state?: CredentialState
  /** `issuedAt` is not before. */
  readonly issuedFrom?: Date
  /** `issuedAt` is before. */
  readonly issuedBefore?: Date
}

/** How a credential stands by its trail. Revoked is for good. */
export type CredentialState = 'active' | 'suspended' | 'revoked'

/** What is recorded when a badge is issued. */
export interface NewCredentialRecord {
  readonly awardId: string
  /** Which of the award's credentials: one that is bound to a wallet's key has a number of its own. Absent for 0, which is bound to no key. */
  readonly copy?: number
  readonly credentialId: string
  readonly achievementId: string
  readonly achievementVersion?: string
  /** The recipient is not kept in clear: SHA-256 with the award id as salt. */
  readonly recipientHash: string
  /** Digest of all else that the award says, so that another one with its id is known: SHA-256 with the award id as salt. Absent in records of version 0.1. */
  readonly contentHash?: string
  /** What all that a person has is found by: see `persons` of the issuer. Absent without. */
  readonly personIndex?: string
  readonly issuedAt: Date
  /** Who awarded it. For the audit trail; it is not in the badge. */
  readonly issuedBy?: string
  readonly status: readonly StatusPlace[]
  readonly credential: SecuredCredential
}

/** What the store keeps of a credential. */
export interface CredentialRecord extends Omit<NewCredentialRecord, 'recipientHash' | 'credential'> {
  /** Absent once erased. */
  readonly recipientHash?: string
  /** Absent once erased. */
  readonly credential?: SecuredCredential
  /** The person was erased: what is left says nothing of them, and its status can still be changed. */
  readonly isErased?: true
  /** 0, and one more with each renewal, and with erasing. */
  readonly revision: number
  /** What happened since it was issued, in order. Never shortened. */
  readonly events: readonly RecordedEvent[]
}

/** A record as it is listed. */
export type CredentialSummary = Omit<CredentialRecord, 'credential'>

/** Where its status stands. */
export interface StatusPlace {
  readonly listId: string
  readonly index: number
  readonly purpose: StatusPurpose
}

/** What happened to which credential. */
export interface CredentialChange {
  readonly credentialId: string
  readonly event: CredentialEvent
  /** An event is in a trail once per key: a second one with the same key changes nothing. A key as award ids are; default none. */
  readonly key?: string
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
  /** For `status`: which entry, and its new value. */
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

/** How a credential stands after what happened to it. */
export function stateAfter(state: CredentialState, { kind }: Pick<CredentialEvent, 'kind'>): CredentialState {
  if (state === 'revoked' || kind === 'revoked') return 'revoked'
  if (kind === 'suspended') return 'suspended'
  return kind === 'reinstated' ? 'active' : state
}

/** What is left of a record whose person was erased, apart from its trail: which badge it was, and where its status stands. */
export function erasedCredential<R extends Omit<CredentialRecord, 'events'>>(record: R): R {
  const { recipientHash: _, contentHash: __, personIndex: ___, issuedBy: ____, credential: _____, ...kept } = record
  return { ...kept, isErased: true, revision: record.revision + 1 } as R
}

/** How it stands by its trail. */
export function stateOf({ events }: Pick<CredentialRecord, 'events'>): CredentialState {
  return events.reduce<CredentialState>(stateAfter, 'active')
}
