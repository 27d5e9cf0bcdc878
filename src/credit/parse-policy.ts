/**
 * Reading policies: their form, and then what no form says: names that nothing declares, purposes that need themselves, editions for one day.
 *
 * @module
 */
import { Reading } from '../competency/reading.js'
import { invalidOption, ParseError, UsageError } from '../errors.js'
import { circlesOf } from '../internal/circles.js'
import { nearest } from '../internal/members.js'
import { isDate } from '../model/date-time.js'
import type { Use } from './grammar.js'
import { OWN_FACTS, policyForm } from './policy-forms.js'
import { isPositive, rationalOf } from './rational.js'
import type { CreditPolicy, Edition, Need, Parameter, Rules } from './types.js'

/**
 * Reads a policy (parsed JSON; `schemas/credit-policy.json` is its schema). Closed: a member that is misspelt would change who is paid. A
 * `comment` may stand in every object. Throws ParseError `parse.invalid` with every issue, each with its JSON pointer.
 */
export function parsePolicy(value: unknown): CreditPolicy {
  const reading = new Reading(value, 'a credit policy')
  const uses: Use[] = []
  policyForm.read({ reading, uses }, reading.value, '')
  reading.finish()
  const policy = withoutComments(reading.value) as CreditPolicy
  for (const [id, parameter] of Object.entries(policy.parameters ?? {}))
    if (parameter.value !== undefined && !isOf(parameter.is, parameter.value))
      reading.report(
        'parse.semantic',
        `/parameters/${id}/value`,
        `is no value of a parameter that is "${parameter.is}"`,
      )
  for (const use of uses) checkUse(use, policy, reading)
  for (const [place, rules] of rulesOf(policy)) checkRules(rules, place, reading)
  if ('editions' in policy) checkEditions(policy.editions, reading)
  reading.finish()
  return policy
}

/** The same for a policy as an argument: what is wrong with it is a mistake of the call. */
export function demandPolicy(value: unknown): CreditPolicy {
  try {
    return parsePolicy(value)
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    throw new UsageError('usage.invalid_policy', error.message, { cause: error, option: 'policy' })
  }
}

/** Is it a value of a parameter of this sort? */
export function isOf(is: Parameter['is'], value: unknown): boolean {
  if (is === 'names') return Array.isArray(value) && value.every((name) => typeof name === 'string')
  if (is === 'day') return typeof value === 'string' && isDate(value)
  return rationalOf(value) !== undefined
}

/** What is given for parameters: of a name that is declared, and of its sort. */
export function demandParameters(policy: CreditPolicy, given: Readonly<Record<string, unknown>>): void {
  const declared = policy.parameters ?? {}
  for (const [name, value] of Object.entries(given)) {
    const parameter = Object.hasOwn(declared, name) ? declared[name] : undefined
    if (parameter === undefined) {
      const meant = nearest(name, Object.keys(declared))
      throw invalidOption(
        'parameters',
        `has "${name}", which the policy does not declare${meant === undefined ? '' : `: did you mean "${meant}"?`}`,
      )
    }
    if (value !== undefined && !isOf(parameter.is, value))
      throw invalidOption('parameters', `has for "${name}" no value that is "${parameter.is}"`)
  }
}

function withoutComments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutComments)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([name, one]) => name !== '$schema' && !(name === 'comment' && isText(one)))
  return Object.fromEntries(kept.map(([name, one]) => [name, withoutComments(one)]))
}
const isText = (value: unknown) => [value].flat().every((line) => typeof line === 'string')

function rulesOf(policy: CreditPolicy): (readonly [place: string, rules: Rules])[] {
  if (!('editions' in policy)) return [['', policy]]
  return policy.editions.map((edition, index) => [`/editions/${index}`, edition])
}

function checkUse({ of, name, as, place }: Use, policy: CreditPolicy, reading: Reading): void {
  if (of === 'positive') {
    if (!isPositive(rationalOf(name) ?? { n: 1n, d: 1n }))
      reading.report('parse.value', place, `must be more than 0: ${name} asks for nothing, or divides by it`)
    return
  }
  if (of === 'fact' && OWN_FACTS.test(name)) {
    const is = name === 'started' ? ['day'] : name === 'credited' ? ['truth'] : ['amount', 'text']
    if (!is.some((one) => as?.includes(one) === true))
      reading.report('parse.semantic', place, `"${name}" is ${is.join(' or ')}, and no ${as?.join(' or ')}`)
    return
  }
  const declared = declaredIn(policy, of, place)
  if (!Object.hasOwn(declared, name)) {
    const meant = nearest(name, Object.keys(declared))
    const wayOut = meant === undefined ? `declare it` : `did you mean "${meant}"?`
    const what = of === 'decided' ? 'purpose' : of
    reading.report('parse.semantic', place, `there is no ${what} "${name}": ${wayOut}`)
  } else if (as !== undefined && !as.includes(declared[name]?.is ?? ''))
    reading.report(
      'parse.semantic',
      place,
      `the ${of} "${name}" is "${declared[name]?.is}", and has to be "${as.join('" or "')}" here`,
    )
}

