/**
 * Base proofs: vc-di-ecdsa sections 3.6.1 to 3.6.5.
 *
 * @module
 */
import { analyze } from '../canonical/analyze.js'
import type { CanonicalContext } from '../canonical/types.js'
import { invalidOption, ParseError, SigningError, UsageError } from '../errors.js'
import type { Bytes, JsonObject, MaybePromise } from '../internal/types.js'
import { plain } from '../model/parse.js'
import { proofConfiguration } from './data-integrity.js'
import { refuseProblems } from './problems.js'
import { proofMembers, proofsOf } from './proof-members.js'
import { canonical, findIndivisible, state, statePart } from './sd-divide.js'
import { signStatements } from './sd-key.js'
import { mandatoryPointers } from './sd-mandatory.js'
import { expectPointers } from './sd-problems.js'
import { HMAC_BYTES, SIGNATURE_BYTES, writeBaseProofValue } from './sd-proof-value.js'
import { signData } from './sd-sign-data.js'
import type { PreparedProof, PrepareOptions } from './suite.js'

export interface RandomSources {
  randomBytes(length: number): Bytes
  generateKey(): MaybePromise<object>
}

/** Characters that a signature takes in a proof value. */
const SIGNATURE_CHARACTERS = Math.ceil(((SIGNATURE_BYTES + 2) * 4) / 3)

export async function prepareBaseProof(
  input: object,
  options: PrepareOptions,
  context: CanonicalContext,
  { randomBytes, generateKey }: RandomSources,
): Promise<PreparedProof> {
  const given = plain(input, 'credential') as JsonObject
  const { proof: _, ...document } = given
  const added = options.mandatoryPointers ?? []
  expectPointers(added, document, 'proof.mandatoryPointers')
  const pointers = [...new Set([...mandatoryPointers(document), ...added])]
  const proof = createProof(given, options)
  const present = proofsOf(given)
  const hmacKey = randomBytes(HMAC_BYTES)
  const whole = await state(document, hmacKey, context)
  const part = await statePart(whole, pointers, context)
  if (part === undefined)
    throw new UsageError(
      'usage.indivisible_pointer',
      `"${await findIndivisible(whole, pointers, context)}" cannot be mandatory by itself: it leads into a list or a JSON literal, which is revealed as a whole. Name all of it`,
    )
  const mandatory = new Set(part.statements)
  const others = whole.statements.filter((each) => !mandatory.has(each))
  if (JSON.stringify(document).length + others.length * SIGNATURE_CHARACTERS > context.limits.documentBytes)
    throw new ParseError(
      'parse.too_large',
      `this document makes ${others.length} statements that can be withheld, and with a signature for each it would be larger than documents may be: make more of it mandatory`,
    )
  const { publicKey, signatures } = await signStatements(others, generateKey)
  const quads = await canonicalOptions(document, proof, context)
  return {
    data: signData(quads, publicKey, part.statements),
    complete: (baseSignature) => {
      if (baseSignature.length !== SIGNATURE_BYTES)
        throw new SigningError('sign.malformed', `a P-256 signature has ${SIGNATURE_BYTES} bytes: r||s`)
      const value = { baseSignature, publicKey, hmacKey, signatures, mandatoryPointers: pointers }
      const complete = { ...proof, proofValue: writeBaseProofValue(value) }
      return { ...document, proof: present.length === 0 ? complete : [...present, complete] }
    },
  }
}

function createProof(document: JsonObject, options: PrepareOptions): JsonObject {
  if (options.previousProof !== undefined)
    throw invalidOption(
      'proof.previousProof',
      'cannot be had with ecdsa-sd-2023: what is derived would no longer have the proof that it builds on',
    )
  return proofMembers(['DataIntegrityProof', 'ecdsa-sd-2023'], document, options)
}

/** Sections 3.6.3 and 3.6.4: the proof's options as a document of their own. Throws ParseError. */
async function canonicalOptions(document: JsonObject, proof: JsonObject, context: CanonicalContext): Promise<string> {
  const { dataset, problems } = await analyze(proofConfiguration(document, proof, context), context)
  if (problems.length > 0 || dataset === undefined)
    throw refuseProblems(problems.map((each) => ({ ...each, pointer: `/proof${each.pointer}` })))
  return canonical(dataset, context).nquads
}
