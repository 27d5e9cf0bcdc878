/**
 * The public functions with their defaults. Reading and writing what badges come in. Here, and nowhere below, clock, randomness, network and caches come from
 * the platform.
 *
 * @module
 */
import type { BakedAssertion } from '../bake/assertion.js'
import type { BakeOptions } from '../bake/bake.js'
import { type ContainerContents, readContainer } from '../bake/read-container.js'
import { ParseError } from '../errors.js'
import { onDemand } from '../internal/on-demand.js'
import type { Bytes, JsonObject } from '../internal/types.js'
import { credentialKind } from '../model/credential-kind.js'
import { invalid } from '../model/parse.js'
import { readModel } from '../model/read.js'
import type { SecuredCredential, VerifiableCredential } from '../model/types.js'
import type { Limits } from '../report/limits.js'
import { defaultLimits } from './platform.js'

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

/**
 * Reads a credential from JSON, a JWT, a PNG or an SVG, told apart by content. Nothing has been verified.
 *
 * Throws ParseError with what is wrong and where.
 */
export async function decodeCredential(input: Bytes | string | object): Promise<DecodedCredential> {
  return decodeContents(await readContainer(input, defaultLimits), defaultLimits)
}

/** What a container holds, read as a credential. Throws ParseError. */
export async function decodeContents(
  contents: ContainerContents,
  limits: Pick<Limits, 'depth'>,
): Promise<DecodedCredential> {
  const { document, secured } =
    contents.jws === undefined
      ? { document: contents.document, secured: contents.document as unknown }
      : await decodeJwt(contents.jws, limits.depth)
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

const loadBaking = onDemand(() => import('../bake/bake.js'))

/**
 * Writes a signed credential into a PNG or SVG (Open Badges 3.0 section 5.3). Pixels stay as they are.
 *
 * Throws ParseError (the image), UsageError `usage.unsigned_credential`, and with `existing: 'refuse'` `usage.already_baked`.
 */
export async function bakeImage(
  image: Bytes,
  credential: SecuredCredential,
  options: BakeOptions = {},
): Promise<Bytes> {
  const baking = await loadBaking()
  return baking.bakeImage(image, credential, options, defaultLimits)
}

/**
 * Takes the credential out of a PNG or SVG. It extracts only: nothing has been verified.
 *
 * Throws ParseError `parse.no_badge_in_image`, `parse.open_badges_2`, and others for images that are damaged.
 */
export async function unbakeImage(image: Bytes): Promise<SecuredCredential> {
  const baking = await loadBaking()
  return (await baking.unbakeImage(image, defaultLimits)) as SecuredCredential
}

/**
 * Takes an Open Badges 2.0 (or older) assertion out of a PNG or SVG: itself, its JWS, or the URL where it is hosted. Nothing has
 * been verified. `upgradeAssertion` makes a credential of it.
 *
 * Throws ParseError `parse.no_badge_in_image`, and others for images that are damaged.
 */
export async function unbakeAssertion(image: Bytes): Promise<BakedAssertion> {
  const older = await import('../bake/assertion.js')
  return older.unbakeAssertion(image, defaultLimits)
}
