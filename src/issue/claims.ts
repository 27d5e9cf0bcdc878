/**
 * Claiming an award: what was offered is signed now, for whoever has the secret. A claim is recorded before anything is signed, and its
 * credential only while the claim stands (see AwardStore), so that whoever closes the award meanwhile finds all of its credentials.
 *
 * @module
 */
import { StoreError, UsageError } from '../errors.js'
import { kindOf, oneOf, text } from '../internal/members.js'
import { isSameSecret } from '../internal/same-secret.js'
import type { CredentialInput, IssuerProfile, SecuredCredential } from '../model/types.js'
import { demandOptions } from '../report/demand-options.js'
import { onlyValue, settled } from '../status/outcome.js'
import { type AwardStoresOfIssuer, awardEvent, changeAward, openState } from './award-changes.js'
import { demandOpen, shownId, wrongSecret } from './award-errors.js'
import type { AwardClaim, AwardRecord } from './award-store.js'
import type { AwardingSettings } from './awarding.js'
import { type CredentialRecord, type NewCredentialRecord, stateOf } from './credential-store.js'
import type { Flips } from './flips.js'
import { secretHash } from './offers.js'
import { placeKey } from './place-key.js'
import { erased, holderHash } from './record.js'
import { allocateStatus, withStatus } from './status-places.js'

/** Who claims what. */
export interface ClaimRequest {
  readonly awardId: string
  /** As `offer` or `offerAgain` told it last. */
  readonly secret: string
  /**
   * The DID of the holder's key: the credential is bound to it (`credentialSubject.id`). That they hold the key is for the caller to
   * have proven. Default: bound to nobody's key.
   */
  readonly holder?: string | undefined
  /**
   * Where a credential is bound to another holder's key already: `refuse` throws UsageError `usage.already_claimed`; `replace` revokes
   * that one before this one is signed. Default `refuse`.
   */
  readonly onSecondClaim?: 'refuse' | 'replace' | undefined
}

/** What was claimed. */
export interface Claimed {
  readonly awardId: string
  /** Which of the award's credentials: 0 is bound to nobody's key. */
  readonly copy: number
  readonly credential: SecuredCredential
}

/** Whoever has the secret could have the award signed without an end. */
const MOST_CLAIMS = 100

/** A DID is no longer than some hundred characters; what is longer would be signed, kept and published. */
const MAX_HOLDER = 2048
const holderId = kindOf(
  `a DID or another URI, of at most ${MAX_HOLDER} characters`,
  (value) => typeof value === 'string' && value !== '' && value.length <= MAX_HOLDER,
)

/** Of an attempt that an award closed under the hands, so that its new state is told. */
const ATTEMPTS = 10

