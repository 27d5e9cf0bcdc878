/**
 * JSON objects that a wallet is given, told apart by their members.
 *
 * @module
 */
import { holderOf } from '../bake/holder.js'
import { isObject } from '../internal/json-object.js'
import { pointer } from '../internal/json-pointer.js'
import type { Json, JsonObject } from '../internal/types.js'
import { type Contents, isOlder, listOf, typesOf, type WalletMessage } from './message.js'
import { urlFault } from './safe-url.js'

/** Presentations, envelopes, messages, and what holds badges (bake/holder.ts). */
export function contentsOf(document: JsonObject): Contents {
  const types = typesOf(document)
  if (types.includes('EnvelopedVerifiableCredential') || types.includes('EnvelopedVerifiablePresentation'))
    return { is: 'envelope', url: typeof document.id === 'string' ? document.id : '', pointer: '/id' }
  if (types.includes('VerifiablePresentation')) return within(document, 'verifiableCredential')
  if (types.includes('VerifiableCredential')) return { is: 'credential' }
  const holder = holderOf(document)
  if (holder !== undefined) return { is: 'credentials', parts: holder.parts }
  const message = messageOf(document)
  if (message !== undefined) return { is: 'message', message }
  if (isObject(document.issueRequest))
    return {
      is: 'unsupported',
      what: 'a request to issue ("issueRequest"): a wallet of badges signs presentations only',
    }
  return isOlder(document) ? { is: 'older' } : { is: 'unknown' }
}

function within(document: JsonObject, name: string): Contents {
  const value = document[name]
  const parts =
    value === undefined || value === null
      ? []
      : Array.isArray(value)
        ? (value as readonly Json[]).map((item, index) => [pointer(pointer('', name), index), item] as const)
        : [[pointer('', name), value] as const]
  return { is: 'credentials', parts }
}

/** Undefined where it is not one. */
export function messageOf(document: JsonObject): WalletMessage | undefined {
  const { protocols, credentialRequestOrigin } = document
  const origin = typeof credentialRequestOrigin === 'string' ? { origin: credentialRequestOrigin } : {}
  if (isObject(protocols)) return { kind: 'interaction', protocols: usable(protocols), ...origin }
  const request = requestIn(document)
  if (request !== undefined) return { kind: 'presentation-request', request, ...origin }
  const { credential_issuer: credentialIssuer } = document
  if (typeof credentialIssuer === 'string') return { kind: 'openid4vci-offer', credentialIssuer }
  return undefined
}

/** A VPR itself, in the message of the VC API, or in that of CHAPI. */
function requestIn(document: JsonObject): JsonObject | undefined {
  const { verifiablePresentationRequest, credentialRequestOptions } = document
  if (isObject(verifiablePresentationRequest)) return verifiablePresentationRequest
  const web = isObject(credentialRequestOptions) ? credentialRequestOptions.web : undefined
  const chapi = isObject(web) ? web.VerifiablePresentation : undefined
  if (isObject(chapi)) return chapi
  const first = listOf(document.query)[0]
  return isObject(first) && typeof first.type === 'string' ? document : undefined
}

/** What a wallet could speak: https, or OpenID's own schemes. Whatever else stands there, `javascript:` too, is left out. */
function usable(protocols: JsonObject): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, url] of Object.entries(protocols).slice(0, MAX_PROTOCOLS))
    if (typeof url === 'string' && (OPENID.test(url) || urlFault(url) === undefined)) kept[name] = url
  return kept
}

const MAX_PROTOCOLS = 32
const OPENID = /^(?:openid-credential-offer|openid-initiate-issuance|openid4vp|haip):\/\//i
