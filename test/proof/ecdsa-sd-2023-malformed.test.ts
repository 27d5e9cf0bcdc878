/**
 * vc-di-ecdsa section 3.5.8 and RFC 8949: whatever stands in `proofValue`, the answer is a finding, and it comes before any work
 * that the text could make long.
 */
import fc from 'fast-check'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { EXAMPLE } from '../../src/contracts/signed-document.js'
import type { Signer } from '../../src/entries/index.js'
import { concatBytes, decodeHex } from '../../src/internal/bytes.js'
import { cryptoPlatform } from '../../src/platform/crypto.js'
import { cborArray, cborBytes, cborMap, cborText, cborUint } from '../../src/proof/sd-cbor.js'
import {
  type DerivedProofValue,
  kindOfProofValue,
  readBaseProofValue,
  readDerivedProofValue,
  writeBaseProofValue,
  writeDerivedProofValue,
} from '../../src/proof/sd-proof-value.js'
import { contextOf, derive, keyOf, newSigner, signBase, verify } from './ecdsa-sd-2023-support.js'

const MAX = 1_048_576
const { credentialSubject } = EXAMPLE
const result = [
  { type: ['Result'], value: '3' },
  { type: ['Result'], value: '4' },
]
const BADGE = { ...EXAMPLE, credentialSubject: { ...(credentialSubject as object), role: 'Teacher', result } }
let signer: Signer
let derived: Awaited<ReturnType<typeof derive>>
let value: DerivedProofValue
beforeAll(async () => {
  signer = await newSigner()
  derived = await derive(await signBase(BADGE, signer), ['/name', '/credentialSubject'])
  value = readDerivedProofValue(derived.proof.proofValue, MAX) as DerivedProofValue
})

const withValue = (proofValue: unknown) => ({ ...derived, proof: { ...derived.proof, proofValue } }) as never
const answer = (proofValue: unknown) => verify(withValue(proofValue), keyOf(signer))
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text.slice(1), 'base64url'))
const text = (...parts: readonly (Uint8Array | string)[]) =>
  `u${Buffer.from(concatBytes(...parts.map((part) => (typeof part === 'string' ? (decodeHex(part) as Uint8Array) : part)))).toString('base64url')}`
/** The five, with others in their place. */
const five = (
  change: Partial<Record<'signature' | 'key' | 'signatures' | 'labels' | 'indexes', Uint8Array | string>>,
) => {
  const parts = {
    signature: cborBytes(value.baseSignature),
    key: cborBytes(value.publicKey),
    signatures: cborArray(value.signatures.map(cborBytes)),
    labels: cborMap([...value.labels].map(([key, label]) => [cborUint(key), cborBytes(label)])),
    indexes: cborArray(value.mandatoryIndexes.map(cborUint)),
    ...change,
  }
  return text('d95d01', '85', parts.signature, parts.key, parts.signatures, parts.labels, parts.indexes)
}
const labels = (entries: readonly [number, Uint8Array][]) =>
  cborMap(entries.map(([key, label]) => [cborUint(key), cborBytes(label)]))
const other = new Uint8Array(32).fill(9)

test('the parts, put together, are the whole', async () => {
  expect(five({})).toBe(derived.proof.proofValue)
  expect(await answer(five({}))).toEqual(['proof.verified'])
  expect(value.labels.size).toBeGreaterThan(1)
  expect(value.signatures.length).toBeGreaterThan(1)
})

