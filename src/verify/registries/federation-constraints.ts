/**
 * What a superior allows below it: OpenID Federation 1.0 section 6.2. Which types of entities are allowed is not judged: an
 * issuer of badges has none of the types that the specification defines.
 *
 * @module
 */
import { isObject, listOf } from '../../internal/json-object.js'
import type { Json, JsonObject } from '../../internal/types.js'

/** `path` begins with the entity right below the one that demands this, and ends with the one that is asked about. */
export function satisfies(path: readonly string[], { max_path_length: length, naming_constraints: names }: JsonObject) {
  if (length !== undefined && !(typeof length === 'number' && path.length - 1 <= length)) return false
  if (names === undefined) return true
  if (!isObject(names)) return false
  const { permitted, excluded } = names
  return path.every((id) => {
    const host = hostOf(id)
    // Names that have no host cannot be judged by one.
    if (host === undefined) return false
    const isIn = (list: Json | undefined) => listOf(list).some((name) => isWithin(host, name))
    return !isIn(excluded) && (permitted === undefined || isIn(permitted))
  })
}

/** RFC 5280 section 4.2.1.10, URIs: ".example.org" is all hosts below, "example.org" that one. Drafts wrote a scheme in front. */
function isWithin(host: string, name: Json): boolean {
  const wanted = typeof name === 'string' ? name.toLowerCase().replace(/^https:\/\//, '') : ''
  return wanted.startsWith('.') ? host.endsWith(wanted) : host === wanted
}

function hostOf(id: string): string | undefined {
  try {
    const { protocol, hostname } = new URL(id)
    return protocol === 'https:' ? hostname : undefined
  } catch {
    return undefined
  }
}