type Declared = Readonly<Record<string, { readonly is?: string }>>

/** What may be named: with what each is, where that matters. */
function declaredIn(policy: CreditPolicy, of: Use['of'], place: string): Declared {
  const names = (list: object | undefined): Declared =>
    Object.fromEntries(Object.keys(list ?? {}).map((id) => [id, {}]))
  if (of === 'parameter') return policy.parameters ?? {}
  if (of === 'fact') return policy.facts ?? {}
  if (of === 'kind') return names(policy.kinds)
  return of === 'calendar' ? names(policy.calendars) : purposesBeside(place, policy, of === 'decided')
}

/** Purposes of the same edition; decisions before may have been of others. */
function purposesBeside(place: string, policy: CreditPolicy, all: boolean): Declared {
  const own = rulesOf(policy).filter(([start]) => all || start === '' || place.startsWith(`${start}/`))
  return Object.fromEntries(own.flatMap(([, { purposes }]) => purposes.map(({ id }) => [id, {}])))
}

function checkRules({ purposes, rates = [], conversions = [] }: Rules, place: string, reading: Reading): void {
  const ids = new Map<string, number>()
  for (const [index, purpose] of purposes.entries()) {
    const at = `${place}/purposes/${index}`
    if (ids.has(purpose.id))
      reading.report('parse.semantic', `${at}/id`, `is the id of purpose ${ids.get(purpose.id)} too`)
    ids.set(purpose.id, index)
    for (const { groups = [] } of creditNeedsIn(purpose.needs)) {
      const twice = groups.find(({ id }, each) => groups.findIndex((other) => other.id === id) < each)
      if (twice !== undefined)
        reading.report('parse.semantic', `${at}/needs`, `two groups of one need have the id "${twice.id}"`)
    }
    if (creditNeedsIn(purpose.needs).length > 0 && [...rates, ...(purpose.rates ?? [])].length === 0)
      reading.report('parse.semantic', at, 'needs credit, and there are no rates')
  }
  const needs = new Map(purposes.map(({ id, needs }) => [id, purposesIn(needs)]))
  const circle = circleIn(needs)
  if (circle !== undefined)
    reading.report(
      'parse.semantic',
      `${place}/purposes/${ids.get(circle[0] ?? '')}/needs`,
      `needs itself: ${circle.join(' > ')}`,
    )
  const units = new Map<string, string[]>()
  for (const { from, to } of conversions) units.set(from, [...(units.get(from) ?? []), to])
  const round = circleIn(units)
  if (round !== undefined)
    reading.report('parse.semantic', `${place}/conversions`, `lead in a circle: ${round.join(' > ')}`)
}

/** Names that lead back to themselves. */
function circleIn(leads: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const known = (name: string) => (leads.get(name) ?? []).filter((other) => leads.has(other))
  const found = circlesOf([...leads.keys()], known).find(
    ([first = '', ...more]) => more.length > 0 || known(first).includes(first),
  )
  return found && [...found, found[0] ?? '']
}

export function creditNeedsIn(need: Need | undefined): Extract<Need, { credit: unknown }>[] {
  if (need === undefined) return []
  if ('credit' in need) return [need]
  if ('allOf' in need) return (need.allOf as readonly Need[]).flatMap(creditNeedsIn)
  return 'anyOf' in need ? (need.anyOf as readonly Need[]).flatMap(creditNeedsIn) : []
}

function purposesIn(need: Need | undefined): string[] {
  if (need === undefined) return []
  if ('purpose' in need) return [need.purpose]
  if ('allOf' in need) return (need.allOf as readonly Need[]).flatMap(purposesIn)
  return 'anyOf' in need ? (need.anyOf as readonly Need[]).flatMap(purposesIn) : []
}

/** Two that hold on one day for everybody: which one is meant nobody could say. */
function checkEditions(editions: readonly Edition[], reading: Reading): void {
  for (const [index, edition] of editions.entries()) {
    const at = `/editions/${index}`
    const { from = '0000', to = '9999-99-99' } = edition
    if (from > to) reading.report('parse.semantic', `${at}/to`, `ends on ${to}, before it begins on ${from}`)
    for (const [other, one] of editions.slice(0, index).entries()) {
      if (one.id === edition.id) reading.report('parse.semantic', `${at}/id`, `is the id of edition ${other} too`)
      const isApart = (one.to ?? '9999-99-99') < from || to < (one.from ?? '0000')
      const isTold = edition.when !== undefined && JSON.stringify(edition.when) !== JSON.stringify(one.when)
      if (!isApart && !isTold && from <= to)
        reading.report('parse.semantic', at, `holds on days on which "${one.id}" does: say "from", "to" or "when"`)
    }
  }
}
