/** did:web method specification: where a DID keeps its document, and that nobody answers for another. */
import { describe, expect, test } from 'vitest'
import { publicJwk } from '../../src/keys/jwk.js'
import { encodePublicMultikey } from '../../src/keys/multikey.js'
import { didWebResolver, didWebUrl } from '../../src/resolve/did-web.js'
import { KEYS } from '../keys/vectors.js'
import { failureOf } from './failure.js'
import { fakeLoader, testContext } from './fake-loader.js'

describe('the URL of the document (section 2.5.2)', () => {
  test.each([
    ['did:web:w3c-ccg.github.io', 'https://w3c-ccg.github.io/.well-known/did.json'],
    ['did:web:w3c-ccg.github.io:user:alice', 'https://w3c-ccg.github.io/user/alice/did.json'],
    ['did:web:example.com%3A3000', 'https://example.com:3000/.well-known/did.json'],
    ['did:web:example.com%3A3000:user:alice', 'https://example.com:3000/user/alice/did.json'],
    ['did:web:example.com%3a8443', 'https://example.com:8443/.well-known/did.json'],
    ['did:web:localhost%3A8443', 'https://localhost:8443/.well-known/did.json'],
    ['did:web:EXAMPLE.com', 'https://EXAMPLE.com/.well-known/did.json'],
    ['did:web:xn--mnchen-3ya.example', 'https://xn--mnchen-3ya.example/.well-known/did.json'],
    ['did:web:example.com:a%20b:c', 'https://example.com/a%20b/c/did.json'],
    ['did:web:example.com:%C3%A9t%C3%A9', 'https://example.com/%C3%A9t%C3%A9/did.json'],
    ['did:web:example.com:.well-known', 'https://example.com/.well-known/did.json'],
    ['did:web:example.com:...:a', 'https://example.com/.../a/did.json'],
    ['did:web:example.com:user@x', 'https://example.com/user@x/did.json'],
    ['did:web:example.com:%252e%252e', 'https://example.com/%252e%252e/did.json'],
  ])('%s', (did, url) => {
    expect(didWebUrl(did)).toBe(url)
    // What a URL parser makes of it is on the same host and path.
    expect(new URL(url).href.toLowerCase()).toBe(url.toLowerCase())
  })

  test.each([
    ['nothing', 'did:web:'],
    ['an empty segment', 'did:web:example.com:'],
    ['an empty segment inside', 'did:web:example.com::a'],
    ['a path in the host', 'did:web:example.com/path'],
    ['a path, encoded', 'did:web:example.com%2Fpath'],
    ['a path in a segment, encoded', 'did:web:example.com:a%2Fb'],
    ['a backslash', 'did:web:example.com:a%5Cb'],
    ['traversal', 'did:web:example.com:a:..'],
    ['traversal at once', 'did:web:example.com:..:..'],
    ['traversal, encoded', 'did:web:example.com:%2e%2E'],
    ['traversal, half encoded', 'did:web:example.com:.%2e'],
    ['this folder', 'did:web:example.com:.'],
    ['credentials', 'did:web:user@example.com'],
    ['credentials, encoded', 'did:web:user%40example.com'],
    ['credentials with password', 'did:web:user%3Apw%40example.com'],
    ['a query', 'did:web:example.com?x=1'],
    ['a query in a segment', 'did:web:example.com:a?x'],
    ['a query, encoded in the host', 'did:web:example.com%3Fx'],
    ['an unencoded port is a path', 'did:web:example.com:80 80'],
    ['a port that is none', 'did:web:example.com%3Ahttps'],
    ['an empty port', 'did:web:example.com%3A'],
    ['two ports', 'did:web:example.com%3A1%3A2'],
    ['a port too large', 'did:web:example.com%3A65536'],
    ['another port too large', 'did:web:example.com%3A99999'],
    ['Unicode in the host', 'did:web:münchen.example'],
    ['Unicode in a segment', 'did:web:example.com:é'],
    ['IPv6', 'did:web:[::1]'],
    ['white space', 'did:web:example.com '],
    ['a line break', 'did:web:example.com\n'],
    ['a line break in a segment', 'did:web:example.com:a\n'],
    ['broken percent-encoding', 'did:web:example.com:a%2'],
    ['an underscore in the host', 'did:web:exa_mple.com'],
  ])('refused: %s', (_what, did) => {
    expect(() => didWebUrl(did)).toThrow(expect.objectContaining({ code: 'resolve.unusable_key' }))
  })

  test('a long DID does not make a long message', () => {
    expect(() => didWebUrl(`did:web:${'%'.repeat(100_000)}`)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^.{1,400}$/s) }),
    )
  })
})

