/**
 * Ed25519Signature2020 (vc-di-eddsa section 3.4): the suite from before DataIntegrityProof, still in many wallets. New badges
 * are better signed with eddsa-rdfc-2022: `signCredential` takes this one only where it is named.
 *
 * @module
 */
import { dataIntegritySuite } from './data-integrity.js'
import type { ProofSuite } from './suite.js'

export const ed25519Signature2020: ProofSuite = dataIntegritySuite({
  names: ['Ed25519Signature2020'],
  algorithms: ['EdDSA'],
  transformation: 'rdfc',
  ownType: true,
})
