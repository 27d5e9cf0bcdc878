// Digests of evidence (VCDM 2.0 section 5.3), and what became of what they are of. Hashes by node:crypto and vectors.json.
import { createHash } from 'node:crypto'
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import {
  createLoader,
  type DocumentLoader,
  type EvidenceInput,
  parseCredential,
  ResolutionError,
  signCredential,
  type VerificationReport,
  verifyCredential,
} from '../../src/entries/index.js'
import { type CompareEvidenceOptions, compareEvidence, digestEvidence } from '../../src/entries/predictability.js'
import { portableStreamHashes } from '../../src/platform/stream-hash.js'
import { badgeOf, newParty, now } from './parties.js'

const folder = mkdtempSync(join(tmpdir(), 'evidence-'))
afterAll(() => rmSync(folder, { recursive: true }))
const bytesOf = (text: string) => new TextEncoder().encode(text)
const sri = (text: string, algorithm = 'sha384') =>
  `${algorithm}-${createHash(algorithm).update(text).digest('base64')}`
// The vector digest-hello: "hello world\n".
const HELLO = {
  digestSRI: 'sha384-aztp/wpATyjXXpigZtP8ZP/9mUCHDMaL7OKFRbmnUIazQ9ehNmg4CD5Ljzym/TyA',
  digestMultibase: 'uIDBrO2n_CkBPKNdemKBm0_xk__2ZQIcMxovs4oVFuadQhrND16E2aDgIPkuPPKb9PIA',
}
const hello = bytesOf('hello world\n')

describe('a digest', () => {
  test('of bytes, a Blob, a web stream, a file and a URL is the same: sha384, as SRI and multihash', async () => {
    const file = join(folder, 'hello.txt')
    writeFileSync(file, hello)
    const loader: DocumentLoader = { load: async ({ url }) => ({ url, bytes: hello, mediaType: 'text/plain' }) }
    const blob = new Blob([hello])
    for (const source of [hello, blob, blob.stream(), createReadStream(file, { highWaterMark: 5 })])
      expect(await digestEvidence(source as never)).toEqual({ digest: HELLO, bytes: 12 })
    expect(await digestEvidence('https://work.example/a', { loader })).toEqual({
      digest: HELLO,
      bytes: 12,
      mediaType: 'text/plain',
    })
  })
  test.each(['sha256', 'sha384', 'sha512'] as const)('%s, where there is no node:crypto as well', async (algorithm) => {
    const { digest } = await digestEvidence(hello, { algorithm })
    expect(digest.digestSRI).toBe(sri('hello world\n', algorithm))
    const portable = (await portableStreamHashes())(algorithm)
    for (const byte of hello) portable.update(Uint8Array.of(byte))
    expect(`${algorithm}-${Buffer.from(portable.digest()).toString('base64')}`).toBe(digest.digestSRI)
  })
  test('law: the pieces do not matter', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 }), async (pieces) => {
        async function* stream() {
          yield* pieces
        }
        expect(await digestEvidence(stream())).toEqual(
          await digestEvidence(Uint8Array.from(pieces.flatMap((one) => [...one]))),
        )
      }),
    )
  })
  test('of more than maxBytes there is none, and the stream is not read on', async () => {
    let read = 0
    async function* endless() {
      for (;;) {
        read++
        yield new Uint8Array(1000)
      }
    }
    await expect(digestEvidence(endless(), { maxBytes: 10_000 })).rejects.toMatchObject({
      code: 'usage.invalid_option',
      option: 'source',
    })
    expect(read).toBe(11)
    let isCancelled = false
    const stream = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(1000)),
      cancel: () => {
        isCancelled = true
      },
    })
    await expect(digestEvidence(stream as never, { maxBytes: 10_000 })).rejects.toThrow(/more than 10000 bytes/)
    expect(isCancelled).toBe(true)
  })
  test('text pieces, a URL without a loader, an abort', async () => {
    async function* texts() {
      yield 'a' as never
    }
    await expect(digestEvidence(texts())).rejects.toMatchObject({ option: 'source' })
    await expect(digestEvidence('https://work.example/a')).rejects.toMatchObject({ option: 'loader' })
    const reason = new Error('enough')
    await expect(digestEvidence(hello, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })
  test('private addresses are refused by the loader', async () => {
    await expect(digestEvidence('https://127.0.0.1/a', { loader: createLoader() })).rejects.toMatchObject({
      code: 'resolve.forbidden_address',
    })
  })
})

