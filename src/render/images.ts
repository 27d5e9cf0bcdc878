/**
 * Which image of a badge may be shown: one that the badge brings along as a data URL, or one that the caller permits.
 *
 * @module
 */
import { object, text } from './claims.js'
import { dataImage } from './data-image.js'
import type { Settings } from './options.js'
import { cut, line, NAME_LENGTH } from './text.js'

export interface ShownImage {
  readonly src: string
  /** What it shows, in the badge's words; undefined where it does not say. */
  readonly caption?: string
}

/** The first of these (an id, or an object with one) that may be shown. */
export function imageOf(candidates: readonly unknown[], settings: Settings): ShownImage | undefined {
  for (const candidate of candidates) {
    const image = object(candidate)
    const id = text(candidate) ?? text(image?.id)
    const src = id === undefined ? undefined : sourceOf(id, settings)
    if (src === undefined) continue
    const caption = line(cut(text(image?.caption) ?? '', NAME_LENGTH))
    return caption === '' ? { src } : { src, caption }
  }
  return undefined
}

function sourceOf(id: string, { images }: Settings): string | undefined {
  if (/^data:/i.test(id)) return dataImage(id)
  const src = images(id)
  if (typeof src !== 'string') return undefined
  if (/^data:/i.test(src)) return dataImage(src)
  // A permission that answers something else, such as `javascript:`, gives none.
  return /^(?:https?|blob):/i.test(src) ? src : undefined
}
