/** An issuer with batches on a database, for tests of what becomes of them. */
import {
  type Award,
  createAchievement,
  createIssuer,
  type Issuer,
  type IssuerOptions,
} from '../../src/entries/index.js'
import { type Batches, type BatchesOptions, createBatches } from '../../src/entries/jobs.js'
import type { Stores } from '../../src/store/stores.js'
import { newIssuer } from '../verify/kit.js'

export const { id, signer } = await newIssuer()
export const profile = { id, type: ['Profile'], name: 'Example School' } as const
export const achievement = createAchievement({
  id: 'https://school.example/achievements/1',
  name: 'Feedback',
  description: 'Helps.',
  criteria: { narrative: 'Three.' },
})

export const issuerOn = (stores: Stores, more: Partial<IssuerOptions> = {}): Issuer =>
  createIssuer({
    profile: profile as never,
    signer,
    status: { store: stores.status, listUrl: (list) => `https://school.example/status/${list}` },
    credentials: stores.credentials,
    ...more,
  })

export const batchesOn = (stores: Stores, more: Partial<BatchesOptions> = {}): Batches =>
  createBatches({ profile: profile as never, stores, ...more })

export const award = (n: number | string, more: object = {}): Award =>
  ({ id: `award-${n}`, achievement, recipient: { id: `did:example:${n}` }, ...more }) as Award

export const awards = (count: number, from = 0): Award[] => Array.from({ length: count }, (_, n) => award(from + n))
/** The model takes no such address. */
export const BROKEN = { recipient: { email: 'nobody' } }

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Of what was recorded: awards, badges and places in lists, each once. */
export async function demandOnce(stores: Stores, expected: readonly string[]): Promise<string | undefined> {
  const records = await collect(stores.credentials.list())
  const ids = records.map(({ awardId }) => awardId)
  const places = records.flatMap(({ status }) => status.map(({ listId, index }) => `${listId}#${index}`))
  const missing = expected.filter((each) => !ids.includes(each))
  if (missing.length > 0) return `lost: ${missing.slice(0, 5).join(', ')}`
  if (ids.length !== expected.length) return `${ids.length} records for ${expected.length} awards`
  if (new Set(records.map(({ credentialId }) => credentialId)).size !== ids.length) return 'two with one id'
  return new Set(places).size === places.length ? undefined : 'two with one place'
}
