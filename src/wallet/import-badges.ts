/**
 * From whatever somebody has to the badges in it.
 *
 * @module
 */

import { decodeContents } from '../bake/decode.js'
import { demandJwt } from '../bake/envelope.js'
import { type ContainerContents, readContainer } from '../bake/read-container.js'
import { readLimits } from '../defaults/platform.js'
import { OpenBadgeError, ResolutionError } from '../errors.js'
import { decodeUtf8 } from '../internal/bytes.js'
import { readDataUrl } from '../internal/data-url.js'
import { JsonError, parseJson } from '../internal/json.js'
import { pointer } from '../internal/json-pointer.js'
import { having, type Members, record, signal as signalKind, whole } from '../internal/members.js'
import type { Bytes, Json, JsonObject, Optional } from '../internal/types.js'
import { demandOptions } from '../report/demand-options.js'
import type { Limits } from '../report/limits.js'
import type { DocumentLoader } from '../resolve/document-loader.js'
import {
  add,
  type ImportedBadge,
  type ImportedMessage,
  type ImportProblem,
  type Place,
  problemOf,
  spend,
  unreadable,
  type Walk,
} from './import-walk.js'
import type { Contents, WalletMessage } from './message.js'
import { linkContents } from './read-link.js'
import { contentsOf } from './read-message.js'
import { quoted } from './safe-url.js'

/** What an import may fetch, and how much it takes. */
export interface ImportOptions {
  /**
   * The permission to fetch: https links in what is given are loaded with it, as the kind `refresh`. Default: none, and nothing is
   * fetched.
   */
  readonly loader?: DocumentLoader | undefined
  /** `fetches` and the bytes count for the whole import. */
  readonly limits?: Optional<Limits> | undefined
  /** Badges, messages and problems together; what is beyond is one problem. Default 1000. */
  readonly maxItems?: number | undefined
  readonly signal?: AbortSignal | undefined
}

const IMPORT: Members<ImportOptions> = {
  loader: having('load'),
  limits: record,
  maxItems: whole(1),
  signal: signalKind,
}

/** What came in, and what could not be read. */
export interface Imported {
  readonly badges: readonly ImportedBadge[]
  /** What a wallet has to act on before there is a badge. */
  readonly messages: readonly ImportedMessage[]
  readonly problems: readonly ImportProblem[]
}

/** Lists, presentations, envelopes, links: what holds something is one. A wallet's backup needs three. */
const MAX_HOLDERS = 6

/**
 * Takes the badges out of JSON (an object or a text), a JWT, a PNG or SVG, a presentation, an answer of the Open Badges API, the VC
 * API or OpenID4VCI, an export of a wallet (Universal Wallet), a list of any of these, a data: URL, a link, or what a QR code said. https links are loaded only with a loader;
 * links to a wallet are told apart, and what they ask is a message.
 *
 * Never stops at the first thing that is wrong: each becomes a problem with its place. Nothing is verified: `verifyCredential`
 * does that with each `secured`, and `mergeBadges` takes the reports.
 *
 * Throws UsageError `usage.invalid_option`; rejects with the signal's reason.
 */
export async function importBadges(input: unknown, options: ImportOptions = {}): Promise<Imported> {
  demandOptions(options, IMPORT)
  const { loader, limits, maxItems = 1000, signal } = options
  const complete = readLimits(limits)
  const walk: Walk = {
    limits: complete,
    loader,
    signal,
    maxItems,
    badges: [],
    messages: [],
    problems: [],
    loaded: new Set(),
    left: complete.imageBytes * 4,
    isFull: false,
  }
  await take(input, '', 0, walk)
  const { badges, messages, problems } = walk
  return { badges, messages, problems }
}

/** One value of any kind. What is wrong with it becomes a problem; bugs and aborts go on. */
async function take(value: unknown, place: Place, holders: number, walk: Walk): Promise<void> {
  walk.signal?.throwIfAborted()
  if (walk.isFull) return
  try {
    if (holders > MAX_HOLDERS)
      throw unreadable('parse.too_deep', `more than ${MAX_HOLDERS} lists, presentations and links inside each other`)
    if (typeof value === 'string') await takeText(value, place, holders, walk)
    else if (isList(value)) await takeList(value, place, holders, walk)
    else if (isBytes(value)) await takeBytes(value, place, holders, walk)
    else await takeContents(await readContainer(value as object, walk.limits), place, holders, walk)
  } catch (error) {
    if (walk.signal?.aborted) throw walk.signal.reason
    if (!(error instanceof OpenBadgeError)) throw error
    add(walk, walk.problems, problemOf(error, place))
  }
}

