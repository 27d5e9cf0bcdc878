/**
 * `badgewright/credit`: what do badges count for? Policies of states and districts as JSON, and what they come to for a person.
 *
 * @module
 */
export type { Shift, YearPart } from '../credit/days.js'
export { type CreditOptions, decideCredit } from '../credit/decide-credit.js'
export {
  type CreditPerson,
  decideMany,
  type ManyOptions,
  type PersonDecisions,
} from '../credit/decide-many.js'
export type {
  CreditDecision,
  CreditFinding,
  CreditMissing,
  CreditShare,
  GroupDecision,
  PurposeDecision,
  RewardDecision,
  ShareReason,
} from '../credit/decision.js'
export { explainCredit } from '../credit/explain-credit.js'
export { explainPolicy } from '../credit/explain-policy.js'
export type { Activity, Exactly, Fact, Statement } from '../credit/facts.js'
export type { KindTable } from '../credit/kinds.js'
export type { CreditOffer } from '../credit/offers.js'
export { parsePolicy } from '../credit/parse-policy.js'
export { creditPolicySchema } from '../credit/policy-forms.js'
export {
  type CostChange,
  explainSimulation,
  type OutcomeCounts,
  type PolicySimulation,
  type PurposeSimulation,
  type SimulatedChange,
  type SimulateOptions,
  simulatePolicy,
} from '../credit/simulate-policy.js'
export type {
  Amount,
  Case,
  Condition,
  Conversion,
  CreditNeed,
  CreditPolicy,
  Day,
  Demand,
  EditedPolicy,
  Edition,
  Exact,
  FactKind,
  Group,
  Kind,
  Kinds,
  Limit,
  Names,
  Need,
  Parameter,
  Pattern,
  PlainPolicy,
  Purpose,
  Rate,
  Repeats,
  Reward,
  Rules,
  Window,
} from '../credit/types.js'
export type { Missing } from '../credit/values.js'
