/**
 * The key that belongs to one proof alone: it signs each statement that may be withheld, the issuer's key signs it, and nobody
 * keeps its private half (vc-di-ecdsa section 3.6.5).
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { decodeBase58btc, encodeBase58btc } from '../internal/base58btc.js'
import { encodeUtf8 } from '../internal/bytes.js'
import type { Bytes, MaybePromise } from '../internal/types.js'
import { expectKey, publicJwk, readPrivateJwk } from '../keys/jwk.js'
import { decodePublicMultikey, encodePublicMultikey } from '../keys/multikey.js'
import { cryptoPlatform } from '../platform/crypto.js'

/** Signs the statements, in their order. Throws UsageError where `generateKey` gives no P-256 key. */
export async function signStatements(
  statements: readonly string[],
  generateKey: () => MaybePromise<object>,
): Promise<{ readonly publicKey: Bytes; readonly signatures: readonly Bytes[] }> {
  const { key } = expectKey(readPrivateJwk(await generateKey()), 'the key of the proof')
  if (key.kty !== 'EC' || key.crv !== 'P-256') throw invalidOption('generateKey', 'gives P-256 keys')
  const platform = cryptoPlatform()
  const imported = await platform.importPrivateKey('ES256', key)
  const signatures: Bytes[] = []
  for (const each of statements) signatures.push(await platform.sign('ES256', imported, encodeUtf8(each)))
  const multikey = encodePublicMultikey(publicJwk(key) as typeof key)
  return { publicKey: decodeBase58btc(multikey.slice(1)) as Bytes, signatures }
}

/** Undefined where the bytes are no P-256 Multikey. */
export async function importProofKey(publicKey: Bytes): Promise<StatementVerifier | undefined> {
  const reading = decodePublicMultikey(`z${encodeBase58btc(publicKey)}`)
  if (!reading.ok || reading.key.kty !== 'EC' || reading.key.crv !== 'P-256') return undefined
  const platform = cryptoPlatform()
  const imported = await platform.importPublicKey('ES256', reading.key)
  return (statement, signature) => platform.verify('ES256', imported, encodeUtf8(statement), signature)
}

export type StatementVerifier = (statement: string, signature: Bytes) => MaybePromise<boolean>
