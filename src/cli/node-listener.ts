/**
 * A handler of Requests under node:http.
 *
 * @module
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Handler } from '../entries/http.js'

export interface Listener {
  /** This machine's address: `http://127.0.0.1:8080`. */
  readonly origin: string
  close(): Promise<void>
}

/** Milliseconds for the head of a request, and for all of it: slow senders must not take all connections. */
const HEAD_TIMEOUT = 10_000
const REQUEST_TIMEOUT = 30_000

/** The handler is made when the address is known. Rejects with the system's error where the port is taken. */
export async function listen(
  { host, port }: { readonly host: string; readonly port: number },
  makeHandler: (origin: string) => Promise<Handler>,
): Promise<Listener> {
  let handler: Handler | undefined
  const server = createServer((incoming, outgoing) => {
    // The handler never rejects; where the line breaks, there is nobody to tell.
    answer(incoming, outgoing, handler).catch(() => outgoing.destroy())
  })
  server.headersTimeout = HEAD_TIMEOUT
  server.requestTimeout = REQUEST_TIMEOUT
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo
  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`
  try {
    handler = await makeHandler(origin)
  } catch (error) {
    await close(server)
    throw error
  }
  return { origin, close: () => close(server) }
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handler: Handler | undefined,
): Promise<void> {
  // Whoever went away needs no answer.
  outgoing.on('error', () => outgoing.destroy())
  const request = toRequest(incoming)
  const response =
    handler === undefined || request === undefined
      ? new Response(null, { status: request === undefined ? 400 : 503 })
      : await handler(request)
  const headers = Object.fromEntries(response.headers)
  // What was not read will not be: the connection ends with the answer, so that nobody sends 100 MB for nothing.
  if (request?.body != null && !incoming.complete) headers.connection = 'close'
  outgoing.writeHead(response.status, headers)
  if (response.body === null) outgoing.end()
  else outgoing.end(new Uint8Array(await response.arrayBuffer()))
}

/** Undefined where it is not one: a proxy's form of the address, a method that fetch does not know. */
function toRequest(incoming: IncomingMessage): Request | undefined {
  const { method = 'GET', url = '/', headers } = incoming
  const pairs = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  )
  try {
    const hasBody = method !== 'GET' && method !== 'HEAD'
    return new Request(new URL(`http://localhost${url.startsWith('/') ? url : `/${url}`}`), {
      method,
      headers: pairs,
      ...(hasBody ? { body: bodyOf(incoming), duplex: 'half' } : {}),
    } as RequestInit)
  } catch {
    return undefined
  }
}

/**
 * As it comes, and only as it is read. `Readable.toWeb` of Node 20 throws past everybody where a body is cancelled while more of it
 * arrives: one long request would end the server.
 */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = incoming.iterator({ destroyOnReturn: false })
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(new Uint8Array(value))
    },
    // The answer still has to go out: the connection ends after it.
    cancel: () => {
      incoming.pause()
    },
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
