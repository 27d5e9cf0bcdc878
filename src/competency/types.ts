/**
 * Competencies as the interface between issuers and schools: frameworks, what a role needs of them, and how the answer looks.
 *
 * @module
 */
import type { ContextOfUse } from '../model/extension-context.js'
import type { Person } from '../model/person.js'
import type { StackReason } from './reasons.js'

/** One competency of a framework. CASE: a CFItem; CTDL-ASN: a ceasn:Competency. */
export interface Competency {
  /** The URI that alignments name as `targetUrl`. */
  readonly id: string
  readonly name: string
  readonly statement?: string
  /** For people, such as "MTH.3.4". */
  readonly code?: string
  /** In order, lowest first, unless `levelOrder` says otherwise. */
  readonly levels?: readonly RubricLevel[]
  /**
   * `unknown`: the order of `levels` says nothing, since whoever wrote them did not say which is higher. Then a level meets a requirement
   * for itself, and whether it meets one for another is uncertain. Absent: lowest first.
   */
  readonly levelOrder?: 'unknown'
  /** Grades or levels of education that it is for. CASE: CFItem.educationLevel. */
  readonly educationLevel?: readonly string[]
  /** CASE 1.1: CFItem.subject. */
  readonly subject?: readonly string[]
  /** Ids of the competencies a set is made of. */
  readonly parts?: readonly string[]
  /** The first day on which it is in use: `YYYY-MM-DD`, UTC. Before it nobody is told to get a badge for it. */
  readonly startDate?: string
  /** The last day on which it is in use: `YYYY-MM-DD`, UTC. After it the competency is retired. */
  readonly endDate?: string
  /**
   * Ids of what took its place. A badge about the one replacement, or badges about all of several, count for what they replaced; never the
   * other way round, since a replacement may ask for more.
   */
  readonly replacedBy?: readonly string[]
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

/**
 * What a track record has to show. Met: the low end of the interval of the share that was confirmed is at least `confirmed`. Not met: its high
 * end is below. Between them, and where nobody was judged anew, it is not known: five of five confirmed shows little.
 */
export interface Predictable {
  /** The share of badges that would be confirmed, above 0 and below 1, such as 0.9. */
  readonly confirmed: number
  /** Of the interval, two-sided: from 0.5 to 0.9999, such as 0.95. */
  readonly confidence: number
}

/** What is known of badges of one issuer, achievement and version: a row of `trackRecord` of `badgewright/predictability`. */
export interface KnownRecord {
  readonly issuer: string
  readonly achievement: string
  /** Absent: badges that state none. */
  readonly version?: string | undefined
  /** n of how many: badges that were judged anew, and those of them that were confirmed. */
  readonly confirmed: { readonly badges: number; readonly confirmed: number }
}

/** A track record, as far as `assessStack` reads one: `trackRecord` of `badgewright/predictability` answers it. */
export interface KnownRecords {
  /** How its intervals are made, and the one that decides. Default `wilson`. */
  readonly method?: 'wilson' | 'clopper-pearson' | undefined
  readonly rows: readonly KnownRecord[]
}

/** For whom and where something must have been shown: of each dimension that is named, one of what is listed. */
export interface RequiredContext extends ContextOfUse {
  /**
   * What a badge comes to that does not say it. `uncertain`: it may count once it is known; `refused`: it does not count; `accepted`: it does.
   * Default `uncertain`. A badge that says another context never counts.
   */
  readonly notSaid?: 'uncertain' | 'refused' | 'accepted'
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
      /** `narrow`: a badge about something narrower will do too, where a crosswalk says that it is. Default `exact`. */
      readonly matches?: 'exact' | 'narrow'
      /**
       * What a badge about a set proves. `itself`: the set, and none of its parts; `parts`: each of its parts too, so that a badge about a
       * heading counts for everything beneath it. Default `itself`: a framework groups competencies under headings for many reasons,
       * and who awarded the heading need not have looked at each of them.
       */
      readonly covers?: 'parts' | 'itself'
      /** How predictable badges like it must be, by the track record of their issuer (`AssessOptions.trackRecord`). */
      readonly predictable?: Predictable
      /** For whom and where it must have been shown. */
      readonly context?: RequiredContext
    }
  | { readonly id: string; readonly allOf: readonly Requirement[] }
  | {
      readonly id: string
      readonly anyOf: readonly Requirement[]
      readonly atLeast: number
      /** One award counts once, in all that is below. A credential that was issued again under another id is the same award. */
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
    /** It holds for badges that were shown in this context, and for no others. Absent: always. */
    readonly context?: ContextOfUse
  }[]
}

