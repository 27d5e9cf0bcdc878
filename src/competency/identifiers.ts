/**
 * When two URIs name the same competency, level, achievement or issuer: byte equality after the normalizations of RFC 3986 that no
 * server can tell apart. Everything else is another name.
 *
 * - section 6.2.2.1: scheme and host in lower case, hexadecimal digits of `%xx` in upper case; `urn:` and its namespace too, and the
 *   digits of a `urn:uuid:` (RFC 9562 section 4);
 * - section 6.2.2.2: `%xx` of an unreserved character is that character;
 * - section 6.2.3, http and https only: the default port is left out, an empty path is `/`.
 *
 * Never: the case of a path, a slash at the end, `http` for `https`, `www.`, dots in paths, queries, fragments. A server may give
 * each of them another meaning, and whoever owns the look-alike address would own the competency.
 *
 * @module
 */
import { text } from '../internal/members.js'
import { demandArgument } from '../report/demand-options.js'

const HIERARCHICAL = /^(https?):\/\/([^/?#]*)([^?#]*)(.*)$/is
const UNRESERVED = /[A-Za-z0-9._~-]/

/** Most URIs are canonical, and frameworks have many. */
const CANONICAL = /^https?:\/\/[a-z0-9.-]+\/[^%]*$/

/** The form to compare by. Texts that are no URI come back as they are. */
export function canonicalUri(uri: string): string {
  demandArgument(uri, text, 'uri')
  if (CANONICAL.test(uri)) return uri
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*(?=:)/.exec(uri)?.[0]
  if (scheme === undefined) return uri
  const lower = scheme.toLowerCase()
  const plain = unescapeUnreserved(uri)
  if (lower === 'http' || lower === 'https') {
    const [, , authority = '', path = '', rest = ''] = HIERARCHICAL.exec(plain) ?? []
    if (authority === '') return lower + plain.slice(scheme.length)
    const at = authority.lastIndexOf('@') + 1
    const host = authority
      .slice(at)
      .toLowerCase()
      .replace(lower === 'http' ? /:(?:80)?$/ : /:(?:443)?$/, '')
    return `${lower}://${authority.slice(0, at)}${host}${path === '' ? '/' : path}${rest}`
  }
  if (lower !== 'urn') return lower + plain.slice(scheme.length)
  if (/^urn:uuid:[0-9a-f-]{36}/i.test(plain)) return plain.slice(0, 45).toLowerCase() + plain.slice(45)
  return plain.replace(/^urn:[^:]*/i, (prefix) => prefix.toLowerCase())
}

function unescapeUnreserved(uri: string): string {
  if (!uri.includes('%')) return uri
  return uri.replace(/%[0-9A-Fa-f]{2}/g, (escaped) => {
    const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16))
    return UNRESERVED.test(character) ? character : escaped.toUpperCase()
  })
}

/** Do they name the same thing? */
export function isSameUri(a: string, b: string): boolean {
  return canonicalUri(a) === canonicalUri(b)
}

/**
 * What people may have meant by it: without scheme, `www.`, case, a fragment that is empty and slashes at the end. Only ever a
 * suggestion: equal shapes meet nothing.
 */
export function shapeOf(uri: string): string {
  const canonical = canonicalUri(uri.trim()).toLowerCase()
  const start = /^https?:\/\/(?:www\.)?/.exec(canonical)?.[0].length ?? 0
  let end = canonical.endsWith('#') ? canonical.length - 1 : canonical.length
  while (end > start && canonical.charCodeAt(end - 1) === 0x2f) end--
  return start === 0 ? canonical.slice(0, end) : `//${canonical.slice(start, end)}`
}

/** Different names that look the same. */
export function isLookAlike(a: string, b: string): boolean {
  return !isSameUri(a, b) && shapeOf(a) === shapeOf(b)
}

/** Does it begin with a scheme? Relative references (RFC 3986 section 4.2) name nothing outside of their document. */
export function isAbsolute(uri: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\S/.test(uri)
}

const UUID = /(?:^|[^0-9a-f])([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\/?$/i

/** The UUID that the URI ends with, in lower case. */
export function uuidIn(uri: string): string | undefined {
  return UUID.exec(uri)?.[1]?.toLowerCase()
}
