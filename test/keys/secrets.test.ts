/** Private material never appears in an error, a report or a log: whatever the mistake, nothing of the key is told. */
import { createPrivateKey } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { encodeBase58btc } from '../../src/internal/base58btc.js'
import { signEmbedded, signJwt } from '../../src/issue/sign-credential.js'
import { createDigestSigner } from '../../src/keys/digest-signer.js'
import { importPublicKey, readPrivateKey } from '../../src/keys/import-key.js'
import { didDocument, jwks } from '../../src/keys/issuer-keys.js'
import { publicJwk } from '../../src/keys/jwk.js'
import { createLocalSigner } from '../../src/keys/local-signer.js'
import type { Signer } from '../../src/keys/signer.js'
import { cryptoPlatform, webCryptoPlatform } from '../../src/platform/crypto.js'
import type { CryptoPlatform } from '../../src/platform/crypto-platform.js'
import { givenKeys } from '../../src/resolve/given-keys.js'
import { selfAssertedKeys } from '../../src/resolve/self-asserted-keys.js'
import { badge, issuerOf, signerOf, signSettings } from '../issue/badge.js'
import { testContext } from '../resolve/fake-loader.js'
import { ALGORITHMS, type Algorithm, KEYS } from './vectors.js'

/** Every private member in every writing, and pieces of it: eight characters give a key away as well as all. */
function secretsOf(algorithm: Algorithm): string[] {
  const key = KEYS[algorithm] as unknown as Record<string, string>
  const texts = ['d', 'p', 'q', 'dp', 'dq', 'qi'].flatMap((name) => {
    const text = key[name]
    if (text === undefined) return []
    const bytes = Buffer.from(text, 'base64url')
    return [
      text,
      bytes.toString('base64'),
      bytes.toString('hex'),
      encodeBase58btc(bytes.subarray(0, 64)),
      [...bytes.subarray(0, 12)].join(', '),
    ]
  })
  return texts.flatMap((text) => [
    text.slice(0, 10),
    text.slice(-10),
    text.slice(text.length >> 1, (text.length >> 1) + 10),
  ])
}

/** All that a log could print of a value: its JSON, its inspection with hidden members, the chain of causes, its stack. */
function everything(value: unknown): string {
  const texts: string[] = []
  const seen = new Set<unknown>()
  const walk = (part: unknown): void => {
    if (seen.has(part)) return
    seen.add(part)
    texts.push(
      inspect(part, {
        depth: 20,
        showHidden: true,
        getters: true,
        maxArrayLength: null,
        maxStringLength: null,
        breakLength: Number.POSITIVE_INFINITY,
      }),
    )
    if (typeof part !== 'object' || part === null) return
    texts.push(String((part as Error).stack), JSON.stringify(part, Object.getOwnPropertyNames(part)) ?? '')
    for (const name of Reflect.ownKeys(part)) {
      const { value: inner } = Object.getOwnPropertyDescriptor(part, name) ?? {}
      texts.push(String(name))
      if (typeof inner === 'object' && inner !== null) walk(inner)
      else texts.push(String(inner))
    }
  }
  walk(value)
  return texts.join('\n')
}

function expectSilent(value: unknown, algorithm: Algorithm): void {
  const told = everything(value)
  for (const secret of secretsOf(algorithm)) expect(told).not.toContain(secret)
}

async function errorOf(work: () => unknown): Promise<Error> {
  try {
    await work()
  } catch (error) {
    return error as Error
  }
  throw new Error('no error: the test tests nothing')
}

test('the test sees a secret where there is one', () => {
  for (const algorithm of ALGORITHMS) {
    const { d } = KEYS[algorithm]
    for (const leak of [
      new Error(d),
      new Error('x', { cause: { deep: { key: KEYS[algorithm] } } }),
      { sign: Object.assign(() => 0, { d }) },
    ]) {
      expect(() => expectSilent(leak, algorithm)).toThrow()
    }
  }
})

