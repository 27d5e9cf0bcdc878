/** A signer that uses a process which only returns DER over the wire. RFC 3279 section 2.2.3, X.690 section 8.3. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createPrivateKey, generateKeyPairSync, sign as nodeSign } from 'node:crypto'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { SigningError, UsageError } from '../../src/errors.js'
import { signEmbedded, signJwt } from '../../src/issue/sign-credential.js'
import {
  createDigestSigner,
  type DigestAlgorithm,
  type DigestSignerOptions,
  rawFromDer,
} from '../../src/keys/digest-signer.js'
import { publicJwk } from '../../src/keys/jwk.js'
import type { PrivateJwk } from '../../src/model/jwk.js'
import { cryptoPlatform } from '../../src/platform/crypto.js'
import { badge, signSettings } from '../issue/badge.js'
import { ED25519, KEYS, utf8 } from './vectors.js'

const children: ChildProcess[] = []
afterAll(() => {
  for (const child of children) child.kill()
})

/** A KMS client: what an AWS, Google or Azure client would be, over a pipe. */
function kms(key: PrivateJwk) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('kms.mjs', import.meta.url))], {
    env: { KMS_KEY: JSON.stringify(key) },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  const answers = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]()
  const asked: Uint8Array[] = []
  return {
    asked,
    signDigest: async (digest: Uint8Array): Promise<Uint8Array> => {
      asked.push(digest)
      child.stdin?.write(`${JSON.stringify({ digest: Buffer.from(digest).toString('base64') })}\n`)
      const { value } = await answers.next()
      return Buffer.from(JSON.parse(value as string).signature, 'base64')
    },
  }
}

const verificationMethod = 'did:web:school.example#kms'
const digestSigner = (options: DigestSignerOptions) => createDigestSigner(options, cryptoPlatform())
const ISSUER = { issuer: { id: 'did:web:school.example', type: ['Profile'] } }

describe.each(['ES256', 'ES384', 'RS256'] as const)('a KMS in another process, %s', (algorithm) => {
  const { signDigest, asked } = kms(KEYS[algorithm])
  const signer = digestSigner({
    algorithm,
    publicKey: publicJwk(KEYS[algorithm]),
    verificationMethod,
    encoding: 'der',
    signDigest,
  })

  test('signs what both sides can verify, and sees digests only', async () => {
    const key = cryptoPlatform().importPublicKey(algorithm, signer.publicKey) as object
    // Zeros in front of r or s, high bits in front: each about once in 256.
    for (let round = 0; round < (algorithm === 'RS256' ? 3 : 40); round++) {
      const signature = await signer.sign(utf8(`badge ${round}`))
      expect(signature.length).toBe({ ES256: 64, ES384: 96, RS256: 256 }[algorithm])
      expect(cryptoPlatform().verify(algorithm, key, utf8(`badge ${round}`), signature)).toBe(true)
    }
    expect(new Set(asked.map(({ length }) => length))).toEqual(new Set([algorithm === 'ES384' ? 48 : 32]))
  })

  test('signs a badge', async () => {
    const settings = signSettings({ signer })
    const jwt = await signJwt(badge(ISSUER), settings)
    expect(jwt.split('.')).toHaveLength(3)
    if (algorithm !== 'RS256') expect(await signEmbedded(badge(ISSUER), settings)).toHaveProperty('proof.0.proofValue')
  })
})

describe('a KMS that signs with another key', () => {
  test.each(['ES256', 'RS256'] as const)('%s: sign.wrong_key, and no badge leaves', async (algorithm) => {
    const strangers = (await cryptoPlatform().generateKey(algorithm)) as PrivateJwk
    const signer = digestSigner({
      algorithm,
      publicKey: publicJwk(KEYS[algorithm]),
      verificationMethod,
      encoding: 'der',
      signDigest: kms(strangers).signDigest,
    })
    const settings = signSettings({ signer })
    for (let attempt = 0; attempt < 2; attempt++) {
      const error = await signJwt(badge(ISSUER), settings).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(SigningError)
      expect(error).toMatchObject({ code: 'sign.wrong_key' })
    }
  })
})

