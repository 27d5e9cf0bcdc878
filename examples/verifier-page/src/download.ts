/** Saves files, as the browser saves them. */
import { element } from './dom.js'

/** As JSON. */
export function download(name: string, value: object): void {
  save(name, 'json', new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }))
}

/** Answers the name it suggests. */
export function save(name: string, extension: string, content: Blob): string {
  const url = URL.createObjectURL(content)
  const words = name
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
    .toLowerCase()
  const file = `${words || 'report'}.${extension}`
  element('a', { href: url, download: file }).click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
  return file
}
