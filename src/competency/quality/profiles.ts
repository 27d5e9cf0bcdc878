/**
 * The profiles that come with the library, each loaded when it is asked for.
 *
 * @module
 */
import { oneOf } from '../../internal/members.js'
import { demandArgument } from '../../report/demand-options.js'
import { parseQualityProfile } from './profile.js'
import type { QualityProfile } from './types.js'

/** The name of a profile that comes with the library. */
export type BundledProfile = 'three-conditions' | 'eu-2022' | 'published-practice' | 'self-contained'

const LOADERS: Readonly<Record<BundledProfile, () => Promise<QualityProfile>>> = {
  'three-conditions': async () => (await import('./profiles/three-conditions.js')).threeConditions,
  'eu-2022': async () => (await import('./profiles/eu-2022.js')).eu2022,
  'published-practice': async () => (await import('./profiles/published-practice.js')).publishedPractice,
  'self-contained': async () => (await import('./profiles/self-contained.js')).selfContained,
}

/** Their names. `three-conditions` asks what `checkModularity` asks. */
export const QUALITY_PROFILES: readonly BundledProfile[] = Object.keys(LOADERS) as BundledProfile[]

const name = oneOf(...QUALITY_PROFILES)

/** A profile that comes with the library, as data to read, to show or to begin your own with. Throws UsageError for another name. */
export async function qualityProfile(id: BundledProfile): Promise<QualityProfile> {
  demandArgument(id, name, 'profile')
  return parseQualityProfile(await LOADERS[id]())
}