const DID = 'did:web:school.example'
const URL_OF_DID = 'https://school.example/.well-known/did.json'
const multikey = encodePublicMultikey(publicJwk(KEYS.EdDSA) as never)
const method = { id: `${DID}#key-1`, type: 'Multikey', controller: DID, publicKeyMultibase: multikey }
const document = { id: DID, verificationMethod: [method], assertionMethod: [method.id] }
const resolver = didWebResolver()
const resolveIn = (documents: object, id: string | undefined = method.id, issuer = DID) =>
  resolver.resolve(
    { issuer, purpose: 'assertionMethod', ...(id === undefined ? {} : { id }) },
    testContext({ loader: fakeLoader(documents as Record<string, unknown>) }),
  )

describe('the key', () => {
  test('with where it was found', async () => {
    expect(await resolveIn({ [URL_OF_DID]: document })).toMatchObject({
      id: method.id,
      controller: DID,
      purposes: ['assertionMethod'],
      publicJwk: publicJwk(KEYS.EdDSA),
      evidence: { document: URL_OF_DID },
    })
  })

  test.each([
    ['its name', 'key-1'],
    ['its fragment', '#key-1'],
    ['nothing, where there is one', ''],
  ])('named by %s', async (_how, id) => {
    expect(await resolveIn({ [URL_OF_DID]: document }, id)).toMatchObject({ id: method.id })
  })

  test('is asked for as a key, within the limit, with what did:web documents are', async () => {
    const loader = fakeLoader({ [URL_OF_DID]: document })
    await resolver.resolve({ id: method.id, issuer: DID, purpose: 'assertionMethod' }, testContext({ loader }))
    expect(loader.requests).toEqual([
      { url: URL_OF_DID, kind: 'key', maxBytes: 1_048_576, accept: expect.stringContaining('application/did+json') },
    ])
  })
})

describe('a document that is about somebody else', () => {
  test.each([
    ['another host', 'did:web:other.example'],
    ['the same in capitals', 'did:web:SCHOOL.example'],
    ['the same with its default port', 'did:web:school.example%3A443'],
    ['the same with a path', `${DID}:user`],
    ['a fragment of it', `${DID}#`],
  ])('%s', async (_what, id) => {
    expect(await failureOf(resolveIn({ [URL_OF_DID]: { ...document, id } }))).toMatchObject({
      code: 'resolve.wrong_document',
    })
  })

  test.each([[[DID]], [undefined], [7], [null]])('is not what a document without an id is: %j', async (id) => {
    expect(await failureOf(resolveIn({ [URL_OF_DID]: { ...document, id } }))).toMatchObject({
      code: 'resolve.malformed',
    })
  })

  test('capitals in the DID ask for the same host, but are another DID', async () => {
    const loud = 'did:web:SCHOOL.example'
    const documents = { 'https://SCHOOL.example/.well-known/did.json': document }
    expect(await failureOf(resolveIn(documents, `${loud}#key-1`, loud))).toMatchObject({
      code: 'resolve.wrong_document',
    })
  })
})

test('a DID that is none is an answer too', async () => {
  expect(await failureOf(resolveIn({}, 'did:web:a/b#k', 'did:web:a/b'))).toMatchObject({ code: 'resolve.unusable_key' })
  expect(await failureOf(resolveIn({}))).toMatchObject({ code: 'resolve.not_found', url: URL_OF_DID })
  expect(await failureOf(resolveIn({ [URL_OF_DID]: document }, `${DID}#key-2`))).toMatchObject({
    code: 'resolve.key_not_found',
  })
})
