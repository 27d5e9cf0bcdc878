/**
 * What is decided: plain JSON, to be kept, and given again as history. Amounts are exact texts: "60", "22.5", "2/3".
 *
 * @module
 */
import type { Missing } from './values.js'

/** What one person's badges count for, by one policy. */
export interface CreditDecision {
  readonly type: 'CreditDecision'
  /** The id of the policy. */
  readonly policy: string
  readonly edition?: string
  /** The day that it was decided for: `YYYY-MM-DD`, UTC. */
  readonly at: string
  readonly purposes: readonly PurposeDecision[]
  /** What somebody should look at. Absent where there is nothing. */
  readonly findings?: readonly CreditFinding[]
}

/** One purpose. */
export interface PurposeDecision {
  readonly purpose: string
  readonly account: string
  readonly outcome: 'met' | 'not-met' | 'not-known'
  readonly unit: string
  /** What counts for certain, with what was carried over. */
  readonly sum: string
  /** What it may come to once all is known, where that is more; "open" where nobody knows. */
  readonly possible?: string
  /** Absent where no amount is needed, or it is not known. */
  readonly need?: string
  /** What of the sum is from the time before. */
  readonly carried?: string
  /** What goes over into the next time. */
  readonly left?: string
  readonly groups?: readonly GroupDecision[]
  /** Every badge and activity, in order of days. */
  readonly shares: readonly CreditShare[]
  /** What is not there. Absent where it is met. */
  readonly missing?: CreditMissing
  readonly reward?: RewardDecision
  /**
   * What is odd about the whole: `who` it is not for; no `edition`; a reward that is `used-up`; met `otherwise` than by credit, which spends
   * nothing; an assignment that is `too-complex`; `nothing-needed`.
   */
  readonly because?: readonly ('who' | 'edition' | 'used-up' | 'otherwise' | 'too-complex' | 'nothing-needed')[]
}

/** What one group has. */
export interface GroupDecision {
  readonly group: string
  /** Absent where it needs nothing, or nobody knows how much. */
  readonly atLeast?: string
  /** What counts in it. */
  readonly counts: string
}

/** One badge or activity: what it gives, what counts of it, and by which rule. */
export interface CreditShare {
  readonly item: string
  readonly is: 'badge' | 'activity'
  readonly achievement?: string
  readonly issuer?: string
  readonly earned?: string
  /** Addresses, digests or the story that it is known by when it comes again; only where it counts. */
  readonly evidence?: readonly string[]
  /** Kinds that it is of. */
  readonly kinds: readonly string[]
  /** What it is worth by its rate. Absent where it has none, or it is not known. */
  readonly gives?: string
  /** What counts of it for certain. */
  readonly counts: string
  /** By group. */
  readonly groups?: Readonly<Record<string, string>>
  readonly because: readonly ShareReason[]
}

/** Why it counts, or does not. */
export interface ShareReason {
  readonly code: /** The rate that gives it its worth. */
    | 'rate'
    /** There is no rate for what it is. */
    | 'no-rate'
    /** It is of no kind that counts for this purpose. */
    | 'kind'
    /** It is not valid, not trusted, or not about the person: `codes`. */
    | 'badge'
    | 'window'
    | 'demand'
    /** The same award, under another id: `of`. */
    | 'repeat.award'
    /** The same work, from another issuer: `of`. */
    | 'repeat.issuers'
    /** The same learning again: `of`. */
    | 'repeat'
    /** It counted in a decision before. */
    | 'used'
    /** A limit took all of it, or some. */
    | 'limit'
    /** There is no room in its groups. */
    | 'group'
  /** It may yet count: it is not known. */
  readonly open?: true
  /** The JSON pointer of the rule. */
  readonly rule?: string
  /** In the words of the policy. */
  readonly says?: string
  /** The item that counts instead. */
  readonly of?: string
  readonly codes?: readonly string[]
  /** What would settle it. */
  readonly missing?: readonly Missing[]
}

/** What is not there. */
export interface CreditMissing {
  /** So much more credit. */
  readonly credit?: string
  /** Of it, in groups. */
  readonly groups?: readonly { readonly group: string; readonly credit: string }[]
  /** One of these would close it: so many more of a kind. Only of kinds whose rate is known, and of which no limit takes. */
  readonly ways?: readonly { readonly kind: string; readonly items: number }[]
  /** Badges on offer that would close it together, and what they cost: the cheapest there are, where `isCheapest`. */
  readonly offers?: { readonly achievements: readonly string[]; readonly cost: string; readonly isCheapest: boolean }
  /** Facts and parameters that somebody has to give. */
  readonly unknown?: readonly Missing[]
}

/** What it brings. */
export interface RewardDecision {
  readonly is: 'one-time' | 'raise' | 'lane' | 'standing'
  /** Of money all of it together. Absent where the source says none, or it is not known. */
  readonly amount?: string
  readonly currency?: string
  readonly to?: string
  /** How often: lanes that are passed. */
  readonly times: number
  /** What would have to be given to say how much. */
  readonly missing?: readonly Missing[]
}

/** Something that somebody should look at. */
export interface CreditFinding {
  readonly code: /** Statements of one day contradict each other, or one ends before it begins. */
    | 'fact.disputed'
    /** A badge that counted in a decision before no longer does. */
    | 'history.no_longer_counts'
    /** Reports name different subjects. */
    | 'person.different'
    /** A statement is of another sort than the policy declares. */
    | 'fact.other_kind'
  /** What it is about: facts, badges, subjects. */
  readonly items: readonly string[]
  readonly message: string
}
