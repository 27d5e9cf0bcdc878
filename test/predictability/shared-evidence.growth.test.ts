// A million awards are searched for shared evidence in memory that does not grow with them.
import { expect, test } from 'vitest'
import { findSharedEvidence } from '../../src/predictability/shared-evidence.js'

/** Made anew each time they are read: nothing of them is kept. */
const awards = (count: number) => ({
  *[Symbol.iterator]() {
    for (let index = 0; index < count; index++) {
      // One of ten thousand is another person's work.
      const work = index % 10_000 === 9_999 ? index - 1 : index
      const evidence = [{ id: `https://work.example/${work}` }]
      yield { id: `urn:badge:${index}`, credentialSubject: { id: `did:example:${index}` }, evidence }
    }
  },
})

test('a million', () => {
  const before = process.memoryUsage()
  const { badges, shared } = findSharedEvidence(awards(1_000_000))
  const after = process.memoryUsage()
  expect(badges).toBe(1_000_000)
  expect(shared).toHaveLength(100)
  // Two maps of 16 MiB; the rest is garbage that was not collected yet.
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(33 * 2 ** 20)
  expect(after.heapUsed - before.heapUsed).toBeLessThan(96 * 2 ** 20)
})
