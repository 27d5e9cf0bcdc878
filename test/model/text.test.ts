/** VCDM 2.0 section 11.1: texts in several languages are value objects, and contexts define no language containers. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { languageMap, parseCredential, parseVerifiableCredential } from '../../src/entries/index.js'
import { chooseText } from '../../src/model/text.js'

const BADGE = {
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
  id: 'urn:x:b',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: 'did:example:i', type: ['Profile'] },
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: { id: 'did:example:s', type: ['AchievementSubject'] },
}

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

/** As a proof of the graph signs them: a set. */
const NAMES = [
  { '@value': 'Attended the course (no exam)', '@language': 'en' },
  { '@value': 'Certified Surgeon', '@language': 'la' },
  { '@value': 'Teilgenommen', '@language': 'de' },
]

describe('of several texts one is read by its language', () => {
  const read = (name: unknown, more: object = {}) => {
    const achievement = {
      id: 'urn:x:a',
      type: ['Achievement'],
      name,
      description: 'D',
      criteria: { narrative: 'N' },
      ...more,
    }
    return parseCredential({ ...BADGE, credentialSubject: { ...BADGE.credentialSubject, achievement } })
      .credentialSubject.achievement.name
  }
  test.each<[string, unknown, string, object?]>([
    ['the one that the achievement says it is in', NAMES, 'Teilgenommen', { inLanguage: 'de' }],
    ['a near one', NAMES, 'Teilgenommen', { inLanguage: 'de-AT' }],
    ['English, where nothing else is known', NAMES, 'Attended the course (no exam)'],
    ['one without a language before it', [...NAMES, { '@value': 'Open day' }], 'Open day'],
    ['else the first by its tag', NAMES.slice(1), 'Teilgenommen'],
    ['a map by language too', { la: 'Certified Surgeon', en: 'Attended' }, 'Attended'],
    [
      'two in one language are both said',
      [...NAMES, { '@value': 'A', '@language': 'EN' }],
      'A / Attended the course (no exam)',
    ],
  ])('%s', (_, name, expected, more) => {
    expect(read(name, more)).toBe(expected)
    if (Array.isArray(name)) expect(read([...name].reverse(), more)).toBe(expected)
  })

  test('law: their order says nothing', () => {
    const tag = fc.constantFrom('en', 'EN', 'en-GB', 'de', 'la', 'zh-Hant')
    const value = fc.record({ text: fc.constantFrom('A', 'B', 'C'), language: tag }, { requiredKeys: ['text'] })
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1 }),
        fc.option(tag, { nil: undefined }),
        fc.infiniteStream(fc.nat()),
        (texts, wanted, numbers) => {
          const turned = texts
            .map((each) => [each, numbers.next().value as number] as const)
            .sort(([, a], [, b]) => a - b)
          const [one, other] = [
            chooseText(texts, wanted),
            chooseText(
              turned.map(([each]) => each),
              wanted,
            ),
          ]
          expect(other?.text).toBe(one?.text)
          expect(other?.language?.toLowerCase()).toBe(one?.language?.toLowerCase())
        },
      ),
      { numRuns: 300 },
    )
  })
})
