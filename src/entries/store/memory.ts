/**
 * `badgewright/store/memory`.
 *
 * @module
 */
export { memoryStores, type StoreOptions } from '../../defaults/stores.js'
export { memoryObjectStore } from '../../store/memory-objects.js'
export type { Stores } from '../../store/stores.js'
