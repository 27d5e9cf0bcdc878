/**
 * Badges that could be earned, and the cheapest of them that would close a gap.
 *
 * @module
 */
import type { Standing } from '../competency/claims.js'
import { arrayOf, type Kind, type Members, open, shape, text } from '../internal/members.js'
import type { Achievement } from '../model/types.js'
import { type Candidate, candidatesOf, type Person, seenBy } from './candidates.js'
import type { CompiledPurpose } from './compile-policy.js'
import type { CreditMissing } from './decision.js'
import { type Exactly, exactly } from './facts.js'
import { itemsOf } from './items.js'
import {
  compared,
  isLess,
  isPositive,
  minus,
  over,
  plus,
  type Rational,
  rationalOf,
  shownRational,
  sumOf,
  times,
  ZERO,
} from './rational.js'
import { Unknown } from './values.js'

/** A badge that is on offer. */
export interface CreditOffer {
  /** What an issuer publishes of it: its `id`, and what kinds are told by. */
  readonly achievement: Pick<Achievement, 'id'> &
    Partial<Pick<Achievement, 'achievementType' | 'alignment' | 'tag' | 'creditsAvailable'>>
  readonly issuer: string
  /** In whatever is counted: money, hours. */
  readonly cost: Exactly
}

const achievement = open(
  { id: text, achievementType: text, tag: arrayOf(text), alignment: arrayOf(open({ targetUrl: text }, ['targetUrl'])) },
  ['id'],
)
const OFFER: Members<CreditOffer> = { achievement, issuer: text, cost: exactly }
export const offersKind: Kind = arrayOf(shape(OFFER, { required: ['achievement', 'issuer', 'cost'] }))

/** Choices that are looked at, and how often all of the rules are asked. */
const MAX_STEPS = 5000
const MAX_ASKED = 64

interface Offered {
  readonly id: string
  readonly cost: Rational
  readonly gives: Rational
  readonly candidate: Candidate
}

/**
 * The cheapest offers that close the gap together: those that give most for their cost are tried first, and a choice is left where even the
 * best of what is to come would cost more than one that was found.
 */
export function cheapestOffers(
  offers: readonly CreditOffer[],
  gap: Rational,
  taken: readonly Candidate[],
  purpose: CompiledPurpose,
  person: Person,
  closes: (chosen: readonly Candidate[]) => boolean,
): CreditMissing['offers'] {
  const offered = offeredFor(offers, taken, purpose, person)
  if (isLess(sumOf(offered.map(({ gives }) => gives)), gap)) return undefined
  let [steps, asked] = [0, 0]
  let best: { readonly chosen: readonly Offered[]; readonly cost: Rational } | undefined
  const visit = (index: number, chosen: readonly Offered[], cost: Rational, given: Rational): void => {
    if (++steps > MAX_STEPS || asked > MAX_ASKED) return
    if (best !== undefined && compared(cost, best.cost) >= 0) return
    if (compared(given, gap) >= 0) {
      asked++
      if (closes(chosen.map(({ candidate }) => candidate))) {
        best = { chosen, cost }
        return
      }
    }
    const next = offered[index]
    if (next === undefined) return
    // What is to come gives no more for its cost than the next one.
    const rest = minus(gap, given)
    const atLeast = isPositive(rest) ? plus(cost, times(rest, over(next.cost, next.gives))) : cost
    if (best !== undefined && compared(atLeast, best.cost) >= 0) return
    visit(index + 1, [...chosen, next], plus(cost, next.cost), plus(given, next.gives))
    visit(index + 1, chosen, cost, given)
  }
  visit(0, [], ZERO, ZERO)
  if (best === undefined) return undefined
  return {
    achievements: best.chosen.map(({ id }) => id).sort(),
    cost: shownRational(best.cost),
    isCheapest: steps <= MAX_STEPS && asked <= MAX_ASKED,
  }
}

/** What counts for the purpose, the most for its cost first; of one learning the cheapest. An approval that is still to come is no obstacle. */
function offeredFor(
  offers: readonly CreditOffer[],
  taken: readonly Candidate[],
  purpose: CompiledPurpose,
  person: Person,
): Offered[] {
  const today = person.values.now
  const standings = offers.map(({ achievement, issuer }, index): Standing => {
    const credential = { id: `offer ${index}`, issuer, validFrom: today, credentialSubject: { achievement } }
    return { counts: 'yes', reasons: [], version: { credential } as never }
  })
  const { repeats: _, ...once } = purpose
  const seen = seenBy(itemsOf(standings, []), person.kinds)
  const works = new Set(taken.filter(isSpent).map((one) => one.seen.item.work))
  const offered = candidatesOf({ ...once, repeats: undefined }, { ...person, seen }).flatMap((one): Offered[] => {
    const { item } = one.seen
    const offer = offers[Number(item.id.slice('offer '.length))]
    const gives = one.gives instanceof Unknown ? ZERO : one.gives
    const cost = rationalOf(offer?.cost) ?? ZERO
    const isNew = purpose.repeats === undefined || !works.has(item.work)
    if (offer === undefined || one.counts === false || !isPositive(gives) || isLess(cost, ZERO) || !isNew) return []
    return [{ id: offer.achievement.id, cost, gives, candidate: { ...one, counts: true } }]
  })
  const ratio = ({ cost, gives }: Offered) => over(cost, gives)
  const sorted = offered.sort(
    (a, b) => compared(ratio(a), ratio(b)) || compared(a.cost, b.cost) || (a.id < b.id ? -1 : 1),
  )
  const first = new Map<string, Offered>()
  for (const one of sorted) if (!first.has(one.id)) first.set(one.id, one)
  return [...first.values()].slice(0, 500)
}

/** It counts, or did before. */
const isSpent = ({ counts, because }: Candidate) => counts !== false || because.some(({ code }) => code === 'used')
