/**
 * Stacks: reading their JSON form, and putting together what a stack extends.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import { isSameJson } from '../internal/json-equal.js'
import { pointer } from '../internal/json-pointer.js'
import { arrayOf, type Kind, record, text } from '../internal/members.js'
import type { Json, JsonObject } from '../internal/types.js'
import { demandArgument } from '../report/demand-options.js'
import { stack as stackKind } from './arguments.js'
import { canonicalUri } from './identifiers.js'
import { readRequiredContext } from './read-context.js'
import { brief, present, Reading } from './reading.js'
import type { CompetencyStack, Predictable, Requirement } from './types.js'

/** Levels of requirements within requirements. */
const MAX_DEPTH = 16
/** Requirements of a stack, those of the stacks it extends too. */
const MAX_REQUIREMENTS = 1000
/** `atLeast` and `maxAgeMonths` are whole numbers from 1. */
const MAX_MONTHS = 1200

const COMMON = ['id']
const LEAF = [
  'competency',
  'level',
  'evidence',
  'maxAgeMonths',
  'issuers',
  'endorsedBy',
  'matches',
  'covers',
  'predictable',
  'context',
]
const STACK = ['$schema', 'id', 'name', 'role', 'version', 'extends', 'requirements']

/**
 * Reads a stack (parsed JSON; `schemas/competency-stack.json` is its schema). Closed: a mistyped member would weaken what a role
 * needs. Throws ParseError `parse.invalid` with every issue, each naming its requirement.
 */
export function parseStack(value: unknown): CompetencyStack {
  const reading = new Reading(value, 'a competency stack')
  const ids = new Map<string, string>()
  const object = reading.object(reading.value, '', 'the stack')
  const name = 'the stack'
  const stack = object === undefined ? {} : object
  reading.only(stack, STACK, '', name)
  reading.optionalText(stack, '$schema', '', name)
  const read = present<CompetencyStack>({
    id: reading.uri(stack, 'id', '', name) ?? '',
    name: reading.text(stack, 'name', '', name) ?? '',
    role: reading.optionalText(stack, 'role', '', name),
    version: reading.optionalText(stack, 'version', '', name),
    extends: reading.uris(stack, 'extends', '', name),
    requirements: readRequirements(reading, stack, 'requirements', '', name, ids, 0),
  })
  if (object !== undefined && stack.requirements === undefined)
    reading.report('parse.missing', '/requirements', 'the stack "requirements" is missing: an array')
  if (object !== undefined && read.requirements.length === 0 && (read.extends ?? []).length === 0)
    reading.report('parse.value', '/requirements', 'the stack requires nothing: everybody would fit')
  reading.finish()
  return read
}

function readRequirements(
  reading: Reading,
  parent: JsonObject,
  member: string,
  place: string,
  name: string,
  ids: Map<string, string>,
  depth: number,
): Requirement[] {
  if (depth > MAX_DEPTH) {
    reading.report('parse.value', pointer(place, member), `more than ${MAX_DEPTH} levels of requirements`)
    return []
  }
  const entries = reading.objects(parent, member, place, name)
  return entries.map((entry, index) => readRequirement(reading, entry, index, ids, depth))
}

function readRequirement(
  reading: Reading,
  { value, place }: { value: JsonObject; place: string },
  index: number,
  ids: Map<string, string>,
  depth: number,
): Requirement {
  const name = `requirement ${typeof value.id === 'string' ? `"${brief(value.id)}"` : index}`
  const id = reading.text(value, 'id', place, name) ?? ''
  if (id !== '' && ids.has(id))
    reading.report('parse.semantic', pointer(place, 'id'), `${name} has the id of the one at ${ids.get(id)}`)
  ids.set(id, place)
  if (ids.size > MAX_REQUIREMENTS) reading.report('parse.value', place, `more than ${MAX_REQUIREMENTS} requirements`)
  const kinds = ['competency', 'allOf', 'anyOf'].filter((member) => value[member] !== undefined)
  if (kinds.length !== 1)
    reading.report('parse.value', place, `${name} needs exactly one of "competency", "allOf", "anyOf"`)
  if (value.allOf !== undefined) return { id, allOf: readParts(reading, value, 'allOf', [], place, name, ids, depth) }
  if (value.anyOf !== undefined) {
    const anyOf = readParts(reading, value, 'anyOf', ['atLeast', 'distinct'], place, name, ids, depth)
    const atLeast = wholeNumber(reading, value, 'atLeast', place, name, anyOf.length)
    if (value.atLeast === undefined)
      reading.report('parse.missing', pointer(place, 'atLeast'), `${name} "atLeast" is missing: how many of them`)
    const distinct = reading.optionalBoolean(value, 'distinct', place, name)
    return { id, anyOf, atLeast: atLeast ?? 1, ...(distinct === undefined ? {} : { distinct }) }
  }
  return readLeaf(reading, value, id, place, name)
}

