/** What stands in a store after a publication, whatever happened in between: `publishStatus` of src/issue/publish-status.ts. */
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  createAchievement,
  createIssuer,
  createKeySet,
  createSigner,
  generateKey,
  type Issuer,
  type IssuerOptions,
  StoreError,
  UsageError,
} from '../../src/entries/index.js'
import { type ObjectStore, type PublishOptions, publishStatus } from '../../src/entries/status.js'
import { memoryObjectStore, memoryStores } from '../../src/entries/store/memory.js'

const DID = 'did:web:school.example'
const BASE = 'https://school.example/a'
const newSigner = async (name: string) =>
  createSigner({ key: await generateKey(), verificationMethod: `${DID}#${name}` })
const signer = await newSigner('key-1')
const profile = { id: DID, name: 'Hill School' }
const achievement = createAchievement({ name: 'x', description: 'y', criteria: { narrative: 'z' } })
const award = (n: number) => ({ id: `award-${n}`, achievement, recipient: { id: `did:example:${n}` } })
/** Where memory's first two lists stand. */
const REVOCATION = 'a/status/1'
const SUSPENSION = 'a/status/2'
const DAY = 86_400

async function setting(more: Partial<IssuerOptions> = {}, status: Partial<NonNullable<IssuerOptions['status']>> = {}) {
  let [time, signed] = [Date.parse('2030-01-02T03:04:05Z'), 0]
  const now = () => new Date(time)
  const stores = memoryStores({ now })
  const counting = (inner = signer) => ({
    ...inner,
    sign: (bytes: Uint8Array) => {
      signed++
      return inner.sign(bytes)
    },
  })
  const issuerWith = (changed: Partial<IssuerOptions> = {}, listed: typeof status = {}): Issuer =>
    createIssuer({
      profile,
      signer: counting(),
      credentials: stores.credentials,
      now,
      ...more,
      ...changed,
      status: {
        store: stores.status,
        listUrl: (id) => `${BASE}/status/${id}`,
        purposes: ['revocation', 'suspension'],
        ...status,
        ...listed,
      },
    })
  const issuer = issuerWith()
  const ids: string[] = []
  for (let n = 0; n < 3; n++) await issuer.issue(award(n))
  for await (const { credentialId } of stores.credentials.list()) ids.push(credentialId)
  const to = memoryObjectStore()
  const publish = (given: Partial<PublishOptions> = {}) => publishStatus({ issuer: issuerWith(), to, ...given })
  signed = 0
  return {
    ...{ stores, issuer, issuerWith, counting, ids, to, publish },
    signed: () => signed,
    later: (seconds: number) => {
      time += seconds * 1000
    },
  }
}

const text = async (store: ObjectStore, name: string) => new TextDecoder().decode((await store.get(name))?.body)
const bitsOf = async (store: ObjectStore, name = REVOCATION) => {
  const found = await text(store, name)
  const payload = found.startsWith('{') ? found : Buffer.from(found.split('.')[1] ?? '', 'base64url').toString()
  const { encodedList } = JSON.parse(payload).credentialSubject
  return gunzipSync(Buffer.from(encodedList.replace(/^u/, ''), 'base64url'))
}
const flipped = async (store: ObjectStore, name?: string) =>
  (await bitsOf(store, name)).reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)

