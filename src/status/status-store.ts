/**
 * The port behind published status lists. Everything is asked for in the plural: a database answers a thousand as fast as one.
 *
 * @module
 */
import type { StoreError } from '../errors.js'
import type { Bytes } from '../internal/types.js'
import type { StatusPurpose } from '../model/types.js'

/** Rejects only with StoreError, and then nothing was done: trying again is safe. */
export interface StatusStore {
  /**
   * An entry for each key, answered in the order of the requests. Idempotent by `key` and `purpose`: asking again with the same key
   * gives the same index. Never gives an index out twice.
   */
  allocate(requests: readonly EntryRequest[]): Promise<readonly StoreOutcome<StatusEntryPlace>[]>
  /**
   * Sets values of entries that were given out, in order; above 1 only where the list's entries have more than one bit. Answers in
   * the order of the changes: StoreError `store.unknown_list`, `store.unknown_index`, `store.invalid_value`.
   */
  set(changes: readonly EntryChange[]): Promise<readonly StoreOutcome<undefined>[]>
  /** A list as it is now. `bits` is a copy, packed, the leftmost bit first (Bitstring Status List 1.0 section 2.2). */
  read(
    listId: string,
  ): Promise<{ bits: Bytes; entries: number; statusSize: number; updated: Date; purpose: StatusPurpose }>
  /** The ids of all lists, in the order in which they were begun. */
  lists(): Promise<readonly string[]>
}

/** What became of one of many. The refusal of one never costs another. */
export type StoreOutcome<T> =
  | { readonly value: T; readonly error?: never }
  | { readonly error: StoreError; readonly value?: never }

/** Who wants an entry, and for what. */
export interface EntryRequest {
  /** A text of 1 to 512 characters without U+0000 and lone surrogates: that of the award. Others are refused (`store.invalid_key`). */
  readonly key: string
  readonly purpose: StatusPurpose
}

/** An entry of a list. */
export interface StatusEntryPlace {
  readonly listId: string
  readonly index: number
}

/** An entry, and what it shall say. */
export interface EntryChange extends StatusEntryPlace {
  readonly value: number
}
