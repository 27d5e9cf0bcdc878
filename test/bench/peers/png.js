/**
 * A text in a PNG by the chunk libraries of npm: take all chunks apart, add one, put all together.
 *
 * @module
 */
import encode from 'png-chunks-encode'
import extract from 'png-chunks-extract'

/** As an iTXt chunk, which png-chunk-text does not know. */
export function bakeWithChunkLibraries(image, text) {
  const chunks = extract(image)
  const data = new TextEncoder().encode(`openbadgecredential\0\0\0\0\0${text}`)
  chunks.splice(-1, 0, { name: 'iTXt', data })
  return encode(chunks)
}
