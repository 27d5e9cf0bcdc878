/**
 * Revoking, suspending and reinstating an award with all of its credentials. The award is closed first: from then on no credential of it
 * is recorded (see AwardStore), and those that there are get their bits. Where a process ends between the two, calling again completes it.
 *
 * @module
 */
import { StoreError } from '../errors.js'
import { demandOptions } from '../report/demand-options.js'
import {
  type AwardStoresOfIssuer,
  awardEvent,
  changeAward,
  credentialsOf,
  openState,
  recordedAward,
} from './award-changes.js'
import { awardRevoked, demandOpen } from './award-errors.js'
import type { AwardChange, AwardRecord, AwardState } from './award-store.js'
import { stateOf } from './credential-store.js'
import { CHANGE, type Change, type Flip, type Flips } from './flips.js'
import { erased } from './record.js'

export interface AwardFlips {
  revokeAward(awardId: string, change?: Change): Promise<void>
  suspendAward(awardId: string, change?: Change): Promise<void>
  reinstateAward(awardId: string, change?: Change): Promise<void>
}

type Step = Pick<AwardChange, 'event' | 'to'> | undefined

/** Rounds while others suspend and reinstate the same award. */
const ROUNDS = 100

export function makeAwardFlips(now: () => Date, stores: AwardStoresOfIssuer, flips: Flips): AwardFlips {
  const revoke = ({ state }: AwardRecord, change: Change): Step => {
    // An erased one is closed for good already, and its credentials can still be revoked.
    if (state === 'revoked' || state === 'erased') return undefined
    // What only a claim would need is not kept.
    const to = { state: 'revoked', content: undefined, address: undefined, expires: undefined } as const
    return { event: awardEvent('revoked', now(), change), to }
  }
  const suspend = (award: AwardRecord, change: Change): Step => {
    if (award.state === 'suspended') return undefined
    demandOpen(award, 'suspended')
    return { event: awardEvent('suspended', now(), change), to: { state: 'suspended' } }
  }
  const reinstate = ({ awardId, state, claims }: AwardRecord, change: Change): Step => {
    if (state === 'revoked') throw awardRevoked(awardId, 'reinstated')
    if (state === 'erased') throw erased(awardId)
    if (state !== 'suspended') return undefined
    return { event: awardEvent('reinstated', now(), change), to: { state: openState(claims) } }
  }

  function method(flip: Flip, decide: (award: AwardRecord, change: Change) => Step) {
    return async (awardId: string, change: Change = {}): Promise<void> => {
      demandOptions(change, CHANGE)
      const award = await recordedAward(stores, awardId)
      // Told before the award is closed: with a status that none of its credentials has.
      for (const each of await credentialsOf(stores, awardId)) flips.demandPlace(flip, each)
      await changeAward(stores.awards, awardId, (latest) => decide(latest, change), award)
      await settle(flip, awardId, change)
    }
  }

  /** Until the award stands as its credentials were made to stand: of two who change it at once, the one who ends last is right. */
  async function settle(flip: Flip, awardId: string, change: Change): Promise<void> {
    let wanted = flip
    for (let round = 1; round <= ROUNDS; round++) {
      await flipAll(wanted, awardId, change)
      const latest = await recordedAward(stores, awardId)
      const next = flipOf(latest.state, flip)
      if (next === wanted) return
      wanted = next
    }
    throw new StoreError('store.busy', 'others suspend and reinstate the award again and again: try again')
  }

  async function flipAll(flip: Flip, awardId: string, change: Change): Promise<void> {
    const ids = (await credentialsOf(stores, awardId))
      // For good: nothing else matters any more.
      .filter((each) => flip === 'revoke' || stateOf(each) !== 'revoked')
      .map(({ credentialId }) => credentialId)
    const { failures } = await flips.many(flip, ids, change)
    if (failures[0] !== undefined) throw failures[0].error
  }

  return {
    revokeAward: method('revoke', revoke),
    suspendAward: method('suspend', suspend),
    reinstateAward: method('reinstate', reinstate),
  }
}

/** What credentials of an award that stands so are made to be. */
function flipOf(state: AwardState, asked: Flip): Flip {
  if (state === 'revoked' || asked === 'revoke') return 'revoke'
  if (state === 'suspended') return 'suspend'
  return state === 'erased' ? asked : 'reinstate'
}
