/**
 * `badgewright/node`: badges in files. For Node only.
 *
 * @module
 */

export { badgeFiles, writeFileAtomically } from '../node/files.js'
