// A recipient by several names. Open Badges 3.0 appendix B.1: AchievementSubject `identifier`, IdentityObject, IdentifierTypeEnum.
import { describe, expect, test } from 'vitest'
import {
  type AwardRecipient,
  createAchievement,
  createIssuer,
  createSigner,
  generateKey,
  type OpenBadgeCredential,
  verifyCredential,
} from '../../src/entries/index.js'
import { memoryStores } from '../../src/entries/store/memory.js'

const signer = await createSigner({ key: await generateKey() })
const achievement = createAchievement({
  id: 'https://school.example/achievements/knots',
  name: 'Knots',
  description: 'Ties knots.',
  criteria: { narrative: 'Ties ten.' },
})
const stores = memoryStores()
const issuer = createIssuer({
  profile: { id: signer.controller, type: ['Profile'], name: 'School' },
  signer,
  credentials: stores.credentials,
})
const issue = async (recipient: AwardRecipient, id?: string) =>
  (await issuer.issue({ achievement, recipient, ...(id === undefined ? {} : { id }) })) as OpenBadgeCredential
const verify = (badge: OpenBadgeCredential, recipient: AwardRecipient) =>
  verifyCredential(badge, { trustedIssuers: [signer.controller], recipient: recipient as never })

test('a name stands in clear beside the hashed address', async () => {
  const badge = await issue({ email: 'ada@school.example', name: 'Ada Lovelace' })
  expect(badge.credentialSubject.identifier).toMatchObject([
    { identityType: 'emailAddress', hashed: true },
    { type: 'IdentityObject', identityType: 'name', hashed: false, identityHash: 'Ada Lovelace' },
  ])
  expect((await verify(badge, { email: 'ada@school.example' })).outcome).toBe('valid')
})

test('and beside an id', async () => {
  const { credentialSubject } = await issue({ id: 'did:example:ada', name: 'عائشة 🎓' })
  expect(credentialSubject).toMatchObject({
    id: 'did:example:ada',
    identifier: [{ identityType: 'name', identityHash: 'عائشة 🎓' }],
  })
})

test('further identifiers are hashed, each with a salt of its own, unless they are said to be in clear', async () => {
  const badge = await issue({
    id: 'did:example:ada',
    identifiers: [
      { type: 'sourcedId', value: 'S-1' },
      { type: 'ext:card', value: 'no. 17', hashed: false },
      { type: 'emailAddress', value: 'ada@school.example' },
    ],
  })
  const identities = badge.credentialSubject.identifier ?? []
  expect(identities.map(({ hashed }) => hashed)).toEqual([true, false, true])
  expect(identities[0]?.salt).not.toBe(identities[2]?.salt)
  for (const person of [
    { type: 'sourcedId', value: 'S-1' } as const,
    { type: 'ext:card', value: 'no. 17' } as const,
    { email: 'ada@school.example' },
  ])
    expect((await verify(badge, person)).outcome).toBe('valid')
})

test('a batch, with and without names, says what one award says', async () => {
  const recipients: AwardRecipient[] = [
    { email: 'ada@school.example', name: 'Ada' },
    { email: 'ben@school.example' },
    { email: 'cy@school.example', name: 'Cy' },
    { id: 'did:example:dan', name: 'Dan' },
  ]
  const awards = recipients.map((recipient, index) => ({ id: `batch-${index}`, achievement, recipient }))
  const names: (string | undefined)[] = []
  for await (const { credential, error } of issuer.issueBatch(awards)) {
    expect(error).toBeUndefined()
    const badge = credential as OpenBadgeCredential
    const { identifier = [] } = badge.credentialSubject
    names.push(identifier.find(({ identityType }) => identityType === 'name')?.identityHash)
    expect((await verifyCredential(badge, { trustedIssuers: [signer.controller] })).outcome).toBe('valid')
  }
  expect(names).toEqual(['Ada', undefined, 'Cy', 'Dan'])
})

test.each<[string, AwardRecipient]>([
  ['a name', { email: 'ada@school.example', name: 'Augusta' }],
  ['no name', { email: 'ada@school.example' }],
  [
    'another identifier',
    { email: 'ada@school.example', name: 'Ada', identifiers: [{ type: 'userName', value: 'ada' }] },
  ],
])('an award id that was used, with %s, is another award', async (what, recipient) => {
  await issue({ email: 'ada@school.example', name: 'Ada' }, `conflict ${what}`)
  await expect(issue(recipient, `conflict ${what}`)).rejects.toMatchObject({ code: 'usage.award_conflict' })
})

describe('what is refused, with its place', () => {
  test.each<[unknown, string]>([
    [{ email: 'ada@school.example', name: '' }, 'recipient.name'],
    [{ email: 'ada@school.example', name: ' \t' }, 'recipient.name'],
    [{ id: 'did:example:ada', name: 'x'.repeat(513) }, 'recipient.name'],
    [{ id: 'did:example:ada', hashed: true }, 'recipient.hashed'],
    [{ id: 'did:example:ada', nmae: 'Ada' }, 'recipient.nmae'],
    [{ name: 'Ada' }, 'recipient'],
    [{ id: 'did:example:ada', identifiers: {} }, 'recipient.identifiers'],
    [{ id: 'did:example:ada', identifiers: [{ email: 'a@b' }] }, 'recipient.identifiers[0]'],
    [{ id: 'did:example:ada', identifiers: [{ type: 'email', value: 'a@b' }] }, 'recipient.identifiers[0].type'],
    [
      { id: 'did:example:ada', identifiers: Array.from({ length: 21 }, () => ({ type: 'name', value: 'x' })) },
      'recipient.identifiers',
    ],
  ])('%j', async (recipient, option) => {
    await expect(issue(recipient as AwardRecipient)).rejects.toMatchObject({ code: 'usage.invalid_award', option })
  })
})