const issuer = await newParty()
async function reportOf(evidence: readonly EvidenceInput[], extra: object = {}): Promise<VerificationReport> {
  const badge = badgeOf(issuer, 'work', { extra: { evidence, ...extra } })
  const signed = await signCredential(badge, { signer: issuer.signer })
  return verifyCredential(signed, { trustedIssuers: [issuer.id], now })
}
const URL_A = 'https://work.example/a'
/** Answers each time the next, and then the last. */
function serving(...answers: (string | ResolutionError)[]): DocumentLoader & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    async load({ url }) {
      const answer = answers[Math.min(asked.push(url), answers.length) - 1] as string | ResolutionError
      if (typeof answer !== 'string') throw answer
      return { url, bytes: bytesOf(answer), mediaType: 'text/plain' }
    },
  }
}
const failure = (code: string) => new ResolutionError(code as never, URL_A, 'failed')
async function compare(evidence: EvidenceInput, options: CompareEvidenceOptions, extra: object = {}) {
  const report = await reportOf([evidence], extra)
  expect(report.outcome).toBe('valid')
  const [only, ...others] = await compareEvidence(report, options)
  expect(others).toEqual([])
  return only
}
const bound = { id: URL_A, name: 'A lesson', ...HELLO }

describe('evidence that is compared', () => {
  test('same: the bytes that were signed, read once', async () => {
    const loader = serving('hello world\n')
    expect(await compare(bound, { loader })).toEqual({
      index: 0,
      id: URL_A,
      outcome: 'same',
      read: { bytes: 12, digestSRI: HELLO.digestSRI },
    })
    expect(loader.asked).toEqual([URL_A])
  })
  test('other: exchanged since, twice the same', async () => {
    const loader = serving('another lesson')
    expect(await compare(bound, { loader })).toMatchObject({
      outcome: 'other',
      read: { bytes: 14, digestSRI: sri('another lesson') },
    })
    expect(loader.asked).toHaveLength(2)
  })
  test('changing: others again when they are read a second time, the signed ones among them', async () => {
    expect(await compare(bound, { loader: serving('one', 'two') })).toMatchObject({ outcome: 'changing' })
    expect(await compare(bound, { loader: serving('one', 'hello world\n') })).toMatchObject({ outcome: 'changing' })
  })
  test('gone, and what else keeps it from being read: each failure by its code', async () => {
    expect(await compare(bound, { loader: serving(failure('resolve.not_found')) })).toMatchObject({
      outcome: 'gone',
      why: 'resolve.not_found',
    })
    for (const why of ['resolve.timeout', 'resolve.too_large', 'resolve.forbidden_address'])
      expect(await compare(bound, { loader: serving(failure(why)) })).toEqual({
        index: 0,
        id: URL_A,
        outcome: 'not-compared',
        why,
      })
    expect(await compare({ ...bound, id: 'https://127.0.0.1/a' }, { loader: createLoader() })).toMatchObject({
      why: 'resolve.forbidden_address',
    })
    expect(await compare({ ...bound, id: 'http://work.example/a' }, { loader: createLoader() })).toMatchObject({
      why: 'resolve.forbidden_url',
    })
  })
  test('not bound: without a digest nothing is loaded, for nobody could tell', async () => {
    const loader = serving('hello world\n')
    expect(await compare({ id: URL_A, name: 'A lesson' }, { loader })).toEqual({
      index: 0,
      id: URL_A,
      outcome: 'not-bound',
    })
    expect(loader.asked).toEqual([])
  })
  test('bound by a relatedResource with its id', async () => {
    const relatedResource = [{ id: URL_A, digestSRI: HELLO.digestSRI }]
    const evidence = { id: URL_A, name: 'A lesson' }
    expect(await compare(evidence, { loader: serving('hello world\n') }, { relatedResource })).toMatchObject({
      outcome: 'same',
    })
    expect(await compare(evidence, { loader: serving('x') }, { relatedResource })).toMatchObject({ outcome: 'other' })
  })
  test('of several digests all must hold; of several in one SRI those of the strongest hash, any of them', async () => {
    const loader = () => serving('hello world\n')
    const { digestMultibase } = HELLO
    expect(await compare({ ...bound, digestSRI: sri('x'), digestMultibase }, { loader: loader() })).toMatchObject({
      outcome: 'other',
    })
    const { digestMultibase: _, ...only } = bound
    const several = `${sri('x')} ${HELLO.digestSRI}`
    expect(await compare({ ...only, digestSRI: several }, { loader: loader() })).toMatchObject({ outcome: 'same' })
    const weaker = `${sri('hello world\n', 'sha256')} ${sri('x')}`
    expect(await compare({ ...only, digestSRI: weaker }, { loader: loader() })).toMatchObject({ outcome: 'other' })
  })
  test('a digest of an unknown kind, an id that is no URL, data: URLs, no loader, too many', async () => {
    const loader = serving('hello world\n')
    const { digestMultibase: _, ...only } = bound
    expect(await compare({ ...only, digestSRI: 'md5-XrY7u+Ae7tCTyyK7j1rNww==' }, { loader })).toMatchObject({
      why: 'digest_unknown',
    })
    expect(await compare({ ...bound, id: 'urn:work:a' }, { loader })).toMatchObject({ why: 'no_url' })
    expect(await compare({ ...bound, id: 'data:text/plain;base64,aGVsbG8gd29ybGQK' }, {})).toMatchObject({
      outcome: 'same',
    })
    expect(await compare(bound, {})).toMatchObject({ outcome: 'not-compared', why: 'no_loader' })
    const report = await reportOf([bound, { ...bound, id: `${URL_A}/2` }])
    expect(
      (await compareEvidence(report, { loader, most: 1 })).map(({ outcome, why }) => [outcome, why]).sort(),
    ).toEqual([
      ['not-compared', 'too_many'],
      ['same', undefined],
    ])
  })
  test('what is given is not loaded; more than maxBytes is not compared', async () => {
    const loader = serving('x')
    expect(await compare(bound, { loader, given: new Map([[URL_A, hello]]) })).toMatchObject({ outcome: 'same' })
    expect(await compare(bound, { loader, given: new Map([[URL_A, bytesOf('x')]]) })).toMatchObject({
      outcome: 'other',
    })
    expect(loader.asked).toEqual([])
    expect(await compare(bound, { given: new Map([[URL_A, hello]]), maxBytes: 11 })).toMatchObject({
      outcome: 'not-compared',
      why: 'resolve.too_large',
    })
    // A loader that does not keep to the limit.
    expect(await compare(bound, { loader: serving('hello world\n'), maxBytes: 11 })).toMatchObject({
      why: 'resolve.too_large',
    })
    await expect(compare(bound, { given: new Map([[URL_A, 'text']]) as never })).rejects.toMatchObject({
      option: 'given',
    })
  })
})

