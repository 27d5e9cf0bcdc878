/**
 * Contexts that belong to a standard and are not bundled: they count as the standard's own when what they say is known to the last
 * letter, wherever they were found.
 *
 * @module
 */
import { canonicalJson } from '../internal/jcs.js'
import { JsonError } from '../internal/json.js'
import type { Json } from '../internal/types.js'
import { hashHex } from '../platform/hash.js'

/** SHA-256 of the canonical JSON (RFC 8785) of a context: the value of `@context`. */
const PINNED: ReadonlySet<string> = new Set([
  // Comprehensive Learner Record, https://purl.imsglobal.org/spec/clr/v2p0/context.json
  '05c300da5b08deb2a5bcc90d1652beb4aed29390b93f63dd491dd893b0ebb50e',
  // https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json
  'eff06a5aa8aa782fadc550d1adae4501b2a1a1b882121e998f59451695aa3fa4',
  // The terms of Status List 2021, in place: see status/write-list.ts.
  '9638a61ffe9c219d0cc5b0df6244b62ccceb0fd7236283e386c6c72cf1e48987',
])

/** Characters; the pinned ones are smaller, and nothing longer is hashed. */
const MAX_LENGTH = 8192

export function isPinned(context: Json): boolean {
  const text = canonicalText(context)
  return text !== undefined && text.length <= MAX_LENGTH && PINNED.has(hashHex('SHA-256', text))
}

/** Undefined for what has no canonical form: a lone surrogate. */
function canonicalText(context: Json): string | undefined {
  try {
    return canonicalJson(context)
  } catch (error) {
    if (error instanceof JsonError) return undefined
    throw error
  }
}
