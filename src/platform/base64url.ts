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
  /** The text's UTF-8, without padding. A lone surrogate becomes U+FFFD. */
  encode(text: string): string
  /** As strict as `decodeBase64url`. To be read and dropped at once: the next call may overwrite the bytes. */
  decode(text: string): Bytes | undefined
  /** The bytes of a text that is ASCII, as base64url is. They are the caller's. */
  asciiBytes(text: string): Bytes
}

/** Exported for its test: what browsers and workers use. */
export const portableCodec: DocumentCodec = {
  encode: (text) => encodeBase64url(encodeUtf8(text)),
  decode: decodeBase64url,
  asciiBytes: encodeUtf8,
}

/** Most documents are shorter. */
const SCRATCH_BYTES = 65_536

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
  // Memory of its own for each document takes as long as the work, and longer to be collected.
  const scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES)
  return {
    encode: (text) =>
      // A UTF-16 code unit takes three bytes at most.
      text.length * 3 > SCRATCH_BYTES
        ? Buffer.from(text).toString('base64url')
        : scratch.toString('base64url', 0, scratch.write(text)),
    decode: (text) => {
      const bytes =
        text.length > SCRATCH_BYTES
          ? Buffer.from(text, 'base64url')
          : scratch.subarray(0, scratch.write(text, 'base64url'))
      // Buffer reads what is not one, too. There is one text for each sequence of bytes, so it has to come out again.
      return bytes.toString('base64url') === text ? plain(bytes) : undefined
    },
    asciiBytes: (text) => {
      const bytes = Buffer.allocUnsafeSlow(text.length)
      bytes.write(text, 'latin1')
      return plain(bytes)
    },
  }
}

/** A view without Buffer's own methods. */
const plain = (bytes: Uint8Array): Bytes => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
