/**
 * From an award to a signed badge, alone or in a batch.
 *
 * @module
 */
import type { CanonicalForms } from '../canonical/types.js'
import type { JsonObject } from '../internal/types.js'
import type {
  CredentialInput,
  IssuerProfile,
  OpenBadgeCredential,
  SecuredCredential,
  VerifiableCredential,
} from '../model/types.js'
import type { SignSettings } from '../proof/signing.js'
import { settled } from '../status/outcome.js'
import { type Award, awardId, credentialInput } from './award.js'
import { demandId, failedAward, type IssuedAward, type IssuedText, type NumberedAward } from './batch.js'
import type { CredentialRecord, CredentialStore, NewCredentialRecord } from './credential-store.js'
import type { PersonIndex } from './persons.js'
import { demandSameBadge, newRecord } from './record.js'
import { allocateStatus, type IssuerStatus, withStatus } from './status-places.js'
import type { BatchTemplates, IssuedFromTemplate } from './templates/template.js'

export interface AwardingSettings {
  readonly profile: IssuerProfile
  readonly salt: () => string
  readonly now: () => Date
  readonly randomUuid: () => string
  readonly createCredential: (input: CredentialInput) => OpenBadgeCredential
  /** The same before the model has judged it, for batches. */
  readonly draft: (input: CredentialInput) => JsonObject
  /** What `sign` signs with; absent where it makes JWTs, which have nothing that templates would save. */
  readonly signing?: (forms: CanonicalForms) => SignSettings
  readonly sign: <C extends VerifiableCredential>(credential: C) => Promise<SecuredCredential<C>>
  readonly status?: IssuerStatus
  readonly credentials?: CredentialStore
  /** The id of a new credential. */
  readonly credentialId: () => string
  /** By which records of a person are found. */
  readonly persons?: PersonIndex
  /** Where a newer version of a credential can be had. */
  readonly refreshUrl?: (credentialId: string) => string
}

export interface Awarding {
  issue(award: Award): Promise<SecuredCredential>
  /** Badges that are issued one after the other or at once, and share templates. */
  batch(): Batch
}

/** What is no error of this library is thrown. */
export interface Batch {
  credentialFor(input: NumberedAward): Promise<IssuedAward>
  textFor(input: NumberedAward): Promise<IssuedText>
  /** Many with a few questions to the stores, in the order of the inputs. `concurrency`: how many are being signed at once. */
  credentialsFor(inputs: readonly NumberedAward[], concurrency: number): Promise<IssuedAward[]>
  textsFor(inputs: readonly NumberedAward[], concurrency: number): Promise<IssuedText[]>
}

/** Loads templates when the first badge may need them; undefined where there are none. */
type Templates = () => BatchTemplates | Promise<BatchTemplates | undefined>

/** An award on its way to a badge. */
interface UnderWay {
  readonly award: Award
  readonly id: string
  readonly input: CredentialInput
  /** The id was given, so that there may be a badge already. */
  readonly isKnowable: boolean
}
/** What became of it: a badge, its text, or why there is none. */
type Result<T> = { readonly made: T; readonly error?: never } | { readonly error: unknown; readonly made?: never }

