import { describe, expect, test } from 'vitest'
import { bothPaths, context, jsonldCanonize, ours } from './support.js'

const XSD = 'http://www.w3.org/2001/XMLSchema#'
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const FIRST = `<${RDF}first>`
const REST = `<${RDF}rest>`
const NIL = `<${RDF}nil>`

const remembered = { compiled: context(), general: context({}, { generalPathOnly: true }) }

/** Name, local context, members of a node `urn:s`, expected lines; `departs`: what jsonld does otherwise. */
interface Case {
  readonly context?: object
  readonly node: object
  readonly lines: readonly string[]
  readonly departs?: string
}

function cases(title: string, all: Readonly<Record<string, Case>>) {
  describe(title, () => {
    for (const { path } of bothPaths)
      for (const [name, { context: local, node, lines, departs }] of Object.entries(all))
        test(`${name}, ${path} path`, async () => {
          const document = { '@context': { id: '@id', type: '@type', p: 'urn:p', ...local }, id: 'urn:s', ...node }
          const { nquads, problems } = await ours(document, remembered[path])
          expect(problems).toEqual([])
          expect(nquads).toBe(lines.map((line) => `${line} .\n`).join(''))
          const theirs = await jsonldCanonize(document)
          if (departs === undefined) expect(nquads).toBe(theirs)
          else expect(nquads, departs).not.toBe(theirs)
        })
  })
}

const typed = (lexical: string, type: string) => `<urn:s> <urn:p> "${lexical}"^^<${XSD}${type}>`
const as = (type: string) => ({ p: { '@id': 'urn:p', '@type': XSD + type } })

cases('JSON-LD API 8.2.2, numbers and booleans', {
  true: { node: { p: true }, lines: [typed('true', 'boolean')] },
  integer: { node: { p: 42 }, lines: [typed('42', 'integer')] },
  'negative integer': { node: { p: -7 }, lines: [typed('-7', 'integer')] },
  'integer beyond 2^53': { node: { p: 123456789012345680000 }, lines: [typed('123456789012345683968', 'integer')] },
  '1e21 is a double': { node: { p: 1e21 }, lines: [typed('1.0E21', 'double')] },
  fraction: { node: { p: 5.3 }, lines: [typed('5.3E0', 'double')] },
  'fifteen digits': { node: { p: 0.1 + 0.2 }, lines: [typed('3.0E-1', 'double')] },
  'large fraction': { node: { p: 1234.5 }, lines: [typed('1.2345E3', 'double')] },
  'a fraction that JavaScript writes without a point': {
    node: { p: 1e-7 },
    lines: [typed('1.0E-7', 'double')],
    departs: 'jsonld looks for a point in the text of the number, and takes it for the integer 0',
  },
  'integer coerced to double': { context: as('double'), node: { p: 3 }, lines: [typed('3.0E0', 'double')] },
  'integer coerced to float': { context: as('float'), node: { p: 3 }, lines: [typed('3', 'float')] },
  'fraction coerced to decimal': { context: as('decimal'), node: { p: 1.5 }, lines: [typed('1.5E0', 'decimal')] },
  'boolean coerced to a string': { context: as('string'), node: { p: true }, lines: ['<urn:s> <urn:p> "true"'] },
  'number where an IRI is expected': {
    context: { p: { '@id': 'urn:p', '@type': '@id' } },
    node: { p: 1 },
    lines: [typed('1', 'integer')],
  },
  'string coerced to double': {
    context: as('double'),
    node: { p: '3' },
    lines: [typed('3', 'double')],
    departs: 'step 10 is about numbers; jsonld makes "3.0E0" of a string as well',
  },
  '1 and "1"^^xsd:integer are one statement': {
    node: { p: [1, { '@value': '1', '@type': `${XSD}integer` }] },
    lines: [typed('1', 'integer')],
    departs: 'jsonld writes it twice',
  },
})

