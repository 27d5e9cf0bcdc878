/**
 * An issuer as an object: its profile, its key, what it awards, and what becomes of it afterwards.
 *
 * @module
 */
import { inChunks } from '../internal/in-chunks.js'
import { inOrder } from '../internal/in-order.js'
import type { Json } from '../internal/types.js'
import type { IssuerProfile, SecuredCredential, VerifiableCredential } from '../model/types.js'
import { demandOptions } from '../report/demand-options.js'
import type { RevocationListDocument } from '../status/write-revocation-list.js'
import type { Award } from './award.js'
import { type AwardLifecycle, type AwardLifecycleSettings, makeAwardLifecycle } from './award-lifecycle.js'
import { type AwardingSettings, makeAwarding } from './awarding.js'
import {
  BATCH,
  type BatchOptions,
  demandAwards,
  type IssuedAward,
  type IssuedText,
  type NumberedAward,
  numbered,
  type TextBatchOptions,
} from './batch.js'
import type { CredentialStore } from './credential-store.js'
import { exportEverything } from './export.js'
import type { Change, FailedChange, ManyChange, ManyChanged } from './flips.js'
import { type Lifecycle, makeLifecycle, type Renewal, type StatusChange } from './lifecycle.js'
import { type ListRequest, makePublisher, type PublisherSettings, type StatusUrls } from './status-publisher.js'

/**
 * What asks the stores throws StoreError where they fail: trying again is safe, nothing is lost or done twice. A method whose
 * store was not given throws UsageError `usage.missing_option`.
 */
export interface Issuer extends Lifecycle, AwardLifecycle {
  /** Who issues, as it was given. */
  readonly profile: IssuerProfile
  /** The store of what was issued, where one was given. */
  readonly credentials?: CredentialStore
  /**
   * With `credentials`, the same award id gives the same badge, whoever asks and however often; UsageError `usage.award_conflict`
   * where it was another award. Throws ParseError, UsageError, SigningError as `signCredential` does, and UsageError
   * `usage.invalid_award`.
   */
  issue(award: Award): Promise<SecuredCredential>
  /**
   * Awards in, badges out, in order, as they are signed; reads ahead no further than `concurrency`. With stores it works in chunks, each
   * of which is recorded before its first badge is answered, and reads ahead two of them (`chunk`). An error of the stream of
   * awards itself ends the batch and is thrown; an abort rejects with the signal's reason, between awards.
   *
   * With `as: 'text'` badges come as text, ready to be written; without `credentials` that spares making objects of them.
   */
  issueBatch(awards: Iterable<Award> | AsyncIterable<Award>, options: TextBatchOptions): AsyncIterable<IssuedText>
  /** The same, as objects; a JWT is a text here too. */
  issueBatch(awards: Iterable<Award> | AsyncIterable<Award>, options?: BatchOptions): AsyncIterable<IssuedAward>
  /**
   * The list, signed and ready to be served. The same text until an entry changes or half of its validity is over. StoreError
   * `store.unknown_list`.
   */
  statusListCredential(listId: string, request?: ListRequest): Promise<SecuredCredential<VerifiableCredential>>
  /** Where its status lists and its revocation list are published. */
  statusUrls(): Promise<StatusUrls>
  /** The document of 1EdTech's revocation lists, as of now, for `status.revocationListUrl`. */
  revocationList(): Promise<RevocationListDocument>
  /** Everything the stores hold, one JSON value a line: the profile, each status list, each credential and each award with its trail. */
  export(): AsyncIterable<Json>
}

export type IssuerSettings = AwardLifecycleSettings & Pick<PublisherSettings, 'verificationMethod' | 'isJwt'>

/** Signatures at once, and awards of a chunk, where nobody says. */
const CONCURRENCY = 8
const CHUNK = 500

type Awards = Iterable<Award> | AsyncIterable<Award>

/** `forMany`: what signs several badges at once. */
export function makeIssuer(settings: IssuerSettings, forMany: AwardingSettings = settings): Issuer {
  const one = makeAwarding(settings)
  const many = makeAwarding(forMany)

  function issueBatch(awards: Awards, options: TextBatchOptions): AsyncIterable<IssuedText>
  function issueBatch(awards: Awards, options?: BatchOptions): AsyncIterable<IssuedAward>
  function issueBatch(
    awards: Awards,
    options: BatchOptions | TextBatchOptions = {},
  ): AsyncIterable<IssuedAward | IssuedText> {
    demandAwards(awards)
    demandOptions(options, BATCH)
    const { after, as, chunk = CHUNK, ...rest } = options
    const batch = (options.concurrency === 1 ? one : many).batch()
    const total = Array.isArray(awards) && after === undefined ? { total: awards.length } : {}
    const common = { ...rest, clock: settings.clock, ...total }
    const hasFailed = ({ error }: IssuedAward | IssuedText) => error !== undefined
    const { concurrency = CONCURRENCY } = options
    if (settings.status !== undefined || settings.credentials !== undefined)
      return inChunks<NumberedAward, IssuedAward | IssuedText>(
        numbered(awards, after),
        (inputs) => (as === 'text' ? batch.textsFor : batch.credentialsFor)(inputs, concurrency),
        { ...common, chunk },
        hasFailed,
      )
    return inOrder<NumberedAward, IssuedAward | IssuedText>(
      numbered(awards, after),
      as === 'text' ? batch.textFor : batch.credentialFor,
      { ...common, concurrency },
      hasFailed,
    )
  }

  return {
    profile: settings.profile,
    ...(settings.credentials === undefined ? {} : { credentials: settings.credentials }),
    ...makeLifecycle(settings),
    ...makeAwardLifecycle(settings),
    ...makePublisher(settings),
    issue: one.issue,
    issueBatch,
    export: () => exportEverything(settings),
  }
}

export type {
  BatchOptions,
  Change,
  FailedChange,
  IssuedAward,
  IssuedText,
  ListRequest,
  ManyChange,
  ManyChanged,
  Renewal,
  StatusChange,
  StatusUrls,
  TextBatchOptions,
}
