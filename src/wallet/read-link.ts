/**
 * Links and the contents of QR codes: Learner Credential Wallet deep links, VCALM interaction URLs, OpenID4VCI offers.
 *
 * @module
 */

import { ParseError } from '../errors.js'
import { JsonError, parseJson } from '../internal/json.js'
import { isObject } from '../internal/json-object.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { WalletMessage } from './message.js'
import { messageOf } from './read-message.js'
import { MAX_LINK_LENGTH, parseUrl, quoted, urlFault } from './safe-url.js'

/** `parse.link` says what is wrong with a link of a known form, `parse.unsupported` names a form that is not spoken. */
export type LinkFaultCode = 'parse.link' | 'parse.unsupported' | 'parse.too_large'

/** What a link holds: a message, JSON that may hold credentials, or a document that would have to be loaded. */
export type LinkContents =
  | { readonly is: 'message'; readonly message: WalletMessage }
  | { readonly is: 'document'; readonly document: JsonObject }
  | { readonly is: 'url'; readonly url: string }
  | { readonly is: 'data'; readonly url: string }

/** Levels of JSON in a link. Requests need six or seven. */
const MAX_DEPTH = 32

/**
 * The message in a link: `dccrequest://request?…`, `org.dcconsortium://request?…`, `https://lcw.app/request?…` (or `/mobile?…`)
 * with `issuer` and `vc_request_url`, or with a JSON message as `request`; `interaction:https://…?iuv=1`, or that URL itself;
 * `openid-credential-offer://`. Nothing is fetched, and whoever made the link is not known.
 *
 * Throws ParseError `parse.link` (a known form, broken: the pointer names the parameter), `parse.unsupported` (another kind of
 * link), `parse.too_large`.
 */
export function readWalletLink(text: string): WalletMessage {
  if (typeof text !== 'string') throw fault('parse.link', '', 'a link is a text')
  const found = linkContents(text.trim())
  if (found?.is === 'message') return found.message
  if (found?.is === 'document') {
    const message = messageOf(found.document)
    if (message !== undefined) return message
    throw fault(
      'parse.unsupported',
      '/request',
      'the link holds credentials or something else, no message: use importBadges',
    )
  }
  throw fault(
    'parse.unsupported',
    '',
    found === undefined
      ? 'this is no link: a wallet link begins with dccrequest://, https://lcw.app/request, interaction: or openid-credential-offer://'
      : 'this link names a document, and no message to a wallet: use importBadges with a loader',
  )
}

/** Undefined for a text that is no link at all. Throws as `readWalletLink`. */
export function linkContents(text: string): LinkContents | undefined {
  if (/^request\?/i.test(text)) return readRequest(text)
  const scheme = /^([a-z][a-z0-9+.-]{0,63}):/i.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined) return undefined
  if (scheme === 'data') return { is: 'data', url: text }
  if (text.length > MAX_LINK_LENGTH)
    throw fault('parse.too_large', '', `a link of more than ${MAX_LINK_LENGTH} characters`)
  if (scheme === 'dccrequest' || scheme === 'org.dcconsortium') return readRequest(text)
  if (scheme === 'interaction' || scheme === 'web+interaction') return readInteraction(text.slice(scheme.length + 1))
  if (scheme === 'openid-credential-offer' || scheme === 'openid-initiate-issuance') return readOffer(text)
  if (scheme === 'http' || scheme === 'https') return readWebLink(text)
  const name = Object.hasOwn(OTHERS, scheme) ? OTHERS[scheme] : undefined
  throw fault(
    'parse.unsupported',
    '',
    name ?? `a link of the kind "${scheme}:" is not opened: a badge is a file, a JSON or JWT text, or an https link`,
  )
}

/** Known to people who scan codes, and not spoken here. */
const OTHERS: Readonly<Record<string, string>> = {
  openid4vp: 'a request of OpenID4VP, which is not spoken here: open it with a wallet that does',
  openid: 'a request of OpenID (SIOP), which is not spoken here: open it with a wallet that does',
  haip: 'a request of OpenID4VC (HAIP), which is not spoken here: open it with a wallet that does',
  didcomm: 'an invitation of DIDComm, which is not spoken here: open it with a wallet that does',
}

/** Paths of the Learner Credential Wallet's site that are links into the app. */
const LCW_HOST = 'lcw.app'
const LCW_PATHS = ['/request', '/mobile']

