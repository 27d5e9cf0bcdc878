/**
 * Images without a badge of 3.0 in its place, and something in the place of Open Badges 2.0: an assertion, or a credential of 3.0 that was
 * baked as older programs bake. Loaded for them.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import { isOpenBadge } from '../model/kinds.js'
import type { Limits } from '../report/limits.js'
import { unreadable } from './codes.js'
import { readBadgeText } from './text.js'

/** Where 2.0 has its assertion, in words. */
const PLACES = { PNG: 'the chunk "openbadges"', SVG: 'the element "assertion" of http://openbadges.org' } as const

/** Why there is no badge to read. `read` gives the text that stands in the place of 2.0. */
export async function misplacedBadge(
  image: keyof typeof PLACES,
  read: () => Promise<string>,
  limits: Pick<Limits, 'documentBytes'>,
): Promise<Error> {
  return (await holdsOpenBadges3(read, limits))
    ? inOlderPlace(image)
    : unreadable(
        'parse.open_badges_2',
        `the ${image} holds an Open Badges 2.0 (or older) assertion: unbakeAssertion reads it`,
      )
}

/** A credential of 3.0 in the place of 2.0: what reads 3.0 does not look there, and it is no assertion for what reads 2.0. */
export function inOlderPlace(image: keyof typeof PLACES): Error {
  return unreadable(
    'parse.unsupported',
    `the ${image} holds an Open Badges 3.0 credential in the place of Open Badges 2.0 (${PLACES[image]}), where readers of 3.0 do not look: ` +
      'ask its issuer to bake it into the place that 3.0 gives it, or for the credential itself',
  )
}

/** What cannot be read is not said to be of 3.0: whoever wants it gets the reason with `unbakeAssertion`. */
async function holdsOpenBadges3(
  read: () => Promise<string>,
  { documentBytes }: Pick<Limits, 'documentBytes'>,
): Promise<boolean> {
  try {
    const { jws, document } = await readBadgeText((await read()).trim(), { documentBytes, depth: MAX_DEPTH })
    return jws === undefined ? isOpenBadge(document) : await isOpenBadgeJwt(jws)
  } catch {
    return false
  }
}

/** It is only asked what it is. */
const MAX_DEPTH = 64

/** In the payload, or in its claim `vc`. */
export async function isOpenBadgeJwt(text: string): Promise<boolean> {
  const { decodeJws, isJwsFault } = await import('../proof/jws.js')
  const jws = decodeJws(text, { maxDepth: MAX_DEPTH })
  if (isJwsFault(jws)) return false
  const { vc } = jws.payload
  return isOpenBadge(jws.payload) || (isObject(vc) && isOpenBadge(vc))
}
