/**
 * One purpose for one person: what counts for certain, what may count at most, and whether that is enough.
 *
 * @module
 */
import type { Writable } from '../internal/types.js'
import { type Assignment, assign, type GroupBounds, type Portion } from './assign.js'
import { type Candidate, candidatesOf, type Person } from './candidates.js'
import { closingOf } from './closing.js'
import type { CompiledPurpose } from './compile-policy.js'
import type { CreditMissing, CreditShare, GroupDecision, PurposeDecision, ShareReason } from './decision.js'
import { type Bound, type Limited, limited } from './limits.js'
import { type CreditOffer, cheapestOffers } from './offers.js'
import { creditNeedsIn } from './parse-policy.js'
import {
  atLeastZero,
  BEYOND,
  compared,
  downTo,
  isLess,
  isPositive,
  least,
  minus,
  most,
  plus,
  type Rational,
  shownRational,
  sumOf,
  ZERO,
} from './rational.js'
import { rewardOf } from './rewards.js'
import type { Condition, CreditNeed, Group, Kinds, Need } from './types.js'
import { and, isNoLess, isOfAny, type Known, type Missing, or, type Truth, together, Unknown } from './values.js'

const NOTHING: Portion = { amount: ZERO, groups: [] }

/** What is counted within one bound. */
export interface Tally extends Limited {
  /** Candidates of which a limit on what comes together may have taken. */
  readonly limited: ReadonlySet<number>
  readonly assignment: Assignment
  /** With what was carried over, down to a step. */
  readonly sum: Rational
  /** The same before the step. */
  readonly raw: Rational
}

/** One credit need, held against what there is. */
interface Weighed {
  readonly need: CreditNeed
  readonly amount: Known<Rational>
  readonly groups: readonly (Group & { readonly least: Known<Rational> })[]
  readonly sure: Tally
  readonly possible: Tally
  readonly carried: Rational
  readonly truth: Truth
}

/** Decides a purpose. `others` are the purposes that were decided before it. */
export function decidePurpose(
  purpose: CompiledPurpose,
  person: Person,
  others: (purpose: string) => Truth,
  offers: readonly CreditOffer[],
): PurposeDecision {
  const { values } = person
  const { id, unit, who, needs, carry } = purpose.purpose
  const base = { purpose: id, account: purpose.account, unit }
  const isMeant = who === undefined ? true : values.truth(who)
  if (isMeant === false) return { ...base, outcome: 'not-met', sum: '0', shares: [], because: ['who'] }
  const candidates = candidatesOf(purpose, person)
  const askNeed = (one: Need): Answer => answerTo(one, { candidates, purpose, person, carried, others })
  const carried = carry === undefined || carry === false ? ZERO : carriedOver(purpose, person)
  const asked = needs === undefined ? undefined : askNeed(needs)
  // Where no credit is asked, what there is counts all the same.
  const main = asked?.by ?? withoutNeed(candidates, purpose, person, carried)
  const truth = and([isMeant, asked?.truth ?? main.truth])
  const need = main.amount instanceof Unknown || asked?.by === undefined ? undefined : main.amount
  const { reward, consumed, isUsedUp } = rewardOf(purpose, person, main.sure.sum, need)
  const outcome = truth === true && !isUsedUp ? 'met' : truth instanceof Unknown ? 'not-known' : 'not-met'
  const left =
    carry === undefined || carry === false || outcome !== 'met' ? ZERO : atLeastZero(minus(main.sure.raw, consumed))
  const because = [
    ...(isUsedUp && truth === true ? (['used-up'] as const) : []),
    ...(outcome === 'not-known' && !(main.sure.assignment.isExact && main.possible.assignment.isExact)
      ? (['too-complex'] as const)
      : []),
    ...(outcome === 'met' && asked?.by !== undefined && main.truth !== true ? (['otherwise'] as const) : []),
    ...(need !== undefined && !isPositive(need) ? (['nothing-needed'] as const) : []),
  ]
  const possible = main.possible.sum
  const missing =
    outcome === 'met' || isUsedUp ? undefined : missingOf(truth, main, candidates, purpose, person, offers)
  return {
    ...base,
    outcome,
    sum: shownRational(main.sure.sum),
    ...(compared(possible, main.sure.sum) > 0 && {
      possible: isLess(possible, BEYOND) ? shownRational(possible) : 'open',
    }),
    ...(need !== undefined && { need: shownRational(need) }),
    ...(isPositive(carried) && { carried: shownRational(carried) }),
    ...(isPositive(left) && { left: shownRational(left) }),
    ...(main.groups.length > 0 && {
      groups: main.groups.map((group, index) => groupDecision(group, main.sure, index)),
    }),
    shares: candidates.map((candidate, index) => shareOf(candidate, index, main)),
    ...(missing !== undefined && { missing }),
    ...(outcome === 'met' && reward !== undefined && { reward }),
    ...(because.length > 0 && { because }),
  }
}

