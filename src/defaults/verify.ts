/**
 * The public functions with their defaults. Verifying. Here, and nowhere below, clock, randomness, network and caches come from
 * the platform.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import type { Bytes } from '../internal/types.js'
import type { VerifiableCredential } from '../model/types.js'
import { defaultSuites } from '../proof/default-suites.js'
import type { ProofSuite } from '../proof/suite.js'
import { strictPolicy } from '../report/decide.js'
import type { Limits } from '../report/limits.js'
import type { PresentationReport, VerificationPolicy, VerificationReport } from '../report/report.js'
import { anyIssuer } from '../report/symbols.js'
import type { Cache } from '../resolve/context.js'
import { defaultResolvers } from '../resolve/default-resolvers.js'
import type { DocumentLoader } from '../resolve/document-loader.js'
import type { KeyResolver } from '../resolve/key-resolver.js'
import { defaultStatusMethods } from '../status/default-methods.js'
import type { StatusMethod } from '../status/status-method.js'
import type { IssuerRegistry } from '../verify/issuer-registry.js'
import type { PerCall, VerifierSettings } from '../verify/settings.js'
import { makeVerifier, type Verifier } from '../verify/verifier.js'
import type { PresentationOptions } from '../verify/verify-presentation.js'
import { lazyLoader, newCache, now, readLimits, withoutUndefined } from './platform.js'

export interface VerifyOptions extends PerCall {
  /** Whom you trust: issuer ids and registries, or `anyIssuer`. */
  readonly trustedIssuers: readonly (string | IssuerRegistry)[] | typeof anyIssuer
  /** Default: not asked. */
  readonly trustedEndorsers?: readonly (string | IssuerRegistry)[] | typeof anyIssuer
  /** Default `open-badge`. */
  readonly accept?: 'open-badge' | 'any-credential'
  /** Merged over `strictPolicy`. */
  readonly policy?: Partial<VerificationPolicy>
  /** Default: all of `badgewright/suites`. */
  readonly suites?: readonly ProofSuite[]
  /** Default: `defaultResolvers()` of `badgewright/resolvers`. */
  readonly resolvers?: readonly KeyResolver[]
  /** Default: BitstringStatusListEntry, StatusList2021Entry, 1EdTechRevocationList. */
  readonly statusMethods?: readonly StatusMethod[]
  /** Default: `createLoader()`. */
  readonly loader?: DocumentLoader
  /** Default: memory of the verifier's own. */
  readonly cache?: Cache
  readonly limits?: Partial<Limits>
  /** Tolerance at both ends of every period, in seconds. Default 300. Does not apply to a key's revocation. */
  readonly clockSkewSeconds?: number
  /** Ask for a newer version (Open Badges 3.0 section 9.2 step 3). Default true. */
  readonly refresh?: boolean
}

/**
 * A verifier that owns its caches: keys, contexts, status lists, registries. Make one and keep it. `now`, `recipient` and `signal`
 * given here hold for every call that does not name its own.
 *
 * Throws UsageError where an option is missing or wrong.
 */
export function createVerifier(
  options: VerifyOptions & { readonly accept: 'any-credential' },
): Verifier<VerifiableCredential>
export function createVerifier(options: VerifyOptions): Verifier
export function createVerifier(options: VerifyOptions): Verifier<VerifiableCredential> {
  return makeVerifier(verifierSettings(options), options)
}

/**
 * Verifies one credential: bytes or text of JSON, a JWT, a PNG or SVG, or a parsed object. A bad badge is a report, never an error.
 *
 * Throws UsageError where an option is missing or wrong; rejects with the signal's reason.
 */
export function verifyCredential(
  input: Bytes | string | object,
  options: VerifyOptions & { readonly accept: 'any-credential' },
): Promise<VerificationReport<VerifiableCredential>>
export function verifyCredential(input: Bytes | string | object, options: VerifyOptions): Promise<VerificationReport>
export async function verifyCredential(
  input: Bytes | string | object,
  options: VerifyOptions,
): Promise<VerificationReport<VerifiableCredential>> {
  return createVerifier({ ...options, accept: options?.accept ?? 'open-badge' } as VerifyOptions & {
    accept: 'any-credential'
  }).verify(input)
}

/** Verifies a presentation and each credential in it. Throws UsageError `usage.missing_option` without a challenge or `noChallenge`. */
export async function verifyPresentation(
  input: Bytes | string | object,
  options: VerifyOptions & PresentationOptions,
): Promise<PresentationReport> {
  return createVerifier(options).verifyPresentation(input, options)
}

function verifierSettings(options: VerifyOptions): VerifierSettings {
  const {
    trustedIssuers,
    trustedEndorsers,
    accept = 'open-badge',
    policy,
    clockSkewSeconds = 300,
    refresh = true,
  } = options ?? {}
  checkTrust('trustedIssuers', trustedIssuers)
  if (trustedEndorsers !== undefined) checkTrust('trustedEndorsers', trustedEndorsers)
  if (accept !== 'open-badge' && accept !== 'any-credential')
    throw new UsageError('usage.invalid_option', '"accept" is "open-badge" or "any-credential"')
  if (typeof clockSkewSeconds !== 'number' || !(clockSkewSeconds >= 0 && clockSkewSeconds <= 86_400)) {
    throw new UsageError('usage.invalid_option', '"clockSkewSeconds" is a number from 0 to 86400')
  }
  return {
    trustedIssuers,
    trustedEndorsers,
    accept,
    policy: readPolicy(policy),
    suites: options.suites ?? defaultSuites(),
    resolvers: options.resolvers ?? defaultResolvers(),
    statusMethods: options.statusMethods ?? defaultStatusMethods(),
    loader: options.loader ?? lazyLoader(),
    cache: options.cache ?? newCache(),
    limits: readLimits(options.limits),
    clockSkewSeconds,
    refresh,
    clock: now,
  }
}

function checkTrust(name: string, trust: unknown): void {
  if (trust === anyIssuer) return
  const isList =
    Array.isArray(trust) && trust.every((entry) => typeof entry === 'string' || typeof entry?.lookup === 'function')
  if (!isList)
    throw new UsageError(
      'usage.missing_option',
      `"${name}" is ${trust === undefined ? 'missing' : 'wrong'}: list the ids of the issuers you trust (or registries), or say anyIssuer`,
    )
}

const DEMANDS = ['required', 'if-present', 'best-effort', 'report-only']

function readPolicy(policy: Partial<VerificationPolicy> = {}): VerificationPolicy {
  for (const [name, demand] of Object.entries(policy)) {
    if (!Object.hasOwn(strictPolicy, name))
      throw new UsageError(
        'usage.invalid_option',
        `"policy" has no "${name}": ${name === 'format' || name === 'key' || name === 'proof' ? 'this check is always required' : `it has ${Object.keys(strictPolicy).join(', ')}`}`,
      )
    const allowed = name === 'keyBinding' ? ['required', 'report-only'] : DEMANDS
    if (demand !== undefined && !allowed.includes(demand))
      throw new UsageError(
        'usage.invalid_option',
        `"policy.${name}" is ${allowed.map((value) => `"${value}"`).join(', ')}`,
      )
  }
  return { ...strictPolicy, ...withoutUndefined(policy) }
}
