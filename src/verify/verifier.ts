/**
 * A verifier: settings and caches that outlive a call, and the three ways to ask it.
 *
 * @module
 */

import { Budget, STEPS_TOGETHER } from '../canonical/budget.js'
import { DefectError, invalidOption, OpenBadgeError } from '../errors.js'
import type { Progress } from '../internal/in-order.js'
import { callable, type Members, whole } from '../internal/members.js'
import { shown } from '../internal/shown.js'
import type { Bytes } from '../internal/types.js'
import type { Named } from '../model/person.js'
import type { OpenBadgeCredential, VerifiableCredential } from '../model/types.js'
import { demandOptions } from '../report/demand-options.js'
import type { PresentationReport, VerificationReport } from '../report/report.js'
import type { DocumentLoader } from '../resolve/document-loader.js'
import { limitedLoader } from '../resolve/limited-loader.js'
import { checkIssuer, trustByList } from './checks/issuer.js'
import { readRecipients } from './recipients.js'
import { PER_CALL, type PerCall, type Trust, type VerifierSettings, type Work } from './settings.js'
import { isLate, loaderInTime, TimeLimit } from './time-limit.js'
import { type Role, verifyOne } from './verify-credential.js'
import type { PresentationOptions } from './verify-presentation.js'

/** A badge in any form, with a name for its report or without. */
export type NamedInput = Bytes | string | object | { readonly name: string; readonly input: Bytes | string | object }