describe('what the service answers', () => {
  const key = createPrivateKey({ key: KEYS.ES256, format: 'jwk' })
  const options = {
    algorithm: 'ES256',
    publicKey: publicJwk(KEYS.ES256),
    verificationMethod,
  } as const
  const answer = (encoding: 'raw' | 'der', value: unknown) =>
    digestSigner({ ...options, encoding, signDigest: async () => value as Uint8Array }).sign(
      utf8('badge'),
    ) as Promise<Uint8Array>
  const der = nodeSign('sha256', utf8('badge'), { key, dsaEncoding: 'der' })
  const raw = nodeSign('sha256', utf8('badge'), { key, dsaEncoding: 'ieee-p1363' })

  test('DER and raw are both taken, as Buffers too', async () => {
    expect((await answer('der', der)).length).toBe(64)
    expect(Buffer.from(await answer('raw', raw))).toEqual(raw)
  })

  test.each([
    ['DER where raw was said', 'raw', der],
    ['raw where DER was said', 'der', raw],
    ['nothing', 'der', undefined],
    ['a text', 'der', der.toString('base64')],
    ['an empty answer', 'raw', new Uint8Array(0)],
    ['r||s with its leading zero stripped', 'raw', raw.subarray(1)],
    ['two DER signatures', 'der', Buffer.concat([der, der])],
  ] as const)('sign.malformed: %s', async (_what, encoding, value) => {
    const error = await answer(encoding, value).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(SigningError)
    expect(error).toMatchObject({ code: 'sign.malformed' })
  })

  test('a service that fails is sign.failed with its own error as cause', async () => {
    const cause = new Error('AccessDeniedException')
    const signer = digestSigner({ ...options, encoding: 'der', signDigest: () => Promise.reject(cause) })
    await expect(signer.sign(utf8('badge'))).rejects.toMatchObject({ code: 'sign.failed', cause })
    const throwing = digestSigner({
      ...options,
      encoding: 'der',
      signDigest: () => {
        throw cause
      },
    })
    await expect(throwing.sign(utf8('badge'))).rejects.toMatchObject({ code: 'sign.failed', cause })
  })

  test('the client keeps its `this`', async () => {
    class Client {
      readonly algorithm = 'ES256'
      readonly publicKey = publicJwk(KEYS.ES256)
      readonly verificationMethod = verificationMethod
      readonly encoding = 'der'
      readonly signature = der
      async signDigest() {
        return this.signature
      }
    }
    expect((await digestSigner(new Client()).sign(utf8('badge'))).length).toBe(64)
  })
})

test.each([
  ['EdDSA', { algorithm: 'EdDSA', publicKey: publicJwk(ED25519) }],
  ['a member of Object.prototype', { algorithm: 'toString' }],
  ['a key of another algorithm', { publicKey: publicJwk(KEYS.ES384) }],
  ['a private key', { publicKey: KEYS.ES256 }],
  ['a key for encryption', { publicKey: { ...publicJwk(KEYS.ES256), use: 'enc' } }],
  ['no encoding', { encoding: undefined }],
  ['another encoding', { encoding: 'DER' }],
  ['no function', { signDigest: 'https://kms.example' }],
  ['a verification method that is no URL', { verificationMethod: 'key-1' }],
])('refused: %s', (_what, change) => {
  const good = {
    algorithm: 'ES256',
    publicKey: publicJwk(KEYS.ES256),
    verificationMethod,
    encoding: 'der',
    signDigest: async () => new Uint8Array(),
  }
  expect(() => digestSigner(good as DigestSignerOptions)).not.toThrow()
  expect(() => digestSigner({ ...good, ...change } as unknown as DigestSignerOptions)).toThrow(UsageError)
})

