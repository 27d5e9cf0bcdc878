/**
 * base64url of whole documents. Node's Buffer takes a third of the time of our own table, which has the last word on what is
 * base64url and does it elsewhere.
 *
 * @module
 */
import { decodeBase64url, encodeBase64url } from '../internal/base64url.js'
import { encodeUtf8 } from '../internal/bytes.js'
import type { Bytes } from '../internal/types.js'
import { isNode, nodeBuiltin } from './builtin.js'

export interface DocumentCodec {
  /** Of the text's UTF-8, without padding. A lone surrogate becomes U+FFFD. */
  encode(text: string): string
  /** As strict as `decodeBase64url`. To be read and dropped: the bytes may share their memory with others. */
  decode(text: string): Bytes | undefined
}

/** Exported for its test: what browsers and workers use. */
export const portableCodec: DocumentCodec = {
  encode: (text) => encodeBase64url(encodeUtf8(text)),
  decode: decodeBase64url,
}

/** A runtime does not change while it runs. */
let chosen: DocumentCodec | undefined

export function documentCodec(): DocumentCodec {
  chosen ??= nodeCodec() ?? portableCodec
  return chosen
}

function nodeCodec(): DocumentCodec | undefined {
  // Others imitate Buffer, and not all of its leniency.
  const buffer = isNode() ? nodeBuiltin('node:buffer') : undefined
  if (buffer === undefined) return undefined
  const { Buffer } = buffer
  return {
    encode: (text) => Buffer.from(text).toString('base64url'),
    decode: (text) => {
      const bytes = Buffer.from(text, 'base64url')
      // Buffer reads what is none, too. There is one text for each sequence of bytes, so it has to come out again.
      if (bytes.toString('base64url') !== text) return undefined
      return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    },
  }
}
