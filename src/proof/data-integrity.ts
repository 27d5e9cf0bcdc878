/**
 * What all cryptosuites of VC Data Integrity 1.0 without selective disclosure have in common: the document and the proof's
 * options are each transformed and hashed, the hashes are joined and signed (vc-di-eddsa section 3.2, vc-di-ecdsa section 3.2).
 * A suite is a row: its name, its keys, its transformation.
 *
 * @module
 */

import { analyze } from '../canonical/analyze.js'
import { canonicalize } from '../canonical/canonicalize.js'
import type { Dataset } from '../canonical/dataset.js'
import type { CanonicalContext, CanonicalizeOptions, JsonLdProblem } from '../canonical/types.js'
import { decodeBase58btc } from '../internal/base58btc.js'
import { decodeHex } from '../internal/bytes.js'
import { isSameJson } from '../internal/json-equal.js'
import { listOf } from '../internal/json-object.js'
import { arrayOf, flag, type Kind, type Members, oneOf, text } from '../internal/members.js'
import { onDemand } from '../internal/on-demand.js'
import type { Bytes, Json, JsonObject } from '../internal/types.js'
import { algorithmOf, signatureBytes } from '../keys/jwk.js'
import type { KeyAlgorithm } from '../keys/signer.js'
import type { Proof } from '../model/types.js'
import { cryptoPlatform } from '../platform/crypto.js'
import type { HashAlgorithm } from '../platform/crypto-platform.js'
import { hashHex, readyHash } from '../platform/hash.js'
import { type Finding, finding } from '../report/check.js'
import { demandOptions } from '../report/demand-options.js'
import { bundledContext } from '../resolve/contexts/bundle.js'
import type { DataIntegrityRow, HashData } from './data-integrity-row.js'
import { canonicalizationFinding, problemFinding } from './problems.js'
import type { ProofSuite } from './suite.js'

const some =
  (kind: Kind): Kind =>
  (value, path) =>
    Array.isArray(value) && value.length === 0 ? { path, says: 'is empty' } : arrayOf(kind)(value, path)
const ROW: Members<DataIntegrityRow> = {
  names: some(text),
  algorithms: some(oneOf('EdDSA', 'ES256', 'ES384', 'RS256')),
  transformation: oneOf('rdfc', 'jcs'),
  ownType: flag,
}

/** A suite of W3C Data Integrity from its row: names, algorithms, how the document is transformed. Throws UsageError for a wrong row. */
export function dataIntegritySuite(row: DataIntegrityRow): ProofSuite {
  demandOptions(row, ROW, { required: ['names', 'algorithms', 'transformation'] })
  const signing = onDemand(() => import('./data-integrity-sign.js'))
  const last = new LastOptions()
  return {
    names: row.names,
    algorithms: row.algorithms,
    ...(row.ownType && { legacy: true }),
    ...(row.transformation === 'jcs' && { secures: 'json' }),
    prepare: async (document, options, context) => {
      // Who only verifies does not load it.
      const { prepareProof } = await signing()
      const algorithm = options.algorithm ?? row.algorithms[0]
      // The key is known by its URL only; its curve decides the hash, so the signer's algorithm travels with the options.
      return prepareProof(row, document as JsonObject, options, (unsecured, proof) =>
        hashData(row, unsecured, proof, hashFor(algorithm), context, last),
      )
    },
    verify: async (document, proof, key, context) => {
      const algorithm = algorithmOf(key.publicJwk)
      if (!row.algorithms.includes(algorithm)) {
        return [
          finding('proof.mismatch', `a key for ${algorithm} cannot have made a proof of ${row.names[0]}`, {
            evidence: { key: key.id },
          }),
        ]
      }
      const signature = readProofValue(proof, signatureBytes(key.publicJwk))
      if (!(signature instanceof Uint8Array)) return [signature]
      if (
        row.transformation === 'jcs' &&
        !isPrefix((proof as unknown as JsonObject)['@context'], (document as JsonObject)['@context'])
      ) {
        return [
          finding('proof.malformed', 'the proof was made under other contexts than the document has now', {
            pointer: '/proof/@context',
          }),
        ]
      }
      try {
        const data = await hashData(
          row,
          document as JsonObject,
          proof as unknown as JsonObject,
          hashFor(algorithm),
          context,
        )
        if ('problems' in data) return data.problems.map(problemFinding)
        const platform = cryptoPlatform()
        const imported = (key.imported ?? (await platform.importPublicKey(algorithm, key.publicJwk))) as object
        if (await platform.verify(algorithm, imported, data.bytes, signature, context.concurrent)) {
          return [
            finding('proof.verified', `the ${row.names[0]} proof verifies`, {
              evidence: { key: key.id, suite: row.names[0] },
            }),
          ]
        }
        return [
          finding(
            'proof.mismatch',
            'the signature does not match: the credential was changed after it was signed, or signed with another key',
            { evidence: { key: key.id } },
          ),
        ]
      } catch (error) {
        return [canonicalizationFinding(error)]
      }
    },
  }
}

const hashFor = (algorithm: KeyAlgorithm | undefined): HashAlgorithm => (algorithm === 'ES384' ? 'SHA-384' : 'SHA-256')

