/** What a verifier, a browser's cache and an attacker get of what was published: RFC 9110 sections 8.8.3, 9.3, 12.5 and 15.5.6. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as ask } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { listen } from '../../src/cli/node-listener.js'
import { type Handler, issuerUrls, servePublished } from '../../src/entries/http.js'
import {
  createAchievement,
  createIssuer,
  createLoader,
  createVerifier,
  insecureNetwork,
  StoreError,
} from '../../src/entries/index.js'
import { folderStore } from '../../src/entries/node.js'
import { type ObjectStore, publishStatus } from '../../src/entries/status.js'
import { memoryObjectStore, memoryStores } from '../../src/entries/store/memory.js'
import { newIssuer } from '../verify/kit.js'

const root = mkdtempSync(join(tmpdir(), 'published-'))
afterAll(() => rmSync(root, { recursive: true }))

const { id, signer } = await newIssuer()
const achievement = createAchievement({ name: 'x', description: 'y', criteria: { narrative: 'z' } })

/** An issuer with one badge, whose documents are at the URL. */
function issuerAt(base: string, to: ObjectStore, format: 'embedded' | 'jwt' = 'embedded') {
  const urls = issuerUrls(base)
  const { credentials, status } = memoryStores()
  const issuer = createIssuer({
    profile: { id, name: 'Hill School' },
    signer,
    format,
    credentials,
    status: { store: status, listUrl: urls.listUrl, revocationListUrl: urls.revocationList, ttlSeconds: 120 },
  })
  return {
    issue: async (award: string) => issuer.issue({ id: award, achievement, recipient: { id: 'did:example:1' } }),
    revoke: async (award: string) => {
      const [record] = await credentials.get([{ awardId: award }])
      await issuer.revoke(record?.credentialId ?? '', { reason: 'fraud' })
    },
    publish: () => publishStatus({ issuer, to }),
  }
}

async function published(format?: 'embedded' | 'jwt') {
  const to = memoryObjectStore()
  const issuer = issuerAt('https://school.example/a', to, format)
  await issuer.issue('award-1')
  await issuer.publish()
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    servePublished(to)(new Request(`https://school.example${path}`, { headers, method }))
  return { to, get, issuer }
}
const LIST = '/a/status/1'

describe.each(['embedded', 'jwt'] as const)('%s', (format) => {
  test('the verifier takes what a folder serves over node:http, before and after a revocation', async () => {
    const to = folderStore(join(root, format))
    let [asked, handler]: [string[], Handler] = [[], servePublished(to)]
    const listener = await listen({ host: '127.0.0.1', port: 0 }, async () => async (request) => {
      const response = await handler(request)
      asked.push(`${new URL(request.url).pathname} ${response.status}`)
      return response
    })
    const issuer = issuerAt(`${listener.origin}/a`, to, format)
    const badge = await issuer.issue('award-1')
    const verify = async () => {
      const loader = createLoader({ allowPrivateAddresses: insecureNetwork })
      return createVerifier({ trustedIssuers: [id], loader }).verify(badge)
    }
    expect((await verify()).checks.status.findings[0]?.code).toBe('status.unreachable')
    await issuer.publish()
    asked = []
    expect((await verify()).outcome).toBe('valid')
    expect(asked.sort()).toEqual(['/a/revoked.json 200', '/a/status/1 200'])
    await issuer.revoke('award-1')
    expect((await verify()).outcome).toBe('valid')
    await issuer.publish()
    const report = await verify()
    expect([report.outcome, report.checks.status.findings.map(({ code }) => code)]).toEqual([
      'invalid',
      ['status.revoked', 'status.revoked', 'status.list_unsigned'],
    ])
    handler = async () => new Response(null, { status: 503 })
    await listener.close()
  })

  test('the form that was published, under the name that the client knows', async () => {
    const { get } = await published(format)
    const own = format === 'jwt' ? 'application/vc+jwt' : 'application/vc'
    expect((await get(LIST)).headers.get('content-type')).toBe(own)
    const other = format === 'jwt' ? 'application/jwt' : 'application/ld+json'
    expect((await get(LIST, { accept: other })).headers.get('content-type')).toBe(other)
    const image = await get(LIST, { accept: 'image/png' })
    expect([image.status, image.headers.get('content-type')]).toEqual([200, own])
  })
})

test('a list as a cache wants it: how long, which, and 304 for who has it', async () => {
  const { get, issuer } = await published()
  const first = await get(LIST)
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'cache-control': 'public, max-age=120',
    vary: 'accept, accept-encoding',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  })
  const etag = first.headers.get('etag') ?? ''
  expect(etag).toMatch(/^"[\w-]+"$/)
  for (const tag of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
    const known = await get(LIST, { 'if-none-match': tag })
    expect([known.status, await known.text(), known.headers.get('etag')]).toEqual([304, '', etag])
  }
  await issuer.revoke('award-1')
  expect((await get(LIST, { 'if-none-match': etag })).status).toBe(304)
  await issuer.publish()
  expect((await get(LIST, { 'if-none-match': etag })).status).toBe(200)
})

