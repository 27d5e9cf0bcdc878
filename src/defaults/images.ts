/**
 * The public functions with their defaults. Reading and writing what badges come in. Here, and nowhere below, clock, randomness, network and caches come from
 * the platform.
 *
 * @module
 */
import type { BakedAssertion } from '../bake/assertion.js'
import type { BakeOptions } from '../bake/bake.js'
import { type DecodedCredential, decodeContents } from '../bake/decode.js'
import type { ViewableImages } from '../bake/png-viewable.js'
import { readContainer } from '../bake/read-container.js'
import { type Members, oneOf } from '../internal/members.js'
import { onDemand } from '../internal/on-demand.js'
import type { Bytes } from '../internal/types.js'
import type { SecuredCredential, VerifiableCredentialV1 } from '../model/types.js'
import { demandOptions } from '../report/demand-options.js'
import { defaultLimits } from './platform.js'

/**
 * Reads a credential from JSON, a JWT, a PNG or an SVG, told apart by content. Nothing has been verified.
 *
 * Throws ParseError with what is wrong and where.
 */
export async function decodeCredential(input: Bytes | string | object): Promise<DecodedCredential> {
  return decodeContents(await readContainer(input, defaultLimits), defaultLimits)
}

const BAKE: Members<BakeOptions> = { existing: oneOf('replace', 'refuse') }

const loadBaking = onDemand(() => import('../bake/bake.js'))

/** A batch bakes one image many times. */
const viewable: ViewableImages = new WeakMap()

/**
 * Writes a signed credential into a PNG or SVG (Open Badges 3.0 section 5.3). Pixels stay as they are.
 *
 * Throws ParseError (the image; `parse.malformed_image` also for a PNG that no viewer shows, with the reason), UsageError `usage.unsigned_credential`, and with `existing: 'refuse'` `usage.already_baked`.
 */
export async function bakeImage(
  image: Bytes,
  credential: SecuredCredential | SecuredCredential<VerifiableCredentialV1>,
  options: BakeOptions = {},
): Promise<Bytes> {
  demandOptions(options, BAKE)
  const baking = await loadBaking()
  return baking.bakeImage(image, credential, options, defaultLimits, viewable)
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
