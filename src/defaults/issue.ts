/**
 * The public functions with their defaults. Issuing. Here, and nowhere below, clock, randomness, network and caches come from
 * the platform.
 *
 * @module
 */

import type { CanonicalForms } from '../canonical/types.js'
import { invalidOption, missingOption } from '../errors.js'
import { encodeBase64url } from '../internal/base64url.js'
import {
  anything,
  arrayOf,
  callable,
  type Hints,
  having,
  type Members,
  record,
  shape,
  text,
} from '../internal/members.js'
import type { Optional } from '../internal/types.js'
import type { AwardStore } from '../issue/award-store.js'
import type { CredentialStore } from '../issue/credential-store.js'
import { type Issuer, type IssuerSettings, makeIssuer } from '../issue/issuer.js'
import { createPersonIndex, type PersonKeys, personKeys } from '../issue/persons.js'
import type { IssuerStatus } from '../issue/status-places.js'
import { completeStatus, type StatusOptions } from '../issue/status-settings.js'
import { type IssuerKey, issuerKey } from '../keys/issuer-keys.js'
import { demandActive } from '../keys/key-set.js'
import { signingElsewhere } from '../keys/local-signer.js'
import type { Signer } from '../keys/signer.js'
import { draftCredential } from '../model/create.js'
import type { IssuerProfile, SecuredCredential, VerifiableCredential } from '../model/types.js'
import type { JwtShape } from '../proof/jwt-shapes.js'
import type { SignSettings } from '../proof/signing.js'
import { type ProofSuite, proofSuite } from '../proof/suite.js'
import { demandOptions } from '../report/demand-options.js'
import type { Limits } from '../report/limits.js'
import type { DocumentLoader } from '../resolve/document-loader.js'
import type { StatusMessageSet } from '../status/write-entry.js'
import { createCredential } from './model.js'
import { now as platformNow, randomUuid } from './platform.js'
import { type SignOptions, signCredential, signSettings } from './sign.js'

/** Who issues, with which key, and what is kept of it. */
export interface IssuerOptions {
  /** Who issues. Its `id` has to be one that the signer's key can speak for. */
  readonly profile: IssuerProfile
  readonly signer: Signer
  /** For embedded proofs. Default: `eddsa-rdfc-2022` for Ed25519, `ecdsa-rdfc-2019` for P-256 and P-384. */
  readonly suite?: string | undefined
  /** Instead of `suite`, for readers that know nothing newer: the name of a legacy suite. Default: none. */
  readonly legacySuite?: string | undefined
  /** Default `embedded`. */
  readonly format?: 'embedded' | 'jwt' | undefined
  /** With `format: 'jwt'`: which shape. Default `open-badges`. */
  readonly jwt?: JwtShape | undefined
  /** Where the status of badges is kept and published. Without it they have none, and cannot be revoked. */
  readonly status?: StatusOptions | undefined
  /** What was issued: for idempotency, revocation, renewal, audit and export. */
  readonly credentials?: CredentialStore | undefined
  /** What was offered, claimed, closed and erased; of the same stores as `credentials`. */
  readonly awards?: AwardStore | undefined
  /** A secret by which all that a person has is found (`find`, `erase`). Without it nobody can be found. */
  readonly persons?: PersonKeys | undefined
  /** The id of a new badge. Default: a fresh `urn:uuid:`; give it a URL where badges are hosted. */
  readonly credentialId?: ((uuid: string) => string) | undefined
  /** Where a newer version of a badge can be had (1EdTechCredentialRefresh). Default: nowhere. */
  readonly refreshUrl?: ((credentialId: string) => string) | undefined
  /** The issuer's keys as it publishes them: then signing with one that is not active is refused (`usage.key_not_active`). */
  readonly keys?: readonly IssuerKey[] | undefined
  /** Default: the platform's clock. */
  readonly now?: (() => Date) | undefined
  readonly suites?: readonly ProofSuite[] | undefined
  readonly loader?: DocumentLoader | undefined
  readonly limits?: Optional<Limits> | undefined
}

/** `anything` is judged by completeStatus. */
const STATUS: Members<IssuerStatus> = {
  store: anything,
  listUrl: anything,
  purposes: anything,
  format: anything,
  messages: shape<StatusMessageSet>({ messages: anything, reference: anything }),
  ttlSeconds: anything,
  validitySeconds: anything,
  revocationListUrl: anything,
}

/** `anything` is judged by issuerSettings. */
const ISSUER: Members<IssuerOptions> = {
  profile: anything,
  signer: anything,
  suite: text,
  legacySuite: text,
  format: anything,
  jwt: anything,
  status: shape(STATUS),
  credentials: having('get', 'put', 'change', 'list'),
  awards: having('get', 'put', 'change', 'list'),
  persons: personKeys,
  credentialId: callable,
  refreshUrl: callable,
  keys: arrayOf(issuerKey),
  now: callable,
  suites: arrayOf(proofSuite),
  loader: having('load'),
  limits: record,
}
const HINTS: Hints = {
  stores:
    'give what it holds, "credentials": stores.credentials, "awards": stores.awards and "status": { store: stores.status, listUrl }',
  store: 'did you mean "credentials", or "status", { store, listUrl }?',
  issuer: 'did you mean "profile"?',
  key: 'did you mean "signer", which createSigner makes of a key?',
}

