/**
 * Which one new badge would do: about which competency, from whom, and at which of its levels. Two gaps are closed by one badge only where
 * one issuer and one level will do for both.
 *
 * @module
 */

/** A badge about some competency that would do. */
export interface Offer {
  /** Canonical ids; undefined: whoever is trusted. */
  readonly issuers: ReadonlySet<string> | undefined
  /** Canonical ids of levels of that competency; undefined: any or none. */
  readonly levels: ReadonlySet<string> | undefined
}

/** By canonical id of the competency: any of these would do. */
export type Offers = ReadonlyMap<string, readonly Offer[]>

/** One kind of badge about a competency. */
export interface Choice {
  readonly issuer: string | undefined
  readonly level: string | undefined
}

/** Kinds of badges that are tried for one competency. */
const MAX_CHOICES = 256

export function noOffers(): Offers {
  return new Map()
}

/** What would do for any of them. */
export function eitherOf(all: readonly Offers[]): Offers {
  const [only, another] = all.filter(({ size }) => size > 0)
  if (only === undefined || another === undefined) return only ?? noOffers()
  const found = new Map<string, Offer[]>()
  for (const offers of all)
    for (const [key, some] of offers) {
      const known = found.get(key)
      if (known === undefined) found.set(key, [...some])
      else known.push(...some.filter((each) => !known.includes(each)))
    }
  return found
}

/** What would do for so many of them at once. */
export function manyOf(all: readonly Offers[], count: number): Offers {
  if (count === 1) return eitherOf(all)
  const byKey = new Map<string, (readonly Offer[])[]>()
  for (const offers of all)
    for (const [key, some] of offers) {
      const known = byKey.get(key)
      if (known === undefined) byKey.set(key, [some])
      else known.push(some)
    }
  const found = new Map<string, Offer[]>()
  for (const [key, some] of byKey) {
    if (some.length < count) continue
    const doing = choicesOf(some.flat()).filter(
      (choice) => some.filter((offers) => offers.some((offer) => accepts(offer, choice))).length >= count,
    )
    if (doing.length > 0) found.set(key, doing.map(offerOf))
  }
  return found
}

/** What a badge of this kind, and any that is more, fulfils. */
export function offerOf({ issuer, level }: Choice): Offer {
  return {
    issuers: issuer === undefined ? undefined : new Set([issuer]),
    levels: level === undefined ? undefined : new Set([level]),
  }
}

/** The kinds of badges that differ in which of the offers they fulfil. */
export function choicesOf(offers: readonly Offer[]): Choice[] {
  const some = (of: (offer: Offer) => ReadonlySet<string> | undefined): (string | undefined)[] => {
    // Whoever else it is from, and at whatever level: enough where nothing is asked of that.
    const anything = offers.some((offer) => of(offer) === undefined) ? [undefined] : []
    return [...anything, ...new Set(offers.flatMap((offer) => [...(of(offer) ?? [])]))]
  }
  const levels = some((offer) => offer.levels)
  return some((offer) => offer.issuers)
    .flatMap((issuer) => levels.map((level) => ({ issuer, level })))
    .slice(0, MAX_CHOICES)
}

/** Would a badge of this kind do? */
export function accepts({ issuers, levels }: Offer, { issuer, level }: Choice): boolean {
  return (
    (issuers === undefined || (issuer !== undefined && issuers.has(issuer))) &&
    (levels === undefined || (level !== undefined && levels.has(level)))
  )
}
