/**
 * Earlier decisions that took effect: what they counted is spent, so that nothing counts twice over the years.
 *
 * @module
 */
import type { CreditDecision, CreditShare, PurposeDecision } from './decision.js'
import type { Item } from './items.js'
import { plus, type Rational, readRational, ZERO } from './rational.js'

/** What counted before. */
export interface Spent {
  readonly share: CreditShare
  readonly counts: Rational
}

/** What decisions before say of one account. */
export interface Account {
  readonly spent: readonly Spent[]
  /** What the last one left. */
  readonly left: Rational
  /** How often rewards were given: by the day. */
  readonly rewards: readonly { readonly at: string; readonly times: number }[]
}

/** The decisions of one policy. Only what was met had an effect. */
export class History {
  private readonly met: { readonly at: string; readonly purpose: PurposeDecision }[]
  private readonly accounts = new Map<string, Account>()
  private readonly names = new Map<string, ReadonlyMap<string, Spent>>()

  constructor(history: readonly CreditDecision[], policy: string) {
    this.met = history
      .filter((decision) => decision.policy === policy)
      .flatMap(({ at, purposes }) => purposes.map((purpose) => ({ at, purpose })))
      .filter(({ purpose }) => purpose.outcome === 'met')
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  }

  /** The day on which the purpose was met last. */
  decided(purpose: string): string | undefined {
    return this.met.filter((one) => one.purpose.purpose === purpose).at(-1)?.at
  }

  account(name: string): Account {
    const known = this.accounts.get(name)
    if (known !== undefined) return known
    const own = this.met.filter(({ purpose }) => purpose.account === name)
    const account: Account = {
      spent: own.flatMap(({ purpose }) => spentIn(purpose)),
      left: readRational(own.at(-1)?.purpose.left) ?? ZERO,
      rewards: own.map(({ at, purpose: { reward } }) => ({ at, times: reward?.times ?? 1 })),
    }
    this.accounts.set(name, account)
    return account
  }

  /** How the item counted before, whatever its id is now. */
  spentAs(item: Item, account: string): Spent | undefined {
    let names = this.names.get(account)
    if (names === undefined) {
      names = new Map(this.account(account).spent.flatMap((one) => namesOfShare(one.share).map((name) => [name, one])))
      this.names.set(account, names)
    }
    if (names.size === 0) return undefined
    for (const name of namesOfItem(item)) {
      const found = names.get(name)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** All that counted, for whatever. */
  everything(): readonly Spent[] {
    return this.met.flatMap(({ purpose }) => spentIn(purpose))
  }

  totalOf(account: string, isMeant: (spent: Spent) => boolean): Rational {
    return this.account(account)
      .spent.filter(isMeant)
      .reduce((sum, { counts }) => plus(sum, counts), ZERO)
  }
}

function spentIn({ shares, because = [] }: PurposeDecision): Spent[] {
  if (because.includes('otherwise')) return []
  return shares.flatMap((share) => {
    const counts = readRational(share.counts) ?? ZERO
    return counts.n > 0n ? [{ share, counts }] : []
  })
}

/** By its id; by issuer, achievement and evidence; and by the day. */
function namesOfShare({ item, issuer, achievement, evidence = [], earned }: CreditShare): string[] {
  return namesOf(item, issuer, achievement, evidence, [earned])
}
function namesOfItem({ id, traits, evidence, awarded, validFrom }: Item): string[] {
  return namesOf(id, traits.issuer, traits.achievement, evidence, [awarded, validFrom])
}
function namesOf(
  id: string,
  issuer: string | undefined,
  achievement: string | undefined,
  evidence: readonly string[],
  days: readonly (string | undefined)[],
): string[] {
  if (achievement === undefined) return [id]
  return [
    id,
    ...days.map((day) => JSON.stringify([issuer, achievement, day])),
    ...(evidence.length === 0 ? [] : [JSON.stringify([issuer, achievement, evidence])]),
  ]
}
