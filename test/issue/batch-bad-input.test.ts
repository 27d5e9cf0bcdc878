/** Bad input in batches: bounded time, a typed error for the one award, the others go on, nothing lost. */
import { describe, expect, test } from 'vitest'
import {
  type Award,
  createAchievement,
  createIssuer,
  type IssuedAward,
  type IssuerOptions,
  OpenBadgeError,
  verifyCredential,
} from '../../src/entries/index.js'
import { memoryStores } from '../../src/entries/store/memory.js'
import { newIssuer } from '../verify/kit.js'

const { id, signer } = await newIssuer()
const achievement = createAchievement({
  name: 'Giving Feedback',
  description: 'Feedback that helps.',
  criteria: { narrative: 'Three pieces.' },
})
const award = (n: number, more: object = {}): Award =>
  ({ id: `award-${n}`, achievement, recipient: { id: `did:example:${n}` }, ...more }) as Award
const issuerWith = (more: Partial<IssuerOptions> = {}) =>
  createIssuer({ profile: { id, type: ['Profile'], name: 'Example School' }, signer, ...more })

async function collect(awards: Iterable<Award> | AsyncIterable<Award>, more = {}): Promise<IssuedAward[]> {
  const issued: IssuedAward[] = []
  for await (const one of issuerWith(more).issueBatch(awards)) issued.push(one)
  return issued
}

const context = (terms: object) => ({ contexts: [terms], properties: {} })
const nested = (depth: number): object => (depth === 0 ? {} : { part: nested(depth - 1) })
/** Each node of a complete graph is like all others: telling them apart takes more steps than there are. */
const symmetric = (size: number) => {
  const nodes = Array.from({ length: size }, (_, at) => ({ '@id': `_:n${at}`, ...links(at, size) }))
  return {
    contexts: [{ part: 'https://school.example/#part', to: 'https://school.example/#to' }],
    properties: { part: nodes },
  }
}
const links = (at: number, size: number) => ({
  to: Array.from({ length: size }, (_, other) => other).flatMap((other) =>
    other === at ? [] : [{ '@id': `_:n${other}` }],
  ),
})
/** The same without names: a tree whose branches are all alike. */
const bushy = (depth: number): object => (depth === 0 ? { leaf: 1 } : { part: [bushy(depth - 1), bushy(depth - 1)] })

describe('one bad award among good ones', () => {
  test.each<[string, () => object, RegExp]>([
    [
      'a megabyte of evidence',
      () => ({ evidence: [{ type: ['Evidence'], narrative: 'x'.repeat(1 << 20) }] }),
      /parse.invalid/,
    ],
    [
      'many megabytes of evidence',
      () => ({ evidence: Array.from({ length: 8 }, () => ({ type: ['Evidence'], narrative: 'x'.repeat(1 << 20) })) }),
      /parse.invalid/,
    ],
    [
      'evidence that is one object over and over',
      () => {
        let part: object = { type: ['Evidence'], name: 'x' }
        for (let level = 0; level < 40; level++) part = { a: part, b: part }
        return { evidence: [part] }
      },
      /parse.invalid/,
    ],
    [
      'deep nesting',
      () => ({ extensions: { contexts: [{ part: 'https://school.example/#part' }], properties: nested(200) } }),
      /parse.invalid/,
    ],
    [
      'a context that redefines a protected term',
      () => ({ extensions: context({ VerifiableCredential: 'https://evil.example/#c' }) }),
      /parse\.(invalid|ambiguous_member)/,
    ],
    [
      'a context that redefines "id"',
      () => ({ extensions: context({ id: 'https://evil.example/#id' }) }),
      /parse\.(invalid|ambiguous_member)/,
    ],
    [
      'a context that renames a term of the standard',
      () => ({
        extensions: {
          contexts: [{ until: 'https://www.w3.org/2018/credentials#validUntil' }],
          properties: { until: '2001-01-01T00:00:00Z' },
        },
      }),
      /parse\.ambiguous_member/,
    ],
    [
      'a context with a prefix for DIDs',
      () => ({ extensions: context({ did: 'https://evil.example/#' }) }),
      /parse\.ambiguous_member/,
    ],
    [
      'symmetric blank nodes with names',
      () => ({ extensions: symmetric(12) }),
      /parse\.(ambiguous_member|too_complex|invalid)/,
    ],
    [
      'symmetric blank nodes without names',
      () => ({
        extensions: {
          contexts: [{ part: 'https://school.example/#part', leaf: 'https://school.example/#leaf' }],
          properties: { part: [bushy(10)] },
        },
      }),
      /parse\.too_complex/,
    ],
  ])('%s', async (_, more, code) => {
    const bad = more()
    // In the place of the first badge, of one that could become a template, and of one that would take it.
    const issued = await collect([award(0, bad), award(1), award(2), award(3, bad), award(4, bad), award(5)])
    expect(issued.map(({ error }) => error !== undefined)).toEqual([true, false, false, true, true, false])
    for (const { credential, error } of issued) {
      if (error !== undefined) {
        expect(error).toBeInstanceOf(OpenBadgeError)
        expect(error.code).toMatch(code)
      } else expect((await verifyCredential(credential as object, { trustedIssuers: [id] })).outcome).toBe('valid')
    }
  })

  test('half a megabyte is no bad award', async () => {
    const evidence = [{ type: ['Evidence'], narrative: '"\n'.repeat(1 << 18) }]
    for (const { credential } of await collect([award(0), award(1), award(2, { evidence }), award(3, { evidence })]))
      expect((await verifyCredential(credential as object, { trustedIssuers: [id] })).outcome).toBe('valid')
  })
})

