/**
 * What policies need of the language: the constructs of the facts on micro-credentials, section 1.4, and how to see in a policy that it
 * says one.
 *
 * @module
 */
import type { Amount, Condition, CreditPolicy, Need, Purpose, Rules } from '../../src/credit/types.js'

type Node = Readonly<Record<string, unknown>>
/** A policy, and every object in it. */
interface Looked {
  readonly policy: CreditPolicy
  readonly rules: readonly Rules[]
  readonly purposes: readonly Purpose[]
  readonly nodes: readonly Node[]
}

function nodesIn(value: unknown): Node[] {
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.values(value).flatMap(nodesIn)
  return Array.isArray(value) ? inside : [value as Node, ...inside]
}

function lookedAt(policy: CreditPolicy): Looked {
  const rules = 'editions' in policy ? policy.editions : [policy]
  return { policy, rules, purposes: rules.flatMap(({ purposes }) => purposes), nodes: nodesIn(policy) }
}

const has = (looked: Looked, holds: (node: Node) => boolean) => looked.nodes.some(holds)
const text = (value: unknown) => JSON.stringify(value) ?? ''
const windows = ({ rules, purposes }: Looked) =>
  [...rules, ...purposes].flatMap(({ window }) => (window === undefined ? [] : [window]))
const limits = ({ rules, purposes }: Looked) => [...rules, ...purposes].flatMap((one) => one.limits ?? [])
const demands = ({ rules, purposes }: Looked) => [...rules, ...purposes].flatMap((one) => one.demands ?? [])
const rates = ({ rules, purposes }: Looked) => [...rules, ...purposes].flatMap((one) => one.rates ?? [])
const isLeaf = (need: Need | Condition): need is Need => typeof need === 'object'
const amountHas = (amount: Amount, member: string) => text(amount).includes(`"${member}"`)

