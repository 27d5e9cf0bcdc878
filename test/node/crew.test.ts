// Issue 6 item 3: a thread that breaks down takes one input with it, at most, and never a verdict.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CrewWork, inCrew, type Thread } from '../../src/node/crew.js'
import { all } from './kit.js'

const folder = mkdtempSync(join(tmpdir(), 'badgewright-crew-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeAll(() =>
  writeFileSync(
    join(folder, 'worker.mjs'),
    `import { parentPort, workerData } from 'node:worker_threads'
     if (workerData.generation > workerData.mayStart) process.exit(9)
     const does = {
       exit: () => process.exit(3),
       // Out of the message, as a bug in a timer would.
       throw: () => new Promise(() => setTimeout(() => { throw new TypeError('a bug') })),
       memory: () => { const all = []; for (;;) all.push(new Array(1e6).fill(all)) },
       'exit once': () => { if (workerData.generation === 1) process.exit(3) },
     }
     parentPort.postMessage({ kind: 'ready' })
     let work = Promise.resolve()
     parentPort.on('message', ({ id, inputs }) => {
       work = work.then(async () => {
         const answer = (outputs) => parentPort.postMessage({ kind: 'chunk', id, outputs })
         for (const input of inputs) {
           await does[input]?.()
           if (workerData.piecewise) answer([input.toUpperCase()])
         }
         if (!workerData.piecewise) answer(inputs.map((input) => input.toUpperCase()))
       })
     })`,
  ),
)

function crew(more: Partial<CrewWork<string, string>> = {}, mayStart = 100, piecewise = false) {
  let generation = 0
  const started: Worker[] = []
  const work: CrewWork<string, string> = {
    workers: 2,
    start: () => {
      const worker = new Worker(join(folder, 'worker.mjs'), {
        workerData: { generation: ++generation, mayStart, piecewise },
        resourceLimits: { maxOldGenerationSizeMb: 24 },
      })
      started.push(worker)
      return worker as unknown as Thread
    },
    ports: {},
    chunk: 4,
    weigh: () => 1,
    pack: (message) => ({ message }),
    unpack: (output) => output as string,
    unsendable: (input) => `${input}: unsendable`,
    lost: (input, cause) => `${input}: ${cause.message}`,
    unstartable: (cause) => new RangeError(`did not start: ${cause.message}`),
    hasFailed: () => false,
    ...more,
  }
  return { run: (inputs: Iterable<string>) => all(inCrew(inputs, work, { clock: () => 0 })), started }
}

const words = (count: number) => Array.from({ length: count }, (_, index) => `w${index}`)
const upper = (inputs: readonly string[]) => inputs.map((one) => one.toUpperCase())

describe('a thread that', () => {
  test.each([
    ['ends', 'exit', 'exit: the worker thread ended with code 3'],
    ['throws where nobody catches', 'throw', 'throw: a bug'],
    ['runs out of memory', 'memory', /memory: .*(?:heap|memory).*/i],
  ])('%s: that input alone is lost, the others are done in their order', async (_, poison, reason) => {
    const inputs = [...words(9), poison, ...words(9)]
    const outputs = await crew().run(inputs)
    expect(outputs[9]).toMatch(reason)
    expect(outputs.toSpliced(9, 1)).toEqual(upper(inputs.toSpliced(9, 1)))
  })
  test('answers one by one and ends: what it has answered stands, and that input is tried once more', async () => {
    const inputs = [...words(3), 'exit', ...words(9), 'exit once', ...words(2)]
    const outputs = await crew({}, 100, true).run(inputs)
    expect(outputs[3]).toBe('exit: the worker thread ended with code 3')
    expect(outputs.toSpliced(3, 1)).toEqual(upper(inputs.toSpliced(3, 1)))
    const last = [...words(3), 'exit once']
    expect(await crew({ workers: 1 }, 100, true).run(last)).toEqual(upper(last))
  })
  test('ends once: nothing is lost', async () => {
    const inputs = [...words(3), 'exit once', ...words(9)]
    expect(await crew().run(inputs)).toEqual(upper(inputs))
  })
  test('does not start: all ends, and says why', async () => {
    await expect(crew({}, 0).run(words(3))).rejects.toThrow('did not start: the worker thread ended with code 9')
  })
  test('breaks down again and again: all ends', async () => {
    await expect(crew().run(Array(50).fill('exit'))).rejects.toThrow('ended with code 3')
  })
  test('loses an input for which there is no output: all ends in its turn', async () => {
    const seen: string[] = []
    const { started, run } = crew({
      unpack: (output) => {
        seen.push(output as string)
        return output as string
      },
      lost: () => {
        throw new RangeError('lost')
      },
    })
    await expect(run([...words(8), 'exit'])).rejects.toThrow('lost')
    expect(seen).toEqual(expect.arrayContaining(upper(words(8))))
    // None is left behind to keep the process alive.
    for (const worker of started) expect(worker.threadId).toBe(-1)
  })
})

describe('threads are started as work comes', () => {
  test('none for nothing, one for one', async () => {
    const none = crew()
    expect(await none.run([])).toEqual([])
    expect(none.started).toHaveLength(0)
    const one = crew()
    expect(await one.run(['a'])).toEqual(['A'])
    expect(one.started).toHaveLength(1)
  })
  test('and never more than asked for', async () => {
    const { run, started } = crew({ workers: 3 })
    expect(await run(words(200))).toEqual(upper(words(200)))
    expect(started).toHaveLength(3)
  })
})

test('what cannot be sent is found out alone', async () => {
  const pack = (input: string) => ({ message: input === 'w5' ? () => {} : input })
  const outputs = await crew({ pack }).run(words(8))
  expect(outputs).toEqual(upper(words(8)).with(5, 'w5: unsendable'))
})
test('heavy inputs go one by one, and few are held', async () => {
  let held = 0
  function* source() {
    for (const word of words(40)) {
      held++
      yield word
    }
  }
  const { run } = crew({ chunk: 16, weigh: () => 20_000_000, unpack: (output) => output as string })
  const outputs = await run(source())
  expect(outputs).toEqual(upper(words(40)))
  const few = inCrewHeld()
  await few.next()
  expect(few.held()).toBeLessThanOrEqual(5)
  await few.return()
  expect(held).toBe(40)
})

function inCrewHeld() {
  let held = 0
  function* endless() {
    for (;;) {
      held++
      yield 'x'
    }
  }
  const work: CrewWork<string, string> = {
    workers: 1,
    start: () =>
      new Worker(join(folder, 'worker.mjs'), { workerData: { generation: 1, mayStart: 9 } }) as unknown as Thread,
    ports: {},
    chunk: 16,
    weigh: () => 20_000_000,
    pack: (message) => ({ message }),
    unpack: (output) => output as string,
    unsendable: (input) => input,
    lost: (input) => input,
    unstartable: (cause) => cause,
    hasFailed: () => false,
  }
  const outputs = inCrew(endless(), work, { clock: () => 0 })
  return { next: () => outputs.next(), return: () => outputs.return(), held: () => held }
}
