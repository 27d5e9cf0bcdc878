/**
 * Where the badges of a batch go. Both kinds know what an earlier run has left there.
 *
 * @module
 */
import type { Bytes } from '../../internal/types.js'

/** JSON in one line, a JWT, or an image. */
export type BadgeContent =
  | { readonly json: string; readonly jwt?: never; readonly image?: never }
  | { readonly jwt: string; readonly json?: never; readonly image?: never }
  | { readonly image: Bytes; readonly json?: never; readonly jwt?: never }

export interface BatchOutput {
  /** Was a badge for this award written before? */
  has(awardId: string): Promise<boolean>
  /** Whole, or not at all. In any order, and several at once. Throws CommandFailure 74. */
  write(awardId: string, content: BadgeContent): Promise<void>
  /** When nothing more comes, whatever the reason: waits for what is being written. */
  close(): Promise<void>
  /** What was found of an earlier run, for people. */
  readonly remarks: readonly string[]
  /** Beside the badges: which awards failed. */
  readonly failuresFile: string
}
