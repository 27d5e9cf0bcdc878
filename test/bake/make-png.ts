/** Real PNG images, drawn here, so that no test depends on a file. Independent of src: CRC and deflate are Node's. */
import { crc32, deflateSync } from 'node:zlib'

export type Colour = readonly [red: number, green: number, blue: number, alpha?: number]

export interface PngChunk {
  readonly type: string
  readonly data: Uint8Array
}

const SIGNATURE = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** An 8-bit RGBA image; `pixel` is asked for every place. The pixels are spread over IDAT chunks of `idatBytes`. */
export function drawPng(
  width: number,
  height: number,
  pixel: (x: number, y: number) => Colour,
  { idatBytes = 8192, level = 9 }: { readonly idatBytes?: number; readonly level?: number } = {},
): Uint8Array {
  const rows = new Uint8Array(height * (width * 4 + 1))
  let at = 0
  for (let y = 0; y < height; y++) {
    rows[at++] = 0 // filter type "none"
    for (let x = 0; x < width; x++) {
      const [red, green, blue, alpha = 255] = pixel(x, y)
      rows.set([red, green, blue, alpha], at)
      at += 4
    }
  }
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  header.set([8, 6, 0, 0, 0], 8)
  const pixels = new Uint8Array(deflateSync(rows, { level }))
  const chunks: PngChunk[] = [{ type: 'IHDR', data: header }]
  for (let start = 0; start < pixels.length; start += idatBytes)
    chunks.push({ type: 'IDAT', data: pixels.subarray(start, start + idatBytes) })
  return pngOf([...chunks, { type: 'IEND', data: new Uint8Array(0) }])
}

/** The signature and these chunks, each with its length and CRC. */
export function pngOf(chunks: readonly PngChunk[]): Uint8Array {
  return joined([SIGNATURE, ...chunks.map(encodedChunk)])
}

export function encodedChunk({ type, data }: PngChunk): Uint8Array {
  const bytes = new Uint8Array(data.length + 12)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  bytes.set(latin1(type), 4)
  bytes.set(data, 8)
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)))
  return bytes
}

/** The chunks of a PNG that is known to be good. */
export function chunksOf(png: Uint8Array): PngChunk[] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const chunks: PngChunk[] = []
  for (let at = 8; at < png.length; ) {
    const length = view.getUint32(at)
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8))
    chunks.push({ type, data: png.slice(at + 8, at + 8 + length) })
    if (view.getUint32(at + 8 + length) !== crc32(png.subarray(at + 4, at + 8 + length)))
      throw new Error(`CRC of ${type}`)
    at += length + 12
  }
  return chunks
}

/** An iTXt chunk (PNG section 11.3.3.4). */
export function internationalText(
  keyword: string,
  text: Uint8Array | string,
  { flag = 0, method = 0, language = '', translated = '' } = {},
): PngChunk {
  const head = new TextEncoder().encode(`${keyword}\0${String.fromCharCode(flag, method)}${language}\0${translated}\0`)
  return { type: 'iTXt', data: joined([head, typeof text === 'string' ? new TextEncoder().encode(text) : text]) }
}

/** A tEXt chunk: Latin-1. */
export function latinText(keyword: string, text: string): PngChunk {
  return { type: 'tEXt', data: latin1(`${keyword}\0${text}`) }
}

/** The image with chunks put before the one of this number; negative counts from the end. */
export function withChunks(png: Uint8Array, at: number, ...more: readonly PngChunk[]): Uint8Array {
  const chunks = chunksOf(png)
  chunks.splice(at < 0 ? chunks.length + at : at, 0, ...more)
  return pngOf(chunks)
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

function latin1(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'))
}
