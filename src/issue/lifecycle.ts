/**
 * What becomes of a badge after it was issued. In each change the published bit comes before the trail: where a process ends
 * between the two, the badge is revoked, and trying again completes the trail.
 *
 * @module
 */

import { invalidOption, missingOption, StoreError } from '../errors.js'
import { MAX_DEPTH } from '../internal/json-object.js'
import { anything, type Members, whole } from '../internal/members.js'
import type { JsonObject } from '../internal/types.js'
import { formatDateTime, parseDateTime } from '../model/date-time.js'
import type { SecuredCredential, StatusPurpose, VerifiableCredential } from '../model/types.js'
import { decodeJws, isJwsFault } from '../proof/jws.js'
import { readVcJwt } from '../proof/vc-jwt.js'
import { demandOptions } from '../report/demand-options.js'
import { onlyValue } from '../status/outcome.js'
import {
  type CredentialRecord,
  type CredentialStore,
  type PlainEvent,
  type RenewedEvent,
  type StatusPlace,
  stateOf,
} from './credential-store.js'
import {
  CHANGE,
  type Change,
  demandStore,
  type ManyChange,
  type ManyChanged,
  makeFlips,
  noSuchStatus,
  revoked,
  unknownCredential,
} from './flips.js'
import { placeKey } from './place-key.js'
import { erased } from './record.js'
import { type IssuerStatus, statusEntriesOf } from './status-places.js'

export interface Renewal extends Change {
  readonly validUntil: Date
}

export interface StatusChange extends Change {
  readonly purpose: StatusPurpose
  readonly value: number
}

/** `anything` is judged by the method. */
const RENEWAL: Members<Renewal> = { ...CHANGE, validUntil: anything }
const STATUS_CHANGE: Members<StatusChange> = { ...CHANGE, purpose: anything, value: whole(0) }

/** Each throws UsageError `usage.unknown_credential` for an id that was never issued. */
export interface Lifecycle {
  /** For good. A second call changes nothing. */
  revoke(credentialId: string, change?: Change): Promise<void>
  /** Until it is reinstated. Needs the purpose `suspension` in `status.purposes` (UsageError `usage.no_such_status`). */
  suspend(credentialId: string, change?: Change): Promise<void>
  /** Ends a suspension. UsageError `usage.revoked` where it was revoked meanwhile: nothing ends that. */
  reinstate(credentialId: string, change?: Change): Promise<void>
  /**
   * The same for many, by their ids, some hundred with each question to the stores; a stream is read as it is worked through. One that
   * cannot be revoked costs no other. Starting again from the beginning is safe: what is revoked stays so, once in its trail.
   */
  revokeMany(credentialIds: Iterable<string> | AsyncIterable<string>, change?: ManyChange): Promise<ManyChanged>
  /** As revokeMany. */
  suspendMany(credentialIds: Iterable<string> | AsyncIterable<string>, change?: ManyChange): Promise<ManyChanged>
  /** As revokeMany. */
  reinstateMany(credentialIds: Iterable<string> | AsyncIterable<string>, change?: ManyChange): Promise<ManyChanged>
  /**
   * The same credential, the same achievement, from now until another date: with the same id and a later `validFrom`, by which
   * readers know the newer one (Open Badges 3.0 section 8.4). Signed with the key of today. UsageError `usage.revoked`,
   * `usage.award_erased`.
   */
  renew(credentialId: string, change: Renewal): Promise<SecuredCredential>
  /** Any entry of a credential: messages, and what has no method of its own. */
  setStatus(credentialId: string, change: StatusChange): Promise<void>
}

export interface LifecycleSettings {
  readonly now: () => Date
  /** Milliseconds that only grow. */
  readonly clock: () => number
  readonly sign: <C extends VerifiableCredential>(credential: C) => Promise<SecuredCredential<C>>
  readonly status?: IssuerStatus
  readonly credentials?: CredentialStore
}

/** Attempts of a renewal while others renew the same credential. */
const ATTEMPTS = 5

