/**
 * What a registrar awards: the typical badge as awards, each to somebody else.
 *
 * @module
 */
import { typicalAchievement, typicalEvidence, typicalResults } from './badges.js'

export const VALID_FROM = new Date('2026-01-01T00:00:00Z')
export const VALID_UNTIL = new Date('2036-01-01T00:00:00Z')

export function issuerOptions({ memoryStores }, identity, signer) {
  return {
    profile: {
      id: identity.did,
      type: ['Profile'],
      name: 'Example College',
      url: 'https://college.example.edu/',
      email: 'badges@college.example.edu',
    },
    signer,
    status: { store: memoryStores().status, listUrl: (listId) => `https://college.example.edu/status/${listId}` },
  }
}

const achievement = typicalAchievement()

export function award(index) {
  return {
    id: `award-${index}`,
    achievement,
    recipient: { email: `learner-${index}@example.edu` },
    validFrom: VALID_FROM,
    validUntil: VALID_UNTIL,
    result: typicalResults(index),
    evidence: typicalEvidence(index),
  }
}

export function* awards(count, first = 0) {
  for (let index = first; index < first + count; index++) yield award(index)
}
