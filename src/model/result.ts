/**
 * What can be achieved and what was: Open Badges 3.0 appendix B.1, classes ResultDescription, RubricCriterionLevel, Result.
 *
 * @module
 */
import type { Alignment } from './alignment.js'
import type { ReadTerm, ResultStatus, ResultType } from './vocabulary.js'

/** One result an achievement may have, with its scale. Open. */
export interface ResultDescription {
  /** Absolute URI; a `Result` names it. */
  readonly id: string
  /** Contains `ResultDescription`. */
  readonly type: readonly string[]
  readonly name: string
  readonly resultType: ReadTerm<ResultType>
  readonly alignment?: readonly Alignment[]
  /** From low to high, where the order was signed: see `signedOrder` of a report. */
  readonly allowedValue?: readonly string[]
  /** The id of the lowest level of `rubricCriterionLevel` that passes. */
  readonly requiredLevel?: string
  /** The lowest value that passes. */
  readonly requiredValue?: string
  /** From low to high, where the order was signed; otherwise only `level` and `points` of the levels tell which is higher. */
  readonly rubricCriterionLevel?: readonly RubricCriterionLevel[]
  readonly valueMax?: string
  readonly valueMin?: string
}

/** One level of a rubric. Open. */
export interface RubricCriterionLevel {
  /** Absolute URI; `Result.achievedLevel` names it. */
  readonly id: string
  /** Contains `RubricCriterionLevel`. */
  readonly type: readonly string[]
  readonly name: string
  readonly alignment?: readonly Alignment[]
  readonly description?: string
  /** Its rank in words of the rubric, e.g. `3`. */
  readonly level?: string
  readonly points?: string
}

/** What the recipient reached. Open. */
export interface Result {
  /** Contains `Result`. */
  readonly type: readonly string[]
  /** The id of a `RubricCriterionLevel` of its description. */
  readonly achievedLevel?: string
  readonly alignment?: readonly Alignment[]
  /** The id of a `ResultDescription` of the same achievement. */
  readonly resultDescription?: string
  /** Where the description's `resultType` is `Status`. */
  readonly status?: ResultStatus
  readonly value?: string
}
