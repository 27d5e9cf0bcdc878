/**
 * The policy language: what badges, and other learning, count for. A policy is made of few parts that fit each other:
 *
 * - **kinds** say what a badge is, by its achievement and never by its name;
 * - **amounts**, **days**, **windows** and **conditions** say how much, when and whether; each may be a parameter that somebody has to give, a
 *   fact that somebody has to state, or a choice by cases;
 * - **rates**, **demands**, **limits** and **repeats** say what counts, and how much of it;
 * - **purposes** say what has to come together, and what it brings.
 *
 * The order in which they are asked is part of the language:
 *
 * 1. The edition is chosen, then each purpose for itself: is this person meant (`who`)?
 * 2. Badges count that are valid, trusted and about the person; each award once, however often it was issued.
 * 3. Filter: the `window`, then every one of the `demands`. Then `repeats`, of what is left.
 * 4. Rate: the first that fits. Units are converted.
 * 5. Limits: of each item; then of how many items; then of what comes together, in which what is below `atLeast` is nothing; then `share`, of
 *    what is left by then.
 * 6. Groups, under the limits: each credit counts in one group, so that as much as possible of what is needed is there.
 * 7. The sum, with what was carried over, down to a `step`. It is held against the need.
 *
 * Amounts are exact: six times 2/3 are 4. Days are whole, and both ends of a window are in it.
 *
 * @module
 */
import type { Shift, YearPart } from './days.js'

/** An exact number: 6, 22.5, "2/3". Up to six decimal places, or a fraction over up to 1000. */
export type Exact = number | string

/** A kind, or any of several. */
export type Kinds = string | readonly string[]

/** Texts, or the name of a parameter whose value is a list. */
export type Names = readonly string[] | { readonly parameter: string }

/** The first case whose condition holds; one without a condition always does. Where it is not known whether one holds, so is what follows. */
export interface Case<T> {
  readonly when?: Condition
  readonly use: T
}

/**
 * How much. Of `least` the smallest counts. A fact about an item is asked of the item first: a badge says its `credits` and `result.Percent`, an
 * activity its `amount`. `otherwise` is taken where nobody states the fact; absent: it is not known then.
 */
export type Amount =
  | Exact
  | { readonly parameter: string }
  | { readonly fact: string; readonly otherwise?: Exact }
  | { readonly sum: readonly Amount[] }
  | { readonly product: readonly Amount[] }
  | { readonly least: readonly Amount[] }
  | { readonly cases: readonly Case<Amount>[] }

/** A day. `earned`: when the item was, by `dated`; `now`: the day of the decision. */
export type Day =
  /** `now`, `earned`, or such as "2026-05-26". */
  | string
  | { readonly parameter: string }
  /** The day of a fact; of one that has a period one of its ends, which has to be said. */
  | { readonly fact: string; readonly end?: 'from' | 'to' }
  /** The day on which this purpose was met last, in the decisions before. */
  | { readonly decided: string }
  | { readonly day: Day; readonly plus: Shift }
  /** The latest of those that are known. */
  | { readonly latest: readonly Day[] }
  | { readonly cases: readonly Case<Day>[] }

/** A stretch of days. */
export type Window =
  /** Both ends are in it: `from`, `to`. They are not: `after`, `before`. */
  | { readonly from?: Day; readonly after?: Day; readonly to?: Day; readonly before?: Day }
  /** The period of a fact, such as the term of a license. */
  | { readonly period: string }
  | { readonly anyOf: readonly Window[] }
  | { readonly cases: readonly Case<Window>[] }

/** Whether something holds: yes, no, or not known. */
export type Condition =
  /**
   * A fact is true, or one of these. `by`: only these may say so. `otherwise`: what is taken where nobody says anything; absent: it is not
   * known then.
   */
  | {
      readonly fact: string
      readonly is?: boolean | string | readonly string[]
      readonly by?: Names
      readonly otherwise?: boolean
    }
  | { readonly amount: Amount; readonly atLeast?: Amount; readonly atMost?: Amount }
  | { readonly day: Day; readonly in: Window }
  /** Of an item: it is of the kind. */
  | { readonly kind: Kinds }
  | { readonly allOf: readonly Condition[] }
  | { readonly anyOf: readonly Condition[] }
  | { readonly not: Condition }

/** What a purpose needs: conditions, credit, other purposes, and any of them instead of others. */
export type Need =
  | CreditNeed
  | Condition
  /** Another purpose of this policy is met. */
  | { readonly purpose: string }
  | { readonly allOf: readonly Need[] }
  | { readonly anyOf: readonly Need[] }

/** So much credit. */
export interface CreditNeed {
  readonly credit: Amount
  /** Only of these kinds. */
  readonly of?: Kinds
  readonly groups?: readonly Group[]
  /** A badge counts in one group with all that it gives. Default: what it gives may be divided among groups. */
  readonly indivisible?: boolean
}

/** A part of what is needed. Credit counts in one group only. */
export interface Group {
  readonly id: string
  readonly of: Kinds
  readonly atLeast?: Amount
  /** What is more than this counts for nothing. Default: it counts toward the whole. */
  readonly atMost?: Amount
}

/** What somebody has to give, since the source leaves it open. */
export interface Parameter {
  readonly says: string
  readonly is: 'amount' | 'names' | 'day'
  /** What was given. Absent: nobody has, and what hangs on it is not known. */
  readonly value?: Exact | readonly string[]
}

/** What badges do not say, and somebody has to state. */
export interface FactKind {
  readonly says: string
  readonly is: 'truth' | 'amount' | 'text' | 'day' | 'period'
  /** `item`: stated of each badge or activity, or of all of a person at once. Default: of the person. */
  readonly about?: 'item'
}

