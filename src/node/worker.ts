/**
 * What runs in a worker thread. A file of its own in the build: `new Worker` takes a file.
 *
 * @module
 */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { OpenBadgeError } from '../errors.js'
import { noteOf } from './error-note.js'
import { createIssuing } from './issuing.js'
import type { Job, ToWorker } from './messages.js'
import { createSwitchboard } from './switchboard.js'
import { createVerifying } from './verifying.js'

if (parentPort === null) throw new TypeError('this file is for worker threads: import badgewright/node')
serve(parentPort, workerData as Job)

function serve(port: MessagePort, job: Job): void {
  const switchboard = createSwitchboard((message) => port.postMessage(message))
  const ready = prepare().catch(fail)
  /** Chunks are done one after the other; what is under way at once is within one. */
  let work: Promise<void> = Promise.resolve()

  async function prepare(): Promise<(inputs: readonly unknown[]) => Promise<readonly unknown[]>> {
    const made =
      job.kind === 'issue' ? await createIssuing(job, switchboard.ask) : createVerifying(job, switchboard.ask)
    port.postMessage({ kind: 'ready' })
    return made
  }

  port.on('message', (message: ToWorker) => {
    if (message.kind === 'answers') switchboard.answered(message.answers)
    else {
      work = work
        .then(async () => {
          const outputs = await (await ready)(message.inputs)
          port.postMessage({ kind: 'chunk', id: message.id, outputs })
        })
        .catch(fail)
    }
  })

  /** Told to the other side, which ends it all: whatever is not this library's own answer is a bug. */
  function fail(error: unknown): Promise<never> {
    const note = noteOf(error)
    port.postMessage({
      kind: 'broken',
      error: error instanceof OpenBadgeError ? note : { ...note, message: `in a worker thread: ${note.message}` },
    })
    return new Promise(() => {})
  }
}
