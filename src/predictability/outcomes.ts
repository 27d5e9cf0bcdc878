/**
 * What a school saw of people at work who hold a badge. That is its own knowledge: it stays with the school, or is shared as counts
 * (shared-outcomes.ts).
 *
 * @module
 */
import { kindOf, type Members, oneOf, shape, text } from '../internal/members.js'
import { isDate } from '../model/date-time.js'

/** Whether somebody who holds a badge could do at work what it says. */
export interface SchoolOutcome {
  /** The id of the badge. */
  readonly badge: string
  /** Who saw it: the id of the school. */
  readonly school: string
  readonly outcome: 'held-up' | 'not-held-up'
  /** The day: `YYYY-MM-DD`. */
  readonly on: string
}

/** Why an outcome, or a share of counts, is not in a record. */
export type OutcomeFlaw =
  /** The share is not valid, or cannot be said to be. */
  | 'not_valid'
  /** Nobody told the verifier to trust the school that shares. */
  | 'not_trusted'
  /** A credential that shares no counts. */
  | 'no_outcomes'
  /** It is of no badge, or achievement, among those given. */
  | 'no_badge'
  /** Two badges of different issuers or achievements have the id that it names. */
  | 'several_badges'
  /** The school is the issuer, by id, key, profile or address. */
  | 'by_issuer'
  /** The school reported of this badge before: the first day counts. */
  | 'again'
  /** The school shares counts of days of which it shared counts before: the share that begins first counts. */
  | 'overlapping_period'
  /** The school's outcomes are there one by one: its counts would count them twice. */
  | 'also_reported'

export const day = kindOf('a day such as "2030-05-31"', (value) => typeof value === 'string' && isDate(value))
const OUTCOME: Members<SchoolOutcome> = { badge: text, school: text, outcome: oneOf('held-up', 'not-held-up'), on: day }
export const schoolOutcome = shape(OUTCOME, { required: ['badge', 'school', 'outcome', 'on'] })
