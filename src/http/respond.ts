/**
 * A document as an answer: cached, compressed, conditional. RFC 9110 sections 8.8.3, 12.5.3 and 13.1.2, RFC 9111.
 *
 * @module
 */
import { concatBytes, encodeUtf8 } from '../internal/bytes.js'
import { onDemand } from '../internal/on-demand.js'
import type { Bytes } from '../internal/types.js'
import { hashHex, sha256HexOf } from '../platform/hash.js'
import { gzip } from '../platform/zlib.js'
import { qualityOf } from './accept.js'

export interface ServedDocument {
  readonly body: string | Bytes | KeptText
  readonly type: string
  /** Seconds for which anybody may keep it; 0: they ask each time whether it has changed. */
  readonly maxAgeSeconds: number
  /** It depends on what the client accepts. */
  readonly isNegotiated?: boolean
}

/** Smaller ones fit into a packet anyway. */
const WORTH_COMPRESSING = 512

/** A text that is served often: encoded, hashed and compressed once. */
export interface KeptText {
  readonly bytes: Bytes
  readonly digest: string
  compressed(): Promise<Bytes | undefined>
}

export function keptText(text: string): KeptText {
  const bytes = encodeUtf8(text)
  return { bytes, digest: sha256HexOf(bytes), compressed: onDemand(async () => gzip(bytes)) }
}

export async function respond(request: Request, document: ServedDocument): Promise<Response> {
  const { body, type, maxAgeSeconds, isNegotiated = false } = document
  const isText = !(body instanceof Uint8Array)
  const kept = isText && typeof body !== 'string' ? body : undefined
  const bytes = kept?.bytes ?? (typeof body === 'string' ? encodeUtf8(body) : (body as Bytes))
  const isCompressible = isText && bytes.length >= WORTH_COMPRESSING
  const compressed = isCompressible && acceptsGzip(request) ? await (kept?.compressed() ?? gzip(bytes)) : undefined
  const hash = contentHash(type, kept?.digest ?? (body as string | Bytes)).slice(0, 32)
  // A strong validator names one sequence of bytes: each encoding has its own.
  const etag = compressed === undefined ? `"${hash}"` : `"${hash}-gzip"`
  return conditional(request, {
    bytes: compressed ?? bytes,
    type,
    isCompressed: compressed !== undefined,
    etag,
    sameAs: [`"${hash}"`, `"${hash}-gzip"`],
    cacheControl: maxAgeSeconds === 0 ? 'no-cache' : `public, max-age=${maxAgeSeconds}`,
    isNegotiated,
  })
}

/** What is sent of a document. */
export interface Representation {
  readonly bytes: Bytes
  readonly type: string
  readonly isCompressed: boolean
  /** With its quotes. */
  readonly etag: string
  /** ETags of what says the same. */
  readonly sameAs: readonly string[]
  readonly cacheControl: string
  readonly isNegotiated: boolean
}

/** The answer, or only that the reader has it. */
export function conditional(request: Request, representation: Representation): Response {
  const { bytes, type, isCompressed, etag, sameAs, cacheControl, isNegotiated } = representation
  const headers: Record<string, string> = {
    etag,
    'cache-control': cacheControl,
    vary: isNegotiated ? 'accept, accept-encoding' : 'accept-encoding',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  }
  if (matches(request.headers.get('if-none-match'), sameAs)) return new Response(null, { status: 304, headers })
  headers['content-type'] = type
  if (isCompressed) headers['content-encoding'] = 'gzip'
  headers['content-length'] = String(bytes.length)
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(bytes), { headers })
}

/** Hashed is what is sent, and nothing that only stands for it: two pictures of one length are two. */
function contentHash(type: string, body: string | Bytes): string {
  if (typeof body === 'string') return hashHex('SHA-256', `${type}\n${body}`)
  return sha256HexOf(concatBytes(encodeUtf8(`${type}\n`), body))
}

/** Weak comparison, as section 13.1.2 has it: the same document in any encoding is known. */
function matches(given: string | null, etags: readonly string[]): boolean {
  if (given === null) return false
  const tags = given.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes('*') || tags.some((tag) => etags.includes(tag))
}

export function acceptsGzip(request: Request): boolean {
  return qualityOf(request.headers.get('accept-encoding') ?? '', ['gzip', '*']) > 0
}