test('compressed for who takes it, with an ETag of its own', async () => {
  const { get, to } = await published()
  const plain = await get(LIST)
  const compressed = await get(LIST, { 'accept-encoding': 'br, gzip' })
  expect([plain, compressed].map(({ headers }) => headers.get('content-encoding'))).toEqual([null, 'gzip'])
  const bytes = new Uint8Array(await compressed.arrayBuffer())
  expect(compressed.headers.get('content-length')).toBe(String(bytes.length))
  expect(gunzipSync(bytes).toString()).toBe(await plain.text())
  expect(compressed.headers.get('etag')).not.toBe(plain.headers.get('etag'))
  for (const refused of ['gzip;q=0', 'identity', 'br'])
    expect((await get(LIST, { 'accept-encoding': refused })).headers.get('content-encoding')).toBeNull()
  // Where a publisher was stopped between the two they differ for a while: a cache must not take one for the other.
  const { etag, ...old } = (await to.get('a/status/1.gz')) ?? expect.fail('it was published')
  await to.put('a/status/1.gz', { ...old, body: new TextEncoder().encode('other') }, etag)
  const tag = compressed.headers.get('etag') ?? ''
  expect((await get(LIST, { 'accept-encoding': 'gzip', 'if-none-match': tag })).status).toBe(200)
})

test('HEAD says what GET says, and sends nothing', async () => {
  const { get } = await published()
  const [head, whole] = [await get(LIST, {}, 'HEAD'), await get(LIST)]
  expect([head.status, await head.text(), Object.fromEntries(head.headers)]).toEqual([
    200,
    '',
    Object.fromEntries(whole.headers),
  ])
})

test('1EdTech’s revocation list', async () => {
  const { get, issuer } = await published()
  await issuer.revoke('award-1')
  await issuer.publish()
  const response = await get('/a/revoked.json')
  expect([response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
    'application/json',
    'public, max-age=60',
  ])
  expect((await response.json()).revokedCredential).toMatchObject([{ revoked: true, revocationReason: 'fraud' }])
})

describe('what others send', () => {
  test.each(['POST', 'PUT', 'DELETE', 'PATCH'])('%s: 405, with what may be asked', async (method) => {
    const { get } = await published()
    const response = await get(LIST, {}, method)
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    expect(await response.json()).toMatchObject({ status: 405, title: 'Method Not Allowed' })
  })
  test('OPTIONS: what may be asked', async () => {
    const { get } = await published()
    expect((await get(LIST, {}, 'OPTIONS')).status).toBe(204)
  })
  test.each([
    '/',
    '/a',
    '/a/status',
    '/a/status/1/',
    '/a//status/1',
    '/a/status/1.gz',
    '/a/status%2F1',
    '/a/status/%31%00',
    '/a/status/..%2f1',
    '/%2e%2e/secret',
    '/..%5csecret',
    '/.badgewright/x.json',
    '/a/status/1%E0%A4%A',
    '/a/status/%F0%9F%8E%93',
    `/${'a'.repeat(5000)}`,
    '/__proto__',
    '/constructor',
  ])('%s: 404, as problem details', async (path) => {
    const to = folderStore(join(root, 'traversal'))
    writeFileSync(join(root, 'secret'), 'a key')
    await issuerAt('https://school.example/a', to).publish()
    for (const store of [to, (await published()).to]) {
      const response = await servePublished(store)(new Request(`https://school.example${path}`))
      expect(response.status).toBe(404)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      expect(await response.text()).not.toContain('a key')
    }
  })
  test('a path with .., as it is, over node:http', async () => {
    const to = folderStore(join(root, 'raw/public'))
    await to.put('a', { body: Uint8Array.of(1), contentType: 'text/plain', cacheControl: 'no-cache' }, undefined)
    writeFileSync(join(root, 'raw/secret'), 'a key')
    const listener = await listen({ host: '127.0.0.1', port: 0 }, async () => servePublished(to))
    const { port } = new URL(listener.origin)
    for (const path of ['/../secret', '/a/../../secret', '/..%2fsecret', '//secret']) {
      const answer = await new Promise<string>((resolve, reject) => {
        ask({ port, path, host: '127.0.0.1', agent: false }, (response) => {
          let text = String(response.statusCode)
          response.on('data', (chunk) => {
            text += chunk
          })
          response.on('end', () => resolve(text))
        })
          .on('error', reject)
          .end()
      })
      expect(answer).toMatch(/^404/)
      expect(answer).not.toContain('a key')
    }
    await listener.close()
  })
})

test('a store that is gone: 503 and a problem, nothing of its message', async () => {
  const errors: unknown[] = []
  const get = async () => {
    throw new StoreError('store.failed', 'https://key:secret@bucket is gone')
  }
  const response = await servePublished(
    { get },
    { onError: (error) => errors.push(error) },
  )(new Request('https://school.example/a'))
  expect([response.status, errors.length]).toEqual([503, 1])
  expect(await response.text()).not.toContain('secret')
})

test('options that are misspelt', () => {
  expect(() => servePublished(memoryObjectStore(), { onerror: () => {} } as never)).toThrow('onError')
  expect(() => servePublished('public' as never)).toThrow('"store" is an object with get()')
})