describe('DER to r||s', () => {
  /** An INTEGER as X.690 section 8.3 writes it. */
  const integer = (value: bigint): number[] => {
    const text = value.toString(16)
    const bytes = [...Buffer.from(text.length % 2 === 0 ? text : `0${text}`, 'hex')]
    const body = (bytes[0] as number) > 127 ? [0, ...bytes] : bytes
    return [0x02, body.length, ...body]
  }
  const sequence = (...parts: number[][]) => Uint8Array.from([0x30, parts.flat().length, ...parts.flat()])
  const padded = (value: bigint, size: number) => value.toString(16).padStart(2 * size, '0')
  const sized = fc
    .constantFrom(32, 48)
    .chain((size) =>
      fc.tuple(
        fc.constant(size),
        fc.bigInt({ min: 0n, max: 2n ** BigInt(8 * size) - 1n }),
        fc.bigInt({ min: 0n, max: 2n ** BigInt(8 * size) - 1n }),
      ),
    )

  test('every pair of integers comes out padded', () => {
    fc.assert(
      fc.property(sized, ([size, r, s]) => {
        const raw = rawFromDer(sequence(integer(r), integer(s)), size)
        expect(Buffer.from(raw as Uint8Array).toString('hex')).toBe(padded(r, size) + padded(s, size))
      }),
    )
  })

  test('small ones too', () => {
    expect(rawFromDer(sequence(integer(0n), integer(1n)), 32)).toEqual(Uint8Array.of(...new Uint8Array(63), 1))
  })

  test('what node:crypto writes is what node:crypto reads', () => {
    for (const [namedCurve, size, hash] of [
      ['P-256', 32, 'sha256'],
      ['P-384', 48, 'sha384'],
    ] as const) {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
      const key = cryptoPlatform().importPublicKey(
        `ES${hash.slice(3)}` as DigestAlgorithm,
        publicKey.export({ format: 'jwk' }),
      ) as object
      for (let round = 0; round < 50; round++) {
        const raw = rawFromDer(nodeSign(hash, utf8(`${round}`), { key: privateKey, dsaEncoding: 'der' }), size)
        expect(
          cryptoPlatform().verify(`ES${hash.slice(3)}` as DigestAlgorithm, key, utf8(`${round}`), raw as Uint8Array),
        ).toBe(true)
      }
    }
  })

  test('a reading has one writing: whatever else is read, it is not DER', () => {
    fc.assert(
      fc.property(sized, fc.nat(), fc.integer({ min: 0, max: 255 }), ([size, r, s], at, byte) => {
        const der = sequence(integer(r), integer(s))
        const altered = der.slice()
        altered[at % der.length] = byte
        const raw = rawFromDer(altered, size)
        if (raw === undefined) return
        const [left, right] = [raw.slice(0, size), raw.slice(size)].map((half) =>
          BigInt(`0x${Buffer.from(half).toString('hex')}`),
        )
        expect(sequence(integer(left as bigint), integer(right as bigint))).toEqual(altered)
      }),
      { numRuns: 500 },
    )
  })

  test('any bytes have an answer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) =>
        [undefined, 64].includes(rawFromDer(bytes, 32)?.length),
      ),
    )
  })

  const good = sequence(integer(5n), integer(7n))
  test.each([
    ['empty', new Uint8Array(0)],
    ['truncated', good.slice(0, -1)],
    ['a byte too many', Uint8Array.of(...good, 0)],
    ['a SET', Uint8Array.of(0x31, ...good.slice(1))],
    ['long-form length', Uint8Array.of(0x30, 0x81, good.length - 2, ...good.slice(2))],
    ['indefinite length', Uint8Array.of(0x30, 0x80, ...good.slice(2), 0, 0)],
    ['one integer', sequence(integer(5n))],
    ['three integers', sequence(integer(5n), integer(7n), integer(9n))],
    ['an OCTET STRING', sequence([0x04, 1, 5], integer(7n))],
    ['an empty integer', sequence([0x02, 0], integer(7n))],
    ['a negative integer', sequence([0x02, 1, 0x80], integer(7n))],
    ['a zero too many in front', sequence([0x02, 2, 0, 5], integer(7n))],
    ['longer than the curve', sequence(integer(2n ** 256n), integer(7n))],
    ['an inner length over the end', sequence([0x02, 100, 5], integer(7n))],
  ])('refused: %s', (_what, bytes) => {
    expect(rawFromDer(good, 32)).toBeDefined()
    expect(rawFromDer(bytes, 32)).toBeUndefined()
  })
})
