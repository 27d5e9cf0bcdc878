/**
 * Schemas that a credential declares for itself (`credentialSchema`, VCDM 2.0 section 4.11). 1EdTech's own are answered by our
 * model; others are loaded, after the proof.
 *
 * @module
 */
import { ResolutionError } from '../../errors.js'
import type { JsonObject } from '../../internal/types.js'
import type { VerifiableCredential } from '../../model/types.js'
import { type Check, check, type Finding, finding } from '../../report/check.js'
import { loadJsonObject } from '../../resolve/json-document.js'
import type { Work } from '../settings.js'
import { judgeRelated } from './related-resources.js'

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
  try {
    const schema = await loadJsonObject(id, 'schema', 'application/schema+json, application/json', context)
    // What the server has now is not what the issuer declared: nothing follows from it.
    if (judgeRelated(document, id, context.cache) === 'other')
      return [
        finding(
          'schema.declared_unreachable',
          `what is served as the schema ${id} is not the one whose digest the credential has`,
          { pointer, evidence: { url: id } },
        ),
      ]
    const { Validator } = await import('@cfworker/json-schema')
    const { valid, errors } = new Validator(schema as never, '2020-12', false).validate(document)
    if (valid) return []
    const reasons = errors.slice(0, 5).map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`)
    return [
      finding(
        'schema.declared_mismatch',
        `it does not satisfy the schema ${id} that it declares: ${reasons.join('; ').slice(0, 500)}`,
        { pointer, evidence: { url: id } },
      ),
    ]
  } catch (error) {
    if (!(error instanceof ResolutionError)) throw error
    return [
      finding(
        'schema.declared_unreachable',
        `the schema ${id} that it declares could not be loaded: ${error.message}`,
        { pointer, evidence: { url: id } },
      ),
    ]
  }
}
