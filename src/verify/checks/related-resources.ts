/**
 * Digests of what a credential refers to (`relatedResource`, VCDM 2.0 section 5.3). Judged for what a verification uses: contexts,
 * bundled or loaded, and declared schemas. Images and pages are not fetched, so nothing is said of them.
 *
 * @module
 */

import { encodeHex } from '../../internal/bytes.js'
import { readIntegrity, readMultihash, type Sha2, type StatedDigest } from '../../internal/digests.js'
import { isObject, listOf } from '../../internal/json-object.js'
import type { Json, JsonObject } from '../../internal/types.js'
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
    ...(digestSRI === undefined ? [] : [digestsIn(digestSRI, readIntegrity)]),
    ...listOf(digestMultibase).map((value) => digestsIn(value, readMultihash)),
  ]
  const answers = stated.map((digests): DigestAnswer => {
    if (actual === undefined || digests.length === 0) return 'unknown'
    return digests.some(({ algorithm, hex }) => actual.some((one) => one[algorithm] === hex)) ? 'same' : 'other'
  })
  if (answers.includes('other')) return 'other'
  return answers.includes('unknown') ? 'unknown' : 'same'
}

/** Those that a document's digest is made of. */
const KNOWN = ['sha384', 'sha256'] as const

function digestsIn(value: Json, read: (text: string, known: readonly Sha2[]) => StatedDigest[]): Digest[] {
  return (typeof value === 'string' ? read(value, KNOWN) : []).flatMap(({ algorithm, bytes }) =>
    algorithm === 'sha512' ? [] : [{ algorithm, hex: encodeHex(bytes) }],
  )
}
