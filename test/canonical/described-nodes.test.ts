// Endorsements describe what they endorse once more: when is that certainly harmless? The closer look, which the general path always
// takes, is the judge.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Budget } from '../../src/canonical/budget.js'
import { CompiledContexts, Contexts } from '../../src/canonical/contexts.js'
import { JsonLdSyntaxError } from '../../src/canonical/keywords.js'
import { hasNoProblems } from '../../src/canonical/to-quads.js'
import { Unusual } from '../../src/canonical/unusual.js'
import { Vocabulary } from '../../src/canonical/vocabulary.js'
import type { Json, JsonObject } from '../../src/internal/types.js'
import { badge } from './reader.js'
import { bothPaths, context, MORE, ours, VC2 } from './support.js'

const compiled = new CompiledContexts()
const vocabulary = new Vocabulary()
function certain(document: JsonObject): boolean {
  try {
    return hasNoProblems(
      document,
      new Contexts(compiled, new Map(), new Budget({ bytes: 1_000_000, steps: 100 })),
      vocabulary,
    )
  } catch (error) {
    if (error instanceof Unusual || error instanceof JsonLdSyntaxError) return false
    throw error
  }
}

const achievement = (badge.credentialSubject as JsonObject).achievement as JsonObject
const ACHIEVEMENT = achievement.id as string
const BADGE = badge.id as string

/** `rest` is what it says of the thing; undefined removes a member. */
function endorsement(number: number, id: string, rest: Record<string, unknown> = {}): JsonObject {
  const credentialSubject = { id, type: ['EndorsementSubject'], endorsementComment: `Good: ${number}.`, ...rest }
  return JSON.parse(
    JSON.stringify({
      id: `urn:uuid:endorsement-${number}`,
      type: ['VerifiableCredential', 'EndorsementCredential'],
      issuer: { id: `did:example:endorser-${number}`, type: ['Profile'] },
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject,
    }),
  )
}
/** `first`: the endorsements stand before all that they endorse. */
const endorsed = (endorsements: readonly JsonObject[], first = false, of: JsonObject = badge): JsonObject => {
  const { '@context': contexts, ...rest } = of
  const named = { endorsement: endorsements } as unknown as JsonObject
  return { '@context': contexts as Json, ...(first ? { ...named, ...rest } : { ...rest, ...named }) }
}
const withAchievement = (changes: object, endorsements: readonly JsonObject[], first = false): JsonObject =>
  endorsed(endorsements, first, {
    ...badge,
    credentialSubject: { ...(badge.credentialSubject as JsonObject), achievement: { ...achievement, ...changes } },
  } as unknown as JsonObject)

const both = async (document: JsonObject) => {
  const [one, other] = await Promise.all(
    bothPaths.map(({ generalPathOnly }) => ours(document, context({}, { generalPathOnly }))),
  )
  expect(one?.problems).toEqual(other?.problems)
  return one?.problems ?? []
}

