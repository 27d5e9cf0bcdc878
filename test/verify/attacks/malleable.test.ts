/**
 * What anybody can change of a signature without the key, and it still verifies: RFC 7515 section 2 and 7.1 (one spelling of a compact JWS),
 * RFC 7518 section 3.4 and FIPS 186-5 section 6.4 (ECDSA has two values of s, and both are right).
 *
 * The decision: base64url is strict and no white space is inside; white space around a JWT belongs to the file that it stands in.
 * Both values of s are taken, as neither JOSE nor Data Integrity asks for the lower one, and signers of the field give either. So no
 * signature is an identity: badges are told apart by what they say.
 */
import * as nodeModule from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  anyIssuer,
  createEndorsement,
  createSigner,
  generateKey,
  signCredential,
  verifyCredential,
} from '../../../src/entries/index.js'
import { decodeBase58btc, encodeBase58btc } from '../../../src/internal/base58btc.js'
import { webCryptoPlatform } from '../../../src/platform/crypto.js'
import { nodeCrypto } from '../../../src/platform/node-crypto.js'
import { badgeOf, codesOf, type Issuer, NOW, newIssuer, signed, web } from '../kit.js'

/** SEC 2 version 2.0 sections 2.4.2 and 2.5.1: the orders of the groups. */
const ORDERS = {
  ES256: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  ES384: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
} as const
type Algorithm = keyof typeof ORDERS

/** The same r, and n - s. */
function otherS(signature: Uint8Array, algorithm: Algorithm): Uint8Array {
  const half = signature.length / 2
  const s = BigInt(`0x${Buffer.from(signature.subarray(half)).toString('hex')}`)
  const other = (ORDERS[algorithm] - s).toString(16).padStart(half * 2, '0')
  return Uint8Array.from([...signature.subarray(0, half), ...Buffer.from(other, 'hex')])
}
const verify = (input: string | object) =>
  verifyCredential(input, { trustedIssuers: anyIssuer, now: NOW, loader: web({}) })
const jwtOf = (issuer: Issuer) => signCredential(badgeOf(issuer), { signer: issuer.signer, format: 'jwt', now: NOW })

describe.each(['ES256', 'ES384'] as const)('%s', (algorithm) => {
  test('both values of s are right, on every platform', async () => {
    const signer = await createSigner({ key: await generateKey(algorithm) })
    const data = new TextEncoder().encode('signed')
    const signature = await signer.sign(data)
    for (const platform of [nodeCrypto(nodeModule), webCryptoPlatform()]) {
      const key = await platform.importPublicKey(algorithm, signer.publicKey)
      const verifies = (bytes: Uint8Array, text = data) => platform.verify(algorithm, key, text, bytes)
      expect(await verifies(signature)).toBe(true)
      expect(await verifies(otherS(signature, algorithm))).toBe(true)
      expect(await verifies(otherS(signature, algorithm), new TextEncoder().encode('other'))).toBe(false)
    }
  })
  test('of a JWT and of a Data Integrity proof: the report is of the same badge', async () => {
    const issuer = await newIssuer(algorithm)
    const jwt = await jwtOf(issuer)
    const [head, body, tail = ''] = jwt.split('.')
    const other = Buffer.from(otherS(Buffer.from(tail, 'base64url'), algorithm)).toString('base64url')
    expect(other).not.toBe(tail)
    const [one, two] = [await verify(jwt), await verify(`${head}.${body}.${other}`)]
    expect([one.outcome, two.outcome]).toEqual(['valid', 'valid'])
    expect(two.outcome === 'valid' && two.credential).toEqual(one.outcome === 'valid' && one.credential)

    const badge = await signed(issuer)
    const proof = [badge.proof].flat()[0] as unknown as { proofValue: string }
    const bytes = decodeBase58btc(proof.proofValue.slice(1)) as Uint8Array
    const changed = {
      ...badge,
      proof: { ...proof, proofValue: `z${encodeBase58btc(otherS(bytes, algorithm) as never)}` },
    }
    expect((await verify(changed)).outcome).toBe('valid')
  })
})

describe('one spelling of a JWT', () => {
  test.each([' ', '\n', '\r\n\t ', '\ufeff'])('white space around it is of the file: %j', async (space) => {
    const jwt = await jwtOf(await newIssuer())
    for (const text of [space + jwt, jwt + space, space + jwt + space]) {
      const report = await verify(text)
      expect(report.outcome).toBe('valid')
      expect(report.outcome === 'valid' && report.secured).toBe(jwt)
    }
  })
  test.each([' ', '\n', '=', '\u00a0', '\0'])('and refused inside: %j', async (space) => {
    const jwt = await jwtOf(await newIssuer())
    const [head = '', body = '', tail = ''] = jwt.split('.')
    for (const text of [
      `${head}${space}.${body}.${tail}`,
      `${head}.${space}${body}.${tail}`,
      `${head}.${body}${space}.${tail}`,
      `${head}.${body}.${space}${tail}`,
      `${head}.${body.slice(0, 8)}${space}${body.slice(8)}.${tail}`,
    ]) {
      const report = await verify(text)
      expect(report.outcome).toBe('invalid')
      expect(codesOf(report)).not.toContain('proof.verified')
    }
  })
  test('and refused where it stands in JSON: there is no file around it', async () => {
    const issuer = await newIssuer()
    const endorsement = createEndorsement({
      issuer: issuer.id,
      name: 'Endorsement',
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject: { id: badgeOf(issuer).id as string, endorsementComment: 'Well deserved.' },
    })
    const jwt = await signCredential(endorsement, { signer: issuer.signer, format: 'jwt', now: NOW })
    const statusOf = async (text: string) => (await verify(await endorsedBy(issuer, text))).checks.endorsements.status
    expect(await statusOf(jwt)).toBe('valid')
    for (const text of [`${jwt}\n`, ` ${jwt}`]) expect(await statusOf(text)).not.toBe('valid')
  })
})

/** A badge whose endorsement is this text, signed without a look at it. */
async function endorsedBy(issuer: Issuer, endorsementJwt: string): Promise<string> {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const { signer } = issuer
  const header = { alg: signer.algorithm, typ: 'vc+jwt', kid: signer.verificationMethod }
  const input = `${part(header)}.${part({ ...badgeOf(issuer), endorsementJwt: [endorsementJwt] })}`
  return `${input}.${Buffer.from(await signer.sign(new TextEncoder().encode(input))).toString('base64url')}`
}
