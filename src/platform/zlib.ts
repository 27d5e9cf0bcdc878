/**
 * The compressions of badges and status lists, bounded: node:zlib at once where the runtime has it (a status list takes a tenth
 * of the time of its asynchronous form), DecompressionStream elsewhere.
 *
 * @module
 */
import { concatBytes } from '../internal/bytes.js'
import type { Bytes, MaybePromise } from '../internal/types.js'
import { nodeBuiltin } from './builtin.js'

/** `gzip`: RFC 1952. `deflate`: the zlib format, RFC 1950. `deflate-raw`: RFC 1951, with nothing around it. */
export type CompressionFormat = 'gzip' | 'deflate' | 'deflate-raw'

/** Why there are no bytes. `unsupported`: this runtime has neither node:zlib nor DecompressionStream. */
export type DecompressionFault = 'too_large' | 'malformed' | 'unsupported'

/**
 * The bytes, in an array of their own. `too_large` as soon as there is one byte more than `maxBytes`: no more than those and a
 * piece is ever held. Bytes behind the end of the compressed data are malformed, unless they are to be `ignored` (of
 * the two deflate formats; gzip goes on with another member): then `maxBytes` bytes that came out are an answer, whatever follows.
 */
export function decompress(
  format: CompressionFormat,
  data: Bytes,
  maxBytes: number,
  behind: 'refused' | 'ignored' = 'refused',
): MaybePromise<Bytes | DecompressionFault> {
  const zlib = nodeBuiltin('node:zlib')
  if (zlib === undefined) return streamed(format, data, maxBytes, behind)
  // node:zlib takes no bound of 0; one byte more than nothing is then found below.
  const options = { maxOutputLength: Math.max(1, maxBytes), info: true }
  try {
    const unfold = { gzip: zlib.gunzipSync, deflate: zlib.inflateSync, 'deflate-raw': zlib.inflateRawSync }[format]
    const result: unknown = unfold(data, options)
    const { buffer, engine } = result as { buffer: Bytes; engine: { bytesWritten: number } }
    // Without this node:zlib drops what it does not understand, where a DecompressionStream refuses it.
    if (behind === 'refused' && engine.bytesWritten !== data.length) return 'malformed'
    return buffer.length > maxBytes ? 'too_large' : new Uint8Array(buffer)
  } catch (error) {
    return (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too_large' : 'malformed'
  }
}

/** Exported for its test: what browsers and workers use. */
export async function streamed(
  format: CompressionFormat,
  data: Bytes,
  maxBytes: number,
  behind: 'refused' | 'ignored' = 'refused',
): Promise<Bytes | DecompressionFault> {
  const { DecompressionStream } = globalThis
  if (DecompressionStream === undefined) return 'unsupported'
  const stream = new Blob([new Uint8Array(data)]).stream().pipeThrough(new DecompressionStream(format))
  const reader = stream.getReader()
  const pieces: Bytes[] = []
  let length = 0
  for (;;) {
    // Its only failure is data that it cannot decompress: the bytes are in memory.
    const piece = await reader.read().catch(() => undefined)
    if (piece === undefined) return behind === 'ignored' && length === maxBytes ? concatBytes(...pieces) : 'malformed'
    if (piece.done) return concatBytes(...pieces)
    length += piece.value.length
    if (length > maxBytes) {
      await reader.cancel()
      return 'too_large'
    }
    pieces.push(piece.value)
  }
}

/** Byte 9 of a gzip header says which system made it (RFC 1952 section 2.3.1); 3 is Unix. */
const SYSTEM = 9

/** The same bytes on every system, though not in every runtime. Undefined where the runtime cannot compress. */
export function gzip(data: Bytes): MaybePromise<Bytes | undefined> {
  const zlib = nodeBuiltin('node:zlib')
  if (zlib === undefined) return gzipStreamed(data)
  return markSystem(new Uint8Array(zlib.gzipSync(data)))
}

/** Exported for its test: what browsers and workers use. */
export async function gzipStreamed(data: Bytes): Promise<Bytes | undefined> {
  const { CompressionStream } = globalThis
  if (CompressionStream === undefined) return undefined
  const stream = new Blob([new Uint8Array(data)]).stream().pipeThrough(new CompressionStream('gzip'))
  return markSystem(new Uint8Array(await new Response(stream).arrayBuffer()))
}

function markSystem(compressed: Bytes): Bytes {
  compressed[SYSTEM] = 3
  return compressed
}
