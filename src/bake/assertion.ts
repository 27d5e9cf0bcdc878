/**
 * Open Badges 2.0 out of an image: its baking specification allows the assertion, a JWS with it, or the URL where it is hosted.
 *
 * @module
 */
import type { Bytes, JsonObject } from '../internal/types.js'
import { isOpenBadge } from '../model/kinds.js'
import { misuse, unreadable } from './codes.js'
import { inOlderPlace, isOpenBadgeJwt } from './misplaced.js'
import { extractPngAssertion } from './png.js'
import { bytesOf, type ContainerLimits, demandImageSize } from './read-container.js'
import { sniffBytes } from './sniff.js'
import { extractSvgAssertion } from './svg.js'
import { readBadgeText } from './text.js'

/** Exactly one of them. Nothing has been verified, and nothing fetched. */
export type BakedAssertion =
  /** The assertion itself. */
  | { readonly assertion: JsonObject; readonly jws?: never; readonly url?: never }
  /** Signed, as a compact JWS with the assertion as payload. */
  | { readonly jws: string; readonly assertion?: never; readonly url?: never }
  /** Where it is hosted. */
  | { readonly url: string; readonly assertion?: never; readonly jws?: never }

/**
 * Throws ParseError: `parse.no_badge_in_image` where there is none of Open Badges 2.0 or older, `parse.unsupported` where a credential of 3.0 stands
 * in its place, others for damaged images.
 */
export async function unbakeAssertion(image: Bytes, limits: ContainerLimits): Promise<BakedAssertion> {
  const bytes = bytesOf(image)
  if (bytes === undefined) throw misuse('usage.invalid_input', 'an image is bytes: give a Uint8Array')
  demandImageSize(bytes.length, limits)
  const sniffed = await sniffBytes(bytes)
  if (sniffed.kind === 'text') throw unreadable('parse.not_an_image', 'a text, and no PNG or SVG image')
  const text = (
    sniffed.kind === 'png'
      ? await extractPngAssertion(sniffed.bytes, limits)
      : await extractSvgAssertion(sniffed.text, limits)
  ).trim()
  if (/^https?:\/\/\S+$/i.test(text)) return { url: text }
  const { jws, document } = await readBadgeText(text, limits)
  if (document === undefined ? await isOpenBadgeJwt(jws) : isOpenBadge(document))
    throw inOlderPlace(sniffed.kind === 'png' ? 'PNG' : 'SVG')
  return document === undefined ? { jws } : { assertion: document }
}
