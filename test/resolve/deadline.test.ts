/** 10 s, and aborts. Nothing outlives a load. */
import { getEventListeners } from 'node:events'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { ResolutionError } from '../../src/errors.js'
import { withDeadline } from '../../src/resolve/deadline.js'

const late = new ResolutionError('resolve.timeout', 'x', 'late')
const deadline = (signal?: AbortSignal) => ({ timeoutMs: 1000, timedOut: () => late, signal })
const never = () => new Promise<never>(() => {})

afterEach(() => vi.useRealTimers())

describe('whatever comes of the work', () => {
  test.each<[string, () => Promise<unknown>]>([
    ['a result', async () => 'result'],
    ['a failure', () => Promise.reject(new Error('failure'))],
    [
      'a failure at once',
      () => {
        throw new Error('failure')
      },
    ],
  ])('%s is passed on, its signal is aborted, and no timer or listener is left', async (_, work) => {
    vi.useFakeTimers()
    const caller = new AbortController()
    let seen: AbortSignal | undefined
    const outcome = await withDeadline(deadline(caller.signal), (signal) => {
      seen = signal
      expect(signal.aborted).toBe(false)
      return work()
    }).catch((error: Error) => error.message)
    expect(outcome).toMatch(/^(result|failure)$/)
    expect(seen?.aborted).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
    expect(getEventListeners(caller.signal, 'abort')).toEqual([])
  })
})

test('the time is up at timeoutMs and not before', async () => {
  vi.useFakeTimers()
  const settled = vi.fn()
  const work = withDeadline(deadline(), never).catch(settled)
  await vi.advanceTimersByTimeAsync(999)
  expect(settled).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(settled).toHaveBeenCalledWith(late)
  await work
})

test('work that fails because of the abort does not hide its reason', async () => {
  const caller = new AbortController()
  const work = withDeadline(
    deadline(caller.signal),
    (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('socket closed')))),
  )
  caller.abort('reason')
  await expect(work).rejects.toBe('reason')
})

test('work is not begun after an abort', async () => {
  const work = vi.fn(never)
  await expect(withDeadline(deadline(AbortSignal.abort('reason')), work)).rejects.toBe('reason')
  expect(work).not.toHaveBeenCalled()
})
