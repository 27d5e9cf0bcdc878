/**
 * Baking: a signed credential into an image, and out of it again. Open Badges 3.0 section 5.3.
 *
 * @module
 */

import { invalidOption } from '../errors.js'
import { encodeUtf8 } from '../internal/bytes.js'
import { JsonError } from '../internal/json.js'
import type { Bytes, MaybePromise } from '../internal/types.js'
import type { SecuredCredential, VerifiableCredential, VerifiableCredentialV1 } from '../model/types.js'
import { misuse, unreadable } from './codes.js'
import { jsonText } from './plain-json.js'
import { embedPng, extractPng, holdsPngBadge } from './png.js'
import { demandViewable, type ViewableImages } from './png-viewable.js'
import { bytesOf, type ContainerLimits, demandImageSize } from './read-container.js'
import { type Sniffed, sniffBytes } from './sniff.js'
import { embedSvg, extractSvg, holdsSvgBadge, textForSvg } from './svg.js'
import { isCompactJws, isLongerThan, readBadgeText } from './text.js'

/** How `bakeImage` treats what is there already. */
export interface BakeOptions {
  /**
   * When the image holds a badge of Open Badges 3.0: `replace` it, or `refuse` with UsageError `usage.already_baked`. Default
   * `replace`: renewing a badge bakes its image again, and the bytes that were given stay as they are. An Open Badges 2.0
   * assertion is left in place either way; readers of 3.0 do not look at it.
   */
  readonly existing?: 'replace' | 'refuse' | undefined
}

/**
 * The image, PNG or SVG by its content, with the credential in it. Nothing else of the image changes. The credential is not
 * verified: this only refuses what bears no proof at all. A PNG that no viewer would show is refused, because nobody would see
 * the badge either; `viewable` remembers those that were looked at.
 *
 * Throws UsageError (`BakeUsageCode`) where the credential is wrong, ParseError (`ContainerCode`) where the image is.
 */
export async function bakeImage(
  image: Bytes,
  credential: SecuredCredential<VerifiableCredential | VerifiableCredentialV1>,
  { existing = 'replace' }: BakeOptions,
  limits: ContainerLimits,
  viewable: ViewableImages = new WeakMap(),
): Promise<Bytes> {
  if (existing !== 'replace' && existing !== 'refuse') throw invalidOption('existing', 'is "replace" or "refuse"')
  const text = textOf(credential, limits)
  const sniffing = sniffImage(image, limits)
  const sniffed = sniffing instanceof Promise ? await sniffing : sniffing
  if (existing === 'refuse') {
    const holds = sniffed.kind === 'png' ? holdsPngBadge(sniffed.bytes) : await holdsSvgBadge(sniffed.text)
    if (holds) throw misuse('usage.already_baked', 'the image holds a badge already, and existing is "refuse"')
  }
  if (sniffed.kind === 'png') {
    const judging = demandViewable(sniffed.bytes, viewable)
    if (judging instanceof Promise) await judging
    return embedPng(sniffed.bytes, text)
  }
  const written = textForSvg(text)
  if (isLongerThan(limits.documentBytes, written)) throw tooLarge(limits.documentBytes)
  return encodeUtf8(await embedSvg(sniffed.text, written))
}

/**
 * The credential in the image: its JSON as an object, or its JWS. Extracts only: nothing is verified, no model is asked, and
 * of a JWS not even the payload is decoded, so that a placeholder (`header.payload.signature`) comes back as it is.
 *
 * Throws ParseError (`ContainerCode`).
 */
export async function unbakeImage(
  image: Bytes,
  limits: ContainerLimits,
): Promise<SecuredCredential<VerifiableCredential>> {
  const sniffed = await sniffImage(image, limits)
  const text = sniffed.kind === 'png' ? await extractPng(sniffed.bytes, limits) : await extractSvg(sniffed.text, limits)
  const badge = await readBadgeText(text, limits)
  return badge.jws ?? (badge.document as unknown as SecuredCredential<VerifiableCredential>)
}

function sniffImage(image: Bytes, limits: ContainerLimits): MaybePromise<Image> {
  const bytes = bytesOf(image)
  if (bytes === undefined) throw misuse('usage.invalid_input', 'an image is bytes: give a Uint8Array')
  demandImageSize(bytes.length, limits)
  const sniffed = sniffBytes(bytes)
  return sniffed instanceof Promise ? sniffed.then(demandImage) : demandImage(sniffed)
}

type Image = Exclude<Sniffed, { readonly kind: 'text' }>

function demandImage(sniffed: Sniffed): Image {
  if (sniffed.kind === 'text') throw unreadable('parse.not_an_image', 'a text, and no PNG or SVG image')
  return sniffed as Image
}

/** What is baked: the JWS, or JSON on one line. */
function textOf(
  credential: SecuredCredential<VerifiableCredential | VerifiableCredentialV1>,
  limits: ContainerLimits,
): string {
  const text = typeof credential === 'string' ? signedJws(credential) : signedJson(credential, limits)
  if (isLongerThan(limits.documentBytes, text)) throw tooLarge(limits.documentBytes)
  return text
}

function signedJws(text: string): string {
  if (isCompactJws(text)) return text
  throw misuse(
    'usage.unsigned_credential',
    'the text to bake is no signed compact JWS; a credential with a proof is given as an object',
  )
}

function signedJson(credential: object, { documentBytes, depth }: ContainerLimits): string {
  try {
    const { value, text } = jsonText(credential, { maxDepth: depth, maxSize: documentBytes })
    const proof = typeof value === 'object' && value !== null && 'proof' in value ? value.proof : undefined
    if (typeof proof === 'object' && proof !== null && (!Array.isArray(proof) || proof.length > 0)) return text
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    if (error.kind === 'size') throw tooLarge(documentBytes)
    throw misuse('usage.not_json', `the credential is no JSON: ${error.message} (at ${error.pointer || 'its root'})`, {
      cause: error,
    })
  }
  throw misuse('usage.unsigned_credential', 'the credential has no proof: sign it first')
}

function tooLarge(documentBytes: number): Error {
  const message = `the credential has more than ${documentBytes} bytes: nobody would read it`
  return misuse('usage.credential_too_large', message)
}
