/**
 * The ways in which loading a document can fail. Every loader of this library uses these codes and no other.
 *
 * @module
 */
import { ResolutionError } from '../errors.js'

export type LoadFailureCode =
  /** Not an absolute https URL; too long; with user or password; a host's name that is never public; not among `allowHosts`. */
  | 'resolve.forbidden_url'
  /** The host is, or its name resolves to, an address that is not public. */
  | 'resolve.forbidden_address'
  /** No connection, no name, or it broke off: asking again may help. */
  | 'resolve.unreachable'
  /** The whole exchange, redirects included, took longer than `timeoutMs`: asking again may help. */
  | 'resolve.timeout'
  /** The server could not prove who it is, or speaks no TLS that is safe. */
  | 'resolve.tls'
  /** More than `maxBytes`, on the wire or after decompression. */
  | 'resolve.too_large'
  /** More than `maxRedirects`. */
  | 'resolve.too_many_redirects'
  /** 404 or 410: the server is there and says that the document is not. */
  | 'resolve.not_found'
  /** Any other status than 200; the message has it. */
  | 'resolve.http_status'
  /** No HTTP, a redirect to nowhere, a compression that is unknown or broken. */
  | 'resolve.bad_answer'
  /** One report asked for more documents than `limits.fetches`. */
  | 'resolve.limit'

/** `url` is what was asked for, also where a redirect led elsewhere. */
export function loadFailure(code: LoadFailureCode, url: string, message: string, cause?: unknown): ResolutionError {
  return new ResolutionError(code, url, `${shown(url)}: ${message}`, cause === undefined ? undefined : { cause })
}

/** For a message: one line, not endless, and no password. */
function shown(url: string): string {
  const harmless = url.replace(/\/\/[^/?#]*@/, '//').replace(/[^\x21-\x7e]/gu, '?')
  return harmless.length > 200 ? `${harmless.slice(0, 200)}...` : harmless
}

/** Codes of OpenSSL's certificate errors and of Node's TLS. */
const TLS =
  /^(?:ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERROR_IN_|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_|HOSTNAME_MISMATCH$)/
/** Codes of llhttp, zlib and brotli, and our transport's own. */
const UNREADABLE = /^(?:HPE_|Z_|ERR__|ERR_BROTLI_|UNKNOWN_CODING$|PROTOCOL_SWITCHED$)/

/** Codes by which Node says that it was called wrongly. */
const BUG = /^ERR_(?:INVALID_|MISSING_|UNESCAPED_|OUT_OF_RANGE$|INTERNAL_|ASSERTION$)/

/** What an error of a transport means; undefined where it is not the world's failure but a bug. */
export function transportFailure(error: unknown, url: string): ResolutionError | undefined {
  const code = codeOf(error)
  if (code === undefined || BUG.test(code)) return undefined
  if (code === 'WIRE_TOO_LARGE')
    return loadFailure('resolve.too_large', url, 'the answer is larger than allowed', error)
  if (TLS.test(code)) {
    const help = 'the publisher must install a certificate that is current, for this host and by a known authority'
    return loadFailure('resolve.tls', url, `the server's certificate or TLS was not accepted (${code}); ${help}`, error)
  }
  if (UNREADABLE.test(code)) {
    const help = 'the publisher must serve plain HTTP/1.1, uncompressed or in gzip, deflate or br'
    return loadFailure('resolve.bad_answer', url, `the answer cannot be read (${code}); ${help}`, error)
  }
  return loadFailure('resolve.unreachable', url, `the server could not be reached (${code}); ask again later`, error)
}

/** `code` of the error, or of what undici's fetch wraps. */
export function codeOf(error: unknown): string | undefined {
  for (let link = error, depth = 0; link instanceof Error && depth < 4; link = link.cause, depth++) {
    const { code } = link as { code?: unknown }
    if (typeof code === 'string') return code
  }
  return undefined
}
