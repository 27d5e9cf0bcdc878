/**
 * Schemas that a credential declares for itself (`credentialSchema`, VCDM 2.0 section 4.11). 1EdTech's own are answered by our
 * model; others are loaded, after the proof.
 *
 * @module
 */
import { Budget } from '../../canonical/budget.js'
import { CanonicalizationError } from '../../canonical/canonicalization-error.js'
import { ResolutionError } from '../../errors.js'
import { shown } from '../../internal/shown.js'
import type { JsonObject } from '../../internal/types.js'
import type { VerifiableCredential } from '../../model/types.js'
import { type Check, check, type Finding, finding } from '../../report/check.js'
import { digestDocument } from '../../resolve/document-digest.js'
import { loadJson } from '../../resolve/json-document.js'
import { judgeBy } from '../json-schema/judge-by.js'
import { NoSchema } from '../json-schema/keywords.js'
import { UnsupportedPattern } from '../json-schema/schema-documents.js'
import type { Work } from '../settings.js'
import { judgeRelated } from './related-resources.js'

const ACCEPT = 'application/schema+json, application/json'
const TYPES = ['1EdTechJsonSchemaValidator2019', 'JsonSchema']
/** Open Badges 3.0 publishes them here, in several editions; the model has judged the credential already. */
const OFFICIAL =
  /^https:\/\/purl\.imsglobal\.org\/spec\/(?:ob|clr)\/v\dp\d\/schema\/json(?:-ld)?\/(?:ob|clr)_v\dp\d_\w+_schema\.json$/

/** The schema check with what the declared schemas add to it. */
export async function checkDeclaredSchemas(
  schema: Check<'schema'>,
  model: VerifiableCredential,
  document: JsonObject,
  work: Work,
): Promise<Check<'schema'>> {
  const findings: Finding<'schema'>[] = []
  for (const [index, { id, type }] of (model.credentialSchema ?? []).entries()) {
    const pointer = `/credentialSchema/${index}`
    if (OFFICIAL.test(id)) continue
    if (![type].flat().some((name) => TYPES.includes(name))) {
      findings.push(
        finding(
          'schema.declared_unreachable',
          `schemas of type "${[type].flat().join(', ').slice(0, 80)}" cannot be used here`,
          { pointer },
        ),
      )
      continue
    }
    findings.push(...(await validate(id, document, pointer, work)))
  }
  return findings.length === 0 ? schema : check([...schema.findings, ...findings])
}

async function validate(
  id: string,
  document: JsonObject,
  pointer: string,
  { context }: Work,
): Promise<Finding<'schema'>[]> {
  const about = (code: 'schema.declared_unreachable' | 'schema.limit', message: string) => [
    finding(code, message, { pointer, evidence: { url: id } }),
  ]
  const unusable = (message: string) => about('schema.declared_unreachable', message)
  const budget = context.budget ?? new Budget({ bytes: 0, steps: 0 })
  const spend = (amount: number) => budget.spend('judgements', amount)
  const load = async (url: string): Promise<JsonObject> => {
    const { schema, digest, size } = await loadJson(url, 'schema', ACCEPT, context, async (schema, bytes) => ({
      schema,
      size: bytes.length,
      digest: await digestDocument(bytes),
    }))
    // What the server has now is not what the issuer declared: nothing follows from it.
    if (judgeRelated(document, url, digest) === 'other')
      throw new NoSchema('it is not the one whose digest the credential has')
    budget.admit(size)
    return schema
  }
  try {
    const faults = await judgeBy(id, document, { load, spend })
    if (faults.length === 0) return []
    const reasons = faults.map(({ pointer, message }) => `${pointer || 'the whole'}: ${message}`)
    return [
      finding(
        'schema.declared_mismatch',
        `it does not satisfy the schema ${id} that it declares: ${shown(reasons.join('; '), 500)}`,
        { pointer, evidence: { url: id } },
      ),
    ]
  } catch (error) {
    if (error instanceof NoSchema)
      return unusable(`what is served as the schema ${id} is of no use: ${shown(error.message, 300)}`)
    if (error instanceof ResolutionError)
      return unusable(`the schema ${id} that it declares could not be loaded: ${error.message}`)
    if (error instanceof UnsupportedPattern)
      return about(
        'schema.limit',
        `the schema ${error.url} has a pattern at ${shown(error.pointer, 300)} that cannot be run in linear time: ${error.message}`,
      )
    if (error instanceof CanonicalizationError && error.kind === 'too_complex')
      return about('schema.limit', `judging it by the schema ${id} takes more work than its size allows`)
    throw error
  }
}
