/**
 * Digests as documents write them: Subresource Integrity (W3C SRI section 3) and multihash in multibase (VCDM 2.0 section 5.3), in one form.
 *
 * @module
 */
import { decodeBase58btc } from './base58btc.js'
import { decodeBase64url, encodeBase64url } from './base64url.js'

/** Multihash: the codes of SHA-2 with their lengths. */
const MULTIHASH: Readonly<Record<number, readonly [name: string, length: number]>> = {
  18: ['sha256', 32],
  19: ['sha512', 64],
  32: ['sha384', 48],
}

/** Of SRI (several expressions, with options) and of multibase, as `sha384:` and base64url. What is neither says nothing. */
export function digestsIn(digest: string): string[] {
  const expressions = digest.trim().split(/\s+/)
  const sri = expressions.flatMap((one) => {
    const found = /^(sha(?:256|384|512))-([A-Za-z0-9+/_-]+)={0,2}(?:\?.*)?$/.exec(one)
    return found === null ? [] : [`${found[1]}:${found[2]?.replaceAll('+', '-').replaceAll('/', '_')}`]
  })
  if (sri.length > 0) return sri
  const [base, rest] = [digest[0], digest.slice(1)]
  const bytes =
    base === 'u' ? decodeBase64url(rest) : base === 'z' && rest.length < 200 ? decodeBase58btc(rest) : undefined
  const known = bytes === undefined ? undefined : MULTIHASH[bytes[0] ?? 0]
  if (bytes === undefined || known === undefined || bytes[1] !== known[1] || bytes.length !== known[1] + 2) return []
  return [`${known[0]}:${encodeBase64url(bytes.subarray(2))}`]
}
