/**
 * What amounts, days, windows and conditions of a policy come to, for one person and one item. Each is known or not, and where it is not it
 * says what somebody would have to give.
 *
 * @module
 */
import { canonicalUri } from '../competency/identifiers.js'
import { shifted, type YearPart } from './days.js'
import { dayOfStatement, type FactIndex, type Said } from './facts.js'
import { OWN_FACTS } from './policy-forms.js'
import { compared, least, ONE, plus, type Rational, rationalOf, times, ZERO } from './rational.js'
import type { Amount, Case, Condition, CreditPolicy, Day, Exact, Kinds, Names, Parameter, Window } from './types.js'

/** What is not known, and would have to be given. */
export type Missing =
  | {
      readonly fact: string
      /** The id of the badge, achievement or activity that it is about. Absent: the person. */
      readonly about?: string
      /** Two statements contradict each other, or one itself. */
      readonly disputed?: true
    }
  | { readonly parameter: string }
  /** No case of the policy is for this. */
  | { readonly noCase: string }

/** What is not known, with all that would settle it. */
export class Unknown {
  readonly missing: readonly Missing[]
  constructor(missing: readonly Missing[]) {
    this.missing = missing
  }
}

export type Known<T> = T | Unknown
export type Truth = Known<boolean>

/** An item, as conditions see it. */
export interface Subject {
  /** Its own id, then that of its achievement. */
  readonly about: readonly string[]
  readonly earned: string | undefined
  /** What it brings along: `amount`, `credits`, `started`, `result.Percent`. */
  readonly own: ReadonlyMap<string, string>
  readonly isOf: (kind: string) => Truth
}

/** What an evaluation is made of. */
export interface Surroundings {
  readonly policy: CreditPolicy
  readonly facts: FactIndex
  /** Parameters that were given besides the policy's own values. */
  readonly parameters: Readonly<Record<string, Parameter['value']>>
  readonly now: string
  /** The day on which a purpose was met last. */
  readonly decided: (purpose: string) => string | undefined
  /** The numbers of the policy, as they are read; shared by all people that it is asked about. */
  readonly literals?: Map<Exact, Rational>
}

