/**
 * One award of a batch as a file says it: a row of CSV or a line of NDJSON, by the same names.
 *
 * @module
 */
import { type Achievement, type Award, UsageError } from '../../entries/index.js'
import type { Json, JsonObject } from '../../internal/types.js'
import { extensionsFor } from '../award.js'
import { readDate } from '../dates.js'
import { EXIT } from '../exit.js'
import { CommandFailure, misuse } from '../failure.js'
import { lookUp, slugOf } from '../issuer/achievement-files.js'
import { resultFor } from '../level.js'
import { readRecipient } from '../recipient.js'
import { didYouMean } from '../suggest.js'

/** What a column or member may be called; `valid_from` is `valid-from` and `ValidFrom` too. */
export const FIELDS = {
  id: 'your own id of the award: what was issued under it is not issued again',
  recipient: 'a DID or URL, or an e-mail address (which is hashed)',
  name: 'their name, which everybody who sees the badge reads',
  achievement: 'the id or name of one of --achievement, where that file holds several',
  level: 'the level of the rubric that was reached, by name or id; several with ;',
  evidence: 'URLs, with spaces between them',
  narrative: 'how it was earned, in Markdown',
  valid_from: 'a day, or a time with its offset',
  valid_until: 'a day, or a time with its offset',
} as const

export type FieldName = keyof typeof FIELDS

/** A line of the input. `line` counts from 1, the header included. */
export type AwardLine =
  | { readonly line: number; readonly fields: Readonly<Partial<Record<FieldName, Json>>>; readonly fault?: never }
  | { readonly line: number; readonly fault: string; readonly fields?: never }

/** What the options of the command say for every award that does not say otherwise. */
export interface AwardDefaults {
  readonly achievements: readonly Achievement[]
  readonly plainEmail: boolean
  readonly levels: readonly string[]
  readonly evidence: readonly string[]
  readonly narrative: string | undefined
  readonly validFrom: Date | undefined
  readonly validUntil: Date | undefined
  readonly contexts: readonly string[]
  /** Who awards, where the issuer keeps a trail. */
  readonly by?: string
  /** Whether a name goes into the badge. Default `badge`. */
  readonly names?: 'badge' | 'never'
}

/** Undefined where nothing is called so; `problem` says what is near. */
export function fieldNamed(name: string): { readonly field: FieldName } | { readonly problem: string } {
  const names = Object.keys(FIELDS) as FieldName[]
  const plain = (text: string) => text.toLowerCase().replace(/[\s_-]/g, '')
  const field = names.find((candidate) => plain(candidate) === plain(name))
  if (field !== undefined) return { field }
  return { problem: `"${name}" is none of ${names.join(', ')}${didYouMean(name.trim().toLowerCase(), names)}` }
}

/** Throws CommandFailure and UsageError for this one award. */
export function awardFrom(fields: Readonly<Partial<Record<FieldName, Json>>>, defaults: AwardDefaults): Award {
  const id = textOf('id', fields.id)
  if (id === undefined) throw misuse('"id" is missing: your own id of the award, so that it is not issued twice')
  const achievement = achievementFor(textOf('achievement', fields.achievement), defaults)
  const name = textOf('name', fields.name)
  const level = listOf('level', fields.level, /;/) ?? defaults.levels
  const evidence = listOf('evidence', fields.evidence, /\s+/) ?? defaults.evidence
  const wrong = evidence.find((url) => !/^[a-z][a-z0-9+.-]+:\S+$/i.test(url))
  if (wrong !== undefined) throw misuse(`"evidence" holds URLs, with spaces between them, not "${wrong}"`)
  const narrative = textOf('narrative', fields.narrative) ?? defaults.narrative
  const validFrom = dateOf('valid_from', fields.valid_from, 'begins') ?? defaults.validFrom
  const validUntil = dateOf('valid_until', fields.valid_until, 'ends') ?? defaults.validUntil
  if (validFrom !== undefined && validUntil !== undefined && validUntil <= validFrom)
    throw misuse('"valid_until" is not after "valid_from"')
  return {
    id,
    achievement,
    recipient: {
      ...recipientOf(textOf('recipient', fields.recipient), defaults),
      ...(name === undefined || defaults.names === 'never' ? {} : { name }),
    },
    ...(defaults.by === undefined ? {} : { by: defaults.by }),
    ...(level.length === 0
      ? {}
      : { result: level.map((one) => ({ type: ['Result'] as const, ...resultFor(achievement, one, '"level"') })) }),
    ...(evidence.length === 0 ? {} : { evidence: evidence.map((url) => ({ id: url, type: ['Evidence'] as const })) }),
    ...(narrative === undefined ? {} : { narrative }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validUntil === undefined ? {} : { validUntil }),
    ...extensionsFor(defaults.contexts),
  } as Award
}

