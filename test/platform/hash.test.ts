import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { hashHex, portableHashes, sha256HexOf, textHash } from '../../src/platform/hash.js'
import { sha384Hex } from '../../src/platform/sha384.js'

// FIPS 180-4, the examples of NIST.
const EXAMPLES = [
  ['SHA-256', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['SHA-256', '', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  [
    'SHA-384',
    'abc',
    'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
  ],
] as const

/** What browsers and workers use. */
const portable = { 'SHA-256': portableHashes['SHA-256'], 'SHA-384': sha384Hex }

for (const [algorithm, text, hash] of EXAMPLES)
  test(`${algorithm} of ${JSON.stringify(text)}`, () => {
    expect(hashHex(algorithm, text)).toBe(hash)
    expect(textHash(algorithm)(text)).toBe(hash)
    expect(portable[algorithm](text)).toBe(hash)
  })

test('browsers and workers get the hashes that Node gets', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('SHA-256' as const, 'SHA-384' as const),
      (text, algorithm) => {
        expect(portable[algorithm](text)).toBe(hashHex(algorithm, text))
      },
    ),
  )
})

test('bytes hash as their text does, with and without node:crypto', async () => {
  const texts = ['', 'abc', 'é\u0000😀', 'x'.repeat(10_000)]
  for (const text of texts) expect(sha256HexOf(new TextEncoder().encode(text))).toBe(hashHex('SHA-256', text))
  vi.stubGlobal('process', { ...process, getBuiltinModule: undefined })
  try {
    for (const text of texts) expect(sha256HexOf(new TextEncoder().encode(text))).toBe(portableHashes['SHA-256'](text))
  } finally {
    vi.unstubAllGlobals()
  }
})

test('SHA-384 is there when it was asked for, and not by chance', async () => {
  vi.stubGlobal('process', { ...process, getBuiltinModule: undefined })
  vi.resetModules()
  try {
    const fresh = await import('../../src/platform/hash.js')
    expect(fresh.hashHex('SHA-256', 'abc')).toBe(EXAMPLES[0][2])
    expect(() => fresh.hashHex('SHA-384', 'abc')).toThrow('SHA-384 was not made ready')
    await fresh.readyHash('SHA-384')
    expect(fresh.hashHex('SHA-384', 'abc')).toBe(EXAMPLES[2][2])
    expect(fresh.hashHex('SHA-256', 'abc')).toBe(EXAMPLES[0][2])
  } finally {
    vi.unstubAllGlobals()
    vi.resetModules()
  }
})
