/**
 * The port behind awards that are not issued at once: what was offered, who claimed it, and whether it may still be issued. An award
 * that is issued at once has a credential and nothing here, until somebody revokes, suspends or erases it as an award.
 *
 * A store of awards and a store of credentials that belong together keep two promises between them. `CredentialStore.put` takes a
 * credential of an award that stands here only while the award is open for it (`isOpenFor`), and the award is issued with it
 * (`afterIssue`), both or neither: so that who closes an award and then changes its credentials misses none. And `erased` forgets the
 * person in both.
 *
 * @module
 */
import type { Json } from '../internal/types.js'
import type { StoreOutcome } from '../status/status-store.js'

/**
 * Rejects only with StoreError, and then nothing was done: trying again is safe. Award ids are texts of 1 to 512 characters without
 * U+0000 and lone surrogates; others are refused (`store.invalid_key`), never altered.
 */
export interface AwardStore {
  /** Records once per award id; a second one with the same id gives back what is there. Answers in the order of the awards. */
  put(awards: readonly NewAwardRecord[]): Promise<readonly StoreOutcome<AwardRecord>[]>
  /** In the order of the ids. Undefined where there is none. */
  get(awardIds: readonly string[]): Promise<readonly (AwardRecord | undefined)[]>
  /**
   * Each changes an award from the revision that it names, and adds to its trail, both or neither; the next revision is one more. Answers
   * in the order of the changes: StoreError `store.unknown_award`; `store.conflict` where it is of another revision by now.
   *
   * `erased` takes all that can name the person from the award, from its credentials and from both their trails: what `erasedAward`
   * and `erasedCredential` leave stays. The credentials come to their next revision.
   */
  change(changes: readonly AwardChange[]): Promise<readonly StoreOutcome<undefined>[]>
  /** Those that a query asks for, each once, in an order that stays; `after` is the id of the last one that was seen. Without contents. */
  list(query?: AwardQuery, after?: string): AsyncIterable<AwardSummary>
}

/**
 * How an award stands: `offered` to somebody; `claimed` by a holder whose credential is not recorded yet; `issued`, with at least one
 * credential. `suspended` and `withdrawn` may end, `revoked` and `erased` are for good.
 */
export type AwardState = 'offered' | 'claimed' | 'issued' | 'suspended' | 'withdrawn' | 'revoked' | 'erased'

/** What is other with each change. */
export interface AwardStanding {
  readonly state: AwardState
  /** In the order in which they came. */
  readonly claims: readonly AwardClaim[]
  /** What is signed when it is claimed: the credential, without its id, issuer, holder and status. */
  readonly content?: Json
  /** SHA-256 of the secret by which it is claimed. The secret itself is not kept. */
  readonly secretHash?: string
  readonly expires?: Date
  /** Where something is to be sent, in clear: until it was sent. */
  readonly address?: string
}

/** What is recorded of an award. */
export interface NewAwardRecord extends AwardStanding {
  readonly awardId: string
  readonly achievementId: string
  readonly achievementVersion?: string
  /** As in the record of a credential. */
  readonly recipientHash?: string
  readonly contentHash?: string
  readonly personIndex?: string
  /** Who awarded it. */
  readonly by?: string
  readonly at: Date
}

/** What the store keeps of an award. */
export interface AwardRecord extends NewAwardRecord {
  /** 0, and one more with each change. */
  readonly revision: number
  /** What happened to it, in order. */
  readonly events: readonly AwardEvent[]
}

/** An award as it is listed. */
export type AwardSummary = Omit<AwardRecord, 'content'>

/** Somebody's right to a credential of the award. */
export interface AwardClaim {
  /** Which of the award's credentials: 0 is the one that is bound to nobody's key. */
  readonly copy: number
  /** To whom it is bound: SHA-256 of the holder's id with the award id as salt. */
  readonly holderHash?: string
  /** Its credential is recorded. */
  readonly isIssued?: true
  /** Another claim came in its place: its credential is revoked. */
  readonly isReplaced?: true
}

/** A change of one award. */
export interface AwardChange {
  readonly awardId: string
  /** The revision that it changes. */
  readonly revision: number
  readonly event: AwardEvent
  /** What is other afterwards; a member that is undefined is taken away. Default nothing. */
  readonly to?: { readonly [Name in keyof AwardStanding]?: AwardStanding[Name] | undefined }
}

/** What became of an award. */
export interface AwardEvent {
  readonly kind:
    | 'offered'
    | 'sent'
    | 'claimed'
    | 'issued'
    | 'withdrawn'
    | 'revoked'
    | 'suspended'
    | 'reinstated'
    | 'erased'
  readonly at: Date
  readonly reason?: string
  readonly by?: string
  /** Of `claimed` and `issued`: which credential. */
  readonly copy?: number
}

/** All of what is given holds of an award. */
export interface AwardQuery {
  readonly achievementId?: string
  readonly state?: AwardState
  /** `personIndex` is one of these. */
  readonly personIndexes?: readonly string[]
  /** Has an `address`. */
  readonly isUnsent?: true
}

/** May a credential be recorded under this award? */
export function isOpenFor({ state, claims }: Pick<AwardStanding, 'state' | 'claims'>, copy: number): boolean {
  if (state !== 'offered' && state !== 'claimed' && state !== 'issued') return false
  const claim = claims.find((each) => each.copy === copy)
  return claim === undefined ? copy === 0 : claim.isReplaced !== true
}

/** How it stands once this credential is recorded, and what its trail says of it; undefined where nobody had claimed that one. */
export function afterIssue(
  { claims }: Pick<AwardStanding, 'claims'>,
  copy: number,
  at: Date,
): { readonly event: AwardEvent; readonly to: Pick<AwardStanding, 'state' | 'claims'> } | undefined {
  if (!claims.some((each) => each.copy === copy && each.isIssued !== true)) return undefined
  return {
    event: { kind: 'issued', at, copy },
    to: {
      state: 'issued',
      claims: claims.map((each) => (each.copy === copy ? { ...each, isIssued: true as const } : each)),
    },
  }
}

/** What is left of an award whose person was erased, apart from its trail. */
export function erasedAward({ awardId, achievementId, achievementVersion, claims, at }: NewAwardRecord) {
  const kept: NewAwardRecord = {
    awardId,
    achievementId,
    ...(achievementVersion === undefined ? {} : { achievementVersion }),
    state: 'erased',
    claims: claims.map(({ holderHash: _, ...claim }) => claim),
    at,
  }
  return kept
}

/** An event without what was written by hand: reasons name people, and who did it may be the person. */
export function bareEvent<E extends { readonly reason?: string; readonly by?: string }>(event: E): E {
  const { reason: _, by: __, ...bare } = event
  return bare as E
}
