/**
 * What runs in a worker thread. A file of its own in the build: `new Worker` takes a file.
 *
 * @module
 */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { OpenBadgeError } from '../errors.js'
import { noteOf } from './error-note.js'
import type { Job, ToWorker, Work } from './messages.js'
import { createSwitchboard } from './switchboard.js'

if (parentPort === null) throw new TypeError('this file is for worker threads: import badgewright/node')
serve(parentPort, workerData as Job)

function serve(port: MessagePort, job: Job): void {
  const switchboard = createSwitchboard((message) => port.postMessage(message))
  const ready = prepare().catch(fail)
  /** Chunks are done one after the other; what is under way at once is within one. */
  let work: Promise<void> = Promise.resolve()

  /** A thread loads what its own job needs: how soon it begins depends on that. */
  async function prepare(): Promise<Work> {
    const made =
      job.kind === 'issue'
        ? await (await import('./issuing.js')).createIssuing(job, switchboard.ask)
        : (await import('./verifying.js')).createVerifying(job, switchboard.ask)
    port.postMessage({ kind: 'ready' })
    return made
  }

  port.on('message', (message: ToWorker) => {
    if (message.kind === 'answers') switchboard.answered(message.answers)
    else {
      work = work
        .then(async () => {
          const { id, inputs } = message
          await (await ready)(inputs, (outputs) => port.postMessage({ kind: 'chunk', id, outputs }))
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
