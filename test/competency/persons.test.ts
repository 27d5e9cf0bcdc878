// Open Badges 3.0, AchievementSubject `id` and `identifier`: whose badges are they?
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { assessStack } from '../../src/competency/assess-stack.js'
import { type AssessOptions, samePerson } from '../../src/competency/types.js'
import { UsageError } from '../../src/errors.js'
import { NOW, reportOf } from './reports.js'

const C = (n: number) => `https://f.example/${n}`
const hash = (address: string, salt: string) =>
  `sha256$${createHash('sha256')
    .update(address + salt)
    .digest('hex')}`
const inClear = (address: string) => ({ identityType: 'emailAddress', identityHash: address, hashed: false })
const hashed = (address: string, salt: string) => ({
  identityType: 'emailAddress',
  identityHash: hash(address, salt),
  hashed: true,
  salt,
})
/** A badge for each subject, each about a competency of its own. */
const assess = (subjects: readonly object[], person?: AssessOptions['person']) => {
  const reports = subjects.map((subject, index) => {
    const report = structuredClone(reportOf({ id: `${index}`, aligned: [C(index)] })) as unknown as {
      credential: { credentialSubject: { id?: string } }
    }
    delete report.credential.credentialSubject.id
    Object.assign(report.credential.credentialSubject, subject)
    return report as never
  })
  const requirements = subjects.map((_, index) => ({ id: `r${index}`, competency: C(index) }))
  return assessStack(reports, { id: 'urn:x:s', name: 'S', requirements }, { frameworks: [], now: NOW, person })
}
const ada = 'ada@example.org'
const ANNA = { identityType: 'name', identityHash: 'Anna Berger', hashed: false }

describe('one person', () => {
  test.each<[string, readonly object[]]>([
    ['one id', [{ id: 'did:x:a' }, { id: 'did:x:a' }]],
    ['one address', [{ identifier: [inClear(ada)] }, { identifier: [inClear('ADA@example.org')] }]],
    ['an address and its hash', [{ identifier: [inClear(ada)] }, { identifier: [hashed(ada, 's')] }]],
    ['an id, with an address on one of them', [{ id: 'did:x:a' }, { id: 'did:x:a', identifier: [inClear(ada)] }]],
    [
      'by one that has both',
      [{ id: 'did:x:a' }, { identifier: [inClear(ada)] }, { id: 'did:x:a', identifier: [hashed(ada, 's')] }],
    ],
  ])('%s', (_, subjects) => {
    expect(assess(subjects)).toMatchObject({ outcome: 'met' })
    expect(assess(subjects)).not.toHaveProperty('findings')
  })
})

describe('not known to be one', () => {
  test.each<[string, readonly object[], AssessOptions['person']]>([
    ['two ids', [{ id: 'did:x:a' }, { id: 'did:x:b' }], [{ id: 'did:x:a' }, { id: 'did:x:b' }]],
    ['an id and an address', [{ id: 'did:x:a' }, { identifier: [inClear(ada)] }], [{ id: 'did:x:a' }, { email: ada }]],
    [
      'hashes with different salts',
      [{ identifier: [hashed(ada, '1')] }, { identifier: [hashed(ada, '2')] }],
      { email: ada },
    ],
    [
      'two addresses of people with one name',
      [{ identifier: [inClear(ada), ANNA] }, { identifier: [inClear('anna@example.org'), ANNA] }],
      [{ email: ada }, { email: 'anna@example.org' }],
    ],
    [
      'two of whom only a name is known',
      [{ identifier: [ANNA] }, { identifier: [ANNA] }],
      { type: 'name', value: 'Anna Berger' },
    ],
  ])('%s: nothing is certain until the person is named', (_, subjects, person) => {
    for (const unnamed of [undefined, 'matched-recipient', samePerson] as const) {
      const report = assess(subjects, unnamed)
      expect(report.outcome).toBe('uncertain')
      expect(report.findings).toMatchObject([{ code: 'person.different', severity: 'error' }])
      expect(report.requirements.map(({ because }) => because[0]?.code)).toEqual([
        'person.different',
        'person.different',
      ])
    }
    expect(assess(subjects, person)).toMatchObject({ outcome: 'met' })
  })
  test('whose badges count for nothing anyway is no matter', () => {
    const reports = [
      reportOf({ id: 'a', aligned: [C(0)] }),
      reportOf({ id: 'b', subject: 'did:x:b', aligned: [C(0)] }, { outcome: 'invalid', because: 'recipient.mismatch' }),
    ]
    const stack = { id: 'urn:x:s', name: 'S', requirements: [{ id: 'r', competency: C(0) }] }
    const report = assessStack(reports, stack, { frameworks: [], now: NOW })
    expect(report.outcome).toBe('met')
    expect(report).not.toHaveProperty('findings')
  })
})

test('who is named by another name is somebody else', () => {
  expect(assess([{ id: 'did:x:a' }], { id: 'did:x:b' })).toMatchObject({
    outcome: 'not-met',
    requirements: [{ because: [{ code: 'person.other', credential: 'urn:x:0' }] }],
  })
})
test('a badge that nobody was asked about counts where it names the person', () => {
  const report = reportOf({ id: 'a', aligned: [C(0)] }, { recipient: 'recipient.not_asked' })
  const stack = { id: 'urn:x:s', name: 'S', requirements: [{ id: 'r', competency: C(0) }] }
  const person = { id: 'did:example:teacher-17' }
  expect(assessStack([report], stack, { frameworks: [], now: NOW }).outcome).toBe('uncertain')
  expect(assessStack([report], stack, { frameworks: [], now: NOW, person }).outcome).toBe('met')
})
test.each<[string, unknown, string]>([
  ['a text', 'did:x:a', '"person" is "matched-recipient", samePerson, a person such as'],
  ['nobody', [], '"person" is "matched-recipient", samePerson, a person such as'],
  ['a misspelt member', { mail: ada }, '"person.mail" is no member'],
  ['one of several that is none', [{ id: 'did:x:a' }, { email: 'ada' }], '"person[1].email" is an e-mail address'],
])('%s is refused', (_, person, message) => {
  const call = () => assess([{ id: 'did:x:a' }], person as never)
  expect(call).toThrow(UsageError)
  expect(call).toThrow(message)
})
