/**
 * Awards in, badges out: how a batch is asked for, and how its awards are counted.
 *
 * @module
 */
import { invalidOption, OpenBadgeError, UsageError } from '../errors.js'
import type { Progress } from '../internal/in-order.js'
import { callable, type Members, oneOf, signal, text, whole } from '../internal/members.js'
import type { SecuredCredential } from '../model/types.js'
import type { Award } from './award.js'

/** How a batch is worked through. */
export interface BatchOptions {
  /** In what form badges come: as objects, or as they are written (TextBatchOptions). Default `credential`. */
  readonly as?: 'credential' | undefined
  /** How many are being signed at once: a KMS answers slowly, a local key needs no more than a few. Default 8. */
  readonly concurrency?: number | undefined
  /**
   * With stores: how many awards share a question to them. A crash costs at most two chunks, which the same batch again makes without
   * doubles. Default 500.
   */
  readonly chunk?: number | undefined
  /** Awards up to and including the one with this id are passed over: where an earlier run ended. */
  readonly after?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** Told after each award. */
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

/** How a batch is worked through whose badges come as text. */
export interface TextBatchOptions extends Omit<BatchOptions, 'as' | 'onProgress'> {
  readonly as: 'text'
  /** Told after each award. */
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

export const BATCH: Members<Omit<BatchOptions, 'as'> & { readonly as?: 'credential' | 'text' }> = {
  as: oneOf('credential', 'text'),
  concurrency: whole(1),
  chunk: whole(1, 10_000),
  after: text,
  signal,
  onProgress: callable,
}

/** Throws UsageError `usage.invalid_option` for one award, or a text, where many are expected. */
export function demandAwards(awards: unknown): void {
  const isMany =
    typeof awards === 'object' && awards !== null && (Symbol.iterator in awards || Symbol.asyncIterator in awards)
  if (!isMany) throw invalidOption('awards', 'is an array or a stream of awards: for one there is issue()')
}

/** One bad award is one error; the others go on. */
export type IssuedAward =
  | { readonly index: number; readonly id: string; readonly credential: SecuredCredential; readonly error?: never }
  | { readonly index: number; readonly id?: string; readonly error: OpenBadgeError; readonly credential?: never }

/** A badge as it is written to a file: JSON in one line, or a JWT. */
export type IssuedText =
  | { readonly index: number; readonly id: string; readonly text: string; readonly error?: never }
  | { readonly index: number; readonly id?: string; readonly error: OpenBadgeError; readonly text?: never }

export interface NumberedAward {
  readonly award: Award
  readonly index: number
}

/** Throws UsageError `usage.invalid_award`. */
export function demandId({ award, index }: NumberedAward): string {
  const id: unknown = award?.id
  if (typeof id === 'string' && id !== '') return id
  throw new UsageError(
    'usage.invalid_award',
    `award ${index} has no "id": in a batch it is needed to start again without issuing twice`,
    { option: 'id' },
  )
}

/** What became of an award that was not issued. Throws what is no error of this library: a bug of ours or of a port must not pass for a bad award. */
export function failedAward(
  { award, index }: NumberedAward,
  error: unknown,
): { readonly index: number; readonly id?: string; readonly error: OpenBadgeError } {
  if (!(error instanceof OpenBadgeError)) throw error
  const id: unknown = award?.id
  return { index, ...(typeof id === 'string' ? { id } : {}), error }
}

/**
 * With their indexes, from the one behind `after`. Throws UsageError `usage.unknown_award` at the end where that never came: passing
 * over everything would look like success.
 */
export function numbered(
  awards: Iterable<Award> | AsyncIterable<Award>,
  after: string | undefined,
): Iterable<NumberedAward> | AsyncIterable<NumberedAward> {
  const next = numbering(after)
  const end = (): void => {
    if (after !== undefined && !next.isPast())
      throw new UsageError('usage.unknown_award', `"after": there is no award "${after}"`)
  }
  async function* fromStream(stream: AsyncIterable<Award>): AsyncGenerator<NumberedAward> {
    for await (const award of stream) {
      const one = next.number(award)
      if (one !== undefined) yield one
    }
    end()
  }
  // What is at hand is not waited for.
  function* fromList(list: Iterable<Award>): Generator<NumberedAward> {
    for (const award of list) {
      const one = next.number(award)
      if (one !== undefined) yield one
    }
    end()
  }
  return Symbol.asyncIterator in awards ? fromStream(awards) : fromList(awards)
}

function numbering(after: string | undefined) {
  let index = -1
  let isPast = after === undefined
  return {
    isPast: () => isPast,
    /** Undefined for one that is passed over. */
    number: (award: Award): NumberedAward | undefined => {
      index++
      if (isPast) return { award, index }
      isPast = award?.id === after
      return undefined
    },
  }
}
