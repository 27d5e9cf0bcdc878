// One shape for people: what an award says of its recipient is what a verifier is asked for. OB 3.0 B.1 IdentityObject.
import { describe, expect, test } from 'vitest'
import {
  createAchievement,
  createIssuer,
  createSigner,
  generateKey,
  verifyCredential,
} from '../../src/entries/index.js'
import { memoryStores } from '../../src/entries/store/memory.js'
import type { Person } from '../../src/model/person.js'

const signer = await createSigner({ key: await generateKey() })
const achievement = createAchievement({
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
const PEOPLE: readonly Person[] = [
  { id: 'did:example:ada' },
  { email: 'Ada@school.example' },
  { phone: '+43 1 234567' },
  { type: 'sourcedId', value: 'S-1' },
  // Not one that signatures and random ids hold by chance.
  { type: 'ext:card', value: 'no. 17' },
]

describe.each(PEOPLE)('%j', (person) => {
  test.each([undefined, false])('is found by who asks in the same words, hashed: %j', async (hashed) => {
    const recipient = 'id' in person ? person : { ...person, hashed }
    const badge = await issuer.issue({ achievement, recipient: recipient as never })
    for (const asked of PEOPLE) {
      const report = await verifyCredential(badge, { trustedIssuers: [signer.controller], recipient: asked })
      // Names of two kinds say nothing of each other: who asks in other words does not learn that it is somebody else.
      expect(report.outcome).toBe(asked === person ? 'valid' : 'indeterminate')
      if (asked !== person) expect(report.checks.recipient.findings[0]?.code).toBe('recipient.incomparable')
    }
    const value = Object.values(person).at(-1) as string
    if (!('id' in person)) expect(JSON.stringify(badge).includes(value)).toBe(hashed === false)
  })
  test('is one recipient to the store', async () => {
    const award = { id: JSON.stringify(person), achievement, recipient: person }
    const first = await issuer.issue(award)
    expect(await issuer.issue(award)).toEqual(first)
    for (const other of PEOPLE)
      if (other !== person)
        await expect(issuer.issue({ ...award, recipient: other })).rejects.toMatchObject({
          code: 'usage.award_conflict',
        })
  })
})
test('an address is the same in both its forms', async () => {
  const award = { id: 'both', achievement }
  const first = await issuer.issue({ ...award, recipient: { email: 'ada@school.example' } })
  const again = await issuer.issue({ ...award, recipient: { type: 'emailAddress', value: 'ADA@school.example' } })
  expect(again).toEqual(first)
})
test.each<[object, string]>([
  [{ id: 'did:example:a', email: 'a@b.example' }, '"recipient.email" is no member'],
  [{ email: 'ada' }, '"recipient.email" is an e-mail address'],
  [{ phone: '' }, '"recipient.phone" is a text'],
  [{ phon: '1' }, 'did you mean "phone"?'],
  [{ value: '1' }, '"recipient" is { id }, { email }, { phone } or { type, value }'],
  [{ type: 'email', value: 'a@b.example' }, 'did you mean "emailAddress"?'],
  [{ email: 'a@b.example', type: 'emailAddress' }, '"recipient.type" is no member'],
])('%j is nobody, to who issues and to who verifies', async (recipient, message) => {
  await expect(issuer.issue({ achievement, recipient: recipient as never })).rejects.toThrow(message)
  const asked = { trustedIssuers: [signer.controller], recipient: recipient as never }
  await expect(verifyCredential('{}', asked)).rejects.toThrow(message)
})
test('how it is written is no matter of who verifies', async () => {
  const asked = { trustedIssuers: [signer.controller], recipient: { email: 'a@b.example', hashed: true } as never }
  await expect(verifyCredential('{}', asked)).rejects.toThrow('"recipient.hashed" is no member')
})
