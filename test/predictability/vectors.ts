/**
 * The vectors beside the project (facts/vectors.json), by kind, and tables made of them.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { ratingRows } from '../../src/predictability/ratings.js'

export interface Vector {
  readonly id: string
  readonly kind: string
  readonly source: string
  readonly table: readonly (readonly number[])[]
  readonly ratings: readonly (readonly (string | number | null)[])[]
  readonly counts: readonly (readonly number[])[]
  readonly scores: readonly (readonly number[])[]
  readonly scale: readonly (string | number)[]
  readonly weights: { readonly name: string; readonly agreement: readonly (readonly number[])[] | null }
  // biome-ignore lint/suspicious/noExplicitAny: each vector has members of its own.
  readonly expected: any
  // biome-ignore lint/suspicious/noExplicitAny: each vector has members of its own.
  readonly published: any
  // biome-ignore lint/suspicious/noExplicitAny: each vector has members of its own.
  readonly [other: string]: any
}

export const VECTORS = 'facts/vectors.json'

export function readVectors(path: string): { vectors: readonly Vector[]; of: (id: string) => Vector } {
  const { vectors } = JSON.parse(readFileSync(path, 'utf8')) as { vectors: readonly Vector[] }
  const of = (id: string) => {
    const found = vectors.find((vector) => vector.id === id)
    if (found === undefined) throw new Error(`no vector ${id}`)
    return found
  }
  return { vectors, of }
}

/** Names of levels that are no numbers, so that they are ranks. */
export const levelNames = (count: number) => Array.from({ length: count }, (_, index) => `level ${index + 1}`)

/** A contingency table of two raters as rows. */
export function tableOfTwo(table: readonly (readonly number[])[]) {
  const levels = levelNames(table.length)
  const rows = table.flatMap((row, a) =>
    row.flatMap((count, b) => Array.from({ length: count }, () => [levels[a] as string, levels[b] as string])),
  )
  return ratingRows(rows, { levels })
}

/** How many raters gave each level: who they are is not known. */
export function tableOfCounts(counts: readonly (readonly number[])[]) {
  const levels = levelNames(counts[0]?.length ?? 0)
  return ratingRows(
    counts.map((row) => row.flatMap((count, level) => Array.from({ length: count }, () => levels[level] as string))),
    { levels },
  )
}

export const tableOf = ({ ratings, scale }: Pick<Vector, 'ratings' | 'scale'>) =>
  ratingRows(ratings, { levels: scale.map(String) })

/** Half a unit of the last digit that a source prints. */
export function rounding(published: number): number {
  const digits = String(published).split('.')[1]?.length ?? 0
  return 0.5 * 10 ** -digits + 1e-9
}
