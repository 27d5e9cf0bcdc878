// Standard Schema v1 (https://standardschema.dev): the classes of the model, inside two frameworks that read it.
import { sValidator } from '@hono/standard-validator'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { initTRPC } from '@trpc/server'
import fc from 'fast-check'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import {
  type Award,
  createAchievement,
  createCredential,
  createEndorsement,
  createIssuer,
  createSigner,
  generateKey,
  type OpenBadgeCredential,
  signCredential,
} from '../../src/entries/index.js'
import * as schemas from '../../src/entries/standard-schema.js'

const signer = await createSigner({ key: await generateKey() })
const profile = { id: signer.controller, type: ['Profile'] as const, name: 'School' }
const achievement = createAchievement({
  id: 'https://school.example/knots',
  name: 'Knots',
  description: 'Ties knots.',
  criteria: { narrative: 'Ties ten.' },
})
const credential = createCredential({ issuer: profile, credentialSubject: { id: 'did:example:ada', achievement } })
const endorsement = createEndorsement({
  issuer: profile,
  name: 'Praise',
  credentialSubject: { id: achievement.id, endorsementComment: 'Good.' },
})
const stack = {
  id: 'https://school.example/sailor',
  name: 'Sailor',
  requirements: [{ id: 'knots', competency: 'https://case.example/knots' }],
}
const award = {
  id: 'award-1',
  achievement,
  recipient: { email: 'ada@school.example' },
  validUntil: '2040-01-01T00:00:00Z',
  result: [{ type: ['Result'], value: '12' }],
}
const signed = await signCredential(credential, { signer })

const { credentialSchema, achievementSchema, endorsementSchema, profileSchema, stackSchema, awardSchema } = schemas
const RIGHT = [
  ['credentialSchema', credentialSchema, credential],
  ['credentialSchema, signed', credentialSchema, signed],
  ['achievementSchema', achievementSchema, achievement],
  ['endorsementSchema', endorsementSchema, endorsement],
  ['profileSchema', profileSchema, profile],
  ['stackSchema', stackSchema, stack],
] as const

// Each is what the package of the specification calls a schema, with its types.
const ofSpecification: readonly StandardSchemaV1[] = [
  credentialSchema,
  achievementSchema,
  endorsementSchema,
  profileSchema,
  stackSchema,
  awardSchema,
]
const output = (badge: StandardSchemaV1.InferOutput<typeof credentialSchema>): OpenBadgeCredential => badge
const input = (body: Award): StandardSchemaV1.InferInput<typeof awardSchema> => body
const problems = (schema: StandardSchemaV1, value: unknown) => {
  const result = schema['~standard'].validate(value)
  if (result instanceof Promise) throw new TypeError('it is synchronous')
  return result.issues?.map(({ message, path = [] }) => [path, message])
}