export class Values {
  private readonly surroundings: Surroundings
  private readonly literals: Map<Exact, Rational>
  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings
    this.literals = surroundings.literals ?? new Map()
  }

  /** The day of the decision. */
  get now(): string {
    return this.surroundings.now
  }

  amount(amount: Amount, item?: Subject): Known<Rational> {
    if (typeof amount !== 'object') return this.literal(amount)
    if ('parameter' in amount) return this.fromParameter(amount.parameter, rationalOf)
    if ('fact' in amount) return this.factAmount(amount, item)
    if ('sum' in amount) return this.folded(amount.sum, ZERO, plus, item)
    if ('product' in amount) return this.folded(amount.product, ONE, times, item)
    if ('least' in amount) return this.folded(amount.least, undefined, least, item)
    return this.chosen(amount.cases, item, (use) => this.amount(use, item))
  }

  /** A policy has few numbers, and asks for each of them often. */
  private literal(amount: Exact): Rational {
    let known = this.literals.get(amount)
    if (known === undefined) {
      known = rationalOf(amount) ?? ZERO
      this.literals.set(amount, known)
    }
    return known
  }

  day(day: Day, item?: Subject): Known<string> {
    if (typeof day === 'string') {
      if (day === 'now') return this.surroundings.now
      if (day !== 'earned') return day
      return item?.earned ?? new Unknown([{ fact: 'earned', ...aboutOf(item) }])
    }
    if ('parameter' in day)
      return this.fromParameter(day.parameter, (value) => (typeof value === 'string' ? value : undefined))
    if ('fact' in day) {
      const own = item?.own.get(day.fact)
      if (own !== undefined) return own
      const said = this.said(day.fact, item)
      const found = typeof said === 'object' ? dayOfStatement(said, day.end) : undefined
      // A period without an end goes on.
      if (found === undefined && typeof said === 'object' && day.end === 'to' && said.from !== undefined)
        return '9999-12-31'
      return found ?? this.unsaid(day.fact, said, item)
    }
    if ('decided' in day)
      return this.surroundings.decided(day.decided) ?? new Unknown([{ fact: `decided ${day.decided}` }])
    if ('plus' in day) {
      const from = this.day(day.day, item)
      return from instanceof Unknown
        ? from
        : (shifted(from, day.plus) ?? new Unknown([{ noCase: `no such day after ${from}` }]))
    }
    if ('latest' in day) {
      const days = day.latest.map((one) => this.day(one, item))
      const known = days.filter((one): one is string => typeof one === 'string')
      return known.length > 0 ? (known.sort().at(-1) as string) : together(days)
    }
    return this.chosen(day.cases, item, (use) => this.day(use, item))
  }

  /** Is the day in the window? */
  isIn(day: Known<string>, window: Window, item?: Subject): Truth {
    if ('anyOf' in window) return anyOf(window.anyOf, (one) => this.isIn(day, one, item))
    if ('cases' in window) return this.chosen(window.cases, item, (use) => this.isIn(day, use, item))
    if ('period' in window) {
      const end = (which: 'from' | 'to') => this.day({ fact: window.period, end: which }, item)
      return and([isUpTo(end('from'), day), isUpTo(day, end('to'))])
    }
    const { from, after, to, before } = window
    return and([
      ...(from === undefined ? [] : [isUpTo(this.day(from, item), day)]),
      ...(after === undefined ? [] : [not(isUpTo(day, this.day(after, item)))]),
      ...(to === undefined ? [] : [isUpTo(day, this.day(to, item))]),
      ...(before === undefined ? [] : [not(isUpTo(this.day(before, item), day))]),
    ])
  }

  truth(condition: Condition, item?: Subject): Truth {
    if ('allOf' in condition) return allOf(condition.allOf, (one) => this.truth(one, item))
    if ('anyOf' in condition) return anyOf(condition.anyOf, (one) => this.truth(one, item))
    if ('not' in condition) return not(this.truth(condition.not, item))
    if ('kind' in condition) return isOfAny(condition.kind, item)
    if ('day' in condition) return this.isIn(this.day(condition.day, item), condition.in, item)
    if ('amount' in condition) {
      const amount = this.amount(condition.amount, item)
      const { atLeast, atMost } = condition
      return and([
        ...(atLeast === undefined ? [] : [isNoLess(amount, this.amount(atLeast, item))]),
        ...(atMost === undefined ? [] : [isNoLess(this.amount(atMost, item), amount)]),
      ])
    }
    return this.isSaid(condition, item)
  }

  /** What a fact about the item says in words; undefined where it is not known. */
  text(fact: string, item: Subject): Known<string> {
    const own = item.own.get(fact)
    if (own !== undefined) return own
    const said = this.said(fact, item)
    return typeof said === 'object' && said.value !== undefined ? String(said.value) : this.unsaid(fact, said, item)
  }

  calendar(id: string): readonly YearPart[] {
    return this.surroundings.policy.calendars?.[id] ?? []
  }

  names(names: Names): Known<readonly string[]> {
    if (!('parameter' in names)) return names
    return this.fromParameter(names.parameter, (value) =>
      Array.isArray(value) ? (value as readonly string[]) : undefined,
    )
  }

  private isSaid(
    { fact, is = true, by, otherwise }: Extract<Condition, { readonly fact: string }>,
    item?: Subject,
  ): Truth {
    const own = item?.own.get(fact)
    const said: Said = own === undefined ? this.said(fact, item) : { fact, value: own, by: '', stated: '' }
    if (said === undefined && otherwise !== undefined) return otherwise
    if (typeof said !== 'object') return this.unsaid(fact, said, item)
    const value = said.value ?? true
    const holds = [is].flat().some((one) => one === value || (typeof one === 'string' && one === String(value)))
    if (by === undefined || own !== undefined) return holds
    const who = this.names(by)
    if (who instanceof Unknown) return holds ? who : false
    // Somebody says so who has no say in it: nobody knows what the right ones would say.
    return who.some((one) => canonicalUri(one) === canonicalUri(said.by))
      ? holds
      : new Unknown([this.missing(fact, item)])
  }

  private factAmount({ fact, otherwise }: Extract<Amount, { readonly fact: string }>, item?: Subject): Known<Rational> {
    const own = item?.own.get(fact)
    const said = own === undefined ? this.said(fact, item) : undefined
    const value = own ?? (typeof said === 'object' ? said.value : undefined)
    const known = rationalOf(value ?? (said === undefined ? otherwise : undefined))
    return known ?? this.unsaid(fact, said, item)
  }

  private said(fact: string, item?: Subject): Said {
    return this.surroundings.facts.find(fact, this.isOfItems(fact) ? (item?.about ?? []) : [])
  }

  private unsaid(fact: string, said: Said, item?: Subject): Unknown {
    return new Unknown([{ ...this.missing(fact, item), ...(said === 'conflict' && { disputed: true as const }) }])
  }

  private missing(fact: string, item?: Subject): Missing {
    return { fact, ...(this.isOfItems(fact) && aboutOf(item)) }
  }

  private isOfItems(fact: string): boolean {
    return OWN_FACTS.test(fact) || this.surroundings.policy.facts?.[fact]?.about === 'item'
  }

  private fromParameter<T>(id: string, read: (value: unknown) => T | undefined): Known<T> {
    const { parameters, policy } = this.surroundings
    const given = Object.hasOwn(parameters, id) ? parameters[id] : policy.parameters?.[id]?.value
    return read(given) ?? new Unknown([{ parameter: id }])
  }

  private folded(
    amounts: readonly Amount[],
    start: Rational | undefined,
    fold: (a: Rational, b: Rational) => Rational,
    item: Subject | undefined,
  ): Known<Rational> {
    let result = start
    const unknown: Unknown[] = []
    for (const each of amounts) {
      const value = this.amount(each, item)
      if (value instanceof Unknown) unknown.push(value)
      else result = result === undefined ? value : fold(result, value)
    }
    return unknown.length > 0 ? together(unknown) : (result ?? ZERO)
  }

  private chosen<T, R>(cases: readonly Case<T>[], item: Subject | undefined, read: (use: T) => Known<R>): Known<R> {
    for (const { when, use } of cases) {
      const holds = when === undefined ? true : this.truth(when, item)
      if (holds instanceof Unknown) return holds
      if (holds) return read(use)
    }
    return new Unknown([{ noCase: 'no case holds' }])
  }
}

