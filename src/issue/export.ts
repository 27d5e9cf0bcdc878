/**
 * Everything an issuer's stores hold, as JSON: a copy to keep, to hand over, or to move by.
 *
 * @module
 */
import type { Json } from '../internal/types.js'
import type { IssuerProfile } from '../model/types.js'
import { encodeBitstring } from '../status/bitstring.js'
import type { AwardRecord, AwardStore } from './award-store.js'
import type { CredentialRecord, CredentialStore } from './credential-store.js'
import type { IssuerStatus } from './status-places.js'

/** Badges, and contents of awards, that are held at a time. */
const PAGE = 200

/** Values with a `kind`: `profile` first, then `status-list`s, `credential`s and `award`s. Dates are RFC 3339. */
export async function* exportEverything(settings: {
  readonly profile: IssuerProfile
  readonly status?: IssuerStatus
  readonly credentials?: CredentialStore
  readonly awards?: AwardStore
}): AsyncGenerator<Json> {
  const { profile, status, credentials, awards } = settings
  yield { kind: 'profile', profile: profile as unknown as Json }
  for (const listId of (await status?.store.lists()) ?? []) {
    const { bits, entries, statusSize, updated, purpose } = await (status as IssuerStatus).store.read(listId)
    const encodedList = await encodeBitstring(bits)
    yield { kind: 'status-list', listId, purpose, entries, statusSize, updated: updated.toISOString(), encodedList }
  }
  if (credentials !== undefined) {
    const places = inPages(credentials.list(), ({ awardId, copy = 0 }) => ({ awardId, copy }))
    for await (const page of places)
      for (const record of await credentials.get(page))
        if (record !== undefined) yield { kind: 'credential', ...plainCredential(record) }
  }
  if (awards === undefined) return
  for await (const page of inPages(awards.list(), ({ awardId }) => awardId))
    for (const award of await awards.get(page)) if (award !== undefined) yield { kind: 'award', ...plainAward(award) }
}

async function* inPages<T, Key>(items: AsyncIterable<T>, keyOf: (item: T) => Key): AsyncGenerator<readonly Key[]> {
  let page: Key[] = []
  for await (const item of items) {
    page.push(keyOf(item))
    if (page.length < PAGE) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}

function plainCredential({ issuedAt, events, ...rest }: CredentialRecord): Readonly<Record<string, Json>> {
  return { ...(rest as unknown as Record<string, Json>), issuedAt: issuedAt.toISOString(), events: plainEvents(events) }
}

function plainAward({ at, expires, events, ...rest }: AwardRecord): Readonly<Record<string, Json>> {
  return {
    ...(rest as unknown as Record<string, Json>),
    at: at.toISOString(),
    ...(expires === undefined ? {} : { expires: expires.toISOString() }),
    events: plainEvents(events),
  }
}

const plainEvents = (events: readonly { readonly at: Date }[]): Json =>
  events.map(({ at, ...event }) => ({ ...event, at: at.toISOString() }))
