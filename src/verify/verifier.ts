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
import { limitedLoader } from '../resolve/limited-loader.js'
import type { VerifyContext } from '../status/status-method.js'
import { checkIssuer, trustByList } from './checks/issuer.js'
import { recordingLoader } from './recorded-digests.js'
import type { PerCall, Recipient, Trust, VerifierSettings, Work } from './settings.js'
import { type Role, verifyOne } from './verify-credential.js'
import type { PresentationOptions } from './verify-presentation.js'

export type NamedInput = Bytes | string | object | { readonly name: string; readonly input: Bytes | string | object }

export interface VerifyAllOptions extends PerCall {
  /** How many are under way at once. Default 8. */
  readonly concurrency?: number
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
  const start = (perCall: PerCall) => startWork(settings, { ...always, ...withoutUndefined(perCall) })
  const role: Role = { trust: settings.trustedIssuers, accept: settings.accept }
  const verify = (input: Bytes | string | object, perCall: PerCall = {}, name?: string) =>
    verifyOne(input, role, start(perCall), name) as unknown as Promise<VerificationReport<C>>
  return {
    verify: async (input, perCall) => verify(input, perCall),
    verifyAll: async function* (inputs, options = {}) {
      const { inOrder } = await import('../internal/in-order.js')
      yield* inOrder(
        inputs,
        (entry) => (isNamed(entry) ? verify(entry.input, options, entry.name) : verify(entry, options)),
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

/** An option that is there but undefined is one that was left out. */
function withoutUndefined({ now, recipient, signal }: PerCall): PerCall {
  return {
    ...(now === undefined ? {} : { now }),
    ...(recipient === undefined ? {} : { recipient }),
    ...(signal === undefined ? {} : { signal }),
  }
}

/** One report: its clock is read once, its fetches are counted together, its analyses are made once. */
function startWork(settings: VerifierSettings, { now, recipient, signal }: PerCall): Work {
  signal?.throwIfAborted()
  const time = now ?? settings.clock()
  if (!(time instanceof Date) || Number.isNaN(time.getTime()))
    throw new UsageError('usage.invalid_option', '"now" is a valid Date')
  const shared = {
    now: time,
    loader: limitedLoader(recordingLoader(settings.loader, settings.cache), { maxFetches: settings.limits.fetches }),
    cache: settings.cache,
    limits: settings.limits,
    ...(signal === undefined ? {} : { signal }),
  }
  return makeWork(settings, shared, readRecipients(recipient), 0)
}

function makeWork(
  settings: VerifierSettings,
  shared: Omit<VerifyContext, 'verifyNested' | 'trusts'>,
  recipients: readonly Recipient[],
  level: number,
): Work {
  const context: Work['context'] = {
    ...shared,
    memo: new WeakMap(),
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
  return { settings, now: shared.now, recipients, context, level }
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
    !(entry instanceof Uint8Array) &&
    'input' in entry &&
    'name' in entry &&
    typeof entry.name === 'string' &&
    !('@context' in entry)
  )
}
