/** Batches from their submission to their end, on a file and on a real PostgreSQL. */
import { afterAll, describe, expect, test } from 'vitest'
import { type Award, type SecuredCredential, SigningError, verifyCredential } from '../../src/entries/index.js'
import { type BatchFailure, RefusedBatchError, type WorkOptions } from '../../src/entries/jobs.js'
import { memoryStores } from '../../src/entries/store/memory.js'
import {
  achievement,
  award,
  awards,
  BROKEN,
  batchesOn,
  collect,
  demandOnce,
  id,
  issuerOn,
  profile,
  signer,
} from './batch-kit.js'
import { databasesFor } from './databases.js'

const { kinds, end } = databasesFor('batches')
afterAll(end)
const toEnd = { whenIdle: 'end' } as const

describe.each(kinds)('$name', ({ open, isHere }) => {
  const on = test.skipIf(!isHere)

  on(
    'awards become badges, each once, and the batch says so',
    async () => {
      const stores = await open()
      const batches = batchesOn(stores)
      const progress: number[] = []
      const submitted = await batches.submitBatch(awards(2500), {
        id: 'spring',
        onProgress: ({ done }) => progress.push(done),
      })
      expect(submitted).toEqual({ id: 'spring', awards: 2500, invalid: 0 })
      expect(progress.at(-1)).toBe(2500)
      expect(await batches.batchStatus('spring')).toMatchObject({
        state: 'running',
        awaiting: 2500,
        issued: 0,
        perSecond: 0,
      })
      const written = new Map<string, string>()
      const sink = {
        write: async (name: string, text: string) => void written.set(name, text),
        read: async (name: string) => written.get(name),
      }
      expect(await batches.work({ issuer: issuerOn(stores), sink, ...toEnd })).toEqual({
        chunks: 3,
        issued: 2500,
        failed: 0,
        cancelled: 0,
      })
      const status = await batches.batchStatus('spring')
      expect(status).toMatchObject({
        state: 'finished',
        awards: 2500,
        invalid: 0,
        awaiting: 0,
        issued: 2500,
        failed: 0,
        cancelled: 0,
      })
      expect(status.perSecond).toBeGreaterThan(0)
      expect(status.finishedAt?.getTime()).toBeGreaterThanOrEqual(status.startedAt?.getTime() ?? Number.NaN)
      expect(
        await demandOnce(
          stores,
          awards(2500).map((each) => each.id as string),
        ),
      ).toBeUndefined()
      expect([...written.keys()].sort()).toEqual([
        'spring/000001.ndjson',
        'spring/000002.ndjson',
        'spring/000003.ndjson',
      ])
      const lines = [...written.values()].flatMap((text) => text.trim().split('\n')).map((line) => JSON.parse(line))
      expect(lines.map(({ index }) => index)).toEqual(Array.from({ length: 2500 }, (_, n) => n))
      expect(
        await verifyCredential(lines[7].credential as SecuredCredential, { trustedIssuers: [id] }).then(
          ({ checks }) => checks.proof.status,
        ),
      ).toBe('valid')
    },
    60_000,
  )

  on('every award is judged first, and all errors are told with their places', async () => {
    const stores = await open()
    const batches = batchesOn(stores)
    await batches.submitBatch([award('known')])
    await batches.work({ issuer: issuerOn(stores), ...toEnd })
    const told: BatchFailure[] = []
    async function* lines() {
      yield { line: 2, award: award(1) }
      yield { line: 3, award: award(2, BROKEN) }
      yield { line: 4, error: new Error('the row has 3 cells'), id: 'award-x' }
      yield { line: 5, award: award('known', { narrative: 'Other.' }) }
      yield { line: 6, award: award(1, { narrative: 'Other.' }) }
      yield { line: 7, award: award(1) }
      yield { line: 8, award: { ...award(3), id: undefined } as Award }
      yield { line: 9, award: award(4, { extensions: { contexts: [], properties: { undefinedTerm: 1 } } }) }
      yield { line: 10, award: award(5, { naration: 'x' }) }
    }
    const refused = await batches
      .submitBatch(lines(), { id: 'refused', onInvalid: (failure) => void told.push(failure) })
      .catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(RefusedBatchError)
    expect(refused).toMatchObject({ code: 'usage.invalid_awards', awards: 9, invalid: 7, failures: told })
    expect(told.map(({ line, code }) => [line, code])).toEqual([
      [3, 'usage.invalid_award'],
      [4, 'usage.invalid_award'],
      [5, 'usage.award_conflict'],
      [6, 'usage.award_conflict'],
      [8, 'usage.invalid_award'],
      [9, 'parse.undefined_term'],
      [10, 'usage.invalid_award'],
    ])
    expect(told[5]?.issues?.length).toBeGreaterThan(0)
    // Nothing of it is there.
    await expect(batches.batchStatus('refused')).rejects.toMatchObject({ code: 'usage.unknown_batch' })
    const rows = await stores.database?.query('select state from badgewright_batch')
    expect(rows?.map(({ state }) => state)).toEqual(['ready'])
    expect(await batches.work({ issuer: issuerOn(stores), ...toEnd })).toMatchObject({ chunks: 0 })

    const skipped = await batches.submitBatch(lines(), { id: 'skipped', skipInvalid: true })
    expect(skipped).toEqual({ id: 'skipped', awards: 9, invalid: 7 })
    expect(await collect(batches.failures('skipped'))).toEqual(told)
    expect(await batches.work({ issuer: issuerOn(stores), ...toEnd })).toMatchObject({ issued: 2, failed: 0 })
    expect(await batches.batchStatus('skipped')).toMatchObject({ awards: 9, invalid: 7, issued: 2, state: 'finished' })
    expect(await demandOnce(stores, ['award-known', 'award-1'])).toBeUndefined()
    expect(await batches.retryFailed('skipped')).toBe(0)
  })

  on('submitted again under the same id it is the same batch, and another one is refused', async () => {
    const stores = await open()
    const batches = batchesOn(stores)
    const first = await batches.submitBatch(awards(3), { id: 'a' })
    expect(await batches.submitBatch(awards(3), { id: 'a' })).toEqual(first)
    await expect(batches.submitBatch(awards(4), { id: 'a' })).rejects.toMatchObject({
      code: 'usage.batch_conflict',
      option: 'id',
    })
    expect(await batches.work({ issuer: issuerOn(stores), ...toEnd })).toMatchObject({ issued: 3 })
    expect(await batches.submitBatch(awards(3), { id: 'a' })).toEqual(first)
    expect(await batches.work({ issuer: issuerOn(stores), ...toEnd })).toMatchObject({ chunks: 0 })
    // The same awards under another id: nobody gets two badges.
    await batches.submitBatch(awards(3), { id: 'b' })
    expect(await batches.work({ issuer: issuerOn(stores), ...toEnd })).toMatchObject({ issued: 3 })
    expect(await demandOnce(stores, ['award-0', 'award-1', 'award-2'])).toBeUndefined()
    const rows = await stores.database?.query('select state from badgewright_batch')
    expect(rows?.map(({ state }) => state)).toEqual(['ready', 'ready'])
  })

  on(
    'two batches that wait with one award id and different contents: the second one fails, and can be tried again',
    async () => {
      const stores = await open()
      const batches = batchesOn(stores)
      await batches.submitBatch([award(1), award(2)], { id: 'a' })
      await batches.submitBatch(
        [
          { line: 7, award: award(2, { narrative: 'Other.' }) },
          { line: 8, award: award(3) },
        ],
        { id: 'b' },
      )
      expect(await batches.work({ issuer: issuerOn(stores), ...toEnd })).toEqual({
        chunks: 2,
        issued: 3,
        failed: 1,
        cancelled: 0,
      })
      const failed = { index: 0, line: 7, id: 'award-2', kind: 'failed', code: 'usage.award_conflict' }
      expect(await collect(batches.failures('b'))).toMatchObject([failed])
      expect(await batches.retryFailed('b')).toBe(1)
      expect(await batches.batchStatus('b')).toMatchObject({ state: 'running', awaiting: 1, issued: 1, failed: 0 })
      expect(await collect(batches.failures('b'))).toEqual([])
      await batches.work({ issuer: issuerOn(stores), ...toEnd })
      expect(await collect(batches.failures('b'))).toMatchObject([failed])
      expect(await batches.batchStatus('b')).toMatchObject({ state: 'finished', awaiting: 0, issued: 1, failed: 1 })
    },
  )

  on(
    'cancelled inside a chunk: what was issued is counted, and the rest is not issued',
    async () => {
      const stores = await open()
      const batches = batchesOn(stores)
      await batches.submitBatch(awards(3000), { id: 'a' })
      let signed = 0
      let cancelling: Promise<unknown> | undefined
      const cancelsAt1300 = {
        ...signer,
        sign: async (message: Uint8Array) => {
          if (++signed === 1300) cancelling = batches.cancel('a')
          if (signed >= 1300) await cancelling
          return signer.sign(message)
        },
      }
      const done = await batches.work({ issuer: issuerOn(stores, { signer: cancelsAt1300 }), ...toEnd })
      const status = await batches.batchStatus('a')
      const records = await collect(stores.credentials.list())
      expect(status.state).toBe('cancelled')
      expect(status.awaiting).toBe(0)
      expect(status.issued).toBe(records.length)
      expect(status.issued).toBeGreaterThanOrEqual(1250)
      expect(status.issued).toBeLessThan(2000)
      expect(status.cancelled).toBe(3000 - status.issued)
      expect(done.issued).toBe(status.issued)
      expect(await batches.cancel('a')).toEqual(status)
      await expect(batches.retryFailed('a')).rejects.toMatchObject({ code: 'usage.batch_cancelled' })
      expect(await batches.work({ issuer: issuerOn(stores), ...toEnd })).toMatchObject({ chunks: 0 })
    },
    60_000,
  )

  on('cancelled while nobody has the chunk that somebody had begun: the next one counts what was issued', async () => {
    const stores = await open()
    const batches = batchesOn(stores)
    await batches.submitBatch(awards(600), { id: 'a' })
    let signed = 0
    const failsAt400 = {
      ...signer,
      sign: async (message: Uint8Array) => {
        if (++signed > 400) throw new SigningError('sign.failed', 'too many requests')
        return signer.sign(message)
      },
    }
    const stop = new AbortController()
    await batches.work({
      issuer: issuerOn(stores, { signer: failsAt400 }),
      signal: stop.signal,
      onTrouble: () => stop.abort(),
    })
    const before = (await collect(stores.credentials.list())).length
    expect(before).toBeGreaterThan(0)
    expect(await batches.cancel('a')).toMatchObject({ state: 'cancelled', awaiting: 600, issued: 0, cancelled: 0 })
    await batches.work({ issuer: issuerOn(stores), ...toEnd })
    expect(await batches.batchStatus('a')).toMatchObject({ awaiting: 0, issued: before, cancelled: 600 - before })
    expect((await collect(stores.credentials.list())).length).toBe(before)
  })

  on(
    'a key service with too many requests is waited for, and no award fails',
    async () => {
      const stores = await open()
      const batches = batchesOn(stores)
      await batches.submitBatch(awards(40), { id: 'a' })
      let calls = 0
      const throttled = {
        ...signer,
        sign: async (message: Uint8Array) => {
          if (++calls > 10 && calls < 60) throw new SigningError('sign.failed', 'too many requests')
          return signer.sign(message)
        },
      }
      const troubles: string[] = []
      const seen: (string | undefined)[] = []
      const onTrouble: WorkOptions['onTrouble'] = (error, wait) => {
        troubles.push(`${(error as SigningError).code} ${wait}`)
        seen.push(undefined)
        void batches.batchStatus('a').then(({ trouble }) => seen.push(trouble))
      }
      const done = await batches.work({ issuer: issuerOn(stores, { signer: throttled }), onTrouble, ...toEnd })
      expect(done).toMatchObject({ issued: 40, failed: 0 })
      expect(troubles[0]).toBe('sign.failed 0.25')
      expect(seen).toContain('sign.failed: too many requests')
      expect(await batches.batchStatus('a')).toMatchObject({ state: 'finished', issued: 40 })
      expect((await batches.batchStatus('a')).trouble).toBeUndefined()
      expect(
        await demandOnce(
          stores,
          awards(40).map((each) => each.id as string),
        ),
      ).toBeUndefined()
    },
    60_000,
  )

  on('a full disk at the sink is said, and the chunk comes again', async () => {
    const stores = await open()
    const batches = batchesOn(stores)
    await batches.submitBatch(awards(5), { id: 'a' })
    let writes = 0
    const sink = {
      write: async () => {
        if (++writes < 3) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
      },
      read: async () => undefined,
    }
    const troubles: unknown[] = []
    const done = await batches.work({
      issuer: issuerOn(stores),
      sink,
      onTrouble: (error) => troubles.push(error),
      ...toEnd,
    })
    expect(troubles).toMatchObject([{ code: 'store.sink_failed' }, { code: 'store.sink_failed' }])
    expect(String(troubles[0])).toMatch(/its disk is full/)
    expect(writes).toBe(3)
    expect(done).toMatchObject({ chunks: 1, issued: 5 })
  })

  on(
    'a worker that is set up wrongly stops, and no award fails',
    async () => {
      const stores = await open()
      const batches = batchesOn(stores)
      await batches.submitBatch(awards(3), { id: 'a' })
      const hour = 3_600_000
      for (const off of [hour, -hour])
        await expect(
          batchesOn(stores, { now: () => new Date(Date.now() + off) }).work({ issuer: issuerOn(stores), ...toEnd }),
        ).rejects.toMatchObject({ code: 'usage.wrong_clock', message: expect.stringMatching(/3600 s (ahead|behind)/) })
      await expect(
        batches.work({ issuer: issuerOn(stores, { profile: { ...profile, name: 'Other' } as never }), ...toEnd }),
      ).rejects.toMatchObject({ code: 'usage.other_issuer' })
      const renamed = { ...profile, name: 'Other' } as never
      await expect(
        batchesOn(stores, { profile: renamed }).work({ issuer: issuerOn(stores, { profile: renamed }), ...toEnd }),
      ).rejects.toMatchObject({ code: 'usage.other_issuer', message: expect.stringContaining('"a"') })
      await expect(
        batches.work({ issuer: issuerOn(stores, { credentials: undefined }), ...toEnd }),
      ).rejects.toMatchObject({ code: 'usage.missing_option', option: 'issuer' })
      expect(await batches.batchStatus('a')).toMatchObject({ awaiting: 3, failed: 0 })
      const elsewhere = issuerOn(memoryStores())
      await expect(batches.work({ issuer: elsewhere, ...toEnd })).rejects.toMatchObject({
        code: 'usage.invalid_option',
        option: 'issuer',
      })
      await expect(
        batches.work({ issuer: issuerOn(stores, { suite: 'ecdsa-rdfc-2019' }), ...toEnd }),
      ).rejects.toMatchObject({ code: 'usage.suite_not_for_key' })
      expect(await batches.batchStatus('a')).toMatchObject({
        awaiting: 3,
        failed: 0,
        trouble: expect.stringContaining('usage.suite_not_for_key'),
      })
      expect(await batches.work({ issuer: issuerOn(stores), ...toEnd })).toMatchObject({ issued: 3 })
    },
    60_000,
  )

  on(
    'an award that throws what nobody knows stops itself, and not its chunk',
    async () => {
      const stores = await open()
      const batches = batchesOn(stores)
      await batches.submitBatch(awards(6), { id: 'a' })
      const issuer = issuerOn(stores, { credentialId: (uuid) => `urn:uuid:${uuid}` })
      const poisoned = {
        ...issuer,
        issue: async (each: Award) => {
          if (each.id === 'award-3') throw new TypeError('a bug in a part that was brought')
          return issuer.issue(each)
        },
        issueBatch: (() => {
          throw new TypeError('a bug in a part that was brought')
        }) as never,
      }
      expect(await batches.work({ issuer: poisoned, ...toEnd })).toMatchObject({ issued: 5, failed: 1 })
      expect(await collect(batches.failures('a'))).toMatchObject([{ index: 3, code: 'defect.unexpected' }])
      expect(await batches.retryFailed('a')).toBe(1)
      expect(await batches.work({ issuer, ...toEnd })).toMatchObject({ issued: 1, failed: 0 })
      expect(await batches.batchStatus('a')).toMatchObject({ state: 'finished', issued: 6, failed: 0 })
    },
    60_000,
  )

  on(
    'an award that ends its process each time is passed over',
    async () => {
      const stores = await open()
      const batches = batchesOn(stores)
      await batches.submitBatch(awards(6), { id: 'a' })
      const issuer = issuerOn(stores)
      let ends = 0
      // A process that ends answers nobody: neither is the chunk given back, nor does its lease end before its time.
      const worker = async () => {
        const deadly = (each: Award) => each.id === 'award-3' || each.id === 'award-4'
        const never = new Promise<never>(() => undefined)
        const stop = new AbortController()
        const dies = () => {
          ends++
          stop.abort()
          return never
        }
        const dying = {
          ...issuer,
          issue: (each: Award) => (deadly(each) ? dies() : issuer.issue(each)),
          issueBatch: (() => ({ [Symbol.asyncIterator]: () => ({ next: dies }) })) as never,
        }
        const working = batches.work({ issuer: dying, ...toEnd, signal: stop.signal })
        return Promise.race([working, new Promise((resolve) => stop.signal.addEventListener('abort', resolve))])
      }
      for (let round = 0; round < 20; round++) {
        await worker()
        await stores.database?.query('update badgewright_job set due = 0 where ended is null')
      }
      expect(ends).toBeLessThan(12)
      expect(await batches.batchStatus('a')).toMatchObject({ state: 'finished', issued: 4, failed: 2 })
      expect(await collect(batches.failures('a'))).toMatchObject([
        { index: 3, code: 'defect.unexpected' },
        { index: 4, code: 'defect.unexpected' },
      ])
    },
    60_000,
  )

  on(
    'several workers share a batch, and one that is stopped gives back what it has',
    async () => {
      const stores = await open()
      const batches = batchesOn(stores)
      await batches.submitBatch(awards(3000), { id: 'a' })
      const stop = new AbortController()
      const stopped = batches.work({ issuer: issuerOn(stores), signal: stop.signal })
      setTimeout(() => stop.abort(), 150)
      const others = [1, 2].map(() => batches.work({ issuer: issuerOn(stores), ...toEnd }))
      const done = await Promise.all([stopped, ...others])
      expect(done.reduce((sum, { issued }) => sum + issued, 0)).toBe(3000)
      expect(await batches.batchStatus('a')).toMatchObject({ state: 'finished', issued: 3000 })
      expect(
        await demandOnce(
          stores,
          awards(3000).map((each) => each.id as string),
        ),
      ).toBeUndefined()
    },
    60_000,
  )

  on('a stream that throws, and a signal: nothing stays', async () => {
    const stores = await open()
    const batches = batchesOn(stores)
    const broken = new Error('the file ended in the middle of a line')
    const closed: string[] = []
    async function* source(stop?: AbortController) {
      try {
        yield* awards(1500)
        stop?.abort(new Error('enough'))
        yield* awards(10, 1500)
        throw broken
      } finally {
        closed.push('closed')
      }
    }
    await expect(batches.submitBatch(source(), { id: 'a' })).rejects.toBe(broken)
    const stop = new AbortController()
    await expect(batches.submitBatch(source(stop), { signal: stop.signal })).rejects.toThrow('enough')
    expect(closed).toEqual(['closed', 'closed'])
    for (const table of ['batch', 'batch_chunk', 'batch_award', 'batch_failure', 'job']) {
      const [row] = (await stores.database?.query(`select count(*) as n from badgewright_${table}`)) ?? []
      expect(Number(row?.n)).toBe(0)
    }
  })

  on(
    'a submission that was cut off is removed an hour later by the next one, and one that goes on is not',
    async () => {
      const stores = await open()
      const batches = batchesOn(stores)
      let go: (() => void) | undefined
      async function* slow() {
        yield* awards(1200)
        await new Promise<void>((resolve) => {
          go = resolve
        })
        yield* awards(10, 1200)
      }
      const running = batches.submitBatch(slow(), { id: 'slow' }).catch((error: unknown) => error)
      while (go === undefined) await new Promise((resolve) => setTimeout(resolve, 10))
      await batches.submitBatch(awards(1, 5000), { id: 'next' })
      const count = async () =>
        Number((await stores.database?.query('select count(*) as n from badgewright_batch_chunk'))?.[0]?.n)
      expect(await count()).toBe(2)
      await stores.database?.query("update badgewright_batch set touched = touched - 3700000 where state = 'staging'")
      await batches.submitBatch(awards(1, 6000), { id: 'later' })
      expect(await count()).toBe(2)
      go()
      expect(await running).toMatchObject({ code: 'store.conflict' })
      await expect(batches.batchStatus('slow')).rejects.toMatchObject({ code: 'usage.unknown_batch' })
    },
  )

  on('no awards, and none that are right, are a batch that is finished', async () => {
    const batches = batchesOn(await open())
    expect(await batches.submitBatch([], { id: 'none' })).toEqual({ id: 'none', awards: 0, invalid: 0 })
    expect(await batches.batchStatus('none')).toMatchObject({ state: 'finished', awards: 0 })
    await batches.submitBatch([award(1, BROKEN)], { id: 'wrong', skipInvalid: true })
    expect(await batches.batchStatus('wrong')).toMatchObject({ state: 'finished', awards: 1, invalid: 1, awaiting: 0 })
  })

  on('batches of another issuer on the same database are left alone', async () => {
    const stores = await open()
    const batches = batchesOn(stores)
    const other = batchesOn(stores, { profile: { ...profile, id: 'did:example:other' } as never })
    await other.submitBatch(awards(1), { id: 'theirs' })
    await expect(batches.batchStatus('theirs')).rejects.toMatchObject({ code: 'usage.unknown_batch' })
    expect(await batches.work({ issuer: issuerOn(stores), ...toEnd })).toMatchObject({ chunks: 0 })
    await expect(batches.submitBatch(awards(1), { id: 'theirs' })).rejects.toMatchObject({
      code: 'usage.batch_conflict',
    })
  })
})

