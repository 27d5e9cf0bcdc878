/**
 * `badgewright/jobs`: issuing in batches, over processes and machines.
 *
 * @module
 */
export { type BatchesOptions, createBatches } from '../defaults/batches.js'
export {
  type AwardLine,
  type Batches,
  type BatchFailure,
  type BatchStatus,
  RefusedBatchError,
  type ResultSink,
  type SubmitOptions,
  type SubmittedBatch,
  type WorkDone,
  type WorkedChunk,
  type WorkOptions,
} from '../jobs/batch-types.js'
export {
  deadLettersOf,
  type FailedJob,
  type JobQueue,
  type NewJob,
  type ReceivedJob,
  type ReceiveOptions,
  type SendOptions,
} from '../jobs/job-queue.js'
export { createJobQueue } from '../jobs/stores-queue.js'
