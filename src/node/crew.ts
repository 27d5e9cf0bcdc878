/**
 * A crew of worker threads: inputs in, outputs in the same order. Nothing here knows what the work is.
 *
 * Inputs travel in chunks, because a message costs more than a badge is long. A worker has two at most, one that it works on and
 * one that waits, so that it never waits itself; what has been dispatched and not been taken by the consumer is bounded.
 *
 * @module
 */

import { OpenBadgeError } from '../errors.js'
import type { InOrderOptions } from '../internal/in-order.js'
import { createChunkReader } from './chunk-reader.js'
import { errorOf, noteOf } from './error-note.js'
import type { Answer, Call, FromWorker, ToWorker } from './messages.js'
import { together } from './together.js'

/** What the crew needs of a `Worker` of node:worker_threads. */
export interface Thread {
  postMessage(message: ToWorker, transfer?: readonly ArrayBuffer[]): void
  on(event: 'message', listener: (message: FromWorker) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'exit', listener: (code: number) => void): unknown
  terminate(): Promise<unknown>
}

/** A function of the caller's that workers may call. */
export type Port = (...args: never[]) => unknown

export interface CrewWork<In, Out> {
  /** How many threads at most; they are started as they are needed. */
  readonly workers: number
  readonly start: () => Thread
  readonly ports: Readonly<Record<string, Port>>
  /** Inputs in a message: as many as keep a worker busy while the next one travels. */
  readonly chunk: number
  /** Bytes, roughly. */
  weigh(input: In): number
  /**
   * Before the inputs of a chunk are sent: what this thread has to find out for them. Rejects with what ends it all. Default:
   * nothing.
   */
  readonly prepare?: (inputs: readonly In[]) => Promise<void>
  /** What is sent for an input, and which of its buffers may be given away. */
  pack(input: In): { readonly message: unknown; readonly transfer?: readonly ArrayBuffer[] }
  unpack(output: unknown, input: In): Out
  /** For an input that cannot be sent to a thread. */
  unsendable(input: In, cause: unknown): Out | Promise<Out>
  /** For an input under which a thread broke down twice, the second time alone. May throw: then it all ends, in its turn. */
  lost(input: In, cause: Error): Out
  /** Why the first worker did not even start. */
  unstartable(cause: Error): Error
  hasFailed(output: Out): boolean
}

/** Chunks for each worker that the consumer has not taken yet. */
const AHEAD = 4
/** Bytes: of a chunk, and of all that the consumer has not taken yet. Badges in images are large. */
const CHUNK_WEIGHT = 1_048_576
const MAX_WEIGHT = 67_108_864
/** Threads that broke down one after the other, with nothing done between them. */
const MAX_BREAKDOWNS = 8

interface Entry<In, Out> {
  readonly input: In
  output?: { readonly value: Out } | { readonly error: unknown }
}

interface Chunk<In, Out> {
  readonly id: number
  /** One that was sent alone: if its thread breaks down, it is to blame. */
  readonly isAlone: boolean
  /** Those that have no output yet. */
  entries: readonly Entry<In, Out>[]
}

interface Member<In, Out> {
  readonly thread: Thread
  readonly answer: (answer: Answer) => void
  /** In the order in which it works on them: the first is under way. */
  readonly chunks: Chunk<In, Out>[]
  isReady: boolean
  error?: Error
}

/**
 * Stopping early ends the source and the threads. An abort rejects with the signal's reason. An error of the source ends it all,
 * and is thrown in its turn.
 */
