/**
 * Data Integrity ECDSA Cryptosuites v1.0, section 3.3: no JSON-LD processing.
 *
 * @module
 */
import { dataIntegritySuite } from './data-integrity.js'
import type { ProofSuite } from './suite.js'

export const ecdsaJcs2019: ProofSuite = dataIntegritySuite({
  names: ['ecdsa-jcs-2019'],
  algorithms: ['ES256', 'ES384'],
  transformation: 'jcs',
})
