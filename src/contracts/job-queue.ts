/**
 * The contract of `JobQueue`: run it on a queue of your own. `make` answers an empty queue each time.
 *
 * @module
 */
import { StoreError } from '../errors.js'
import { callable, type Members } from '../internal/members.js'
import { deadLettersOf, type JobQueue, type NewJob, type ReceivedJob } from '../jobs/job-queue.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import type { Query } from '../store/database.js'
import { printableValue } from './printable-value.js'
import { answerOf, type ContractRule, demand, failureOf } from './rule.js'

/** What the contract is told of a queue. */
export interface JobQueueContractOptions {
  /** A transaction of the database that the queue made last stands on. Default: the queue stands on none, and the rules of `query` are left out. */
  readonly transaction?: (<T>(work: (query: Query) => Promise<T>) => Promise<T>) | undefined
}

const OPTIONS: Members<JobQueueContractOptions> = { transaction: callable }

const QUEUE = 'contract'
/** Far longer than a rule takes. */
const LONG = 600
/** Jobs that many workers take at once. */
const JOBS = 60
const WORKERS = 6
/** A lease that ends, the least there is; and for how long the job is then waited for, since an engine may look for ends now and then only. */
const SHORT = 1
const PATIENCE = 60

/** The rules for a JobQueue. `make` answers an empty queue each time. Some wait until a lease has ended: that takes seconds. */
export function jobQueueContract(
  make: () => JobQueue | Promise<JobQueue>,
  options: JobQueueContractOptions = {},
): readonly ContractRule[] {
  demandArgument(make, callable, 'make')
  demandOptions(options, OPTIONS)
  const { transaction } = options
  return [...rules(make), ...(transaction === undefined ? [] : transactionRules(make, transaction))]
}

