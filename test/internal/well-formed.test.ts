import fc from 'fast-check'
import { test, vi } from 'vitest'
import { isWellFormed } from '../../src/internal/well-formed.js'

/** Code units, surrogates often: pairs and lone ones. */
const units = fc
  .array(fc.oneof(fc.integer({ min: 0xd7ff, max: 0xe000 }), fc.constantFrom(0x61, 0xe9)))
  .map((codes) => String.fromCharCode(...codes))

/** What UTF-8 cannot carry is not well-formed. */
const survives = (text: string): boolean =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text)) === text

test('law: well-formed is what UTF-8 can carry', () => {
  fc.assert(fc.property(units, (text) => isWellFormed(text) === survives(text)))
})

test('law: the same where String.prototype.isWellFormed is missing', async () => {
  const descriptor = Object.getOwnPropertyDescriptor(String.prototype, 'isWellFormed')
  Reflect.deleteProperty(String.prototype, 'isWellFormed')
  vi.resetModules()
  try {
    const old = await import('../../src/internal/well-formed.js')
    fc.assert(fc.property(units, (text) => old.isWellFormed(text) === survives(text)))
  } finally {
    if (descriptor) Object.defineProperty(String.prototype, 'isWellFormed', descriptor)
  }
})
