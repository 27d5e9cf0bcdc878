import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/internal/types.js'
import { badge, reading } from './reader.js'
import { bothPaths, context, OB303, ours, VC2 } from './support.js'

type Mutable = { [member: string]: unknown }
const CRED = 'https://www.w3.org/2018/credentials#'
const OB = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#'
const STATUS = 'https://www.w3.org/ns/credentials/status#'
const DATE_TIME = 'http://www.w3.org/2001/XMLSchema#dateTime'

/** A copy to rewrite. `append` adds a context at the end, as anybody who holds the document can. */
function copy(of: JsonObject = badge) {
  const document = structuredClone(of) as Mutable
  const at = (path: string): Mutable =>
    path.split('/').reduce((node, name) => (name === '' ? node : (node[name] as Mutable)), document)
  const append = (local: Json) => {
    document['@context'] = [...(document['@context'] as Json[]), local]
  }
  return { document, at, append }
}

const remembered = { compiled: context(), general: context({}, { generalPathOnly: true }) }

/** The rewritten document has the canonical form of the original, so its signature verifies; and yet it is refused. */
function attack(name: string, rewrite: () => { document: Mutable; pointer: string; of?: JsonObject }) {
  for (const { path } of bothPaths)
    test(`${name}, ${path} path`, async () => {
      const { document, pointer, of = badge } = rewrite()
      const original = await ours(of, remembered[path])
      expect(original.problems).toEqual([])
      const rewritten = await ours(document, remembered[path])
      expect(rewritten.nquads).toBe(original.nquads)
      expect(reading(document as JsonObject)).not.toBe(reading(of))
      const places = rewritten.problems.filter(({ kind }) => kind === 'ambiguous_member').map(({ pointer: at }) => at)
      expect(places).toContain(pointer)
    })
}

/** The rewritten document has the canonical form of the original, and says the same to a reader of JSON. */
function harmless(name: string, rewrite: () => { document: Mutable; of?: JsonObject }) {
  for (const { path } of bothPaths)
    test(`${name}, ${path} path`, async () => {
      const { document, of = badge } = rewrite()
      const original = await ours(of, remembered[path])
      const rewritten = await ours(document, remembered[path])
      expect(rewritten.nquads).toBe(original.nquads)
      expect(rewritten.problems).toEqual([])
      expect(reading(document as JsonObject)).toBe(reading(of))
    })
}

/** Member by member: where it stands, its IRI, and the coercion that its standard term has. */
const MEMBERS = [
  ['', 'validUntil', `${CRED}validUntil`, DATE_TIME],
  ['', 'validFrom', `${CRED}validFrom`, DATE_TIME],
  ['', 'issuer', `${CRED}issuer`, '@id'],
  ['', 'credentialStatus', `${CRED}credentialStatus`, '@id'],
  ['', 'credentialSubject', `${CRED}credentialSubject`, '@id'],
  ['', 'refreshService', `${CRED}refreshService`, '@id'],
  ['', 'credentialSchema', `${CRED}credentialSchema`, '@id'],
  ['', 'name', 'https://schema.org/name', undefined],
  ['/credentialSubject', 'achievement', `${OB}achievement`, undefined],
  ['/credentialSubject', 'identifier', `${OB}identifier`, undefined],
  ['/credentialSubject', 'result', `${OB}result`, undefined],
  ['/credentialSubject/achievement', 'resultDescription', `${OB}resultDescription`, undefined],
  ['/credentialSubject/achievement/resultDescription/0', 'requiredValue', `${OB}requiredValue`, undefined],
  ['/credentialStatus/0', 'statusPurpose', `${STATUS}statusPurpose`, undefined],
  ['/credentialStatus/0', 'statusListIndex', `${STATUS}statusListIndex`, undefined],
] as const

const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')

