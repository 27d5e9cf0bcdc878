/**
 * Which items count for a purpose, and what each is worth: filter, repeats and rate, in the order that types.ts says.
 *
 * @module
 */
import type { CompiledPurpose, Placed } from './compile-policy.js'
import { shifted } from './days.js'
import type { ShareReason } from './decision.js'
import type { History } from './history.js'
import type { Item } from './items.js'
import type { KindIndex } from './kinds.js'
import { isPositive, type Rational, times, ZERO } from './rational.js'
import type { Doubles } from './repeats.js'
import type { Repeats } from './types.js'
import { isOfAny, type Known, not, or, type Subject, type Truth, together, Unknown, type Values } from './values.js'

/** An item before a policy. */
export interface Seen extends Subject {
  readonly item: Item
  readonly isOf: (kind: string) => Truth
  /** The kinds that it is of for certain. */
  readonly kinds: () => readonly string[]
}

/** An item before a purpose. */
export interface Candidate {
  readonly seen: Seen
  /** Whether it counts, by all that is asked of it alone. */
  readonly counts: Truth
  readonly gives: Known<Rational>
  readonly because: ShareReason[]
}

/** A person before a policy. */
export interface Person {
  readonly values: Values
  readonly kinds: KindIndex
  readonly history: History
  readonly doubles: Doubles
  readonly seen: readonly Seen[]
}

export function seenBy(items: readonly Item[], kinds: KindIndex, dated: 'awarded' | 'validFrom' = 'awarded'): Seen[] {
  return items.map((item) => {
    const known = new Map<string, Truth>()
    const isOf = (kind: string): Truth => {
      let truth = known.get(kind)
      if (truth === undefined) {
        truth = kinds.isOf(kind, item)
        known.set(kind, truth)
      }
      return truth
    }
    let sure: readonly string[] | undefined
    const kindsOf = () => {
      sure ??= kinds.all.filter((kind) => isOf(kind) === true)
      return sure
    }
    const { about, own } = item
    return { item, about, own, kinds: kindsOf, earned: dated === 'awarded' ? item.awarded : item.validFrom, isOf }
  })
}

/** Every item, in order, with why it counts or not. */
export function candidatesOf(purpose: CompiledPurpose, person: Person): Candidate[] {
  const candidates = person.seen.map((seen) => candidateOf(seen, purpose, person))
  return purpose.repeats === undefined ? candidates : withoutRepeats(candidates, purpose.repeats, person)
}

function candidateOf(seen: Seen, purpose: CompiledPurpose, { values, history, doubles }: Person): Candidate {
  const { item } = seen
  const dropped = (reason: ShareReason, gives: Known<Rational> = ZERO): Candidate => ({
    seen,
    counts: false,
    gives,
    because: [reason],
  })
  if (item.counts === 'no') return dropped({ code: 'badge', codes: item.reasons })
  const double = doubles.get(item)
  if (double !== undefined) return dropped({ code: double.code, of: double.of.id })
  const isMeant = isOfAny(purpose.purpose.counts, seen)
  if (isMeant === false) return dropped({ code: 'kind' })
  const worth = worthOf(seen, purpose, values)
  if (worth === undefined) return dropped({ code: 'no-rate' })
  if (history.spentAs(item, purpose.account) !== undefined) return dropped({ code: 'used' }, worth.gives)
  const because: ShareReason[] = [worth.reason]
  const open: unknown[] = []
  const ask = (truth: Truth, reason: ShareReason): boolean => {
    if (truth === true) return true
    because.push(truth instanceof Unknown ? { ...reason, open: true, missing: truth.missing } : reason)
    if (truth instanceof Unknown) open.push(truth)
    return truth !== false
  }
  const fails = () => ({ seen, counts: false, gives: worth.gives, because })
  if (item.counts === 'maybe') {
    because.push({ code: 'badge', open: true, codes: item.reasons })
    open.push(new Unknown([]))
  }
  ask(isMeant, { code: 'kind' })
  if (purpose.window !== undefined) {
    const { rule, place } = purpose.window
    const earned = values.day('earned', seen)
    if (!ask(values.isIn(earned, rule, seen), { code: 'window', rule: place })) return fails()
  }
  for (const { rule, place } of purpose.demands) {
    const { of, holds, says } = rule
    const isAsked = isOfAny(of, seen)
    if (isAsked === false) continue
    const truth = isAsked === true ? values.truth(holds, seen) : or([not(isAsked), values.truth(holds, seen)])
    if (!ask(truth, { code: 'demand', rule: place, ...(says !== undefined && { says }) })) return fails()
  }
  return { seen, counts: open.length > 0 ? together(open) : true, gives: worth.gives, because }
}

interface Worth {
  readonly gives: Known<Rational>
  readonly reason: ShareReason
}

