/**
 * Compact JWS (RFC 7515 section 7.1). The signing input is made here and not by a library because a Signer may be remote.
 *
 * @module
 */

import { decodeBase64url } from '../internal/base64url.js'
import { decodeUtf8 } from '../internal/bytes.js'
import { JsonError, parseJson } from '../internal/json.js'
import { isObject } from '../internal/json-object.js'
import type { Bytes, JsonObject } from '../internal/types.js'
import { documentCodec } from '../platform/base64url.js'

export interface CompactJws {
  readonly header: JsonObject
  readonly payload: JsonObject
  /** What the signature is over: the header and payload as they stand, ASCII. */
  readonly signingInput: Bytes
  readonly signature: Bytes
}

/** Why a text is no JWS with JSON inside; `kind` follows `JsonError` for what is wrong within. */
export interface JwsFault {
  readonly kind: 'malformed' | 'too_deep' | 'duplicate_member'
  readonly message: string
  /** Into the payload; absent where the fault is elsewhere. */
  readonly pointer?: string
}

/** Decodes; nothing is verified. Base64url is strict (RFC 7515 section 2), as is the JSON inside. */
export function decodeJws(text: string, { maxDepth }: { readonly maxDepth: number }): CompactJws | JwsFault {
  const parts = text.split('.', 4)
  if (parts.length !== 3)
    return { kind: 'malformed', message: 'a compact JWS has three parts: header.payload.signature' }
  const [head, body, tail] = parts as [string, string, string]
  const header = readPart(head, 'header', maxDepth)
  if ('fault' in header) return header.fault
  const payload = readPart(body, 'payload', maxDepth)
  if ('fault' in payload) return payload.fault
  const signature = decodeBase64url(tail)
  if (signature === undefined) return { kind: 'malformed', message: 'the signature of the JWS is not base64url' }
  // Both have been decoded, so they are ASCII.
  const signingInput = signingBytes(text.slice(0, head.length + 1 + body.length))
  return { header: header.value, payload: payload.value, signingInput, signature }
}

export function isJwsFault(value: CompactJws | JwsFault): value is JwsFault {
  return 'kind' in value
}

/** The first two parts of a JWS, to be signed. */
export function signingInput(header: JsonObject, payload: JsonObject): string {
  return `${encodePart(header)}.${encodePart(payload)}`
}

/** What is signed of `signingInput`: its ASCII bytes. */
export function signingBytes(input: string): Bytes {
  return documentCodec().asciiBytes(input)
}

const encodePart = (value: JsonObject): string => documentCodec().encode(JSON.stringify(value))

function readPart(
  part: string,
  name: 'header' | 'payload',
  maxDepth: number,
): { value: JsonObject } | { fault: JwsFault } {
  const bytes = documentCodec().decode(part)
  const text = bytes === undefined ? undefined : decodeUtf8(bytes)
  if (text === undefined) {
    return {
      fault: {
        kind: 'malformed',
        message: `the ${name} of the JWS is not ${bytes === undefined ? 'base64url' : 'UTF-8'}`,
      },
    }
  }
  try {
    const value = parseJson(text, { maxDepth })
    if (isObject(value)) return { value }
    return { fault: { kind: 'malformed', message: `the ${name} of the JWS is not a JSON object` } }
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    const kind = error.kind === 'depth' ? 'too_deep' : error.kind === 'duplicate' ? 'duplicate_member' : 'malformed'
    const place = name === 'payload' ? { pointer: error.pointer } : {}
    return { fault: { kind, message: `the ${name} of the JWS: ${error.message}`, ...place } }
  }
}
