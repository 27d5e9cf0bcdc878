/** Keys, a context and documents for the tests of ecdsa-sd-2023. */
import { createSigner, defaultLimits, type Limits, ResolutionError, type Signer } from '../../src/entries/index.js'
import { ecdsaSd2023 } from '../../src/entries/suites.js'
import type { JsonObject } from '../../src/internal/types.js'
import { decodeSecretMultikey } from '../../src/keys/multikey.js'
import type { Proof } from '../../src/model/types.js'
import type { ProofOptions, ProofSuite } from '../../src/proof/suite.js'
import type { Context } from '../../src/resolve/context.js'
import type { ResolvedKey } from '../../src/resolve/key-resolver.js'
import { createMemoryCache } from '../../src/resolve/memory-cache.js'
import { onlyProof } from '../only-proof.js'

export const NOW = new Date('2026-06-01T12:00:00Z')

/** Contexts compiled once for all tests of a file. */
const cache = createMemoryCache({ now: () => NOW.getTime(), maxBytes: 16_777_216 })

export function contextOf(served: Readonly<Record<string, unknown>> = {}, limits: Partial<Limits> = {}): Context {
  return {
    now: NOW,
    cache,
    limits: { ...defaultLimits, ...limits },
    loader: {
      load: async ({ url }) => {
        if (!Object.hasOwn(served, url)) throw new ResolutionError('resolve.not_found', url, `${url} is not here`)
        return { url, bytes: new TextEncoder().encode(JSON.stringify(served[url])), mediaType: 'application/ld+json' }
      },
    },
  }
}

/** A P-256 key of a published test vector, as `generateKey` gives it. */
export function publishedKey(secretMultikey: string, point: { x: string; y: string }): object {
  const reading = decodeSecretMultikey(secretMultikey)
  if (!reading.ok) throw new Error(reading.problem.message)
  return { kty: 'EC', crv: 'P-256', ...point, d: Buffer.from(reading.key.secret).toString('base64url') }
}

export function keyOf(signer: Pick<Signer, 'publicKey' | 'verificationMethod'>): ResolvedKey {
  return {
    id: signer.verificationMethod,
    controller: signer.verificationMethod.split('#')[0] as string,
    purposes: ['assertionMethod'],
    publicJwk: signer.publicKey,
    evidence: {},
  }
}

type Secured = JsonObject & { readonly proof: Proof }

/** A base proof over anything, as a suite makes it. */
export async function signBase(
  document: object,
  signer: Signer,
  {
    suite = ecdsaSd2023,
    context = contextOf(),
    ...options
  }: ProofOptions & { suite?: ProofSuite; context?: Context } = {},
): Promise<Secured> {
  const { verificationMethod, algorithm } = signer
  const prepared = await suite.prepare(
    document,
    {
      ...options,
      verificationMethod,
      algorithm,
      purpose: 'assertionMethod',
      created: new Date('2026-01-01T00:00:00Z'),
    },
    context,
  )
  return prepared.complete(await signer.sign(prepared.data)) as Secured
}

export async function derive(secured: Secured, reveal: readonly string[], context = contextOf()): Promise<Secured> {
  return (await ecdsaSd2023.derive?.(secured, secured.proof, reveal, context)) as Secured
}

/** The codes that the suite answers, and no throw. */
export async function verify(secured: Secured, key: ResolvedKey, context = contextOf()) {
  const { proof, ...document } = secured
  const findings = await ecdsaSd2023.verify(document, onlyProof(secured), key, context)
  return findings.map(({ code }) => code)
}

export const newSigner = async (): Promise<Signer> => {
  const { generateKey } = await import('../../src/entries/index.js')
  return createSigner({ key: await generateKey('ES256') })
}