export function makeLifecycle(settings: LifecycleSettings): Lifecycle {
  const { now, sign, status, credentials } = settings
  const flips = makeFlips(settings)

  async function find(credentialId: string): Promise<[CredentialStore, CredentialRecord]> {
    const store = demandStore(credentials)
    const [record] = await store.get([{ credentialId }])
    return [store, record ?? unknownCredential(credentialId)]
  }

  async function flip({ status: places }: CredentialRecord, purpose: StatusPurpose, value: number): Promise<void> {
    const place = places.find((each) => each.purpose === purpose)
    if (status === undefined || place === undefined) throw noSuchStatus(purpose)
    await onlyValue(status.store.set([{ listId: place.listId, index: place.index, value }]))
  }

  const event = (kind: PlainEvent['kind'], { reason, by }: Change): PlainEvent => ({
    kind,
    at: now(),
    ...(reason === undefined ? {} : { reason }),
    ...(by === undefined ? {} : { by }),
  })

  return {
    revoke: (credentialId, change = {}) => flips.one('revoke', credentialId, change),
    suspend: (credentialId, change = {}) => flips.one('suspend', credentialId, change),
    reinstate: (credentialId, change = {}) => flips.one('reinstate', credentialId, change),
    revokeMany: (ids, change = {}) => flips.many('revoke', ids, change),
    suspendMany: (ids, change = {}) => flips.many('suspend', ids, change),
    reinstateMany: (ids, change = {}) => flips.many('reinstate', ids, change),
    setStatus: async (credentialId, change) => {
      demandOptions(change, STATUS_CHANGE)
      const { purpose, value } = change ?? {}
      if (purpose === undefined || value === undefined)
        throw missingOption('purpose', 'and "value" are needed: which entry, and what it says')
      if (purpose === 'revocation' || purpose === 'suspension')
        throw invalidOption('purpose', `: for ${purpose} there are methods of their own`)
      const [store, record] = await find(credentialId)
      await flip(record, purpose, value)
      const last = record.events.findLast((each) => each.kind === 'status' && each.purpose === purpose)
      if (last?.kind !== 'status' || last.value !== value)
        await onlyValue(store.change([{ credentialId, event: { ...event('status', change), purpose, value } }]))
    },
    renew: async (credentialId, change) => {
      demandOptions(change, RENEWAL)
      const { validUntil } = change ?? {}
      if (!(validUntil instanceof Date) || Number.isNaN(validUntil.getTime()))
        throw invalidOption('validUntil', 'is a Date: until when the credential is renewed')
      for (let attempt = 1; ; attempt++) {
        const [store, record] = await find(credentialId)
        if (stateOf(record) === 'revoked') throw revoked('renewed')
        try {
          return await renewOnce(store, record, change)
        } catch (error) {
          if (!(error instanceof StoreError) || error.code !== 'store.conflict' || attempt === ATTEMPTS) throw error
        }
      }
    },
  }

  async function renewOnce(
    store: CredentialStore,
    record: CredentialRecord,
    change: Renewal,
  ): Promise<SecuredCredential> {
    const { validUntil } = change
    if (record.credential === undefined) throw erased(record.awardId)
    const old = unsigned(record.credential)
    // Later than before even where this process's clock is behind the one that issued it.
    const before = parseDateTime(String(old.validFrom))?.time ?? 0
    const from = new Date(Math.max(now().getTime(), before + 1000))
    if (validUntil <= from)
      throw invalidOption(
        'validUntil',
        `is ${formatDateTime(validUntil)}, and the renewed credential begins at ${formatDateTime(from)}`,
      )
    const renewedStatus = await renewRefresh(record)
    const entries = renewedStatus === undefined ? [] : statusEntriesOf(renewedStatus, status)
    const secured = (await sign({
      ...old,
      ...(entries.length === 0 ? {} : { credentialStatus: entries.length === 1 ? entries[0] : entries }),
      validFrom: formatDateTime(from),
      validUntil: formatDateTime(validUntil),
    } as unknown as VerifiableCredential)) as SecuredCredential
    const { revision, credentialId } = record
    const renewed: RenewedEvent = {
      ...event('status', change),
      kind: 'renewed',
      revision,
      credential: secured,
      ...(renewedStatus === undefined ? {} : { status: renewedStatus }),
    }
    await onlyValue(store.change([{ credentialId, event: renewed }]))
    const superseded = record.status.find(({ purpose }) => purpose === 'refresh')
    if (superseded !== undefined && status !== undefined)
      await onlyValue(status.store.set([{ listId: superseded.listId, index: superseded.index, value: 1 }]))
    return secured
  }

  /** The bit `refresh` says of one version that there is a newer one: each version has its own. */
  async function renewRefresh({ awardId, copy, revision, status: places }: CredentialRecord) {
    if (status === undefined || !places.some(({ purpose }) => purpose === 'refresh')) return undefined
    const key = placeKey(awardId, copy ?? 0, revision + 1)
    const renewed: StatusPlace[] = []
    for (const place of places)
      renewed.push(
        place.purpose === 'refresh'
          ? { ...(await onlyValue(status.store.allocate([{ key, purpose: 'refresh' }]))), purpose: 'refresh' }
          : place,
      )
    return renewed
  }
}

/** What was signed, without its proof. It is our own, and verified by whoever reads it. */
function unsigned(secured: SecuredCredential): JsonObject {
  if (typeof secured !== 'string') {
    const { proof: _, ...document } = secured as unknown as JsonObject
    return document
  }
  const jws = decodeJws(secured, { maxDepth: MAX_DEPTH })
  const jwt = isJwsFault(jws) ? undefined : readVcJwt(jws, 'vc')
  if (jwt === undefined || 'fault' in jwt)
    throw new StoreError('store.failed', 'what the store holds as a credential is no JWT')
  return jwt.document
}