/** By the first rate that fits. */
function worthOf(seen: Seen, { rates }: CompiledPurpose, values: Values): Worth | undefined {
  for (const { rule, place, conversions } of rates) {
    const isOf = isOfAny(rule.of, seen)
    if (isOf === false) continue
    if (isOf instanceof Unknown)
      return { gives: isOf, reason: { code: 'rate', rule: place, open: true, missing: isOf.missing } }
    let gives = values.amount(rule.gives, seen)
    for (const conversion of conversions) {
      const factor = values.amount(conversion, seen)
      gives = gives instanceof Unknown || factor instanceof Unknown ? together([gives, factor]) : times(gives, factor)
    }
    if (gives instanceof Unknown)
      return { gives, reason: { code: 'rate', rule: place, open: true, missing: gives.missing } }
    return { gives: isPositive(gives) ? gives : ZERO, reason: { code: 'rate', rule: place } }
  }
  return undefined
}

/** Items of one work that others may repeat. */
interface Work {
  readonly sure: Candidate[]
  /** It is not known whether they count; enough of them to say so. */
  readonly open: Candidate[]
}
const MAX_OPEN = 16

/** Of the same learning one counts, and what is far enough from it: what is certain before what is not, then what came first. */
function withoutRepeats(candidates: readonly Candidate[], rule: Placed<Repeats>, person: Person): Candidate[] {
  const { within, of } = rule.rule
  const spent = new Map<string, string[]>()
  for (const { share } of within === 'window' ? [] : person.history.everything())
    if (share.achievement !== undefined) pushed(spent, share.achievement, share.earned ?? '')
  const reaches = (a: string, b: string) =>
    typeof within === 'string' ||
    (a < b ? b < (shifted(a, within) ?? '9999-12-31') : a < (shifted(b, within) ?? '9999-12-31'))
  const works = new Map<string, Work>()
  const judged = new Map<Candidate, Candidate>()
  for (const state of [true, 'elsewhere', 'open'] as const)
    for (const candidate of candidates) {
      const { seen, counts } = candidate
      const { work } = seen.item
      const day = seen.earned
      const own =
        counts === true ? true : counts === false ? (isElsewhere(candidate) ? 'elsewhere' : undefined) : 'open'
      if (own !== state || work === undefined || day === undefined || isOfAny(of, seen) === false) continue
      const others: Work = works.get(work) ?? { sure: [], open: [] }
      works.set(work, others)
      if (own === 'elsewhere') {
        if (within !== 'window' && others.open.length < MAX_OPEN) others.open.push(candidate)
        continue
      }
      const isNear = (one: Candidate) => reaches(one.seen.earned ?? day, day)
      const sure = others.sure.find(isNear)
      const wasSpent = (spent.get(work) ?? []).some((one) => reaches(one, day))
      if (sure !== undefined || wasSpent) {
        const reason = { code: 'repeat', rule: rule.place, ...(sure && { of: sure.seen.item.id }) } as const
        judged.set(candidate, { ...candidate, counts: false, because: [...candidate.because, reason] })
      } else if (own === true) others.sure.push(candidate)
      else if (others.open.length < MAX_OPEN) others.open.push(candidate)
    }
  return candidates.map(
    (candidate) => judged.get(candidate) ?? againstOpen(candidate, works, reaches, rule, person.values),
  )
}

/** What came before may have counted already, or may count instead. */
function againstOpen(
  candidate: Candidate,
  works: ReadonlyMap<string, Work>,
  reaches: (a: string, b: string) => boolean,
  { rule, place }: Placed<Repeats>,
  values: Values,
): Candidate {
  const { seen, counts } = candidate
  const day = seen.earned
  if (counts === false || day === undefined || isOfAny(rule.of, seen) === false) return candidate
  const open = (works.get(seen.item.work ?? '')?.open ?? []).filter(
    (one) => one !== candidate && reaches(one.seen.earned ?? day, day) && (isElsewhere(one) || counts !== true),
  )
  const truth = not(
    or(open.map((one) => (isElsewhere(one) ? values.truth({ fact: 'credited' }, one.seen) : asOpen(one)))),
  )
  if (truth === true) return candidate
  const reason = { code: 'repeat', rule: place, of: open[0]?.seen.item.id ?? '' } as const
  if (truth === false) return { ...candidate, counts: false, because: [...candidate.because, reason] }
  const because = [...candidate.because, { ...reason, open: true, missing: truth.missing } as const]
  return { ...candidate, counts: together([counts, truth]), because }
}

/** The one that came first may count; the later one is then a repeat. */
const asOpen = ({ counts }: Candidate): Truth => (counts instanceof Unknown ? counts : false)

function pushed(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

/** It was earned outside of the window: whether it counted then, where there is no record of it, somebody has to say. */
function isElsewhere({ counts, because }: Candidate): boolean {
  return counts === false && because.at(-1)?.code === 'window'
}
