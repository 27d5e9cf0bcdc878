/**
 * JSON Web Keys as this library takes them: the class JWK of Open Badges 3.0 (appendix B.6.2), narrowed to the keys that sign.
 *
 * @module
 */

interface JwkCommon {
  readonly kid?: string
  /** `sig` or absent; a key for encryption is refused (RFC 7517 section 4.2). */
  readonly use?: string
  readonly key_ops?: readonly string[]
  readonly alg?: string
}

/** RFC 8037 section 2. */
export interface OkpPublicJwk extends JwkCommon {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  readonly x: string
}
/** RFC 7518 section 6.2. */
export interface EcPublicJwk extends JwkCommon {
  readonly kty: 'EC'
  readonly crv: 'P-256' | 'P-384'
  readonly x: string
  readonly y: string
}
/** RFC 7518 section 6.3. */
export interface RsaPublicJwk extends JwkCommon {
  readonly kty: 'RSA'
  readonly n: string
  readonly e: string
}

/** A public key. It never has a private member; a JWK that has one is refused where a public key belongs. */
export type PublicJwk = OkpPublicJwk | EcPublicJwk | RsaPublicJwk

/** A private key. It never appears in an error, a report or a log. */
export type PrivateJwk =
  | (OkpPublicJwk & { readonly d: string })
  | (EcPublicJwk & { readonly d: string })
  | (RsaPublicJwk & {
      readonly d: string
      readonly p: string
      readonly q: string
      readonly dp: string
      readonly dq: string
      readonly qi: string
    })

/**
 * A public key as controlled identifier documents publish it: the class Multikey of Open Badges 3.0 (appendix B.6.3) and
 * Controlled Identifiers 1.0 (section 2.2.2). RSA keys have no such form.
 */
export interface Multikey {
  readonly id: string
  readonly type: 'Multikey'
  readonly controller: string
  /** `z`, then base58btc of the multicodec header and the key. */
  readonly publicKeyMultibase: string
  /** RFC 3339; from then on nothing it signed counts. */
  readonly revoked?: string
  /** RFC 3339. */
  readonly expires?: string
}
