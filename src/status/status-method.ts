/**
 * The port for status mechanisms: one value for each kind of `credentialStatus` entry.
 *
 * @module
 */
import type { MaybePromise } from '../internal/types.js'
import type { VerifiableCredential } from '../model/types.js'
import type { Finding } from '../report/check.js'
import type { VerificationReport } from '../report/report.js'
import type { Context } from '../resolve/context.js'

/** A context that can verify what it loads. */
export interface VerifyContext extends Context {
  /** A whole verification by the same verifier, one level deeper. */
  verifyNested(
    input: unknown,
    kind: 'status-list' | 'endorsement' | 'refresh' | 'credential',
  ): Promise<VerificationReport<VerifiableCredential>>
  /** Whether the caller's list has the issuer. */
  trusts(issuerId: string): Promise<'yes' | 'no' | 'not-asked'>
}

/** The port for kinds of status: how an entry of a type is looked up. */
export interface StatusMethod {
  /** The `type`s of entries it reads. */
  readonly types: readonly string[]
  /**
   * What the entry says of the credential: one finding or more. What cannot be said is indeterminate. At once where nothing has
   * to be loaded for it.
   */
  check(
    entry: object,
    credential: VerifiableCredential,
    context: VerifyContext,
  ): MaybePromise<readonly Finding<'status'>[]>
}
