/**
 * The context that defines what a proof says. VCDM 2.0's own does; a VCDM 1.1 document needs another one beside it.
 *
 * @module
 */

import { findProblems } from '../canonical/analyze.js'
import { listOf } from '../internal/json-object.js'
import type { Json, JsonObject } from '../internal/types.js'
import { VC_V2 } from '../model/contexts.js'
import { refuseProblems } from './problems.js'
import type { SignSettings } from './signing.js'
import type { ProofOptions, ProofSuite } from './suite.js'

const DATA_INTEGRITY = 'https://w3id.org/security/data-integrity/v2'

/** What every proof of ours says, and what one may say that was asked for it; with values that mean nothing. */
const ALWAYS = {
  type: 'DataIntegrityProof',
  cryptosuite: 'x',
  created: '2000-01-01T00:00:00Z',
  verificationMethod: 'urn:x:key',
  proofPurpose: 'assertionMethod',
  proofValue: 'z1',
} as const
const WHERE_ASKED: JsonObject & { readonly [Member in keyof ProofOptions]?: Json } = {
  id: 'urn:uuid:00000000-0000-4000-8000-000000000000',
  expires: '2000-01-01T00:00:00Z',
  domain: 'x',
  challenge: 'x',
  previousProof: 'urn:x:proof',
}

/**
 * The document as it is where its contexts map the terms of a proof, and with the context of Data Integrity at the end where not: VC Data Integrity 1.0
 * section 2.4, "Context Injection". Where proofs are there already, they secure its contexts too: then it throws ParseError
 * `parse.undefined_term`. Legacy suites have contexts of their own, which their callers give.
 */
export async function withProofContext(
  document: JsonObject,
  { legacy }: ProofSuite,
  { proof = {}, context }: Pick<SignSettings, 'proof' | 'context'>,
): Promise<JsonObject> {
  const contexts = listOf(document['@context'])
  if (legacy || contexts.includes(VC_V2)) return document
  const asked = Object.entries(WHERE_ASKED).filter(([name]) => proof[name as keyof ProofOptions] !== undefined)
  const found = await findProblems({ '@context': contexts, ...ALWAYS, ...Object.fromEntries(asked) }, context)
  // What is wrong with the contexts themselves is told of the whole document.
  const problems = found.filter(({ kind, pointer }) => kind === 'undefined_term' && !pointer.startsWith('/@context'))
  if (problems.length === 0) return document
  if (document.proof !== undefined)
    throw refuseProblems(problems.map((problem) => ({ ...problem, pointer: `/proof${problem.pointer}` })))
  return { ...document, '@context': [...contexts, DATA_INTEGRITY] }
}