function readParts(
  reading: Reading,
  value: JsonObject,
  member: 'allOf' | 'anyOf',
  further: readonly string[],
  place: string,
  name: string,
  ids: Map<string, string>,
  depth: number,
): Requirement[] {
  reading.only(value, [...COMMON, member, ...further], place, name)
  const parts = readRequirements(reading, value, member, place, name, ids, depth + 1)
  if (Array.isArray(value[member]) && parts.length === 0)
    reading.report('parse.value', pointer(place, member), `${name} "${member}" is empty: it would always be met`)
  return parts
}

function wholeNumber(reading: Reading, value: JsonObject, member: string, place: string, name: string, max: number) {
  const number = reading.optionalNumber(value, member, place, name)
  if (number === undefined || (Number.isInteger(number) && number >= 1 && number <= max)) return number
  reading.report('parse.value', pointer(place, member), `${name} "${member}" must be a whole number from 1 to ${max}`)
  return undefined
}

function readLeaf(reading: Reading, value: JsonObject, id: string, place: string, name: string): Requirement {
  reading.only(value, [...COMMON, ...LEAF], place, name)
  const { matches } = value
  if (matches !== undefined && matches !== 'exact' && matches !== 'narrow')
    reading.report('parse.value', pointer(place, 'matches'), `${name} "matches" must be "exact" or "narrow"`)
  const { covers } = value
  if (covers !== undefined && covers !== 'parts' && covers !== 'itself')
    reading.report('parse.value', pointer(place, 'covers'), `${name} "covers" must be "parts" or "itself"`)
  const issuers = reading.uris(value, 'issuers', place, name)
  if (issuers?.length === 0)
    reading.report('parse.value', pointer(place, 'issuers'), `${name} accepts no issuer at all: nobody could fit`)
  return present<Extract<Requirement, { competency: string }>>({
    id,
    competency: reading.uri(value, 'competency', place, name) ?? '',
    level: value.level === undefined ? undefined : reading.uri(value, 'level', place, name),
    evidence: reading.optionalBoolean(value, 'evidence', place, name),
    maxAgeMonths: wholeNumber(reading, value, 'maxAgeMonths', place, name, MAX_MONTHS),
    issuers,
    endorsedBy: readEndorsers(reading, value.endorsedBy, value, place, name),
    matches: matches === 'narrow' || matches === 'exact' ? matches : undefined,
    covers: covers === 'parts' || covers === 'itself' ? covers : undefined,
    predictable: readPredictable(reading, value, place, name),
    context: readRequiredContext(reading, value, place, name),
  })
}

function readPredictable(reading: Reading, { predictable: given }: JsonObject, place: string, name: string) {
  if (given === undefined) return undefined
  const own = `${name} "predictable"`
  const at = pointer(place, 'predictable')
  const object = reading.object(given, at, own)
  if (object === undefined) return undefined
  reading.only(object, ['confirmed', 'confidence'], at, own)
  const number = (member: keyof Predictable, isRight: (value: number) => boolean, says: string) => {
    const value = reading.optionalNumber(object, member, at, own)
    if (object[member] === undefined)
      reading.report('parse.missing', pointer(at, member), `${own} "${member}" is missing: ${says}`)
    else if (value !== undefined && !isRight(value))
      reading.report('parse.value', pointer(at, member), `${own} "${member}" must be ${says}`)
    return value ?? 0.5
  }
  return {
    confirmed: number('confirmed', (share) => share > 0 && share < 1, 'a number above 0 and below 1, such as 0.9'),
    confidence: number(
      'confidence',
      (level) => level >= 0.5 && level <= 0.9999,
      'a number from 0.5 to 0.9999, such as 0.95',
    ),
  }
}

