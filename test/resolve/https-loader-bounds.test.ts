/** Bounds of time and size, against servers that know none. */

import type { ServerResponse } from 'node:http'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Bytes } from '../../src/internal/types.js'
import type { Transport } from '../../src/platform/transport.js'
import { codeFrom, HOST, loaderIn, names, PUBLIC, publicWorld, serveHttps, serveTcp, wanted } from './loopback.js'

/** Milliseconds: the servers here never come to an end, so whether this is long enough decides nothing. */
const SHORT = 150

describe('the time of a load ends', () => {
  const forever = (act: (turn: number) => void) => {
    let turn = 0
    const timer = setInterval(() => act(turn++), 5)
    return () => clearInterval(timer)
  }
  const drip = (response: ServerResponse) =>
    response.on(
      'close',
      forever(() => response.write(' ')),
    )

  test('where a server never answers', async () => {
    const site = await serveHttps(() => {})
    expect(await codeFrom(loaderIn({ timeoutMs: SHORT }).load(wanted(`https://${HOST}:${site.port}/`), {}))).toBe(
      'resolve.timeout',
    )
    await site.idle()
  })

  test('where a body never ends', async () => {
    const site = await serveHttps((_, response) => void response.writeHead(200, { 'content-length': 1000 }).write('{'))
    expect(await codeFrom(loaderIn({ timeoutMs: SHORT }).load(wanted(`https://${HOST}:${site.port}/`), {}))).toBe(
      'resolve.timeout',
    )
    await site.idle()
  })

  test('where a body drips, also a compressed one', async () => {
    const site = await serveHttps((request, response) => {
      if (request.url === '/gzip') {
        response.writeHead(200, { 'content-encoding': 'gzip' })
        response.write(gzipSync('{}').subarray(0, 10))
        // Stored blocks of no bytes: the stream goes on and says nothing.
        response.on(
          'close',
          forever(() => response.write(new Uint8Array([0, 0, 0, 0xff, 0xff]))),
        )
      } else drip(response.writeHead(200))
    })
    const loader = loaderIn({ timeoutMs: SHORT })
    const codes = ['/', '/gzip'].map((path) => codeFrom(loader.load(wanted(`https://${HOST}:${site.port}${path}`), {})))
    expect(await Promise.all(codes)).toEqual(['resolve.timeout', 'resolve.timeout'])
    await site.idle()
  })

  test('where headers drip, or early hints never end', async () => {
    const site = await serveTcp(
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n')
        socket.on(
          'close',
          forever((turn) => socket.write(`x-${turn}: y\r\n`)),
        )
      },
      { address: '127.0.0.1' },
    )
    const hints = await serveTcp(
      (socket) =>
        void socket.on(
          'close',
          forever(() => socket.write('HTTP/1.1 103 Early Hints\r\nlink: <a>\r\n\r\n')),
        ),
      { address: '127.0.0.1' },
    )
    const loader = loaderIn({ timeoutMs: SHORT, insecure: true })
    for (const { port, idle } of [site, hints]) {
      expect(await codeFrom(loader.load(wanted(`http://127.0.0.1:${port}/`), {}))).toBe('resolve.timeout')
      await idle()
    }
  })

  test('where a handshake is never answered', async () => {
    const site = await serveTcp(() => {})
    expect(await codeFrom(loaderIn({ timeoutMs: SHORT }).load(wanted(`https://${HOST}:${site.port}/`), {}))).toBe(
      'resolve.timeout',
    )
    await site.idle()
  })

  test('where a name is never answered', async () => {
    const failure = await loaderIn({ timeoutMs: SHORT, lookup: () => {} })
      .load(wanted(`https://${HOST}/`), {})
      .catch((error) => error)
    expect(failure).toMatchObject({
      code: 'resolve.timeout',
      url: `https://${HOST}/`,
      message: expect.stringContaining('timeoutMs'),
    })
  })

  test('over all redirects together', async () => {
    const site = await serveHttps(
      (_, response) => void setTimeout(() => response.writeHead(302, { location: '/' }).end(), SHORT / 3),
    )
    const loader = loaderIn({ timeoutMs: SHORT, maxRedirects: 1000 })
    expect(await codeFrom(loader.load(wanted(`https://${HOST}:${site.port}/`), {}))).toBe('resolve.timeout')
    await site.idle()
  })
})