describe('a member under another name', () => {
  for (const [place, name, iri, type] of MEMBERS) {
    attack(`${name} as its IRI`, () => {
      const { document, at } = copy()
      const node = at(place)
      const value = node[name]
      delete node[name]
      node[iri] =
        typeof value === 'string' && type !== undefined && type !== '@id' ? { '@value': value, '@type': type } : value
      return { document, pointer: `${place}/${escaped(iri)}` }
    })
    attack(`${name} as an alias in an appended context`, () => {
      const { document, at, append } = copy()
      append({ alias: type === undefined ? iri : { '@id': iri, '@type': type } })
      const node = at(place)
      node.alias = node[name]
      delete node[name]
      return { document, pointer: `${place}/alias` }
    })
    attack(`${name} as a compact IRI`, () => {
      const { document, at, append } = copy()
      const at_ = Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1
      append({ pre: iri.slice(0, at_) })
      const node = at(place)
      const value = node[name]
      delete node[name]
      const short = `pre:${iri.slice(at_)}`
      node[short] =
        typeof value === 'string' && type !== undefined && type !== '@id' ? { '@value': value, '@type': type } : value
      return { document, pointer: `${place}/${escaped(short)}` }
    })
    attack(`${name} in an @included node`, () => {
      const { document, at } = copy()
      const node = at(place)
      document['@included'] = [{ id: node.id, type: node.type, [name]: node[name] }]
      delete node[name]
      return { document, pointer: '/@included' }
    })
  }

  attack('a class term in the place of a property of the same IRI', () => {
    const { document, at } = copy()
    const achievement = at('/credentialSubject/achievement')
    achievement.Criteria = achievement.criteria
    delete achievement.criteria
    return { document, pointer: '/credentialSubject/achievement/Criteria' }
  })
  attack('an older name of the same IRI', () => {
    const of = { '@context': [VC2], type: 'DataIntegrityProof', expires: '2026-01-01T00:00:00Z', cryptosuite: 'x' }
    const { document, append } = copy(of)
    append({ expiration: { '@id': 'https://w3id.org/security#expiration', '@type': DATE_TIME } })
    document.expiration = document.expires
    delete document.expires
    return { document, of, pointer: '/expiration' }
  })
  attack('@vocab that catches a name in another case', () => {
    const { document, append } = copy()
    append({ '@vocab': CRED.slice(0, -1) })
    document['#validUntil'] = { '@value': document.validUntil, '@type': DATE_TIME }
    delete document.validUntil
    return { document, pointer: '/#validUntil' }
  })
  attack('a name that a context within takes for another one', () => {
    const { document, at } = copy()
    // The criteria have no type, so nothing but the contexts of the document protects the names there.
    const criteria = at('/credentialSubject/achievement/criteria')
    criteria['@context'] = { story: `${OB}narrative` }
    criteria.story = criteria.narrative
    delete criteria.narrative
    return { document, pointer: '/credentialSubject/achievement/criteria/story' }
  })
})

describe('keywords', () => {
  attack('@id for id', () => {
    const { document } = copy()
    document['@id'] = document.id
    delete document.id
    return { document, pointer: '/@id' }
  })
  attack('an alias of @id', () => {
    const { document, at, append } = copy()
    append({ uri: '@id' })
    const subject = at('/credentialSubject')
    subject.uri = subject.id
    delete subject.id
    return { document, pointer: '/credentialSubject/uri' }
  })
  attack('@type for type', () => {
    const { document } = copy()
    document['@type'] = document.type
    delete document.type
    return { document, pointer: '/@type' }
  })
  attack('@type beside type', () => {
    const { document } = copy()
    document.type = ['VerifiableCredential']
    document['@type'] = ['OpenBadgeCredential']
    return { document, pointer: '/@type' }
  })
  attack('an alias of @included', () => {
    const { document, append } = copy()
    append({ more: '@included' })
    document.more = [{ id: document.id, type: document.type, validUntil: document.validUntil }]
    delete document.validUntil
    return { document, pointer: '/more' }
  })
  attack('@nest', () => {
    const { document, append } = copy()
    append({ box: '@nest' })
    document.box = { validUntil: document.validUntil }
    delete document.validUntil
    return { document, pointer: '/box' }
  })
  attack('@reverse', () => {
    const { document } = copy()
    const { credentialSubject, ...rest } = document
    const rewritten = {
      '@context': document['@context'],
      ...(credentialSubject as Mutable),
      '@reverse': { [`${CRED}credentialSubject`]: rest },
    }
    return { document: rewritten, pointer: '/@reverse' }
  })
  attack('a reverse property', () => {
    const { document, at, append } = copy()
    append({ heldBy: { '@reverse': `${OB}result` } })
    const subject = at('/credentialSubject')
    const [result] = subject.result as Mutable[]
    delete subject.result
    document['@included'] = { ...result, heldBy: { id: subject.id } }
    return { document, pointer: '/@included/heldBy' }
  })
  attack('@graph around the whole', () => {
    const { document } = copy()
    const { '@context': contexts, ...rest } = document
    return { document: { '@context': contexts, '@graph': [rest] }, pointer: '/@graph' }
  })
  attack('@set around a value', () => {
    const { document } = copy()
    document.credentialStatus = { '@set': document.credentialStatus }
    return { document, pointer: '/credentialStatus' }
  })
  attack('@list around a list', () => {
    const { document, at } = copy()
    const description = at('/credentialSubject/achievement/resultDescription/0')
    description.allowedValue = { '@list': description.allowedValue }
    return { document, pointer: '/credentialSubject/achievement/resultDescription/0/allowedValue' }
  })
  attack('an alias of @value', () => {
    const of = { ...badge, name: { '@value': 'Trust', '@language': 'en' } }
    const { document, append } = copy(of)
    append({ text: '@value' })
    document.name = { text: 'Trust', '@language': 'en' }
    return { document, of, pointer: '/name/text' }
  })
})

