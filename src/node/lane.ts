/**
 * One batch that never ends: awards are put in one by one, and what an issuer has learned from one serves the next.
 *
 * @module
 */
import type { Award } from '../issue/award.js'
import type { IssuedAward, Issuer } from '../issue/issuer.js'

/** Answers when the award has been issued, or has failed. Those that are put in meanwhile wait. */
export type Lane = (award: Award) => Promise<IssuedAward>

interface Waiting {
  readonly award: Award
  resolve(issued: IssuedAward): void
  reject(error: unknown): void
}

export function createLane(issuer: Issuer): Lane {
  const waiting: Waiting[] = []
  let current: Waiting | undefined
  let broken: { readonly error: unknown } | undefined
  let wake = () => {}

  async function* feed(): AsyncGenerator<Award> {
    for (;;) {
      current = waiting.shift()
      if (current !== undefined) yield current.award
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  }

  async function run(): Promise<void> {
    try {
      // One at a time: a batch that reads ahead would keep what is done until more is there.
      for await (const issued of issuer.issueBatch(feed(), { concurrency: 1 })) current?.resolve(issued)
    } catch (error) {
      broken = { error }
      for (const { reject } of [...(current === undefined ? [] : [current]), ...waiting]) reject(error)
    }
  }

  void run()
  return (award) =>
    new Promise((resolve, reject) => {
      if (broken !== undefined) {
        reject(broken.error)
        return
      }
      waiting.push({ award, resolve, reject })
      wake()
    })
}
