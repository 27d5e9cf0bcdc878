/**
 * By what two badges are known to be one.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import type { SecuredCredential } from '../../src/entries/index.js'
import { canonicalJson } from '../../src/internal/jcs.js'
import type { Json } from '../../src/internal/types.js'

export const digestOf = (credential: SecuredCredential) =>
  createHash('sha256')
    .update(canonicalJson(credential as unknown as Json))
    .digest('base64url')