describe.each(['embedded', 'jwt'] as const)('%s', (format) => {
  test('writes each list with its form for the web, and its compressed one', async () => {
    const { publish, to, issuer, ids } = await setting({ format }, { ttlSeconds: 120 })
    await issuer.revoke(ids[1] as string)
    expect(await publish()).toEqual({ done: 2, total: 2, written: 2 })
    const list = await to.get(REVOCATION)
    const served = {
      contentType: format === 'jwt' ? 'application/vc+jwt' : 'application/vc',
      cacheControl: 'public, max-age=120',
    }
    expect(list).toMatchObject(served)
    const compressed = await to.get(`${REVOCATION}.gz`)
    expect(compressed).toMatchObject({ ...served, contentEncoding: 'gzip' })
    expect(gunzipSync(compressed?.body as Uint8Array)).toEqual(Buffer.from(list?.body as Uint8Array))
    expect([await flipped(to), await flipped(to, SUSPENSION)]).toEqual([1, 0])
  })

  test('lists that say the same are not signed again before half of their validity, by other processes too', async () => {
    const { publish, signed, later, issuer, ids, to } = await setting({ format }, { validitySeconds: 7 * DAY })
    await publish()
    expect(signed()).toBe(2)
    const before = await text(to, SUSPENSION)
    later(3.5 * DAY - 1)
    expect(await publish()).toMatchObject({ written: 0 })
    expect(signed()).toBe(2)
    await issuer.revoke(ids[0] as string)
    expect(await publish()).toMatchObject({ written: 1 })
    expect([signed(), await text(to, SUSPENSION)]).toEqual([3, before])
    later(1)
    expect(await publish()).toMatchObject({ written: 1 })
    expect([signed(), (await text(to, SUSPENSION)) === before]).toEqual([4, false])
  })
})

test.each<[string, Partial<IssuerOptions>, Partial<NonNullable<IssuerOptions['status']>>]>([
  ['another time to live', {}, { ttlSeconds: 60 }],
  ['another format', {}, { format: 'StatusList2021' }],
  ['JWTs from now on', { format: 'jwt' }, {}],
])('lists are written anew for %s', async (_, more, status) => {
  const { publish, issuerWith } = await setting()
  await publish()
  expect(await publish({ issuer: issuerWith(more, status) })).toMatchObject({ written: 2 })
  expect(await publish({ issuer: issuerWith(more, status) })).toMatchObject({ written: 0 })
})

test('a new key signs what the old one signed: nobody believes a key that was revoked', async () => {
  const { publish, issuerWith, counting } = await setting()
  await publish()
  const [other, old] = [await newSigner('key-2'), { id: signer.verificationMethod, publicKey: signer.publicKey }]
  const keys = createKeySet({ id: DID, keys: [old] }).rotate({
    id: other.verificationMethod,
    publicKey: other.publicKey,
  })
  const issuer = issuerWith({ signer: counting(other), keys: keys.keys })
  expect(await publish({ issuer })).toMatchObject({ written: 2 })
  expect(await publish({ issuer })).toMatchObject({ written: 0 })
})

test('revoked.json where badges name one, written when somebody was revoked and not else', async () => {
  const { publish, to, issuer, ids } = await setting({}, { revocationListUrl: `${BASE}/revoked.json` })
  expect(await publish()).toMatchObject({ total: 3, written: 3 })
  await issuer.suspend(ids[0] as string)
  expect(await publish()).toMatchObject({ written: 1 })
  await issuer.revoke(ids[2] as string, { reason: 'fraud' })
  expect(await publish()).toMatchObject({ written: 2 })
  expect(await to.get('a/revoked.json')).toMatchObject({ contentType: 'application/json' })
  expect(JSON.parse(await text(to, 'a/revoked.json'))).toEqual({
    id: `${BASE}/revoked.json`,
    issuer: DID,
    revokedCredential: [{ id: ids[2], revoked: true, revocationReason: 'fraud' }],
  })
})

