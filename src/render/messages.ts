/**
 * Every text of ours, in one table: who gives another one has the page in another language. Words in braces, such as `{date}`, are
 * filled in.
 *
 * @module
 */
import type { PathCode, ReasonCode, ReasonWord, RemedyCode } from '../competency/reasons.js'
import type { CheckStatus } from '../report/check.js'
import type { FindingCode } from '../report/findings.js'
import type { CheckId } from '../report/report.js'

/**
 * How a report looks. `verified`: valid, from an issuer the verifier was told to trust. `signed`: valid, and nobody asked whether the issuer can be
 * trusted. `reserved`: valid only because the policy overlooks something that failed or could not be checked.
 */
export type Look = 'verified' | 'signed' | 'reserved' | 'invalid' | 'indeterminate'

/** What a genuine badge may have against it, which is written across its picture. */
export type Lapse = Extract<
  FindingCode,
  'validity.expired' | 'validity.not_yet' | 'status.revoked' | 'status.suspended'
>

/** Every text of ours, to be given in another language. `{0}` and so on stand for what is filled in. */
export interface RenderMessages {
  /** BCP 47: the language of this table. */
  readonly language: string
  readonly direction: 'ltr' | 'rtl'

  /** The verdict, large. */
  readonly verdict: Readonly<Record<Look, string>>
  /** What it means, below. */
  readonly meaning: Readonly<Record<Look, string>>
  /** `{date}` */
  readonly checkedAt: string
  readonly checks: Readonly<Record<CheckId, string>>
  readonly statuses: Readonly<Record<CheckStatus | 'notAsked' | 'note', string>>
  /** One sentence for each finding; null where there is nothing to tell. `validity.expired` and `validity.not_yet` may have `{date}`. */
  readonly findings: Readonly<Record<FindingCode, string | null>>
  /** `validity.expired` and `validity.not_yet` where the date is known: `{date}`. */
  readonly expiredOn: string
  readonly notBefore: string
  /** Why it is so, before the sentences. */
  readonly reasons: string
  /** Remarks, after them. */
  readonly remarks: string
  readonly allChecks: string

  /** A badge without a name. */
  readonly noName: string
  /** A badge about which nothing is proven has no title but this. */
  readonly unprovenName: string
  /** `{issuer}` */
  readonly issuedBy: string
  /** Where nothing confirms who it is: `{issuer}` */
  readonly saysIssuedBy: string
  /** Above what a badge says whose signature verified, but which does not count (any more). */
  readonly whatItSaid: string
  /** Above what a file says about which nothing is proven. */
  readonly unprovenClaims: string
  readonly unprovenWarning: string
  readonly nothingReadable: string
  readonly imageOf: string
  /** Across the picture of a badge that does not count any more, or yet: a word or two. */
  readonly stamps: Readonly<Record<Lapse, string>>

  readonly recipient: string
  /** Before the name of the credential, where it is another than that of what was achieved. */
  readonly credentialName: string
  readonly recipientMatched: string
  readonly recipientHashed: string
  readonly recipientAbsent: string
  readonly awarded: string
  readonly validFrom: string
  readonly validUntil: string
  readonly noEnd: string
  readonly notStated: string
  readonly achievementType: string
  readonly credits: string
  readonly activity: string
  /** `{from}`, `{to}` */
  readonly period: string
  readonly role: string
  readonly term: string
  readonly licence: string
  readonly field: string
  readonly tags: string
  readonly creator: string
  readonly identifier: string
  /** Words for the terms of Open Badges; what is not here is shown as it is. */
  readonly terms: Readonly<Record<string, string>>

  readonly description: string
  readonly criteria: string
  readonly criteriaAt: string
  readonly narrative: string
  readonly results: string
  readonly reached: string
  readonly required: string
  readonly passed: string
  readonly notPassed: string
  /** Below a scale of which nobody can tell what is high and what is low. */
  readonly orderNotSigned: string
  /** `{value}` */
  readonly atLeast: string
  /** `{from}`, `{to}` */
  readonly scale: string
  readonly unknownLevel: string
  readonly alignments: string
  readonly evidence: string
  readonly noEvidence: string
  readonly endorsements: string
  /** `{issuer}` */
  readonly endorsedBy: string
  readonly endorsementFailed: string
  readonly endorsementOpen: string
  readonly endorserUnknown: string
  readonly contained: string
  readonly newerShown: string

  readonly showAll: string
  /** `{count}` characters in all. */
  readonly cut: string
  /** `{count}` */
  readonly andMore: string

  readonly certificate: {
    readonly title: string
    /** Before the name of the recipient. */
    readonly awardedTo: string
    /** Before the name of the achievement. */
    readonly achieved: string
    /** `{date}` */
    readonly on: string
    readonly until: string
    readonly scan: string
    readonly paperProvesNothing: string
    readonly refused: string
    readonly qrLabel: string
  }

  readonly assessment: {
    /** `{stack}` */
    readonly title: string
    readonly verdict: Readonly<Record<'met' | 'not-met' | 'uncertain', string>>
    readonly outcome: Readonly<Record<'met' | 'not-met' | 'uncertain', string>>
    /** `{date}` */
    readonly until: string
    readonly requirements: string
    readonly by: string
    /** `{badge}`, `{issuer}` */
    readonly badgeOf: string
    readonly asked: string
    readonly reached: string
    readonly anyLevel: string
    readonly noLevel: string
    readonly nobody: string
    readonly gaps: string
    readonly noGaps: string
    /** Above the competencies of which one badge would close the gap. */
    readonly suggestions: string
    /** `{count}` */
    readonly allOf: string
    /** `{count}`, `{of}` */
    readonly someOf: string
    /** `{met}`, `{of}`, `{asked}` */
    readonly partsMet: string
    /**
     * One sentence for each reason: `{0}` is the credential or the competency it is about. What else may stand in one: `{level}`, `{issuers}`,
     * `{endorsers}`, `{months}` and `{share}` (per cent), which are asked; `{reached}`, `{issuer}`, `{awarded}`, `{until}`, `{from}`, and
     * `{confirmed}` of `{judged}` (the track record), which are there; of a context its `{dimension}`, what is `{stated}` and what is `{wanted}`.
     */
    readonly reasons: Readonly<Record<Exclude<ReasonCode, 'parts.met'>, string>>
    /** How a badge about something else counts: `{from}`, `{to}`, and `{source}`, who says so. */
    readonly paths: Readonly<Record<PathCode, string>>
    /** What would close a gap: `{0}`, a badge; `{badges}`, competencies; `{level}` and `{issuers}`, which are asked. */
    readonly remedies: Readonly<Record<RemedyCode, string>>
    /** What stands in a gap of those sentences: names in quotes (`{0}`), ends (`{day}`, `{time}`), and what nobody said. */
    readonly words: Readonly<Record<ReasonWord, string>>
    /** A credential that did not verify: `{0}`, `{code}`. */
    readonly notVerified: string
    /** A reason that has no sentence: `{0}`, `{code}`. */
    readonly otherReason: string
  }
}
