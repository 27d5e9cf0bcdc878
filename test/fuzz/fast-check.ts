/**
 * fast-check as the tests have it (an alias in vitest.config.ts): the same cases on each run, so that a test that passed once
 * passes on every machine. `npm run fuzz` looks for new ones: another seed, and more runs of each property.
 *
 *     BADGEWRIGHT_FUZZ_SEED   a whole number; default 20300131
 *     BADGEWRIGHT_FUZZ_TIMES  by how much to multiply the runs of each property; default 1
 */
import { createRequire } from 'node:module'

// The alias would lead an import back to this file.
const real = createRequire(import.meta.url)('fast-check') as typeof import('fast-check')

const seed = Number(process.env.BADGEWRIGHT_FUZZ_SEED ?? 20300131)
const times = Number(process.env.BADGEWRIGHT_FUZZ_TIMES ?? 1)
const DEFAULT_RUNS = 100

if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(times) || times < 1)
  throw new TypeError('BADGEWRIGHT_FUZZ_SEED and BADGEWRIGHT_FUZZ_TIMES are whole numbers, the second at least 1')

real.configureGlobal({ ...real.readConfigureGlobal(), seed })

// Overloaded by the kind of property; all of them go through.
const assert = ((property: Parameters<typeof real.assert>[0], parameters: Parameters<typeof real.assert>[1]) =>
  real.assert(property, {
    ...parameters,
    numRuns: (parameters?.numRuns ?? DEFAULT_RUNS) * times,
  })) as typeof real.assert

export default { ...real, assert }
