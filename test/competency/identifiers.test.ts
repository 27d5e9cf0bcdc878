// RFC 3986 section 6.2: which URIs are the same, and which only look it.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalUri, isLookAlike, isSameUri, uuidIn } from '../../src/competency/identifiers.js'

describe('the same', () => {
  test.each([
    ['HTTPS://Example.ORG/a', 'https://example.org/a'],
    ['https://example.org:443/a', 'https://example.org/a'],
    ['http://example.org:80/a', 'http://example.org/a'],
    ['https://example.org:/a', 'https://example.org/a'],
    ['https://example.org', 'https://example.org/'],
    ['https://example.org?q', 'https://example.org/?q'],
    ['https://example.org/%7Ea%2d', 'https://example.org/~a-'],
    ['https://example.org/%c3%a9', 'https://example.org/%C3%A9'],
    ['URN:UUID:F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6', 'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6'],
    ['URN:ISBN:X', 'urn:isbn:X'],
    ['DID:web:Example', 'did:web:Example'],
  ])('%s', (a, b) => {
    expect(canonicalUri(a)).toBe(b)
    expect(isSameUri(a, b)).toBe(true)
  })
})

describe('not the same', () => {
  test.each([
    ['https://example.org/a', 'https://example.org/a/'],
    ['https://example.org/a', 'https://example.org/A'],
    ['https://example.org/a', 'http://example.org/a'],
    ['https://example.org/a', 'https://www.example.org/a'],
    ['https://example.org/a', 'https://example.org/a#'],
    ['https://example.org/a', ' https://example.org/a'],
    ['https://example.org/', 'http://example.org:443/'],
  ])('%s and %s, which looks alike', (a, b) => {
    expect(isSameUri(a, b)).toBe(false)
    if (!b.includes(':443')) expect(isLookAlike(a, b)).toBe(true)
  })
  test.each([
    ['https://example.org/a%2Fb', 'https://example.org/a/b'],
    ['https://user@example.org/', 'https://example.org/'],
    ['https://User@example.org/', 'https://user@example.org/'],
    ['https://example.org:8443/', 'https://example.org/'],
    ['https://example.org/?a=1&b=2', 'https://example.org/?b=2&a=1'],
    ['did:web:example', 'did:web:Example'],
    ['urn:isbn:X', 'urn:isbn:x'],
    ['no uri', 'No Uri'],
  ])('%s and %s', (a, b) => {
    expect(isSameUri(a, b)).toBe(false)
  })
})

test('twice is once, and nothing throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl({ withFragments: true, withQueryParameters: true }),
        fc.string(),
        fc.string({ unit: 'binary' }),
      ),
      (uri) => {
        const once = canonicalUri(uri)
        expect(canonicalUri(once)).toBe(once)
        // What the URL Standard keeps apart we keep apart.
        if (URL.canParse(uri) && URL.canParse(once) && /^https?:/i.test(uri))
          expect(new URL(once).host).toBe(new URL(uri).host)
      },
    ),
    { seed: 20300131 },
  )
})
test('the UUID at the end', () => {
  expect(uuidIn('https://x.example/F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6/')).toBe('f81d4fae-7dec-11d0-a765-00a0c91e6bf6')
  expect(uuidIn('https://x.example/ce-f81d4fae-7dec-11d0-a765-00a0c91e6bf6')).toBe(
    'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
  )
  expect(uuidIn('https://x.example/a')).toBeUndefined()
})
