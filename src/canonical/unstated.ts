/**
 * Has a document anything that its graph does not state as it is written, or an array whose order it may state? The walk that knows
 * (stated-members.ts) is loaded for those that may.
 *
 * @module
 */
import { isObject, listOf } from '../internal/json-object.js'
import type { Json, JsonObject } from '../internal/types.js'
import { compiledFor } from './analyze.js'
import type { CompiledContexts } from './contexts.js'
import type { CanonicalContext } from './types.js'

/**
 * False is certain. Contexts that are not bundled may have another name for `@index`, maps by index, and names of their own; beside the
 * bundled ones there are compact IRIs.
 */
export function mayHaveUnstated(view: JsonObject, context: CanonicalContext): boolean {
  return has(view, compiledFor(context))
}

/**
 * The one member of credentials that a bundled context makes a list: Open Badges 3.0.2 and later, ResultDescription. A test asks all of
 * them.
 */
const LIST_MEMBER = 'allowedValue'

/** False is certain of a document that has nothing unstated: no context makes a list of any of its arrays. */
export function mayHaveLists(view: Json): boolean {
  if (typeof view !== 'object' || view === null) return false
  if (Array.isArray(view)) return view.some(mayHaveLists)
  for (const name in view)
    if (name === LIST_MEMBER || (name !== '@context' && mayHaveLists((view as JsonObject)[name] as Json))) return true
  return false
}

function has(value: Json, compiled: CompiledContexts): boolean {
  if (value === null) return true
  if (typeof value !== 'object') return false
  if (Array.isArray(value)) return value.length === 0 || value.some((item: Json) => has(item, compiled))
  for (const name in value) {
    if (name === '@index' || name === '@set' || name.includes(':')) return true
    if (name === '@value' && !('@language' in value)) return true
    const inner = (value as JsonObject)[name] as Json
    if ((name === 'type' || name === '@type') && (Array.isArray(inner) ? inner.some(isCompact) : isCompact(inner)))
      return true
    if (name === '@context' ? !areBundled(inner, compiled) : has(inner, compiled)) return true
  }
  return false
}

const isCompact = (type: unknown): boolean => typeof type === 'string' && type.includes(':')

/** Bundled, and no catch-all that gives any name a meaning. */
function areBundled(local: Json, compiled: CompiledContexts): boolean {
  if (Array.isArray(local)) return local.every((item: Json) => areBundled(item, compiled))
  const document = typeof local === 'string' ? compiled.bundled(local) : undefined
  return document !== undefined && !(isObject(document.context) && Object.hasOwn(document.context, '@vocab'))
}

/** Members of which a text is the id of something: where credentials have one. A test asks all bundled contexts. */
export const REFERENCES: ReadonlySet<string> = new Set(
  'address alsoKnownAs aud confidenceMethod controller credentialSchema credentialStatus credentialSubject criteria evidence holder image iss issuer jku jti kid parentOrg refreshService relatedResource renderMethod service serviceEndpoint source statusListCredential statusReference sub termsOfUse x5u'.split(
    ' ',
  ),
)

/** False is certain: nothing is described, or could be, in more than one place. `ids` are those that have been met. */
export function maySayMoreOfOne(value: Json, ids: Set<string> = new Set()): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some((item: Json) => maySayMoreOfOne(item, ids))
  for (const name in value) {
    if (name === '@context' || name === 'proof') continue
    const inner = (value as JsonObject)[name] as Json
    if (name === 'id' || name === '@id' || REFERENCES.has(name))
      for (const id of listOf(inner))
        if (typeof id === 'string') {
          if (ids.has(id) || id.startsWith('_:')) return true
          ids.add(id)
        }
    if (maySayMoreOfOne(inner, ids)) return true
  }
  return false
}
