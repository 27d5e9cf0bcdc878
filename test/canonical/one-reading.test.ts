/**
 * One signature, one reading: for any document and any rewriting by its holder that leaves the graph as it was signed, a reader of the
 * standard's names reads the same, or the document is called ambiguous. The proof obligation stands in src/canonical/one-reading.ts.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPinned } from '../../src/canonical/pinned-contexts.js'
import type { Json, JsonObject } from '../../src/internal/types.js'
import { bundledContext } from '../../src/resolve/contexts/bundle.js'
import { STATUS_LIST_2021_TERMS } from '../../src/status/write-list.js'
import { context, ours } from './support.js'

const V1 = 'https://www.w3.org/2018/credentials/v1'
const OB = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#'
const STRING = 'https://www.w3.org/2001/XMLSchema#string'
/** Those whose terms are not protected: anybody can append a context that redefines them. */
const OPEN_CONTEXTS = [
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/context.json',
]

const judged = (documents: JsonObject, served: Record<string, unknown> = {}) =>
  ours(documents, context(served, { graphOnly: false }))
const kinds = (problems: readonly { readonly kind: string }[]) => [...new Set(problems.map(({ kind }) => kind))]

const badge = (openBadges: string, ...appended: readonly Json[]) => ({
  '@context': [V1, openBadges, ...appended],
  id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: 'did:example:uni', type: ['Profile'], name: 'University' },
  issuanceDate: '2024-01-01T00:00:00Z',
  credentialSubject: {
    id: 'did:example:ada',
    type: ['AchievementSubject'],
    achievement: {
      id: 'urn:uuid:00000000-0000-4000-8000-000000000002',
      type: ['Achievement'],
      name: 'Open day visitor',
      description: 'Licensed Surgeon',
      criteria: { narrative: 'Came by.' },
    },
  },
})

/** As the holder rewrites it: name and description change places. */
function swapped(document: ReturnType<typeof badge>, ...more: readonly Json[]): ReturnType<typeof badge> {
  const copy = structuredClone(document)
  const { achievement } = copy.credentialSubject
  ;[achievement.name, achievement.description] = [achievement.description, achievement.name]
  copy['@context'] = [...copy['@context'], ...more]
  return copy
}

const NAME = { '@id': 'https://schema.org/name' }
const DESCRIPTION = { '@id': 'https://schema.org/description' }
const SWAP = {
  name: { ...DESCRIPTION, '@type': STRING },
  description: { ...NAME, '@type': STRING },
}
/** Where the two terms could be redefined: at the root, by a type, by a property, by a property twice. */
const PLACES: Readonly<Record<string, (swap: JsonObject) => JsonObject>> = {
  'at the root': (swap) => swap,
  'by type': (swap) => ({ Achievement: { '@id': `${OB}Achievement`, '@context': swap } }),
  'by property': (swap) => ({ achievement: { '@id': `${OB}achievement`, '@type': '@id', '@context': swap } }),
  'by a property within its own scope': (swap) => ({
    achievement: {
      '@id': `${OB}achievement`,
      '@context': { achievement: { '@id': `${OB}achievement`, '@context': swap } },
    },
  }),
  // jsonld applies the scope of a term that redefines itself a second time.
  'by the subject’s type, twice': (swap) => ({
    AchievementSubject: {
      '@id': `${OB}AchievementSubject`,
      '@context': {
        achievement: {
          '@id': `${OB}achievement`,
          '@type': '@id',
          '@context': { achievement: { '@id': `${OB}achievement`, '@context': swap } },
        },
      },
    },
  }),
  'by the subject’s type': (swap) => ({
    AchievementSubject: {
      '@id': `${OB}AchievementSubject`,
      '@context': {
        achievement: { '@id': `${OB}achievement`, '@type': '@id', '@context': swap },
      },
    },
  }),
}

/** The subject's own scope with one change: a scope that jsonld applies a second time, as it is its property's own. */
function attack(openBadges: string): (swap: JsonObject) => JsonObject {
  const document = bundledContext(openBadges) as JsonObject
  const contexts = [document['@context']].flat() as JsonObject[]
  const subject = contexts.find((one) => one.AchievementSubject !== undefined)?.AchievementSubject as JsonObject
  const whole = (value: Json): Json =>
    JSON.parse(
      JSON.stringify(value).replaceAll('"obi:', `"${OB}`).replaceAll('"xsd:', '"https://www.w3.org/2001/XMLSchema#'),
    )
  const scope = whole(subject['@context'] as Json) as JsonObject
  const achievement =
    typeof scope.achievement === 'string' ? { '@id': scope.achievement } : (scope.achievement as JsonObject)
  return (swap) => ({
    AchievementSubject: {
      '@id': `${OB}AchievementSubject`,
      '@context': {
        ...scope,
        achievement: {
          ...achievement,
          '@context': { achievement: { '@id': `${OB}achievement`, '@context': swap } },
        },
      },
    },
  })
}

