/**
 * Status lists, signed: encoded once per change, not once per reader.
 *
 * @module
 */
import { missingOption } from '../errors.js'
import { equalBytes } from '../internal/bytes.js'
import { anything, either, type Members, record, text } from '../internal/members.js'
import { sharedWork } from '../internal/shared-work.js'
import type { Bytes } from '../internal/types.js'
import type { IssuerProfile, SecuredCredential, VerifiableCredential } from '../model/types.js'
import { demandOptions } from '../report/demand-options.js'
import { createStatusListCredential, type StatusListFormat } from '../status/write-list.js'
import {
  type RevocationListDocument,
  type RevokedCredential,
  writeRevocationList,
} from '../status/write-revocation-list.js'
import type { CredentialStore } from './credential-store.js'
import { isStillGood } from './published-list.js'
import { type RevokedCredentials, revokedOf } from './revoked-credentials.js'
import type { IssuerStatus } from './status-places.js'

/** In which form a status list is wanted. */
export interface ListRequest {
  /** Default: that of the issuer. The bits are the same. */
  readonly format?: StatusListFormat | undefined
  /**
   * The list as it was signed before, by this process or another: it is the answer as long as it says the same, is signed by the same
   * key, and not half of its validity is over. Otherwise it is signed anew, never answered from before.
   */
  readonly last?: SecuredCredential<VerifiableCredential> | undefined
}

/** The format is judged where it is written. */
const REQUEST: Members<ListRequest> = { format: anything, last: either(text, record) }

/** Where the status of an issuer's badges is published. */
export interface StatusUrls {
  /** In the order in which they were begun. */
  readonly lists: readonly { readonly listId: string; readonly url: string }[]
  /** 1EdTech's, where badges name one. */
  readonly revocationList?: string
}

export interface PublisherSettings {
  readonly profile: IssuerProfile
  /** The key that signs lists. */
  readonly verificationMethod: string
  readonly isJwt: boolean
  readonly now: () => Date
  readonly sign: (credential: VerifiableCredential) => Promise<SecuredCredential<VerifiableCredential>>
  readonly status?: IssuerStatus
  readonly credentials?: CredentialStore & Partial<RevokedCredentials>
}

interface Published {
  readonly bits: Bytes
  /** Milliseconds: half of its validity. */
  readonly until: number
  readonly from: number
  readonly credential: Promise<SecuredCredential<VerifiableCredential>>
}

export function makePublisher(settings: PublisherSettings): {
  statusUrls(): Promise<StatusUrls>
  statusListCredential(listId: string, request?: ListRequest): Promise<SecuredCredential<VerifiableCredential>>
  revocationList(): Promise<RevocationListDocument>
} {
  const { profile, verificationMethod, isJwt, now, sign, status, credentials } = settings
  const published = new Map<string, Published>()
  let last: { readonly version: string; readonly list: RevocationListDocument } | undefined
  // Anybody may ask for it, so that its work is bounded: one at a time, and none where nothing was revoked since.
  const revocationList = sharedWork(async () => {
    const url = status?.revocationListUrl
    if (credentials === undefined || url === undefined)
      throw missingOption('credentials', 'and "status.revocationListUrl" are needed for a revocation list')
    const source = revokedOf(credentials)
    // Asked before: what is revoked meanwhile may be in the list already, and makes another version next time.
    const version = await source.version?.()
    if (version !== undefined && last?.version === version) return last.list
    const revoked: RevokedCredential[] = []
    for await (const page of source.revoked()) for (const each of page) revoked.push(each)
    const list = frozen(writeRevocationList({ url, issuer: profile.id, revoked }))
    last = version === undefined ? undefined : { version, list }
    return list
  })
  const demandStatus = () => {
    if (status === undefined) throw missingOption('status', 'is missing: the issuer keeps no status lists')
    return status
  }
  return {
    statusUrls: async () => {
      const { store, listUrl, revocationListUrl } = demandStatus()
      const lists = (await store.lists()).map((listId) => ({ listId, url: listUrl(listId) }))
      return { lists, ...(revocationListUrl === undefined ? {} : { revocationList: revocationListUrl }) }
    },
    statusListCredential: async (listId, request = {}) => {
      demandOptions(request, REQUEST)
      const status = demandStatus()
      const { format = status.format, last: before } = request
      const { bits, statusSize, purpose } = await status.store.read(listId)
      const key = JSON.stringify([format, listId])
      const time = now().getTime()
      const last = published.get(key)
      const list = {
        url: status.listUrl(listId),
        issuer: profile.id,
        purpose,
        bits,
        statusSize,
        format,
        ttlSeconds: status.ttlSeconds,
      }
      if (before !== undefined && (await isStillGood(before, { ...list, verificationMethod, isJwt, time })))
        return before
      // By the bits and not by a date: clocks of several processes differ. Where others publish too, ours may be older than theirs.
      if (
        before === undefined &&
        last !== undefined &&
        equalBytes(last.bits, bits) &&
        time >= last.from &&
        time < last.until
      )
        return last.credential
      const validity = status.validitySeconds * 1000
      const credential = createStatusListCredential({
        ...list,
        validFrom: new Date(time),
        validUntil: new Date(time + validity),
      }).then(sign)
      published.set(key, { bits, from: time, until: time + validity / 2, credential })
      // A key that failed once is asked again.
      credential.catch(() => published.delete(key))
      return credential
    },
    revocationList: () => revocationList(),
  }
}

/** Several readers have the same one. */
function frozen(list: RevocationListDocument): RevocationListDocument {
  for (const each of list.revokedCredential) Object.freeze(each)
  Object.freeze(list.revokedCredential)
  return Object.freeze(list)
}