describe('types', () => {
  attack('a type as its IRI', () => {
    const { document } = copy()
    document.type = ['VerifiableCredential', `${OB}OpenBadgeCredential`]
    return { document, pointer: '/type/1' }
  })
  attack('a type under another name', () => {
    const { document, append } = copy()
    append({ Entry: { '@id': `${STATUS}BitstringStatusListEntry`, '@context': { purpose: `${STATUS}statusPurpose` } } })
    const [entry, other] = document.credentialStatus as Mutable[]
    const { statusPurpose, statusListIndex, statusListCredential, ...rest } = entry as Mutable
    append({ i: `${STATUS}statusListIndex`, c: { '@id': `${STATUS}statusListCredential`, '@type': '@id' } })
    document.credentialStatus = [
      { ...rest, type: 'Entry', purpose: statusPurpose, i: statusListIndex, c: statusListCredential },
      other,
    ]
    return { document, pointer: '/credentialStatus/0/type' }
  })
  attack('a type of the standard with another meaning', () => {
    const of = {
      '@context': [VC2, { Foo: 'urn:foo' }],
      id: 'urn:x',
      type: ['VerifiableCredential', 'Foo'],
      issuer: 'urn:i',
    }
    const document = {
      ...of,
      '@context': [VC2, { OpenBadgeCredential: 'urn:foo', StatusList2021Entry: 'urn:foo' }],
      type: ['VerifiableCredential', 'StatusList2021Entry'],
    }
    return { document, of: of as JsonObject, pointer: '/type/1' }
  })
})

describe('values', () => {
  attack('an id as a compact IRI', () => {
    const { document, append } = copy()
    append({ short: 'urn:uuid:' })
    document.id = 'short:badge'
    return { document, pointer: '/id' }
  })
  attack('another learner, by a prefix', () => {
    const { document, at, append } = copy()
    append({ example: 'did:example:' })
    append({ mailto: { '@id': 'example', '@prefix': true } })
    at('/credentialSubject').id = 'mailto:learner'
    return { document, pointer: '/credentialSubject/id' }
  })
  attack('a reference as a compact IRI', () => {
    const { document, at, append } = copy()
    append({ list: 'https://issuer.example/status/' })
    at('/credentialStatus/0').statusListCredential = 'list:1'
    return { document, pointer: '/credentialStatus/0/statusListCredential' }
  })
  attack('a term for a value, in the place of the IRI', () => {
    const of = { '@context': [VC2], type: 'DataIntegrityProof', proofPurpose: 'assertionMethod', cryptosuite: 'x' }
    const { document } = copy(of)
    document.proofPurpose = 'https://w3id.org/security#assertionMethod'
    return { document, of, pointer: '/proofPurpose' }
  })
  attack('another term for a value', () => {
    const of = { '@context': [VC2], type: 'DataIntegrityProof', proofPurpose: 'assertionMethod', cryptosuite: 'x' }
    const { document, append } = copy(of)
    append({ anything: 'https://w3id.org/security#assertionMethod' })
    document.proofPurpose = 'anything'
    return { document, of, pointer: '/proofPurpose' }
  })
  attack('a date as a value object', () => {
    const { document } = copy()
    document.validUntil = { '@value': document.validUntil, '@type': DATE_TIME }
    return { document, pointer: '/validUntil' }
  })
  attack('"true" for true', () => {
    const { document, at } = copy()
    at('/credentialSubject/identifier/0').hashed = 'true'
    return { document, pointer: '/credentialSubject/identifier/0/hashed' }
  })
  attack('"3" for 3', () => {
    const { document, at } = copy()
    at('/credentialSubject').creditsEarned = '3'
    return { document, pointer: '/credentialSubject/creditsEarned' }
  })
  attack('a number for the text of a date', () => {
    const of = { ...badge, validUntil: '2026' }
    const { document } = copy(of)
    document.validUntil = 2026
    return { document, of, pointer: '/validUntil' }
  })
  attack('an array within an array', () => {
    const { document } = copy()
    document.credentialStatus = [document.credentialStatus]
    return { document, pointer: '/credentialStatus/0' }
  })
})

