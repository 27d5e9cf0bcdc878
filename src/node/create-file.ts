/**
 * A new file, whole, or none.
 *
 * @module
 */
import { link, rm } from 'node:fs/promises'
import type { Bytes } from '../internal/types.js'
import { throughDraft, writeNew } from './files.js'

/**
 * `writeFileAtomically` for a file that must not be there yet: of two processes one makes it, and the other is told. A full disk leaves
 * nothing behind, no empty file either.
 *
 * Throws what node:fs throws, `EEXIST` where something has that name.
 */
export async function createFileAtomically(path: string, content: Bytes | string, mode = 0o666): Promise<void> {
  await throughDraft(path, content, mode, async (draft) => {
    try {
      // Unlike rename, link replaces nothing.
      await link(draft, path)
    } catch (error) {
      if (!NO_LINKS.has(String((error as NodeJS.ErrnoException).code))) throw error
      await writeNew(path, content, mode)
    }
    await rm(draft, { force: true })
  })
}

/** How file systems without hard links (FAT, some network drives) answer. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])
