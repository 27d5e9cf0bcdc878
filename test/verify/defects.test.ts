/**
 * decisions/no-exceptions-for-bad-badges.md: a bug is no verdict, and does not end a list. The bugs of this test are in the parts that a
 * caller brings, one for each port, and in a badge's own members.
 */
import { describe, expect, test, vi } from 'vitest'
import {
  anyIssuer,
  createPresentation,
  createVerifier,
  DefectError,
  type KeyResolver,
  noChallenge,
  OpenBadgeError,
  ResolutionError,
  type VerifyOptions,
  verifyCredential,
  verifyPresentation,
} from '../../src/entries/index.js'
import { defaultSuites } from '../../src/entries/suites.js'
import * as decide from '../../src/report/decide.js'
import { NOW, newIssuer, signed, web } from './kit.js'

const issuer = await newIssuer()
const good = await signed(issuer)
const SCHEMA = 'https://school.example/schema.json'
const declaring = await signed(issuer, { credentialSchema: [{ id: SCHEMA, type: 'JsonSchema' }] })
const withStatus = await signed(issuer, {
  credentialStatus: { id: 'https://school.example/status', type: 'OurStatus' } as never,
  extensions: { contexts: [{ OurStatus: 'https://school.example/OurStatus' }], properties: {} } as never,
})
const base: VerifyOptions = { trustedIssuers: anyIssuer, now: NOW, loader: web({}) }
const resolving = (resolve: KeyResolver['resolve']) => ({ resolvers: [{ matches: () => true, resolve }] })

const bug = new TypeError("Cannot read properties of undefined (reading 'x')")
const fail = () => {
  throw bug
}
const suite = defaultSuites().find(({ names }) => names.includes('eddsa-rdfc-2022'))
if (suite === undefined) throw new Error('no suite')

/** The badge that comes to the port, and the port with its bug. */
const PORTS: readonly (readonly [string, object, Partial<VerifyOptions>])[] = [
  ['a loader that throws', declaring, { loader: { load: fail } }],
  ['a loader that rejects', declaring, { loader: { load: () => Promise.reject(bug) } }],
  ['a loader that answers nothing', declaring, { loader: { load: async () => undefined as never } }],
  ['a resolver', good, resolving(fail)],
  ['a resolver that answers nonsense', good, resolving(async () => 7 as never)],
  ['a suite', good, { suites: [{ ...suite, verify: fail }] }],
  ['a status method', withStatus, { statusMethods: [{ types: ['OurStatus'], check: fail } as never] }],
  ['a registry', good, { trustedIssuers: [{ name: 'ours', lookup: fail } as never] }],
  ['a cache that does not get', declaring, { cache: { get: fail, set: () => undefined } }],
  [
    'a cache that does not set',
    declaring,
    { cache: { get: () => undefined, set: fail }, loader: web({ [SCHEMA]: {} }) },
  ],
]

describe.each(PORTS)('a bug in %s', (_name, badge, options) => {
  test('rejects with a branded error, and its cause', async () => {
    const error = await verifyCredential(badge, { ...base, ...options }).then(
      (report) => report,
      (error: unknown) => error,
    )
    expect(error).toBeInstanceOf(DefectError)
    expect(error).toBeInstanceOf(OpenBadgeError)
    expect(error).toMatchObject({ name: 'DefectError', code: 'defect.unexpected', cause: expect.any(TypeError) })
  })
  test('costs a list one badge', async () => {
    const verifier = createVerifier({ ...base, ...options })
    const found: unknown[] = []
    const progress: number[] = []
    const inputs = [{ name: 'bad.json', input: badge }, '{', badge, { name: 'also bad.json', input: '[]' }]
    for await (const one of verifier.verifyAll(inputs, { onProgress: ({ failed }) => progress.push(failed) }))
      found.push(one.outcome === undefined ? one : [one.name, one.outcome])
    expect(found).toEqual([
      { index: 0, name: 'bad.json', error: expect.any(DefectError) },
      [undefined, 'invalid'],
      { index: 2, error: expect.any(DefectError) },
      ['also bad.json', 'invalid'],
    ])
    expect(progress).toEqual([1, 2, 3, 4])
  })
})

describe('what a port may throw is an answer', () => {
  test('a loader that cannot load', async () => {
    const loader = { load: () => Promise.reject(new ResolutionError('resolve.unreachable', SCHEMA, 'no')) }
    expect((await verifyCredential(declaring, { ...base, loader })).outcome).toBe('valid')
  })
})

test('a bug of ours is one too', async () => {
  const spy = vi.spyOn(decide, 'decideWithReasons').mockImplementation(fail)
  try {
    await expect(verifyCredential(good, base)).rejects.toMatchObject({ code: 'defect.unexpected', cause: bug })
    await expect(
      verifyPresentation(createPresentation({ holder: 'did:example:ada', credentials: [good] }), {
        ...base,
        challenge: noChallenge,
        holder: 'subject',
        unsignedPresentation: true,
      }),
    ).rejects.toMatchObject({ code: 'defect.unexpected', cause: bug })
  } finally {
    spy.mockRestore()
  }
})

test('what is thrown need not be an error', async () => {
  const thrown = { toString: 1 }
  await expect(verifyCredential(good, { ...base, ...resolving(() => Promise.reject(thrown)) })).rejects.toMatchObject({
    cause: thrown,
  })
})

describe('verifyAll', () => {
  test.each<[string, object]>([
    ['recipient', { recipient: [] }],
    ['now', { now: new Date('x') }],
  ])('refuses a wrong option once, and not for each badge: %s', async (option, options) => {
    const drain = async () => {
      for await (const _ of createVerifier(base).verifyAll([good], options));
    }
    await expect(drain()).rejects.toMatchObject({ name: 'UsageError', message: expect.stringContaining(option) })
  })
  test('ends with the reason of the signal, whatever is thrown then', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const resolve = () => {
      controller.abort(reason)
      throw bug
    }
    const drain = async () => {
      for await (const _ of createVerifier({ ...base, ...resolving(resolve) }).verifyAll([good, good], {
        signal: controller.signal,
      }));
    }
    await expect(drain()).rejects.toBe(reason)
  })
})
