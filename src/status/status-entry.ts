/**
 * An entry of `credentialStatus` that points into a bitstring: Bitstring Status List 1.0 section 2.1.
 *
 * @module
 */
import type { Json, JsonObject } from '../internal/types.js'
import { type Finding, finding } from '../report/check.js'
import { MAX_STATUS_SIZE } from './bitstring.js'

export interface StatusEntry {
  /** The list's URL, without a fragment. */
  readonly url: string
  readonly index: number
  readonly purpose: string
  /** Bits. */
  readonly size: number
  /** What each value means, where the entry says so. */
  readonly messages: StatusMessages | undefined
  /** Where the issuer explains what its messages mean. */
  readonly references: readonly string[]
  /** What the entry says of its messages and references and must not: its bit can be read all the same. */
  readonly faults: readonly Finding<'status'>[]
}

/** `statusMessage` by value. */
export type StatusMessages = ReadonlyMap<number, string>

/** A finding instead where it does not say which bits of which list are meant. Pointers lead into the entry. */
export function readStatusEntry(entry: JsonObject): StatusEntry | Finding<'status'> {
  const { statusListCredential: list, statusPurpose: purpose } = entry
  if (typeof list !== 'string' || !isUrl(list)) return malformed('statusListCredential', 'the URL of a status list')
  if (typeof purpose !== 'string' || purpose === '') return malformed('statusPurpose', 'a text, such as "revocation"')
  const index = readInteger(entry.statusListIndex)
  if (index === undefined) return malformed('statusListIndex', 'a whole number, written in decimal digits')
  if (!Number.isSafeInteger(index) || index < 0) return outOfRange(index)
  const size = entry.statusSize === undefined ? 1 : readInteger(entry.statusSize)
  if (size === undefined || size < 1) return malformed('statusSize', 'the number of bits, 1 or more')
  if (size > MAX_STATUS_SIZE) {
    return malformed('statusSize', `${MAX_STATUS_SIZE} at most: each value has a message, and bits double the values`)
  }
  const messages = readStatusMessages(entry.statusMessage, size)
  const references = readReferences(entry.statusReference)
  const faults: Finding<'status'>[] = []
  if (messages === 'malformed') {
    faults.push(
      malformed('statusMessage', `a list of ${2 ** size} objects with "status" and "message", one for each value`),
    )
  }
  if (references === undefined) faults.push(malformed('statusReference', 'a URL, or a list of URLs'))
  return {
    url: list.includes('#') ? list.slice(0, list.indexOf('#')) : list,
    index,
    purpose,
    size,
    messages: messages === 'malformed' ? undefined : messages,
    references: references ?? [],
    faults,
  }
}

/** `-0` is the JSON number 0. A text has digits only, after a minus sign so that the answer can say what is wrong with it. */
export function readInteger(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value + 0 : undefined
  // Beyond this it is out of every range, and reading it would cost.
  if (typeof value === 'string' && value.length <= 400 && /^(?:0|-?[1-9]\d*|0\d+)$/.test(value)) return Number(value)
  return undefined
}

/**
 * Section 2.1, `statusMessage`: as many elements as the size has values, each with its value in hexadecimal. `malformed` where
 * there are messages and they are not that, or one value has two.
 */
export function readStatusMessages(value: Json | undefined, size: number): StatusMessages | 'malformed' | undefined {
  if (value === undefined) return undefined
  if (!Array.isArray(value) || value.length !== 2 ** size) return 'malformed'
  const messages = new Map<number, string>()
  for (const element of value as readonly Json[]) {
    const { status, message } = (typeof element === 'object' && element !== null ? element : {}) as JsonObject
    if (typeof status !== 'string' || !/^0x[0-9a-f]{1,16}$/i.test(status) || typeof message !== 'string')
      return 'malformed'
    messages.set(Number(status), message)
  }
  const isWhole = messages.size === value.length && [...messages.keys()].every((key) => key < value.length)
  return isWhole ? messages : 'malformed'
}

function readReferences(value: Json | undefined): readonly string[] | undefined {
  const urls = value === undefined ? [] : [value as string | readonly string[]].flat()
  return urls.every((url) => typeof url === 'string' && isUrl(url)) ? urls : undefined
}

/** Absolute, of any scheme: which ones may be asked is the loader's to say. */
export function isUrl(text: unknown): text is string {
  return typeof text === 'string' && /^[a-z][a-z0-9+.-]*:\S+$/i.test(text)
}

function malformed(member: string, expected: string): Finding<'status'> {
  return finding('status.list_malformed', `"${member}" of the status entry must be ${expected}`, {
    pointer: `/${member}`,
  })
}

function outOfRange(index: number): Finding<'status'> {
  const message = index < 0 ? 'a status list begins at 0' : 'no status list is as long as that'
  return finding('status.index_out_of_range', `there is no entry ${index}: ${message}`, { pointer: '/statusListIndex' })
}