interface Asking {
  readonly candidates: readonly Candidate[]
  readonly purpose: CompiledPurpose
  readonly person: Person
  readonly carried: Rational
  readonly others: (purpose: string) => Truth
}

/** Whether a need is met; and the credit need that it hangs on. */
interface Answer {
  readonly truth: Truth
  readonly by?: Weighed | undefined
}

function answerTo(need: Need, asking: Asking): Answer {
  const { candidates, purpose, person, carried, others } = asking
  if ('credit' in need) {
    const by = weighedFor(need, candidates, purpose, person, carried)
    return { truth: by.truth, by }
  }
  if ('purpose' in need) return { truth: others(need.purpose) }
  if ('allOf' in need) {
    // Conditions first: credit is not weighed for somebody else.
    const [conditions, credits] = parted(need.allOf as readonly Need[])
    const holds = conditions.map((one) => answerTo(one, asking))
    if (credits.length === 0 || holds.some(({ truth }) => truth === false))
      return { truth: and(holds.map(({ truth }) => truth)) }
    const answers = credits.map((one) => answerTo(one, asking))
    return {
      truth: and([...holds, ...answers].map(({ truth }) => truth)),
      by: (answers.find(({ truth }) => truth !== true) ?? answers[0])?.by,
    }
  }
  if ('anyOf' in need) {
    const answers = (need.anyOf as readonly Need[]).map((one) => answerTo(one, asking))
    const rank = ({ truth }: Answer) => (truth === true ? 0 : truth instanceof Unknown ? 1 : 2)
    const [best] = answers.filter(({ by }) => by !== undefined).sort((a, b) => rank(a) - rank(b))
    return { truth: or(answers.map(({ truth }) => truth)), by: best?.by }
  }
  return { truth: person.values.truth(need as Condition) }
}

function parted(needs: readonly Need[]): [conditions: Need[], credits: Need[]] {
  const hasCredit = (need: Need) => creditNeedsIn(need).length > 0
  return [needs.filter((need) => !hasCredit(need)), needs.filter(hasCredit)]
}

function carriedOver({ purpose, account }: CompiledPurpose, { history, values }: Person): Rational {
  const { left } = history.account(account)
  if (purpose.carry === undefined || typeof purpose.carry === 'boolean') return left
  const most = values.amount(purpose.carry)
  return most instanceof Unknown ? ZERO : least(left, most)
}

