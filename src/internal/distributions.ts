/**
 * Distributions that intervals and plans rest on: normal, beta, t, F, binomial and hypergeometric. Relative errors are below 1e-11 for
 * arguments up to a million; test/internal/distributions.test.ts holds them to published tables and to exact sums.
 *
 * @module
 */

const LN_SQRT_2PI = 0.5 * Math.log(2 * Math.PI)
const TINY = 1e-300
const EPSILON = 1e-15

/** P(Z <= z). A series near the middle (Marsaglia, J. Stat. Softw. 11(4), 2004), a continued fraction in the tails (DLMF 7.9.3). */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) return Number.NaN
  if (z < -3) return normalTail(-z)
  if (z > 3) return 1 - normalTail(z)
  let term = z
  let sum = z
  for (let k = 3; Math.abs(term) > EPSILON * Math.abs(sum); k += 2) {
    term *= (z * z) / k
    sum += term
  }
  return 0.5 + sum * Math.exp(-0.5 * z * z - LN_SQRT_2PI)
}

/** P(Z > z) for z >= 3. */
function normalTail(z: number): number {
  let fraction = z
  for (let k = 80; k >= 1; k--) fraction = z + k / fraction
  return Math.exp(-0.5 * z * z - LN_SQRT_2PI) / fraction
}

/** The z below which a standard normal value lies with this probability, which is more than 0 and less than 1. */
export function normalQuantile(probability: number): number {
  return probability > 0.5 ? -normalQuantile(1 - probability) : invert((z) => normalCdf(z), probability, -40, 0)
}

/** Stirling's correction: lnGamma(x) less its leading terms, for x >= 10. */
function stirling(x: number): number {
  const y = 1 / (x * x)
  return (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - (y * 691) / 360_360))))) / x
}

/** ln of the gamma function, for x > 0: Stirling's series, after moving up by the recurrence. */
export function lnGamma(x: number): number {
  if (x >= 10) return LN_SQRT_2PI + (x - 0.5) * Math.log(x) - x + stirling(x)
  let product = 1
  let up = x
  for (; up < 10; up++) product *= up
  return lnGamma(up) - Math.log(product)
}

/** ln B(a, b). Large arguments are not subtracted from each other (as R's lbeta). */
export function lnBeta(a: number, b: number): number {
  const [p, q] = a < b ? [a, b] : [b, a]
  if (p >= 10)
    return (
      -0.5 * Math.log(q) +
      LN_SQRT_2PI +
      stirling(p) +
      stirling(q) -
      stirling(p + q) +
      (p - 0.5) * Math.log(p / (p + q)) +
      q * Math.log1p(-p / (p + q))
    )
  if (q >= 10)
    return lnGamma(p) + stirling(q) - stirling(p + q) + p - p * Math.log(p + q) + (q - 0.5) * Math.log1p(-p / (p + q))
  return lnGamma(p) + lnGamma(q) - lnGamma(p + q)
}

/** The regularized incomplete beta function I_x(a, b): the continued fraction of DLMF 8.17.22, by Lentz's method. */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  return x > (a + 1) / (a + b + 2) ? 1 - betaFraction(1 - x, b, a) : betaFraction(x, a, b)
}

function betaFraction(x: number, a: number, b: number): number {
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - lnBeta(a, b)) / a
  const away = (value: number) => (Math.abs(value) < TINY ? TINY : value)
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let h = d
  // It takes about the square root of the larger argument.
  const most = 500 + 20 * Math.sqrt(Math.max(a, b))
  for (let m = 1; m <= most; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    h *= d * c
    if (Math.abs(d * c - 1) < EPSILON) break
  }
  return Math.min(1, front * h)
}

/** The x with I_x(a, b) = probability. */
export function betaQuantile(probability: number, a: number, b: number): number {
  if (probability <= 0) return 0
  if (probability >= 1) return 1
  return invert((x) => betaCdf(x, a, b), probability, 0, 1)
}

/** P(T <= t) of Student's t (DLMF 8.17; Abramowitz and Stegun 26.7.1). */
export function tCdf(t: number, freedom: number): number {
  const tail = 0.5 * betaCdf(freedom / (freedom + t * t), freedom / 2, 0.5)
  return t > 0 ? 1 - tail : tail
}

/** The quantile of Student's t; `freedom` need not be whole. */
export function tQuantile(probability: number, freedom: number): number {
  if (probability === 0.5) return 0
  const tail = Math.min(probability, 1 - probability)
  const x = betaQuantile(2 * tail, freedom / 2, 0.5)
  const t = Math.sqrt((freedom * (1 - x)) / x)
  return probability < 0.5 ? -t : t
}

/** The quantile of F with these degrees of freedom, which need not be whole (Abramowitz and Stegun 26.6.2). */
export function fQuantile(probability: number, above: number, below: number): number {
  const x = betaQuantile(probability, above / 2, below / 2)
  return x === 1 ? Number.POSITIVE_INFINITY : (below * x) / (above * (1 - x))
}

/** P(X <= k) of n draws, each of which counts with probability p: by the incomplete beta function (DLMF 8.17.5). */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0
  if (k >= n || p <= 0) return 1
  if (p >= 1) return 0
  return betaCdf(1 - p, n - k, k + 1)
}

const lnChoose = (n: number, k: number): number =>
  k === 0 || k === n ? 0 : -Math.log(n + 1) - lnBeta(n - k + 1, k + 1)

/** P(X = k) of n draws without putting back from a lot of which `bad` count. */
export function hypergeometricProbability(k: number, lot: number, bad: number, n: number): number {
  if (k < Math.max(0, n + bad - lot) || k > Math.min(n, bad)) return 0
  return Math.exp(lnChoose(bad, k) + lnChoose(lot - bad, n - k) - lnChoose(lot, n))
}

/**
 * P(X <= k) of n draws without putting back from a lot of which `bad` count: the largest term, and the others by their ratios.
 */
export function hypergeometricCdf(k: number, lot: number, bad: number, n: number): number {
  const least = Math.max(0, n + bad - lot)
  const most = Math.min(n, bad)
  if (k < least) return 0
  if (k >= most) return 1
  const mode = Math.floor(((n + 1) * (bad + 1)) / (lot + 2))
  // The shorter way out from the middle: the terms fall from there on.
  return k <= mode ? hypergeometricTail(k, -1) : 1 - hypergeometricTail(k + 1, 1)

  function hypergeometricTail(from: number, step: -1 | 1): number {
    const ln = lnChoose(bad, from) + lnChoose(lot - bad, n - from) - lnChoose(lot, n)
    let term = 1
    let sum = 1
    for (let x = from; step < 0 ? x > least : x < most; x += step) {
      term *=
        step < 0
          ? (x * (lot - bad - n + x)) / ((bad - x + 1) * (n - x + 1))
          : ((bad - x) * (n - x)) / ((x + 1) * (lot - bad - n + x + 1))
      sum += term
      if (term < EPSILON * sum) break
    }
    return Math.min(1, Math.exp(ln) * sum)
  }
}

/** The argument at which a function that rises reaches the value, by halving. */
function invert(rises: (x: number) => number, value: number, from: number, to: number): number {
  let [low, high] = [from, to]
  for (let step = 0; step < 1100; step++) {
    const middle = low + (high - low) / 2
    if (middle === low || middle === high) break
    if (rises(middle) < value) low = middle
    else high = middle
  }
  return low + (high - low) / 2
}
