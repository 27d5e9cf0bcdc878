/** `limits.fetches`: documents fetched per report. */
import { describe, expect, test } from 'vitest'
import { ResolutionError } from '../../src/errors.js'
import type { DocumentLoader, LoadRequest } from '../../src/resolve/document-loader.js'
import { limitedLoader } from '../../src/resolve/limited-loader.js'
import { codeFrom, wanted } from './loopback.js'

function recording(answer: (request: LoadRequest) => Promise<Uint8Array> = async () => new Uint8Array(1)) {
  const asked: LoadRequest[] = []
  const loader: DocumentLoader = {
    async load(request) {
      asked.push(request)
      return { url: request.url, bytes: await answer(request), mediaType: '' }
    },
  }
  return { loader, asked }
}
const url = (number: number) => `https://issuer.example/${number}`

describe('maxFetches', () => {
  test('is how many are loaded; the next one is refused before it is asked for', async () => {
    const { loader, asked } = recording()
    const limited = limitedLoader(loader, { maxFetches: 2 })
    const loads = [1, 2, 3].map((number) => limited.load(wanted(url(number)), {}))
    expect(await Promise.all(loads.map(codeFrom))).toEqual(['loaded', 'loaded', 'resolve.limit'])
    expect(asked).toHaveLength(2)
    const failure = await limited.load(wanted(url(4)), {}).catch((error) => error)
    expect(failure).toBeInstanceOf(ResolutionError)
    expect(failure).toMatchObject({ url: url(4), message: expect.stringContaining('limits.fetches') })
  })

  test('counts what failed, and does not count what is known', async () => {
    const { loader } = recording(() => Promise.reject(new ResolutionError('resolve.unreachable', 'x', 'down')))
    const limited = limitedLoader(loader, { maxFetches: 1 })
    expect(await codeFrom(limited.load(wanted(url(1)), {}))).toBe('resolve.unreachable')
    expect(await codeFrom(limited.load(wanted(url(1)), {}))).toBe('resolve.unreachable')
    expect(await codeFrom(limited.load(wanted(url(2)), {}))).toBe('resolve.limit')
  })

  test('of 0 loads nothing', async () => {
    expect(await codeFrom(limitedLoader(recording().loader, { maxFetches: 0 }).load(wanted(url(1)), {}))).toBe(
      'resolve.limit',
    )
  })
})

describe('the same request', () => {
  test('is made once, also while it is under way, whatever its fragment', async () => {
    const { loader, asked } = recording()
    const limited = limitedLoader(loader, { maxFetches: 10 })
    const loads = [limited.load(wanted(`${url(1)}#a`), {}), limited.load(wanted(`${url(1)}#b`), {})]
    const [first, second] = await Promise.all(loads)
    expect(first).toBe(second)
    expect(await limited.load(wanted(url(1)), {})).toBe(first)
    expect(asked).toHaveLength(1)
  })

  test('for another kind, bound or form is another request', async () => {
    const { loader, asked } = recording()
    const limited = limitedLoader(loader, { maxFetches: 10 })
    for (const more of [{}, { kind: 'key' as const }, { maxBytes: 1 }, { accept: 'application/jwt' }])
      await limited.load(wanted(url(1), more), {})
    expect(asked).toHaveLength(4)
  })

  test('is made again in another report', async () => {
    const { loader, asked } = recording()
    for (let report = 0; report < 2; report++) await limitedLoader(loader, { maxFetches: 10 }).load(wanted(url(1)), {})
    expect(asked).toHaveLength(2)
  })

  test('is made again where its answer was too much to keep', async () => {
    const { loader, asked } = recording(async ({ url }) => new Uint8Array(url.endsWith('/3') ? 100 : 10_000_000))
    const limited = limitedLoader(loader, { maxFetches: 10 })
    for (const number of [1, 2, 3, 1, 2, 3]) await limited.load(wanted(url(number)), {})
    expect(asked.map((request) => request.url)).toEqual([url(1), url(2), url(3), url(2)])
  })
})

test('an abort rejects with its reason, also for what is known', async () => {
  const limited = limitedLoader(recording().loader, { maxFetches: 10 })
  await limited.load(wanted(url(1)), {})
  const reason = new Error('stop')
  await expect(limited.load(wanted(url(1)), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
})

test('the loader gets the request and the signal as they are', async () => {
  const { signal } = new AbortController()
  const request = wanted(`${url(1)}#a`)
  const seen: unknown[] = []
  const loader: DocumentLoader = {
    load: async (...all) => {
      seen.push(...all)
      return { url: '', bytes: new Uint8Array(0), mediaType: '' }
    },
  }
  await limitedLoader(loader, { maxFetches: 1 }).load(request, { signal })
  expect(seen).toEqual([request, { signal }])
  expect(seen[0]).toBe(request)
})
