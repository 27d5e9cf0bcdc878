/**
 * An end to waiting for a database that answers no more. A client waits for ever where the server went away at the wrong moment
 * (`postgres` 3.4.9, its issue 1208); whoever issues is told instead, and can ask again.
 *
 * @module
 */
import type { Database, Query } from './database.js'

/** A minute: no statement of the stores takes as long, whatever the size of its tables. */
export const PATIENCE_MS = 60_000

/**
 * The same database; what has been silent for so long is refused. A transaction may last: only the wait for one answer counts. Where it was
 * refused, none of its later statements is asked, so that it cannot be completed behind the back of who was told that it failed; one
 * that had been committed already, and whose answer was lost, is the same to the caller as any lost connection.
 */
export function withPatience(database: Database, milliseconds = PATIENCE_MS): Database {
  return {
    ...database,
    query: (text, values) => watched(milliseconds, (watch) => watch.answer(() => database.query(text, values))),
    transaction: (work) =>
      watched(milliseconds, (watch) => database.transaction((query) => work(watchedQuery(query, watch)))),
    snapshot: async () => {
      const snapshot = await watched(milliseconds, () => database.snapshot())
      return {
        ...snapshot,
        query: (text, values) => watched(milliseconds, (watch) => watch.answer(() => snapshot.query(text, values))),
      }
    },
  }
}

const watchedQuery =
  (query: Query, watch: Watch): Query =>
  (text, values) =>
    watch.answer(() => query(text, values))

interface Watch {
  /** A question, whose answer is a sign of life. Throws once it was given up. */
  answer<T>(ask: () => Promise<T>): Promise<T>
}

async function watched<T>(milliseconds: number, work: (watch: Watch) => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  let givenUp: Error | undefined
  let giveUp = (_: Error): void => undefined
  const silence = new Promise<never>((_, reject) => {
    giveUp = reject
  })
  const wait = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      givenUp = new Error(`the database has not answered for ${milliseconds / 1000} seconds`)
      giveUp(givenUp)
    }, milliseconds)
  }
  const watch: Watch = {
    answer: async (ask) => {
      if (givenUp !== undefined) throw givenUp
      wait()
      try {
        return await ask()
      } finally {
        if (givenUp === undefined) wait()
      }
    },
  }
  wait()
  const working = work(watch)
  // Where it was given up, nobody is left to hear how it ended.
  working.catch(() => undefined)
  try {
    return await Promise.race([working, silence])
  } finally {
    clearTimeout(timer)
    // Later statements of what goes on behind our back are refused.
    givenUp ??= new Error('the transaction has ended')
  }
}
