/** A KMS over http (the transit engine of HashiCorp Vault, as its API documents it) that sees bytes only. */
import { constants, createPrivateKey, privateEncrypt, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { vaultEd25519Signer, vaultRsaSigner } from '../../examples/23-kms-signers.js'
import { signerContract } from '../../src/entries/contracts.js'
import { createSigner, generateKey, signCredential, verifyCredential } from '../../src/entries/index.js'
import { givenKeys } from '../../src/entries/resolvers.js'
import { badge, NOW } from '../issue/badge.js'

const seen: Buffer[] = []
let isUp = true
const jwks = { ed: await generateKey('EdDSA'), rsa: await generateKey('RS256') }
/** RFC 8017 section 9.2. */
const DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex')

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { input, prehashed } = JSON.parse(Buffer.concat(chunks).toString())
  const data = Buffer.from(input, 'base64')
  seen.push(data)
  const name = /^\/v1\/transit\/sign\/(ed|rsa)(?:\/sha2-256)?$/.exec(request.url ?? '')?.[1] as
    | keyof typeof jwks
    | undefined
  if (!isUp || name === undefined || request.headers['x-vault-token'] !== 'token') {
    response.writeHead(503).end('{"errors":["Vault is sealed"]}')
    return
  }
  const key = createPrivateKey({ key: jwks[name] as never, format: 'jwk' })
  const signature =
    prehashed === true
      ? privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([DIGEST_INFO, data]))
      : sign(null, data, key)
  response.end(JSON.stringify({ data: { signature: `vault:v1:${signature.toString('base64')}` } }))
})
let address = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const nameOf = async (name: keyof typeof jwks, verificationMethod?: string) => {
  const local = await createSigner({
    key: jwks[name],
    ...(verificationMethod === undefined ? {} : { verificationMethod }),
  })
  return { publicKey: local.publicKey, verificationMethod: local.verificationMethod }
}
const ed = async () => vaultEd25519Signer({ address, token: 'token', key: 'ed' }, await nameOf('ed'))
const rsa = async () =>
  vaultRsaSigner({ address, token: 'token', key: 'rsa' }, await nameOf('rsa', 'https://school.example/issuer#key-1'))

for (const { name, run } of signerContract(ed)) test(`Ed25519: ${name}`, run)
for (const { name, run } of signerContract(rsa)) test(`RSA: ${name}`, run)

test('an embedded proof and a JWT by keys that never left; of the RSA key the service sees digests only', async () => {
  const signer = await ed()
  const issuer = { id: signer.verificationMethod.split('#')[0], type: ['Profile'] }
  const embedded = await signCredential(badge({ issuer }), { signer })
  expect((await verifyCredential(embedded, { trustedIssuers: [String(issuer.id)], now: NOW })).outcome).toBe('valid')

  seen.length = 0
  const rsaSigner = await rsa()
  const jwt = await signCredential(badge({ issuer: { id: 'https://school.example/issuer', type: ['Profile'] } }), {
    signer: rsaSigner,
    format: 'jwt',
  })
  expect(seen.map(({ length }) => length)).toEqual([32])
  const { verificationMethod: id, publicKey: publicKeyJwk } = rsaSigner
  const key = { id, type: 'JsonWebKey', controller: 'https://school.example/issuer', publicKeyJwk }
  const report = await verifyCredential(jwt, {
    trustedIssuers: ['https://school.example/issuer'],
    resolvers: [givenKeys([key])],
  })
  expect(report.checks.proof.status).toBe('valid')
})

test('a service that is down is a SigningError, without the token', async () => {
  isUp = false
  const signer = await ed()
  const issuer = { id: signer.verificationMethod.split('#')[0], type: ['Profile'] }
  const failure = signCredential(badge({ issuer }), { signer })
  await expect(failure).rejects.toMatchObject({ name: 'SigningError', code: 'sign.failed' })
  await expect(failure).rejects.not.toMatchObject({ message: expect.stringContaining('token') })
  isUp = true
})
