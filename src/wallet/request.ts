/**
 * Verifiable Presentation Requests (W3C CCG vp-request-spec; VCALM, QueryByExample): who asks for what.
 *
 * @module
 */

import { ParseError, type ParseIssue } from '../errors.js'
import { JsonError, parseJson, snapshotJson } from '../internal/json.js'
import { isObject } from '../internal/json-object.js'
import { pointer } from '../internal/json-pointer.js'
import { arrayOf, flag, type Kind, open, record, text } from '../internal/members.js'
import type { Json, JsonObject } from '../internal/types.js'
import { listOf, type WalletMessage } from './message.js'
import { readWalletLink } from './read-link.js'
import { messageOf } from './read-message.js'
import { quoted, urlFault } from './safe-url.js'

/** One credential that is asked for. */
export interface CredentialQuery {
  /** Where it stands in the request. */
  readonly pointer: string
  /** False: the presentation is welcome without it. */
  readonly required: boolean
  /** For the holder to read. Whoever asks wrote it: show it as text, and as theirs. */
  readonly reason?: string
  /** What the credential must have, member by member. Absent: any credential. */
  readonly example?: JsonObject
  /** Ids. Absent: any issuer. */
  readonly acceptedIssuers?: readonly string[]
  /** `acceptedIssuers` names lists that say who counts, which are not looked up: then nobody is known to count but whom it names. */
  readonly hasIssuerLists: boolean
  /** Suites of embedded proofs. Absent, with no envelopes either: any. */
  readonly acceptedCryptosuites?: readonly string[]
  /** Media types, of which `application/vc+jwt` (also `application/jwt`) is a JWT. */
  readonly acceptedEnvelopes?: readonly string[]
}

/** A request that can be answered, in its parts. Nothing in it is proven. */
export interface PresentationRequest {
  /** Signed with the answer. */
  readonly challenge: string
  /** For whom the answer is; `answerRequest` compares it with whom one talks to. Absent where the request names nobody. */
  readonly domain?: string
  readonly queries: readonly CredentialQuery[]
  /** DID methods with which the holder may prove who they are. Absent: any. */
  readonly acceptedMethods?: readonly string[]
  /** Suites for the holder's proof. Absent: any. */
  readonly acceptedCryptosuites?: readonly string[]
  /** Where to send the answer (POST, JSON `{ "verifiablePresentation": … }`), where the request says so. https. */
  readonly respondTo?: string
}

const QUERY = open(
  {
    pointer: text,
    required: flag,
    reason: text,
    example: record,
    acceptedIssuers: arrayOf(text),
    hasIssuerLists: flag,
    acceptedCryptosuites: arrayOf(text),
    acceptedEnvelopes: arrayOf(text),
  },
  ['pointer'],
)
const REQUEST = open({
  domain: text,
  queries: arrayOf(QUERY),
  acceptedMethods: arrayOf(text),
  acceptedCryptosuites: arrayOf(text),
  respondTo: text,
})
/** As parseRequest gives it. */
export const presentationRequest: Kind = (value, path) => {
  const { challenge, queries } = (record(value, path) === undefined ? value : {}) as Partial<PresentationRequest>
  if (typeof challenge !== 'string' || challenge === '' || !Array.isArray(queries))
    return { path, says: 'is what parseRequest gives: it has a challenge and queries' }
  return REQUEST(value, path)
}

/** How many of each kind of thing one request may have. Real ones have two or three. */
const MAX_QUERIES = 100
const MAX_LENGTH = 1_048_576
const MAX_DEPTH = 32
const MAX_TEXT = 2000

/**
 * Reads a request: JSON, its text, a link, or a message of `importBadges`. A `credential-request` is one too: it asks who the holder
 * is. All queries have to be met (section 4.1), also where they are put in groups of alternatives.
 *
 * Throws ParseError `parse.request` with every reason and its place: no challenge (whoever gets an answer without one could
 * show it to others as their own), more than 100 queries, a query of a type that badges do not answer (`ZcapQuery`); and
 * what `readWalletLink` throws.
 */
export function parseRequest(input: object | string): PresentationRequest {
  const found = requestIn(input)
  return 'challenge' in found ? (found as PresentationRequest) : readRequest(found.request)
}

function requestIn(input: object | string): { readonly request: JsonObject } | PresentationRequest {
  if (typeof input === 'string' && !input.trimStart().startsWith('{')) return requestOfMessage(readWalletLink(input))
  const document = readDocument(input)
  if (!isObject(document)) throw invalid([issue('', 'a request is a JSON object')])
  // A message as importBadges gives it.
  if (typeof document.kind === 'string') return requestOfMessage(document as unknown as WalletMessage)
  const message = messageOf(document)
  if (message?.kind === 'presentation-request') return { request: message.request }
  throw invalid([issue('/query', 'it has no "query": a request says what it asks for')])
}

