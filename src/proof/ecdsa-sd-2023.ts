/**
 * ecdsa-sd-2023, selective disclosure (Data Integrity ECDSA Cryptosuites v1.0 sections 3.4 to 3.6). The issuer makes a base
 * proof, which is the holder's alone; from it the holder derives proofs that reveal some of the credential, and only those
 * verify: a base proof that is shown to a verifier is `proof.not_derived`.
 *
 * **What a holder can withhold.** Every statement that the issuer did not make mandatory, one by one; a verifier cannot know that
 * there was more. So our base proofs always make mandatory what decides whether the credential holds (sd-mandatory.ts), and
 * callers can only add to it. A derived proof of somebody else's credential is another matter: an issuer who left
 * `validUntil` or `credentialStatus` to the holder has issued a credential that neither expires nor can be revoked, and
 * no verifier can tell. Trust such an issuer as far as that. Whatever is revealed is secured like anything else that is signed.
 *
 * **What it does not hide.** Disclosures from one base proof can be linked: they have the issuer's signature and the proof's key
 * in common. How much was withheld stays unknown.
 *
 * @module
 */
import { callable, type Members } from '../internal/members.js'
import type { Bytes, MaybePromise } from '../internal/types.js'
import { cryptoPlatform } from '../platform/crypto.js'
import { randomBytes } from '../platform/random.js'
import { demandOptions } from '../report/demand-options.js'
import type { ProofSuite } from './suite.js'

/** Where the randomness of ecdsa-sd-2023 comes from. */
export interface EcdsaSd2023Options {
  /** For the key that relabels blank nodes, new for each base proof. Default: the runtime's secure randomness. */
  readonly randomBytes?: ((length: number) => Bytes) | undefined
  /** A new private P-256 key as JWK for each base proof. Default: the runtime's. */
  readonly generateKey?: (() => MaybePromise<object>) | undefined
}

const SOURCES: Members<EcdsaSd2023Options> = { randomBytes: callable, generateKey: callable }

/** P-256 only, as the specification. Options are for tests and for hardware with randomness of its own. */
export function ecdsaSd2023Suite(options: EcdsaSd2023Options = {}): ProofSuite {
  demandOptions(options, SOURCES)
  const sources = {
    randomBytes: options.randomBytes ?? randomBytes,
    generateKey: options.generateKey ?? (() => cryptoPlatform().generateKey('ES256')),
  }
  return {
    names: ['ecdsa-sd-2023'],
    algorithms: ['ES256'],
    // Each is loaded for the first credential that needs it: most need none of it.
    prepare: async (document, prepareOptions, context) =>
      (await import('./sd-base.js')).prepareBaseProof(document, prepareOptions, context, sources),
    verify: async (...call) => (await import('./sd-verify.js')).verifyDerivedProof(...call),
    derive: async (...call) => (await import('./sd-derive.js')).deriveProof(...call),
  }
}

/** Selective disclosure (Data Integrity ECDSA Cryptosuites v1.0, section 3.6), with the randomness of the runtime. */
export const ecdsaSd2023: ProofSuite = ecdsaSd2023Suite()
