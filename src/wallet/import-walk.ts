/**
 * What one import may hold and has found so far.
 *
 * @module
 */
import type { DecodedCredential } from '../bake/decode.js'
import type { ParseErrorCode } from '../error-codes.js'
import { type OpenBadgeError, ParseError, type ParseIssue, UsageError } from '../errors.js'
import type { Limits } from '../report/limits.js'
import type { DocumentLoader } from '../resolve/document-loader.js'
import type { WalletMessage } from './message.js'

/** Where something stood: a JSON Pointer into what was given, or after `#` into what was loaded from a URL. */
export type Place = string

/** As `decodeCredential` gives it, with its place. Nothing has been verified. */
export interface ImportedBadge extends DecodedCredential {
  readonly place: Place
}

/** What could not be imported, and why. */
export interface ImportProblem {
  readonly place: Place
  /**
   * `parse.*` as from `decodeCredential`; besides `parse.link` (a broken link), `parse.unsupported`, `parse.open_badges_2`,
   * `parse.is_url` (no loader was given), `parse.too_many`, `parse.too_deep`; `resolve.*` for what could not be loaded.
   */
  readonly code: string
  readonly message: string
  /** Places inside the document that could not be read. */
  readonly issues?: readonly ParseIssue[]
}

/** A message, and where it was found. */
export interface ImportedMessage {
  readonly place: Place
  readonly message: WalletMessage
}

export interface Walk {
  readonly limits: Limits
  readonly loader: DocumentLoader | undefined
  readonly signal: AbortSignal | undefined
  readonly maxItems: number
  readonly badges: ImportedBadge[]
  readonly messages: ImportedMessage[]
  readonly problems: ImportProblem[]
  /** URLs that were asked for. */
  readonly loaded: Set<string>
  /** Bytes and code units that may still be read. */
  left: number
  /** `maxItems` have been found. */
  isFull: boolean
}

export function add<T>(walk: Walk, list: T[], item: T): void {
  const { badges, messages, problems, maxItems } = walk
  if (badges.length + messages.length + problems.length < maxItems) {
    list.push(item)
    return
  }
  if (walk.isFull) return
  walk.isFull = true
  problems.push({
    place: '',
    code: 'parse.too_many',
    message: `more than ${maxItems} badges, messages and problems: raise maxItems, or import in parts`,
  })
}

/** A few large images are one import, thousands are not. */
export function spend(amount: number, walk: Walk): void {
  walk.left -= amount
  if (walk.left < 0)
    throw unreadable('parse.too_large', 'more than one import may hold: import it in parts, or raise limits.imageBytes')
}

export function problemOf(error: OpenBadgeError, place: Place): ImportProblem {
  const { code, message } = error
  // A value that is neither bytes, text nor object is a misuse by itself, and one bad item among others here.
  const own = error instanceof UsageError ? 'parse.unsupported' : code
  const issues =
    error instanceof ParseError && error.issues.some((issue) => issue.pointer !== '') ? error.issues : undefined
  return { place, code: own, message, ...(issues === undefined ? {} : { issues }) }
}

export function unreadable(code: ParseErrorCode, message: string, options?: ErrorOptions, at = ''): ParseError {
  return new ParseError(code, message, [{ code, pointer: at, message }], options)
}
