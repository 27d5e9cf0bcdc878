/**
 * Revoking, suspending and reinstating, many at once. In each change the published bit comes before the trail: where a process ends
 * between the two, the badge is revoked, and trying again completes the trail.
 *
 * @module
 */
import { invalidOption, missingOption, OpenBadgeError, UsageError } from '../errors.js'
import { inChunks } from '../internal/in-chunks.js'
import type { Progress } from '../internal/in-order.js'
import { callable, type Members, signal, text } from '../internal/members.js'
import type { StatusPurpose } from '../model/types.js'
import { demandOptions } from '../report/demand-options.js'
import { settled } from '../status/outcome.js'
import type { EntryChange } from '../status/status-store.js'
import {
  type CredentialChange,
  type CredentialRecord,
  type CredentialState,
  type CredentialStore,
  type PlainEvent,
  stateOf,
} from './credential-store.js'
import type { IssuerStatus } from './status-places.js'

/** Why and by whom, for the audit trail. */
export interface Change {
  readonly reason?: string | undefined
  readonly by?: string | undefined
}

/** A change of many, and how it is followed. */
export interface ManyChange extends Change {
  readonly signal?: AbortSignal | undefined
  /** Told after each credential. */
  onProgress?(progress: Progress): void
  /** Told of each that could not be changed, as it comes. */
  onFailure?(failure: FailedChange): void
}

/** A credential that could not be changed; the others were. */
export interface FailedChange {
  readonly index: number
  readonly credentialId: string
  readonly error: OpenBadgeError
}

/** What became of many. */
export interface ManyChanged {
  /** They stand as was asked, now or before. */
  readonly done: number
  readonly failed: number
  /** The first hundred of those that failed: `onFailure` is told of all. */
  readonly failures: readonly FailedChange[]
}

export const CHANGE: Members<Change> = { reason: text, by: text }
const MANY_CHANGE: Members<ManyChange> = { ...CHANGE, signal, onProgress: callable, onFailure: callable }

export type Flip = 'revoke' | 'suspend' | 'reinstate'

interface FlipRule {
  readonly purpose: StatusPurpose
  readonly value: number
  readonly kind: PlainEvent['kind']
  /** In which states the trail gets an event. */
  readonly from: readonly CredentialState[]
}
const RULES: Readonly<Record<Flip, FlipRule>> = {
  revoke: { purpose: 'revocation', value: 1, kind: 'revoked', from: ['active', 'suspended'] },
  suspend: { purpose: 'suspension', value: 1, kind: 'suspended', from: ['active'] },
  reinstate: { purpose: 'suspension', value: 0, kind: 'reinstated', from: ['suspended'] },
}

export interface FlipSettings {
  readonly now: () => Date
  /** Milliseconds that only grow. */
  readonly clock: () => number
  readonly status?: IssuerStatus
  readonly credentials?: CredentialStore
}

export interface Flips {
  one(flip: Flip, credentialId: string, change: Change): Promise<void>
  many(flip: Flip, ids: Iterable<string> | AsyncIterable<string>, change: ManyChange): Promise<ManyChanged>
  /** Throws UsageError `usage.no_such_status`. */
  demandPlace(flip: Flip, record: Pick<CredentialRecord, 'status'>): void
}

/** Credentials of a chunk, and failures that are kept. */
const CHUNK = 500
const KEPT = 100

