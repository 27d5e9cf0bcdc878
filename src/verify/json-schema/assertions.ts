/**
 * What a schema asks of one value, without the schemas inside of it.
 *
 * @module
 */
import { canonicalJson } from '../../internal/jcs.js'
import type { Json, JsonObject } from '../../internal/types.js'
import { hasFormat } from './formats.js'
import { isObject } from './keywords.js'
import type { Pattern } from './pattern.js'

/** The message is made where it is needed. */
export type Demand = (holds: boolean, message: () => string) => void

/** Characters that are compared, or scanned, in the time of a step. */
const CHARACTERS_PER_STEP = 16
/** States of a pattern that are passed through in the time of a step. */
const STATES_PER_STEP = 4

export class Assertions {
  readonly #spend: (amount: number) => void
  readonly #texts = new Map<Json, string>()

  /** `spend` throws where there is not so much left. */
  constructor(spend: (amount: number) => void) {
    this.#spend = spend
  }

  ask(schema: JsonObject, value: Json, patterns: ReadonlyMap<string, Pattern>, demand: Demand): void {
    const { type, const: only, enum: some } = schema
    if (type !== undefined) {
      const types = [type].flat() as string[]
      demand(
        types.some((name) => hasType(value, name)),
        () => `it is no ${types.join(' or ')}`,
      )
    }
    if (only !== undefined) demand(this.isSame(value, only), () => 'it has not the value that it must have')
    if (some !== undefined)
      demand(
        (some as Json[]).some((one) => this.isSame(value, one)),
        () => 'it is none of the values that it may be',
      )
    if (typeof value === 'number') askNumber(schema, value, demand)
    if (typeof value === 'string') this.#askText(schema, value, patterns, demand)
    if (Array.isArray(value)) this.#askList(schema, value, demand)
    if (isObject(value)) this.#askObject(schema, value, demand)
  }

  matches(pattern: Pattern, text: string): boolean {
    this.#spend(1 + text.length / CHARACTERS_PER_STEP + (pattern.size * text.length) / STATES_PER_STEP)
    return pattern.test(text)
  }

  isSame(value: Json, other: Json): boolean {
    this.#spend(1)
    if (typeof value === 'string') this.#spend(value.length / CHARACTERS_PER_STEP)
    if (!isNested(value) || !isNested(other)) return value === other
    const text = this.#textOf(value)
    this.#spend(text.length / CHARACTERS_PER_STEP)
    return text === this.#textOf(other)
  }

  /** Those are the same that have the same text. Each is written once. */
  #textOf(value: Json): string {
    if (!isNested(value)) return canonicalJson(value)
    let text = this.#texts.get(value)
    if (text === undefined) {
      text = canonicalJson(value)
      this.#spend(text.length)
      this.#texts.set(value, text)
    }
    return text
  }

  #askText(
    { minLength, maxLength, pattern, format }: JsonObject,
    value: string,
    patterns: ReadonlyMap<string, Pattern>,
    demand: Demand,
  ): void {
    if (minLength !== undefined || maxLength !== undefined) {
      this.#spend(value.length / CHARACTERS_PER_STEP)
      const length = lengthOf(value)
      demand(!(length < (minLength as number)), () => `it has fewer than ${minLength} characters`)
      demand(!(length > (maxLength as number)), () => `it has more than ${maxLength} characters`)
    }
    if (pattern !== undefined)
      demand(this.matches(patterns.get(pattern as string) as Pattern, value), () => `it does not match ${pattern}`)
    if (format !== undefined) {
      this.#spend(value.length)
      demand(hasFormat(value, format as string), () => `it has not the format ${format}`)
    }
  }

  #askList({ minItems, maxItems, uniqueItems }: JsonObject, value: readonly Json[], demand: Demand): void {
    demand(!(value.length < (minItems as number)), () => `it has fewer than ${minItems} items`)
    demand(!(value.length > (maxItems as number)), () => `it has more than ${maxItems} items`)
    if (uniqueItems !== true) return
    // The text of the whole counts those of all items, which would else be hashed again for each asking.
    this.#spend(value.length + this.#textOf(value as Json).length / CHARACTERS_PER_STEP)
    demand(
      new Set(value.map((item) => this.#textOf(item))).size === value.length,
      () => 'it has the same item more than once',
    )
  }

  #askObject(schema: JsonObject, value: JsonObject, demand: Demand): void {
    const { required, minProperties, maxProperties, dependentRequired, dependencies } = schema
    if (minProperties !== undefined || maxProperties !== undefined) {
      const count = Object.keys(value).length
      this.#spend(count)
      demand(!(count < (minProperties as number)), () => `it has fewer than ${minProperties} members`)
      demand(!(count > (maxProperties as number)), () => `it has more than ${maxProperties} members`)
    }
    this.#askNames(value, (required ?? []) as string[], '', demand)
    for (const needs of [dependentRequired, dependencies]) {
      if (!isObject(needs)) continue
      const all = Object.keys(needs)
      this.#spend(all.length)
      for (const name of all)
        if (Object.hasOwn(value, name) && Array.isArray(needs[name]))
          this.#askNames(value, needs[name] as readonly string[], `, but "${name}"`, demand)
    }
  }

  #askNames(value: JsonObject, names: readonly string[], beside: string, demand: Demand): void {
    this.#spend(names.length)
    for (const name of names) demand(Object.hasOwn(value, name), () => `it has no "${name}"${beside}`)
  }
}

function isNested(value: Json): value is JsonObject | readonly Json[] {
  return typeof value === 'object' && value !== null
}

function hasType(value: Json, name: string): boolean {
  if (name === 'null') return value === null
  if (name === 'array') return Array.isArray(value)
  if (name === 'object') return isObject(value)
  // 1.0 is one: Core section 4.2.3.
  if (name === 'integer') return Number.isInteger(value)
  return typeof value === name
}

/** In code points. */
function lengthOf(text: string): number {
  let length = 0
  for (let at = 0; at < text.length; at++) {
    length++
    if ((text.codePointAt(at) as number) > 0xffff) at++
  }
  return length
}

function askNumber(schema: JsonObject, value: number, demand: Demand): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema
  demand(!(value < (minimum as number)), () => `it is less than ${minimum}`)
  demand(!(value > (maximum as number)), () => `it is more than ${maximum}`)
  // In draft 4 these say whether the neighbour itself is allowed.
  const above = exclusiveMinimum === true ? minimum : exclusiveMinimum
  const below = exclusiveMaximum === true ? maximum : exclusiveMaximum
  if (typeof above === 'number') demand(value > above, () => `it is not more than ${above}`)
  if (typeof below === 'number') demand(value < below, () => `it is not less than ${below}`)
  if (multipleOf !== undefined)
    demand(isMultipleOf(value, multipleOf as number), () => `it is no multiple of ${multipleOf}`)
}

/** Of the decimals as they are written: 0.3 is three times 0.1. */
function isMultipleOf(value: number, divisor: number): boolean {
  const [digits, exponent] = decimal(value)
  const [divisorDigits, divisorExponent] = decimal(divisor)
  const shift = exponent - divisorExponent
  return shift >= 0
    ? (digits * 10n ** BigInt(shift)) % divisorDigits === 0n
    : digits % (divisorDigits * 10n ** BigInt(-shift)) === 0n
}

function decimal(value: number): [bigint, number] {
  const [digits = '0', exponent = '0'] = Math.abs(value).toString().split('e')
  const [whole = '', fraction = ''] = digits.split('.')
  return [BigInt(whole + fraction), Number(exponent) - fraction.length]
}
