/**
 * Finding all that a person has. The hashes in records are salted with the award id on purpose: whoever steals a database cannot search
 * them. The issuer can, by an index that takes a secret which is not in the database.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { concatBytes, encodeHex, encodeUtf8 } from '../internal/bytes.js'
import { withoutSeparators } from '../internal/contact-uri.js'
import { arrayOf, kindOf, type Members, shape } from '../internal/members.js'
import type { Bytes } from '../internal/types.js'
import { named, type Person } from '../model/person.js'
import { hmacSha256 } from '../platform/hmac.js'

/** A secret of the issuer by which people are found. */
export interface PersonKey {
  /** At least 32 bytes, random, as bytes or as a text (counted in UTF-8). Kept apart from the database, for as long as the records. */
  readonly secret: Uint8Array | string
  /** Names the secret in the records: 1 to 64 letters, digits, `.`, `_` and `-`. Not secret. */
  readonly keyId: string
}

/** The secret for new records, and those of older ones. */
export interface PersonKeys extends PersonKey {
  /** Secrets from before: what was recorded under them is found as long as they are given. Default none. */
  readonly former?: readonly PersonKey[] | undefined
}

/** The index of a person, under each secret. */
export interface PersonIndex {
  /** For a new record. */
  of(person: Person): string
  /** Under which older records may stand too; the one for new records first. */
  all(person: Person): readonly string[]
}

const MIN_BYTES = 32

const secret = kindOf(
  `a text or bytes, random, of at least ${MIN_BYTES} bytes`,
  (value) => (typeof value === 'string' || value instanceof Uint8Array) && bytesOf(value).length >= MIN_BYTES,
)
const keyId = kindOf(
  'a text of 1 to 64 letters, digits, ".", "_" and "-"',
  (value) => typeof value === 'string' && /^[\w.-]{1,64}$/.test(value),
)
const KEY: Members<PersonKey> = { secret, keyId }
const KEYS: Members<PersonKeys> = { ...KEY, former: arrayOf(shape(KEY, { required: ['secret', 'keyId'] })) }

export const personKeys = shape(KEYS, {
  required: ['secret', 'keyId'],
  hints: { key: 'did you mean "secret"?', id: 'did you mean "keyId"?' },
})

/** Throws UsageError `usage.invalid_option` where two secrets have one name. */
export function createPersonIndex({ former = [], ...current }: PersonKeys): PersonIndex {
  const keys = [current, ...former].map((key) => ({ keyId: key.keyId, secret: bytesOf(key.secret).slice() }))
  if (new Set(keys.map((key) => key.keyId)).size < keys.length)
    throw invalidOption('persons.former', 'has secrets with a "keyId" that another has: each has one of its own')
  const indexes = (person: Person, from: typeof keys) => {
    const name = encodeUtf8(JSON.stringify(searchedName(person)))
    return from.map(
      (key) => `hmac-sha256$${key.keyId}$${encodeHex(hmacSha256(key.secret, concatBytes(PURPOSE, name)))}`,
    )
  }
  return {
    of: (person) => indexes(person, keys.slice(0, 1))[0] as string,
    all: (person) => indexes(person, keys),
  }
}

/** The secret may be used for something else too: then what that signs is never an index. */
const PURPOSE = encodeUtf8('badgewright person index 1\n')

/** Who they are, in the form in which people are compared. */
export function comparedName(person: Person): readonly [kind: string, value: string] {
  const name = named(person)
  if ('id' in name) return ['id', name.id]
  if (name.type === 'emailAddress') return ['email', name.value.normalize('NFC').toLowerCase()]
  return [name.type, name.value]
}

/** A telephone number is one, however it was written. */
function searchedName(person: Person): readonly [string, string] {
  const [kind, value] = comparedName(person)
  return [kind, kind === 'ext:telephone' ? withoutSeparators(value) : value]
}

function bytesOf(given: Uint8Array | string): Bytes {
  return typeof given === 'string' ? encodeUtf8(given) : Uint8Array.from(given)
}
