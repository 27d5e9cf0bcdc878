/**
 * Batch verifying on all cores: the same reports in the same order as `verifyAll`, made in worker threads.
 *
 * @module
 */
import { now } from '../defaults/platform.js'
import { createVerifier, type VerifyOptions } from '../defaults/verify.js'
import { OpenBadgeError, UsageError } from '../errors.js'
import type { Bytes } from '../internal/types.js'
import type { VerificationReport } from '../report/report.js'
import { anyIssuer } from '../report/symbols.js'
import type { LoadRequest } from '../resolve/document-loader.js'
import type { NamedInput, Verifier } from '../verify/verifier.js'
import { inCrew } from './crew.js'
import type { VerifyJob } from './messages.js'
import { readWorkers, refuseOthers, startThread, type ThreadOptions, unstartable } from './threads.js'

/** Of createVerifier, what can be sent to a thread. `loader` stays in the caller's thread and is called from there. */
export interface VerifyInWorkersOptions
  extends ThreadOptions,
    Omit<
      VerifyOptions,
      'trustedIssuers' | 'trustedEndorsers' | 'suites' | 'resolvers' | 'statusMethods' | 'cache' | 'signal'
    > {
  /** Ids of issuers, or `anyIssuer`. Registries answer in one thread only: for them use `createVerifier`. */
  readonly trustedIssuers: readonly string[] | typeof anyIssuer
  /** Default: not asked. */
  readonly trustedEndorsers?: readonly string[] | typeof anyIssuer
}

/** Where each option goes: `plain` ones to the threads as they are, the others are this module's affair. */
const OPTIONS: Readonly<Record<keyof VerifyInWorkersOptions, 'plain' | 'ours'>> = {
  accept: 'plain',
  policy: 'plain',
  limits: 'plain',
  clockSkewSeconds: 'plain',
  refresh: 'plain',
  now: 'plain',
  recipient: 'plain',
  trustedIssuers: 'ours',
  trustedEndorsers: 'ours',
  loader: 'ours',
  workers: 'ours',
  signal: 'ours',
  total: 'ours',
  onProgress: 'ours',
  workerFile: 'ours',
}

/**
 * Badges in, reports out, in order. Reads ahead a bounded number. Each thread has caches of its own, so a status list is loaded
 * once for each. Verifying on one thread with `verifyAll` already takes signatures to other threads: this is for more cores than
 * two, and for badges that are large.
 *
 * Throws as createVerifier does, and OpenBadgeError `verify.worker_lost` where a thread broke down over a badge twice.
 */
export async function* verifyInWorkers(
  inputs: Iterable<NamedInput> | AsyncIterable<NamedInput>,
  options: VerifyInWorkersOptions,
): AsyncGenerator<VerificationReport, void, undefined> {
  const { loader, signal, onProgress } = options ?? {}
  refuseOthers(
    options ?? {},
    Object.keys(OPTIONS),
    'it cannot be sent to a thread; use createVerifier and its verifyAll',
  )
  const { trustedIssuers, trustedEndorsers } = options ?? {}
  if (isRegistryIn(trustedIssuers) || isRegistryIn(trustedEndorsers))
    throw new UsageError(
      'usage.invalid_option',
      'a registry of issuers cannot be sent to a thread: use createVerifier and its verifyAll',
    )
  const here = makeHere(options)
  const job: VerifyJob = {
    kind: 'verify',
    options: {
      ...Object.fromEntries(
        Object.entries(options).filter(
          ([name, value]) => value !== undefined && OPTIONS[name as keyof VerifyInWorkersOptions] === 'plain',
        ),
      ),
      ...(trustedIssuers === anyIssuer ? {} : { trustedIssuers }),
      ...(trustedEndorsers === undefined || trustedEndorsers === anyIssuer ? {} : { trustedEndorsers }),
    },
    trustsAnyIssuer: trustedIssuers === anyIssuer,
    trustsAnyEndorser: trustedEndorsers === anyIssuer,
    hasLoader: loader !== undefined,
  }
  const total = options.total ?? (Array.isArray(inputs) ? inputs.length : undefined)
  yield* inCrew<NamedInput, VerificationReport>(
    inputs,
    {
      workers: readWorkers(options.workers),
      chunk: 16,
      weigh,
      start: () => startThread(job, options),
      ports: {
        load: (request: LoadRequest) => loader?.load(request, signal === undefined ? {} : { signal }),
      },
      pack,
      unpack: (output) => JSON.parse(output as string) as VerificationReport,
      // What no thread can be sent this one can look at: a bad badge is a report.
      unsendable: (input) => here(input),
      lost: (_, cause) => {
        throw new OpenBadgeError(
          'verify.worker_lost',
          `a worker thread broke down over a badge, twice: ${cause.message}`,
          {
            cause,
          },
        )
      },
      unstartable,
      hasFailed: ({ outcome }) => outcome !== 'valid',
    },
    {
      clock: () => now().getTime(),
      ...(signal === undefined ? {} : { signal }),
      ...(total === undefined ? {} : { total }),
      ...(onProgress === undefined ? {} : { onProgress: (progress) => onProgress.call(options, progress) }),
    },
  )
}

function isRegistryIn(trusted: unknown): boolean {
  return Array.isArray(trusted) && trusted.some((entry) => typeof entry !== 'string')
}

/** Options are judged here, before a thread is started for them. */
function makeHere(options: VerifyInWorkersOptions): (input: NamedInput) => Promise<VerificationReport> {
  const verifier: Verifier = createVerifier(options)
  return async (input) => {
    for await (const report of verifier.verifyAll([input], { concurrency: 1 })) return report
    throw new TypeError('no report')
  }
}

/** Bytes are copied, because what is sent is gone, and a view may stand in a buffer that is much larger. */
function pack(entry: NamedInput): { message: unknown; transfer?: readonly ArrayBuffer[] } {
  if (entry instanceof Uint8Array) return sent(entry, (copy) => copy)
  const { name, input } = (entry ?? {}) as { name?: unknown; input?: unknown }
  if (typeof name === 'string' && input instanceof Uint8Array) return sent(input, (copy) => ({ name, input: copy }))
  return { message: entry }
}

/** An object is bounded by what a document may be; how large it is nobody asks here. */
function weigh(entry: NamedInput): number {
  const input = entry instanceof Uint8Array ? entry : ((entry as { readonly input?: unknown } | null)?.input ?? entry)
  return input instanceof Uint8Array || typeof input === 'string' ? input.length : 4096
}

function sent(bytes: Bytes, message: (copy: Bytes) => unknown): { message: unknown; transfer: readonly ArrayBuffer[] } {
  const copy = new Uint8Array(bytes)
  return { message: message(copy), transfer: [copy.buffer] }
}
