/**
 * `badgewright/node`: badges in files, and what an issuer publishes in a folder. For Node only.
 *
 * @module
 */

export { badgeFiles, writeFileAtomically } from '../node/files.js'
export { folderStore } from '../node/folder-store.js'
