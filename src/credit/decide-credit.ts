/**
 * What do these badges count for? Reports, facts and a policy in, a decision out.
 *
 * @module
 */
import { ASSESS, claimableReport } from '../competency/arguments.js'
import { type Standing, standingsOf } from '../competency/claims.js'
import type { AssessOptions, StackFinding } from '../competency/types.js'
import { arrayOf, date, either, type Kind, type Members, mapOf, number, text } from '../internal/members.js'
import { demandOptions } from '../report/demand-options.js'
import type { VerificationReport } from '../report/report.js'
import { type Person, seenBy } from './candidates.js'
import { type CompiledEdition, type CompiledPurpose, compileEditions } from './compile-policy.js'
import { dayOf } from './days.js'
import { decidePurpose } from './decide-purpose.js'
import type { CreditDecision, CreditFinding, PurposeDecision } from './decision.js'
import { historyKind } from './decision-kinds.js'
import { type Fact, FactIndex, factsKind } from './facts.js'
import { History } from './history.js'
import { type Item, itemsOf } from './items.js'
import { KindIndex, type KindTable } from './kinds.js'
import { type CreditOffer, offersKind } from './offers.js'
import { demandParameters, demandPolicy } from './parse-policy.js'
import type { Rational } from './rational.js'
import { type Doubles, doublesAmong } from './repeats.js'
import type { CreditPolicy, Exact, Parameter } from './types.js'
import { and, or, type Truth, Unknown, Values } from './values.js'

/** What the policy is asked about. */
export interface CreditOptions {
  /** The person's badges, as `verifyCredential` answered. Only those that are valid, trusted and about the person count. */
  readonly reports: readonly VerificationReport[]
  /** What badges do not say. Default none: what hangs on them is not known. */
  readonly facts?: readonly Fact[] | undefined
  /** Decisions that took effect: a license was renewed, a stipend paid. What counted in them is spent. Default none. */
  readonly history?: readonly CreditDecision[] | undefined
  /** The day of it, in UTC, is the day of the decision. */
  readonly now: Date
  /** As for `assessStack`. */
  readonly person?: AssessOptions['person']
  /** As for `assessStack`. */
  readonly maxReportAgeDays?: number | undefined
  /** What the policy leaves open: by the name of the parameter. They stand above the policy's own values. */
  readonly parameters?: Readonly<Record<string, Parameter['value']>> | undefined
  /** The district's own table: kinds by the id of an achievement. */
  readonly kinds?: KindTable | undefined
  /** Badges that could be earned: `missing.offers` says which of them would close a gap for the least. Default none. */
  readonly offers?: readonly CreditOffer[] | undefined
}

const value: Kind = either(number, text, arrayOf(text))
export const parametersKind: Kind = mapOf(value)
const OPTIONS: Members<CreditOptions> = {
  reports: arrayOf(claimableReport),
  facts: factsKind,
  history: historyKind,
  now: date,
  person: ASSESS.person,
  maxReportAgeDays: ASSESS.maxReportAgeDays,
  parameters: parametersKind,
  kinds: mapOf(arrayOf(text)),
  offers: offersKind,
}

/**
 * Decides what one person's badges count for, purpose by purpose: met, not met or not known; the sum; what each badge gave, and by which rule;
 * what is missing; money or lane. Pure and deterministic: the order of reports and facts does not matter. The order of operations
 * is part of the policy language: see `CreditPolicy`.
 *
 * Three answers: what hangs on a fact that nobody stated, on a parameter that nobody gave or on a badge whose status could not be read is `not-known`
 * where it decides, and `missing.unknown` lists what would settle it. It is never assumed.
 *
 * A badge counts by its achievement, and once: one that was issued again under another id is the same award, the same evidence from two
 * issuers the same work. What counted in a decision of `history` counts for no purpose of the same account again.
 *
 * Throws UsageError `usage.invalid_policy` for what `parsePolicy` would refuse, `usage.invalid_option` for the rest.
 */
export function decideCredit(policy: CreditPolicy, options: CreditOptions): CreditDecision {
  const parsed = demandPolicy(policy)
  demandOptions(options, OPTIONS, { required: ['reports', 'now'] })
  const { reports, facts = [], history = [], now, parameters = {}, kinds = {}, offers = [] } = options
  demandParameters(parsed, parameters)
  const today = dayOf(now.getTime())
  const known = new FactIndex(facts, today)
  const { standings, findings } = standingsOf(reports, options)
  const gathered = gather(standings, known, today)
  return decideFor(preparePolicy(parsed, { parameters, kinds, offers }), gathered, history, findingsOf(findings))
}

/** What is odd about the reports as a whole. */
export function findingsOf(findings: readonly StackFinding[]): CreditFinding[] {
  return findings.map(({ items, message }) => ({ code: 'person.different', items, message }))
}

/** A policy, ready for many people. */
export interface PreparedPolicy {
  readonly policy: CreditPolicy
  readonly editions: readonly CompiledEdition[]
  readonly parameters: Given['parameters']
  readonly kinds: KindIndex
  readonly offers: readonly CreditOffer[]
  readonly literals: Map<Exact, Rational>
}

/** What a policy is prepared with. */
export interface Given {
  readonly parameters: NonNullable<CreditOptions['parameters']>
  readonly kinds: KindTable
  readonly offers: readonly CreditOffer[]
}

