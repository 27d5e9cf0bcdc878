/**
 * Awards and failures as they are kept.
 *
 * @module
 */
import { OpenBadgeError, ParseError } from '../errors.js'
import type { Award } from '../issue/award.js'
import type { BatchFailure } from './batch-types.js'

/** An award that was judged. */
export interface StagedAward {
  readonly index: number
  readonly line?: number | undefined
  readonly id: string
  /** JSON of the award. */
  readonly text: string
  /** Of what it says, in whatever order. */
  readonly digest: string
}

/** An award of a chunk, as a worker reads it. */
export interface ChunkAward {
  readonly index: number
  readonly line?: number | undefined
  readonly award: Award & { readonly id: string }
}

const MAX_MESSAGE = 2000
const MAX_ISSUES = 20

/** One line for each. */
export const chunkText = (awards: readonly Pick<StagedAward, 'index' | 'line' | 'text'>[]): string =>
  awards.map(({ index, line, text }) => `[${index},${line ?? null},${text}]`).join('\n')

export function readChunk(text: string): ChunkAward[] {
  if (text === '') return []
  // One object for awards of one achievement: what is known of it is found by that.
  const achievements = new Map<string, Award['achievement']>()
  return text.split('\n').map((each) => {
    const [index, line, kept] = JSON.parse(each) as [number, number | null, Award & { id: string }]
    const name = JSON.stringify(kept.achievement)
    const achievement = achievements.get(name) ?? kept.achievement
    achievements.set(name, achievement)
    return { index, ...(line === null ? {} : { line }), award: readAward({ ...kept, achievement }) }
  })
}

/** JSON has no dates. */
export function readAward<A extends Award>(award: A): A {
  const { validFrom, validUntil } = award as { readonly validFrom?: unknown; readonly validUntil?: unknown }
  return {
    ...award,
    ...(validFrom === undefined ? {} : { validFrom: new Date(validFrom as string) }),
    ...(validUntil === undefined ? {} : { validUntil: new Date(validUntil as string) }),
  }
}

/** `from`: the award, or what is known of the place where none was. */
export function failureOf(
  from: { readonly index: number; readonly line?: number | undefined; readonly id?: unknown },
  kind: BatchFailure['kind'],
  error: unknown,
): BatchFailure {
  const { index, line, id } = from
  const message = error instanceof Error ? error.message : String(error)
  return {
    index,
    ...(line === undefined ? {} : { line }),
    ...(typeof id === 'string' ? { id: storable(id, 512) } : {}),
    kind,
    code:
      error instanceof OpenBadgeError ? error.code : kind === 'invalid' ? 'usage.invalid_award' : 'defect.unexpected',
    message: storable(message, MAX_MESSAGE),
    ...(error instanceof ParseError ? { issues: error.issues.slice(0, MAX_ISSUES).map(shortened) } : {}),
  }
}

const shortened = ({ code, pointer, message }: ParseError['issues'][number]) => ({
  code,
  pointer: storable(pointer, MAX_MESSAGE),
  message: storable(message, MAX_MESSAGE),
})

/** PostgreSQL's texts have no U+0000 and no half characters. */
export const storable = (text: string, most: number): string => text.slice(0, most).replace(/[\0\p{Cs}]/gu, '\uFFFD')
