/**
 * Reads a controlled identifier document (Controlled Identifiers 1.0 section 2, DID Core 1.0 section 5): which keys it has,
 * for which relationships, and who controls them.
 *
 * @module
 */

import { isSameJson } from '../internal/json-equal.js'
import { isObject, listOf } from '../internal/json-object.js'
import { shown } from '../internal/shown.js'
import type { JsonObject } from '../internal/types.js'
import { type KeyFacts, keyError } from './resolved-key.js'
import { isOpenBadgesMultikey, readMethod } from './verification-method.js'

const RELATIONSHIPS = ['assertionMethod', 'authentication'] as const

/** Where methods stand. `publicKey` is what `verificationMethod` was called before DID Core 1.0. */
const METHOD_MEMBERS = ['verificationMethod', 'publicKey', ...RELATIONSHIPS] as const

/**
 * Throws ResolutionError where the document that is served at `location` is not that of `subject`: `resolve.wrong_document` where it says
 * that it is somebody else's, `resolve.malformed` where it says nothing of the kind, as an error message in JSON does.
 */
export function demandSubject(document: JsonObject, subject: string, url: string, location: string): void {
  const { id } = document
  if (id === subject) return
  if (typeof id !== 'string') throw keyError('resolve.malformed', url, `${location} is no key document: it has no "id"`)
  throw keyError('resolve.wrong_document', url, `${location} is the document of "${shown(id, 200)}", not of ${subject}`)
}

/**
 * The key `url` of the document, or, where `url` is the document's own id, its only one. Relationships are those of this
 * document: a key that is listed nowhere has none and may sign nothing. Throws ResolutionError.
 *
 * The key's controller has to be the document's subject (Controlled Identifiers 1.0 section 3.3 step 12): otherwise anybody
 * could write a document that gives his key to somebody else.
 */
export function findKey(document: JsonObject, url: string, evidence: Readonly<Record<string, string>>): KeyFacts {
  const id = document.id
  if (typeof id !== 'string') throw keyError('resolve.malformed', url, 'the key document has no "id"')
  const methods = listMethods(document, id)
  const found = url === id ? onlyMethod(methods, url) : methods.get(url)
  if (found === undefined) throw keyError('resolve.key_not_found', url, `the document of ${id} has no key ${url}`)
  const purposes = purposesOf(document, found.id, found.method)
  const key = readMethod(found.method, found.id, { purposes, evidence, owner: id })
  if (key.controller !== id) {
    throw keyError(
      'resolve.wrong_document',
      url,
      `the key ${found.id} names "${key.controller.slice(0, 200)}" as its controller, but stands in the document of ${id}: only the controller's own document can say so`,
    )
  }
  return key
}

/**
 * The relationships under which a document lists a key of its own.
 *
 * Open Badges 3.0 gives a Profile keys (class Multikey, appendix B.6.1) and no member for relationships: such a key in a Profile
 * that has none signs what the profile asserts. Every other key needs to be listed.
 */
export function purposesOf(document: JsonObject, id: string, method: JsonObject): string[] {
  const isListed = (member: string) => references(document, member, document.id as string).includes(id)
  const listed = RELATIONSHIPS.filter(isListed)
  const isProfile = [document.type].flat().includes('Profile') && document.assertionMethod === undefined
  const isMeant = isProfile && isOpenBadgesMultikey(method) && isListed('verificationMethod')
  return isMeant ? ['assertionMethod', ...listed] : listed
}

/** The ids that a member of the document names, absolute, whether it embeds the method or refers to it. */
export function references(document: JsonObject, member: string, base: string): string[] {
  return listOf(document[member]).flatMap((entry) => {
    const id = typeof entry === 'string' ? entry : isObject(entry) ? entry.id : undefined
    return typeof id === 'string' ? [absolute(id, base)] : []
  })
}

interface FoundMethod {
  readonly id: string
  readonly method: JsonObject
}

/** All methods by absolute id, those embedded in a relationship included. Two that differ under one id are refused: readers take either. */
function listMethods(document: JsonObject, base: string): Map<string, FoundMethod> {
  const methods = new Map<string, FoundMethod>()
  for (const entry of METHOD_MEMBERS.flatMap((name) => listOf(document[name]))) {
    if (!isObject(entry) || typeof entry.id !== 'string') continue
    const id = absolute(entry.id, base)
    const before = methods.get(id)
    if (before === undefined) methods.set(id, { id, method: entry })
    else if (!isSameJson(before.method, entry))
      throw keyError('resolve.malformed', base, `the document of ${base} has two different keys with the id ${id}`)
  }
  return methods
}

function onlyMethod(methods: ReadonlyMap<string, FoundMethod>, url: string): FoundMethod | undefined {
  if (methods.size > 1) {
    throw keyError(
      'resolve.key_not_found',
      url,
      `the document of ${url} has ${methods.size} keys, and the proof does not say which: name one by its fragment`,
    )
  }
  return [...methods.values()][0]
}

/** Relative DID URLs (DID Core 1.0 section 3.2.2): only fragments are in use. */
const absolute = (id: string, base: string): string => (id.startsWith('#') ? base + id : id)
