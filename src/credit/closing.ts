/**
 * What would close a gap: so many more of a kind.
 *
 * @module
 */
import type { Person } from './candidates.js'
import type { CompiledPurpose } from './compile-policy.js'
import type { CreditMissing } from './decision.js'
import { atLeastZero, ceilOf, isPositive, minus, over, type Rational, sumOf } from './rational.js'
import type { Kinds } from './types.js'
import { Unknown } from './values.js'

export interface Gap {
  readonly credit: Rational
  /** Of it, what has to be in groups. */
  readonly gaps: readonly { readonly id: string; readonly of: Kinds; readonly gap: Rational }[]
  readonly purpose: CompiledPurpose
}

/** For each kind whose worth is known without looking at one, and of which no limit may take. */
export function closingOf({ credit, gaps, purpose }: Gap, { values }: Person): Pick<CreditMissing, 'ways'> {
  const inGroups = sumOf(gaps.map(({ gap }) => gap))
  const beyond = atLeastZero(minus(credit, inGroups))
  const ways = new Map<string, number>()
  const isLimited = (kind: string) =>
    purpose.limits.some(({ rule: { of } }) => of === undefined || [of].flat().includes(kind))
  for (const { rule, conversions } of purpose.rates) {
    const gives = values.amount({ product: [rule.gives, ...conversions] })
    if (gives instanceof Unknown || !isPositive(gives)) continue
    const pieces = [...gaps.map(({ gap }) => gap), beyond]
    const items = pieces.reduce((sum, piece) => sum + Number(ceilOf(over(piece, gives))), 0)
    for (const kind of [rule.of].flat()) if (!ways.has(kind) && !isLimited(kind)) ways.set(kind, items)
  }
  return ways.size === 0 ? {} : { ways: [...ways].map(([kind, items]) => ({ kind, items })) }
}
