/**
 * Ed25519Signature2020 (vc-di-eddsa section 3.4): the suite from before DataIntegrityProof, still in many wallets. It
 * verifies; new badges are signed with eddsa-rdfc-2022, and with this one only as `legacySuite: 'Ed25519Signature2020'`. The badge then
 * needs the context https://w3id.org/security/suites/ed25519-2020/v1.
 *
 * @module
 */
import { dataIntegritySuite } from './data-integrity.js'
import type { ProofSuite } from './suite.js'

/** The suite from before DataIntegrityProof: verified, and written only as `legacySuite`. */
export const ed25519Signature2020: ProofSuite = dataIntegritySuite({
  names: ['Ed25519Signature2020'],
  algorithms: ['EdDSA'],
  transformation: 'rdfc',
  ownType: true,
})
