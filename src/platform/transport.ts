/**
 * The port for one HTTP exchange, as the platform does it: in Node on node:https, because only there can the address that a
 * socket connects to be judged; elsewhere the caller wraps `fetch`. What is judged is the caller's to say: the platform knows no
 * rules.
 *
 * @module
 */
import type { Bytes } from '../internal/types.js'

export interface Exchange {
  /** https, or http where the caller allows it; without user, password and fragment. */
  readonly url: URL
  /** The Accept header. */
  readonly accept: string
  /** Is sent with POST, with these headers besides. Default: the URL is asked for with GET. */
  readonly post?: { readonly body: Bytes; readonly headers: Readonly<Record<string, string>> }
  /** Bytes of the body as they come over the wire, before decompression. */
  readonly maxBytes: number
  /** Ends the exchange, wherever it stands, and closes its socket. */
  readonly signal: AbortSignal
  /** Called for every address that the host's name resolves to, before any of them is connected to; rejects to refuse. */
  readonly admitAddress: (address: string) => Promise<void>
}

/** The head of an answer; redirects are not followed, unless the platform leaves no choice (browsers: see `url`). */
export interface Answer {
  /** What answered: another URL than was asked only where the platform followed redirects by itself. */
  readonly url: string
  readonly status: number
  header(name: string): string | undefined
  /** Content codings undone. Breaking off the iteration closes the exchange. */
  readonly body: AsyncIterable<Bytes>
  /** For who does not read the body. */
  close(): void
}

/**
 * Rejects with what `admitAddress` or the signal rejected with, or with an error that has a string `code`: Node's own, or one of
 * `TransportError`. Anything else is a bug.
 */
export interface Transport {
  exchange(request: Exchange): Promise<Answer>
}

/** `WIRE_TOO_LARGE`: past `maxBytes`. `UNKNOWN_CODING`: a Content-Encoding that is not undone. `PROTOCOL_SWITCHED`: 101 to no question. `FETCH_FAILED`: fetch gave no code. */
export class TransportError extends Error {
  readonly code: string

  constructor(
    code: 'WIRE_TOO_LARGE' | 'UNKNOWN_CODING' | 'PROTOCOL_SWITCHED' | 'FETCH_FAILED',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.code = code
  }
}

/** The runtime's own fetch; asked for when a loader is made, never when a module is loaded. */
export function platformFetch(): typeof fetch | undefined {
  return (globalThis as { fetch?: typeof fetch }).fetch
}
