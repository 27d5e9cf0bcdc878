/**
 * Which status lists an issuer keeps: what was given, with its defaults, and whether it can be.
 *
 * @module
 */
import { invalidOption, missingOption } from '../errors.js'
import type { Optional } from '../internal/types.js'
import { withoutUndefined } from '../internal/without-undefined.js'
import { sizeOfMessages } from '../status/write-entry.js'
import type { IssuerStatus } from './status-places.js'

const TTL_SECONDS = 300
const VALIDITY_SECONDS = 7 * 24 * 60 * 60
/** Where lists are kept and published; the rest has defaults. */
export type StatusOptions = Pick<IssuerStatus, 'store' | 'listUrl'> & Optional<IssuerStatus>

const PURPOSES = ['revocation', 'suspension', 'refresh', 'message']

/** With its defaults. Throws UsageError as `createIssuer` does. */
export function completeStatus(given: StatusOptions): IssuerStatus {
  const status: IssuerStatus = {
    purposes: ['revocation'],
    format: 'BitstringStatusList',
    ttlSeconds: TTL_SECONDS,
    validitySeconds: VALIDITY_SECONDS,
    ...withoutUndefined(given),
  }
  const { store, listUrl, purposes, format, ttlSeconds, validitySeconds, messages } = status
  if (typeof store?.allocate !== 'function' || typeof listUrl !== 'function')
    throw missingOption('status', 'is { store, listUrl }: where lists are kept, and published')
  if (
    !Array.isArray(purposes) ||
    purposes.some((purpose, at) => !PURPOSES.includes(purpose) || purposes.indexOf(purpose) !== at)
  )
    throw invalidOption('status.purposes', `holds some of ${PURPOSES.join(', ')}, each once`)
  if (format !== 'BitstringStatusList' && format !== 'StatusList2021')
    throw invalidOption('status.format', 'is "BitstringStatusList" or "StatusList2021"')
  if (format === 'StatusList2021' && purposes.some((purpose) => purpose === 'refresh' || purpose === 'message'))
    throw invalidOption('status.purposes', ': StatusList2021 knows revocation and suspension only')
  if (
    !Number.isSafeInteger(ttlSeconds) ||
    ttlSeconds < 0 ||
    !Number.isSafeInteger(validitySeconds) ||
    validitySeconds < 60
  )
    throw invalidOption('status.ttlSeconds', 'and "status.validitySeconds" are whole seconds, the latter at least 60')
  // A list that is kept longer than it is valid would be stale in the hands of honest readers.
  if (ttlSeconds > validitySeconds / 2)
    throw invalidOption('status.ttlSeconds', 'is at most half of "status.validitySeconds"')
  if (purposes.includes('message') && messages === undefined)
    throw missingOption('status.messages', 'is missing: what the values of the purpose "message" mean')
  if (messages !== undefined) sizeOfMessages(messages)
  return status
}
