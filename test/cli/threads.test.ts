// Issue 6 item 3: threads where they are worth it.
import { expect, test } from 'vitest'
import { threadsFor } from '../../src/cli/batch/issued-texts.js'

test.each([
  [undefined, 16, 0],
  [9_999, 16, 0],
  [10_000, 1, 0],
  [10_000, 2, 0],
  [10_000, 3, 2],
  [1_000_000, 64, 4],
])('%s awards on %s cores: %s', (total, cores, threads) => {
  expect(threadsFor(total, cores)).toBe(threads)
})
