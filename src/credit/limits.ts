/**
 * Limits: what they leave of what items give. Each is asked twice where something is not known: what counts for sure, and what may count at
 * most.
 *
 * @module
 */
import { assign, type Capacity } from './assign.js'
import type { Candidate, Person } from './candidates.js'
import type { CompiledPurpose, Placed } from './compile-policy.js'
import { occurrence } from './days.js'
import type { ShareReason } from './decision.js'
import type { Spent } from './history.js'
import {
  BEYOND,
  compared,
  downTo,
  floorOf,
  isLess,
  isPositive,
  least,
  minus,
  ONE,
  over,
  plus,
  type Rational,
  sumOf,
  times,
  ZERO,
} from './rational.js'
import type { Amount, Limit } from './types.js'
import { isOfAny, type Missing, Unknown, type Values } from './values.js'

export type Bound = 'sure' | 'possible'

/** What the limits left. */
export interface Limited {
  /** By candidate. */
  readonly amounts: Rational[]
  readonly capacities: Capacity[]
  /** By candidate: the limits that took from it. */
  readonly because: ReadonlyMap<number, readonly ShareReason[]>
  readonly missing: readonly Missing[]
}

/** What is asked for one purpose within one bound. */
interface Asked extends Limited {
  readonly candidates: readonly Candidate[]
  readonly purpose: CompiledPurpose
  readonly person: Person
  readonly bound: Bound
  /** The need, for shares of it. */
  readonly need: Rational | undefined
  readonly because: Map<number, ShareReason[]>
  readonly missing: Missing[]
}

export function limited(
  candidates: readonly Candidate[],
  purpose: CompiledPurpose,
  person: Person,
  bound: Bound,
  need: Rational | undefined,
): Limited {
  const amounts = candidates.map(({ counts, gives }) => {
    if (counts === false || (bound === 'sure' && (counts !== true || gives instanceof Unknown))) return ZERO
    return gives instanceof Unknown ? BEYOND : gives
  })
  const asked: Asked = {
    candidates,
    purpose,
    person,
    bound,
    need,
    amounts,
    capacities: [],
    because: new Map(),
    missing: [],
  }
  const shares: { readonly limit: Placed<Limit>; readonly members: readonly number[] }[] = []
  for (const limit of purpose.limits) {
    const members = membersOf(limit.rule, asked)
    if (limit.rule.share !== undefined) shares.push({ limit, members })
    else if (limit.rule.per === 'item') for (const member of members) limitItem(member, limit, asked)
    else limitTogether(members, limit, asked)
  }
  limitShares(shares, asked)
  return asked
}

/** To whom it may apply is limited in what is sure; to whom it must, in what is possible. */
function membersOf({ of }: Limit, { candidates, amounts, bound }: Asked): number[] {
  return candidates.flatMap(({ seen }, index) => {
    if (!isPositive(amounts[index] ?? ZERO)) return []
    const isOf = isOfAny(of, seen)
    return isOf === true || (bound === 'sure' && isOf instanceof Unknown) ? [index] : []
  })
}

function take(member: number, amount: Rational, place: string, { amounts, because }: Asked): void {
  if (compared(amount, amounts[member] ?? ZERO) >= 0) return
  amounts[member] = amount
  because.set(member, [...(because.get(member) ?? []), { code: 'limit', rule: place }])
}

/** What is not known limits to nothing what is sure, and does not limit what is possible. */
function asLimit(amount: Amount | undefined, asked: Asked, candidate?: Candidate): Rational | 'none' | 'all' {
  if (amount === undefined) return 'all'
  const value = asked.person.values.amount(amount, candidate?.seen)
  if (!(value instanceof Unknown)) return value
  asked.missing.push(...value.missing)
  return asked.bound === 'sure' ? 'none' : 'all'
}

function limitItem(member: number, { rule, place }: Placed<Limit>, asked: Asked): void {
  const candidate = asked.candidates[member] as Candidate
  const amount = asked.amounts[member] ?? ZERO
  const [atLeast, atMost, step] = [rule.atLeast, rule.atMost, rule.step].map((one) => asLimit(one, asked, candidate))
  take(member, kept(amount, atLeast, atMost, step), place, asked)
}

type AsLimit = Rational | 'none' | 'all' | undefined

function kept(amount: Rational, atLeast: AsLimit, atMost: AsLimit, step: AsLimit): Rational {
  if (atLeast === 'none' || atMost === 'none' || step === 'none') return ZERO
  if (typeof atLeast === 'object' && isLess(amount, atLeast)) return ZERO
  const upTo = typeof atMost === 'object' ? least(amount, atMost) : amount
  return typeof step === 'object' && isPositive(step) ? downTo(upTo, step) : upTo
}

function limitTogether(members: readonly number[], limit: Placed<Limit>, asked: Asked): void {
  const { rule, place } = limit
  if (rule.first !== undefined) limitFirst(members, limit, asked)
  for (const [key, bucket] of bucketsOf(members, limit, asked)) {
    const before = spentIn(key, rule, asked)
    const [atLeast, atMost, step, items] = [rule.atLeast, rule.atMost, rule.step, rule.items].map((one) =>
      asLimit(one, asked, asked.candidates[bucket[0] ?? 0]),
    )
    if (items !== undefined && items !== 'all') {
      const most = items === 'none' ? 0 : Number(floorOf(items)) - before.length
      const best = [...bucket].sort((a, b) => compared(asked.amounts[b] ?? ZERO, asked.amounts[a] ?? ZERO) || a - b)
      for (const member of best.slice(Math.max(0, most))) take(member, ZERO, place, asked)
    }
    const total = sumOf(bucket.map((member) => asked.amounts[member] ?? ZERO))
    const spent = sumOf(before.map(({ counts }) => counts))
    const room = minus(kept(plus(total, spent), atLeast, atMost, step), spent)
    if (!isPositive(room)) for (const member of bucket) take(member, ZERO, place, asked)
    else if (isLess(room, total)) asked.capacities.push({ members: bucket, atMost: room })
  }
}

