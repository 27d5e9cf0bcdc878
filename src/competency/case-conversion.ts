/**
 * From a CASE package as a server wrote it to one that follows the standard: 1.1 by 1EdTech's JSON Schema, or 1.0. Nothing is thrown
 * away in silence.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import { pointer } from '../internal/json-pointer.js'
import { date, type Members } from '../internal/members.js'
import type { Json, JsonObject } from '../internal/types.js'
import { demandOptions } from '../report/demand-options.js'
import { caseVersion } from './arguments.js'
import { caseIdentifier } from './case-naming.js'
import type { CasePackage, CaseVersion } from './case-types.js'
import { demandCase } from './case-validation.js'
import { isNumeric } from './case-view.js'
import { ASSOCIATION_TYPES, CASE_CLASSES, type CaseClass, type CaseKind, EXTENSION_TERM } from './case-vocabulary.js'
import { isArray } from './reading.js'

/** One change that writing made, for people who must answer for it. */
export interface CaseDifference {
  /** `moved`: the value is in "extensions". `dropped`: the version has no place for it. */
  readonly kind: 'moved' | 'changed' | 'dropped' | 'added'
  /** RFC 6901, into the package before. */
  readonly pointer: string
  readonly message: string
}

interface Conversion {
  readonly version: CaseVersion
  readonly now: string
  readonly differences: CaseDifference[]
}

/** To which version, and when: what has no date of its last change gets that. */
export interface ConvertCaseOptions {
  readonly version: CaseVersion
  readonly now: Date
}
const CONVERT: Members<ConvertCaseOptions> = { version: caseVersion, now: date }

/**
 * The package in the given version. To 1.1: members that the standard does not know go into "extensions", dates get an offset,
 * what is mandatory is filled in. To 1.0: what 1.1 added is dropped, `ext:` associations become isRelatedTo.
 *
 * Throws UsageError for wrong options; ParseError `parse.invalid` for what `readCase` would not read.
 */
export function convertCase(
  content: CasePackage,
  options: ConvertCaseOptions,
): { readonly package: CasePackage; readonly differences: readonly CaseDifference[] } {
  demandOptions(options, CONVERT, { required: ['version', 'now'] })
  demandCase(content)
  return convertRead(content, options)
}

/** For a package that has been read, or made, here. */
export function convertRead(
  content: CasePackage,
  options: ConvertCaseOptions,
): { readonly package: CasePackage; readonly differences: readonly CaseDifference[] } {
  const now = `${options.now.toISOString().slice(0, -5)}Z`
  const conversion: Conversion = { version: options.version, now, differences: [] }
  const converted = convertClass(content as unknown as JsonObject, 'CFPackage', '', conversion)
  return { package: converted as unknown as CasePackage, differences: conversion.differences }
}

function convertClass(value: JsonObject, className: string, place: string, conversion: Conversion): JsonObject {
  const { members, required, since11 = [] } = CASE_CLASSES[className] as CaseClass
  const { version, differences } = conversion
  const result: { [member: string]: Json } = {}
  const strange: { [member: string]: Json } = {}
  for (const [member, found] of Object.entries(value)) {
    const at = pointer(place, member)
    const kind = Object.hasOwn(members, member) ? members[member] : undefined
    if (kind === undefined) strange[member] = found
    else if (found === null)
      differences.push({ kind: 'changed', pointer: at, message: 'null is left out: the same as absent' })
    else if (version === '1.0' && since11.includes(member))
      differences.push({ kind: 'dropped', pointer: at, message: `CASE 1.0 has no "${member}" in ${className}` })
    else {
      const converted = convertValue(found, kind, at, conversion)
      if (converted !== undefined) result[member] = converted
    }
  }
  fill(result, value, className, required, place, conversion)
  if (className === 'CFDocument' && version === '1.1' && result.caseVersion !== '1.1') {
    differences.push({
      kind: 'added',
      pointer: pointer(place, 'caseVersion'),
      message: 'the version of CASE it follows',
    })
    result.caseVersion = '1.1'
  }
  keepStrange(result, strange, className, place, conversion)
  return result
}

