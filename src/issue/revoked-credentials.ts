/**
 * What a credential store may know besides its port: which credentials are revoked, and why. A list of them is made of that without
 * reading their trails, and made again only where it would be another.
 *
 * @module
 */
import type { RevokedCredential } from '../status/write-revocation-list.js'
import type { CredentialRecord, CredentialStore } from './credential-store.js'

/** Rejects only with StoreError. The stores of this library have it. */
export interface RevokedCredentials {
  /** Another text whenever `revoked` would answer something else. It is asked for with each reader of the list, so it is cheap. */
  revokedVersion(): Promise<string>
  /** Those that are revoked, each once, with the reason of its revocation, in an order that stays; many at a time. */
  revoked(): AsyncIterable<readonly RevokedCredential[]>
}

/** Why it was revoked. */
export function reasonOf({ events }: Pick<CredentialRecord, 'events'>): string | undefined {
  return events.find(({ kind }) => kind === 'revoked')?.reason
}

/** Of any store: one that does not know is gone through, and has no version. */
export function revokedOf(store: CredentialStore & Partial<RevokedCredentials>): {
  version?(): Promise<string>
  revoked(): AsyncIterable<readonly RevokedCredential[]>
} {
  if (typeof store.revokedVersion !== 'function' || typeof store.revoked !== 'function')
    return { revoked: () => fromTrails(store) }
  const known = store as RevokedCredentials
  return { version: () => known.revokedVersion(), revoked: () => known.revoked() }
}

async function* fromTrails(store: CredentialStore): AsyncGenerator<readonly RevokedCredential[]> {
  for await (const record of store.list({ state: 'revoked' })) {
    const reason = reasonOf(record)
    yield [{ id: record.credentialId, ...(reason === undefined ? {} : { reason }) }]
  }
}
