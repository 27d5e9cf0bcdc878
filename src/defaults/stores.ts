/**
 * The stores of an issuer with their defaults: what they share, and memory. Here, and nowhere below, clock and randomness come
 * from the platform.
 *
 * @module
 */

import { callable, type Members, number, shape, whole } from '../internal/members.js'
import type { Optional } from '../internal/types.js'
import { withoutUndefined } from '../internal/without-undefined.js'
import type { StatusPurpose } from '../model/types.js'
import { demandOptions } from '../report/demand-options.js'
import { createMemoryStatusStore } from '../status/memory-store.js'
import { createMemoryCredentialStores } from '../store/memory-credential-store.js'
import type { OpenOptions, Stores } from '../store/stores.js'
import { now, randomUuid } from './platform.js'

/** How the lists of a status store are laid out. */
export interface StoreOptions {
  /** Entries of each new status list. Default (and least) 131 072. */
  readonly entries?: number | undefined
  /** Bits of a status entry, by purpose: `{ message: 2 }`. Default 1. */
  readonly statusSizes?: Optional<Record<StatusPurpose, number>> | undefined
  /** The part of a list that is given out before the next one is begun, from 0 to 1. Default 0.9. */
  readonly fill?: number | undefined
  /** Default: the platform's clock. */
  readonly now?: (() => Date) | undefined
}

const size = whole(1, 32)
const SIZES: Members<Record<StatusPurpose, number>> = {
  revocation: size,
  suspension: size,
  refresh: size,
  message: size,
}
const STORES: Members<StoreOptions> = { entries: whole(1), statusSizes: shape(SIZES), fill: number, now: callable }

/** In memory, for tests and examples: gone with the process. */
export function memoryStores(options: StoreOptions = {}): Stores {
  return {
    status: createMemoryStatusStore(completeStoreOptions(options)),
    ...createMemoryCredentialStores(),
    close: async () => undefined,
  }
}

/** What was left out. */
export function completeStoreOptions(given: StoreOptions): OpenOptions {
  demandOptions(given, STORES)
  const { now: clock = now, ...options } = withoutUndefined(given)
  return { ...options, now: clock, random: randomSource(), lessee: randomUuid() }
}

const RANGE = 2 ** 32
/** Random words that are asked for at a time: asking takes longer than some dozen of them. */
const WORDS = 64

/** Whole numbers from 0 up to, and without, `below`. Unbiased: numbers of the last, incomplete round are drawn again. */
function randomSource(): (below: number) => number {
  const words = new Uint32Array(WORDS)
  let next = WORDS
  return (below) => {
    const limit = RANGE - (RANGE % below)
    for (;;) {
      if (next === WORDS) {
        globalThis.crypto.getRandomValues(words)
        next = 0
      }
      const drawn = words[next] as number
      // What has been given out is not kept.
      words[next++] = 0
      if (drawn < limit) return drawn % below
    }
  }
}
