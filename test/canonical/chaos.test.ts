import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CanonicalizationError } from '../../src/canonical/types.js'
import { bothPaths, context, MORE, ours } from './support.js'

const KEYWORDS =
  '@base @container @context @direction @graph @id @import @included @index @json @language @list @nest @none @prefix @propagate @protected @reverse @set @type @value @version @vocab @other'
const name = fc.oneof(
  fc.constantFrom('a', 'b', 'T', 'a:b', 'urn:x', '', ':', '@', '_:b', 'constructor', 'toString', 'hasOwnProperty'),
  fc.constantFrom(...KEYWORDS.split(' ')),
)
const scalar = fc.oneof(
  name,
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom('ltr', 'en', 'urn:i', '//x', '../x', 'https://x.example/'),
)
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: scalar },
    { weight: 2, arbitrary: fc.dictionary(name, tie('value'), { maxKeys: 4 }) },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
  ),
}))
const meaning = fc.oneof(fc.constantFrom('urn:a', 'urn:b:', '@type', '@id', '@nest', 'a', 'b:c'), value)
const terms = fc.dictionary(fc.oneof(fc.constantFrom('a', 'b', 'T', 'a:b'), name), meaning, { maxKeys: 4 })
const document = fc
  .tuple(fc.oneof(terms, fc.array(terms, { maxLength: 2 }), value), fc.dictionary(name, value, { maxKeys: 5 }))
  .map(([local, members]) => ({ ...members, '@context': local }))

for (const { path, generalPathOnly } of bothPaths)
  test(`whatever a document is, it is understood or has problems, ${path} path`, () =>
    fc.assert(
      fc.asyncProperty(document, async (any) => {
        try {
          const { nquads, problems } = await ours(any, context({}, { generalPathOnly }))
          expect(nquads !== undefined || problems.length > 0).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(CanonicalizationError)
        }
      }),
      { numRuns: 300 * MORE },
    ))
