// EXAMPLES section 10: a contract suite beside each port. The port: src/keys/signer.ts.
import { createHash } from 'node:crypto'
import { beforeAll, describe } from 'vitest'
import { type ContractRule, signerContract } from '../../src/entries/contracts.js'
import { createSigner, digestSigner, generateKey, type Signer } from '../../src/entries/index.js'
import { testBroken, testContract } from './broken.js'

const ALGORITHMS = ['EdDSA', 'ES256', 'ES384', 'RS256'] as const
const signers: Partial<Record<(typeof ALGORITHMS)[number], Signer>> = {}
beforeAll(async () => {
  for (const algorithm of ALGORITHMS) signers[algorithm] = await createSigner({ key: await generateKey(algorithm) })
})
const signer = (algorithm: (typeof ALGORITHMS)[number]): Signer => {
  const made = signers[algorithm]
  if (made === undefined) throw new TypeError(`no signer for ${algorithm}`)
  return made
}

describe.each(ALGORITHMS)('a local signer for %s', (algorithm) => {
  testContract(signerContract(() => signer(algorithm)))
})

describe('a digest signer in front of a KMS whose session has ended', () => {
  const makeFailing = () =>
    digestSigner({
      algorithm: 'ES256',
      publicKey: signer('ES256').publicKey,
      verificationMethod: 'did:web:school.example#kms',
      encoding: 'der',
      signDigest: async () => {
        throw new Error('the session has ended')
      },
    })
  testContract(
    signerContract(() => signer('ES256'), { makeFailing }).filter(({ name }) => name.includes('throws a SigningError')),
  )
})

describe('broken signers are found', () => {
  const rulesOf = (change: (good: Signer) => Partial<Signer>): readonly ContractRule[] =>
    signerContract(() => ({ ...signer('ES256'), ...change(signer('ES256')) }), {
      makeFailing: () => ({ ...signer('ES256'), ...change(signer('ES256')) }),
    })
  const hashed = (message: Uint8Array) => new Uint8Array(createHash('sha256').update(message).digest())
  let kept: Promise<Uint8Array> | Uint8Array | undefined
  const remembered = new WeakMap<Uint8Array, Promise<Uint8Array> | Uint8Array>()
  let current = new Uint8Array()

  testBroken(
    signerContract(() => signer('ES256'), { makeFailing: () => signer('ES256') }),
    [
      { title: 'another algorithm', caught: ['is a public key that'], rules: rulesOf(() => ({ algorithm: 'EdDSA' })) },
      {
        title: 'a private key shown as the public one',
        caught: ['is a public key that'],
        rules: rulesOf(({ publicKey }) => ({ publicKey: { ...publicKey, d: 'AAAA' } as never })),
      },
      { title: 'a bare key name', caught: ['is a DID URL'], rules: rulesOf(() => ({ verificationMethod: 'key-1' })) },
      {
        title: 'hashed twice',
        caught: ['hashed once'],
        rules: rulesOf((good) => ({ sign: (message) => good.sign(hashed(message)) })),
      },
      {
        title: "another key's signatures",
        caught: ['hashed once'],
        rules: rulesOf(({ publicKey }) => ({
          publicKey: { ...publicKey, ...(signer('ES256').publicKey as object), x: 'A'.repeat(43) } as never,
        })),
      },
      {
        title: 'DER',
        caught: ['raw r||s'],
        rules: rulesOf((good) => ({
          sign: async (message) => Uint8Array.of(0x30, 0x44, ...(await good.sign(message)), 0, 0, 0, 0),
        })),
      },
      { title: 'text', caught: ['raw r||s'], rules: rulesOf(() => ({ sign: () => 'c2ln' as never })) },
      {
        title: 'writes into the message',
        caught: ['leaves the message'],
        rules: rulesOf((good) => ({
          sign: async (message) => {
            const signature = await good.sign(message)
            message.fill(0)
            return signature
          },
        })),
      },
      {
        title: 'remembers by the array',
        caught: ['what the message says now'],
        rules: rulesOf((good) => ({
          sign: (message) => {
            const known = remembered.get(message) ?? good.sign(message)
            remembered.set(message, known)
            return known
          },
        })),
      },
      {
        title: 'one at a time, without a queue',
        caught: ['several messages at once'],
        rules: rulesOf((good) => ({
          sign: async (message) => {
            current = message as Uint8Array<ArrayBuffer>
            await Promise.resolve()
            return good.sign(current)
          },
        })),
      },
      {
        title: 'never fails',
        caught: ['throws a SigningError'],
        rules: rulesOf((good) => ({ sign: (message) => (kept ??= good.sign(message)) })),
      },
      {
        title: 'fails with an error of its own',
        caught: ['throws a SigningError'],
        rules: rulesOf(() => ({
          sign: () => {
            throw new TypeError('boom')
          },
        })),
      },
    ],
  )
})
