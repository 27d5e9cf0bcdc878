/** Texts are judged in their places as the whole model judges the whole document. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from '../../src/internal/types.js'
import { slotValidator } from '../../src/model/slot-validator.js'
import type { OpenBadgeCredential } from '../../src/model/types.js'
import { writeDraft } from '../../src/model/write.js'
import { badge } from '../issue/badge.js'

const defaults = { randomUuid: () => 'never' }
const draft = {
  ...badge({
    validUntil: '2031-01-01T00:00:00Z',
    evidence: [{ id: 'https://example.org/1', type: ['Evidence'], name: 'x' }],
    relatedResource: [
      { id: 'https://example.org/a', digestSRI: 'sha256-x' },
      { id: 'https://example.org/b', digestSRI: 'sha256-y' },
    ],
  }),
} as unknown as { readonly [member: string]: Json }
const paths = [
  ['id'],
  ['validFrom'],
  ['validUntil'],
  ['evidence', 0, 'id'],
  ['evidence', 0, 'name'],
  ['relatedResource', 0, 'id'],
  ['credentialSubject', 'id'],
  ['credentialSubject', 'achievement', 'criteria', 'narrative'],
] as const

function withTexts(texts: readonly string[]): OpenBadgeCredential {
  const copy = structuredClone(draft) as Record<string, unknown>
  for (const [index, path] of paths.entries()) {
    const parent = path.slice(0, -1).reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], copy)
    ;(parent as Record<string, unknown>)[path.at(-1) as string] = texts[index]
  }
  return copy as unknown as OpenBadgeCredential
}
const isWritten = (document: OpenBadgeCredential): boolean => {
  try {
    return JSON.stringify(writeDraft(document as unknown as Json, 'open-badge', defaults)) === JSON.stringify(document)
  } catch {
    return false
  }
}

test('accepted are those that the whole model accepts, and no others', () => {
  const judge = slotValidator(draft as Json, 'open-badge', paths, defaults)
  const usual = paths.map((path) =>
    path.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], draft),
  ) as string[]
  expect(judge?.accepts(usual, withTexts(usual))).toBe(true)
  const text = fc.constantFrom(
    ...['', 'x', 'https://example.org/b', 'urn:x', 'relative', '2030-01-01T00:00:00Z', '2032-01-01T00:00:00Z'],
    ...['2030-01-01T00:00:00', '2030-13-01T00:00:00Z', 'a b:c', '\u0000', '🎓', ' https://example.org'],
  )
  let [taken, refused] = [0, 0]
  fc.assert(
    fc.property(fc.array(fc.option(text), { minLength: paths.length, maxLength: paths.length }), (changes) => {
      const texts = usual.map((one, index) => changes[index] ?? one)
      const document = withTexts(texts)
      const accepts = judge?.accepts(texts, document)
      expect(accepts).toBe(isWritten(document))
      if (accepts) taken++
      else refused++
    }),
    { numRuns: 500 },
  )
  for (const [index] of usual.entries())
    for (const one of ['', 'x', 'urn:x', 'https://example.org/b', '2040-01-01T00:00:00Z']) {
      const texts = usual.with(index, one)
      const accepts = judge?.accepts(texts, withTexts(texts))
      expect(accepts, `${paths[index]?.join('/')}: ${one}`).toBe(isWritten(withTexts(texts)))
      if (accepts) taken++
      else refused++
    }
  expect(Math.min(taken, refused)).toBeGreaterThan(5)
})

test('no judge where a text is written elsewhere', () => {
  // A URL stands for an image.
  const image = { ...draft, image: 'https://example.org/image.png' }
  expect(slotValidator(image as Json, 'open-badge', [['image']], defaults)).toBeUndefined()
})
