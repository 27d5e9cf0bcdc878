/** A given fetch, and runtimes that have nothing else. Literal addresses are judged, names are not. */
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { ResolutionError } from '../../src/errors.js'
import { insecureNetwork } from '../../src/report/symbols.js'
import { createLoader } from '../../src/resolve/create-loader.js'
import { codeFrom, serveHttp, wanted } from './loopback.js'

type Fetch = typeof fetch
const URL_ASKED = 'https://issuer.example/context.json'

/** A fetch of the shape that tests and corpora write: it ignores what it is asked for besides the URL. */
const answering = (make: (url: string, init: RequestInit) => Response | Promise<Response>) => {
  const asked: { url: string; init: RequestInit }[] = []
  const fetch = (async (input: string, init: RequestInit) => {
    asked.push({ url: input, init })
    return make(input, init)
  }) as Fetch
  return { fetch, asked }
}
const withUrl = (response: Response, url: string) => Object.defineProperty(response, 'url', { value: url })

describe('a fetch that only answers', () => {
  test('is enough: new Response(bytes), with and without a url', async () => {
    const bytes = new Uint8Array([1, 2, 3])
    const init = { headers: { 'content-type': 'application/LD+json; a=b', 'cache-control': 'max-age=5' } }
    const loaded = { url: URL_ASKED, bytes, mediaType: 'application/ld+json', maxAgeSeconds: 5 }
    const plain = answering(() => new Response(bytes, init))
    expect(await createLoader({ fetch: plain.fetch }).load(wanted(`${URL_ASKED}#a`), {})).toEqual(loaded)
    const named = answering((url) => withUrl(new Response(bytes, init), url))
    expect(await createLoader({ fetch: named.fetch }).load(wanted(URL_ASKED), {})).toEqual(loaded)
    expect(named.asked.map(({ url }) => url)).toEqual([URL_ASKED])
  })

  test('is asked without cookies, Referer, or headers that need leave of a browser', async () => {
    const { fetch, asked } = answering(() => new Response('{}'))
    await createLoader({ fetch }).load(wanted(URL_ASKED, { accept: 'application/json' }), {})
    expect(asked[0]?.init).toMatchObject({
      method: 'GET',
      headers: { accept: 'application/json' },
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'manual',
    })
  })

  test('and that has no cookies to leave out is not told of them', async () => {
    vi.stubGlobal('Request', class {})
    const { fetch, asked } = answering(() => new Response('{}'))
    await createLoader({ fetch }).load(wanted(URL_ASKED), {})
    vi.unstubAllGlobals()
    expect(asked[0]?.init).not.toHaveProperty('credentials')
    expect(asked[0]?.init).not.toHaveProperty('referrerPolicy')
  })

  test('is called as a function and not as a member: browsers refuse the latter', async () => {
    let self: unknown = 'not called'
    const fetch = async function (this: unknown) {
      self = this
      return new Response('{}')
    } as Fetch
    await createLoader({ fetch }).load(wanted(URL_ASKED), {})
    expect(self).toBeUndefined()
  })

  test('without streams (React Native) is bounded after the fact', async () => {
    const { fetch } = answering(() => Object.defineProperty(new Response('12345'), 'body', { value: undefined }))
    const loader = createLoader({ fetch })
    expect((await loader.load(wanted(URL_ASKED, { maxBytes: 5 }), {})).bytes).toHaveLength(5)
    expect(await codeFrom(loader.load(wanted(URL_ASKED, { maxBytes: 4 }), {}))).toBe('resolve.too_large')
  })

  test('with no body gives no bytes', async () => {
    const { fetch } = answering(() => new Response(null))
    expect((await createLoader({ fetch }).load(wanted(URL_ASKED), {})).bytes).toEqual(new Uint8Array(0))
  })

  test('of text instead of bytes is a bug of its own', async () => {
    const text = () => new ReadableStream({ start: (stream) => stream.enqueue('{}') })
    const { fetch } = answering(() => Object.defineProperty(new Response(''), 'body', { value: text() }))
    await expect(createLoader({ fetch }).load(wanted(URL_ASKED), {})).rejects.toThrow(TypeError)
  })
})

