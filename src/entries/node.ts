/**
 * `badgewright/node`: badges in files, and what an issuer publishes in a folder. For Node only.
 *
 * @module
 */

export type { ResultSink } from '../jobs/batch-types.js'
export { badgeFiles, writeFileAtomically } from '../node/files.js'
export { folderSink } from '../node/folder-sink.js'
export { folderStore } from '../node/folder-store.js'
