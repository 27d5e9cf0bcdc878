/**
 * The forms of the policy language, beside the types of types.ts, to which the compiler holds them. What each means stands there.
 *
 * @module
 */
import type { JsonObject } from '../internal/types.js'
import { isDate } from '../model/date-time.js'
import type { Shift, YearPart } from './days.js'
import {
  choice,
  commentForm,
  described,
  type Form,
  flag,
  listOf,
  mapOf,
  named,
  naming,
  object,
  oneOf,
  scalar,
  text,
  textLike,
  uri,
} from './grammar.js'
import { EXACT, rationalOf } from './rational.js'
import type {
  Amount,
  Condition,
  Conversion,
  CreditNeed,
  Day,
  Demand,
  Edition,
  FactKind,
  Group,
  Kind,
  Limit,
  Need,
  Parameter,
  Pattern,
  Purpose,
  Rate,
  Repeats,
  Reward,
  Window,
} from './types.js'

type Having<T, Name extends string> = Extract<T, { readonly [K in Name]?: unknown }>

const exactText = textLike('an exact number, such as "22.5" or "2/3"', EXACT)
const exactNumber = scalar(
  'a number of at most 15 digits, with at most six places',
  { type: 'number' },
  (value) => typeof value === 'number' && rationalOf(value) !== undefined,
)
const day = scalar(
  'a day, such as "2026-05-26"',
  { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
  (value) => typeof value === 'string' && isDate(value),
)
const wholeNumber = scalar(
  'a whole number from -1200 to 1200',
  { type: 'integer', minimum: -1200, maximum: 1200 },
  (value) => Number.isInteger(value) && Math.abs(value as number) <= 1200,
)

const kinds: Form = named('Kinds', () => kindsForm)
const kindsForm: Form = choice('a kind or several', [naming('kind'), listOf(naming('kind'))])
const parameter = (as: Parameter['is']) =>
  object<{ readonly parameter: string }>({ members: { parameter: naming('parameter', [as]) }, required: ['parameter'] })
/** A list may have every achievement of a district. */
const texts = listOf(text, 100_000)
const names: Form = named('Names', () => namesForm)
const namesForm: Form = choice('a list of texts, or { "parameter": ... }', [texts], [parameter('names')])

/**
 * Facts that an item may bring along need no declaration. `started` is a day, `credited` (it counted
 * elsewhere before) a truth, the others are amounts or texts. */
export const OWN_FACTS = /^(?:amount|credits|credited|started|result\.[A-Za-z:]+)$/

const amount: Form = named('Amount', () => amountForm)
const aDay: Form = named('Day', () => dayForm)
const window: Form = named('Window', () => windowForm)
const condition: Form = named('Condition', () => conditionForm)
const need: Form = named('Need', () => needForm)

const casesOf = (use: Form) =>
  object<{ readonly cases: unknown }>({
    members: {
      cases: listOf(object<{ when: unknown; use: unknown }>({ members: { when: condition, use }, required: ['use'] })),
    },
    required: ['cases'],
  })

/** Above zero where it stands there as a number. */
const positive: Form = {
  schema: amount.schema,
  read: (source, value, place) => {
    amount.read(source, value, place)
    if (typeof value === 'number' || typeof value === 'string')
      source.uses.push({ of: 'positive', name: String(value), place })
  },
}

const amounts = [
  parameter('amount'),
  object<Having<Amount, 'fact'>>({
    members: { fact: naming('fact', ['amount']), otherwise: choice('an exact number', [exactText, exactNumber]) },
    required: ['fact'],
  }),
  object<Having<Amount, 'sum'>>({ members: { sum: listOf(amount) }, required: ['sum'] }),
  object<Having<Amount, 'product'>>({ members: { product: listOf(amount) }, required: ['product'] }),
  object<Having<Amount, 'least'>>({ members: { least: listOf(amount) }, required: ['least'] }),
  casesOf(amount),
]
const amountForm: Form = choice(
  'an amount: a number, "2/3", { "parameter" }, { "fact" }, { "sum" }, { "product" }, { "least" } or { "cases" }',
  [exactText, exactNumber],
  amounts,
)

const shift = object<Shift>({ members: { days: wholeNumber, months: wholeNumber, years: wholeNumber }, required: [] })

const dayForm: Form = choice(
  'a day: "earned", "now", such as "2026-05-26", { "parameter" }, { "fact" }, { "decided" }, { "day", "plus" }, { "latest" } or { "cases" }',
  [oneOf('earned', 'now'), day],
  [
    parameter('day'),
    object<Having<Day, 'fact'>>({
      members: { fact: naming('fact', ['day', 'period']), end: oneOf('from', 'to') },
      required: ['fact'],
    }),
    object<Having<Day, 'decided'>>({ members: { decided: naming('decided') }, required: ['decided'] }),
    object<Having<Day, 'plus'>>({ members: { day: aDay, plus: shift }, required: ['day', 'plus'] }),
    object<Having<Day, 'latest'>>({ members: { latest: listOf(aDay) }, required: ['latest'] }),
    casesOf(aDay),
  ],
)

const windowForm: Form = choice(
  'a window: { "from", "to", "after", "before" }, { "period" }, { "anyOf" } or { "cases" }',
  [],
  [
    object<Having<Window, 'period'>>({ members: { period: naming('fact', ['period']) }, required: ['period'] }),
    object<Having<Window, 'anyOf'>>({ members: { anyOf: listOf(window) }, required: ['anyOf'] }),
    casesOf(window),
    object<Having<Window, 'from'>>({ members: { from: aDay, after: aDay, to: aDay, before: aDay }, required: [] }),
  ],
)

const is: Form = choice('true, false, a text or several', [flag, text, listOf(text)])
const conditions = [
  object<Having<Condition, 'fact'>>({
    members: { fact: naming('fact', ['truth', 'text']), is, by: names, otherwise: flag },
    required: ['fact'],
  }),
  object<Having<Condition, 'amount'>>({
    members: { amount, atLeast: amount, atMost: amount },
    required: ['amount'],
  }),
  object<Having<Condition, 'day'>>({ members: { day: aDay, in: window }, required: ['day', 'in'] }),
  object<Having<Condition, 'kind'>>({ members: { kind: kinds }, required: ['kind'] }),
  object<Having<Condition, 'not'>>({ members: { not: condition }, required: ['not'] }),
]
const conditionForm: Form = choice(
  'a condition: { "fact" }, { "amount" }, { "day", "in" }, { "kind" }, { "allOf" }, { "anyOf" } or { "not" }',
  [],
  [
    ...conditions,
    object<{ allOf: unknown }>({ members: { allOf: listOf(condition) }, required: ['allOf'] }),
    object<{ anyOf: unknown }>({ members: { anyOf: listOf(condition) }, required: ['anyOf'] }),
  ],
)

const group: Form = named('Group', () => groupForm)
const groupForm: Form = object<Group>({
  members: { id: text, of: kinds, atLeast: amount, atMost: amount },
  required: ['id', 'of'],
})
const needForm: Form = choice(
  'a need: { "credit" }, a condition, { "purpose" }, { "allOf" } or { "anyOf" }',
  [],
  [
    object<CreditNeed>({
      members: { credit: positive, of: kinds, groups: listOf(group), indivisible: flag },
      required: ['credit'],
    }),
    object<{ purpose: string }>({ members: { purpose: naming('purpose') }, required: ['purpose'] }),
    ...conditions,
    object<{ allOf: unknown }>({ members: { allOf: listOf(need) }, required: ['allOf'] }),
    object<Having<Need, 'anyOf'>>({ members: { anyOf: listOf(need) }, required: ['anyOf'] }),
  ],
)

const rate: Form = named('Rate', () => rateForm)
const rateForm: Form = object<Rate>({ members: { of: kinds, gives: amount, unit: text }, required: ['of', 'gives'] })
const conversion: Form = named('Conversion', () => conversionForm)
const conversionForm: Form = object<Conversion>({
  members: { from: text, to: text, gives: positive },
  required: ['from', 'to', 'gives'],
})
const demand: Form = named('Demand', () => demandForm)
const demandForm: Form = object<Demand>({ members: { of: kinds, holds: condition, says: text }, required: ['holds'] })
const calendarRef = object<{ calendar: string }>({ members: { calendar: naming('calendar') }, required: ['calendar'] })
const factRef = object<{ fact: string }>({ members: { fact: naming('fact', ['text']) }, required: ['fact'] })
const limit: Form = named('Limit', () => limitForm)
const limitForm: Form = object<Limit>({
  members: {
    of: kinds,
    per: choice(
      '"all", "item", "ever", { "calendar" } or { "fact" }',
      [oneOf('all', 'item', 'ever')],
      [calendarRef, factRef],
    ),
    atLeast: amount,
    atMost: amount,
    step: positive,
    items: amount,
    first: amount,
    share: object<NonNullable<Limit['share']>>({
      members: { of: oneOf('need', 'sum'), atMost: amount },
      required: ['of', 'atMost'],
    }),
  },
  required: [],
})
const repeats: Form = named('Repeats', () => repeatsForm)
const repeatsForm: Form = object<Repeats>({
  members: { within: choice('"window", "ever" or { "years": 5 }', [oneOf('window', 'ever')], [shift]), of: kinds },
  required: ['within'],
})
const reward: Form = named('Reward', () => rewardForm)
const rewardForm: Form = object<Reward>({
  members: {
    is: oneOf('one-time', 'raise', 'lane', 'standing'),
    amount: choice('an amount or "sum"', [oneOf('sum'), exactText, exactNumber], amounts),
    currency: textLike('a currency by ISO 4217, such as "USD"', /^[A-Z]{3}$/),
    to: text,
    every: positive,
    times: amount,
    per: choice('"ever" or { "calendar" }', [oneOf('ever')], [calendarRef]),
  },
  required: ['is'],
})

const RULES = {
  window,
  repeats,
  rates: listOf(rate),
  conversions: listOf(conversion, 100),
  demands: listOf(demand),
  limits: listOf(limit),
}
const purpose: Form = named('Purpose', () => purposeForm)
const purposeForm: Form = object<Purpose>({
  members: {
    id: text,
    name: text,
    unit: text,
    who: condition,
    counts: kinds,
    window,
    rates: RULES.rates,
    repeats,
    demands: RULES.demands,
    limits: RULES.limits,
    step: positive,
    carry: choice('true, false or an amount', [flag, exactText, exactNumber], amounts),
    account: text,
    needs: need,
    reward,
  },
  required: ['id', 'unit'],
})
const purposes = listOf(purpose)
const edition: Form = object<Edition>({
  members: { id: text, from: day, to: day, when: condition, ...RULES, purposes },
  required: ['id', 'purposes'],
})

const pattern: Form = named('Pattern', () => patternForm)
const patternForm: Form = object<Pattern>({
  members: { achievements: names, competencies: names, types: names, issuers: names, tags: names },
  required: [],
})
const kind: Form = named('Kind', () => kindForm)
const kindForm: Form = object<Kind>({
  members: { name: text, badges: listOf(pattern), activities: listOf(text) },
  required: [],
})
const parameterForm: Form = object<Parameter>({
  members: {
    says: text,
    is: oneOf('amount', 'names', 'day'),
    value: choice('an amount, a day or a list of texts', [exactNumber, text, texts]),
  },
  required: ['says', 'is'],
})
const factForm: Form = object<FactKind>({
  members: { says: text, is: oneOf('truth', 'amount', 'text', 'day', 'period'), about: oneOf('item') },
  required: ['says', 'is'],
})
const monthDay = textLike('a month and a day, such as "07-01"', /^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/)
const yearPart: Form = object<YearPart>({ members: { from: monthDay, to: monthDay }, required: ['from', 'to'] })

const HEAD = {
  $schema: text,
  id: described(uri, 'Names the policy, in decisions too.'),
  name: text,
  dated: described(oneOf('awarded', 'validFrom'), 'By which day of a badge it is judged. Default awarded.'),
  parameters: described(
    mapOf(parameterForm),
    'What the source leaves open: what hangs on one without a value is not known.',
  ),
  facts: described(mapOf(factForm), 'What somebody has to state, since badges do not say it.'),
  kinds: described(mapOf(kind), 'What badges and other learning are, by the achievement and never by its name.'),
  calendars: described(mapOf(listOf(yearPart)), 'Parts of every year.'),
}
const plain = object<Readonly<Record<keyof typeof HEAD | keyof typeof RULES | 'purposes', unknown>>>({
  members: { ...HEAD, ...RULES, purposes },
  required: ['id', 'name', 'kinds', 'purposes'],
})
const edited = object<Readonly<Record<keyof typeof HEAD | 'editionBy' | 'editions', unknown>>>({
  members: { ...HEAD, editionBy: aDay, editions: listOf(edition, 100) },
  required: ['editions', 'id', 'name', 'kinds'],
})

/** A whole policy. */
export const policyForm: Form = {
  schema: { anyOf: [plain.schema, edited.schema] },
  read: (source, value, place) => {
    const isEdited = typeof value === 'object' && value !== null && 'editions' in value
    ;(isEdited ? edited : plain).read(source, value, place)
  },
}

/** JSON Schema (2020-12) of a CreditPolicy, for editors and other languages. */
export const creditPolicySchema: JsonObject = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Credit policy: what badges count for',
  ...policyForm.schema,
  $defs: {
    Amount: amountForm.schema,
    Day: dayForm.schema,
    Window: windowForm.schema,
    Condition: conditionForm.schema,
    Need: needForm.schema,
    Group: groupForm.schema,
    Rate: rateForm.schema,
    Conversion: conversionForm.schema,
    Demand: demandForm.schema,
    Limit: limitForm.schema,
    Repeats: repeatsForm.schema,
    Reward: rewardForm.schema,
    Purpose: purposeForm.schema,
    Kind: kindForm.schema,
    Kinds: kindsForm.schema,
    Names: namesForm.schema,
    Pattern: patternForm.schema,
    Comment: commentForm.schema,
  },
}