/** CASE 1.0 has no place for members of one's own either, but its readers skip them: there they stay where they are. */
function keepStrange(
  result: { [member: string]: Json },
  strange: JsonObject,
  className: string,
  place: string,
  { version, differences }: Conversion,
): void {
  const names = Object.keys(strange)
  if (names.length === 0) return
  if (version === '1.0') {
    Object.assign(result, strange)
    return
  }
  const kind = CASE_CLASSES[className]?.members.extensions
  for (const name of names)
    differences.push(
      kind === undefined
        ? {
            kind: 'dropped',
            pointer: pointer(place, name),
            message: `${className} has no "${name}" and no "extensions"`,
          }
        : {
            kind: 'moved',
            pointer: pointer(place, name),
            message: `not of CASE 1.1: in "extensions" of the same ${className}`,
          },
    )
  if (kind === 'open') result.extensions = { ...strange, ...(isObject(result.extensions) ? result.extensions : {}) }
  if (kind === 'opens') result.extensions = [...(isArray(result.extensions) ? result.extensions : []), strange]
}

function convertValue(value: Json, kind: CaseKind, place: string, conversion: Conversion): Json | undefined {
  const { version, differences } = conversion
  const changed = (to: Json, message: string): Json => {
    differences.push({ kind: 'changed', pointer: place, message })
    return to
  }
  const dropped = (message: string): undefined => {
    differences.push({ kind: 'dropped', pointer: place, message })
  }
  if (kind.startsWith('#')) {
    const className = kind.slice(1).replace('[]', '')
    if (isArray(value))
      return value.map((item, index) =>
        isObject(item) ? convertClass(item, className, pointer(place, index), conversion) : item,
      )
    return isObject(value) ? convertClass(value, className, place, conversion) : value
  }
  switch (kind) {
    case 'texts':
      return typeof value === 'string' ? changed([value], 'one text where the standard has an array') : value
    case 'opens':
      return isObject(value) ? changed([value], 'one object where the standard has an array') : value
    case 'version':
      return value === '1.1' ? value : changed('1.1', 'the version of CASE it follows now')
    case 'number':
      return isNumeric(value) ? changed(Number(value), 'a number where it was a text') : value
    case 'integer':
      if (isNumeric(value)) return changed(Math.round(Number(value)), 'a whole number where it was a text')
      return Number.isInteger(value)
        ? value
        : changed(Math.round(value as number), 'the standard has whole numbers here')
    case 'uuid':
      if (typeof value !== 'string' || UUID.test(value)) return value
      return changed(caseIdentifier(value), `"${value}" is no UUID: replaced by one made from it`)
    case 'date':
      if (typeof value !== 'string' || /^\d{4}-\d\d-\d\d$/.test(value)) return value
      return /^\d{4}-\d\d-\d\d[T ]/.test(value)
        ? changed(value.slice(0, 10), 'a date without a time')
        : dropped(`"${value}" is no date (YYYY-MM-DD)`)
    case 'dateTime':
      return typeof value === 'string' ? dateTime(value, changed) : value
    case 'associationType':
      if (ASSOCIATION_TYPES.includes(value as string)) return value
      if (version === '1.0') return changed('isRelatedTo', `CASE 1.0 has no association "${value}"`)
      return EXTENSION_TERM.test(value as string)
        ? value
        : changed(
            `ext:${(value as string).replace(/[^A-Za-z0-9._|-]/g, '_')}`,
            `"${value}" is no term of CASE: an extension term`,
          )
    default:
      return value
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** RFC 3339 wants an offset; a time without one is read as UTC. */
function dateTime(value: string, changed: (to: string, message: string) => Json): Json {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(value)) return value
  const parts = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(\.\d+)?)?(?:(Z)|([+-]\d\d):?(\d\d))?$/i.exec(value)
  if (parts === null) return value
  const [, day, minutes = '00:00', seconds = ':00', fraction = '', , hours, rest] = parts
  const offset = hours === undefined ? 'Z' : `${hours}:${rest}`
  return changed(
    `${day}T${minutes}${seconds}${fraction}${offset}`,
    'a date-time with its offset; where there was none, UTC',
  )
}

/** What is no text has been reported by validation, and is no name for anything. */
const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

function fill(
  result: { [member: string]: Json },
  value: JsonObject,
  className: string,
  required: readonly string[],
  place: string,
  { now, differences }: Conversion,
): void {
  const title = textOf(value.title)
  const name = textOf(value.uri) ?? title ?? place
  const defaults: Readonly<Record<string, Json>> = {
    identifier: caseIdentifier(name),
    uri: `urn:uuid:${textOf(value.identifier) ?? caseIdentifier(name)}`,
    title: name,
    description: title ?? '',
    creator: 'unknown',
    licenseText: textOf(value.description) ?? title ?? '',
    hierarchyCode: '',
    lastChangeDateTime: now,
  }
  for (const member of required) {
    if (result[member] !== undefined || defaults[member] === undefined) continue
    result[member] = defaults[member]
    const message = `${className} must have "${member}" in the standard: filled in`
    differences.push({ kind: 'added', pointer: pointer(place, member), message })
  }
}
