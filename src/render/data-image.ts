/**
 * Data URLs of images. A browser decodes an image as soon as it stands in the page: those that unpack to more than a screen could ever
 * show are left out.
 *
 * @module
 */
import { decodeBase64, encodeBase64 } from '../internal/base64url.js'
import { decodeUtf8, encodeUtf8 } from '../internal/bytes.js'
import type { Bytes } from '../internal/types.js'
import { pixelsOf, type RasterType } from './raster-size.js'
import { unfoldedElements } from './svg-unfolding.js'

/** Bytes of the image itself. */
const MAX_BYTES = 4 * 1024 * 1024
const MAX_SVG_BYTES = 512 * 1024
/** Width times height; four bytes each in the browser's memory. */
const MAX_PIXELS = 16_000_000
/** Elements that the `use` elements of an SVG may unfold to. */
const MAX_UNFOLDED = 20_000

const DATA_URL = /^data:image\/(png|jpeg|gif|webp|svg\+xml)((?:;[\w-]+=[\w-]+)*)(;base64)?,/i

/** The same image as a data URL of our own writing; undefined where it is none of these kinds, is another kind than it says, or too large. */
export function dataImage(url: string): string | undefined {
  const [head, type = '', , base64] = DATA_URL.exec(url.slice(0, 200)) ?? []
  // Percent-encoding takes up to three characters for a byte.
  if (head === undefined || url.length > MAX_BYTES * 3) return undefined
  const bytes =
    base64 === undefined ? percentDecoded(url.slice(head.length)) : decodeBase64(url.slice(head.length).trim())
  if (bytes === undefined || bytes.length === 0 || bytes.length > MAX_BYTES) return undefined
  const kind = type.toLowerCase()
  const fits = kind === 'svg+xml' ? isModestSvg(bytes) : (pixelsOf(bytes, kind as RasterType) ?? Infinity) <= MAX_PIXELS
  return fits ? `data:image/${kind};base64,${encodeBase64(bytes)}` : undefined
}

function percentDecoded(text: string): Bytes | undefined {
  try {
    return encodeUtf8(decodeURIComponent(text.split('#')[0] ?? ''))
  } catch {
    // Not percent-encoded UTF-8: no image that a browser would show either.
    return undefined
  }
}

/** As the source of an `img` no script of it runs and nothing is loaded; what is left is that it may take for ever to draw. */
function isModestSvg(bytes: Bytes): boolean {
  const text = bytes.length > MAX_SVG_BYTES ? undefined : decodeUtf8(bytes)
  return text !== undefined && unfoldedElements(text, MAX_UNFOLDED) <= MAX_UNFOLDED
}
