/** Templates give the canonical form that the whole path gives (RDFC-1.0 section 4.4), or none. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyze } from '../../../src/canonical/analyze.js'
import { canonicalize } from '../../../src/canonical/canonicalize.js'
import { compileTemplate, type SlotPath } from '../../../src/canonical/templates/template.js'
import type { JsonObject } from '../../../src/internal/types.js'
import { readyHash } from '../../../src/platform/hash.js'
import { arbitraryDocument } from '../arbitrary-document.js'
import { context, MORE, OB303, VC2 } from '../support.js'

type Algorithm = 'SHA-256' | 'SHA-384'
await readyHash('SHA-384')

/** Undefined where it would not be signed. */
async function whole(document: object, hash: Algorithm = 'SHA-256'): Promise<string | undefined> {
  const { dataset, problems } = await analyze(document as JsonObject, context())
  if (dataset === undefined || problems.length > 0) return undefined
  return canonicalize(dataset, { hash, maxSteps: 65_536 })
}

const template = (sample: object, slots: readonly SlotPath[], hash: Algorithm = 'SHA-256') =>
  compileTemplate(sample as JsonObject, slots, context(), hash)

function withTexts<T extends object>(document: T, slots: readonly SlotPath[], texts: readonly string[]): T {
  const copy = structuredClone(document)
  for (const [index, path] of slots.entries()) {
    const parent = path.slice(0, -1).reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], copy)
    ;(parent as Record<string, unknown>)[path.at(-1) as string] = texts[index]
  }
  return copy
}

/** Texts outside of contexts and types. */
function textsIn(value: unknown, path: SlotPath = []): SlotPath[] {
  if (typeof value === 'string') return [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, item]) =>
    /^@(?:context|type|language)$|^type$/.test(name)
      ? []
      : textsIn(item, [...path, Array.isArray(value) ? Number(name) : name]),
  )
}

const HOSTILE = [
  '',
  'x',
  '@type',
  '@id',
  '@foo',
  '_:b0',
  '_:c14n0',
  'urn:i:1',
  'urn:i:2',
  'ex:4',
  'plain:x',
  'https://example.org/5',
  'https://exa mple.org/',
  'urn:x> <urn:y> <urn:z> .\n<urn:q',
  '" .\n<urn:a> <urn:b> "c',
  'back\\slash "quote"\t\r\n\u0000\u007f',
  '{"@value":"x"}',
  '\ud83c\udf93',
  '\uffff',
  '\ue000',
  '\ud800',
  'é',
  '~slot0~',
  '1',
  'true',
  '2030-01-01T00:00:00Z',
]
const hostile = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...HOSTILE) },
  fc.string({ unit: 'binary', maxLength: 8 }),
)