const aboutOf = (item: Subject | undefined) => (item?.about[0] === undefined ? {} : { about: item.about[0] })

/** All that would settle any of them. */
export function together(list: readonly unknown[]): Unknown {
  return new Unknown(list.flatMap((one) => (one instanceof Unknown ? one.missing : [])))
}

const isUpTo = (a: Known<string>, b: Known<string>): Truth =>
  a instanceof Unknown || b instanceof Unknown ? together([a, b]) : a <= b
export const isNoLess = (a: Known<Rational>, b: Known<Rational>): Truth =>
  a instanceof Unknown || b instanceof Unknown ? together([a, b]) : compared(a, b) >= 0
export const not = (truth: Truth): Truth => (truth instanceof Unknown ? truth : !truth)

/** Kleene: one that does not hold decides, whatever is not known beside it. */
export function and(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false
  return truths.some((one) => one instanceof Unknown) ? together(truths) : true
}

export function or(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true
  return truths.some((one) => one instanceof Unknown) ? together(truths) : false
}

const allOf = <T>(list: readonly T[], read: (one: T) => Truth) => and(list.map(read))
const anyOf = <T>(list: readonly T[], read: (one: T) => Truth) => or(list.map(read))

export function isOfAny(kinds: Kinds | undefined, item: Subject | undefined): Truth {
  if (kinds === undefined) return true
  if (item === undefined) return false
  return typeof kinds === 'string' ? item.isOf(kinds) : anyOf(kinds, item.isOf)
}