/** Random bytes for some hundred salts or secrets at a time: asking for them takes longer than making a salt of them. */
function saltSource(): () => string {
  const pool = new Uint8Array(SALT_BYTES * 256)
  let used = pool.length
  return () => {
    if (used === pool.length) {
      globalThis.crypto.getRandomValues(pool)
      used = 0
    }
    const salt = pool.slice(used, used + SALT_BYTES)
    // What has been given out is not kept.
    pool.fill(0, used, used + SALT_BYTES)
    used += SALT_BYTES
    return encodeBase64url(salt)
  }
}

/** Bytes of the salt of a hashed e-mail address, and of the secret of an offer: as many as a key, so that nobody can try them all. */
const SALT_BYTES = 16

/**
 * An issuer: its profile, its key, and what it awards, one by one or in batches. With stores it also revokes, suspends, renews,
 * and never issues one award twice. Throws UsageError `usage.missing_option`, `usage.invalid_option`, `usage.key_not_active`.
 */
export function createIssuer(options: IssuerOptions): Issuer {
  return makeIssuer(issuerSettings(options), issuerSettings({ ...options, signer: signingElsewhere(options.signer) }))
}

/** What `createIssuer` makes an issuer of. Throws as it does. */
export function issuerSettings(options: IssuerOptions): IssuerSettings {
  demandOptions(options, ISSUER, { hints: HINTS })
  const { profile, signer, format = 'embedded', jwt, now = platformNow } = options ?? {}
  const { suite, legacySuite, suites, loader, limits } = options ?? {}
  const {
    credentials,
    awards,
    persons,
    credentialId = (uuid: string) => `urn:uuid:${uuid}`,
    refreshUrl,
    keys,
  } = options ?? {}
  if (typeof profile?.id !== 'string')
    throw missingOption('profile', 'is missing: who issues, with an "id" that the signer\'s key can speak for')
  if (typeof signer?.sign !== 'function') throw missingOption('signer', 'is missing: make one with createSigner')
  if (format !== 'embedded' && format !== 'jwt') throw invalidOption('format', 'is "embedded" or "jwt"')
  if (format === 'embedded' && jwt !== undefined) throw invalidOption('jwt', 'is for format: "jwt"')
  const common: SignOptions = {
    signer,
    ...(suite === undefined ? {} : { suite }),
    ...(legacySuite === undefined ? {} : { legacySuite }),
    ...(suites === undefined ? {} : { suites }),
    ...(loader === undefined ? {} : { loader }),
    ...(limits === undefined ? {} : { limits }),
  }
  if (keys !== undefined) demandActive(keys, signer.verificationMethod, now())
  let signing: SignSettings | undefined
  const status = options.status === undefined ? undefined : completeStatus(options.status)
  return {
    profile,
    salt: saltSource(),
    newSecret: saltSource(),
    now,
    randomUuid,
    createCredential: (input) => createCredential({ validFrom: now(), ...input }),
    draft: (input) => draftCredential({ validFrom: now(), ...input }, { randomUuid, now }),
    sign: async <C extends VerifiableCredential>(credential: C): Promise<SecuredCredential<C>> => {
      // A service that runs for months must not go on with a key that was revoked meanwhile.
      if (keys !== undefined) demandActive(keys, signer.verificationMethod, now())
      return format === 'jwt'
        ? signCredential(credential, { ...common, now: now(), format, ...(jwt === undefined ? {} : { jwt }) })
        : signCredential(credential, { ...common, now: now() })
    },
    ...(format === 'jwt'
      ? {}
      : {
          signing: (forms) => {
            const time = now()
            if (keys !== undefined) demandActive(keys, signer.verificationMethod, time)
            signing ??= forBatches(signSettings({ ...common, now: time }))
            // Every member is there already: for one that is added behind a spread V8 makes a hidden class for each object anew.
            return { ...signing, now: time, context: { ...signing.context, now: time, forms } }
          },
        }),
    clock: () => performance.now(),
    verificationMethod: signer.verificationMethod,
    isJwt: format === 'jwt',
    credentialId: () => credentialId(randomUuid()),
    ...(status === undefined ? {} : { status }),
    ...(credentials === undefined ? {} : { credentials }),
    ...(awards === undefined ? {} : { awards }),
    ...(persons === undefined ? {} : { persons: createPersonIndex(persons) }),
    ...(refreshUrl === undefined ? {} : { refreshUrl }),
  }
}

/** Without a memory of documents, which is of one call; with a place for each badge's forms, and nobody's in it. */
function forBatches(settings: SignSettings): SignSettings {
  const { memo: _, ...context } = settings.context
  const forms: CanonicalForms = { of: () => undefined }
  return { ...settings, context: { ...context, forms } }
}
