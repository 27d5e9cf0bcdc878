/**
 * Everything an issuer's stores hold, as JSON: a copy to keep, to hand over, or to move by.
 *
 * @module
 */
import type { Json } from '../internal/types.js'
import type { IssuerProfile } from '../model/types.js'
import { encodeBitstring } from '../status/bitstring.js'
import type { CredentialRecord, CredentialStore, ListPlace } from './credential-store.js'
import type { IssuerStatus } from './status-places.js'

/** Badges that are held at a time. */
const PAGE = 200

/** Values with a `kind`: `profile` first, then `status-list`s, then `credential`s. Dates are RFC 3339. */
export async function* exportEverything(settings: {
  readonly profile: IssuerProfile
  readonly status?: IssuerStatus
  readonly credentials?: CredentialStore
}): AsyncGenerator<Json> {
  const { profile, status, credentials } = settings
  yield { kind: 'profile', profile: profile as unknown as Json }
  for (const listId of (await status?.store.lists()) ?? []) {
    const { bits, entries, statusSize, updated, purpose } = await (status as IssuerStatus).store.read(listId)
    const encodedList = await encodeBitstring(bits)
    yield { kind: 'status-list', listId, purpose, entries, statusSize, updated: updated.toISOString(), encodedList }
  }
  if (credentials === undefined) return
  for await (const record of wholeRecords(credentials)) yield { kind: 'credential', ...plain(record) }
}

/** With their badges, some hundred at a time. */
async function* wholeRecords(store: CredentialStore): AsyncGenerator<CredentialRecord> {
  const read = async (places: readonly ListPlace[]) => (await store.get(places)).flatMap((record) => record ?? [])
  let page: ListPlace[] = []
  for await (const { awardId, copy = 0 } of store.list()) {
    page.push({ awardId, copy })
    if (page.length < PAGE) continue
    yield* await read(page)
    page = []
  }
  yield* await read(page)
}

function plain(record: CredentialRecord): Readonly<Record<string, Json>> {
  const { issuedAt, events, ...rest } = record
  return {
    ...(rest as unknown as Record<string, Json>),
    issuedAt: issuedAt.toISOString(),
    events: events.map(({ at, ...event }) => ({ ...event, at: at.toISOString() })),
  }
}
