/**
 * An issuer as an object: its profile, its key, what it awards, and what becomes of it afterwards.
 *
 * @module
 */
import type { CanonicalForms } from '../canonical/types.js'
import { OpenBadgeError, UsageError } from '../errors.js'
import { inOrder, type Progress } from '../internal/in-order.js'
import { onDemand } from '../internal/on-demand.js'
import type { Json, JsonObject } from '../internal/types.js'
import type {
  CredentialInput,
  OpenBadgeCredential,
  Profile,
  SecuredCredential,
  VerifiableCredential,
} from '../model/types.js'
import type { SignSettings } from '../proof/signing.js'
import type { RevocationListDocument } from '../status/write-revocation-list.js'
import { type Award, credentialInput } from './award.js'
import type { CredentialStore } from './credential-store.js'
import { exportEverything } from './export.js'
import { type Change, type Lifecycle, makeLifecycle, type Renewal, type StatusChange } from './lifecycle.js'
import { demandSameAward, newRecord } from './record.js'
import { allocateStatus, type IssuerStatus, withStatus } from './status-places.js'
import { type ListRequest, makePublisher } from './status-publisher.js'
import type { BatchTemplates, IssuedFromTemplate } from './template.js'

/** How a batch is worked through. */
export interface BatchOptions {
  /** How many are being signed at once: a KMS answers slowly, a local key needs no more than a few. Default 8. */
  readonly concurrency?: number
  /** Awards up to and including the one with this id are passed over: where an earlier run ended. */
  readonly after?: string
  readonly signal?: AbortSignal
  /** Told after each award. */
  onProgress?(progress: Progress): void
}

/** One bad award is one error; the others go on. */
export type IssuedAward =
  | { readonly index: number; readonly id: string; readonly credential: SecuredCredential; readonly error?: never }
  | { readonly index: number; readonly id?: string; readonly error: OpenBadgeError; readonly credential?: never }

/**
 * What asks the stores throws StoreError where they fail: trying again is safe, nothing is lost or done twice. A method whose
 * store was not given throws UsageError `usage.missing_option`.
 */
export interface Issuer extends Lifecycle {
  /**
   * With `credentials`, the same award id gives the same badge, whoever asks and however often; UsageError `usage.award_conflict`
   * where it was another award. Throws ParseError, UsageError, SigningError as `signCredential` does, and UsageError
   * `usage.invalid_award`.
   */
  issue(award: Award): Promise<SecuredCredential>
  /**
   * Awards in, badges out, in order, as they are signed; reads ahead no further than `concurrency`. An error of the stream of
   * awards itself ends the batch and is thrown; an abort rejects with the signal's reason, between awards.
   */
  issueBatch(awards: Iterable<Award> | AsyncIterable<Award>, options?: BatchOptions): AsyncIterable<IssuedAward>
  /**
   * The list, signed and ready to be served. The same text until an entry changes or half of its validity is over. StoreError
   * `store.unknown_list`.
   */
  statusListCredential(listId: string, request?: ListRequest): Promise<SecuredCredential<VerifiableCredential>>
  /** The document of 1EdTech's revocation lists, as of now, for `status.revocationListUrl`. */
  revocationList(): Promise<RevocationListDocument>
  /** Everything the stores hold, one JSON value a line: the profile, each status list, each credential with its trail. */
  export(): AsyncIterable<Json>
}

export interface IssuerSettings {
  readonly profile: Profile
  readonly salt: () => string
  readonly now: () => Date
  readonly randomUuid: () => string
  readonly createCredential: (input: CredentialInput) => OpenBadgeCredential
  /** The same before the model has judged it, for batches. */
  readonly draft: (input: CredentialInput) => JsonObject
  /** What `sign` signs with; absent where it makes JWTs, which have nothing that templates would save. */
  readonly signing?: (forms: CanonicalForms) => SignSettings
  readonly sign: <C extends VerifiableCredential>(credential: C) => Promise<SecuredCredential<C>>
  /** Milliseconds that only grow. */
  readonly clock: () => number
  readonly status?: IssuerStatus
  readonly credentials?: CredentialStore
  /** The id of a new credential. */
  readonly credentialId: () => string
  /** Where a newer version of a credential can be had. */
  readonly refreshUrl?: (credentialId: string) => string
}

