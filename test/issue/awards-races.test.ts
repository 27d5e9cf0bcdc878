// Two who change one award: one is stopped before each of its questions to the stores while the other does all of its work.
import { afterAll, describe, expect, test } from 'vitest'
import type { Issuer } from '../../src/entries/index.js'
import type { Stores } from '../../src/store/stores.js'
import { SKIP_PREFIX } from '../skip-reporter.js'
import { aroundCalls } from '../store/faulty.js'
import { awardFor, backends, issuerOn, standingOf } from './award-kit.js'

const { all, server } = backends()
if ('missing' in server) console.log(`${SKIP_PREFIX}${server.missing}`)
afterAll(async () => {
  for (const backend of all) await backend.end()
})

type Work = (issuer: Issuer, secret: string) => Promise<unknown>
const claim =
  (holder: string, onSecondClaim: 'refuse' | 'replace' = 'refuse'): Work =>
  (issuer, secret) =>
    issuer.claim({ awardId: 'a', secret, holder, onSecondClaim })
const plain: Work = (issuer, secret) => issuer.claim({ awardId: 'a', secret })
const WORKS = {
  'a claim': claim('did:example:ada'),
  'the same claim': claim('did:example:ada'),
  'a claim without a key': plain,
  'a claim that is refused': claim('did:example:eve'),
  'a claim that replaces': claim('did:example:eve', 'replace'),
  'another that replaces': claim('did:example:bob', 'replace'),
  revokeAward: (issuer) => issuer.revokeAward('a'),
  suspendAward: (issuer) => issuer.suspendAward('a'),
  reinstateAward: (issuer) => issuer.reinstateAward('a'),
  withdraw: (issuer) => issuer.withdraw('a'),
  erase: (issuer) => issuer.erase('a'),
  offerAgain: (issuer) => issuer.offerAgain('a'),
  issue: (issuer) => issuer.issue(awardFor('a', { narrative: 'Ada was here.' })),
} as const satisfies Record<string, Work>
type Name = keyof typeof WORKS

const PAIRS: readonly (readonly [Name, Name])[] = [
  ['a claim', 'revokeAward'],
  ['a claim without a key', 'revokeAward'],
  ['a claim that replaces', 'revokeAward'],
  ['a claim', 'the same claim'],
  ['a claim', 'a claim that is refused'],
  ['a claim that replaces', 'another that replaces'],
  ['a claim', 'erase'],
  ['a claim', 'suspendAward'],
  ['a claim', 'withdraw'],
  ['a claim', 'offerAgain'],
  ['issue', 'revokeAward'],
  ['issue', 'withdraw'],
  ['suspendAward', 'reinstateAward'],
  ['suspendAward', 'revokeAward'],
  ['erase', 'revokeAward'],
  ['erase', 'suspendAward'],
]

/** What is true whoever was first. */
async function judge(stores: Stores): Promise<void> {
  const [award] = await stores.awards.get(['a'])
  const standing = await standingOf(stores, 'a')
  const valid = standing.filter(({ isRevoked }) => !isRevoked)
  if (award?.state === 'revoked') expect(valid).toEqual([])
  if (award?.state === 'suspended') expect(valid.filter(({ isSuspended }) => !isSuspended)).toEqual([])
  if (award?.state === 'issued') expect(valid.filter(({ isSuspended }) => isSuspended)).toEqual([])
  expect(valid.filter(({ copy }) => copy > 0).length).toBeLessThanOrEqual(1)
  expect(new Set(standing.map(({ copy }) => copy)).size).toBe(standing.length)
  expect(new Set(standing.flatMap(({ entry }) => entry.split(','))).size).toBe(2 * standing.length)
  if (award?.state === 'erased') {
    const records = await stores.credentials.get(standing.map(({ id }) => ({ credentialId: id })))
    expect(JSON.stringify([award, records])).not.toMatch(/Ada|ada@|hmac|did:example|sha256\$/)
  }
}

describe.each(all)('$name', ({ open, isHere }) => {
  const offered = async () => {
    const stores = await open()
    const issuer = issuerOn(stores)
    const { secret = '' } = await issuer.offer(awardFor('a', { narrative: 'Ada was here.' }))
    return { stores, secret }
  }
  const both = PAIRS.flatMap(([one, other]) => [[one, other] as const, [other, one] as const])
  test.skipIf(!isHere).each(both)('%s, and %s in the middle', async (one, other) => {
    let stops = 0
    for (let due = 1; ; due++) {
      const { stores, secret } = await offered()
      let calls = 0
      let isReached = false
      const stopped = aroundCalls(stores, async () => {
        if (++calls !== due) return
        isReached = true
        await WORKS[other](issuerOn(stores), secret).catch(demandKnown)
      })
      await WORKS[one](issuerOn(stopped), secret).catch(demandKnown)
      await judge(stores)
      await stores.close()
      if (!isReached) break
      stops++
    }
    expect(stops).toBeGreaterThan(1)
  })

  test.skipIf(!isHere)('all at once, and the award is revoked in the end', async () => {
    for (let round = 0; round < 20; round++) {
      const { stores, secret } = await offered()
      const issuers = [issuerOn(stores), issuerOn(stores), issuerOn(stores)]
      const names = Object.keys(WORKS).filter((name) => name !== 'erase' && name !== 'withdraw') as Name[]
      await Promise.all(
        names.map((_, at) => {
          const name = names[(at * 7 + round) % names.length] as Name
          return WORKS[name](issuers[at % 3] as Issuer, secret).catch(demandKnown)
        }),
      )
      expect((await stores.awards.get(['a']))[0]?.state).toBe('revoked')
      await judge(stores)
      await stores.close()
    }
  })
})

/** What one is told whom the other was faster than. */
function demandKnown(error: { readonly code?: string }): void {
  expect(error.code).toMatch(/^usage\.(revoked|award_\w+|already_claimed|wrong_secret)$|^store\.(award_closed)$/)
}
