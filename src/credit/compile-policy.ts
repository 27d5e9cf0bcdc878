/**
 * A policy made ready: each purpose with all the rules that are asked for it, and where each stands.
 *
 * @module
 */
import { pointer } from '../internal/json-pointer.js'
import type {
  Amount,
  Conversion,
  CreditPolicy,
  Demand,
  Edition,
  Limit,
  Purpose,
  Rate,
  Repeats,
  Rules,
  Window,
} from './types.js'

/** A rule, and its JSON pointer. */
export interface Placed<T> {
  readonly rule: T
  readonly place: string
}

export interface CompiledPurpose {
  readonly purpose: Purpose
  readonly place: string
  readonly account: string
  readonly window: Placed<Window> | undefined
  /** Those that lead to the purpose's unit, with the conversions on the way. */
  readonly rates: readonly (Placed<Rate> & { readonly conversions: readonly Amount[] })[]
  readonly demands: readonly Placed<Demand>[]
  readonly limits: readonly Placed<Limit>[]
  readonly repeats: Placed<Repeats> | undefined
}

export interface CompiledEdition {
  /** Undefined where the policy has no editions. */
  readonly edition: Edition | undefined
  readonly purposes: readonly CompiledPurpose[]
}

export function compileEditions(policy: CreditPolicy): readonly CompiledEdition[] {
  if (!('editions' in policy)) return [{ edition: undefined, purposes: compileRules(policy, '') }]
  return policy.editions.map((edition, index) => ({ edition, purposes: compileRules(edition, `/editions/${index}`) }))
}

function compileRules(rules: Rules, start: string): CompiledPurpose[] {
  return rules.purposes.map((purpose, index) => {
    const place = `${start}/purposes/${index}`
    const own = <Name extends 'rates' | 'demands' | 'limits'>(name: Name, from: Rules | Purpose, at: string) =>
      (from[name] ?? []).map((rule, each) => ({ rule, place: pointer(pointer(at, name), each) }))
    const one = <T>(name: string, ownRule: T | undefined, shared: T | undefined): Placed<T> | undefined => {
      const rule = ownRule ?? shared
      return rule === undefined ? undefined : { rule, place: pointer(ownRule === undefined ? start : place, name) }
    }
    const rates = (
      purpose.rates === undefined ? own('rates', rules, start) : own('rates', purpose, place)
    ) as readonly Placed<Rate>[]
    return {
      purpose,
      place,
      account: purpose.account ?? purpose.id,
      window: one('window', purpose.window, rules.window),
      repeats: one('repeats', purpose.repeats, rules.repeats),
      demands: [...own('demands', rules, start), ...own('demands', purpose, place)] as readonly Placed<Demand>[],
      limits: ([...own('limits', rules, start), ...own('limits', purpose, place)] as readonly Placed<Limit>[])
        .map((limit) => ({ ...limit, order: orderOf(limit.rule) }))
        .sort((a, b) => a.order - b.order),
      rates: rates.flatMap((rate) => {
        const conversions = pathTo(purpose.unit, rate.rule.unit ?? purpose.unit, rules.conversions ?? [])
        return conversions === undefined ? [] : [{ ...rate, conversions }]
      }),
    }
  })
}

/** As the order of operations says; within that, as they are written. */
function orderOf({ per, items, first, share }: Limit): number {
  if (per === 'item') return 0
  if (items !== undefined || first !== undefined) return 1
  return share === undefined ? 2 : 3
}

/** The conversions from a unit to another, the fewest there are. They lead in no circle. */
function pathTo(unit: string, from: string, conversions: readonly Conversion[]): readonly Amount[] | undefined {
  const found = new Map<string, readonly Amount[]>([[from, []]])
  for (const [at, path] of found)
    for (const { from: before, to, gives } of conversions)
      if (before === at && !found.has(to)) found.set(to, [...path, gives])
  return found.get(unit)
}
