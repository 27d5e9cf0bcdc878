/**
 * Offering an award: it is judged and kept, and signed once somebody claims it with the secret. Of the secret only a hash is kept: 128
 * random bits cannot be found by trying, and it is answered once.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { date, kindOf, type Members } from '../internal/members.js'
import type { Json } from '../internal/types.js'
import { formatDateTime } from '../model/date-time.js'
import type { CredentialInput } from '../model/types.js'
import { hashHex } from '../platform/hash.js'
import { demandOptions } from '../report/demand-options.js'
import { onlyValue } from '../status/outcome.js'
import { type Award, awardId, credentialInput } from './award.js'
import { type AwardStoresOfIssuer, awardEvent, changeAward, credentialsOf, openState } from './award-changes.js'
import { alreadyIssued, awardRevoked, demandOpen } from './award-errors.js'
import type { AwardingSettings } from './awarding.js'
import { stateOf } from './credential-store.js'
import { CHANGE, type Change } from './flips.js'
import { demandSameAward, erased, recordedOf } from './record.js'

/** How an award is offered. */
export interface OfferOptions {
  /** From when on it can no longer be claimed. Default: never. What was claimed by then stays. */
  readonly expires?: Date | undefined
  /** Where something is to be sent, in clear: kept until `sent` says that it was. Default: nothing is to be sent. */
  readonly address?: string | undefined
  /** Who offers it, for the audit trail. Default: who awards it (`by` of the award). */
  readonly by?: string | undefined
}

/** An award that can be claimed. */
export interface Offer {
  readonly awardId: string
  /**
   * Who has it can claim the award: 22 letters, digits, `-` and `_`. It is told once; absent where the award was offered before
   * (`offerAgain` makes another).
   */
  readonly secret?: string
}

/** A new secret for an award, and where it is to be sent. */
export interface NewOffer extends Offer {
  readonly secret: string
  /** Where it is to be sent, as long as nothing was. */
  readonly address?: string
}

export interface Offers {
  offer(award: Award, options?: OfferOptions): Promise<Offer>
  offerAgain(awardId: string, options?: OfferOptions): Promise<NewOffer>
  withdraw(awardId: string, change?: Change): Promise<void>
  sent(awardId: string, change?: Change): Promise<void>
}

export interface OfferSettings
  extends Pick<AwardingSettings, 'profile' | 'salt' | 'now' | 'randomUuid' | 'createCredential' | 'persons'> {
  /** Random, of 128 bits. */
  readonly newSecret: () => string
}

const address = kindOf('a text that is not empty', (value) => typeof value === 'string' && value !== '')
const OFFER: Members<OfferOptions> = { expires: date, address, by: CHANGE.by }

export function makeOffers(settings: OfferSettings, stores: AwardStoresOfIssuer): Offers {
  const { profile, salt, now, randomUuid, createCredential, persons, newSecret } = settings
  const { awards } = stores

  return {
    offer: async (award, options = {}) => {
      demandOptions(options, OFFER)
      const input = credentialInput(award, { profile, salt })
      // Judged now: whoever claims it must not be the one who learns that it cannot be signed.
      createCredential(input)
      const id = awardId(award) ?? randomUuid()
      const { expires, address, by = award.by } = options
      demandFuture(expires, now())
      const issued = await issuedAlready(award, id)
      const secret = newSecret()
      const hash = secretHash(id, secret)
      const recorded = await onlyValue(
        awards.put([
          {
            awardId: id,
            ...recordedOf(award, id, persons),
            state: openState(issued),
            claims: issued,
            content: contentOf(input),
            secretHash: hash,
            ...(expires === undefined ? {} : { expires }),
            ...(address === undefined ? {} : { address }),
            ...(by === undefined ? {} : { by }),
            at: now(),
          },
        ]),
      )
      if (recorded.secretHash === hash) return { awardId: id, secret }
      if (recorded.state === 'erased') throw erased(id)
      demandSameAward(recorded, award, id)
      demandOpen(recorded, 'offered')
      if (recorded.content === undefined) return renewed(id, { ...options, content: contentOf(input) })
      return { awardId: id }
    },
    offerAgain: async (id, options = {}) => {
      demandOptions(options, OFFER)
      demandFuture(options.expires, now())
      return renewed(id, options)
    },
    withdraw: async (id, change = {}) => {
      demandOptions(change, CHANGE)
      if ((await credentialsOf(stores, id)).length > 0) throw alreadyIssued(id)
      await changeAward(awards, id, ({ state, claims }) => {
        if (state === 'withdrawn') return undefined
        if (openState(claims) === 'issued') throw alreadyIssued(id)
        if (state !== 'suspended') demandOpen({ awardId: id, state }, 'withdrawn')
        return { event: awardEvent('withdrawn', now(), change), to: { state: 'withdrawn', address: undefined } }
      })
      // issue() may have recorded one under the offer meanwhile.
      if ((await credentialsOf(stores, id)).length > 0) throw alreadyIssued(id)
    },
    sent: async (id, change = {}) => {
      demandOptions(change, CHANGE)
      await changeAward(awards, id, ({ address }) =>
        address === undefined ? undefined : { event: awardEvent('sent', now(), change), to: { address: undefined } },
      )
    },
  }

  /** Another secret; the earlier one ends. Also the way on for an award that was recorded when it was issued, without its content. */
  async function renewed(
    id: string,
    { expires, address: to, by, content }: OfferOptions & { readonly content?: Json },
  ): Promise<NewOffer> {
    const secret = newSecret()
    const { address } = await changeAward(awards, id, (award) => {
      if (award.state !== 'withdrawn') demandOpen(award, 'offered again')
      if ((content ?? award.content) === undefined)
        throw invalidOption('awardId', 'is of an award that was issued and never offered: give offer() the whole award')
      const standing = {
        state: openState(award.claims),
        secretHash: secretHash(id, secret),
        expires,
        address: to ?? award.address,
        content: award.content ?? content,
      }
      return { event: awardEvent('offered', now(), { by }), to: standing }
    })
    return { awardId: id, secret, ...(address === undefined ? {} : { address }) }
  }

  /** Of an award that was issued at once, and is offered to a wallet too. */
  async function issuedAlready(award: Award, id: string) {
    const issued = await credentialsOf(stores, id)
    const [first] = issued
    if (first === undefined) return []
    if (first.isErased === true) throw erased(id)
    demandSameAward(first, award, id)
    if (issued.every((each) => stateOf(each) === 'revoked') && (await awards.get([id]))[0] === undefined)
      throw awardRevoked(id, 'offered')
    return issued.map(({ copy = 0 }) => ({ copy, isIssued: true as const }))
  }
}

/** The award id is in it: a secret is of one award. */
export const secretHash = (awardId: string, secret: string) =>
  `sha256$${hashHex('SHA-256', JSON.stringify([awardId, 'secret', secret]))}`

/** What is signed later, as JSON. The issuer is the one of that day. */
function contentOf({ issuer: _, validFrom, validUntil, ...rest }: CredentialInput): Json {
  const text = (moment: Date | string | undefined) => (moment instanceof Date ? formatDateTime(moment) : moment)
  // JSON drops what is undefined. It was judged: nothing in it is no JSON.
  return JSON.parse(JSON.stringify({ ...rest, validFrom: text(validFrom), validUntil: text(validUntil) })) as Json
}

function demandFuture(expires: Date | undefined, now: Date): void {
  if (expires !== undefined && expires <= now)
    throw invalidOption('expires', `is ${expires.toISOString()}, which has passed: nobody could claim the award`)
}
