/**
 * Compressed points of the NIST curves (SEC 1 section 2.3), as Multikey carries them.
 *
 * @module
 */
import type { Bytes } from '../internal/types.js'

/** y² = x³ - 3x + b over p, a group of order n; both primes are 3 modulo 4, so a square root is one power. FIPS 186-4 appendix D.1.2. */
const CURVE = {
  'P-256': {
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
    bytes: 32,
  },
  'P-384': {
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    n: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    bytes: 48,
  },
} as const

export type NistCurve = keyof typeof CURVE

/** 02 or 03 by the parity of y, then x. */
export function compressPoint(x: Bytes, y: Bytes): Bytes {
  const point = new Uint8Array(1 + x.length)
  point[0] = 2 + ((y.at(-1) ?? 0) & 1)
  point.set(x, 1)
  return point
}

/** Undefined where the bytes are no point of the curve. */
export function decompressPoint(curve: NistCurve, point: Bytes): { x: Bytes; y: Bytes } | undefined {
  const { p, b, bytes } = CURVE[curve]
  if (point.length !== bytes + 1 || (point[0] !== 2 && point[0] !== 3)) return undefined
  const x = toBigInt(point.subarray(1))
  if (x >= p) return undefined
  const square = (x ** 3n - 3n * x + b) % p
  const root = power(((square % p) + p) % p, (p + 1n) / 4n, p)
  if ((root * root - square) % p !== 0n) return undefined
  const y = (root & 1n) === BigInt((point[0] as number) & 1) ? root : p - root
  return { x: point.slice(1), y: toBytes(y, bytes) }
}

/** Do the coordinates fulfil the curve's equation? (Both curves have prime order, so every such point is in the right group.) */
export function isOnCurve(curve: NistCurve, x: Bytes, y: Bytes): boolean {
  const { p, b } = CURVE[curve]
  const [left, right] = [toBigInt(x), toBigInt(y)]
  return left < p && right < p && (right * right - left ** 3n + 3n * left - b) % p === 0n
}

/** Can the bytes be a private key? From 1 to the group's order minus 1 (FIPS 186-4 appendix B.4). */
export function isScalar(curve: NistCurve, secret: Bytes): boolean {
  const value = toBigInt(secret)
  return value > 0n && value < CURVE[curve].n
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (let bit = exponent; bit > 0n; bit >>= 1n) {
    if (bit & 1n) result = (result * base) % modulus
    base = (base * base) % modulus
  }
  return result
}

function toBigInt(bytes: Bytes): bigint {
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  return value
}

function toBytes(value: bigint, length: number): Bytes {
  const bytes = new Uint8Array(length)
  for (let at = length - 1; at >= 0; at--, value >>= 8n) bytes[at] = Number(value & 0xffn)
  return bytes
}