export async function* inCrew<In, Out>(
  inputs: Iterable<In> | AsyncIterable<In>,
  work: CrewWork<In, Out>,
  { signal, onProgress, total, clock }: Omit<InOrderOptions, 'concurrency'> & { readonly clock: () => number },
): AsyncGenerator<Out, void, undefined> {
  signal?.throwIfAborted()
  const started = clock()
  const reader = createChunkReader(inputs, {
    size: work.chunk,
    maxWeight: CHUNK_WEIGHT,
    weigh: work.weigh,
  })
  const queue: Entry<In, Out>[] = []
  /** Chunks that wait for a worker: new ones, and before them those of a worker that broke down. */
  const waiting: (readonly Entry<In, Out>[])[] = []
  const members = new Set<Member<In, Out>>()
  let [isReading, isEnded, breakdowns, lastId, weight] = [false, false, 0, 0, 0]
  let fatal: { readonly error: unknown } | undefined
  let wake = () => {}

  const settle = (entry: Entry<In, Out>, make: () => Out) => {
    try {
      entry.output = { value: make() }
    } catch (error) {
      entry.output = { error }
    }
  }

  function end(error: unknown): void {
    fatal ??= { error }
    wake()
  }

  /** Reads while there is room, in the background: a slow source does not keep finished outputs. */
  async function read(): Promise<void> {
    if (isReading || isEnded) return
    isReading = true
    try {
      while (!isEnded && weight < MAX_WEIGHT && queue.length < work.workers * AHEAD * work.chunk) {
        const chunk = await reader.read()
        if (chunk.length === 0) isEnded = true
        else {
          await work.prepare?.(chunk)
          const entries = chunk.map((input): Entry<In, Out> => ({ input }))
          queue.push(...entries)
          for (const input of chunk) weight += work.weigh(input)
          waiting.push(entries)
          dispatch()
        }
      }
    } catch (error) {
      isEnded = true
      queue.push({ input: undefined as In, output: { error } })
    } finally {
      isReading = false
      wake()
    }
  }

  function dispatch(): void {
    while (waiting.length > 0) {
      const member = freeMember()
      if (member === undefined) return
      send(member, waiting.shift() ?? [])
    }
  }

  /** An idle one, else a new one, else one that has but one chunk. */
  function freeMember(): Member<In, Out> | undefined {
    let free: Member<In, Out> | undefined
    for (const member of members) if (member.chunks.length < (free?.chunks.length ?? 2)) free = member
    if (free !== undefined && free.chunks.length === 0) return free
    if (members.size >= work.workers || fatal !== undefined) return free
    try {
      return join()
    } catch (error) {
      end(error)
      return free
    }
  }

  function send(member: Member<In, Out>, entries: readonly Entry<In, Out>[]): void {
    const packed: { readonly message: unknown; readonly transfer?: readonly ArrayBuffer[] }[] = []
    const chunk = { id: ++lastId, isAlone: entries.length === 1, entries }
    try {
      for (const { input } of entries) packed.push(work.pack(input))
      const transfer = packed.flatMap((one) => one.transfer ?? [])
      member.thread.postMessage({ kind: 'chunk', id: chunk.id, inputs: packed.map(({ message }) => message) }, transfer)
      member.chunks.push(chunk)
    } catch (cause) {
      const [only] = entries
      // Which one it is shows when each goes alone.
      if (entries.length > 1) waiting.unshift(...entries.map((entry) => [entry]))
      else if (only !== undefined) setAside(only, cause)
    }
  }

  function setAside(entry: Entry<In, Out>, cause: unknown): void {
    Promise.resolve()
      .then(() => work.unsendable(entry.input, cause))
      .then(
        (value) => settle(entry, () => value),
        (error) => {
          entry.output = { error }
        },
      )
      .finally(() => wake())
  }

  function join(): Member<In, Out> {
    const thread = work.start()
    const answer = together<Answer>(
      (answers) => thread.postMessage({ kind: 'answers', answers }),
      // What a port gives that cannot be sent is a bug of the port.
      (_answer, cause) => end(cause),
    )
    const member: Member<In, Out> = { thread, answer, chunks: [], isReady: false }
    members.add(member)
    member.thread.on('message', (message) => receive(member, message))
    member.thread.on('error', (error) => {
      member.error = error
    })
    member.thread.on('exit', (code) => leave(member, code))
    return member
  }

  function receive(member: Member<In, Out>, message: FromWorker): void {
    if (message.kind === 'ready') member.isReady = true
    else if (message.kind === 'broken') end(errorOf(message.error))
    else if (message.kind === 'calls') for (const call of message.calls) void answer(member, call)
    else {
      const { id, outputs } = message
      const chunk = member.chunks[0]
      if (chunk?.id !== id || outputs.length > chunk.entries.length) {
        end(new TypeError('a worker answered what it was not asked'))
        return
      }
      const done = chunk.entries.slice(0, outputs.length)
      chunk.entries = chunk.entries.slice(outputs.length)
      if (chunk.entries.length === 0) member.chunks.shift()
      for (const [index, entry] of done.entries()) settle(entry, () => work.unpack(outputs[index], entry.input))
      breakdowns = 0
      dispatch()
      wake()
    }
  }

  async function answer({ answer }: Member<In, Out>, { call, port, args }: Call): Promise<void> {
    try {
      answer({ call, value: await work.ports[port]?.(...(args as never[])) })
    } catch (error) {
      // A bug of a port must not pass for a bad badge, and keeps its own trace.
      if (error instanceof OpenBadgeError) answer({ call, error: noteOf(error) })
      else end(error)
    }
  }

  /** What it was working on is tried again, each input alone; what waited for it goes to another. */
  function leave(member: Member<In, Out>, code: number): void {
    if (!members.delete(member)) return
    const cause = member.error ?? new Error(`the worker thread ended with code ${code}`)
    breakdowns++
    if (!member.isReady || breakdowns >= MAX_BREAKDOWNS) {
      end(member.isReady ? cause : work.unstartable(cause))
      return
    }
    const [current, ...others] = member.chunks
    waiting.unshift(...others.map(({ entries }) => entries))
    const [only] = current?.entries ?? []
    if (current?.isAlone && only !== undefined) settle(only, () => work.lost(only.input, cause))
    else waiting.unshift(...(current?.entries ?? []).map((entry) => [entry]))
    dispatch()
    wake()
  }

  const onAbort = () => wake()
  signal?.addEventListener('abort', onAbort, { once: true })
  let [done, failed] = [0, 0]
  try {
    for (;;) {
      signal?.throwIfAborted()
      if (fatal !== undefined) throw fatal.error
      void read()
      const { output, input } = queue[0] ?? {}
      if (output === undefined) {
        if (queue.length === 0 && isEnded && !isReading) return
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        continue
      }
      queue.shift()
      if ('error' in output) throw output.error
      weight -= work.weigh(input as In)
      done++
      if (work.hasFailed(output.value)) failed++
      const perSecond = done / Math.max((clock() - started) / 1000, 1e-3)
      const known = total === undefined ? {} : { total, remainingSeconds: (total - done) / perSecond }
      onProgress?.({ done, failed, perSecond, ...known })
      yield output.value
    }
  } finally {
    signal?.removeEventListener('abort', onAbort)
    isEnded = true
    const left = [...members]
    members.clear()
    await Promise.all([reader.close(), ...left.map(({ thread }) => thread.terminate())])
  }
}
