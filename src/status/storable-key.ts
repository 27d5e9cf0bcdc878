/**
 * What may be a key in a store.
 *
 * @module
 */
import { StoreError } from '../errors.js'

const MAX_KEY = 512

/** PostgreSQL has no U+0000 in a text, and bounds what an index takes. Refused alike everywhere, so that stores can be changed. */
export function storableKey(key: string, name: string): string {
  if (typeof key !== 'string' || key === '' || key.length > MAX_KEY || !/^[^\0\p{Cs}]*$/u.test(key))
    throw new StoreError(
      'store.invalid_key',
      `"${name}" is a text of 1 to ${MAX_KEY} characters, without U+0000 and lone surrogates`,
    )
  return key
}
