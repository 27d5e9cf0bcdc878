import fc from 'fast-check'

const XSD = 'http://www.w3.org/2001/XMLSchema#'
const VOCAB = 'https://example.org/vocab#'

/** Without surrogates: jsonld sorts them by code units, the standard by code points. */
const text = fc
  .oneof(
    fc.constantFrom('', 'x', 'urn:i:1', 'line\nbreak', 'quote"\\', '\u0001\u007f', 'é', '\uffff'),
    fc.string({ maxLength: 6 }),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
  )
  .filter((value) => !/[\ud800-\udfff]/.test(value))

/** Without numbers such as 1e-7: jsonld takes them for integers, because their JavaScript text has no point. */
const number = fc
  .oneof(
    fc.integer(),
    fc.constantFrom(0, 1.5, -2.25, 1e21, 1e22, 123456789012345680000, 0.1),
    fc.double({ noNaN: true, min: -1e6, max: 1e6 }).filter((n) => Number.isInteger(n) || String(n).includes('.')),
  )
  .map((n) => (n === 0 ? 0 : n))

const scalar = fc.oneof(text, number, fc.boolean())
const iri = fc.constantFrom('urn:i:1', 'urn:i:2', 'urn:i:3', 'ex:4', 'https://example.org/5')
const json = fc.jsonValue({ maxDepth: 2 }).filter((value) => value !== null && !/-0|e/.test(JSON.stringify(value)))

const valueObject = fc.oneof(
  fc.record({ '@value': scalar }),
  fc.record({ '@value': text, '@language': fc.constantFrom('en', 'DE-at') }),
  // Beginning with a letter that no other text has: jsonld takes two values for one that differ in their direction alone.
  fc.record(
    {
      '@value': text.map((value) => `\u05d0${value}`),
      '@language': fc.constantFrom('ar', 'HE'),
      '@direction': fc.constant('rtl'),
    },
    { requiredKeys: ['@value', '@direction'] },
  ),
  fc.record({ '@value': text, '@type': fc.constantFrom(`${XSD}date`, 'ex:dt', 'U') }),
  fc.record({ '@value': text, '@index': fc.constant('i') }),
  fc.record({ '@value': json, '@type': fc.constant('@json') }),
)

/** A value, or an array of some, null among them. */
const some = (of: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 3, arbitrary: of },
    {
      weight: 1,
      arbitrary: fc.array(fc.oneof({ weight: 5, arbitrary: of }, { weight: 1, arbitrary: fc.constant(null) }), {
        maxLength: 3,
      }),
    },
  )

/** A term of each kind; `scoped` is the scoped context of some of them. */
const contextWith = (scoped: object): object => ({
  '@version': 1.1,
  ex: 'https://example.org/ns/',
  id: '@id',
  type: '@type',
  nest: '@nest',
  plain: `${VOCAB}plain`,
  other: { '@id': 'ex:other' },
  lang: { '@id': `${VOCAB}lang`, '@language': 'en-GB' },
  ref: { '@id': `${VOCAB}ref`, '@type': '@id' },
  voc: { '@id': `${VOCAB}voc`, '@type': '@vocab' },
  date: { '@id': `${VOCAB}date`, '@type': `${XSD}dateTime` },
  int: { '@id': `${VOCAB}int`, '@type': `${XSD}integer` },
  dbl: { '@id': `${VOCAB}dbl`, '@type': `${XSD}double` },
  bool: { '@id': `${VOCAB}bool`, '@type': `${XSD}boolean` },
  json: { '@id': `${VOCAB}json`, '@type': '@json' },
  none: { '@id': `${VOCAB}none`, '@type': '@none' },
  set: { '@id': `${VOCAB}set`, '@container': '@set' },
  list: { '@id': `${VOCAB}list`, '@container': '@list' },
  listref: { '@id': `${VOCAB}listref`, '@container': ['@list'], '@type': '@id' },
  graph: { '@id': `${VOCAB}graph`, '@container': '@graph' },
  wrapped: `${VOCAB}wrapped`,
  nothing: 'ex:nothing',
  scoped: { '@id': `${VOCAB}scoped`, '@context': scoped },
  scopedref: { '@id': `${VOCAB}scopedref`, '@type': '@id', '@context': scoped },
  reset: {
    '@id': `${VOCAB}reset`,
    '@context': [null, { id: '@id', type: '@type', plain: 'urn:reset:plain', '@vocab': 'urn:reset:' }],
  },
  T: { '@id': 'ex:T', '@context': scoped },
  U: 'ex:U',
  W: { '@id': 'ex:W', '@context': { '@propagate': true, plain: 'ex:fromW', '@language': 'nl' } },
  langmap: { '@id': `${VOCAB}langmap`, '@container': '@language' },
  index: { '@id': `${VOCAB}index`, '@container': '@index' },
  idmap: { '@id': `${VOCAB}idmap`, '@container': '@id' },
  typemap: { '@id': `${VOCAB}typemap`, '@container': '@type' },
  rev: { '@reverse': `${VOCAB}rev` },
})

