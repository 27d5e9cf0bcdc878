/**
 * What becomes of an award that is not issued at once: offered, claimed, issued; withdrawn, suspended or revoked with all of its
 * credentials; and its person erased.
 *
 * @module
 */
import { onDemand } from '../internal/on-demand.js'
import type { Person } from '../model/person.js'
import type { Award } from './award.js'
import { demandAwards } from './award-errors.js'
import type { AwardStore } from './award-store.js'
import type { AwardingSettings } from './awarding.js'
import type { Claimed, ClaimRequest } from './claims.js'
import type { PersonAward } from './erase.js'
import { type Change, demandStore, makeFlips } from './flips.js'
import type { NewOffer, Offer, OfferOptions } from './offers.js'

/**
 * Needs `awards` and `credentials`, of the same stores (UsageError `usage.missing_option`). All of it is safe to be called again after a
 * crash or a StoreError, by whoever: what was done is not done twice, and what was begun is completed.
 *
 * Each but `offer` and `claim` throws UsageError `usage.unknown_award` for an id that was neither offered nor issued. What cannot be done
 * with an award as it stands is UsageError `usage.revoked`, `usage.award_withdrawn`, `usage.award_suspended`, `usage.award_erased`.
 */
export interface AwardLifecycle {
  /**
   * Keeps an award until it is claimed, and answers the secret by which it is. The award is judged as `issue` does, and nothing is
   * signed. An award that was issued already can be offered too, for a holder's key. The same award offered again answers no secret:
   * `offerAgain` makes another. Throws UsageError `usage.invalid_award`, `usage.award_conflict`, ParseError.
   */
  offer(award: Award, options?: OfferOptions): Promise<Offer>
  /**
   * Another secret for an award that was offered, withdrawn ones too: the earlier secret ends. For what was lost on the way (`isUnsent`
   * of `AwardStore.list` finds it) and for what expired; `expires` is by default never, `address` what it was.
   */
  offerAgain(awardId: string, options?: OfferOptions): Promise<NewOffer>
  /**
   * Signs an offered award for who has its secret. Without `holder` it is bound to nobody's key, and every claim answers the same badge;
   * each holder's key has a badge of its own, with a status of its own, and the same holder gets the same badge again. Throws UsageError
   * `usage.wrong_secret` (also for an award that is not there), `usage.claim_expired`, `usage.already_claimed`, `usage.too_many_claims`,
   * `usage.other_holder` for an award to an id that is not the holder's, `usage.revoked`; and as `signCredential` does.
   */
  claim(request: ClaimRequest): Promise<Claimed>
  /** Ends an offer of which nothing was issued, until `offerAgain`. UsageError `usage.award_issued` where something was: revoke it. */
  withdraw(awardId: string, change?: Change): Promise<void>
  /** Something was sent: the clear address is no longer kept. */
  sent(awardId: string, change?: Change): Promise<void>
  /**
   * Closes the award for good and revokes all of its credentials, one that is being claimed at this moment too. Also for awards that were
   * issued at once. UsageError `usage.no_such_status`, before anything is done.
   */
  revokeAward(awardId: string, change?: Change): Promise<void>
  /** As revokeAward, until it is reinstated. */
  suspendAward(awardId: string, change?: Change): Promise<void>
  /** Ends a suspension, of all its credentials: of those too that were suspended by themselves. */
  reinstateAward(awardId: string, change?: Change): Promise<void>
  /**
   * Everything recorded of a person, by what the recipient of an award is named by first (further `identifiers` are not searched): awards
   * that were offered, then those that were issued at once. Needs `persons`; what was recorded without is not found.
   */
  find(person: Person): AsyncIterable<PersonAward>
  /**
   * Forgets the person of an award, given by its id, or all awards of a person (needs `persons`): badge, name, address, hashes and
   * index, reasons, and who did what. What stays: the ids, which achievement, when what was done, and where the status stands, so that
   * it can still be revoked. Badges that people have stay valid: `revokeAward` first where they should not. Answers how many awards.
   */
  erase(award: string | Person): Promise<{ readonly erased: number }>
}

export interface AwardLifecycleSettings extends AwardingSettings {
  /** Milliseconds that only grow. */
  readonly clock: () => number
  readonly awards?: AwardStore
  /** Random, of 128 bits: what an award is claimed with. */
  readonly newSecret: () => string
}

/** Loaded with the first award that needs it: most issuers issue at once. */
export function makeAwardLifecycle(settings: AwardLifecycleSettings): AwardLifecycle {
  const methods = onDemand(async () => {
    const [{ makeOffers }, { makeClaims }, { makeAwardFlips }, { makePeople }] = await Promise.all([
      import('./offers.js'),
      import('./claims.js'),
      import('./award-flips.js'),
      import('./erase.js'),
    ])
    const stores = { awards: demandAwards(settings.awards), credentials: demandStore(settings.credentials) }
    const flips = makeFlips(settings)
    return {
      ...makeOffers(settings, stores),
      claim: makeClaims(settings, stores, flips),
      ...makeAwardFlips(settings.now, stores, flips),
      ...makePeople(settings.now, settings.persons, stores),
    }
  })
  return {
    offer: async (...call) => (await methods()).offer(...call),
    offerAgain: async (...call) => (await methods()).offerAgain(...call),
    claim: async (...call) => (await methods()).claim(...call),
    withdraw: async (...call) => (await methods()).withdraw(...call),
    sent: async (...call) => (await methods()).sent(...call),
    revokeAward: async (...call) => (await methods()).revokeAward(...call),
    suspendAward: async (...call) => (await methods()).suspendAward(...call),
    reinstateAward: async (...call) => (await methods()).reinstateAward(...call),
    find: async function* (person) {
      yield* (await methods()).find(person)
    },
    erase: async (...call) => (await methods()).erase(...call),
  }
}

export type { Claimed, ClaimRequest, NewOffer, Offer, OfferOptions, PersonAward }
