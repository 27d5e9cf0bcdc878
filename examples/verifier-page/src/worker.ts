/** The worker: does one job after the other. The page ends it where a job takes too long. */
import { assessJob } from './assess-job.js'
import type { Answers, Job, Reply, Task } from './protocol.js'
import { certificateJob, renderJob } from './render-job.js'
import { verifyJob } from './verify-job.js'

/** What is used of DedicatedWorkerGlobalScope, which the types of a page do not have. */
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<Job>) => void
  postMessage(reply: Reply): void
}

scope.onmessage = async ({ data: { id, task } }) => {
  try {
    const answer = await perform(task, (fetching) => scope.postMessage({ id, fetching }))
    scope.postMessage({ id, answer })
  } catch (error) {
    scope.postMessage({ id, problem: error instanceof Error ? error.message : `${error}` })
  }
}

function perform(task: Task, onFetch: (url: string) => void): Promise<Answers[Task['kind']]> {
  if (task.kind === 'verify') return verifyJob(task, onFetch)
  if (task.kind === 'render') return renderJob(task)
  return task.kind === 'certificate' ? certificateJob(task) : assessJob(task)
}
