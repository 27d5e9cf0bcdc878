/**
 * Digests of what a credential refers to (`relatedResource`, VCDM 2.0 section 5.3). Judged for what a verification uses: contexts,
 * bundled or loaded, and declared schemas. Images and pages are not fetched, so nothing is said of them.
 *
 * @module
 */

import { decodeBase58btc } from '../../internal/base58btc.js'
import { decodeBase64, decodeBase64url } from '../../internal/base64url.js'
import { encodeHex } from '../../internal/bytes.js'
import { isObject, listOf } from '../../internal/json-object.js'
import type { Bytes, Json, JsonObject } from '../../internal/types.js'
import { type Finding, finding } from '../../report/check.js'
import { publishedDigests } from '../../resolve/contexts/digests.js'
import type { DocumentDigest } from '../../resolve/document-digest.js'

type Algorithm = keyof DocumentDigest
interface Digest {
  readonly algorithm: Algorithm
  readonly hex: string
}

/** `unknown`: in no way that is read here. `other`: the document is another one. */
export type DigestAnswer = 'same' | 'other' | 'unknown'

/**
 * A context with other bytes than the credential was made with may give its members another meaning. It is as if the context
 * were not there: `schema.unknown_context`, whether we have another edition or the server does. `digestOf`: of the context that the
 * document was read with; undefined for one that was not loaded.
 */
export function checkRelatedContexts(
  document: JsonObject,
  digestOf: (url: string) => DocumentDigest | undefined,
): Finding<'schema'>[] {
  const contexts = new Set(listOf(document['@context']))
  return listOf(document.relatedResource).flatMap((entry, index): Finding<'schema'>[] => {
    if (!isObject(entry) || typeof entry.id !== 'string' || !contexts.has(entry.id)) return []
    const pointer = Array.isArray(document.relatedResource) ? `/relatedResource/${index}` : '/relatedResource'
    const details = { pointer, evidence: { url: entry.id } }
    const answer = compareDigests(entry, entry.id, digestOf(entry.id))
    if (answer === 'same') return []
    const context = `the context ${entry.id.slice(0, 200)}`
    return answer === 'other'
      ? [
          finding(
            'schema.unknown_context',
            `${context} that is used here is not the one whose digest the credential has`,
            details,
          ),
        ]
      : [
          finding(
            'schema.declared_unreachable',
            `whether ${context} is the one whose digest the credential has could not be checked`,
            details,
          ),
        ]
  })
}

/** What the credential says of the document that was loaded from `url`; `same` where it says nothing. */
export function judgeRelated(document: JsonObject, url: string, digest: DocumentDigest): DigestAnswer {
  const entry = listOf(document.relatedResource).find((one) => isObject(one) && one.id === url)
  return isObject(entry) ? compareDigests(entry, url, digest) : 'same'
}

function compareDigests(
  { digestSRI, digestMultibase }: JsonObject,
  url: string,
  loaded: DocumentDigest | undefined,
): DigestAnswer {
  const actual = loaded === undefined ? publishedDigests(url) : [loaded]
  const stated = [
    ...(digestSRI === undefined ? [] : [readIntegrity(digestSRI)]),
    ...listOf(digestMultibase).map((value) => readMultihash(value)),
  ]
  const answers = stated.map((digests): DigestAnswer => {
    if (actual === undefined || digests.length === 0) return 'unknown'
    return digests.some(({ algorithm, hex }) => actual.some((one) => one[algorithm] === hex)) ? 'same' : 'other'
  })
  if (answers.includes('other')) return 'other'
  return answers.includes('unknown') ? 'unknown' : 'same'
}

/** Subresource Integrity section 3.3: several digests may stand there, and the strongest counts. */
function readIntegrity(value: Json): Digest[] {
  const digests = (typeof value === 'string' ? value : '')
    .slice(0, 4096)
    .split(/\s+/)
    .flatMap((part) => {
      const [, algorithm, text] = /^(sha256|sha384)-([A-Za-z0-9+/]+={0,2})(?:\?.*)?$/.exec(part) ?? []
      return readDigest(algorithm as Algorithm | undefined, text === undefined ? undefined : decodeBase64(text))
    })
  const strongest = digests.some(({ algorithm }) => algorithm === 'sha384') ? 'sha384' : 'sha256'
  return digests.filter(({ algorithm }) => algorithm === strongest)
}

/** Multihash (Controlled Identifiers 1.0 section 2.5): code, length, digest; in base64url or base58btc. */
function readMultihash(value: Json): Digest[] {
  if (typeof value !== 'string' || value.length > 256) return []
  const text = value.slice(1)
  const bytes = value.startsWith('u')
    ? decodeBase64url(text)
    : value.startsWith('z')
      ? decodeBase58btc(text)
      : undefined
  if (bytes === undefined || bytes[1] !== bytes.length - 2) return []
  return readDigest(MULTIHASH[bytes[0] ?? 0], bytes.slice(2))
}

const MULTIHASH: Readonly<Record<number, Algorithm>> = { 18: 'sha256', 32: 'sha384' }
const LENGTH: Readonly<Record<Algorithm, number>> = { sha256: 32, sha384: 48 }

function readDigest(algorithm: Algorithm | undefined, bytes: Bytes | undefined): Digest[] {
  if (algorithm === undefined || bytes?.length !== LENGTH[algorithm]) return []
  return [{ algorithm, hex: encodeHex(bytes) }]
}
