/**
 * Nothing misspelt goes through: how the exports of a subpath are walked. Each function stands in a table with arguments that are right;
 * from those come its wrong ones, by rule and not by hand.
 *
 * @module
 */
import { describe, expect, test } from 'vitest'
import { OpenBadgeError, UsageError } from '../../src/entries/index.js'

/** A function, and a call of it that is right. */
export interface Walked {
  /** Async streams are drained. */
  readonly call: (...given: never[]) => unknown
  readonly right: readonly unknown[]
  /** Which argument is an object of options; it names every member that its type has: see `complete`. */
  readonly options?: number
  /** Members that decide what others may be (of a union of shapes): misspelt, they are told by what is missing. */
  readonly keys?: readonly string[]
  /** What else it may throw by its documentation: what node:fs throws. */
  readonly throwsToo?: (error: unknown) => boolean
}

/** All members of a type, so that the compiler tells of one that is new. */
export function complete<Options>(options: { readonly [Name in keyof Options]-?: unknown }): typeof options {
  return options
}

export const functionsOf = (entry: object): string[] =>
  Object.entries(entry).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []))

const OTHERS = [undefined, null, true, 0, 1.5, 'x', '', [], {}, [null], [{}], Symbol('another'), () => undefined]
const NO_OPTIONS = [null, 1, 'x', [], true, Symbol('another')]

export const tally = { functions: 0, members: 0, calls: 0 }

export function walkEntry(
  entry: object,
  table: Readonly<Record<string, Walked>>,
  others: readonly string[] = [],
): void {
  test('every exported function is walked', () => {
    const told = [...Object.keys(table).filter((name) => !/[. ]/.test(name)), ...others]
    expect(functionsOf(entry).sort()).toEqual(told.sort())
  })
  describe.each(Object.entries(table))('%s', (_name, walked) => {
    walkFunction(walked)
  })
}

function walkFunction({ call, right, options, keys = [], throwsToo = () => false }: Walked): void {
  const ask = (given: readonly unknown[]) => call(...(given as never[]))
  const instead = (at: number, value: unknown) => right.map((own, index) => (index === at ? value : own))
  tally.functions++
  test('takes what is right', async () => {
    expect(await errorOf(() => ask(right))).toBeUndefined()
  })
  if (options !== undefined) {
    const own = right[options] as Readonly<Record<string, unknown>>
    const names = Object.keys(own).filter((name) => !keys.includes(name))
    test.each(names)('refuses "%s" misspelt, and says what was meant', async (name) => {
      tally.members++
      const misspelt = `${name}s` in own ? `${name}x` : `${name}s`
      const { [name as never]: value, ...rest } = own
      const error = await errorOf(() => ask(instead(options, { ...rest, [misspelt]: value ?? 1 })))
      expect(error).toBeInstanceOf(UsageError)
      expect((error as Error).message).toContain(`"${misspelt}" is no `)
      expect((error as Error).message).toContain(`did you mean "${name}"?`)
      expect((error as UsageError).option).toBe(misspelt)
    })
    test.each(names)('refuses "%s" of a kind that it is not', async (name) => {
      const error = await errorOf(() => ask(instead(options, { ...own, [name]: Symbol('another') })))
      expect(error).toBeInstanceOf(UsageError)
      expect((error as UsageError).option).toMatch(new RegExp(`^${name}\\b`))
    })
    test('takes undefined for what may be absent', async () => {
      for (const name of Object.keys(own)) {
        const { [name as never]: _, ...rest } = own
        if ((await errorOf(() => ask(instead(options, rest)))) !== undefined) continue
        expect(await errorOf(() => ask(instead(options, { ...rest, [name]: undefined }))), name).toBeUndefined()
      }
      const optional = await Promise.all(
        Object.keys(own).map(async (name) => {
          const { [name as never]: _, ...rest } = own
          return (await errorOf(() => ask(instead(options, rest)))) === undefined ? [name] : []
        }),
      )
      const none = Object.fromEntries(optional.flat().map((name) => [name, undefined]))
      const bare = Object.fromEntries(Object.entries(own).filter(([name]) => !Object.hasOwn(none, name)))
      // Where one of two will do, both of them are optional.
      if ((await errorOf(() => ask(instead(options, bare)))) === undefined)
        expect(await errorOf(() => ask(instead(options, { ...bare, ...none })))).toBeUndefined()
    })
    test('refuses what is no object of options', async () => {
      for (const given of NO_OPTIONS)
        expect(await errorOf(() => ask(instead(options, given)))).toBeInstanceOf(UsageError)
    })
  }
  if (right.length > 0)
    test('answers, or says what is wrong, whatever an argument is', async () => {
      for (const at of right.keys())
        for (const other of OTHERS) await settles(() => ask(instead(at, other)), throwsToo, [at, other])
      await settles(() => ask([]), throwsToo, ['none'])
    })
  test('answers, or says what is wrong, whatever stands inside an argument', async () => {
    for (const [at, argument] of right.entries())
      for (const [path, change] of placesIn(argument))
        for (const other of OTHERS) await settles(() => ask(instead(at, change(other))), throwsToo, [at, path, other])
  })
}

/** It may well go through: text is text. But what it throws is ours. */
async function settles(call: () => unknown, throwsToo: (error: unknown) => boolean, what: unknown): Promise<void> {
  tally.calls++
  const error = await errorOf(call)
  if (error === undefined || error instanceof OpenBadgeError || throwsToo(error)) {
    // One that names an option says which.
    if (error instanceof UsageError && /_option$/.test(error.code)) expect(error.option, error.message).toBeDefined()
    return
  }
  expect.fail(`${String(error)} for ${shown(what)}\n${error instanceof Error ? error.stack : ''}`)
}

const shown = (what: unknown): string =>
  JSON.stringify(what, (_, value) => (typeof value === 'symbol' || typeof value === 'function' ? String(value) : value))

/** The value with another in one place, for each place in it. */
function* placesIn(value: unknown, depth = 0): Generator<[path: string, change: (other: unknown) => unknown]> {
  if (typeof value !== 'object' || value === null || depth > 12) return
  // What has methods is a port, and its inside its own affair.
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return
  if (depth > 0 && Object.values(value).some((member) => typeof member === 'function')) return
  for (const [name, member] of Object.entries(value)) {
    const put = (other: unknown): unknown =>
      Array.isArray(value) ? value.with(Number(name), other) : { ...value, [name]: other }
    yield [name, put]
    for (const [path, change] of placesIn(member, depth + 1)) yield [`${name}.${path}`, (other) => put(change(other))]
  }
}

export async function errorOf(call: () => unknown): Promise<unknown> {
  try {
    const answer = await call()
    if (isStream(answer)) for await (const _ of answer);
  } catch (error) {
    return error
  }
  return undefined
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || isLazy(value))
}
/** assessStacks: an iterable that is no array. */
const isLazy = (value: object): boolean =>
  Symbol.iterator in value && !Array.isArray(value) && !(value instanceof Uint8Array) && !(value instanceof Map)
