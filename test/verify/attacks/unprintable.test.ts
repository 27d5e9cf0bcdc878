/**
 * `{ "toString": 1, "valueOf": 1 }` is JSON, and String() of it throws: wherever a message quotes a document, such a value must be
 * a finding like any other.
 */
import { describe, expect, test } from 'vitest'
import { anyIssuer, ParseError, parseCredential, verifyCredential } from '../../../src/entries/index.js'
import { NOW, newIssuer, signed, web, withMember } from '../kit.js'

const EVIL = { toString: 1, valueOf: 1 }
const issuer = await newIssuer()
const badge = await signed(issuer)
const HTTPS = 'https://issuer.example/profile'
const byWeb = await newIssuer('EdDSA', `${HTTPS}#key-1`)
const webBadge = await signed(byWeb)
const method = { id: `${HTTPS}#key-1`, type: 'JsonWebKey', controller: HTTPS, publicKeyJwk: byWeb.signer.publicKey }
const document = { id: HTTPS, verificationMethod: [method], assertionMethod: [method.id] }

const outcome = async (input: object | string, documents: object = {}) =>
  (await verifyCredential(input, { trustedIssuers: anyIssuer, now: NOW, loader: web({ ...documents }) })).outcome

/** Every member of a value, as paths. */
function paths(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [at]
  return [
    ...(at.length > 0 ? [at] : []),
    ...Object.entries(value).flatMap(([name, inner]) =>
      paths(inner, [...at, Array.isArray(value) ? Number(name) : name]),
    ),
  ]
}

describe('a value that cannot be made a text', () => {
  test.each(paths(badge).map((path) => [path.join('/'), path]))('in the badge at %s', async (_, path) => {
    expect(await outcome(withMember(badge, path as string[], EVIL))).not.toBe('valid')
  })
  test.each(['created', 'expires', 'challenge', 'domain', 'id', 'previousProof', '@context', 'nonce'])(
    'in the proof as %s',
    async (name) => {
      expect(await outcome(withMember(badge, ['proof', 0, name], EVIL))).not.toBe('valid')
    },
  )
  test.each(paths(document).map((path) => [path.join('/'), path]))(
    "in the issuer's document at %s",
    async (_, path) => {
      expect(['valid', 'invalid', 'indeterminate']).toContain(
        await outcome(webBadge, { [HTTPS]: withMember(document, path as string[], EVIL) }),
      )
    },
  )
  test.each(['alg', 'typ', 'cty', 'kid', 'jwk', 'crit', 'b64'])('in the header of a JWT as %s', async (name) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const { proof, ...payload } = badge
    const header = { alg: 'EdDSA', kid: issuer.signer.verificationMethod, [name]: EVIL }
    expect(await outcome(`${part(header)}.${part(payload)}.AAAA`)).not.toBe('valid')
  })
  test.each(paths(badge).map((path) => [path.join('/'), path]))('parsed, at %s', (_, path) => {
    try {
      parseCredential(withMember(badge, path as string[], EVIL))
    } catch (error) {
      expect(error).toBeInstanceOf(ParseError)
    }
  })
})

describe('in a context of its own, as', () => {
  const KEYWORDS = [
    '@id',
    '@type',
    '@container',
    '@language',
    '@direction',
    '@prefix',
    '@protected',
    '@reverse',
    '@nest',
    '@index',
    '@context',
    '@propagate',
    '@import',
  ]
  test.each(KEYWORDS)('%s of a term', async (keyword) => {
    for (const value of [EVIL, [EVIL], [[EVIL]]]) {
      const context = { '@version': 1.1, own: { '@id': 'https://example.org/own', [keyword]: value } }
      expect(await outcome({ ...withMember(badge, ['@context', 2], context), own: 'x' })).not.toBe('valid')
    }
  })
  test.each(['@vocab', '@base', '@language', '@direction', '@version', '@import', '@propagate', '@protected'])(
    '%s of the context',
    async (keyword) => {
      for (const value of [EVIL, [EVIL]])
        expect(await outcome(withMember(badge, ['@context', 2], { [keyword]: value }))).not.toBe('valid')
    },
  )
  test('the context itself', async () => {
    for (const value of [EVIL, [EVIL], [[EVIL]]])
      expect(await outcome(withMember(badge, ['@context', 2], value))).not.toBe('valid')
  })
})
