/**
 * An export, put into empty stores: the issuer goes on where the export was made.
 *
 * @module
 */
import { StoreError, UsageError } from '../errors.js'
import { callable, kindOf, type Members, signal } from '../internal/members.js'
import { hashHex } from '../platform/hash.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { backupOf, NAME_OF_KIND, type StoresWithBackup } from './export-stores.js'
import { demandFirstLine, type EndLine, invalidLine, readBackupLine } from './read-backup-line.js'
import type { BackupCounts, BackupRow, StoreBackup } from './store-backup.js'

/** How an export is put into stores. */
export interface ImportOptions {
  /** Ends it between two groups of lines; it can be gone on with. */
  readonly signal?: AbortSignal | undefined
  /** Told after each group of lines: the rows that are there by now. */
  readonly onProgress?: ((progress: BackupCounts) => void) | undefined
}

const OPTIONS: Members<ImportOptions> = { signal, onProgress: callable }

/** Of one transaction: rows, and characters of their lines. */
const GROUP = 500
const GROUP_SIZE = 4_194_304

const lineStream = kindOf(
  'an iterable of lines',
  (value) => typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value),
)

interface Group {
  readonly rows: readonly BackupRow[]
  readonly text: string
  readonly end?: EndLine
}

/**
 * Restores what `exportStores` wrote, into empty stores of any kind that have a backup: what was given out stays given out, the same award id
 * gives the same badge, and the leases of the processes that issued are nobody's. Lines come without their line breaks, as `node:readline` reads
 * them. Do not issue into the stores before it has ended.
 *
 * Cut off, it goes on when it is started again with the same export. Throws StoreError `store.not_empty` for stores that hold anything else;
 * `store.newer_export`; `store.invalid_export` with the number of a line that is damaged, or after which the file ends too early; `store.conflict`
 * where somebody wrote into the stores meanwhile; UsageError for stores in memory. An abort rejects with the signal's reason.
 */
export async function importInto(
  stores: StoresWithBackup,
  lines: AsyncIterable<string> | Iterable<string>,
  options?: ImportOptions,
): Promise<BackupCounts> {
  const backup = backupOf(stores)
  demandArgument(lines, lineStream, 'lines')
  demandOptions(options, OPTIONS)
  const counts = { lists: 0, entries: 0, awards: 0, credentials: 0 }
  let isBegun = false
  for await (const { rows, text, end } of groups(lines)) {
    options?.signal?.throwIfAborted()
    // By what it begins with: another export of the same issuer parts from this one where it differs, or is found out at its end.
    if (!isBegun) await backup.begin(hashHex('SHA-256', text))
    isBegun = true
    if (rows.length > 0) await backup.write(rows)
    for (const { kind } of rows) counts[NAME_OF_KIND[kind]]++
    if (end !== undefined) await finish(backup, counts, end)
    options?.onProgress?.({ ...counts })
  }
  return counts
}

async function finish(backup: StoreBackup, counts: BackupCounts, { kind: _, ...told }: EndLine): Promise<void> {
  for (const name of Object.values(NAME_OF_KIND))
    if (told[name] !== counts[name])
      throw new StoreError(
        'store.invalid_export',
        `the export has ${counts[name]} ${name}, and says ${told[name]}: lines of it are missing`,
      )
  await backup.end(counts)
}

async function* groups(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Group> {
  let [number, size] = [0, 0]
  let rows: BackupRow[] = []
  let texts: string[] = []
  let end: EndLine | undefined
  for await (const line of lines) {
    number++
    if (typeof line !== 'string')
      throw new UsageError('usage.invalid_input', `line ${number} is no text: give lines, as node:readline reads them`)
    if (end !== undefined) throw invalidLine(number, 'stands behind the end')
    texts.push(line)
    if (number === 1) {
      demandFirstLine(line)
      continue
    }
    const value = readBackupLine(line, number)
    if (value.kind === 'end') {
      end = value
      continue
    }
    rows.push(value)
    size += line.length
    if (rows.length < GROUP && size < GROUP_SIZE) continue
    yield { rows, text: texts.join('\n') }
    ;[rows, texts, size] = [[], [], 0]
  }
  if (number === 0) throw new StoreError('store.invalid_export', 'there are no lines: this is no export')
  if (end === undefined) throw invalidLine(number + 1, 'is missing: the export was cut off there')
  yield { rows, text: texts.join('\n'), end }
}