/** A kind of learning. An item may be of several. */
export interface Kind {
  /** In words, for one of them: "micro-credential". Default: its id. */
  readonly name?: string
  /** Badges of this kind: any of these patterns. `{}` is any badge. */
  readonly badges?: readonly Pattern[]
  /** Learning that is no badge, by the word that statements use for it: "clock-hour". */
  readonly activities?: readonly string[]
}

/** A badge by its achievement. All that is said must hold; of each list, one. */
export interface Pattern {
  readonly achievements?: Names
  /** Ids of competencies that the achievement is aligned to. */
  readonly competencies?: Names
  /** `achievementType`, such as "MicroCredential". */
  readonly types?: Names
  readonly issuers?: Names
  readonly tags?: Names
}

/** An item of the kind gives so much. Of several rates that lead to the unit of a purpose the first counts. */
export interface Rate {
  readonly of: Kinds
  readonly gives: Amount
  /** Default: the unit of the purpose. */
  readonly unit?: string
}

/** One of `from` is so many of `to`. */
export interface Conversion {
  readonly from: string
  readonly to: string
  readonly gives: Amount
}

/** Items count only where the condition holds. */
export interface Demand {
  /** Default: all. */
  readonly of?: Kinds
  readonly holds: Condition
  /** In words, for who did not keep it. */
  readonly says?: string
}

/** How much counts of what is alike. Amounts may speak of the item: of several that are taken together, of the first. */
export interface Limit {
  /** Default: all. */
  readonly of?: Kinds
  /**
   * What is taken together. `all`: all that counts in this decision; `item`: each for itself; `ever`: what counted in decisions before too; a
   * calendar: what was earned in the same occurrence of the same part of it; a fact: items about which it says the same. Default `all`.
   */
  readonly per?: 'all' | 'item' | 'ever' | { readonly calendar: string } | { readonly fact: string }
  /** Where it is less, nothing of it counts. */
  readonly atLeast?: Amount
  /** Where it is more, so much of it counts. */
  readonly atMost?: Amount
  /** Only whole steps count. */
  readonly step?: Amount
  /** At most so many items: those that give most. */
  readonly items?: Amount
  /** Only the first so many that the person has ever earned, outside of the window too. */
  readonly first?: Amount
  /** At most this share of the need, or of the sum. */
  readonly share?: { readonly of: 'need' | 'sum'; readonly atMost: Amount }
}

/** The same work again. */
export interface Repeats {
  /** Within what it does not count again: `window`, `ever`, or so long after it was earned. */
  readonly within: 'window' | 'ever' | Shift
  /** Default: all. */
  readonly of?: Kinds
}

/** What being met brings. */
export interface Reward {
  readonly is: 'one-time' | 'raise' | 'lane' | 'standing'
  /** How much: absent where the source does not say and it is no money. `sum`: what the credit comes to. */
  readonly amount?: Amount | 'sum'
  /** ISO 4217. */
  readonly currency?: string
  /** The lane, rank or standing that is reached. */
  readonly to?: string
  /** Once for every so much credit. Default: once. */
  readonly every?: Amount
  /** At most so often, with the decisions before where `per` is said. */
  readonly times?: Amount
  readonly per?: 'ever' | { readonly calendar: string }
}

/** One thing that badges count for. */
export interface Purpose {
  readonly id: string
  readonly name?: string
  readonly unit: string
  /** Who is meant. Default: everybody. */
  readonly who?: Condition
  /** Only these count. Default: all that a rate is for. */
  readonly counts?: Kinds
  /** Default: that of the rules. */
  readonly window?: Window
  readonly rates?: readonly Rate[]
  readonly repeats?: Repeats
  /** Besides those of the rules. */
  readonly demands?: readonly Demand[]
  readonly limits?: readonly Limit[]
  /** The sum is rounded down to a multiple of it. */
  readonly step?: Amount
  /** What is more than needed, or less than a step, counts the next time: all of it, or up to so much. Default false: it is lost. */
  readonly carry?: boolean | Amount
  /** What counted for a purpose counts for none of the same account again. Default: its own id. */
  readonly account?: string
  /** Default: that anything counts. */
  readonly needs?: Need
  readonly reward?: Reward
}

/** What one edition says. */
export interface Rules {
  readonly window?: Window
  readonly repeats?: Repeats
  readonly rates?: readonly Rate[]
  readonly conversions?: readonly Conversion[]
  readonly demands?: readonly Demand[]
  readonly limits?: readonly Limit[]
  readonly purposes: readonly Purpose[]
}

/** Rules for the days from `from` to `to`, both in; for whom the condition holds. */
export interface Edition extends Rules {
  readonly id: string
  readonly from?: string
  readonly to?: string
  readonly when?: Condition
}

interface Head {
  readonly id: string
  readonly name: string
  /** By which day of an item it is judged: `awarded` (`awardedDate`, else `validFrom`) or `validFrom`. Default `awarded`. */
  readonly dated?: 'awarded' | 'validFrom'
  readonly parameters?: Readonly<Record<string, Parameter>>
  readonly facts?: Readonly<Record<string, FactKind>>
  readonly kinds: Readonly<Record<string, Kind>>
  /** Parts of every year: semesters, the school year. */
  readonly calendars?: Readonly<Record<string, readonly YearPart[]>>
}

/** A policy that has no editions. */
export interface PlainPolicy extends Head, Rules {}

/** A policy with editions; which holds is decided by a day. */
export interface EditedPolicy extends Head {
  /** Default `now`. */
  readonly editionBy?: Day
  readonly editions: readonly Edition[]
}

/** What a state or a district lets badges count for. `schemas/credit-policy.json` is its JSON Schema. */
export type CreditPolicy = PlainPolicy | EditedPolicy