test.each<[string, (body: Uint8Array) => Uint8Array]>([
  ['nothing', () => new Uint8Array()],
  ['no UTF-8', () => Uint8Array.of(0xff, 0xfe)],
  ['half of it', (body) => body.slice(0, body.length / 2)],
  ['a JSON array', () => new TextEncoder().encode('[]')],
  ['an object without a list', () => new TextEncoder().encode('{"credentialSubject":{}}')],
  ['a member twice', () => new TextEncoder().encode('{"a":1,"a":2}')],
  ['no JWT', () => new TextEncoder().encode('a.b.c')],
  [
    'a bomb for a list',
    (body) => {
      const list = JSON.parse(new TextDecoder().decode(body))
      list.credentialSubject.encodedList = `u${gzipSync(Buffer.alloc(50_000_000)).toString('base64url')}`
      return new TextEncoder().encode(JSON.stringify(list))
    },
  ],
  [
    'a list of another',
    (body) => {
      const list = JSON.parse(new TextDecoder().decode(body))
      return new TextEncoder().encode(JSON.stringify({ ...list, issuer: 'did:web:other.example' }))
    },
  ],
])('what is damaged is written anew: %s', async (_, damage) => {
  const { publish, to } = await setting()
  await publish()
  for (const name of [REVOCATION, `${REVOCATION}.gz`]) {
    const object = await to.get(name)
    if (object === undefined) throw new Error('it was published')
    const good = await text(to, REVOCATION)
    const body = damage(new TextEncoder().encode(good))
    await to.put(name, { ...object, body }, object.etag)
    expect(await publish()).toMatchObject({ written: 1 })
    expect(gunzipSync((await to.get(`${REVOCATION}.gz`))?.body as Uint8Array).toString()).toBe(
      await text(to, REVOCATION),
    )
    expect(await flipped(to)).toBe(0)
    if (name.endsWith('.gz')) expect(await text(to, REVOCATION)).toBe(good)
  }
})

describe('several publish', () => {
  test('who was overtaken between reading and writing never puts an older list over a newer one', async () => {
    const { publish, issuer, issuerWith, ids, to } = await setting()
    await publish()
    await issuer.revoke(ids[0] as string)
    // Reads one revocation, and sleeps while another process publishes two.
    let isFirst = true
    const slow: ObjectStore = {
      get: (name) => to.get(name),
      put: async (name, object, replaces) => {
        if (isFirst) {
          isFirst = false
          await issuer.revoke(ids[1] as string)
          await publish()
          expect(await flipped(to)).toBe(2)
        }
        return to.put(name, object, replaces)
      },
    }
    await publishStatus({ issuer: issuerWith(), to: slow })
    expect(await flipped(to)).toBe(2)
    expect(gunzipSync((await to.get(`${REVOCATION}.gz`))?.body as Uint8Array).toString()).toBe(
      await text(to, REVOCATION),
    )
  })

  test('at once, while badges are revoked: in the end the last word stands there, and on the way never an older one', async () => {
    const { publish, issuer, ids, to } = await setting()
    const seen: number[] = []
    const watched: ObjectStore = {
      get: async (name) => to.get(name),
      put: async (name, object, replaces) => {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 3))
        const isDone = await to.put(name, object, replaces)
        if (isDone && name === REVOCATION) seen.push(await flipped(to))
        return isDone
      },
    }
    const publishing = Array.from({ length: 4 }, async () => {
      for (let n = 0; n < 5; n++) await publish({ to: watched })
    })
    for (const id of ids) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      await issuer.revoke(id)
    }
    await Promise.all(publishing)
    await publish()
    expect(await flipped(to)).toBe(3)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  })

  test('who is always overtaken gives up with an error that says so', async () => {
    const { publish, to } = await setting()
    const late: ObjectStore = { get: (name) => to.get(name), put: async () => false }
    await expect(publish({ to: late })).rejects.toMatchObject({ code: 'store.busy' })
  })
})

