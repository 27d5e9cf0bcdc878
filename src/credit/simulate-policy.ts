/**
 * Before a board votes: who would gain or lose by another policy, and what it would cost.
 *
 * @module
 */
import { arrayOf, iterable, type Kind, type Members, number, oneOf, open, text, whole } from '../internal/members.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { type CreditPerson, decideOne, MANY, type ManyOptions, prepare } from './decide-many.js'
import type { PurposeDecision } from './decision.js'
import { minus, plus, type Rational, readRational, shownRational, ZERO } from './rational.js'
import type { CreditPolicy } from './types.js'

/** What is compared, besides what `decideMany` asks for. */
export interface SimulateOptions extends ManyOptions {
  /** How many changes are listed by name; all are counted. Default 1000. */
  readonly most?: number | undefined
}

/** How many people stand how. */
export type OutcomeCounts = Readonly<Record<PurposeDecision['outcome'], number>>

/** Money of one currency: exact texts. */
export interface CostChange {
  readonly currency: string
  readonly before: string
  readonly after: string
  /** Above zero: it costs more. */
  readonly change: string
}

/** One purpose, by its id in both policies. */
export interface PurposeSimulation {
  readonly purpose: string
  readonly before: OutcomeCounts
  readonly after: OutcomeCounts
  /** Met now, and not before; met before, and not now. What is not known is neither. */
  readonly gains: number
  readonly losses: number
  readonly costs: readonly CostChange[]
}

/** One person for whom something changes. */
export interface SimulatedChange {
  readonly person: string
  readonly purpose: string
  /** Absent where the policy does not have the purpose. */
  readonly before?: PurposeDecision['outcome']
  readonly after?: PurposeDecision['outcome']
  /** Rewards in money. */
  readonly paidBefore?: string
  readonly paidAfter?: string
}

/** Plain JSON; `explainSimulation` says it in words. */
export interface PolicySimulation {
  readonly type: 'PolicySimulation'
  readonly people: number
  readonly purposes: readonly PurposeSimulation[]
  /** In the order of the people. */
  readonly changes: readonly SimulatedChange[]
  /** How many more changes there are. */
  readonly further: number
}

const OPTIONS: Members<SimulateOptions> = { ...MANY, most: whole(0, 1_000_000) }

interface Row {
  readonly before: Record<PurposeDecision['outcome'], number>
  readonly after: Record<PurposeDecision['outcome'], number>
  gains: number
  losses: number
  readonly costs: Map<string, { before: Rational; after: Rational }>
}

/**
 * Decides everybody by both policies and sets them side by side. People are read once, one after the other. What is not known is counted apart: it
 * may still cost. Throws as `decideMany` does.
 */
export function simulatePolicy(
  before: CreditPolicy,
  after: CreditPolicy,
  people: Iterable<CreditPerson>,
  options: SimulateOptions,
): PolicySimulation {
  demandOptions(options, OPTIONS, { required: ['now'] })
  demandArgument(people, iterable, 'people')
  const { most = 1000 } = options
  const policies = [prepare(before, options), prepare(after, options)]
  const rows = new Map<string, Row>()
  const changes: SimulatedChange[] = []
  let [count, further] = [0, 0]
  for (const person of people) {
    count++
    const [old, now] = decideOne(person, policies, options).decisions
    const ids = new Set([...(old?.purposes ?? []), ...(now?.purposes ?? [])].map(({ purpose }) => purpose))
    for (const id of ids) {
      const find = (purposes: readonly PurposeDecision[] | undefined) => purposes?.find(({ purpose }) => purpose === id)
      const change = noted(rowOf(rows, id), person.person, id, find(old?.purposes), find(now?.purposes))
      if (change === undefined) continue
      if (changes.length < most) changes.push(change)
      else further++
    }
  }
  const purposes = [...rows].map(([purpose, row]) => ({ purpose, ...row, costs: [...row.costs].map(costOf) }))
  return { type: 'PolicySimulation', people: count, purposes, changes, further }
}

function rowOf(rows: Map<string, Row>, id: string): Row {
  const none = () => ({ met: 0, 'not-met': 0, 'not-known': 0 })
  const row = rows.get(id) ?? { before: none(), after: none(), gains: 0, losses: 0, costs: new Map() }
  rows.set(id, row)
  return row
}

