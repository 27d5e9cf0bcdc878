/**
 * Which URLs may be asked for at all, before anything is resolved or sent. The same rules for what was asked and for each
 * redirect.
 *
 * @module
 */
import { isAddressLiteral } from './addresses.js'
import { parseUrl, portOf } from './allow-hosts.js'
import { loadFailure } from './load-failure.js'

export interface UrlRules {
  /** http too, and names of closed networks. */
  readonly insecure: boolean
  /** `host:port` as `parseAllowHosts` writes them; undefined allows all. */
  readonly allowHosts: ReadonlySet<string> | undefined
}

/** Characters. Servers refuse longer ones; nobody publishes them. */
const MAX_URL_LENGTH = 8192

/**
 * Names that are never public: RFC 6761 (localhost), 6762 (local, and those of appendix G), 7686 (onion), 8375 (home.arpa), and
 * internal, which ICANN has reserved. A name without a dot is one of the local network.
 */
const CLOSED_NAMES =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|private|corp|home|lan|onion|home\.arpa)$|^[^.]*$/

/**
 * The URL, without its fragment. Throws `resolve.forbidden_url`.
 *
 * @param asked what the caller asked for, for the error
 * @param from the URL that redirects to this one
 */
export function admitUrl(text: string, asked: string, rules: UrlRules, from?: URL): URL {
  const refuse = (message: string) =>
    loadFailure('resolve.forbidden_url', asked, from ? `redirects to a URL that ${message}` : message)

  if (text.length > MAX_URL_LENGTH)
    throw refuse(`has more than ${MAX_URL_LENGTH} characters; publish it at a shorter one`)
  const url = parseUrl(text, from)
  if (!url) throw refuse('is not an absolute URL; write one that begins with https://')
  if (url.protocol !== 'https:' && !(rules.insecure && url.protocol === 'http:'))
    throw refuse(
      `is ${url.protocol} and not https:; publish the document over https${url.protocol === 'http:' ? CLOSED : ''}`,
    )
  // Also in a closed network: whoever asked for TLS must not be led away from it.
  if (from?.protocol === 'https:' && url.protocol === 'http:')
    throw refuse('is http:; an https URL may only redirect to https')
  if (url.username !== '' || url.password !== '') throw refuse('has a user name or password; publish it without')
  const name = url.hostname.replace(/\.$/, '')
  if (name === '') throw refuse('has no host')
  if (!rules.insecure && !isAddressLiteral(name) && CLOSED_NAMES.test(name))
    throw refuse(`is of the host ${name}, a name of closed networks; publish it under a public name${CLOSED}`)
  if (rules.allowHosts && !rules.allowHosts.has(`${name}:${portOf(url)}`))
    throw refuse(`is of the host ${url.host}, which is not among allowHosts; add it there if it may be asked`)
  url.hash = ''
  return url
}

const CLOSED = ', or say allowPrivateAddresses: insecureNetwork in tests and closed networks'
