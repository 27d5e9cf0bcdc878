/** How key documents are loaded: limits, strict JSON, and a cache that cannot be made to answer for another URL. */
import { describe, expect, test } from 'vitest'
import { loadJsonObject } from '../../src/resolve/json-document.js'
import { createMemoryCache } from '../../src/resolve/memory-cache.js'
import { failureOf } from './failure.js'
import { fakeLoader, LIMITS, testContext } from './fake-loader.js'

const URL = 'https://school.example/did.json'
const load = (document: unknown, changes = {}) =>
  loadJsonObject(URL, 'key', 'application/json', testContext({ loader: fakeLoader({ [URL]: document }), ...changes }))

test('a JSON object, as it was served', async () => {
  expect(await load('{"id":"a","deep":{"é":[1,null]}}')).toEqual({ id: 'a', deep: { é: [1, null] } })
})

describe('resolve.malformed', () => {
  test.each([
    ['a list', '[]'],
    ['null', 'null'],
    ['a text', '"x"'],
    ['empty', ''],
    ['HTML', '<!DOCTYPE html><html></html>'],
    ['truncated', '{"id":"a"'],
    ['a member twice', '{"id":"a","id":"b"}'],
    ['a member twice, escaped', '{"id":"a","\\u0069d":"b"}'],
    ['__proto__', '{"__proto__":{"id":"a"}}'],
    ['a lone surrogate', '{"id":"\\ud800"}'],
    ['not UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)],
    ['too deep', `{"a":${'['.repeat(64)}${']'.repeat(64)}}`],
  ])('%s', async (_what, document) => {
    expect(await failureOf(load(document))).toMatchObject({ code: 'resolve.malformed', url: URL })
  })
})

test('the limit goes to the loader, and what the loader says comes back', async () => {
  const small = { limits: { ...LIMITS, documentBytes: 10 } }
  expect(await failureOf(load({ id: 'a long document' }, small))).toMatchObject({ code: 'resolve.too_large' })
  expect(await load({ id: 1 }, small)).toEqual({ id: 1 })
})

test('the signal goes to the loader', async () => {
  const { signal } = new AbortController()
  let seen: AbortSignal | undefined
  const loader = {
    load: async (_request: unknown, context: { signal?: AbortSignal }) => {
      seen = context.signal
      return { url: URL, bytes: new TextEncoder().encode('{}'), mediaType: '' }
    },
  }
  await loadJsonObject(URL, 'key', '', testContext({ loader, signal }))
  expect(seen).toBe(signal)
})

describe('the cache', () => {
  const at = (maxAgeSeconds?: number) => {
    let time = 0
    const loader = fakeLoader({ [URL]: { id: 'a' }, [`${URL}?x`]: { id: 'b' } }, maxAgeSeconds)
    const context = testContext({ loader, cache: createMemoryCache({ now: () => time, maxBytes: 16_777_216 }) })
    return {
      loader,
      context,
      wait: (seconds: number) => {
        time += seconds * 1000
      },
      get: (url = URL) => loadJsonObject(url, 'key', '', context),
    }
  }

  test.each([
    [undefined, 299, 301],
    [60, 59, 61],
    [10_000_000, 86_399, 86_401],
  ])('max-age %s: still believed after %s s, asked again after %s s', async (maxAge, before, after) => {
    const { loader, wait, get } = at(maxAge)
    await get()
    wait(before)
    await get()
    expect(loader.requests).toHaveLength(1)
    wait(after - before)
    await get()
    expect(loader.requests).toHaveLength(2)
  })

  test('max-age 0 is asked every time', async () => {
    const { loader, get } = at(0)
    await get()
    await get()
    expect(loader.requests).toHaveLength(2)
  })

  test('another URL is another document, another kind too', async () => {
    const { context, get } = at()
    expect(await get()).toEqual({ id: 'a' })
    expect(await get(`${URL}?x`)).toEqual({ id: 'b' })
    expect(await failureOf(get(`${URL}?y`))).toMatchObject({ code: 'resolve.not_found' })
    const statusLoader = fakeLoader({ [URL]: { id: 'of another kind' } })
    expect(await loadJsonObject(URL, 'status', '', { ...context, loader: statusLoader })).toEqual({
      id: 'of another kind',
    })
  })

  test('a failure is not remembered', async () => {
    const documents: Record<string, unknown> = {}
    const context = testContext({ loader: fakeLoader(documents) })
    await failureOf(loadJsonObject(URL, 'key', '', context))
    documents[URL] = { id: 'late' }
    expect(await loadJsonObject(URL, 'key', '', context)).toEqual({ id: 'late' })
  })

  test('what cannot be read is not remembered', async () => {
    const documents: Record<string, unknown> = { [URL]: '[]' }
    const context = testContext({ loader: fakeLoader(documents) })
    await failureOf(loadJsonObject(URL, 'key', '', context))
    documents[URL] = { id: 'repaired' }
    expect(await loadJsonObject(URL, 'key', '', context)).toEqual({ id: 'repaired' })
  })
})
