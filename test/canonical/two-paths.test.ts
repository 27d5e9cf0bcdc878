/**
 * decisions/own-canonicalizer.md: whether the compiled path or the package jsonld understands a document changes neither the verdict
 * nor the canonical form, so nobody who turns a document from one to the other (by an "@index" that nothing signs) gains by it.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonLdProblem } from '../../src/canonical/types.js'
import { arbitraryContextDocument, arbitraryStandardDocument, SERVED } from './arbitrary-context.js'
import { context, jsonldCanonize, ours } from './support.js'

/** Documents that both paths judge; three in four of them are refused by both. */
const RUNS = 100
/** Documents that are taken. */
const TAKEN_RUNS = 25

type Verdict = { readonly nquads: string } | 'refused'
interface Choice {
  readonly generalPathOnly?: boolean
  readonly graphOnly?: boolean
}

async function verdictOf(document: object, { generalPathOnly = false, graphOnly = false }: Choice): Promise<Verdict> {
  const { nquads, problems } = await ours(document, context(SERVED, { generalPathOnly, graphOnly }))
  // Where the JSON itself is signed, nobody asks whether the graph could be read in another way.
  const counts = ({ kind }: JsonLdProblem) => !graphOnly || kind !== 'ambiguous_member'
  return nquads === undefined || problems.some(counts) ? 'refused' : { nquads }
}

/** A default direction: jsonld loses it, which is why a graph with one is refused where it is lost. */
const hasDirection = (document: object) => JSON.stringify(document).includes('"@direction":"')

describe.each([
  ['contexts of any make', arbitraryContextDocument],
  ["the standard's own contexts", arbitraryStandardDocument],
])('%s', (_name, documents) => {
  test('both paths take the same documents, with the same canonical form', () =>
    fc.assert(
      fc.asyncProperty(documents, async (document) => {
        const compiled = await verdictOf(document, {})
        expect(await verdictOf(document, { generalPathOnly: true })).toEqual(compiled)
        // JWTs: only the verdict counts.
        const json = await verdictOf(document, { graphOnly: true })
        const general = await verdictOf(document, { graphOnly: true, generalPathOnly: true })
        expect(general === 'refused').toBe(json === 'refused')
        if (!hasDirection(document)) expect(general).toEqual(json)
      }),
      { numRuns: RUNS },
    ))

  test('an "@index", which is in no statement, changes nothing', () =>
    fc.assert(
      fc.asyncProperty(documents, async (document) => {
        fc.pre(!('@index' in document) && !('@graph' in document))
        const graph = await verdictOf(document, {})
        fc.pre(graph !== 'refused')
        expect(await verdictOf({ ...document, '@index': 'i' }, {})).toEqual(graph)
      }),
      { numRuns: TAKEN_RUNS },
    ))

  test('what is taken is what jsonld takes in safe mode, with the canonical form of rdf-canonize', () =>
    fc.assert(
      fc.asyncProperty(documents, async (document) => {
        const text = JSON.stringify(document)
        // jsonld takes 1e-7 for an integer, because its text has no point, and makes a number of a text that is said to be a double.
        fc.pre(!/[0-9]e-|#double/.test(text) && !hasDirection(document))
        // Whatever is asked of a graph beyond that, is asked of what jsonld takes too.
        const graph = await verdictOf(document, { graphOnly: true })
        fc.pre(graph !== 'refused')
        const theirs = await jsonldCanonize(document, SERVED).catch(() => 'refused')
        if (theirs === 'refused') {
          // A name of the standard that a context takes back: for a graph it is an ambiguous member.
          expect(await verdictOf(document, {})).toBe('refused')
          return
        }
        // jsonld writes a statement twice that is made twice with a JSON literal; a dataset is a set.
        const lines = theirs.split('\n')
        fc.pre(new Set(lines).size === lines.length)
        expect((graph as { nquads: string }).nquads).toBe(theirs)
      }),
      { numRuns: TAKEN_RUNS },
    ))
})

describe('found by the laws above', () => {
  const V = { '@vocab': 'urn:v:' }
  const UNDERSTOOD_IN_TWO_WAYS: readonly (readonly [string, unknown, object])[] = [
    ['an array of contexts in an array', [V, [{}]], { a: 1 }],
    ['"@protected": false for a whole context', [{ ...V, '@protected': false }], { a: 1 }],
    [
      'the same in a scoped context that is not used',
      [V, { t: { '@id': 'urn:t', '@context': { '@protected': false } } }],
      { a: 1 },
    ],
    ['a term that is reserved', [V, { '@foo': 'urn:foo' }], { a: 1 }],
    ['a term that stands for what is reserved', [V, { t: '@foo' }], { a: 1 }],
    ['a reverse property that is reserved', [V, { t: { '@reverse': '@foo' } }], { a: 1 }],
    [
      'a direction that is none, beside a type',
      [V, { t: { '@id': 'urn:t', '@type': '@none', '@direction': 'up' } }],
      { a: 1 },
    ],
    ['a direction beside a type', [V, { t: { '@id': 'urn:t', '@type': '@none', '@direction': 'rtl' } }], { a: 1 }],
    ['a vocabulary that is no IRI', [{ '@vocab': 'relative', a: 'urn:a' }], { a: 1 }],
    ['a vocabulary that is nothing', [{ '@vocab': '', a: 'urn:a' }], { a: 1 }],
    ['a value whose type is reserved', [V], { a: { '@value': 1, '@type': '@foo' } }],
    ['nothing but an id', [V], { '@id': 'urn:i' }],
    ['nothing at all', [V], { a: [] }],
  ]
  test.each(UNDERSTOOD_IN_TWO_WAYS)('%s is refused by both paths', async (_name, contexts, members) => {
    for (const generalPathOnly of [false, true])
      for (const graphOnly of [false, true])
        expect(await verdictOf({ '@context': contexts, ...members }, { generalPathOnly, graphOnly })).toBe('refused')
  })
  test.each<[string, object, object]>([
    ['a JSON literal in a list', { j: { '@id': 'urn:j', '@type': '@json', '@container': '@list' } }, { j: { x: [1] } }],
    [
      'a JSON literal in an index',
      { j: { '@id': 'urn:j', '@type': '@json', '@container': '@index' } },
      { j: { x: [1] } },
    ],
  ])('%s means the same on both', async (_name, terms, members) => {
    const document = { '@context': [V, terms], ...members }
    const general = await verdictOf(document, { graphOnly: true, generalPathOnly: true })
    expect(general).not.toBe('refused')
    expect(await verdictOf(document, { graphOnly: true })).toEqual(general)
  })
  test('a base direction before a scoped context that is not used is not lost', async () => {
    const contexts = [{ ...V, '@direction': 'rtl', t: { '@id': 'urn:t', '@context': { u: 'urn:u' } } }]
    const document = { '@context': contexts, 'urn:a': 'x' }
    const graph = await verdictOf(document, {})
    expect(graph).not.toBe('refused')
    expect(await verdictOf({ ...document, '@index': 'i' }, {})).toEqual(graph)
  })
  test('a base direction that another context follows: no graph is taken, whatever else is unusual', async () => {
    const document = { '@context': [{ ...V, '@direction': 'rtl' }, { b: 'urn:b' }], a: 'x' }
    for (const members of [{}, { '@index': 'i' }])
      expect(await verdictOf({ ...document, ...members }, {})).toBe('refused')
  })
})
