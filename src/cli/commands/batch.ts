import { type Batches, createBatches } from '../../entries/jobs.js'
import { failureLine, progressLine, statusLines } from '../batch/batch-view.js'
import { openQueue, QUEUE } from '../batch/queue-place.js'
import { defineCommand } from '../command.js'
import { EXIT, type ExitCode } from '../exit.js'
import { misuse } from '../failure.js'
import type { Session } from '../session.js'
import { didYouMean } from '../suggest.js'

const ACTIONS = ['status', 'failures', 'cancel', 'retry'] as const
/** Milliseconds between two looks. */
const WATCH = 1000
const ERASE = '\r\u001b[K'

export const batch = defineCommand({
  name: 'batch',
  summary: 'how far a batch is, what failed, cancel it, try again',
  description: [
    'For batches that badgewright issue --batch --queue submitted. status: how far it is; with --watch until nothing is awaited any more. failures: each award that was not issued, with its line and why. cancel: what no worker has begun is not issued any more, for good. retry: what failed while it was issued waits again.',
    'What was found invalid when the batch was submitted is among the failures, and is not tried again: submit it corrected, as a batch of its own.',
  ],
  operands: { name: 'action', description: `${ACTIONS.join(', ')}; and the id of the batch after it.`, min: 2, max: 2 },
  options: {
    queue: { ...QUEUE, required: true },
    watch: { type: 'boolean', description: 'status: look again every second, until the batch has ended.' },
    json: { type: 'boolean', description: 'As JSON; failures as NDJSON.' },
  },
  examples: [
    { title: 'How far it is', line: 'batch status spring-2030 --queue my-issuer/badges.db --watch' },
    { title: 'What was not issued, and why', line: 'batch failures spring-2030 --queue my-issuer/badges.db' },
    { title: 'Once more', line: 'batch retry spring-2030 --queue my-issuer/badges.db' },
  ],
  run: async ({ options: { queue, watch, json }, operands: [action = '', id = ''] }, session) => {
    if (!ACTIONS.some((each) => each === action))
      throw misuse(`batch takes ${ACTIONS.join(', ')}, not "${action}"${didYouMean(action, ACTIONS)}`)
    if (watch && action !== 'status') throw misuse('--watch is for batch status')
    const place = await openQueue(queue, session)
    try {
      const batches = createBatches({ stores: place.stores })
      if (action === 'failures') return await printFailures(batches, id, json, session)
      if (action === 'retry') {
        const retried = await batches.retryFailed(id)
        session.note(`${retried} awards wait again`)
        if (json) session.printJson({ retried }, 2)
        return EXIT.ok
      }
      if (watch) await watchBatch(batches, id, session)
      const status = await (action === 'cancel' ? batches.cancel(id) : batches.batchStatus(id))
      if (json) session.printJson(status, 2)
      else session.print(...statusLines(status))
      return session.io.signal.aborted ? EXIT.interrupted : EXIT.ok
    } finally {
      await place.close()
    }
  },
})

async function printFailures(batches: Batches, id: string, json: boolean, session: Session): Promise<ExitCode> {
  for await (const failure of batches.failures(id)) {
    if (session.io.signal.aborted) return EXIT.interrupted
    if (json) session.printJson(failure)
    else session.print(failureLine(failure))
  }
  return EXIT.ok
}

/** On a terminal a line that rewrites itself, in a log one for each change. */
async function watchBatch(batches: Batches, id: string, { io: { stderr, signal } }: Session): Promise<void> {
  let last = ''
  for (;;) {
    const status = await batches.batchStatus(id)
    const line = progressLine(status)
    if (stderr.isTTY === true) stderr.write(`${ERASE}${line}`)
    else if (line !== last) stderr.write(`${line}\n`)
    last = line
    if (status.awaiting === 0 || signal.aborted) break
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, WATCH)
      signal.addEventListener('abort', end)
    })
  }
  if (stderr.isTTY === true) stderr.write(ERASE)
}