const MALFORMED: Readonly<Record<string, () => unknown>> = {
  'not a text': () => 7,
  missing: () => undefined,
  empty: () => '',
  base58btc: () => `z${String(derived.proof.proofValue).slice(1)}`,
  'not base64url': () => `${derived.proof.proofValue}=`,
  'base64url with a bit too many': () => 'u2V0BhQB',
  'the header alone': () => text('d95d01'),
  'another header': () => text('d95d02', bytesOf(five({})).subarray(3)),
  'the header of bbs-2023': () => text('d95d03', bytesOf(five({})).subarray(3)),
  'no array': () => text('d95d01', 'a5'),
  'an array of four': () => text('d95d01', '84', cborBytes(value.baseSignature)),
  'an array of six': () => text('d95d01', '86', bytesOf(five({})).subarray(4), '80'),
  'an array of indefinite length': () => text('d95d01', '9f', bytesOf(five({})).subarray(4), 'ff'),
  'one byte too few': () => text(bytesOf(five({})).subarray(0, -1)),
  'one byte too many': () => text(five({}) && bytesOf(five({})), '00'),
  'a base signature of 63 bytes': () => five({ signature: cborBytes(value.baseSignature.subarray(1)) }),
  'a base signature as text': () => five({ signature: cborText('x'.repeat(64)) }),
  'a tagged byte string (section 3.5.7: no tags)': () =>
    five({ signature: concatBytes(new Uint8Array([0xd8, 64]), cborBytes(value.baseSignature)) }),
  'a length that is longer than needed (RFC 8949 section 4.2.1)': () =>
    five({ signature: concatBytes(new Uint8Array([0x59, 0, 64]), value.baseSignature) }),
  'a public key of 34 bytes': () => five({ key: cborBytes(value.publicKey.subarray(1)) }),
  'a public key that is no point': () =>
    five({ key: cborBytes(new Uint8Array([0x80, 0x24, 2, ...new Uint8Array(32).fill(255)])) }),
  'a public key of another kind': () =>
    five({ key: cborBytes(new Uint8Array([0xe7, 0x01, ...value.publicKey.subarray(2)])) }),
  'a signature of 65 bytes': () =>
    five({ signatures: cborArray([...value.signatures.slice(1).map(cborBytes), cborBytes(new Uint8Array(65))]) }),
  'signatures that are numbers': () => five({ signatures: cborArray([cborUint(1)]) }),
  'signatures that are no array': () => five({ signatures: cborUint(1) }),
  'a million signatures announced, and not there': () => five({ signatures: '9a000f4240' }),
  '2³² signatures announced': () => five({ signatures: '9affffffff' }),
  '2⁶⁴ signatures announced': () => five({ signatures: '9bffffffffffffffff' }),
  'two million characters': () => `u2V0B${'A'.repeat(2_000_000)}`,
  'no label map': () => five({ labels: '80' }),
  'labels of 31 bytes': () =>
    five({ labels: labels([...value.labels].map(([key, label]) => [key, label.subarray(1)])) }),
  'a label too few': () => five({ labels: labels([...value.labels].slice(1)) }),
  'a label too many': () => five({ labels: labels([...value.labels, [99, other]]) }),
  'a label for another node': () => five({ labels: labels([...value.labels].map(([key, label]) => [key + 1, label])) }),
  'two labels for one node': () => five({ labels: labels([...value.labels, [0, other]]) }),
  'one label for two nodes': () => five({ labels: labels([...value.labels, [99, value.labels.get(0) as Uint8Array]]) }),
  'a label whose key is a text': () => five({ labels: cborMap([[cborText('c14n0'), cborBytes(other)]]) }),
  'an index twice': () =>
    five({
      indexes: cborArray([...value.mandatoryIndexes.slice(1), value.mandatoryIndexes.at(-1) as number].map(cborUint)),
    }),
  'an index out of range': () => five({ indexes: cborArray([...value.mandatoryIndexes.slice(1), 1000].map(cborUint)) }),
  'a negative index': () =>
    five({
      indexes: concatBytes(cborArray([...value.mandatoryIndexes.slice(1).map(cborUint), new Uint8Array([0x20])])),
    }),
  'an index that is a float': () =>
    five({
      indexes: concatBytes(cborArray([...value.mandatoryIndexes.slice(1).map(cborUint), new Uint8Array([0xf9, 0, 0])])),
    }),
}

describe('proof.malformed', () => {
  for (const [name, make] of Object.entries(MALFORMED))
    test(name, async () => expect(await answer(make())).toEqual(['proof.malformed']))

  test('nothing of these is verified: they are refused before', async () => {
    const verifying = vi.spyOn(cryptoPlatform(), 'verify')
    for (const make of Object.values(MALFORMED)) await answer(make())
    expect(verifying).not.toHaveBeenCalled()
    verifying.mockRestore()
  })
})

describe('proof.mismatch', () => {
  test('signatures that are not as many as the statements: nothing is verified', async () => {
    const verifying = vi.spyOn(cryptoPlatform(), 'verify')
    const many = cborArray(Array.from({ length: 11_000 }, () => cborBytes(value.baseSignature)))
    for (const signatures of [many, cborArray(value.signatures.slice(1).map(cborBytes))])
      expect(await answer(five({ signatures }))).toEqual(['proof.mismatch'])
    expect(verifying).not.toHaveBeenCalled()
    verifying.mockRestore()
  })

  test('where the issuer has not signed, the statements are not asked', async () => {
    const verifying = vi.spyOn(cryptoPlatform(), 'verify')
    expect(await answer(five({ signature: cborBytes(new Uint8Array(64).fill(1)) }))).toEqual(['proof.mismatch'])
    expect(verifying).toHaveBeenCalledTimes(1)
    verifying.mockRestore()
  })

  test('signatures in another order, another mandatory statement, a label that was not signed', async () => {
    const [one, two, ...rest] = value.signatures.map(cborBytes) as [Uint8Array, Uint8Array, ...Uint8Array[]]
    const free = [...Array(99).keys()].find((index) => !value.mandatoryIndexes.includes(index)) as number
    for (const change of [
      { signatures: cborArray([two, one, ...rest]) },
      { indexes: cborArray([...value.mandatoryIndexes.slice(1), free].map(cborUint)) },
      { labels: labels([...value.labels].map(([key]) => [key, new Uint8Array(32).fill(key)])) },
    ])
      expect(await answer(five(change))).toEqual(['proof.mismatch'])
  })
})