/** Number in section 1.4, name, how it is written, and whether a policy says it. 35, the audit sample, belongs to audits. */
export const CONSTRUCTS: readonly (readonly [
  number: number,
  name: string,
  said: string,
  holds: (looked: Looked) => boolean,
])[] = [
  [1, 'rate', '`rates`: `of`, `gives`', (l) => rates(l).length > 0],
  [
    2,
    'step, no fractions',
    '`step`; `reward.every`',
    (l) => has(l, (node) => node.step !== undefined || node.every !== undefined),
  ],
  [
    3,
    'conversion between units',
    '`conversions`; a `product` with the amount',
    (l) => has(l, (n) => n.conversions !== undefined) || rates(l).some(({ gives }) => amountHas(gives, 'product')),
  ],
  [
    4,
    'several currencies from one badge',
    'each policy and purpose counts for itself, in its `unit`',
    (l) => l.purposes.every(({ unit }) => unit !== ''),
  ],
  [5, 'need', '`needs`: `credit`', (l) => has(l, (n) => n.credit !== undefined)],
  [
    6,
    'group minimum',
    '`groups`: `atLeast`; a purpose with `counts`',
    (l) => has(l, (n) => Array.isArray(n.groups) || (n.counts !== undefined && n.needs !== undefined)),
  ],
  [
    7,
    'rest from a list',
    '`groups` with `atMost`, and one for the rest',
    (l) => has(l, (n) => Array.isArray(n.groups) && text(n.groups).includes('"atMost"')),
  ],
  [
    8,
    'minimum, maximum for one activity',
    '`limits` `per` item or topic',
    (l) =>
      limits(l).some(
        ({ per, step }) => (per === 'item' && step === undefined) || (typeof per === 'object' && 'fact' in per),
      ),
  ],
  [
    9,
    'cap per person, ever',
    '`limits`: `first`; `reward.times` `per` ever',
    (l) => has(l, (n) => n.first !== undefined || n.per === 'ever'),
  ],
  [
    10,
    'cap per period',
    '`limits`: `atMost`, `items`, `per` calendar',
    (l) => limits(l).some(({ per, atMost, items }) => (atMost !== undefined || items !== undefined) && per !== 'item'),
  ],
  [
    11,
    'share of the whole',
    '`limits`: `share`; a minimum as a share',
    (l) => has(l, (n) => n.share !== undefined) || /"atLeast":\{.*"product":\["1\//.test(text(l.policy)),
  ],
  [12, 'window: term', '`window`: `period`', (l) => windows(l).some((window) => text(window).includes('"period"'))],
  [
    13,
    'window: fixed dates',
    '`window`: `from`, `to`; `anyOf`',
    (l) => windows(l).some((window) => /"from":"\d|"anyOf"/.test(text(window))),
  ],
  [
    14,
    'window: age at application',
    '`window`: a day `plus` years',
    (l) => windows(l).some((window) => /"years":/.test(text(window))),
  ],
  [
    15,
    'window: year of program',
    'purposes with windows of their own',
    (l) =>
      new Set(
        l.purposes.flatMap(({ window }) => (window === undefined || !('period' in window) ? [] : [window.period])),
      ).size > 1,
  ],
  [
    16,
    'window: since the last award',
    '`window`: `after` a day; `decided`; `repeats` ever',
    (l) =>
      windows(l).some((window) => text(window).includes('"after"')) ||
      text(demands(l)).includes('earlier movement') ||
      text(demands(l)).includes('not used before'),
  ],
  [17, 'no repeat', '`repeats`', (l) => has(l, (n) => n.repeats !== undefined)],
  [18, 'no banking, or carry-over', '`carry`', (l) => has(l, (n) => n.carry !== undefined)],
  [19, 'closed list', 'a kind by `achievements`', (l) => has(l, (n) => n.achievements !== undefined)],
  [
    20,
    'issuer list, per purpose',
    'kinds by `issuers`; `counts`',
    (l) => has(l, (n) => n.issuers !== undefined && n.says === undefined),
  ],
  [21, 'value stated by the issuer', 'the fact `credits`', (l) => has(l, (n) => n.fact === 'credits')],
  [
    22,
    'approver',
    '`demands` with a fact; `by`',
    (l) => /approved|panel/.test(text(demands(l)) + text(l.policy.parameters)),
  ],
  [
    23,
    'approval before the start',
    'a day `before` the day `started`',
    (l) => /"in":\{"(?:before|to)":.*(?:"started"|"earned")/.test(text(demands(l))),
  ],
  [24, 'deadline for filing', 'a day up to another `plus` days', (l) => /"filed"/.test(text(demands(l)))],
  [
    25,
    'minimum result',
    'the fact `result.Percent`, a grade',
    (l) => /result\.|"grade"|mastery|rubric/.test(text(demands(l))),
  ],
  [
    26,
    'badges or something else',
    '`needs`: `anyOf`; other `activities`',
    (l) =>
      l.purposes.some(({ needs }) => needs !== undefined && isLeaf(needs) && /"anyOf"/.test(text(needs))) ||
      l.policy.kinds['transcript-credit'] !== undefined,
  ],
  [
    27,
    'facts from outside',
    '`needs` with conditions; `activities`',
    (l) =>
      l.purposes.some(({ needs, who }) => /"fact"/.test(text(needs)) || who !== undefined) ||
      has(l, (n) => n.activities !== undefined),
  ],
  [28, 'exclusion: paid elsewhere', '`demands`: `not` a fact', (l) => /"not":\{"fact":"paid"/.test(text(demands(l)))],
  [
    29,
    'money, raise, lane',
    '`reward`',
    (l) => l.purposes.some(({ reward }) => reward !== undefined && reward.is !== 'standing'),
  ],
  [30, 'who is meant', '`who`', (l) => l.purposes.some(({ who }) => who !== undefined)],
  [
    31,
    'excluded use or kind',
    '`demands`: `not`; a rate of 0',
    (l) =>
      rates(l).some(({ gives }) => gives === 0) ||
      /used-for-coursework|duplicates|undergraduate/.test(text(demands(l))),
  ],
  [
    32,
    'editions by date',
    '`editions`; `cases`',
    (l) => 'editions' in l.policy || /"cases".*"from":"\d{4}/.test(text(l.policy)),
  ],
  [
    33,
    'prorated need',
    '`credit` as a `product` with a fact',
    (l) =>
      has(
        l,
        (n) =>
          n.credit !== undefined && amountHas(n.credit as Amount, 'product') && amountHas(n.credit as Amount, 'fact'),
      ),
  ],
  [
    34,
    'near miss',
    'a `sum` with a negative `product`',
    (l) => has(l, (n) => Array.isArray(n.product) && n.product.some((one) => Number(one) < 0)),
  ],
  [
    36,
    'reward for a whole stack',
    '`reward`: `standing`',
    (l) => l.purposes.some(({ reward }) => reward?.is === 'standing'),
  ],
]

/** As Markdown: a row for each construct, with the files that say it. */
export function constructTable(policies: readonly (readonly [id: string, policy: CreditPolicy])[]): string {
  const looked = policies.map(([id, policy]) => [id, lookedAt(policy)] as const)
  const rows = CONSTRUCTS.map(([number, name, said, holds]) => {
    const ids = looked.filter(([, one]) => holds(one)).map(([id]) => id)
    const files =
      ids.length === policies.length
        ? 'all'
        : ids.length > policies.length / 2
          ? `all but ${looked
              .filter(([, one]) => !holds(one))
              .map(([id]) => id)
              .join(', ')}`
          : ids.join(', ')
    return `| ${number} | ${name} | ${said} | ${files} |`
  })
  return ['| | construct | how | files |', '|---|---|---|---|', ...rows].join('\n')
}

/** The constructs that a policy says, by number. */
export function constructsOf(policy: CreditPolicy): number[] {
  const looked = lookedAt(policy)
  return CONSTRUCTS.filter(([, , , holds]) => holds(looked)).map(([number]) => number)
}
