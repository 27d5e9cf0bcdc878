/**
 * A status list as the credential that is published: Bitstring Status List 1.0 section 2.2, Status List 2021 section 5.2. Not
 * signed yet.
 *
 * @module
 */

import { invalidOption, UsageError } from '../errors.js'
import { anything, bytes, date, either, type Members, open, text, whole } from '../internal/members.js'
import { shown } from '../internal/shown.js'
import type { Bytes, Json, JsonObject } from '../internal/types.js'
import { VC_V2 } from '../model/contexts.js'
import { formatDateTime } from '../model/date-time.js'
import type { StatusPurpose, VerifiableCredential } from '../model/types.js'
import { demandOptions } from '../report/demand-options.js'
import { encodeBitstring } from './bitstring.js'
import { isUrl } from './status-entry.js'

/** `BitstringStatusList` is the standard; `StatusList2021` for readers that know its draft only: entries of one bit. */
export type StatusListFormat = 'BitstringStatusList' | 'StatusList2021'
export const STATUS_LIST_FORMATS: readonly StatusListFormat[] = ['BitstringStatusList', 'StatusList2021']

const OF_2021 = 'https://w3id.org/vc/status-list#'
/**
 * The terms of the draft, in place: its own context (https://w3id.org/vc/status-list/2021/v1) redefines what that of VCDM 2.0
 * protects, so that no document can have both. The IRIs are the same.
 */
export const STATUS_LIST_2021_TERMS = /* @__PURE__ */ (() =>
  ({
    StatusList2021Credential: `${OF_2021}StatusList2021Credential`,
    StatusList2021: {
      '@id': `${OF_2021}StatusList2021`,
      '@context': { statusPurpose: `${OF_2021}statusPurpose`, encodedList: `${OF_2021}encodedList` },
    },
    StatusList2021Entry: {
      '@id': `${OF_2021}StatusList2021Entry`,
      '@context': {
        statusPurpose: `${OF_2021}statusPurpose`,
        statusListIndex: `${OF_2021}statusListIndex`,
        statusListCredential: { '@id': `${OF_2021}statusListCredential`, '@type': '@id' },
      },
    },
  }) as const)() satisfies JsonObject

/** A list and its bits. */
export interface StatusListInput {
  /** Where it is published: the `statusListCredential` of its entries. */
  readonly url: string
  /** Who signs it. The id, or an object with it. */
  readonly issuer: string | { readonly id: string }
  readonly purpose: StatusPurpose
  /** Packed, the first entry in the highest bit of the first byte. */
  readonly bits: Bytes
  /** Bits of an entry. Default 1. */
  readonly statusSize?: number | undefined
  /** Default `BitstringStatusList`. */
  readonly format?: StatusListFormat | undefined
  readonly validFrom: Date
  readonly validUntil?: Date | undefined
  /** Seconds for which readers may keep the list. Written in milliseconds, as the standard has it. */
  readonly ttlSeconds?: number | undefined
}

/** `anything` is judged in words of its own. */
const LIST: Members<StatusListInput> = {
  url: anything,
  // An object with more than its id is written as it is.
  issuer: either(text, open({ id: text }, ['id'])),
  purpose: text,
  bits: bytes,
  statusSize: whole(1, 32),
  format: anything,
  validFrom: date,
  validUntil: date,
  ttlSeconds: anything,
}

/**
 * The unsigned list; sign it with the key of `issuer`. Encodes: once per publication is enough.
 *
 * Throws UsageError `usage.invalid_option`: fewer than 131 072 bits, no URL, a size that the format does not have.
 */
export async function createStatusListCredential(input: StatusListInput): Promise<VerifiableCredential> {
  demandOptions(input, LIST, { required: ['url', 'issuer', 'purpose', 'bits', 'validFrom'] })
  const { url, issuer, purpose, bits, statusSize = 1, format = 'BitstringStatusList', ttlSeconds } = input
  if (!isUrl(url) || url.includes('#'))
    throw invalidOption('url', `is an absolute URL without a fragment, not ${shown(url)}`)
  if (ttlSeconds !== undefined && !(Number.isSafeInteger(ttlSeconds) && ttlSeconds >= 0))
    throw invalidOption('ttlSeconds', 'is a whole number of seconds, at least 0')
  if (format !== 'BitstringStatusList' && format !== 'StatusList2021')
    throw invalidOption('format', 'is "BitstringStatusList" or "StatusList2021"')
  if (format === 'StatusList2021' && (statusSize !== 1 || (purpose !== 'revocation' && purpose !== 'suspension')))
    throw new UsageError(
      'usage.invalid_option',
      'StatusList2021 has entries of one bit, for revocation or suspension: publish others as BitstringStatusList',
      { option: 'format' },
    )
  const encoded = await encodeBitstring(bits)
  const isOld = format === 'StatusList2021'
  const subject: JsonObject = {
    id: `${url}#list`,
    type: format,
    statusPurpose: purpose,
    // The older draft has base64url without the prefix of multibase.
    encodedList: isOld ? encoded.slice(1) : encoded,
    ...(ttlSeconds === undefined || isOld ? {} : { ttl: ttlSeconds * 1000 }),
  }
  return {
    '@context': isOld ? [VC_V2, STATUS_LIST_2021_TERMS] : [VC_V2],
    id: url,
    type: ['VerifiableCredential', `${format}Credential`],
    issuer: issuer as Json,
    validFrom: formatDateTime(input.validFrom),
    ...(input.validUntil === undefined ? {} : { validUntil: formatDateTime(input.validUntil) }),
    credentialSubject: subject,
  } as unknown as VerifiableCredential
}