export interface VerifyAllOptions extends PerCall {
  /** How many are under way at once. Default 8. */
  readonly concurrency?: number | undefined
  /** Told after each badge. */
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

const VERIFY_ALL: Members<VerifyAllOptions> = { ...PER_CALL, concurrency: whole(1), onProgress: callable }

/** In the place of a report: one badge could not be judged. Never a verdict on it. */
export interface VerificationFailure {
  /** The place of the badge among the inputs, from 0. */
  readonly index: number
  /** As given. Absent where the badge was given without. */
  readonly name?: string
  /** As `verify` rejects with it: `DefectError`. */
  readonly error: OpenBadgeError
  /** A report has one. */
  readonly outcome?: undefined
}

/** Owns every cache: keys, contexts, status lists, registries. Never a verdict. */
export interface Verifier<C extends VerifiableCredential = OpenBadgeCredential> {
  /**
   * A bad badge is a report, never an error. Rejects with UsageError, with DefectError for a bug, and with the signal's reason.
   */
  verify(input: Bytes | string | object, perCall?: PerCall): Promise<VerificationReport<C>>
  /**
   * Reports in the order of the inputs, as they come; `name` tells which is which. A badge that comes upon a bug costs the others
   * nothing: a `VerificationFailure`, which has an `error`, stands in the place of its report.
   */
  verifyAll(
    inputs: Iterable<NamedInput> | AsyncIterable<NamedInput>,
    options?: VerifyAllOptions,
  ): AsyncIterable<VerificationReport<C> | VerificationFailure>
  /** Who presents, whether they were asked to, and each of the credentials. */
  verifyPresentation(
    input: Bytes | string | object,
    perCall: PerCall & PresentationOptions,
  ): Promise<PresentationReport>
}

/** `always` are the caller's answers for every call; a call may say otherwise. */
export function makeVerifier<C extends VerifiableCredential>(
  settings: VerifierSettings,
  always: PerCall = {},
): Verifier<C> {
  const expected = readRecipients(always.recipient)
  const start = (perCall: PerCall, concurrent = false) =>
    startWork(
      settings,
      perCall.now ?? always.now,
      perCall.recipient === undefined ? expected : readRecipients(perCall.recipient),
      perCall.signal ?? always.signal,
      concurrent,
    )
  const role: Role = { trust: settings.trustedIssuers, accept: settings.accept, isSentAlone: true }
  const once = async <Report>(perCall: PerCall, concurrent: boolean, take: (work: Work) => Promise<Report>) => {
    let work: Work | undefined
    try {
      work = start(perCall, concurrent)
      return await take(work)
    } catch (error) {
      const signal = perCall.signal ?? always.signal
      signal?.throwIfAborted()
      throw branded(error)
    } finally {
      work?.time.end()
    }
  }
  const verify = (input: Bytes | string | object, perCall: PerCall = {}, name?: string, concurrent = false) =>
    once(perCall, concurrent, (work) => verifyOne(input, role, work, name)) as unknown as Promise<VerificationReport<C>>
  return {
    verify: async (input, perCall) => {
      demandOptions(perCall, PER_CALL)
      return verify(input, perCall)
    },
    verifyAll: async function* (inputs, options = {}) {
      demandOptions(options, VERIFY_ALL)
      const { inOrder } = await import('../internal/in-order.js')
      const concurrent = options.concurrency !== 1
      const signal = options.signal ?? always.signal
      // What is wrong with the options is wrong with all of them.
      start(options).time.end()
      let count = 0
      const orFailure = async (entry: NamedInput): Promise<VerificationReport<C> | VerificationFailure> => {
        const index = count++
        const { input, name } = isNamed(entry) ? entry : { input: entry, name: undefined }
        try {
          return await verify(input, options, name, concurrent)
        } catch (error) {
          // Called off, it ends.
          if (signal?.aborted || !(error instanceof OpenBadgeError)) throw error
          return { index, ...(name === undefined ? {} : { name }), error }
        }
      }
      yield* inOrder(
        inputs,
        orFailure,
        { ...options, ...(signal === undefined ? {} : { signal }), clock: () => settings.clock().getTime() },
        ({ outcome }) => outcome !== 'valid',
      )
    },
    verifyPresentation: async (input, perCall) => {
      const { PRESENTATION, verifyPresentationOnce } = await import('./verify-presentation.js')
      demandOptions(perCall, { ...PER_CALL, ...PRESENTATION })
      return once(perCall ?? {}, false, (work) => verifyPresentationOnce(input, perCall, work))
    },
  }
}

/** What a port may throw, and what the caller did wrong, has a brand already. */
function branded(error: unknown): OpenBadgeError {
  if (error instanceof OpenBadgeError) return error
  const said = error instanceof Error ? `${error.name}: ${error.message}` : shown(error, 200)
  return new DefectError('defect.unexpected', `a bug, and nothing that is said of the badge: ${said}`, { cause: error })
}

/** One report: its clock is read once, its fetches are counted together and end with it, its analyses are made once. */
function startWork(
  settings: VerifierSettings,
  now: Date | undefined,
  recipients: readonly Named[],
  signal: AbortSignal | undefined,
  concurrent: boolean,
): Work {
  signal?.throwIfAborted()
  const time = now ?? settings.clock()
  if (!(time instanceof Date) || Number.isNaN(time.getTime())) throw invalidOption('now', 'is a valid Date')
  const limit = new TimeLimit({ timeoutMs: settings.timeoutMs, stopwatch: settings.stopwatch, signal })
  const loader = limitedLoader(loaderInTime(settings.loader, limit), { maxFetches: settings.limits.fetches })
  const budget = new Budget({ bytes: 0, steps: settings.limits.canonicalSteps * STEPS_TOGETHER })
  return makeWork(settings, { now: time, loader, budget, time: limit, concurrent }, recipients, 0)
}

/** What the verifications of one report have in common. */
interface Shared {
  readonly now: Date
  readonly loader: DocumentLoader
  /** What their documents may cost together. */
  readonly budget: Budget
  readonly time: TimeLimit
  readonly concurrent: boolean
}

function makeWork(settings: VerifierSettings, shared: Shared, recipients: readonly Named[], level: number): Work {
  const { now, loader, budget, time, concurrent } = shared
  const context: Work['context'] = {
    now,
    loader,
    cache: settings.cache,
    limits: settings.limits,
    budget,
    concurrent,
    get signal() {
      return time.signal
    },
    // It lives no longer than this verification: weak references would only cost more.
    memo: new Map(),
    trusts: async (issuerId) => {
      if (trustByList(issuerId, settings.trustedIssuers) === 'not-asked') return 'not-asked'
      return (await checkIssuer(issuerId, settings.trustedIssuers, true, context)).status === 'valid' ? 'yes' : 'no'
    },
    verifyNested: async (input, kind) => {
      const trust: Readonly<Record<typeof kind, Trust | undefined>> = {
        endorsement: settings.trustedEndorsers,
        'status-list': undefined,
        refresh: settings.trustedIssuers,
        credential: settings.trustedIssuers,
      }
      // A refreshed credential is about the same person; what others say of it need not be.
      const asked = kind === 'refresh' ? recipients : []
      const nested = makeWork({ ...settings, refresh: false }, shared, asked, level + 1)
      const accept = kind === 'refresh' ? settings.accept : 'any-credential'
      const isSentAlone = kind === 'status-list' || kind === 'refresh'
      const report = await verifyOne(input as object, { trust: trust[kind], accept, isSentAlone }, nested)
      // Half a report is not one: whoever asked for it had no time for it.
      if (isLate(report.checks)) throw time.reason
      return report
    },
  }
  return { settings, now, recipients, context, time, level }
}

function isNamed(entry: NamedInput): entry is { readonly name: string; readonly input: Bytes | string | object } {
  return (
    typeof entry === 'object' &&
    entry !== null &&
    !(entry instanceof Uint8Array) &&
    'input' in entry &&
    'name' in entry &&
    typeof entry.name === 'string' &&
    !('@context' in entry)
  )
}
