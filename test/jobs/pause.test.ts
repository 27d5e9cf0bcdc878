/** Waiting ends with its time, with the signal, and at once where the signal had ended before. */
import { expect, test } from 'vitest'
import { pause } from '../../src/jobs/pause.js'

const HOURS = 36_000_000

test('with its time', async () => {
  expect(await pause(1, undefined)).toBeUndefined()
  expect(await pause(1, new AbortController().signal)).toBeUndefined()
})

test('with the signal', async () => {
  const stop = new AbortController()
  const waiting = pause(HOURS, stop.signal)
  stop.abort()
  expect(await waiting).toBeUndefined()
})

test('at once where the signal had aborted: while a database was asked, say', async () => {
  expect(await pause(HOURS, AbortSignal.abort())).toBeUndefined()
})
