// A fault after any statement of what becomes of an award, then the same once more: one credential per copy, and none lost.
import { afterAll, describe, expect, test } from 'vitest'
import { type Issuer, StoreError } from '../../src/entries/index.js'
import type { Stores } from '../../src/store/stores.js'
import { SKIP_PREFIX } from '../skip-reporter.js'
import { aroundCalls, type Cable, newCable, onCable } from '../store/faulty.js'
import { awardFor, backends, idOf, issuerOn, standingOf } from './award-kit.js'

const { all, server } = backends()
if ('missing' in server) console.log(`${SKIP_PREFIX}${server.missing}`)
afterAll(async () => {
  for (const backend of all) await backend.end()
})
const [ADA, EVE, BOB] = ['did:example:ada', 'did:example:eve', 'did:example:bob']

/** What an issuer's stores would say of somebody. */
async function said(stores: Stores): Promise<string> {
  const found: unknown[] = []
  for await (const award of stores.awards.list()) found.push(award, await stores.awards.get([award.awardId]))
  for await (const each of stores.credentials.list())
    found.push(each, await stores.credentials.get([{ credentialId: each.credentialId }]))
  return JSON.stringify(found)
}

interface Scene {
  readonly issuer: Issuer
  readonly stores: Stores
  readonly secret: string
}
interface Step {
  readonly name: string
  /** How it comes to where the step begins. */
  prepare(scene: Scene): Promise<unknown>
  run(scene: Scene): Promise<unknown>
  /** After the fault, before it is tried again. */
  between?(scene: Scene): Promise<unknown>
  after(scene: Scene, answer: unknown): Promise<unknown>
}

const claimed = (holder?: string) => (scene: Scene) =>
  scene.issuer.claim({ awardId: 'a', secret: scene.secret, ...(holder === undefined ? {} : { holder }) })
const both = async (scene: Scene) => {
  await claimed()(scene)
  await claimed(ADA)(scene)
}