function achievementFor(name: string | undefined, { achievements }: AwardDefaults): Achievement {
  const [first, second] = achievements
  if (name === undefined) {
    if (first !== undefined && second === undefined) return first
    throw misuse('"achievement" is missing: --achievement holds several, so each award names one by id or name')
  }
  const [found, another] = lookUp(name, achievements)
  if (another !== undefined) throw misuse(`"achievement": several are called ${name}: say the id`)
  if (found !== undefined) return found
  const known = achievements.flatMap((one) => [one.id, slugOf(one.id), one.name])
  throw misuse(`"achievement": there is no ${name}${didYouMean(name, known)}`)
}

function recipientOf(text: string | undefined, { plainEmail }: AwardDefaults): Award['recipient'] {
  if (text === undefined) throw misuse('"recipient" is missing: a DID or URL, or an e-mail address')
  const recipient = readRecipient(text, '"recipient"')
  if ('id' in recipient) {
    if (/^mailto:/i.test(recipient.id)) throw misuse('"recipient": give the e-mail address without "mailto:"')
    return recipient
  }
  // As `issue` does with one: only addresses are hashed.
  return { ...recipient, hashed: recipient.type === 'emailAddress' && !plainEmail }
}

function dateOf(name: FieldName, value: Json | undefined, day: 'begins' | 'ends'): Date | undefined {
  const text = textOf(name, value)
  return text === undefined ? undefined : readDate(`"${name}"`, text, day)
}

/** Empty is absent: a cell of a table is never missing. */
function textOf(name: FieldName, value: Json | undefined): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  // A spreadsheet's export writes ids as numbers.
  if (typeof value === 'number' && name === 'id') return String(value)
  if (typeof value !== 'string') throw misuse(`"${name}" is a text`)
  return value
}

function listOf(name: FieldName, value: Json | undefined, separator: RegExp): readonly string[] | undefined {
  const parts = Array.isArray(value)
    ? (value as readonly Json[]).map((part) => textOf(name, part) ?? '')
    : textOf(name, value)?.split(separator)
  const trimmed = parts?.map((part) => part.trim()).filter((part) => part !== '')
  return trimmed?.length === 0 ? undefined : trimmed
}

/** The members of an NDJSON line by their names. */
export function fieldsOf(object: JsonObject): Partial<Record<FieldName, Json>> {
  const fields: Partial<Record<FieldName, Json>> = {}
  for (const [name, value] of Object.entries(object)) {
    const found = fieldNamed(name)
    if ('problem' in found) throw misuse(found.problem)
    if (found.field in fields) throw misuse(`"${found.field}" is there twice`)
    fields[found.field] = value
  }
  return fields
}

/** Is this about the command, and not about one award? Then going on would say the same for each. */
export function endsBatch(error: unknown): boolean {
  if (error instanceof UsageError) return !['usage.invalid_award', 'usage.award_conflict'].includes(error.code)
  return error instanceof CommandFailure && error.exit !== EXIT.usage && error.exit !== EXIT.data
}
