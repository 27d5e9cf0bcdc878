// The extension context: what its terms may hold, and that every kind of proof secures them, though nobody hosts it (JSON-LD 1.1 section 4.2.2).
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import {
  createAchievement,
  createCredential,
  createSigner,
  generateKey,
  type OpenBadgeCredential,
  signCredential,
  verifyCredential,
} from '../../src/entries/index.js'
import { isObject } from '../../src/internal/json-object.js'
import type { JsonObject } from '../../src/internal/types.js'
import {
  type AchievementExtension,
  EXTENSION_KINDS,
  type Extension,
  extensionContext,
  readExtension,
} from '../../src/model/extension-context.js'
import { extensionSchema } from '../../src/model/extension-schema.js'
import { mutate, randomFrom } from './sample.js'

const full: Required<AchievementExtension> = {
  workload: { hours: 12.5, ects: 0.5 },
  assessmentType: ['portfolio', 'ext:Interview'],
  participation: ['blended'],
  qualityAssurance: 'Reviewed by the board',
  reviewed: '2026-06-01',
  assessorAgreement: { measure: 'cohen-kappa', value: 0.81, n: 60, interval: [0.7, 0.92] },
  researchBase: ['https://research.example/1', 'https://research.example/2'],
  integration: 'stackable',
  prerequisite: ['https://issuer.example/badges/first'],
}
const NAMES = Object.keys(full) as (keyof AchievementExtension)[]
const shownIn = [
  { educationLevel: ['Grade 4'], subject: ['Music'], language: ['es'], schoolModel: ['flex'] },
  { subject: ['Art'] },
]
const plain = { id: 'https://issuer.example/badge', name: 'X', description: 'X', criteria: { narrative: 'X' } }

test('an achievement keeps the members', () => {
  expect(createAchievement({ ...plain, ...full } as never)).toMatchObject(full)
})

const CONTEXTS: Readonly<Record<string, readonly string[]>> = {
  Ed25519Signature2020: ['https://w3id.org/security/suites/ed25519-2020/v1'],
}
describe.each(['eddsa-rdfc-2022', 'eddsa-jcs-2022', 'Ed25519Signature2020', 'jwt'])('%s', (suite) => {
  test('secures each term, and a verified badge says it', async () => {
    const signer = await createSigner({ key: await generateKey() })
    const credential = createCredential({
      issuer: { id: signer.controller },
      credentialSubject: { id: 'did:example:ada', achievement: { ...plain, ...full } as never, shownIn } as never,
      extensions: { contexts: [extensionContext, ...(CONTEXTS[suite] ?? [])], properties: {} },
    })
    const how = suite === 'jwt' ? { format: 'jwt' } : suite.startsWith('Ed') ? { legacySuite: suite } : { suite }
    const signed = await signCredential(credential, { signer, ...how } as { readonly signer: typeof signer })
    const report = await verifyCredential(signed as never, { trustedIssuers: [signer.controller] })
    expect(report.outcome).toBe('valid')
    const { credential: verified } = report as unknown as { readonly credential: OpenBadgeCredential }
    const { '@context': contexts, credentialSubject } = verified
    for (const name of NAMES)
      expect(readExtension(credentialSubject.achievement, name, contexts)?.value, name).toEqual(full[name])
    expect(readExtension(credentialSubject, 'shownIn', contexts)?.value).toEqual(shownIn)
    if (suite === 'jwt') return
    for (const name of NAMES) {
      const altered = structuredClone(signed) as unknown as { credentialSubject: { achievement: JsonObject } }
      delete (altered.credentialSubject.achievement as Record<string, unknown>)[name]
      const found = await verifyCredential(altered as never, { trustedIssuers: [signer.controller] })
      expect(found.outcome, name).toBe('invalid')
    }
  })
})

