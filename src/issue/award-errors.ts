/**
 * Why something cannot be done with an award, and what can be done instead.
 *
 * @module
 */
import { missingOption, UsageError } from '../errors.js'
import type { AwardRecord, AwardStore } from './award-store.js'
import { erased } from './record.js'

/** Throws UsageError. */
export function demandAwards(awards: AwardStore | undefined): AwardStore {
  if (awards === undefined)
    throw missingOption(
      'awards',
      'is missing: where awards are kept that are offered and claimed, "awards" of the stores',
    )
  return awards
}

export const unknownAward = (awardId: string) =>
  new UsageError(
    'usage.unknown_award',
    `there is no award "${shownId(awardId)}": give the id of one that was offered or issued`,
  )

export const awardRevoked = (awardId: string, what: string) =>
  new UsageError(
    'usage.revoked',
    `the award "${shownId(awardId)}" was revoked and cannot be ${what}: revocation is for good, give another award a new id`,
  )

const withdrawn = (awardId: string) =>
  new UsageError(
    'usage.award_withdrawn',
    `the offer of the award "${shownId(awardId)}" was withdrawn: offerAgain offers it under another secret`,
  )

const suspended = (awardId: string) =>
  new UsageError(
    'usage.award_suspended',
    `the award "${shownId(awardId)}" is suspended: try again once reinstateAward has ended that`,
  )

export const alreadyIssued = (awardId: string) =>
  new UsageError(
    'usage.award_issued',
    `the award "${shownId(awardId)}" has a credential already: an offer can no longer be withdrawn, revokeAward revokes all of it`,
  )

/** One answer for an id that is not there and for a secret that is wrong: nobody learns which awards there are. */
export const wrongSecret = () =>
  new UsageError(
    'usage.wrong_secret',
    'no award is offered under this id and secret: take both from the last offer, an earlier secret ends with it',
  )

/** Throws UsageError for an award of which nothing can be issued now. `what` completes "cannot be ...". */
export function demandOpen({ awardId, state }: Pick<AwardRecord, 'awardId' | 'state'>, what: string): void {
  if (state === 'erased') throw erased(awardId)
  if (state === 'revoked') throw awardRevoked(awardId, what)
  if (state === 'withdrawn') throw withdrawn(awardId)
  if (state === 'suspended') throw suspended(awardId)
}

export const shownId = (awardId: string) => String(awardId).slice(0, 200)
