/**
 * Work is bounded by what was sent: the counters of src/canonical/budget.ts, measured for documents that were made to take long. No
 * seconds: a slow machine counts the same.
 */
import { describe, expect, test } from 'vitest'
import { analyze, findProblems } from '../../src/canonical/analyze.js'
import { Budget, type WorkKind } from '../../src/canonical/budget.js'
import { canonicalize } from '../../src/canonical/canonicalize.js'
import { CanonicalizationError } from '../../src/canonical/types.js'
import type { JsonObject } from '../../src/internal/types.js'
import { bothPaths, context } from './support.js'

const list = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index))
const long = (size: number, start = 'https://example.org/') => start + 'T'.repeat(size)
const members = (count: number, make: (index: number) => readonly [string, unknown]) =>
  Object.fromEntries(list(count, make))

/** Each is half a long text, or a large context, and half what multiplies it: `size` characters or so in all. */
const HOSTILE: Readonly<Record<string, (size: number) => object>> = {
  '@vocab before every member': (n) => ({
    '@context': { '@vocab': long(n / 2) },
    ...members(n / 20, (index) => [`k${index}`, 'x']),
  }),
  '@vocab before members that say nothing': (n) => ({
    '@context': { '@vocab': long(n / 2) },
    ...members(n / 20, (index) => [`k${index}`, null]),
  }),
  '@vocab before every type': (n) => ({
    '@context': { '@vocab': long(n / 2) },
    '@type': list(n / 20, (index) => `t${index}`),
  }),
  '@vocab before one member of many objects': (n) => ({
    '@context': { '@vocab': long(n / 2), p: 'urn:p' },
    p: list(n / 20, (index) => ({ k: index })),
  }),
  'a prefix before every id': (n) => ({
    '@context': { p: { '@id': long(n / 2), '@prefix': true }, v: { '@id': 'urn:v', '@type': '@id' } },
    v: list(n / 20, (index) => `p:${index}`),
  }),
  'a prefix before every term': (n) => ({
    '@context': {
      p: { '@id': long(n / 2), '@prefix': true },
      ...members(n / 30, (index) => [`t${index}`, `p:${index}`]),
    },
    t1: 'x',
  }),
  'one IRI for every term': (n) => ({
    '@context': { p: long(n / 2), ...members(n / 20, (index) => [`t${index}`, 'p']) },
    t1: 'x',
  }),
  'a datatype after every string': (n) => ({
    '@context': { v: { '@id': 'urn:v', '@type': long(n / 2) } },
    v: list(n / 10, String),
  }),
  'a datatype after every number': (n) => ({
    '@context': { v: { '@id': 'urn:v', '@type': long(n / 2) } },
    v: list(n / 10, Number),
  }),
  'a language after every string': (n) => ({
    '@context': { '@language': `en${'-a'.repeat(n / 4)}`, v: 'urn:v' },
    v: list(n / 10, String),
  }),
  'a predicate for every value': (n) => ({ '@context': { v: long(n / 2) }, v: list(n / 10, Number) }),
  'a predicate between blank nodes': (n) => ({
    '@context': { v: long(n / 2) },
    v: list(Math.sqrt(n) / 4, () => ({ v: list(4, () => ({})) })),
  }),
  'a subject of every statement': (n) => ({
    '@context': { v: 'urn:v' },
    '@id': long(n / 2),
    v: list(n / 10, Number),
  }),
  'scoped contexts within one, and a large one around': (n) => ({
    '@context': {
      ...members(n / 40, (index) => [`t${index}`, `urn:${index}`]),
      z: { '@id': 'urn:z', '@context': members(n / 80, (index) => [`s${index}`, { '@id': 'urn:s', '@context': {} }]) },
    },
    z: 'x',
  }),
  'scoped contexts, each in the one before': (n) => {
    let scope: object = members(n / 40, (index) => [`t${index}`, `urn:${index}`])
    for (let level = 0; level < 20; level++) scope = { p: { '@id': `urn:p${level}`, '@context': [{}, scope] } }
    return { '@context': scope, p: 'x' }
  },
  'a context for each object': (n) => ({
    '@context': members(n / 40, (index) => [`t${index}`, `urn:${index}`]),
    t0: list(n / 80, (index) => ({ '@context': { a: `urn:a${index}` }, a: 1 })),
  }),
  'a large scoped context for each object': (n) => ({
    '@context': {
      T: { '@id': 'urn:T', '@context': members(n / 40, (index) => [`t${index}`, `urn:${index}`]) },
      p: 'urn:p',
    },
    p: list(n / 40, () => ({ '@type': 'T', t0: 1 })),
  }),
}

async function spentOn(document: object, more: object, budget: Budget): Promise<void> {
  const scope = context({}, { ...more, budget })
  const { dataset } = await analyze(document as JsonObject, scope)
  try {
    if (dataset) canonicalize(dataset, { hash: 'SHA-256', maxSteps: 65_536, budget })
  } catch (error) {
    expect(error).toBeInstanceOf(CanonicalizationError)
  }
  await findProblems(document as JsonObject, scope)
}

const KINDS: readonly WorkKind[] = ['terms', 'copies', 'characters', 'steps']
const SIZES = [16_000, 32_000, 64_000]

describe('work grows as n log n at most', () => {
  for (const [name, make] of Object.entries(HOSTILE))
    for (const { path, generalPathOnly } of bothPaths)
      test(`${name}, ${path} path`, async () => {
        for (const size of SIZES) {
          const document = make(size)
          const bytes = JSON.stringify(document).length
          expect(bytes).toBeLessThan(size * 2.5)
          const budget = new Budget({ bytes, steps: 65_536 })
          await spentOn(document, { generalPathOnly }, budget)
          // Whoever asks again is told so by beginning one thing, and none of those is larger than the document several times over.
          for (const kind of KINDS)
            expect(budget.spent[kind], `${kind} for ${bytes} bytes`).toBeLessThan(budget.allowed[kind] + 16 * bytes)
        }
      })
  test('the allowance itself does', () => {
    const of = (bytes: number) => new Budget({ bytes, steps: 1 }).allowed
    for (const bytes of [1_000_000, 10_000_000])
      for (const kind of KINDS) expect(of(2 * bytes)[kind] / of(bytes)[kind]).toBeLessThan(2.2)
  })
})
