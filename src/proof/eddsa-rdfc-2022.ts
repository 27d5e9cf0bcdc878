/**
 * Data Integrity EdDSA Cryptosuites v1.0, section 3.2. Also read under the names it had in drafts.
 *
 * @module
 */
import { dataIntegritySuite } from './data-integrity.js'
import type { ProofSuite } from './suite.js'

/** Ed25519 over the canonical graph (RDFC-1.0): the default for new badges. */
export const eddsaRdfc2022: ProofSuite = dataIntegritySuite({
  names: ['eddsa-rdfc-2022', 'eddsa-2022', 'eddsa-rdf-2022'],
  algorithms: ['EdDSA'],
  transformation: 'rdfc',
})
