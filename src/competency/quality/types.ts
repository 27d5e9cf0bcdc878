/**
 * Quality profiles: what somebody asks of a micro-credential, as data. Who asks it and when it was read stands beside each check, and the answer is
 * how far a badge is ready for it, never a certificate.
 *
 * @module
 */
import type { JsonObject } from '../../internal/types.js'
import type { Achievement, OpenBadgeCredential } from '../../model/types.js'

/** How much it matters. Only what is required decides whether a badge is ready. */
export type QualityWeight = 'required' | 'recommended' | 'if-available'

/** A text that asks for it. */
export interface QualitySource {
  readonly title: string
  readonly url?: string
  /** The day on which whoever wrote the profile read it: `YYYY-MM-DD`. A profile is named after no text that was not read. */
  readonly read: string
}

/** One row of a profile. */
export interface QualityProfileCheck {
  /** The id of a check: one of this library's (`lintQualityProfile` knows them), or one of the caller's own. */
  readonly check: string
  readonly weight: QualityWeight
  /** A name in `sources`. */
  readonly source: string
  /** Where in that text: `Annex I, element 7`. */
  readonly section?: string
  /** What is asked, in the words of the source. Default: the check's own. */
  readonly asks?: string
  /** What the check takes, such as `{ "atLeast": 2 }`. */
  readonly settings?: JsonObject
}

/** What somebody asks of a micro-credential. Its JSON form is `schemas/quality-profile.json`. */
export interface QualityProfile {
  /** A short name. */
  readonly id: string
  readonly title: string
  readonly version?: string
  readonly description?: string
  readonly sources: Readonly<Record<string, QualitySource>>
  readonly checks: readonly QualityProfileCheck[]
}

/**
 * - `met`, `not-met`: it is asked of a field, and the field says so or does not.
 * - `cannot-be-said`: Open Badges have no field for it, and the badge does not use the extension context; or the field says half of it. No fault of the badge.
 * - `not-judged`: what was given does not tell. An achievement says nothing of evidence: give the badge.
 * - `does-not-apply`: there is nothing that it is asked of, such as results where there are none.
 */
export type QualityStatus = 'met' | 'not-met' | 'cannot-be-said' | 'not-judged' | 'does-not-apply'

/** A place in what was given, and what stands there, or does not. */
export interface QualityPlace {
  /** RFC 6901. */
  readonly pointer: string
  readonly says: string
}

/** What a check found. */
export interface QualityAnswer {
  readonly status: QualityStatus
  /** Where it looked. */
  readonly places: readonly QualityPlace[]
}

/** What a check is given. */
export interface QualitySubject {
  readonly achievement: Achievement
  /** Undefined where an achievement alone was given. */
  readonly credential: OpenBadgeCredential | undefined
  /** The pointer of the achievement: empty, or `/credentialSubject/achievement`. */
  readonly base: string
  readonly options: CheckQualityOptions
}

/** A check: one question to a badge. Bring your own by `checks` of `checkQuality`. */
export interface QualityCheck {
  /** The question, for people: "Does it say how much work it is?" */
  readonly asks: string
  /** What would mend it. */
  readonly mend: string
  /**
   * What is wrong with the `settings` of a profile, where `path` says how they are called; undefined where nothing is. Absent: there are none. `says`
   * completes the sentence `"settings.atLeast" ...`.
   */
  settings?(value: unknown, path: string): { readonly path: string; readonly says: string } | undefined
  /** Pure: the same answer for the same badge. What it throws is a bug. */
  judge(subject: QualitySubject, settings: JsonObject): QualityAnswer
}

/** What `checkQuality` takes besides a badge and a profile. */
export interface CheckQualityOptions {
  /** Checks of your own, by the id that the profile names. */
  readonly checks?: Readonly<Record<string, QualityCheck>> | undefined
  /** The day of judgement, for what has to be recent. Without it that is `not-judged`. */
  readonly now?: Date | undefined
  /** What the recipient is called, to look for in the evidence. Default: what the badge says. */
  readonly recipientNames?: readonly string[] | undefined
}

/** One row of a profile, answered. */
export interface QualityResult extends QualityAnswer {
  readonly check: string
  readonly asks: string
  readonly weight: QualityWeight
  /** What would mend it. Absent where there is nothing to mend. */
  readonly mend?: string
  readonly source: QualitySource & { readonly section?: string }
}

/**
 * How far a badge is ready for a profile. `ready`: all that is required is met. `incomplete`: something required is not. `undetermined`: nothing
 * required is missing, and some of it cannot be said or was not judged. Nobody is certified by it.
 */
export interface QualityReport {
  /** The profile's id, with `@` and its version where it has one. */
  readonly profile: string
  readonly readiness: 'ready' | 'incomplete' | 'undetermined'
  readonly summary: string
  /** In the order of the profile. */
  readonly results: readonly QualityResult[]
}

/** What is odd about a profile, and where. */
export interface QualityProfileFinding {
  readonly code: /** Nobody has a check by this id. */
    | 'profile.unknown_check'
    /** The check does not take these settings. */
    | 'profile.settings'
    /** The same check with the same settings again. */
    | 'profile.twice'
    /** No row names the source. */
    | 'profile.unused_source'
    /** Nothing is required: every badge is ready. */
    | 'profile.nothing_required'
    /** People cannot look it up. */
    | 'profile.source_without_url'
  /** With an error `checkQuality` refuses the profile. */
  readonly severity: 'error' | 'warning'
  /** RFC 6901, into the profile. */
  readonly pointer: string
  readonly message: string
}
