/**
 * Is the answer for whom one is talking to? vp-request-spec, "The DID Authentication Response Format": without this check a
 * dishonest verifier passes a request on, and gets into somebody else's account with the answer.
 *
 * @module
 */
import { invalidOption, missingOption, ParseError } from '../errors.js'
import { parseUrl, quoted } from './safe-url.js'

/**
 * What the answer is bound to: the domain of the request, or the origin where it names none. Throws UsageError
 * `usage.missing_option`, `usage.invalid_option`; ParseError `parse.domain` where the request is for somebody else.
 */
export function domainFor(domain: string | undefined, origin: string): string {
  const channel = originOf(origin)
  if (domain === undefined) return channel.origin
  const named = /^https?:\/\//i.test(domain) ? parseUrl(domain) : hostOf(domain, channel)
  const isBare = named !== undefined && named.username === '' && named.password === ''
  if (isBare && named.origin === channel.origin) return domain
  const message = `the request is for ${quoted(domain)}, and came from ${channel.origin}: whoever sent it would use the answer there. Do not answer`
  throw new ParseError('parse.domain', message, [{ code: 'parse.domain', pointer: '/domain', message }])
}

function originOf(origin: string): URL {
  if (typeof origin !== 'string')
    throw missingOption(
      'origin',
      'is missing: give the origin (https://…) of the page, or of the URL, from which the request came',
    )
  const url = parseUrl(origin)
  const isLocal = url?.protocol === 'http:' && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
  if (url === undefined || !(url.protocol === 'https:' || isLocal) || url.username !== '' || url.password !== '')
    throw invalidOption('origin', 'is an https URL without user name and password')
  return url
}

/** A host, with a port where it has one. */
function hostOf(domain: string, { protocol }: URL): URL | undefined {
  return /[\s/?#@\\]/.test(domain) ? undefined : parseUrl(`${protocol}//${domain}`)
}
