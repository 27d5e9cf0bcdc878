/**
 * The errors this library throws. Three kinds of wrong use three channels: the caller's mistake is a `UsageError`, the
 * outside world's failure has an error of its own here, and a bad badge is never an error but a report. What is left is a bug, which is none
 * of these and no verdict either.
 *
 * @module
 */

import type {
  DefectErrorCode,
  ErrorCode,
  ParseErrorCode,
  ResolutionErrorCode,
  SigningErrorCode,
  StoreErrorCode,
  UsageErrorCode,
} from './error-codes.js'

const BRAND = Symbol.for('badgewright.error')

/** One thing that is wrong with a document, and where. */
export interface ParseIssue {
  /** `parse.*`, or the code of the rule that was broken. */
  readonly code: string
  /** RFC 6901 JSON Pointer into the document; the empty string is the whole document. */
  readonly pointer: string
  /** For people; may be reworded in any release. */
  readonly message: string
}

/**
 * The base of every error this library throws on purpose. `code` is stable, `message` is for people.
 *
 * `instanceof` works across copies of the library (the ESM and the CommonJS build, two versions in one tree), because
 * it reads a brand and not the prototype.
 */
export class OpenBadgeError extends Error {
  /** One of `ERROR_CODES`; classes and ports of your own may have others. */
  readonly code: ErrorCode | (string & {})

  constructor(code: ErrorCode | (string & {}), message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    brand(this, 'OpenBadgeError')
  }

  /** True for errors of other copies of this library too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: the class on the right of instanceof, often a subclass.
    const name = BRANDED.get(this)
    if (name !== undefined) return hasBrand(value, name)
    // A caller's own subclass has no brand: it keeps the ordinary meaning of instanceof.
    // biome-ignore lint/complexity/noThisInStatic: the same.
    return Function.prototype[Symbol.hasInstance].call(this, value)
  }
}

/** The call is wrong: an option, a key that does not fit, an issuer that is not the signer's. Thrown before any work is done. */
export class UsageError extends OpenBadgeError {
  declare readonly code: UsageErrorCode
  /**
   * The option, member or argument that is wrong, as the caller wrote it: `recipent`, `status.ttlSeconds`, `recipient[1].type`. Undefined
   * where the mistake is in no single one.
   */
  declare readonly option?: string

  constructor(
    code: UsageErrorCode,
    message: string,
    { option, ...options }: ErrorOptions & { readonly option?: string | undefined } = {},
  ) {
    super(code, message, options)
    if (option !== undefined) this.option = option
    brand(this, 'UsageError')
  }
}

/** `usage.invalid_option`. `says` completes the sentence `"option" ...`. */
export function invalidOption(option: string, says: string, options?: ErrorOptions): UsageError {
  return new UsageError('usage.invalid_option', sentence(option, says), { ...options, option })
}

/** `usage.missing_option`. `says` completes the sentence `"option" ...`. */
export function missingOption(option: string, says: string, options?: ErrorOptions): UsageError {
  return new UsageError('usage.missing_option', sentence(option, says), { ...options, option })
}

function sentence(option: string, says: string): string {
  return `"${option}"${says.startsWith(':') ? '' : ' '}${says}`
}

/** A document that cannot be read as what it should be. `issues` has every reason that was found, each with its place. */
export class ParseError extends OpenBadgeError {
  declare readonly code: ParseErrorCode
  readonly issues: readonly ParseIssue[]

  constructor(code: ParseErrorCode, message: string, issues?: readonly ParseIssue[], options?: ErrorOptions) {
    super(code, message, options)
    this.issues = issues ?? [{ code, pointer: '', message }]
    brand(this, 'ParseError')
  }
}

/** Something that had to be loaded could not be: a context, a DID document, a key, a status list. */
export class ResolutionError extends OpenBadgeError {
  declare readonly code: ResolutionErrorCode
  /** What was asked for: a URL or DID URL. */
  readonly url: string

  constructor(code: ResolutionErrorCode, url: string, message: string, options?: ErrorOptions) {
    super(code, message, options)
    this.url = url
    brand(this, 'ResolutionError')
  }
}

/** A key or a key management service failed, or signed with another key than it said. No credential leaves. */
export class SigningError extends OpenBadgeError {
  declare readonly code: SigningErrorCode
  constructor(code: SigningErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options)
    brand(this, 'SigningError')
  }
}

/** A status or credential store failed, or was asked for something that it does not have. */
export class StoreError extends OpenBadgeError {
  declare readonly code: StoreErrorCode
  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options)
    brand(this, 'StoreError')
  }
}

/**
 * A bug: of this library, or of a part that the caller brought (a loader that throws what no loader throws). Nothing is said of the
 * badge. `cause` is what was thrown.
 */
export class DefectError extends OpenBadgeError {
  declare readonly code: DefectErrorCode

  constructor(code: DefectErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options)
    brand(this, 'DefectError')
  }
}

const BRANDED = new Map<unknown, string>([
  [OpenBadgeError, 'OpenBadgeError'],
  [UsageError, 'UsageError'],
  [ParseError, 'ParseError'],
  [ResolutionError, 'ResolutionError'],
  [SigningError, 'SigningError'],
  [StoreError, 'StoreError'],
  [DefectError, 'DefectError'],
])

/** Brands are inherited: a ParseError is an OpenBadgeError in every copy. The name survives minifiers. */
function brand(error: Error & { [BRAND]?: readonly string[] }, name: string): void {
  Object.defineProperty(error, BRAND, { value: [...(error[BRAND] ?? []), name], configurable: true })
  Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true })
}

function hasBrand(value: unknown, name: string): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Boolean((value as { [BRAND]?: readonly string[] })[BRAND]?.includes(name))
  )
}
