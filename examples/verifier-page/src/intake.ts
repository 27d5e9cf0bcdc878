/**
 * What was dropped, pasted or picked, as badges to check. Nothing is read here: a file is refused by its size, a text by its
 * length.
 *
 * @module
 */
import { plainText } from './plain-text.js'
import type { Source } from './protocol.js'
import { count, size } from './words.js'

/** As the library's limit for images; no badge in use comes near. */
export const MAX_BYTES = 16 * 1024 * 1024
export const MAX_BADGES = 1000

export interface Given {
  readonly name: string
  /** Absent where it is refused. */
  readonly source?: Source
  readonly problem?: string
}

export function givenFiles(files: Iterable<File>): Given[] {
  return Array.from(files, (file) => {
    const name = plainText(file.name) || 'A file without a name'
    if (file.size > MAX_BYTES)
      return {
        name,
        problem: `The file has ${size(file.size)}. No badge is larger than ${size(MAX_BYTES)}, so it was not read.`,
      }
    return file.size === 0
      ? { name, problem: 'The file is empty, or it is a folder.' }
      : { name, source: { bytes: file } }
  })
}

/** One badge in JSON; or several in a line each, as JWT or https address. */
export function givenText(text: string): Given[] {
  if (text.length > MAX_BYTES)
    return [
      {
        name: 'Pasted text',
        problem: `The text has ${size(text.length)}. No badge is larger than ${size(MAX_BYTES)}, so it was not read.`,
      },
    ]
  const trimmed = text.trim()
  if (trimmed === '') return []
  const words = trimmed.length > 0 && !/^[{[<]/.test(trimmed) ? trimmed.split(/\s+/) : [trimmed]
  const isList = words.every((word) => isAddress(word) || isJwt(word))
  return (isList ? words : [trimmed]).map(fromText)
}

const isJwt = (word: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]*$/.test(word)
const isAddress = (word: string): boolean => /^https?:\/\//i.test(word)

function fromText(text: string): Given {
  if (!isAddress(text)) return { name: isJwt(text) ? 'Pasted JWT' : 'Pasted text', source: { text } }
  const name = plainText(text)
  if (!URL.canParse(text)) return { name, problem: 'This is no address: something in it is not allowed there.' }
  if (!/^https:/i.test(text))
    return { name, problem: 'Only https addresses are asked: with http anybody on the way could change the badge.' }
  return { name, source: { url: new URL(text).href } }
}

/** At most as many as there is room for; the rest is named in a sentence. */
export function withinBounds(
  given: readonly Given[],
  already: number,
): { readonly taken: readonly Given[]; readonly problem?: string } {
  const room = Math.max(0, MAX_BADGES - already)
  if (given.length <= room) return { taken: given }
  const over = count(given.length - room, 'was', 'were')
  return {
    taken: given.slice(0, room),
    problem: `At most ${MAX_BADGES} badges at a time: ${over} left out. Clear the list, then give the rest.`,
  }
}
