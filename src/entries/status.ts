/**
 * `badgewright/status`: status lists, read and written.
 *
 * @module
 */

export type { NewObject, ObjectStore, PublishedObject } from '../issue/object-store.js'
export { type PublishOptions, type PublishProgress, publishStatus } from '../issue/publish-status.js'
export {
  type BitstringEncoding,
  createBitstring,
  type DecodeOptions,
  decodeBitstring,
  encodeBitstring,
  MINIMUM_ENTRIES,
  readEntry,
  writeEntry,
} from '../status/bitstring.js'
export { bitstringStatusList } from '../status/bitstring-status-list.js'
export { defaultStatusMethods } from '../status/default-methods.js'
export { outcomesOf } from '../status/outcome.js'
export { revocationList } from '../status/revocation-list.js'
export { statusList2021 } from '../status/status-list-2021.js'
export type { StatusMethod } from '../status/status-method.js'
export type { EntryChange, EntryRequest, StatusEntryPlace, StatusStore, StoreOutcome } from '../status/status-store.js'
export { createStatusEntry, type StatusEntryInput, type StatusMessageSet } from '../status/write-entry.js'
export { createStatusListCredential, type StatusListFormat, type StatusListInput } from '../status/write-list.js'
export {
  createRevocationList,
  createRevocationListEntry,
  type RevocationListDocument,
  type RevocationListInput,
  type RevokedCredential,
} from '../status/write-revocation-list.js'
