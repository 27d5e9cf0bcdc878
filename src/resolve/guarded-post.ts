/**
 * Sends to a URL under the rules by which documents are loaded: https, public addresses, judged where the socket connects. No redirect is
 * followed, and nothing of the answer is read but its head: who chose the URL learns nothing of our network by it.
 *
 * @module
 */
import { ResolutionError } from '../errors.js'
import type { Bytes } from '../internal/types.js'
import type { Transport } from '../platform/transport.js'
import { admitUrl, type UrlRules } from './admit-url.js'
import { withDeadline } from './deadline.js'
import { addressRule, admitHost } from './https-loader.js'
import { loadFailure, transportFailure } from './load-failure.js'

export interface GuardedPostOptions extends UrlRules {
  readonly transport: Transport
  /** Milliseconds until the head of the answer is there. */
  readonly timeoutMs: number
}

/** What is sent where. */
export interface Post {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Bytes
}

/** The head of the answer. */
export interface Posted {
  readonly status: number
  /** As the server wrote it (RFC 9110 section 10.2.3). */
  readonly retryAfter?: string
}

export type GuardedPost = (post: Post) => Promise<Posted>

/** Rejects only with ResolutionError with a `LoadFailureCode`. */
export function createGuardedPost(options: GuardedPostOptions): GuardedPost {
  const { transport, timeoutMs } = options
  return ({ url: asked, ...post }) => {
    const timedOut = () => loadFailure('resolve.timeout', asked, `no answer within ${timeoutMs} ms`)
    return withDeadline({ timeoutMs, timedOut, signal: undefined }, async (end) => {
      try {
        const url = await admitTarget(asked, options)
        const answer = await transport.exchange({
          url,
          accept: '*/*',
          post,
          maxBytes: 0,
          signal: end,
          admitAddress: addressRule(url, asked, options),
        })
        const retryAfter = answer.header('retry-after')
        answer.close()
        return { status: answer.status, ...(retryAfter === undefined ? {} : { retryAfter }) }
      } catch (error) {
        throw error instanceof ResolutionError ? error : (transportFailure(error, asked) ?? error)
      }
    })
  }
}

/** Throws ResolutionError `resolve.forbidden_url`, `resolve.forbidden_address`. */
export function admitTarget(url: string, rules: UrlRules): Promise<URL> {
  return admitHost(admitUrl(url, url, rules), url, rules)
}
