/**
 * Batch issuing on all cores: the same badges in the same order as `issueBatch`, made in worker threads.
 *
 * @module
 */
import type { IssuerOptions } from '../defaults/issue.js'
import { now, randomUuid } from '../defaults/platform.js'
import { type OpenBadgeError, SigningError, UsageError } from '../errors.js'
import type { WebCryptoKey } from '../internal/types.js'
import type { Award } from '../issue/award.js'
import type { IssuedAward } from '../issue/issuer.js'
import type { SignerOptions } from '../keys/local-signer.js'
import type { Signer } from '../keys/signer.js'
import type { PrivateJwk, PublicJwk } from '../model/jwk.js'
import type { SecuredCredential } from '../model/types.js'
import type { LoadRequest } from '../resolve/document-loader.js'
import { inCrew, type Port } from './crew.js'
import { errorOf } from './error-note.js'
import type { AwardInput, AwardOutput, IssueJob } from './messages.js'
import { readWorkers, refuseOthers, startThread, type ThreadOptions, unstartable } from './threads.js'

/**
 * Of createIssuer, all but `suites` and `now`. Stores, `signer`, `loader`, `credentialId` and `refreshUrl` stay in the caller's
 * thread and are called from there.
 */
export interface IssueInWorkersOptions extends ThreadOptions, Omit<IssuerOptions, 'signer' | 'suites' | 'now'> {
  /**
   * The private key: it goes to the threads, which sign. A CryptoKey too, also one that is not extractable (then with
   * `publicKey`). Either this or `signer`.
   */
  readonly key?: PrivateJwk | WebCryptoKey
  /** Beside `key`, as for createSigner. */
  readonly verificationMethod?: string
  /** Beside a `key` that is not extractable. */
  readonly publicKey?: PublicJwk
  /** A KMS, a smart card: it is asked in the caller's thread, for what the threads have prepared. */
  readonly signer?: Signer
  /** How many awards each thread has under way where it waits for a `signer` or stores; with a `key` alone one. Default 8. */
  readonly concurrency?: number
  /** The time of all badges. Default: the clock, for each. */
  readonly now?: Date
  /** Awards up to and including the one with this id are passed over: where an earlier run ended. */
  readonly after?: string
}

/** A badge as it is written to a file: JSON in one line, or a JWT. */
export type IssuedText =
  | { readonly index: number; readonly id: string; readonly text: string; readonly error?: never }
  | { readonly index: number; readonly id?: string; readonly error: OpenBadgeError; readonly text?: never }

/** Where each option goes: `plain` ones to the threads as they are, the others are this module's affair. */
const OPTIONS: Readonly<Record<keyof IssueInWorkersOptions | 'as', 'plain' | 'ours'>> = {
  profile: 'plain',
  suite: 'plain',
  legacySuite: 'plain',
  format: 'plain',
  jwt: 'plain',
  keys: 'plain',
  limits: 'plain',
  status: 'ours',
  credentials: 'ours',
  credentialId: 'ours',
  refreshUrl: 'ours',
  loader: 'ours',
  key: 'ours',
  verificationMethod: 'ours',
  publicKey: 'ours',
  signer: 'ours',
  concurrency: 'ours',
  now: 'ours',
  after: 'ours',
  as: 'ours',
  workers: 'ours',
  signal: 'ours',
  total: 'ours',
  onProgress: 'ours',
  workerFile: 'ours',
}

/**
 * Awards in, badges out, in order. Reads ahead a bounded number of awards. One bad award is one error; an award under which a
 * thread breaks down is tried once more alone, and then is an error too (SigningError `sign.worker_lost`): it was not issued.
 *
 * Worth it for a slow `signer`, and with a `key` for some thousand awards on three cores and more: starting a thread takes as long
 * as signing a thousand badges.
 *
 * With `as: 'text'` badges come as text, ready to be written; that spares this thread the reading.
 *
 * Throws as createIssuer and issueBatch do.
 */
export function issueInWorkers(
  awards: Iterable<Award> | AsyncIterable<Award>,
  options: IssueInWorkersOptions & { readonly as: 'text' },
): AsyncGenerator<IssuedText, void, undefined>
export function issueInWorkers(
  awards: Iterable<Award> | AsyncIterable<Award>,
  options: IssueInWorkersOptions & { readonly as?: 'credential' },
): AsyncGenerator<IssuedAward, void, undefined>
export async function* issueInWorkers(
  awards: Iterable<Award> | AsyncIterable<Award>,
  options: IssueInWorkersOptions & { readonly as?: 'text' | 'credential' },
): AsyncGenerator<IssuedText | IssuedAward, void, undefined> {
  const { signal, onProgress, after, as = 'credential' } = options
  const job = jobOf(options)
  const workers = readWorkers(options.workers)
  const total = options.total ?? (Array.isArray(awards) && after === undefined ? awards.length : undefined)
  const common = { clock: () => now().getTime(), ...(signal === undefined ? {} : { signal }) }
  yield* inCrew<NumberedAward, IssuedText | IssuedAward>(
    numbered(awards, after),
    {
      workers,
      chunk: 64,
      weigh: () => 1024,
      start: () => startThread(job, options),
      ports: portsOf(options),
      pack: (input) => ({ message: packed(input, options) }),
      unpack: (output, { index, award }) => {
        const made = output as AwardOutput
        const id = award.id as string
        if ('error' in made) return { index, id, error: errorOf(made.error) as OpenBadgeError }
        const { text } = made
        if (as === 'text') return { index, id, text }
        return { index, id, credential: (options.format === 'jwt' ? text : JSON.parse(text)) as SecuredCredential }
      },
      unsendable: ({ index, award }, cause) => ({
        index,
        ...(typeof award?.id === 'string' ? { id: award.id } : {}),
        error: cause instanceof UsageError ? cause : invalidAward('holds what cannot be sent to a thread', cause),
      }),
      lost: ({ index, award }, cause) => ({
        index,
        id: award.id as string,
        error: new SigningError(
          'sign.worker_lost',
          `a worker thread broke down over this award, twice, and it was not issued: ${cause.message}`,
          { cause },
        ),
      }),
      unstartable,
      hasFailed: ({ error }) => error !== undefined,
    },
    {
      ...common,
      ...(total === undefined ? {} : { total }),
      ...(onProgress === undefined ? {} : { onProgress: (progress) => onProgress.call(options, progress) }),
    },
  )
}

