/**
 * A line of an export, judged before a database is asked.
 *
 * @module
 */
import { StoreError } from '../errors.js'
import {
  anything,
  arrayOf,
  type Kind,
  kindOf,
  type Members,
  oneOf,
  open,
  problemOf,
  sentenceOf,
  shape,
  text,
  whole,
} from '../internal/members.js'
import { storableKey } from '../status/storable-key.js'
import { EXPORT_VERSION } from './export-stores.js'
import type {
  BackupAward,
  BackupCounts,
  BackupCredential,
  BackupEntry,
  BackupEvent,
  BackupList,
  BackupRow,
} from './store-backup.js'

/** The last line: how many there are. */
export type EndLine = BackupCounts & { readonly kind: 'end' }
type FirstLine = { readonly kind: 'export'; readonly version: number }

const INTEGERS = 2 ** 31 - 1
const key: Kind = (value, path) => {
  try {
    storableKey(value as string, path)
    return undefined
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return { path, says: 'is a text of 1 to 512 characters, without U+0000 and lone surrogates' }
  }
}
const moment: Kind = kindOf(
  'a moment as toISOString writes it',
  (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value,
)
const storable: Kind = kindOf('a text without U+0000 and lone surrogates', (value) =>
  typeof value === 'string' ? /^[^\0\p{Cs}]*$/u.test(value) : false,
)
const EVENT: Members<BackupEvent> = { event: open({ kind: storable, at: moment }, ['kind', 'at']), key }
const events = arrayOf(shape(EVENT, { required: ['event'] }))
const revision = whole(0, INTEGERS)

const LIST: Members<BackupList> = {
  kind: anything,
  id: key,
  purpose: oneOf('revocation', 'suspension', 'refresh', 'message'),
  seq: whole(1, INTEGERS),
  entries: whole(1, INTEGERS),
  capacity: whole(1, INTEGERS),
  statusSize: whole(1, 32),
  updated: moment,
}
const ENTRY: Members<BackupEntry> = {
  kind: anything,
  listId: key,
  index: whole(0, INTEGERS),
  key,
  value: whole(0, 2 ** 32 - 1),
  changed: moment,
}
const AWARD: Members<BackupAward> = {
  kind: anything,
  revision,
  record: open({ awardId: key, achievementId: text, personIndex: text, state: storable, at: moment, address: text }, [
    'awardId',
    'achievementId',
    'state',
    'at',
  ]),
  content: anything,
  events,
}
const CREDENTIAL: Members<BackupCredential> = {
  kind: anything,
  revision,
  record: open(
    {
      awardId: key,
      copy: whole(0, INTEGERS),
      credentialId: key,
      achievementId: text,
      personIndex: text,
      issuedAt: moment,
    },
    ['awardId', 'credentialId', 'achievementId', 'issuedAt'],
  ),
  credential: anything,
  events,
}
const number = whole(0)
const END: Members<EndLine> = { kind: anything, lists: number, entries: number, awards: number, credentials: number }
const FIRST: Members<FirstLine> = { kind: anything, version: number }

const all = <T>(members: Members<T>) => Object.keys(members) as (keyof T & string)[]
const without = <T>(members: Members<T>, name: string) => all(members).filter((each) => each !== name)

const judges: Readonly<Record<string, (value: object) => ReturnType<typeof problemOf>>> = {
  list: (value) => problemOf(value, LIST, { required: all(LIST), noun: 'member' }),
  entry: (value) => problemOf(value, ENTRY, { required: without(ENTRY, 'changed'), noun: 'member' }),
  award: (value) => problemOf(value, AWARD, { required: without(AWARD, 'content'), noun: 'member' }),
  credential: (value) => problemOf(value, CREDENTIAL, { required: all(CREDENTIAL), noun: 'member' }),
  end: (value) => problemOf(value, END, { required: all(END), noun: 'member' }),
}

/** Throws StoreError `store.invalid_export`, with the number of the line. */
export function readBackupLine(line: string, number: number): BackupRow | EndLine {
  const value = readObject(line, number)
  const judge = typeof value.kind === 'string' && Object.hasOwn(judges, value.kind) ? judges[value.kind] : undefined
  if (judge === undefined) throw invalidLine(number, `is of no kind that an export has`)
  const problem = judge(value)
  if (problem !== undefined) throw invalidLine(number, `is damaged: ${sentenceOf(problem)}`)
  return value as unknown as BackupRow | EndLine
}

/** Throws StoreError `store.invalid_export`, `store.newer_export`. */
export function demandFirstLine(line: string): void {
  const value = readObject(line, 1)
  if (value.kind !== 'export') throw invalidLine(1, 'does not say that it is an export: is it all of the file?')
  if (typeof value.version === 'number' && value.version > EXPORT_VERSION)
    throw new StoreError(
      'store.newer_export',
      `the export is of version ${value.version}, and this copy of badgewright knows those up to ${EXPORT_VERSION}: update it`,
    )
  const problem = problemOf(value, FIRST, { required: all(FIRST), noun: 'member' })
  if (problem !== undefined) throw invalidLine(1, `is damaged: ${sentenceOf(problem)}`)
}

export const invalidLine = (number: number, says: string): StoreError =>
  new StoreError('store.invalid_export', `line ${number} ${says}`)

/** Not strictly: reasons may have half a character, which the stores keep too. */
function readObject(line: string, number: number): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw new StoreError('store.invalid_export', `line ${number} is no JSON: it was cut off, or damaged`, { cause })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalidLine(number, 'is no JSON object')
  return value as Readonly<Record<string, unknown>>
}
