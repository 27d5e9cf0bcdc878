/**
 * `badgewright/store/embedded`.
 *
 * @module
 */
export { embeddedStores } from '../../defaults/embedded-stores.js'
export type { StoreOptions } from '../../defaults/stores.js'
export type { Stores } from '../../store/stores.js'