test('the bytes that were compared are handed on; similarity is reported, and decides nothing', async () => {
  const shown: unknown[] = []
  const similarity = () => 0.97
  const answer = await compare(bound, {
    loader: serving('hello word\n'),
    seen: (evidence, bytes, mediaType) => shown.push([evidence.id, new TextDecoder().decode(bytes), mediaType]),
    similarity,
  })
  expect(shown).toEqual([[URL_A, 'hello word\n', 'text/plain']])
  expect(answer).toMatchObject({ outcome: 'other', similarity: 0.97 })
  expect(await compare(bound, { loader: serving('hello world\n'), similarity })).not.toHaveProperty('similarity')
})
test('digests that nobody signed are not compared; an expired badge still has signed ones', async () => {
  const report = await reportOf([bound])
  const forged = { ...report, checks: { ...report.checks, proof: { status: 'invalid', findings: [] } } }
  await expect(compareEvidence(forged as unknown as VerificationReport)).rejects.toMatchObject({ option: 'report' })
  const expired = await reportOf([bound], { validUntil: '2030-02-01T00:00:00Z' })
  expect(expired.outcome).toBe('invalid')
  expect(await compareEvidence(expired, { loader: serving('hello world\n') })).toMatchObject([{ outcome: 'same' }])
})
test('an abort and a bug are no answers', async () => {
  const reason = new Error('enough')
  const controller = new AbortController()
  const loader: DocumentLoader = {
    load: async () => {
      controller.abort(reason)
      throw failure('resolve.timeout')
    },
  }
  await expect(compare(bound, { loader, signal: controller.signal })).rejects.toBe(reason)
  const broken: DocumentLoader = { load: async () => Promise.reject(new TypeError('no')) }
  await expect(compare(bound, { loader: broken })).rejects.toMatchObject({ code: 'defect.unexpected' })
})
test('the model has both members, as texts', () => {
  const badge = badgeOf(issuer, 'model', { extra: { evidence: [bound] } })
  expect(badge.evidence).toMatchObject([HELLO])
  const wrong = { ...badge, evidence: [{ ...bound, type: ['Evidence'], digestSRI: 5 }] }
  expect(() => parseCredential(wrong)).toThrow(/digestSRI/)
})
