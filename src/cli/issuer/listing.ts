/**
 * What an issuer issued, as a registrar looks for it.
 *
 * @module
 */
import type { AwardRecipient, CredentialQuery, CredentialRecord, CredentialState } from '../../entries/index.js'
import { defaultLimits } from '../../entries/index.js'
import type { JsonObject } from '../../internal/types.js'
import { stateOf } from '../../issue/credential-store.js'
import { recipientHash } from '../../issue/record.js'
import { formatDateTime } from '../../model/date-time.js'
import { decodeJws, isJwsFault } from '../../proof/jws.js'
import { readVcJwt } from '../../proof/vc-jwt.js'
import { readRecipient } from '../recipient.js'
import type { Desk } from './desk.js'

export interface Wanted extends CredentialQuery {
  /** As `--recipient`. */
  readonly person?: string
  /** The award after which the list goes on. */
  readonly after?: string
}

/** A row. Texts are as they stand in the badge, and not safe to print. */
export interface Listed {
  readonly award: string
  readonly badge: string
  readonly state: CredentialState
  readonly issued: string
  readonly until?: string
  readonly achievement: string
  readonly achievementName?: string
  /** A name, or what else the badge says in clear; absent where it says nothing so, or was erased. */
  readonly recipient?: string
  readonly by?: string
  readonly isErased?: true
}

/** Records that are asked for with one question. */
const CHUNK = 200

/** As they come, in bounded memory. */
export async function* listed(desk: Desk, { person, after, ...query }: Wanted): AsyncGenerator<Listed> {
  const who = person === undefined ? undefined : readRecipient(person, '--person')
  const { credentials } = desk.stores
  const names = new Map(desk.achievements.map(({ id, name }) => [id, name]))
  let chunk: string[] = []
  const read = async function* (ids: readonly string[]) {
    for (const record of await credentials.get(ids.map((credentialId) => ({ credentialId }))))
      if (record !== undefined) yield rowOf(record, names)
  }
  for await (const record of credentials.list(query, after)) {
    // The store keeps no address, only its hash with the award's id: each is tried.
    if (who !== undefined && record.recipientHash !== recipientHash(who as AwardRecipient, record.awardId)) continue
    chunk.push(record.credentialId)
    if (chunk.length < CHUNK) continue
    yield* read(chunk)
    chunk = []
  }
  if (chunk.length > 0) yield* read(chunk)
}

export function rowOf(record: CredentialRecord, names: ReadonlyMap<string, string>): Listed {
  const badge = badgeOf(record)
  const { achievementId, awardId, credentialId, issuedAt, issuedBy, isErased } = record
  const subject = (badge?.credentialSubject ?? {}) as JsonObject
  const name = (subject.achievement as JsonObject | undefined)?.name ?? names.get(achievementId)
  const recipient = shownRecipient(subject)
  return {
    award: awardId,
    badge: credentialId,
    state: stateOf(record),
    issued: formatDateTime(issuedAt),
    ...(typeof badge?.validUntil === 'string' ? { until: badge.validUntil } : {}),
    achievement: achievementId,
    ...(typeof name === 'string' ? { achievementName: name } : {}),
    ...(recipient === undefined ? {} : { recipient }),
    ...(issuedBy === undefined ? {} : { by: issuedBy }),
    ...(isErased === true ? { isErased } : {}),
  }
}

/** The badge without its proof; undefined once erased. It is our own, and was signed by us. */
export function badgeOf({ credential }: CredentialRecord): JsonObject | undefined {
  if (typeof credential !== 'string') return credential as JsonObject | undefined
  const jws = decodeJws(credential, { maxDepth: defaultLimits.depth })
  const jwt = isJwsFault(jws) ? undefined : readVcJwt(jws, 'vc')
  return jwt === undefined || 'fault' in jwt ? undefined : jwt.document
}

function shownRecipient({ id, identifier }: JsonObject): string | undefined {
  const clear = ([identifier ?? []].flat() as readonly JsonObject[]).filter(({ hashed }) => hashed === false)
  const name = clear.find(({ identityType }) => identityType === 'name') ?? clear[0]
  const shown = name?.identityHash ?? id
  return typeof shown === 'string' ? shown : undefined
}
