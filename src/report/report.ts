/**
 * What a verification answers. Plain JSON: the same input, options and fetched bytes give the same report byte for byte.
 *
 * @module
 */
import type {
  EndorsementCredential,
  OpenBadgeCredential,
  SecuredCredential,
  VerifiableCredential,
} from '../model/types.js'
import type { Check } from './check.js'
import type { FindingCode } from './findings.js'

/** `indeterminate`: nothing is wrong that could be seen, but something that must be known is not. */
export type Outcome = 'valid' | 'invalid' | 'indeterminate'

/** The ten checks of a credential, in the order of the report. */
export type CheckId =
  | 'format'
  | 'schema'
  | 'key'
  | 'proof'
  | 'refresh'
  | 'validity'
  | 'status'
  | 'issuer'
  | 'recipient'
  | 'endorsements'

/** All ten, always. */
export type Checks = { readonly [Id in CheckId]: Check<Id> }

/**
 * How much a check decides. `required`: must be valid. `if-present`: valid, or nothing to check. `best-effort`: also
 * tolerates indeterminate. `report-only`: never decides. What does not follow the data model is never `valid` all the same, for there is
 * no `credential` to give: then the outcome is indeterminate, and `because` names what is wrong with it.
 */
export type Demand = 'required' | 'if-present' | 'best-effort' | 'report-only'

/** What decides the outcome. `format`, `key` and `proof` are always required. */
export type VerificationPolicy = { readonly [Id in Exclude<CheckId, 'format' | 'key' | 'proof'>]: Demand } & {
  /**
   * Must the proof's key belong to the issuer (of a presentation: the holder)? `report-only` makes another controller
   * the note `key.other_controller`, for whoever checks the proof alone; then the issuer can never be trusted.
   */
  readonly keyBinding: 'required' | 'report-only'
}

interface ReportBase<C extends VerifiableCredential> {
  readonly checks: Checks
  readonly policy: VerificationPolicy
  /** The time it was judged at: RFC 3339, UTC. */
  readonly at: string
  /** The name that was given to the input, e.g. its file. */
  readonly name?: string
  /**
   * The arrays of the credential whose order was signed. `all`: the JSON was signed, as JWTs and the `jcs` cryptosuites do. Otherwise the
   * members that a context makes lists (JSON-LD 1.1 section 4.3.1), such as `allowedValue`: any other array may have been put into another
   * order by whoever held the badge. Absent where no proof verified.
   */
  readonly signedOrder?: 'all' | readonly string[]
  /** Each endorsement of the credential, its achievement and its issuer, verified. */
  readonly endorsements?: readonly VerificationReport<EndorsementCredential>[]
  /** The credentials inside a ClrCredential. */
  readonly nested?: readonly VerificationReport[]
  /** The newer version its refresh service gave; then the outcome is this one's. Open Badges 3.0 section 9.2 step 3. */
  readonly refreshed?: VerificationReport<C>
}

/** Only here `credential` exists. */
export interface ValidReport<C extends VerifiableCredential = OpenBadgeCredential> extends ReportBase<C> {
  readonly outcome: 'valid'
  /**
   * The normalized view of what the proof secures. Of a proof of the graph: without members that no statement carries, and what only a
   * context from elsewhere names goes by its IRI. Objects with one id are one node (RDF 1.1 Concepts section 3.1): each shows what any of them
   * says, as far as it belongs to its class. Two texts in the place of one are "A / B", and two objects an array; none of them is chosen.
   * What endorsements and credentials inside say is shown as they say it: whether it was signed is for their own reports.
   */
  readonly credential: C
  /** False where the caller said `anyIssuer`. */
  readonly issuerTrusted: boolean
  /** The exact signed form, to store or present. */
  readonly secured: SecuredCredential<C>
}

/** What is not valid, or cannot be said to be: why, and what there is to show. */
export interface FailedReport<C extends VerifiableCredential = OpenBadgeCredential> extends ReportBase<C> {
  readonly outcome: 'invalid' | 'indeterminate'
  /** The codes that decided it, in the order of the checks. */
  readonly because: readonly [FindingCode, ...FindingCode[]]
  /** Absent where nothing could be read, or nothing is signed. */
  readonly secured?: SecuredCredential<C>
  /** To show an expired or revoked badge; named so that nobody mistakes it. */
  readonly unverified?: C
}

/** What verifying one credential found. Plain JSON; tell the outcomes apart by `outcome`. */
export type VerificationReport<C extends VerifiableCredential = OpenBadgeCredential> = ValidReport<C> | FailedReport<C>

/** The checks of a presentation, without those of its credentials. */
export type PresentationChecks = { readonly [Id in 'format' | 'schema' | 'key' | 'proof' | 'holder']: Check<Id> }

/** Invalid (indeterminate) also where one of its credentials is; `because` then holds that credential's codes. */
export type PresentationReport =
  | {
      readonly outcome: 'valid'
      readonly holder?: string
      readonly checks: PresentationChecks
      readonly credentials: readonly VerificationReport[]
      readonly at: string
    }
  | {
      readonly outcome: 'invalid' | 'indeterminate'
      readonly because: readonly FindingCode[]
      readonly checks: PresentationChecks
      readonly credentials: readonly VerificationReport[]
      readonly at: string
    }
