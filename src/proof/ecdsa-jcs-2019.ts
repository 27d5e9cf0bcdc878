/**
 * Data Integrity ECDSA Cryptosuites v1.0, section 3.3: no JSON-LD processing.
 *
 * @module
 */
import { dataIntegritySuite } from './data-integrity.js'
import type { ProofSuite } from './suite.js'

/** ECDSA over the JSON itself (RFC 8785), with P-256 or P-384. */
export const ecdsaJcs2019: ProofSuite = dataIntegritySuite({
  names: ['ecdsa-jcs-2019'],
  algorithms: ['ES256', 'ES384'],
  transformation: 'jcs',
})