interface NumberedAward {
  readonly index: number
  readonly award: Award
}

function jobOf(options: IssueInWorkersOptions): IssueJob {
  if (typeof options !== 'object' || options === null)
    throw new UsageError('usage.missing_option', '"profile" and "key" are missing')
  refuseOthers(options, Object.keys(OPTIONS), 'it cannot be sent to a thread; use createIssuer and its issueBatch')
  const { status, now: time, concurrency = 8 } = options
  const { store, listUrl, ...plainStatus } = status ?? {}
  if (status !== undefined && (typeof store?.allocate !== 'function' || typeof listUrl !== 'function'))
    throw new UsageError('usage.missing_option', '"status" is { store, listUrl }: where lists are kept, and published')
  if (time !== undefined && !(time instanceof Date && Number.isFinite(time.getTime())))
    throw new UsageError('usage.invalid_option', '"now" is a Date')
  if (!Number.isSafeInteger(concurrency) || concurrency < 1 || concurrency > 64)
    throw new UsageError('usage.invalid_option', '"concurrency" is a whole number from 1 to 64')
  return {
    kind: 'issue',
    options: {
      ...Object.fromEntries(
        Object.entries(options).filter(([name, value]) => value !== undefined && OPTIONS[name as 'as'] === 'plain'),
      ),
      ...(status === undefined ? {} : { status: plainStatus }),
    },
    key: keyOf(options),
    now: time?.getTime(),
    concurrency,
    has: {
      loader: options.loader !== undefined,
      status: status !== undefined,
      credentials: options.credentials !== undefined,
      ids: options.credentialId !== undefined || options.refreshUrl !== undefined,
      refresh: options.refreshUrl !== undefined,
    },
  }
}

function keyOf({ key, signer, verificationMethod, publicKey }: IssueInWorkersOptions): IssueJob['key'] {
  if ((key === undefined) === (signer === undefined))
    throw new UsageError(
      'usage.missing_option',
      'give "key", which the threads sign with, or "signer", which is asked here',
    )
  if (signer === undefined) return { key, ...defined({ verificationMethod, publicKey }) } as SignerOptions
  if (typeof signer.sign !== 'function')
    throw new UsageError('usage.missing_option', '"signer" is made with createSigner or digestSigner')
  return {
    algorithm: signer.algorithm,
    verificationMethod: signer.verificationMethod,
    publicKey: signer.publicKey,
  }
}

/** What the threads may ask for. */
function portsOf({
  signer,
  loader,
  status,
  credentials,
  signal,
}: IssueInWorkersOptions): Readonly<Record<string, Port>> {
  return defined({
    sign: signer && ((message: Uint8Array) => signer.sign(message)),
    load: loader && ((request: LoadRequest) => loader.load(request, signal === undefined ? {} : { signal })),
    allocate:
      status &&
      (async (request: Parameters<typeof status.store.allocate>[0]) => {
        const place = await status.store.allocate(request)
        return { ...place, url: status.listUrl(place.listId) }
      }),
    get: credentials && ((id: Parameters<typeof credentials.get>[0]) => credentials.get(id)),
    put: credentials && ((record: Parameters<typeof credentials.put>[0]) => credentials.put(record)),
  })
}

/** Throws UsageError `usage.invalid_award`. */
function packed({ award, index }: NumberedAward, { credentialId, refreshUrl }: IssueInWorkersOptions): AwardInput {
  if (typeof award?.id !== 'string' || award.id === '')
    throw invalidAward(`${index} has no "id": in a batch it is needed to start again without issuing twice`)
  if (credentialId === undefined && refreshUrl === undefined) return { award }
  const uuid = randomUuid()
  const id = credentialId?.(uuid) ?? `urn:uuid:${uuid}`
  return { award, badge: { id, ...(refreshUrl === undefined ? {} : { refreshUrl: refreshUrl(id) }) } }
}

function invalidAward(reason: string, cause?: unknown): UsageError {
  return new UsageError('usage.invalid_award', `award ${reason}`, cause === undefined ? undefined : { cause })
}

async function* numbered(
  awards: Iterable<Award> | AsyncIterable<Award>,
  after: string | undefined,
): AsyncGenerator<NumberedAward> {
  let index = 0
  let isPast = after === undefined
  for await (const award of awards) {
    if (isPast) yield { award, index }
    else if (award?.id === after) isPast = true
    index++
  }
  if (!isPast) throw new UsageError('usage.unknown_award', `"after": there is no award "${after}"`)
}

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> }

function defined<T extends object>(value: T): Defined<T> & Record<string, never> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as never
}
