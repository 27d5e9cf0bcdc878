/**
 * Status lists, signed: encoded once per change, not once per reader.
 *
 * @module
 */
import { missingOption } from '../errors.js'
import { equalBytes } from '../internal/bytes.js'
import type { Bytes } from '../internal/types.js'
import type { IssuerProfile, SecuredCredential, VerifiableCredential } from '../model/types.js'
import { createStatusListCredential, type StatusListFormat } from '../status/write-list.js'
import {
  createRevocationList,
  type RevocationListDocument,
  type RevokedCredential,
} from '../status/write-revocation-list.js'
import type { CredentialStore } from './credential-store.js'
import { reasonOf } from './lifecycle.js'
import type { IssuerStatus } from './status-places.js'

/** In which form a status list is wanted. */
export interface ListRequest {
  /** Default: that of the issuer. The bits are the same. */
  readonly format?: StatusListFormat | undefined
}

export interface PublisherSettings {
  readonly profile: IssuerProfile
  readonly now: () => Date
  readonly sign: (credential: VerifiableCredential) => Promise<SecuredCredential<VerifiableCredential>>
  readonly status?: IssuerStatus
  readonly credentials?: CredentialStore
}

interface Published {
  readonly bits: Bytes
  /** Milliseconds: half of its validity. */
  readonly until: number
  readonly from: number
  readonly credential: Promise<SecuredCredential<VerifiableCredential>>
}

export function makePublisher({ profile, now, sign, status, credentials }: PublisherSettings): {
  statusListCredential(listId: string, request?: ListRequest): Promise<SecuredCredential<VerifiableCredential>>
  revocationList(): Promise<RevocationListDocument>
} {
  const published = new Map<string, Published>()
  return {
    statusListCredential: async (listId, request = {}) => {
      if (status === undefined) throw missingOption('status', 'is missing: the issuer keeps no status lists')
      const { format = status.format } = request
      const { bits, statusSize, purpose } = await status.store.read(listId)
      const key = JSON.stringify([format, listId])
      const time = now().getTime()
      const last = published.get(key)
      // By the bits and not by a date: clocks of several processes differ.
      if (last !== undefined && equalBytes(last.bits, bits) && time >= last.from && time < last.until)
        return last.credential
      const validity = status.validitySeconds * 1000
      const credential = createStatusListCredential({
        url: status.listUrl(listId),
        issuer: profile.id,
        purpose,
        bits,
        statusSize,
        format,
        validFrom: new Date(time),
        validUntil: new Date(time + validity),
        ttlSeconds: status.ttlSeconds,
      }).then(sign)
      published.set(key, { bits, from: time, until: time + validity / 2, credential })
      // A key that failed once is asked again.
      credential.catch(() => published.delete(key))
      return credential
    },
    revocationList: async () => {
      const url = status?.revocationListUrl
      if (credentials === undefined || url === undefined)
        throw missingOption('credentials', 'and "status.revocationListUrl" are needed for a revocation list')
      const revoked: RevokedCredential[] = []
      for await (const record of credentials.list({ state: 'revoked' })) {
        const reason = reasonOf(record)
        revoked.push({ id: record.credentialId, ...(reason === undefined ? {} : { reason }) })
      }
      return createRevocationList({ url, issuer: profile.id, revoked })
    },
  }
}
