/**
 * `badgewright/node`: batches in worker threads, and badges in files. For Node only.
 *
 * @module
 */

export type { IssuedText } from './issue/batch.js'
export { badgeFiles, writeFileAtomically } from './node/files.js'
export { type IssueInWorkersOptions, issueInWorkers } from './node/issue-in-workers.js'
export type { ThreadOptions } from './node/threads.js'
export { type VerifyInWorkersOptions, verifyInWorkers } from './node/verify-in-workers.js'
