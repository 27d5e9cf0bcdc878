/**
 * What an issuer publishes so that others find its keys: the did:web document and the JWKS.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { arrayOf, date, type Kind, list, type Members, oneOf, record, shape, text } from '../internal/members.js'
import type { Json } from '../internal/types.js'
import type { PublicJwk } from '../model/jwk.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { algorithmOf, expectVerifyingKey, publicJwk } from './jwk.js'
import { checkVerificationMethod } from './local-signer.js'
import { encodePublicMultikey } from './multikey.js'

/** A public key of an issuer and what it is still good for. */
export interface IssuerKey {
  /** The verification method: a DID URL of the issuer's, or an https URL. */
  readonly id: string
  readonly publicKey: PublicJwk
  /**
   * An `active` key signs, and speaks for the issuer (`authentication`). A `verify-only` one has been rotated out: badges it
   * signed stay good. A `revoked` key stays in the document, with the date, so that badges it signed fail with a reason.
   * Default active.
   */
  readonly state?: 'active' | 'verify-only' | 'revoked' | undefined
  /** From when on nothing it signed counts. Required for a revoked key. */
  readonly revoked?: Date | undefined
  readonly expires?: Date | undefined
}

/** A controlled identifier document (Controlled Identifiers 1.0, DID Core 1.0). */
export interface DidDocument {
  readonly '@context': readonly string[]
  readonly id: string
  readonly verificationMethod: readonly PublishedMethod[]
  readonly assertionMethod: readonly string[]
  readonly authentication: readonly string[]
  readonly service?: readonly Json[]
}

/** Multikey; for RSA, which has no Multikey form, JsonWebKey. */
export type PublishedMethod = {
  readonly id: string
  readonly controller: string
  readonly revoked?: string
  readonly expires?: string
} & (
  | { readonly type: 'Multikey'; readonly publicKeyMultibase: string }
  | { readonly type: 'JsonWebKey'; readonly publicKeyJwk: PublicJwk }
)

/** Whose document it is, and what stands in it. */
export interface DidDocumentOptions {
  readonly id: string
  readonly keys: readonly IssuerKey[]
  /** As `service`. Default none. */
  readonly services?: readonly Json[] | undefined
}

const KEY: Members<IssuerKey> = {
  id: text,
  publicKey: record,
  state: oneOf('active', 'verify-only', 'revoked'),
  revoked: date,
  expires: date,
}
/** A misspelt `revoked` would leave a stolen key in force. */
export const issuerKey: Kind = shape(KEY, { required: ['id', 'publicKey'] })
const DOCUMENT: Members<DidDocumentOptions> = { id: text, keys: arrayOf(issuerKey), services: list }

/** Throws UsageError where a key id does not belong to `id`, stands twice, or a revoked key has no date. */
export function didDocument(options: DidDocumentOptions): DidDocument {
  demandOptions(options, DOCUMENT, { required: ['id', 'keys'] })
  const { id, keys, services } = options
  if (keys.length === 0) throw invalidOption('keys', 'is empty: a document without keys verifies nothing')
  const methods = checkKeys(keys).map((key) => publish(key, id))
  return {
    '@context': [
      'https://www.w3.org/ns/did/v1',
      'https://w3id.org/security/multikey/v1',
      ...(methods.some(({ type }) => type === 'JsonWebKey') ? ['https://w3id.org/security/jwk/v1'] : []),
    ],
    id,
    verificationMethod: methods,
    // Also for verifiers that do not know `revoked`: they see a key that may not sign credentials.
    assertionMethod: keys.filter(({ state }) => state !== 'revoked').map((key) => key.id),
    authentication: keys.filter(isActive).map((key) => key.id),
    ...(services === undefined ? {} : { service: services }),
  }
}

/** RFC 7517 section 5. Revoked keys are left out: a JWKS has no way to say since when. */
export function jwks(keys: readonly IssuerKey[]): { keys: PublicJwk[] } {
  demandArgument(keys, arrayOf(issuerKey), 'keys')
  return {
    keys: checkKeys(keys)
      .filter(({ state, revoked }) => state !== 'revoked' && revoked === undefined)
      .map(({ id, publicKey }) => ({ ...publicJwk(publicKey), kid: id, use: 'sig', alg: algorithmOf(publicKey) })),
  }
}

function isActive({ state = 'active', revoked }: IssuerKey): boolean {
  return state === 'active' && revoked === undefined
}

function checkKeys(keys: readonly IssuerKey[]): IssuerKey[] {
  const seen = new Set<string>()
  return keys.map((key) => {
    const id = checkVerificationMethod(key.id)
    if (seen.has(id)) throw invalidOption('keys', `has ${id} twice`)
    seen.add(id)
    if (key.state === 'revoked' && key.revoked === undefined) {
      throw invalidOption('keys', `: ${id} is revoked but has no date in "revoked"`)
    }
    return { ...key, publicKey: expectVerifyingKey(key.publicKey, `"keys": ${id}`).key }
  })
}

function publish({ id, publicKey, revoked, expires }: IssuerKey, controller: string): PublishedMethod {
  if (!id.startsWith(`${controller}#`) || id.length === controller.length + 1) {
    throw invalidOption('keys', `: ${id} is not a fragment of ${controller}`)
  }
  const common = {
    id,
    controller,
    ...(revoked === undefined ? {} : { revoked: revoked.toISOString() }),
    ...(expires === undefined ? {} : { expires: expires.toISOString() }),
  }
  return publicKey.kty === 'RSA'
    ? { ...common, type: 'JsonWebKey', publicKeyJwk: publicJwk(publicKey) }
    : { ...common, type: 'Multikey', publicKeyMultibase: encodePublicMultikey(publicKey) }
}