export function preparePolicy(policy: CreditPolicy, { parameters, kinds, offers }: Given): PreparedPolicy {
  // Which badge is of which kind hangs on no fact and no day.
  const facts = new FactIndex([], '')
  const values = new Values({ policy, facts, parameters, now: '', decided: () => undefined })
  return {
    policy,
    editions: compileEditions(policy),
    parameters,
    kinds: new KindIndex(policy, values, kinds),
    offers,
    literals: new Map(),
  }
}

/** What there is of a person, whatever the policy. */
export interface Gathered {
  readonly items: readonly Item[]
  readonly doubles: Doubles
  readonly facts: FactIndex
  readonly today: string
}

export function gather(standings: readonly Standing[], facts: FactIndex, today: string): Gathered {
  const items = itemsOf(standings, facts.activities)
  return { items, doubles: doublesAmong(items), facts, today }
}

export function decideFor(
  { policy, editions, parameters, kinds, offers, literals }: PreparedPolicy,
  { items, doubles, facts, today }: Gathered,
  decisions: readonly CreditDecision[],
  odd: readonly CreditFinding[],
): CreditDecision {
  const history = new History(decisions, policy.id)
  const decided = (purpose: string) => history.decided(purpose)
  const values = new Values({ policy, facts, parameters, now: today, decided, literals })
  const person: Person = { values, kinds, history, doubles, seen: seenBy(items, kinds, policy.dated) }
  const chosen = editionFor(policy, editions, values)
  const purposes =
    chosen instanceof Unknown ? withoutEdition(editions, chosen) : decideAll(chosen.purposes, person, offers)
  const findings = [...odd, ...disputes(facts, policy), ...lapsed(decisions, items, policy.id)]
  return {
    type: 'CreditDecision',
    policy: policy.id,
    ...(!(chosen instanceof Unknown) && chosen.edition !== undefined && { edition: chosen.edition.id }),
    at: today,
    purposes,
    ...(findings.length > 0 && { findings }),
  }
}

/** Purposes that others need come first; they lead in no circle. */
function decideAll(
  purposes: readonly CompiledPurpose[],
  person: Person,
  offers: readonly CreditOffer[],
): PurposeDecision[] {
  const done = new Map<string, PurposeDecision>()
  const decide = (purpose: CompiledPurpose): PurposeDecision => {
    const known = done.get(purpose.purpose.id)
    if (known !== undefined) return known
    const decision = decidePurpose(purpose, person, others, offers)
    done.set(purpose.purpose.id, decision)
    return decision
  }
  const others = (id: string): Truth => {
    const other = purposes.find(({ purpose }) => purpose.id === id)
    if (other === undefined) return false
    const { outcome, missing } = decide(other)
    return outcome === 'not-known' ? new Unknown(missing?.unknown ?? []) : outcome === 'met'
  }
  return purposes.map(decide)
}

function editionFor(
  policy: CreditPolicy,
  editions: readonly CompiledEdition[],
  values: Values,
): CompiledEdition | Unknown {
  if (!('editions' in policy)) return editions[0] as CompiledEdition
  const day = values.day(policy.editionBy ?? 'now')
  const open: Unknown[] = []
  for (const one of editions) {
    const { from, to, when } = one.edition ?? {}
    const window = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
    const holds = and([values.isIn(day, window), when === undefined ? true : values.truth(when)])
    if (holds instanceof Unknown) open.push(holds)
    else if (holds) return open.length > 0 ? new Unknown(open.flatMap(({ missing }) => missing)) : one
  }
  const truth = or(open)
  return truth instanceof Unknown ? truth : new Unknown([{ noCase: 'no edition holds' }])
}

/** Nobody knows by which rules. */
function withoutEdition(editions: readonly CompiledEdition[], { missing }: Unknown): PurposeDecision[] {
  const purposes = new Map(editions.flatMap((one) => one.purposes.map((each) => [each.purpose.id, each])))
  return [...purposes.values()].map(({ purpose: { id, unit }, account }) => ({
    purpose: id,
    account,
    outcome: 'not-known',
    unit,
    sum: '0',
    possible: 'open',
    shares: [],
    missing: { unknown: missing },
    because: ['edition'],
  }))
}

function disputes({ conflicts }: FactIndex, { facts = {} }: CreditPolicy): CreditFinding[] {
  return conflicts
    .filter(({ fact }) => Object.hasOwn(facts, fact))
    .map(({ fact, about, from, to, stated }) => ({
      code: 'fact.disputed',
      items: [fact, ...(about === undefined ? [] : [about])],
      message:
        from !== undefined && to !== undefined && to < from
          ? `"${fact}" ends on ${to}, before it begins on ${from}: say it again as it is`
          : `several statements of ${stated} say different things of "${fact}": state on a later day what holds`,
    }))
}

/** Badges that counted, and would not today: the money may have been paid. */
function lapsed(decisions: readonly CreditDecision[], items: readonly Item[], policy: string): CreditFinding[] {
  const gone = new Map(
    items.filter(({ counts, is }) => counts === 'no' && is === 'badge').map((item) => [item.id, item]),
  )
  if (gone.size === 0) return []
  return decisions.flatMap(({ policy: of, at, purposes }) =>
    purposes
      .filter(({ outcome }) => of === policy && outcome === 'met')
      .flatMap(({ purpose, shares }) =>
        shares.flatMap(({ item, counts }): CreditFinding[] => {
          const found = counts === '0' ? undefined : gone.get(item)
          if (found === undefined) return []
          const message = `${item} counted for "${purpose}" on ${at}, and would not today: ${found.reasons.join(', ')}`
          return [{ code: 'history.no_longer_counts', items: [item], message }]
        }),
      ),
  )
}