cases('JSON-LD API 8.2.2, strings', {
  plain: { node: { p: 'x' }, lines: ['<urn:s> <urn:p> "x"'] },
  empty: { node: { p: '' }, lines: ['<urn:s> <urn:p> ""'] },
  'coerced to xsd:string': { context: as('string'), node: { p: 'x' }, lines: ['<urn:s> <urn:p> "x"'] },
  'with a datatype': { context: as('date'), node: { p: '2026-01-01' }, lines: [typed('2026-01-01', 'date')] },
  'datatype @none': {
    context: { p: { '@id': 'urn:p', '@type': '@none' } },
    node: { p: 'x' },
    lines: ['<urn:s> <urn:p> "x"'],
  },
  'of the default language': {
    context: { '@language': 'de-AT' },
    node: { p: 'x' },
    lines: ['<urn:s> <urn:p> "x"@de-at'],
  },
  "of the term's language": {
    context: { '@language': 'de', p: { '@id': 'urn:p', '@language': 'EN' } },
    node: { p: 'x' },
    lines: ['<urn:s> <urn:p> "x"@en'],
  },
  'of no language': {
    context: { '@language': 'de', p: { '@id': 'urn:p', '@language': null } },
    node: { p: 'x' },
    lines: ['<urn:s> <urn:p> "x"'],
  },
  'value object': { node: { p: { '@value': 'x' } }, lines: ['<urn:s> <urn:p> "x"'] },
  'value object with language': {
    node: { p: { '@value': 'x', '@language': 'En-us' } },
    lines: ['<urn:s> <urn:p> "x"@en-us'],
  },
  'value object with null language': {
    node: { p: { '@value': 'x', '@language': null } },
    lines: ['<urn:s> <urn:p> "x"'],
  },
  'value object with type': {
    context: { x: 'urn:x:' },
    node: { p: { '@value': 'x', '@type': 'x:t' } },
    lines: ['<urn:s> <urn:p> "x"^^<urn:x:t>'],
  },
  'value object that ignores coercion': {
    context: as('date'),
    node: { p: { '@value': 'x' } },
    lines: ['<urn:s> <urn:p> "x"'],
  },
  'all that is escaped': {
    node: { p: '\u0000\u0007\b\t\n\u000b\f\r\u001f "\\\u007f' },
    lines: ['<urn:s> <urn:p> "\\u0000\\u0007\\b\\t\\n\\u000B\\f\\r\\u001F \\"\\\\\\u007F"'],
  },
  'what is not escaped': {
    node: { p: '\u0080\u00a0\u2028é<>|^`{}\u{1f600}' },
    lines: ['<urn:s> <urn:p> "\u0080\u00a0\u2028é<>|^`{}\u{1f600}"'],
  },
})

const directed = (tag: string) => `<urn:s> <urn:p> "x"^^<https://www.w3.org/ns/i18n#${tag}>`

cases('JSON-LD API 8.2.2 step 13, base directions as i18n datatypes', {
  'with a language': {
    node: { p: { '@value': 'x', '@language': 'ar', '@direction': 'rtl' } },
    lines: [directed('ar_rtl')],
  },
  'languages in lower case': {
    node: { p: { '@value': 'x', '@language': 'AR-eg', '@direction': 'rtl' } },
    lines: [directed('ar-eg_rtl')],
  },
  'without a language': { node: { p: { '@value': 'x', '@direction': 'ltr' } }, lines: [directed('_ltr')] },
  'with the language null': {
    node: { p: { '@value': 'x', '@language': null, '@direction': 'ltr' } },
    lines: [directed('_ltr')],
  },
  "the context's": {
    context: { '@language': 'he', '@direction': 'rtl' },
    node: { p: 'x' },
    lines: [directed('he_rtl')],
  },
  "the term's, without a language": {
    context: { p: { '@id': 'urn:p', '@direction': 'rtl' } },
    node: { p: 'x' },
    lines: [directed('_rtl')],
  },
  "the term's null": {
    context: { '@direction': 'rtl', p: { '@id': 'urn:p', '@direction': null } },
    node: { p: 'x' },
    lines: ['<urn:s> <urn:p> "x"'],
  },
  'a value object takes none from the context': {
    context: { '@direction': 'rtl' },
    node: { p: { '@value': 'x' } },
    lines: ['<urn:s> <urn:p> "x"'],
  },
  'in a list': {
    context: { p: { '@id': 'urn:p', '@container': '@list' } },
    node: { p: [{ '@value': 'x', '@language': 'ar', '@direction': 'rtl' }] },
    lines: [
      `<urn:s> <urn:p> _:c14n0`,
      `_:c14n0 ${FIRST} "x"^^<https://www.w3.org/ns/i18n#ar_rtl>`,
      `_:c14n0 ${REST} ${NIL}`,
    ],
  },
  'the two directions are two values': {
    node: {
      p: [
        { '@value': 'x', '@direction': 'ltr' },
        { '@value': 'x', '@direction': 'rtl' },
      ],
    },
    lines: [directed('_ltr'), directed('_rtl')],
    departs: 'jsonld takes values for the same that differ in their direction alone, and drops one',
  },
})

