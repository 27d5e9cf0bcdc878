/**
 * Status lists, put where readers find them: signed here, by whoever has the key, and served from there by whoever has not.
 *
 * Several may publish at once, and any of them may stop at any place. What stands there is read first, then what the issuer's store
 * says, and it is put only where what was read still stands there: who was overtaken begins again, so that nothing newer is replaced
 * by something older, whatever the clocks say.
 *
 * @module
 */
import { invalidOption, StoreError, UsageError } from '../errors.js'
import { decodeUtf8, encodeUtf8, equalBytes } from '../internal/bytes.js'
import { JsonError, parseJson } from '../internal/json.js'
import { isObject, MAX_DEPTH } from '../internal/json-object.js'
import { callable, having, type Members, signal } from '../internal/members.js'
import { shown } from '../internal/shown.js'
import type { SecuredCredential, VerifiableCredential } from '../model/types.js'
import { decompress, gzip } from '../platform/zlib.js'
import { demandOptions } from '../report/demand-options.js'
import type { Issuer } from './issuer.js'
import { compressedName, type NewObject, type ObjectStore, objectNameOf, type PublishedObject } from './object-store.js'
import { ttlOf } from './published-list.js'

/** Whose status is published, and where. */
export interface PublishOptions {
  readonly issuer: Pick<Issuer, 'statusUrls' | 'statusListCredential' | 'revocationList'>
  /** Each list stands there under the path of its URL: `https://school.example/a/status/1` as `a/status/1`. */
  readonly to: ObjectStore
  /** Ends it between two lists. */
  readonly signal?: AbortSignal | undefined
  /** Told after each list. */
  readonly onProgress?: ((progress: PublishProgress) => void) | undefined
}

/** How far a publication has come. */
export interface PublishProgress {
  /** Lists that stand there as they should. */
  readonly done: number
  readonly total: number
  /** How many of them were other than before. */
  readonly written: number
}

const OPTIONS: Members<PublishOptions> = {
  issuer: having('statusUrls', 'statusListCredential', 'revocationList'),
  to: having('get', 'put'),
  signal,
  onProgress: callable,
}

/** Lists that are signed and put at once. */
const AT_ONCE = 4
/** How often one may be overtaken. Each time somebody else got on. */
const ATTEMPTS = 20
/** Readers may keep a revocation list for so long: what says so of a status list is its `ttl`. Seconds. */
const REVOCATION_LIST_AGE = 60

/**
 * Publishes the status lists of an issuer, and its revocation list where it has one: those that changed, those of another key, and those
 * of which half of the validity is over are signed and put; others stay as they are. Beside each stands its compressed form, under its name and
 * `.gz`. Call it after changes, and often enough that no list expires.
 *
 * What one list's failure is costs the others nothing: they are published, and then the first failure is thrown. StoreError of either store
 * (`store.busy` where others are faster all the time), SigningError, UsageError `usage.missing_option` for an issuer without `status`,
 * `usage.invalid_option` for a `listUrl` that a static server cannot serve; an abort rejects with the signal's reason. Trying again is
 * safe: each list that stands there is whole, as it was or as it is.
 */
