/**
 * Does it follow the data model, and does every member mean something? The model is bundled; contexts that are not are
 * loaded only for a signed document, whose proof needs them anyway.
 *
 * @module
 */
import { analyze, findProblems, loadedFor } from '../../canonical/analyze.js'
import type { ContextDocument } from '../../canonical/context-document.js'
import type { ContextFailure } from '../../canonical/contexts.js'
import { type CanonicalContext, type JsonLdProblem, UNCOVERED } from '../../canonical/types.js'
import { ResolutionError } from '../../errors.js'
import { onDemand } from '../../internal/on-demand.js'
import type { JsonObject } from '../../internal/types.js'
import { credentialKind } from '../../model/credential-kind.js'
import { withoutJwts } from '../../model/presented.js'
import { readModel } from '../../model/read.js'
import type { VerifiableCredential } from '../../model/types.js'
import { proofConfiguration } from '../../proof/data-integrity.js'
import { type Check, check, type Finding, finding } from '../../report/check.js'
import type { DocumentDigest } from '../../resolve/document-digest.js'
import type { DocumentLoader } from '../../resolve/document-loader.js'
import { judgeListCredential } from '../../status/list-credential.js'
import type { Reading } from '../reading.js'

export interface SchemaOutcome<Model = VerifiableCredential> {
  readonly check: Check<'schema'>
  /** The normalized view; absent where the document does not follow the model. */
  readonly model?: Model
}

export async function checkSchema(reading: Reading, context: CanonicalContext): Promise<SchemaOutcome> {
  const kind = credentialKind(reading.document)
  // The model judges the shape of proofs too, so it sees them.
  const read = readModel(reading.whole, kind)
  const findings = [...(await checkMeaning(reading, context))]
  if (reading.document.relatedResource !== undefined) {
    // Few credentials have digests of their contexts: the digests of ours are loaded for those that do.
    const { checkRelatedContexts } = await relatedResources()
    const loaded = loadedFor(reading.document, context)
    findings.push(...checkRelatedContexts(reading.document, (url) => digestIn(loaded.get(url))))
  }
  const faults = read.ok ? judgeListCredential(reading.document) : read.issues
  if (!read.ok || faults.length > 0) {
    const issues = faults.map(({ pointer, message }) => finding('schema.mismatch', message, { pointer }))
    return { check: check([...issues, ...findings]) }
  }
  const notes = read.notes.map(({ code, pointer, message }) => finding(code, message, { pointer }))
  const result =
    kind === 'credential'
      ? finding('schema.not_applicable', 'this is no Open Badge; it follows the model of verifiable credentials')
      : finding(
          'schema.conforms',
          `it follows the model of ${kind === 'open-badge' ? 'Open Badges 3.0' : 'endorsements'} (VCDM ${read.version})`,
        )
  return { check: check([result, ...notes, ...findings]), model: read.value as VerifiableCredential }
}

function digestIn(context: ContextDocument | ContextFailure | undefined): DocumentDigest | undefined {
  return context === undefined || 'code' in context ? undefined : context.digest
}

const relatedResources = onDemand(() => import('./related-resources.js'))

/**
 * JSON-LD safe mode over the whole document, proofs included. For a JWT, which secures the JSON itself, an undefined term
 * is only a remark. Ambiguous members, and what is too complex, are the proof check's to report; a JWT's has no say in that.
 */
export async function checkMeaning(reading: Reading, context: CanonicalContext): Promise<Finding<'schema'>[]> {
  const { document, proofs, proofPointer, jwt } = reading
  const isSigned = proofs.length > 0
  const scope = isSigned ? context : { ...context, loader: noLoader }
  if (jwt !== undefined) {
    const meant = jwt.kind === 'vp' ? withoutJwts(document) : document
    return (await findProblems(meant, scope)).flatMap(({ kind, pointer, message }) =>
      // The signature covers it: it is of the JSON.
      kind === 'undefined_term'
        ? [finding('schema.outside_vocabulary', message.replace(UNCOVERED, 'JSON-LD drops it'), { pointer })]
        : kind === 'too_complex'
          ? [finding('schema.mismatch', message, { pointer })]
          : [],
    )
  }
  const analysis = analyze(document, scope)
  const { problems } = analysis instanceof Promise ? await analysis : analysis
  const findings = problems.flatMap((problem) => meaningFinding(problem, problem.pointer))
  for (let index = 0; index < proofs.length; index++) {
    const attempt = analyze(proofConfiguration(document, proofs[index] as JsonObject, context), scope)
    const configuration = attempt instanceof Promise ? await attempt : attempt
    for (const problem of configuration.problems) {
      // The document's own contexts have been judged already.
      if (problem.kind === 'unknown_context' || problem.pointer.startsWith('/@context')) continue
      findings.push(...meaningFinding(problem, proofPointer(index) + problem.pointer))
    }
  }
  return findings
}

function meaningFinding({ kind, message, code }: JsonLdProblem, pointer: string): Finding<'schema'>[] {
  switch (kind) {
    case 'undefined_term':
      return [finding('schema.undefined_term', message, { pointer })]
    case 'unknown_context':
      return [finding(code === 'resolve.limit' ? 'schema.limit' : 'schema.unknown_context', message, { pointer })]
    case 'invalid':
      return [finding('schema.mismatch', message, { pointer })]
    case 'ambiguous_member':
    case 'too_complex':
      return []
  }
}

/** Nothing is fetched for what nobody has signed. */
const noLoader: DocumentLoader = {
  load: async ({ url }) => {
    throw new ResolutionError(
      'resolve.not_asked',
      url,
      `${url} is not bundled, and nothing is fetched for a document that is not signed, or signed as a JWT`,
    )
  },
}
