/**
 * `schemas/*.json` are generated from the model: `UPDATE_SCHEMAS=1 npx vitest run test/model/json-schemas` writes them anew.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/internal/types.js'
import type { ModelKind } from '../../src/model/kinds.js'
import { judge } from '../../src/model/read.js'
import { type Remark, Walk } from '../../src/model/walk.js'
import * as documents from './documents.js'
import { publishedSchemas } from './published-schemas.js'
import { mutate, randomFrom } from './sample.js'

const folder = fileURLToPath(new URL('../../schemas/', import.meta.url))
const texts = publishedSchemas()
if (process.env.UPDATE_SCHEMAS) for (const [name, text] of texts) writeFileSync(folder + name, text)

const KINDS: Readonly<Record<string, readonly [ModelKind, JsonObject]>> = {
  'achievement-credential.json': ['open-badge', documents.openBadge],
  'endorsement-credential.json': ['endorsement', documents.endorsement],
  'achievement.json': ['achievement', documents.achievement],
  'profile.json': ['profile', documents.profile],
  'verifiable-credential.json': ['credential', documents.credential],
  'verifiable-presentation.json': ['presentation', documents.presentation],
}

test('the folder holds these files and no other', () => {
  // Stacks, profiles, the extension and policies have no zod schema: test/competency, extension-context.test.ts and test/credit hold theirs.
  const others = ['competency-stack.json', 'credit-policy.json', 'extension.json', 'quality-profile.json']
  expect(readdirSync(folder).sort()).toEqual([...texts.keys(), ...others].sort())
  expect([...texts.keys()].sort()).toEqual(Object.keys(KINDS).sort())
})

describe.each([...texts])('%s', (name, text) => {
  test('is what the model says today', () => {
    expect(readFileSync(folder + name, 'utf8')).toBe(text)
  })

  test('judges the strict form as the model does, over 1500 changes of a full document', () => {
    const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, strictTuples: false })
    formats.default(ajv)
    const validate = ajv.compile(JSON.parse(text))
    const [kind, document] = KINDS[name] as readonly [ModelKind, JsonObject]
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true)
    const random = randomFrom(20300131)
    const counts = { accepted: 0, refused: 0 }
    for (let index = 0; index < 1500; index++) {
      const changed = mutate(document, random)
      const { value, remarks, issues } = judge(changed, kind, new Walk())
      // JSON Schema knows no rules between members; links are to it what they are to writeModel.
      const isRule = ({ kind, message }: Remark) => kind === 'semantic' && !message.startsWith('no absolute URI')
      const isStrict = (value as Json | undefined) === changed && remarks?.every(isRule) === true
      counts[isStrict ? 'accepted' : 'refused']++
      if (validate(changed) !== isStrict)
        expect.fail(
          `${JSON.stringify(changed)}\n${JSON.stringify({ remarks, issues })}\n${JSON.stringify(validate.errors)}`,
        )
    }
    expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(100)
  })
})
