// The time that is left is that of the work left: what an earlier run did counts for nothing.
import { expect, test } from 'vitest'
import { batchProgress } from '../../src/cli/batch/batch-progress.js'
import type { Io } from '../../src/cli/io.js'

test('after 900 that were there already, 10 at one a second leave 90 seconds for the other 90', () => {
  let [time, shown] = [0, '']
  const io = {
    stderr: {
      isTTY: true,
      write: (text: string) => {
        shown = text
      },
    },
  } as unknown as Io
  const progress = batchProgress(io, 1000, () => time)
  for (let skipped = 1; skipped <= 900; skipped++) {
    time += 1000
    progress.show({ issued: 0, skipped, failed: 0 })
  }
  for (let issued = 1; issued <= 10; issued++) {
    time += 1000
    progress.show({ issued, skipped: 900, failed: 0 })
  }
  expect(shown).toContain('910 of 1000 awards, 1 a second, about 2 min left')
})
