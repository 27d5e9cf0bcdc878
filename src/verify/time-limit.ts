/**
 * The time that one report may take, with all that is fetched and verified for it. The one thing, beside what servers answer, that
 * can make two reports of the same bytes differ: what there was no time for is `<check>.timeout`, never valid and never invalid.
 *
 * It is asked for between steps and ends every fetch. A step that calculates is not broken off: budgets bound those.
 *
 * @module
 */
import type { MaybePromise } from '../internal/types.js'
import { onAbort } from '../platform/on-abort.js'
import { type Check, check, finding } from '../report/check.js'
import type { Checks } from '../report/report.js'
import type { DocumentLoader, LoadedDocument } from '../resolve/document-loader.js'

/** The checks that fetch, or calculate upon what was sent. The others are done from memory, late or not. */
export type TimedCheck = 'schema' | 'key' | 'proof' | 'refresh' | 'status' | 'issuer' | 'endorsements' | 'holder'

export interface TimeLimitOptions {
  /** Milliseconds, from now on. */
  readonly timeoutMs: number
  /** Milliseconds since whenever; never goes back. */
  readonly stopwatch: () => number
  /** The caller's. */
  readonly signal: AbortSignal | undefined
}

export class TimeLimit {
  readonly #timeoutMs: number
  readonly #stopwatch: () => number
  readonly #ends: number
  readonly #caller: AbortSignal | undefined
  #controller: AbortController | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #forget: (() => void) | undefined
  #reason: Error | undefined

  constructor({ timeoutMs, stopwatch, signal }: TimeLimitOptions) {
    this.#timeoutMs = timeoutMs
    this.#stopwatch = stopwatch
    this.#ends = stopwatch() + timeoutMs
    this.#caller = signal
  }

  /** What is thrown by whoever ran out of time, and by nobody else. Made when it is needed: an Error costs a walk of the stack. */
  get reason(): Error {
    this.#reason ??= Object.assign(new Error(`the verification took longer than ${this.#timeoutMs} ms (timeoutMs)`), {
      name: 'TimeoutError',
    })
    return this.#reason
  }

  /** Throws the caller's reason where the caller has called it off. */
  isUp(): boolean {
    this.#caller?.throwIfAborted()
    return this.#controller?.signal.aborted === true || this.#stopwatch() >= this.#ends
  }

  /**
   * Aborts with `reason` when the time is up, or with the caller's reason. Made when somebody asks for it: most badges fetch nothing.
   * Each asking looks at the clock, for whoever calculates gives no timer its turn.
   */
  get signal(): AbortSignal {
    const left = this.#ends - this.#stopwatch()
    if (this.#controller === undefined) {
      this.#controller = new AbortController()
      if (this.#caller !== undefined)
        this.#forget = onAbort(this.#caller, () => this.#controller?.abort(this.#caller?.reason))
      if (left > 0) this.#timer = setTimeout(() => this.#controller?.abort(this.reason), left)
    }
    if (left <= 0) this.#controller.abort(this.reason)
    return this.#controller.signal
  }

  /** No timer outlives the report. */
  end(): void {
    clearTimeout(this.#timer)
    this.#forget?.()
  }
}

/**
 * Takes a step, or answers `late` where there is no time for it or it ran out of time in the middle. Rejects with the caller's reason
 * where the caller has called it off.
 */
export function inTime<Id extends TimedCheck, Outcome>(
  limit: TimeLimit,
  id: Id,
  step: () => MaybePromise<Outcome>,
  late: (check: Check<Id>) => Outcome,
): MaybePromise<Outcome> {
  const noTime = () => late(check([finding(`${id}.timeout`, limit.reason.message) as never]))
  const orLate = (error: unknown): Outcome => {
    if (error === limit.reason) return noTime()
    throw error
  }
  if (limit.isUp()) return noTime()
  try {
    const outcome = step()
    return outcome instanceof Promise ? outcome.catch(orLate) : outcome
  } catch (error) {
    return orLate(error)
  }
}

/** Did one of these checks run out of time? */
export function isLate(checks: Checks): boolean {
  return Object.values(checks).some(({ findings }: Check) =>
    (findings as readonly { readonly code: string }[]).some(({ code }) => code.endsWith('.timeout')),
  )
}

/** Undefined where the work ran out of time. */
export async function unlessLate<Outcome>(
  limit: TimeLimit,
  work: () => MaybePromise<Outcome>,
): Promise<Outcome | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error === limit.reason) return undefined
    throw error
  }
}

/** Ends every load in time, also where the loader does not listen to its signal. */
export function loaderInTime(loader: DocumentLoader, limit: TimeLimit): DocumentLoader {
  return {
    load: (request) => {
      const { signal } = limit
      let forget = () => {}
      return new Promise<LoadedDocument>((resolve, reject) => {
        forget = onAbort(signal, () => reject(signal.reason))
        if (!signal.aborted) Promise.resolve(loader.load(request, { signal })).then(resolve, reject)
      }).finally(() => forget())
    },
  }
}
