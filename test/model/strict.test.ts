/** The strict form: where the reader has nothing to say, it gives back the same object, and zod, which is then not asked, accepts it. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import type { Json } from '../../src/internal/types.js'
import { KINDS, type ModelKind } from '../../src/model/kinds.js'
import { readModel } from '../../src/model/read.js'
import { MAX_DEPTH, Walk } from '../../src/model/walk.js'
import { shared } from '../shared.js'
import { CLASSES, readClass } from './classes.js'
import * as documents from './documents.js'
import { change, OF_KINDS } from './documents.js'
import { mutate, randomFrom, sample } from './sample.js'

describe.each(OF_KINDS)('%s', (kind: ModelKind, document) => {
  const { read, schema } = KINDS[kind]
  const accepts = (value: Json) => z.safeParse(schema as z.ZodMiniType, value).success

  test('a document with every member is given back as it is', () => {
    const walk = new Walk()
    expect(read(document, walk)).toBe(document)
    expect(walk).toMatchObject({ clean: true, remarks: [] })
  })

  test('law: what is clean to the reader is accepted by zod', () => {
    const random = randomFrom(kind.length)
    const counts = { clean: 0, other: 0 }
    for (let index = 0; index < 1500; index++) {
      let mutated: Json = document
      for (let changes = 0; changes <= index % 3; changes++) mutated = mutate(mutated, random)
      const walk = new Walk()
      const value = read(mutated, walk)
      const isClean = walk.clean && walk.tooDeep === undefined
      if (isClean && !accepts(value)) expect.fail(JSON.stringify(mutated))
      counts[isClean ? 'clean' : 'other']++
    }
    expect(Math.min(counts.clean, counts.other), JSON.stringify(counts)).toBeGreaterThan(100)
  })
})

const file = shared('schemas/ob/ob_v3p0_achievementcredential_schema.json')

describe.skipIf(!file)('documents made from the schema of 1EdTech', () => {
  const root = file === undefined ? {} : JSON.parse(readFileSync(file, 'utf8'))

  test.each(Object.entries(CLASSES))('law, %s: what is clean to the reader is accepted by zod', (name, schema) => {
    const random = randomFrom(name.length * 104_729)
    const counts = { clean: 0, other: 0 }
    for (let index = 0; index < 1000; index++) {
      // Few members, and fewer where there are many: most of what is sampled has a shorthand somewhere.
      const mood = { root, random, fill: 0.05 * (index % 4), odd: index % 8 === 0 ? 0.05 : 0 }
      let document = sample(name === 'AchievementCredential' ? root : root.$defs[name], mood)
      for (let changes = index % 4; changes > 1; changes--) document = mutate(document, random)
      const { clean, issues } = readClass(schema, document)
      if (clean && issues.length > 0) expect.fail(JSON.stringify(document))
      counts[clean ? 'clean' : 'other']++
    }
    expect(counts.other, JSON.stringify(counts)).toBeGreaterThan(100)
  })
})

test('VCDM 1.1 is read in its 2.0 form, which is another object', () => {
  const older = change(documents.credential, '@context', ['https://www.w3.org/2018/credentials/v1'])
  expect(KINDS.credential.read(older, new Walk())).not.toBe(older)
})

test('what nests deeper than the reader goes is refused', () => {
  let profile: Json = { id: 'urn:x:1', type: ['Profile'] }
  for (let level = 0; level <= MAX_DEPTH; level++) profile = { id: 'urn:x:1', type: ['Profile'], parentOrg: profile }
  expect(readModel(profile, 'profile')).toMatchObject({ ok: false, issues: [{ code: 'parse.too_deep' }] })
})

test('members of Object.prototype are none of the document', () => {
  Object.defineProperty(Object.prototype, 'caption', { value: 5, enumerable: true, configurable: true, writable: true })
  try {
    const reading = readModel(documents.openBadge, 'open-badge')
    // Named by the prototype, and no text. Whatever is said of it, nothing of it becomes part of the badge.
    expect(JSON.stringify(reading.ok ? reading.value : {})).not.toContain('"caption":5')
  } finally {
    Reflect.deleteProperty(Object.prototype, 'caption')
  }
  expect(readModel(documents.openBadge, 'open-badge')).toMatchObject({ ok: true, notes: [] })
})
