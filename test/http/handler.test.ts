/** What a verifier, a wallet, a clerk and an attacker get. */
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createIssuerHandler, issuerUrls } from '../../src/entries/http.js'
import {
  createAchievement,
  createIssuer,
  createSigner,
  createVerifier,
  type DocumentLoader,
  decodeCredential,
  generateKey,
  type IssuerKey,
  type Profile,
  ResolutionError,
  StoreError,
} from '../../src/entries/index.js'
import { memoryStores } from '../../src/entries/store/memory.js'
import { drawPng } from '../bake/make-png.js'
import { singleCredentials } from '../store/single.js'

const BASE = 'https://school.example/badges'
const DID = 'did:web:school.example'
const urls = issuerUrls(BASE)
const signer = await createSigner({ key: await generateKey(), verificationMethod: `${DID}#key-1` })
const keys: IssuerKey[] = [{ id: signer.verificationMethod, publicKey: signer.publicKey }]
const profile: Profile = { id: DID, type: ['Profile'], name: 'Example School' }
const achievement = createAchievement({
  id: urls.achievement('giving-feedback'),
  name: 'Giving Feedback',
  description: 'Feedback that helps.',
  criteria: { narrative: 'Three pieces.' },
})
const award = { id: 'award-1', achievement, recipient: { id: 'did:example:teacher-1' } }

