/**
 * What becomes of a badge after it was issued. In each change the published bit comes before the trail: where a process ends
 * between the two, the badge is revoked, and trying again completes the trail.
 *
 * @module
 */
import { StoreError, UsageError } from '../errors.js'
import type { JsonObject } from '../internal/types.js'
import { formatDateTime, parseDateTime } from '../model/date-time.js'
import type { SecuredCredential, StatusPurpose, VerifiableCredential } from '../model/types.js'
import { decodeJws, isJwsFault } from '../proof/jws.js'
import { readVcJwt } from '../proof/vc-jwt.js'
import type { CredentialRecord, CredentialStore, PlainEvent, StatusPlace } from './credential-store.js'
import { type IssuerStatus, statusEntriesOf } from './status-places.js'

/** Why and by whom, for the audit trail. */
export interface Change {
  readonly reason?: string
  readonly by?: string
}

export interface Renewal extends Change {
  readonly validUntil: Date
}

export interface StatusChange extends Change {
  readonly purpose: StatusPurpose
  readonly value: number
}

/** Each throws UsageError `usage.unknown_credential` for an id that was never issued. */
export interface Lifecycle {
  /** For good. A second call changes nothing. */
  revoke(credentialId: string, change?: Change): Promise<void>
  /** Until it is reinstated. Needs the purpose `suspension` in `status.purposes` (UsageError `usage.no_such_status`). */
  suspend(credentialId: string, change?: Change): Promise<void>
  /** Ends a suspension. UsageError `usage.revoked` where it was revoked meanwhile: nothing ends that. */
  reinstate(credentialId: string, change?: Change): Promise<void>
  /**
   * The same credential, the same achievement, from now until another date: with the same id and a later `validFrom`, by which
   * readers know the newer one (Open Badges 3.0 section 8.4). Signed with the key of today. UsageError `usage.revoked`.
   */
  renew(credentialId: string, change: Renewal): Promise<SecuredCredential>
  /** Any entry of a credential: messages, and what has no method of its own. */
  setStatus(credentialId: string, change: StatusChange): Promise<void>
}

export interface LifecycleSettings {
  readonly now: () => Date
  readonly sign: <C extends VerifiableCredential>(credential: C) => Promise<SecuredCredential<C>>
  readonly status?: IssuerStatus
  readonly credentials?: CredentialStore
}

export type CredentialState = 'active' | 'suspended' | 'revoked'

/** How it stands by its trail. */
export function stateOf({ events }: CredentialRecord): CredentialState {
  if (events.some(({ kind }) => kind === 'revoked')) return 'revoked'
  const last = events.findLast(({ kind }) => kind === 'suspended' || kind === 'reinstated')
  return last?.kind === 'suspended' ? 'suspended' : 'active'
}

/** Why it was revoked. */
export function reasonOf({ events }: CredentialRecord): string | undefined {
  return events.find(({ kind }) => kind === 'revoked')?.reason
}

/** Attempts of a renewal while others renew the same credential. */
const ATTEMPTS = 5

