/**
 * The contract of `Signer`: run it on a signer of your own, with the key that will sign badges or one like it.
 *
 * @module
 */

import { SigningError } from '../errors.js'
import { equalBytes } from '../internal/bytes.js'
import { callable, type Members } from '../internal/members.js'
import type { Bytes } from '../internal/types.js'
import { algorithmOf, checkKeyUse, readPublicJwk } from '../keys/jwk.js'
import { checkVerificationMethod } from '../keys/local-signer.js'
import type { KeyAlgorithm, Signer } from '../keys/signer.js'
import { cryptoPlatform } from '../platform/crypto.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { printableValue } from './printable-value.js'
import { answerOf, type ContractRule, ContractViolation, demand, failureOf } from './rule.js'

/** What else there is of the signer under test. */
export interface SignerContractOptions {
  /** A signer whose key cannot be used: its session has ended, its key is disabled. Adds the rule about errors. */
  readonly makeFailing?: (() => Signer | Promise<Signer>) | undefined
}

/** Bytes of the messages: none, one, a hash, and more than a block of any hash. */
const MESSAGE_LENGTHS = [0, 1, 32, 10_000] as const
/** Bytes of a raw signature: RFC 8032 section 5.1.6, RFC 7518 section 3.4. RSA's is as long as its modulus. */
const SIGNATURE_LENGTHS: Readonly<Partial<Record<KeyAlgorithm, number>>> = { EdDSA: 64, ES256: 64, ES384: 96 }
const AT_ONCE = 8

const OPTIONS: Members<SignerContractOptions> = { makeFailing: callable }

/** Not seen from here: whether the signer logs what it signs, or lets its key out. */
export function signerContract(
  make: () => Signer | Promise<Signer>,
  options: SignerContractOptions = {},
): readonly ContractRule[] {
  demandArgument(make, callable, 'make')
  demandOptions(options, OPTIONS)
  const { makeFailing } = options
  return [
    {
      name: 'Signer.publicKey: is a public key that signs with Signer.algorithm',
      promise: 'Ed25519 -> EdDSA (RFC 8037 section 3.1), P-256 -> ES256 and P-384 -> ES384',
      run: async () => {
        const { algorithm, publicKey } = await make()
        const reading = readPublicJwk(publicKey)
        if (!reading.ok) throw new ContractViolation(`publicKey cannot be used: ${reading.problem.message}`)
        demand(
          reading.algorithm === algorithm,
          `algorithm is ${printableValue(algorithm)}, but publicKey is a key for ${reading.algorithm}`,
        )
        const refusal = checkKeyUse(reading.key)
        demand(refusal === undefined, `publicKey must not verify signatures: ${refusal}`)
      },
    },
    {
      name: 'Signer.verificationMethod: is a DID URL or an https URL',
      promise: 'DID URL or https URL written into the proof or `kid`.',
      run: async () => {
        const { verificationMethod } = await make()
        await answerOf(
          () => checkVerificationMethod(verificationMethod),
          `verificationMethod is ${printableValue(verificationMethod)}`,
        )
      },
    },
    {
      name: 'Signer.sign: signs the message itself, hashed once and by the algorithm',
      promise: 'The unhashed message in;',
      run: async () => {
        const signer = await make()
        for (const length of MESSAGE_LENGTHS) await signAndVerify(signer, messageOf(length, 1))
      },
    },
    {
      name: 'Signer.sign: answers ECDSA signatures as raw r||s, and plain bytes for every algorithm',
      promise: 'ECDSA as raw r||s out (RFC 7518 section 3.4), not DER.',
      run: async () => {
        const signer = await make()
        const signature = await sign(signer, messageOf(32, 2))
        const expected = SIGNATURE_LENGTHS[signer.algorithm]
        if (expected === undefined) return
        const hint = signature[0] === 0x30 ? ': this looks like DER' : ''
        demand(
          signature.length === expected,
          `a signature of ${signer.algorithm} has ${expected} bytes, this one has ${signature.length}${hint}`,
        )
      },
    },
    {
      name: 'Signer.sign: leaves the message as it is',
      promise: 'Must not log, cache or alter them.',
      run: async () => {
        const message = messageOf(64, 3)
        await sign(await make(), message)
        demand(equalBytes(message, messageOf(64, 3)), 'sign changed the message that it was given')
      },
    },
    {
      name: 'Signer.sign: signs what the message says now, not what it said before',
      promise: 'Must not log, cache or alter them.',
      run: async () => {
        const signer = await make()
        const message = messageOf(64, 4)
        await sign(signer, message)
        message.set(messageOf(64, 5))
        await signAndVerify(signer, message)
      },
    },
    {
      name: 'Signer.sign: signs several messages at once without mixing them up',
      promise: 'Promise<Bytes> | Bytes',
      run: async () => {
        const signer = await make()
        await Promise.all(
          Array.from({ length: AT_ONCE }, (_, index) => signAndVerify(signer, messageOf(100 + index, index))),
        )
      },
    },
    ...(makeFailing === undefined ? [] : [throwsOnlySigningError(makeFailing)]),
  ]
}

function throwsOnlySigningError(makeFailing: () => Signer | Promise<Signer>): ContractRule {
  return {
    name: 'Signer.sign: throws a SigningError where it cannot sign',
    promise: 'Throws only SigningError.',
    run: async () => {
      const signer = await makeFailing()
      const error = await failureOf(() => signer.sign(messageOf(32, 6)), 'a signer that cannot sign throws')
      demand(error instanceof SigningError, `a signer throws only SigningError, not ${printableValue(error)}`)
    },
  }
}

/** The same bytes for the same seed; neighbours differ. */
function messageOf(length: number, seed: number): Bytes {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + seed * 17 + 7) & 255)
}

async function sign(signer: Signer, message: Bytes): Promise<Bytes> {
  const signature = await answerOf(() => signer.sign(message), `sign signs ${message.length} bytes`)
  demand(signature instanceof Uint8Array, `sign answers bytes, not ${printableValue(signature)}`)
  return signature
}

async function signAndVerify(signer: Signer, message: Bytes): Promise<void> {
  const signature = await sign(signer, message)
  const reading = readPublicJwk(signer.publicKey)
  if (!reading.ok) throw new ContractViolation(`publicKey cannot be used: ${reading.problem.message}`)
  const platform = cryptoPlatform()
  const algorithm = algorithmOf(reading.key)
  const key = await platform.importPublicKey(algorithm, reading.key)
  demand(
    await platform.verify(algorithm, key, message, signature),
    `the signature of ${message.length} bytes does not verify under publicKey: is it the right key, is ECDSA raw r||s, is the message hashed once?`,
  )
}
