/**
 * The public functions with their defaults. Selective disclosure, for holders. Here, and nowhere below, clock, randomness, network
 * and caches come from the platform.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import type { Json, JsonObject } from '../internal/types.js'
import { plain } from '../model/parse.js'
import { listProofs } from '../model/proof-list.js'
import type {
  EmbeddedCredential,
  OpenBadgeCredential,
  Proof,
  SignedCredential,
  VerifiableCredential,
} from '../model/types.js'
import { defaultSuites } from '../proof/default-suites.js'
import type { ProofSuite } from '../proof/suite.js'
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
  readonly suites?: readonly ProofSuite[]
  /** For contexts that are not bundled. Default: `createLoader()`. */
  readonly loader?: DocumentLoader
  readonly limits?: Partial<Limits>
  readonly signal?: AbortSignal
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
  const { reveal, suites = defaultSuites(), loader = lazyLoader(), limits, signal } = options ?? {}
  if (!Array.isArray(reveal))
    throw new UsageError('usage.missing_option', '"reveal" is missing: list JSON Pointers, or give an empty array')
  signal?.throwIfAborted()
  const document = plain(credential, 'credential') as JsonObject
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

interface BaseProof {
  readonly proof: JsonObject
  readonly derive: NonNullable<ProofSuite['derive']>
}

/** Which of several would be a guess: what each makes mandatory differs. */
function findBaseProof({ proof }: JsonObject, suites: readonly ProofSuite[]): BaseProof {
  const found = listOf(proof).flatMap((each): BaseProof[] => {
    const { type, cryptosuite } = (each ?? {}) as JsonObject
    const suite = suites.find(({ names }) => names.includes((cryptosuite ?? type) as string))
    return suite?.derive === undefined ? [] : [{ proof: each as JsonObject, derive: suite.derive.bind(suite) }]
  })
  const [first] = found
  if (first === undefined)
    throw new UsageError(
      'usage.no_base_proof',
      'the credential has no proof to derive from: it must be signed with ecdsa-sd-2023',
    )
  if (found.length > 1)
    throw new UsageError(
      'usage.several_base_proofs',
      `the credential has ${found.length} proofs to derive from: leave one of them in "proof"`,
    )
  return first
}

const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as Json]