function readEndorsers(reading: Reading, given: Json | undefined, value: JsonObject, place: string, name: string) {
  if (given === undefined || given === 'independent') return given
  const endorsers = reading.uris(value, 'endorsedBy', place, name)
  if (endorsers?.length === 0)
    reading.report('parse.value', pointer(place, 'endorsedBy'), `${name} "endorsedBy" names nobody`)
  return endorsers
}

const named: Kind = (value, path) => {
  const { id, version } = (record(value, path) === undefined ? value : {}) as Partial<CompetencyStack>
  return text(id, `${path}.id`) ?? (version === undefined ? undefined : text(version, `${path}.version`))
}

/** How reports and `extends` name a stack: its id, with `@` and the version where it has one. */
export function stackName(stack: Pick<CompetencyStack, 'id' | 'version'>): string {
  demandArgument(stack, named, 'stack')
  const { id, version } = stack
  return version === undefined ? id : `${id}@${version}`
}

/**
 * All requirements of a stack: those of the stacks it extends first, each stack once, in order. `extends` names a stack by its id,
 * or a certain version by `id@version`. Throws UsageError: `usage.unknown_stack`, `usage.ambiguous_stack` (several versions, none
 * named), `usage.cyclic_stack`, `usage.duplicate_requirement` (two stacks use one id for different requirements).
 */
export function requirementsOf(
  stack: CompetencyStack,
  others: readonly CompetencyStack[] = [],
): readonly Requirement[] {
  demandArgument(stack, stackKind, 'stack')
  demandArgument(others, arrayOf(stackKind), 'others')
  const found = new Map<string, { requirement: Requirement; from: string }>()
  const done = new Set<string>()
  const visit = (current: CompetencyStack, path: readonly string[]) => {
    const name = stackName(current)
    if (path.includes(name))
      throw new UsageError(
        'usage.cyclic_stack',
        `a stack extends itself: ${[...path.slice(path.indexOf(name)), name].join(' > ')}`,
      )
    if (done.has(name)) return
    for (const reference of current.extends ?? []) visit(findStack(reference, others, name), [...path, name])
    done.add(name)
    for (const requirement of current.requirements) {
      // Two versions of a stack may ask the same: once is enough.
      const same = found.get(requirement.id)?.requirement
      if (same !== undefined && isSameJson(same as unknown as Json, requirement as unknown as Json)) continue
      for (const id of idsOf(requirement)) {
        const other = found.get(id)
        if (other !== undefined)
          throw new UsageError(
            'usage.duplicate_requirement',
            `${name} has a requirement "${id}", and so has ${other.from}: give one of them another id`,
          )
        found.set(id, { requirement, from: name })
      }
    }
  }
  visit(stack, [])
  if (found.size > MAX_REQUIREMENTS)
    throw new UsageError('usage.large_stack', `${stackName(stack)} has more than ${MAX_REQUIREMENTS} requirements`)
  return [...new Set([...found.values()].map(({ requirement }) => requirement))]
}

function idsOf(requirement: Requirement): string[] {
  const parts = 'allOf' in requirement ? requirement.allOf : 'anyOf' in requirement ? requirement.anyOf : []
  return [requirement.id, ...parts.flatMap(idsOf)]
}

function findStack(reference: string, stacks: readonly CompetencyStack[], by: string): CompetencyStack {
  const exact = stacks.find((stack) => stackName(stack) === reference)
  if (exact !== undefined) return exact
  const named = stacks.filter(({ id }) => canonicalUri(id) === canonicalUri(reference))
  const [only, another] = named
  if (only === undefined)
    throw new UsageError('usage.unknown_stack', `${by} extends ${reference}, which is not among "stacks": add it`)
  if (another !== undefined)
    throw new UsageError(
      'usage.ambiguous_stack',
      `${by} extends ${reference}, of which there are ${named.length} versions: name one, e.g. ${stackName(only)}`,
    )
  return only
}
