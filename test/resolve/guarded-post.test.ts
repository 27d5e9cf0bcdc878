// Where webhooks are sent, and where they are not: Standard Webhooks 1.0.0, "Server side request forgery".
import { describe, expect, test } from 'vitest'
import { type Lookup, nodeTransport } from '../../src/platform/node-transport.js'
import type { Transport } from '../../src/platform/transport.js'
import { fetchTransport } from '../../src/resolve/fetch-transport.js'
import { createGuardedPost, type GuardedPostOptions } from '../../src/resolve/guarded-post.js'
import { PRIVATE, serveHttp, serveTcp } from './loopback.js'

const lookup: Lookup = (_, __, callback) => callback(null, [{ address: PRIVATE, family: 4 }])
const TRANSPORTS = [
  { name: 'node:https', transport: nodeTransport({ lookup }) as Transport },
  { name: 'fetch', transport: fetchTransport(fetch) },
]
const postWith = (transport: Transport, rules: Partial<GuardedPostOptions> = {}) =>
  createGuardedPost({ transport, timeoutMs: 10_000, insecure: true, allowHosts: undefined, ...rules })
const POST = {
  headers: { 'content-type': 'application/json', 'webhook-id': 'msg_1' },
  body: new TextEncoder().encode('{"ä":1}'),
}

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  test('all of it arrives, and the head of the answer comes back', async () => {
    const seen: unknown[] = []
    const { port } = await serveHttp(async (request, response) => {
      let body = ''
      for await (const chunk of request.setEncoding('utf8')) body += chunk
      const { method, url, headers } = request
      seen.push([method, url, headers['content-type'], headers['webhook-id'], headers['content-length'], body])
      response.writeHead(503, { 'retry-after': '7' }).end('x'.repeat(1_000_000))
    })
    expect(await postWith(transport)({ url: `http://${PRIVATE}:${port}/hook?a=1`, ...POST })).toEqual({
      status: 503,
      retryAfter: '7',
    })
    expect(seen).toEqual([['POST', '/hook?a=1', 'application/json', 'msg_1', '8', '{"ä":1}']])
  })

  test('no redirect is followed', async () => {
    let count = 0
    const { port } = await serveHttp((_, response) => {
      count++
      response.writeHead(308, { location: '/other' }).end()
    })
    expect(await postWith(transport)({ url: `http://${PRIVATE}:${port}/`, ...POST })).toEqual({ status: 308 })
    expect(count).toBe(1)
  })

  test('one that hangs is left, and its socket closed', async () => {
    const site = await serveTcp(() => undefined, { address: PRIVATE })
    const sending = postWith(transport, { timeoutMs: 100 })({ url: `http://${PRIVATE}:${site.port}/`, ...POST })
    await expect(sending).rejects.toMatchObject({ code: 'resolve.timeout' })
    await site.idle()
  })
})

test('a name that leads to a private address is refused where the socket connects', async () => {
  const site = await serveTcp(() => undefined, { address: PRIVATE })
  const post = postWith(nodeTransport({ lookup }) as Transport, { insecure: false })
  await expect(post({ url: `https://hook.example:${site.port}/`, ...POST })).rejects.toMatchObject({
    code: 'resolve.forbidden_address',
  })
  await expect(post({ url: `https://127.0.0.1:${site.port}/`, ...POST })).rejects.toMatchObject({
    code: 'resolve.forbidden_address',
  })
  await expect(post({ url: `http://hook.example:${site.port}/`, ...POST })).rejects.toMatchObject({
    code: 'resolve.forbidden_url',
  })
  expect(site.connections).toBe(0)
})
