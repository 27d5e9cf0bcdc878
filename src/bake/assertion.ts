/**
 * Open Badges 2.0 out of an image: its baking specification allows the assertion, a JWS with it, or the URL where it is hosted.
 *
 * @module
 */
import type { Bytes, JsonObject } from '../internal/types.js'
import { misuse, unreadable } from './codes.js'
import { extractPngAssertion } from './png.js'
import { bytesOf, type ContainerLimits, demandImageSize } from './read-container.js'
import { sniffBytes } from './sniff.js'
import { ASSERTION, scanSvg } from './svg-scan.js'
import { readBadgeText } from './text.js'

/** Exactly one of them. Nothing has been verified, and nothing fetched. */
export type BakedAssertion =
  /** The assertion itself. */
  | { readonly assertion: JsonObject; readonly jws?: never; readonly url?: never }
  /** Signed, as a compact JWS with the assertion as payload. */
  | { readonly jws: string; readonly assertion?: never; readonly url?: never }
  /** Where it is hosted. */
  | { readonly url: string; readonly assertion?: never; readonly jws?: never }

/** Throws ParseError: `parse.no_badge_in_image` where there is none of Open Badges 2.0 or older, others for damaged images. */
export async function unbakeAssertion(image: Bytes, limits: ContainerLimits): Promise<BakedAssertion> {
  const bytes = bytesOf(image)
  if (bytes === undefined) throw misuse('usage.invalid_input', 'an image is bytes: give a Uint8Array')
  demandImageSize(bytes.length, limits)
  const sniffed = await sniffBytes(bytes)
  if (sniffed.kind === 'text') throw unreadable('parse.not_an_image', 'a text, and no PNG or SVG image')
  const text = (
    sniffed.kind === 'png' ? await extractPngAssertion(sniffed.bytes, limits) : await fromSvg(sniffed.text, limits)
  ).trim()
  if (/^https?:\/\/\S+$/i.test(text)) return { url: text }
  const { jws, document } = await readBadgeText(text, limits)
  return jws === undefined ? { assertion: document as JsonObject } : { jws }
}

/** The content is the assertion; `verify` says where it is hosted, or is its JWS. The whole assertion says most. */
async function fromSvg(text: string, { documentBytes }: ContainerLimits): Promise<string> {
  const { badges } = await scanSvg(text, documentBytes, ASSERTION)
  const [badge] = badges
  if (badge === undefined) throw unreadable('parse.no_badge_in_image', 'the SVG holds no Open Badges 2.0 assertion')
  return badge.content.trim() === '' ? (badge.verify ?? '') : badge.content
}
