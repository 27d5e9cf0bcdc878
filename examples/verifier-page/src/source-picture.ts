/** The picture that the badge came in, where it brings none of its own: what somebody expects to see. */
import { element } from './dom.js'
import type { Entry } from './entries.js'
import { bytesFault, svgFault } from './image-guard.js'

const HEADER = 262_144

export async function picture(
  { source }: Entry,
  shown: DocumentFragment | HTMLElement,
): Promise<HTMLElement | undefined> {
  if (source === undefined || !('bytes' in source) || shown.querySelector('img') !== null) return undefined
  const { bytes } = source
  const start = new Uint8Array(await bytes.slice(0, HEADER).arrayBuffer())
  const type = start[0] === 0x89 ? 'image/png' : start.includes(0x3c) && start[0] !== 0x7b ? 'image/svg+xml' : undefined
  if (type === undefined) return undefined
  const fault =
    type === 'image/png'
      ? bytesFault(start)
      : bytes.size > HEADER
        ? 'it is too large a drawing'
        : svgFault(drawing(await bytes.text()))
  if (fault !== undefined)
    return element('p', { class: 'no-picture' }, `The picture in the file is not shown: ${fault}.`)
  const image = element('img', { src: URL.createObjectURL(new Blob([bytes], { type })), alt: '' })
  image.addEventListener('load', () => URL.revokeObjectURL(image.src))
  const caption = element('figcaption', {}, 'The picture that the badge came in. It is not part of what was signed.')
  return element('figure', { class: 'source-picture' }, image, caption)
}

/** Without the badge itself, which is data and not drawn; specifications put a DOCTYPE in front. */
const drawing = (svg: string): string =>
  svg.replace(/<openbadges:[\s\S]*?<\/openbadges:[\w-]+>/g, '').replace(/<!DOCTYPE[^[>]*>/i, '')
