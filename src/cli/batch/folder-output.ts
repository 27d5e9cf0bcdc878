/**
 * A folder with a file for each award, named after the award.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeUtf8 } from '../../internal/bytes.js'
import { DRAFT, writeFileAtomically } from '../../node/files.js'
import { EXIT } from '../exit.js'
import { CommandFailure } from '../failure.js'
import { fileFailure } from '../files.js'
import type { Session } from '../session.js'
import type { BatchOutput } from './output.js'

/** Makes the folder where there is none. Throws CommandFailure 74. */
export async function folderOutput(name: string, extension: string, { files }: Session): Promise<BatchOutput> {
  const folder = files.resolve(name)
  const pending = new Set<Promise<void>>()
  const present = await inFolder(name, async () => {
    await mkdir(folder, { recursive: true })
    const names = await readdir(folder)
    // Those of a run that was killed while it wrote.
    await Promise.all(names.filter((one) => DRAFT.test(one)).map((one) => rm(join(folder, one), { force: true })))
    // Whether it can be written is found out before the first badge is signed.
    const probe = join(folder, '.badgewright-probe')
    await writeFileAtomically(probe, '')
    await rm(probe, { force: true })
    return new Set(names)
  })
  return {
    remarks: [],
    failuresFile: `${name.replace(/[\\/]+$/, '')}/failures.ndjson`,
    has: async (awardId) => {
      const file = fileNameOf(awardId, extension)
      // After a power failure a file may have its name and nothing in it.
      return present.has(file) && (await inFolder(name, () => stat(join(folder, file)))).size > 0
    },
    write: (awardId, { json, jwt, image }) => {
      const file = fileNameOf(awardId, extension)
      const writing = inFolder(`${name}/${file}`, () =>
        writeFileAtomically(join(folder, file), image ?? `${json ?? jwt}\n`),
      )
      pending.add(writing)
      const forget = () => pending.delete(writing)
      writing.then(forget, forget)
      return writing
    },
    close: async () => {
      await Promise.allSettled(pending)
    },
  }
}

async function inFolder<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const failure = fileFailure(error, name)
    // For who writes a folder that is not one is not a missing input.
    if (failure instanceof CommandFailure && failure.exit === EXIT.noInput)
      throw new CommandFailure(
        EXIT.file,
        `${name}: cannot be written: its path leads through something that is no folder`,
        [],
        {
          cause: error,
        },
      )
    throw failure
  }
}

const MAX_NAME = 100

/**
 * Another file for each id, on every system: what not all of them allow is written as %XX, and where capitals are all that tells two
 * ids apart, or the name would be too long, a hash follows.
 */
export function fileNameOf(awardId: string, extension: string): string {
  const safe = [...awardId]
    .map((character, index) =>
      /[A-Za-z0-9_-]/.test(character) || (character === '.' && index > 0) ? character : hex(character),
    )
    .join('')
    // Devices of Windows, with any ending.
    .replace(/^(?=(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))./i, hex)
  if (safe.length <= MAX_NAME && !/[A-Z]/.test(awardId)) return `${safe}.${extension}`
  const digest = createHash('sha256').update(awardId).digest('hex').slice(0, 16)
  return `${safe.slice(0, MAX_NAME)}~${digest}.${extension}`
}

function hex(character: string): string {
  return [...encodeUtf8(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
}
