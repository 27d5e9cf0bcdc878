/** Time that passes only where a test says so: servers that never answer, without anybody waiting for them. */
import { vi } from 'vitest'
import type { DocumentLoader } from '../../src/entries/index.js'
import { type Web, web } from './kit.js'

/** More than any default. */
const LONG = 3_600_000

/** An hour goes by. */
export const pass = (): void => void vi.advanceTimersByTime(LONG)

/** Timers and stopwatches stand still for as long as the work takes. */
export async function inFakeTime<T>(work: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  try {
    return await work()
  } finally {
    vi.useRealTimers()
  }
}

export interface SlowWeb extends Web {
  /** The signals that came with the requests for what never answers. */
  readonly signals: AbortSignal[]
}

/** A web in which one server takes the question and never answers. */
export function slowWeb(slow: string, documents: Readonly<Record<string, unknown>> = {}): SlowWeb {
  const rest = web(documents)
  const signals: AbortSignal[] = []
  return {
    asked: rest.asked,
    signals,
    load: (request, context) => {
      if (request.url !== slow) return rest.load(request, context)
      rest.asked.push(slow)
      if (context.signal !== undefined) signals.push(context.signal)
      queueMicrotask(pass)
      return new Promise(() => {})
    },
  }
}

/** What comes of it where `slow` never answers. */
export const late = <T>(slow: string, work: (loader: DocumentLoader) => Promise<T>): Promise<T> =>
  inFakeTime(() => work(slowWeb(slow)))
