/**
 * Exit codes: three for verdicts, the others after BSD's sysexits.h.
 *
 * @module
 */

export const EXIT = {
  /** Done; of `verify`: every badge is valid. */
  ok: 0,
  invalid: 1,
  indeterminate: 2,
  /** The command was given wrongly. */
  usage: 64,
  /** An input that cannot be read as what it should be. */
  data: 65,
  noInput: 66,
  unreachable: 69,
  bug: 70,
  /** A file that cannot be read or written. */
  file: 74,
  /** Ctrl-C: 128 and the number of SIGINT. */
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** From best to worst. Invalid is worse than indeterminate; a badge that could not even be read from disk is worse than both. */
const SEVERITY: readonly ExitCode[] = [
  EXIT.ok,
  EXIT.indeterminate,
  EXIT.invalid,
  EXIT.data,
  EXIT.noInput,
  EXIT.unreachable,
  EXIT.file,
  EXIT.usage,
  EXIT.bug,
  EXIT.interrupted,
]

/** The worst of two. */
export function worse(a: ExitCode, b: ExitCode): ExitCode {
  return SEVERITY.indexOf(a) >= SEVERITY.indexOf(b) ? a : b
}
