/**
 * What crosswalks come to: steps from one competency to another, and what is wrong with the statements.
 *
 * @module
 */
import type { ContextOfUse } from '../model/extension-context.js'

/** Something in crosswalks that contradicts itself or leads nowhere. */
export interface CrosswalkFinding {
  readonly code: /**
   * Exact and something else at once, or broader and narrower at once (SKOS S46, S27). As an error, said of one pair: nothing is
   * certain by either statement. As a warning, only by a chain of others.
   */
    | 'crosswalk.conflict'
    /** Two competencies of one framework are the same by a chain of exact matches. */
    | 'crosswalk.merges_framework'
    /** One level is matched to two, the order of the levels is turned round, or a circle of statements makes one level another. */
    | 'crosswalk.levels_conflict'
    | 'crosswalk.unknown_level'
    | 'crosswalk.unknown_competency'
    | 'crosswalk.self_match'
  readonly severity: 'error' | 'warning'
  readonly from: string
  readonly to: string
  /** Who states it. */
  readonly sources: readonly string[]
  readonly message: string
}

/** One statement, read from one of its ends: what whoever has `from` has of `to`. */
export interface Step {
  /** As it is written. */
  readonly from: string
  readonly to: string
  /** `narrower`: `from` is narrower than `to`. */
  readonly relation: 'exact' | 'narrower'
  readonly source: string
  /** Levels of `to` to those of `from` that amount to them, by canonical form. Absent where nothing certain is said of levels. */
  readonly levels?: ReadonlyMap<string, readonly string[]>
  /** Where it holds; absent: everywhere. */
  readonly context?: ContextOfUse
  /** It contradicts another statement: nothing is certain by it. */
  readonly disputed: boolean
}
