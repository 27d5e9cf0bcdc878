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
