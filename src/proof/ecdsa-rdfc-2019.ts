/**
 * Data Integrity ECDSA Cryptosuites v1.0, section 3.2. With a P-384 key SHA-384 is used throughout, inside RDFC-1.0 too.
 *
 * @module
 */
import { dataIntegritySuite } from './data-integrity.js'
import type { ProofSuite } from './suite.js'

/** ECDSA over the canonical graph (RDFC-1.0), with P-256 or P-384. */
export const ecdsaRdfc2019: ProofSuite = dataIntegritySuite({
  names: ['ecdsa-rdfc-2019'],
  algorithms: ['ES256', 'ES384'],
  transformation: 'rdfc',
})
