/**
 * JSON-LD with contexts of any make: scoped by type and by property, protected, null, aliased, with containers, nests and reverse
 * properties; many of them wrong in places that a document may use or not. Most are right, so that most documents mean something.
 */
import fc from 'fast-check'

const XSD = 'http://www.w3.org/2001/XMLSchema#'
const E = 'https://e.example/'
const TERMS = ['a', 'b', 'c', 'd', 'e', 'f', 'T', 'U', 'id', 'type', 'ex', 'nest', 'ex:a', `${E}b`] as const

/** Mostly the first. */
const mostly = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>, weight = 30): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: rare })
const one = <T>(...values: T[]) => fc.constantFrom(...values)

const iri = mostly<unknown>(
  one(`${E}a`, `${E}b`, `${E}c`, 'ex:a', 'ex:z', 'urn:x:y', 'a', 'b'),
  one<unknown>('', '_:b', 'relative/x', '@foo', '@Foo1', 'x y', null, 7, `${E}#`, 'http://', 'ex:'),
  60,
)
const keyword = one(
  '@id',
  '@type',
  '@graph',
  '@nest',
  '@included',
  '@reverse',
  '@value',
  '@list',
  '@set',
  '@language',
  '@index',
  '@json',
  '@none',
  '@direction',
  '@context',
)
const type = mostly<unknown>(
  one(
    '@id',
    '@vocab',
    '@json',
    '@none',
    `${XSD}date`,
    `${XSD}integer`,
    `${XSD}double`,
    `${XSD}boolean`,
    `${XSD}string`,
    'ex:dt',
    'T',
  ),
  one<unknown>('@foo', '@list', '_:b', 'relative', null, 7),
  60,
)
const container = mostly<unknown>(
  one<unknown>(
    '@set',
    '@list',
    '@language',
    '@index',
    '@id',
    '@type',
    '@graph',
    ['@set'],
    ['@set', '@index'],
    ['@graph', '@id'],
    ['@graph', '@index', '@set'],
    ['@list'],
  ),
  one<unknown>(null, '@foo', ['@list', '@set'], ['@graph', '@list'], [], 7, ['@type', '@index']),
  40,
)
const language = mostly<unknown>(one<unknown>('en', 'de-AT', 'EN', null), one<unknown>(7, 'not a tag', ''), 60)
const direction = mostly<unknown>(one<unknown>('ltr', 'rtl', null), one<unknown>('up', 7), 30)

/** Undefined stands for a member that is left out. */
function without(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))
}
/** Once in so many. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>, times: number): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

/** What `https://e.example/contexts/…` serves. */
export const SERVED: Readonly<Record<string, unknown>> = {
  [`${E}contexts/1`]: {
    '@context': { '@protected': true, a: `${E}a`, T: { '@id': `${E}T`, '@context': { b: `${E}bInT` } } },
  },
  [`${E}contexts/2`]: { '@context': [{ b: { '@id': `${E}b`, '@type': '@id' } }, { '@vocab': 'urn:v:' }] },
  [`${E}contexts/3`]: { '@context': { c: { '@id': `${E}c`, '@context': { c: null, a: `${E}aInC` } } } },
  [`${E}contexts/4`]: { '@context': { d: { '@id': '@foo' }, e: { '@id': `${E}e`, '@context': { a: { '@id': 7 } } } } },
}

