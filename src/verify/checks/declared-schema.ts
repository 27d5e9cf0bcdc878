/**
 * Schemas that a credential declares for itself (`credentialSchema`, VCDM 2.0 section 4.11). 1EdTech's own are answered by our
 * model; others are loaded, after the proof.
 *
 * @module
 */
import type { ValidationResult } from '@cfworker/json-schema'
import { ResolutionError } from '../../errors.js'
import { shown } from '../../internal/shown.js'
import type { JsonObject } from '../../internal/types.js'
import type { VerifiableCredential } from '../../model/types.js'
import { type Check, check, type Finding, finding } from '../../report/check.js'
import { digestDocument } from '../../resolve/document-digest.js'
import { loadJson } from '../../resolve/json-document.js'
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
  const unusable = (message: string): Finding<'schema'>[] => [
    finding('schema.declared_unreachable', message, { pointer, evidence: { url: id } }),
  ]
  try {
    const { document: schema, digest } = await loadJson(
      id,
      'schema',
      'application/schema+json, application/json',
      context,
      async (schema, bytes) => ({ document: schema, digest: await digestDocument(bytes) }),
    )
    // What the server has now is not what the issuer declared: nothing follows from it.
    if (judgeRelated(document, id, digest) === 'other')
      return unusable(`what is served as the schema ${id} is not the one whose digest the credential has`)
    const result = await judge(schema, document)
    if (typeof result === 'string') return unusable(`what is served as the schema ${id} is no schema: ${result}`)
    const { valid, errors } = result
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
    return unusable(`the schema ${id} that it declares could not be loaded: ${error.message}`)
  }
}

/** JSON Schema Validation 2020-12 section 6.1.1. */
const TYPE_NAMES: readonly unknown[] = ['null', 'boolean', 'object', 'array', 'number', 'integer', 'string']

/**
 * What the schema says of the document; a text where it is not one, and nothing follows from it. The validator takes a schema's shape for granted
 * and throws in the midst of one that has another, or that leads to itself or to a document that it was not given.
 */
async function judge(schema: JsonObject, document: JsonObject): Promise<ValidationResult | string> {
  // The one keyword that an error message in JSON has too: such an answer must not refuse the badge.
  const types = schema.type === undefined ? [] : [schema.type].flat()
  if (!types.every((name) => TYPE_NAMES.includes(name))) return `it has the type "${shown(schema.type, 60)}"`
  const { Validator } = await import('@cfworker/json-schema')
  try {
    return new Validator(schema as never, '2020-12', false).validate(document)
  } catch (error) {
    return shown(error instanceof Error ? error.message : error, 200)
  }
}
