/**
 * Changing an award while others change it too.
 *
 * @module
 */
import { StoreError } from '../errors.js'
import { onlyValue } from '../status/outcome.js'
import { unknownAward } from './award-errors.js'
import type { AwardChange, AwardEvent, AwardRecord, AwardStanding, AwardState, AwardStore } from './award-store.js'
import type { CredentialStore, CredentialSummary } from './credential-store.js'
import type { Change } from './flips.js'

/** Where awards stand, and their credentials. */
export interface AwardStoresOfIssuer {
  readonly awards: AwardStore
  readonly credentials: CredentialStore
}

/** Attempts while others change the same award: each that is lost is one of theirs that is done. */
const ATTEMPTS = 100

/**
 * Reads the award, and changes it as `decide` says, until nobody was in between. Undefined changes nothing. Answers the award as it then
 * stands, without the new event.
 */
export async function changeAward(
  awards: AwardStore,
  awardId: string,
  decide: (award: AwardRecord) => Pick<AwardChange, 'event' | 'to'> | undefined,
  first?: AwardRecord,
): Promise<AwardRecord> {
  let award = first ?? (await existing(awards, awardId))
  for (let attempt = 1; ; attempt++) {
    const change = decide(award)
    if (change === undefined) return award
    try {
      await onlyValue(awards.change([{ awardId, revision: award.revision, ...change }]))
      return { ...award, ...change.to, revision: award.revision + 1 } as AwardRecord
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'store.conflict' || attempt === ATTEMPTS) throw error
    }
    award = await existing(awards, awardId)
  }
}

async function existing(awards: AwardStore, awardId: string): Promise<AwardRecord> {
  const [award] = await awards.get([awardId])
  if (award === undefined) throw unknownAward(awardId)
  return award
}

/**
 * The award; one that was issued at once is recorded as an award now, so that from here on no credential is recorded that its state does
 * not allow. UsageError `usage.unknown_award`.
 */
export async function recordedAward(stores: AwardStoresOfIssuer, awardId: string): Promise<AwardRecord> {
  const { awards } = stores
  const [award] = await awards.get([awardId])
  if (award !== undefined) return award
  const issued = await credentialsOf(stores, awardId)
  const [first] = issued
  if (first === undefined) throw unknownAward(awardId)
  const { achievementId, achievementVersion, recipientHash, contentHash, personIndex, issuedBy, issuedAt } = first
  return onlyValue(
    awards.put([
      {
        awardId,
        achievementId,
        ...(achievementVersion === undefined ? {} : { achievementVersion }),
        ...(recipientHash === undefined ? {} : { recipientHash }),
        ...(contentHash === undefined ? {} : { contentHash }),
        ...(personIndex === undefined ? {} : { personIndex }),
        ...(issuedBy === undefined ? {} : { by: issuedBy }),
        state: 'issued',
        claims: issued.map(({ copy = 0 }) => ({ copy, isIssued: true })),
        at: issuedAt,
      },
    ]),
  )
}

/** All of its credentials, without the badges. */
export async function credentialsOf(
  { credentials }: AwardStoresOfIssuer,
  awardId: string,
): Promise<readonly CredentialSummary[]> {
  const found: CredentialSummary[] = []
  for await (const each of credentials.list({ awardId })) found.push(each)
  return found
}

/** How an award stands that nothing closes. */
export function openState(claims: AwardStanding['claims']): AwardState {
  if (claims.some(({ isIssued }) => isIssued === true)) return 'issued'
  return claims.some(({ isReplaced }) => isReplaced !== true) ? 'claimed' : 'offered'
}

export function awardEvent(kind: AwardEvent['kind'], at: Date, { reason, by }: Change = {}): AwardEvent {
  return {
    kind,
    at,
    ...(reason === undefined ? {} : { reason }),
    ...(by === undefined ? {} : { by }),
  }
}
