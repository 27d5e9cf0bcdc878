/**
 * A district: many people before several policies, and what a change of a policy would mean for them.
 *
 * @module
 */
import { ASSESS, claimableReport } from '../competency/arguments.js'
import { standingsOf } from '../competency/claims.js'
import type { samePerson } from '../competency/types.js'
import { arrayOf, date, iterable, type Members, mapOf, shape, text } from '../internal/members.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import type { VerificationReport } from '../report/report.js'
import { dayOf } from './days.js'
import {
  type CreditOptions,
  decideFor,
  findingsOf,
  gather,
  type PreparedPolicy,
  parametersKind,
  preparePolicy,
} from './decide-credit.js'
import type { CreditDecision } from './decision.js'
import { historyKind } from './decision-kinds.js'
import { type Fact, FactIndex, factsKind } from './facts.js'
import type { KindTable } from './kinds.js'
import { demandParameters, demandPolicy } from './parse-policy.js'
import type { CreditPolicy } from './types.js'

/** One educator, under a name of the caller's. */
export interface CreditPerson {
  readonly person: string
  readonly reports: readonly VerificationReport[]
  readonly facts?: readonly Fact[] | undefined
  /** Decisions that took effect, of whatever policies. */
  readonly history?: readonly CreditDecision[] | undefined
}

/** What many people are asked with. */
export interface ManyOptions {
  readonly now: Date
  /** How it is known that the reports of each are about them. Default `matched-recipient`; see `assessStack`. */
  readonly person?: 'matched-recipient' | typeof samePerson | undefined
  readonly maxReportAgeDays?: number | undefined
  /** Parameters, by the id of the policy. */
  readonly parameters?: Readonly<Record<string, NonNullable<CreditOptions['parameters']>>> | undefined
  /** The district's own table: kinds by the id of an achievement. */
  readonly kinds?: KindTable | undefined
}

/** What one educator's badges count for. */
export interface PersonDecisions {
  readonly person: string
  /** In the order of the policies. */
  readonly decisions: readonly CreditDecision[]
}

export const MANY: Members<ManyOptions> = {
  now: date,
  person: ASSESS.person,
  maxReportAgeDays: ASSESS.maxReportAgeDays,
  parameters: mapOf(parametersKind),
  kinds: mapOf(arrayOf(text)),
}
const PERSON: Members<CreditPerson> = {
  person: text,
  reports: arrayOf(claimableReport),
  facts: factsKind,
  history: historyKind,
}
const person = shape(PERSON, { required: ['person', 'reports'] })

/**
 * Many people before several policies, one after the other: policies are prepared once, reports are read once for all of them, and nothing is kept of
 * a person. Linear. See `decideCredit`; what is wrong with the policies or the options is thrown by the call, with a person by the
 * iteration.
 */
export function decideMany(
  people: Iterable<CreditPerson>,
  policies: readonly CreditPolicy[],
  options: ManyOptions,
): Iterable<PersonDecisions> {
  demandArgument(people, iterable, 'people')
  demandArgument(
    policies,
    arrayOf(() => undefined),
    'policies',
  )
  demandOptions(options, MANY, { required: ['now'] })
  const prepared = policies.map((policy) => prepare(policy, options))
  return {
    *[Symbol.iterator]() {
      for (const one of people) yield decideOne(one, prepared, options)
    },
  }
}

export function prepare(policy: CreditPolicy, { parameters = {}, kinds = {} }: ManyOptions): PreparedPolicy {
  const parsed = demandPolicy(policy)
  const own = Object.hasOwn(parameters, parsed.id) ? (parameters[parsed.id] ?? {}) : {}
  demandParameters(parsed, own)
  return preparePolicy(parsed, { parameters: own, kinds, offers: [] })
}

/** One person before policies that are prepared. */
export function decideOne(
  one: CreditPerson,
  prepared: readonly PreparedPolicy[],
  options: ManyOptions,
): PersonDecisions {
  demandArgument(one, person, 'people')
  const { reports, facts = [], history = [] } = one
  const today = dayOf(options.now.getTime())
  const { standings, findings } = standingsOf(reports, options)
  const gathered = gather(standings, new FactIndex(facts, today), today)
  const odd = findingsOf(findings)
  return { person: one.person, decisions: prepared.map((policy) => decideFor(policy, gathered, history, odd)) }
}
