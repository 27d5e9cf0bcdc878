/**
 * Loads a status list credential, has it verified, and keeps the decoded list: Bitstring Status List 1.0 sections 2.2 and 3.2.
 *
 * @module
 */

import { ParseError, ResolutionError } from '../errors.js'
import { listOf } from '../internal/json-object.js'
import { weightOfJson } from '../internal/json-weight.js'
import type { Bytes, JsonObject, MaybePromise } from '../internal/types.js'
import { parseDateTime } from '../model/date-time.js'
import type { VerifiableCredential } from '../model/types.js'
import { type Finding, finding } from '../report/check.js'
import { type BitstringEncoding, decodeBitstring } from './bitstring.js'
import { judgeListReport, type VerifiedList } from './nested-report.js'
import { oncePerCredential } from './once-per-credential.js'
import { readStatusMessages, type StatusMessages } from './status-entry.js'
import type { VerifyContext } from './status-method.js'

/** What one generation of bitstring lists calls things. */
export interface StatusListKind {
  /** The type of the entry. */
  readonly entryType: string
  /** The type of the list credential. */
  readonly credentialType: string
  /** The type of its subject. */
  readonly subjectType: string
  readonly encoding: BitstringEncoding
}

/** A list that verified, decoded. */
export interface StatusList {
  readonly bits: Bytes
  readonly purposes: ReadonlySet<string>
  readonly issuer: string
  /** The signature proves that it is by this issuer. */
  readonly isAuthenticated: boolean
  /** What its values mean, where the list itself says so (section 2.2). Read once: it may be long, and asked often. */
  readonly messages: StatusMessages | undefined
  /** What the list says of itself beside that: older documents put sizes here. */
  readonly subject: JsonObject
}

/** A list with what it takes to know whether it can be used again. Times in milliseconds. */
interface KeptList extends StatusList {
  /** What `bits` were decoded from. */
  readonly encoded: string
  readonly from: number
  readonly until: number
}

/** Seconds. For lists that say nothing: status is asked for because it changes. */
const DEFAULT_MAX_AGE_SECONDS = 300
/** Seconds. No server can make us believe that nothing is revoked for longer than a day. */
const MAX_AGE_SECONDS = 86_400
/** Lists of the largest size that one credential may refer to at once: revocation, suspension, refresh, message. */
const LISTS_OF_A_CREDENTIAL = 4
/** Milliseconds. Verifications that began a little before the one that loaded the list may use it. */
const BACKWARD = 60_000

const ACCEPT =
  'application/vc, application/vc+jwt, application/vc+ld+json, application/ld+json, application/json, */*;q=0.1'

/** A finding where there is no list to read from. */
export type StatusListLoader = (url: string, context: VerifyContext) => MaybePromise<StatusList | Finding<'status'>>

/** Lists are kept in the context's cache under their URL. */
export function statusListLoader(kind: StatusListKind): StatusListLoader {
  const once = oncePerCredential<StatusList | Finding<'status'>>()
  const held = new WeakMap<VerifyContext, number>()
  // Badges of one issuer name one list after another: a text that has been asked for before needs no new hash.
  let [last, key] = ['', '']
  const keyOf = (url: string): string => {
    if (url !== last) [last, key] = [url, `status-list:${kind.entryType}:${url}`]
    return key
  }
  return (url, context) => {
    const key = keyOf(url)
    const kept = context.cache.get(key) as KeptList | undefined
    const now = context.now.getTime()
    if (kept !== undefined && now >= kept.from && now < kept.until) return kept
    return once(context, key, async () => {
      const list = await verifyList(url, key, kind, context)
      if ('code' in list) return list
      const bytes = (held.get(context) ?? 0) + list.bits.length
      held.set(context, bytes)
      return bytes <= LISTS_OF_A_CREDENTIAL * context.limits.statusListBytes ? list : tooMany(url, context)
    })
  }
}

function tooMany(url: string, { limits }: VerifyContext): Finding<'status'> {
  const message = `its status lists have more than ${LISTS_OF_A_CREDENTIAL} times ${limits.statusListBytes} bytes (limits.statusListBytes)`
  return finding('status.limit', message, { evidence: { url } })
}

async function verifyList(
  url: string,
  key: string,
  kind: StatusListKind,
  context: VerifyContext,
): Promise<StatusList | Finding<'status'>> {
  const loaded = await load(url, context)
  if ('code' in loaded) return loaded
  const verified = judgeListReport(await context.verifyNested(loaded.bytes, 'status-list'), url)
  if ('code' in verified) return verified
  const contents = readListCredential(verified.credential, kind, url)
  if ('code' in contents) return contents
  // What another verification has decoded meanwhile is not decoded again.
  const known = context.cache.get(key) as KeptList | undefined
  const bits = known?.encoded === contents.encoded ? known.bits : decode(contents.encoded, kind, url, context)
  // Not awaited where it is there: before this verification gets its turn again, others would decode too.
  const ready = bits instanceof Promise ? await bits : bits
  if ('code' in ready) return ready
  const list = { ...contents, bits: ready, isAuthenticated: verified.isAuthenticated }
  keep(key, list, verified, loaded.maxAgeSeconds, context)
  return list
}

interface Loaded {
  readonly bytes: Bytes
  readonly maxAgeSeconds: number | undefined
}

