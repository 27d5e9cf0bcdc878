/**
 * The classes of the model as validators of Standard Schema v1.
 *
 * @module
 */
import { parseStack } from '../competency/stack.js'
import type { CompetencyStack } from '../competency/types.js'
import type { Award } from '../issue/award.js'
import { invalid, parseCredential, parseEndorsement, parseProfile, plain } from '../model/parse.js'
import { readModel } from '../model/read.js'
import type { Achievement, EndorsementCredential, OpenBadgeCredential, Profile } from '../model/types.js'
import { type AwardBody, readAward } from './award.js'
import type { StandardValidator } from './types.js'
import { validatorOf } from './validator.js'

/** An Open Badge, as `parseCredential` reads it: its form, and nothing of whether it is genuine. That is `verifyCredential`'s. */
export const credentialSchema: StandardValidator<OpenBadgeCredential> = /* @__PURE__ */ validatorOf(parseCredential)

/** An Achievement with all its types, as it stands in a badge. */
export const achievementSchema: StandardValidator<Achievement> = /* @__PURE__ */ validatorOf((value) => {
  const reading = readModel(plain(value, 'achievement'), 'achievement')
  if (!reading.ok) throw invalid('achievement', reading.issues)
  return reading.value
})

/** An endorsement, as `parseEndorsement` reads it. */
export const endorsementSchema: StandardValidator<EndorsementCredential> = /* @__PURE__ */ validatorOf(parseEndorsement)

/** A profile, as `parseProfile` reads it. */
export const profileSchema: StandardValidator<Profile> = /* @__PURE__ */ validatorOf(parseProfile)

/** A competency stack, as `parseStack` of `badgewright/competency` reads it. */
export const stackSchema: StandardValidator<CompetencyStack> = /* @__PURE__ */ validatorOf(parseStack)

/** An award as a client sends it, and as `issuer.issue` takes it: dates are Dates. `by` is refused: the server adds it. */
export const awardSchema: StandardValidator<AwardBody, Award> = /* @__PURE__ */ validatorOf(readAward)