export function makeLifecycle({ now, sign, status, credentials }: LifecycleSettings): Lifecycle {
  async function find(credentialId: string): Promise<[CredentialStore, CredentialRecord]> {
    if (credentials === undefined)
      throw new UsageError('usage.missing_option', '"credentials" is missing: the issuer does not know what it issued')
    const record = await credentials.get({ credentialId })
    if (record === undefined)
      throw new UsageError(
        'usage.unknown_credential',
        `there is no credential ${JSON.stringify(String(credentialId).slice(0, 200))}: give the "id" of a badge that this issuer issued`,
      )
    return [credentials, record]
  }

  async function flip({ status: places }: CredentialRecord, purpose: StatusPurpose, value: number): Promise<void> {
    const place = places.find((each) => each.purpose === purpose)
    if (status === undefined || place === undefined)
      throw new UsageError(
        'usage.no_such_status',
        `the credential has no status entry for ${purpose}: issue with "status.purposes" that include it`,
      )
    await status.store.set(place.listId, place.index, value)
  }

  const event = (kind: PlainEvent['kind'], { reason, by }: Change): PlainEvent => ({
    kind,
    at: now(),
    ...(reason === undefined ? {} : { reason }),
    ...(by === undefined ? {} : { by }),
  })

  return {
    revoke: async (credentialId, change = {}) => {
      const [store, record] = await find(credentialId)
      // A badge without a bit of its own can still stand in a revocation list, which is made from the trail.
      const isListed = record.status.some(({ purpose }) => purpose === 'revocation')
      if (isListed || status?.revocationListUrl === undefined) await flip(record, 'revocation', 1)
      if (stateOf(record) !== 'revoked') await store.change(credentialId, event('revoked', change))
    },
    suspend: async (credentialId, change = {}) => {
      const [store, record] = await find(credentialId)
      await flip(record, 'suspension', 1)
      if (stateOf(record) === 'active') await store.change(credentialId, event('suspended', change))
    },
    reinstate: async (credentialId, change = {}) => {
      const [store, record] = await find(credentialId)
      if (stateOf(record) === 'revoked') throw revoked('reinstated')
      await flip(record, 'suspension', 0)
      if (stateOf(record) === 'suspended') await store.change(credentialId, event('reinstated', change))
    },
    setStatus: async (credentialId, change) => {
      const { purpose, value } = change
      if (purpose === 'revocation' || purpose === 'suspension')
        throw new UsageError('usage.invalid_option', `"purpose": for ${purpose} there are methods of their own`)
      const [store, record] = await find(credentialId)
      await flip(record, purpose, value)
      const last = record.events.findLast((each) => each.kind === 'status' && each.purpose === purpose)
      if (last?.kind !== 'status' || last.value !== value)
        await store.change(credentialId, { ...event('status', change), purpose, value })
    },
    renew: async (credentialId, change) => {
      const { validUntil } = change ?? {}
      if (!(validUntil instanceof Date) || Number.isNaN(validUntil.getTime()))
        throw new UsageError('usage.invalid_option', '"validUntil" is a Date: until when the credential is renewed')
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
    const old = unsigned(record.credential)
    // Later than before even where this process's clock is behind the one that issued it.
    const before = parseDateTime(String(old.validFrom))?.time ?? 0
    const from = new Date(Math.max(now().getTime(), before + 1000))
    if (validUntil <= from)
      throw new UsageError(
        'usage.invalid_option',
        `"validUntil" is ${formatDateTime(validUntil)}, and the renewed credential begins at ${formatDateTime(from)}`,
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
    await store.change(credentialId, {
      ...event('status', change),
      kind: 'renewed',
      revision,
      credential: secured,
      ...(renewedStatus === undefined ? {} : { status: renewedStatus }),
    })
    const superseded = record.status.find(({ purpose }) => purpose === 'refresh')
    if (superseded !== undefined) await status?.store.set(superseded.listId, superseded.index, 1)
    return secured
  }

  /** The bit `refresh` says of one version that there is a newer one: each version has its own. */
  async function renewRefresh({ awardId, revision, status: places }: CredentialRecord) {
    if (status === undefined || !places.some(({ purpose }) => purpose === 'refresh')) return undefined
    const key = JSON.stringify([awardId, revision + 1])
    const renewed: StatusPlace[] = []
    for (const place of places)
      renewed.push(
        place.purpose === 'refresh'
          ? { ...(await status.store.allocate({ key, purpose: 'refresh' })), purpose: 'refresh' }
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
  const jws = decodeJws(secured, { maxDepth: 64 })
  const jwt = isJwsFault(jws) ? undefined : readVcJwt(jws, 'vc')
  if (jwt === undefined || 'fault' in jwt)
    throw new StoreError('store.failed', 'what the store holds as a credential is no JWT')
  return jwt.document
}

function revoked(what: string): UsageError {
  return new UsageError(
    'usage.revoked',
    `a revoked credential cannot be ${what}: revocation is for good, issue another with a new award id`,
  )
}
