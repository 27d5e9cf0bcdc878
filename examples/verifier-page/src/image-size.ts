/**
 * How large a picture says it is, read from its first bytes without decoding anything. What is decoded is width times height,
 * however few bytes the file has.
 *
 * @module
 */
export interface ImageSize {
  readonly width: number
  readonly height: number
}

/** Undefined where it is none of PNG, JPEG, GIF and WebP, or does not say. */
export function imageSize(bytes: Uint8Array): ImageSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const starts = (text: string, at = 0) =>
    bytes.length >= at + text.length && [...text].every((letter, index) => bytes[at + index] === letter.charCodeAt(0))
  if (starts('\x89PNG\r\n\x1a\n') && starts('IHDR', 12) && bytes.length >= 24)
    return { width: view.getUint32(16), height: view.getUint32(20) }
  if ((starts('GIF87a') || starts('GIF89a')) && bytes.length >= 10)
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
  if (starts('RIFF') && starts('WEBP', 8)) return webpSize(view, starts)
  return starts('\xff\xd8') ? jpegSize(view) : undefined
}

/** RFC 9649 sections 2.5 to 2.7. */
function webpSize(view: DataView, starts: (text: string, at?: number) => boolean): ImageSize | undefined {
  if (view.byteLength < 30) return undefined
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
  if (starts('VP8X', 12)) return { width: uint24(24) + 1, height: uint24(27) + 1 }
  if (starts('VP8L', 12)) {
    const bits = view.getUint32(21, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (starts('VP8 ', 12)) return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  return undefined
}

/** ITU T.81 section B.2: segment after segment, to the frame header. Of several frames (a hierarchical picture) the largest counts. */
function jpegSize(view: DataView): ImageSize | undefined {
  let largest: ImageSize | undefined
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return largest
    const marker = view.getUint8(at + 1)
    // Fill bytes, and markers without a length.
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2
      continue
    }
    // The scan begins: frames come before.
    if (marker === 0xda) return largest
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) {
      const size = { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
      if (largest === undefined || size.width * size.height > largest.width * largest.height) largest = size
    }
    at += 2 + view.getUint16(at + 2)
  }
  return largest
}
