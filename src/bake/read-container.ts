/**
 * What is in these bytes? The step `format` of a verification: from whatever somebody was sent to one document or one JWS.
 * Nothing is verified here, and nothing is fetched.
 *
 * @module
 */
import { JsonError, snapshotJson } from '../internal/json.js'
import type { Bytes, JsonObject, MaybePromise } from '../internal/types.js'
import type { Limits } from '../report/limits.js'
import { misuse, unreadable, unreadableJson } from './codes.js'
import { type Sniffed, sniffBytes, sniffText } from './sniff.js'
import { type BadgeText, readBadgeText } from './text.js'

/** What readers of badges need of `Limits`. */
export type ContainerLimits = Pick<Limits, 'documentBytes' | 'imageBytes' | 'depth'>

/** What a badge came in. */
export type Container = 'json' | 'jwt' | 'png' | 'svg'

/** What was found, and in what. The document is plain JSON with no duplicate members; the JWS has its shape, no more. */
export type ContainerContents = { readonly container: Container } & BadgeText

/**
 * Reads a badge from JSON or a compact JWS (as text, bytes in UTF-8, or an object) or out of a PNG or SVG image, told apart by
 * content. Of an object a deep copy is made, so that it cannot change while it is verified.
 *
 * Throws ParseError with a code of `ContainerCode`, and UsageError `usage.invalid_input` for what is no input at all.
 */
export async function readContainer(
  input: Bytes | string | object,
  limits: ContainerLimits,
): Promise<ContainerContents> {
  return openContainer(input, limits)
}

/** The same, at once where nothing has to be loaded for it: JSON, a JWS. Throws, or rejects with, what `readContainer` does. */
export function openContainer(
  input: Bytes | string | object,
  limits: ContainerLimits,
): MaybePromise<ContainerContents> {
  if (typeof input === 'string') return readSniffed(sniffText(input), limits)
  const bytes = bytesOf(input)
  if (bytes !== undefined) {
    // The larger bound at once, the smaller one when it is known not to be an image.
    demandImageSize(bytes.length, limits)
    const sniffed = sniffBytes(bytes)
    return sniffed instanceof Promise
      ? sniffed.then((found) => readSniffed(found, limits))
      : readSniffed(sniffed, limits)
  }
  if (typeof input !== 'object' || input === null)
    throw misuse(
      'usage.invalid_input',
      `a badge is bytes, text or an object, not ${input === null ? 'null' : typeof input}`,
    )
  return { container: 'json', document: copyDocument(input, limits) }
}

function readSniffed(sniffed: Sniffed, limits: ContainerLimits): MaybePromise<ContainerContents> {
  if (sniffed.kind !== 'text') return readImage(sniffed, limits)
  const badge = readBadgeText(sniffed.text, limits)
  return badge instanceof Promise ? badge.then((found) => contentsOf(found)) : contentsOf(badge)
}

function contentsOf(badge: BadgeText, image?: 'png' | 'svg'): ContainerContents {
  return badge.jws === undefined
    ? { container: image ?? 'json', document: badge.document }
    : { container: image ?? 'jwt', jws: badge.jws }
}

/** The readers of images are loaded for images: most badges are none. */
async function readImage(sniffed: Sniffed, limits: ContainerLimits): Promise<ContainerContents> {
  if (sniffed.kind === 'png') {
    const { extractPng } = await import('./png.js')
    return contentsOf(await readBadgeText(await extractPng(sniffed.bytes, limits), limits), 'png')
  }
  demandImageSize(sniffed.text.length, limits)
  const { extractSvg } = await import('./svg.js')
  return contentsOf(await readBadgeText(await extractSvg(sniffed.text, limits), limits), 'svg')
}

/** Throws ParseError `parse.too_large`. For a text: its code units, none of which takes less than a byte. */
export function demandImageSize(length: number, { imageBytes }: Pick<Limits, 'imageBytes'>): void {
  if (length > imageBytes) throw unreadable('parse.too_large', `more than ${imageBytes} bytes`)
}

/** A Uint8Array (a Buffer too, and one of another realm) or an ArrayBuffer; undefined for everything else. */
export function bytesOf(input: unknown): Bytes | undefined {
  if (input instanceof Uint8Array) return input
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
  return input instanceof ArrayBuffer ? new Uint8Array(input) : undefined
}

function copyDocument(input: object, { documentBytes, depth }: ContainerLimits): JsonObject {
  try {
    const copy = snapshotJson(input, { maxDepth: depth, maxSize: documentBytes })
    if (!Array.isArray(copy)) return copy as JsonObject
  } catch (error) {
    throw error instanceof JsonError ? unreadableJson(error) : error
  }
  throw unreadable('parse.malformed', 'an array, not a badge: give its members one by one')
}