test.each(['', '.', '..', 'a/b', 'a\\b', '../a', 'A', 'a.', '-a', 'a b', 'x'.repeat(101), 'ä', 7])(
  '%j names no batch',
  async (bad) => {
    const {
      kinds: [embedded],
    } = { kinds }
    const batches = batchesOn(await (embedded as (typeof kinds)[number]).open('ids'))
    await expect(batches.submitBatch([], { id: bad as never })).rejects.toMatchObject({
      code: 'usage.invalid_option',
      option: 'id',
    })
  },
)

test('stores in memory keep no batches', () => {
  expect(() => batchesOn(memoryStores())).toThrowError(
    expect.objectContaining({ code: 'usage.invalid_option', option: 'stores' }),
  )
})

test('what is judged is what is kept, whatever an object says later', async () => {
  const stores = await (kinds[0] as (typeof kinds)[number]).open()
  const batches = batchesOn(stores)
  const moody = { ...award(1), narrative: 'first' } as { narrative: string }
  let reads = 0
  Object.defineProperty(moody, 'narrative', { enumerable: true, get: () => `read ${++reads}` })
  await batches.submitBatch([moody as never])
  await batches.work({ issuer: issuerOn(stores), ...toEnd })
  const [record] = await stores.credentials.get([{ awardId: 'award-1' }])
  const badge = record?.credential as { credentialSubject?: { narrative?: string; achievement?: { id?: string } } }
  expect(badge.credentialSubject?.narrative).toBe('read 1')
  expect(badge.credentialSubject?.achievement?.id).toBe(achievement.id)
  // The one that is issued alone afterwards is the same award.
  const dated = award(2, { validFrom: new Date('2030-01-01T00:00:00Z'), validUntil: new Date('2031-01-01T00:00:00Z') })
  await batches.submitBatch([dated])
  await batches.work({ issuer: issuerOn(stores), ...toEnd })
  await issuerOn(stores).issue(dated)
})
