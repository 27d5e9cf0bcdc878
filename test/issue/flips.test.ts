// Revoking, suspending and reinstating many at once.
import { describe, expect, test } from 'vitest'
import {
  type Award,
  createAchievement,
  createIssuer,
  type FailedChange,
  type StatusStore,
  StoreError,
} from '../../src/entries/index.js'
import { memoryStores } from '../../src/entries/store/memory.js'
import { newIssuer } from '../verify/kit.js'

const { id, signer } = await newIssuer()
const achievement = createAchievement({ name: 'Feedback', description: 'Helps.', criteria: { narrative: 'Three.' } })
const award = (n: number): Award => ({ id: `award-${n}`, achievement, recipient: { id: `did:example:${n}` } })

async function setting(count: number, change: (store: StatusStore) => Partial<StatusStore> = () => ({})) {
  const stores = memoryStores()
  const issuer = createIssuer({
    profile: { id, type: ['Profile'], name: 'Example School' },
    signer,
    status: {
      store: { ...stores.status, ...change(stores.status) },
      listUrl: (list) => `https://school.example/status/${list}`,
      purposes: ['revocation', 'suspension'],
      revocationListUrl: 'https://school.example/revoked.json',
    },
    credentials: stores.credentials,
  })
  const ids: string[] = []
  for await (const { credential } of issuer.issueBatch(Array.from({ length: count }, (_, n) => award(n))))
    ids.push((credential as { id: string }).id)
  const kindsOf = async (credentialId: string) =>
    (await stores.credentials.get([{ credentialId }]))[0]?.events.map(({ kind, reason, by }) => [kind, reason, by])
  return { issuer, stores, ids, kindsOf }
}

test('a stream of more than one chunk: each once in its trail, however often it is asked for', async () => {
  const { issuer, ids, kindsOf } = await setting(1100)
  async function* stream() {
    yield* ids
  }
  let told = 0
  const change = { reason: 'the course was a fraud', by: 'clerk 7', onProgress: () => void told++ }
  expect(await issuer.revokeMany(stream(), change)).toEqual({ done: 1100, failed: 0, failures: [] })
  expect(told).toBe(1100)
  expect(await issuer.revokeMany(ids)).toEqual({ done: 1100, failed: 0, failures: [] })
  for (const at of [0, 499, 500, 1099])
    expect(await kindsOf(ids[at] as string)).toEqual([['revoked', 'the course was a fraud', 'clerk 7']])
  expect((await issuer.revocationList()).revokedCredential).toHaveLength(1100)
})
test('suspended and reinstated; what is revoked stays so, and costs no other', async () => {
  const { issuer, ids, kindsOf } = await setting(3)
  await issuer.suspendMany(ids)
  await issuer.revoke(ids[1] as string)
  const failures: FailedChange[] = []
  const result = await issuer.reinstateMany([...ids, 'urn:none'], {
    onFailure: (failure) => void failures.push(failure),
  })
  expect(result).toMatchObject({ done: 2, failed: 2 })
  expect(result.failures).toEqual(failures)
  expect(failures.map(({ index, error }) => [index, error.code])).toEqual([
    [1, 'usage.revoked'],
    [3, 'usage.unknown_credential'],
  ])
  expect((await kindsOf(ids[0] as string))?.map(([kind]) => kind)).toEqual(['suspended', 'reinstated'])
  expect((await kindsOf(ids[1] as string))?.map(([kind]) => kind)).toEqual(['suspended', 'revoked'])
})
test('an entry that the store refuses is no revocation in the trail', async () => {
  const no = new StoreError('store.unknown_index', 'nobody has it')
  const { issuer, ids, kindsOf } = await setting(2, (store) => ({
    set: async (changes) => (await store.set(changes)).map((outcome, at) => (at === 0 ? { error: no } : outcome)),
  }))
  const { failures } = await issuer.revokeMany(ids)
  expect(failures).toEqual([{ index: 0, credentialId: ids[0], error: no }])
  expect(await kindsOf(ids[0] as string)).toEqual([])
  expect((await kindsOf(ids[1] as string))?.map(([kind]) => kind)).toEqual(['revoked'])
})
test('a store that is gone ends it all, and the same again completes it', async () => {
  let calls = 0
  const { issuer, ids, kindsOf } = await setting(600, (store) => ({
    set: async (changes) => {
      if (++calls === 2) throw new StoreError('store.failed', 'the cable is out')
      return store.set(changes)
    },
  }))
  await expect(issuer.revokeMany(ids)).rejects.toMatchObject({ code: 'store.failed' })
  expect(await issuer.revokeMany(ids)).toMatchObject({ done: 600, failed: 0 })
  for (const at of [0, 599]) expect(await kindsOf(ids[at] as string)).toHaveLength(1)
})
describe('mistakes of the caller', () => {
  test.each([
    ['one id', 'urn:uuid:1', undefined],
    ['a misspelt option', [], { resaon: 'fraud' }],
    ['a signal that is none', [], { signal: true }],
  ])('%s', async (_, ids, change) => {
    const { issuer } = await setting(0)
    await expect(issuer.revokeMany(ids as never, change as never)).rejects.toMatchObject({
      code: 'usage.invalid_option',
    })
  })
  test('an abort is thrown with its reason', async () => {
    const { issuer, ids } = await setting(2)
    const reason = new Error('enough')
    await expect(issuer.revokeMany(ids, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })
})
