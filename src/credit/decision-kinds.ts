/**
 * Decisions as arguments: they were kept as JSON for years, and a later version may have written more.
 *
 * @module
 */
import { arrayOf, flag, type Kind, mapOf, number, oneOf, open, text } from '../internal/members.js'

const missing = arrayOf(open({ fact: text, about: text, disputed: flag, parameter: text, noCase: text }))
const reason = open({ code: text, open: flag, rule: text, says: text, of: text, codes: arrayOf(text), missing }, [
  'code',
])
const share = open(
  {
    item: text,
    is: text,
    achievement: text,
    issuer: text,
    earned: text,
    evidence: arrayOf(text),
    kinds: arrayOf(text),
    gives: text,
    counts: text,
    groups: mapOf(text),
    because: arrayOf(reason),
  },
  ['item', 'kinds', 'counts', 'because'],
)
const gap = open({
  credit: text,
  groups: arrayOf(open({ group: text, credit: text }, ['group', 'credit'])),
  ways: arrayOf(open({ kind: text, items: number }, ['kind', 'items'])),
  offers: open({ achievements: arrayOf(text), cost: text, isCheapest: flag }, ['achievements', 'cost']),
  unknown: missing,
})
const reward = open({ is: text, amount: text, currency: text, to: text, times: number, missing }, ['is', 'times'])
const purpose = open(
  {
    purpose: text,
    account: text,
    outcome: oneOf('met', 'not-met', 'not-known'),
    unit: text,
    sum: text,
    possible: text,
    need: text,
    carried: text,
    left: text,
    groups: arrayOf(open({ group: text, atLeast: text, counts: text }, ['group', 'counts'])),
    shares: arrayOf(share),
    missing: gap,
    reward,
    because: arrayOf(text),
  },
  ['purpose', 'account', 'outcome', 'unit', 'sum', 'shares'],
)
const finding = open({ code: text, items: arrayOf(text), message: text }, ['code', 'message'])

/** As decideCredit answers it. */
export const decisionKind: Kind = open(
  {
    type: oneOf('CreditDecision'),
    policy: text,
    edition: text,
    at: text,
    purposes: arrayOf(purpose),
    findings: arrayOf(finding),
  },
  ['type', 'policy', 'at', 'purposes'],
)
export const historyKind: Kind = arrayOf(decisionKind)
