// A record of a million badges is made in memory that does not grow by more than some bytes for each.
import { expect, test } from 'vitest'
import type { VerificationReport } from '../../src/entries/index.js'
import { trackRecord } from '../../src/predictability/track-record.js'

/** Made anew as they are read: nothing of them is kept by whoever makes them. */
function* awards(count: number): Generator<VerificationReport> {
  for (let index = 0; index < count; index++)
    yield {
      outcome: 'valid',
      checks: {},
      issuerTrusted: true,
      credential: {
        id: `urn:badge:${index}`,
        issuer: { id: 'did:example:academy', name: 'Academy' },
        validFrom: '2030-01-01T00:00:00Z',
        credentialSubject: {
          id: `did:example:${index}`,
          achievement: { id: `https://academy.example/${index % 100}`, name: 'Badge', resultDescription: [] },
        },
      },
    } as unknown as VerificationReport
}
function* evaluations(count: number): Generator<VerificationReport> {
  for (let index = 0; index < count; index++)
    yield {
      outcome: 'valid',
      checks: {},
      issuerTrusted: true,
      credential: {
        id: `urn:evaluation:${index}`,
        issuer: { id: `did:example:evaluator-${index % 7}`, name: 'Evaluator' },
        validFrom: '2030-06-01T00:00:00Z',
        credentialSubject: { id: `urn:badge:${index * 10}`, result: [{ type: ['Result'], status: 'Completed' }] },
      },
    } as unknown as VerificationReport
}

test('a million awards, of which fifty thousand were judged anew', async () => {
  const before = process.memoryUsage()
  const { rows, evaluators } = await trackRecord(awards(1_000_000), evaluations(50_000))
  const after = process.memoryUsage()
  expect(rows).toHaveLength(100)
  expect(rows.reduce((sum, row) => sum + row.awards, 0)).toBe(1_000_000)
  expect(rows.reduce((sum, row) => sum + row.confirmed.badges, 0)).toBe(50_000)
  expect(evaluators).toHaveLength(7)
  // A table of 2^21 places of 12 bytes, and those that it grew out of, which may not have been collected yet.
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(52 * 2 ** 20)
  expect(after.heapUsed - before.heapUsed).toBeLessThan(160 * 2 ** 20)
})
