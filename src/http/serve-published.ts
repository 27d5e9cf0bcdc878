/**
 * What an issuer published, served: no key and no database is in reach of whoever breaks in here. RFC 9110 sections 8.8, 9.3.1, 12.5
 * and 13.1.2.
 *
 * @module
 */
import { callable, having, type Members } from '../internal/members.js'
import { compressedName, type ObjectStore, objectNameOfPath, type PublishedObject } from '../issue/object-store.js'
import { hashHex } from '../platform/hash.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { CREDENTIAL_TYPES, JWT_TYPES, LINKED_JSON_TYPES, preferred } from './accept.js'
import type { Handler } from './handler.js'
import { problem, problemOf } from './problem.js'
import { acceptsGzip, conditional } from './respond.js'

/** How a store is served. */
export interface ServePublishedOptions {
  /** Told of each error that is answered with 500 or 503. */
  readonly onError?: ((error: unknown) => void) | undefined
}

const OPTIONS: Members<ServePublishedOptions> = { onError: callable }

const ALLOW = 'GET, HEAD, OPTIONS'

/**
 * Serves what `publishStatus` put into a store, each object under the path that is its name, to anybody: whole, conditional (`If-None-Match`),
 * compressed for who takes that. Never rejects: what goes wrong is answered as problem+json. Throws UsageError
 * `usage.invalid_option`.
 */
export function servePublished(store: Pick<ObjectStore, 'get'>, options?: ServePublishedOptions): Handler {
  demandArgument(store, having('get'), 'store')
  demandOptions(options, OPTIONS)
  const onError = options?.onError ?? (() => undefined)

  async function handle(request: Request): Promise<Response> {
    if (request.method === 'OPTIONS')
      return new Response(null, { status: 204, headers: { 'access-control-allow-origin': '*', allow: ALLOW } })
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return problem(405, 'this can only be read', { headers: { allow: ALLOW } })
    const name = objectNameOfPath(new URL(request.url).pathname)
    const found = name === undefined ? undefined : await find(request, name)
    return found === undefined ? problem(404, 'there is no such document') : answer(request, found)
  }

  /** One of the two; each has an ETag of its own, because for a moment they may say different things. */
  async function find(request: Request, name: string): Promise<PublishedObject | undefined> {
    const compressed = acceptsGzip(request) ? await store.get(compressedName(name)) : undefined
    return compressed?.contentEncoding === 'gzip' ? compressed : store.get(name)
  }

  return async (request) => {
    try {
      return await handle(request)
    } catch (error) {
      return problemOf(error, onError)
    }
  }
}

/** Documents with several names, by the first. */
const FAMILIES = [CREDENTIAL_TYPES, JWT_TYPES, LINKED_JSON_TYPES]

function answer(
  request: Request,
  { body, contentType, contentEncoding, cacheControl, etag }: PublishedObject,
): Response {
  const family = FAMILIES.find(([first]) => first === contentType)
  const type = family === undefined ? contentType : preferred(request, family).type
  const tag = `"${hashHex('SHA-256', JSON.stringify([type, contentEncoding ?? '', etag])).slice(0, 32)}"`
  return conditional(request, {
    bytes: body,
    type,
    isCompressed: contentEncoding === 'gzip',
    etag: tag,
    sameAs: [tag],
    cacheControl,
    isNegotiated: family !== undefined,
  })
}
