/**
 * The classes of the model from values of any origin, for people who hold a document and want its type. Nothing is verified.
 *
 * @module
 */

import type { ParseErrorCode } from '../error-codes.js'
import { ParseError, type ParseIssue } from '../errors.js'
import { JsonError, snapshotJson } from '../internal/json.js'
import { isObject, MAX_DEPTH } from '../internal/json-object.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { OpenBadgeCredential } from './achievement.js'
import type { VerifiableCredential } from './credential.js'
import { KINDS, type ModelKind, type ModelKinds } from './kinds.js'
import type { VerifiablePresentation } from './presentation.js'
import type { EndorsementCredential, Profile } from './profile.js'
import { readModel } from './read.js'

/**
 * An Open Badge from a JSON value, in the strict form and under VCDM 2.0 names. Throws ParseError `parse.invalid` with every
 * issue. Of a text use JSON.parse first, or decodeCredential. Nothing has been verified.
 */
export function parseCredential(value: unknown): OpenBadgeCredential {
  return parseModel(value, 'open-badge')
}

/** An endorsement; see parseCredential. */
export function parseEndorsement(value: unknown): EndorsementCredential {
  return parseModel(value, 'endorsement')
}

/** A profile; see parseCredential. */
export function parseProfile(value: unknown): Profile {
  return parseModel(value, 'profile')
}

/** Any VCDM 2.0 or 1.1 credential; see parseCredential. */
export function parseVerifiableCredential(value: unknown): VerifiableCredential {
  return parseModel(value, 'credential')
}

/** A presentation; see parseCredential. */
export function parsePresentation(value: unknown): VerifiablePresentation {
  return parseModel(value, 'presentation')
}

function parseModel<Kind extends ModelKind>(value: unknown, kind: Kind): ModelKinds[Kind] {
  const reading = readModel(plain(value, kind), kind)
  if (!reading.ok) throw invalid(kind, reading.issues)
  return reading.value
}

/** Plain JSON of a caller's value. Throws ParseError. */
export function plain(value: unknown, kind: ModelKind): Json {
  if (typeof value === 'string') {
    const message = 'a text is no document yet: use JSON.parse, or decodeCredential for a JWT'
    throw invalid(kind, [{ code: 'parse.type', pointer: '', message }])
  }
  try {
    return snapshotJson(value, { maxDepth: MAX_DEPTH })
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    throw invalid(kind, [{ code: CODES[error.kind], pointer: error.pointer, message: error.message }], error)
  }
}

/** The same of what has to be an object. */
export function plainObject(value: unknown, kind: ModelKind): JsonObject {
  const document = plain(value, kind)
  if (isObject(document)) return document
  throw invalid(kind, [{ code: 'parse.type', pointer: '', message: 'it is no object' }])
}

const CODES: Readonly<Record<JsonError['kind'], ParseErrorCode>> = {
  syntax: 'parse.not_json',
  not_json: 'parse.not_json',
  depth: 'parse.too_deep',
  size: 'parse.too_large',
  duplicate: 'parse.duplicate_member',
  forbidden_member: 'parse.forbidden_member',
}

/** The message names the first issues, `issues` has all. */
export function invalid(kind: ModelKind, issues: readonly ParseIssue[], cause?: unknown): ParseError {
  const shown = issues.slice(0, 3).map(({ pointer, message }) => (pointer === '' ? message : `${pointer}: ${message}`))
  const more = issues.length > shown.length ? `; and ${issues.length - shown.length} more` : ''
  const options = cause === undefined ? undefined : { cause }
  return new ParseError('parse.invalid', `not ${KINDS[kind].name}: ${shown.join('; ')}${more}`, issues, options)
}