describe('fill', () => {
  test.each<Algorithm>(['SHA-256', 'SHA-384'])('any document, any texts, %s', async (hash) => {
    let filled = 0
    await fc.assert(
      fc.asyncProperty(
        arbitraryDocument({ depth: 2, unusual: false }),
        fc.array(fc.nat(), { maxLength: 6 }),
        fc.array(fc.array(hostile, { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
        async (document, chosen, rounds) => {
          const texts = textsIn(document)
          const slots = [...new Set(chosen.map((one) => one % Math.max(texts.length, 1)))].flatMap((one) =>
            texts[one] === undefined ? [] : [texts[one]],
          )
          const made = await template(document, slots, hash)
          if (made === undefined) return
          for (const round of rounds) {
            const form = made.fill(round.slice(0, slots.length))
            if (form === undefined) continue
            filled++
            expect(form).toBe(await whole(withTexts(document, slots, round), hash))
          }
        },
      ),
      { numRuns: 300 * MORE },
    )
    expect(filled).toBeGreaterThan(100)
  })

  const badge = {
    '@context': [VC2, OB303],
    id: 'urn:uuid:1',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Badge 🎓',
    issuer: { id: 'did:example:school', type: ['Profile'], name: 'School' },
    validFrom: '2030-01-01T00:00:00Z',
    evidence: [
      { id: 'https://example.org/evidence/1', type: ['Evidence'], name: 'one' },
      { id: 'https://example.org/evidence/2', type: ['Evidence'], name: 'two' },
      { type: ['Evidence'], name: 'three' },
    ],
    credentialSubject: {
      id: 'did:example:learner',
      type: ['AchievementSubject'],
      identifier: [
        { type: 'IdentityObject', identityType: 'emailAddress', hashed: false, identityHash: 'a@example.org' },
      ],
      result: [
        { type: ['Result'], resultDescription: 'urn:uuid:d1', value: 'A' },
        { type: ['Result'], resultDescription: 'urn:uuid:d1', value: 'B' },
      ],
      achievement: {
        id: 'https://school.example/achievements/1',
        type: ['Achievement'],
        name: 'Giving Feedback',
        description: 'Line\nbreak "quoted"',
        criteria: { narrative: 'Two observed lessons.' },
        creator: { id: 'did:example:school', type: ['Profile'], name: 'School' },
        tag: ['b', 'a', 'b'],
        creditsAvailable: 2.5,
        alignment: [
          { type: ['Alignment'], targetName: 'x', targetUrl: 'https://case.example/1' },
          { type: ['Alignment'], targetName: 'y', targetUrl: 'https://case.example/2' },
        ],
        resultDescription: [
          { id: 'urn:uuid:d1', type: ['ResultDescription'], name: 'Grade', resultType: 'LetterGrade' },
        ],
      },
    },
  }
  const slots: SlotPath[] = [
    ['id'],
    ['validFrom'],
    ['evidence', 0, 'id'],
    ['evidence', 1, 'id'],
    ['evidence', 2, 'name'],
    ['credentialSubject', 'id'],
    ['credentialSubject', 'identifier', 0, 'identityHash'],
    ['credentialSubject', 'result', 0, 'value'],
    ['credentialSubject', 'result', 1, 'value'],
    ['credentialSubject', 'result', 1, 'resultDescription'],
  ]
  const usual = slots.map((path) =>
    path.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], badge),
  ) as string[]
  const changed = (changes: Readonly<Record<number, string>>) => usual.map((text, index) => changes[index] ?? text)
  const filledWith = async (changes: Readonly<Record<number, string>>) =>
    (await template(badge, slots))?.fill(changed(changes))

  test.each<[string, Record<number, string>]>([
    ['the sample itself', {}],
    [
      'other texts',
      { 0: 'urn:uuid:2', 1: '2031-01-01T00:00:00Z', 4: 'four', 5: 'did:example:another', 7: 'C', 8: 'D' },
    ],
    ['subjects in another order', { 0: 'urn:zzz', 2: 'https://z.example/', 3: 'https://a.example/', 5: 'did:a:b' }],
    ['control characters, quotes, backslashes', { 4: '" .\n<urn:a> <urn:b> "c\\', 6: '\u0000\u001f\u007f\t' }],
    ['characters that IRIs have not', { 0: 'urn:x><y', 2: 'https://example.org/"{}|^`\\' }],
    [
      'above U+FFFF and below',
      { 2: 'https://example.org/\ue000', 3: 'https://example.org/\u{1f393}', 7: '\uffff', 8: '🎓' },
    ],
    ['a megabyte', { 4: 'x'.repeat(1_000_000) }],
    ['what looks like keywords and values', { 4: '@value', 6: '{"@value":"x"}', 7: '@id', 8: '@list' }],
    ['a marker', { 4: '~slot4~', 6: '~slot~0~' }],
    ['a reference to another node', { 9: 'did:example:learner' }],
    ['an IRI with a scheme of the same kind', { 2: 'http://example.org/', 3: 'ftp://example.org/' }],
  ])('%s', async (_, changes) => {
    const form = await filledWith(changes)
    expect(form).toBe(await whole(withTexts(badge, slots, changed(changes))))
    expect(form).toContain('Giving Feedback')
  })

  test.each<[string, Record<number, string>]>([
    ['the recipient is the credential', { 0: 'did:example:same', 5: 'did:example:same' }],
    ['the recipient is the issuer', { 5: 'did:example:school' }],
    ['evidence is the achievement', { 2: 'https://school.example/achievements/1' }],
    ['two pieces of evidence are one', { 3: 'https://example.org/evidence/1' }],
    ['two results are alike', { 8: 'A' }],
    ['another scheme', { 5: 'mailto:ada@example.org' }],
    ['a prefix', { 5: 'did:example:x', 0: 'xsd:string' }],
    ['a blank node', { 0: '_:b0' }],
    ['a keyword for an IRI', { 0: '@id' }],
    ['a relative IRI', { 2: 'evidence/1' }],
    ['an empty IRI', { 2: '' }],
    ['white space in an IRI', { 2: 'https://example.org/ x' }],
    ['a lone surrogate', { 4: '\ud800' }],
  ])('not where %s', async (_, changes) => {
    expect(await filledWith(changes)).toBeUndefined()
  })

  test('one text again and again is one form: nothing of the last badge is left', async () => {
    const made = await template(badge, slots)
    const first = made?.fill(usual)
    for (const value of ['C', 'zz', '🎓', 'D']) made?.fill(usual.map((text, slot) => (slot === 7 ? value : text)))
    expect(made?.fill(usual)).toBe(first)
    expect(made?.fill(usual.with(8, 'A'))).toBeUndefined()
    expect(made?.fill(usual)).toBe(first)
  })
})

describe('there is no template', () => {
  const terms = { id: '@id', type: '@type', p: 'urn:p', q: 'urn:q', json: { '@id': 'urn:j', '@type': '@json' } }
  const base = { '@context': terms, id: 'urn:s' }
  const graph = { '@context': { ...terms, g: { '@id': 'urn:g', '@container': '@graph' } }, id: 'urn:s' }

  test('but there is one of this', async () => {
    expect((await template({ ...base, p: 'x', q: { p: 1 } }, [['p']]))?.fill(['y'])).toBe(
      '<urn:s> <urn:p> "y" .\n<urn:s> <urn:q> _:c14n0 .\n_:c14n0 <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
    )
  })

  test.each<[string, object, SlotPath[]]>([
    ['of a document with problems', { ...base, p: 'x', undefined_term: 1 }, [['p']]],
    ['where a slot is in a JSON literal', { ...base, json: { a: 'x' } }, [['json', 'a']]],
    ['where a slot names a class', { ...base, type: 'urn:T', p: 'x' }, [['type']]],
    [
      'where a slot leaves no statement',
      { ...base, p: 'x', q: { '@context': { r: 'urn:r' }, p: 1 } },
      [['q', '@context', 'r']],
    ],
    ['where constant blank nodes are alike', { ...base, p: [{ q: 1 }, { q: 1 }], q: 'x' }, [['q']]],
    ['with named graphs', { ...graph, g: { p: 1 }, p: 'x' }, [['p']]],
    ['where the order of a blank node’s lines hangs on texts', { ...base, p: { q: ['x', 'y'] } }, [['p', 'q', 0]]],
    ['of a document that takes the general path', { ...base, p: 'x', q: { '@list': [1] } }, [['p']]],
  ])('%s', async (_, sample, paths) => {
    expect(await template(sample, paths)).toBeUndefined()
  })
})