/** Do the contexts of a proof begin those of its document? Then the document was extended at most (vc-di-eddsa section 3.3.2 step 4). */
function isPrefix(own: Json | undefined, contexts: Json | undefined): boolean {
  const all = listOf(contexts)
  return listOf(own).every((entry, index) => isSameJson(entry, all[index]))
}

/**
 * vc-di-eddsa section 3.2.5: the proof's options under the document's contexts, as a document of their own. The same object
 * for the same proof within one verification, so that it is analyzed once.
 */
export function proofConfiguration(document: JsonObject, proof: JsonObject, { memo }: CanonicalContext): JsonObject {
  const made = memo?.get(proof) as JsonObject | undefined
  if (made !== undefined) return made
  // Written to, not spread once more: that alone took a microsecond.
  const { proofValue, ...configuration } = proof as { [name: string]: Json }
  configuration['@context'] = document['@context'] ?? []
  memo?.set(proof, configuration)
  return configuration
}

/**
 * The hash of the options that were signed last. `created` counts seconds, so that an issuer of many badges writes one text for all of a
 * second. Only for signing: a verifier keeps nothing that a stranger wrote. And only under bundled contexts, which mean the same tomorrow.
 */
class LastOptions {
  #text = ''
  #hash = ''

  find(text: string): string | undefined {
    return text === this.#text ? this.#hash : undefined
  }

  keep(text: string, configuration: JsonObject, hash: string): void {
    const isLasting = listOf(configuration['@context']).every(
      (context) => typeof context === 'string' && bundledContext(context) !== undefined,
    )
    if (!isLasting) return
    this.#text = text
    this.#hash = hash
  }
}

/** vc-di-eddsa sections 3.2.4 (hashing) and 3.2.5 (proof configuration). */
async function hashData(
  row: DataIntegrityRow,
  document: JsonObject,
  proof: JsonObject,
  hash: HashAlgorithm,
  context: CanonicalContext,
  last?: LastOptions,
): Promise<HashData> {
  await readyHash(hash)
  if (row.transformation === 'jcs') {
    const { proofValue, ...options } = proof
    const { canonicalJson } = await import('../internal/jcs.js')
    // A proof with contexts of its own was made when the document had only those (vc-di-eddsa section 3.3.2 step 4).
    const signed = options['@context'] === undefined ? document : { ...document, '@context': options['@context'] }
    return joined(hashHex(hash, canonicalJson(options)), hashHex(hash, canonicalJson(signed)))
  }
  const configuration = proofConfiguration(document, proof, context)
  const limits = { hash, maxSteps: context.limits.canonicalSteps, budget: context.budget }
  const text = last === undefined ? '' : hash + JSON.stringify(configuration)
  const known = last?.find(text)
  const ofProof = known === undefined ? await analyze(configuration, context) : { problems: [], dataset: undefined }
  const hashOfOptions = (): string => {
    const made = known ?? hashHex(hash, canonicalize(ofProof.dataset as Dataset, limits))
    if (known === undefined) last?.keep(text, configuration, made)
    return made
  }
  const form = await context.forms?.of(document, hash)
  if (form !== undefined && ofProof.problems.length === 0 && (known ?? ofProof.dataset) !== undefined)
    return joined(hashOfOptions(), hashHex(hash, form))
  const ofDocument = await analyze(document, context)
  // The proof is read under the document's contexts: what is wrong with those is told once, and where they stand.
  const ofProofAlone = ofDocument.problems.length === 0 ? ofProof.problems : ofProof.problems.filter(isInside)
  const problems = [
    ...ofDocument.problems,
    ...ofProofAlone.map((problem) => ({ ...problem, pointer: `/proof${problem.pointer}` })),
  ]
  if (problems.length > 0 || ofDocument.dataset === undefined) return { problems }
  return joined(hashOfOptions(), documentHash(ofDocument.dataset, limits, context))
}

const isInside = ({ pointer }: JsonLdProblem): boolean => !pointer.startsWith('/@context')

/** The proofs of a set share their document, so within one verification it is canonicalized once for each hash. */
function documentHash(dataset: Dataset, limits: CanonicalizeOptions, { memo }: CanonicalContext): string {
  const known = (memo?.get(dataset) ?? {}) as Partial<Record<HashAlgorithm, string>>
  const before = known[limits.hash]
  if (before !== undefined) return before
  const hash = hashHex(limits.hash, canonicalize(dataset, limits))
  known[limits.hash] = hash
  memo?.set(dataset, known)
  return hash
}

function joined(proofHash: string, documentHash: string): HashData {
  return { bytes: decodeHex(proofHash + documentHash) as Bytes }
}

function readProofValue(proof: Proof, bytes: number | undefined): Bytes | Finding<'proof'> {
  const { proofValue } = proof
  const pointer = '/proof/proofValue'
  if (typeof proofValue !== 'string')
    return finding('proof.malformed', 'the proof has no "proofValue"', { pointer: '/proof' })
  const signature =
    proofValue.startsWith('z') && proofValue.length <= 256 ? decodeBase58btc(proofValue.slice(1)) : undefined
  if (signature === undefined) return finding('proof.malformed', '"proofValue" is "z" and base58btc', { pointer })
  if (signature.length !== bytes)
    return finding(
      'proof.malformed',
      `"proofValue" has ${signature.length} bytes, a signature of this key has ${bytes}`,
      { pointer },
    )
  return signature
}
