/**
 * The port behind what is published as it is: a folder that a web server serves, a bucket, a content delivery network. Whoever serves
 * from it needs neither a key nor a database.
 *
 * @module
 */
import { StoreError } from '../errors.js'
import { shown } from '../internal/shown.js'
import type { Bytes } from '../internal/types.js'

/**
 * Rejects only with StoreError, and then nothing was done: trying again is safe. Names are paths without a slash at their ends:
 * `status/revocation-1`. Names that are none (`isObjectName`) are never asked for by this library; a store that makes paths of files of
 * them refuses others (`store.invalid_key`).
 */
export interface ObjectStore {
  /** What stands under the name, as it was put; undefined where there is nothing. Never a part of it, nor of two. */
  get(name: string): Promise<PublishedObject | undefined>
  /**
   * Puts it in the place of the one with the ETag `replaces`, or, where that is undefined, where there is nothing; then answers true.
   * Where something else stands there, nothing is done and the answer is false. Of two that replace the same one, one does.
   */
  put(name: string, object: NewObject, replaces: string | undefined): Promise<boolean>
}

/** What is published, and how it is to be served. */
export interface NewObject {
  readonly body: Bytes
  /** RFC 9110 section 8.3. */
  readonly contentType: string
  /** The body is compressed so. RFC 9110 section 8.4. */
  readonly contentEncoding?: 'gzip' | undefined
  /** RFC 9111 section 5.2.2. */
  readonly cacheControl: string
}

/** What stands in a store. */
export interface PublishedObject extends NewObject {
  /** Another one wherever the body is another; no other may be put in its place without it. Without quotes. RFC 9110 section 8.8.3. */
  readonly etag: string
}

/** Where the compressed form of an object stands: as web servers look for it beside a file (`gzip_static` of nginx). */
export const compressedName = (name: string): string => `${name}${COMPRESSED}`
const COMPRESSED = '.gz'

/** File systems take no longer ones: characters of a segment, and of all. */
const MAX_SEGMENT = 200
const MAX_NAME = 900

/** May an object have this name? Segments of printable ASCII that no file system takes for something else. */
export function isObjectName(name: unknown): name is string {
  return typeof name === 'string' && name.length <= MAX_NAME && name.split('/').every(isSegment)
}

function isSegment(segment: string): boolean {
  return (
    /^[!-~]+$/.test(segment) &&
    segment.length <= MAX_SEGMENT &&
    !/["*:<>?\\|]|^\.|\.$/.test(segment) &&
    // Devices, which Windows has in every folder.
    !/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(segment)
  )
}

/** Throws StoreError `store.invalid_key`. */
export function demandObjectName(name: unknown): asserts name is string {
  if (!isObjectName(name))
    throw new StoreError('store.invalid_key', `"${shown(String(name))}" is not the name of an object that is published`)
}

/** The name of what is published at a URL: its path. Undefined where a static server could not serve it there. */
export function objectNameOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { pathname, search, hash, protocol } = new URL(url)
  if (search !== '' || hash !== '' || !/^https?:$/.test(protocol)) return undefined
  return objectNameOfPath(pathname)
}

/** The same of the path of a request, as it was sent. */
export function objectNameOfPath(path: string): string | undefined {
  try {
    const segments = path.slice(1).split('/').map(decodeURIComponent)
    const name = segments.join('/')
    // What is a slash only once it is decoded is a part of no path.
    if (segments.some((segment) => segment.includes('/'))) return undefined
    return isObjectName(name) && !name.endsWith(COMPRESSED) ? name : undefined
  } catch {
    return undefined
  }
}
