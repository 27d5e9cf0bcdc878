/**
 * `badgewright/store/memory`.
 *
 * @module
 */
export { memoryStores, type StoreOptions } from '../../defaults/stores.js'
export type { Stores } from '../../store/stores.js'
