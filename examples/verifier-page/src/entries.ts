/** The badges that were given and how far each is: what list, detail and comparison show. */
import type { Source, Verdict, Verified } from './protocol.js'

export type EntryState = 'waiting' | 'checking' | 'done' | 'failed'

export interface Entry {
  readonly id: number
  readonly name: string
  /** Absent where it was refused at once. */
  readonly source?: Source
  state: EntryState
  /** What is being asked for just now. */
  fetching?: string
  verified?: Verified
  /** Why there is no verdict. */
  problem?: string
}

export interface Tally {
  readonly total: number
  readonly done: number
  readonly counts: Readonly<Record<Verdict | 'failed', number>>
}

export function tally(entries: readonly Entry[]): Tally {
  const counts = { verified: 0, signed: 0, invalid: 0, indeterminate: 0, failed: 0 }
  for (const { state, verified } of entries) {
    if (state === 'failed') counts.failed += 1
    else if (state === 'done' && verified !== undefined) counts[verified.verdict] += 1
  }
  const done = Object.values(counts).reduce((sum, each) => sum + each, 0)
  return { total: entries.length, done, counts }
}