const contexts = fc.letrec<{ context: unknown; object: Record<string, unknown>; definition: unknown }>((tie) => ({
  context: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 8, arbitrary: tie('object') },
    { weight: 1, arbitrary: fc.array(tie('object'), { minLength: 1, maxLength: 2 }) },
    {
      weight: 1,
      arbitrary: mostly<unknown>(
        one<unknown>(null, {}, [], [null, { '@vocab': 'urn:w:' }], ...Object.keys(SERVED)),
        one<unknown>(7, true, `${E}contexts/nowhere`, ['x y']),
        8,
      ),
    },
  ),
  object: fc
    .tuple(
      fc.record({
        '@vocab': maybe(
          mostly<unknown>(one<unknown>('urn:v:', `${E}v#`, null), one<unknown>('', 'ex:', '_:v', 'relative', 7)),
          5,
        ),
        '@base': maybe(one<unknown>(null, `${E}base/`, 'relative/', 7), 30),
        '@language': maybe(language, 12),
        '@direction': maybe(direction, 20),
        '@version': maybe(mostly<unknown>(one<unknown>(1.1), one<unknown>(1.0, '1.1'), 8), 20),
        '@propagate': maybe(one<unknown>(true, false, 'no'), 14),
        '@protected': maybe(one<unknown>(true, false), 8),
        '@import': maybe(one<unknown>(`${E}contexts/1`, `${E}contexts/3`, 7), 60),
      }),
      fc.dictionary(mostly(one(...TERMS), one('@foo', '@json', '', 'a:b', '_:t'), 40), tie('definition'), {
        maxKeys: 4,
        noNullPrototype: true,
      }),
    )
    .map(([keywords, terms]) => without({ ...keywords, ...terms })),
  definition: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 5, arbitrary: iri },
    { weight: 1, arbitrary: keyword },
    { weight: 1, arbitrary: one<unknown>(null) },
    {
      weight: 7,
      arbitrary: fc
        .record({
          '@id': fc.oneof(
            { weight: 6, arbitrary: mostly<unknown>(iri, keyword, 20) },
            { weight: 1, arbitrary: one(undefined) },
          ),
          '@reverse': maybe(mostly<unknown>(iri, keyword, 10), 20),
          '@type': maybe(type, 3),
          '@container': maybe(container, 3),
          '@language': maybe(language, 9),
          '@direction': maybe(direction, 14),
          '@context': maybe(tie('context'), 3),
          '@protected': maybe(mostly<unknown>(one<unknown>(true, false), one<unknown>(7)), 14),
          '@prefix': maybe(mostly<unknown>(one<unknown>(true, false), one<unknown>(7)), 20),
          '@nest': maybe(one<unknown>('@nest', 'nest', 'a', '@id', 7), 24),
          '@index': maybe(one<unknown>('a', `${E}index`, '@index', 7), 24),
          unknown: maybe(one<unknown>(1), 60),
        })
        .map(without),
    },
  ),
}))

const text = one('x', 'a', 'b', 'T', 'urn:x:1', 'ex:y', `${E}o`, '', 'relative', '_:n', '@foo', 'é"\\\n')
const scalar = mostly<unknown>(
  fc.oneof(text, one<unknown>(0, 1, 7, 1.5, 1e21, 5e20, 0.1, -0, 1e-7, 123456789.5), fc.boolean()),
  one<unknown>(null),
)
const json = one<unknown>({ x: [1, 'é', { b: 1, a: null }] }, [], 1e21, 'x', { '@id': 'x' }, null, 0.1, { a: 1e-7 })
const id = mostly<unknown>(
  one('urn:i:1', 'urn:i:2', 'ex:i', '_:n', `${E}i`),
  one<unknown>('relative', '', null, 7, 'a', '@foo', ['urn:i:1']),
  60,
)
const types = mostly<unknown>(
  one<unknown>('T', 'U', ['T', 'U'], 'ex:t', `${E}t`, []),
  one<unknown>('undefined', '@json', 7, null, '_:t'),
  50,
)

