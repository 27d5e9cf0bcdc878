import { describe, expect, test } from 'vitest'
import { bothPaths, context, ours } from './support.js'

const list = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index))
const terms = (count: number, more: object = {}) =>
  Object.fromEntries(list(count, (n) => [`t${n}`, { '@id': `urn:t:${n}`, ...more }]))

/**
 * What would take minutes, or gigabytes, where contexts are copied for each use, or names are looked up one by one. The
 * assertion is that these end; the limit of the test runner is generous.
 */
const HOSTILE: Readonly<Record<string, () => object>> = {
  'ten thousand terms, all used': () => ({
    '@context': terms(10_000),
    ...Object.fromEntries(list(10_000, (n) => [`t${n}`, n])),
  }),
  'five thousand terms, five thousand objects': () => ({ '@context': terms(5000), t0: list(5000, (n) => ({ t1: n })) }),
  'a context for each object': () => ({
    '@context': terms(3000),
    t0: list(3000, (n) => ({ '@context': { a: `urn:a${n}` }, a: n })),
  }),
  'a scoped context for each term': () => ({
    '@context': terms(3000, { '@context': { z: 'urn:z' } }),
    ...Object.fromEntries(list(3000, (n) => [`t${n}`, { z: n }])),
  }),
  'a type-scoped context for each object': () => ({
    '@context': { ...terms(2000), type: '@type', T: { '@id': 'urn:T', '@context': { q: 'urn:q' } } },
    t0: list(3000, (n) => ({ type: 'T', q: n })),
  }),
  'ten thousand contexts': () => ({ '@context': list(10_000, (n) => ({ [`t${n}`]: `urn:${n}` })), t1: 1 }),
  'five thousand names for @type': () => ({
    '@context': { ...Object.fromEntries(list(5000, (n) => [`k${n}`, '@type'])), p: 'urn:p' },
    p: list(5000, (n) => ({ p: n })),
  }),
  'one id, eight thousand descriptions': () => ({
    '@context': { p: 'urn:p', id: '@id' },
    id: 'urn:s',
    p: list(8000, (n) => ({ id: 'urn:s', p: n })),
  }),
  'twenty thousand undefined members': () => ({
    '@context': { p: 'urn:p' },
    ...Object.fromEntries(list(20_000, (n) => [`u${n}`, n])),
  }),
  'sixty deep, a context at each level': () => {
    let inner: object = { p: 1 }
    for (let level = 0; level < 60; level++)
      inner = { '@context': { p: { '@id': 'urn:p', '@context': { p: `urn:${level}` } } }, p: inner }
    return inner
  },
  'twenty thousand objects alike': () => ({
    '@context': { l: 'urn:l' },
    '@id': 'urn:s',
    l: list(20_000, () => ({ l: 1 })),
  }),
}

describe('documents made to take long', () => {
  for (const [name, make] of Object.entries(HOSTILE))
    for (const { path, generalPathOnly } of bothPaths)
      test(`${name}, ${path} path`, async () => {
        // jsonld itself is not linear in lists and sets of this length.
        if (generalPathOnly && /twenty thousand/.test(name)) return
        const { nquads, problems } = await ours(make(), context({}, { generalPathOnly }))
        expect(nquads !== undefined || problems.length > 0).toBe(true)
      })

  test('two long lists alike end as too complex', async () => {
    const same = { '@list': list(5000, () => 1) }
    await expect(ours({ '@context': { l: 'urn:l', m: 'urn:m' }, l: same, m: same })).rejects.toMatchObject({
      kind: 'too_complex',
    })
  })

  test('what is remembered of contexts is bounded', async () => {
    const scope = context()
    for (let round = 0; round < 50; round++)
      await ours({ '@context': { ...terms(1000), only: `urn:only:${round}` }, '@id': 'urn:s', only: round }, scope)
    const { nquads } = await ours({ '@context': { p: 'urn:p' }, '@id': 'urn:s', p: 1 }, scope)
    expect(nquads).toContain('<urn:p>')
  })
})

describe('names that JavaScript gives to every object', () => {
  const names = ['constructor', 'toString', 'valueOf', 'isPrototypeOf']
  for (const { path, generalPathOnly } of bothPaths) {
    test(`as terms, ${path} path`, async () => {
      const document = {
        '@context': Object.fromEntries(names.map((name) => [name, `urn:${name}`])),
        '@id': 'urn:s',
        ...Object.fromEntries(names.map((name) => [name, name])),
      }
      const { nquads } = await ours(document, context({}, { generalPathOnly }))
      expect(nquads).toBe(
        [...names]
          .sort()
          .map((name) => `<urn:s> <urn:${name}> "${name}" .\n`)
          .join(''),
      )
    })
    test(`undefined, ${path} path`, async () => {
      for (const name of [...names, 'hasOwnProperty']) {
        const { problems } = await ours(
          { '@context': { p: 'urn:p' }, p: 1, [name]: 1 },
          context({}, { generalPathOnly }),
        )
        expect(problems[0], name).toMatchObject({ kind: 'undefined_term', pointer: `/${name}` })
      }
    })
    test(`as types, ids and aliases, ${path} path`, async () => {
      const before = Object.getOwnPropertyNames(Object.prototype)
      for (const name of [...names, 'hasOwnProperty', '__proto__']) {
        const document = { '@context': { type: '@type', p: 'urn:p' }, type: name, p: { '@id': name, p: 1 } }
        const { problems } = await ours(document, context({}, { generalPathOnly }))
        const dropped = problems.filter(({ kind }) => kind === 'undefined_term').map(({ pointer }) => pointer)
        expect(dropped, name).toEqual(['/type', '/p/@id'])
        await ours(
          JSON.parse(`{"@context":{"${name}":"@type","p":"urn:p"},"p":{"p":1}}`),
          context({}, { generalPathOnly }),
        )
      }
      expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
    })
  }
  test('hasOwnProperty is a name like any other, but not for jsonld', async () => {
    const document = { '@context': { hasOwnProperty: 'urn:h' }, '@id': 'urn:s', hasOwnProperty: 1 }
    expect((await ours(document)).nquads).toContain('<urn:h>')
    const general = await ours(document, context({}, { generalPathOnly: true }))
    expect(general.problems).toContainEqual(expect.objectContaining({ kind: 'invalid' }))
  })
})