export async function publishStatus(options: PublishOptions): Promise<PublishProgress> {
  demandOptions(options, OPTIONS, { required: ['issuer', 'to'] })
  const { to, signal, onProgress } = options
  const wanted = await publications(options)
  const queue = wanted.values()
  const failures: unknown[] = []
  let [done, written] = [0, 0]
  const progress = () => ({ done, total: wanted.length, written })
  const work = async () => {
    for (const each of queue) {
      if (signal?.aborted) return
      try {
        if (await publish(each, to)) written++
        done++
        onProgress?.(progress())
      } catch (error) {
        failures.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  if (done + failures.length < wanted.length) signal?.throwIfAborted()
  if (failures.length > 0) throw failures[0]
  return progress()
}

interface Publication {
  readonly name: string
  /** What should stand there, given what does. */
  make(last: PublishedObject | undefined): Promise<NewObject>
}

async function publications({ issuer }: PublishOptions): Promise<Publication[]> {
  const { lists, revocationList } = await issuer.statusUrls()
  const all: Publication[] = lists.map(({ listId, url }) => ({
    name: demandName(url, 'status.listUrl'),
    make: async (stands) => {
      const last = readList(stands)
      const list = await issuer.statusListCredential(listId, last === undefined ? {} : { last })
      return {
        // As it stands: another text for the same would be another object.
        body: stands !== undefined && list === last ? stands.body : encodeUtf8(textOf(list)),
        contentType: typeof list === 'string' ? 'application/vc+jwt' : 'application/vc',
        cacheControl: cacheFor(ttlOf(list)),
      }
    },
  }))
  if (revocationList !== undefined)
    all.push({
      name: demandName(revocationList, 'status.revocationListUrl'),
      make: async () => ({
        body: encodeUtf8(JSON.stringify(await issuer.revocationList())),
        contentType: 'application/json',
        cacheControl: cacheFor(REVOCATION_LIST_AGE),
      }),
    })
  const names = new Set(all.map(({ name }) => name))
  if (names.size < all.length)
    throw invalidOption('status.listUrl', 'gives two lists one path: each list needs a URL of its own')
  return all
}

function demandName(url: string, option: string): string {
  const name = objectNameOf(url)
  if (name === undefined)
    throw invalidOption(
      option,
      `names an https URL with a plain path and no query, where a file can be served: not ${shown(url)}`,
    )
  return name
}

/** Was there anything to write? */
async function publish({ name, make }: Publication, to: ObjectStore): Promise<boolean> {
  for (let count = 0; count < ATTEMPTS; count++) {
    const [last, lastCompressed] = await Promise.all([to.get(name), to.get(compressedName(name))])
    const object = await make(last)
    const isSame = last !== undefined && isSameObject(last, object)
    const compressed = await compressedOf(object, lastCompressed)
    // Most readers take it, so that it comes first.
    if (compressed !== undefined && !(await to.put(compressedName(name), compressed, lastCompressed?.etag))) continue
    if (isSame || (await to.put(name, object, last?.etag))) return !isSame || compressed !== undefined
  }
  throw new StoreError('store.busy', `${name} was replaced by others ${ATTEMPTS} times: try again`)
}

const isSameObject = (a: NewObject, b: NewObject): boolean => isServedAlike(a, b) && equalBytes(a.body, b.body)

const isServedAlike = (a: NewObject, b: NewObject): boolean =>
  a.contentType === b.contentType && a.contentEncoding === b.contentEncoding && a.cacheControl === b.cacheControl

/** Undefined where that of the same stands there. By what comes out of it: runtimes compress differently. */
async function compressedOf(object: NewObject, last: PublishedObject | undefined): Promise<NewObject | undefined> {
  const { body } = object
  const served = { ...object, contentEncoding: 'gzip' as const }
  if (last !== undefined && isServedAlike(last, served)) {
    const found = await decompress('gzip', last.body, body.length)
    if (typeof found !== 'string' && equalBytes(found, body)) return undefined
  }
  const compressed = await gzip(body)
  if (compressed === undefined)
    throw new UsageError('usage.unsupported_runtime', 'this runtime has neither node:zlib nor CompressionStream')
  return { ...served, body: compressed }
}

function readList(object: PublishedObject | undefined): SecuredCredential<VerifiableCredential> | undefined {
  const text = object === undefined ? undefined : decodeUtf8(object.body)
  if (text === undefined || !text.startsWith('{')) return text
  try {
    const value = parseJson(text, { maxDepth: MAX_DEPTH })
    return isObject(value) ? (value as unknown as SecuredCredential<VerifiableCredential>) : undefined
  } catch (error) {
    // Damaged: it is written anew.
    if (!(error instanceof JsonError)) throw error
    return undefined
  }
}

const textOf = (list: SecuredCredential<VerifiableCredential>) =>
  typeof list === 'string' ? list : JSON.stringify(list)

const cacheFor = (seconds: number) => `public, max-age=${seconds}`
