/**
 * Data Integrity EdDSA Cryptosuites v1.0, section 3.3: no JSON-LD processing.
 *
 * @module
 */
import { dataIntegritySuite } from './data-integrity.js'
import type { ProofSuite } from './suite.js'

/** Ed25519 over the JSON itself (RFC 8785). */
export const eddsaJcs2022: ProofSuite = dataIntegritySuite({
  names: ['eddsa-jcs-2022'],
  algorithms: ['EdDSA'],
  transformation: 'jcs',
})