function rules(make: () => JobQueue | Promise<JobQueue>): ContractRule[] {
  return [
    {
      name: 'JobQueue.send and receive: a job comes as it was sent, and in the order of the sending',
      promise: 'Those that are due, the longest due first, each with a lease',
      run: async () => {
        const queue = await make()
        const data = { text: 'päyload "\u001f\uD83C\uDF93\'\\u0000', list: [1, null, { a: true }] }
        await send(queue, [{ ...job('one'), data }])
        await send(queue, [job('two')])
        await send(queue, [{ ...job('elsewhere'), queue: 'another' }])
        const [first, second, third] = await take(queue, 10)
        demand(first?.key === 'one' && second?.key === 'two', `received ${keysOf([first, second])}, not one, two`)
        demand(third === undefined, `received ${printableValue(third)}, which is no job of this queue`)
        demand(JSON.stringify(first.data) === JSON.stringify(data), `the data came as ${printableValue(first.data)}`)
        demand(first.queue === QUEUE && first.attempt === 1, `the job came as ${printableValue(first)}`)
      },
    },
    {
      name: 'JobQueue.send: a key once, while its job waits, while it is held, and when it is done',
      promise: 'A job whose key its queue knows is there already, and is not sent again',
      run: async () => {
        const queue = await make()
        await send(queue, [job('one', 1), job('one', 2)])
        await send(queue, [job('one', 3), job('two', 1)])
        const jobs = await take(queue, 10)
        demand(keysOf(jobs) === 'one two', `received ${keysOf(jobs)}, not one two`)
        demand(jobs[0]?.data.n === 1, `the first one sent counts, not ${printableValue(jobs[0]?.data)}`)
        await send(queue, [job('one', 4)])
        await endAll(queue, jobs)
        await send(queue, [job('one', 5), job('two', 5)])
        const after = await take(queue, 10)
        demand(after.length === 0, `${keysOf(after)} came again after it was done`)
      },
    },
    {
      name: 'JobQueue.send: all of the jobs or none',
      promise: 'All of the jobs or none.',
      run: async () => {
        const queue = await make()
        const bad: readonly (readonly [string, unknown])[] = [
          ['a key with U+0000', { ...job('a'), key: 'a\u0000' }],
          ['an empty key', { ...job('a'), key: '' }],
          ['a queue of another name', { ...job('a'), queue: 'a b' }],
          ['data with U+0000', { ...job('a'), data: { text: '\u0000' } }],
          ['data with a lone surrogate', { ...job('a'), data: { text: '\uD800' } }],
          ['data that is no object', { ...job('a'), data: [1] }],
          ['data of 20 000 characters', { ...job('a'), data: { text: 'a'.repeat(20_000) } }],
        ]
        for (const [what, each] of bad) {
          const error = await failureOf(() => queue.send([job('good'), each as NewJob]), `send refuses ${what}`)
          demand(error instanceof StoreError, `a queue rejects only with StoreError, not ${printableValue(error)}`)
        }
        const jobs = await take(queue, 10)
        demand(jobs.length === 0, `${keysOf(jobs)} was sent with a job that was refused`)
      },
    },
    {
      name: 'JobQueue.receive: no more than were asked for, and each by one of many at once',
      promise: 'nobody else receives it while that lasts',
      run: async () => {
        const queue = await make()
        const wanted = Array.from({ length: JOBS }, (_, n) => job(`job-${n}`))
        await send(queue, wanted)
        const some = await take(queue, 7)
        demand(some.length === 7, `${some.length} jobs came where 7 were asked for`)
        const got = [...some]
        const worker = async () => {
          let jobs = await take(queue, 4)
          for (; jobs.length > 0 && got.length <= JOBS; jobs = await take(queue, 4)) got.push(...jobs)
        }
        await Promise.all(Array.from({ length: WORKERS }, worker))
        // Who looks while another takes may find none: what is left, if anything, is there for whoever looks alone.
        await worker()
        demand(
          got.length === JOBS && new Set(got.map(({ key }) => key)).size === JOBS,
          `${got.length} jobs were received of ${JOBS}, ${new Set(got.map(({ key }) => key)).size} different ones`,
        )
      },
    },
    {
      name: 'JobQueue.receive: again when a lease has ended, and then the first holder counts no more',
      promise: 'where somebody else has received it since, nothing is changed',
      run: async () => {
        const queue = await make()
        await send(queue, [job('one')])
        const [first] = await take(queue, 1, SHORT)
        demand(first !== undefined, 'the job was not received')
        const [second] = await take(queue, 1, LONG, PATIENCE)
        demand(second?.key === 'one', 'a job whose lease has ended is received again')
        demand(second.attempt === 2, `the second time is attempt 2, not ${second.attempt}`)
        demand((await queue.done([first]))[0] === false, 'done says true to a holder whose lease is gone')
        const failed = await queue.failed([{ job: first, reason: 'late' }])
        demand(failed[0] === false, 'failed says true to a holder whose lease is gone')
        const kept = await queue.receive(QUEUE, { again: [first], leaseSeconds: LONG })
        demand(kept.length === 0, 'a lease that is gone was extended')
        demand((await take(queue, 1)).length === 0, 'the job is held, and was received')
        demand((await queue.done([second]))[0] === true, 'done says false to the holder')
      },
    },
    {
      name: 'JobQueue.receive: again with `again`, a lease begins anew',
      promise: 'With `again`, the leases of these begin anew: answers those that were still held.',
      run: async () => {
        const queue = await make()
        await send(queue, [job('one'), job('two')])
        const jobs = await take(queue, 2, SHORT)
        const [one] = jobs
        demand(one !== undefined, 'no job was received')
        const kept = await queue.receive(QUEUE, { again: [one], leaseSeconds: LONG })
        demand(keysOf(kept) === 'one', `of the jobs that are held, ${keysOf(kept) || 'none'} was extended`)
        const [other] = await take(queue, 10, LONG, PATIENCE)
        demand(other?.key === 'two', `${other?.key ?? 'nothing'} came when a lease had ended, not two`)
        demand((await take(queue, 10, LONG)).length === 0, 'a lease that began anew has ended with the first')
        demand((await queue.done([one]))[0] === true, 'done says false to who extended the lease')
      },
    },
    {
      name: 'JobQueue.receive: waits no longer than it may',
      promise: 'Answers none where none is due within `waitSeconds`, or when the signal aborts.',
      run: async () => {
        const queue = await make()
        demand((await take(queue, 1)).length === 0, 'an empty queue has a job')
        const ended = AbortSignal.abort()
        await send(queue, [job('one')])
        const aborted = await answerOf(
          () => queue.receive(QUEUE, { most: 1, leaseSeconds: LONG, waitSeconds: LONG, signal: ended }),
          'receive answers none when the signal has aborted',
        )
        demand(aborted.length === 0, 'receive took a job for whom the signal says that it is gone')
        demand((await take(queue, 1)).length === 1, 'a job was lost to somebody who was gone')
        const stop = new AbortController()
        const waiting = queue.receive(QUEUE, { most: 1, leaseSeconds: LONG, waitSeconds: LONG, signal: stop.signal })
        await new Promise((resolve) => setTimeout(resolve, 50))
        stop.abort()
        demand((await answerOf(() => waiting, 'receive answers none when the signal aborts')).length === 0, 'none')
        const later = queue.receive(QUEUE, { most: 1, leaseSeconds: LONG, waitSeconds: PATIENCE })
        await send(queue, [job('two')])
        demand((await later)[0]?.key === 'two', 'a job that is sent while it is waited for comes')
      },
    },
    {
      name: 'JobQueue.done: for good, and each for itself',
      promise: 'Answers in the order of the jobs whether each was still held',
      run: async () => {
        const queue = await make()
        await send(queue, [job('one'), job('two'), job('three')])
        const [one, two, three] = (await take(queue, 3, SHORT)) as [ReceivedJob, ReceivedJob, ReceivedJob]
        const answers = await queue.done([two, { ...one, key: 'none' }, { ...three, attempt: 7 }])
        demand(answers.join() === 'true,false,false', `done answered ${printableValue(answers)}`)
        const back: string[] = []
        while (back.length < 2) {
          const jobs = await take(queue, 10, LONG, PATIENCE)
          demand(jobs.length > 0, `of the two that were not done only ${back.join() || 'none'} came again`)
          back.push(...jobs.map(({ key }) => key))
        }
        demand(back.toSorted().join() === 'one,three', `${back.join()} came again, not one and three`)
      },
    },
    {
      name: 'JobQueue.failed: again after the wait, with the reason',
      promise: 'A job with `waitSeconds` is due again after so long.',
      run: async () => {
        const queue = await make()
        await send(queue, [job('one'), job('two')])
        const [one, two] = (await take(queue, 2)) as [ReceivedJob, ReceivedJob]
        const answers = await queue.failed([
          { job: one, reason: 'too many requests', waitSeconds: 1 },
          { job: two, reason: 'too many requests', waitSeconds: LONG },
        ])
        demand(answers.join() === 'true,true', `failed answered ${printableValue(answers)}`)
        demand((await take(queue, 10)).length === 0, 'a job came before its wait was over')
        const again = await take(queue, 10, LONG, PATIENCE)
        demand(keysOf(again) === 'one', `${keysOf(again) || 'nothing'} came after a second, not one`)
        demand(again[0]?.attempt === 2, `the second time is attempt 2, not ${again[0]?.attempt}`)
        demand((await take(queue, 10, LONG, 0)).length === 0, 'a job came before its long wait was over')
      },
    },
    {
      name: 'JobQueue.failed: dead letters stand in a queue of their own, with the reason',
      promise:
        'it is never received again from its queue, and stands, with its key, its data and the reason, in the queue that `deadLettersOf` names',
      run: async () => {
        const queue = await make()
        await send(queue, [job('one', 7), job('two')])
        const [one, two] = (await take(queue, 2)) as [ReceivedJob, ReceivedJob]
        await queue.failed([{ job: one, reason: 'a chunk that is gone' }])
        await queue.failed([{ job: two, reason: 'later', waitSeconds: LONG }])
        demand((await take(queue, 10)).length === 0, 'a dead letter came from its queue')
        await send(queue, [job('one', 8)])
        demand((await take(queue, 10)).length === 0, 'the key of a dead letter was forgotten')
        const dead = await queue.receive(deadLettersOf(QUEUE), { most: 10, leaseSeconds: LONG, waitSeconds: PATIENCE })
        demand(keysOf(dead) === 'one', `the dead letters are ${keysOf(dead) || 'none'}, not one`)
        const [letter] = dead
        demand(letter?.data.n === 7, `the dead letter lost its data: ${printableValue(letter)}`)
        demand(letter?.reason === 'a chunk that is gone', `the dead letter lost its reason: ${printableValue(letter)}`)
        demand((await queue.done(dead))[0] === true, 'a dead letter is done as others are')
      },
    },
  ]
}

