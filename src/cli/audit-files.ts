/**
 * What an audit reads: lists of badges, plans and samples, results.
 *
 * @module
 */
import { decodeCredential, defaultLimits } from '../entries/index.js'
import type { AuditBadge, AuditResult } from '../entries/predictability.js'
import { decodeUtf8 } from '../internal/bytes.js'
import { JsonError, parseJson } from '../internal/json.js'
import { isObject, listOf } from '../internal/json-object.js'
import type { Json } from '../internal/types.js'
import { readBadgeSource } from './badge-source.js'
import { readCsvTable } from './csv-table.js'
import { EXIT } from './exit.js'
import { about, CommandFailure } from './failure.js'
import { shownName } from './files.js'
import { listFiles } from './list-files.js'
import type { Session } from './session.js'
import { unwrap } from './unwrap.js'

const columnOf = (header: readonly string[], name: string) =>
  header.findIndex((column) => column.toLowerCase() === name)

/** Folders and files of badges, and CSV tables with the columns id, issuer and achievement. Nothing is verified. */
export async function readAuditBadges(names: readonly string[], session: Session): Promise<AuditBadge[]> {
  const badges: AuditBadge[] = []
  for (const name of names) {
    if (/\.csv$/i.test(name)) badges.push(...(await readList(name, session)))
    else badges.push(...(await readBadges(name, session)))
  }
  return badges
}

async function readList(name: string, session: Session): Promise<AuditBadge[]> {
  const { header, rows } = await readCsvTable(name, session)
  const [id, issuer, achievement] = ['id', 'issuer', 'achievement'].map((column) => columnOf(header, column))
  if (id === undefined || id < 0) throw new CommandFailure(EXIT.data, `${shownName(name)}: there is no column "id"`)
  return rows.map((row) => ({
    id: row[id] ?? '',
    ...member('issuer', row[issuer ?? -1]),
    ...member('achievement', row[achievement ?? -1]),
  }))
}

const member = (name: 'issuer' | 'achievement', value: unknown) =>
  typeof value === 'string' && value !== '' ? { [name]: value } : {}

async function readBadges(name: string, session: Session): Promise<AuditBadge[]> {
  const { entries } = await listFiles([name], session)
  const badges: AuditBadge[] = []
  for (const { name: file, failure } of entries) {
    if (failure !== undefined) throw failure
    for (const { name: one, input } of unwrap(file, await readBadgeSource(file, session, session.io.loader)))
      badges.push(
        await about(one, async () => badgeOf((await decodeCredential(input)).unverified as unknown as Json, one)),
      )
  }
  return badges
}

function badgeOf(document: Json, name: string): AuditBadge {
  const { id, issuer, credentialSubject } = isObject(document) ? document : {}
  const [subject] = listOf(credentialSubject)
  const [achievement] = isObject(subject) ? listOf(subject.achievement) : []
  if (typeof id !== 'string')
    throw new CommandFailure(EXIT.data, `${name}: has no "id", so that no result could name it`)
  return { id, ...member('issuer', idOf(issuer)), ...member('achievement', idOf(achievement)) }
}

const idOf = (value: Json | undefined) => (isObject(value) ? value.id : value)

/** A plan, a sample or a report that this program wrote. What it is, the library judges. */
export async function readAuditFile(name: string, session: Session): Promise<never> {
  const bytes = await session.files.read(name, defaultLimits.documentBytes)
  const text = decodeUtf8(bytes)?.replace(/^\ufeff/, '')
  if (text === undefined || bytes.length > defaultLimits.documentBytes)
    throw new CommandFailure(
      EXIT.data,
      `${shownName(name)}: is no JSON of at most ${defaultLimits.documentBytes} bytes`,
    )
  try {
    return parseJson(text, { maxDepth: defaultLimits.depth }) as never
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    throw new CommandFailure(EXIT.data, `${shownName(name)}: is no JSON: ${error.message}`, [], { cause: error })
  }
}

const WORDS: Readonly<Record<string, AuditResult['outcome']>> = {
  confirmed: 'confirmed',
  yes: 'confirmed',
  'not-confirmed': 'not-confirmed',
  'not confirmed': 'not-confirmed',
  no: 'not-confirmed',
  'not-judged': 'not-judged',
  'not judged': 'not-judged',
}

/** A CSV table with the columns badge and outcome. An empty outcome is none yet. */
export async function readResults(name: string, session: Session): Promise<AuditResult[]> {
  const { header, rows } = await readCsvTable(name, session)
  const [badge, outcome] = ['badge', 'outcome'].map((column) => {
    const at = columnOf(header, column)
    if (at < 0) throw new CommandFailure(EXIT.data, `${shownName(name)}: there is no column "${column}"`)
    return at
  }) as [number, number]
  return rows.flatMap((row, index) => {
    const word = (row[outcome] ?? '').toLowerCase()
    if (word === '') return []
    const read = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined
    if (read === undefined)
      throw new CommandFailure(
        EXIT.data,
        `${shownName(name)}: row ${index + 1}: "${row[outcome]}" is no outcome: write confirmed, not-confirmed or not-judged`,
      )
    return [{ badge: row[badge] ?? '', outcome: read }]
  })
}