describe('comments of endorsements', () => {
  test.each([
    ['on the badge', [endorsement(1, BADGE)]],
    ['on the achievement', [endorsement(1, ACHIEVEMENT)]],
    ['on both, by many', Array.from({ length: 40 }, (_, index) => endorsement(index, index % 2 ? BADGE : ACHIEVEMENT))],
    ['without a comment', [endorsement(1, BADGE, { endorsementComment: undefined })]],
  ])('%s, behind and before it: certainly harmless', async (_, endorsements) => {
    for (const first of [false, true]) {
      const document = endorsed(endorsements, first)
      expect(certain(document)).toBe(true)
      expect(await both(document)).toEqual([])
    }
  })

  test.each<[string, JsonObject]>([
    ['with a member that the badge could have', endorsed([endorsement(1, BADGE, { achievement: ACHIEVEMENT })])],
    ['with an end that the badge does not have', endorsed([endorsement(1, BADGE, { name: 'x', description: 'y' })])],
    ['with members of the achievement', endorsed([endorsement(1, ACHIEVEMENT, { name: 'Another', description: 'y' })])],
    [
      'that is called a badge too',
      endorsed([endorsement(1, BADGE, { type: ['EndorsementSubject', 'OpenBadgeCredential'] })]),
    ],
    [
      'on an achievement that is called EndorsementSubject too',
      withAchievement({ type: ['Achievement', 'EndorsementSubject'] }, [endorsement(1, ACHIEVEMENT)]),
    ],
    [
      'before such an achievement',
      withAchievement({ type: ['Achievement', 'EndorsementSubject'] }, [endorsement(1, ACHIEVEMENT)], true),
    ],
    ['under the keyword', endorsed([endorsement(1, BADGE, { id: undefined, '@id': BADGE })])],
    [
      'of a class by its IRI',
      endorsed([
        endorsement(1, BADGE, { type: ['https://purl.imsglobal.org/spec/vc/ob/vocab.html#EndorsementSubject'] }),
      ]),
    ],
    [
      'by the IRI of the member',
      endorsed([
        endorsement(1, BADGE, {
          endorsementComment: undefined,
          'https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementComment': 'Good.',
        }),
      ]),
    ],
    [
      'with a context of its own',
      endorsed([endorsement(1, BADGE, { '@context': { endorsementComment: 'urn:x:comment' } })]),
    ],
    [
      'outside of an endorsement',
      {
        ...badge,
        evidence: [{ id: ACHIEVEMENT, type: ['EndorsementSubject'], endorsementComment: 'Good.' }],
      } as unknown as JsonObject,
    ],
    ['in what is no credential', endorsed([{ ...endorsement(1, BADGE), type: ['EndorsementCredential'] }])],
    [
      'of an achievement without type',
      withAchievement({ type: undefined }, [endorsement(1, ACHIEVEMENT, { name: 'x' })]),
    ],
  ])('%s: never certain, and both paths say the same', async (_, document) => {
    const plain = JSON.parse(JSON.stringify(document)) as JsonObject
    expect(certain(plain)).toBe(false)
    await both(plain)
  })

  test('an appended context cannot redefine the comment: the context of its class is applied later', async () => {
    const document = endorsed([endorsement(1, BADGE)])
    const contexts = [...(document['@context'] as readonly Json[]), { endorsementComment: 'urn:x:validUntil' }]
    const redefined = { ...document, '@context': contexts } as unknown as JsonObject
    expect(certain(redefined)).toBe(true)
    expect(await both(redefined)).toEqual([])
  })

  test('law: what is certain has no problems', async () => {
    const value = fc.constantFrom<unknown>(BADGE, ACHIEVEMENT, 'Good.', ['Achievement'], undefined, 'urn:x:other', {
      id: BADGE,
    })
    const subject = fc.record(
      {
        id: fc.constantFrom(BADGE, ACHIEVEMENT, 'urn:x:other', achievement.creator as string, VC2),
        type: fc.subarray(['EndorsementSubject', 'Achievement', 'Profile', 'AchievementSubject', 'Mentor'], {
          minLength: 0,
        }),
        endorsementComment: fc.constantFrom('Good.', 'Bad.', { id: BADGE }),
        name: value,
        achievement: value,
        endorsement: value,
        '@id': value,
      },
      { requiredKeys: ['id'] },
    )
    const place = fc.record({ rest: subject, nested: fc.boolean(), first: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(place, { minLength: 1, maxLength: 4 }), fc.boolean(), async (places, first) => {
        const endorsements = places.map(({ rest, nested }, index) => {
          const made = endorsement(index, BADGE, rest)
          return nested ? made : (made.credentialSubject as JsonObject)
        })
        const document = endorsed(endorsements, first)
        const problems = await both(document)
        if (certain(document)) expect(problems).toEqual([])
      }),
      { numRuns: 100 * MORE },
    )
  })
})