const STEPS: readonly Step[] = [
  {
    name: 'offer',
    prepare: async () => undefined,
    run: ({ issuer }) => issuer.offer(awardFor('b'), { address: 'b@example.org' }),
    after: async ({ issuer, stores }) => {
      const [award] = await stores.awards.get(['b'])
      expect(award).toMatchObject({ state: 'offered', address: 'b@example.org' })
      const { secret } = await issuer.offerAgain('b')
      await issuer.claim({ awardId: 'b', secret })
      expect(await standingOf(stores, 'b')).toHaveLength(1)
    },
  },
  {
    name: 'claim, bound to no key',
    prepare: async () => undefined,
    run: claimed(),
    after: async ({ stores }, answer) => {
      const standing = await standingOf(stores, 'a')
      expect(standing).toMatchObject([
        { copy: 0, isRevoked: false, id: idOf((answer as never as { credential: never }).credential) },
      ])
      expect((await stores.awards.get(['a']))[0]?.events.map(({ kind }) => kind)).toEqual(['claimed', 'issued'])
    },
  },
  {
    name: 'claim, bound to a second key',
    prepare: both,
    run: ({ issuer, secret }) => issuer.claim({ awardId: 'a', secret, holder: EVE, onSecondClaim: 'replace' }),
    between: async ({ stores }) => {
      const bound = (await standingOf(stores, 'a')).filter(({ copy }) => copy > 0)
      expect(bound.filter(({ isRevoked }) => !isRevoked).length).toBeLessThanOrEqual(1)
    },
    after: async ({ stores }, answer) => {
      const standing = await standingOf(stores, 'a')
      expect(standing.map(({ copy, isRevoked, trail }) => [copy, isRevoked, trail.join()])).toEqual([
        [0, false, ''],
        [1, true, 'revoked'],
        [2, false, ''],
      ])
      expect(new Set(standing.flatMap(({ entry }) => entry.split(','))).size).toBe(6)
      expect(standing[2]?.id).toBe(idOf((answer as never as { credential: never }).credential))
    },
  },
  {
    name: 'revokeAward',
    prepare: both,
    run: ({ issuer }) => issuer.revokeAward('a', { reason: 'why' }),
    between: async ({ issuer, stores, secret }) => {
      // Closed first: from then on nobody gets another one.
      if ((await stores.awards.get(['a']))[0]?.state !== 'revoked') return
      await expect(issuer.claim({ awardId: 'a', secret, holder: BOB, onSecondClaim: 'replace' })).rejects.toMatchObject(
        {
          code: 'usage.revoked',
        },
      )
    },
    after: async ({ stores }) => {
      const standing = await standingOf(stores, 'a')
      expect(standing.map(({ isRevoked, trail }) => [isRevoked, trail.join()])).toEqual([
        [true, 'revoked'],
        [true, 'revoked'],
      ])
      const [award] = await stores.awards.get(['a'])
      expect(award?.events.filter(({ kind }) => kind === 'revoked')).toHaveLength(1)
    },
  },
  {
    name: 'revokeAward, of one that was issued at once',
    prepare: ({ issuer }) => issuer.issue(awardFor('b')),
    run: ({ issuer }) => issuer.revokeAward('b'),
    after: async ({ stores }) => {
      expect((await standingOf(stores, 'b')).map(({ isRevoked }) => isRevoked)).toEqual([true])
    },
  },
  {
    name: 'suspendAward',
    prepare: both,
    run: ({ issuer }) => issuer.suspendAward('a'),
    after: async ({ stores }) => {
      const standing = await standingOf(stores, 'a')
      expect(standing.map(({ isSuspended, trail }) => [isSuspended, trail.join()])).toEqual([
        [true, 'suspended'],
        [true, 'suspended'],
      ])
    },
  },
  {
    name: 'reinstateAward',
    prepare: async (scene) => {
      await both(scene)
      await scene.issuer.suspendAward('a')
    },
    run: ({ issuer }) => issuer.reinstateAward('a'),
    after: async ({ stores }) => {
      const standing = await standingOf(stores, 'a')
      expect(standing.map(({ isSuspended, trail }) => [isSuspended, trail.join()])).toEqual([
        [false, 'suspended,reinstated'],
        [false, 'suspended,reinstated'],
      ])
      expect((await stores.awards.get(['a']))[0]?.state).toBe('issued')
    },
  },
  {
    name: 'withdraw',
    prepare: async () => undefined,
    run: ({ issuer }) => issuer.withdraw('a'),
    after: async ({ issuer, stores, secret }) => {
      expect((await stores.awards.get(['a']))[0]).toMatchObject({ state: 'withdrawn', events: [{ kind: 'withdrawn' }] })
      await expect(issuer.claim({ awardId: 'a', secret })).rejects.toMatchObject({ code: 'usage.award_withdrawn' })
    },
  },
  {
    name: 'erase, of a person',
    prepare: async (scene) => {
      await both(scene)
      await scene.issuer.issue(awardFor('b', { recipient: { email: 'a@example.org' }, narrative: 'Ada was here.' }))
    },
    run: ({ issuer }) => issuer.erase({ email: 'a@example.org' }),
    after: async ({ issuer, stores }) => {
      const text = await said(stores)
      for (const word of ['Ada', 'ada@', 'hmac-sha256', ADA, 'clerk']) expect(text).not.toContain(word)
      expect([...(await standingOf(stores, 'a')), ...(await standingOf(stores, 'b'))]).toHaveLength(3)
      for await (const _ of issuer.find({ email: 'a@example.org' })) throw new Error('found')
    },
  },
]

describe.each(all)('$name', ({ name, open, isHere }) => {
  test.skipIf(!isHere).each(STEPS)('$name', async (step) => {
    let faults = 0
    for (let due = 1; ; due++) {
      const cable: Cable = newCable()
      const plain = await open((database) => onCable(database, cable))
      // In memory a call is the smallest thing that can be done.
      const demand = () => {
        try {
          cable.demand()
        } catch (cause) {
          throw new StoreError('store.failed', 'gone', { cause })
        }
      }
      const stores =
        name === 'memory'
          ? aroundCalls(plain, demand, () => {
              try {
                cable.step()
              } catch (cause) {
                throw new StoreError('store.failed', 'gone', { cause })
              }
            })
          : plain
      const issuer = issuerOn(stores)
      const { secret = '' } = await issuer.offer(awardFor('a', { narrative: 'Ada was here.', by: 'clerk 7' }), {
        address: 'ada@example.org',
      })
      const scene: Scene = { issuer, stores, secret }
      await step.prepare(scene)
      cable.arm(due)
      const error = await step.run(scene).then(
        () => undefined,
        (error) => error,
      )
      cable.mend()
      if (error !== undefined) expect(error).toMatchObject({ code: 'store.failed' })
      await step.between?.(scene)
      await step.after(scene, await step.run(scene))
      await plain.close()
      if (error === undefined) break
      faults++
    }
    expect(faults).toBeGreaterThan(1)
  })
})
