/**
 * What being met brings: money, a raise, lanes.
 *
 * @module
 */
import type { Person } from './candidates.js'
import type { CompiledPurpose } from './compile-policy.js'
import { occurrence } from './days.js'
import type { RewardDecision } from './decision.js'
import { floorOf, isPositive, over, type Rational, shownRational, times } from './rational.js'
import type { Reward } from './types.js'
import { type Missing, Unknown } from './values.js'

/** A reward, and the credit that it takes. */
export interface Rewarded {
  readonly reward: RewardDecision | undefined
  readonly consumed: Rational
  /** It was given as often as it may be. */
  readonly isUsedUp: boolean
}

/** More lanes than any schedule has. */
const MAX_TIMES = 1000

export function rewardOf(
  { purpose, account }: CompiledPurpose,
  person: Person,
  sum: Rational,
  need: Rational | undefined,
): Rewarded {
  const { reward } = purpose
  const taken = need !== undefined && isPositive(need) ? need : sum
  if (reward === undefined) return { reward: undefined, consumed: taken, isUsedUp: false }
  const { values } = person
  const missing: Missing[] = []
  const known = (amount: Exclude<Reward['amount'], 'sum' | undefined>): Rational | undefined => {
    const value = values.amount(amount)
    if (!(value instanceof Unknown)) return value
    missing.push(...value.missing)
    return undefined
  }
  const every = reward.every === undefined ? undefined : known(reward.every)
  const reached = every === undefined || !isPositive(every) ? 1 : Math.min(MAX_TIMES, Number(floorOf(over(sum, every))))
  const most = reward.times === undefined ? undefined : known(reward.times)
  const room = most === undefined ? reached : Math.max(0, Number(floorOf(most)) - givenBefore(reward, account, person))
  const count = Math.min(reached, room)
  const each = reward.amount === 'sum' ? sum : reward.amount === undefined ? undefined : known(reward.amount)
  const factor: Rational = { n: BigInt(count), d: 1n }
  return {
    consumed: every === undefined ? taken : times(factor, every),
    isUsedUp: most !== undefined && room === 0,
    reward: {
      is: reward.is,
      ...(each !== undefined && { amount: shownRational(reward.amount === 'sum' ? each : times(each, factor)) }),
      ...(reward.currency !== undefined && { currency: reward.currency }),
      ...(reward.to !== undefined && { to: reward.to }),
      times: count,
      ...(missing.length > 0 && { missing }),
    },
  }
}

/** For any purpose of the account. */
function givenBefore({ per }: Reward, account: string, { history, values }: Person): number {
  if (per === undefined) return 0
  const { rewards } = history.account(account)
  const partOf = (day: string) => (per === 'ever' ? '' : occurrence(day, values.calendar(per.calendar)))
  const today = partOf(values.now)
  return rewards.filter(({ at }) => partOf(at) === today).reduce((sum, { times }) => sum + times, 0)
}
