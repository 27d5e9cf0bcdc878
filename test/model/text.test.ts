/** VCDM 2.0 section 11.1: texts in several languages are value objects, and contexts define no language containers. */
import { describe, expect, test } from 'vitest'
import { languageMap, parseVerifiableCredential } from '../../src/index.js'

describe('languageMap', () => {
  test('makes value objects that the model of credentials takes', () => {
    const name = languageMap({ en: 'Badge', 'pt-BR': 'Insígnia' })
    expect(name).toEqual([
      { '@value': 'Badge', '@language': 'en' },
      { '@value': 'Insígnia', '@language': 'pt-BR' },
    ])
    const credential = parseVerifiableCredential({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiableCredential'],
      issuer: 'did:example:issuer',
      name,
      credentialSubject: { id: 'did:example:subject' },
    })
    expect(credential.name).toEqual(name)
  })
  test.each([[{ 'not a tag': 'x' }], [{ en: 5 }]])('%o is refused', (texts) => {
    expect(() => languageMap(texts as never)).toThrow(expect.objectContaining({ code: 'usage.invalid_option' }))
  })
})
