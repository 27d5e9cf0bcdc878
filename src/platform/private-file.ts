/**
 * Files that only their owner may read, on runtimes that have files.
 *
 * @module
 */
import { nodeBuiltin } from './builtin.js'

/**
 * Makes an empty file with mode 0600 where none is. One that is there stays as it is, with the mode that its owner gave it; that it cannot
 * be made is left to be said by whoever opens it then.
 */
export function ensurePrivateFile(path: string): void {
  const fs = nodeBuiltin('node:fs')
  if (fs === undefined) return
  try {
    fs.closeSync(fs.openSync(path, 'wx', 0o600))
  } catch (error) {
    if ((error as { syscall?: unknown }).syscall === undefined) throw error
  }
}
