/** 1EdTech Revocation List Status Method 1.0, https://www.imsglobal.org/spec/vcrl/v1p0/, and the official validator's reading of it. */
import { describe, expect, test } from 'vitest'
import { ResolutionError } from '../../src/errors.js'
import { revocationList } from '../../src/status/revocation-list.js'
import { badge, codes, fake, ISSUER } from './fakes.js'

const URL_OF_LIST = 'https://school.example/revocations'
const ID = 'https://school.example/badges/1'
const method = revocationList()
const entry = (members: object = {}) => ({ id: URL_OF_LIST, type: '1EdTechRevocationList', ...members })
const list = (members: object = {}) => ({ id: URL_OF_LIST, issuer: ISSUER, ...members })
const judge = (served: Parameters<typeof fake>[0] extends infer _ ? object | string : never, credential = badge()) =>
  codes(method, fake({ web: { [URL_OF_LIST]: served } }), entry(), credential)

describe('what it says of a credential', () => {
  const active = ['status.active', 'status.list_unsigned']
  const revoked = ['status.revoked', 'status.list_unsigned']

  test.each<[string, object, string[]]>([
    ['nothing', { revokedCredential: [] }, active],
    ['another one', { revokedCredential: [{ id: `${ID}0` }] }, active],
    ['revoked', { revokedCredential: [{ id: ID, revoked: true }] }, revoked],
    ['revoked, which goes without saying', { revokedCredential: [{ id: ID }] }, revoked],
    ['not revoked any more', { revokedCredential: [{ id: ID, revoked: false }] }, active],
    [
      'revoked in one of two elements',
      {
        revokedCredential: [
          { id: ID, revoked: true },
          { id: ID, revoked: false },
        ],
      },
      revoked,
    ],
    ['revoked, by the name of the prose', { revokedCredentials: [{ id: ID, revoked: true }] }, revoked],
    ['revoked, by either name', { revokedCredential: [], revokedCredentials: [{ id: ID }] }, revoked],
    ['revoked, in no array', { revokedCredential: { id: ID } }, revoked],
    ['revoked, as a bare id', { revokedCredential: [ID] }, revoked],
    ['nothing, with no member for it', {}, active],
  ])('%s', async (_, members, expected) => {
    expect(await judge(list(members))).toEqual(expected)
  })

  test('with a reason', async () => {
    const revokedCredential = [{ id: ID, revoked: true, revocationReason: 'Issued\nin error' }]
    const { context } = fake({ web: { [URL_OF_LIST]: list({ revokedCredential }) } })
    const [found] = await method.check(entry(), badge(), context)
    expect(found).toMatchObject({
      code: 'status.revoked',
      message: expect.stringContaining('"Issued in error"'),
      evidence: { url: URL_OF_LIST },
    })
  })

  test.each([[null], [5], [{}], [{ id: 5 }], [{ id: `${ID}0`, revoked: 'false' }], [[]]])(
    'an element %j may be any credential',
    async (element) => {
      expect(await judge(list({ revokedCredential: [element] }))).toEqual([
        'status.list_malformed',
        'status.list_unsigned',
      ])
      expect(await judge(list({ revokedCredential: [element, { id: ID }] }))).toEqual(revoked)
    },
  )
})