describe('a base proof that is broken', () => {
  test('is still no disclosure, and nothing can be derived from it', async () => {
    const base = await signBase(BADGE, signer)
    const whole = bytesOf(base.proof.proofValue as string)
    for (const end of [3, 4, 70, 140, whole.length - 1]) {
      const proof = { ...base.proof, proofValue: text(whole.subarray(0, end)) }
      expect(await verify({ ...base, proof }, keyOf(signer))).toEqual(['proof.not_derived'])
      await expect(derive({ ...base, proof }, [])).rejects.toMatchObject({
        code: 'parse.proof',
        issues: [{ pointer: '/proof/proofValue' }],
      })
    }
    for (const proofValue of [undefined, 7, 'z1', `${base.proof.proofValue}A`])
      await expect(derive({ ...base, proof: { ...base.proof, proofValue } as never }, [])).rejects.toMatchObject({
        code: 'parse.proof',
      })
    const context = contextOf({}, { documentBytes: 100 })
    await expect(derive(base, [], context)).rejects.toMatchObject({ code: 'parse.proof' })
  })

  test('or makes mandatory what is not there', async () => {
    const base = await signBase(BADGE, signer)
    const read = readBaseProofValue(base.proof.proofValue, MAX)
    if (typeof read === 'string') throw new Error(read)
    for (const pointer of ['/nope', 'name', '/name/0']) {
      const proofValue = writeBaseProofValue({ ...read, mandatoryPointers: [pointer] })
      await expect(derive({ ...base, proof: { ...base.proof, proofValue } }, [])).rejects.toMatchObject({
        code: 'parse.proof',
        message: expect.stringContaining(pointer),
      })
    }
    const nothing = writeBaseProofValue({ ...read, mandatoryPointers: [] })
    await expect(derive({ ...base, proof: { ...base.proof, proofValue: nothing } }, [])).rejects.toMatchObject({
      code: 'usage.invalid_option',
    })
  })
})

describe('laws of the proof value', () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
  const common = { baseSignature: bytes(64), publicKey: bytes(35), signatures: fc.array(bytes(64), { maxLength: 300 }) }
  const number = fc.oneof(fc.nat(30), fc.nat(70_000), fc.nat(2 ** 32 - 1))
  const map = fc
    .tuple(
      fc.uniqueArray(number, { maxLength: 30 }),
      fc.uniqueArray(bytes(32), { minLength: 30, maxLength: 30, selector: String }),
    )
    .map(
      ([keys, values]) => new Map(keys.sort((a, b) => a - b).map((key, index) => [key, values[index] as Uint8Array])),
    )

  test('what is written is read', () => {
    fc.assert(
      fc.property(
        fc.record({ ...common, labels: map, mandatoryIndexes: fc.uniqueArray(number, { maxLength: 300 }) }),
        (derivedValue) => {
          const written = writeDerivedProofValue(derivedValue)
          expect(kindOfProofValue(written)).toBe('derived')
          expect(readDerivedProofValue(written, MAX)).toEqual(derivedValue)
          expect(readBaseProofValue(written, MAX)).toEqual(expect.any(String))
        },
      ),
      { numRuns: 50 },
    )
    const pointers = fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { maxLength: 30 })
    fc.assert(
      fc.property(fc.record({ ...common, hmacKey: bytes(32), mandatoryPointers: pointers }), (base) => {
        const written = writeBaseProofValue(base)
        expect(kindOfProofValue(written)).toBe('base')
        expect(readBaseProofValue(written, MAX)).toEqual(base)
        expect(readDerivedProofValue(written, MAX)).toEqual(expect.any(String))
      }),
      { numRuns: 50 },
    )
  })

  test('whatever is read was written so: there is one text for each value, but for the order of its labels', () => {
    const written = writeDerivedProofValue({
      ...{ baseSignature: other, publicKey: other },
      ...value,
      mandatoryIndexes: [0, 23, 24, 255, 256, 65_535, 65_536],
    })
    const raw = bytesOf(written)
    fc.assert(
      fc.property(fc.nat(raw.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = raw.slice()
        changed[at] = (changed[at] as number) ^ change
        const read = readDerivedProofValue(text(changed), MAX)
        if (typeof read === 'string') return
        // CBOR leaves the order of a map to its writer, and that of other libraries is their own.
        const keys = [...read.labels.keys()]
        if (keys.every((key, index) => index === 0 || (keys[index - 1] as number) < key))
          expect(writeDerivedProofValue(read)).toBe(text(changed))
        expect(readDerivedProofValue(writeDerivedProofValue(read), MAX)).toEqual(read)
      }),
      { numRuns: 500 },
    )
  })

  test('any bytes behind the header are answered', () => {
    fc.assert(
      fc.property(fc.constantFrom('d95d00', 'd95d01'), fc.uint8Array({ maxLength: 300 }), (header, rest) => {
        for (const read of [readBaseProofValue, readDerivedProofValue])
          expect(read(text(header, '85', rest), MAX)).toEqual(expect.any(String))
      }),
      { numRuns: 500 },
    )
  })
})
