/**
 * Files and standard input, read within a bound and written whole.
 *
 * @module
 */
import { type FileHandle, lstat, open } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { concatBytes } from '../internal/bytes.js'
import type { Bytes } from '../internal/types.js'
import { createFileAtomically } from '../node/create-file.js'
import { writeFileAtomically } from '../node/files.js'
import { EXIT } from './exit.js'
import { CommandFailure, misuse } from './failure.js'
import type { Io } from './io.js'

/** What stands for standard input and output. */
export const STANDARD = '-'

/** In messages. */
export function shownName(name: string): string {
  return name === STANDARD ? 'standard input' : name
}

export interface WriteOptions {
  /** Only the owner may read it, and what is there is not replaced unless `replace`. */
  readonly secret?: boolean
  /** Default true; for secrets false. */
  readonly replace?: boolean
}

export interface Files {
  /** At most `maxBytes` and one more, so that the caller sees that it is too much. Throws CommandFailure 66 or 74. */
  read(name: string, maxBytes: number): Promise<Bytes>
  /** All or nothing: a reader never sees half a file. Throws CommandFailure 74. */
  write(name: string, bytes: Bytes | string, options?: WriteOptions): Promise<void>
  /** In pieces, without a bound. Throws CommandFailure 66 or 74; of standard input, the signal's reason too. */
  stream(name: string): AsyncGenerator<Bytes>
  /** The path as the operating system takes it. */
  resolve(name: string): string
}

export function createFiles({ stdin, cwd, signal }: Io): Files {
  let stdinIsTaken = false
  const resolve = (name: string) => (isAbsolute(name) ? name : join(cwd, name))
  return {
    resolve,
    read: async (name, maxBytes) => {
      signal.throwIfAborted()
      if (name !== STANDARD) return readFile(resolve(name), name, maxBytes)
      if (stdinIsTaken) throw misuse('standard input (-) can be read once only')
      stdinIsTaken = true
      return readStream(stdin, maxBytes, signal)
    },
    stream: (name) => {
      if (name !== STANDARD) return streamFile(resolve(name), name)
      if (stdinIsTaken) throw misuse('standard input (-) can be read once only')
      stdinIsTaken = true
      return abortable(stdin, signal)
    },
    write: (name, bytes, options = {}) => writeFile(resolve(name), name, bytes, options),
  }
}

async function readFile(path: string, name: string, maxBytes: number): Promise<Bytes> {
  let handle: FileHandle | undefined
  try {
    handle = await open(path, 'r')
    if ((await handle.stat()).isDirectory()) throw new CommandFailure(EXIT.file, `${name}: is a folder, not a file`)
    return await readStream(chunksOf(handle), maxBytes)
  } catch (error) {
    throw fileFailure(error, name)
  } finally {
    await handle?.close()
  }
}

async function* streamFile(path: string, name: string): AsyncGenerator<Bytes> {
  let handle: FileHandle | undefined
  try {
    handle = await open(path, 'r')
    if ((await handle.stat()).isDirectory()) throw new CommandFailure(EXIT.file, `${name}: is a folder, not a file`)
    yield* chunksOf(handle)
  } catch (error) {
    throw fileFailure(error, name)
  } finally {
    await handle?.close()
  }
}

async function* abortable(stream: AsyncIterable<Bytes>, signal: AbortSignal): AsyncGenerator<Bytes> {
  const source = stream[Symbol.asyncIterator]()
  const { promise: aborted, forget } = abortion(signal)
  try {
    signal.throwIfAborted()
    for (;;) {
      const next = await Promise.race([source.next(), aborted])
      if (next.done) return
      yield next.value
    }
  } finally {
    forget()
  }
}

const CHUNK_BYTES = 65_536

async function* chunksOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  for (;;) {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(CHUNK_BYTES), 0, CHUNK_BYTES)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}

/** A terminal or a pipe may never end: Ctrl-C does. */
async function readStream(stream: AsyncIterable<Uint8Array>, maxBytes: number, signal?: AbortSignal): Promise<Bytes> {
  const chunks: Uint8Array[] = []
  let length = 0
  const source = stream[Symbol.asyncIterator]()
  const { promise: aborted, forget } = abortion(signal)
  try {
    while (length <= maxBytes) {
      const next = await Promise.race([source.next(), aborted])
      if (next.done) break
      chunks.push(next.value)
      length += next.value.length
    }
  } finally {
    forget()
  }
  return concatBytes(...chunks)
}

function abortion(signal: AbortSignal | undefined): { promise: Promise<never>; forget: () => void } {
  let onAbort = () => {}
  const promise = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal?.reason)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
  // Whoever races it sees the rejection; alone it must not count as unhandled.
  promise.catch(() => undefined)
  return { promise, forget: () => signal?.removeEventListener('abort', onAbort) }
}

async function writeFile(path: string, name: string, bytes: Bytes | string, options: WriteOptions): Promise<void> {
  const { secret = false, replace = !secret } = options
  const mode = secret ? 0o600 : 0o666
  try {
    const present = await lstat(path).catch(() => undefined)
    if (present !== undefined && !replace) throw new CommandFailure(EXIT.file, `${name}: ${REASONS.EEXIST.reason}`)
    // A device, a pipe or a link is written through; everything else is put in place when it is complete.
    if (present !== undefined && !present.isFile() && !secret) return await writeThrough(path, bytes)
    await (replace ? writeFileAtomically : createFileAtomically)(path, bytes, mode)
  } catch (error) {
    const failure = fileFailure(error, name)
    if (failure instanceof CommandFailure && failure.exit === EXIT.noInput)
      throw new CommandFailure(EXIT.file, `${name}: cannot be written, its folder does not exist`, [], { cause: error })
    throw failure
  }
}

async function writeThrough(path: string, bytes: Bytes | string): Promise<void> {
  const handle = await open(path, 'w')
  try {
    await handle.writeFile(bytes)
  } finally {
    await handle.close()
  }
}

/** What the operating system says, in words. Anything that is not its answer is passed on. */
export function fileFailure(error: unknown, name: string): unknown {
  const code = error instanceof Error && 'syscall' in error ? String((error as NodeJS.ErrnoException).code) : undefined
  if (code === undefined) return error
  const row = (REASONS as Readonly<Record<string, Reason>>)[code] ?? {
    exit: EXIT.file,
    reason: `cannot be read or written (${code})`,
  }
  return new CommandFailure(row.exit, `${name}: ${row.reason}`, [], { cause: error })
}

interface Reason {
  readonly exit: typeof EXIT.file | typeof EXIT.noInput
  readonly reason: string
}

const REASONS = {
  ENOENT: { exit: EXIT.noInput, reason: 'no such file or folder' },
  ENOTDIR: { exit: EXIT.noInput, reason: 'no such file: a part of its path is no folder' },
  EACCES: { exit: EXIT.file, reason: 'permission denied' },
  EPERM: { exit: EXIT.file, reason: 'permission denied' },
  EEXIST: { exit: EXIT.file, reason: 'is there already, and stays as it is: name another file, or say --force' },
  EISDIR: { exit: EXIT.file, reason: 'is a folder, not a file' },
  ENOSPC: { exit: EXIT.file, reason: 'the disk is full' },
  EROFS: { exit: EXIT.file, reason: 'the disk is read-only' },
  EMFILE: { exit: EXIT.file, reason: 'too many files are open' },
  ENAMETOOLONG: { exit: EXIT.noInput, reason: 'its name is too long' },
  ELOOP: { exit: EXIT.file, reason: 'its links lead in a circle' },
} as const satisfies Readonly<Record<string, Reason>>
