/**
 * A server of this machine, and how it ends.
 *
 * @module
 */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Handler, nodeListener } from '../entries/http.js'

export interface Listener {
  /** This machine's address: `http://127.0.0.1:8080`. */
  readonly origin: string
  /** Takes no more, answers what was asked before, and ends. */
  close(): Promise<void>
}

/** Milliseconds for the head of a request, and for all of it: slow senders must not take all connections. */
const HEAD_TIMEOUT = 10_000
const REQUEST_TIMEOUT = 30_000
/** Milliseconds that requests have which are under way when the server ends. */
const GRACE = 10_000

/** The handler is made when the address is known. Rejects with the system's error where the port is taken. */
export async function listen(
  { host, port }: { readonly host: string; readonly port: number },
  makeHandler: (origin: string) => Promise<Handler>,
): Promise<Listener> {
  let handler: Handler = async () => new Response(null, { status: 503 })
  const listener = nodeListener((request) => handler(request))
  const server = createServer((incoming: IncomingMessage, outgoing) => listener(incoming, outgoing))
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

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => server.closeAllConnections(), GRACE)
    server.close(() => {
      clearTimeout(impatience)
      resolve()
    })
    // Kept open for a next request, which will not come.
    server.closeIdleConnections()
  })
}