/** What `assessStack` needs besides the reports. */
export interface AssessOptions {
  readonly frameworks: readonly CompetencyFramework[]
  readonly crosswalks?: readonly Crosswalk[] | undefined
  /** The stacks that `extends` may name. */
  readonly stacks?: readonly CompetencyStack[] | undefined
  readonly now: Date
  readonly maxReportAgeDays?: number | undefined
  /**
   * How it is known that the reports are about one person. `matched-recipient`: each was verified for its recipient. `samePerson`: the
   * caller knows on other grounds. A person, or several names of one: only what is about them counts. Reports that name different
   * subjects count for nothing unless the person is named here. Default `matched-recipient`.
   */
  readonly person?: 'matched-recipient' | typeof samePerson | Person | readonly Person[] | undefined
  /** For requirements that say `predictable`. Without it no badge is known to be. */
  readonly trackRecord?: KnownRecords | undefined
}

/** Whether a person fits, requirement by requirement. Plain JSON. */
export interface StackReport {
  readonly stack: string
  readonly outcome: 'met' | 'not-met' | 'uncertain'
  readonly requirements: readonly RequirementReport[]
  /** When the stack, met now, ends to be met if nothing is renewed. RFC 3339. Absent where it never does. */
  readonly expires?: string
  readonly at: string
  /** What is odd about the stack or the reports as a whole. Absent where nothing is. */
  readonly findings?: readonly StackFinding[]
}

/** Something about a stack, or about the reports that it was held against, that somebody should look at. */
export interface StackFinding {
  readonly code: /** No framework, crosswalk or badge names the competency: nobody can meet the requirement. */
    | 'stack.unknown_competency'
    /** It is no longer in use. */
    | 'stack.retired_competency'
    /** It is not in use yet. */
    | 'stack.coming_competency'
    /** Its framework does not say which of its levels is higher. */
    | 'stack.level_order_unknown'
    /** Its framework says that it is for another level of education, or another subject, than is asked. */
    | 'stack.other_context'
    /** To show what it asks takes more badges that are judged anew than most issuers have. */
    | 'stack.much_to_confirm'
    /** The reports name different subjects: nobody said that they are one person. Nothing counts for certain. */
    | 'person.different'
  readonly severity: 'error' | 'warning'
  /** The id of the requirement; absent where it is about the reports. */
  readonly requirement?: string
  /** The competencies, or the subjects, that it is about. */
  readonly items: readonly string[]
  readonly message: string
}

/** What one requirement asks, without its id. */
export type Asked = Omit<Extract<Requirement, { competency: string }>, 'id'>

/** One requirement: whether it is met, by what, and why not. */
export interface RequirementReport {
  readonly id: string
  readonly outcome: 'met' | 'not-met' | 'uncertain'
  /** Why, the decisive reason first. */
  readonly because: readonly StackReason[]
  /** Of a requirement about one competency: what it asks. */
  readonly asked?: Asked
  /** The badge that meets it; where none does the one that comes nearest. */
  readonly by?: {
    readonly credential: string
    readonly issuer: string
    /** The level it reached, on the scale of what is asked. */
    readonly level?: string
    /** How the credential leads to the competency. */
    readonly path: readonly {
      readonly via:
        | 'alignment'
        | 'achievement'
        /** Alignments of a result that passed, of its level, or of its description. */
        | 'resultDescription'
        | 'level'
        | 'result'
        | 'crosswalk'
        | 'set'
        | 'replacement'
      readonly from: string
      readonly to: string
      readonly source?: string
      /** With `crosswalk`: the context in which alone it holds. */
      readonly context?: ContextOfUse
    }[]
    /** When it was awarded: RFC 3339. */
    readonly awarded?: string
    /** Where `predictable` is asked and there is a record of badges like it: n, how many were confirmed, and the interval. */
    readonly record?: {
      readonly badges: number
      readonly confirmed: number
      readonly low: number
      readonly high: number
    }
    /** Until when it counts for this. */
    readonly until?: string
    /** A version of it that begins later. It counts for nothing yet. */
    readonly renewal?: { readonly from: string; readonly until?: string }
  }
  /** When it, met now, ends to be met if nothing is renewed: the latest date that any way to meet it holds. */
  readonly expires?: string
  readonly missing?: readonly string[]
  /** The competency whose parts (or replacements) stand in `parts`, where it is not the one that is asked, and how it leads there. */
  readonly set?: { readonly id: string; readonly path: NonNullable<RequirementReport['by']>['path'] }
  /** Of a combination its requirements; of a set what its parts come to, where anything of it is there. */
  readonly parts?: readonly RequirementReport[]
  /**
   * Competencies: one new badge about any of them would make it met, from an issuer and at a level that the requirement accepts. At most
   * ten. Empty where no single badge would.
   */
  readonly suggestions?: readonly string[]
}

/**
 * As `person`: the caller knows on other grounds that the reports are about one person. Where they name different subjects that is not enough:
 * name the person.
 */
export const samePerson: unique symbol = Symbol.for('badgewright.samePerson')
