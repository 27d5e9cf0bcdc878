/**
 * What a badge came in, read as a credential. Nothing is verified here.
 *
 * @module
 */
import { ParseError } from '../errors.js'
import type { JsonObject } from '../internal/types.js'
import { credentialKind } from '../model/credential-kind.js'
import { isEnvelope } from '../model/kinds.js'
import { invalid } from '../model/parse.js'
import { readModel } from '../model/read.js'
import type { SecuredCredential, VerifiableCredential } from '../model/types.js'
import type { Limits } from '../report/limits.js'
import type { ContainerContents } from './read-container.js'

/** Reads JSON, a JWT, a PNG or an SVG: nothing has been verified. */
export interface DecodedCredential {
  /** Named so that nobody mistakes it. */
  readonly unverified: VerifiableCredential
  /**
   * Is anything there to verify, a proof or a JWT? Where not, `secured` is the bare document, which nothing secures: it cannot be
   * baked, and verifying it is `proof.missing`.
   */
  readonly signed: boolean
  /** The exact form it came in: to store, bake or verify where it is `signed`. */
  readonly secured: SecuredCredential<VerifiableCredential>
  readonly container: 'json' | 'jwt' | 'png' | 'svg'
  /** The version of the Verifiable Credentials Data Model. */
  readonly version: '1.1' | '2.0'
}

/** What a container holds, read as a credential. Throws ParseError. */
export async function decodeContents(
  contents: ContainerContents,
  limits: Pick<Limits, 'depth' | 'documentBytes'>,
): Promise<DecodedCredential> {
  const jws =
    contents.jws ??
    (isEnvelope(contents.document)
      ? (await import('./envelope.js')).openEnvelope(contents.document, 'vc', limits.documentBytes)
      : undefined)
  const { document, secured } =
    jws === undefined
      ? { document: contents.document as JsonObject, secured: contents.document as unknown }
      : await decodeJwt(jws, limits.depth)
  const kind = credentialKind(document)
  const own = readModel(document, kind)
  // To look at a badge it need not be a good one: what is a credential at all is shown as one.
  const reading = own.ok ? own : readModel(document, 'credential')
  if (!reading.ok) throw invalid(kind, (own.ok ? reading : own).issues)
  return {
    unverified: reading.value as VerifiableCredential,
    signed: typeof secured === 'string' || hasProof(document),
    secured: secured as SecuredCredential<VerifiableCredential>,
    container: contents.container,
    version: reading.version,
  }
}

/** As `bakeImage` asks: an object, or a list that is not empty. */
function hasProof({ proof }: JsonObject): boolean {
  return Array.isArray(proof) ? proof.length > 0 : typeof proof === 'object' && proof !== null
}

async function decodeJwt(text: string, maxDepth: number): Promise<{ document: JsonObject; secured: string }> {
  const [{ decodeJws, isJwsFault }, { readVcJwt }] = await Promise.all([
    import('../proof/jws.js'),
    import('../proof/vc-jwt.js'),
  ])
  const jws = decodeJws(text, { maxDepth })
  if (isJwsFault(jws)) throw new ParseError(`parse.${jws.kind}`, jws.message)
  const jwt = readVcJwt(jws, 'vc')
  if ('fault' in jwt) throw new ParseError('parse.malformed', jwt.fault)
  return { document: jwt.document, secured: text }
}
