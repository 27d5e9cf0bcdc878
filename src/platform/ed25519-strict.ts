/**
 * What RFC 8032 leaves open or runtimes do not check: which encodings of Ed25519 are taken. OpenSSL and WebCrypto take a public key
 * of small order, and under such a key one signature holds for many documents, made by anybody. The rules are those of "Taming
 * the many EdDSAs" (IACR 2020/1244) for a signature that binds its key and message: canonical encodings (RFC 8032 section 5.1.3),
 * S below the order of the group (section 5.1.7), and neither the key nor R of small order.
 *
 * Comparisons of public bytes alone: nothing here is secret, and no curve arithmetic is done. So a key of mixed order, which only its
 * own holder can make, is not told from others here.
 *
 * @module
 */
import { decodeBase64url } from '../internal/base64url.js'
import type { Bytes } from '../internal/types.js'

/** 2^255 - 19, the prime of the field. RFC 8032 section 5.1. */
const P = 2n ** 255n - 19n
/** The order of the group that the base point generates. RFC 8032 section 5.1. */
const L = 2n ** 252n + 27742317777372353535851937790883648493n
/** The y of a point of order 8; the other such y is its negative. */
const Y8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n
/** All y of the eight points of small order: orders 4, 1, 2 and twice 8. Each stands for both signs of x. */
const SMALL_ORDER: ReadonlySet<bigint> = new Set([0n, 1n, P - 1n, Y8, P - Y8])
/** The highest seven bits of what is refused, P and more included. All else is a point by one look. */
const REFUSED_TOPS: ReadonlySet<number> = new Set([...SMALL_ORDER, P].map((y) => Number(y >> 248n)))
/** The highest byte of the group's order: S with a lower one is below it. */
const TOP_OF_L = Number(L >> 248n)

/** Why 32 bytes are not taken as a point: a clause with "it" as its subject. Undefined where they are. */
export function refusalOfEd25519Point(bytes: Bytes): string | undefined {
  if (bytes.length !== 32) return 'has not 32 bytes'
  // The top bit is the sign of x.
  if (!REFUSED_TOPS.has((bytes[31] as number) & 0x7f)) return undefined
  const y = littleEndian(bytes) & (2n ** 255n - 1n)
  if (y >= P) return 'is not a canonical encoding (RFC 8032 section 5.1.3)'
  return SMALL_ORDER.has(y) ? 'is of small order: anybody can sign for it' : undefined
}

/** Whether R and S of a signature are encoded as RFC 8032 section 5.1.7 has it, and R is not of small order. */
export function isStrictEd25519Signature(signature: Bytes): boolean {
  return (
    signature.length === 64 &&
    refusalOfEd25519Point(signature.subarray(0, 32)) === undefined &&
    ((signature[63] as number) < TOP_OF_L || littleEndian(signature.subarray(32)) < L)
  )
}

/**
 * Throws TypeError for a public JWK (RFC 8037 section 2) whose point is not taken. What is no point by its length, the runtime refuses in
 * its own words.
 */
export function expectStrictEd25519Key(jwk: object): void {
  const { x } = jwk as { readonly x?: unknown }
  const bytes = typeof x === 'string' ? decodeBase64url(x) : undefined
  if (bytes !== undefined && bytes.length !== 32) return
  const refusal = bytes === undefined ? 'is not base64url' : refusalOfEd25519Point(bytes)
  if (refusal !== undefined) throw new TypeError(`the point of this Ed25519 key ${refusal}`)
}

function littleEndian(bytes: Bytes): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let number = 0n
  for (let at = bytes.length - 8; at >= 0; at -= 8) number = (number << 64n) | view.getBigUint64(at, true)
  return number
}
