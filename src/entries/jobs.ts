/**
 * `badgewright/jobs`: issuing in batches, over processes and machines.
 *
 * @module
 */
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
