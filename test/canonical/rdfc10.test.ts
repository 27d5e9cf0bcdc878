import fc from 'fast-check'
import rdfCanonize from 'rdf-canonize'
import { describe, expect, test } from 'vitest'
import { canonicalForm, canonicalize } from '../../src/canonical/canonicalize.js'
import { CanonicalizationError } from '../../src/canonical/types.js'
import { hashHex } from '../../src/platform/hash.js'
import { datasetOf, MORE } from './support.js'

const SHA256 = { hash: 'SHA-256', maxSteps: 65_536 } as const
const canonical = (nquads: string): string => canonicalize(datasetOf(nquads), SHA256)
/** What is deployed: rdf-canonize, which is below jsonld too. It sorts by code units. */
const deployed = (nquads: string, messageDigestAlgorithm = 'sha256'): Promise<string> =>
  rdfCanonize.canonize(nquads, {
    algorithm: 'RDFC-1.0',
    inputFormat: 'application/n-quads',
    format: 'application/n-quads',
    messageDigestAlgorithm,
    // The bound on work is the test's own.
    maxWorkFactor: 3,
  })
const RUNS = 100 * MORE

describe('RDFC-1.0 section 4.4, canonicalization', () => {
  test('a dataset without blank nodes is sorted', () => {
    expect(canonical('<urn:b> <urn:p> "2" .\n<urn:a> <urn:p> <urn:o> .\n<urn:b> <urn:p> "1" .')).toBe(
      '<urn:a> <urn:p> <urn:o> .\n<urn:b> <urn:p> "1" .\n<urn:b> <urn:p> "2" .\n',
    )
  })
  test('the empty dataset is the empty text', () => expect(canonical('')).toBe(''))
  test('what is said twice is said once', () => {
    const twice = '_:a <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    expect(canonical(twice + twice)).toBe(twice.replace('_:a', '_:c14n0'))
    expect(canonical('_:a <urn:p> _:b .\n_:a <urn:p> _:b .\n_:b <urn:q> "x" .')).toBe(
      canonical('_:a <urn:p> _:b .\n_:b <urn:q> "x" .'),
    )
  })
  test('a statement in two graphs is two quads', () => {
    expect(canonical('<urn:a> <urn:p> "x" .\n<urn:a> <urn:p> "x" <urn:g> .')).toBe(
      '<urn:a> <urn:p> "x" .\n<urn:a> <urn:p> "x" <urn:g> .\n',
    )
  })
  test('identifiers are issued by hash; the order of lines is that of the identifiers as text', () => {
    const lines = Array.from({ length: 12 }, (_, index) => `_:n${index} <urn:p> "${index}" .`).join('\n')
    const form = canonical(lines)
    expect(form.split('\n').map((line) => line.split(' ')[0])).toEqual(
      ['0', '1', '10', '11', '2', '3', '4', '5', '6', '7', '8', '9'].map((n) => `_:c14n${n}`).concat(''),
    )
  })
  test('the issued identifiers map', () => {
    const { identifiers } = canonicalForm(datasetOf('_:x <urn:p> _:y .\n_:y <urn:p> "z" .'), SHA256)
    expect([...identifiers].sort()).toEqual(['_:c14n0', '_:c14n1'])
  })
  test('a blank node that no quad has gets no identifier', () => {
    const dataset = { ...datasetOf('_:x <urn:p> "a" .'), blankNodes: 3 }
    expect(canonicalForm(dataset, SHA256).identifiers).toEqual(['_:c14n0', undefined, undefined])
  })
})