describe('the size of a document ends', () => {
  /** Counts what the loader takes out of a transport, after decompression. */
  function counted(transport: Transport) {
    let bytes = 0
    async function* count(body: AsyncIterable<Bytes>) {
      for await (const chunk of body) {
        bytes += chunk.length
        yield chunk
      }
    }
    const counting: Transport = {
      exchange: async (request) => {
        const answer = await transport.exchange(request)
        return { ...answer, body: count(answer.body) }
      },
    }
    return { transport: counting, bytes: () => bytes }
  }

  test('at maxBytes, and not one byte before', async () => {
    const site = await serveHttps((request, response) => {
      if (request.url === '/chunked') response.write('x'.repeat(50))
      response.end('x'.repeat(request.url === '/chunked' ? 50 : 100))
    })
    for (const path of ['/', '/chunked']) {
      const url = `https://${HOST}:${site.port}${path}`
      expect(await codeFrom(loaderIn().load(wanted(url, { maxBytes: 100 }), {}))).toBe('loaded')
      expect(await codeFrom(loaderIn().load(wanted(url, { maxBytes: 99 }), {}))).toBe('resolve.too_large')
    }
    await site.idle()
  })

  test('where a body never does', async () => {
    const site = await serveHttps((_, response) => {
      const pour = () => {
        while (response.writable && response.write(new Uint8Array(16_384)));
      }
      response.on('drain', pour)
      pour()
    })
    const { transport, bytes } = counted(publicWorld())
    const url = `https://${HOST}:${site.port}/`
    expect(await codeFrom(loaderIn({ transport }).load(wanted(url, { maxBytes: 100_000 }), {}))).toBe(
      'resolve.too_large',
    )
    expect(bytes()).toBeLessThan(100_000 + 65_537)
    await site.idle()
  })

  test('before it is read, where the server says it', async () => {
    const site = await serveHttps((_, response) => void response.writeHead(200, { 'content-length': 1e9 }).write('{'))
    const { transport, bytes } = counted(publicWorld())
    const failure = await loaderIn({ transport })
      .load(wanted(`https://${HOST}:${site.port}/`), {})
      .catch((error) => error)
    expect(failure).toMatchObject({ code: 'resolve.too_large', message: expect.stringContaining('65536') })
    expect(bytes()).toBe(0)
    await site.idle()
  })

  const megabytes = Buffer.alloc(32 * 1024 * 1024)
  test.each([
    ['gzip', gzipSync(megabytes)],
    ['deflate', deflateSync(megabytes)],
    ['br', brotliCompressSync(megabytes)],
  ])('inside a bomb of %s, which is not inflated', async (coding, bomb) => {
    expect(megabytes.length / bomb.length).toBeGreaterThan(1000)
    const site = await serveHttps(
      (_, response) => void response.writeHead(200, { 'content-encoding': coding }).end(bomb),
    )
    const { transport, bytes } = counted(publicWorld())
    expect(await codeFrom(loaderIn({ transport }).load(wanted(`https://${HOST}:${site.port}/`), {}))).toBe(
      'resolve.too_large',
    )
    expect(bytes()).toBeLessThan(65_536 + 65_537)
    await site.idle()
  })

  test('on the wire, where what comes inflates to nothing', async () => {
    const head = gzipSync('').subarray(0, 10)
    const nothing = Buffer.alloc(5 * 100_000, Buffer.from([0, 0, 0, 0xff, 0xff]))
    const site = await serveHttps((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      response.write(head)
      response.end(nothing)
    })
    const url = `https://${HOST}:${site.port}/`
    expect(await codeFrom(loaderIn().load(wanted(url, { maxBytes: 1000 }), {}))).toBe('resolve.too_large')
    await site.idle()
  })
})

describe('content codings', () => {
  const text = JSON.stringify({ name: 'Räte und Schulen' })
  const serveCoded = (coding: string, bytes: Uint8Array, status = 200) =>
    serveHttps((_, response) => void response.writeHead(status, { 'content-encoding': coding }).end(bytes))

  test.each([
    ['gzip', gzipSync(text)],
    ['X-GZIP', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['br', brotliCompressSync(text)],
    ['identity', Buffer.from(text)],
    ['', Buffer.from(text)],
  ])('"%s" is undone though it was not asked for', async (coding, bytes) => {
    const site = await serveCoded(coding, bytes)
    const loaded = await loaderIn().load(wanted(`https://${HOST}:${site.port}/`), {})
    expect(new TextDecoder().decode(loaded.bytes)).toBe(text)
    expect(Object.getPrototypeOf(loaded.bytes)).toBe(Uint8Array.prototype)
    await site.idle()
  })

  test.each([
    ['gzip', Buffer.from(text)],
    ['gzip', gzipSync(text).subarray(0, 20)],
    ['gzip', new Uint8Array(0)],
    ['deflate', deflateRawSync(text)],
    ['br', Buffer.from(text)],
    ['zstd', Buffer.from(text)],
    ['gzip, gzip', gzipSync(gzipSync(text))],
    ['constructor', Buffer.from(text)],
  ])('"%s" that is unknown or broken is a bad answer', async (coding, bytes) => {
    const site = await serveCoded(coding, bytes)
    expect(await codeFrom(loaderIn().load(wanted(`https://${HOST}:${site.port}/`), {}))).toBe('resolve.bad_answer')
    await site.idle()
  })

  test.each(['gzip', 'zstd'])('"%s" that is broken does not hide the status', async (coding) => {
    const site = await serveCoded(coding, Buffer.from('not compressed'), 404)
    expect(await codeFrom(loaderIn().load(wanted(`https://${HOST}:${site.port}/`), {}))).toBe('resolve.not_found')
    await site.idle()
  })

  test('a compressed body that breaks off is unreachable', async () => {
    const site = await serveHttps((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': 1000 }).write(gzipSync(text))
      setTimeout(() => response.destroy(), 20)
    })
    const { lookup } = names({ [HOST]: [[PUBLIC]] })
    expect(await codeFrom(loaderIn({ lookup }).load(wanted(`https://${HOST}:${site.port}/`), {}))).toBe(
      'resolve.unreachable',
    )
    await site.idle()
  })
})
