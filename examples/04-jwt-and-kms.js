// Sign as a JWT with a key that never leaves its KMS: here a function that takes digests and answers in DER.
import { createPrivateKey, createPublicKey, privateEncrypt } from 'node:crypto'
import { anyIssuer, createCredential, digestSigner, generateKey, signCredential, verifyCredential } from 'badgewright'
import { givenKeys } from 'badgewright/resolvers'
import { badge } from './01-issue.js'

// #region kms
const kms = fakeKms(await generateKey('RS256'))
const signer = digestSigner({
  algorithm: 'RS256',
  publicKey: kms.publicKey,
  verificationMethod: 'https://school.example/issuer#key-1',
  encoding: 'raw',
  signDigest: (digest) => kms.sign(digest), // AWS KMS: Sign with MessageType DIGEST
})
// #endregion

const { achievement } = badge.credentialSubject
const issuer = { id: 'https://school.example/issuer', name: 'Example School of Education' }
const credential = createCredential({ issuer, credentialSubject: { id: 'did:example:teacher-17', achievement } })
const jwt = await signCredential(credential, { signer, format: 'jwt' })

// The school has the issuer's key from a contract: nothing is fetched.
const key = { id: signer.verificationMethod, type: 'JsonWebKey', controller: issuer.id, publicKeyJwk: signer.publicKey }
const report = await verifyCredential(jwt, { trustedIssuers: anyIssuer, resolvers: [givenKeys([key])] })
console.log(report.outcome, report.checks.proof.findings[0].message)

/** Stands for the service: it sees digests and never gives the key away. */
function fakeKms(jwk) {
  const key = createPrivateKey({ key: jwk, format: 'jwk' })
  const DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex') // RFC 8017 section 9.2
  const pad = (digest) => Buffer.concat([DIGEST_INFO, digest])
  return {
    publicKey: createPublicKey(key).export({ format: 'jwk' }),
    sign: async (digest) => privateEncrypt(key, pad(digest)),
  }
}
