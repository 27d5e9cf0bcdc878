/**
 * JWTs by hand, also such as no library would make.
 *
 * @module
 */
import { createPrivateKey, type JsonWebKeyInput, sign } from 'node:crypto'
import type { PrivateJwk } from '../../src/model/jwk.js'

const HASH = { EdDSA: undefined, ES256: 'sha256', ES384: 'sha384', RS256: 'sha256' } as const
export const encodePart = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** Objects are written as JSON, texts as they are. Signed by node:crypto with the algorithm of the key, whatever the header says. */
export function makeJws(header: unknown, payload: unknown, key: PrivateJwk): string {
  const input = `${encodePart(header)}.${encodePart(payload)}`
  const algorithm =
    key.kty === 'RSA' ? 'RS256' : ({ Ed25519: 'EdDSA', 'P-256': 'ES256', 'P-384': 'ES384' } as const)[key.crv]
  const signature = sign(HASH[algorithm], Buffer.from(input), {
    key: createPrivateKey({ key: { ...key }, format: 'jwk' } as JsonWebKeyInput),
    dsaEncoding: 'ieee-p1363',
  })
  return `${input}.${signature.toString('base64url')}`
}
