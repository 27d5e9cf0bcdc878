/** Is it safe to show this picture? Decided before the browser gets to see it. */
import { imageSize } from './image-size.js'

/** 16 million pixels take 64 MB when decoded. */
const MAX_PIXELS = 16_777_216
const MAX_SVG = 262_144
/** The frame header of a JPEG stands behind its metadata. */
const HEADER = 262_144

/** Why not, in words; undefined where it may be shown. `url` is that of a data URL. */
export function pictureFault(url: string): string | undefined {
  const [, mediaType = '', encoding = ''] = /^data:([\w.+-]+\/[\w.+-]+)((?:;[^,;]*)*),/i.exec(url) ?? []
  const body = url.slice(url.indexOf(',') + 1)
  const isBase64 = /;\s*base64$/i.test(encoding)
  if (/^image\/svg\+xml$/i.test(mediaType)) {
    if (body.length > MAX_SVG * 2) return 'it is too large a drawing'
    const text = isBase64 ? decoded(body) : percentDecoded(body)
    return text === undefined ? 'it cannot be read' : svgFault(text)
  }
  const start = isBase64 ? decoded(body.slice(0, HEADER)) : undefined
  if (!/^image\/(png|jpeg|gif|webp)$/i.test(mediaType) || start === undefined)
    return 'it is of a kind that is not shown here'
  return bytesFault(Uint8Array.from(start, (letter) => letter.charCodeAt(0)))
}

/** The same for the first bytes of a file. */
export function bytesFault(bytes: Uint8Array): string | undefined {
  const size = imageSize(bytes)
  if (size === undefined) return 'it does not say how large it is'
  const { width, height } = size
  if (width === 0 || height === 0) return 'it says that it has no size'
  return width * height > MAX_PIXELS
    ? `it says that it has ${width} × ${height} pixels, far more than a badge needs`
    : undefined
}

/** An SVG shown as a picture runs nothing and fetches nothing, but it can nest pictures, and repeat itself until nothing moves. */
export function svgFault(text: string): string | undefined {
  if (text.length > MAX_SVG) return 'it is too large a drawing'
  const many = (pattern: RegExp, most: number) => (text.match(pattern)?.length ?? 0) > most
  if (/<!(?:ENTITY|DOCTYPE)/i.test(text)) return 'the drawing has definitions of its own'
  if (/<(?:[\w-]+:)?(?:image|feImage|foreignObject|script|style)\b/i.test(text) || /data:/i.test(text))
    return 'the drawing holds more than a drawing'
  if (many(/<(?:[\w-]+:)?use\b/gi, 20) || many(/<(?:[\w-]+:)?(?:filter|pattern|mask|animate\w*|set)\b/gi, 20))
    return 'the drawing repeats itself too often'
  return undefined
}

function decoded(base64: string): string | undefined {
  const clean = base64.replace(/\s/g, '')
  try {
    return atob(clean.slice(0, clean.length - (clean.length % 4)))
  } catch {
    return undefined
  }
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
