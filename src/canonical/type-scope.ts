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

/** Type values that one active context remembers for good, and the most types of one. */
const MAX_TYPE_SCOPES = 2000
const MAX_TYPES = 4

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
  const brief = contexts.of<string, TypeScope>(active.typeScopes)
  const before = brief.get(key)
  if (before !== undefined) return before
  const types = (typeof value === 'string' ? [value] : value) as readonly string[]
  for (const type of types) {
    if (type.includes('\n')) throw new Unusual()
  }
  const made = makeTypeScope(active, types, contexts, vocabulary)
  const lasting = made.active.bundled ? ownKey(types, active) : undefined
  if (lasting === undefined || active.typeScopes.size >= MAX_TYPE_SCOPES) brief.set(key, made)
  else active.typeScopes.set(lasting, made)
  return made
}

/** The same key in the words of the context, for a few terms of it; undefined where the badge says anything else. */
function ownKey(types: readonly string[], { terms }: ActiveContext): string | undefined {
  if (types.length > MAX_TYPES) return undefined
  const names = types.flatMap((type) => terms.get(type)?.name ?? [])
  if (names.length < types.length) return undefined
  return names.length === 1 ? names[0] : `\n${names.join('\n')}`
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
    const iri = expandIri(active, type, { vocab: true, budget: contexts.budget })
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
