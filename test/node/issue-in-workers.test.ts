// Issue 6 item 3: worker threads issue what one thread issues.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  anyIssuer,
  type CredentialRecord,
  createIssuer,
  createVerifier,
  type Progress,
  ResolutionError,
  SigningError,
  StoreError,
  UsageError,
} from '../../src/index.js'
import { type IssueInWorkersOptions, issueInWorkers } from '../../src/node.js'
import { memoryStores } from '../../src/store-memory.js'
import { all, award, awards, buildWorker, KEY, profile, signer } from './kit.js'

let workerFile: URL
let remove = () => {}
beforeAll(async () => {
  ;({ file: workerFile, remove } = await buildWorker())
})
afterAll(() => remove())

const now = new Date('2030-01-01T12:00:00Z')
const options = (more: Partial<IssueInWorkersOptions> = {}): IssueInWorkersOptions => ({
  profile,
  key: KEY,
  workers: 2,
  workerFile,
  now,
  ...more,
})
const withKms = (sign: (message: Uint8Array) => Promise<Uint8Array>, more: Partial<IssueInWorkersOptions> = {}) => {
  const { key, ...rest } = options(more)
  return { ...rest, signer: { ...signer, sign } }
}

describe('the badges', () => {
  test('are those of issueBatch, in the order of the awards', async () => {
    const credentialId = (uuid: string) => `https://school.example/badges/${uuid}`
    const strip = (badge: unknown) =>
      JSON.stringify(badge)
        .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'UUID')
        .replaceAll(/"proofValue":"z\w+"/g, '')
    const here = await all(createIssuer({ profile, signer, credentialId, now: () => now }).issueBatch(awards(150)))
    const there = await all(issueInWorkers(awards(150), options({ credentialId })))
    expect(there.map(strip)).toEqual(here.map(strip))
    const ids = new Set(there.map(({ credential }) => (credential as { id: string }).id))
    expect(ids.size).toBe(150)
    const reports = createVerifier({ trustedIssuers: anyIssuer }).verifyAll(
      there.map((one) => one.credential as object),
      {
        now,
      },
    )
    for await (const { outcome } of reports) expect(outcome).toBe('valid')
  })
  test.each(['embedded', 'jwt'] as const)('come as text too: %s', async (format) => {
    const texts = await all(issueInWorkers(awards(3), { ...options({ format }), as: 'text' }))
    expect(texts.map(({ index, id }) => [index, id])).toEqual([
      [0, 'award-0'],
      [1, 'award-1'],
      [2, 'award-2'],
    ])
    for (const { text = '' } of texts) {
      const secured = format === 'jwt' ? text : JSON.parse(text)
      expect((await createVerifier({ trustedIssuers: [profile.id] }).verify(secured, { now })).outcome).toBe('valid')
    }
    if (format === 'jwt') {
      const [issued] = await all(issueInWorkers(awards(1), options({ format })))
      expect(issued?.credential).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
    }
  })
  test('of a key that nobody can read', async () => {
    const { privateKey, publicKey } = (await crypto.subtle.generateKey('Ed25519', false, [
      'sign',
      'verify',
    ])) as CryptoKeyPair
    const { kty, crv, x } = (await crypto.subtle.exportKey('jwk', publicKey)) as Record<string, string>
    const own = { kty, crv, x } as never
    const verificationMethod = 'did:web:school.example#key-1'
    const issued = await all(
      issueInWorkers(awards(2), {
        ...options({ profile: { ...profile, id: 'did:web:school.example' } }),
        key: privateKey,
        publicKey: own,
        verificationMethod,
      }),
    )
    expect(issued.map(({ error }) => error)).toEqual([undefined, undefined])
  })
  test('signed by a KMS, which is asked from this thread, several at once', async () => {
    let [underWay, most] = [0, 0]
    const kms = withKms(async (message) => {
      most = Math.max(most, ++underWay)
      await new Promise((resolve) => setTimeout(resolve, 5))
      underWay--
      return signer.sign(message)
    })
    const issued = await all(issueInWorkers(awards(40), { ...kms, workers: 1 }))
    expect(issued.map(({ error }) => error).filter(Boolean)).toEqual([])
    expect(most).toBeGreaterThan(1)
    expect(most).toBeLessThanOrEqual(8)
  })
  test('with a status list and a record of what was issued: the same award gives the same badge', async () => {
    const { status, credentials } = memoryStores()
    const more: Partial<IssueInWorkersOptions> = {
      credentials,
      status: { store: status, listUrl: (id) => `https://school.example/status/${id}` },
      credentialId: (uuid) => `https://school.example/badges/${uuid}`,
      refreshUrl: (id) => `${id}/newer`,
    }
    const first = await all(issueInWorkers(awards(20), options(more)))
    const again = await all(issueInWorkers(awards(25), options(more)))
    expect(again.slice(0, 20)).toEqual(first)
    const records: CredentialRecord[] = await all(credentials.list())
    expect(records.map(({ awardId }) => awardId).sort()).toEqual(
      awards(25)
        .map(({ id }) => id)
        .sort(),
    )
    const places = records.flatMap((record) => record.status.map(({ index }) => index))
    expect(new Set(places).size).toBe(25)
    expect(first[0]?.credential).toMatchObject({
      id: expect.stringMatching(/^https:\/\/school\.example\/badges\//),
      credentialStatus: { statusListCredential: expect.stringMatching(/^https:\/\/school\.example\/status\//) },
      refreshService: { id: expect.stringMatching(/\/newer$/) },
    })
  })
  test('with status lists alone: each award asks once, several at once, and a bad one not at all', async () => {
    const { status } = memoryStores()
    const asked: string[] = []
    let [underWay, most] = [0, 0]
    const store: typeof status = {
      ...status,
      allocate: async (request) => {
        asked.push(`${request.purpose} ${request.key}`)
        most = Math.max(most, ++underWay)
        await new Promise((resolve) => setTimeout(resolve, 2))
        underWay--
        return status.allocate(request)
      },
    }
    const issued = await all(
      issueInWorkers(
        awards(100).with(7, { ...award(7), recipient: { email: 'nobody' } }),
        options({
          concurrency: 3,
          status: { store, listUrl: (id) => `https://school.example/${id}`, purposes: ['revocation', 'suspension'] },
        }),
      ),
    )
    expect(issued[7]?.error).toMatchObject({ code: 'usage.invalid_award' })
    const good = issued.flatMap(({ credential, id }) => (credential === undefined ? [] : [{ credential, id }]))
    expect(good).toHaveLength(99)
    expect(asked.sort()).toEqual(good.flatMap(({ id }) => [`revocation ${id}`, `suspension ${id}`]).sort())
    expect(most).toBe(6)
    // The place that the store gave to this award, and to no other.
    const again = await Promise.all(good.map(({ id }) => status.allocate({ key: id ?? '', purpose: 'suspension' })))
    expect(good.map(({ credential }) => credential)).toMatchObject(
      again.map(({ listId, index }) => ({
        credentialStatus: [
          { statusPurpose: 'revocation' },
          {
            statusPurpose: 'suspension',
            statusListIndex: String(index),
            id: `https://school.example/${listId}#${index}`,
          },
        ],
      })),
    )
  })
  test('with contexts from a loader of the caller', async () => {
    const context = 'https://school.example/context.json'
    const asked: string[] = []
    const extensions = { contexts: [context], properties: { house: 'Oak' } }
    const issued = await all(
      issueInWorkers(
        awards(3).map((one) => ({ ...one, extensions })),
        options({
          workers: 1,
          loader: {
            load: async ({ url }) => {
              asked.push(url)
              if (url !== context) throw new ResolutionError('resolve.unreachable', url, 'no network')
              const text = JSON.stringify({ '@context': { house: 'https://school.example/terms#house' } })
              return { url, bytes: new TextEncoder().encode(text), mediaType: 'application/ld+json' }
            },
          },
        }),
      ),
    )
    expect(issued.map(({ error }) => error)).toEqual([undefined, undefined, undefined])
    expect(asked).toContain(context)
  })
})

describe('a bad award is one error', () => {
  test('with its index, its id and the reason', async () => {
    const list = [
      award(0),
      { ...award(1), recipient: { email: 'nobody' } },
      { ...award(2), id: undefined as never },
      null as never,
      { ...award(4), narrative: (() => {}) as never },
      { ...award(5), validFrom: new Date(Number.NaN) },
      award(6),
    ]
    const issued = await all(issueInWorkers(list, options()))
    expect(issued.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(issued.map(({ error }) => error?.code)).toEqual([
      undefined,
      'usage.invalid_award',
      'usage.invalid_award',
      'usage.invalid_award',
      'usage.invalid_award',
      expect.any(String),
      undefined,
    ])
    expect(issued[1]?.error).toBeInstanceOf(UsageError)
    expect(issued[1]?.id).toBe('award-1')
    expect(issued[2]?.error?.message).toContain('2 has no "id"')
  })
  test('also where the KMS says no', async () => {
    let count = 0
    const kms = withKms(async (message) => {
      if (++count === 3) throw new SigningError('sign.failed', 'the KMS is tired', { cause: new Error('429') })
      return signer.sign(message)
    })
    const errors = (await all(issueInWorkers(awards(10), { ...kms, workers: 1, concurrency: 1 }))).flatMap(
      ({ error }) => error ?? [],
    )
    expect(errors).toHaveLength(1)
    expect(errors[0]).toBeInstanceOf(SigningError)
    expect(errors[0]).toMatchObject({ code: 'sign.failed', message: 'the KMS is tired', cause: { message: '429' } })
  })
  test('also where the status store says no; its bug ends it all', async () => {
    const failing = (error: Error) =>
      options({
        status: {
          store: {
            ...memoryStores().status,
            allocate: async ({ key }) => {
              if (key === 'award-70') throw error
              return { listId: '1', index: Number(key.slice(6)) }
            },
          },
          listUrl: (id) => `https://school.example/${id}`,
        },
      })
    const no = new StoreError('store.failed', 'the disk is full')
    const issued = await all(issueInWorkers(awards(80), failing(no)))
    expect(issued.flatMap(({ index, error }) => (error === undefined ? [] : [index, error]))).toEqual([70, no])
    const bug = new TypeError('undefined is not a function')
    const seen: number[] = []
    const broken = async () => {
      for await (const { index } of issueInWorkers(awards(80), failing(bug))) seen.push(index)
    }
    await expect(broken()).rejects.toBe(bug)
    // What came before it, chunk by chunk, is not lost.
    expect(seen).toEqual(Array.from({ length: 64 }, (_, index) => index))
  })
  test('but a bug ends it all, with its own trace', async () => {
    const bug = new TypeError('undefined is not a function')
    const kms = withKms(async () => signer.sign(new Uint8Array(1)))
    const broken = {
      ...options(),
      credentials: { ...memoryStores().credentials, get: () => Promise.reject(bug) },
    }
    await expect(all(issueInWorkers(awards(3), broken))).rejects.toBe(bug)
    // A signature of something else is found out in the thread.
    const wrong = await all(issueInWorkers(awards(1), kms))
    expect(wrong[0]?.error?.code).toBe('sign.wrong_key')
  })
})

describe('the stream', () => {
  test('is read no further ahead than a bounded number', async () => {
    let read = 0
    async function* endless() {
      for (;;) yield award(read++)
    }
    const issued = issueInWorkers(endless(), options({ workers: 1 }))
    await issued.next()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(read).toBeLessThanOrEqual(5 * 64)
    await issued.return()
    const before = read
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(read).toBe(before)
  })
  test('that is slow does not keep back what is done', async () => {
    let release = () => {}
    async function* slow() {
      yield award(0)
      await new Promise<void>((resolve) => {
        release = resolve
      })
      yield award(1)
    }
    const issued = issueInWorkers(slow(), options())
    expect((await issued.next()).value?.id).toBe('award-0')
    release()
    expect((await issued.next()).value?.id).toBe('award-1')
    expect((await issued.next()).done).toBe(true)
  })
  test('that throws in the middle ends it, after what came before', async () => {
    async function* torn() {
      yield* awards(70)
      throw new RangeError('the database is gone')
    }
    const ids: unknown[] = []
    await expect(
      (async () => {
        for await (const { id } of issueInWorkers(torn(), options())) ids.push(id)
      })(),
    ).rejects.toThrow('the database is gone')
    expect(ids).toHaveLength(70)
  })
  test('can be cancelled between awards, and tells how far it is', async () => {
    const controller = new AbortController()
    const progress: Progress[] = []
    const seen: number[] = []
    await expect(
      (async () => {
        for await (const { index } of issueInWorkers(
          awards(1000),
          options({ signal: controller.signal, onProgress: (one) => progress.push(one) }),
        )) {
          seen.push(index)
          if (index === 9) controller.abort(new Error('enough'))
        }
      })(),
    ).rejects.toThrow('enough')
    expect(seen).toHaveLength(10)
    expect(progress.at(-1)).toMatchObject({ done: 10, failed: 0, total: 1000 })
    await expect(all(issueInWorkers(awards(1), options({ signal: controller.signal })))).rejects.toThrow('enough')
  })
  test('goes on after the award where an earlier run ended', async () => {
    const issued = await all(issueInWorkers(awards(5), options({ after: 'award-2' })))
    expect(issued.map(({ index, id }) => [index, id])).toEqual([
      [3, 'award-3'],
      [4, 'award-4'],
    ])
    await expect(all(issueInWorkers(awards(5), options({ after: 'award-9' })))).rejects.toMatchObject({
      code: 'usage.unknown_award',
    })
  })
})

test.each<[string, object, string]>([
  ['nothing to sign with', { key: undefined }, 'usage.missing_option'],
  ['two of them', { signer }, 'usage.missing_option'],
  ['no profile', { profile: undefined }, 'usage.missing_option'],
  ['a key that is none', { key: { kty: 'OKP' } }, 'usage.invalid_key'],
  ['another issuer', { profile: { ...profile, id: 'did:example:other' } }, ''],
  ['too many threads', { workers: 65 }, 'usage.invalid_option'],
  ['no number of threads', { workers: 0 }, 'usage.invalid_option'],
  ['a suite of the caller', { suites: [] }, 'usage.invalid_option'],
  ['a clock', { now: () => now }, 'usage.invalid_option'],
  ['a worker file that is none', { workerFile: new URL('file:///nowhere/worker.mjs') }, 'usage.invalid_option'],
  ['a function that has to be cloned', { limits: { depth: () => 1 } }, 'usage.invalid_option'],
])('refused: %s', async (_, wrong, code) => {
  const run = all(issueInWorkers(awards(2), { ...options(), ...wrong }))
  if (code === '') expect((await run).map(({ error }) => error?.code)).toEqual(Array(2).fill('usage.signer_not_issuer'))
  else await expect(run).rejects.toMatchObject({ name: 'UsageError', code })
})
