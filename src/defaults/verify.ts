/**
 * The public functions with their defaults. Verifying. Here, and nowhere below, clock, randomness, network and caches come from
 * the platform.
 *
 * @module
 */
import { invalidOption, missingOption } from '../errors.js'
import { anything, arrayOf, flag, having, type Members, record, shape, whole } from '../internal/members.js'
import type { Bytes, Optional } from '../internal/types.js'
import { withoutUndefined } from '../internal/without-undefined.js'
import type { OpenBadgeCredential, VerifiableCredential } from '../model/types.js'
import { defaultSuites } from '../proof/default-suites.js'
import { type ProofSuite, proofSuite } from '../proof/suite.js'
import { strictPolicy } from '../report/decide.js'
import { demandOptions } from '../report/demand-options.js'
import type { Limits } from '../report/limits.js'
import type { PresentationReport, VerificationPolicy, VerificationReport } from '../report/report.js'
import { anyIssuer } from '../report/symbols.js'
import type { Cache } from '../resolve/context.js'
import { MAX_TIMEOUT_MS } from '../resolve/deadline.js'
import { defaultResolvers } from '../resolve/default-resolvers.js'
import type { DocumentLoader } from '../resolve/document-loader.js'
import type { KeyResolver } from '../resolve/key-resolver.js'
import { defaultStatusMethods } from '../status/default-methods.js'
import type { StatusMethod } from '../status/status-method.js'
import type { IssuerRegistry } from '../verify/issuer-registry.js'
import { PER_CALL, type PerCall, type VerifierSettings } from '../verify/settings.js'
import { makeVerifier, type Verifier } from '../verify/verifier.js'
import type { PresentationOptions } from '../verify/verify-presentation.js'
import { lazyLoader, newCache, now, readLimits, stopwatch } from './platform.js'

/** What a verifier may take: Open Badges alone, or any verifiable credential. */
export type Acceptable = 'open-badge' | 'any-credential'
/** The class of what it takes. */
export type Accepted<Accept extends Acceptable> = [Accept] extends ['open-badge']
  ? OpenBadgeCredential
  : VerifiableCredential

/** How much of what was fetched a verifier may keep: keys, contexts, schemas, status lists. What was used longest ago goes first. */
export interface CacheSize {
  /** Bytes of memory, about. 0 keeps nothing. */
  readonly maxBytes: number
}

export interface VerifyOptions<Accept extends Acceptable = 'open-badge'> extends PerCall {
  /** Whom you trust: issuer ids and registries, or `anyIssuer`. */
  readonly trustedIssuers: readonly (string | IssuerRegistry)[] | typeof anyIssuer
  /** Default: not asked. */
  readonly trustedEndorsers?: readonly (string | IssuerRegistry)[] | typeof anyIssuer | undefined
  /** Default `open-badge`. */
  readonly accept?: Accept | undefined
  /** Merged over `strictPolicy`. */
  readonly policy?: Optional<VerificationPolicy> | undefined
  /** Default: all of `badgewright/suites`. */
  readonly suites?: readonly ProofSuite[] | undefined
  /** Default: `defaultResolvers()` of `badgewright/resolvers`. */
  readonly resolvers?: readonly KeyResolver[] | undefined
  /** Default: BitstringStatusListEntry, StatusList2021Entry, 1EdTechRevocationList. */
  readonly statusMethods?: readonly StatusMethod[] | undefined
  /** Default: `createLoader()`. */
  readonly loader?: DocumentLoader | undefined
  /** Memory for what was fetched, or how much of it the verifier may have. Default: 32 MiB of the verifier's own. */
  readonly cache?: Cache | CacheSize | undefined
  readonly limits?: Optional<Limits> | undefined
  /** Tolerance at both ends of every period, in seconds. Default 300. Does not apply to a key's revocation. */
  readonly clockSkewSeconds?: number | undefined
  /**
   * Milliseconds for a whole report: what is fetched, endorsements and credentials inside. Default 30 000. What there was no time for is
   * `<check>.timeout`, which is indeterminate. Looked at between steps; every fetch ends with it.
   */
  readonly timeoutMs?: number | undefined
  /** Ask for a newer version (Open Badges 3.0 section 9.2 step 3). Default true. */
  readonly refresh?: boolean | undefined
}

const cacheSize = shape<CacheSize>({ maxBytes: whole(0) }, { required: ['maxBytes'] })

/** Neither of a cache's own methods: then a size is meant. */
function isSize(cache: unknown): cache is CacheSize {
  return typeof cache === 'object' && cache !== null && !('get' in cache) && !('set' in cache)
}

