/**
 * Decisions in sentences, for the person and for who signs.
 *
 * @module
 */
import { callable } from '../internal/members.js'
import { demandArgument } from '../report/demand-options.js'
import type { CreditDecision, CreditShare, PurposeDecision, ShareReason } from './decision.js'
import { decisionKind } from './decision-kinds.js'
import { PolicyTeller } from './explain-policy.js'
import { demandPolicy } from './parse-policy.js'
import type { CreditPolicy } from './types.js'
import type { Missing } from './values.js'

const VERDICT = { met: 'met', 'not-met': 'not met', 'not-known': 'not known yet' } as const
const SIGN = { met: '+', 'not-met': '-', 'not-known': '?' } as const
const WHOLE: Readonly<Record<string, string>> = {
  who: 'it is not meant for this person',
  edition: 'nobody knows which edition holds',
  'used-up': 'what it brings was given as often as it may be',
  otherwise: 'by something else than credit, so that no badge is spent',
  'too-complex': 'giving out the badges among the groups takes more ways than are tried',
  'nothing-needed': 'nothing is needed',
}

/**
 * Says a decision in English: each purpose, what counts and why, and what is missing. `policy` is the one that it was decided by: its words are
 * used. `nameOf` gives names for ids of badges and achievements. Throws UsageError `usage.invalid_policy`, `usage.invalid_option`.
 */
export function explainCredit(
  decision: CreditDecision,
  policy: CreditPolicy,
  nameOf: (id: string) => string = (id) => id,
): string[] {
  demandArgument(decision, decisionKind, 'decision')
  demandArgument(nameOf, callable, 'nameOf')
  const teller = new Teller(demandPolicy(policy), nameOf)
  const { at, edition, purposes, findings = [] } = decision
  return [
    `${policy.name}, on ${at}${edition === undefined ? '' : `, edition ${edition}`}.`,
    ...purposes.flatMap((purpose) => teller.purpose(purpose)),
    ...findings.map(({ message }) => `! ${message}.`),
  ]
}

class Teller {
  private readonly words: PolicyTeller
  private readonly policy: CreditPolicy
  private readonly nameOf: (id: string) => string

  constructor(policy: CreditPolicy, nameOf: (id: string) => string) {
    this.words = new PolicyTeller(policy)
    this.policy = policy
    this.nameOf = nameOf
  }

  purpose(decision: PurposeDecision): string[] {
    const {
      purpose: id,
      outcome,
      sum,
      need,
      unit,
      possible,
      carried,
      left,
      missing,
      reward,
      because = [],
      shares,
    } = decision
    const rules = 'editions' in this.policy ? this.policy.editions : [this.policy]
    const name = rules.flatMap(({ purposes }) => purposes).find((one) => one.id === id)?.name ?? id
    const upTo = possible === undefined ? '' : possible === 'open' ? ', perhaps more' : `, perhaps up to ${possible}`
    const notes = [
      ...because.map((code) => WHOLE[code] ?? code),
      ...(carried === undefined ? [] : [`${carried} was carried over`]),
      ...(left === undefined ? [] : [`${left} is left for the next time`]),
    ]
    return [
      `${SIGN[outcome]} ${name}: ${VERDICT[outcome]}. ${sum}${need === undefined ? '' : ` of ${need}`} ${unit} count${upTo}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}.`,
      ...this.gap(missing, unit),
      ...(reward === undefined
        ? []
        : [
            `  It brings ${[reward.amount === undefined ? reward.is : `${reward.amount} ${reward.currency ?? ''}`.trim(), ...(reward.to === undefined ? [] : [reward.to]), ...(reward.times === 1 ? [] : [`${reward.times} times`])].join(', ')}.`,
          ]),
      ...shares.map((share) => `  ${this.share(share)}`),
    ]
  }

  private gap(missing: PurposeDecision['missing'], unit: string): string[] {
    if (missing === undefined) return []
    const { credit, groups = [], ways = [], offers, unknown = [] } = missing
    const inGroups = groups.map(({ group, credit: gap }) => `${gap} in "${group}"`).join(', ')
    const closing = ways.slice(0, 3).map(({ kind, items }) => `${items} more of "${this.words.kinds(kind)}"`)
    return [
      ...(credit === undefined
        ? []
        : [
            `  ${credit} ${unit} more are needed${inGroups === '' ? '' : `, of it ${inGroups}`}${closing.length === 0 ? '' : `: ${closing.join(' or ')} would do`}.`,
          ]),
      ...(offers === undefined
        ? []
        : [
            `  On offer, for ${offers.cost}${offers.isCheapest ? ', the cheapest that would do' : ''}: ${offers.achievements.map(this.nameOf).join(', ')}.`,
          ]),
      ...unknown.slice(0, 10).map((one) => `  Not known: ${this.unknown(one)}.`),
      ...(unknown.length > 10 ? [`  And ${unknown.length - 10} more that are not known.`] : []),
    ]
  }

  private unknown(missing: Missing): string {
    if ('parameter' in missing) return `${this.words.parameter(missing.parameter)} (parameter "${missing.parameter}")`
    if ('noCase' in missing) return missing.noCase
    const { fact, about, disputed } = missing
    return `${this.words.fact(fact)} (fact "${fact}"${about === undefined ? '' : ` about ${this.nameOf(about)}`})${disputed === true ? ', of which statements contradict each other' : ''}`
  }

  private share({ item, earned, counts, gives, kinds, groups = {}, because }: CreditShare): string {
    const into = Object.entries(groups).map(([group, amount]) => `${amount} in "${group}"`)
    const what = kinds.length === 0 ? '' : `, ${this.words.kinds(kinds)}`
    const of = gives === undefined || gives === counts ? '' : ` of ${gives}`
    const why = because.flatMap((reason) => this.reason(reason))
    return `${counts}${of}: ${this.nameOf(item)}${what}${earned === undefined ? '' : `, ${earned}`}${into.length === 0 ? '' : `, ${into.join(', ')}`}${why.length === 0 ? '' : ` (${why.join('; ')})`}.`
  }

  private reason({ code, open, says, of, codes = [], rule }: ShareReason): string[] {
    if (code === 'rate' && open !== true) return []
    const maybe = open === true ? 'it is not known whether ' : ''
    const other = of === undefined ? 'what counted before' : this.nameOf(of)
    const sentence = {
      rate: 'what it is worth is not known',
      'no-rate': 'there is no rate for it',
      kind: open === true ? `${maybe}it is of a kind that counts` : 'it is of no kind that counts here',
      badge: open === true ? `not settled: ${codes.join(', ')}` : `not to be counted on: ${codes.join(', ')}`,
      window: open === true ? `${maybe}it was earned in time` : 'it was not earned in time',
      demand: `${open === true ? 'not known whether it holds' : 'does not hold'}: ${says ?? rule ?? 'a demand'}`,
      'repeat.award': `the same award as ${other}`,
      'repeat.issuers': `the same work as ${other}, from another issuer`,
      repeat: open === true ? `it may repeat ${other}` : `it repeats ${other}`,
      used: 'it counted before',
      limit: 'a limit is reached',
      group: 'no group has room for it',
    }[code]
    // A later version may know more.
    return [sentence ?? code]
  }
}
