/**
 * Badges in files: read as they are wanted, written whole or not at all.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import { constants, type Dirent } from 'node:fs'
import { type FileHandle, open, opendir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultLimits } from '../defaults/platform.js'
import { bytes, either, type Kind, kindOf, text, whole } from '../internal/members.js'
import type { Bytes } from '../internal/types.js'
import { demandArgument } from '../report/demand-options.js'

const filePath: Kind = kindOf(
  'a path: a text without U+0000',
  (value) => typeof value === 'string' && value !== '' && !value.includes('\0'),
)

/** Names that badges have. What a file is, its content says. */
const BADGE_FILE = /\.(?:json|jsonld|jwt|1ob|png|svg)$/i

/**
 * The badge files in a folder and below it (.json, .jsonld, .jwt, .1ob, .png, .svg), for `verifyAll`: each
 * is read when it is its turn. Or one file. Hidden names and links to folders are passed over. Of a file that is larger than an
 * image may be (`defaultLimits.imageBytes`) only so much is read that the report says so.
 *
 * Throws UsageError for arguments that are none, and what node:fs throws.
 */
export async function* badgeFiles(path: string): AsyncGenerator<{ readonly name: string; readonly input: Bytes }> {
  demandArgument(path, filePath, 'path')
  if (!(await stat(path)).isDirectory()) {
    yield { name: path, input: await readBounded(path, defaultLimits.imageBytes) }
    return
  }
  for (const entry of await listed(path)) {
    const below = join(path, entry.name)
    if (entry.isDirectory()) yield* badgeFiles(below)
    else if (BADGE_FILE.test(entry.name))
      yield { name: below, input: await readBounded(below, defaultLimits.imageBytes) }
  }
}

/** In the order of their names, so that two runs agree. */
async function listed(path: string): Promise<Dirent[]> {
  const entries: Dirent[] = []
  for await (const entry of await opendir(path)) if (!entry.name.startsWith('.')) entries.push(entry)
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** At most `maxBytes` and one more, so that the caller sees that it is too much. */
async function readBounded(path: string, maxBytes: number): Promise<Bytes> {
  const handle = await open(path, constants.O_RDONLY)
  try {
    const { size } = await handle.stat()
    const bytes = new Uint8Array(Math.min(size, maxBytes + 1))
    let length = 0
    while (length < bytes.length) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length)
      if (bytesRead === 0) break
      length += bytesRead
    }
    return bytes.subarray(0, length)
  } finally {
    await handle.close()
  }
}

/** The ending of a file that is being written; one that is left over belongs to a process that was killed. */
export const DRAFT = /\.[0-9a-f]{12}\.tmp$/

/**
 * All or nothing: a reader sees the old file or the new one, never a part, whatever happens in between. A full disk leaves no
 * draft behind; a process that is killed may leave one, `<path>.<12 hex digits>.tmp`.
 *
 * Throws UsageError for arguments that are none, and what node:fs throws.
 */
export async function writeFileAtomically(path: string, content: Bytes | string, mode = 0o666): Promise<void> {
  demandArgument(path, filePath, 'path')
  demandArgument(content, either(bytes, text), 'content')
  demandArgument(mode, whole(0, 0o7777), 'mode')
  await throughDraft(path, content, mode, (draft) => rename(draft, path))
}

/** Writes a draft beside `path`, has it `put` in place, and takes it away where that failed. */
export async function throughDraft(
  path: string,
  content: Bytes | string,
  mode: number,
  put: (draft: string) => Promise<void>,
): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await writeNew(draft, content, mode)
    await put(draft)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** A file of this call's own: what could not be written whole is taken away again. */
export async function writeNew(path: string, content: Bytes | string, mode: number): Promise<void> {
  const handle: FileHandle = await open(path, 'wx', mode)
  try {
    try {
      await handle.writeFile(content)
    } finally {
      // Some file systems say only here that the disk is full.
      await handle.close()
    }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}