function setting(
  { format = 'embedded' as 'embedded' | 'jwt', broken = false } = {},
  image = async () => drawPng(8, 8, (x, y) => [x * 30, y * 30, 90]),
) {
  const stores = memoryStores()
  const errors: unknown[] = []
  let uuid = ''
  const down = async () => {
    throw new StoreError('store.failed', 'postgres://clerk:secret@db is gone')
  }
  const issuer = createIssuer({
    profile,
    signer,
    format,
    keys,
    status: {
      store: broken ? { ...stores.status, read: down } : stores.status,
      listUrl: urls.listUrl,
      purposes: ['revocation', 'suspension'],
      ttlSeconds: 120,
    },
    credentials: stores.credentials,
    credentialId: (random) => {
      uuid = random
      return urls.credentialId(random)
    },
    refreshUrl: urls.refreshUrl,
  })
  const handler = createIssuerHandler({
    issuer,
    profile,
    base: BASE,
    keys,
    credentials: stores.credentials,
    achievements: [achievement],
    image,
    authorize: async (request) => (request.headers.get('authorization') === 'Bearer secret' ? 'clerk 7' : undefined),
    onError: (error) => errors.push(error),
  })
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    handler(new Request(`https://school.example${path}`, { headers, method }))
  const post = (path: string, body: unknown, headers: Record<string, string> = { authorization: 'Bearer secret' }) =>
    handler(
      new Request(`https://school.example${path}`, {
        method: 'POST',
        headers,
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    )
  const loader: DocumentLoader = {
    load: async ({ url, accept }) => {
      const response = await handler(new Request(url, { headers: accept === undefined ? {} : { accept } }))
      if (!response.ok) throw new ResolutionError('resolve.unreachable', url, `${url}: ${response.status}`)
      const bytes = new Uint8Array(await response.arrayBuffer())
      return { url, bytes, mediaType: response.headers.get('content-type') ?? '' }
    },
  }
  const verify = (badge: object | string) => createVerifier({ trustedIssuers: [DID], loader }).verify(badge)
  return { issuer, stores, get, post, verify, errors, handler, uuid: () => uuid }
}

describe.each(['embedded', 'jwt'] as const)('%s', (format) => {
  test('a verifier that asks nobody but this server: good, suspended, renewed, revoked', async () => {
    const { issuer, stores, verify, uuid } = setting({ format })
    const badge = await issuer.issue(award)
    const { credentialId } = (await singleCredentials(stores.credentials).get({ awardId: 'award-1' })) ?? {
      credentialId: '',
    }
    expect(credentialId).toBe(urls.credentialId(uuid()))
    const first = await verify(badge)
    expect(first.outcome).toBe('valid')
    expect(first.checks.refresh.findings[0]?.code).toBe('refresh.current')
    await issuer.suspend(credentialId)
    expect((await verify(badge)).checks.status.findings.map(({ code }) => code)).toContain('status.suspended')
    await issuer.reinstate(credentialId)
    await issuer.renew(credentialId, { validUntil: new Date(Date.now() + 1e9) })
    expect((await verify(badge)).checks.refresh.findings[0]?.code).toBe('refresh.refreshed')
    await issuer.revoke(credentialId)
    expect((await verify(badge)).outcome).toBe('invalid')
  })
  test('a hosted badge in the form that is wanted', async () => {
    const { issuer, get, uuid } = setting({ format })
    const badge = await issuer.issue(award)
    const path = `/badges/credentials/${uuid()}`
    const type = format === 'jwt' ? 'application/vc+jwt' : 'application/vc'
    for (const accept of ['*/*', type, `text/html, ${type};q=0.5`, 'image/png;q=0.1, application/*']) {
      const response = await get(path, { accept })
      expect([response.status, response.headers.get('content-type')]).toEqual([200, type])
      expect(await response.text()).toBe(typeof badge === 'string' ? badge : JSON.stringify(badge))
    }
    const image = await get(path, { accept: 'image/png, */*;q=0.1' })
    expect(image.headers.get('content-type')).toBe('image/png')
    expect((await decodeCredential(new Uint8Array(await image.arrayBuffer()))).secured).toEqual(badge)
    const refused = await get(path, { accept: 'text/html' })
    expect(refused.status).toBe(406)
    expect((await refused.json()).detail).toContain(type)
  })
})

describe('documents', () => {
  test.each([
    ['/.well-known/did.json', 'application/did+json', { id: DID, assertionMethod: [`${DID}#key-1`] }],
    ['/.well-known/jwks.json', 'application/json', { keys: [{ kid: `${DID}#key-1`, alg: 'EdDSA' }] }],
    ['/badges/issuer', 'application/json', { id: DID, name: 'Example School' }],
    ['/badges/achievements/giving-feedback', 'application/ld+json', { id: achievement.id }],
  ])('%s', async (path, type, content) => {
    const response = await setting().get(path)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type])
    expect(response.headers.get('cache-control')).toBe('public, max-age=300')
    expect(await response.json()).toMatchObject(content)
  })
  // RFC 9110 section 12.5.1. Some clients parse only what they asked for by name, @digitalbazaar/http-client among them.
  test.each([
    [undefined, 'application/vc', 'application/did+json', 'application/ld+json'],
    ['*/*', 'application/vc', 'application/did+json', 'application/ld+json'],
    ['application/*', 'application/vc', 'application/did+json', 'application/ld+json'],
    ['application/json', 'application/json', 'application/json', 'application/json'],
    ['APPLICATION/JSON; charset=utf-8', 'application/json', 'application/json', 'application/json'],
    ['application/ld+json, application/json', 'application/ld+json', 'application/ld+json', 'application/ld+json'],
    ['application/ld+json;q=0.5, application/json', 'application/json', 'application/json', 'application/json'],
    ['application/json, text/plain, */*', 'application/json', 'application/json', 'application/json'],
    ['application/json;q=0.1, */*', 'application/vc', 'application/did+json', 'application/ld+json'],
    ['application/vc, application/json', 'application/vc', 'application/json', 'application/json'],
    [
      'application/vc;q=0, application/ld+json;q=0, */*',
      'application/vc+ld+json',
      'application/did+json',
      'application/json',
    ],
    // Nothing that there is: it may understand ours all the same, and a verifier without its list says nothing.
    ['text/html', 'application/vc', 'application/did+json', 'application/ld+json'],
    ['application/json;q=0', 'application/vc', 'application/did+json', 'application/ld+json'],
    ['', 'application/vc', 'application/did+json', 'application/ld+json'],
  ])('Accept: %s', async (accept, list, did, linked) => {
    const { issuer, get } = setting()
    await issuer.issue(award)
    const headers: Record<string, string> = accept === undefined ? {} : { accept }
    for (const [path, type] of [
      ['/badges/status/1', list],
      ['/.well-known/did.json', did],
      ['/badges/achievements/giving-feedback', linked],
    ] as const) {
      const response = await get(path, headers)
      expect([response.status, response.headers.get('content-type')]).toEqual([200, type])
      expect(response.headers.get('vary')).toBe('accept, accept-encoding')
    }
  })
  test.each([
    ['/.well-known/jwks.json', 'application/jwk-set+json', 'application/jwk-set+json'],
    ['/.well-known/jwks.json', 'application/ld+json, */*', 'application/json'],
    ['/badges/issuer', 'application/ld+json', 'application/ld+json'],
    ['/badges/issuer', '*/*', 'application/json'],
  ])('%s as %s', async (path, accept, type) => {
    const response = await setting().get(path, { accept })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type])
  })
  test("1EdTech's revocation list, as JSON and as JSON-LD", async () => {
    const { status: store, credentials } = memoryStores()
    const status = { store, listUrl: urls.listUrl, revocationListUrl: `${BASE}/revoked.json` }
    const issuer = createIssuer({ profile, signer, status, credentials })
    const handler = createIssuerHandler({ issuer, profile, base: BASE })
    for (const [accept, type] of [
      ['application/ld+json', 'application/ld+json'],
      ['text/html', 'application/json'],
    ] as const) {
      const response = await handler(new Request(`${BASE}/revoked.json`, { headers: { accept } }))
      expect([response.status, response.headers.get('content-type')]).toEqual([200, type])
    }
  })
  test("1EdTech's revocation list is made once for all who ask, and again where another badge was revoked", async () => {
    const { status: store, credentials } = memoryStores()
    let made = 0
    const counting = {
      ...credentials,
      revoked: () => {
        made++
        return credentials.revoked()
      },
      list: () => {
        throw new Error('no record is read for it')
      },
    }
    const status = { store, listUrl: urls.listUrl, revocationListUrl: `${BASE}/revoked.json` }
    const issuer = createIssuer({ profile, signer, status, credentials: counting })
    const handler = createIssuerHandler({ issuer, profile, base: BASE })
    const get = (headers: Record<string, string> = {}) =>
      handler(new Request(`${BASE}/revoked.json`, { headers: { 'accept-encoding': 'gzip', ...headers } }))
    const ids: string[] = []
    for await (const { credential } of issuer.issueBatch(
      Array.from({ length: 20 }, (_, n) => ({ ...award, id: `${n}` })),
    ))
      ids.push((credential as { id: string }).id)
    await issuer.revokeMany(ids.slice(0, 10), { reason: 'fraud' })
    const [first, ...others] = await Promise.all(Array.from({ length: 20 }, () => get()))
    const etag = first?.headers.get('etag') as string
    expect(JSON.parse(gunzipSync(await (first as Response).arrayBuffer()).toString()).revokedCredential).toHaveLength(
      10,
    )
    expect(new Set(others.map(({ headers }) => headers.get('etag')))).toEqual(new Set([etag]))
    const unchanged = await get({ 'if-none-match': etag })
    expect([unchanged.status, await unchanged.text()]).toEqual([304, ''])
    expect(made).toBe(1)
    await issuer.revoke(ids[15] as string)
    const changed = await get({ 'if-none-match': etag })
    expect([changed.status, made]).toEqual([200, 2])
    expect(JSON.parse(gunzipSync(await changed.arrayBuffer()).toString()).revokedCredential).toHaveLength(11)
  })
  test('a revocation list of a store that keeps none of its own', async () => {
    const { status: store, credentials } = memoryStores()
    const { revoked: _, revokedVersion: __, ...plain } = credentials
    const status = { store, listUrl: urls.listUrl, revocationListUrl: `${BASE}/revoked.json` }
    const issuer = createIssuer({ profile, signer, status, credentials: plain })
    const badge = await issuer.issue(award)
    await issuer.revoke((badge as { id: string }).id, { reason: 'fraud' })
    expect((await issuer.revocationList()).revokedCredential).toEqual([
      { id: (badge as { id: string }).id, revoked: true, revocationReason: 'fraud' },
    ])
  })
  test('RFC 9110 section 8.8.3: each name of a document has a validator of its own', async () => {
    const { issuer, get } = setting()
    await issuer.issue(award)
    const [vc, json] = await Promise.all(
      ['application/vc', 'application/json'].map((accept) => get('/badges/status/1', { accept })),
    )
    expect(await vc?.text()).toBe(await json?.text())
    expect(vc?.headers.get('etag')).not.toBe(json?.headers.get('etag'))
  })
  test('a hosted badge and an award that was posted, as application/json', async () => {
    const { issuer, get, uuid } = setting()
    const badge = await issuer.issue(award)
    const response = await get(`/badges/credentials/${uuid()}`, { accept: 'application/json' })
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toEqual(badge)
  })
  test('an https issuer has one document, with its keys', async () => {
    const id = `${BASE}/issuer`
    const key = { id: `${id}#key-1`, publicKey: signer.publicKey }
    const { issuer } = setting()
    const handler = createIssuerHandler({ issuer, profile: { ...profile, id }, base: BASE, keys: [key] })
    const document = await (await handler(new Request(id))).json()
    expect(document).toMatchObject({ id, name: 'Example School', verificationMethod: [{ id: key.id }] })
  })
  test('a status list: its ttl, an ETag that holds until it changes, gzip, HEAD', async () => {
    const { issuer, get, stores } = setting()
    await issuer.issue(award)
    const path = '/badges/status/1'
    const plain = await get(path)
    expect(plain.headers.get('cache-control')).toBe('public, max-age=120')
    const text = await plain.text()
    const etag = plain.headers.get('etag') ?? ''
    for (const sent of [etag, `W/${etag}`, `"x", ${etag}`, '*'])
      expect((await get(path, { 'if-none-match': sent })).status).toBe(304)
    expect((await get(path, { 'if-none-match': '"x"' })).status).toBe(200)
    const zipped = await get(path, { 'accept-encoding': 'br, gzip' })
    expect(zipped.headers.get('content-encoding')).toBe('gzip')
    expect(zipped.headers.get('etag')).not.toBe(etag)
    expect(gunzipSync(new Uint8Array(await zipped.arrayBuffer())).toString()).toBe(text)
    expect((await get(path, { 'accept-encoding': 'gzip;q=0' })).headers.get('content-encoding')).toBeNull()
    const head = await get(path, {}, 'HEAD')
    expect([await head.text(), head.headers.get('etag')]).toEqual(['', etag])
    const record = await singleCredentials(stores.credentials).get({ awardId: 'award-1' })
    await issuer.revoke(record?.credentialId ?? '')
    expect((await get(path, { 'if-none-match': etag })).status).toBe(200)
  })
  test('RFC 9110 section 8.8.1: two pictures of one length have two validators', async () => {
    let picture = drawPng(8, 8, () => [1, 2, 3])
    const { issuer, get, uuid } = setting({}, async () => picture)
    await issuer.issue(award)
    const ask = (headers: Record<string, string> = {}) =>
      get(`/badges/credentials/${uuid()}`, { accept: 'image/png', ...headers })
    const first = await ask()
    const etag = first.headers.get('etag') ?? ''
    expect((await ask({ 'if-none-match': etag })).status).toBe(304)
    const other = drawPng(8, 8, () => [3, 2, 1])
    expect(other.length).toBe(picture.length)
    picture = other
    const second = await ask({ 'if-none-match': etag })
    expect([first.status, second.status]).toEqual([200, 200])
    expect(second.headers.get('etag')).not.toBe(etag)
  })
})

