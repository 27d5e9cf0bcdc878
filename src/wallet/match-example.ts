/**
 * Is this credential like the example? QueryByExample: whatever the example has, the credential has at the same place.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import { pointer } from '../internal/json-pointer.js'
import type { Json, JsonObject } from '../internal/types.js'

/** Comparisons that may still be made. An example of many equal items against many others costs their product. */
export interface Budget {
  steps: number
}

export type Likeness =
  | {
      readonly isLike: true
      /** Where the credential has it. */
      readonly places: readonly string[]
    }
  | {
      readonly isLike: false
      /** Into the example: what the credential lacks. */
      readonly lacks: string
      readonly tooMuch?: true
    }

/**
 * Texts, numbers and the like are equal, byte for byte. Of a list each item must be found; one value and a list of it are alike, as
 * they are in JSON-LD. Of an object each member. An issuer given as text is the id of one that is an object, and the other way round.
 */
export function likeness(example: JsonObject, credential: JsonObject, budget: Budget): Likeness {
  return compare(example, credential, '', '', budget)
}

function compare(wanted: Json, found: Json | undefined, at: string, place: string, budget: Budget): Likeness {
  if (--budget.steps < 0) return { isLike: false, lacks: at, tooMuch: true }
  if (found === undefined) return { isLike: false, lacks: at }
  if (Array.isArray(wanted))
    return all(wanted.entries(), (item, index) => compare(item, found, pointer(at, index), place, budget))
  if (Array.isArray(found)) return any(found as readonly Json[], wanted, at, place, budget)
  if (isObject(wanted)) {
    const own = isObject(found) ? found : at === '/issuer' ? { id: found } : undefined
    if (own === undefined) return { isLike: false, lacks: at }
    const members = Object.entries(wanted).map(([name, value]): [string, Json] => [name, value])
    if (members.length === 0) return { isLike: true, places: [place] }
    return all(members, (value, name) => {
      const member = Object.hasOwn(own, name) ? own[name] : undefined
      return compare(value, member, pointer(at, name), isObject(found) ? pointer(place, name) : place, budget)
    })
  }
  const value = at === '/issuer' && isObject(found) ? found.id : found
  return value === wanted
    ? { isLike: true, places: [at === '/issuer' && isObject(found) ? `${place}/id` : place] }
    : { isLike: false, lacks: at }
}

function all<K>(entries: Iterable<readonly [K, Json]>, judge: (value: Json, key: K) => Likeness): Likeness {
  const places: string[] = []
  for (const [key, value] of entries) {
    const like = judge(value, key)
    if (!like.isLike) return like
    places.push(...like.places)
  }
  return { isLike: true, places }
}

function any(items: readonly Json[], wanted: Json, at: string, place: string, budget: Budget): Likeness {
  let nearest: Likeness = { isLike: false, lacks: at }
  for (const [index, item] of items.entries()) {
    const like = compare(wanted, item, at, pointer(place, index), budget)
    if (like.isLike || like.tooMuch) return like
    // The deepest lack says most: of ten results the one that nearly is it.
    if (like.lacks.length > nearest.lacks.length) nearest = like
  }
  return nearest
}
