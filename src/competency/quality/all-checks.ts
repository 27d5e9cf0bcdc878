/**
 * All checks of this library, by id: an id names what is wrong where the check is not met.
 *
 * @module
 */
import { PREDICTABLE_CHECKS } from './predictable-checks.js'
import { RULE_CHECKS } from './rule-checks.js'
import { SPECIFIABLE_CHECKS } from './specifiable-checks.js'
import type { QualityCheck } from './types.js'
import { VERIFIABLE_CHECKS } from './verifiable-checks.js'

export const ALL_CHECKS: ReadonlyMap<string, QualityCheck> = new Map(
  Object.entries({ ...RULE_CHECKS, ...SPECIFIABLE_CHECKS, ...VERIFIABLE_CHECKS, ...PREDICTABLE_CHECKS }),
)
