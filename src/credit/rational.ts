/**
 * Exact numbers. Rates are 2/3 and 22.5, and in binary floating point six times 2/3 is less than 4: a need of 4 would fail.
 *
 * @module
 */

/** A fraction in lowest terms, over a positive denominator. */
export interface Rational {
  readonly n: bigint
  readonly d: bigint
}

export const ZERO: Rational = { n: 0n, d: 1n }
export const ONE: Rational = { n: 1n, d: 1n }
/** More than any need. Only ever an upper bound: what a badge may be worth, whose rate nobody has said. */
export const BEYOND: Rational = { n: 10n ** 24n, d: 1n }

/**
 * The texts that are exact numbers: whole numbers, decimals with up to six places, fractions over up to 1000. Whatever is added up out of
 * these has a denominator of a few hundred digits at most.
 */
export const EXACT = /^-?\d{1,15}(?:\.\d{1,6}|\/(?:1000|[1-9]\d{0,2}))?$/

/** Undefined where it is no exact number. */
export function rationalOf(value: unknown): Rational | undefined {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || !EXACT.test(text)) return undefined
  const [whole = '', over] = text.split('/')
  if (over !== undefined) return reduced(BigInt(whole), BigInt(over))
  const [digits = '', places] = whole.split('.')
  return places === undefined
    ? { n: BigInt(digits), d: 1n }
    : reduced(BigInt(digits + places), 10n ** BigInt(places.length))
}

/** What `shownRational` wrote, however long it is. */
export function readRational(text: string | undefined): Rational | undefined {
  const [, whole = '', places = '', below] = /^(-?\d{1,500})(?:\.(\d{1,500})|\/(\d{1,500}))?$/.exec(text ?? '') ?? []
  const d = below === undefined ? 10n ** BigInt(places.length) : BigInt(below)
  return whole === '' || d === 0n ? undefined : reduced(BigInt(whole + places), d)
}

function reduced(n: bigint, d: bigint): Rational {
  if (d === 1n) return { n, d }
  let [a, b] = [n < 0n ? -n : n, d]
  while (b !== 0n) [a, b] = [b, a % b]
  return a === 1n ? { n, d } : { n: n / a, d: d / a }
}

export function plus(a: Rational, b: Rational): Rational {
  return a.d === b.d ? reduced(a.n + b.n, a.d) : reduced(a.n * b.d + b.n * a.d, a.d * b.d)
}

export function minus(a: Rational, b: Rational): Rational {
  return plus(a, { n: -b.n, d: b.d })
}

export function times(a: Rational, b: Rational): Rational {
  return reduced(a.n * b.n, a.d * b.d)
}

/** `b` is not zero. */
export function over(a: Rational, b: Rational): Rational {
  return b.n < 0n ? reduced(-a.n * b.d, a.d * -b.n) : reduced(a.n * b.d, a.d * b.n)
}

/** Below zero where `a` is less, above where it is more. */
export function compared(a: Rational, b: Rational): number {
  const [left, right] = a.d === b.d ? [a.n, b.n] : [a.n * b.d, b.n * a.d]
  return left < right ? -1 : left > right ? 1 : 0
}

export const isLess = (a: Rational, b: Rational) => compared(a, b) < 0
export const isPositive = (a: Rational) => a.n > 0n
export const least = (a: Rational, b: Rational) => (isLess(b, a) ? b : a)
export const most = (a: Rational, b: Rational) => (isLess(a, b) ? b : a)
export const atLeastZero = (a: Rational) => most(a, ZERO)

export function sumOf(list: Iterable<Rational>): Rational {
  let sum = ZERO
  for (const each of list) sum = plus(sum, each)
  return sum
}

/** The largest multiple of `step` (above zero) that is not more. */
export function downTo(a: Rational, step: Rational): Rational {
  return times({ n: floorOf(over(a, step)), d: 1n }, step)
}

export function floorOf({ n, d }: Rational): bigint {
  const whole = n / d
  return n < 0n && whole * d !== n ? whole - 1n : whole
}

export function ceilOf(a: Rational): bigint {
  return -floorOf({ n: -a.n, d: a.d })
}

/** As a decimal where it has one, else as a fraction: "22.5", "2/3". */
export function shownRational({ n, d }: Rational): string {
  if (d === 1n) return String(n)
  const [twos, odd] = divided(d, 2n)
  const [fives, rest] = divided(odd, 5n)
  if (rest !== 1n) return `${n}/${d}`
  const places = Math.max(twos, fives)
  const digits = String(((n < 0n ? -n : n) * 10n ** BigInt(places)) / d).padStart(places + 1, '0')
  return `${n < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`
}

function divided(number: bigint, by: bigint): [times: number, rest: bigint] {
  let [times, rest] = [0, number]
  for (; rest % by === 0n; times++) rest /= by
  return [times, rest]
}
