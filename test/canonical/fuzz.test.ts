import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryDocument } from './arbitrary-document.js'
import { bothPaths, context, jsonldCanonize, MORE, ours } from './support.js'

const RUNS = 50 * MORE

type Verdict = { readonly nquads: string } | 'refused'

async function theirs(document: object): Promise<Verdict | 'otherwise'> {
  try {
    const nquads = await jsonldCanonize(document)
    // jsonld writes a statement twice that is made twice with a JSON literal, or with 1 and "1"^^xsd:integer; a dataset is a set.
    const lines = nquads.split('\n')
    return new Set(lines).size === lines.length ? { nquads } : 'otherwise'
  } catch (error) {
    // Two values of "@index" for one node: jsonld refuses, though an index has no part in RDF.
    return (error as { details?: { code?: string } }).details?.code === 'conflicting indexes' ? 'otherwise' : 'refused'
  }
}

async function mine(document: object, generalPathOnly: boolean): Promise<Verdict> {
  const { nquads, problems } = await ours(document, context({}, { generalPathOnly }))
  const refused = nquads === undefined || problems.some(({ kind }) => kind !== 'ambiguous_member')
  return refused ? 'refused' : { nquads }
}

describe('JSON-LD documents are understood as jsonld understands them in safe mode', () => {
  for (const { path, generalPathOnly } of bothPaths)
    for (const unusual of [false, true])
      test(`${unusual ? 'all of JSON-LD' : 'what credentials use'}, ${path} path`, () =>
        fc.assert(
          fc.asyncProperty(arbitraryDocument({ depth: 2, unusual }), async (document) => {
            const expected = await theirs(document)
            fc.pre(expected !== 'otherwise')
            expect(await mine(document, generalPathOnly)).toEqual(expected)
          }),
          { numRuns: RUNS },
        ))

  test('the two paths report the same problems', () =>
    fc.assert(
      fc.asyncProperty(arbitraryDocument({ depth: 2, unusual: false }), async (document) => {
        const compiled = await ours(document, context())
        const general = await ours(document, context({}, { generalPathOnly: true }))
        expect(compiled.problems).toEqual(general.problems)
      }),
      { numRuns: RUNS },
    ))

  test('what is remembered of one document does not change another', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(arbitraryDocument({ depth: 1, unusual: false }), { minLength: 2, maxLength: 4 }),
        async (documents) => {
          const shared = context()
          for (const document of documents)
            expect(await ours(document, shared)).toEqual(await ours(document, context()))
        },
      ),
      { numRuns: RUNS },
    ))
})
