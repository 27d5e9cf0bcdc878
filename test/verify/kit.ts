/**
 * What the verifier's tests stand on: an issuer with a key, badges it signs, and a web of documents that is all there is.
 */

import type {
  CredentialInput,
  DocumentLoader,
  PresentationReport,
  Signer,
  VerifiableCredential,
  VerificationReport,
} from '../../src/entries/index.js'
import {
  createCredential,
  createSigner,
  generateKey,
  type KeyAlgorithm,
  ResolutionError,
  signCredential,
} from '../../src/entries/index.js'

export const NOW = new Date('2026-06-01T12:00:00Z')
export const TEACHER = 'did:example:teacher-17'

export interface Issuer {
  readonly id: string
  readonly signer: Signer
}

export async function newIssuer(algorithm: KeyAlgorithm = 'EdDSA', verificationMethod?: string): Promise<Issuer> {
  const signer = await createSigner({
    key: await generateKey(algorithm),
    ...(verificationMethod === undefined ? {} : { verificationMethod }),
  })
  return { id: signer.verificationMethod.split('#')[0] as string, signer }
}

type Overrides = Partial<Omit<CredentialInput, 'credentialSubject'>> & {
  credentialSubject?: Partial<CredentialInput['credentialSubject']>
}

/** An unsigned badge of the issuer's; members can be replaced. */
export function badgeOf(issuer: Issuer, { credentialSubject, ...overrides }: Overrides = {}) {
  return createCredential({
    id: 'urn:uuid:5a7c3f0e-8d55-4c6a-9a57-0d5f1c1f4f10',
    issuer: { id: issuer.id, name: 'Example School' },
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: {
      id: TEACHER,
      achievement: {
        id: 'https://school.example/achievements/giving-feedback',
        name: 'Giving Feedback',
        description: 'Feedback that helps others grow.',
        criteria: { narrative: 'Three pieces of feedback.' },
      },
      ...credentialSubject,
    },
    ...overrides,
  })
}

export async function signed(issuer: Issuer, overrides: Overrides = {}) {
  return signCredential(badgeOf(issuer, overrides), { signer: issuer.signer, now: new Date('2026-01-01T00:00:00Z') })
}

/** Signs what `signCredential` would refuse, or what the model has no words for: for what others may have signed. */
export async function signRaw(
  issuer: Issuer,
  document: object,
  options: { suite?: string; created?: Date; purpose?: string; loader?: DocumentLoader } = {},
): Promise<Record<string, unknown>> {
  const { defaultSuites } = await import('../../src/entries/suites.js')
  const { defaultLimits } = await import('../../src/entries/index.js')
  const { signer } = issuer
  const suite = defaultSuites().find(({ names, algorithms }) =>
    options.suite === undefined ? algorithms.includes(signer.algorithm) : names.includes(options.suite),
  )
  if (suite === undefined) throw new Error('no such suite')
  const context = {
    now: NOW,
    loader: options.loader ?? web({}),
    cache: { get: () => undefined, set: () => undefined },
    limits: defaultLimits,
  }
  const prepared = await suite.prepare(
    document,
    {
      verificationMethod: signer.verificationMethod,
      purpose: options.purpose ?? 'assertionMethod',
      created: options.created ?? new Date('2026-01-01T00:00:00Z'),
      algorithm: signer.algorithm,
    },
    context,
  )
  return prepared.complete(await signer.sign(prepared.data)) as Record<string, unknown>
}

export interface Web extends DocumentLoader {
  /** Everything that was asked for, in order. */
  readonly asked: string[]
}

/** URL to JSON (or text, or bytes); everything else is not found. */
export function web(documents: Readonly<Record<string, unknown>>): Web {
  const asked: string[] = []
  return {
    asked,
    load: async ({ url }) => {
      asked.push(url)
      if (!Object.hasOwn(documents, url)) throw new ResolutionError('resolve.not_found', url, `${url} was not found`)
      const document = documents[url]
      const bytes =
        document instanceof Uint8Array
          ? document
          : new TextEncoder().encode(typeof document === 'string' ? document : JSON.stringify(document))
      return { url, bytes, mediaType: 'application/json' }
    },
  }
}

/** All codes of a report, those of nested reports left out. */
export function codesOf(report: VerificationReport<VerifiableCredential> | PresentationReport): string[] {
  return Object.values(report.checks).flatMap((check) => check.findings.map(({ code }: { code: string }) => code))
}

/** A copy with one member changed, by a path of names. */
export function withMember<T>(document: T, path: readonly (string | number)[], value: unknown): T {
  const copy = structuredClone(document)
  const last = path.at(-1) as string | number
  const parent = path
    .slice(0, -1)
    .reduce<Record<string | number, unknown>>(
      (at, step) => at[step] as Record<string | number, unknown>,
      copy as Record<string | number, unknown>,
    )
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return copy
}
