/** What the tests of this folder bake, and the limits they do it under. */
import { ParseError, UsageError } from '../../src/errors.js'
import type { SecuredCredential } from '../../src/model/types.js'
import { drawPng } from './make-png.js'

export const limits = { documentBytes: 1024 * 1024, imageBytes: 16 * 1024 * 1024, depth: 64 }

/** Names that are mangled where UTF-8 is read as Latin-1. */
export const NAME = 'Zoë Müller® – Φύλλο 教育 \u{1f3c5}\u{1f469}\u200d\u{1f393}'

/** Has a proof, which is all that baking asks for. */
export const credential = {
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
  id: 'urn:uuid:1b6d1c3e-6a6a-4d5e-9c55-0c6f3b1f2a10',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: NAME,
  issuer: { id: 'did:example:school', type: ['Profile'] },
  validFrom: '2030-01-01T00:00:00Z',
  credentialSubject: { type: ['AchievementSubject'], identifier: [] },
  proof: { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022', proofValue: 'z58DAdFfa9SkqZMVPxAQ' },
} as unknown as SecuredCredential

export const jws = 'eyJhbGciOiJFZERTQSJ9.eyJpZCI6InVybjp1dWlkOjEifQ.c2lnbmF0dXJl'

/** 24 pixels square, in colours that need all of the palette. */
export const png = drawPng(24, 24, (x, y) => [x * 10, y * 10, (x * y) & 255, 255 - x])

export const svg =
  '<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">\n  <title>Ⓡ &amp; é</title><circle r="4"/>\n</svg>\n'

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The code of the error that is thrown; 'nothing thrown' is no code of ours. */
export async function codeOf(run: () => unknown): Promise<string> {
  try {
    await run()
  } catch (error) {
    if (error instanceof ParseError || error instanceof UsageError) return error.code
    throw error
  }
  return 'nothing thrown'
}