function transactionRules(
  make: () => JobQueue | Promise<JobQueue>,
  transaction: NonNullable<JobQueueContractOptions['transaction']>,
): ContractRule[] {
  return [
    {
      name: 'JobQueue.send: with the rest of a transaction, or not at all',
      promise: 'With `query`, the jobs are sent with what else its transaction does, or not at all.',
      run: async () => {
        const queue = await make()
        const undone = new Error('undone')
        const error = await failureOf(
          () =>
            transaction(async (query) => {
              await queue.send([job('one')], { query })
              throw undone
            }),
          'a transaction whose work throws is undone',
        )
        demand(error === undone, `the transaction threw ${printableValue(error)}`)
        demand((await take(queue, 10)).length === 0, 'a job was sent by a transaction that was undone')
        await transaction((query) => queue.send([job('one'), job('two')], { query }))
        const jobs = await take(queue, 10)
        demand(keysOf(jobs) === 'one two', `after the transaction ${keysOf(jobs) || 'nothing'} came, not one two`)
      },
    },
  ]
}

const job = (key: string, n = 0): NewJob => ({ queue: QUEUE, key, data: { n } })

const send = (queue: JobQueue, jobs: readonly NewJob[]) =>
  answerOf(() => queue.send(jobs), `send takes ${jobs.map(({ key }) => key).join(' ')}`)

const take = (queue: JobQueue, most: number, leaseSeconds = LONG, waitSeconds = 0) =>
  answerOf(() => queue.receive(QUEUE, { most, leaseSeconds, waitSeconds }), 'receive answers what is due')

async function endAll(queue: JobQueue, jobs: readonly ReceivedJob[]): Promise<void> {
  const answers = await answerOf(() => queue.done(jobs), 'done takes what is held')
  demand(
    answers.length === jobs.length && answers.every((each) => each === true),
    `done answered ${printableValue(answers)} to the holder of ${jobs.length}`,
  )
}

const keysOf = (jobs: readonly (ReceivedJob | undefined)[]): string => jobs.map((each) => each?.key ?? '-').join(' ')
