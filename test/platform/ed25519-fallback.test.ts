/** RFC 8032 without the runtime's help. */
import * as nodeModule from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { importPublicKey, readPrivateKey } from '../../src/keys/import-key.js'
import { publicJwk } from '../../src/keys/jwk.js'
import type { PrivateJwk } from '../../src/model/jwk.js'
import { nodeCrypto } from '../../src/platform/node-crypto.js'
import { webCrypto } from '../../src/platform/web-crypto.js'
import { base64url, hex, KEYS, RFC8032, utf8 } from '../keys/vectors.js'

/** As older browsers answer: they do not know the name. */
function withoutEd25519(): Crypto {
  const { subtle } = globalThis.crypto
  const known = (algorithm: unknown) =>
    (typeof algorithm === 'string' ? algorithm : (algorithm as Algorithm).name) !== 'Ed25519'
  const refuse = () => Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'))
  const old = {
    importKey: (...args: Parameters<SubtleCrypto['importKey']>) =>
      known(args[2]) ? subtle.importKey(...args) : refuse(),
    generateKey: (...args: [never, never, never]) => (known(args[0]) ? subtle.generateKey(...args) : refuse()),
    exportKey: (...args: ['jwk', CryptoKey]) => subtle.exportKey(...args),
    sign: (...args: Parameters<SubtleCrypto['sign']>) => (known(args[0]) ? subtle.sign(...args) : refuse()),
    verify: (...args: Parameters<SubtleCrypto['verify']>) => (known(args[0]) ? subtle.verify(...args) : refuse()),
    digest: (...args: Parameters<SubtleCrypto['digest']>) => subtle.digest(...args),
  }
  return { subtle: old } as unknown as Crypto
}

const node = nodeCrypto(nodeModule)
const old = webCrypto(withoutEd25519())
const keyOf = ({ d, x }: { d: string; x: string }) =>
  ({ kty: 'OKP', crv: 'Ed25519', x: base64url(hex(x)), d: base64url(hex(d)) }) as const

async function verifies(key: PrivateJwk, data: Uint8Array, signature: Uint8Array): Promise<boolean> {
  return old.verify('EdDSA', await old.importPublicKey('EdDSA', publicJwk(key)), data, signature)
}

