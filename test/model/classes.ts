/** The classes of Open Badges 3.0 by the names that 1EdTech's schemas give them, and a reading of any of them. @module */
import * as z from 'zod/mini'
import type { ParseIssue } from '../../src/errors.js'
import type { Json } from '../../src/internal/types.js'
import { issuesOf } from '../../src/model/issues.js'
import { type Read, readerOf } from '../../src/model/reader.js'
import * as achievement from '../../src/model/schemas/achievement.js'
import * as credential from '../../src/model/schemas/credential.js'
import { evidence } from '../../src/model/schemas/evidence.js'
import * as identity from '../../src/model/schemas/identity.js'
import * as profile from '../../src/model/schemas/profile.js'
import { proof } from '../../src/model/schemas/proof.js'
import * as result from '../../src/model/schemas/result.js'
import { type Remark, Walk } from '../../src/model/walk.js'

export const CLASSES: Readonly<Record<string, z.core.$ZodType>> = {
  AchievementCredential: achievement.openBadgeCredential,
  EndorsementCredential: profile.endorsementCredential,
  Achievement: achievement.achievement,
  AchievementSubject: achievement.achievementSubject,
  Address: profile.address,
  Alignment: result.alignment,
  CredentialSchema: credential.credentialSchema,
  CredentialStatus: credential.credentialStatus,
  Criteria: achievement.criteria,
  EndorsementSubject: profile.endorsementSubject,
  Evidence: evidence,
  GeoCoordinates: profile.geoCoordinates,
  IdentifierEntry: identity.identifierEntry,
  IdentityObject: identity.identityObject,
  Image: profile.image,
  Profile: profile.profile,
  Proof: proof,
  RefreshService: credential.refreshServiceAt,
  Related: achievement.related,
  Result: result.result,
  ResultDescription: result.resultDescription,
  RubricCriterionLevel: result.rubricCriterionLevel,
  TermsOfUse: credential.termsOfUse,
}

export interface ClassReading {
  readonly value: Json
  readonly remarks: readonly Remark[]
  readonly issues: readonly ParseIssue[]
  /** What the fast pass said: true only where zod accepts. */
  readonly clean: boolean
}

const readers = new Map<z.core.$ZodType, Read>()

/** As readModel does, with zod asked every time. */
export function readClass(schema: z.core.$ZodType, document: Json): ClassReading {
  const read = readers.get(schema) ?? readerOf(schema)
  readers.set(schema, read)
  const walk = new Walk()
  const value = read(document, walk)
  const { error } = z.safeParse(schema as z.ZodMiniType, value)
  return { value, remarks: walk.remarks, clean: walk.clean, issues: error ? issuesOf(error.issues, value, walk) : [] }
}