export function makeFlips({ now, clock, status, credentials }: FlipSettings): Flips {
  function place(
    record: Pick<CredentialRecord, 'status'>,
    { purpose }: FlipRule,
  ): Omit<EntryChange, 'value'> | undefined {
    const found = record.status.find((each) => each.purpose === purpose)
    // A badge without a bit of its own can still stand in a revocation list, which is made from the trail.
    if (found === undefined && purpose === 'revocation' && status?.revocationListUrl !== undefined) return undefined
    if (status === undefined || found === undefined) throw noSuchStatus(purpose)
    return { listId: found.listId, index: found.index }
  }

  /** Undefined for those that stand as was asked, and what stood in the way of the others. */
  async function flipAll(flip: Flip, ids: readonly string[], change: Change): Promise<(unknown | undefined)[]> {
    const store = demandStore(credentials)
    const rule = RULES[flip]
    const records = await store.get(ids.map((credentialId) => ({ credentialId })))
    const failures = new Map<number, unknown>()
    const entries: { readonly at: number; readonly entry: EntryChange }[] = []
    for (const [at, id] of ids.entries())
      try {
        const record = records[at] ?? unknownCredential(id)
        if (flip === 'reinstate' && stateOf(record) === 'revoked') throw revoked('reinstated')
        const found = place(record, rule)
        if (found !== undefined) entries.push({ at, entry: { ...found, value: rule.value } })
      } catch (error) {
        failures.set(at, error)
      }
    const set = entries.length === 0 ? [] : await status?.store.set(entries.map(({ entry }) => entry))
    for (const [nth, { at }] of entries.entries()) keep(failures, at, () => settled(set?.[nth]))
    const told = ids.flatMap((credentialId, at) => {
      const record = records[at]
      const isTold = record !== undefined && !failures.has(at) && rule.from.includes(stateOf(record))
      return isTold ? [{ at, change: eventOf(credentialId, rule, change) }] : []
    })
    const changed = told.length === 0 ? [] : await store.change(told.map((each) => each.change))
    for (const [nth, { at }] of told.entries()) keep(failures, at, () => settled(changed[nth]))
    return ids.map((_, at) => failures.get(at))
  }

  function eventOf(credentialId: string, { kind }: FlipRule, { reason, by }: Change): CredentialChange {
    const event: PlainEvent = {
      kind,
      at: now(),
      ...(reason === undefined ? {} : { reason }),
      ...(by === undefined ? {} : { by }),
    }
    // For good, so once; the others may come again.
    return kind === 'revoked' ? { credentialId, event, key: 'revoked' } : { credentialId, event }
  }

  return {
    demandPlace: (flip, record) => void place(record, RULES[flip]),
    one: async (flip, credentialId, change) => {
      demandOptions(change, CHANGE)
      const [failure] = await flipAll(flip, [credentialId], change)
      if (failure !== undefined) throw failure
    },
    many: async (flip, ids, change) => {
      demandOptions(change, MANY_CHANGE)
      demandIds(ids)
      demandStore(credentials)
      const { signal, onFailure } = change
      let [index, failed] = [0, 0]
      const failures: FailedChange[] = []
      const results = inChunks<string, { readonly id: string; readonly failure: unknown }>(
        ids,
        async (chunk) => {
          const told = await flipAll(flip, chunk, change)
          return chunk.map((id, at) => ({ id, failure: told[at] }))
        },
        {
          clock,
          chunk: CHUNK,
          ...(signal === undefined ? {} : { signal }),
          ...(Array.isArray(ids) ? { total: ids.length } : {}),
          ...(change.onProgress === undefined ? {} : { onProgress: (progress) => change.onProgress?.(progress) }),
        },
        ({ failure }) => failure !== undefined,
      )
      for await (const { id, failure } of results) {
        if (failure !== undefined) {
          if (!(failure instanceof OpenBadgeError)) throw failure
          failed++
          const failedChange = { index, credentialId: id, error: failure }
          if (failures.length < KEPT) failures.push(failedChange)
          onFailure?.call(change, failedChange)
        }
        index++
      }
      return { done: index - failed, failed, failures }
    },
  }
}

function keep(failures: Map<number, unknown>, at: number, read: () => unknown): void {
  try {
    read()
  } catch (error) {
    failures.set(at, error)
  }
}

/** Throws UsageError. */
export function demandStore(credentials: CredentialStore | undefined): CredentialStore {
  if (credentials === undefined)
    throw missingOption('credentials', 'is missing: the issuer does not know what it issued')
  return credentials
}

function demandIds(ids: unknown): void {
  const isMany = typeof ids === 'object' && ids !== null && (Symbol.iterator in ids || Symbol.asyncIterator in ids)
  if (!isMany)
    throw invalidOption('credentialIds', 'is an array or a stream of ids: for one there is a method of its own')
}

export function unknownCredential(credentialId: string): never {
  throw new UsageError(
    'usage.unknown_credential',
    `there is no credential ${JSON.stringify(String(credentialId).slice(0, 200))}: give the "id" of a badge that this issuer issued`,
  )
}

export const noSuchStatus = (purpose: StatusPurpose) =>
  new UsageError(
    'usage.no_such_status',
    `the credential has no status entry for ${purpose}: issue with "status.purposes" that include it`,
  )

export function revoked(what: string): UsageError {
  return new UsageError(
    'usage.revoked',
    `a revoked credential cannot be ${what}: revocation is for good, issue another with a new award id`,
  )
}
