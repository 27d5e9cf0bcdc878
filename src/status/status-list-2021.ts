/**
 * Verifiable Credentials Status List 2021 (W3C working draft of 2023-04-27), from which Bitstring Status List came.
 *
 * @module
 */
import { listMethod } from './bitstring-status-list.js'
import type { StatusMethod } from './status-method.js'

/** Reads `StatusList2021Entry`: entries of one bit, and lists that are base64 without the prefix of multibase. */
export function statusList2021(): StatusMethod {
  return listMethod({
    entryType: 'StatusList2021Entry',
    credentialType: 'StatusList2021Credential',
    subjectType: 'StatusList2021',
    encoding: 'base64',
  })
}