/** What is taken together, by what it has in common. What is in none is not limited. */
function bucketsOf(members: readonly number[], { rule, place }: Placed<Limit>, asked: Asked): Map<string, number[]> {
  const { per = 'all' } = rule
  if (typeof per === 'string') return new Map(members.length > 0 ? [[per, [...members]]] : [])
  const buckets = new Map<string, number[]>()
  for (const member of members) {
    const { seen } = asked.candidates[member] as Candidate
    const key =
      'fact' in per
        ? asked.person.values.text(per.fact, seen)
        : calendarKey(seen.earned, per.calendar, asked.person.values)
    if (key instanceof Unknown) {
      asked.missing.push(...key.missing)
      if (asked.bound === 'sure') take(member, ZERO, place, asked)
    } else if (key !== undefined) {
      const bucket = buckets.get(key)
      if (bucket === undefined) buckets.set(key, [member])
      else bucket.push(member)
    }
  }
  return buckets
}

function calendarKey(day: string | undefined, calendar: string, values: Values): string | undefined {
  return day === undefined ? undefined : occurrence(day, values.calendar(calendar))
}

/** What counted before, and counts toward the same limit. */
function spentIn(key: string, { per, of }: Limit, { person, purpose }: Asked): readonly Spent[] {
  if (per !== 'ever' && !(typeof per === 'object' && 'calendar' in per)) return []
  const kinds = of === undefined ? undefined : [of].flat()
  return person.history.account(purpose.account).spent.filter(({ share }) => {
    if (kinds !== undefined && !share.kinds.some((kind) => kinds.includes(kind))) return false
    return per === 'ever' || calendarKey(share.earned, (per as { calendar: string }).calendar, person.values) === key
  })
}

/** The first that the person ever earned, wherever that was. */
function limitFirst(members: readonly number[], { rule, place }: Placed<Limit>, asked: Asked): void {
  const first = asLimit(rule.first, asked)
  if (first === 'all') return
  const most = first === 'none' ? 0 : Number(floorOf(first))
  const before = spentIn('ever', { ...rule, per: 'ever' }, asked).length
  const ranked = asked.candidates.flatMap(({ seen, because }, index) => {
    const isOf = isOfAny(rule.of, seen)
    // What is not valid, or the same award again, is not there; nor is what history knows.
    const isThere = !because.some(({ code, open }) => open !== true && /^(badge|used|repeat\.)/.test(code))
    const isSure = isOf === true && seen.item.counts === 'yes'
    return isThere && (isSure || (asked.bound === 'sure' && isOf !== false)) ? [index] : []
  })
  const taken = new Set(ranked.slice(0, Math.max(0, most - before)))
  for (const member of members) if (!taken.has(member)) take(member, ZERO, place, asked)
}

/**
 * Shares of the sum, all at once: with x of what is limited and s of the sum, x may be at most s T, where T is what is left of all. Those that
 * bind are found one after the other; then T is (what is not bound) / (1 - their shares). What two of them speak of counts for the first.
 */
function limitShares(
  shares: readonly { readonly limit: Placed<Limit>; readonly members: readonly number[] }[],
  asked: Asked,
): void {
  if (shares.length === 0) return
  const own = new Set<number>()
  const portions = asked.amounts.map((amount) => ({ amount, groups: [] }))
  const { counted } = assign({ ...asked, portions, groups: [], isDivisible: true })
  const totalOf = (members: Iterable<number>) => sumOf([...members].map((member) => counted[member] ?? ZERO))
  const rows = shares.map(({ limit, members }) => {
    const mine = members.filter((member) => !own.has(member))
    for (const member of mine) own.add(member)
    const most = asLimit(limit.rule.share?.atMost, asked)
    const share = most === 'none' ? ZERO : most === 'all' ? undefined : most
    return {
      limit,
      members: mine,
      share,
      total: totalOf(mine),
      isBound: false,
      isOfSum: limit.rule.share?.of === 'sum',
    }
  })
  const all = sumOf(counted)
  const rest = minus(all, sumOf(rows.map(({ total }) => total)))
  let sum = all
  for (let goesOn = true; goesOn; ) {
    goesOn = false
    for (const row of rows)
      if (row.isOfSum && !row.isBound && row.share !== undefined && isLess(times(row.share, sum), row.total)) {
        row.isBound = true
        goesOn = true
      }
    const free = plus(rest, sumOf(rows.flatMap(({ isBound, total }) => (isBound ? [] : [total]))))
    const left = minus(
      ONE,
      sumOf(rows.flatMap(({ isBound, share }) => (isBound && share !== undefined ? [share] : []))),
    )
    sum = isPositive(left) ? over(free, left) : free
  }
  for (const { limit, members, share, total, isBound, isOfSum } of rows) {
    if (share === undefined) continue
    const of = isOfSum ? (isBound ? sum : undefined) : (asked.need ?? (asked.bound === 'sure' ? ZERO : undefined))
    const room = of === undefined ? total : times(share, of)
    if (!isPositive(room)) for (const member of members) take(member, ZERO, limit.place, asked)
    else if (isLess(room, total)) asked.capacities.push({ members, atMost: room })
  }
}
