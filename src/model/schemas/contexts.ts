/**
 * `@context`: VCDM 2.0 section 4.3, Open Badges 3.0 section 8.
 *
 * @module
 */
import * as z from 'zod/mini'
import { OB_V3, type OpenBadgesContextUrl, VC_V2 } from '../contexts.js'
import { expecting, jsonObject, type Schema } from './blocks.js'

/** The pattern of 1EdTech's schema. */
const OPEN_BADGES = /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(?:-3\.\d\.\d)*\.json$/
const anOpenBadgesContext = `an Open Badges 3.0 context: the second context is "${OB_V3}"`

const vcV2 = z.literal(VC_V2, expecting(`"${VC_V2}": the first context of a VCDM 2.0 document`))
const openBadges = z
  .string(expecting(anOpenBadgesContext))
  .check(z.regex(OPEN_BADGES, expecting(anOpenBadgesContext))) as unknown as Schema<OpenBadgesContextUrl>
const url = z.string(expecting('the URL of a context, or a context'))

/** By URL, or in place. */
export const contextEntry = z.union([url, jsonObject], expecting('the URL of a context, or a context'))

export const credentialContexts = z.tuple([vcV2], contextEntry, expecting(`an array that begins with "${VC_V2}"`))
export const openBadgeContexts = z.tuple(
  [vcV2, openBadges],
  contextEntry,
  expecting(`an array that begins with "${VC_V2}" and "${OB_V3}"`),
)
export const envelopeContexts = z.tuple([vcV2], vcV2, expecting(`["${VC_V2}"]`))