describe('RDFC-1.0 section 4.6, hash first degree quads', () => {
  const cases = {
    'as subject only': '_:a <urn:p> "1" .\n_:b <urn:p> "2" .',
    'as object of an IRI': '<urn:s> <urn:p> _:a .\n<urn:s> <urn:q> _:b .',
    'as object of another blank node': '_:a <urn:p> _:b .\n_:b <urn:q> "x" .',
    'as object of two others': '_:a <urn:p> _:c .\n_:b <urn:q> _:c .\n_:c <urn:r> "x" .',
    'of itself': '_:a <urn:p> _:a .\n_:a <urn:p> _:b .\n_:a <urn:p> "x" .',
    'as graph name': '<urn:s> <urn:p> "x" _:g .\n<urn:s> <urn:q> _:g .',
    'as subject in its own graph': '_:g <urn:p> "x" _:g .\n_:h <urn:q> "x" _:g .',
    'as object in its own graph': '<urn:s> <urn:p> _:g _:g .',
    'two with one predicate and both unknown':
      '_:a <urn:p> _:x .\n_:a <urn:p> _:y .\n_:x <urn:n> "1" .\n_:y <urn:n> "2" .',
    'text, itself and another under one predicate':
      '_:a <urn:p> "t" .\n_:a <urn:p> _:a .\n_:a <urn:p> _:b .\n_:b <urn:q> "z" .',
  }
  for (const [name, nquads] of Object.entries(cases))
    test(name, async () => expect(canonical(nquads)).toBe(await deployed(nquads)))
})

describe('RDFC-1.0 section 4.8, hash n-degree quads', () => {
  const cases = {
    'two that nothing tells apart': '_:a <urn:p> "x" .\n_:b <urn:p> "x" .',
    'two that are told apart one step away':
      '_:a <urn:p> _:c .\n_:b <urn:p> _:d .\n_:c <urn:q> "1" .\n_:d <urn:q> "2" .',
    'two that are told apart two steps away':
      '_:a <urn:p> _:c .\n_:b <urn:p> _:d .\n_:c <urn:q> _:e .\n_:d <urn:q> _:f .\n_:e <urn:r> "1" .\n_:f <urn:r> "2" .',
    'a circle of three': '_:a <urn:p> _:b .\n_:b <urn:p> _:c .\n_:c <urn:p> _:a .',
    'two circles': '_:a <urn:p> _:b .\n_:b <urn:p> _:a .\n_:c <urn:p> _:d .\n_:d <urn:p> _:c .',
    'both ways': '_:a <urn:p> _:b .\n_:b <urn:p> _:a .\n_:a <urn:q> _:b .',
    'one parent, three children alike': '_:p <urn:c> _:a .\n_:p <urn:c> _:b .\n_:p <urn:c> _:d .',
    'one relation in two graphs':
      '_:a <urn:p> _:b .\n_:a <urn:p> _:b <urn:g> .\n_:c <urn:p> _:d .\n_:c <urn:p> _:d <urn:g> .',
    'graph names alike': '<urn:s> <urn:p> _:g .\n<urn:s> <urn:p> _:h .\n_:x <urn:q> "1" _:g .\n_:y <urn:q> "1" _:h .',
    'a star of stars':
      '_:r <urn:c> _:a .\n_:r <urn:c> _:b .\n_:a <urn:c> _:e .\n_:a <urn:c> _:f .\n_:b <urn:c> _:g .\n_:b <urn:c> _:h .',
    // A prototype of this code dropped one of two lines that differ only in which node "_:z" stands for.
    'shared children':
      '_:a <urn:p> _:x .\n_:a <urn:p> _:y .\n_:b <urn:p> _:x .\n_:b <urn:p> _:y .\n_:x <urn:q> "1" .\n_:y <urn:q> "2" .',
    'lists alike': [0, 1]
      .map(
        (n) =>
          `<urn:s> <urn:p> _:l${n} .\n_:l${n} <urn:first> "1" .\n_:l${n} <urn:rest> _:m${n} .\n_:m${n} <urn:first> "2" .\n_:m${n} <urn:rest> <urn:nil> .`,
      )
      .join('\n'),
  }
  for (const [name, nquads] of Object.entries(cases))
    for (const [hash, algorithm] of [
      ['SHA-256', 'sha256'],
      ['SHA-384', 'sha384'],
    ] as const)
      test(`${name}, ${hash}`, async () =>
        expect(canonicalize(datasetOf(nquads), { ...SHA256, hash })).toBe(await deployed(nquads, algorithm)))
})

