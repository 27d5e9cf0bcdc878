/**
 * How many pixels a raster image says it has, from its first bytes: PNG (section 11.2.1), GIF 89a (section 18), JPEG (ITU-T T.81 section
 * B.2.2), WebP (RFC 9649 section 2).
 *
 * @module
 */
import type { Bytes } from '../internal/types.js'

export type RasterType = 'png' | 'jpeg' | 'gif' | 'webp'

/** Width times height; undefined where the bytes are no image of this type. */
export function pixelsOf(bytes: Bytes, type: RasterType): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.byteLength < 30) return undefined
  return SIZES[type](view)
}

const SIZES: Readonly<Record<RasterType, (view: DataView) => number | undefined>> = {
  png: (view) =>
    view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a && view.getUint32(12) === 0x49484452
      ? view.getUint32(16) * view.getUint32(20)
      : undefined,
  gif: (view) => (view.getUint32(0) === 0x47494638 ? view.getUint16(6, true) * view.getUint16(8, true) : undefined),
  jpeg,
  webp,
}

/** Segment by segment to the start of the frame. */
function jpeg(view: DataView): number | undefined {
  if (view.getUint16(0) !== 0xffd8) return undefined
  let at = 2
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    // SOF0 to SOF15, without DHT, JPG and DAC.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return view.getUint16(at + 5) * view.getUint16(at + 7)
    // Filling before a marker, and markers without a length.
    if (marker === 0xff) at += 1
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2
    else at += 2 + Math.max(view.getUint16(at + 2), 2)
  }
  return undefined
}

function webp(view: DataView): number | undefined {
  if (view.getUint32(0) !== 0x52494646 || view.getUint32(8) !== 0x57454250) return undefined
  const chunk = view.getUint32(12)
  // "VP8X", "VP8 ", "VP8L"
  if (chunk === 0x56503858) return ((view.getUint32(24, true) & 0xffffff) + 1) * ((view.getUint32(26, true) >>> 8) + 1)
  if (chunk === 0x56503820) return (view.getUint16(26, true) & 0x3fff) * (view.getUint16(28, true) & 0x3fff)
  if (chunk !== 0x5650384c || view.getUint8(20) !== 0x2f) return undefined
  const bits = view.getUint32(21, true)
  return ((bits & 0x3fff) + 1) * (((bits >>> 14) & 0x3fff) + 1)
}