test('each says what it is', () => {
  expect(Object.keys(schemas)).toHaveLength(ofSpecification.length)
  for (const { '~standard': standard } of ofSpecification)
    expect(standard).toMatchObject({ version: 1, vendor: 'badgewright' })
  expect(output(signed)).toBe(signed)
  expect(input({ achievement, recipient: { id: 'did:example:a' } })).toBeDefined()
})
test.each(RIGHT)('%s answers the value', (_name, schema, value) => {
  expect(schema['~standard'].validate(structuredClone(value))).toEqual({ value })
})
test.each(RIGHT)('%s names each place that is wrong', (_name, schema, value) => {
  for (const member of ['name', 'id', 'requirements', 'credentialSubject'].filter((name) => name in value))
    expect(problems(schema, { ...value, [member]: 7 })?.some(([path]) => path?.[0] === member)).toBe(true)
})
test('a place inside is named with numbers for arrays, and names for members', () => {
  const scale = { id: 'urn:x:1', type: ['ResultDescription'], name: 7, resultType: 'RawScore' }
  expect(problems(achievementSchema, { ...achievement, resultDescription: [scale] })?.[0]?.[0]).toEqual([
    'resultDescription',
    0,
    'name',
  ])
  expect(problems(stackSchema, { ...stack, requirements: [{ id: 'a', competency: 'x' }] })?.[0]?.[0]).toEqual([
    'requirements',
    0,
    'competency',
  ])
})
describe('an award', () => {
  test('comes with texts for dates, and is what issue() takes', async () => {
    const result = awardSchema['~standard'].validate(structuredClone(award))
    expect(result).toEqual({ value: { ...award, validUntil: new Date(award.validUntil) } })
    if (result.issues !== undefined) throw new TypeError('it is right')
    const badge = await createIssuer({ profile, signer }).issue(result.value)
    expect(badge).toMatchObject({ validUntil: award.validUntil })
  })
  test.each<[object, readonly unknown[]]>([
    [{ validUntl: '2040-01-01T00:00:00Z' }, ['validUntl']],
    [{ validUntil: 'tomorrow' }, ['validUntil']],
    [{ validUntil: 7 }, ['validUntil']],
    [{ validFrom: '2040-01-01T00:00:00Z', validUntil: '2030-01-01T00:00:00Z' }, ['validUntil']],
    [{ by: 'somebody' }, ['by']],
    [{ recipient: { email: 'ada' } }, ['recipient', 'email']],
    [{ recipient: { type: 'email', value: 'x' } }, ['recipient', 'type']],
    [{ recipient: { id: 'ada' } }, ['recipient']],
    [{ achievement: undefined }, ['achievement']],
    [{ achievement: { ...achievement, name: 7 } }, ['achievement', 'name']],
    [{ result: [{ value: 12 }] }, ['result', 0, 'value']],
    [{ evidence: 'a film' }, ['evidence']],
  ])('with %j is refused, with the place', (change, path) => {
    expect(problems(awardSchema, { ...award, ...change })?.map(([at]) => at)).toContainEqual(path)
  })
})
test('whatever the value is, it is answered', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      for (const schema of ofSpecification) expect(problems(schema, value)?.length).toBeGreaterThan(0)
    }),
  )
})

describe('tRPC', () => {
  const t = initTRPC.create()
  const router = t.router({
    award: t.procedure.input(awardSchema).mutation(({ input: given }) => given.validUntil?.getFullYear()),
    show: t.procedure.input(credentialSchema).query(({ input: badge }) => badge.credentialSubject.achievement.name),
  })
  const caller = router.createCaller({})
  test('takes each as the input of a procedure, with its type', async () => {
    expect(await caller.award({ ...award, result: [{ value: '12' }] })).toBe(2040)
    expect(await caller.show(signed)).toBe('Knots')
  })
  test('refuses what is wrong, with the reasons', async () => {
    const refused = caller.award({ ...award, recipient: { email: 'nobody' } } as never)
    await expect(refused).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      cause: { issues: [{ path: ['recipient', 'email'] }] },
    })
  })
})
describe('Hono', () => {
  const app = new Hono()
    .post('/awards', sValidator('json', awardSchema), (context) => {
      const { validUntil } = context.req.valid('json')
      return context.json({ until: validUntil?.getTime() })
    })
    .post('/badges', sValidator('json', credentialSchema), (context) =>
      context.json({ issuer: context.req.valid('json').issuer }),
    )
  const post = (path: string, body: unknown) =>
    app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  test('takes each as the validator of a body', async () => {
    expect(await (await post('/awards', award)).json()).toEqual({ until: Date.parse(award.validUntil) })
    expect(await (await post('/badges', signed)).json()).toEqual({ issuer: credential.issuer })
  })
  test('answers 400 to what is wrong, with the reasons', async () => {
    const response = await post('/badges', { ...signed, validFrom: 'yesterday' })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ success: false, error: [{ path: ['validFrom'] }] })
  })
})
