/**
 * Why something could not be read as a badge, or not be baked: every code of this room, in one place.
 *
 * @module
 */
import { ParseError, UsageError } from '../errors.js'
import type { JsonError, JsonFaultKind } from '../internal/json.js'

/** The codes of a ParseError about what holds a badge. What the badge itself says is the model's to judge. */
export type ContainerCode =
  /** Not JSON, not a compact JWS, not UTF-8, or nothing at all. The pointer is the place in the JSON text. */
  | 'parse.malformed'
  /** More bytes than `limits.documentBytes`, or for an image `limits.imageBytes`. */
  | 'parse.too_large'
  /** More levels than `limits.depth`, or elements nested too deeply in an SVG. */
  | 'parse.too_deep'
  /** Two members of one name in one object. */
  | 'parse.duplicate_member'
  /** A member `__proto__`. */
  | 'parse.forbidden_member'
  /** The given object has something that JSON cannot say: a Date, a function, a cycle. */
  | 'parse.not_json'
  /** A format we know by name and do not read: another image format, UTF-16, SD-JWT, an encrypted token, a web page. */
  | 'parse.unsupported'
  /** A link to a badge, or to a wallet, instead of the badge. Nothing is fetched. */
  | 'parse.is_url'
  /** The image holds a badge of Open Badges 2.0 or older, and none of 3.0. */
  | 'parse.open_badges_2'
  /** What had to be a PNG or SVG is neither. */
  | 'parse.not_an_image'
  /**
   * A PNG or SVG that is damaged: truncated, a chunk with a wrong length or checksum, XML that is not well-formed. To bake into, also
   * a PNG whose header or pixels no viewer can read.
   */
  | 'parse.malformed_image'
  /** An image that holds no badge. */
  | 'parse.no_badge_in_image'
  /** An image that holds more than one: which one counts would depend on the reader. */
  | 'parse.several_badges'

/** The error, with one issue that says the same. */
export function unreadable(code: ContainerCode, message: string, options?: ErrorOptions): ParseError {
  return new ParseError(code, message, undefined, options)
}

const CODE_OF: Readonly<Record<JsonFaultKind, ContainerCode>> = {
  syntax: 'parse.malformed',
  depth: 'parse.too_deep',
  size: 'parse.too_large',
  duplicate: 'parse.duplicate_member',
  forbidden_member: 'parse.forbidden_member',
  not_json: 'parse.not_json',
}

/** What is wrong with the JSON, with its place. */
export function unreadableJson(error: JsonError): ParseError {
  const { kind, pointer, message } = error
  const code = CODE_OF[kind]
  const place = pointer === '' ? '' : ` (at ${pointer})`
  return new ParseError(code, `${message}${place}`, [{ code, pointer, message }], { cause: error })
}

/** The codes of a UsageError here. */
export type BakeUsageCode =
  /** Neither bytes, nor text, nor an object. */
  | 'usage.invalid_input'
  /** The credential to bake has no proof, and is no compact JWS. */
  | 'usage.unsigned_credential'
  /** The credential to bake is no JSON value. */
  | 'usage.not_json'
  /** The credential to bake is longer than any reader with these limits would accept. */
  | 'usage.credential_too_large'
  /** `existing: 'refuse'`, and the image holds a badge. */
  | 'usage.already_baked'

export function misuse(code: BakeUsageCode, message: string, options?: ErrorOptions): UsageError {
  return new UsageError(code, message, options)
}
