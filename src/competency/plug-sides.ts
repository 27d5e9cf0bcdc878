/**
 * The two sides of a comparison of badges, and what is said of them.
 *
 * @module
 */
import type { Achievement, OpenBadgeCredential } from '../model/types.js'

/** One thing in which two badges differ. */
export interface PlugDifference {
  readonly aspect:
    | 'competencies'
    | 'level scale'
    | 'level reached'
    | 'required level'
    | 'result'
    | 'evidence'
    | 'assessor'
    | 'validity'
    | 'kind'
  /** What each side has, in words or URLs. */
  readonly a: string
  readonly b: string
  /** Whether, because of it, one may not stand in for the other. */
  readonly blocks: readonly ('a-for-b' | 'b-for-a')[]
  readonly message: string
}

/** A badge, as it is compared. */
export interface Side {
  readonly achievement: Achievement
  readonly credential: OpenBadgeCredential | undefined
  /** What it names: alignments to anything but rubrics, and itself. */
  readonly names: readonly string[]
}

export type Sides = readonly [Side, Side]

/** Which way is blocked, where a side lacks something. */
export function ways(aLacks: boolean, bLacks: boolean): PlugDifference['blocks'] {
  return [...(aLacks ? (['a-for-b'] as const) : []), ...(bLacks ? (['b-for-a'] as const) : [])]
}

export function difference(
  aspect: PlugDifference['aspect'],
  a: string,
  b: string,
  blocks: PlugDifference['blocks'],
  message: string,
): PlugDifference {
  return { aspect, a, b, blocks, message }
}
