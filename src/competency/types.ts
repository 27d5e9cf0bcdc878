/**
 * Competencies as the interface between issuers and schools: frameworks, what a role needs of them, and how the answer looks.
 * The types; assessing stands in later versions.
 *
 * @module
 */
/** One competency of a framework. CASE: a CFItem; CTDL-ASN: a ceasn:Competency. */
export interface Competency {
  /** The URI that alignments name as `targetUrl`. */
  readonly id: string
  readonly name: string
  readonly statement?: string
  /** For people, such as "MTH.3.4". */
  readonly code?: string
  /** In order, lowest first. */
  readonly levels?: readonly RubricLevel[]
  /** Ids of the competencies a set is made of. */
  readonly parts?: readonly string[]
}

/** One level of a competency, such as "proficient". */
export interface RubricLevel {
  readonly id: string
  readonly name: string
  readonly description?: string
  readonly points?: number
}

/** Competencies that somebody named and described, under ids that others can point at. */
export interface CompetencyFramework {
  readonly id: string
  readonly name: string
  readonly version?: string
  readonly competencies: readonly Competency[]
}

/** One thing a role needs. */
export type Requirement =
  | {
      readonly id: string
      /** The id of a competency. */
      readonly competency: string
      /** The id of the lowest level that will do. */
      readonly level?: string
      /** Must the credential bring evidence? */
      readonly evidence?: boolean
      /** How old the award may be. */
      readonly maxAgeMonths?: number
      readonly issuers?: readonly string[]
      readonly endorsedBy?: readonly string[] | 'independent'
      /** Default `exact`. */
      readonly matches?: 'exact' | 'narrow'
    }
  | { readonly id: string; readonly allOf: readonly Requirement[] }
  | {
      readonly id: string
      readonly anyOf: readonly Requirement[]
      readonly atLeast: number
      /** One credential counts once. */
      readonly distinct?: boolean
    }

/** What a school needs for a role. */
export interface CompetencyStack {
  readonly id: string
  readonly name: string
  readonly role?: string
  readonly version?: string
  /** Ids of stacks whose requirements are this one's too. */
  readonly extends?: readonly string[]
  readonly requirements: readonly Requirement[]
}

/** SKOS mapping relations between competencies of two frameworks. */
export interface Crosswalk {
  /** Who says so. */
  readonly source: string
  readonly statedAt?: string
  readonly matches: readonly {
    readonly from: string
    readonly to: string
    readonly relation: 'exact' | 'broad' | 'narrow' | 'related'
    /** Level ids of `from` to level ids of `to`. */
    readonly levels?: Readonly<Record<string, string>>
  }[]
}

/** What `assessStack` needs besides the reports. */
export interface AssessOptions {
  readonly frameworks: readonly CompetencyFramework[]
  readonly crosswalks?: readonly Crosswalk[]
  /** The stacks that `extends` may name. */
  readonly stacks?: readonly CompetencyStack[]
  readonly now: Date
  readonly maxReportAgeDays?: number
  /** How it is known that the reports are about one person. Default `matched-recipient`. */
  readonly person?: 'matched-recipient' | typeof samePerson
}

/** Whether a person fits, requirement by requirement. Plain JSON. */
export interface StackReport {
  readonly stack: string
  readonly outcome: 'met' | 'not-met' | 'uncertain'
  readonly requirements: readonly RequirementReport[]
  readonly expires?: string
  readonly at: string
}

/** One requirement: whether it is met, by what, and why not. */
export interface RequirementReport {
  readonly id: string
  readonly outcome: 'met' | 'not-met' | 'uncertain'
  readonly because: readonly string[]
  readonly by?: {
    readonly credential: string
    readonly issuer: string
    readonly level?: string
    /** How the credential leads to the competency. */
    readonly path: readonly {
      readonly via: 'alignment' | 'achievement' | 'crosswalk' | 'set'
      readonly from: string
      readonly to: string
      readonly source?: string
    }[]
    readonly until?: string
  }
  readonly missing?: readonly string[]
  readonly parts?: readonly RequirementReport[]
  readonly suggestions?: readonly string[]
}

/** As `person`: the caller knows on other grounds that the reports are about one person. */
export const samePerson: unique symbol = Symbol.for('badgewright.samePerson')