describe('RDFC-1.0 section 5, canonical N-Quads', () => {
  test('the order is that of code points, not of UTF-16 code units', () => {
    const [astral, private_] = ['<urn:s> <urn:p> "\u{10000}" .', '<urn:s> <urn:p> "\uffff" .']
    expect(canonical(`${astral}\n${private_}`)).toBe(`${private_}\n${astral}\n`)
    // Also where it decides what is hashed: the quads of one blank node.
    const one = canonicalForm(datasetOf(`_:a <urn:p> "\u{10000}" .\n_:a <urn:p> "\uffff" .`), SHA256)
    expect(one.nquads).toBe('_:c14n0 <urn:p> "\uffff" .\n_:c14n0 <urn:p> "\u{10000}" .\n')
  })
  test('the order within a hash is that of code points too', () => {
    const others = ['1', '2', '3', '4', '5', '6', '7', '8'].map((value, index) => `_:n${index} <urn:p> "${value}" .`)
    const lines = ['_:a <urn:p> "\u{10000}" .', '_:a <urn:p> "\uffff" .', ...others]
    const hashOf = (...of: string[]) =>
      hashHex('SHA-256', of.map((line) => `${line.replace(/^_:\w+/, '_:a')}\n`).join(''))
    const hashes = [hashOf(lines[1] as string, lines[0] as string), ...others.map((line) => hashOf(line))]
    const rank = [...hashes].sort().indexOf(hashes[0] as string)
    expect(canonical(lines.join('\n'))).toContain(
      `_:c14n${rank} <urn:p> "\uffff" .\n_:c14n${rank} <urn:p> "\u{10000}" .`,
    )
  })
  test('a literal that begins another one comes first, whatever follows', () => {
    const objects = ['"a"', '"a"@en', '"a"@en-us', '"a"^^<urn:t>', '"a b"', '"ab"', '<urn:a>', '<urn:a/b>', '<urn:a#b>']
    const lines = objects.map((object) => `<urn:s> <urn:p> ${object} .`)
    expect(canonical([...lines].reverse().join('\n'))).toBe([...lines].sort().join('\n').concat('\n'))
  })
  test('the default graph comes before named graphs', () => {
    const lines = ['<urn:s> <urn:p> "a" .', '<urn:s> <urn:p> "a" <urn:g> .', '<urn:s> <urn:p> "a" _:c14n0 .']
    expect(canonical([...lines].reverse().join('\n'))).toBe(lines.join('\n').concat('\n'))
  })
  test('a lone surrogate is refused: its hash would be that of another text', () => {
    expect(() => canonical('<urn:s> <urn:p> "\ud800" .')).toThrow(
      expect.objectContaining({ name: 'CanonicalizationError', kind: 'ill_formed' }),
    )
  })
})

