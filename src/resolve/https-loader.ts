/**
 * The guarded loader: what a badge names is asked for over https, at public addresses, within bounds of time, size and redirects.
 *
 * @module
 */

import { ResolutionError } from '../errors.js'
import type { Answer, Exchange, Transport } from '../platform/transport.js'
import { isAddressLiteral, isPublicAddress } from './addresses.js'
import { admitUrl, type UrlRules } from './admit-url.js'
import { readBounded } from './bounded-body.js'
import { withDeadline } from './deadline.js'
import type { DocumentLoader, LoadedDocument, LoadRequest } from './document-loader.js'
import { maxAgeOf } from './freshness.js'
import { loadFailure, transportFailure } from './load-failure.js'

export interface HttpsLoaderOptions extends UrlRules {
  readonly transport: Transport
  /** Milliseconds for the whole of one load: names, redirects, head and body. */
  readonly timeoutMs: number
  readonly maxRedirects: number
}

/** JSON-LD first: hosts such as w3id.org and purl.org answer with a web page otherwise. */
const DEFAULT_ACCEPT = 'application/ld+json, application/json;q=0.9, */*;q=0.1'

/** RFC 9110 section 15.4, those that have one target and keep GET. */
const REDIRECTS = new Set([301, 302, 303, 307, 308])

/** Throws only ResolutionError with a `LoadFailureCode`; an abort rejects with the signal's reason. */
export function createHttpsLoader(options: HttpsLoaderOptions): DocumentLoader {
  const { timeoutMs } = options
  return {
    load: (request, { signal }) => {
      const timedOut = () =>
        loadFailure(
          'resolve.timeout',
          request.url,
          `no complete answer within ${timeoutMs} ms; ask again later, or raise timeoutMs`,
        )
      return withDeadline({ timeoutMs, timedOut, signal }, async (end) => {
        try {
          return await load(request, options, end)
        } catch (error) {
          throw error instanceof ResolutionError ? error : (transportFailure(error, request.url) ?? error)
        }
      })
    },
  }
}

async function load(request: LoadRequest, options: HttpsLoaderOptions, signal: AbortSignal): Promise<LoadedDocument> {
  const { url: asked, maxBytes, accept = DEFAULT_ACCEPT } = request
  const { transport, maxRedirects } = options
  let url = await admitHost(admitUrl(asked, asked, options), asked, options)
  for (let redirects = 0; ; redirects++) {
    const admitAddress = addressRule(url, asked, options)
    const answer = await transport.exchange({ url, accept, maxBytes, signal, admitAddress })
    // Where the platform follows redirects by itself, the rules come after the fact: what came from elsewhere is not read.
    if (answer.url !== url.href) url = await admitHost(admitUrl(answer.url, asked, options, url), asked, options)
    if (!REDIRECTS.has(answer.status)) return read(answer, url, request)
    answer.close()
    if (redirects === maxRedirects)
      throw loadFailure(
        'resolve.too_many_redirects',
        asked,
        `more than ${maxRedirects} redirects; name the last URL, or raise maxRedirects`,
      )
    const location = answer.header('location')
    if (location === undefined)
      throw loadFailure(
        'resolve.bad_answer',
        asked,
        `answered ${answer.status} without a Location; the publisher must say where to`,
      )
    url = await admitHost(admitUrl(location, asked, options, url), asked, options)
  }
}

/** A literal address is judged before anything else, because no name is resolved for it. */
export async function admitHost(url: URL, asked: string, options: UrlRules): Promise<URL> {
  if (isAddressLiteral(url.hostname)) await addressRule(url, asked, options)(url.hostname)
  return url
}

export function addressRule({ hostname }: URL, asked: string, { insecure }: UrlRules): Exchange['admitAddress'] {
  return async (address) => {
    if (insecure || (await isPublicAddress(address))) return
    // The address that a name resolves to is not told: reports are shown to whoever brings the badge, not only to whoever runs this.
    const what = isAddressLiteral(hostname) ? `${hostname} is` : `${hostname} has`
    const help =
      'publish it on a public host, or say allowPrivateAddresses: insecureNetwork in tests and closed networks'
    throw loadFailure('resolve.forbidden_address', asked, `${what} an address that is not public; ${help}`)
  }
}

async function read(answer: Answer, url: URL, { url: asked, maxBytes }: LoadRequest): Promise<LoadedDocument> {
  const { status } = answer
  if (status !== 200) {
    answer.close()
    if (status === 404 || status === 410)
      throw loadFailure(
        'resolve.not_found',
        asked,
        `answered ${status}: the document is not there; ask who published it`,
      )
    const help =
      status >= 500 || status === 429 ? 'ask again later' : 'the publisher must serve it to everybody with status 200'
    throw loadFailure('resolve.http_status', asked, `answered ${status} and not 200; ${help}`)
  }
  const told = Number(answer.header('content-length') ?? 0)
  const bytes = told > maxBytes ? undefined : await readBounded(answer.body, maxBytes)
  if (bytes === undefined) {
    answer.close()
    throw loadFailure(
      'resolve.too_large',
      asked,
      `more than ${maxBytes} bytes; publish a smaller document, or raise the limit`,
    )
  }
  const maxAgeSeconds = maxAgeOf((name) => answer.header(name))
  return {
    url: url.href,
    bytes,
    mediaType: (answer.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
    ...(maxAgeSeconds === undefined ? {} : { maxAgeSeconds }),
  }
}