/** `anything` is judged by a rule of its own, below. */
const VERIFY: Members<VerifyOptions> = {
  ...PER_CALL,
  trustedIssuers: anything,
  trustedEndorsers: anything,
  accept: anything,
  policy: record,
  suites: arrayOf(proofSuite),
  resolvers: arrayOf(having('resolve')),
  statusMethods: arrayOf(having('check')),
  loader: having('load'),
  cache: (value, path) => (isSize(value) ? cacheSize : having('get', 'set'))(value, path),
  limits: record,
  clockSkewSeconds: anything,
  timeoutMs: whole(1, MAX_TIMEOUT_MS),
  refresh: flag,
}

/**
 * A verifier that owns its caches: keys, contexts, status lists, registries. Make one and keep it. `now`, `recipient` and `signal`
 * given here hold for every call that does not name its own.
 *
 * Throws UsageError where an option is missing or wrong.
 */
export function createVerifier<Accept extends Acceptable = 'open-badge'>(
  options: VerifyOptions<Accept>,
): Verifier<Accepted<Accept>> {
  // The settings say the same to what reads credentials.
  return makeVerifier(verifierSettings(options), options) as Verifier<Accepted<Accept>>
}

/**
 * Verifies one credential: bytes or text of JSON, a JWT, a PNG or SVG, or a parsed object. A bad badge is a report, never an error.
 *
 * Throws UsageError where an option is missing or wrong, and DefectError for a bug; rejects with the signal's reason.
 */
export async function verifyCredential<Accept extends Acceptable = 'open-badge'>(
  input: Bytes | string | object,
  options: VerifyOptions<Accept>,
): Promise<VerificationReport<Accepted<Accept>>> {
  return createVerifier(options).verify(input)
}

/** Verifies a presentation and each credential in it. Throws UsageError `usage.missing_option` without a challenge or `noChallenge`. */
export async function verifyPresentation(
  input: Bytes | string | object,
  options: VerifyOptions<Acceptable> & PresentationOptions,
): Promise<PresentationReport> {
  const { PRESENTATION } = await import('../verify/verify-presentation.js')
  demandOptions(options, { ...VERIFY, ...PRESENTATION })
  const perCall = pick(options, { ...PER_CALL, ...PRESENTATION }) as PerCall & PresentationOptions
  return createVerifier(pick(options, VERIFY) as VerifyOptions<Acceptable>).verifyPresentation(input, perCall)
}

function verifierSettings(options: VerifyOptions<Acceptable>): VerifierSettings {
  demandOptions(options, VERIFY)
  const {
    trustedIssuers,
    trustedEndorsers,
    accept = 'open-badge',
    policy,
    clockSkewSeconds = 300,
    timeoutMs = 30_000,
    refresh = true,
  } = options ?? {}
  checkTrust('trustedIssuers', trustedIssuers)
  if (trustedEndorsers !== undefined) checkTrust('trustedEndorsers', trustedEndorsers)
  if (accept !== 'open-badge' && accept !== 'any-credential')
    throw invalidOption('accept', 'is "open-badge" or "any-credential"')
  if (typeof clockSkewSeconds !== 'number' || !(clockSkewSeconds >= 0 && clockSkewSeconds <= 86_400)) {
    throw invalidOption('clockSkewSeconds', 'is a number from 0 to 86400')
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
    cache: isSize(options.cache) ? newCache(options.cache.maxBytes) : (options.cache ?? newCache()),
    limits: readLimits(options.limits),
    clockSkewSeconds,
    refresh,
    clock: now,
    timeoutMs,
    stopwatch,
  }
}

/** Those of the table. */
function pick(options: object, members: object): object {
  return Object.fromEntries(Object.entries(options ?? {}).filter(([name]) => Object.hasOwn(members, name)))
}

function checkTrust(name: string, trust: unknown): void {
  if (trust === anyIssuer) return
  const isList =
    Array.isArray(trust) && trust.every((entry) => typeof entry === 'string' || typeof entry?.lookup === 'function')
  if (!isList)
    throw missingOption(
      name,
      `is ${trust === undefined ? 'missing' : 'wrong'}: list the ids of the issuers you trust (or registries), or say anyIssuer`,
    )
}

const DEMANDS = ['required', 'if-present', 'best-effort', 'report-only']

function readPolicy(policy: Optional<VerificationPolicy> = {}): VerificationPolicy {
  for (const [name, demand] of Object.entries(policy)) {
    if (!Object.hasOwn(strictPolicy, name))
      throw invalidOption(
        'policy',
        `has no "${name}": ${name === 'format' || name === 'key' || name === 'proof' ? 'this check is always required' : `it has ${Object.keys(strictPolicy).join(', ')}`}`,
      )
    const allowed = name === 'keyBinding' ? ['required', 'report-only'] : DEMANDS
    if (demand !== undefined && !allowed.includes(demand))
      throw invalidOption(`policy.${name}`, `is ${allowed.map((value) => `"${value}"`).join(', ')}`)
  }
  return { ...strictPolicy, ...withoutUndefined(policy) }
}
