/** VCDM 2.0 section 5.3 "Integrity of Related Resources": what a verification uses must be what the credential was made with. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { anyIssuer, createVerifier, type DocumentLoader, verifyCredential } from '../../src/entries/index.js'
import { encodeBase58btc } from '../../src/internal/base58btc.js'
import { publishedDigests } from '../../src/resolve/contexts/digests.js'
import { shared } from '../shared.js'
import { badgeOf, codesOf, NOW, newIssuer, signRaw, web, withMember } from './kit.js'

const issuer = await newIssuer()
const OWN = 'https://school.example/context.json'
const SCHEMA = 'https://school.example/schema.json'
const V2 = 'https://www.w3.org/ns/credentials/v2'
/** VCDM 2.0 appendix B.1. */
const V2_SHA256 = '59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734'
const V2_SRI = 'sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU'
const context = JSON.stringify({ '@context': { licence: 'https://school.example/licence' } })

const sri = (text: string, algorithm = 'sha384') =>
  `${algorithm}-${createHash(algorithm).update(text).digest('base64')}`
const multihash = (hash: Buffer, code = 0x12) => new Uint8Array([code, hash.length, ...hash])
const inBase64url = (hash: Buffer) => `u${Buffer.from(multihash(hash)).toString('base64url')}`
const inBase58 = (hash: Buffer) => `z${encodeBase58btc(multihash(hash))}`
const sha256 = (text: string) => createHash('sha256').update(text).digest()

async function withResources(relatedResource: object[], more: object = {}) {
  const badge = badgeOf(issuer)
  const document = { ...badge, '@context': [...badge['@context'], OWN], licence: 'CC-BY', relatedResource, ...more }
  return signRawWith(document)
}
/** The suite of the kit has no web: what is signed is under the context as it is now. */
async function signRawWith(document: Record<string, unknown>) {
  const inline = [...(document['@context'] as unknown[])].map((entry) =>
    entry === OWN ? JSON.parse(context)['@context'] : entry,
  )
  const signed = await signRaw(issuer, { ...document, '@context': inline })
  return { ...signed, '@context': document['@context'] }
}
const verify = (document: object, documents: Record<string, unknown> = { [OWN]: context }) =>
  verifyCredential(document, { trustedIssuers: anyIssuer, now: NOW, loader: web(documents) })
const schemaCodes = async (document: object, documents?: Record<string, unknown>) =>
  codesOf(await verify(document, documents)).filter((code) => code.startsWith('schema.'))

describe('contexts that the loader brought', () => {
  test.each([
    ['digestSRI, sha384', { digestSRI: sri(context) }],
    ['digestSRI, sha256', { digestSRI: sri(context, 'sha256') }],
    ['digestSRI, several: the strongest counts', { digestSRI: `${sri('x', 'sha256')} ${sri(context)}` }],
    ['digestMultibase in base64url', { digestMultibase: inBase64url(sha256(context)) }],
    ['digestMultibase in base58btc', { digestMultibase: inBase58(sha256(context)) }],
    ['both', { digestSRI: sri(context), digestMultibase: inBase64url(sha256(context)) }],
  ])('the right bytes: %s', async (_, digests) => {
    const report = await verify(await withResources([{ id: OWN, ...digests }]))
    expect(report.outcome).toBe('valid')
    expect(codesOf(report)).not.toContain('schema.declared_unreachable')
  })
  test.each([
    ['digestSRI', { digestSRI: sri('another context') }],
    ['digestMultibase', { digestMultibase: inBase64url(sha256('another context')) }],
    ['one of both', { digestSRI: sri(context), digestMultibase: inBase64url(sha256('another context')) }],
    ['a weak digest beside a strong one', { digestSRI: `${sri(context, 'sha256')} ${sri('x')}` }],
  ])('other bytes: %s', async (_, digests) => {
    const report = await verify(await withResources([{ id: OWN, ...digests }]))
    expect(report.outcome).toBe('indeterminate')
    expect(report.outcome !== 'valid' && report.because).toEqual(['schema.unknown_context'])
  })
  test('also where the context comes from the cache of an earlier verification', async () => {
    const verifier = createVerifier({ trustedIssuers: anyIssuer, loader: web({ [OWN]: context }) })
    const right = await withResources([{ id: OWN, digestSRI: sri(context) }])
    const wrong = await withResources([{ id: OWN, digestSRI: sri('another context') }])
    expect((await verifier.verify(right, { now: NOW })).outcome).toBe('valid')
    expect((await verifier.verify(wrong, { now: NOW })).outcome).toBe('indeterminate')
    expect((await verifier.verify(right, { now: NOW })).outcome).toBe('valid')
  })
  test('also where the same URL has been loaded as a schema, with the right bytes', async () => {
    const server: DocumentLoader = {
      load: ({ url, kind }) =>
        web({ [OWN]: kind === 'schema' ? context : '{"@context":{}}' }).load({ url, kind, maxBytes: 1 }, {}),
    }
    const verifier = createVerifier({ trustedIssuers: anyIssuer, loader: server })
    const relatedResource = [{ id: OWN, digestSRI: sri(context) }]
    // Under the context as the server has it now, which says nothing.
    const victim = await signRaw(issuer, { ...badgeOf(issuer), relatedResource })
    const otherContext = { ...victim, '@context': [...badgeOf(issuer)['@context'], OWN] }
    const stranger = await signRaw(issuer, { ...badgeOf(issuer), credentialSchema: [{ id: OWN, type: 'JsonSchema' }] })
    const before = await verifier.verify(otherContext, { now: NOW })
    expect(before.outcome !== 'valid' && before.because).toEqual(['schema.unknown_context'])
    expect((await verifier.verify(stranger, { now: NOW })).outcome).toBe('valid')
    expect(await verifier.verify(otherContext, { now: NOW })).toEqual(before)
  })
  test.each([
    [
      'an algorithm that is not known',
      { digestSRI: `sha512-${createHash('sha512').update(context).digest('base64')}` },
    ],
    ['no digest at all', { digestSRI: 'as it was on Tuesday' }],
    ['a multibase that is not read', { digestMultibase: 'f1220ab' }],
    ['a multihash of the wrong length', { digestMultibase: `u${Buffer.from([18, 3, 1, 2, 3]).toString('base64url')}` }],
  ])('what cannot be checked is said: %s', async (_, digests) => {
    const report = await verify(await withResources([{ id: OWN, ...digests }]))
    expect(report.outcome).toBe('valid')
    expect(codesOf(report)).toContain('schema.declared_unreachable')
  })
})

