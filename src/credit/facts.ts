/**
 * What badges do not say: statements of somebody who knows, and learning that brought no badge.
 *
 * @module
 */
import { canonicalUri } from '../competency/identifiers.js'
import { arrayOf, either, flag, type Kind, kindOf, type Members, number, shape, text } from '../internal/members.js'
import { isDate } from '../model/date-time.js'
import { dayIn } from './days.js'
import { EXACT } from './rational.js'

/** One statement. Of several about the same the one that was stated last counts; two of one day that differ leave it not known. */
export interface Statement {
  /** As the policy calls it: "license-term". */
  readonly fact: string
  /** The id of a credential, of an achievement or of an activity. Absent: the person, and all that they have. */
  readonly about?: string | undefined
  /** Of a truth (default true), an amount or a text. */
  readonly value?: boolean | Exactly | undefined
  /** Of a day: `YYYY-MM-DD`. */
  readonly on?: string | undefined
  /** Of a period: its first and its last day. Without `to` it goes on. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Who says so. */
  readonly by: string
  /** When. After the day of the decision it was not known yet. */
  readonly stated: string
}

/** Learning beside badges, as the district records it. */
export interface Activity {
  /** What it is, in a word of the policy: "clock-hour". */
  readonly activity: string
  readonly id: string
  /** Which course, seminar, project: the same one again is a repeat. */
  readonly course?: string | undefined
  /** How much of it. Default 1. */
  readonly amount?: Exactly | undefined
  /** When it was completed. */
  readonly on: string
  /** Further kinds that it is of. */
  readonly kinds?: readonly string[] | undefined
  readonly by: string
  readonly stated: string
}

/** Exact: a number, or a text such as "22.5" or "2/3". */
export type Exactly = number | string
/** What somebody states. */
export type Fact = Statement | Activity

const day = kindOf('a day such as "2026-05-26"', (value) => typeof value === 'string' && isDate(value))
export const exactly: Kind = kindOf(
  'an exact number, such as 3, "22.5" or "2/3"',
  (value) => (typeof value === 'number' || typeof value === 'string') && EXACT.test(String(value)),
)
const STATEMENT: Members<Statement> = {
  fact: text,
  about: text,
  value: either(flag, text, number),
  on: day,
  from: day,
  to: day,
  by: text,
  stated: day,
}
const ACTIVITY: Members<Activity> = {
  activity: text,
  id: text,
  course: text,
  amount: exactly,
  on: day,
  kinds: arrayOf(text),
  by: text,
  stated: day,
}
const statement = shape(STATEMENT, { required: ['fact', 'by', 'stated'] })
const activity = shape(ACTIVITY, { required: ['activity', 'id', 'on', 'by', 'stated'] })
const fact: Kind = (value, path) =>
  (typeof value === 'object' && value !== null && 'activity' in value ? activity : statement)(value, path)
export const factsKind: Kind = arrayOf(fact)

/** What is said of one thing; `conflict` where two statements of one day differ, or one contradicts itself. */
export type Said = Statement | 'conflict' | undefined

/** Statements by what they are about. */
export class FactIndex {
  private readonly byKey = new Map<string, Statement | 'conflict'>()
  readonly activities: readonly Activity[]
  /** Statements that contradict each other or themselves. */
  readonly conflicts: readonly Statement[]

  constructor(facts: readonly Fact[], now: string) {
    const activities = new Map<string, Activity>()
    const conflicts: Statement[] = []
    const latest = new Map<string, Statement>()
    for (const one of facts) {
      if (one.stated > now) continue
      if ('activity' in one) {
        const other = activities.get(one.id)
        if (other === undefined || other.stated <= one.stated) activities.set(one.id, one)
        continue
      }
      const key = keyOf(one.fact, one.about)
      const other = latest.get(key)
      if (other !== undefined && other.stated > one.stated) continue
      const isOver = other !== undefined && other.stated === one.stated && !isSame(one, other)
      const isOdd = one.from !== undefined && one.to !== undefined && one.to < one.from
      if (isOver || isOdd) conflicts.push(one)
      // A third one of the same day does not settle what two dispute.
      const isDisputed = this.byKey.get(key) === 'conflict' && other?.stated === one.stated
      latest.set(key, one)
      this.byKey.set(key, isOver || isOdd || isDisputed ? 'conflict' : one)
    }
    this.activities = [...activities.values()]
    this.conflicts = conflicts
  }

  /** The first of these that something is said about; last the person. */
  find(fact: string, about: readonly string[]): Said {
    for (const one of about) {
      const said = this.byKey.get(keyOf(fact, one))
      if (said !== undefined) return said
    }
    return this.byKey.get(keyOf(fact, undefined))
  }
}

const keyOf = (fact: string, about: string | undefined) =>
  about === undefined ? fact : `${fact}\n${canonicalUri(about)}`

const isSame = (a: Statement, b: Statement) =>
  String(a.value ?? true) === String(b.value ?? true) &&
  a.on === b.on &&
  a.from === b.from &&
  a.to === b.to &&
  a.by === b.by

/** The day that a statement names. */
export function dayOfStatement({ on, from, to }: Statement, end: 'from' | 'to' | undefined): string | undefined {
  return dayIn(end === undefined ? on : end === 'from' ? from : to)
}