describe('a clerk', () => {
  test('awards, twice the same; revokes, and the trail knows who', async () => {
    const { post, stores, uuid } = setting()
    const body = { ...award, validUntil: '2099-01-01T00:00:00Z' }
    const [first, second] = [await post('/badges/awards', body), await post('/badges/awards', body)]
    expect([first.status, first.headers.get('location')]).toEqual([
      201,
      (await singleCredentials(stores.credentials).get({ awardId: 'award-1' }))?.credentialId,
    ])
    expect(await second.text()).toBe(await first.text())
    const id = first.headers.get('location')?.split('/').at(-1)
    expect((await post(`/badges/credentials/${id}/revoke`, { reason: 'fraud' })).status).toBe(204)
    expect((await singleCredentials(stores.credentials).get({ awardId: 'award-1' }))?.events[0]).toMatchObject({
      kind: 'revoked',
      by: 'clerk 7',
      reason: 'fraud',
    })
    const renewal = await post(`/badges/credentials/${id}/renew`, { validUntil: '2099-02-01T00:00:00Z' })
    expect([renewal.status, (await renewal.json()).code]).toEqual([409, 'usage.revoked'])
    expect(uuid()).not.toBe('')
  })
  test.each<[string, string, unknown, number, string | undefined]>([
    ['an unknown badge', '/badges/credentials/none/revoke', {}, 404, 'usage.unknown_credential'],
    [
      'an award without achievement',
      '/badges/awards',
      { id: 'a', recipient: award.recipient },
      422,
      'usage.invalid_award',
    ],
    ['a date that is none', '/badges/awards', { ...award, validUntil: 'soon' }, 422, 'usage.invalid_award'],
    [
      'a misspelt member',
      '/badges/awards',
      { ...award, validUntl: '2099-01-01T00:00:00Z' },
      422,
      'usage.invalid_award',
    ],
    ['a clerk by another name', '/badges/awards', { ...award, by: 'the head' }, 422, 'usage.invalid_award'],
    ['a misspelt reason', '/badges/credentials/none/revoke', { raeson: 'fraud' }, 422, 'usage.invalid_option'],
    ['a reason that is no text', '/badges/credentials/none/suspend', { reason: 7 }, 422, 'usage.invalid_option'],
    ['a date that only renews', '/badges/credentials/none/revoke', { validUntil: 'x' }, 422, 'usage.invalid_option'],
    ['what is no JSON', '/badges/awards', '{"id":', 400, undefined],
    ['JSON that is no object', '/badges/awards', '[]', 400, undefined],
    ['the wrong place', '/badges/status/1', {}, 405, undefined],
    [
      'an achievement that breaks the model',
      '/badges/awards',
      { ...award, achievement: { id: 'x' } },
      422,
      'parse.invalid',
    ],
  ])('%s', async (_, path, body, status, code) => {
    const { post, errors } = setting()
    const response = await post(path, body)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    const details = await response.json()
    expect([response.status, details.status, details.code]).toEqual([status, status, code])
    expect(errors).toEqual([])
  })
  test('without the token, nothing is read', async () => {
    const { post, stores } = setting()
    for (const headers of [{}, { authorization: 'Bearer wrong' }]) {
      const response = await post('/badges/awards', award, headers)
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    }
    expect(await singleCredentials(stores.credentials).get({ awardId: 'award-1' })).toBeUndefined()
  })
  test.each(['with', 'without'])('100 MB, %s saying so: refused at the limit', async (says) => {
    const { handler } = setting()
    let sent = 0
    const body = new ReadableStream({
      pull(controller) {
        sent += 65_536
        if (sent > 100e6) controller.close()
        else controller.enqueue(new Uint8Array(65_536))
      },
    })
    const headers = { authorization: 'Bearer secret', ...(says === 'with' ? { 'content-length': '100000000' } : {}) }
    const request = { method: 'POST', headers, body, duplex: 'half' }
    const response = await handler(new Request(`${BASE}/awards`, request as RequestInit))
    expect([response.status, response.headers.get('content-type')]).toEqual([413, 'application/problem+json'])
    expect(sent).toBeLessThan(2e6)
  })
})

