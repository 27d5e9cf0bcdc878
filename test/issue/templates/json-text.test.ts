/** JSON text by substitution is what JSON.stringify writes of the document, whatever the document and the texts are. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../../src/internal/types.js'
import { JsonText, type Path, put } from '../../../src/issue/templates/json-text.js'
import { copyOf } from '../../../src/issue/templates/known-parts.js'

/** Where texts stand in a document. */
function placesOf(value: Json, path: Path = []): Path[] {
  if (typeof value === 'string') return [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, item]) =>
    placesOf(item, [...path, Array.isArray(value) ? Number(name) : name]),
  )
}

function filled(document: JsonObject, paths: readonly Path[], texts: readonly string[]): JsonObject {
  const copy = copyOf(document)
  for (const [slot, path] of paths.entries()) put(copy, path, texts[slot] as string)
  return copy
}

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    ...['', 'text0', '"text0"', 'text0~', '","x":"', '\\', '"', '\u0000\u001f\u007f\u0080\u2028', '/', '</script>'],
    ...['🎓', '\ud800', '\udc00\ud800', '\uffff', '$&', '$1', '__proto__', 'toJSON'],
  ),
)
const leaf = fc.oneof(text, fc.constantFrom<Json>(1e21, -0, 0.1, 5e-324, 1e-7, true, null), fc.integer())
const name = fc.oneof(text, fc.constantFrom('__proto__', '0', '10', 'a', 'proof', 'text0'))
const { object } = fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(name, tie('value'), { maxKeys: 4 }),
}))

const document = object.filter((each) => Object.keys(each).length > 0)

describe('the text of a document with other texts in its places, and a proof', () => {
  test('is its JSON', () => {
    fc.assert(
      fc.property(document, fc.array(text, { minLength: 64, maxLength: 64 }), object, (document, texts, proof) => {
        const paths = placesOf(document).slice(0, texts.length)
        const written = new JsonText(document, paths)
        const own = filled(document, paths, texts)
        for (const extended of [own, { ...own, proof: [proof] }, { proof, ...own }, { ...own, 'a "b"': 1, 7: proof }])
          expect(written.extended(own, extended as JsonObject, texts)).toBe(JSON.stringify(extended))
      }),
      { numRuns: 500 },
    )
  })
  test('also where the proof hides the document behind something else', () => {
    const document = { a: 'x', b: ['y', { c: 'z' }] }
    const paths: Path[] = [['a'], ['b', 1, 'c']]
    const written = new JsonText(document, paths)
    const texts = ['1', '2']
    const own = filled(document, paths, texts)
    const others: object[] = [
      { ...own, a: 'changed' },
      { ...own, b: ['y', { c: '2' }] },
      { b: own.b, a: own.a },
      { a: own.a },
      { ...own, toJSON: () => 'else' },
      { ...own, proof: { toJSON: () => 5 } },
      { ...own, one: undefined, two: () => 1, three: Symbol('x'), four: new Date(0) },
    ]
    for (const other of others) expect(written.extended(own, other as JsonObject, texts)).toBe(JSON.stringify(other))
  })
})