cases('JSON literals', {
  'an object, in the form of RFC 8785': {
    context: { p: { '@id': 'urn:p', '@type': '@json' } },
    node: { p: { b: [1.0, 1e21, 'é"'], a: null } },
    lines: [`<urn:s> <urn:p> "{\\"a\\":null,\\"b\\":[1,1e+21,\\"é\\\\\\"\\"]}"^^<${RDF}JSON>`],
  },
  'an array is one literal': {
    context: { p: { '@id': 'urn:p', '@type': '@json' } },
    node: { p: [1, 2] },
    lines: [`<urn:s> <urn:p> "[1,2]"^^<${RDF}JSON>`],
  },
  'in a value object': {
    node: { p: { '@value': { a: 1 }, '@type': '@json' } },
    lines: [`<urn:s> <urn:p> "{\\"a\\":1}"^^<${RDF}JSON>`],
  },
  null: {
    context: { p: { '@id': 'urn:p', '@type': '@json' } },
    node: { p: null },
    lines: [`<urn:s> <urn:p> "null"^^<${RDF}JSON>`],
  },
})

cases('IRIs and nodes', {
  reference: {
    context: { p: { '@id': 'urn:p', '@type': '@id' } },
    node: { p: 'urn:o' },
    lines: ['<urn:s> <urn:p> <urn:o>'],
  },
  'compact IRI': {
    context: { x: 'https://x.example/', p: { '@id': 'x:p', '@type': '@id' } },
    node: { p: 'x:o' },
    lines: ['<urn:s> <https://x.example/p> <https://x.example/o>'],
  },
  'a prefix does not touch //': {
    context: { https: 'urn:no:', p: { '@id': 'urn:p', '@type': '@id' } },
    node: { p: 'https://x.example/' },
    lines: ['<urn:s> <urn:p> <https://x.example/>'],
  },
  'a term that is no prefix': {
    context: { x: { '@id': 'urn:x' }, p: { '@id': 'urn:p', '@type': '@id' } },
    node: { p: 'x:o' },
    lines: ['<urn:s> <urn:p> <x:o>'],
  },
  'value of type @vocab': {
    context: { p: { '@id': 'urn:p', '@type': '@vocab' }, o: 'urn:o' },
    node: { p: ['o', 'urn:q'] },
    lines: ['<urn:s> <urn:p> <urn:o>', '<urn:s> <urn:p> <urn:q>'],
  },
  'characters that no IRI has': {
    context: { p: { '@id': 'urn:p', '@type': '@id' } },
    node: { p: 'urn:<a"b\\c^`{|}\u0001>' },
    lines: ['<urn:s> <urn:p> <urn:\\u003Ca\\u0022b\\u005Cc\\u005E\\u0060\\u007B\\u007C\\u007D\\u0001\\u003E>'],
  },
  'types once each': {
    node: { type: ['urn:t', 'urn:t', 'urn:u'] },
    lines: [`<urn:s> <${RDF}type> <urn:t>`, `<urn:s> <${RDF}type> <urn:u>`],
  },
  'an empty type, and no type, are not mistaken for one another': {
    node: { type: [], p: { type: ['urn:t'] } },
    lines: ['<urn:s> <urn:p> _:c14n0', `_:c14n0 <${RDF}type> <urn:t>`],
  },
  'a node without members': { node: { p: {} }, lines: ['<urn:s> <urn:p> _:c14n0'] },
  'null, and empty arrays': {
    node: { p: null, 'urn:q': [], 'urn:r': [null, 1] },
    lines: [`<urn:s> <urn:r> "1"^^<${XSD}integer>`],
  },
  'arrays within arrays are one': {
    node: { p: [[1], [2, [3]]] },
    lines: [typed('1', 'integer'), typed('2', 'integer'), typed('3', 'integer')],
  },
  '@vocab': {
    context: { '@vocab': 'urn:v:' },
    node: { q: 1, type: 'T' },
    lines: [`<urn:s> <${RDF}type> <urn:v:T>`, `<urn:s> <urn:v:q> "1"^^<${XSD}integer>`],
  },
})

