/**
 * What the types of a node do: JSON-LD 1.1 API section 5.1.2 step 11, and the types themselves.
 *
 * @module
 */
import type { Json } from '../internal/types.js'
import type { ActiveContext, TypeScope } from './active-context.js'
import { isCredentialClass } from './ambiguous.js'
import type { Contexts } from './contexts.js'
import { expandIri } from './iri-expansion.js'
import { isAbsoluteIri, isBlankNodeIdentifier, isKeyword, JsonLdSyntaxError } from './keywords.js'
import { iriText } from './nquads.js'
import { Unusual } from './unusual.js'
import { isClassName, type Vocabulary } from './vocabulary.js'

/** Type values that one active context remembers. */
const MAX_TYPE_SCOPES = 2000

/** Throws Unusual and JsonLdSyntaxError, and what context processing throws. */
export function typeScope(active: ActiveContext, value: Json, contexts: Contexts, vocabulary: Vocabulary): TypeScope {
  // A line break begins the keys of arrays; a type that has one is never remembered.
  let key: string
  if (typeof value === 'string') key = value
  // Before they are joined: of `{ "toString": 1 }` no text can be made.
  else if (!Array.isArray(value) || !value.every((type) => typeof type === 'string')) throw notAString()
  else key = value.length === 1 && typeof value[0] === 'string' ? value[0] : `\n${value.join('\n')}`
  const known = active.typeScopes.get(key)
  if (known !== undefined) return known
  const types = (typeof value === 'string' ? [value] : value) as readonly Json[]
  for (const type of types as readonly string[]) {
    if (type.includes('\n')) throw new Unusual()
  }
  const made = makeTypeScope(active, types as readonly string[], contexts, vocabulary)
  if (made.active.brief && !active.brief) return made
  if (active.typeScopes.size >= MAX_TYPE_SCOPES) active.typeScopes.clear()
  active.typeScopes.set(key, made)
  return made
}

function makeTypeScope(
  active: ActiveContext,
  types: readonly string[],
  contexts: Contexts,
  vocabulary: Vocabulary,
): TypeScope {
  let scoped = active
  for (const type of [...types].sort()) {
    const definition = active.terms.get(type)
    if (definition?.scope) scoped = contexts.typeScoped(scoped, definition)
  }
  let regular = true
  const texts = new Set<string>()
  for (const type of types) {
    const iri = expandIri(active, type, { vocab: true })
    if (iri !== null && (isKeyword(iri) || isBlankNodeIdentifier(iri))) throw new Unusual()
    if (iri === null || !isAbsoluteIri(iri)) {
      // Dropped, unless there is a base to complete it.
      if (active.base !== null) throw new Unusual()
      regular = false
      continue
    }
    const own = (active.terms.get(type)?.own && isClassName(type)) || vocabulary.isOwnClass(iri, type)
    if (!own && vocabulary.concernsClass(iri, type)) regular = false
    texts.add(iriText(iri))
  }
  return {
    active: scoped,
    types: [...texts],
    regular,
    credential: types.some(isCredentialClass),
    verifiable: types.includes('VerifiableCredential'),
    endorsed: !types.includes('EndorsementSubject') ? 'no' : types.length === 1 ? 'only' : 'also',
  }
}

function notAString(): JsonLdSyntaxError {
  return new JsonLdSyntaxError('invalid type value', 'a type must be a string')
}