export function makeIssuer(settings: IssuerSettings): Issuer {
  const { profile, salt, createCredential, sign, signing, clock, status, credentials, now, randomUuid } = settings

  async function issue(award: Award, templates?: () => Promise<BatchTemplates>): Promise<SecuredCredential> {
    // Judged before an entry is taken for it.
    const input = credentialInput(award, { profile, salt })
    const id = awardId(award) ?? randomUuid()
    const known =
      award.id === undefined || credentials === undefined ? undefined : await credentials.get({ awardId: id })
    if (known !== undefined) return demandSameAward(known, award, id).credential
    const places = await allocateStatus(status, id)
    const complete = withStatus(input, places, settings)
    const { credential, secured } = (await (await templates?.())?.issue(complete)) ?? (await whole(complete))
    if (credentials === undefined) return secured
    // Another process may have been faster: then its badge is the one that exists, and ours was never seen.
    const record = await credentials.put(newRecord(award, id, { credential, secured, places, at: now() }))
    return demandSameAward(record, award, id).credential
  }

  async function whole(input: CredentialInput): Promise<IssuedFromTemplate> {
    const credential = createCredential(input)
    return { credential, secured: await sign(credential) }
  }

  async function one(
    { award, index }: NumberedAward,
    templates: (() => Promise<BatchTemplates>) | undefined,
  ): Promise<IssuedAward> {
    const id = award?.id
    try {
      if (typeof id !== 'string' || id === '')
        throw new UsageError(
          'usage.invalid_award',
          `award ${index} has no "id": in a batch it is needed to start again without issuing twice`,
        )
      return { index, id, credential: await issue(award, templates) }
    } catch (error) {
      // Anything else is a bug of ours or of a port, and must not pass for a bad award.
      if (!(error instanceof OpenBadgeError)) throw error
      return { index, ...(typeof id === 'string' ? { id } : {}), error }
    }
  }

  const publisher = makePublisher(settings)
  return {
    ...makeLifecycle(settings),
    ...publisher,
    issue: (award) => issue(award),
    issueBatch: (awards, options = {}) => {
      const { after, ...rest } = options
      const templates =
        signing === undefined
          ? undefined
          : onDemand(async () => new (await import('./template.js')).BatchTemplates({ ...settings, signing }))
      return inOrder(
        numbered(awards, after),
        (input) => one(input, templates),
        { ...rest, clock, ...(Array.isArray(awards) && after === undefined ? { total: awards.length } : {}) },
        ({ error }) => error !== undefined,
      )
    },
    export: () => exportEverything(settings),
  }
}

export type { Change, ListRequest, Renewal, StatusChange }

/** What stores can keep, in every database: see CredentialStore. */
function awardId({ id }: Award): string | undefined {
  if (id === undefined) return undefined
  if (typeof id !== 'string' || id === '' || id.length > 512 || !/^[^\0\p{Cs}]*$/u.test(id))
    throw new UsageError(
      'usage.invalid_award',
      '"id" is a text of 1 to 512 characters, without U+0000 and lone surrogates',
    )
  return id
}

/**
 * With their indexes, from the one behind `after`. Throws UsageError `usage.unknown_award` at the end where that never came: passing
 * over everything would look like success.
 */
function numbered(
  awards: Iterable<Award> | AsyncIterable<Award>,
  after: string | undefined,
): Iterable<NumberedAward> | AsyncIterable<NumberedAward> {
  const next = numbering(after)
  const end = (): void => {
    if (after !== undefined && !next.isPast())
      throw new UsageError('usage.unknown_award', `"after": there is no award "${after}"`)
  }
  async function* fromStream(stream: AsyncIterable<Award>): AsyncGenerator<NumberedAward> {
    for await (const award of stream) {
      const one = next.number(award)
      if (one !== undefined) yield one
    }
    end()
  }
  // What is at hand is not waited for.
  function* fromList(list: Iterable<Award>): Generator<NumberedAward> {
    for (const award of list) {
      const one = next.number(award)
      if (one !== undefined) yield one
    }
    end()
  }
  return Symbol.asyncIterator in awards ? fromStream(awards) : fromList(awards)
}

interface NumberedAward {
  readonly award: Award
  readonly index: number
}

function numbering(after: string | undefined) {
  let index = -1
  let isPast = after === undefined
  return {
    isPast: () => isPast,
    /** Undefined for one that is passed over. */
    number: (award: Award): NumberedAward | undefined => {
      index++
      if (isPast) return { award, index }
      isPast = award?.id === after
      return undefined
    },
  }
}
