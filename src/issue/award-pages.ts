/**
 * What an issuer issued, a page at a time, as a clerk looks for it.
 *
 * @module
 */
import { MAX_DEPTH } from '../internal/json-object.js'
import type { JsonObject } from '../internal/types.js'
import { formatDateTime } from '../model/date-time.js'
import type { Person } from '../model/person.js'
import { decodeJws, isJwsFault } from '../proof/jws.js'
import { readVcJwt } from '../proof/vc-jwt.js'
import {
  type CredentialQuery,
  type CredentialRecord,
  type CredentialState,
  type CredentialStore,
  type ListPlace,
  stateOf,
} from './credential-store.js'
import { recipientHash } from './record.js'

/** A badge as it is listed. Texts are as they stand in it: whoever shows them sees to it that they do no harm. */
export interface AwardRow {
  readonly award: string
  /** Which of the award's badges; absent for the one that is bound to no key. */
  readonly copy?: number
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

export interface AwardPage {
  readonly rows: readonly AwardRow[]
  /** Where the next page begins; absent where there is none. */
  readonly next?: ListPlace
}

export interface PageRequest {
  readonly query?: CredentialQuery
  /** Awarded to this person. The store keeps no address, only its hash with the award's id as salt: each record is tried. */
  readonly person?: Person
  readonly after?: string | ListPlace
  /** Rows, at most. */
  readonly limit: number
  /** Records that are looked at, at most: then a page may have fewer rows and yet a next one. */
  readonly most: number
}

export async function pageOfAwards(
  store: Pick<CredentialStore, 'get' | 'list'>,
  { query, person, after, limit, most }: PageRequest,
): Promise<AwardPage> {
  const found: { readonly credentialId: string }[] = []
  let next: ListPlace | undefined
  let [seen, last] = [0, undefined as ListPlace | undefined]
  for await (const record of store.list(query, after)) {
    if (found.length === limit || seen === most) {
      next = last
      break
    }
    seen++
    const { awardId, copy, credentialId } = record
    last = copy === undefined ? { awardId } : { awardId, copy }
    if (person === undefined || record.recipientHash === recipientHash(person, awardId)) found.push({ credentialId })
  }
  const records = found.length === 0 ? [] : await store.get(found)
  const rows = records.flatMap((record) => (record === undefined ? [] : [rowOf(record)]))
  return { rows, ...(next === undefined ? {} : { next }) }
}

export function rowOf(record: CredentialRecord): AwardRow {
  const badge = unsigned(record)
  const { awardId, copy, credentialId, achievementId, issuedAt, issuedBy, isErased } = record
  const subject = (badge?.credentialSubject ?? {}) as JsonObject
  const name = (subject.achievement as JsonObject | undefined)?.name
  const recipient = inClear(subject)
  return {
    award: awardId,
    ...(copy === undefined ? {} : { copy }),
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

/** It is our own: nothing of it has to be verified. Undefined once erased. */
function unsigned({ credential }: CredentialRecord): JsonObject | undefined {
  if (typeof credential !== 'string') return credential as JsonObject | undefined
  const jws = decodeJws(credential, { maxDepth: MAX_DEPTH })
  const jwt = isJwsFault(jws) ? undefined : readVcJwt(jws, 'vc')
  return jwt === undefined || 'fault' in jwt ? undefined : jwt.document
}

function inClear({ id, identifier }: JsonObject): string | undefined {
  const clear = ([identifier ?? []].flat() as readonly JsonObject[]).filter(({ hashed }) => hashed === false)
  const name = clear.find(({ identityType }) => identityType === 'name') ?? clear[0]
  const shown = name?.identityHash ?? id
  return typeof shown === 'string' ? shown : undefined
}
