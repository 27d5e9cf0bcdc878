/**
 * The nodes of a CTDL-ASN document, and what is said of it when it is read and written.
 *
 * @module
 */
import type { JsonObject } from '../internal/types.js'

export interface CtdlNode {
  readonly id: string
  readonly value: JsonObject
}

/** The nodes of a graph that have to do with rubrics. */
export interface RubricNodes {
  readonly criteria: readonly CtdlNode[]
  readonly levels: readonly CtdlNode[]
  /** The columns of a rubric as a table: the names of levels that have none. */
  readonly columns: readonly CtdlNode[]
}

/** A document's nodes, by what they are. */
export interface CtdlGraph extends RubricNodes {
  readonly rubrics: readonly CtdlNode[]
  readonly frameworks: readonly CtdlNode[]
  readonly competencies: readonly CtdlNode[]
}

/** What a CTDL-ASN document leaves open. */
export interface CtdlFinding {
  readonly code:
    | 'ctdl.framework_missing'
    | 'ctdl.child_missing'
    | 'ctdl.relative_id'
    | 'ctdl.unknown_member'
    /** A rubric's criterion that is about no competency, about one of another document, or about one that has a criterion already. */
    | 'ctdl.criterion_without_competency'
    | 'ctdl.criterion_elsewhere'
    | 'ctdl.several_rubrics'
    /** Levels that nothing outside of the document can name. */
    | 'ctdl.blank_level'
    | 'ctdl.level_order_unknown'
  readonly severity: 'error' | 'warning'
  readonly item: string
  readonly message: string
  /** How many of its code it stands for: beyond 20 they are one. Absent: it is one by itself. */
  readonly count?: number
}

/** What CTDL-ASN could not say. */
export interface CtdlLoss {
  readonly item: string
  /** `levelOrder`: which of its levels is the higher one, where no points say it. */
  readonly what: 'levelOrder' | 'version'
  readonly message: string
}
