/**
 * Laws: whatever a badge says and whatever its holder reveals of it, the disclosure verifies, says nothing that the badge does
 * not say, and verifies no longer when anything in it is changed.
 */
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { EXAMPLE } from '../../src/contracts/signed-document.js'
import type { Signer } from '../../src/entries/index.js'
import { isSameJson } from '../../src/internal/json-equal.js'
import { pointer, resolvePointer } from '../../src/internal/json-pointer.js'
import type { Json, JsonObject } from '../../src/internal/types.js'
import { contextOf, derive, keyOf, newSigner, signBase, verify } from './ecdsa-sd-2023-support.js'

let signer: Signer
beforeAll(async () => {
  signer = await newSigner()
})

// ── badges ──
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('_:c14n0', '_:u "x" .', '\n', '<a>', 'é\u{1F393}'),
)
const word = text.map((each) => `${each} `)
const url = fc.constantFrom('https://school.example/a', 'urn:example:b', 'did:example:c')
const maybe = { requiredKeys: [] as never[] }
const alignment = fc
  .record({ targetName: word, targetUrl: url, targetCode: word })
  .map((each) => ({ type: ['Alignment'], ...each }))
const result = fc
  .record(
    { value: word, status: fc.constantFrom('Completed', 'Failed'), alignment: fc.array(alignment, { maxLength: 2 }) },
    maybe,
  )
  .map((each) => ({ type: ['Result'], ...each }))
const resultDescription = fc
  .record({ name: word, allowedValue: fc.array(word, { maxLength: 3 }) })
  .map((each) => ({ id: 'urn:example:scale', type: ['ResultDescription'], resultType: 'LetterGrade', ...each }))
const evidence = fc
  .record({ id: url, name: word, narrative: word }, maybe)
  .map((each) => ({ type: ['Evidence'], ...each }))
const achievement = fc.record(
  {
    tag: fc.uniqueArray(word, { maxLength: 4 }),
    alignment: fc.array(alignment, { maxLength: 3 }),
    resultDescription: fc.array(resultDescription, { maxLength: 1 }),
    creator: fc.constant({ id: 'did:example:school', type: ['Profile'], name: 'Hill School' }),
    humanCode: word,
  },
  maybe,
)
const subject = fc.record({ result: fc.array(result, { maxLength: 3 }), role: word, narrative: word }, maybe)
const badge = fc
  .record(
    {
      name: word,
      validUntil: fc.constant('2031-01-01T00:00:00Z'),
      evidence: fc.uniqueArray(evidence, { maxLength: 2, selector: (each) => ('id' in each ? each.id : each) }),
      subject,
      achievement,
    },
    { requiredKeys: ['subject', 'achievement'] },
  )
  .map(({ subject: more, achievement: details, ...members }): JsonObject => {
    const known = EXAMPLE.credentialSubject as JsonObject
    return {
      ...EXAMPLE,
      ...members,
      credentialSubject: {
        ...known,
        ...more,
        achievement: { ...(known.achievement as JsonObject), ...details },
      } as never,
    }
  })

/** Every pointer that can be revealed by itself: lists are whole. */
function pointersOf(value: Json, at = ''): string[] {
  if (typeof value !== 'object' || value === null || at.endsWith('/allowedValue')) return [at]
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  const inside = entries
    .filter(([name]) => name !== '@context')
    .flatMap(([name, each]) => pointersOf(each, pointer(at, name)))
  return [at, ...inside]
}
const disclosure = badge.chain((document) =>
  fc.record({
    document: fc.constant(document),
    reveal: fc.subarray(pointersOf(document), { maxLength: 6 }),
    added: fc.subarray(pointersOf(document), { maxLength: 2 }),
  }),
)

/** Is all of `part` in `whole`, with the items of arrays in their order? */
function isPart(part: Json, whole: Json): boolean {
  if (typeof part !== 'object' || typeof whole !== 'object' || part === null || whole === null) return part === whole
  if (Array.isArray(part)) {
    let next = 0
    return (
      Array.isArray(whole) &&
      part.every((each) => {
        while (next < whole.length && !isPart(each, whole[next] as Json)) next++
        return next++ < whole.length
      })
    )
  }
  return Object.entries(part).every(([name, each]) => isPart(each, (whole as JsonObject)[name] as Json))
}