export function makeClaims(settings: AwardingSettings, stores: AwardStoresOfIssuer, flips: Flips) {
  const { profile, createCredential, sign, status, now } = settings
  const { awards, credentials } = stores
  /** As credentials of today get them: one that is to be replaced must have something by which it is revoked. */
  const placesToCome = (status?.purposes ?? []).map((purpose) => ({ listId: '', index: 0, purpose }))

  return async (request: ClaimRequest): Promise<Claimed> => {
    demandOptions(
      request,
      { awardId: text, secret: text, holder: holderId, onSecondClaim: oneOf('refuse', 'replace') },
      { required: ['awardId', 'secret'], hints: { id: 'did you mean "awardId"?', did: 'did you mean "holder"?' } },
    )
    for (let attempt = 1; ; attempt++)
      try {
        return await claimOnce(request)
      } catch (error) {
        // Asking again tells why, unless it is open again by now.
        if (!(error instanceof StoreError) || error.code !== 'store.award_closed' || attempt === ATTEMPTS) throw error
      }
  }

  async function claimOnce({ awardId, secret, holder, onSecondClaim = 'refuse' }: ClaimRequest): Promise<Claimed> {
    const [found] = await awards.get([awardId])
    const award = withSecret(found, awardId, secret)
    demandOpen(award, 'claimed')
    const input = inputOf(award, profile, holder)
    // Judged before the claim is recorded: one that cannot be signed would bar all others.
    createCredential(input)
    const hash = holder === undefined ? undefined : holderHash(holder, awardId)
    const isMine = (claim: AwardClaim) => isClaimOf(claim, hash)
    const claimed = await changeAward(
      awards,
      awardId,
      (latest) => {
        demandOpen(withSecret(latest, awardId, secret), 'claimed')
        if (latest.claims.some(isMine)) return undefined
        demandInTime(latest, now())
        const others = latest.claims.filter((claim) => hash !== undefined && claim.copy > 0 && isLive(claim))
        if (others.length > 0 && onSecondClaim === 'refuse') throw alreadyClaimed(awardId)
        if (others.length > 0) flips.demandPlace('revoke', { status: placesToCome })
        if (latest.claims.length >= MOST_CLAIMS) throw tooManyClaims(awardId)
        const copy = hash === undefined ? 0 : Math.max(0, ...latest.claims.map((claim) => claim.copy)) + 1
        const claims = [
          ...latest.claims.map((claim) => (others.includes(claim) ? { ...claim, isReplaced: true as const } : claim)),
          { copy, ...(hash === undefined ? {} : { holderHash: hash }) },
        ]
        return { event: { ...awardEvent('claimed', now()), copy }, to: { state: openState(claims), claims } }
      },
      award,
    )
    await revokeReplaced(claimed)
    const { copy } = claimed.claims.find(isMine) as AwardClaim
    return { awardId, copy, credential: await credentialOf(claimed, copy, input) }
  }

  /** Before another one is signed, so that never two of them hold; again with each claim, so that a crash leaves none. */
  async function revokeReplaced({ awardId, claims }: AwardRecord): Promise<void> {
    const replaced = claims.filter(({ isReplaced }) => isReplaced === true)
    if (replaced.length === 0) return
    const records = await credentials.get(replaced.map(({ copy }) => ({ awardId, copy })))
    for (const record of records)
      if (record !== undefined && stateOf(record) !== 'revoked')
        await flips.one('revoke', record.credentialId, { reason: 'claimed by another holder' })
  }

  async function credentialOf(award: AwardRecord, copy: number, input: CredentialInput): Promise<SecuredCredential> {
    const { awardId } = award
    const [there] = await credentials.get([{ awardId, copy }])
    if (there !== undefined) return standing(there)
    const [places] = await allocateStatus(status, [placeKey(awardId, copy, 0)])
    const taken = settled(places)
    const credential = createCredential(withStatus(input, taken, settings))
    const secured = await sign(credential)
    const record: NewCredentialRecord = {
      awardId,
      ...(copy === 0 ? {} : { copy }),
      credentialId: credential.id as string,
      achievementId: award.achievementId,
      ...(award.achievementVersion === undefined ? {} : { achievementVersion: award.achievementVersion }),
      recipientHash: award.recipientHash as string,
      ...(award.contentHash === undefined ? {} : { contentHash: award.contentHash }),
      ...(award.personIndex === undefined ? {} : { personIndex: award.personIndex }),
      issuedAt: now(),
      ...(award.by === undefined ? {} : { issuedBy: award.by }),
      status: taken,
      credential: secured,
    }
    // The same claim may have been made twice at once: then the badge that was faster is the one that exists.
    return standing(await onlyValue(credentials.put([record])))
  }
}

/** The award, where the secret is the last one that was told. Throws UsageError `usage.wrong_secret`. */
function withSecret(award: AwardRecord | undefined, awardId: string, secret: string): AwardRecord {
  const isRight = isSameSecret(secretHash(awardId, secret), award?.secretHash ?? NO_HASH)
  if (award === undefined || !isRight) throw wrongSecret()
  return award
}

/** As long as one, and none. */
const NO_HASH = 'sha256$'.padEnd(71, '-')

const isLive = ({ isReplaced }: AwardClaim) => isReplaced !== true

function isClaimOf(claim: AwardClaim, holderHash: string | undefined): boolean {
  return holderHash === undefined ? claim.copy === 0 : isLive(claim) && claim.holderHash === holderHash
}

/** Throws UsageError `usage.other_holder`. */
function inputOf(
  { awardId, content }: AwardRecord,
  issuer: IssuerProfile,
  holder: string | undefined,
): CredentialInput {
  const offered = content as unknown as Omit<CredentialInput, 'issuer'>
  const { credentialSubject } = offered
  const known = credentialSubject.id
  if (holder !== undefined && known !== undefined && known !== holder)
    throw new UsageError(
      'usage.other_holder',
      `the award "${shownId(awardId)}" is for ${String(known)}, and is bound to no other key`,
      { option: 'holder' },
    )
  const subject = holder === undefined ? credentialSubject : { ...credentialSubject, id: holder }
  return { ...offered, issuer, credentialSubject: subject }
}

function standing(record: CredentialRecord): SecuredCredential {
  if (record.credential === undefined) throw erased(record.awardId)
  if (stateOf(record) === 'revoked')
    throw new UsageError(
      'usage.revoked',
      `this credential of the award "${shownId(record.awardId)}" was revoked, which is for good`,
    )
  return record.credential
}

function demandInTime({ awardId, expires }: AwardRecord, now: Date): void {
  if (expires !== undefined && now >= expires)
    throw new UsageError(
      'usage.claim_expired',
      `the award "${shownId(awardId)}" could be claimed until ${expires.toISOString()}: offerAgain offers it once more`,
    )
}

const alreadyClaimed = (awardId: string) =>
  new UsageError(
    'usage.already_claimed',
    `the award "${shownId(awardId)}" is bound to another holder's key already: onSecondClaim: "replace" revokes that credential and makes a new one`,
  )

const tooManyClaims = (awardId: string) =>
  new UsageError(
    'usage.too_many_claims',
    `the award "${shownId(awardId)}" was claimed ${MOST_CLAIMS} times: somebody who has its secret replaces it again and again. Give it as a new award`,
  )
