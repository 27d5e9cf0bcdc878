/**
 * A track record: how often badges of one issuer, achievement and version were confirmed, by whom, and how that changed.
 *
 * @module
 */
import type { AgreementReport } from './agreement-report.js'
import type { EvaluationFlaw } from './judgements.js'
import type { Interval } from './measure.js'
import type { OutcomeFlaw } from './outcomes.js'

/** What a record is made with. */
export interface TrackRecordOptions {
  /** Two-sided, of every interval. Default 0.95. */
  readonly confidence?: number | undefined
  /** `wilson`: right on average. `clopper-pearson`: at least that confidence, whatever the share is, and wider. Default `wilson`. */
  readonly interval?: 'wilson' | 'clopper-pearson' | undefined
  /** When outcomes of badges were published: evaluations that are dated later do not count. Default: they were not. */
  readonly published?: Date | undefined
  /** Ids of those whose evaluations count. Default: whom the verifier was told to trust (`trustedIssuers`, `trustedEndorsers`). */
  readonly evaluators?: readonly string[] | undefined
}

/** So many of how many badges. `share` and `interval` are absent of none: 0 of 0 is no share. */
export interface ConfirmedShare {
  /** n: badges that at least one evaluation that counts is of. Each badge once, however many judged it. */
  readonly badges: number
  /** Of these: nobody who judged it anew came to another answer. */
  readonly confirmed: number
  readonly share?: number
  /** Where the share lies of all badges like these, if those that were judged were taken by chance. */
  readonly interval?: Interval
}

/** What schools saw of holders at work. Not merged with what evaluators say: nobody signed it, or nobody can look at it again. */
export interface OutcomeShare {
  /** n: badges of which a school reported. Of shared counts as many as they say. */
  readonly badges: number
  /** Holders who could do it, at least: shared counts may leave open how many of a few. */
  readonly heldUpAtLeast: number
  /** ... and at most. */
  readonly heldUpAtMost: number
  /** From the low end for `heldUpAtLeast` to the high end for `heldUpAtMost`. Absent of none. */
  readonly interval?: Interval
  /** How many schools. Of shared counts that pool versions nothing is known of one version: they are not in here. */
  readonly schools: number
}

/** What keeps numbers of a row from meaning what they seem to mean. */
export type TrackRemark =
  /** No badge was judged anew: nothing is known. */
  | 'not_judged'
  /** Fewer than 30 badges were judged anew: read the interval. */
  | 'few_judged'
  /** All of them were confirmed. That does not make it certain of the next. */
  | 'all_confirmed'
  /** One evaluator judged all of them: the record is of that evaluator too. */
  | 'one_evaluator'
  /** Several badges that were judged are of one holder: they say less than as many people would. */
  | 'same_holders'
  /** Evaluators differed on some badges: these count as not confirmed. */
  | 'evaluators_differed'
  /** Some badges that were judged are revoked, suspended or have expired since. They count: else failures could be revoked away. */
  | 'withdrawn_since'
  /** Badges of this version have different rubrics: a change without another version hides itself. */
  | 'rubric_varies'

/** The evaluators beside the levels that badges state. */
export interface StatedLevels {
  /** n: badges that state a level, and an evaluator gave one. */
  readonly badges: number
  /** On average, evaluators gave the same level ... */
  readonly same: number
  /** ... a lower one ... */
  readonly lower: number
  /** ... or a higher one. */
  readonly higher: number
  /** Of `same` among `badges`. Absent of none. */
  readonly interval?: Interval
  /** By how many points of the scale evaluators are above what the badge states; below 0: harder. Absent where levels do not rank. */
  readonly difference?: number
  /** Absent where it cannot be told: one badge, or no variation. */
  readonly differenceInterval?: Interval
}

/** One criterion of the rubric. */
export interface CriterionRecord {
  /** The id of the result description. */
  readonly criterion: string
  readonly name: string
  /** Ids of its levels: lowest first where `isOrdered`. */
  readonly levels: readonly string[]
  /** False where nothing that was signed says which level is higher: then levels are compared as names. */
  readonly isOrdered: boolean
  /** The evaluators among themselves, and who of them rates harder. `no_pairs` among its remarks: no badge was rated by two. */
  readonly agreement: AgreementReport
  readonly stated: StatedLevels
}

/** All that is known of badges of one issuer, achievement and version. */
export interface TrackRow {
  readonly issuer: string
  /** The id of the achievement. */
  readonly achievement: string
  /** Absent where badges state none: all of these are one row. */
  readonly version?: string
  readonly name: string
  /** How many badges there are among those that were given. */
  readonly awards: number
  /** When the first and the last was awarded: RFC 3339. */
  readonly from?: string
  readonly until?: string
  readonly confirmed: ConfirmedShare
  /** Evaluations that count, and by how many evaluators. */
  readonly evaluations: number
  readonly evaluators: number
  /** People among those whose badges were judged, by the id of the recipient; each badge without one is of somebody else. */
  readonly holders: number
  /** Badges on which evaluators differed. */
  readonly differed: number
  readonly atWork: OutcomeShare
  /** Criteria on which evaluators gave levels, in the order of their ids. */
  readonly criteria: readonly CriterionRecord[]
  readonly remarks: readonly TrackRemark[]
}

/** A version beside the one before it. */
export interface VersionDrift {
  readonly issuer: string
  readonly achievement: string
  readonly from: { readonly version?: string; readonly badges: number; readonly confirmed: number }
  readonly to: { readonly version?: string; readonly badges: number; readonly confirmed: number }
  /** The share of `to` that was confirmed, minus that of `from`. */
  readonly difference: number
  /** Of the difference: Newcombe 1998, method 10. */
  readonly interval: Interval
  /** Fisher's exact test, two-sided: how likely such a difference is if nothing changed. */
  readonly p: number
  /** The same for as many comparisons as this record makes (Holm 1979): one of twenty shows something by chance. */
  readonly adjusted: number
  /** By `adjusted` below 1 - confidence. `nothing`: no change was shown, which is not that nothing changed. */
  readonly shows: 'better' | 'worse' | 'nothing'
}

/** One evaluator, over all badges. */
export interface EvaluatorRecord {
  readonly evaluator: string
  readonly confirmed: ConfirmedShare
  /** Badges that somebody else judged too. */
  readonly shared: number
  /**
   * By how much the share that this one confirms is above that of the others, on the same badges; below 0: harder. Absent where nobody else
   * judged one of them: then it cannot be told.
   */
  readonly difference?: number
  /** Absent where it cannot be told: one badge, or no variation. */
  readonly interval?: Interval
}

/** A track record. Plain JSON; `explainTrackRecord` says it in words, and `assessStack` takes it. */
export interface TrackRecord {
  readonly type: 'TrackRecord'
  readonly confidence: number
  readonly method: 'wilson' | 'clopper-pearson'
  /** By issuer, achievement, and the first award of a version. */
  readonly rows: readonly TrackRow[]
  /** Each version with a badge that was judged, beside the one before it. */
  readonly drifts: readonly VersionDrift[]
  /** Those with an evaluation that counts, by id; none where there are more than 1000. */
  readonly evaluators: readonly EvaluatorRecord[]
  /** What does not count, by why: one evaluation may have several reasons. */
  readonly setAside: {
    readonly evaluations: Readonly<Partial<Record<EvaluationFlaw, number>>>
    readonly outcomes: Readonly<Partial<Record<OutcomeFlaw, number>>>
  }
}