describe('the rules hold', () => {
  const { fetch, asked } = answering(() => new Response('{}'))
  test.each([
    ['https://169.254.169.254/latest', 'resolve.forbidden_address'],
    ['https://[::1]/', 'resolve.forbidden_address'],
    ['https://0x7f000001/', 'resolve.forbidden_address'],
    ['https://localhost/', 'resolve.forbidden_url'],
    ['http://issuer.example/', 'resolve.forbidden_url'],
    ['https://a:b@issuer.example/', 'resolve.forbidden_url'],
  ])('%s is not asked for', async (url, code) => {
    expect(await codeFrom(createLoader({ fetch }).load(wanted(url), {}))).toBe(code)
    expect(asked).toEqual([])
  })

  test.each(['https://127.0.0.1/', 'http://issuer.example/', '/next'])(
    'a redirect to %s is judged',
    async (location) => {
      const redirecting = answering((url) =>
        url === URL_ASKED ? new Response(null, { status: 302, headers: { location } }) : new Response('{}'),
      )
      const code = await codeFrom(createLoader({ fetch: redirecting.fetch }).load(wanted(URL_ASKED), {}))
      expect(code).toBe(
        location === '/next'
          ? 'loaded'
          : location.includes('127')
            ? 'resolve.forbidden_address'
            : 'resolve.forbidden_url',
      )
      expect(redirecting.asked).toHaveLength(location === '/next' ? 2 : 1)
    },
  )

  test.each([
    ['https://127.0.0.1/', 'resolve.forbidden_address'],
    ['http://issuer.example/', 'resolve.forbidden_url'],
    ['https://other.example/', 'resolve.forbidden_url'],
    ['https://issuer.example/moved', 'loaded'],
  ])('what a browser followed to %s by itself is judged afterwards', async (end, code) => {
    const browser = answering((_, { redirect }) => {
      const opaque = Object.defineProperty(new Response('hidden'), 'type', { value: 'opaqueredirect' })
      return redirect === 'manual' ? opaque : withUrl(new Response('{}'), end)
    })
    const loader = createLoader({ fetch: browser.fetch, allowHosts: ['issuer.example', '127.0.0.1'] })
    expect(await codeFrom(loader.load(wanted(URL_ASKED), {}))).toBe(code)
    expect(browser.asked.map(({ init }) => init.redirect)).toEqual(['manual', 'follow'])
    if (code === 'loaded') expect((await loader.load(wanted(URL_ASKED), {})).url).toBe(end)
  })

  test('for a body without end', async () => {
    let pulled = 0
    let cancelled = false
    const endless = new ReadableStream({
      pull: (stream) => {
        pulled += 1000
        stream.enqueue(new Uint8Array(1000))
      },
      cancel: () => {
        cancelled = true
      },
    })
    const loader = createLoader({ fetch: answering(() => new Response(endless)).fetch })
    expect(await codeFrom(loader.load(wanted(URL_ASKED, { maxBytes: 5000 }), {}))).toBe('resolve.too_large')
    expect(pulled).toBeLessThan(10_000)
    expect(cancelled).toBe(true)
  })

  test('for an answer that never comes, of a fetch that does not listen', async () => {
    const silent = answering(() => new Promise<Response>(() => {}))
    const loader = createLoader({ fetch: silent.fetch, timeoutMs: 20 })
    expect(await codeFrom(loader.load(wanted(URL_ASKED), {}))).toBe('resolve.timeout')
    expect(silent.asked[0]?.init.signal?.aborted).toBe(true)
  })

  test('for a body that stops, of a fetch that does not listen', async () => {
    const cancel = vi.fn()
    const stalled = answering(() => new Response(new ReadableStream({ cancel })))
    expect(await codeFrom(createLoader({ fetch: stalled.fetch, timeoutMs: 20 }).load(wanted(URL_ASKED), {}))).toBe(
      'resolve.timeout',
    )
    expect(cancel).toHaveBeenCalledOnce()
  })

  test('for an abort, of a fetch that does not listen', async () => {
    const stop = new AbortController()
    const reason = { any: 'reason' }
    const loading = createLoader({ fetch: answering(() => new Promise<Response>(() => {})).fetch }).load(
      wanted(URL_ASKED),
      {
        signal: stop.signal,
      },
    )
    stop.abort(reason)
    await expect(loading).rejects.toBe(reason)
  })
})

