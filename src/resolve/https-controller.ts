/**
 * Issuers identified by an https URL: their controlled identifier document is at that URL (Controlled Identifiers 1.0
 * section 3.3), and a key may have a document of its own, which the controller's document must list.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import { shown } from '../internal/shown.js'
import type { JsonObject } from '../internal/types.js'
import type { Context } from './context.js'
import { demandSubject, findKey, purposesOf } from './controlled-document.js'
import { loadJsonObject } from './json-document.js'
import type { KeyRequest, KeyResolver } from './key-resolver.js'
import { namesHttpsKey } from './named-keys.js'
import { type KeyFacts, keyError, methodUrl, resolvedKey, splitFragment } from './resolved-key.js'
import { readMethod } from './verification-method.js'

const ACCEPT = 'application/ld+json, application/json'

/** Takes requests that name a verification method by an https URL; bare key names are `jwksResolver`'s. */
export function httpsControllerResolver(): KeyResolver {
  return {
    matches: namesHttpsKey,
    resolve: async (request, context) => resolvedKey(await findHttpsKey(request, context)),
  }
}

async function findHttpsKey(request: KeyRequest, context: Context): Promise<KeyFacts> {
  const url = methodUrl(request)
  const [base] = splitFragment(url)
  const document = await loadJsonObject(base, 'key', ACCEPT, context)
  if (isMethod(document)) return ownDocument(document, url, request, context)
  if (typeof document.kty === 'string') return jwkByUrl(document, url, request, context)
  if (Array.isArray(document.keys)) return keyOfSet(document, url, request, context)
  demandSubject(document, base, url, base)
  return findKey(document, url, { document: base })
}

const isMethod = (document: JsonObject): boolean =>
  Object.keys(document).some((member) => /^publicKey(?:Multibase|Jwk|Base58|Pem|Hex)$/.test(member))

/** The key has a document of its own: what it may do is for its controller to say. */
async function ownDocument(
  document: JsonObject,
  url: string,
  request: KeyRequest,
  context: Context,
): Promise<KeyFacts> {
  demandSubject(document, url, url, url)
  const evidence = { document: url, controller: shown(document.controller, 200) }
  const purposes = await listedBy(request.issuer, url, document, context)
  return readMethod(document, url, { purposes, evidence })
}

/** Open Badges 3.0 section 8.2.4: `kid` may be the URL of a JWK. The issuer's document has to list that URL. */
async function jwkByUrl(jwk: JsonObject, url: string, request: KeyRequest, context: Context): Promise<KeyFacts> {
  const purposes = await listedBy(request.issuer, url, jwk, context)
  if (purposes.length === 0)
    throw keyError('resolve.key_not_found', url, `${request.issuer} does not list the key ${url}`)
  return {
    id: url,
    controller: request.issuer,
    purposes,
    publicJwk: jwk,
    evidence: { document: url, controller: request.issuer },
  }
}

/** A JWKS at the URL, the key's name in the fragment. */
async function keyOfSet(set: JsonObject, url: string, request: KeyRequest, context: Context): Promise<KeyFacts> {
  const [base, kid] = splitFragment(url)
  const keys = (set.keys as readonly JsonObject[]).filter(isObject)
  const [jwk, ...others] = keys.filter((key) => key.kid === url || (kid !== undefined && key.kid === kid))
  if (jwk === undefined || others.length > 0) {
    const count = jwk === undefined ? 'no key' : `${others.length + 1} keys`
    throw keyError('resolve.key_not_found', url, `${base} has ${count} with the kid "${(kid ?? '').slice(0, 100)}"`)
  }
  return jwkByUrl(jwk, url, request, context)
}

/** The relationships under which the document of `issuer` lists the key that is at `url`. */
async function listedBy(issuer: string, url: string, key: JsonObject, context: Context): Promise<string[]> {
  if (!/^https:\/\//i.test(issuer)) return []
  const [base] = splitFragment(issuer)
  const document = await loadJsonObject(base, 'key', ACCEPT, context)
  demandSubject(document, issuer, url, base)
  return purposesOf(document, url, key)
}
