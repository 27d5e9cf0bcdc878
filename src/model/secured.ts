/**
 * A credential together with what secures it.
 *
 * @module
 */
import type { OpenBadgeCredential } from './achievement.js'
import type { VerifiableCredential, VerifiableCredentialV1 } from './credential.js'
import type { EndorsementCredential } from './profile.js'
import type { Proof } from './proof.js'

/** A credential with its proof, or proofs, inside. */
export type EmbeddedCredential<C extends VerifiableCredential | VerifiableCredentialV1 = OpenBadgeCredential> = C & {
  readonly proof: Proof | readonly Proof[]
}
/**
 * A credential as `signCredential` writes it. The proofs of an Open Badge or an endorsement are a list, also where it is one:
 * 1EdTech's strict schema takes nothing else. Any other credential has one proof as an object, several as a list.
 */
export type SignedCredential<C extends VerifiableCredential | VerifiableCredentialV1 = OpenBadgeCredential> = C & {
  readonly proof: C extends OpenBadgeCredential | EndorsementCredential ? ProofList : Proof | ProofList
}
/** At least one. */
export type ProofList = readonly [Proof, ...Proof[]]
/** A credential with its proof inside, or a compact JWS around it. */
export type SecuredCredential<C extends VerifiableCredential | VerifiableCredentialV1 = OpenBadgeCredential> =
  | EmbeddedCredential<C>
  | string
