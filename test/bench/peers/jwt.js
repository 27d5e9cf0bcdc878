/**
 * VC-JWTs by jose alone, and by did-jwt-vc.
 *
 * @module
 */
import { EdDSASigner } from 'did-jwt'
import { createVerifiableCredentialJwt, verifyCredential } from 'did-jwt-vc'
import { compactVerify, importJWK, SignJWT } from 'jose'

const decoder = new TextDecoder()

/** The signature and its JSON, no more: no model, no dates, no key to be found. */
export async function jose(algorithm, { privateJwk, publicJwk, verificationMethod }) {
  const [secret, key] = [await importJWK(privateJwk, algorithm), await importJWK(publicJwk, algorithm)]
  const header = { alg: algorithm, typ: 'JWT', kid: verificationMethod }
  return {
    sign: (text) => new SignJWT(JSON.parse(text)).setProtectedHeader(header).sign(secret),
    verify: async (jwt) => JSON.parse(decoder.decode((await compactVerify(jwt, key)).payload)),
  }
}

/** Takes VCDM 1.1 only, so it gets the same badge under those names. */
export function didJwtVc({ privateJwk, publicJwk, did, verificationMethod }) {
  const signer = EdDSASigner(Buffer.from(privateJwk.d, 'base64url'))
  const issuer = { did, signer, alg: 'EdDSA' }
  const didDocument = {
    id: did,
    verificationMethod: [{ id: verificationMethod, type: 'JsonWebKey2020', controller: did, publicKeyJwk: publicJwk }],
    assertionMethod: [verificationMethod],
    authentication: [verificationMethod],
  }
  const resolver = { resolve: async () => ({ didResolutionMetadata: {}, didDocument, didDocumentMetadata: {} }) }
  return {
    sign: async (text) => {
      const badge = JSON.parse(text)
      return createVerifiableCredentialJwt(
        {
          sub: badge.credentialSubject.id,
          nbf: Math.floor(Date.parse(badge.validFrom) / 1000),
          vc: { ...badge, '@context': ['https://www.w3.org/2018/credentials/v1', ...badge['@context']] },
        },
        issuer,
      )
    },
    verify: (jwt) => verifyCredential(jwt, resolver),
  }
}
