/**
 * Receiving a webhook: is it from whom it should be from, and of now?
 *
 * @module
 */
import { ParseError } from '../errors.js'
import { decodeUtf8, encodeUtf8 } from '../internal/bytes.js'
import type { Bytes } from '../internal/types.js'
import { readBounded } from '../resolve/bounded-body.js'
import type { WebhookEvent } from './event.js'
import { isSignedBy } from './signature.js'

/** A request as it came in: a WHATWG `Request`, or its headers and its body, byte for byte, from whatever server. */
export type ReceivedWebhook = Request | RawWebhook

/** What of a request is needed. */
export interface RawWebhook {
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>
  /** As it was sent. JSON that was parsed and written again has another signature. */
  readonly body: string | Uint8Array
}

export interface VerifySettings {
  readonly secrets: readonly string[]
  /** Seconds. */
  readonly tolerance: number
  readonly maxBytes: number
  readonly now: Date
}

/** Throws ParseError `parse.webhook`, `parse.webhook_signature`, `parse.webhook_time`, `parse.too_large`. */
export async function verifyReceived(received: ReceivedWebhook, settings: VerifySettings): Promise<WebhookEvent> {
  const { secrets, tolerance, maxBytes, now } = settings
  const header = (name: string) => headerOf(received.headers, name) ?? missing(name)
  const [id, timestamp, signature] = [header('webhook-id'), header('webhook-timestamp'), header('webhook-signature')]
  if (!/^\d{1,12}$/.test(timestamp))
    throw new ParseError('parse.webhook', 'the header webhook-timestamp is no number of seconds since 1970')
  const body = await bodyOf(received, maxBytes)
  if (!isSignedBy({ id, timestamp, body }, signature, secrets))
    throw new ParseError(
      'parse.webhook_signature',
      'no signature of the message is by this secret: take the body byte for byte as it came, and the secret of this endpoint',
    )
  const age = Math.floor(now.getTime() / 1000) - Number(timestamp)
  if (!(Math.abs(age) <= tolerance))
    throw new ParseError(
      'parse.webhook_time',
      `the message was sent ${age < 0 ? `${-age} seconds from now` : `${age} seconds ago`}, and ${tolerance} are tolerated: it was replayed, or a clock is wrong`,
    )
  return eventOf(id, body)
}

function headerOf(headers: RawWebhook['headers'], name: string): string | undefined {
  if (typeof (headers as Headers | undefined)?.get === 'function') return (headers as Headers).get(name) ?? undefined
  const all = Object.entries((headers ?? {}) as Exclude<RawWebhook['headers'], Headers>)
  const value = all.find(([each]) => each.toLowerCase() === name)?.[1]
  return typeof value === 'string' ? value : undefined
}

function missing(name: string): never {
  throw new ParseError('parse.webhook', `the message has no header ${name}: it is no webhook of this kind`)
}

async function bodyOf(received: ReceivedWebhook, maxBytes: number): Promise<Bytes> {
  const { body } = received as RawWebhook | Request
  const bytes = typeof body === 'string' ? encodeUtf8(body) : body instanceof Uint8Array ? body : undefined
  const read = bytes ?? (await readAll((received as Request).body, maxBytes))
  if (read === undefined || read.length > maxBytes)
    throw new ParseError('parse.too_large', `the message has more than ${maxBytes} bytes`)
  return read
}

/** Undefined where there is more. */
async function readAll(stream: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Bytes | undefined> {
  if (typeof stream?.getReader !== 'function')
    throw new ParseError('parse.webhook', 'the message has no body: give a Request, or { headers, body } with its text')
  return readBounded(chunksOf(stream.getReader()), maxBytes)
}

async function* chunksOf(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Bytes> {
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) yield value as Bytes
  } finally {
    await reader.cancel()
  }
}

function eventOf(id: string, body: Bytes): WebhookEvent {
  let event: Partial<WebhookEvent> | null
  try {
    event = JSON.parse(decodeUtf8(body) ?? '')
  } catch (cause) {
    throw new ParseError('parse.webhook', 'the message is signed, and no JSON', undefined, { cause })
  }
  const { type, timestamp, data } = event ?? {}
  if (typeof type !== 'string' || typeof timestamp !== 'string' || typeof data !== 'object' || data === null)
    throw new ParseError('parse.webhook', 'the message is signed, and has no "type", "timestamp" and "data"')
  return { id, type, timestamp, data }
}