function requestOfMessage(message: WalletMessage): { readonly request: JsonObject } | PresentationRequest {
  if (message.kind === 'presentation-request' && isObject(message.request)) return { request: message.request }
  if (message.kind !== 'credential-request')
    throw invalid([
      issue('', `a message of the kind ${quoted(message.kind)} is no request yet: fetch what it names first`),
    ])
  const { challenge, requestUrl } = message
  if (typeof challenge !== 'string' || challenge === '') throw invalid([issue('/challenge', NO_CHALLENGE)])
  const wrong = typeof requestUrl === 'string' ? urlFault(requestUrl) : 'it is missing'
  if (wrong !== undefined) throw invalid([issue('/requestUrl', wrong)])
  return { challenge, queries: [], respondTo: requestUrl }
}

function readDocument(input: object | string): Json {
  try {
    if (typeof input !== 'string') return snapshotJson(input, { maxDepth: MAX_DEPTH, maxSize: MAX_LENGTH })
    if (input.length > MAX_LENGTH)
      throw new JsonError({ kind: 'size', pointer: '', message: `more than ${MAX_LENGTH} characters` })
    return parseJson(input, { maxDepth: MAX_DEPTH })
  } catch (cause) {
    if (!(cause instanceof JsonError)) throw cause
    throw invalid([issue(cause.pointer, cause.message)], cause)
  }
}

const NO_CHALLENGE =
  'it has no "challenge": an answer could be shown to others by whoever gets it. Ask for a request with one'

interface RequestReading {
  readonly issues: ParseIssue[]
  readonly queries: CredentialQuery[]
  methods?: readonly string[]
  suites?: readonly string[]
}

function readRequest(request: JsonObject): PresentationRequest {
  const reading: RequestReading = { issues: [], queries: [] }
  const { challenge, domain } = request
  if (typeof challenge !== 'string' || challenge === '') reading.issues.push(issue('/challenge', NO_CHALLENGE))
  else if (challenge.length > MAX_TEXT) reading.issues.push(issue('/challenge', `more than ${MAX_TEXT} characters`))
  if (domain !== undefined && (typeof domain !== 'string' || domain === '' || domain.length > MAX_TEXT))
    reading.issues.push(issue('/domain', '"domain" is a text: the host or origin for which the answer is'))
  const queries = listOf(request.query)
  if (queries.length === 0) reading.issues.push(issue('/query', 'it asks for nothing'))
  if (queries.length > MAX_QUERIES) reading.issues.push(issue('/query', `more than ${MAX_QUERIES} queries`))
  else
    for (const [index, query] of queries.entries())
      readQuery(query, Array.isArray(request.query) ? pointer('/query', index) : '/query', reading)
  if (reading.queries.length > MAX_QUERIES) reading.issues.push(issue('/query', `more than ${MAX_QUERIES} credentials`))
  const respondTo = endpointOf(request.interact, reading)
  if (reading.issues.length > 0) throw invalid(reading.issues)
  return {
    challenge: challenge as string,
    ...(domain === undefined ? {} : { domain: domain as string }),
    queries: reading.queries,
    ...(reading.methods === undefined ? {} : { acceptedMethods: reading.methods }),
    ...(reading.suites === undefined ? {} : { acceptedCryptosuites: reading.suites }),
    ...(respondTo === undefined ? {} : { respondTo }),
  }
}

function readQuery(query: Json, at: string, reading: RequestReading): void {
  if (!isObject(query) || typeof query.type !== 'string') {
    reading.issues.push(issue(`${at}/type`, 'a query is an object with a "type"'))
    return
  }
  if (query.type === 'QueryByExample') readExamples(query, at, reading)
  // `DIDAuth` is its older name.
  else if (query.type === 'DIDAuthentication' || query.type === 'DIDAuth') readAuthentication(query, at, reading)
  else if (query.required !== false)
    reading.issues.push(
      issue(
        `${at}/type`,
        `a query of the type ${quoted(query.type)} is not answered: badges answer QueryByExample and DIDAuthentication`,
      ),
    )
}

function readAuthentication(query: JsonObject, at: string, reading: RequestReading): void {
  if (query.required === false) return
  const methods = namesIn(query.acceptedMethods, 'method', `${at}/acceptedMethods`, reading)
  const suites = namesIn(query.acceptedCryptosuites, 'cryptosuite', `${at}/acceptedCryptosuites`, reading)
  // Each has to be met: what is left is what all of them accept.
  if (methods !== undefined) reading.methods = reading.methods?.filter((each) => methods.includes(each)) ?? methods
  if (suites !== undefined) reading.suites = reading.suites?.filter((each) => suites.includes(each)) ?? suites
}

