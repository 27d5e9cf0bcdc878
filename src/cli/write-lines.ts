/**
 * A file that is written line by line, and stands under its name only when it is whole.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { fileFailure } from './files.js'

/** Characters that are written at once. */
const PIECE = 65_536

/** For its owner only. Throws CommandFailure 66 or 74 for what the system refuses; what the lines throw passes. */
export async function writeLines(path: string, name: string, lines: AsyncIterable<string>): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const handle = await open(draft, 'wx', 0o600)
    try {
      let piece = ''
      for await (const line of lines) {
        piece += `${line}\n`
        if (piece.length < PIECE) continue
        await handle.writeFile(piece)
        piece = ''
      }
      await handle.writeFile(piece)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw fileFailure(error, name)
  }
}
