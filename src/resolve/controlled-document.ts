/**
 * Reads a controlled identifier document (Controlled Identifiers 1.0 section 2, DID Core 1.0 section 5): which keys it has,
 * for which relationships, and who controls them.
 *
 * @module
 */

import { isSameJson } from '../internal/json-equal.js'
import { shown } from '../internal/shown.js'
import type { Json, JsonObject } from '../internal/types.js'
import { parseDateTime } from '../model/date-time.js'
import { jwkFromMultikey, type KeyFacts, keyError } from './resolved-key.js'

const RELATIONSHIPS = ['assertionMethod', 'authentication'] as const

/** How each type of verification method writes its key. */
const MATERIAL: Readonly<Record<string, 'publicKeyMultibase' | 'publicKeyJwk'>> = {
  Multikey: 'publicKeyMultibase',
  Ed25519VerificationKey2020: 'publicKeyMultibase',
  JsonWebKey: 'publicKeyJwk',
  JsonWebKey2020: 'publicKeyJwk',
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
  const purposes = RELATIONSHIPS.filter((name) => references(document, name, id).includes(found.id))
  const key = readMethod(found.method, found.id, { purposes, evidence })
  if (key.controller !== id) {
    throw keyError(
      'resolve.wrong_document',
      url,
      `the key ${found.id} names "${key.controller.slice(0, 200)}" as its controller, but stands in the document of ${id}: only the controller's own document can say so`,
    )
  }
  return key
}

/** Reads one verification method. `purposes` come from the controller's document, which may be another one. */
export function readMethod(
  method: JsonObject,
  id: string,
  { purposes, evidence }: { purposes: readonly string[]; evidence: Readonly<Record<string, string>> },
): KeyFacts {
  const type = [method.type]
    .flat()
    .find((name): name is string => typeof name === 'string' && Object.hasOwn(MATERIAL, name))
  if (type === undefined) {
    throw keyError(
      'resolve.unusable_key',
      id,
      `verification methods of type "${shown(method.type, 60)}" are not supported: use Multikey or JsonWebKey`,
    )
  }
  const { controller } = method
  if (typeof controller !== 'string') throw keyError('resolve.malformed', id, `the key ${id} has no "controller"`)
  const member = MATERIAL[type] as 'publicKeyMultibase' | 'publicKeyJwk'
  const material = method[member]
  const revoked = readDate(method, 'revoked', id)
  const expires = readDate(method, 'expires', id)
  if (member === 'publicKeyMultibase' && typeof material !== 'string') {
    throw keyError('resolve.unusable_key', id, `the key ${id} has no "publicKeyMultibase"`)
  }
  const publicJwk = member === 'publicKeyMultibase' ? jwkFromMultikey(material as string, id) : material
  if (type === 'Ed25519VerificationKey2020' && (publicJwk as JsonObject).kty !== 'OKP') {
    throw keyError(
      'resolve.unusable_key',
      id,
      `${id} is an Ed25519VerificationKey2020, but its key is of another curve`,
    )
  }
  return {
    id,
    controller,
    purposes,
    publicJwk,
    ...(revoked === undefined ? {} : { revoked }),
    ...(expires === undefined ? {} : { expires }),
    evidence,
  }
}

/** The ids that a relationship of the document names, absolute, whether it embeds the method or refers to it. */
export function references(document: JsonObject, relationship: string, base: string): string[] {
  return list(document[relationship]).flatMap((entry) => {
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
  for (const entry of ['verificationMethod', ...RELATIONSHIPS].flatMap((name) => list(document[name]))) {
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

function readDate(method: JsonObject, name: 'revoked' | 'expires', id: string): Date | undefined {
  const value = method[name]
  if (value === undefined) return undefined
  const time = typeof value === 'string' ? parseDateTime(value)?.time : undefined
  // A date that cannot be read must not make a revoked key good again.
  if (time === undefined) throw keyError('resolve.unusable_key', id, `"${name}" of the key ${id} is not a date`)
  return new Date(time)
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const list = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as Json]
