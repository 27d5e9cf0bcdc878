/**
 * A suite of this library in the shape that jsonld-signatures and @digitalbazaar/vc take, so that who has them already can change
 * suites first and the rest later.
 *
 * @module
 */
import { SigningError } from '../errors.js'
import { encodeUtf8 } from '../internal/bytes.js'
import { encodePublicMultikey } from '../keys/multikey.js'
import type { Signer } from '../keys/signer.js'
import type { Proof } from '../model/types.js'
import type { Context } from '../resolve/context.js'
import type { DocumentLoader } from '../resolve/document-loader.js'
import type { KeyResolver, ResolvedKey } from '../resolve/key-resolver.js'
import { signBytes } from './signing.js'
import type { ProofSuite } from './suite.js'

/** jsonld-signatures' loader: a document by its URL. */
export type LinkedDataLoader = (url: string) => Promise<{ readonly document: unknown }>

/** The part of jsonld-signatures' ProofPurpose that a suite uses. */
interface Purpose {
  readonly term?: string
  update(proof: object, options: object): Promise<object> | object
}
interface Call {
  readonly document: object
  readonly documentLoader: LinkedDataLoader
}

/** What `suite` is to `vc.issue`, `vc.verifyCredential`, `jsigs.sign` and `jsigs.verify`. */
export interface LinkedDataSuite {
  readonly type: string
  readonly cryptosuite: string | undefined
  /** Absent on a suite that only verifies. */
  readonly verificationMethod: string | undefined
  /** Adds the context that defines the proof's own terms, where none of the document's does. */
  ensureSuiteContext(call: { readonly document: { '@context'?: unknown }; readonly addSuiteContext: boolean }): void
  /** Called by jsonld-signatures to sign. */
  createProof(call: Call & { readonly purpose: Purpose }): Promise<object>
  /** Called by jsonld-signatures to choose among suites. */
  matchProof(call: { readonly proof: { readonly type?: unknown; readonly cryptosuite?: unknown } }): Promise<boolean>
  /** Called by jsonld-signatures to verify. */
  verifyProof(
    call: Call & { readonly proof: object },
  ): Promise<{ verified: boolean; verificationMethod?: object; error?: Error }>
}

export interface LinkedDataSuiteSettings {
  readonly suite: ProofSuite
  readonly signer: Signer | undefined
  readonly resolvers: readonly KeyResolver[]
  /** `loader` is that of each call: theirs decides what may be loaded. */
  readonly context: () => Omit<Context, 'loader'>
  /** Whether the suite's name is a proof type of its own. */
  readonly ownType: boolean
}

const VC_V2 = 'https://www.w3.org/ns/credentials/v2'
const DATA_INTEGRITY = 'https://w3id.org/security/data-integrity/v2'
const ED25519_2020 = 'https://w3id.org/security/suites/ed25519-2020/v1'

export function makeLinkedDataSuite({
  suite,
  signer,
  resolvers,
  context,
  ownType,
}: LinkedDataSuiteSettings): LinkedDataSuite {
  const [name] = suite.names as readonly [string]
  const [type, cryptosuite] = ownType ? [name, undefined] : ['DataIntegrityProof', name]
  const proven = new WeakSet<Signer>()
  const contextFor = (documentLoader: LinkedDataLoader): Context => ({ ...context(), loader: adapt(documentLoader) })
  return {
    type,
    cryptosuite,
    verificationMethod: signer?.verificationMethod,
    ensureSuiteContext: ({ document, addSuiteContext }) => {
      const contexts = [document['@context'] ?? []].flat()
      const needed = ownType ? ED25519_2020 : DATA_INTEGRITY
      // VCDM 2.0's own context defines data integrity proofs.
      if (contexts.includes(needed) || (!ownType && contexts[0] === VC_V2)) return
      if (!addSuiteContext)
        throw new SigningError('sign.failed', `the document has no context for its proof: add ${needed}`)
      document['@context'] = [...contexts, needed]
    },
    createProof: async ({ document, purpose, documentLoader }) => {
      if (signer === undefined)
        throw new SigningError('sign.failed', 'this suite was made without a signer: it only verifies')
      // Purposes write their own members: proofPurpose, and for authentication challenge and domain.
      const { proofPurpose, challenge, domain } = (await purpose.update({}, { document, documentLoader })) as Proof
      const call = contextFor(documentLoader)
      const prepared = await suite.prepare(
        document,
        {
          verificationMethod: signer.verificationMethod,
          purpose: proofPurpose ?? purpose.term ?? 'assertionMethod',
          created: call.now,
          algorithm: signer.algorithm,
          ...(challenge === undefined ? {} : { challenge }),
          ...(typeof domain === 'string' ? { domain } : {}),
        },
        call,
      )
      return (prepared.complete(await signBytes(prepared.data, { signer, proven })) as { proof: object }).proof
    },
    matchProof: async ({ proof }) =>
      proof.type === type && (cryptosuite === undefined || suite.names.includes(proof.cryptosuite as string)),
    verifyProof: async ({ proof, document, documentLoader }) => {
      const call = contextFor(documentLoader)
      const key = await resolve(proof as Proof, resolvers, call)
      const findings = await suite.verify(document, proof as Proof, key, call)
      const verified = findings.some(({ code }) => code === 'proof.verified')
      const error = new Error(findings.map(({ code, message }) => `${code}: ${message}`).join('; '))
      return { verified, verificationMethod: describe(key), ...(verified ? {} : { error }) }
    },
  }
}

/** Whether the key may speak for the issuer is theirs to ask: their purposes load the controller. */
async function resolve(
  { verificationMethod = '' }: Proof,
  resolvers: readonly KeyResolver[],
  context: Context,
): Promise<ResolvedKey> {
  const request = {
    id: verificationMethod,
    issuer: verificationMethod.split('#', 1)[0] as string,
    purpose: 'assertionMethod' as const,
  }
  const resolver = resolvers.find((candidate) => candidate.matches(request))
  if (resolver === undefined) throw new Error(`key.method_unsupported: no resolver finds "${verificationMethod}"`)
  return resolver.resolve(request, context)
}

function describe({ id, controller, publicJwk }: ResolvedKey): object {
  return publicJwk.kty === 'RSA'
    ? { id, controller, type: 'JsonWebKey', publicKeyJwk: publicJwk }
    : { id, controller, type: 'Multikey', publicKeyMultibase: encodePublicMultikey(publicJwk) }
}

/** Their loader answers parsed documents, ours bytes. */
function adapt(documentLoader: LinkedDataLoader): DocumentLoader {
  return {
    load: async ({ url }) => {
      const { document } = await documentLoader(url)
      const text = typeof document === 'string' ? document : JSON.stringify(document)
      return { url, bytes: encodeUtf8(text), mediaType: 'application/ld+json' }
    },
  }
}
