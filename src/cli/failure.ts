/**
 * Why a command ends early, and what people read of it. A mistake of theirs never shows a stack trace; a bug says that it is one.
 *
 * @module
 */
import {
  DefectError,
  OpenBadgeError,
  ParseError,
  ResolutionError,
  SigningError,
  StoreError,
  UsageError,
} from '../errors.js'
import { EXIT, type ExitCode } from './exit.js'
import type { OptionsDef } from './option-def.js'
import { printable } from './printable.js'

/** Ends the command with this code. The message is for people and says the way out. */
export class CommandFailure extends Error {
  readonly exit: ExitCode
  /** Further lines. */
  readonly details: readonly string[]

  constructor(exit: ExitCode, message: string, details: readonly string[] = [], options?: ErrorOptions) {
    super(message, options)
    this.name = 'CommandFailure'
    this.exit = exit
    this.details = details
  }
}

/** The command was given wrongly. */
export function misuse(message: string, ...details: string[]): CommandFailure {
  return new CommandFailure(EXIT.usage, message, details)
}

/** Does some work on a named input; what the library says of it gets the name. */
export async function about<T>(name: string, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ParseError)
      throw new CommandFailure(EXIT.data, `${name}: ${error.message}`, issuesOf(error), { cause: error })
    // Here the library's caller is this program, and what it passed on wrongly stands in the file.
    if (error instanceof UsageError)
      throw new CommandFailure(EXIT.data, `${name}: ${error.message}`, [], { cause: error })
    throw error
  }
}

/** One of several inputs, which does not stop the others. */
export function failureOf(name: string, error: unknown): CommandFailure {
  const { exit, lines } = describeFailure(error)
  const [first = '', ...others] = lines
  return exit === EXIT.bug
    ? new CommandFailure(exit, first, [name, ...others], { cause: error })
    : new CommandFailure(exit, `${name}: ${first}`, others, { cause: error })
}

export interface Failure {
  readonly exit: ExitCode
  /** Printable. */
  readonly lines: readonly string[]
}

/**
 * The library's words about its options in those of a command. Where it names the one that is wrong, that becomes the flag; others it
 * names become flags where they cannot be mistaken for something else, as two words in one.
 */
function inFlags({ message, option: wrong }: UsageError, options: OptionsDef): string {
  const flags = new Map(
    Object.entries(options).map(([name, { sets }]) => [
      sets ?? name.replace(/-(.)/g, (_, letter) => letter.toUpperCase()),
      name,
    ]),
  )
  const head = wrong?.split(/[.[]/, 1)[0]
  return message.replace(/"([A-Za-z]+)((?:\.\w+|\[\d+\])*)"/g, (quoted, name: string, inside: string) => {
    const flag = name === head || /[A-Z]/.test(name) ? flags.get(name) : undefined
    return flag === undefined ? quoted : `--${flag}${inside.replace(/^\./, ' ')}`
  })
}

/** The library's ways out in flags, where a finding or a loader names them. For what is shown to people; data stays as the library says it. */
export function inOwnWords(message: string): string {
  return message
    .replaceAll('allowPrivateAddresses: insecureNetwork', '--insecure-network')
    .replaceAll('accept: "any-credential"', '--accept any-credential')
    .replaceAll(', or all of it to importBadges', '')
}

/** It is the file that is wrong, not the place. */
const DATA_CODES: readonly string[] = ['store.invalid_export', 'store.newer_export']

/** What to print and how to exit for anything that was thrown. `options` are those of the command. */
export function describeFailure(error: unknown, options: OptionsDef = {}): Failure {
  if (error instanceof CommandFailure) return failure(error.exit, error.message, error.details)
  if (error instanceof UsageError) return failure(EXIT.usage, inFlags(error, options))
  if (error instanceof ParseError) return failure(exitOf(error), error.message, issuesOf(error))
  if (error instanceof ResolutionError) return failure(EXIT.unreachable, error.message)
  if (error instanceof SigningError) return failure(EXIT.data, error.message)
  if (error instanceof StoreError)
    return failure(DATA_CODES.includes(error.code) ? EXIT.data : EXIT.file, error.message)
  const thrown = error instanceof DefectError ? error.cause : error
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  const code = thrown instanceof OpenBadgeError ? ` (${thrown.code})` : ''
  return {
    exit: EXIT.bug,
    lines: [
      `this is a bug in badgewright${code}, and nothing that you did wrong. Please report it with these lines:`,
    ].concat(stack.split('\n').map((line) => printable(line))),
  }
}

function failure(exit: ExitCode, message: string, details: readonly string[] = []): Failure {
  return { exit, lines: [message, ...details].map((line) => printable(line)) }
}

/** A document whose contexts could not be loaded is not wrong. */
function exitOf({ issues }: ParseError): ExitCode {
  return issues.every(({ code }) => code === 'parse.unknown_context') ? EXIT.unreachable : EXIT.data
}

const MAX_ISSUES = 20

/** Where there are more reasons than the message names: all of them, each with its place. */
function issuesOf({ issues }: ParseError): string[] {
  if (issues.length <= 3) return []
  const shown = issues.slice(0, MAX_ISSUES).map(({ pointer, message }) => `  ${pointer || '(the whole)'}: ${message}`)
  return issues.length > MAX_ISSUES ? [...shown, `  and ${issues.length - MAX_ISSUES} more`] : shown
}
