/** RFC 4648 section 5, as strict as the table in internal/base64url.ts, whoever does the work. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { documentCodec, portableCodec } from '../../src/platform/base64url.js'

const codec = documentCodec()

test('in Node another codec does it', () => {
  expect(codec).not.toBe(portableCodec)
})

test('texts have one form, with lone surrogates too', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constant('\ud800')), (text) => {
      expect(codec.encode(text)).toBe(portableCodec.encode(text))
    }),
  )
})

test('what is decoded is what the table decodes, and no Buffer', () => {
  let decoded = 0
  let refused = 0
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'ABQgwxyz0189-_+/= \n.é\u0141', '\ud800'), maxLength: 12 }),
      (text) => {
        const bytes = codec.decode(text)
        expect(bytes).toEqual(portableCodec.decode(text))
        if (bytes === undefined) refused++
        else {
          decoded++
          expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype)
        }
      },
    ),
    { numRuns: 2000 },
  )
  expect(decoded).toBeGreaterThan(50)
  expect(refused).toBeGreaterThan(50)
})

test('a document larger than a pool of Buffers', () => {
  const text = JSON.stringify({ narrative: 'Größe 🎓 '.repeat(5000) })
  const encoded = codec.encode(text)
  expect(encoded).toBe(portableCodec.encode(text))
  expect(new TextDecoder().decode(codec.decode(encoded))).toBe(text)
})

test.each(['QQ==', 'QR', 'Q', 'QQ Q', 'QQ+/', 'QQ\n', '\u0151QQQ'])('refused: %j', (text) => {
  expect(codec.decode(text)).toBeUndefined()
})

test('one call leaves nothing to the next, however long each is', () => {
  const texts = [
    'a'.repeat(70_000),
    'b',
    'c'.repeat(20_000),
    '',
    'd'.repeat(65_536),
    'ü'.repeat(40_000),
    'e'.repeat(48),
  ]
  for (const text of [...texts, ...texts.toReversed()]) {
    const encoded = codec.encode(text)
    expect(encoded).toBe(portableCodec.encode(text))
    expect(new TextDecoder().decode(codec.decode(encoded))).toBe(text)
  }
})

test('the bytes of ASCII are their own memory, and no Buffer', () => {
  const bytes = codec.asciiBytes('eyJ.e30')
  expect(bytes).toEqual(portableCodec.asciiBytes('eyJ.e30'))
  expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype)
  expect(bytes.buffer.byteLength).toBe(bytes.length)
  const copy = Uint8Array.from(bytes)
  codec.encode('another text')
  codec.asciiBytes('another text')
  expect(bytes).toEqual(copy)
})