function weighedFor(
  need: CreditNeed,
  candidates: readonly Candidate[],
  purpose: CompiledPurpose,
  person: Person,
  carried: Rational,
): Weighed {
  const { values } = person
  const amount = values.amount(need.credit)
  const groups = (need.groups ?? []).map((group) => ({
    ...group,
    least: group.atLeast === undefined ? ZERO : values.amount(group.atLeast),
  }))
  const bounds = (bound: Bound): GroupBounds[] =>
    groups.map(({ least, atMost }) => {
      const upTo = atMost === undefined ? undefined : values.amount(atMost)
      const atLeast = least instanceof Unknown ? ZERO : least
      if (upTo instanceof Unknown) return { atLeast, atMost: bound === 'sure' ? atLeast : undefined }
      return { atLeast: upTo === undefined || isLess(atLeast, upTo) ? atLeast : upTo, atMost: upTo }
    })
  const tally = (bound: Bound) => tallied(candidates, need, bounds(bound), purpose, person, bound, carried)
  const sure = tally('sure')
  const holds = ({ sum, assignment }: Tally): Truth[] => [
    isNoLess(sum, amount),
    ...groups.map(({ least }, index) => isNoLess(assignment.filled[index] ?? ZERO, least)),
  ]
  const reached = and(holds(sure))
  const open = [
    amount,
    ...groups.flatMap(({ least, atMost }) => [least, atMost === undefined ? ZERO : values.amount(atMost)]),
  ]
  const limits = purpose.limits.map(({ rule }) => rule.of)
  const isOpen =
    !sure.assignment.isExact ||
    sure.missing.length > 0 ||
    open.some((one) => one instanceof Unknown) ||
    isAnyOpen(candidates, [need.of, ...groups.map(({ of }) => of), ...limits])
  // Where all is known, what is possible is what is sure.
  const possible = isOpen ? tally('possible') : sure
  const truth =
    reached === true || and(holds(possible)) === false
      ? reached === true
      : together([...open, ...openIn(candidates, need, [sure, possible])])
  return { need, amount, groups, sure, possible, carried, truth }
}

/** Is it not known of any whether it counts, what it gives, or whether it is of one of these kinds? */
function isAnyOpen(candidates: readonly Candidate[], kinds: readonly (Kinds | undefined)[]): boolean {
  return candidates.some(
    ({ counts, gives, seen }) =>
      counts !== false &&
      (counts instanceof Unknown ||
        gives instanceof Unknown ||
        kinds.some((kind) => isOfAny(kind, seen) instanceof Unknown)),
  )
}

function withoutNeed(
  candidates: readonly Candidate[],
  purpose: CompiledPurpose,
  person: Person,
  carried: Rational,
): Weighed {
  const need: CreditNeed = { credit: 0 }
  const one = weighedFor(need, candidates, purpose, person, carried)
  const truth = isPositive(one.sure.sum)
    ? true
    : isPositive(one.possible.sum)
      ? together(openIn(candidates, need, [one.sure, one.possible]))
      : false
  return { ...one, truth }
}

/** All that is not known of what may count. */
function openIn(
  candidates: readonly Candidate[],
  { of, groups = [] }: CreditNeed,
  tallies: readonly Tally[],
): Unknown[] {
  const kinds = [of, ...groups.map((group) => group.of)]
  return [
    ...candidates.flatMap(({ counts, gives, seen }) =>
      counts === false
        ? []
        : [counts, gives, ...kinds.map((kind) => isOfAny(kind, seen))].filter((one) => one instanceof Unknown),
    ),
    new Unknown(tallies.flatMap(({ missing }) => missing)),
  ]
}

function tallied(
  candidates: readonly Candidate[],
  need: CreditNeed,
  groups: readonly GroupBounds[],
  purpose: CompiledPurpose,
  person: Person,
  bound: Bound,
  carried: Rational,
): Tally {
  const amount = person.values.amount(need.credit)
  const ofNeed = amount instanceof Unknown ? undefined : amount
  const left = limited(candidates, purpose, person, bound, ofNeed)
  const isIn = (truth: Truth) => truth === true || (bound === 'possible' && truth instanceof Unknown)
  const { of: only, groups: parts = [] } = need
  const portions = candidates.map(({ seen }, index): Portion => {
    const amount = left.amounts[index] ?? ZERO
    if (!isPositive(amount) || !isIn(isOfAny(only, seen))) return NOTHING
    return { amount, groups: parts.flatMap(({ of }, group) => (isIn(isOfAny(of, seen)) ? [group] : [])) }
  })
  const isDivisible = need.indivisible !== true
  const assignment = assign({ portions, groups, capacities: left.capacities, isDivisible, bound })
  const raw = plus(sumOf(assignment.counted), carried)
  const base = { ...left, limited: new Set(left.capacities.flatMap(({ members }) => members)), assignment, raw }
  const step = purpose.purpose.step === undefined ? undefined : person.values.amount(purpose.purpose.step)
  if (step === undefined) return { ...base, sum: raw }
  if (step instanceof Unknown)
    return { ...base, missing: [...left.missing, ...step.missing], sum: bound === 'sure' ? ZERO : raw }
  return { ...base, sum: isPositive(step) ? downTo(raw, step) : raw }
}