cases('lists and graphs', {
  'empty list': {
    context: { p: { '@id': 'urn:p', '@container': '@list' } },
    node: { p: [] },
    lines: [`<urn:s> <urn:p> ${NIL}`],
  },
  list: {
    context: { p: { '@id': 'urn:p', '@container': '@list' } },
    node: { p: ['a', 'b'] },
    lines: [
      `<urn:s> <urn:p> _:c14n0`,
      `_:c14n0 ${FIRST} "a"`,
      `_:c14n0 ${REST} _:c14n1`,
      `_:c14n1 ${FIRST} "b"`,
      `_:c14n1 ${REST} ${NIL}`,
    ],
  },
  'one value is a list of one': {
    context: { p: { '@id': 'urn:p', '@container': '@list' } },
    node: { p: 'a' },
    lines: ['<urn:s> <urn:p> _:c14n0', `_:c14n0 ${FIRST} "a"`, `_:c14n0 ${REST} ${NIL}`],
  },
  'graph container': {
    context: { p: { '@id': 'urn:p', '@container': '@graph' }, q: 'urn:q' },
    node: { p: { id: 'urn:o', q: 1 } },
    lines: [`<urn:o> <urn:q> "1"^^<${XSD}integer> _:c14n0`, '<urn:s> <urn:p> _:c14n0'],
  },
  'each value is a graph of its own': {
    context: { p: { '@id': 'urn:p', '@container': ['@graph', '@set'] }, q: 'urn:q' },
    node: { p: [{ id: 'urn:o', q: 'a' }, { q: 'b' }] },
    lines: [
      '<urn:o> <urn:q> "a" _:c14n2',
      '<urn:s> <urn:p> _:c14n0',
      '<urn:s> <urn:p> _:c14n2',
      '_:c14n1 <urn:q> "b" _:c14n0',
    ],
  },
})

describe('N-Quads are not written by the document', () => {
  const line = '\n<urn:s> <urn:q> "injected" .\n'
  for (const { path } of bothPaths) {
    for (const [place, local] of [
      ['the default language', { '@language': `en ${line}` }],
      ['the language of a term', { p: { '@id': 'urn:p', '@language': `en${line}` } }],
    ] as const)
      test(`by ${place}, ${path} path`, async () => {
        const { nquads, problems } = await ours({ '@context': { p: 'urn:p', ...local }, p: 'x' }, remembered[path])
        expect(problems).toMatchObject([{ kind: 'invalid' }])
        expect(nquads).toBeUndefined()
      })
    test(`by the language of a value object, ${path} path`, async () => {
      const { nquads, problems } = await ours(
        { '@context': { p: 'urn:p' }, p: { '@value': 'x', '@language': `en${line}` } },
        remembered[path],
      )
      expect(problems).toMatchObject([{ kind: 'invalid', pointer: '/p' }])
      expect(nquads).toBeUndefined()
    })
    test(`by a datatype, an IRI or a text, ${path} path`, async () => {
      const evil = '><urn:q>"injected".'
      const document = {
        '@context': { p: 'urn:p' },
        p: [{ '@id': `urn:${evil}` }, { '@value': 'x', '@type': `urn:${evil}` }, `"${line}`],
      }
      const { nquads = '' } = await ours(document, remembered[path])
      expect(nquads.split('\n').every((one) => one === '' || one.startsWith('_:c14n0 <urn:p> '))).toBe(true)
    })
  }
})
