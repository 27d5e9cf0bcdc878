/**
 * The port behind moving house: everything that an issuer's stores hold, as rows of one moment, and an empty store made of them again.
 * What the other ports answer is not enough for that: they hide by which award an entry of a status list is taken, and which events
 * are in a trail once.
 *
 * @module
 */
import type { Json, JsonObject } from '../internal/types.js'
import type { StatusPurpose } from '../model/types.js'

/** Rejects only with StoreError, and then nothing was done: trying again is safe. The stores of this library in a database have it. */
export interface StoreBackup {
  /**
   * All rows as of the moment in which the first is asked for, whoever writes meanwhile: lists, then entries, awards and credentials, each kind
   * in an order that depends on nothing but the rows. Some hundred at a time.
   */
  read(): AsyncIterable<readonly BackupRow[]>
  /**
   * Begins to restore, or goes on with what was begun under the same name. StoreError `store.not_empty` where the store holds anything that did
   * not come by this.
   */
  begin(id: string): Promise<void>
  /**
   * Adds rows, all or none; those that are there already stay. Lists come before their entries. StoreError `store.conflict` where something else
   * stands in the place of one. Until `end` no list gives out an entry; leases are those of nobody.
   */
  write(rows: readonly BackupRow[]): Promise<void>
  /** All is there: StoreError `store.conflict` where these are not as many as the store holds. From now on it goes on as the other did. */
  end(counts: BackupCounts): Promise<void>
}

/** What a store holds, row by row. */
export type BackupRow = BackupList | BackupEntry | BackupAward | BackupCredential

/** How many rows of each kind. */
export interface BackupCounts {
  readonly lists: number
  readonly entries: number
  readonly awards: number
  readonly credentials: number
}

/** A status list. Which of its entries are free, the entries say. */
export interface BackupList {
  readonly kind: 'list'
  readonly id: string
  readonly purpose: StatusPurpose
  /** Which of its purpose, from 1. */
  readonly seq: number
  readonly entries: number
  /** How many of them are given out at most. */
  readonly capacity: number
  readonly statusSize: number
  readonly updated: string
}

/** An entry that was given out. */
export interface BackupEntry {
  readonly kind: 'entry'
  readonly listId: string
  readonly index: number
  /** To whom: asked for again, it is the same one. */
  readonly key: string
  readonly value: number
  /** When its value was last set. */
  readonly changed?: string
}

/** An award that was offered, with its trail. Dates are texts, as in JSON. */
export interface BackupAward {
  readonly kind: 'award'
  readonly revision: number
  readonly record: JsonObject
  readonly content?: Json
  readonly events: readonly BackupEvent[]
}

/** A credential with its trail; null once its person was erased. */
export interface BackupCredential {
  readonly kind: 'credential'
  readonly revision: number
  readonly record: JsonObject
  readonly credential: Json
  readonly events: readonly BackupEvent[]
}

/** What became of an award or of a credential, as it stands in its trail. */
export interface BackupEvent {
  readonly event: JsonObject
  /** It is in the trail once by this. */
  readonly key?: string
}
