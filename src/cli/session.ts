/**
 * One run of one command: its files, its styles, its two outputs.
 *
 * @module
 */
import { createFiles, type Files } from './files.js'
import type { Io } from './io.js'
import { toJson } from './printable.js'
import { type Style, styleOf } from './style.js'

export interface Session {
  readonly io: Io
  readonly files: Files
  /** For standard output. */
  readonly style: Style
  /** Lines to standard output. Texts from a badge go through `printable` first. */
  print(...lines: readonly string[]): void
  /** A JSON value to standard output, `indent` 2 for people. */
  printJson(value: unknown, indent?: number): void
  /** Lines to standard error: what is no part of the answer. */
  note(...lines: readonly string[]): void
  now(): Date
}

export function createSession(io: Io): Session {
  const line = (text: string) => `${text}\n`
  return {
    io,
    files: createFiles(io),
    style: styleOf(io.stdout, io.env),
    print: (...lines) => {
      io.stdout.write(lines.map(line).join(''))
    },
    printJson: (value, indent) => {
      io.stdout.write(line(toJson(value, indent)))
    },
    note: (...lines) => {
      io.stderr.write(lines.map(line).join(''))
    },
    now: () => io.now?.() ?? new Date(),
  }
}
