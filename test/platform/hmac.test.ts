/** RFC 4231, test cases for HMAC-SHA-256. */
import { describe, expect, test } from 'vitest'
import { decodeHex, encodeHex, encodeUtf8 } from '../../src/internal/bytes.js'
import { hmacSha256, portableHmac } from '../../src/platform/hmac.js'
import { randomBytes } from '../../src/platform/random.js'

const bytes = (hex: string) => decodeHex(hex) as Uint8Array
const CASES = [
  [
    'section 4.2',
    '0b'.repeat(20),
    encodeUtf8('Hi There'),
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  ],
  [
    'section 4.3',
    encodeHex(encodeUtf8('Jefe')),
    encodeUtf8('what do ya want for nothing?'),
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  [
    'section 4.4',
    'aa'.repeat(20),
    bytes('dd'.repeat(50)),
    '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
  ],
  [
    'section 4.7',
    'aa'.repeat(131),
    encodeUtf8('Test Using Larger Than Block-Size Key - Hash Key First'),
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
] as const

describe.each([
  ['of the platform', hmacSha256],
  ['without node:crypto', portableHmac],
])('HMAC-SHA256 %s', (_, hmac) => {
  test.each(CASES)('RFC 4231 %s', (_section, key, data, expected) => {
    const mac = hmac(bytes(key), data)
    expect(encodeHex(mac)).toBe(expected)
    expect(Object.getPrototypeOf(mac)).toBe(Uint8Array.prototype)
  })
})

test('random bytes are as many as asked for, and others each time', () => {
  expect(randomBytes(32)).toHaveLength(32)
  expect(encodeHex(randomBytes(32))).not.toBe(encodeHex(randomBytes(32)))
})