test.each<[keyof Extension, unknown, string]>([
  ['workload', {}, '"workload" has one of hours, ects'],
  ['workload', { hours: -1 }, '"workload.hours" is a number above 0'],
  ['workload', 15, '"workload" is an object'],
  ['assessmentType', ['exam'], '"assessmentType[0]" is one of testing'],
  ['assessmentType', [], '"assessmentType" is empty'],
  ['participation', ['ext:'], '"participation[0]" is one of online'],
  ['qualityAssurance', ' ', '"qualityAssurance" is a text that is not blank'],
  ['reviewed', '2026-02-30', '"reviewed" is a date'],
  ['assessorAgreement', { measure: 'x', value: 1 }, '"assessorAgreement" has all of measure, value, n'],
  ['assessorAgreement', { measure: 'x', value: 1, n: 0 }, '"assessorAgreement.n" is a whole number'],
  [
    'assessorAgreement',
    { measure: 'x', value: 1, n: 2, interval: [1, 0] },
    '"assessorAgreement.interval" is two numbers',
  ],
  ['researchBase', ['a book'], '"researchBase[0]" is an absolute URI'],
  ['integration', 'both', '"integration" is "standalone" or "stackable"'],
  ['prerequisite', [1], '"prerequisite[0]" is an absolute URI'],
  ['shownIn', [{}], '"shownIn[0]" has one of educationLevel, subject, language, schoolModel'],
  ['shownIn', [{ subject: 'Music' }], '"shownIn[0].subject" is an array'],
  ['shownIn', [{ subject: [''] }], '"shownIn[0].subject[0]" is a text that is not blank'],
  ['shownIn', Array.from({ length: 51 }, () => ({ subject: ['x'] })), '"shownIn" has more than 50 entries'],
])('%s: %j is named as what it is not', (name, value, problem) => {
  expect(readExtension({ [name]: value }, name, undefined)?.problem).toContain(problem)
})
test('one is as good as a list of one', () => {
  expect(readExtension({ participation: 'online' }, 'participation', undefined)).toEqual({ value: ['online'] })
})
test('a term by its IRI is the term, whatever the contexts; with contexts of its own a node means something else', () => {
  const iri = extensionContext.integration['@id']
  expect(readExtension({ [iri]: 'standalone' }, 'integration', [])).toEqual({ value: 'standalone' })
  const node = { '@context': { integration: 'https://x.example/i' }, integration: 'standalone' }
  expect(readExtension(node, 'integration', [extensionContext])).toBeUndefined()
})
describe('schemas/extension.json', () => {
  const file = fileURLToPath(new URL('../../schemas/extension.json', import.meta.url))
  const text = `${JSON.stringify(extensionSchema, undefined, 2)}\n`
  if (process.env.UPDATE_SCHEMAS) writeFileSync(file, text)
  const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(JSON.parse(text))
  const about = (achievement: object) => ({ credentialSubject: { achievement } })
  test('is what the code says today', () => {
    expect(readFileSync(file, 'utf8')).toBe(text)
  })
  test('judges as the reader does, over 3000 changes of a full achievement', () => {
    expect(validate(about(full)), JSON.stringify(validate.errors)).toBe(true)
    expect(validate(about({}))).toBe(true)
    const random = randomFrom(20300131)
    const counts = { accepted: 0, refused: 0 }
    for (let index = 0; index < 3000; index++) {
      const changed = mutate(full as unknown as JsonObject, random)
      if (!isObject(changed)) continue
      // JSON Schema knows no calendar.
      const problems = NAMES.flatMap((name) => {
        const value = changed[name]
        const problem = value === undefined ? undefined : EXTENSION_KINDS[name](value, name)
        const isDayOfNoMonth = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
        return problem === undefined || isDayOfNoMonth ? [] : [`${problem.path} ${problem.says}`]
      }).filter((problem) => !/two numbers/.test(problem) || !isPair(changed))
      counts[problems.length === 0 ? 'accepted' : 'refused']++
      if (validate(about(changed)) !== (problems.length === 0))
        expect.fail(`${JSON.stringify(changed)}\n${problems.join('\n')}\n${JSON.stringify(validate.errors)}`)
    }
    expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(100)
  })
  test('and contexts of use', () => {
    expect(validate({ credentialSubject: { shownIn } })).toBe(true)
    const random = randomFrom(20300131)
    const counts = { accepted: 0, refused: 0 }
    for (let index = 0; index < 2000; index++) {
      const changed = mutate({ shownIn } as unknown as JsonObject, random)
      if (!isObject(changed)) continue
      const isRight = changed.shownIn === undefined || EXTENSION_KINDS.shownIn(changed.shownIn, 'shownIn') === undefined
      counts[isRight ? 'accepted' : 'refused']++
      if (validate({ credentialSubject: changed }) !== isRight) expect.fail(JSON.stringify([changed, validate.errors]))
    }
    expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(100)
  })
  // JSON Schema compares no numbers with each other.
  const isPair = ({ assessorAgreement }: JsonObject) => {
    const interval = (assessorAgreement as JsonObject | undefined)?.interval
    return Array.isArray(interval) && interval.length === 2 && interval.every((one) => typeof one === 'number')
  }
})

test('every term has a kind, and an IRI of its own', () => {
  const iris = Object.values(extensionContext).map((definition) => definition['@id'])
  expect(new Set(iris).size).toBe(NAMES.length + 1)
  expect(Object.keys(EXTENSION_KINDS).sort()).toEqual([...NAMES, 'shownIn'].sort())
})