describe.each(ALGORITHMS)('%s', (algorithm) => {
  const key = KEYS[algorithm]
  const pem = createPrivateKey({ key, format: 'jwk' }).export({ type: 'pkcs8', format: 'pem' }) as string
  const body = pem.split('\n').slice(1, -2).join('')

  test('errors of imports', async () => {
    const bytes = new Uint8Array(Buffer.from(key.d, 'base64url'))
    const mistakes: (() => unknown)[] = [
      () => importPublicKey(key),
      () => importPublicKey({ ...key, kty: 'oct', k: key.d } as never),
      () => readPrivateKey({ ...key, d: `${key.d}=` }),
      () => readPrivateKey({ ...key, d: [key.d] } as never),
      () => readPrivateKey({ ...key, crv: 'X', kty: 'X' } as never),
      () => readPrivateKey({ ...key, use: 'enc' }),
      () => readPrivateKey({ pem: pem + pem }),
      () => readPrivateKey({ pem: `${pem.slice(0, 70)}\n-----END PRIVATE KEY-----` }),
      () => readPrivateKey({ pem: pem.replaceAll('PRIVATE KEY', 'SECRET KEY') }),
      () => readPrivateKey({ pem: body }),
      () => importPublicKey({ pem }),
      () => readPrivateKey(pem as never),
      () => readPrivateKey(key.d as never),
      () => readPrivateKey({ multikey: key.d }),
      () => readPrivateKey({ multikey: `z${encodeBase58btc(bytes)}` }),
      () => readPrivateKey({ multikey: `z${encodeBase58btc(Uint8Array.of(0x80, 0x26, ...bytes, 1))}` }),
      () => importPublicKey({ multikey: `z${encodeBase58btc(Uint8Array.of(0x80, 0x26, ...bytes))}` }),
      () => importPublicKey({ multikey: `z${encodeBase58btc(bytes)}` }),
      () => readPrivateKey({ secretKeyMultibase: `z${encodeBase58btc(bytes)}`, publicKeyMultibase: key.d }),
      () => readPrivateKey({ seed: key.d as never, algorithm: 'EdDSA' }),
      () => readPrivateKey({ seed: Uint8Array.of(...bytes, 0), algorithm: 'EdDSA' }),
    ]
    for (const mistake of mistakes) expectSilent(await errorOf(mistake), algorithm)
  })

  test('errors of signers, documents and resolvers that get a private key by mistake', async () => {
    const platform = cryptoPlatform()
    const local = (options: object) => createLocalSigner(options as never, platform, webCryptoPlatform)
    const common = {
      algorithm: algorithm as 'ES256',
      verificationMethod: 'did:web:a.example#1',
      encoding: 'der',
      signDigest: async () => new Uint8Array(),
    } as const
    const mistakes: (() => unknown)[] = [
      () => local({ key: { ...key, x: undefined, n: undefined } }),
      () => local({ key: { ...key, use: 'enc' } }),
      () =>
        local({
          key: {
            ...key,
            ...(key.kty === 'RSA'
              ? { n: `${key.n.slice(0, -6)}AAAAAQ` }
              : { d: KEYS[algorithm === 'ES384' ? 'ES384' : 'ES256'].d, x: key.kty === 'EC' ? key.y : 'A' }),
          },
        }),
      () => local({ key, publicKey: key }),
      () => local({ key, verificationMethod: key.d }),
      () => createDigestSigner({ ...common, publicKey: key }, platform),
      () => didDocument({ id: 'did:web:a.example', keys: [{ id: 'did:web:a.example#1', publicKey: key }] }),
      () => jwks([{ id: 'did:web:a.example#1', publicKey: key }]),
      () => givenKeys([key]),
      () =>
        givenKeys([
          { id: 'did:web:a.example#1', type: 'JsonWebKey', controller: 'did:web:a.example', publicKeyJwk: key },
        ]),
      () =>
        selfAssertedKeys().resolve(
          { issuer: 'did:web:a.example', jwk: key, purpose: 'assertionMethod' },
          testContext(),
        ),
    ]
    for (const mistake of mistakes) expectSilent(await errorOf(mistake), algorithm)
  })

  test('errors of the runtime that quote the key are not passed on', async () => {
    const quoting = (work: 'importPrivateKey' | 'sign'): CryptoPlatform => ({
      ...cryptoPlatform(),
      [work]: () => {
        throw new Error(`cannot use ${JSON.stringify(key)}`)
      },
    })
    for (const platform of [quoting('importPrivateKey'), quoting('sign')]) {
      expectSilent(await errorOf(() => createLocalSigner({ key }, platform, webCryptoPlatform)), algorithm)
    }
  })

  test('the signer itself, in any inspection', async () => {
    const signer = await signerOf(key)
    expectSilent(signer, algorithm)
    // All there is to see is its five members: nothing in it leads to another signer, and so on until the stack ends.
    expect(inspect(signer, { depth: null, showHidden: true, getters: true }).length).toBeLessThan(5000)
    expect(JSON.stringify(signer)).toBe(
      JSON.stringify({
        algorithm,
        verificationMethod: signer.verificationMethod,
        controller: signer.verificationMethod.split('#')[0],
        publicKey: publicJwk(key),
      }),
    )
    expectSilent(structuredClone({ ...signer, sign: undefined }), algorithm)
  })

  test('errors of signing, and what is signed', async () => {
    const signer = await signerOf(key)
    const own = badge({ issuer: { id: issuerOf(key), type: ['Profile'] } })
    const settings = signSettings({ signer })
    expectSilent(await signJwt(own, settings), algorithm)
    if (algorithm !== 'RS256') expectSilent(await signEmbedded(own, settings), algorithm)
    const failing: Signer = { ...signer, sign: () => new Uint8Array(64) }
    const mistakes: (() => unknown)[] = [
      () => signJwt(badge({ issuer: { id: 'did:web:other.example', type: ['Profile'] } }), settings),
      () => signEmbedded(own, { ...settings, suite: 'none-such' }),
      () => signJwt(own, signSettings({ signer: failing })),
      () => signJwt(own, signSettings({ signer: { ...signer, publicKey: key } })),
    ]
    for (const mistake of mistakes) expectSilent(await errorOf(mistake), algorithm)
  })
})
