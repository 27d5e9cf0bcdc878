/**
 * The public functions with their defaults. Creating achievements and credentials. Here, and nowhere below, clock, randomness, network and caches come from
 * the platform.
 *
 * @module
 */

import type { EvaluationInput } from '../issue/create-evaluation.js'
import * as evaluating from '../issue/create-evaluation.js'
import { type Upgrade, upgrade } from '../issue/upgrade-assertion.js'
import * as creating from '../model/create.js'
import type {
  Achievement,
  AchievementInput,
  CredentialInput,
  EndorsementCredential,
  EndorsementInput,
  OpenBadgeCredential,
} from '../model/types.js'
import { now, randomUuid } from './platform.js'

/**
 * An Achievement: what can be earned. `id` defaults to a fresh `urn:uuid:`; every `type` is filled in. Open Badges 3.0 section B.1.1.
 *
 * Throws ParseError `parse.invalid` with each reason and its place.
 */
export function createAchievement(input: AchievementInput): Achievement {
  return creating.createAchievement(input, { randomUuid })
}

/**
 * An Open Badge that is not signed yet: adds `@context` and `type`, where they are not given `id` (a fresh `urn:uuid:`) and
 * `validFrom` (now). Open Badges 3.0 section B.1.2.
 *
 * Throws ParseError `parse.invalid` with each reason and its place.
 */
export function createCredential(input: CredentialInput): OpenBadgeCredential {
  return creating.createCredential(input, { randomUuid, now })
}

/** An endorsement that is not signed yet; see createCredential. Open Badges 3.0 section B.1.11. Throws ParseError. */
export function createEndorsement(input: EndorsementInput): EndorsementCredential {
  return creating.createEndorsement(input, { randomUuid, now })
}

/**
 * The answer of an evaluator who judged a badge anew: an EndorsementCredential of the badge's id, with a Result `Completed` or `Failed` and
 * the levels that were given. To be signed by the evaluator; `readEvaluations` of `badgewright/predictability` reads it.
 *
 * Throws UsageError `usage.invalid_option` where the evaluator is the badge's issuer or recipient, where it is dated before the badge, where
 * a level is none of the achievement's, or where it confirms with a level below the one that the badge states; ParseError as
 * `createEndorsement` does.
 */
export function createEvaluation(input: EvaluationInput): EndorsementCredential {
  return evaluating.createEvaluation(input, { randomUuid, now })
}

/**
 * An Open Badges 2.0 Assertion with its BadgeClass and issuer Profile, as a 3.0 credential that is not signed yet, and what could
 * not be carried over. Fetch the three yourself: nothing is loaded, and nothing of the old badge is verified.
 *
 * Throws UsageError `usage.invalid_assertion`, `usage.revoked_assertion`, and ParseError.
 */
export function upgradeAssertion(assertion: object, badgeClass: object, issuer: object): Upgrade {
  return upgrade({ assertion, badgeClass, issuer }, createCredential)
}
