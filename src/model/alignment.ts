/**
 * What an achievement, a result or a level stands for in a framework: Open Badges 3.0 appendix B.1, class Alignment.
 *
 * @module
 */
import type { AlignmentTargetType, ReadTerm } from './vocabulary.js'

/** A node of a framework that an achievement, result or rubric level stands for. Open. */
export interface Alignment {
  /** Contains `Alignment`. */
  readonly type: readonly string[]
  readonly targetName: string
  /** What identifies the node. */
  readonly targetUrl: string
  readonly targetCode?: string
  readonly targetDescription?: string
  /** The name of the framework. */
  readonly targetFramework?: string
  readonly targetType?: ReadTerm<AlignmentTargetType>
}