describe('a stream of awards that throws in the middle', () => {
  test('what came before is issued, recorded and handed out; starting again goes on behind it', async () => {
    const stores = memoryStores()
    const issuer = issuerWith({
      credentials: stores.credentials,
      status: { store: stores.status, listUrl: (listId) => `https://school.example/status/${listId}` },
    })
    const broken = new Error('the file ended in the middle of a line')
    async function* half() {
      for (let n = 0; n < 6; n++) yield award(n)
      throw broken
    }
    const first: IssuedAward[] = []
    const run = async () => {
      for await (const one of issuer.issueBatch(half())) first.push(one)
    }
    await expect(run()).rejects.toBe(broken)
    expect(first.map(({ id: of }) => of)).toEqual(['award-0', 'award-1', 'award-2', 'award-3', 'award-4', 'award-5'])
    const again: IssuedAward[] = []
    for await (const one of issuer.issueBatch(Array.from({ length: 9 }, (_, n) => award(n)))) again.push(one)
    expect(again.slice(0, 6)).toEqual(first)
    expect(again.every(({ error }) => error === undefined)).toBe(true)
    const recorded: string[] = []
    for await (const { awardId } of stores.credentials.list()) recorded.push(awardId)
    expect(recorded.length).toBe(9)
    const places = again.map(({ credential }) =>
      JSON.stringify((credential as { credentialStatus?: unknown }).credentialStatus),
    )
    expect(new Set(places).size).toBe(9)
  })
  test('a list that throws, a signal, a consumer that stops: the source is closed', async () => {
    const closed: string[] = []
    function* source(name: string, throwsAt = 1000) {
      try {
        for (let n = 0; n < throwsAt; n++) yield award(n)
        throw new Error(name)
      } finally {
        closed.push(name)
      }
    }
    const issuer = issuerWith()
    const take = async (name: string, throwsAt?: number, signal?: AbortSignal, most = Number.POSITIVE_INFINITY) => {
      let taken = 0
      for await (const { error } of issuer.issueBatch(source(name, throwsAt), {
        concurrency: 2,
        ...(signal && { signal }),
      })) {
        expect(error).toBeUndefined()
        if (++taken === most) break
      }
      return taken
    }
    await expect(take('throws', 5)).rejects.toThrow('throws')
    await expect(take('aborted', 5, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
    expect(await take('stopped', 50, undefined, 3)).toBe(3)
    expect(closed).toEqual(['throws', 'stopped'])
  })
})

describe('a signer that fails in the middle', () => {
  test('fails for that award, and the next one is signed', async () => {
    let calls = 0
    const flaky = {
      ...signer,
      sign: (message: Uint8Array) => {
        if (++calls === 4) throw new Error('the HSM is busy')
        return signer.sign(message)
      },
    }
    const issued = await collect(
      Array.from({ length: 6 }, (_, n) => award(n)),
      { signer: flaky },
    )
    expect(issued.filter(({ error }) => error !== undefined).map(({ error }) => error?.code)).toEqual(['sign.failed'])
  })
})
