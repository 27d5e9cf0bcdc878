/**
 * Is this a CASE package? Types and mandatory members by the table of classes; issues name the item by its code or statement.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import { pointer } from '../internal/json-pointer.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { CasePackage, CaseVersion } from './case-types.js'
import { isNumeric } from './case-view.js'
import { CASE_CLASSES, type CaseClass, type CaseKind } from './case-vocabulary.js'
import { canonicalUri } from './identifiers.js'
import { brief, isArray, Reading } from './reading.js'

/**
 * Reports what is missing or has another type. Of what the published JSON Schema demands only that is demanded without which an
 * item could not be named or shown: identifier, uri, its statement or title, both ends of an association. Formats (UUID,
 * date-time) are not judged: exports of real servers break them, and `writeCase` mends them.
 */
export function validateCase(reading: Reading): void {
  const content = reading.object(reading.value, '', 'the package')
  if (content === undefined) return
  if (content.CFDocument === undefined && isObject(content.CFPackage)) {
    reading.report('parse.missing', '/CFDocument', '"CFDocument" is missing: give what is inside "CFPackage"')
    return
  }
  validateClass(reading, content, 'CFPackage', '', 'the package')
  uniqueUris(reading, content)
}

/** Throws ParseError `parse.invalid` for what is no CASE package. */
export function demandCase(content: unknown): void {
  const reading = new Reading(content, 'a CASE package')
  validateCase(reading)
  reading.finish()
}

/** What cannot be done without. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  CFPackage: ['CFDocument'],
  CFDocument: ['identifier', 'uri', 'title'],
  CFItem: ['identifier', 'uri', 'fullStatement'],
  CFAssociation: ['associationType', 'originNodeURI', 'destinationNodeURI'],
}

/** Links that are read are these, and `CFItemURI`. A licence, a type or a subject may be anything: nothing is read of it. */
const READ_LINKS: readonly string[] = ['LinkGenURI']
const isUnread = (kind: CaseKind, member: string) => kind.startsWith('#LinkURI') && member !== 'CFItemURI'
const isNothing = (value: Json | undefined) =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

function validateClass(reading: Reading, value: JsonObject, className: string, place: string, name: string): void {
  const { members } = CASE_CLASSES[className] as CaseClass
  for (const member of NEEDED[className] ?? [])
    if (isNothing(value[member]))
      reading.report('parse.missing', pointer(place, member), `${name}: "${member}" is missing`)
  if (READ_LINKS.includes(className) && isNothing(value.uri) && isNothing(value.identifier))
    reading.report('parse.missing', pointer(place, 'uri'), `${name}: "uri" is missing`)
  for (const member of Object.keys(value)) {
    const found = value[member] as Json
    const kind = Object.hasOwn(members, member) ? members[member] : undefined
    if (kind === undefined || found === null || isUnread(kind, member)) continue
    const expected = mismatch(kind, found)
    if (expected !== undefined)
      reading.report('parse.type', pointer(place, member), `${name}: "${member}" must be ${expected}`)
    else if (kind.startsWith('#')) validateParts(reading, kind, found, pointer(place, member), name)
  }
}

function validateParts(reading: Reading, kind: CaseKind, value: Json, place: string, name: string): void {
  const className = kind.slice(1).replace('[]', '')
  const isLink = className.startsWith('Link')
  if (!kind.endsWith('[]')) {
    const member = place.slice(place.lastIndexOf('/') + 1)
    validateClass(reading, value as JsonObject, className, place, isLink ? `${name}: "${member}"` : `the ${className}`)
    return
  }
  for (const [index, item] of (value as readonly Json[]).entries()) {
    const at = pointer(place, index)
    if (isObject(item)) validateClass(reading, item, className, at, isLink ? name : nameOf(item, className, index))
    else reading.report('parse.type', at, `${className} ${index} must be an object`)
  }
}

/** What people would call the node. */
function nameOf(value: JsonObject, className: string, index: number): string {
  const names = [
    'humanCodingScheme',
    'abbreviatedStatement',
    'fullStatement',
    'title',
    'quality',
    'category',
    'identifier',
  ]
  const label = names.map((member) => value[member]).find((text) => typeof text === 'string' && text !== '')
  return `${className} ${index}${label === undefined ? '' : ` ("${brief(label as string)}")`}`
}

function mismatch(kind: CaseKind, value: Json): string | undefined {
  switch (kind) {
    case 'number':
    case 'integer':
      return typeof value === 'number' || value === '' || isNumeric(value) ? undefined : 'a number'
    case 'texts':
      // Servers write one text, too.
      return typeof value === 'string' || (isArray(value) && value.every((item) => typeof item === 'string'))
        ? undefined
        : 'an array of texts'
    case 'open':
      return isObject(value) ? undefined : 'an object'
    case 'opens':
      return isObject(value) || isArray(value) ? undefined : 'an array of objects'
    default:
      if (kind.endsWith('[]')) return isArray(value) ? undefined : 'an array'
      if (kind.startsWith('#')) return isObject(value) ? undefined : 'an object'
      return typeof value === 'string' ? undefined : 'a text'
  }
}

function uniqueUris(reading: Reading, { CFItems }: JsonObject): void {
  const seen = new Map<string, number>()
  for (const [index, item] of (isArray(CFItems) ? CFItems : []).entries()) {
    if (!isObject(item) || typeof item.uri !== 'string') continue
    const key = canonicalUri(item.uri)
    const other = seen.get(key)
    if (other !== undefined)
      reading.report(
        'parse.semantic',
        pointer(pointer('/CFItems', index), 'uri'),
        `${nameOf(item, 'CFItem', index)}: "uri" is the one of CFItem ${other} too: what names it would name both`,
      )
    else seen.set(key, index)
  }
}

/** By `caseVersion`; where there is none, 1.1 if any member or term of 1.1 is there. */
export function versionOfCase(content: CasePackage): CaseVersion {
  const { caseVersion } = content.CFDocument
  if (caseVersion !== undefined) return caseVersion === '1.0' ? '1.0' : '1.1'
  return uses11(content as unknown as JsonObject, 'CFPackage') ? '1.1' : '1.0'
}

function uses11(value: JsonObject, className: string): boolean {
  const { members, since11 = [] } = CASE_CLASSES[className] as CaseClass
  if (since11.some((member) => value[member] !== undefined)) return true
  const { associationType } = value
  if (className === 'CFAssociation' && typeof associationType === 'string' && associationType.startsWith('ext:'))
    return true
  return Object.keys(value).some((member) => {
    const kind = Object.hasOwn(members, member) ? members[member] : undefined
    const found = value[member] as Json
    if (kind === undefined || !kind.startsWith('#')) return false
    const part = kind.replace(/^#|\[\]$/g, '')
    if (isObject(found)) return uses11(found, part)
    return isArray(found) && found.some((item) => isObject(item) && uses11(item, part))
  })
}
