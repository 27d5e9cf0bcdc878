/**
 * The port behind published status lists.
 *
 * @module
 */
import type { Bytes } from '../internal/types.js'
import type { StatusPurpose } from '../model/types.js'

/** Throws only StoreError. */
export interface StatusStore {
  /** Idempotent by `key`: asking again with the same key gives the same index. Never gives an index out twice. */
  allocate(request: { key: string; purpose: StatusPurpose }): Promise<{ listId: string; index: number }>
  /** Sets the value of an entry that was given out; above 1 only where the list's entries have more than one bit. */
  set(listId: string, index: number, value: number): Promise<void>
  /** A list as it is now. `bits` is a copy, packed, the leftmost bit first (Bitstring Status List 1.0 section 2.2). */
  read(
    listId: string,
  ): Promise<{ bits: Bytes; entries: number; statusSize: number; updated: Date; purpose: StatusPurpose }>
  /** The ids of all lists, in the order in which they were begun. */
  lists(): Promise<readonly string[]>
}
