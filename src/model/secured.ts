/**
 * A credential together with what secures it.
 *
 * @module
 */
import type { OpenBadgeCredential } from './achievement.js'
import type { VerifiableCredential } from './credential.js'
import type { Proof } from './proof.js'

/** A credential with its proof, or proofs, inside. */
export type EmbeddedCredential<C extends VerifiableCredential = OpenBadgeCredential> = C & {
  readonly proof: Proof | readonly Proof[]
}
/** A credential with its proof inside, or a compact JWS around it. */
export type SecuredCredential<C extends VerifiableCredential = OpenBadgeCredential> = EmbeddedCredential<C> | string