describe('for any badge, and any choice of what is mandatory and what is revealed', () => {
  test('the disclosure verifies, and is a part of the badge with all that was chosen', async () => {
    await fc.assert(
      fc.asyncProperty(disclosure, async ({ document, reveal, added }) => {
        const base = await signBase(document, signer, { mandatoryPointers: added })
        const derived = await derive(base, reveal)
        expect(await verify(derived, keyOf(signer))).toEqual(['proof.verified'])
        const { proof, ...part } = derived
        expect(isPart(part, document)).toBe(true)
        for (const each of [...reveal, ...added]) {
          const chosen = resolvePointer(document, each) as Json
          // Items of arrays stand elsewhere when others are missing.
          const place = each.replace(/\/\d+(?=\/|$)/g, '/*')
          expect(valuesAt(part, place.split('/').slice(1)).some((found) => isPart(chosen, found))).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('whatever is not chosen is not there', async () => {
    await fc.assert(
      fc.asyncProperty(badge, async (document) => {
        const { proof, ...part } = await derive(await signBase(document, signer), [])
        const { evidence: _, name, credentialSubject, ...always } = document
        expect(part).toEqual({ ...always, credentialSubject: EXAMPLE.credentialSubject })
      }),
      { numRuns: 20 },
    )
  })
})

describe('for any disclosure', () => {
  test('a changed byte of its JSON: it is no JSON, or the same, or it does not verify', async () => {
    await fc.assert(
      fc.asyncProperty(
        disclosure,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 7 })), { minLength: 10, maxLength: 10 }),
        async ({ document, reveal }, flips) => {
          const derived = await derive(await signBase(document, signer), reveal)
          const bytes = Buffer.from(JSON.stringify(derived))
          for (const [at, bit] of flips) {
            const changed = flip(bytes, at % bytes.length, bit)
            if (changed === undefined || isSameJson(changed as Json, derived)) continue
            expect(await verifyAny(changed)).not.toContain('proof.verified')
          }
        },
      ),
      { numRuns: 25 },
    )
  })

  test('a changed byte of its proof value: it does not verify', async () => {
    const { document, reveal } = fc.sample(disclosure, { numRuns: 1, seed: 7 })[0] as {
      document: JsonObject
      reveal: string[]
    }
    const derived = await derive(
      await signBase(document, signer),
      ['/name', ...reveal].filter((each) => resolvePointer(document, each) !== undefined),
    )
    const bytes = Buffer.from((derived.proof.proofValue as string).slice(1), 'base64url')
    for (const at of bytes.keys()) {
      const changed = Uint8Array.from(bytes)
      changed[at] = (changed[at] as number) ^ (1 << (at % 8))
      const proof = { ...derived.proof, proofValue: `u${Buffer.from(changed).toString('base64url')}` }
      expect(await verify({ ...derived, proof }, keyOf(signer))).not.toContain('proof.verified')
    }
  })

  test('a statement too many, or one too few: it does not verify', async () => {
    await fc.assert(
      fc.asyncProperty(disclosure, word, async ({ document, reveal }, added) => {
        const derived = await derive(await signBase(document, signer), reveal)
        expect(await verifyAny({ ...derived, description: added })).toEqual(['proof.mismatch'])
        for (const name of ['validFrom', 'validUntil', 'name', 'evidence'] as const) {
          const { [name]: removed, ...less } = derived
          // A member without a value says nothing.
          if (removed === undefined || (Array.isArray(removed) && removed.length === 0)) continue
          expect(await verifyAny(less)).not.toContain('proof.verified')
        }
      }),
      { numRuns: 20 },
    )
  })
})

function valuesAt(value: Json, path: readonly string[]): Json[] {
  const [step, ...rest] = path
  if (step === undefined) return [value]
  const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
  if (step === '*') return Array.isArray(value) ? value.flatMap((each: Json) => valuesAt(each, rest)) : []
  const inside = (value as JsonObject | undefined)?.[name]
  return inside === undefined ? [] : valuesAt(inside, rest)
}

function flip(bytes: Uint8Array, at: number, bit: number): unknown {
  const changed = Uint8Array.from(bytes)
  changed[at] = (changed[at] as number) ^ (1 << bit)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(changed))
  } catch {
    return undefined
  }
}

/** What has lost its proof cannot even be asked about. */
async function verifyAny(document: unknown): Promise<readonly string[]> {
  const { proof, ...rest } = document as JsonObject
  if (typeof proof !== 'object' || proof === null) return []
  return verify({ ...rest, proof } as never, keyOf(signer), contextOf())
}
