/**
 * From an award to a signed badge, alone or in a batch.
 *
 * @module
 */
import type { CanonicalForms } from '../canonical/types.js'
import type { JsonObject } from '../internal/types.js'
import type {
  CredentialInput,
  OpenBadgeCredential,
  Profile,
  SecuredCredential,
  VerifiableCredential,
} from '../model/types.js'
import type { SignSettings } from '../proof/signing.js'
import { type Award, awardId, credentialInput } from './award.js'
import { demandId, failedAward, type IssuedAward, type IssuedText, type NumberedAward } from './batch.js'
import type { CredentialStore } from './credential-store.js'
import { demandSameAward, newRecord } from './record.js'
import { allocateStatus, type IssuerStatus, withStatus } from './status-places.js'
import type { BatchTemplates, IssuedFromTemplate } from './template.js'

export interface AwardingSettings {
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
  readonly status?: IssuerStatus
  readonly credentials?: CredentialStore
  /** The id of a new credential. */
  readonly credentialId: () => string
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
}

/** Loads templates when the first badge may need them; undefined where there are none. */
type Templates = () => BatchTemplates | Promise<BatchTemplates | undefined>

export function makeAwarding(settings: AwardingSettings): Awarding {
  const { profile, salt, createCredential, sign, signing, status, credentials, now, randomUuid } = settings

  async function issue(award: Award, templates: Templates): Promise<SecuredCredential> {
    // Judged before an entry is taken for it.
    const input = credentialInput(award, { profile, salt })
    const id = awardId(award) ?? randomUuid()
    const known =
      award.id === undefined || credentials === undefined ? undefined : await credentials.get({ awardId: id })
    if (known !== undefined) return demandSameAward(known, award, id).credential
    const places = await allocateStatus(status, id)
    const complete = withStatus(input, places, settings)
    const { credential, secured } = (await (await templates())?.issue(complete)) ?? (await whole(complete))
    if (credentials === undefined) return secured
    // Another process may have been faster: then its badge is the one that exists, and ours was never seen.
    const record = await credentials.put(newRecord(award, id, { credential, secured, places, at: now() }))
    return demandSameAward(record, award, id).credential
  }

  async function issueText(award: Award, templates: Templates): Promise<string> {
    // Stores keep badges, not texts.
    if (credentials !== undefined) return textOf(await issue(award, templates))
    const input = credentialInput(award, { profile, salt })
    const places = await allocateStatus(status, awardId(award) ?? randomUuid())
    const complete = withStatus(input, places, settings)
    const loaded = templates()
    const ready = loaded instanceof Promise ? await loaded : loaded
    return (await ready?.issueText(complete)) ?? textOf((await whole(complete)).secured)
  }

  async function whole(input: CredentialInput): Promise<IssuedFromTemplate> {
    const credential = createCredential(input)
    return { credential, secured: await sign(credential) }
  }

  return {
    issue: (award) => issue(award, none),
    batch: () => {
      const templates = signing === undefined ? none : templatesOnDemand({ ...settings, signing })
      return {
        credentialFor: async (input) => {
          try {
            const id = demandId(input)
            return { index: input.index, id, credential: await issue(input.award, templates) }
          } catch (error) {
            return failedAward(input, error)
          }
        },
        textFor: async (input) => {
          try {
            const id = demandId(input)
            return { index: input.index, id, text: await issueText(input.award, templates) }
          } catch (error) {
            return failedAward(input, error)
          }
        },
      }
    },
  }
}

const none = (): Promise<undefined> => Promise.resolve(undefined)

function templatesOnDemand(settings: ConstructorParameters<typeof BatchTemplates>[0]): Templates {
  let templates: BatchTemplates | Promise<BatchTemplates> | undefined
  const load = async (): Promise<BatchTemplates> => {
    const { BatchTemplates } = await import('./template.js')
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
