/** What clerks look up, by whom it may be, and how it comes page by page. */
import { beforeAll, describe, expect, test } from 'vitest'
import { type ClerkRight, createIssuerHandler, issuerUrls } from '../../src/entries/http.js'
import { createAchievement, createIssuer, createSigner, generateKey } from '../../src/entries/index.js'
import { memoryStores } from '../../src/entries/store/memory.js'

const urls = issuerUrls('https://school.example/badges')
const signer = await createSigner({ key: await generateKey() })
const profile = { id: signer.controller, name: 'Example School' }
const [knots, sails] = ['knots', 'sails'].map((name) =>
  createAchievement({ id: urls.achievement(name), name, description: name, criteria: { narrative: name } }),
) as [ReturnType<typeof createAchievement>, ReturnType<typeof createAchievement>]
const { status: store, credentials } = memoryStores()
const issuer = createIssuer({
  profile,
  signer,
  status: { store, listUrl: urls.listUrl, purposes: ['revocation', 'suspension'] },
  credentials,
  credentialId: urls.credentialId,
})
/** A token is the rights of who has it. */
const handler = createIssuerHandler({
  issuer,
  profile,
  base: urls.base,
  credentials,
  achievements: [knots, sails],
  authorize: async (request) => {
    const token = request.headers.get('authorization')
    return token === null ? undefined : token === 'all' ? 'all' : { name: token, may: token.split(',') as ClerkRight[] }
  },
})
const get = (path: string, token: string | null = 'read') =>
  handler(new Request(`${urls.base}${path}`, { headers: token === null ? {} : { authorization: token } }))
const post = (path: string, body: object, token = 'all') =>
  handler(
    new Request(`${urls.base}${path}`, {
      method: 'POST',
      headers: { authorization: token },
      body: JSON.stringify(body),
    }),
  )
const page = async (query: string) => (await get(`/awards${query}`)).json()
const ids = async (query: string) => (await page(query)).awards.map(({ award }: { award: string }) => award)

beforeAll(async () => {
  for (let n = 0; n < 7; n++) {
    const recipient = n % 2 === 0 ? { email: 'Ada@school.example', name: 'Ada' } : { id: `did:example:${n}` }
    await issuer.issue({ id: `a-${n}`, achievement: n < 5 ? knots : sails, recipient, by: 'clerk 7' })
  }
  await issuer.revoke(urls.credentialId('none')).catch(() => undefined)
  const [record] = await credentials.get([{ awardId: 'a-1' }])
  await issuer.revoke(record?.credentialId ?? '', { reason: 'a mistake', by: 'clerk 8' })
})

describe('GET /awards', () => {
  test('a row says what a clerk looks for, and no address', async () => {
    const { awards, next } = await page('?limit=1')
    expect(awards).toEqual([
      {
        award: 'a-0',
        badge: expect.stringContaining('/credentials/'),
        state: 'active',
        issued: expect.stringMatching(/^\d{4}-.*Z$/),
        achievement: knots.id,
        achievementName: 'knots',
        recipient: 'Ada',
        by: 'clerk 7',
      },
    ])
    expect(next).toBe('?limit=1&after=a-0')
  })
  test('all of it, page after page, each once', async () => {
    const seen: string[] = []
    for (let query: string | undefined = '?limit=3'; query !== undefined; ) {
      const answer: { awards: { award: string }[]; next?: string } = await page(query)
      seen.push(...answer.awards.map(({ award }) => award))
      query = answer.next
    }
    expect(seen).toEqual(['a-0', 'a-1', 'a-2', 'a-3', 'a-4', 'a-5', 'a-6'])
  })
  test('by achievement, state, person and time', async () => {
    expect(await ids(`?achievement=${encodeURIComponent(sails.id)}`)).toEqual(['a-5', 'a-6'])
    expect(await ids('?state=revoked')).toEqual(['a-1'])
    expect(await ids('?person=ada@school.example')).toEqual(['a-0', 'a-2', 'a-4', 'a-6'])
    expect(await ids('?person=did:example:3&state=active')).toEqual(['a-3'])
    expect(await ids('?before=2001-01-01T00:00:00Z')).toEqual([])
    expect((await ids('?from=2001-01-01T00:00:00Z')).length).toBe(7)
  })
  test.each([
    ['?limit=0', '"limit"'],
    ['?limit=501', '"limit"'],
    ['?limit=-1', '"limit"'],
    ['?state=lost', '"state"'],
    ['?from=yesterday', '"from"'],
    ['?person=Ada', '"person"'],
    ['?copy=1', '"copy"'],
    ['?sort=name', 'no parameter "sort"'],
  ])('%s: 400, and what is wrong', async (query, says) => {
    const response = await get(`/awards${query}`)
    expect([response.status, (await response.json()).detail]).toEqual([400, expect.stringContaining(says)])
  })
})

test('GET /awards/<id>: with its trail and its places', async () => {
  const { badges } = await (await get('/awards/a-1')).json()
  expect(badges).toMatchObject([
    {
      award: 'a-1',
      state: 'revoked',
      places: [{ purpose: 'revocation' }, { purpose: 'suspension' }],
      trail: [{ kind: 'revoked', reason: 'a mistake', by: 'clerk 8' }],
    },
  ])
  expect((await get('/awards/none')).status).toBe(404)
})

describe('rights', () => {
  test('nothing is listed for who says nothing, and no answer may be kept', async () => {
    expect((await get('/awards', null)).status).toBe(401)
    expect((await get('/awards/a-1', null)).status).toBe(401)
    expect((await get('/awards')).headers.get('cache-control')).toBe('no-store')
  })
  test.each<[string, string, string, number]>([
    ['award', 'POST', '/awards', 201],
    ['read', 'POST', '/awards', 403],
    ['revoke,read', 'POST', '/awards', 403],
    ['award', 'GET', '/awards', 403],
    ['read', 'GET', '/awards', 200],
    ['award,read', 'POST', 'suspend', 403],
    ['revoke', 'POST', 'suspend', 204],
    ['revoke', 'POST', 'renew', 403],
    ['award', 'POST', 'renew', 200],
  ])('who may %s: %s %s', async (rights, method, path, expected) => {
    const [record] = await credentials.get([{ awardId: 'a-3' }])
    const verb = path.startsWith('/')
      ? path
      : `${new URL(record?.credentialId ?? '').pathname.slice('/badges'.length)}/${path}`
    const body =
      path === '/awards'
        ? { id: `by ${rights}`, achievement: 'knots', recipient: { id: 'did:example:x' } }
        : path === 'renew'
          ? { validUntil: '2199-01-01T00:00:00Z' }
          : {}
    const response = await (method === 'GET' ? get(verb, rights) : post(verb, body, rights))
    expect(response.status).toBe(expected)
    if (expected === 403) expect((await response.json()).detail).toContain('it lacks the right')
  })
})

describe('an achievement by its id', () => {
  test.each(['sails', urls.achievement('sails')])('%s', async (name) => {
    const response = await post('/awards', { achievement: name, recipient: { id: 'did:example:y' } })
    expect((await response.json()).credentialSubject.achievement).toMatchObject({ id: sails.id, name: 'sails' })
  })
  test('one that is not there is refused', async () => {
    const response = await post('/awards', { achievement: 'sialing', recipient: { id: 'did:example:y' } })
    expect([response.status, (await response.json()).option]).toEqual([422, 'achievement'])
  })
})
