import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { onAbort } from '../../src/platform/on-abort.js'

test('a thousand wait for a signal with one listener, and all are called once', () => {
  const controller = new AbortController()
  let calls = 0
  for (let count = 0; count < 1000; count++) onAbort(controller.signal, () => calls++)
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1)
  controller.abort()
  expect(calls).toBe(1000)
})

test('who takes it back is not called, and the last one takes the listener along', () => {
  const controller = new AbortController()
  const called: string[] = []
  const first = onAbort(controller.signal, () => called.push('first'))
  const second = onAbort(controller.signal, () => called.push('second'))
  first()
  first()
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1)
  second()
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  onAbort(controller.signal, () => called.push('third'))
  controller.abort()
  expect(called).toEqual(['third'])
})

test('a signal that has aborted calls at once', () => {
  const called: string[] = []
  onAbort(AbortSignal.abort(), () => called.push('now'))()
  expect(called).toEqual(['now'])
})
