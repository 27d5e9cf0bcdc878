/**
 * The URLs of the contexts that our documents begin with. VCDM 2.0 section 4.3, Open Badges 3.0 section 8.
 *
 * @module
 */
import type { JsonObject } from '../internal/types.js'

/** VCDM 2.0. */
export const VC_V2 = 'https://www.w3.org/ns/credentials/v2'
/** VCDM 1.1: read, and signed where it is given; never made here. */
export const VC_V1 = 'https://www.w3.org/2018/credentials/v1'
/** Open Badges 3.0, the version we write. */
export const OB_V3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'

/** Any version of the Open Badges 3.0 context. */
export type OpenBadgesContextUrl = `https://purl.imsglobal.org/spec/ob/v3p0/context${string}.json`
/** A context by URL, or in place. */
export type ContextEntry = string | JsonObject
/** Order matters: what comes first wins (its terms are protected). */
export type CredentialContexts = readonly [typeof VC_V2, ...ContextEntry[]]
/** The contexts of an Open Badge, in the order that the standard demands. */
export type OpenBadgeContexts = readonly [typeof VC_V2, OpenBadgesContextUrl, ...ContextEntry[]]
