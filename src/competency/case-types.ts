/**
 * A CASE CFPackage as it is exchanged: the classes of 1EdTech CASE 1.0 and 1.1. Members that the standard does not know are kept
 * as they were, and read with a type of your own.
 *
 * @module
 */
import type { JsonObject } from '../internal/types.js'

/** The versions of CASE that are read and written. */
export type CaseVersion = '1.0' | '1.1'

/**
 * LinkURI and LinkGenURI: `identifier` is a UUID, but in associations to nodes outside of CASE. The standard demands all three; servers leave
 * out one or another.
 */
export interface CaseLink {
  readonly title?: string
  readonly identifier?: string
  readonly uri?: string
  /** CASE 1.1, associations only: `CASE` or `ext:...`. */
  readonly targetType?: string
}

interface CaseNode {
  /** UUID. */
  readonly identifier: string
  readonly uri: string
  readonly lastChangeDateTime: string
  /** CASE 1.1. */
  readonly extensions?: JsonObject
}

/** Something in the package that contradicts itself, leads nowhere, or cannot be said in a framework. */
export interface CaseFinding {
  /** `case.*`, or a code of `checkFramework`. */
  readonly code: `case.${string}` | `framework.${string}`
  readonly severity: 'error' | 'warning'
  /** RFC 6901, into the package; empty where the finding is about the framework as a whole. */
  readonly pointer: string
  /** Names the item. */
  readonly message: string
  /** How many of its code it stands for: beyond 20 they are one. Absent: it is one by itself. */
  readonly count?: number
}

/** CFDocument: the framework itself. */
export interface CaseDocument extends CaseNode {
  readonly creator: string
  readonly title: string
  readonly caseVersion?: string
  readonly version?: string
  readonly language?: string
  readonly description?: string
  readonly publisher?: string
  readonly adoptionStatus?: string
  readonly officialSourceURL?: string
  readonly licenseURI?: CaseLink
}

/** CFItem: one competency, or a group of them. */
export interface CaseItem extends CaseNode {
  readonly fullStatement: string
  readonly abbreviatedStatement?: string
  readonly alternativeLabel?: string
  /** For people: `CCSS.Math.Content.6.RP.A`. */
  readonly humanCodingScheme?: string
  readonly listEnumeration?: string
  readonly CFItemType?: string
  readonly CFItemTypeURI?: CaseLink
  readonly educationLevel?: readonly string[]
  /** Since 1.1. */
  readonly subject?: readonly string[]
  readonly language?: string
  /** `YYYY-MM-DD`: since when it is in use. */
  readonly statusStartDate?: string
  /** `YYYY-MM-DD`: until when. */
  readonly statusEndDate?: string
  readonly notes?: string
}

/** CFAssociation: how one item stands to another. */
export interface CaseAssociation extends CaseNode {
  /** A term of the standard or, since CASE 1.1, `ext:...`. */
  readonly associationType: string
  readonly originNodeURI: CaseLink
  readonly destinationNodeURI: CaseLink
  readonly sequenceNumber?: number
  readonly notes?: string
}

/** CFRubric: what levels there are, by criteria. */
export interface CaseRubric extends CaseNode {
  readonly title?: string
  readonly description?: string
  readonly CFRubricCriteria?: readonly CaseRubricCriterion[]
}

/** CFRubricCriterion: the levels of one item. */
export interface CaseRubricCriterion extends CaseNode {
  readonly category?: string
  readonly description?: string
  /** The item whose levels these are. */
  readonly CFItemURI?: CaseLink
  readonly weight?: number
  readonly position?: number
  readonly rubricId?: string
  readonly CFRubricCriterionLevels?: readonly CaseRubricCriterionLevel[]
}

/** CFRubricCriterionLevel: one level. The standard demands `identifier` and `uri`; one without them is not read. */
export interface CaseRubricCriterionLevel {
  readonly identifier?: string
  readonly uri?: string
  readonly lastChangeDateTime?: string
  readonly quality?: string
  readonly description?: string
  readonly score?: number
  readonly feedback?: string
  readonly position?: number
  readonly rubricCriterionId?: string
  readonly extensions?: readonly JsonObject[]
}

/** CFPackage: a framework with everything in it, as CASE servers give it. */
export interface CasePackage {
  readonly CFDocument: CaseDocument
  readonly CFItems?: readonly CaseItem[]
  readonly CFAssociations?: readonly CaseAssociation[]
  readonly CFDefinitions?: JsonObject
  readonly CFRubrics?: readonly CaseRubric[]
  /** CASE 1.1. */
  readonly extensions?: JsonObject
}