const documents = fc.letrec<{ node: Record<string, unknown>; value: unknown; values: unknown; map: unknown }>(
  (tie) => ({
    node: fc
      .tuple(
        fc.record({
          '@context': maybe(contexts.context, 7),
          '@id': maybe(id, 3),
          '@type': maybe(types, 3),
          id: maybe(id, 12),
          type: maybe(types, 12),
          '@graph': maybe(tie('values'), 24),
          '@included': maybe(tie('values'), 24),
          '@nest': maybe(fc.oneof(tie('node'), tie('values')), 24),
          '@reverse': maybe(fc.dictionary(one(...TERMS), tie('values'), { maxKeys: 2, noNullPrototype: true }), 24),
          '@index': maybe(one<unknown>('i', 7), 24),
          '@foo': maybe(one<unknown>('x', { a: 1 }), 200),
        }),
        fc.dictionary(one(...TERMS), tie('values'), { maxKeys: 3, noNullPrototype: true }),
      )
      .map(([keywords, members]) => without({ ...keywords, ...members })),
    value: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      { weight: 6, arbitrary: scalar },
      { weight: 4, arbitrary: tie('node') },
      {
        weight: 2,
        arbitrary: fc
          .record({
            '@value': scalar,
            '@type': maybe(type, 3),
            '@language': maybe(language, 4),
            '@direction': maybe(direction, 12),
            '@index': maybe(one<unknown>('i', 7), 20),
          })
          .map(without),
      },
      { weight: 1, arbitrary: json.map((value) => ({ '@value': value, '@type': '@json' })) },
      { weight: 1, arbitrary: json },
      { weight: 1, arbitrary: tie('values').map((list) => ({ '@list': list })) },
      { weight: 1, arbitrary: tie('values').map((set) => ({ '@set': set })) },
      { weight: 1, arbitrary: tie('map') },
    ),
    values: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      { weight: 4, arbitrary: tie('value') },
      { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    ),
    map: fc.dictionary(one('en', 'de-AT', 'i', 'urn:i:1', 'T', '@none', '_:n'), tie('values'), {
      maxKeys: 2,
      noNullPrototype: true,
    }),
  }),
)

/** A document under such contexts, with terms that are usually there. */
export const arbitraryContextDocument: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(fc.array(contexts.context, { maxLength: 2 }), documents.node, mostly(fc.constant(true), fc.constant(false), 6))
  .map(([all, { '@context': own, ...node }, hasBase]) => {
    const base = {
      ex: 'https://example.org/ns/',
      ...(hasBase ? { '@vocab': 'urn:all:' } : {}),
      a: `${E}a`,
      b: { '@id': `${E}b`, '@type': '@id' },
      c: { '@id': `${E}c`, '@container': '@list' },
      T: { '@id': `${E}T`, '@context': { d: `${E}dInT` } },
      d: { '@id': `${E}d`, '@context': { e: `${E}eInD` } },
    }
    return { '@context': [base, ...all, ...(own === undefined ? [] : [own].flat())], ...node }
  })

/** A document under the standard's own contexts alone, with members of theirs in places that are right and wrong. */
export const arbitraryStandardDocument: fc.Arbitrary<Record<string, unknown>> = fc
  .letrec<{ node: Record<string, unknown>; value: unknown }>((tie) => ({
    node: fc
      .tuple(
        fc.record({
          id: maybe(one<unknown>('urn:i:1', 'https://a.example/1', 'did:x:y', '_:b', '', 7), 3),
          type: maybe(
            one<unknown>(
              ['AchievementCredential', 'VerifiableCredential'],
              'Achievement',
              ['Profile'],
              'AchievementSubject',
              'Alignment',
              ['Result', 'X'],
              'EndorsementCredential',
              'Nothing',
              '@json',
              [],
            ),
            2,
          ),
          '@id': maybe(one<unknown>('urn:i:2', null), 40),
          '@type': maybe(one<unknown>('Profile'), 40),
          '@index': maybe(one<unknown>('i', 7), 12),
          '@graph': maybe(tie('value'), 60),
          '@included': maybe(tie('value'), 60),
          '@reverse': maybe(fc.record({ issuer: tie('value') }), 60),
        }),
        fc.dictionary(
          one(
            'name',
            'description',
            'issuer',
            'credentialSubject',
            'achievement',
            'criteria',
            'narrative',
            'image',
            'result',
            'alignment',
            'endorsement',
            'validFrom',
            'evidence',
            'allowedValue',
            'resultDescription',
            'tag',
            'proof',
            'credentialSchema',
            'relatedResource',
            'https://a.example/x',
            'unknown',
          ),
          tie('value'),
          { maxKeys: 4, noNullPrototype: true },
        ),
      )
      .map(([head, members]) => without({ ...head, ...members })),
    value: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      { weight: 4, arbitrary: scalar },
      { weight: 4, arbitrary: tie('node') },
      { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
      { weight: 1, arbitrary: fc.record({ '@value': scalar }) },
      { weight: 1, arbitrary: json },
    ),
  }))
  .node.map((node) => ({
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    ...node,
  }))
