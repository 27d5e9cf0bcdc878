// Evidence of more than one person: found by what was signed, never judged.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EvidencedBadge, findSharedEvidence } from '../../src/predictability/shared-evidence.js'

const badge = (id: string, who: string, ...evidence: object[]): EvidencedBadge => ({
  id: `urn:badge:${id}`,
  credentialSubject: { id: `did:example:${who}` },
  evidence,
})
const url = (path: string) => ({ id: `https://work.example/${path}` })
// "hello world\n", 12 bytes: calculated with node:crypto; multihash 0x12 0x20 and 0x20 0x30.
const SRI_256 = 'sha256-qUiQTy8PR5uPgZdpSzAYSw0u0cHNKh7A+4XSmaGSpEc='
const SRI_384 = 'sha384-aztp/wpATyjXXpigZtP8ZP/9mUCHDMaL7OKFRbmnUIazQ9ehNmg4CD5Ljzym/TyA'
const U_256 = 'uEiCpSJBPLw9Hm4-Bl2lLMBhLDS7Rwc0qHsD7hdKZoZKkRw'
const Z_256 = 'zQmZjTnYw2TFhn9Nn7tjmPSoTBoY7YRkwPzwSrSbabY24Kp'
const U_384 = 'uIDBrO2n_CkBPKNdemKBm0_xk__2ZQIcMxovs4oVFuadQhrND16E2aDgIPkuPPKb9PIA'

describe('the same evidence under two recipients', () => {
  test('by URL, whatever its case of host and its fragment', () => {
    const { shared } = findSharedEvidence([
      badge('1', 'ada', url('lesson')),
      badge('2', 'ben', { id: 'HTTPS://WORK.example:443/lesson#page=2' }),
      badge('3', 'cem', url('other')),
    ])
    expect(shared).toEqual([
      {
        by: 'url',
        key: 'https://work.example/lesson',
        count: 2,
        awards: [
          { badge: 'urn:badge:1', recipient: 'did:example:ada' },
          { badge: 'urn:badge:2', recipient: 'did:example:ben' },
        ],
      },
    ])
  })
  test.each([
    ['SRI and multibase u', { digestSRI: SRI_256 }, { digestMultibase: U_256 }],
    ['multibase u and z', { digestMultibase: U_256 }, { digestMultibase: Z_256 }],
    ['sha-384', { digestSRI: `${SRI_384}?ct=text` }, { digestMultibase: U_384 }],
    ['one of several', { digestSRI: `${SRI_256} ${SRI_384}` }, { digestMultibase: U_384 }],
  ])('by digest: %s', (_, one, other) => {
    const { shared } = findSharedEvidence([badge('1', 'ada', url('a'), one), badge('2', 'ben', url('b'), other)])
    expect(shared).toMatchObject([{ by: 'digest', count: 2 }])
  })
  test('is none where one person shows it twice, where it is a template, or where a team declared it', () => {
    const found = (badges: EvidencedBadge[], options = {}) => findSharedEvidence(badges, options).shared.length
    const two = [badge('1', 'ada', { digestSRI: SRI_256 }), badge('2', 'ben', { digestMultibase: U_256 })]
    expect(found([badge('1', 'ada', url('a')), badge('2', 'ada', url('a'))])).toBe(0)
    expect(found(two)).toBe(1)
    expect(found(two, { templates: [Z_256] })).toBe(0)
    expect(
      found([badge('1', 'ada', url('form')), badge('2', 'ben', url('form'))], {
        templates: ['https://work.example/form'],
      }),
    ).toBe(0)
    const teams = [['did:example:ada', 'did:example:ben']]
    expect(found(two, { teams })).toBe(0)
    expect(found([...two, badge('3', 'cem', { digestSRI: SRI_256 })], { teams })).toBe(1)
  })
  test('what says nothing of bytes, or of where they are, is no evidence to compare', () => {
    const nothing = [
      { narrative: 'Seen.' },
      { id: 'urn:uuid:1' },
      { digestSRI: 'md5-abc' },
      { digestMultibase: 'uELq9Fn' },
    ]
    expect(findSharedEvidence([badge('1', 'ada', ...nothing), badge('2', 'ben', ...nothing)]).shared).toEqual([])
  })
  test('of what thousands share, the first are named and the others counted', () => {
    const many = Array.from({ length: 5000 }, (_, index) => badge(`${index}`, `${index}`, url('home')))
    const { shared } = findSharedEvidence(many, { most: 3 })
    expect(shared).toMatchObject([{ count: 5000, awards: { length: 3 } }])
  })
  test('a stream that can be read once only is refused', () => {
    const once = (function* () {
      yield badge('1', 'ada')
    })()
    expect(() => findSharedEvidence(once)).toThrow(/"badges" can be read twice/)
  })
})

test('finds what comparing each badge with each other one finds', () => {
  const piece = fc.oneof(
    fc.constantFrom('a', 'b', 'c', 'd').map(url),
    fc.constantFrom({ digestSRI: SRI_256 }, { digestMultibase: U_384 }),
  )
  const badges = fc.array(fc.tuple(fc.constantFrom('ada', 'ben', 'cem'), fc.array(piece, { maxLength: 3 })), {
    maxLength: 8,
  })
  fc.assert(
    fc.property(badges, (given) => {
      const all = given.map(([who, evidence], index) => badge(`${index}`, who, ...evidence))
      const names = (one: EvidencedBadge) => new Set((one.evidence ?? []).map((each) => JSON.stringify(each)))
      const pairs = new Set(
        all.flatMap((one) =>
          all.flatMap((other) =>
            one.credentialSubject.id === other.credentialSubject.id
              ? []
              : [...names(one)].filter((name) => names(other).has(name)),
          ),
        ),
      )
      expect(findSharedEvidence(all).shared).toHaveLength(pairs.size)
    }),
    { numRuns: 100 },
  )
})

test('similarity: pieces that the hook gives a key in common are found, and called alike, not the same', () => {
  const badges = ['lesson A', 'lesson a', 'other'].map((text, index) => ({
    id: `urn:badge:${index}`,
    credentialSubject: { id: `did:example:${index}` },
    evidence: [{ id: `https://work.example/${index}`, text }],
  }))
  const similarity = (evidence: object) => [(evidence as { text: string }).text.toLowerCase()]
  expect(findSharedEvidence(badges, { similarity }).shared).toMatchObject([
    { by: 'similarity', key: 'similar lesson a', count: 2 },
  ])
  expect(findSharedEvidence(badges).shared).toEqual([])
  expect(() => findSharedEvidence(badges, { similarity: () => 'a' as never })).toThrow(/similarity\(\)/)
})
