/**
 * The awards of a batch that could not be issued: for people at the end, and for programs in a file.
 *
 * @module
 */
import { rm } from 'node:fs/promises'
import { OpenBadgeError, ParseError } from '../../entries/index.js'
import { writeFileAtomically } from '../../node/files.js'
import { CommandFailure } from '../failure.js'
import { fileFailure } from '../files.js'
import { printable, toJson } from '../printable.js'
import type { Session } from '../session.js'

export interface Failures {
  add(place: { readonly line: number; readonly id?: string | undefined }, error: unknown): void
  readonly count: number
  /** Writes the file, or removes that of an earlier run where nothing failed now. Answers lines for people. */
  report(file: string): Promise<readonly string[]>
}

const SHOWN = 20
/** What is kept of each is short; a batch in which more fail is wrong as a whole. */
const KEPT = 100_000

export function createFailures({ files }: Session): Failures {
  const lines: string[] = []
  const kept: string[] = []
  let count = 0
  return {
    get count() {
      return count
    },
    add: ({ line, id }, error) => {
      count++
      const message = error instanceof Error ? error.message : String(error)
      if (lines.length < SHOWN)
        lines.push(`  line ${line}${id === undefined ? '' : ` (${printable(id, 60)})`}: ${printable(message, 300)}`)
      if (kept.length < KEPT)
        kept.push(
          toJson({
            line,
            ...(id === undefined ? {} : { id }),
            ...(error instanceof OpenBadgeError ? { code: error.code } : {}),
            message: message.slice(0, 2000),
            ...(error instanceof ParseError ? { issues: error.issues.slice(0, 20) } : {}),
          }),
        )
    },
    report: async (file) => {
      const path = files.resolve(file)
      if (count === 0) {
        await rm(path, { force: true }).catch(() => undefined)
        return []
      }
      const more = count > lines.length ? [`  and ${count - lines.length} more`] : []
      try {
        await writeFileAtomically(path, kept.map((line) => `${line}\n`).join(''))
        return [...lines, ...more, `  all of them: ${printable(file)}`]
      } catch (error) {
        const failure = fileFailure(error, file)
        if (!(failure instanceof CommandFailure)) throw failure
        // The badges count for more than the list of those that are missing.
        return [...lines, ...more, `  ${printable(failure.message)}`]
      }
    },
  }
}