async function load(url: string, context: VerifyContext): Promise<Loaded | Finding<'status'>> {
  try {
    const { bytes, maxAgeSeconds } = await context.loader.load(
      { url, kind: 'status', maxBytes: context.limits.documentBytes, accept: ACCEPT },
      context.signal === undefined ? {} : { signal: context.signal },
    )
    return { bytes, maxAgeSeconds }
  } catch (error) {
    if (!(error instanceof ResolutionError)) throw error
    return loadFinding(error)
  }
}

/** What a loader's error means for the status. */
export function loadFinding(error: ResolutionError): Finding<'status'> {
  const evidence = { url: error.url, reason: error.code }
  if (error.code === 'resolve.limit' || error.code === 'resolve.too_large') {
    return finding('status.limit', `the status list goes beyond a limit: ${error.message}`, { evidence })
  }
  return finding('status.unreachable', `the status list could not be loaded: ${error.message}`, { evidence })
}

/** Section 2.2. Its `id` is not judged: many are published at another URL than they name. */
function readListCredential(
  credential: VerifiableCredential,
  kind: StatusListKind,
  url: string,
): Omit<KeptList, 'bits' | 'isAuthenticated' | 'from' | 'until'> | Finding<'status'> {
  const malformed = (message: string) => finding('status.list_malformed', message, { evidence: { url } })
  if (!credential.type.includes(kind.credentialType)) {
    return malformed(`what is served as a status list is no ${kind.credentialType}`)
  }
  const subjects = [credential.credentialSubject as unknown as JsonObject | readonly JsonObject[]].flat()
  const [subject, another] = subjects.filter(({ type }) => listOf(type).includes(kind.subjectType))
  if (subject === undefined) return malformed(`the subject of the status list is no ${kind.subjectType}`)
  if (another !== undefined) return malformed('the status list credential holds several lists')
  const { encodedList, statusPurpose } = subject
  if (typeof encodedList !== 'string') return malformed('the status list has no "encodedList"')
  const purposes = listOf(statusPurpose)
  if (purposes.length === 0 || !purposes.every((purpose) => typeof purpose === 'string')) {
    return malformed('the status list does not say what it is for ("statusPurpose")')
  }
  const { issuer } = credential
  return {
    encoded: encodedList,
    purposes: new Set(purposes as readonly string[]),
    messages: messagesOf(subject),
    issuer: typeof issuer === 'string' ? issuer : issuer.id,
    subject,
  }
}

/** The standard calls them "statusMessages" here, and "statusMessage" in an entry. Undefined where they are not whole. */
function messagesOf({ statusMessages, statusMessage }: JsonObject): StatusMessages | undefined {
  const listed = statusMessages ?? statusMessage
  const messages = Array.isArray(listed) ? readStatusMessages(listed, Math.log2(listed.length)) : undefined
  return messages === 'malformed' ? undefined : messages
}

function decode(encoded: string, { encoding }: StatusListKind, url: string, { limits }: VerifyContext) {
  const failed = (error: unknown): Finding<'status'> => {
    if (!(error instanceof ParseError)) throw error
    const evidence = { url }
    if (error.code === 'parse.too_large') return finding('status.limit', error.message, { evidence })
    if (error.code === 'parse.unsupported') return finding('status.type_unsupported', error.message, { evidence })
    return finding('status.list_malformed', error.message, { evidence })
  }
  try {
    const bits = decodeBitstring(encoded, { maxBytes: limits.statusListBytes, encoding })
    return bits instanceof Promise ? bits.catch(failed) : bits
  } catch (error) {
    return failed(error)
  }
}

/**
 * For as long as the list, its server and its validity allow, the shortest of them; `ttl` is in milliseconds. What was accepted
 * only because this caller takes keys that prove nothing is not kept: a cache may serve verifiers of other opinions. Nor is what
 * is larger than any document, or a thousand of them would fill the memory.
 */
function keep(
  key: string,
  list: Omit<KeptList, 'from' | 'until'>,
  { credential, isAuthenticated }: VerifiedList,
  maxAgeSeconds: number | undefined,
  { cache, now, limits }: VerifyContext,
): void {
  if (!isAuthenticated || list.bits.length > limits.documentBytes) return
  // A hint that is no number gives none.
  const { ttl } = list.subject
  const hints = [typeof ttl === 'number' ? ttl / 1000 : undefined, maxAgeSeconds].filter((hint) => hint !== undefined)
  const validFrom = timeOf(credential.validFrom) ?? Number.NEGATIVE_INFINITY
  const validUntil = timeOf(credential.validUntil) ?? Number.POSITIVE_INFINITY
  const seconds = Math.min(
    ...(hints.length > 0 ? hints : [DEFAULT_MAX_AGE_SECONDS]),
    MAX_AGE_SECONDS,
    (validUntil - now.getTime()) / 1000,
  )
  if (!(seconds > 0)) return
  const from = Math.max(now.getTime() - BACKWARD, validFrom)
  const kept: KeptList = { ...list, from, until: now.getTime() + seconds * 1000 }
  cache.set(key, kept, seconds, list.bits.length + weightOfJson(list.subject))
}

function timeOf(date: string | undefined): number | undefined {
  return date === undefined ? undefined : parseDateTime(date)?.time
}
