/**
 * A handler of Requests under node:http. Its types say only what is used of node:http, so that nobody else needs them.
 *
 * @module
 */
import { callable } from '../internal/members.js'
import { demandArgument } from '../report/demand-options.js'
import type { Handler } from './handler.js'

/** What is read of a request of node:http. */
export interface NodeRequest {
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** All of it has arrived. */
  readonly complete: boolean
  /** Its body, piece by piece. */
  iterator(options: { destroyOnReturn: boolean }): AsyncIterator<Uint8Array>
  /** No more of it is taken. */
  pause(): unknown
}

/** What is done with a response of node:http. */
export interface NodeResponse {
  readonly destroyed: boolean
  /** Status and headers. */
  writeHead(status: number, headers: Record<string, string>): unknown
  /** False where it is to be waited for `drain`. */
  write(chunk: Uint8Array): boolean
  /** It is whole. */
  end(): unknown
  /** The connection ends. */
  destroy(): unknown
  /** Whoever asked has gone. */
  on(event: 'error', listener: () => void): unknown
  /** It takes more, or nobody is there any more. */
  once(event: 'drain' | 'close', listener: () => void): unknown
  /** No longer told. */
  off(event: 'drain' | 'close', listener: () => void): unknown
}

/**
 * For `createServer` of node:http, and for Express: `createServer(nodeListener(createIssuerHandler({ ... })))`. A body is read as
 * the handler reads it, and an answer is sent as fast as it is taken. The handler sees paths; which host was asked, and over which
 * protocol, a proxy may have changed, so it always sees `http://localhost`. Throws UsageError for what is no function.
 */
export function nodeListener(handler: Handler): (incoming: NodeRequest, outgoing: NodeResponse) => void {
  demandArgument(handler, callable, 'handler')
  return (incoming, outgoing) => {
    // A handler never rejects; where the line breaks, there is nobody to tell.
    answer(incoming, outgoing, handler).catch(() => outgoing.destroy())
  }
}

async function answer(incoming: NodeRequest, outgoing: NodeResponse, handler: Handler): Promise<void> {
  // Whoever went away needs no answer.
  outgoing.on('error', () => outgoing.destroy())
  const request = toRequest(incoming)
  const response = request === undefined ? new Response(null, { status: 400 }) : await handler(request)
  const headers = Object.fromEntries(response.headers)
  // What was not read will not be: the connection ends with the answer, so that nobody sends 100 MB for nothing.
  if (request?.body != null && !incoming.complete) headers.connection = 'close'
  outgoing.writeHead(response.status, headers)
  const reader = response.body?.getReader()
  for (;;) {
    const piece = await reader?.read()
    if (piece === undefined || piece.done) break
    if (!outgoing.write(piece.value)) await writable(outgoing)
    if (!outgoing.destroyed) continue
    await reader?.cancel()
    return
  }
  outgoing.end()
}

/** Until it takes more, or nobody is there any more. */
function writable(outgoing: NodeResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      outgoing.off('drain', done)
      outgoing.off('close', done)
      resolve()
    }
    outgoing.once('drain', done)
    outgoing.once('close', done)
  })
}

/** Undefined where it is not one: a proxy's form of the address, a method that fetch does not know. */
function toRequest(incoming: NodeRequest): Request | undefined {
  const { method = 'GET', url = '/', headers } = incoming
  const pairs = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join(', ')]],
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
function bodyOf(incoming: NodeRequest): ReadableStream<Uint8Array> {
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