describe('a WebCrypto without Ed25519', () => {
  test.each(RFC8032)('RFC 8032 section 7.1 $name', async (vector) => {
    const key = keyOf(vector)
    const [data, signature] = [hex(vector.message), hex(vector.signature)]
    expect(await old.sign('EdDSA', await old.importPrivateKey('EdDSA', key), data)).toEqual(signature)
    expect(await verifies(key, data, signature)).toBe(true)
  })

  test('signs what node:crypto verifies, and verifies what it signs, with fresh keys', async () => {
    const key = (await old.generateKey('EdDSA')) as PrivateJwk
    expect(Object.keys(key).sort()).toEqual(['crv', 'd', 'kty', 'x'])
    expect(await old.generateKey('EdDSA')).not.toEqual(key)
    const data = utf8('a badge')
    const ours = await old.sign('EdDSA', await old.importPrivateKey('EdDSA', key), data)
    expect(node.verify('EdDSA', await node.importPublicKey('EdDSA', publicJwk(key)), data, ours)).toBe(true)
    const theirs = await node.sign('EdDSA', await node.importPrivateKey('EdDSA', key), data)
    expect(theirs).toEqual(ours)
    expect(await verifies(key, data, theirs)).toBe(true)
  })

  test('no bit of a signature or of what is signed can be changed', async () => {
    const [vector] = RFC8032
    const key = keyOf(vector as (typeof RFC8032)[number])
    const data = utf8('a badge')
    const signature = await old.sign('EdDSA', await old.importPrivateKey('EdDSA', key), data)
    const flip = (bytes: Uint8Array, bit: number) =>
      bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
    await fc.assert(
      fc.asyncProperty(fc.nat(511), fc.nat(data.length * 8 - 1), async (bit, other) => {
        expect(await verifies(key, data, flip(signature, bit))).toBe(false)
        expect(await verifies(key, flip(data, other), signature)).toBe(false)
      }),
      { numRuns: 20 },
    )
  })

  test('refuses a signature whose S is not reduced (RFC 8032 section 5.1.7), and one of another length', async () => {
    const [vector] = RFC8032
    const { message, signature: text, ...rest } = vector as (typeof RFC8032)[number]
    const signature = hex(text)
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    const little = [...signature.subarray(32)].reverse().reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) + order
    const s = Uint8Array.from({ length: 32 }, (_, at) => Number((little >> BigInt(8 * at)) & 255n))
    const again = new Uint8Array([...signature.subarray(0, 32), ...s])
    expect(await verifies(keyOf(rest), hex(message), again)).toBe(false)
    expect(node.verify('EdDSA', await node.importPublicKey('EdDSA', publicJwk(keyOf(rest))), hex(message), again)).toBe(
      false,
    )
    for (const length of [0, 63, 65])
      expect(await verifies(keyOf(rest), hex(message), new Uint8Array(length))).toBe(false)
  })

  test('a public key that is no point verifies nothing', async () => {
    // y = 2 is canonical, and no point of the curve has it.
    const key = await old.importPublicKey('EdDSA', { x: base64url(new Uint8Array([2, ...new Uint8Array(31)])) })
    const { signature } = RFC8032[0] as (typeof RFC8032)[number]
    expect(await old.verify('EdDSA', key, utf8('x'), hex(signature))).toBe(false)
  })

  test('a public key that is not canonical or of small order is not imported', async () => {
    for (const point of [new Uint8Array(32).fill(0xff), new Uint8Array([1, ...new Uint8Array(31)])])
      await expect((async () => old.importPublicKey('EdDSA', { x: base64url(point) }))()).rejects.toThrow(TypeError)
  })

  test('the other algorithms stay with WebCrypto, and its refusals stand', async () => {
    const key = await old.importPrivateKey('ES256', KEYS.ES256)
    expect(Object.prototype.toString.call(key)).toBe('[object CryptoKey]')
    await expect(old.importPublicKey('EdDSA', { kty: 'OKP', crv: 'Ed25519', x: 'AA' })).rejects.toThrow('32 bytes')
    await expect(webCrypto(globalThis.crypto).importPublicKey('EdDSA', { kty: 'OKP', x: 'AA' })).rejects.toThrow(
      expect.objectContaining({ name: 'DataError' }),
    )
  })
})

describe('keys, where the runtime reads no Ed25519', () => {
  const [vector] = RFC8032
  const key = keyOf(vector as (typeof RFC8032)[number])
  const pem = (label: string, prefix: string, part: string) => {
    const der = Buffer.concat([Buffer.from(prefix, 'hex'), Buffer.from(part, 'base64url')])
    return `-----BEGIN ${label}-----\n${der.toString('base64')}\n-----END ${label}-----\n`
  }

  test.each([
    ['seed', () => readPrivateKey({ seed: new Uint8Array(Buffer.from(key.d, 'base64url')), algorithm: 'EdDSA' })],
    ['PKCS#8', () => readPrivateKey({ pem: pem('PRIVATE KEY', '302e020100300506032b657004220420', key.d) })],
    ['SPKI', () => importPublicKey({ pem: pem('PUBLIC KEY', '302a300506032b6570032100', key.x) })],
  ])('are read from %s', async (_name, read) => {
    const native = await read()
    vi.stubGlobal('crypto', { ...withoutEd25519(), getRandomValues: globalThis.crypto.getRandomValues })
    try {
      const portable = await read()
      expect(portable).toEqual(native)
      expect(portable).toMatchObject({ crv: 'Ed25519', x: key.x })
    } finally {
      vi.unstubAllGlobals()
    }
  })
})
