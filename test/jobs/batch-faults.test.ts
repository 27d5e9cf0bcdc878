/** A fault after every statement of a submission, of a worker, of cancelling and of trying again; then the same once more: doubles 0, losses 0. */
import { afterAll, describe, expect, test } from 'vitest'
import type { Database, Query } from '../../src/store/database.js'
import type { Stores } from '../../src/store/stores.js'
import { award, batchesOn, collect, demandOnce, issuerOn } from './batch-kit.js'
import { databasesFor } from './databases.js'

const { kinds, end } = databasesFor('faults')
afterAll(end)

const toEnd = { whenIdle: 'end' } as const
/** The last one is no award that can be issued: the first one has its id. */
const AWARDS = [1, 2, 3].map((n) => award(n))
const OTHER = [award(1, { narrative: 'Other.' }), award(4)]
const IDS = ['award-1', 'award-2', 'award-3', 'award-4']

/** Counts statements and commits; the one that is due is done, and then the cable is out for good. `cut` is told. */
function cable() {
  const stop = new AbortController()
  let left = Number.POSITIVE_INFINITY
  const count = () => {
    if (--left > 0) return
    stop.abort(new Error('the cable is out'))
    throw new Error('the cable is out')
  }
  const counted =
    (query: Query): Query =>
    async (...args) => {
      if (left <= 0) count()
      const rows = await query(...args)
      count()
      return rows
    }
  const wrap = (database: Database): Database => ({
    ...database,
    query: counted(database.query),
    transaction: async (work) => {
      if (left <= 0) count()
      const result = await database.transaction((query) => work(counted(query)))
      count()
      return result
    },
  })
  return { wrap, signal: stop.signal, cutAfter: (statements: number) => (left = statements), isCut: () => left <= 0 }
}

type Step = (stores: Stores, signal: AbortSignal) => Promise<unknown>

const submitBoth: Step = async (stores, signal) => {
  const batches = batchesOn(stores)
  await batches.submitBatch(AWARDS, { id: 'a', signal })
  await batches.submitBatch(OTHER, { id: 'b', signal, skipInvalid: true })
}
const workToEnd: Step = (stores, signal) => batchesOn(stores).work({ issuer: issuerOn(stores), signal, ...toEnd })
const retry: Step = (stores) => batchesOn(stores).retryFailed('b')
const cancel: Step = (stores) => batchesOn(stores).cancel('a')

const STEPS: readonly {
  readonly name: string
  readonly before: readonly Step[]
  readonly step: Step
  readonly after: readonly Step[]
  readonly atLeast: number
}[] = [
  { name: 'submitting', before: [], step: submitBoth, after: [submitBoth, workToEnd], atLeast: 20 },
  { name: 'working', before: [submitBoth], step: workToEnd, after: [submitBoth, workToEnd], atLeast: 20 },
  { name: 'trying again', before: [submitBoth, workToEnd], step: retry, after: [retry, workToEnd], atLeast: 5 },
]

describe.each(kinds)('$name', ({ open, isHere }) => {
  test.skipIf(!isHere).each(STEPS)(
    '$name',
    async ({ before, step, after, atLeast }) => {
      const none = new AbortController().signal
      let faults = 0
      for (let due = 1; ; due++) {
        const place = `${step.name}${due}`.toLowerCase()
        const whole = await open(place)
        for (const each of before) await each(whole, none)
        const { wrap, signal, cutAfter, isCut } = cable()
        const faulty = await open(place, wrap)
        cutAfter(due)
        const outcome = await step(faulty, signal).catch((error: unknown) => error)
        if (!isCut()) expect(outcome).not.toBeInstanceOf(Error)
        // The process is gone, and so are its leases after a while.
        await whole.database?.query('update badgewright_job set due = 0 where ended is null')
        for (const each of after) await each(whole, none)

        const batches = batchesOn(whole)
        expect(await batches.batchStatus('a')).toMatchObject({
          state: 'finished',
          awards: 3,
          issued: 3,
          failed: 0,
          awaiting: 0,
        })
        const b = await batches.batchStatus('b')
        expect(b).toMatchObject({ state: 'finished', awards: 2, issued: 1, awaiting: 0 })
        expect(b.failed + b.invalid).toBe(1)
        expect(await collect(batches.failures('b'))).toMatchObject([
          { index: 0, id: 'award-1', code: 'usage.award_conflict' },
        ])
        expect(await demandOnce(whole, IDS)).toBeUndefined()
        const [entries] = (await whole.database?.query('select count(*) as n from badgewright_status_entry')) ?? []
        expect(Number(entries?.n)).toBe(IDS.length)
        const [left] =
          (await whole.database?.query(
            "select count(*) as n from badgewright_batch where state <> 'ready' and touched > 0",
          )) ?? []
        // What was cut off is no batch, and goes after an hour.
        expect(Number(left?.n)).toBeLessThanOrEqual(1)
        const [jobs] =
          (await whole.database?.query('select count(*) as n from badgewright_job where ended is null')) ?? []
        expect(Number(jobs?.n)).toBe(0)
        await faulty.close()
        await whole.close()
        if (!isCut()) break
        faults++
      }
      expect(faults).toBeGreaterThan(atLeast)
    },
    240_000,
  )

  test.skipIf(!isHere)(
    'cancelling',
    async () => {
      for (let due = 1; ; due++) {
        const place = `c${due}`
        const whole = await open(place)
        await submitBoth(whole, new AbortController().signal)
        const { wrap, signal, cutAfter, isCut } = cable()
        const faulty = await open(place, wrap)
        cutAfter(due)
        await cancel(faulty, signal).catch(() => undefined)
        await cancel(whole, signal)
        await workToEnd(whole, new AbortController().signal)
        expect(await batchesOn(whole).batchStatus('a')).toMatchObject({
          state: 'cancelled',
          cancelled: 3,
          issued: 0,
          awaiting: 0,
        })
        // The other batch has the id that it says, now that nobody else had it issued.
        expect(await batchesOn(whole).batchStatus('b')).toMatchObject({ state: 'finished', issued: 2 })
        expect(await demandOnce(whole, ['award-1', 'award-4'])).toBeUndefined()
        await faulty.close()
        await whole.close()
        if (!isCut()) break
      }
    },
    120_000,
  )
})