describe('what is not there', () => {
  test.each([
    '/badges/status/99',
    '/badges/status/1/more',
    '/badges/credentials/none',
    '/badges/refresh/none',
    '/badges/achievements/none',
    '/badges/../../etc/passwd',
    '/badges/status/../../token',
    '/badges/',
    '/badges',
    '/',
    '/badgesx/issuer',
    '/badges/revoked.json/x',
    '/.well-known/did.json/',
  ])('%s is 404', async (path) => {
    const response = await setting().get(path)
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
  })
  test.each([
    '/badges/status/%2e%2e%2ftoken',
    '/badges/status/..%5ctoken',
    '/badges/%',
    '/badges/status/%ff',
    '/badges/status/%00',
  ])('%s is 400', async (path) => {
    expect((await setting().get(path)).status).toBe(400)
  })
  test('other methods', async () => {
    const { get, handler } = setting()
    for (const method of ['PUT', 'DELETE', 'PATCH']) expect((await get('/badges/issuer', {}, method)).status).toBe(405)
    expect((await handler(new Request(`${BASE}/issuer`, { method: 'OPTIONS' }))).status).toBe(204)
  })
  test('a store that is gone: 503, to be tried again; the secret stays inside and the owner is told', async () => {
    const { get, errors } = setting({ broken: true })
    const response = await get('/badges/status/1')
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await response.text()).not.toContain('secret')
    expect(errors).toMatchObject([{ code: 'store.failed' }])
  })
})
