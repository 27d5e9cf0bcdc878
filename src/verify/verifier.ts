/**
 * A verifier: settings and caches that outlive a call, and the three ways to ask it.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import type { Progress } from '../internal/in-order.js'
import type { Bytes } from '../internal/types.js'
import type { OpenBadgeCredential, VerifiableCredential } from '../model/types.js'
import type { PresentationReport, VerificationReport } from '../report/report.js'
import type { DocumentLoader } from '../resolve/document-loader.js'
import { limitedLoader } from '../resolve/limited-loader.js'
import { checkIssuer, trustByList } from './checks/issuer.js'
import { recordingLoader } from './recorded-digests.js'
import type { PerCall, Recipient, Trust, VerifierSettings, Work } from './settings.js'
import { type Role, verifyOne } from './verify-credential.js'
import type { PresentationOptions } from './verify-presentation.js'

/** A badge in any form, with a name for its report or without. */
export type NamedInput = Bytes | string | object | { readonly name: string; readonly input: Bytes | string | object }

export interface VerifyAllOptions extends PerCall {
  /** How many are under way at once. Default 8. */
  readonly concurrency?: number
  /** Told after each badge. */
  onProgress?(progress: Progress): void
}

/** Owns every cache: keys, contexts, status lists, registries. Never a verdict. */
export interface Verifier<C extends VerifiableCredential = OpenBadgeCredential> {
  /** A bad badge is a report, never an error; a bug is never a verdict. Rejects with the signal's reason. */
  verify(input: Bytes | string | object, perCall?: PerCall): Promise<VerificationReport<C>>
  /** Reports in the order of the inputs, as they come; `name` tells which is which. */
  verifyAll(
    inputs: Iterable<NamedInput> | AsyncIterable<NamedInput>,
    options?: VerifyAllOptions,
  ): AsyncIterable<VerificationReport<C>>
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
  const start = (perCall: PerCall, concurrent = false) =>
    startWork(
      settings,
      perCall.now ?? always.now,
      readRecipients(perCall.recipient === undefined ? always.recipient : perCall.recipient),
      perCall.signal ?? always.signal,
      concurrent,
    )
  const role: Role = { trust: settings.trustedIssuers, accept: settings.accept }
  const verify = (input: Bytes | string | object, perCall: PerCall = {}, name?: string, concurrent?: boolean) =>
    verifyOne(input, role, start(perCall, concurrent), name) as unknown as Promise<VerificationReport<C>>
  return {
    verify: async (input, perCall) => verify(input, perCall),
    verifyAll: async function* (inputs, options = {}) {
      const { inOrder } = await import('../internal/in-order.js')
      const concurrent = options.concurrency !== 1
      yield* inOrder(
        inputs,
        (entry) =>
          isNamed(entry)
            ? verify(entry.input, options, entry.name, concurrent)
            : verify(entry, options, undefined, concurrent),
        {
          ...options,
          ...(always.signal === undefined || options.signal ? {} : { signal: always.signal }),
          clock: () => settings.clock().getTime(),
        },
        ({ outcome }) => outcome !== 'valid',
      )
    },
    verifyPresentation: async (input, perCall) => {
      const work = start(perCall ?? {})
      const { verifyPresentationOnce } = await import('./verify-presentation.js')
      return verifyPresentationOnce(input, perCall, work)
    },
  }
}

/** One report: its clock is read once, its fetches are counted together, its analyses are made once. */
function startWork(
  settings: VerifierSettings,
  now: Date | undefined,
  recipients: readonly Recipient[],
  signal: AbortSignal | undefined,
  concurrent: boolean,
): Work {
  signal?.throwIfAborted()
  const time = now ?? settings.clock()
  if (!(time instanceof Date) || Number.isNaN(time.getTime()))
    throw new UsageError('usage.invalid_option', '"now" is a valid Date')
  const loader = limitedLoader(recordingLoader(settings.loader, settings.cache), {
    maxFetches: settings.limits.fetches,
  })
  return makeWork(settings, { now: time, loader, signal, concurrent }, recipients, 0)
}

/** What the verifications of one report have in common. */
interface Shared {
  readonly now: Date
  readonly loader: DocumentLoader
  readonly signal: AbortSignal | undefined
  readonly concurrent: boolean
}

function makeWork(settings: VerifierSettings, shared: Shared, recipients: readonly Recipient[], level: number): Work {
  const { now, loader, signal, concurrent } = shared
  const context: Work['context'] = {
    now,
    loader,
    cache: settings.cache,
    limits: settings.limits,
    concurrent,
    // It lives no longer than this verification: weak references would only cost more.
    memo: new Map(),
    trusts: async (issuerId) => {
      if (trustByList(issuerId, settings.trustedIssuers) === 'not-asked') return 'not-asked'
      return (await checkIssuer(issuerId, settings.trustedIssuers, true, context)).status === 'valid' ? 'yes' : 'no'
    },
    verifyNested: (input, kind) => {
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
      return verifyOne(input as object, { trust: trust[kind], accept }, nested)
    },
  }
  if (signal !== undefined) (context as { signal?: AbortSignal }).signal = signal
  return { settings, now, recipients, context, level }
}

function readRecipients(recipient: PerCall['recipient']): readonly Recipient[] {
  const recipients =
    recipient === undefined
      ? []
      : Array.isArray(recipient)
        ? (recipient as readonly Recipient[])
        : [recipient as Recipient]
  for (const one of recipients) {
    const isWhole =
      'id' in one ? typeof one.id === 'string' : typeof one.type === 'string' && typeof one.value === 'string'
    if (!isWhole)
      throw new UsageError(
        'usage.invalid_option',
        '"recipient" is { id } or { type, value }, such as { type: "emailAddress", value: "ada@example.org" }',
      )
  }
  if (Array.isArray(recipient) && recipients.length === 0)
    throw new UsageError('usage.invalid_option', '"recipient" is empty: leave it out, or name someone')
  return recipients
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