describe('one thing in two places', () => {
  attack('the credential, in a subject', () => {
    const of = {
      ...badge,
      credentialSubject: { ...(badge.credentialSubject as JsonObject), source: { id: badge.id } },
    } as JsonObject
    const { document, at } = copy(of)
    at('/credentialSubject').source = { id: document.id, type: document.type, validUntil: document.validUntil }
    delete document.validUntil
    return { document, of, pointer: '/credentialSubject/source' }
  })
  attack('an entry of a status list, cut in two', () => {
    const { document } = copy()
    const [first, second] = document.credentialStatus as Mutable[]
    const { statusListIndex, ...rest } = first as Mutable
    document.credentialStatus = [rest, { id: first?.id, type: first?.type, statusListIndex }, second]
    return { document, pointer: '/credentialStatus/1' }
  })
  attack('an entry of a status list, and a bare reference to it', () => {
    const { document } = copy()
    const [first, second] = document.credentialStatus as Mutable[]
    document.credentialStatus = [first?.id, first, second]
    return { document, pointer: '/credentialStatus/1' }
  })
  attack('a result description, cut in two', () => {
    const { document, at } = copy()
    const achievement = at('/credentialSubject/achievement')
    const [description] = achievement.resultDescription as Mutable[]
    const { requiredValue, ...rest } = description as Mutable
    achievement.resultDescription = [rest, { id: rest.id, type: rest.type, requiredValue }]
    return { document, pointer: '/credentialSubject/achievement/resultDescription/1' }
  })
  attack('a blank node identifier for what has no id', () => {
    const { id: _, ...identifier } = (
      (badge.credentialSubject as JsonObject).identifier as JsonObject[]
    )[0] as JsonObject
    const of = {
      ...badge,
      credentialSubject: { ...(badge.credentialSubject as JsonObject), identifier: [identifier] },
    } as JsonObject
    const { document, at } = copy(of)
    const { salt, ...rest } = identifier
    at('/credentialSubject').identifier = [
      { id: '_:i', ...rest },
      { id: '_:i', type: 'IdentityObject', salt },
    ]
    return { document, of, pointer: '/credentialSubject/identifier/1' }
  })
  attack('the credential and its endorsement, turned inside out', () => {
    const endorsement = {
      id: 'urn:uuid:endorsement',
      type: ['VerifiableCredential', 'EndorsementCredential'],
      issuer: 'did:web:endorser.example',
      credentialSubject: { id: badge.id, type: ['EndorsementSubject'], endorsementComment: 'Good.' },
    }
    const of = { ...badge, endorsement: [endorsement] } as unknown as JsonObject
    const { '@context': contexts, ...rest } = badge
    const document = {
      '@context': contexts,
      ...endorsement,
      credentialSubject: {
        ...rest,
        type: [...(rest.type as string[]), 'EndorsementSubject'],
        endorsementComment: 'Good.',
        endorsement: [endorsement.id],
      },
    }
    // A reference to the outer credential is needed for the statement that it is endorsed.
    document.credentialSubject.endorsement = [{ id: endorsement.id }] as never
    return { document, of, pointer: '/credentialSubject' }
  })
})

describe('what says the same is let through', () => {
  harmless('an appended context that nothing uses', () => {
    const { document, append } = copy()
    append({ unused: 'urn:unused', '@language': null })
    return { document }
  })
  harmless('sets in another order, arrays of one, references as objects', () => {
    const { document, at } = copy()
    document.type = ['OpenBadgeCredential', 'VerifiableCredential']
    document.credentialStatus = [...(document.credentialStatus as Json[])].reverse()
    document.issuer = [document.issuer]
    at('/credentialStatus/0').statusListCredential = { id: at('/credentialStatus/0').statusListCredential }
    return { document }
  })
  harmless('members that say nothing', () => {
    const { document, at } = copy()
    document.description = null
    document.evidence = []
    at('/credentialSubject')['@index'] = 'x'
    return { document }
  })
  harmless('a default language in the place of one that is written out', () => {
    const of = {
      '@context': [VC2, OB303],
      id: 'urn:x',
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      name: { '@value': 'Trust', '@language': 'en' },
    }
    return { document: { ...of, '@context': [VC2, OB303, { '@language': 'en' }], name: 'Trust' }, of: of as JsonObject }
  })
  harmless('the same description twice', () => {
    const { document } = copy()
    const [first, second] = document.credentialStatus as Mutable[]
    document.credentialStatus = [first, first, second]
    return { document }
  })
  harmless('an extension, in an object of its own', () => {
    const club = { '@context': { club: 'urn:club', label: 'https://schema.org/name', no: 'urn:no' } }
    const of = {
      ...badge,
      '@context': [...(badge['@context'] as Json[]), club['@context']],
      club: { '@id': 'urn:chess', label: 'Chess', no: 1 },
    }
    return { document: structuredClone(of) as Mutable, of: of as JsonObject }
  })
})

describe('what is not signed, and could be read', () => {
  for (const { path } of bothPaths)
    test(`a name of the standard that a context defines as null, ${path} path`, async () => {
      const { document, append } = copy()
      append({ awardedBy: null, licenseNumber: null })
      document.licenseNumber = 'forged'
      const { problems } = await ours(document, remembered[path])
      expect(problems).toMatchObject([{ kind: 'ambiguous_member', pointer: '/licenseNumber' }])
    })
})
