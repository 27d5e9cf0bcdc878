/** What the quick pass calls strict, the reader gives back as the same object without a remark, and zod accepts; and the other way round. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import type { Json } from '../../src/internal/types.js'
import { KINDS, type ModelKind } from '../../src/model/kinds.js'
import { readModel } from '../../src/model/read.js'
import { strictnessOf } from '../../src/model/strict.js'
import { MAX_DEPTH, Walk } from '../../src/model/walk.js'
import { shared } from '../shared.js'
import { CLASSES, readClass } from './classes.js'
import * as documents from './documents.js'
import { change, OF_KINDS } from './documents.js'
import { mutate, randomFrom, sample } from './sample.js'

describe.each(OF_KINDS)('%s', (kind: ModelKind, document) => {
  const { isStrict, read, schema } = KINDS[kind]

  test('a document with every member is strict', () => {
    expect(isStrict(document, 0)).toBe(true)
  })

  test('law: strict is what the reader has nothing to say about', () => {
    const random = randomFrom(kind.length)
    const counts = { strict: 0, other: 0 }
    for (let index = 0; index < 1500; index++) {
      let mutated: Json = document
      for (let changes = 0; changes <= index % 3; changes++) mutated = mutate(mutated, random)
      const walk = new Walk()
      const value = read(mutated, walk)
      const silent = walk.clean && walk.tooDeep === undefined && walk.remarks.length === 0 && value === mutated
      if (isStrict(mutated, 0) !== silent)
        expect.fail(`${silent ? 'not ' : ''}called strict: ${JSON.stringify(mutated)}`)
      if (silent && !z.safeParse(schema as z.ZodMiniType, mutated).success) expect.fail(JSON.stringify(mutated))
      counts[silent ? 'strict' : 'other']++
    }
    expect(Math.min(counts.strict, counts.other), JSON.stringify(counts)).toBeGreaterThan(100)
  })
})

const file = shared('schemas/ob/ob_v3p0_achievementcredential_schema.json')

describe.skipIf(!file)('documents made from the schema of 1EdTech', () => {
  const root = file === undefined ? {} : JSON.parse(readFileSync(file, 'utf8'))

  test.each(Object.entries(CLASSES))('law, %s: strict is what the reader has nothing to say about', (name, schema) => {
    const isStrict = strictnessOf(schema)
    const random = randomFrom(name.length * 104_729)
    const counts = { strict: 0, other: 0 }
    for (let index = 0; index < 1000; index++) {
      // Few members, and fewer where there are many: most of what is sampled has a shorthand somewhere.
      const mood = { root, random, fill: 0.05 * (index % 4), odd: index % 8 === 0 ? 0.05 : 0 }
      let document = sample(name === 'AchievementCredential' ? root : root.$defs[name], mood)
      for (let changes = index % 4; changes > 1; changes--) document = mutate(document, random)
      const { value, clean, remarks, issues } = readClass(schema, document)
      const silent = clean && remarks.length === 0 && value === document
      if (isStrict(document, 0) !== silent)
        expect.fail(`${silent ? 'not ' : ''}called strict: ${JSON.stringify(document)}`)
      if (silent && issues.length > 0) expect.fail(JSON.stringify(document))
      counts[silent ? 'strict' : 'other']++
    }
    expect(counts.other, JSON.stringify(counts)).toBeGreaterThan(100)
  })
})

test('VCDM 1.1 is not strict', () => {
  const older = change(documents.credential, '@context', ['https://www.w3.org/2018/credentials/v1'])
  expect(KINDS.credential.isStrict(older, 0)).toBe(false)
})

test('what nests deeper than the reader goes is left to the reader', () => {
  let profile: Json = { id: 'urn:x:1', type: ['Profile'] }
  for (let level = 0; level <= MAX_DEPTH; level++) profile = { id: 'urn:x:1', type: ['Profile'], parentOrg: profile }
  expect(KINDS.profile.isStrict(profile, 0)).toBe(false)
  expect(readModel(profile, 'profile')).toMatchObject({ ok: false, issues: [{ code: 'parse.too_deep' }] })
})

test('members of Object.prototype are none of the document', () => {
  Object.defineProperty(Object.prototype, 'caption', { value: 5, enumerable: true, configurable: true, writable: true })
  try {
    // Named by the prototype, and no text: the reader, and zod behind it, see it in every object.
    expect(KINDS['open-badge'].isStrict(documents.openBadge, 0)).toBe(false)
  } finally {
    Reflect.deleteProperty(Object.prototype, 'caption')
  }
  expect(KINDS['open-badge'].isStrict(documents.openBadge, 0)).toBe(true)
})
