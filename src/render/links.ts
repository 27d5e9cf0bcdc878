/**
 * Addresses that a badge names. Only those that open a page or a letter become links, and the reader sees where each leads.
 *
 * @module
 */
import { html, type SafeHtml } from './safe-html.js'
import { cut, line } from './text.js'

/** Longer addresses are shown, and lead nowhere: servers refuse them. */
const MAX_LENGTH = 2000
const SHOWN = 80

/** The addresses that people have; RFC 5322 has others, which look like something else. */
const LETTER = /^[\w.+%'-]{1,64}@[a-z0-9.-]+$/i

export interface Address {
  /** Escaped by the URL parser: ASCII only. */
  readonly href: string
  /** What the reader must know: the host (in ASCII, so that no letter passes for another), or the address of a letter. */
  readonly host: string
}

/**
 * The address to link to; undefined for everything but http, https and mailto, and for addresses that name a user, which would be read
 * as the host.
 */
export function addressOf(text: string): Address | undefined {
  if (text.length > MAX_LENGTH || !/^(?:https?:\/\/|mailto:)/i.test(text)) return undefined
  let url: URL
  try {
    url = new URL(text)
  } catch {
    // Not an address: the caller shows it as a text.
    return undefined
  }
  if (url.username !== '' || url.password !== '') return undefined
  if (url.protocol === 'mailto:')
    return LETTER.test(url.pathname) ? { href: `mailto:${url.pathname}`, host: line(url.pathname) } : undefined
  return url.protocol === 'http:' || url.protocol === 'https:' ? { href: url.href, host: url.host } : undefined
}

/** An address or another identifier (did:, urn:) as it is: a link where it leads somewhere. */
export function address(text: string): SafeHtml {
  const found = addressOf(text)
  if (found === undefined) return html`<code class="bw-id" dir="ltr">${short(text)}</code>`
  return html`<a href="${found.href}" rel="noopener noreferrer nofollow" dir="ltr">${short(found.href.replace(/^https?:\/\/|^mailto:/, ''))}</a>`
}

/** A name that leads to an address; the host stands beside it. Where it leads nowhere, the identifier stands beside the name. */
export function named(label: SafeHtml, text: string | undefined): SafeHtml {
  if (text === undefined) return label
  const found = addressOf(text)
  if (found === undefined) return html`${label} ${address(text)}`
  return html`<a href="${found.href}" rel="noopener noreferrer nofollow">${label}</a> <span class="bw-host" dir="ltr">${found.host}</span>`
}

function short(text: string): string {
  const shown = line(text.slice(0, SHOWN * 8))
  return shown.length > SHOWN ? `${cut(shown, SHOWN)}\u2026` : shown
}