describe('what a fetch rejects with', () => {
  const rejecting = (error: unknown) => createLoader({ fetch: answering(() => Promise.reject(error)).fetch })

  test.each([
    [new TypeError('Failed to fetch'), 'resolve.unreachable'],
    ['offline', 'resolve.unreachable'],
    [
      new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ENOTFOUND' }) }),
      'resolve.unreachable',
    ],
    [new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'CERT_HAS_EXPIRED' }) }), 'resolve.tls'],
  ])('%s is the world failing, with the cause', async (error, code) => {
    const failure = await rejecting(error)
      .load(wanted(URL_ASKED), {})
      .catch((caught) => caught)
    expect(failure).toBeInstanceOf(ResolutionError)
    expect(failure).toMatchObject({ code, url: URL_ASKED })
    expect([failure.cause, failure.cause?.cause]).toContain(error)
  })

  test('in the middle of a body too', async () => {
    const broken = new ReadableStream({ start: (stream) => stream.error(new TypeError('terminated')) })
    const loader = createLoader({ fetch: answering(() => new Response(broken)).fetch })
    expect(await codeFrom(loader.load(wanted(URL_ASKED), {}))).toBe('resolve.unreachable')
  })

  test('as a ResolutionError is what the caller meant', async () => {
    const own = new ResolutionError('resolve.offline', URL_ASKED, 'this machine has no network')
    await expect(rejecting(own).load(wanted(URL_ASKED), {})).rejects.toBe(own)
  })
})

describe("the runtime's own fetch", () => {
  afterEach(() => vi.unstubAllGlobals())
  const loader = (more = {}) => createLoader({ fetch, allowPrivateAddresses: insecureNetwork, ...more })

  test('loads, follows redirects one by one, and undoes compression within bounds', async () => {
    const site = await serveHttp((request, response) => {
      if (request.url === '/moved') response.writeHead(301, { location: '/gzip' }).end()
      else response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1_000_000)))
    })
    const url = `http://127.0.0.1:${site.port}`
    const loaded = await loader().load(wanted(`${url}/moved`, { maxBytes: 1_000_000 }), {})
    expect(loaded).toMatchObject({ url: `${url}/gzip`, bytes: { length: 1_000_000 } })
    expect(await codeFrom(loader({ maxRedirects: 0 }).load(wanted(`${url}/moved`), {}))).toBe(
      'resolve.too_many_redirects',
    )
    expect(await codeFrom(loader().load(wanted(`${url}/gzip`, { maxBytes: 999_999 }), {}))).toBe('resolve.too_large')
  })

  test('ends in time and closes its connection', async () => {
    const site = await serveHttp((_, response) => void response.write('{'))
    expect(await codeFrom(loader({ timeoutMs: 100 }).load(wanted(`http://127.0.0.1:${site.port}/`), {}))).toBe(
      'resolve.timeout',
    )
    await site.idle()
  })

  test('is taken where Node is not there, and looked up when the loader is made', async () => {
    const { fetch, asked } = answering(() => new Response('{}'))
    vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' })
    vi.stubGlobal('fetch', fetch)
    await createLoader().load(wanted(URL_ASKED), {})
    expect(asked).toHaveLength(1)
    vi.stubGlobal('fetch', undefined)
    expect(() => createLoader()).toThrow(expect.objectContaining({ code: 'usage.no_network' }))
  })
})
