// Issue 6 items 3 and 4: worker threads say what one thread says, byte for byte.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  anyIssuer,
  createIssuer,
  createSigner,
  createVerifier,
  type DocumentLoader,
  didDocument,
  type NamedInput,
  ResolutionError,
} from '../../src/index.js'
import { verifyInWorkers } from '../../src/node.js'
import { all, awards, buildWorker, KEY, profile, signer } from './kit.js'

let workerFile: URL
let remove = () => {}
let badges: string[] = []
beforeAll(async () => {
  ;({ file: workerFile, remove } = await buildWorker())
  const issued = await all(createIssuer({ profile, signer, now: () => now }).issueBatch(awards(40)))
  badges = issued.map(({ credential }) => JSON.stringify(credential))
})
afterAll(() => remove())
const now = new Date('2030-01-01T12:00:00Z')
const bytes = (text: string) => new TextEncoder().encode(text)

function inputs(): NamedInput[] {
  return badges.map((badge, index) => {
    if (index % 5 === 1) return { name: `badge ${index}`, input: bytes(badge) }
    if (index % 5 === 2) return { name: `badge ${index}`, input: badge.replace('Giving', 'Taking') }
    if (index % 5 === 3) return JSON.parse(badge)
    if (index % 5 === 4) return { name: 'torn', input: badge.slice(0, -9) }
    return badge
  })
}

test('the reports are those of verifyAll', async () => {
  const options = { trustedIssuers: [profile.id], now, recipient: { id: 'did:example:person-1' } } as const
  const here = await all(createVerifier(options).verifyAll(inputs()))
  const there = await all(verifyInWorkers(inputs(), { ...options, workers: 2, workerFile }))
  expect(JSON.stringify(there)).toBe(JSON.stringify(here))
  expect(new Set(there.map(({ outcome }) => outcome))).toEqual(new Set(['valid', 'invalid']))
  expect(there.find(({ outcome }) => outcome === 'valid')?.name).toBe('badge 1')
})
test('bytes of the caller stay his, also a view of a larger buffer', async () => {
  const large = new Uint8Array(1_000_000)
  const text = bytes(badges[0] as string)
  large.set(text, 1000)
  const view = large.subarray(1000, 1000 + text.length)
  const [report] = await all(verifyInWorkers([view], { trustedIssuers: anyIssuer, now, workerFile }))
  expect(report?.outcome).toBe('valid')
  expect(view.length).toBe(text.length)
})
test('what no thread can be sent is a report too, and a bad badge never throws', async () => {
  const odd = [{ '@context': () => {} }, null, 7, { name: 'x', input: Symbol('y') }, badges[0]] as never[]
  const options = { trustedIssuers: anyIssuer, now, workerFile } as const
  const there = await all(verifyInWorkers(odd, options))
  expect(there.map(({ outcome }) => outcome)).toEqual(['invalid', 'invalid', 'invalid', 'invalid', 'valid'])
  const here = await all(createVerifier(options).verifyAll(odd))
  expect(JSON.stringify(there)).toBe(JSON.stringify(here))
})
test('a loader of the caller is asked from this thread, and its refusals arrive as they are', async () => {
  const web = 'did:web:school.example'
  const key = await createSigner({ key: KEY, verificationMethod: `${web}#key-1` })
  const issuer = createIssuer({ profile: { ...profile, id: web }, signer: key, now: () => now })
  const badge = await issuer.issue(awards(1)[0] as never)
  const document = didDocument({ id: web, keys: [{ id: `${web}#key-1`, publicKey: signer.publicKey }] })
  const loader: DocumentLoader = {
    load: async ({ url }) => ({ url, bytes: bytes(JSON.stringify(document)), mediaType: 'application/did+json' }),
  }
  const broken: DocumentLoader = {
    load: async ({ url }) => {
      throw new ResolutionError('resolve.unreachable', url, `${url}: not today`)
    },
  }
  const options = { trustedIssuers: [web], now, workerFile } as const
  expect((await all(verifyInWorkers([badge], { ...options, loader })))[0]?.outcome).toBe('valid')
  const [report] = await all(verifyInWorkers([badge], { ...options, loader: broken }))
  expect(report).toMatchObject({ outcome: 'indeterminate', because: expect.arrayContaining(['key.unreachable']) })
})

describe('refused', () => {
  const registry = { name: 'ours', lookup: async () => undefined }
  test.each<[string, object, string]>([
    ['nobody to trust', {}, 'usage.missing_option'],
    ['a registry', { trustedIssuers: [registry] }, 'usage.invalid_option'],
    ['resolvers', { trustedIssuers: anyIssuer, resolvers: [] }, 'usage.invalid_option'],
    ['a cache', { trustedIssuers: anyIssuer, cache: new Map() }, 'usage.invalid_option'],
    ['a policy that is none', { trustedIssuers: anyIssuer, policy: { proof: 'report-only' } }, 'usage.invalid_option'],
  ])('%s', async (_, options, code) => {
    await expect(all(verifyInWorkers(badges, { ...options, workerFile } as never))).rejects.toMatchObject({
      name: 'UsageError',
      code,
    })
  })
})
