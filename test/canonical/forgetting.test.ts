/**
 * A verifier that lives for months: no text of a badge, nor of a context that it led to, outlives its verification. What has been made
 * of bundled contexts does.
 */
import { expect, test } from 'vitest'
import { analyze, COMPILED, findProblems } from '../../src/canonical/analyze.js'
import type { JsonObject } from '../../src/internal/types.js'
import { heapUsed } from '../heap.js'
import { context, OB303, VC2 } from './support.js'

const badge = (more: object, contexts: readonly unknown[] = []) => ({
  '@context': [VC2, OB303, ...contexts],
  id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: 'did:example:uni', type: ['Profile'] },
  credentialSubject: { id: 'did:example:ada', type: ['AchievementSubject'], name: 'x' },
  ...more,
})

const KB = 'x'.repeat(1024)
/** A text that has never been before. */
const text = (round: number) => `https://example.org/${round}-${KB.repeat(100)}`

const SAYS: Readonly<Record<string, (round: number) => JsonObject>> = {
  'a type': (round) => badge({ type: ['VerifiableCredential', 'OpenBadgeCredential', text(round)] }) as JsonObject,
  'a type of one object': (round) => badge({ evidence: { id: 'urn:e', type: text(round) } }) as JsonObject,
  'a thousand types of the standard': (round) =>
    badge({ type: Array.from({ length: 1000 + round }, () => 'VerifiableCredential') }) as JsonObject,
  'a member': (round) => badge({ [text(round)]: 'x' }) as JsonObject,
  'a term of its own context': (round) => badge({ own: 'x' }, [{ own: text(round) }]) as JsonObject,
  'a scoped context': (round) =>
    badge({ own: { inner: 'x' } }, [{ own: { '@id': 'urn:o', '@context': { inner: text(round) } } }]) as JsonObject,
  'a kind of proof': (round) => ({
    '@context': [VC2],
    type: 'DataIntegrityProof',
    created: '2026-01-01T00:00:00Z',
    verificationMethod: 'did:example:uni#key',
    proofPurpose: 'assertionMethod',
    cryptosuite: text(round),
  }),
}

for (const [name, make] of Object.entries(SAYS))
  test(`${name}: forgotten`, async () => {
    const scope = context({}, { graphOnly: false })
    const visit = async (round: number) => {
      await analyze(make(round), scope)
      await findProblems(make(round), scope)
    }
    for (let round = 0; round < 30; round++) await visit(round)
    const before = await heapUsed()
    for (let round = 30; round < 180; round++) await visit(round)
    // A hundred and fifty texts of 100 KB are 15 MB; the heap has its moods.
    expect((await heapUsed()) - before).toBeLessThan(5_000_000)
  })

test('what was made of bundled contexts is not', async () => {
  const scope = context({}, { graphOnly: false })
  await analyze(badge({}) as JsonObject, scope)
  const made = scope.cache.get(COMPILED)
  await analyze(badge({ type: ['VerifiableCredential', text(1)] }) as JsonObject, scope)
  expect(scope.cache.get(COMPILED)).toBe(made)
})
