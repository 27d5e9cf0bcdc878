/**
 * Work away from the page: a few workers, a queue, a time limit. A worker that takes too long, or whose job is not wanted any
 * more, is ended; the next job gets a new one.
 *
 * @module
 */
import type { Answers, Job, Reply, Task } from './protocol.js'
import { policy } from './trusted-types.js'

/** More would only wait for each other, and each has its own copy of the code. */
const MAX_WORKERS = 3

/** Milliseconds. */
export const TIME_LIMITS: Readonly<Record<Task['kind'], number>> = {
  verify: 30_000,
  render: 10_000,
  certificate: 10_000,
  assess: 30_000,
}

export class TimeLimit extends Error {}

interface Waiting {
  readonly task: Task
  readonly signal: AbortSignal
  readonly onFetch: (url: string) => void
  readonly resolve: (answer: Answers[Task['kind']]) => void
  readonly reject: (reason: unknown) => void
  readonly begin: () => void
}

export interface Hooks {
  readonly signal: AbortSignal
  /** A worker has begun. */
  onStart?(): void
  /** It is about to ask for this URL. */
  onFetch?(url: string): void
}

export class WorkerPool {
  readonly #idle: Worker[] = []
  readonly #queue: Waiting[] = []
  readonly #size = Math.max(1, Math.min(MAX_WORKERS, navigator.hardwareConcurrency || 1))
  #busy = 0
  #jobs = 0

  /** Rejects with the signal's reason, with TimeLimit, or with an Error whose message is for people. */
  run<T extends Task>(task: T, { signal, onStart = () => {}, onFetch = () => {} }: Hooks): Promise<Answers[T['kind']]> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const forget = () => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1)
        reject(signal.reason)
      }
      const begin = () => {
        signal.removeEventListener('abort', forget)
        onStart()
      }
      const waiting: Waiting = { task, signal, onFetch, begin, resolve: resolve as Waiting['resolve'], reject }
      signal.addEventListener('abort', forget, { once: true })
      // What somebody looks at goes before what is only to be checked.
      if (task.kind === 'verify') this.#queue.push(waiting)
      else this.#queue.unshift(waiting)
      this.#next()
    })
  }

  #next(): void {
    // One more than there are for verifying: looking at a result does not wait for others to be checked.
    // What is not wanted any more is about to leave the queue by itself.
    const first = this.#queue.find(({ signal }) => !signal.aborted)
    if (first === undefined || this.#busy >= this.#size + (first.task.kind === 'verify' ? 0 : 1)) return
    this.#queue.splice(this.#queue.indexOf(first), 1)
    this.#busy += 1
    first.begin()
    this.#perform(first, this.#idle.pop() ?? new Worker(policy.createScriptURL('worker.js'), { type: 'module' }))
    this.#next()
  }

  #perform(waiting: Waiting, worker: Worker): void {
    const { task, signal, onFetch } = waiting
    const job: Job = { id: ++this.#jobs, task }
    const end = (settle: () => void, reusable: boolean) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      worker.onmessage = worker.onerror = worker.onmessageerror = null
      if (reusable) this.#idle.push(worker)
      else worker.terminate()
      this.#busy -= 1
      settle()
      this.#next()
    }
    const abort = () => end(() => waiting.reject(signal.reason), false)
    const late = () => end(() => waiting.reject(new TimeLimit(task.kind)), false)
    const timer = setTimeout(late, TIME_LIMITS[task.kind])
    signal.addEventListener('abort', abort, { once: true })
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      if (data.id !== job.id) return
      if ('fetching' in data) onFetch(data.fetching)
      else if ('answer' in data) end(() => waiting.resolve(data.answer), true)
      else end(() => waiting.reject(new Error(data.problem)), true)
    }
    worker.onerror = worker.onmessageerror = () =>
      end(
        () =>
          waiting.reject(new Error('The part of this page that checks badges could not work. Load the page again.')),
        false,
      )
    worker.postMessage(job)
  }
}