function noted(
  row: Row,
  person: string,
  purpose: string,
  before: PurposeDecision | undefined,
  after: PurposeDecision | undefined,
): SimulatedChange | undefined {
  if (before !== undefined) row.before[before.outcome]++
  if (after !== undefined) row.after[after.outcome]++
  const [was, is] = [before?.outcome ?? 'not-met', after?.outcome ?? 'not-met']
  if (is === 'met' && was === 'not-met') row.gains++
  if (was === 'met' && is === 'not-met') row.losses++
  const paidBefore = paidIn(before, row, 'before')
  const paidAfter = paidIn(after, row, 'after')
  if (before?.outcome === after?.outcome && paidBefore === paidAfter) return undefined
  return {
    person,
    purpose,
    ...(before !== undefined && { before: before.outcome }),
    ...(after !== undefined && { after: after.outcome }),
    ...(paidBefore !== undefined && { paidBefore }),
    ...(paidAfter !== undefined && { paidAfter }),
  }
}

function paidIn(decision: PurposeDecision | undefined, { costs }: Row, when: 'before' | 'after'): string | undefined {
  const { amount, currency } = decision?.reward ?? {}
  const paid = readRational(amount)
  if (paid === undefined || currency === undefined) return undefined
  const cost = costs.get(currency) ?? { before: ZERO, after: ZERO }
  cost[when] = plus(cost[when], paid)
  costs.set(currency, cost)
  return amount
}

const costOf = ([currency, { before, after }]: [string, { before: Rational; after: Rational }]): CostChange => ({
  currency,
  before: shownRational(before),
  after: shownRational(after),
  change: shownRational(minus(after, before)),
})

const counts = open({ met: number, 'not-met': number, 'not-known': number }, ['met', 'not-met', 'not-known'])
const simulationKind: Kind = open(
  {
    type: oneOf('PolicySimulation'),
    people: number,
    purposes: arrayOf(
      open(
        {
          purpose: text,
          before: counts,
          after: counts,
          gains: number,
          losses: number,
          costs: arrayOf(
            open({ currency: text, before: text, after: text, change: text }, [
              'currency',
              'before',
              'after',
              'change',
            ]),
          ),
        },
        ['purpose', 'before', 'after', 'gains', 'losses', 'costs'],
      ),
    ),
    changes: arrayOf(
      open({ person: text, purpose: text, before: text, after: text, paidBefore: text, paidAfter: text }, [
        'person',
        'purpose',
      ]),
    ),
    further: number,
  },
  ['type', 'people', 'purposes', 'changes', 'further'],
)

/** Says a simulation in English, a line for each purpose and for each change. */
export function explainSimulation(simulation: PolicySimulation): string[] {
  demandArgument(simulation, simulationKind, 'simulation')
  const { people, purposes, changes, further } = simulation
  const words = { met: 'met', 'not-met': 'not met', 'not-known': 'not known' } as Readonly<Record<string, string>>
  const said = (outcome: string | undefined, paid: string | undefined) =>
    `${outcome === undefined ? 'no such purpose' : (words[outcome] ?? outcome)}${paid === undefined ? '' : ` (${paid})`}`
  return [
    `${people} ${people === 1 ? 'person' : 'people'}.`,
    ...purposes.flatMap(({ purpose, before, after, gains, losses, costs }) => [
      `${purpose}: met by ${before.met} before and ${after.met} after; ${gains} gain, ${losses} lose; not known of ${before['not-known']} before and ${after['not-known']} after.`,
      ...costs.map((cost) =>
        `  It costs ${cost.before} ${cost.currency} before and ${cost.after} after: ${cost.change} more.`.replace(
          /: -(\S+) more/,
          ': $1 less',
        ),
      ),
    ]),
    ...changes.map(
      ({ person, purpose, before, after, paidBefore, paidAfter }) =>
        `  ${person}, ${purpose}: ${said(before, paidBefore)} before, ${said(after, paidAfter)} after.`,
    ),
    ...(further > 0 ? [`  And ${further} more changes.`] : []),
  ]
}
