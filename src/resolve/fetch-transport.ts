/**
 * A transport on somebody's `fetch`: a browser's, a worker's, or one the caller brings for a proxy or for tests.
 *
 * What a fetch does not show cannot be judged: the addresses that a name resolves to are not checked here, only literal ones.
 * In a browser that is the browser's own concern (CORS, Local Network Access); on a server, give no fetch and let Node's transport
 * do it, or let the proxy behind the fetch have the rules.
 *
 * @module
 */
import type { Bytes } from '../internal/types.js'
import { type Exchange, type Transport, TransportError } from '../platform/transport.js'
import { codeOf } from './load-failure.js'

/** No cookies, no Referer. Workers that do not know these members throw on them, so they are named only where Request knows them. */
const PRIVACY = { credentials: 'omit', referrerPolicy: 'no-referrer' } as const

/**
 * No User-Agent: browsers would ask each server for leave to send it (a CORS preflight), and most answer no. Whatever the fetch
 * rejects with means that the server was not reached: a fetch has no codes that could tell more.
 */
export function fetchTransport(fetch: (url: string, init: RequestInit) => Promise<Response>): Transport {
  return {
    async exchange({ url, accept, post, signal }) {
      const ask = (redirect: RequestRedirect) =>
        fetch(url.href, {
          ...(post === undefined ? { method: 'GET' } : { method: 'POST', body: post.body as Uint8Array<ArrayBuffer> }),
          headers: { ...post?.headers, accept },
          signal,
          redirect,
          ...privacy(),
        }).catch(failed)
      let response = await ask('manual')
      // A browser does not tell where a redirect leads. It is asked once more and follows by itself; `url` then says where it came
      // to, and is judged afterwards. Where it has no business it cannot read (CORS), but it has asked.
      if (response.type === 'opaqueredirect' && post === undefined) response = await ask('follow')
      return {
        url: response.url || url.href,
        status: response.status,
        header: (name) => response.headers.get(name) ?? undefined,
        body: chunksOf(response, signal),
        close: () => cancel(response.body),
      }
    },
  }
}

function privacy(): Partial<typeof PRIVACY> {
  const known = typeof Request === 'function' ? Request.prototype : {}
  return {
    ...('credentials' in known ? { credentials: PRIVACY.credentials } : {}),
    ...('referrerPolicy' in known ? { referrerPolicy: PRIVACY.referrerPolicy } : {}),
  }
}

function failed(error: unknown): never {
  if (codeOf(error) !== undefined) throw error
  throw new TransportError('FETCH_FAILED', 'fetch failed', { cause: error })
}

async function* chunksOf(response: Response, signal: Exchange['signal']): AsyncGenerator<Bytes> {
  const { body } = response as { body?: ReadableStream<Bytes> | null }
  if (body === null) return
  if (body === undefined) {
    // React Native has no streams: there the body is bounded by Content-Length and after the fact only.
    yield new Uint8Array(await response.arrayBuffer().catch(failed))
    return
  }
  const reader = body.getReader()
  // Also ends a read that the fetch itself does not end when the signal says so.
  const stop = () => void reader.cancel().catch(() => {})
  signal.addEventListener('abort', stop, { once: true })
  try {
    while (true) {
      const { done, value } = await reader.read().catch(failed)
      if (done) return
      if (!ArrayBuffer.isView(value)) throw new TypeError('the given fetch answers with a body that is not bytes')
      yield value
    }
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
  }
}

/** Nobody reads it any more: whether it had failed already does not matter. */
function cancel(body: ReadableStream | null | undefined): void {
  body?.cancel().catch(() => {})
}
