/**
 * The public functions with their defaults. Selective disclosure, for holders. Here, and nowhere below, clock, randomness, network
 * and caches come from the platform.
 *
 * @module
 */
import { missingOption } from '../errors.js'
import { anything, arrayOf, having, type Members, record, signal as signalKind } from '../internal/members.js'
import type { JsonObject, Optional } from '../internal/types.js'
import { plainObject } from '../model/parse.js'
import { listProofs } from '../model/proof-list.js'
import type {
  EmbeddedCredential,
  OpenBadgeCredential,
  Proof,
  SignedCredential,
  VerifiableCredential,
} from '../model/types.js'
import { findBaseProof } from '../present/base-proof.js'
import { defaultSuites } from '../proof/default-suites.js'
import { type ProofSuite, proofSuite } from '../proof/suite.js'
import { demandOptions } from '../report/demand-options.js'
import type { Limits } from '../report/limits.js'
import type { DocumentLoader } from '../resolve/document-loader.js'
import { lazyLoader, now, readLimits, signingCache } from './platform.js'

/** What a holder reveals. */
export interface DeriveOptions {
  /**
   * JSON Pointers (RFC 6901) into the credential, such as `/credentialSubject/result/0`: what is revealed besides what the issuer
   * made mandatory. May be empty. Each brings the `id` and `type` of the objects on its way, and all that is below it.
   */
  readonly reveal: readonly string[]
  /** Default: all of `badgewright/suites`. */
  readonly suites?: readonly ProofSuite[] | undefined
  /** For contexts that are not bundled. Default: `createLoader()`. */
  readonly loader?: DocumentLoader | undefined
  readonly limits?: Optional<Limits> | undefined
  readonly signal?: AbortSignal | undefined
}

const DERIVE: Members<DeriveOptions> = {
  // Judged by deriveCredential.
  reveal: anything,
  suites: arrayOf(proofSuite),
  loader: having('load'),
  limits: record,
  signal: signalKind,
}

/**
 * ecdsa-sd-2023: from the credential as the issuer gave it, a disclosure that reveals the given JSON Pointers besides what is
 * mandatory. Its only proof is the derived one: other proofs are of the whole credential, and would not verify.
 *
 * The issuer's signature is not verified; `verifyCredential` does that with the result. Whoever gives out the base proof itself
 * gives out everything.
 *
 * Throws UsageError `usage.no_base_proof`, `usage.several_base_proofs`, `usage.unknown_pointer` (a pointer names nothing),
 * `usage.indivisible_pointer` (it leads into a list, which is revealed as a whole), `usage.invalid_option`; ParseError for a
 * credential that cannot be read, `parse.proof` for a proof that is broken or of another document. Rejects with the signal's
 * reason.
 */
export async function deriveCredential<C extends VerifiableCredential = OpenBadgeCredential>(
  credential: EmbeddedCredential<C>,
  options: DeriveOptions,
): Promise<SignedCredential<C>> {
  demandOptions(options, DERIVE)
  const { reveal, suites = defaultSuites(), loader = lazyLoader(), limits, signal } = options ?? {}
  if (!Array.isArray(reveal)) throw missingOption('reveal', 'is missing: list JSON Pointers, or give an empty array')
  signal?.throwIfAborted()
  const document = plainObject(credential, 'credential')
  const { proof, derive } = findBaseProof(document, suites)
  const context = {
    now: now(),
    loader,
    cache: signingCache(),
    limits: readLimits(limits),
    ...(signal === undefined ? {} : { signal }),
  }
  const derived = (await derive(document, proof as unknown as Proof, reveal, context)) as JsonObject
  return listProofs(derived) as unknown as SignedCredential<C>
}