/** A caller's list may be a proxy: what throws is one item's problem. */
function isList(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value)
  } catch {
    return false
  }
}

const isBytes = (value: unknown): value is Bytes | ArrayBuffer =>
  ArrayBuffer.isView(value) || value instanceof ArrayBuffer

async function takeList(list: readonly unknown[], place: Place, holders: number, walk: Walk): Promise<void> {
  for (let index = 0; !walk.isFull; index++) {
    let item: unknown
    try {
      if (!(index < list.length)) break
      item = list[index]
    } catch (cause) {
      throw unreadable('parse.not_json', 'reading the list threw an error', { cause })
    }
    await take(item, pointer(place, index), holders + 1, walk)
  }
}

async function takeBytes(input: Bytes | ArrayBuffer, place: Place, holders: number, walk: Walk): Promise<void> {
  const bytes =
    input instanceof ArrayBuffer
      ? new Uint8Array(input)
      : new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
  spend(bytes.length, walk)
  // Tag 0x0500 and 0x0501 of drafts, 51 997 as registered.
  if (bytes[0] === 0xd9 && (bytes[1] === 0x05 || bytes[1] === 0x06 || (bytes[1] === 0xcb && bytes[2] === 0x1d)))
    throw unreadable('parse.unsupported', CBOR_LD)
  // Only texts that are lists or links need another look than that of the readers of badges.
  const text =
    LISTS_AND_LINKS.test(headOf(bytes)) && bytes.length <= walk.limits.documentBytes ? decodeUtf8(bytes) : undefined
  if (text !== undefined) await takeText(text, place, holders, walk, true)
  else await takeContents(await readContainer(bytes, walk.limits), place, holders, walk)
}

const CBOR_LD =
  'a credential compressed with CBOR-LD (in a QR code: VP1-…), which is not read here: ask for the badge as JSON, JWT, image or link'