export function makeAwarding(settings: AwardingSettings): Awarding {
  const { profile, salt, createCredential, sign, signing, status, credentials, now, randomUuid, persons } = settings

  /** Judged before an entry is taken for it. */
  function judged(award: Award): UnderWay {
    const input = credentialInput(award, { profile, salt })
    const id = awardId(award)
    return { award, id: id ?? randomUuid(), input, isKnowable: id !== undefined }
  }

  /** Asks the store for those that have a badge already, allocates for the others, signs them, and records them. */
  async function issueAll(
    awards: readonly UnderWay[],
    templates: Templates,
    concurrency: number,
  ): Promise<Result<SecuredCredential>[]> {
    const results: Result<SecuredCredential>[] = []
    const known = await knownRecords(awards)
    const missing: number[] = []
    for (const [at, { award, id }] of awards.entries()) {
      const record = known[at]
      if (record === undefined) missing.push(at)
      else results[at] = resultOf(() => demandSameBadge(record, award, id))
    }
    const made = await badgesOf(
      missing.map((at) => awards[at] as UnderWay),
      templates,
      concurrency,
    )
    for (const [nth, at] of missing.entries()) results[at] = made[nth] as Result<SecuredCredential>
    return results
  }

  async function knownRecords(awards: readonly UnderWay[]): Promise<(CredentialRecord | undefined)[]> {
    const asked = credentials === undefined ? [] : awards.filter(({ isKnowable }) => isKnowable)
    if (credentials === undefined || asked.length === 0) return []
    const found = await credentials.get(asked.map(({ id }) => ({ awardId: id })))
    const byAward = new Map(asked.map(({ id }, at) => [id, found[at]]))
    return awards.map(({ id, isKnowable }) => (isKnowable ? byAward.get(id) : undefined))
  }

  async function badgesOf(
    awards: readonly UnderWay[],
    templates: Templates,
    concurrency: number,
  ): Promise<Result<SecuredCredential>[]> {
    const places = await allocateStatus(
      status,
      awards.map(({ id }) => id),
    )
    const issued = await eachOf(awards, concurrency, async ({ input }, at) => {
      const taken = settled(places[at])
      const complete = withStatus(input, taken, settings)
      const made = (await (await templates())?.issue(complete)) ?? (await whole(complete))
      return { ...made, places: taken, at: now() }
    })
    if (credentials === undefined) return issued.map((each) => ifMade(each, ({ secured }) => secured))
    const signed = issued.map((each, at): Result<NewCredentialRecord> => {
      const { award, id } = awards[at] as UnderWay
      return ifMade(each, (made) => newRecord(award, id, made, persons))
    })
    const records = signed.flatMap(({ made }) => made ?? [])
    const recorded = (await credentials.put(records)).values()
    // Another process may have been faster: then its badge is the one that exists, and ours was never seen.
    return signed.map((each, at) => {
      const { award, id } = awards[at] as UnderWay
      return ifMade(each, ({ credentialId, credential }) => {
        const record = settled(recorded.next().value)
        return record.credentialId === credentialId ? credential : demandSameBadge(record, award, id)
      })
    })
  }

  /** Where badges are not recorded, their texts need no objects. */
  async function textsOf(
    awards: readonly UnderWay[],
    templates: Templates,
    concurrency: number,
  ): Promise<Result<string>[]> {
    if (credentials !== undefined)
      return (await issueAll(awards, templates, concurrency)).map((each) => ifMade(each, textOf))
    const places = await allocateStatus(
      status,
      awards.map(({ id }) => id),
    )
    return eachOf(awards, concurrency, async ({ input }, at) => {
      const complete = withStatus(input, settled(places[at]), settings)
      const loaded = templates()
      const ready = loaded instanceof Promise ? await loaded : loaded
      return (await ready?.issueText(complete)) ?? textOf((await whole(complete)).secured)
    })
  }

  async function whole(input: CredentialInput): Promise<IssuedFromTemplate> {
    const credential = createCredential(input)
    return { credential, secured: await sign(credential) }
  }

  /** Those that are good together, and what became of each; an error that is none of this library's is thrown in any case. */
  async function eachNumbered<T, Issued>(
    inputs: readonly NumberedAward[],
    issue: (awards: readonly UnderWay[]) => Promise<Result<T>[]>,
    issuedOf: (index: number, id: string, made: T) => Issued,
  ): Promise<(Issued | ReturnType<typeof failedAward>)[]> {
    const judgements = inputs.map((input) =>
      resultOf(() => {
        demandId(input)
        return judged(input.award)
      }),
    )
    const good = judgements.flatMap(({ made }) => made ?? [])
    let results: Iterator<Result<T>>
    try {
      results = (good.length === 0 ? [] : await issue(good)).values()
    } catch (error) {
      // The store failed, and with it all that asked it.
      results = good.map(() => ({ error })).values()
    }
    return inputs.map((input, at) => {
      const { made, error } = judgements[at] as Result<UnderWay>
      if (made === undefined) return failedAward(input, error)
      const result = results.next().value as Result<T>
      return result.made === undefined ? failedAward(input, result.error) : issuedOf(input.index, made.id, result.made)
    })
  }

  return {
    issue: async (award) => {
      const [result] = await issueAll([judged(award)], none, 1)
      if (result?.made === undefined) throw result?.error
      return result.made
    },
    batch: () => {
      const templates = signing === undefined ? none : templatesOnDemand({ ...settings, signing })
      const credentialsFor: Batch['credentialsFor'] = (inputs, concurrency) =>
        eachNumbered(
          inputs,
          (awards) => issueAll(awards, templates, concurrency),
          (index, id, credential) => ({ index, id, credential }),
        )
      const textsFor: Batch['textsFor'] = (inputs, concurrency) =>
        eachNumbered(
          inputs,
          (awards) => textsOf(awards, templates, concurrency),
          (index, id, text) => ({ index, id, text }),
        )
      return {
        credentialFor: async (input) => (await credentialsFor([input], 1))[0] as IssuedAward,
        textFor: async (input) => (await textsFor([input], 1))[0] as IssuedText,
        credentialsFor,
        textsFor,
      }
    },
  }
}

function resultOf<T>(work: () => T): Result<T> {
  try {
    return { made: work() }
  } catch (error) {
    return { error }
  }
}

function ifMade<T, U>(result: Result<T>, work: (made: T) => U): Result<U> {
  return result.made === undefined ? { error: result.error } : resultOf(() => work(result.made as T))
}

/** So many at once, results in order. */
async function eachOf<In, T>(
  items: readonly In[],
  concurrency: number,
  work: (item: In, at: number) => Promise<T>,
): Promise<Result<T>[]> {
  const results: Result<T>[] = []
  let next = 0
  const clerk = async (): Promise<void> => {
    while (next < items.length) {
      const at = next++
      try {
        results[at] = { made: await work(items[at] as In, at) }
      } catch (error) {
        results[at] = { error }
      }
    }
  }
  const clerks: Promise<void>[] = []
  for (let free = Math.min(concurrency, items.length); free > 0; free--) clerks.push(clerk())
  await Promise.all(clerks)
  return results
}

const none = (): Promise<undefined> => Promise.resolve(undefined)

function templatesOnDemand(settings: ConstructorParameters<typeof BatchTemplates>[0]): Templates {
  let templates: BatchTemplates | Promise<BatchTemplates> | undefined
  const load = async (): Promise<BatchTemplates> => {
    const { BatchTemplates } = await import('./templates/template.js')
    templates = new BatchTemplates(settings)
    return templates
  }
  return () => {
    templates ??= load().catch((error) => {
      // The next one asks again.
      templates = undefined
      throw error
    })
    return templates
  }
}

/** A JWT is a text already. */
const textOf = (secured: SecuredCredential): string => (typeof secured === 'string' ? secured : JSON.stringify(secured))
