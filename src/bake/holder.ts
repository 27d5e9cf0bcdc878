/**
 * JSON that holds badges instead of being one, with the places where they stand: answers of servers and exports of wallets reach people as
 * files, and look to them like the badge. What is something else is named in not-a-badge.ts.
 *
 * @module
 */

import { listOf } from '../internal/json-object.js'
import { pointer } from '../internal/json-pointer.js'
import type { Json, JsonObject } from '../internal/types.js'

/** What holds badges or presentations, with their places. */
export interface Holder {
  /** With its article. */
  readonly what: string
  readonly parts: readonly (readonly [pointer: string, part: Json])[]
}

/** Members that hold credentials, by what has them. In the order of looking: an answer with several is the first of these. */
const HOLDERS: readonly (readonly [what: string, ...members: string[]])[] = [
  ['an answer of the VC API', 'verifiablePresentation'],
  ['an answer of the VC API', 'verifiableCredential'],
  ['an answer of OpenID4VCI', 'credentials'],
  ['an answer of OpenID4VCI', 'credential_responses'],
  ['an answer of OpenID4VCI or of the Open Badges API', 'credential', 'compactJwsString'],
  ['an answer of OpenID4VP', 'vp_token'],
  ['the claims of a JWT', 'vc'],
  ['the claims of a JWT', 'vp'],
]

/** In the house of OAuth, these are something else. */
const OTHER_TOKENS = /^(?:access|refresh|id)_token$/

/** Offers, envelopes of registries, keys: what stands in these is no badge. */
const HOLDS_NONE = [
  'credential_configuration_ids',
  'credential_issuer',
  'envelope_type',
  'acceptance_token',
  'access_token',
  'verificationMethod',
]

const COMPACT_JWS = /^\s*eyJ[\w-]*\.[\w-]+\.[\w-]+\s*$/

/** Undefined where it holds no badge in a way that is known: it may be one, or something else. */
export function holderOf(document: JsonObject): Holder | undefined {
  const types = listOf(document.type).filter((type) => typeof type === 'string')
  if (types.some((type) => type.startsWith('Verifiable') || type.startsWith('EnvelopedVerifiable'))) return undefined
  // A credential whose type is wrong is a wrong credential; an offer or an envelope of a registry holds no credential.
  if (document.credentialSubject !== undefined || HOLDS_NONE.some((name) => document[name] !== undefined))
    return undefined
  if (types.some((type) => /^UniversalWallet/.test(type))) return held('an export of a wallet', document, ['contents'])
  // CHAPI wraps what it carries, and says what it is.
  if (typeof document.dataType === 'string') return held('a message of CHAPI', document, ['data'])
  for (const [what, ...members] of HOLDERS) {
    const holder = held(what, document, members)
    if (holder !== undefined) return holder
  }
  const tokens = Object.keys(document).filter((name) => !OTHER_TOKENS.test(name) && isJws(document[name]))
  return held('a JSON object with a JWT in it', document, tokens)
}

const isJws = (value: Json | undefined): boolean => typeof value === 'string' && COMPACT_JWS.test(value)

function held(what: string, document: JsonObject, members: readonly string[]): Holder | undefined {
  let isThere = false
  const parts = members.flatMap((name) => {
    const value = document[name]
    if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) return []
    isThere = true
    return Array.isArray(value)
      ? (value as readonly Json[]).map((item, index) => [pointer(pointer('', name), index), item] as const)
      : [[pointer('', name), value] as const]
  })
  return isThere ? { what, parts } : undefined
}
