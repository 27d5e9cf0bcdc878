/**
 * `data:` URLs: RFC 2397.
 *
 * @module
 */
import { decodeBase64, decodeBase64url } from './base64url.js'
import { encodeUtf8 } from './bytes.js'
import type { Bytes } from './types.js'

/** In lower case and without parameters; empty where the URL names none. Undefined for what is no data: URL. */
export function dataUrlType(url: string): string | undefined {
  return /^data:([^;,]*)/i.exec(url.slice(0, 300))?.[1]?.trim().toLowerCase()
}

/** A text says what is wrong. `maxBytes` of what it holds. */
export function readDataUrl(url: string, maxBytes: number): Bytes | string {
  const comma = url.indexOf(',')
  if (!/^data:/i.test(url) || comma === -1) return 'a data: URL has a comma before its data'
  const [head, body] = [url.slice(5, comma), url.slice(comma + 1)]
  // Percent-encoding takes three characters for a byte, base64 fewer than two.
  if (body.length > maxBytes * 3) return `a data: URL of more than ${maxBytes} bytes`
  const bytes = /;\s*base64\s*$/i.test(head) ? fromBase64(body) : fromPercent(body)
  if (bytes === undefined)
    return 'the data of this data: URL is not what its media type says: base64, or text in percent-encoding'
  return bytes.length > maxBytes ? `a data: URL of more than ${maxBytes} bytes` : bytes
}

/** With or without padding, and in either alphabet: of what is inside, a proof says whether it is genuine. */
function fromBase64(body: string): Bytes | undefined {
  const text = body.includes('%') ? percentDecoded(body) : body
  if (text === undefined) return undefined
  const bare = text.replace(/=+$/, '')
  return decodeBase64url(bare) ?? decodeBase64(bare + '==='.slice(0, (4 - (bare.length % 4)) % 4))
}

function fromPercent(body: string): Bytes | undefined {
  const text = percentDecoded(body)
  return text === undefined ? undefined : encodeUtf8(text)
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