describe.each(OPEN_CONTEXTS)('under credentials/v1 and %s', (openBadges) => {
  test('two terms change places, wherever they can: no such graph has a second reading', async () => {
    const signed = (await judged(badge(openBadges))).nquads
    const same: string[] = []
    for (const [name, place] of [...Object.entries(PLACES), ['as an attacker writes it', attack(openBadges)] as const])
      for (const typed of [SWAP, { name: DESCRIPTION, description: NAME }])
        for (const more of [{}, { '@index': 'leads to the general path' }]) {
          const { nquads, problems } = await judged({ ...swapped(badge(openBadges), place(typed)), ...more })
          // Where the appended scope is not used, the swap breaks the signature.
          if (nquads !== signed) continue
          same.push(name)
          expect(kinds(problems), name).toContain('ambiguous_member')
        }
    expect(same).toContain('as an attacker writes it')
  })

  test('two extension terms change places: they are nobody’s names', async () => {
    const terms = { grade: 'https://terms.example/grade', room: 'https://terms.example/room' }
    const signed = { ...badge(openBadges, terms), grade: 'A', room: 'C' }
    expect((await judged(signed)).problems).toEqual([])
  })

  test('an identical redefinition is harmless, and so is a different one that is not used', async () => {
    const unused = { Image: 'https://e.example/Image', humanCode: 'https://e.example/humanCode' }
    expect(
      (await judged(badge(openBadges, { criteria: { '@id': `${OB}criteria`, '@type': '@id' } }))).problems,
    ).toEqual([])
    expect((await judged(badge(openBadges, unused))).problems).toEqual([])
  })

  test('a default language from elsewhere is allowed', async () => {
    expect((await judged(badge(openBadges, { '@language': 'en' }))).problems).toEqual([])
  })

  test('a name of the standard with another meaning, where the standard has it', async () => {
    const scope = { activityEndDate: 'https://e.example/began', achievement: `${OB}achievement` }
    const document = badge(openBadges, { AchievementSubject: { '@id': `${OB}AchievementSubject`, '@context': scope } })
    const subject = { ...document.credentialSubject, activityEndDate: '2020-01-01T00:00:00Z' }
    expect(kinds((await judged({ ...document, credentialSubject: subject })).problems)).toContain('ambiguous_member')
  })

  test('what is read must not be described where nobody reads it', async () => {
    const document = badge(openBadges, { about: 'https://e.example/about' })
    const apart = { id: 'did:example:uni', type: ['Profile'], email: 'x@y.example' }
    expect(kinds((await judged({ ...document, about: apart })).problems)).toContain('ambiguous_member')
    expect((await judged({ ...document, about: { id: 'did:example:uni' } })).problems).toEqual([])
    expect((await judged({ ...document, about: { ...apart, id: 'did:example:other' } })).problems).toEqual([])
  })

  test('the same contexts from a URL', async () => {
    const url = 'https://ctx.example/swap.json'
    const served = { [url]: { '@context': PLACES['by type']?.(SWAP) } }
    expect(kinds((await judged(swapped(badge(openBadges), url), served)).problems)).toContain('ambiguous_member')
  })

  test('law: the same graph is read alike, or is ambiguous', async () => {
    const original = badge(openBadges)
    const signed = (await judged(original)).nquads
    const names = [
      'name',
      'description',
      'criteria',
      'narrative',
      'image',
      'alias',
      'achievementType',
      'title',
    ] as const
    const iri = fc.constantFrom(
      NAME['@id'],
      DESCRIPTION['@id'],
      `${OB}criteria`,
      `${OB}narrative`,
      `${OB}achievementType`,
      'https://e.example/x',
    )
    const definition = fc.record(
      {
        '@id': iri,
        '@type': fc.constantFrom(STRING, '@id', '@none'),
        '@container': fc.constantFrom('@set', '@language', '@index'),
      },
      { requiredKeys: ['@id'] },
    )
    const terms = fc.dictionary(fc.constantFrom(...names), fc.oneof(iri, definition), { maxKeys: 4 })
    const appended = fc.oneof(
      fc.tuple(fc.constantFrom(...Object.values(PLACES)), terms).map(([place, swap]) => place(swap)),
      fc
        .tuple(fc.constantFrom(...Object.values(PLACES)), fc.boolean())
        .map(([place, typed]) => place(typed ? SWAP : { name: DESCRIPTION, description: NAME })),
    )
    let same = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(appended, { minLength: 1, maxLength: 3 }),
        fc.shuffledSubarray(['name', 'description'], { minLength: 2, maxLength: 2 }),
        fc.boolean(),
        fc.constantFrom('name', 'description', 'alias', 'title'),
        async (contexts, order, indexed, label) => {
          const document = order[0] === 'name' ? swapped(original, ...contexts) : badge(openBadges, ...contexts)
          const { description, ...achievement } = document.credentialSubject.achievement
          const rewritten = {
            ...document,
            credentialSubject: {
              ...document.credentialSubject,
              achievement:
                label === 'name' ? document.credentialSubject.achievement : { ...achievement, [label]: description },
            },
            ...(indexed ? { '@index': 'x' } : {}),
          }
          const { nquads, problems } = await judged(rewritten)
          if (problems.length > 0 || nquads !== signed) return
          same++
          expect(rewritten.credentialSubject).toEqual(original.credentialSubject)
        },
      ),
      { numRuns: 300 },
    )
    expect(same).toBeGreaterThan(5)
  })
})

test('the terms of Status List 2021 are pinned as we write them, and nothing that differs from them', () => {
  expect(isPinned(STATUS_LIST_2021_TERMS)).toBe(true)
  expect(isPinned({ ...STATUS_LIST_2021_TERMS, name: 'https://schema.org/description' })).toBe(false)
  expect(isPinned({ x: '\ud800' })).toBe(false)
})
