/**
 * The JSON Schemas (2020-12) of the strict written form, from the model's own schemas. `schemas/*.json` are these, checked in.
 *
 * No `$id`: a URL would claim a place that is not ours, and whoever bundles the files gives them one. All references stay
 * within the file.
 *
 * @module
 */
import * as z from 'zod/mini'
import type { JsonObject } from '../../src/internal/types.js'
import { achievement, openBadgeCredential } from '../../src/model/schemas/achievement.js'
import { valueRules } from '../../src/model/schemas/blocks.js'
import { verifiableCredential } from '../../src/model/schemas/credential.js'
import { verifiablePresentation } from '../../src/model/schemas/presentation.js'
import { endorsementCredential, profile } from '../../src/model/schemas/profile.js'

/** File name without `.json`, title, schema. */
const FILES = {
  'achievement-credential': ['Open Badge (AchievementCredential) of Open Badges 3.0', openBadgeCredential],
  'endorsement-credential': ['EndorsementCredential of Open Badges 3.0', endorsementCredential],
  achievement: ['Achievement of Open Badges 3.0', achievement],
  profile: ['Profile of Open Badges 3.0', profile],
  'verifiable-credential': ['Verifiable credential, VCDM 2.0', verifiableCredential],
  'verifiable-presentation': ['Verifiable presentation, VCDM 2.0', verifiablePresentation],
} as const satisfies Readonly<Record<string, readonly [string, z.core.$ZodType]>>

/** The text of each file. */
export function publishedSchemas(): ReadonlyMap<string, string> {
  const texts = Object.entries(FILES).map(([name, [title, schema]]): [string, string] => {
    const { $schema, ...body } = jsonSchemaOf(schema)
    return [`${name}.json`, `${JSON.stringify({ $schema, title, ...body }, undefined, 2)}\n`]
  })
  return new Map(texts)
}

function jsonSchemaOf(root: z.core.$ZodType): JsonObject {
  // Named classes become $defs; the root is the document itself.
  const names = z.registry<{ id?: string }>()
  for (const [schema, { id }] of valueRules) if (id !== undefined && schema !== root) names.add(schema, { id })
  return z.toJSONSchema(root, {
    target: 'draft-2020-12',
    metadata: names,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      Object.assign(jsonSchema, valueRules.get(zodSchema)?.json)
      // A tuple with a rest has its first items for certain; zod leaves that out.
      if (jsonSchema.prefixItems) jsonSchema.minItems = jsonSchema.prefixItems.length
      // Open classes: zod writes {}, which says nothing.
      if (JSON.stringify(jsonSchema.additionalProperties) === '{}') delete jsonSchema.additionalProperties
    },
  }) as JsonObject
}
