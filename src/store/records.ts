/**
 * Records of credentials as rows of a database, and back.
 *
 * @module
 */

import type {
  CredentialEvent,
  CredentialRecord,
  CredentialSummary,
  NewCredentialRecord,
  RecordedEvent,
} from '../issue/credential-store.js'
import type { SecuredCredential } from '../model/types.js'
import type { Row } from './database.js'

/** The credential itself stands in the record, once. */
export function trailOf(event: CredentialEvent): RecordedEvent {
  if (event.kind !== 'renewed') return event
  const { credential: _, status: __, ...rest } = event
  return { ...rest, revision: event.revision + 1 }
}

/** The columns `record` and `credential`: apart, so that who lists records does not read the badges. */
export function columnsOf({ credential, ...rest }: NewCredentialRecord): { record: string; credential: string } {
  return { record: JSON.stringify(rest), credential: JSON.stringify(credential) }
}

/** From the columns `record`, `revision` and `events`. */
export function readSummary({ record, revision, events }: Row): CredentialSummary {
  const { issuedAt, ...rest } = JSON.parse(String(record)) as Omit<CredentialSummary, 'issuedAt'> & { issuedAt: string }
  return { ...rest, issuedAt: new Date(issuedAt), revision: Number(revision), events: readTrail(events) }
}

/** From the same, and `credential`. */
export function readRecord(row: Row): CredentialRecord {
  const credential = JSON.parse(String(row.credential)) as SecuredCredential | null
  return credential === null ? readSummary(row) : { ...readSummary(row), credential }
}

/** JSON texts with commas between; null where there is none. */
export function readTrail<E extends { readonly at: Date } = RecordedEvent>(events: unknown): E[] {
  if (typeof events !== 'string') return []
  const trail = JSON.parse(`[${events}]`) as E[]
  return trail.map((event) => ({ ...event, at: new Date(event.at) }))
}

/** As JSON: a reason may have characters that PostgreSQL's texts do not. */
export const reasonColumn = (reason: string | undefined) => (reason === undefined ? null : JSON.stringify(reason))

/** A column for looking up: what PostgreSQL could not hold stands in the record all the same. */
export const storableText = (text: string) => text.replace(/[\0\p{Cs}]/gu, '\uFFFD')
