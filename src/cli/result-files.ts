/**
 * Where a badge goes that a command made: a file, or standard output.
 *
 * @module
 */
import { lstat } from 'node:fs/promises'
import { encodeUtf8 } from '../internal/bytes.js'
import type { Bytes } from '../internal/types.js'
import { EXIT } from './exit.js'
import { CommandFailure, misuse } from './failure.js'
import { STANDARD } from './files.js'
import { printable, toJson } from './printable.js'
import type { Session } from './session.js'

export interface ResultOptions {
  /** Undefined: standard output. */
  readonly out: string | undefined
  /** Say what was written as JSON on standard output. */
  readonly json: boolean
}

/** Before any work is done: can the answer be given so? Throws CommandFailure 64. */
export function checkResultOptions({ out, json }: ResultOptions): void {
  if (json && (out === undefined || out === STANDARD))
    throw misuse('--json describes the file that is written: name it with --out <file>')
}

/**
 * Before a badge is signed for a file: another's badge may lie there. A device or a pipe is no file. Throws CommandFailure 74.
 */
export async function refuseToReplace(out: string | undefined, force: boolean, { files }: Session): Promise<void> {
  if (out === undefined || out === STANDARD || force) return
  const present = await lstat(files.resolve(out)).catch(() => undefined)
  if (present?.isFile() === true)
    throw new CommandFailure(
      EXIT.file,
      `${out}: is there already, and stays as it is: name another file, or say --force`,
    )
}

/** Text of a credential: JSON for people, a JWT in one line. */
export function credentialText(secured: object | string): string {
  return typeof secured === 'string' ? `${secured}\n` : `${toJson(secured, 2)}\n`
}

/** Images never go to a terminal. `summary` is plain JSON about what was written. */
export async function writeResult(
  content: Bytes | string,
  { out, json }: ResultOptions,
  summary: Readonly<Record<string, unknown>>,
  session: Session,
): Promise<void> {
  const { io, files } = session
  if (out === undefined || out === STANDARD) {
    if (typeof content !== 'string' && io.stdout.isTTY)
      throw misuse('an image is nothing for a terminal: name a file with --out <file>')
    io.stdout.write(typeof content === 'string' ? encodeUtf8(content) : content)
    return
  }
  await files.write(out, content)
  if (json) session.printJson({ file: out, ...summary }, 2)
  else session.note(`wrote ${printable(out)}`)
}