function groupDecision(group: Weighed['groups'][number], { assignment }: Tally, index: number): GroupDecision {
  return {
    group: group.id,
    ...(group.atLeast !== undefined && !(group.least instanceof Unknown) && { atLeast: shownRational(group.least) }),
    counts: shownRational(assignment.filled[index] ?? ZERO),
  }
}

function shareOf({ seen, gives, because }: Candidate, index: number, { sure, groups }: Weighed): CreditShare {
  const { item, earned } = seen
  const counts = sure.assignment.counted[index] ?? ZERO
  const into = sure.assignment.into[index]
  const worth = gives instanceof Unknown ? undefined : gives
  const limits = sure.because.get(index) ?? []
  const before = sure.amounts[index] ?? ZERO
  const isLimited = sure.limited.has(index)
  const reasons: readonly ShareReason[] =
    limits.length === 0 && !isLess(counts, before)
      ? because
      : [...because, ...limits, ...(isLess(counts, before) ? [{ code: isLimited ? 'limit' : 'group' } as const] : [])]
  const share: Writable<CreditShare> = {
    item: item.id,
    is: item.is,
    kinds: seen.kinds(),
    counts: shownRational(counts),
    because: reasons,
  }
  if (item.work !== undefined) share.achievement = item.work
  if (item.traits.issuer !== undefined) share.issuer = item.traits.issuer
  if (earned !== undefined) share.earned = earned
  if (item.evidence.length > 0 && isPositive(counts)) share.evidence = item.evidence
  if (worth !== undefined && isPositive(worth)) share.gives = shownRational(worth)
  if (into !== undefined && into.size > 0)
    share.groups = Object.fromEntries(
      [...into].map(([group, amount]) => [groups[group]?.id ?? '', shownRational(amount)]),
    )
  return share
}

function missingOf(
  truth: Truth,
  { need, amount, groups, sure, carried }: Weighed,
  candidates: readonly Candidate[],
  purpose: CompiledPurpose,
  person: Person,
  offers: readonly CreditOffer[],
): CreditMissing | undefined {
  const short = amount instanceof Unknown ? ZERO : atLeastZero(minus(amount, sure.sum))
  const gaps = groups.flatMap(({ id, of, least }, index) => {
    const gap = least instanceof Unknown ? ZERO : minus(least, sure.assignment.filled[index] ?? ZERO)
    return isPositive(gap) ? [{ id, of, gap }] : []
  })
  const credit = most(short, sumOf(gaps.map(({ gap }) => gap)))
  const unknown = truth instanceof Unknown ? distinct(truth.missing) : []
  const closes = (chosen: readonly Candidate[]) =>
    weighedFor(need, [...candidates, ...chosen], purpose, person, carried).truth === true
  const offered =
    offers.length > 0 && isPositive(credit)
      ? cheapestOffers(offers, credit, candidates, purpose, person, closes)
      : undefined
  const missing: CreditMissing = {
    ...(isPositive(credit) && { credit: shownRational(credit) }),
    ...(gaps.length > 0 && { groups: gaps.map(({ id, gap }) => ({ group: id, credit: shownRational(gap) })) }),
    ...(isPositive(credit) && closingOf({ credit, gaps, purpose }, person)),
    ...(offered !== undefined && { offers: offered }),
    ...(unknown.length > 0 && { unknown }),
  }
  return Object.keys(missing).length > 0 ? missing : undefined
}

/** Each thing once, in the order in which it was met. */
function distinct(missing: readonly Missing[]): Missing[] {
  return [...new Map(missing.map((one) => [JSON.stringify(one), one])).values()]
}
