/**
 * What the award rests on: Open Badges 3.0 appendix B.1, class Evidence.
 *
 * @module
 */
import type { CredentialEvidence } from './credential.js'

/** Open (VCDM 2.0 section 5.6). */
export interface Evidence extends CredentialEvidence {
  /** Where it is. */
  readonly id?: string
  /** Contains `Evidence`. */
  readonly type: readonly string[]
  /** Markdown. */
  readonly narrative?: string
  readonly name?: string
  readonly description?: string
  /** e.g. `Photography`, `Writing`. */
  readonly genre?: string
  readonly audience?: string
}
