/**
 * `badgewright/standard-schema`: the classes of the model as validators of Standard Schema v1, for tRPC, Hono, TanStack Form and all
 * that reads `~standard`.
 *
 * @module
 */
export type { AwardBody } from '../standard-schema/award.js'
export type { StandardIssue, StandardResult, StandardValidator } from '../standard-schema/types.js'
export {
  achievementSchema,
  awardSchema,
  credentialSchema,
  endorsementSchema,
  profileSchema,
  stackSchema,
} from '../standard-schema/validators.js'
