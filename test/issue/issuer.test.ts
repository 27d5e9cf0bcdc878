/** createIssuer: awards one by one and in batches. */
import { decodeProtectedHeader } from 'jose'
import { describe, expect, test } from 'vitest'
import {
  type Award,
  anyIssuer,
  createAchievement,
  createIssuer,
  createVerifier,
  type IssuedAward,
  type Profile,
  verifyCredential,
} from '../../src/entries/index.js'
import { newIssuer } from '../verify/kit.js'

const { id, signer } = await newIssuer()
const profile: Profile = { id, type: ['Profile'], name: 'Example School' }
const achievement = createAchievement({
  name: 'Giving Feedback',
  description: 'Feedback that helps.',
  criteria: { narrative: 'Three pieces.' },
})
const issuer = createIssuer({ profile, signer })
const award = (n: number, more: Partial<Award> = {}): Award => ({
  id: `award-${n}`,
  achievement,
  recipient: { id: `did:example:teacher-${n}` },
  ...more,
})

async function collect(awards: Iterable<Award> | AsyncIterable<Award>, options = {}): Promise<IssuedAward[]> {
  const issued: IssuedAward[] = []
  for await (const one of issuer.issueBatch(awards, options)) issued.push(one)
  return issued
}

describe('issue', () => {
  test('an award becomes a badge that verifies', async () => {
    const report = await verifyCredential(await issuer.issue(award(1)), {
      trustedIssuers: [id],
      recipient: { id: 'did:example:teacher-1' },
    })
    expect(report.outcome).toBe('valid')
  })
  test('as a JWT', async () => {
    const badge = await createIssuer({ profile, signer, format: 'jwt' }).issue(award(1))
    expect(badge).toBeTypeOf('string')
    expect((await verifyCredential(badge, { trustedIssuers: anyIssuer })).outcome).toBe('valid')
  })
  test('as a JWT of another shape, or by a legacy suite, where the issuer says so', async () => {
    const badge = await createIssuer({ profile, signer, format: 'jwt', jwt: 'vc+jwt' }).issue(award(1))
    expect(decodeProtectedHeader(badge as string)).toMatchObject({ typ: 'vc+jwt', cty: 'vc' })
    expect((await verifyCredential(badge, { trustedIssuers: anyIssuer })).outcome).toBe('valid')
    expect(() => createIssuer({ profile, signer, jwt: 'vc+jwt' })).toThrow(/"jwt" is for format/)
    const contexts = ['https://w3id.org/security/suites/ed25519-2020/v1']
    const legacy = await createIssuer({ profile, signer, legacySuite: 'Ed25519Signature2020' }).issue(
      award(1, { extensions: { contexts, properties: {} } }),
    )
    expect(legacy).toHaveProperty('proof.0.type', 'Ed25519Signature2020')
    expect((await verifyCredential(legacy, { trustedIssuers: anyIssuer })).outcome).toBe('valid')
  })
  test('e-mail addresses are hashed with a salt of their own, and match in any case', async () => {
    const [one, two] = [
      await issuer.issue(award(1, { recipient: { email: 'Ada@Example.org' } })),
      await issuer.issue(award(1, { recipient: { email: 'Ada@Example.org' } })),
    ]
    expect(JSON.stringify(one)).not.toMatch(/ada@example/i)
    const identity = (badge: typeof one) => (badge as Exclude<typeof one, string>).credentialSubject.identifier?.[0]
    expect(identity(one)?.salt).not.toBe(identity(two)?.salt)
    const recipient = { type: 'emailAddress', value: 'ada@example.ORG' } as const
    expect((await verifyCredential(one, { trustedIssuers: anyIssuer, recipient })).checks.recipient.status).toBe(
      'valid',
    )
  })
  test.each([
    ['no recipient', { recipient: undefined }, 'recipient'],
    ['no address', { recipient: { email: 'ada' } }, 'recipient'],
    ['no achievement', { achievement: undefined }, 'achievement'],
  ])('%s is a UsageError that names it', async (_, change, name) => {
    await expect(issuer.issue({ ...award(1), ...change } as Award)).rejects.toMatchObject({
      code: 'usage.invalid_award',
      message: expect.stringContaining(name),
    })
  })
  test('an issuer whose key cannot be its own never issues', async () => {
    const wrong = createIssuer({ profile: { ...profile, id: 'did:web:another.example' }, signer })
    await expect(wrong.issue(award(1))).rejects.toMatchObject({ code: 'usage.signer_not_issuer' })
  })
})

describe('issueBatch', () => {
  test('in order, each verifies, one bad award is one error with its index and reason', async () => {
    const bad = award(2, { result: [{ type: ['Result'], resultDescription: 'urn:nowhere' }] })
    const issued = await collect([award(0), award(1), bad, award(3)], { concurrency: 3 })
    expect(issued.map(({ index, id, error }) => [index, id, error?.code])).toEqual([
      [0, 'award-0', undefined],
      [1, 'award-1', undefined],
      [2, 'award-2', 'parse.invalid'],
      [3, 'award-3', undefined],
    ])
    const verifier = createVerifier({ trustedIssuers: [id] })
    for (const { credential } of issued)
      if (credential !== undefined) expect((await verifier.verify(credential)).outcome).toBe('valid')
  })
  test('an award without an id is an error: starting again hangs on it', async () => {
    const { id: _, ...nameless } = award(1)
    expect((await collect([nameless]))[0]?.error?.code).toBe('usage.invalid_award')
  })
  test('goes on after the award where an earlier run ended', async () => {
    const issued = await collect([award(0), award(1), award(2)], { after: 'award-1' })
    expect(issued.map(({ index, id }) => [index, id])).toEqual([[2, 'award-2']])
    await expect(collect([award(0)], { after: 'award-9' })).rejects.toMatchObject({ code: 'usage.unknown_award' })
  })
  test('reads ahead no further than it may', async () => {
    let read = 0
    async function* awards() {
      for (; read < 100; read++) yield award(read)
    }
    let taken = 0
    for await (const _ of issuer.issueBatch(awards(), { concurrency: 4 })) {
      taken++
      expect(read).toBeLessThanOrEqual(taken + 4)
      if (taken === 10) break
    }
  })
  test('a stream that throws in the middle: what came before is not lost', async () => {
    async function* awards() {
      yield award(0)
      yield award(1)
      throw new Error('the file ended in the middle of a line')
    }
    const issued: string[] = []
    const run = async () => {
      for await (const one of issuer.issueBatch(awards(), { concurrency: 8 })) issued.push(String(one.id))
    }
    await expect(run()).rejects.toThrow('the file ended')
    expect(issued).toEqual(['award-0', 'award-1'])
  })
  test('stops between awards with the signal’s reason', async () => {
    const controller = new AbortController()
    const issued: number[] = []
    const run = async () => {
      for await (const { index } of issuer.issueBatch([award(0), award(1), award(2)], {
        signal: controller.signal,
        concurrency: 1,
      })) {
        issued.push(index)
        controller.abort(new Error('enough'))
      }
    }
    await expect(run()).rejects.toThrow('enough')
    expect(issued).toEqual([0])
  })
  test('tells how far it is', async () => {
    const seen: [number, number, number | undefined][] = []
    await collect([award(0), award(1)], {
      onProgress: ({ done, failed, total }: { done: number; failed: number; total?: number }) =>
        seen.push([done, failed, total]),
    })
    expect(seen).toEqual([
      [1, 0, 2],
      [2, 0, 2],
    ])
  })
})
