/**
 * URLs that a link or a message names. They come from strangers, and a wallet will send a signed presentation there.
 *
 * @module
 */
import { shown } from '../internal/shown.js'

/** Characters. Longer ones fit in no QR code (ISO/IEC 18004: 4296 alphanumeric). */
export const MAX_LINK_LENGTH = 65_536
const MAX_URL_LENGTH = 4296

/** Why a wallet must not go there, with the way out; undefined where it may: https, without user name and password. */
export function urlFault(text: string): string | undefined {
  if (text.length > MAX_URL_LENGTH) return `a URL of more than ${MAX_URL_LENGTH} characters: ask for a shorter one`
  const url = parseUrl(text)
  if (url === undefined) return `${quoted(text)} is no absolute URL: it has to begin with https://`
  if (url.protocol === 'http:')
    return `${quoted(text)} is http: what is sent there can be read and changed on its way. Ask for an https URL`
  if (url.protocol !== 'https:')
    return `"${shown(url.protocol, 40)}" is no https URL, and is not opened: ask for an https URL`
  if (url.username !== '' || url.password !== '')
    return 'the URL has a user name or password, which can make it look like another host: ask for it without'
  return undefined
}

export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

/** Without what could run into the sentence around it: line breaks, and characters that turn the direction of writing. */
export const quoted = (text: string): string => JSON.stringify(shown(text.replace(/[\p{C}\p{Z}]+/gu, ' '), 80))
