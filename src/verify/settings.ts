/**
 * What a verifier works with, complete: `defaults.ts` fills in what a caller left out. And what one verification carries along.
 *
 * @module
 */
import type { CanonicalContext } from '../canonical/types.js'
import { anything, date, type Members, signal } from '../internal/members.js'
import type { Named, Person } from '../model/person.js'
import type { ProofSuite } from '../proof/suite.js'
import type { Limits } from '../report/limits.js'
import type { VerificationPolicy } from '../report/report.js'
import type { anyIssuer } from '../report/symbols.js'
import type { Cache } from '../resolve/context.js'
import type { DocumentLoader } from '../resolve/document-loader.js'
import type { KeyResolver } from '../resolve/key-resolver.js'
import type { StatusMethod, VerifyContext } from '../status/status-method.js'
import type { IssuerRegistry } from './issuer-registry.js'
import type { TimeLimit } from './time-limit.js'

/** Whom the caller trusts: issuer ids, registries, or everybody by name. */
export type Trust = readonly (string | IssuerRegistry)[] | typeof anyIssuer

/** Whom the badge should be about. An identifier is compared with the credential's, hashed or plain. */
export type Recipient = Person

export interface VerifierSettings {
  readonly trustedIssuers: Trust
  /** Undefined: trust in endorsers is not asked. */
  readonly trustedEndorsers: Trust | undefined
  readonly accept: 'open-badge' | 'any-credential'
  readonly policy: VerificationPolicy
  readonly suites: readonly ProofSuite[]
  readonly resolvers: readonly KeyResolver[]
  readonly statusMethods: readonly StatusMethod[]
  readonly loader: DocumentLoader
  readonly cache: Cache
  readonly limits: Limits
  /** Tolerance at both ends of every period, in seconds. */
  readonly clockSkewSeconds: number
  readonly refresh: boolean
  /** The time of a verification for which the caller names none. */
  readonly clock: () => Date
  /** Milliseconds for a whole verification, with all that it fetches and verifies inside. */
  readonly timeoutMs: number
  /** Milliseconds since whenever; never goes back. */
  readonly stopwatch: () => number
}

/** What the caller may say for each call. */
export interface PerCall {
  /** The time to judge at. Default: now. */
  readonly now?: Date | undefined
  /** Whom it should be about; with several, any of them will do. Default: not asked. */
  readonly recipient?: Recipient | readonly Recipient[] | undefined
  /** Rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

export const PER_CALL: Members<PerCall> = {
  now: date,
  // Judged by readRecipients, which knows what was meant.
  recipient: anything,
  signal,
}

/** One verification under way. */
export interface Work {
  readonly settings: VerifierSettings
  readonly now: Date
  readonly recipients: readonly Named[]
  readonly context: CanonicalContext & VerifyContext
  /** The time of the whole report. */
  readonly time: TimeLimit
  /** How deep this one stands: 0 is the caller's. */
  readonly level: number
}

/** The clock skew in milliseconds. */
export function skewOf({ settings }: Work): number {
  return settings.clockSkewSeconds * 1000
}