function readWebLink(text: string): LinkContents {
  const url = parseUrl(text)
  if (url?.hostname === LCW_HOST && url.protocol === 'https:') {
    if (LCW_PATHS.includes(url.pathname.replace(/\/$/, ''))) return readRequest(text)
    throw fault(
      'parse.unsupported',
      '',
      `a page of the Learner Credential Wallet (${quoted(url.pathname)}), and none of its links with a request: those are ${LCW_PATHS.join(' and ')}`,
    )
  }
  const wrong = urlFault(text)
  if (wrong !== undefined) throw fault('parse.link', '', wrong)
  return url?.searchParams.has('iuv') === true ? readInteraction(text) : { is: 'url', url: text }
}

function readRequest(text: string): LinkContents {
  const question = text.indexOf('?')
  const host = text.slice(0, question === -1 ? undefined : question).replace(/^.*:\/\/|\/$/g, '')
  if (/^[a-z.]+:\/\//i.test(text) && !/^https:/i.test(text) && host !== 'request')
    throw fault('parse.unsupported', '', `a deep link to ${quoted(host)}: only those to "request" hold a request`)
  const parameters = new URLSearchParams(question === -1 ? '' : text.slice(question + 1).replace(/#.*$/s, ''))
  const request = parameters.get('request')
  if (request !== null) return readJsonRequest(request)
  const [issuer, requestUrl] = [parameters.get('issuer'), parameters.get('vc_request_url')]
  if (issuer === null || issuer === '') throw missing('issuer')
  if (requestUrl === null) throw missing('vc_request_url')
  const wrong = urlFault(requestUrl)
  if (wrong !== undefined) throw fault('parse.link', '/vc_request_url', wrong)
  const authType = parameters.get('auth_type') ?? 'code'
  if (authType !== 'code' && authType !== 'bearer')
    throw fault('parse.link', '/auth_type', `"auth_type" is "code" or "bearer", not ${quoted(authType)}`)
  for (const name of ['issuer', 'vc_request_url', 'challenge', 'auth_type'])
    if (parameters.getAll(name).length > 1)
      throw fault('parse.link', `/${name}`, `"${name}" is there twice: which one counts would depend on the wallet`)
  const challenge = parameters.get('challenge')
  return {
    is: 'message',
    message: {
      kind: 'credential-request',
      issuer,
      requestUrl,
      authType,
      ...(challenge === null || challenge === '' ? {} : { challenge }),
    },
  }
}

/** Issuers encode the JSON once or twice. */
function readJsonRequest(text: string): LinkContents {
  const json = text.trimStart().startsWith('%7B') ? decoded(text) : text
  const document = readJson(json)
  if (!isObject(document)) throw fault('parse.link', '/request', '"request" is no JSON object')
  return { is: 'document', document }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function readJson(text: string): Json {
  try {
    return parseJson(text, { maxDepth: MAX_DEPTH })
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    throw fault('parse.link', '/request', `"request" cannot be read: ${error.message}`)
  }
}

function readInteraction(text: string): LinkContents {
  // Encoded although the scheme asks for the URL itself: seen in the wild, and one reading only.
  const url = /^https?%3a/i.test(text) ? decoded(text) : text
  const wrong = urlFault(url)
  if (wrong !== undefined) throw fault('parse.link', '', wrong)
  const versions = parseUrl(url)?.searchParams.getAll('iuv') ?? []
  if (versions.length !== 1 || versions[0] !== '1')
    throw fault('parse.link', '/iuv', 'an interaction URL has the parameter "iuv" once, and its value is 1')
  return { is: 'message', message: { kind: 'interaction-url', url } }
}

function readOffer(text: string): LinkContents {
  const question = text.indexOf('?')
  const parameters = new URLSearchParams(question === -1 ? '' : text.slice(question + 1))
  const offerUrl = parameters.get('credential_offer_uri')
  if (offerUrl !== null) {
    const wrong = urlFault(offerUrl)
    if (wrong !== undefined) throw fault('parse.link', '/credential_offer_uri', wrong)
    return { is: 'message', message: { kind: 'openid4vci-offer', offerUrl } }
  }
  const offer = parameters.get('credential_offer')
  // `issuer` is that of drafts before 11.
  const issuer = offer === null ? parameters.get('issuer') : undefined
  const document = offer === null ? undefined : readJson(offer)
  const named = isObject(document) ? document.credential_issuer : issuer
  if (typeof named !== 'string') throw missing('credential_offer')
  return { is: 'message', message: { kind: 'openid4vci-offer', credentialIssuer: named } }
}

const missing = (name: string) =>
  fault('parse.link', `/${name}`, `the link has no "${name}": ask whoever gave it for the whole link`)

const fault = (code: LinkFaultCode, pointer: string, message: string): ParseError =>
  new ParseError(code, message, [{ code, pointer, message }])
