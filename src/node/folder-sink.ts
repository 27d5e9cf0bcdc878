/**
 * Results of batches in a folder: a folder for each batch, a file for each chunk.
 *
 * @module
 */
import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { invalidOption } from '../errors.js'
import { type Kind, kindOf, text } from '../internal/members.js'
import type { ResultSink } from '../jobs/batch-types.js'
import { demandArgument } from '../report/demand-options.js'
import { writeFileAtomically } from './files.js'

const folderPath: Kind = kindOf(
  'a path: a text without U+0000',
  (value) => typeof value === 'string' && value !== '' && !value.includes('\0'),
)
/** Those that `work` makes: no name leads out of the folder. */
const NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\/[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/
/** What was awarded to whom is nobody else's affair. */
const [OF_FOLDERS, OF_FILES] = [0o700, 0o600]

/**
 * For `work`: each chunk's results, a line of JSON for each award (`{ index, line?, id, credential }`, or `error` in place of it), in
 * `<folder>/<batch>/000001.ndjson` and so on. Written whole and to the disk before the chunk is settled; a chunk that comes again takes the place of its
 * file. Folders are made, and are for their owner only. A process that is killed may leave a draft, `<file>.<12 hex digits>.tmp`.
 *
 * Throws UsageError `usage.invalid_option`; writing and reading throw what node:fs throws.
 */
export function folderSink(folder: string): ResultSink {
  demandArgument(folder, folderPath, 'folder')
  const placeOf = (name: string): string => {
    demandArgument(name, text, 'name')
    if (!NAME.test(name)) throw invalidOption('name', 'is that of a batch and of a file in it, with one "/" between')
    return join(folder, name)
  }
  return {
    write: async (name, content) => {
      const path = placeOf(name)
      await mkdir(dirname(path), { recursive: true, mode: OF_FOLDERS })
      await writeFileAtomically(path, content, OF_FILES)
      // The chunk is settled in the database next, which outlives a failure of power: so do its results.
      await toDisk(path)
    },
    read: async (name) => {
      try {
        return await readFile(placeOf(name), 'utf8')
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },
  }
}

async function toDisk(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