const headOf = (bytes: Bytes): string => String.fromCharCode(...bytes.subarray(0, 64))
/** `{`, `<` and JWTs (`eyJ`) are badges; a byte order mark may be before. */
const LISTS_AND_LINKS = /^(?:\xef\xbb\xbf)?\s*(?:\[|"|VP1-|request\?|[A-Za-z][A-Za-z0-9+.-]*:)/

async function takeText(input: string, place: Place, holders: number, walk: Walk, isPaid = false): Promise<void> {
  if (!isPaid) spend(input.length, walk)
  const text = input.trim()
  if (/^VP1-/i.test(text)) throw unreadable('parse.unsupported', CBOR_LD)
  if (text.startsWith('[')) {
    demandDocument(text, walk)
    await takeList(parse(text, walk) as readonly Json[], place, holders, walk)
    return
  }
  if (text.startsWith('"')) {
    demandDocument(text, walk)
    await take(parse(text, walk), place, holders + 1, walk)
    return
  }
  const link = /^[{<"]/.test(text) ? undefined : linkContents(text)
  if (link === undefined) await takeContents(await readContainer(text, walk.limits), place, holders, walk)
  else if (link.is === 'message') await takeMessage(link.message, place, holders, walk)
  else if (link.is === 'document') await takeDocument(link.document, `${place}/request`, holders + 1, walk)
  else if (link.is === 'data') await takeData(link.url, place, holders, walk)
  else await takeUrl(link.url, place, holders, walk)
}

async function takeContents(contents: ContainerContents, place: Place, holders: number, walk: Walk): Promise<void> {
  if (contents.jws === undefined) return takeDocument(contents.document, place, holders, walk, contents)
  const presentation = await readPresentationJwt(contents.jws, walk)
  if (presentation === undefined) return takeBadge(contents, place, walk)
  return takeDocument(presentation, place, holders + 1, walk)
}

/** Undefined where the JWT holds no presentation. */
async function readPresentationJwt(text: string, { limits }: Walk): Promise<JsonObject | undefined> {
  const [{ decodeJws, isJwsFault }, { readVcJwt }] = await Promise.all([
    import('../proof/jws.js'),
    import('../proof/vc-jwt.js'),
  ])
  const jws = decodeJws(text, { maxDepth: limits.depth })
  if (isJwsFault(jws)) return undefined
  const jwt = readVcJwt(jws, 'vp')
  if ('fault' in jwt || isBadge(contentsOf(jwt.document))) return undefined
  return jwt.document
}

const isBadge = ({ is }: Contents): boolean => is === 'credential' || is === 'unknown'

async function takeDocument(
  document: JsonObject,
  place: Place,
  holders: number,
  walk: Walk,
  contents: ContainerContents = { container: 'json', document },
): Promise<void> {
  const found = contentsOf(document)
  switch (found.is) {
    case 'credential':
      return takeBadge(contents, place, walk)
    case 'unknown': {
      const what = (await import('../bake/not-a-badge.js')).notABadge(document)
      if (what !== undefined) throw unreadable('parse.unsupported', what)
      // The model says what it lacks.
      return takeBadge(contents, place, walk)
    }
    case 'message':
      return takeMessage(found.message, place, holders, walk)
    case 'envelope':
      demandJwt(found.url)
      return takeData(found.url, place, holders, walk)
    case 'credentials':
      if (found.parts.length === 0) throw unreadable('parse.malformed', 'it holds no credential')
      for (const [at, part] of found.parts) await take(part, place + at, holders + 1, walk)
      return
    case 'older':
      throw unreadable(
        'parse.open_badges_2',
        'an assertion of Open Badges 2.0 (or older), which is hosted and not signed: upgradeAssertion makes a credential of it, for its issuer to sign',
      )
    default:
      throw unreadable('parse.unsupported', found.what)
  }
}

async function takeBadge(contents: ContainerContents, place: Place, walk: Walk): Promise<void> {
  const badge = await decodeContents(contents, walk.limits)
  add(walk, walk.badges, { ...badge, place })
}

async function takeMessage(message: WalletMessage, place: Place, holders: number, walk: Walk): Promise<void> {
  // The list of protocols is had by GET, and asks nothing of the holder.
  if (message.kind === 'interaction-url' && walk.loader !== undefined) return takeUrl(message.url, place, holders, walk)
  add(walk, walk.messages, { place, message })
}

async function takeData(url: string, place: Place, holders: number, walk: Walk): Promise<void> {
  const data = readDataUrl(url, walk.limits.imageBytes)
  if (typeof data === 'string') throw unreadable('parse.malformed', data)
  await take(data, place, holders + 1, walk)
}

async function takeUrl(url: string, place: Place, holders: number, walk: Walk): Promise<void> {
  const { loader, limits, loaded, signal } = walk
  // Who gave the first link is known to the holder, who wrote what it leads to is not.
  if (loader !== undefined && isLoaded(place))
    throw unreadable(
      'parse.is_url',
      `${quoted(url)} stands in what was loaded, and only links that were given are followed: import it by itself`,
    )
  if (loader === undefined)
    throw unreadable(
      'parse.is_url',
      `${quoted(url)} is a link, and nothing is fetched without permission: give a loader, made with createLoader`,
    )
  const [address = url] = url.split('#', 1)
  if (loaded.has(address)) return
  if (loaded.size >= limits.fetches)
    throw new ResolutionError(
      'resolve.limit',
      address,
      `more than ${limits.fetches} documents for one import; raise limits.fetches if they are all needed`,
    )
  loaded.add(address)
  const request = {
    url: address,
    kind: 'refresh',
    maxBytes: limits.imageBytes,
    accept: 'application/json, application/ld+json, application/vc+jwt, image/png, image/svg+xml',
  } as const
  const { bytes } = await loader.load(request, signal === undefined ? {} : { signal })
  await take(bytes, `${address}#`, holders + 1, walk)
}

const isLoaded = (place: Place): boolean => place !== '' && !place.startsWith('/')

function demandDocument(text: string, { limits }: Walk): void {
  if (text.length > limits.imageBytes)
    throw unreadable('parse.too_large', `a list of more than ${limits.imageBytes} characters`)
}

function parse(text: string, { limits }: Walk): Json {
  try {
    return parseJson(text, { maxDepth: limits.depth })
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    throw unreadable('parse.malformed', `this JSON cannot be read: ${error.message}`, { cause: error }, error.pointer)
  }
}
