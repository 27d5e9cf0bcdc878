/** Handlers under a real node:http server. */
import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type Handler, nodeListener } from '../../src/entries/http.js'

let server: Server | undefined
afterEach(() => server?.close())
async function serve(handler: Handler): Promise<string> {
  server = createServer(nodeListener(handler))
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('method, path, headers and body go in; status, headers and body come out', async () => {
  const origin = await serve(
    async (request) =>
      new Response(
        `${request.method} ${new URL(request.url).pathname} ${request.headers.get('x-a')} ${await request.text()}`,
        {
          status: 201,
          headers: { 'x-b': 'c' },
        },
      ),
  )
  const response = await fetch(`${origin}/a%2Fb?c`, { method: 'POST', headers: { 'x-a': '1' }, body: 'text' })
  expect([response.status, response.headers.get('x-b'), await response.text()]).toEqual([
    201,
    'c',
    'POST /a%2Fb 1 text',
  ])
})

test('an answer is sent as it is made: its first piece arrives before its last exists', async () => {
  let release = () => {}
  const origin = await serve(
    async () =>
      new Response(
        new ReadableStream({
          start: async (controller) => {
            controller.enqueue(new TextEncoder().encode('first'))
            await new Promise<void>((resolve) => {
              release = resolve
            })
            controller.enqueue(new TextEncoder().encode('last'))
            controller.close()
          },
        }),
      ),
  )
  const reader = (await fetch(origin)).body?.getReader()
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('first')
  release()
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('last')
})

test('who reads slowly is not written to without end, and who goes away ends the source', async () => {
  let [made, isCancelled] = [0, false]
  const ended = new Promise<void>((resolve) => {
    serve(
      async () =>
        new Response(
          new ReadableStream({
            pull: (controller) => {
              made += 65_536
              controller.enqueue(new Uint8Array(65_536))
            },
            cancel: () => {
              isCancelled = true
              resolve()
            },
          }),
        ),
    ).then((origin) => {
      const asked = httpRequest(origin, (response) => {
        // Nothing is read for a while; then the reader goes.
        response.pause()
        setTimeout(() => asked.destroy(), 200)
      })
      asked.on('error', () => {})
      asked.end()
    })
  })
  await ended
  expect(isCancelled).toBe(true)
  // What fits into the buffers of two sockets: megabytes, not all that could be made in the time.
  expect(made).toBeLessThan(64 * 1024 * 1024)
})

test('what is no request: 400', async () => {
  const origin = await serve(async () => new Response('never'))
  const socket = connect(Number(new URL(origin).port), '127.0.0.1')
  socket.write('TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
  let answer = ''
  for await (const chunk of socket) answer += chunk
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
})