describe('RDFC-1.0 section 7.1, dataset poisoning', () => {
  const clique = (size: number): string => {
    const lines: string[] = []
    for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) if (a !== b) lines.push(`_:n${a} <urn:p> _:n${b} .`)
    return lines.join('\n')
  }
  const refused = { name: 'CanonicalizationError', kind: 'too_complex' }

  test('a clique of ten nodes ends as an error', () =>
    expect(() => canonical(clique(10))).toThrow(expect.objectContaining(refused)))
  test('a clique that can be done within the bound is done', () => expect(canonical(clique(4))).toContain('_:c14n3'))
  test('a thousand children alike end as an error, and without a thousand factorial', () => {
    const lines = Array.from({ length: 1000 }, (_, n) => `_:r <urn:c> _:n${n} .\n_:s <urn:c> _:m${n} .`)
    expect(() => canonical(lines.join('\n'))).toThrow(expect.objectContaining(refused))
  })
  test('two chains of ten thousand nodes end as an error, not of the call stack', () => {
    const chain = (name: string) =>
      Array.from({ length: 10_000 }, (_, n) => `_:${name}${n} <urn:n> _:${name}${n + 1} .`)
    expect(() => canonical([...chain('a'), ...chain('b')].join('\n'))).toThrow(expect.objectContaining(refused))
  })
  test("the bound is the caller's", () => {
    const dataset = datasetOf('_:a <urn:p> "x" .\n_:b <urn:p> "x" .\n_:a <urn:q> _:c .\n_:b <urn:q> _:d .')
    expect(() => canonicalize(dataset, { ...SHA256, maxSteps: 2 })).toThrow(CanonicalizationError)
    expect(canonicalize(dataset, { ...SHA256, maxSteps: 100 })).toContain('_:c14n3')
  })
  test('five thousand nodes that all differ take no n-degree steps at all', () => {
    const lines = Array.from({ length: 5000 }, (_, n) => `<urn:s> <urn:p> _:n${n} .\n_:n${n} <urn:v> "${n}" .`)
    expect(canonicalize(datasetOf(lines.join('\n')), { ...SHA256, maxSteps: 0 }).split('\n')).toHaveLength(10_001)
  })
})

const term = { node: fc.nat(4).map((n) => `_:n${n}`), iri: fc.constantFrom('<urn:a>', '<urn:b>') }
const quads = fc.array(
  fc
    .tuple(
      fc.oneof({ weight: 4, arbitrary: term.node }, { weight: 1, arbitrary: term.iri }),
      fc.constantFrom('<urn:p>', '<urn:q>'),
      fc.oneof(
        { weight: 4, arbitrary: term.node },
        { weight: 1, arbitrary: fc.constantFrom('"1"', '"2"@en', '<urn:a>') },
      ),
      fc.oneof({ weight: 5, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.oneof(term.node, term.iri) }),
    )
    .map(([s, p, o, g]) => `${s} ${p} ${o} ${g}${g === '' ? '' : ' '}.`),
  { minLength: 1, maxLength: 9 },
)

describe('laws', () => {
  test('as what is deployed', () =>
    fc.assert(
      fc.asyncProperty(quads, async (lines) => {
        const nquads = lines.join('\n')
        expect(canonical(nquads)).toBe(await deployed(nquads))
      }),
      { numRuns: RUNS * 3 },
    ))

  test('names of blank nodes and the order of quads do not matter', () =>
    fc.assert(
      fc.property(
        quads,
        fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
        fc.infiniteStream(fc.double()),
        (lines, names, keys) => {
          const renamed = lines
            .map((line) => line.replace(/_:n(\d)/g, (_, n) => `_:m${names[Number(n)]}`))
            .map((line) => ({ line, key: keys.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ line }) => line)
          expect(canonical(renamed.join('\n'))).toBe(canonical(lines.join('\n')))
        },
      ),
      { numRuns: RUNS * 4 },
    ))

  test('the canonical form is its own canonical form', () =>
    fc.assert(
      fc.property(quads, (lines) => {
        const form = canonical(lines.join('\n'))
        expect(canonical(form)).toBe(form)
      }),
      { numRuns: RUNS * 4 },
    ))

  test('order by code points agrees with that of the characters', () =>
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}') }), {
          minLength: 1,
        }),
        (texts) => {
          const lines = [...new Set(texts)].map((text) => `<urn:s> <urn:p> "${text}" .`)
          const byCodePoints = [...lines].sort((a, b) => {
            const [left, right] = [
              [...a].map((c) => c.codePointAt(0) as number),
              [...b].map((c) => c.codePointAt(0) as number),
            ]
            const at = left.findIndex((point, index) => point !== right[index])
            return (left[at] ?? -1) - (right[at] ?? -1)
          })
          expect(canonical(lines.join('\n'))).toBe(byCodePoints.join('\n').concat('\n'))
        },
      ),
    ))
})
