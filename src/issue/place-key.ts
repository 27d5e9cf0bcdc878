/**
 * By which keys entries of status lists are allocated. An award's first credential has the award's id; every later one, and every
 * renewal, has a key that no award id is and that is never too long for a store.
 *
 * @module
 */
import { hashHex } from '../platform/hash.js'

/** No award id begins with it: see `awardId`. */
export const PLACE_PREFIX = 'urn:badgewright:place:'

/** Of a credential in one of its versions. */
export function placeKey(awardId: string, copy: number, revision: number): string {
  if (copy === 0 && revision === 0) return awardId
  return `${PLACE_PREFIX}sha256:${hashHex('SHA-256', JSON.stringify([awardId, copy, revision]))}`
}