describe('a failure', () => {
  test('after each call of the store: every list is whole, old or new, and the next run mends the rest', async () => {
    for (let limit = 0; ; limit++) {
      const { publish, issuer, ids, to } = await setting()
      await publish()
      const old = { [REVOCATION]: await text(to, REVOCATION), [SUSPENSION]: await text(to, SUSPENSION) }
      await issuer.revoke(ids[0] as string)
      await issuer.suspend(ids[1] as string)
      let calls = 0
      const count = async <T>(work: () => Promise<T>) => {
        if (calls++ >= limit) throw new StoreError('store.failed', 'the network is gone')
        return work()
      }
      const failing: ObjectStore = {
        get: (name) => count(() => to.get(name)),
        put: (...put) => count(() => to.put(...put)),
      }
      const end = await publish({ to: failing }).catch((error: unknown) => error)
      for (const [name, before] of Object.entries(old)) {
        const now = await text(to, name)
        expect(now === before || (await flipped(to, name)) === 1).toBe(true)
        const compressed = gunzipSync((await to.get(`${name}.gz`))?.body as Uint8Array).toString()
        expect(() => JSON.parse(compressed)).not.toThrow()
      }
      await publish()
      expect([await flipped(to), await flipped(to, SUSPENSION)]).toEqual([1, 1])
      for (const name of [REVOCATION, SUSPENSION])
        expect(gunzipSync((await to.get(`${name}.gz`))?.body as Uint8Array).toString()).toBe(await text(to, name))
      if (!(end instanceof Error)) return
      expect(end).toMatchObject({ code: 'store.failed' })
    }
  })

  test('of one list costs the others nothing, and is told', async () => {
    const { publish, to } = await setting()
    const failing: ObjectStore = {
      get: (name) => to.get(name),
      put: async (name, ...rest) => {
        if (name.startsWith(REVOCATION)) throw new StoreError('store.failed', 'access denied')
        return to.put(name, ...rest)
      },
    }
    await expect(publish({ to: failing })).rejects.toThrow('access denied')
    expect(await to.get(SUSPENSION)).toBeDefined()
    expect(await to.get(REVOCATION)).toBeUndefined()
  })

  test('of the signer: what stands there stays', async () => {
    const { publish, issuer, issuerWith, ids, to } = await setting()
    await publish()
    const before = await text(to, REVOCATION)
    await issuer.revoke(ids[0] as string)
    const broken = issuerWith({
      signer: { ...signer, sign: async () => Promise.reject(new Error('too many requests')) },
    })
    await expect(publish({ issuer: broken })).rejects.toMatchObject({ code: 'sign.failed' })
    expect(await text(to, REVOCATION)).toBe(before)
  })

  test('an abort ends it between two lists, with its reason', async () => {
    const { publish, to } = await setting()
    await expect(publish({ signal: AbortSignal.abort('enough') })).rejects.toBe('enough')
    expect(await to.get(REVOCATION)).toBeUndefined()
  })
})

describe('refused', () => {
  test('options that are misspelt or missing', async () => {
    const { issuer, to } = await setting()
    await expect(publishStatus({ issuer, too: to } as never)).rejects.toMatchObject({ code: 'usage.invalid_option' })
    await expect(publishStatus({ issuer } as never)).rejects.toMatchObject({ code: 'usage.missing_option' })
  })
  test('an issuer without status lists', async () => {
    const { to } = await setting()
    await expect(publishStatus({ issuer: createIssuer({ profile, signer }), to })).rejects.toMatchObject({
      code: 'usage.missing_option',
      option: 'status',
    })
  })
  test.each([
    'https://school.example/list?id=revocation-1',
    'https://school.example/a//revocation-1',
    'https://school.example/.well-known/revocation-1',
    'https://school.example/a%2Fb',
    'https://school.example/a%00b',
    'https://school.example/',
    'https://school.example/nul/x',
    'https://school.example/x.gz',
    'urn:uuid:1',
  ])('a URL that no folder can serve: %s', async (url) => {
    const { publish, issuerWith, to } = await setting()
    const issuer = issuerWith({}, { listUrl: (id) => (id === '1' ? url : `${BASE}/${id}`) })
    const failure = await publish({ issuer }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(UsageError)
    expect(failure).toMatchObject({ code: 'usage.invalid_option', option: 'status.listUrl' })
    expect(await to.get('a/2')).toBeUndefined()
  })
  test('two lists at one URL', async () => {
    const { publish, issuerWith } = await setting()
    await expect(publish({ issuer: issuerWith({}, { listUrl: () => `${BASE}/one` }) })).rejects.toMatchObject({
      option: 'status.listUrl',
    })
  })
})

test('progress says how many lists stand as they should', async () => {
  const { publish } = await setting()
  const told: unknown[] = []
  await publish({ onProgress: (progress) => told.push(progress) })
  expect(told).toEqual([
    { done: 1, total: 2, written: 1 },
    { done: 2, total: 2, written: 2 },
  ])
})
