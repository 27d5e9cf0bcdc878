/**
 * What stands in the way of a proof, in the words of who has to hear it: findings about a proof that is to be verified, errors
 * about a document that is to be signed or divided.
 *
 * @module
 */
import { CanonicalizationError, type JsonLdProblem } from '../canonical/types.js'
import { ParseError } from '../errors.js'
import { type Finding, finding } from '../report/check.js'

/** What cannot be canonicalized cannot be verified. Undefined terms and unknown contexts are the schema check's to say. */
export function problemFinding({ kind, code, message, pointer }: JsonLdProblem): Finding<'proof'> {
  if (kind === 'ambiguous_member') return finding('proof.ambiguous_member', message, { pointer })
  if (kind === 'too_complex') return finding('proof.too_complex', message)
  if (kind === 'unknown_context' && code === 'resolve.limit') return finding('proof.limit', message, { pointer })
  return finding('proof.blocked', `without its JSON-LD meaning nothing can be verified: ${message}`, { pointer })
}

/** Throws what is no CanonicalizationError. */
export function canonicalizationFinding(error: unknown): Finding<'proof'> {
  if (!(error instanceof CanonicalizationError)) throw error
  return finding(error.kind === 'too_complex' ? 'proof.too_complex' : 'proof.malformed', error.message)
}

/** `parse.undefined_term` and so on, with every place. */
export function refuseProblems(problems: readonly JsonLdProblem[]): ParseError {
  const issues = problems.map(({ kind, pointer, message }) => ({ code: `parse.${kind}`, pointer, message }))
  const [first] = problems as [JsonLdProblem]
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  return new ParseError(
    `parse.${first.kind}`,
    `this document cannot be signed or disclosed: ${first.message} at "${first.pointer}"${more}`,
    issues,
  )
}

/** Throws what is no CanonicalizationError. */
export function refuseCanonicalization(cause: unknown): ParseError {
  if (!(cause instanceof CanonicalizationError)) throw cause
  return new ParseError(`parse.${cause.kind}`, cause.message, undefined, { cause })
}