function readExamples(query: JsonObject, at: string, reading: RequestReading): void {
  const entries = listOf(query.credentialQuery)
  if (entries.length === 0)
    reading.issues.push(issue(`${at}/credentialQuery`, 'a QueryByExample has a "credentialQuery"'))
  for (const [index, entry] of entries.slice(0, MAX_QUERIES + 1).entries()) {
    const place = Array.isArray(query.credentialQuery) ? `${at}/credentialQuery/${index}` : `${at}/credentialQuery`
    if (isObject(entry)) reading.queries.push(readExample(entry, query.required !== false, place, reading))
    else reading.issues.push(issue(place, 'a credential query is an object'))
  }
}

function readExample(entry: JsonObject, required: boolean, at: string, reading: RequestReading): CredentialQuery {
  const { example, reason } = entry
  if (example !== undefined && !isObject(example))
    reading.issues.push(issue(`${at}/example`, 'an example is an object'))
  const { issuers, hasIssuerLists } = readIssuers(entry)
  const suites = namesIn(entry.acceptedCryptosuites, 'cryptosuite', `${at}/acceptedCryptosuites`, reading)
  const envelopes = namesIn(entry.acceptedEnvelopes, 'mediaType', `${at}/acceptedEnvelopes`, reading)
  return {
    pointer: at,
    required: required && entry.required !== false,
    ...(typeof reason === 'string' ? { reason: reason.slice(0, MAX_TEXT) } : {}),
    ...(isObject(example) ? { example } : {}),
    ...(issuers === undefined ? {} : { acceptedIssuers: issuers }),
    hasIssuerLists,
    ...(suites === undefined ? {} : { acceptedCryptosuites: suites }),
    ...(envelopes === undefined ? {} : { acceptedEnvelopes: envelopes }),
  }
}

/** `acceptedIssuers` of VCALM: ids, or lists to look them up in. `trustedIssuer` of the older text: ids, each required or a wish. */
function readIssuers({ acceptedIssuers, trustedIssuer }: JsonObject): { issuers?: string[]; hasIssuerLists: boolean } {
  const entries = [
    ...listOf(acceptedIssuers).map((each) => (isObject(each) ? each.id : each)),
    ...listOf(trustedIssuer).flatMap((each) => (isObject(each) && each.required !== false ? [each.issuer] : [])),
  ]
  if (entries.length === 0) return { hasIssuerLists: false }
  const issuers = entries.filter((each): each is string => typeof each === 'string')
  return { issuers, hasIssuerLists: issuers.length < entries.length }
}

/** `[{ method: 'key' }]`, and plain texts, which are seen too. An empty list accepts nothing, so it is taken for a mistake. */
function namesIn(value: Json | undefined, name: string, at: string, { issues }: RequestReading): string[] | undefined {
  if (value === undefined) return undefined
  const names = listOf(value).map((each) => (isObject(each) ? each[name] : each))
  if (names.length > 0 && names.length <= MAX_QUERIES && names.every((each) => typeof each === 'string'))
    return names as string[]
  issues.push(issue(at, `a list of objects with "${name}", at most ${MAX_QUERIES}`))
  return undefined
}

const HTTP = /^UnmediatedHttpPresentationService\d{4}$/

function endpointOf(interact: Json | undefined, { issues }: RequestReading): string | undefined {
  const services = listOf(interact).flatMap((each) =>
    isObject(each) ? (each.service === undefined ? [each] : listOf(each.service)) : [],
  )
  const service = services.find((each) => isObject(each) && typeof each.type === 'string' && HTTP.test(each.type))
  if (!isObject(service)) return undefined
  const { serviceEndpoint } = service
  const wrong = typeof serviceEndpoint === 'string' ? urlFault(serviceEndpoint) : 'it is no URL'
  if (wrong === undefined) return serviceEndpoint as string
  issues.push(issue('/interact/service', `"serviceEndpoint": ${wrong}`))
  return undefined
}

const issue = (at: string, message: string): ParseIssue => ({ code: 'parse.request', pointer: at, message })

function invalid(issues: readonly ParseIssue[], cause?: unknown): ParseError {
  const told = issues.slice(0, 3).map(({ pointer: at, message }) => (at === '' ? message : `${at}: ${message}`))
  const more = issues.length > told.length ? `; and ${issues.length - told.length} more` : ''
  return new ParseError(
    'parse.request',
    `this request cannot be answered: ${told.join('; ')}${more}`,
    issues,
    cause === undefined ? undefined : { cause },
  )
}
