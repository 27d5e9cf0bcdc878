/**
 * The model against 1EdTech's published JSON Schemas, over generated and mutated documents of every class. Where the two
 * differ on purpose, a row of differences.ts says why; nothing else may differ.
 */
import { readFileSync } from 'node:fs'
import { Ajv2019 } from 'ajv/dist/2019.js'
import formats from 'ajv-formats'
import { expect, test } from 'vitest'
import { describeShared } from '../shared.js'
import { CLASSES, readClass } from './classes.js'
import { isStricterOnPurpose, LOOSER, LOOSER_THAN_STRICT } from './differences.js'
import { mutate, randomFrom, sample } from './sample.js'

const PER_CLASS = 2000

const FILES = {
  lenient: 'schemas/ob/ob_v3p0_achievementcredential_schema.json',
  strict: 'schemas/ob-strict/ob_v3p0_achievementcredential_schema.json-ld-variant.json',
}

/** 1EdTech's schema of one class; the badge itself is the root, of which there is no definition. */
function validators(path: string) {
  const root = JSON.parse(readFileSync(path, 'utf8'))
  const ajv = new Ajv2019({ strict: false, allErrors: false })
  formats.default(ajv)
  ajv.addSchema(root, 'root')
  const schemaOf = (name: string) => (name === 'AchievementCredential' ? root : root.$defs[name])
  const refOf = (name: string) => (name === 'AchievementCredential' ? 'root' : `root#/$defs/${name}`)
  return { root, schemaOf, validatorOf: (name: string) => ajv.compile({ $ref: refOf(name) }) }
}

describeShared('1EdTech schemas', FILES, (files) => {
  const lenient = validators(files.lenient)
  const strict = validators(files.strict)

  test('every class of the schema has a schema here', () => {
    const known = Object.keys(lenient.root.$defs).filter((name) => !['Context', 'ProfileRef'].includes(name))
    expect([...known, 'AchievementCredential'].sort()).toEqual(Object.keys(CLASSES).sort())
  })

  test.each(Object.entries(CLASSES))('%s: what is generated and mutated is judged alike', (name, schema) => {
    const theirs = lenient.validatorOf(name)
    const written = strict.validatorOf(name)
    const random = randomFrom(name.length * 7919)
    const counts = { both: 0, neither: 0, stricter: 0, looser: 0, written: 0 }
    for (let index = 0; index < PER_CLASS; index++) {
      const mood = { root: lenient.root, random, fill: 0.2, odd: index % 2 === 0 ? 0 : 0.03 }
      let document = sample(lenient.schemaOf(name), mood)
      for (let changes = index % 4; changes > 1; changes--) document = mutate(document, random)
      const reading = readClass(schema, document)
      const text = () => JSON.stringify(document)
      // The fast pass never calls clean what zod refuses, and reading again changes nothing.
      if (reading.clean && reading.issues.length > 0) expect.fail(`called clean: ${text()}`)
      const useless = reading.issues.find(({ message }) => message.includes('Invalid input'))
      if (useless) expect.fail(`${useless.pointer} has no useful message: ${text()}`)
      const accepted = theirs(document)
      if (reading.issues.length > 0) {
        counts[accepted ? 'stricter' : 'neither']++
        if (accepted)
          expect(
            reading.issues.filter((issue) => !isStricterOnPurpose(issue, document)),
            text(),
          ).toEqual([])
        continue
      }
      counts[accepted ? 'both' : 'looser']++
      if (!accepted && !LOOSER.some((row) => row.explains(reading)))
        expect.fail(`they refuse: ${text()} ${JSON.stringify(theirs.errors)}`)
      // Shorthands explain what was read, not what became of it.
      const isLooser = LOOSER.slice(1).some((row) => row.explains(reading))
      if (!isLooser && !theirs(reading.value))
        expect.fail(`they refuse the strict form: ${JSON.stringify(reading.value)} ${JSON.stringify(theirs.errors)}`)
      expect(readClass(schema, reading.value).value, 'strict stays as it is').toBe(reading.value)
      if (written(reading.value)) counts.written++
      else if (!isLooser && !written.errors?.some((error) => LOOSER_THAN_STRICT.some((row) => row.explains(error))))
        expect.fail(`not their strict form: ${JSON.stringify(reading.value)} ${JSON.stringify(written.errors)}`)
    }
    // A comparison of refusals alone would prove nothing.
    expect(Math.min(counts.both, counts.neither, counts.written), JSON.stringify(counts)).toBeGreaterThan(100)
  })
})
