/**
 * Which entries of which lists a badge gets, and what it says of them.
 *
 * @module
 */
import type { Writable } from '../internal/types.js'
import type { CredentialExtensions, CredentialInput, CredentialStatus, StatusPurpose } from '../model/types.js'
import { outcomesOf, settled } from '../status/outcome.js'
import type { StatusStore, StoreOutcome } from '../status/status-store.js'
import { createStatusEntry, type StatusMessageSet } from '../status/write-entry.js'
import { STATUS_LIST_2021_TERMS, type StatusListFormat } from '../status/write-list.js'
import { createRevocationListEntry } from '../status/write-revocation-list.js'
import type { StatusPlace } from './credential-store.js'

/** Where the status of an issuer's badges is kept, and how it is published. */
export interface IssuerStatus {
  readonly store: StatusStore
  /** Where a list is published: its `statusListCredential`. It must stay as long as the badges. */
  readonly listUrl: (listId: string) => string
  /**
   * Default `['revocation']`: 1EdTech's strict schema allows one status object. With several a badge has an array, which readers
   * of VCDM 2.0 take.
   */
  readonly purposes: readonly StatusPurpose[]
  /** Default `BitstringStatusList`. */
  readonly format: StatusListFormat
  /** For the purpose `message`; the store needs entries of as many bits (`statusSizes`). */
  readonly messages?: StatusMessageSet | undefined
  /** Seconds for which readers may keep a list: so long may a revocation go unnoticed. Default 300. */
  readonly ttlSeconds: number
  /** Seconds for which a signed list is valid, and for which readers believe it if it is not replaced. Default 7 days. */
  readonly validitySeconds: number
  /** Also names a revocation list of 1EdTech at this URL. */
  readonly revocationListUrl?: string | undefined
}

/** 1EdTech's types for status and refresh. */
const EXTENSIONS_CONTEXT = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'

/** Places for many awards at once. Idempotent by the award: a second attempt gets the entries of the first. */
export async function allocateStatus(
  status: IssuerStatus | undefined,
  keys: readonly string[],
): Promise<StoreOutcome<readonly StatusPlace[]>[]> {
  if (status === undefined || status.purposes.length === 0) return keys.map(() => ({ value: [] }))
  const { purposes, store } = status
  const entries = await store.allocate(keys.flatMap((key) => purposes.map((purpose) => ({ key, purpose }))))
  return outcomesOf([...keys.keys()], (at) =>
    purposes.map((purpose, nth) => ({ ...settled(entries[at * purposes.length + nth]), purpose })),
  )
}

export interface WrittenStatus {
  readonly status?: IssuerStatus
  readonly credentialId: () => string
  readonly refreshUrl?: (credentialId: string) => string
}

/** The credential with its id, its status entries and where newer versions are. */
export function withStatus(
  input: CredentialInput,
  places: readonly StatusPlace[],
  { status, credentialId, refreshUrl }: WrittenStatus,
): CredentialInput {
  // Not spread: V8 gives what is added behind a spread a hidden class of its own, for each object anew.
  const written: Writable<CredentialInput> = Object.assign({}, input, { id: credentialId() })
  if (status !== undefined) {
    const [first, ...others] = statusEntriesOf(places, status)
    if (first !== undefined) written.credentialStatus = others.length === 0 ? first : [first, ...others]
  }
  if (refreshUrl !== undefined)
    written.refreshService = { id: refreshUrl(written.id as string), type: '1EdTechCredentialRefresh' }
  const needed = contextsFor(status, refreshUrl !== undefined)
  const { contexts = [], properties = {} } = input.extensions ?? {}
  if (needed.length + contexts.length > 0) written.extensions = { contexts: [...needed, ...contexts], properties }
  return written
}

/** Those that define what we add. */
function contextsFor(status: IssuerStatus | undefined, isRefreshed: boolean): CredentialExtensions['contexts'] {
  const contexts: CredentialExtensions['contexts'][number][] = []
  if (isRefreshed || status?.revocationListUrl !== undefined) contexts.push(EXTENSIONS_CONTEXT)
  if (status?.format === 'StatusList2021') contexts.push(STATUS_LIST_2021_TERMS)
  return contexts
}

/** As they stand in the credential. */
export function statusEntriesOf(places: readonly StatusPlace[], status: IssuerStatus | undefined): CredentialStatus[] {
  if (status === undefined) return []
  const { listUrl, format, messages, revocationListUrl } = status
  return [
    ...places.map(({ listId, index, purpose }) =>
      createStatusEntry({
        url: listUrl(listId),
        index,
        purpose,
        format,
        ...(purpose === 'message' && messages !== undefined ? { messages } : {}),
      }),
    ),
    ...(revocationListUrl === undefined ? [] : [createRevocationListEntry(revocationListUrl)]),
  ]
}
