/**
 * Batch issuing on all cores: the same badges in the same order as `issueBatch`, made in worker threads.
 *
 * @module
 */
import { completeStatus, type IssuerOptions } from '../defaults/issue.js'
import { now, randomUuid } from '../defaults/platform.js'
import { OpenBadgeError, SigningError, UsageError } from '../errors.js'
import type { WebCryptoKey } from '../internal/types.js'
import { type Award, demandAward } from '../issue/award.js'
import { demandId, type IssuedAward, type IssuedText, type NumberedAward, numbered } from '../issue/batch.js'
import type { IssuerStatus } from '../issue/status-places.js'
import type { SignerOptions } from '../keys/local-signer.js'
import type { Signer } from '../keys/signer.js'
import type { PrivateJwk, PublicJwk } from '../model/jwk.js'
import type { SecuredCredential } from '../model/types.js'
import type { LoadRequest } from '../resolve/document-loader.js'
import { inCrew, type Port } from './crew.js'
import { errorOf } from './error-note.js'
import type { AwardInput, AwardOutput, IssueJob, SentPlace } from './messages.js'
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
  /**
   * How many awards each thread has under way where it waits for a `signer` or for `credentials`, and for how many more, for each
   * thread, the status store is asked at once. Default 8.
   */
  readonly concurrency?: number
  /** The time of all badges. Default: the clock, for each. */
  readonly now?: Date
  /** Awards up to and including the one with this id are passed over: where an earlier run ended. */
  readonly after?: string
}

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
  yield* inCrew<SentAward, IssuedText | IssuedAward>(
    numbered(awards, after),
    {
      workers,
      chunk: 64,
      weigh: () => 1024,
      start: () => startThread(job, options),
      ports: portsOf(options),
      ...takesPlaces(options, workers),
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
        error: cause instanceof OpenBadgeError ? cause : invalidAward('holds what cannot be sent to a thread', cause),
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

/** An award with what was found out for it before it is sent. */
interface SentAward extends NumberedAward {
  places?: readonly SentPlace[]
  /** Why it cannot be issued. */
  failure?: OpenBadgeError
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
function packed(input: SentAward, { credentialId, refreshUrl }: IssueInWorkersOptions): AwardInput {
  const { award, places, failure } = input
  if (failure !== undefined) throw failure
  demandId(input)
  const sent = places === undefined ? { award } : { award, places }
  if (credentialId === undefined && refreshUrl === undefined) return sent
  const uuid = randomUuid()
  const id = credentialId?.(uuid) ?? `urn:uuid:${uuid}`
  return { ...sent, badge: { id, ...(refreshUrl === undefined ? {} : { refreshUrl: refreshUrl(id) }) } }
}

/**
 * Status entries are taken in this thread, where their store is, before awards are sent: a thread that asked for each would wait
 * more than it signs. Not where badges are recorded: an award that has its badge takes no entry, and its thread asks for that.
 */
function takesPlaces(
  { status: given, credentials, concurrency = 8 }: IssueInWorkersOptions,
  workers: number,
): { readonly prepare?: (inputs: readonly SentAward[]) => Promise<void> } {
  if (given === undefined || credentials !== undefined) return {}
  const status = completeStatus(given)
  return {
    prepare: async (inputs) => {
      const waiting = inputs.values()
      const take = async (): Promise<void> => {
        for (const input of waiting) await takePlaces(input, status)
      }
      await Promise.all(Array.from({ length: concurrency * workers }, take))
    },
  }
}

async function takePlaces(input: SentAward, { store, listUrl, purposes }: IssuerStatus): Promise<void> {
  try {
    const key = demandId(input)
    // Judged before an entry is taken for it.
    demandAward(input.award)
    const places: SentPlace[] = []
    for (const purpose of purposes) {
      const { listId, index } = await store.allocate({ key, purpose })
      places.push({ listId, index, purpose, url: listUrl(listId) })
    }
    input.places = places
  } catch (error) {
    // A bug of the store must not pass for a bad award.
    if (!(error instanceof OpenBadgeError)) throw error
    input.failure = error
  }
}

function invalidAward(reason: string, cause?: unknown): UsageError {
  return new UsageError('usage.invalid_award', `award ${reason}`, cause === undefined ? undefined : { cause })
}

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> }

function defined<T extends object>(value: T): Defined<T> & Record<string, never> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as never
}
