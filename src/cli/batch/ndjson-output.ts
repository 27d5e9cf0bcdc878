/**
 * One file with a line for each award: `{"id":"<award>","credential":{...}}`, or the JWT as `credential`.
 *
 * @module
 */
import { type FileHandle, open } from 'node:fs/promises'
import { defaultLimits } from '../../entries/index.js'
import { JsonError, parseJson } from '../../internal/json.js'
import type { Bytes, JsonObject } from '../../internal/types.js'
import { EXIT } from '../exit.js'
import { CommandFailure } from '../failure.js'
import { fileFailure } from '../files.js'
import { toJson } from '../printable.js'
import type { Session } from '../session.js'
import { linesOf } from './lines.js'
import type { BatchOutput } from './output.js'

/**
 * Goes on where an earlier run ended: a last line that was torn is cut off, and its award is issued again. Throws CommandFailure 74, and
 * 65 for a file that is something else.
 */
export async function ndjsonOutput(name: string, { files }: Session): Promise<BatchOutput> {
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw asWritten(fileFailure(error, name), name, error)
    }
  }
  const path = files.resolve(name)
  // For reading and writing, made where there is none; not emptied.
  const handle = await guard(() => open(path, 'a+'))
  try {
    const earlier = await guard(() => readEarlier(handle, name))
    const appending = appender(handle, earlier.end)
    return {
      remarks: earlier.torn
        ? [
            `${name}: its last line was torn when an earlier run was cut off; it has been removed, and its award is issued again`,
          ]
        : [],
      failuresFile: `${name.replace(/\.[^.]*$/, '')}.failures.ndjson`,
      has: async (awardId) => earlier.ids.has(awardId),
      write: (awardId, { json, jwt }) =>
        guard(() => appending.append(`${START.slice(0, -1)}${toJson(awardId)},"credential":${json ?? toJson(jwt)}}\n`)),
      close: async () => {
        await appending.settled()
        await handle.close()
      },
    }
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** More than a badge is. */
const MAX_LINE = 16 * defaultLimits.documentBytes

interface Earlier {
  readonly ids: ReadonlySet<string>
  /** Where the next line begins. */
  readonly end: number
  readonly torn: boolean
}

async function readEarlier(handle: FileHandle, name: string): Promise<Earlier> {
  const ids = new Set<string>()
  let end = 0
  for await (const line of linesOf(chunksFrom(handle), MAX_LINE)) {
    const id = idIn(line.text)
    if (!line.isWhole && id !== undefined) {
      // Only the line break is missing.
      await handle.appendFile('\n')
      return { ids: ids.add(id), end: line.end + 1, torn: false }
    }
    if (!line.isWhole && (await startsAsOurs(handle, end)) && !isJson(line.text)) {
      await handle.truncate(end)
      return { ids, end, torn: true }
    }
    if (id === undefined && line.text?.trim() !== '')
      throw new CommandFailure(
        EXIT.data,
        `${name}: line ${line.number} is no badge of a batch: it stays as it is; name another file`,
      )
    if (id !== undefined) ids.add(id)
    end = line.end
  }
  return { ids, end, torn: false }
}

const START = '{"id":"'

/** Somebody else's file is not to be cut: a torn line of ours begins as all of ours do. */
async function startsAsOurs(handle: FileHandle, position: number): Promise<boolean> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(START.length), 0, START.length, position)
  return START.startsWith(buffer.toString('utf8', 0, bytesRead))
}

function isJson(text: string | undefined): boolean {
  try {
    JSON.parse(text ?? '')
    return true
  } catch {
    return false
  }
}

function idIn(text: string | undefined): string | undefined {
  if (text === undefined || text.trim() === '') return undefined
  try {
    const value = parseJson(text, { maxDepth: defaultLimits.depth + 2 }) as JsonObject | null
    return typeof value?.id === 'string' && value.credential !== undefined ? value.id : undefined
  } catch (error) {
    if (error instanceof JsonError) return undefined
    throw error
  }
}

async function* chunksFrom(handle: FileHandle): AsyncGenerator<Bytes> {
  const size = 65_536
  for (let position = 0; ; ) {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(size), 0, size, position)
    if (bytesRead === 0) return
    position += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

/** Lines that come while others are being written go together. A disk that is full keeps no part of a line. */
function appender(
  handle: FileHandle,
  start: number,
): { append(line: string): Promise<void>; settled(): Promise<void> } {
  let end = start
  let lines: string[] = []
  let flushing: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined
  let broken: { readonly error: unknown } | undefined

  async function flush(): Promise<void> {
    next = undefined
    if (broken !== undefined) throw broken.error
    const bytes = Buffer.from(lines.join(''))
    lines = []
    try {
      await handle.appendFile(bytes)
      end += bytes.length
    } catch (error) {
      broken = { error }
      await handle.truncate(end)
      throw error
    }
  }
  return {
    append: (line) => {
      lines.push(line)
      if (next === undefined) {
        next = flushing.catch(() => undefined).then(flush)
        flushing = next
        flushing.catch(() => undefined)
      }
      return next
    },
    settled: () => flushing.catch(() => undefined),
  }
}

/** For who writes, a folder that is missing is no missing input. */
function asWritten(failure: unknown, name: string, cause: unknown): unknown {
  return failure instanceof CommandFailure && failure.exit === EXIT.noInput
    ? new CommandFailure(EXIT.file, `${name}: cannot be written, its folder does not exist`, [], { cause })
    : failure
}
