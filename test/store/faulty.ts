/**
 * Stores whose cable is pulled, and stores that wait in the middle.
 *
 * @module
 */
import type { Database, Query } from '../../src/store/database.js'
import type { Stores } from '../../src/store/stores.js'

/** Counts steps; the one that is due is done, and then the cable is out until it is mended. */
export interface Cable {
  arm(due: number): void
  mend(): void
  step(): void
  /** Throws where it is out. */
  demand(): void
}

export function newCable(): Cable {
  let left = Number.POSITIVE_INFINITY
  const demand = () => {
    if (left <= 0) throw new Error('the cable is out')
  }
  return {
    arm: (due) => {
      left = due
    },
    mend: () => {
      left = Number.POSITIVE_INFINITY
    },
    step: () => {
      left--
      demand()
    },
    demand,
  }
}

/** A step is a statement, or a commit. */
export function onCable(database: Database, cable: Cable): Database {
  const counted =
    (query: Query): Query =>
    async (...args) => {
      cable.demand()
      const rows = await query(...args)
      cable.step()
      return rows
    }
  return {
    ...database,
    query: counted(database.query),
    transaction: async (work) => {
      cable.demand()
      const result = await database.transaction((query) => work(counted(query)))
      cable.step()
      return result
    },
  }
}

export function faulty(database: Database, due: number): Database {
  const cable = newCable()
  cable.arm(due)
  return onCable(database, cable)
}

/** Does something before and after each call of a store: what the stores do in one call is whole. */
export function aroundCalls(stores: Stores, before: () => unknown, after: () => unknown = () => undefined): Stores {
  const around = <T extends object>(store: T): T =>
    Object.fromEntries(
      Object.entries(store).map(([name, method]) => [
        name,
        name === 'list' || name === 'revoked'
          ? async function* (...args: unknown[]) {
              await before()
              yield* method(...args)
              await after()
            }
          : async (...args: unknown[]) => {
              await before()
              const result = await method(...args)
              await after()
              return result
            },
      ]),
    ) as T
  return {
    ...stores,
    status: around(stores.status),
    credentials: around(stores.credentials),
    awards: around(stores.awards),
  }
}
