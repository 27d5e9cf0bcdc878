/**
 * The entry of `credentialStatus` that points into a list: Bitstring Status List 1.0 section 2.1.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { anything, arrayOf, type Members, oneOf, shape, text } from '../internal/members.js'
import { shown } from '../internal/shown.js'
import type { Json } from '../internal/types.js'
import type { CredentialStatus, StatusPurpose } from '../model/types.js'
import { demandOptions } from '../report/demand-options.js'
import { isUrl, readStatusMessages } from './status-entry.js'
import { STATUS_LIST_FORMATS, type StatusListFormat } from './write-list.js'

/** What the values of an entry of several bits mean, for the purpose `message`. */
export interface StatusMessageSet {
  /** One text for each value, from 0 upward: 2, 4, 8, ... of them. */
  readonly messages: readonly string[]
  /** Where the issuer explains them. */
  readonly reference?: string | undefined
}

/** The place of a credential in a list. */
export interface StatusEntryInput {
  /** The URL of the list. */
  readonly url: string
  readonly index: number
  readonly purpose: StatusPurpose
  /** Default `BitstringStatusList`. */
  readonly format?: StatusListFormat | undefined
  readonly messages?: StatusMessageSet | undefined
}

export const MESSAGES: Members<StatusMessageSet> = { messages: arrayOf(text), reference: text }
/** `anything` is judged in words of its own. */
const ENTRY: Members<StatusEntryInput> = {
  url: anything,
  index: anything,
  purpose: text,
  format: oneOf(...STATUS_LIST_FORMATS),
  messages: shape(MESSAGES, { required: ['messages'] }),
}

/**
 * Throws UsageError `usage.invalid_option`: a URL that is not one or has a fragment, an index that is no whole number from 0,
 * messages that are not one for each value. What is signed with such an entry could never be revoked.
 */
export function createStatusEntry(input: StatusEntryInput): CredentialStatus {
  demandOptions(input, ENTRY, { required: ['url', 'index', 'purpose'] })
  const { url, index, purpose, format = 'BitstringStatusList', messages } = input
  if (typeof url !== 'string' || !isUrl(url) || url.includes('#'))
    throw invalidOption('url', `is an absolute URL without a fragment, not ${shown(url)}`)
  if (!Number.isSafeInteger(index) || index < 0)
    throw invalidOption('index', `is a whole number, at least 0, not ${shown(index)}`)
  return {
    id: `${url}#${index}`,
    type: `${format}Entry`,
    statusPurpose: purpose,
    // A text: section 2.1.
    statusListIndex: String(index),
    statusListCredential: url,
    ...(messages === undefined ? {} : writeMessages(messages)),
  } as CredentialStatus
}

/** Bits of an entry whose values have these messages. Throws UsageError `usage.invalid_option`. */
export function sizeOfMessages({ messages }: StatusMessageSet): number {
  const size = Math.log2(messages?.length)
  if (!Number.isInteger(size) || size < 1 || size > 8)
    throw invalidOption('messages', 'has one text for each value: 2, 4, 8, ... up to 256')
  return size
}

function writeMessages(set: StatusMessageSet): Readonly<Record<string, Json>> {
  const statusSize = sizeOfMessages(set)
  const statusMessage = set.messages.map((message, value) => ({ status: `0x${value.toString(16)}`, message }))
  if (readStatusMessages(statusMessage, statusSize) === 'malformed') throw invalidOption('messages', 'holds texts')
  return {
    // 1 is the default, and older readers know no other.
    ...(statusSize === 1 ? {} : { statusSize }),
    statusMessage,
    ...(set.reference === undefined ? {} : { statusReference: set.reference }),
  }
}