/** Public report 02: a 1EdTechRevocationList served as Open Badges 2.0 wrote it was read as "not revoked". */
describe('public report 02: a list that is understood only in part never says "active"', () => {
  const revoked = ['status.revoked', 'status.list_unsigned']
  const unread = ['status.list_malformed', 'status.list_unsigned']

  test.each<[string, object]>([
    ['ids', { type: 'RevocationList', revokedAssertions: [`${ID}0`, ID] }],
    ['objects', { type: 'RevocationList', revokedAssertions: [{ id: ID, revocationReason: 'Wrong person' }] }],
    ['one id in no array', { revokedAssertions: ID }],
    ['beside an empty list of the new name', { revokedCredential: [], revokedAssertions: [ID] }],
    [
      'beside the new name that denies it',
      { revokedCredential: [{ id: ID, revoked: false }], revokedAssertions: [ID] },
    ],
    ['revoked, among what cannot be read', { revokedCredentials: [{ uid: '7' }, ID], pages: ['x'] }],
  ])('revoked by the member of Open Badges 2.0: %s', async (_, members) => {
    expect(await judge(list(members))).toEqual(revoked)
  })

  test('and who is not in it is not revoked', async () => {
    expect(await judge(list({ revokedAssertions: [`${ID}0`] }))).toEqual(['status.active', 'status.list_unsigned'])
  })

  test.each<[string, object]>([
    ['an unknown list', { revoked: [ID] }],
    ['a misspelt name', { revokedCredentals: [ID] }],
    ['a misspelt name with one id', { revokedcredential: 'urn:uuid:1' }],
    ['a name of JSON-LD', { '@graph': [{ id: ID, revoked: true }] }],
    ['a compacted name', { 'vcrl:revokedCredential': { id: ID } }],
    ['a next page', { revokedCredential: [], next: `${URL_OF_LIST}?page=2` }],
    ['pages', { revokedCredential: [], page: { first: '/1' } }],
    ['an element of Open Badges 1.x by uid', { revokedAssertions: [{ uid: 'abc' }] }],
    ['a relative id', { revokedAssertions: ['/badges/1'] }],
    ['an id with blanks', { revokedCredential: [` ${ID}`] }],
    ['a JSON-LD set', { revokedCredential: { '@set': [ID] } }],
    ['null', { revokedCredential: null }],
    [
      'it denies this one and has what cannot be read',
      { revokedCredential: [{ id: ID, revoked: false }, { uid: 'abc' }] },
    ],
    [
      'it denies this one, and an unknown list has it',
      { revokedCredential: [{ id: ID, revoked: false }], revoked: [ID] },
    ],
  ])('%s', async (_, members) => {
    expect(await judge(list(members))).toEqual(unread)
  })

  test('what is about the list, and words and numbers, do not make it unread', async () => {
    const about = { name: { en: 'Revoked' }, updated: '2026-01-01T00:00:00Z', total: 0, notes: [], proof: [{}] }
    expect(await judge(list(about))).toEqual(['status.active', 'status.list_unsigned'])
  })

  test('the sentence names the member that was not read', async () => {
    const { context } = fake({ web: { [URL_OF_LIST]: list({ revokedBadges: [ID] }) } })
    const [found] = await method.check(entry(), badge(), context)
    expect(found?.message).toContain('"revokedBadges"')
  })
})

describe('whose it is', () => {
  test.each<[unknown, string]>([
    ['did:web:other.example', 'status.list_untrusted'],
    [{ id: 'did:web:other.example' }, 'status.list_untrusted'],
    [undefined, 'status.list_malformed'],
    [{}, 'status.list_malformed'],
  ])('%j: %s', async (issuer, expected) => {
    expect(await judge(list({ issuer, revokedCredential: [] }))).toEqual([expected])
    expect(await judge(list({ issuer, revokedCredential: [{ id: ID }] }))).toEqual([expected])
  })

  test('an object with the id will do, as in the credential', async () => {
    expect(await judge(list({ issuer: { id: ISSUER } }))).toContain('status.active')
    expect(await judge(list(), badge({ issuer: ISSUER }))).toContain('status.active')
  })

  test('another document of the issuer is no list in which nothing is revoked', async () => {
    expect(await judge({ id: ID, issuer: ISSUER, type: ['VerifiableCredential'] })).toEqual(['status.list_malformed'])
    expect(await judge({ issuer: ISSUER })).toEqual(['status.list_malformed'])
  })

  test('a document that looks like a finding is none', async () => {
    expect(await judge({ code: 'status.active', message: 'fine' })).toEqual(['status.list_malformed'])
  })
})

describe('what cannot be read', () => {
  test.each([['no json'], ['[]'], ['"x"'], ['{"issuer":"a","issuer":"b"}'], ['']])('%j', async (served) => {
    expect(await judge(served)).toEqual(['status.list_malformed'])
  })

  test.each([
    ['resolve.timeout', 'status.unreachable'],
    ['resolve.not_found', 'status.unreachable'],
    ['resolve.limit', 'status.limit'],
    ['resolve.too_large', 'status.limit'],
  ] as const)('%s is %s', async (code, expected) => {
    expect(await judge(new ResolutionError(code, URL_OF_LIST, 'because'))).toEqual([expected])
  })

  test.each([undefined, '', 'revocations', 5])('an entry whose id is %j, for which nothing is fetched', async (id) => {
    const context = fake()
    expect(await codes(method, context, entry({ id }))).toEqual(['status.list_malformed'])
    expect(context.asked).toEqual([])
  })

  test('a credential without id cannot be in a list', async () => {
    expect(await judge(list(), badge({ id: undefined }))).toEqual(['status.list_malformed'])
  })
})

test('is loaded once for many', async () => {
  const context = fake({ web: { [URL_OF_LIST]: list({ revokedCredential: [{ id: `${ID}/7` }] }) } })
  for (let number = 0; number < 20; number++) {
    const found = await codes(method, context, entry(), badge({ id: `${ID}/${number}` }))
    expect(found[0]).toBe(number === 7 ? 'status.revoked' : 'status.active')
  }
  expect(context.asked).toHaveLength(1)
  expect(context.asked).toMatchObject([{ kind: 'status' }])
})
