import { describe, expect, test } from 'vitest'
import { ResolutionError } from '../../src/errors.js'
import { bothPaths, context, jsonldCanonize, ours, VC2 } from './support.js'

const URL_A = 'https://contexts.example/a.json'
const URL_B = 'https://contexts.example/b.json'
const document = (...contexts: unknown[]) => ({ '@context': contexts, '@id': 'urn:s', a: 'x' })
const A = { '@context': { a: 'urn:a' } }

for (const { path, generalPathOnly } of bothPaths)
  describe(`contexts from outside, ${path} path`, () => {
    const fresh = (served: Readonly<Record<string, unknown>>, more = {}) =>
      context(served, { generalPathOnly, ...more })

    test('are loaded, once', async () => {
      const scope = fresh({ [URL_A]: A })
      const { nquads } = await ours(document(URL_A), scope)
      expect(nquads).toBe('<urn:s> <urn:a> "x" .\n')
      await ours(document(URL_A), scope)
      expect(scope.loads).toEqual([URL_A])
    })
    test('bundled ones are never loaded', async () => {
      const scope = fresh({})
      await ours({ '@context': [VC2], id: 'urn:s', name: 'x' }, scope)
      expect(scope.loads).toEqual([])
    })
    test('are asked for as JSON-LD, with the limits and the signal of the caller', async () => {
      const asked: unknown[] = []
      const { signal } = new AbortController()
      const scope = fresh(
        {},
        {
          signal,
          loader: {
            load: async (request: object, options: object) => {
              asked.push(request, options)
              return {
                url: URL_A,
                bytes: new TextEncoder().encode(JSON.stringify(A)),
                mediaType: 'application/ld+json',
              }
            },
          },
        },
      )
      await ours(document(URL_A), scope)
      expect(asked).toEqual([
        { url: URL_A, kind: 'context', maxBytes: 1024 * 1024, accept: expect.stringContaining('application/ld+json') },
        { signal },
      ])
    })
    test('may refer to others, also by a relative URL', async () => {
      const served = { [URL_A]: { '@context': ['b.json', { a: 'b:a' }] }, [URL_B]: { '@context': { b: 'urn:b:' } } }
      const { nquads } = await ours(document(URL_A), fresh(served))
      expect(nquads).toBe('<urn:s> <urn:b:a> "x" .\n')
      expect(nquads).toBe(await jsonldCanonize(document(URL_A), served))
    })
    test('may import one', async () => {
      const served = { [URL_B]: { '@context': { a: 'urn:wrong', b: 'urn:b' } } }
      const { nquads } = await ours({ ...document({ '@import': URL_B, a: 'urn:a' }), b: 'y' }, fresh(served))
      expect(nquads).toBe('<urn:s> <urn:a> "x" .\n<urn:s> <urn:b> "y" .\n')
    })
    test('in scoped contexts are loaded too, with the URL of their document as base', async () => {
      const served = {
        [URL_A]: { '@context': { a: { '@id': 'urn:a', '@context': 'b.json' } } },
        [URL_B]: { '@context': { b: 'urn:b' } },
      }
      const scoped = { '@context': URL_A, '@id': 'urn:s', a: { b: 'y' } }
      const scope = fresh(served)
      const { nquads } = await ours(scoped, scope)
      expect(nquads).toBe('<urn:s> <urn:a> _:c14n0 .\n_:c14n0 <urn:b> "y" .\n')
      expect(new Set(scope.loads)).toEqual(new Set([URL_A, URL_B]))
    })
    test('that cannot be loaded are problems, all of them, with their places', async () => {
      const { problems, nquads } = await ours(
        { ...document(URL_A, VC2, URL_B), issuer: { '@context': 'urn:c', id: 'urn:i' } },
        fresh({}),
      )
      expect(nquads).toBeUndefined()
      expect(problems).toMatchObject([
        { kind: 'unknown_context', pointer: '/@context/0', url: URL_A, code: 'resolve.not_found' },
        { kind: 'unknown_context', pointer: '/@context/2', url: URL_B, code: 'resolve.not_found' },
      ])
      expect(problems[0]?.message).toContain('there is no such document')
    })
    test('undefined terms are not reported where a context is unknown', async () => {
      const { problems } = await ours({ ...document(VC2), shoeSize: 1, x: { '@context': URL_A, z: 1 } }, fresh({}))
      // "x" is undefined, so what stands in it is not looked at.
      expect(problems.map(({ kind }) => kind)).toEqual([
        'ambiguous_member',
        'undefined_term',
        'undefined_term',
        'undefined_term',
      ])
      const within = await ours(
        { '@context': [VC2, { x: 'urn:x' }], shoeSize: 1, x: { '@context': URL_A, z: 1 } },
        fresh({}),
      )
      expect(within.problems).toMatchObject([{ kind: 'unknown_context', pointer: '/x/@context' }])
    })
    test('that refer to themselves are refused', async () => {
      const circle = { [URL_A]: { '@context': URL_B }, [URL_B]: { '@context': URL_A } }
      const { problems, nquads } = await ours(document(URL_A), fresh(circle))
      expect(nquads).toBeUndefined()
      expect(problems).toMatchObject([
        { kind: 'invalid', pointer: '/@context/0', message: expect.stringContaining('recursive context inclusion') },
      ])
    })
    describe('that come back to themselves', () => {
      const use = { '@context': { '@import': URL_A }, '@id': 'urn:s', '@set': 'taken by the general path' }
      const scoped = (context: unknown) => ({ '@context': { p: { '@id': 'urn:p', '@context': context } } })
      test.each([
        ['by an import in a scoped context', { [URL_A]: scoped({ '@import': URL_A }) }],
        ['by an array in a scoped context', { [URL_A]: scoped([{}, URL_A]) }],
        ['by an array in an array', { [URL_A]: scoped([[{}, [URL_A]]]) }],
        [
          'within a scoped context of a scoped context',
          { [URL_A]: scoped({ q: { '@id': 'urn:q', '@context': [URL_A] } }) },
        ],
        ['by way of another', { [URL_A]: scoped([URL_B]), [URL_B]: scoped({ '@import': URL_A }) }],
        ['by way of another, which imports itself', { [URL_A]: scoped(URL_B), [URL_B]: scoped({ '@import': URL_B }) }],
      ])('%s: refused, and jsonld is not asked', async (_, served) => {
        for (const graphOnly of [true, false]) {
          const scope = fresh(served, { graphOnly })
          const { problems } = await ours(use, scope)
          expect(problems).toMatchObject([
            { kind: 'invalid', pointer: '/@context', message: expect.stringContaining('invalid scoped context') },
          ])
          expect(scope.loads.length).toBeLessThanOrEqual(2)
        }
      })
      test('as a scoped context itself: that is how trees are described', async () => {
        const served = { [URL_A]: scoped(URL_A) }
        const tree = { '@context': URL_A, '@id': 'urn:s', p: { '@id': 'urn:t', p: 'x' } }
        expect((await ours(tree, fresh(served))).nquads).toBe('<urn:s> <urn:p> <urn:t> .\n<urn:t> <urn:p> "x" .\n')
      })
    })
    test('of another server for each scoped context end with the number of documents', async () => {
      const endless = Object.fromEntries(
        Array.from({ length: 40 }, (_, n) => [
          `https://endless.example/${n}`,
          { '@context': { p: { '@id': 'urn:p', '@context': `https://endless.example/${n + 1}` } } },
        ]),
      )
      const scope = fresh(endless)
      const { problems } = await ours(document('https://endless.example/0'), scope)
      expect(problems).toMatchObject([{ kind: 'unknown_context', code: 'resolve.too_many' }])
      expect(scope.loads).toHaveLength(16)
    })
    test('nested deeper than anybody needs are refused', async () => {
      let deep: object = {}
      for (let level = 0; level < 25; level++) deep = { p: { '@id': 'urn:p', '@context': deep } }
      const served = Object.fromEntries(
        Array.from({ length: 6 }, (_, n) => [
          `https://deep.example/${n}`,
          { '@context': JSON.parse(JSON.stringify(deep).replace('{}', () => `"https://deep.example/${n + 1}"`)) },
        ]),
      )
      const { problems } = await ours(document('https://deep.example/0'), fresh(served))
      expect(problems).toMatchObject([{ kind: 'invalid', message: expect.stringContaining('context overflow') }])
    })
    test('whose terms define one another in a long chain are refused', async () => {
      const terms = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`t${n}`, `t${n + 1}:x`]))
      const { problems } = await ours({ '@context': terms, t0: 'x' }, fresh({}))
      expect(problems).toMatchObject([{ kind: 'invalid', message: expect.stringContaining('context overflow') }])
    })
    test('in a chain without end are refused', async () => {
      const chain = Object.fromEntries(
        Array.from({ length: 40 }, (_, n) => [
          `https://chain.example/${n}`,
          { '@context': `https://chain.example/${n + 1}` },
        ]),
      )
      const scope = fresh(chain)
      const { problems } = await ours(document('https://chain.example/0'), scope)
      expect(problems).toMatchObject([{ kind: 'invalid', message: expect.stringContaining('context overflow') }])
      expect(scope.loads.length).toBeLessThan(16)
    })
    test('of more than sixteen documents are refused', async () => {
      const urls = Array.from({ length: 30 }, (_, n) => `https://many.example/${n}`)
      const scope = fresh(Object.fromEntries(urls.map((url) => [url, A])))
      const { problems } = await ours(document(...urls), scope)
      expect(scope.loads).toHaveLength(16)
      expect(problems[0]).toMatchObject({ kind: 'unknown_context', code: 'resolve.too_many', pointer: '/@context/16' })
    })
    test('that are no contexts are refused', async () => {
      for (const body of [
        '<html>',
        '[]',
        '"x"',
        '{"@context":{"a":"urn:a","a":"urn:b"}}',
        '{"@context":{"__proto__":"urn:a"}}',
      ]) {
        const { problems } = await ours(document(URL_A), fresh({ [URL_A]: body }))
        expect(problems, body).toMatchObject([{ kind: 'unknown_context', code: 'resolve.malformed', url: URL_A }])
      }
    })
    test('without @context define nothing', async () => {
      const { problems } = await ours(document(URL_A), fresh({ [URL_A]: { a: 'urn:a' } }))
      expect(problems).toContainEqual(expect.objectContaining({ kind: 'undefined_term', pointer: '/a' }))
    })
    test('are compiled by content: another content at the same URL is another context', async () => {
      const served: Record<string, unknown> = { [URL_A]: A }
      const store = new Map<string, unknown>()
      const scope = fresh(served, {
        // Forgets what URLs answered, and keeps what was compiled.
        cache: {
          get: (key: string) => (key.startsWith('context:') ? undefined : store.get(key)),
          set: (key: string, value: unknown) => store.set(key, value),
        },
      })
      expect((await ours(document(URL_A), scope)).nquads).toBe('<urn:s> <urn:a> "x" .\n')
      served[URL_A] = { '@context': { a: 'urn:other' } }
      expect((await ours(document(URL_A), scope)).nquads).toBe('<urn:s> <urn:other> "x" .\n')
      served[URL_A] = A
      expect((await ours(document(URL_A), scope)).nquads).toBe('<urn:s> <urn:a> "x" .\n')
    })
    test('that hang on others change with them', async () => {
      const served: Record<string, unknown> = {
        [URL_A]: {
          '@context': [URL_B, { T: { '@id': 'urn:T', '@context': URL_B }, p: { '@id': 'urn:p', '@context': URL_B } }],
        },
        [URL_B]: { '@context': { a: 'urn:a' } },
      }
      const store = new Map<string, unknown>()
      const scope = fresh(served, {
        cache: {
          get: (key: string) => (key.startsWith('context:') ? undefined : store.get(key)),
          set: (key: string, value: unknown) => store.set(key, value),
        },
      })
      const nested = { '@context': URL_A, '@id': 'urn:s', a: 'x', p: { '@type': 'T', a: 'y' } }
      const expected = (iri: string) => [
        `<urn:s> <${iri}> "x" .`,
        '<urn:s> <urn:p> _:c14n0 .',
        `_:c14n0 <${iri}> "y" .`,
      ]
      for (const iri of ['urn:a', 'urn:b']) {
        served[URL_B] = { '@context': { a: iri } }
        const { nquads = '' } = await ours(nested, scope)
        for (const line of expected(iri)) expect(nquads.split('\n')).toContain(line)
      }
    })
    test('what the loader throws besides ResolutionError is not hidden', async () => {
      const failing = (error: unknown) => fresh({}, { loader: { load: async () => Promise.reject(error) } })
      await expect(ours(document(URL_A), failing(new TypeError('a bug')))).rejects.toThrow('a bug')
      const { problems } = await ours(
        document(URL_A),
        failing(new ResolutionError('resolve.timeout', URL_A, 'too slow')),
      )
      expect(problems).toMatchObject([{ code: 'resolve.timeout' }])
    })
    test('an abort rejects with its reason', async () => {
      const controller = new AbortController()
      controller.abort(new Error('enough'))
      await expect(ours(document(URL_A), fresh({ [URL_A]: A }, { signal: controller.signal }))).rejects.toThrow(
        'enough',
      )
    })
  })