describe('bundled contexts', () => {
  test('by the digests of the specification', async () => {
    const digests = { digestSRI: V2_SRI, digestMultibase: inBase64url(Buffer.from(V2_SHA256, 'hex')) }
    expect(await schemaCodes(await withResources([{ id: V2, ...digests }]))).toEqual(['schema.conforms'])
    expect(await schemaCodes(await withResources([{ id: V2, digestSRI: sri('not v2') }]))).toContain(
      'schema.unknown_context',
    )
  })
  const corpus = shared('corpus/web/index.json')
  test.skipIf(!corpus)('are those that the publishers serve', () => {
    const index: Record<string, { file: string }> = JSON.parse(readFileSync(corpus as string, 'utf8'))
    const known = Object.entries(index).flatMap(([url, { file }]) => {
      const digests = publishedDigests(url)
      return digests === undefined ? [] : [{ url, digests, bytes: readFileSync(join(corpus as string, '../..', file)) }]
    })
    expect(known.length).toBeGreaterThanOrEqual(9)
    for (const { bytes, digests } of known) {
      const hashes = ['sha256', 'sha384'].map((name) => createHash(name).update(bytes).digest('hex'))
      expect(digests.map(({ sha256, sha384 }) => [sha256, sha384])).toContainEqual(hashes)
    }
  })
})

describe('what is not a context', () => {
  test('an image is not fetched, and nothing is said of it', async () => {
    const loader = web({ [OWN]: context })
    const document = await withResources([{ id: 'https://school.example/image.png', digestSRI: sri('an image') }])
    const report = await verifyCredential(document, { trustedIssuers: anyIssuer, now: NOW, loader })
    expect(report.outcome).toBe('valid')
    expect(loader.asked).toEqual([OWN])
  })
  test('a declared schema with other bytes is not held against the badge', async () => {
    const schema = JSON.stringify({ required: ['noSuchMember'] })
    const declared = { credentialSchema: [{ id: SCHEMA, type: 'JsonSchema' }] }
    const documents = { [OWN]: context, [SCHEMA]: schema }
    const right = await withResources([{ id: SCHEMA, digestSRI: sri(schema) }], declared)
    expect(await schemaCodes(right, documents)).toContain('schema.declared_mismatch')
    const other = await withResources([{ id: SCHEMA, digestSRI: sri('{}') }], declared)
    expect(await schemaCodes(other, documents)).toEqual(['schema.conforms', 'schema.declared_unreachable'])
  })
  test('a digest without its proof counts for nothing', async () => {
    const document = await withResources([{ id: OWN, digestSRI: sri('another context') }])
    const repaired = withMember(document, ['relatedResource', 0, 'digestSRI'], sri(context))
    expect((await verify(repaired)).outcome).toBe('invalid')
  })
})
