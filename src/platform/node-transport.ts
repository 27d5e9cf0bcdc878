/**
 * HTTP exchanges on node:https, whose every connection goes to an address that was judged: the socket's own lookup asks, so that
 * no second look-up can answer otherwise (DNS rebinding).
 *
 * @module
 */
import type { Bytes } from '../internal/types.js'
import { isNode, nodeBuiltin } from './builtin.js'
import { type Exchange, type Transport, TransportError } from './transport.js'

/** As `dns.lookup` with `all`. */
export type Lookup = (
  hostname: string,
  options: { readonly all: true },
  callback: (error: Error | null, addresses: readonly { readonly address: string; readonly family: number }[]) => void,
) => void

export interface NodeTransportOptions {
  /** Default: `dns.lookup`, what the operating system says. */
  readonly lookup?: Lookup
  /** PEM of the certificate authorities that are trusted, instead of Node's own. */
  readonly ca?: string
}

/** The user agent that badgewright names itself as; the same in every version, so that it tells a server nothing. */
const USER_AGENT = 'badgewright'

/** Node's default, written down because `--max-http-header-size` could lift it. */
const MAX_HEADER_BYTES = 16_384

/**
 * Undefined where this is not Node. Bun, Deno and Cloudflare Workers have a node:https too, but do not promise to ask our
 * `lookup`, and a guard that is silently not asked is not one: there the caller wraps `fetch` and says what that cannot judge.
 */
export function nodeTransport(options: NodeTransportOptions = {}): Transport | undefined {
  if (!isNode()) return undefined
  const https = nodeBuiltin('node:https')
  const http = nodeBuiltin('node:http')
  const dns = nodeBuiltin('node:dns')
  const zlib = nodeBuiltin('node:zlib')
  if (!https || !http || !dns || !zlib) return undefined
  const resolve: Lookup = options.lookup ?? dns.lookup

  return {
    exchange: ({ url, accept, post, maxBytes, signal, admitAddress }) =>
      new Promise((settle, reject) => {
        const request = (url.protocol === 'http:' ? http : https).request(url, {
          ...(post === undefined ? {} : { method: 'POST' }),
          headers: {
            ...post?.headers,
            ...(post === undefined ? {} : { 'content-length': post.body.length }),
            accept,
            'accept-encoding': 'identity',
            'user-agent': USER_AGENT,
          },
          signal,
          // A new agent for each exchange: no socket is kept alive, and no proxy of the environment resolves names for us.
          agent: false,
          lookup: (hostname, { all }, done) => {
            admitted(resolve, hostname, admitAddress).then(
              ([first, ...rest]) => (all ? done(null, [first, ...rest]) : done(null, first.address, first.family)),
              // An error fails the connection; the address that goes with it is not looked at.
              (error) => done(error, ''),
            )
          },
          maxHeaderSize: MAX_HEADER_BYTES,
          insecureHTTPParser: false,
          // Written down, so that NODE_TLS_REJECT_UNAUTHORIZED does not reach us.
          rejectUnauthorized: true,
          ...(options.ca === undefined ? {} : { ca: options.ca }),
        })
        // Stays after the answer has begun: then the body's iteration has the same error, and nobody else must.
        request.on('error', reject)
        // Node would close the socket and say nothing.
        request.on('upgrade', (_, socket) => {
          socket.destroy()
          reject(new TransportError('PROTOCOL_SWITCHED', 'answered 101'))
        })
        request.on('response', (message) => {
          settle({
            url: url.href,
            status: message.statusCode ?? 0,
            header: (name) => message.headers[name]?.toString(),
            body: decoded(message, { zlib, maxBytes, close: () => request.destroy() }),
            close: () => request.destroy(),
          })
        })
        request.end(post?.body)
      }),
  }
}

type IncomingMessage = import('node:http').IncomingMessage
type Transform = import('node:stream').Transform

interface Decoding {
  readonly zlib: typeof import('node:zlib')
  readonly maxBytes: number
  readonly close: () => void
}

/**
 * The body with its content coding undone. Identity is asked for, but file hosts send what they have stored. Codings of codings
 * are not undone: nobody needs them, and each would multiply what a bomb expands to.
 */
function decoded(message: IncomingMessage, { zlib, maxBytes, close }: Decoding): AsyncIterable<Bytes> {
  const coding = message.headers['content-encoding']?.trim().toLowerCase() || 'identity'
  if (coding === 'identity') return message
  const decoder = CODINGS.get(coding)?.(zlib)
  if (!decoder) return unknownCoding(coding)
  let wire = 0
  message.on('data', (chunk: Bytes) => {
    wire += chunk.length
    if (!(wire <= maxBytes)) decoder.destroy(new TransportError('WIRE_TOO_LARGE', `more than ${maxBytes} bytes`))
  })
  message.on('error', (error) => decoder.destroy(error))
  // Whoever iterates has the error too; a body that nobody reads must not crash the process with it.
  decoder.on('error', () => {})
  decoder.on('close', close)
  return message.pipe(decoder)
}

/** RFC 9110 section 8.4.1; `deflate` with its zlib header, as it says there. */
const CODINGS: ReadonlyMap<string, (zlib: Decoding['zlib']) => Transform> = new Map([
  ['gzip', (zlib: Decoding['zlib']): Transform => zlib.createGunzip()],
  ['x-gzip', (zlib) => zlib.createGunzip()],
  ['deflate', (zlib) => zlib.createInflate()],
  ['br', (zlib) => zlib.createBrotliDecompress()],
])

/** Fails when it is read, and not before: the status of the answer may say something better. */
function unknownCoding(coding: string): AsyncIterable<Bytes> {
  return {
    [Symbol.asyncIterator]() {
      throw new TransportError('UNKNOWN_CODING', `content coding ${JSON.stringify(coding)}`)
    },
  }
}

type Found = { address: string; family: number }

/**
 * The addresses of a name, each of them admitted. A name with one address that is refused is refused as a whole: whether it
 * answers must not hang on which address the socket happens to try.
 */
async function admitted(
  resolve: Lookup,
  hostname: string,
  admitAddress: Exchange['admitAddress'],
): Promise<[Found, ...Found[]]> {
  const [first, ...rest] = await new Promise<readonly Found[]>((settle, reject) =>
    resolve(hostname, { all: true }, (error, addresses) => (error ? reject(error) : settle(addresses))),
  )
  if (!first) throw Object.assign(new Error(`no address for ${hostname}`), { code: 'ENOTFOUND' })
  for (const { address } of [first, ...rest]) await admitAddress(address)
  return [first, ...rest]
}
