/**
 * Policies in sentences, for a board that votes about one: every rule, in the order in which it is asked.
 *
 * @module
 */
import type { Shift } from './days.js'
import { demandPolicy } from './parse-policy.js'
import type {
  Amount,
  Condition,
  CreditNeed,
  CreditPolicy,
  Day,
  Demand,
  Kinds,
  Limit,
  Names,
  Need,
  Pattern,
  Purpose,
  Rate,
  Repeats,
  Reward,
  Rules,
  Window,
} from './types.js'

/**
 * Says a policy in English, one line for each rule; what stands below another is indented. Throws UsageError `usage.invalid_policy`.
 */
export function explainPolicy(policy: CreditPolicy): string[] {
  return new PolicyTeller(demandPolicy(policy)).lines()
}

const BY_NAME: Readonly<Record<string, string>> = {
  amount: 'its amount',
  credits: 'the credits that its issuer states',
  started: 'its start',
  credited: 'it counted before',
}
const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`)
const listed = (texts: readonly string[], word: 'and' | 'or') =>
  texts.length < 2 ? (texts[0] ?? '') : `${texts.slice(0, -1).join(', ')} ${word} ${texts.at(-1)}`
const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const several = (text: string) => (/^\d+$/.test(text) && text !== '1' ? 's' : '')

/** The words of one policy. */
export class PolicyTeller {
  private readonly policy: CreditPolicy

  constructor(policy: CreditPolicy) {
    this.policy = policy
  }

  lines(): string[] {
    const { policy } = this
    const open = Object.entries(policy.parameters ?? {}).filter(([, { value }]) => value === undefined)
    return [
      `${policy.name}.`,
      ...('editions' in policy
        ? policy.editions.flatMap(({ id, from, to, when, ...rules }) => [
            `Edition ${id}${this.range(from, to, policy.editionBy)}${when === undefined ? '' : `, where ${this.condition(when)}`}:`,
            ...indented(this.rules(rules)),
          ])
        : this.rules(policy)),
      ...Object.entries(policy.kinds).map(([id, { name = id, badges = [], activities = [] }]) => {
        const ways = [
          ...badges.map((pattern) => this.pattern(pattern)),
          ...(activities.length === 0
            ? []
            : [
                `what is stated as ${listed(
                  activities.map((one) => `"${one}"`),
                  'or',
                )}`,
              ]),
        ]
        return `"${name}" is ${ways.length === 0 ? 'what a table says' : listed(ways, 'or')}.`
      }),
      ...open.map(([, { says }]) => `Not known until somebody says so: ${says}.`),
    ]
  }

  private range(from: string | undefined, to: string | undefined, by: Day = 'now'): string {
    if (from === undefined && to === undefined) return ''
    return `, where ${this.day(by)} is ${this.window({ ...(from && { from }), ...(to && { to }) })}`
  }

  private rules({
    window,
    repeats,
    rates = [],
    conversions = [],
    demands = [],
    limits = [],
    purposes,
  }: Rules): string[] {
    return [
      ...this.filters(window, repeats, demands),
      ...rates.map((rate) => this.rate(rate)),
      ...conversions.map(({ from, to, gives }) => `One ${from} is ${this.amount(gives)} ${to}.`),
      ...limits.map((limit) => this.limit(limit)),
      ...purposes.flatMap((purpose) => this.purpose(purpose)),
    ]
  }

  private filters(window: Window | undefined, repeats: Repeats | undefined, demands: readonly Demand[]): string[] {
    return [
      ...(window === undefined ? [] : [`What was earned ${this.window(window)} counts.`]),
      ...demands.map(({ of, holds, says }) => {
        const what = of === undefined ? 'It' : `${upper(this.kinds(of))}`
        return says === undefined
          ? `${what} counts only where ${this.condition(holds)}.`
          : `${what} counts only where this holds: ${says}.`
      }),
      ...(repeats === undefined ? [] : [this.repeats(repeats)]),
    ]
  }

  private repeats({ within, of }: Repeats): string {
    const what = of === undefined ? 'The same learning' : `The same ${this.kinds(of)}`
    const when =
      within === 'ever'
        ? 'once, ever'
        : within === 'window'
          ? 'once within that time'
          : `not again within ${this.shift(within)}`
    return `${what} counts ${when}.`
  }

  private rate({ of, gives, unit }: Rate): string {
    return `One ${this.kinds(of)} gives ${this.amount(gives)}${unit === undefined ? '' : ` ${unit}`}.`
  }

  private limit({ of, per = 'all', atLeast, atMost, step, items, first, share }: Limit): string {
    const what = of === undefined ? 'all together' : this.kinds(of)
    const where =
      per === 'item'
        ? 'Each'
        : per === 'all'
          ? 'Of'
          : per === 'ever'
            ? 'Ever, of'
            : 'calendar' in per
              ? `In one ${per.calendar}, of`
              : `Of one and the same ${this.fact(per.fact)}, of`
    const says = [
      ...(first === undefined ? [] : [`only the first ${this.amount(first)} that somebody ever earned`]),
      ...(items === undefined ? [] : [`at most ${this.amount(items)}`]),
      ...(atLeast === undefined ? [] : [`nothing below ${this.amount(atLeast)}`]),
      ...(atMost === undefined ? [] : [`at most ${this.amount(atMost)}`]),
      ...(step === undefined ? [] : [`only whole steps of ${this.amount(step)}`]),
      ...(share === undefined
        ? []
        : [`at most ${this.amount(share.atMost)} of ${share.of === 'need' ? 'what is needed' : 'the sum'}`]),
    ]
    return `${where} ${what}${per === 'item' ? ':' : ''} ${listed(says, 'and')} counts.`
  }

  private purpose(purpose: Purpose): string[] {
    const {
      id,
      name = id,
      unit,
      who,
      counts,
      step,
      carry,
      needs,
      reward,
      window,
      repeats,
      demands = [],
      rates = [],
      limits = [],
    } = purpose
    const inside = [
      ...(who === undefined ? [] : [`It is for those of whom it holds that ${this.condition(who)}.`]),
      ...(counts === undefined ? [] : [`Only ${this.kinds(counts)} counts.`]),
      ...this.filters(window, repeats, demands),
      ...rates.map((rate) => this.rate(rate)),
      ...limits.map((limit) => this.limit(limit)),
      ...(step === undefined ? [] : [`The sum is rounded down to a multiple of ${this.amount(step)}.`]),
      ...(carry === undefined || carry === false
        ? []
        : [`What is left over counts the next time${carry === true ? '' : `, up to ${this.amount(carry)}`}.`]),
      ...(reward === undefined ? [] : [this.reward(reward)]),
    ]
    const need = needs === undefined ? `whatever counts, in ${unit}` : this.need(needs, unit)
    return [`${upper(name)}: ${need}.`, ...indented(inside)]
  }

  need(need: Need, unit: string): string {
    if ('credit' in need) return this.credit(need, unit)
    if ('purpose' in need) {
      const rules = 'editions' in this.policy ? this.policy.editions : [this.policy]
      const found = rules.flatMap(({ purposes }) => purposes).find(({ id }) => id === need.purpose)
      return `"${found?.name ?? need.purpose}" is met`
    }
    if ('allOf' in need)
      return listed(
        (need.allOf as readonly Need[]).map((one) => this.inner(one, unit)),
        'and',
      )
    if ('anyOf' in need)
      return listed(
        (need.anyOf as readonly Need[]).map((one) => this.inner(one, unit)),
        'or',
      )
    return this.condition(need as Condition)
  }

  private inner(need: Need, unit: string): string {
    const text = this.need(need, unit)
    return 'allOf' in need || 'anyOf' in need ? `(${text})` : text
  }

  private credit({ credit, of, groups = [], indivisible }: CreditNeed, unit: string): string {
    const parts = groups.map(({ of: kinds, atLeast, atMost }) => {
      const bounds = [
        ...(atLeast === undefined ? [] : [`at least ${this.amount(atLeast)}`]),
        ...(atMost === undefined ? [] : [`at most ${this.amount(atMost)}`]),
      ]
      return `${listed(bounds, 'and')} of ${this.kinds(kinds)}`
    })
    const whole = indivisible === true ? ', each badge in one of them' : ''
    const from = of === undefined ? '' : ` of ${this.kinds(of)}`
    return `${this.amount(credit)} ${unit}${from}${parts.length === 0 ? '' : `, of it ${listed(parts, 'and')}${whole}`}`
  }

  private reward({ is, amount, currency = '', to, every, times, per }: Reward): string {
    const what =
      amount === undefined
        ? { 'one-time': 'a payment', raise: 'a raise', lane: 'a lane', standing: 'a standing' }[is]
        : `${amount === 'sum' ? 'what it comes to' : this.amount(amount)}${currency === '' ? '' : ` in ${currency}`}, ${
            { 'one-time': 'once', raise: 'as a raise', lane: 'with a lane', standing: 'with a standing' }[is]
          }`
    const period = per === undefined ? '' : per === 'ever' ? ' ever' : ` in one ${per.calendar}`
    return `It brings ${what}${to === undefined ? '' : `: ${to}`}${every === undefined ? '' : `, for every ${this.amount(every)}`}${
      times === undefined ? '' : `, at most ${this.amount(times)} time${several(this.amount(times))}${period}`
    }.`
  }

  kinds(kinds: Kinds): string {
    return listed(
      [kinds].flat().map((kind) => this.policy.kinds[kind]?.name ?? kind),
      'or',
    )
  }

  fact(fact: string): string {
    return this.policy.facts?.[fact]?.says ?? (Object.hasOwn(BY_NAME, fact) ? (BY_NAME[fact] as string) : fact)
  }

  parameter(parameter: string): string {
    return this.policy.parameters?.[parameter]?.says ?? parameter
  }

  amount(amount: Amount): string {
    if (typeof amount !== 'object') return String(amount)
    if ('parameter' in amount) {
      const value = this.policy.parameters?.[amount.parameter]?.value
      return value === undefined ? `(${this.parameter(amount.parameter)})` : String(value)
    }
    if ('fact' in amount)
      return `${this.fact(amount.fact)}${amount.otherwise === undefined ? '' : ` (${amount.otherwise} where nobody says so)`}`
    if ('sum' in amount) return amount.sum.map((one) => this.amount(one)).join(' + ')
    if ('product' in amount) return amount.product.map((one) => this.amount(one)).join(' x ')
    if ('least' in amount)
      return `the smaller of ${listed(
        amount.least.map((one) => this.amount(one)),
        'and',
      )}`
    return this.cases(amount.cases, (use) => this.amount(use))
  }

  private cases<T>(cases: readonly { readonly when?: Condition; readonly use: T }[], say: (use: T) => string): string {
    return cases
      .map(({ when, use }) => `${say(use)}${when === undefined ? ' else' : ` where ${this.condition(when)}`}`)
      .join(', ')
  }

  day(day: Day): string {
    if (typeof day === 'string')
      return day === 'now' ? 'the day of the decision' : day === 'earned' ? 'the day it was earned' : day
    if ('parameter' in day) return `(${this.parameter(day.parameter)})`
    if ('fact' in day)
      return `${day.end === undefined ? '' : day.end === 'from' ? 'the start of ' : 'the end of '}${this.fact(day.fact)}`
    if ('decided' in day) return `the day on which "${day.decided}" was met last`
    if ('plus' in day) {
      const isBack = Object.values(day.plus).some((each) => Number(each) < 0)
      return `${this.shift(day.plus)} ${isBack ? 'before' : 'after'} ${this.day(day.day)}`
    }
    if ('latest' in day)
      return `the latest of ${listed(
        day.latest.map((one) => this.day(one)),
        'and',
      )}`
    return this.cases(day.cases, (use) => this.day(use))
  }

  private shift(shift: Shift): string {
    const parts = Object.entries(shift).map(([unit, count]) => {
      const number = Math.abs(Number(count))
      return `${number} ${number === 1 ? unit.replace(/s$/, '') : unit}`
    })
    return listed(parts, 'and')
  }

  window(window: Window): string {
    if ('period' in window) return `within ${this.fact(window.period)}`
    if ('anyOf' in window)
      return listed(
        window.anyOf.map((one) => this.window(one)),
        'or',
      )
    if ('cases' in window) return this.cases(window.cases, (use) => this.window(use))
    const { from, after, to, before } = window
    const parts = [
      ...(from === undefined ? [] : [`from ${this.day(from)}`]),
      ...(after === undefined ? [] : [`after ${this.day(after)}`]),
      ...(to === undefined ? [] : [`up to ${this.day(to)}`]),
      ...(before === undefined ? [] : [`before ${this.day(before)}`]),
    ]
    return parts.length === 0 ? 'at any time' : parts.join(' ')
  }

  condition(condition: Condition): string {
    if ('allOf' in condition)
      return listed(
        condition.allOf.map((one) => this.condition(one)),
        'and',
      )
    if ('anyOf' in condition)
      return listed(
        condition.anyOf.map((one) => this.condition(one)),
        'or',
      )
    if ('not' in condition) return `not: ${this.condition(condition.not)}`
    if ('kind' in condition) return `it is ${this.kinds(condition.kind)}`
    if ('day' in condition) return `${this.day(condition.day)} is ${this.window(condition.in)}`
    if ('amount' in condition) {
      const { amount, atLeast, atMost } = condition
      const bounds = [
        ...(atLeast === undefined ? [] : [`at least ${this.amount(atLeast)}`]),
        ...(atMost === undefined ? [] : [`at most ${this.amount(atMost)}`]),
      ]
      return `${this.amount(amount)} is ${listed(bounds, 'and')}`
    }
    const { fact, is = true, by } = condition
    const said =
      is === true
        ? this.fact(fact)
        : is === false
          ? `not: ${this.fact(fact)}`
          : `${this.fact(fact)} is ${listed([is].flat(), 'or')}`
    return by === undefined ? said : `${said} (by ${this.names(by)})`
  }

  private names(names: Names): string {
    return 'parameter' in names ? this.parameter(names.parameter) : listed(names, 'or')
  }

  private pattern({ achievements, competencies, types, issuers, tags }: Pattern): string {
    const parts = [
      ...(types === undefined ? [] : [`of type ${this.names(types)}`]),
      ...(achievements === undefined ? [] : [`for ${this.names(achievements)}`]),
      ...(competencies === undefined ? [] : [`aligned to ${this.names(competencies)}`]),
      ...(tags === undefined ? [] : [`tagged ${this.names(tags)}`]),
      ...(issuers === undefined ? [] : [`from ${this.names(issuers)}`]),
    ]
    return ['a badge', ...parts].join(' ')
  }
}