const scopedContext = fc.constantFrom<object>(
  { plain: 'ex:inT' },
  { other: { '@id': 'ex:otherInT', '@type': '@id' }, U: 'ex:UinT' },
  { '@vocab': 'urn:inner:', extra: 'ex:extra' },
  { date: { '@id': 'ex:date2', '@type': `${XSD}date` }, '@language': null },
  { list: `${VOCAB}nolist`, plain: { '@id': 'ex:aslist', '@container': '@list' } },
)

const embeddedContext = fc.constantFrom<unknown>(
  { plain: 'ex:embedded' },
  { '@language': 'fr' },
  { '@vocab': 'urn:vocab:' },
  [{ other: { '@id': 'ex:o', '@type': '@id' } }],
)

interface DocumentOptions {
  readonly depth: number
  /** Also what only the general path handles. */
  readonly unusual: boolean
}

/** Documents that are mostly valid, and use all of JSON-LD that the options allow. */
export function arbitraryDocument({ depth, unusual }: DocumentOptions): fc.Arbitrary<object> {
  const lazyNode = (levels: number): fc.Arbitrary<object> => fc.nat(0).chain(() => node(levels))
  /** A node that is not empty: an empty one in a graph is dropped. */
  const fullNode = (levels: number) => lazyNode(levels).map((one) => ({ ...one, 'ex:full': 1 }))
  const any = (levels: number): fc.Arbitrary<unknown> =>
    fc.oneof(
      { weight: 3, arbitrary: scalar as fc.Arbitrary<unknown> },
      { weight: 1, arbitrary: valueObject },
      ...(levels > 0 ? [{ weight: 3, arbitrary: lazyNode(levels - 1) }] : []),
    )
  const usualMembers = (levels: number): Record<string, fc.Arbitrary<unknown>> => ({
    plain: some(any(levels)),
    other: some(any(levels)),
    lang: some(any(levels)),
    ref: some(
      fc.oneof(
        iri,
        any(levels).filter((value) => typeof value !== 'string'),
      ),
    ),
    voc: some(fc.constantFrom('plain', 'U', 'ex:z', 'urn:v:1')),
    date: some(text),
    int: some(fc.oneof(number, text)),
    dbl: some(number),
    bool: some(scalar),
    json,
    none: some(scalar),
    set: some(any(levels)),
    list: some(any(levels)),
    listref: some(iri),
    'ex:m': some(any(levels)),
    [`${VOCAB}iri`]: some(any(levels)),
    nothing: fc.constant(null),
    ...(levels > 0
      ? {
          graph: some(fullNode(levels - 1)),
          scoped: some(any(levels)),
          scopedref: some(fc.oneof(iri, lazyNode(levels - 1))),
          reset: some(any(levels)),
        }
      : {}),
  })
  const unusualMembers = (levels: number): Record<string, fc.Arbitrary<unknown>> => ({
    langmap: fc.record({ en: some(text), 'de-AT': some(text) }, { requiredKeys: [] }),
    wrapped: fc.oneof(
      fc.record({ '@list': fc.array(any(levels), { maxLength: 3 }) }),
      fc.record({ '@set': some(any(levels)) }),
    ),
    ...(levels > 0
      ? {
          index: fc.dictionary(fc.constant('i'), some(lazyNode(levels - 1))),
          idmap: fc.dictionary(iri, fullNode(levels - 1)),
          typemap: fc.oneof(fc.record({ T: lazyNode(levels - 1) }), fc.record({ U: lazyNode(levels - 1) })),
          '@included': some(fullNode(levels - 1)),
          nest: fc.record({ plain: scalar, other: scalar }, { requiredKeys: [] }),
          rev: some(fullNode(levels - 1)),
        }
      : {}),
  })
  const node = (levels: number): fc.Arbitrary<object> => {
    const members = { ...usualMembers(levels), ...(unusual ? unusualMembers(levels) : {}) }
    const head = fc.record(
      {
        '@context': embeddedContext,
        id: unusual ? fc.oneof(iri, fc.constantFrom('_:b0', '_:b1', '_:q')) : iri,
        type: fc.oneof(
          fc.constantFrom('T', 'U', 'W', 'ex:t'),
          fc.array(fc.constantFrom('T', 'U', 'W', 'urn:t:9'), { maxLength: 3 }),
        ),
      },
      { requiredKeys: [] },
    )
    const body = fc
      .subarray(Object.keys(members), { maxLength: 4 })
      .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, members[name] ?? fc.constant(null)]))))
    return fc.tuple(head, body).map(([first, second]) => ({ ...first, ...second }))
  }
  const more = fc.constantFrom<object[]>([], [{ '@language': 'en' }], [{ '@vocab': 'urn:all:' }])
  return fc.tuple(scopedContext, node(depth), more).map(([scoped, root, contexts]) => {
    const { '@context': own, ...members } = root as { '@context'?: unknown }
    const all = [contextWith(scoped), ...contexts, ...(own === undefined ? [] : [own].flat())]
    return { '@context': all, ...members, 'ex:root': true }
  })
}
