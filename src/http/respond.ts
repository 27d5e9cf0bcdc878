/**
 * A document as an answer: cached, compressed, conditional. RFC 9110 sections 8.8.3, 12.5.3 and 13.1.2, RFC 9111.
 *
 * @module
 */
import { encodeUtf8 } from '../internal/bytes.js'
import type { Bytes } from '../internal/types.js'
import { hashHex } from '../platform/hash.js'
import { gzip } from '../platform/zlib.js'

export interface ServedDocument {
  readonly body: string | Bytes
  readonly type: string
  /** Seconds for which anybody may keep it; 0: they ask each time whether it has changed. */
  readonly maxAgeSeconds: number
  /** What identifies its content where the body is no text. */
  readonly version?: string
  /** It depends on what the client accepts. */
  readonly isNegotiated?: boolean
}

/** Smaller ones fit into a packet anyway. */
const WORTH_COMPRESSING = 512

export async function respond(request: Request, document: ServedDocument): Promise<Response> {
  const { body, type, maxAgeSeconds, version, isNegotiated = false } = document
  const text = typeof body === 'string' ? body : (version ?? '')
  const bytes = typeof body === 'string' ? encodeUtf8(body) : body
  const isCompressible = typeof body === 'string' && bytes.length >= WORTH_COMPRESSING
  const compressed = isCompressible && acceptsGzip(request) ? await gzip(bytes) : undefined
  const hash = hashHex('SHA-256', `${type}\n${text}`).slice(0, 32)
  // A strong validator names one sequence of bytes: each encoding has its own.
  const etag = compressed === undefined ? `"${hash}"` : `"${hash}-gzip"`
  const headers: Record<string, string> = {
    etag,
    'cache-control': maxAgeSeconds === 0 ? 'no-cache' : `public, max-age=${maxAgeSeconds}`,
    vary: isNegotiated ? 'accept, accept-encoding' : 'accept-encoding',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  }
  if (matches(request.headers.get('if-none-match'), hash)) return new Response(null, { status: 304, headers })
  headers['content-type'] = type
  if (compressed !== undefined) headers['content-encoding'] = 'gzip'
  const sent = compressed ?? bytes
  headers['content-length'] = String(sent.length)
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(sent), { headers })
}

/** Weak comparison, as section 13.1.2 has it: the same document in any encoding is known. */
function matches(given: string | null, hash: string): boolean {
  if (given === null) return false
  const tags = given.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes('*') || tags.includes(`"${hash}"`) || tags.includes(`"${hash}-gzip"`)
}

function acceptsGzip(request: Request): boolean {
  return qualityOf(request.headers.get('accept-encoding') ?? '', ['gzip', '*']) > 0
}

/**
 * How much a client wants one of these names, the most specific first: what the header says of the first that it has, 0 where it
 * has none of them.
 */
export function qualityOf(header: string, names: readonly string[]): number {
  // Longer than any honest one: a client that says so much gets the default.
  const ranges = header
    .slice(0, 4096)
    .split(',')
    .map((range) => {
      const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
      const weight = parameters.find((parameter) => parameter.startsWith('q='))
      const quality = weight === undefined ? 1 : Number(weight.slice(2))
      return { name, quality: Number.isNaN(quality) ? 0 : quality }
    })
  for (const name of names) {
    const range = ranges.find((each) => each.name === name)
    if (range !== undefined) return range.quality
  }
  return 0
}
