import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/internal/types.js'
import { badge, decisiveReading } from './reader.js'
import { bothPaths, context, MORE, ours } from './support.js'

type Mutable = { [member: string]: unknown }

/** IRI and coercion of every member of the badge, and where `name` and others share one. */
const CRED = 'https://www.w3.org/2018/credentials#'
const OB = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#'
const STATUS = 'https://www.w3.org/ns/credentials/status#'
const XSD = 'http://www.w3.org/2001/XMLSchema#'
const XSDS = 'https://www.w3.org/2001/XMLSchema#'
const TERMS: Readonly<Record<string, readonly [iri: string, type?: string | undefined, container?: string]>> = {
  id: ['@id'],
  type: ['@type'],
  name: ['https://schema.org/name'],
  description: ['https://schema.org/description'],
  issuer: [`${CRED}issuer`, '@id'],
  url: ['https://schema.org/url', `${XSDS}anyURI`],
  validFrom: [`${CRED}validFrom`, `${XSD}dateTime`],
  validUntil: [`${CRED}validUntil`, `${XSD}dateTime`],
  credentialSubject: [`${CRED}credentialSubject`, '@id'],
  credentialStatus: [`${CRED}credentialStatus`, '@id'],
  refreshService: [`${CRED}refreshService`, '@id'],
  credentialSchema: [`${CRED}credentialSchema`, '@id'],
  identifier: [`${OB}identifier`],
  hashed: [`${OB}hashed`, `${XSDS}boolean`],
  identityHash: [`${OB}identityHash`],
  salt: [`${OB}salt`],
  achievement: [`${OB}achievement`],
  criteria: [`${OB}Criteria`, '@id'],
  narrative: [`${OB}narrative`],
  alignment: [`${OB}alignment`],
  targetName: ['https://schema.org/targetName'],
  resultDescription: [`${OB}resultDescription`],
  requiredValue: [`${OB}requiredValue`],
  allowedValue: [`${OB}allowedValue`, undefined, '@list'],
  result: [`${OB}result`],
  statusPurpose: [`${STATUS}statusPurpose`],
  statusListIndex: [`${STATUS}statusListIndex`],
  statusListCredential: [`${STATUS}statusListCredential`, '@id'],
}

/** All objects of a document but its contexts. */
function objects(value: unknown): Mutable[] {
  if (Array.isArray(value)) return value.flatMap(objects)
  if (typeof value !== 'object' || value === null) return []
  const members = Object.entries(value).filter(([name]) => name !== '@context')
  return [value as Mutable, ...members.flatMap(([, item]) => objects(item))]
}

/** Rewrites something of a document, most often so that the canonical form stays. */
type Rewrite = (document: Mutable, pick: <T>(of: readonly T[]) => T | undefined) => void

const append = (document: Mutable, local: Json) => {
  document['@context'] = [...([document['@context'] ?? []].flat() as Json[]), local]
}
/** A member that has a known term, of some object. */
const member = (document: Mutable, pick: Parameters<Rewrite>[1]): [Mutable, string] | undefined => {
  const node = pick(objects(document))
  const name = node && pick(Object.keys(node).filter((one) => TERMS[one] !== undefined))
  return node && name !== undefined ? [node, name] : undefined
}
const renamed = (node: Mutable, from: string, to: string, value: unknown) => {
  delete node[from]
  node[to] = value
}

const REWRITES: Readonly<Record<string, Rewrite>> = {
  toIri: (document, pick) => {
    const [node, name] = member(document, pick) ?? []
    if (!node || name === undefined) return
    const [iri, type] = TERMS[name] as readonly [string, string?]
    const value = node[name]
    const coerced = typeof value === 'string' && type !== undefined
    renamed(node, name, iri, !coerced ? value : type === '@id' ? { id: value } : { '@value': value, '@type': type })
  },
  toAlias: (document, pick) => {
    const [node, name] = member(document, pick) ?? []
    if (!node || name === undefined) return
    const [iri, type, container] = TERMS[name] as readonly [string, string?, string?]
    const alias = `x${name}`
    append(document, {
      [alias]: { '@id': iri, ...(type ? { '@type': type } : {}), ...(container ? { '@container': container } : {}) },
    })
    renamed(node, name, alias, node[name])
  },
  aliasInPlace: (document, pick) => {
    const [node, name] = member(document, pick) ?? []
    if (!node || name === undefined) return
    const [iri, type] = TERMS[name] as readonly [string, string?]
    append(node, { other: type ? { '@id': iri, '@type': type } : iri })
    renamed(node, name, 'other', node[name])
  },
  include: (document, pick) => {
    const [node, name] = member(document, pick) ?? []
    if (!node || name === undefined || name === 'id' || name === 'type' || node.id === undefined) return
    const moved = { id: node.id, type: node.type, [name]: node[name] }
    delete node[name]
    document['@included'] = [...((document['@included'] as Json[]) ?? []), moved as Json]
  },
  split: (document, pick) => {
    const parent = pick(objects(document))
    const name = parent && pick(Object.keys(parent).filter((one) => objects(parent[one]).length > 0))
    if (!parent || name === undefined) return
    const items = [parent[name]].flat() as Mutable[]
    const node = items[0]
    const part = node && pick(Object.keys(node).filter((one) => one !== 'id' && one !== 'type' && one !== '@context'))
    if (!node || part === undefined) return
    const { [part]: moved, ...rest } = node
    parent[name] = [
      rest,
      { ...(node.id === undefined ? {} : { id: node.id }), type: node.type, [part]: moved },
      ...items.slice(1),
    ]
  },
  describeElsewhere: (document, pick) => {
    const [from, to] = [pick(objects(document)), pick(objects(document))]
    if (!from || !to || from === to || from.id === undefined || from.id !== to.id) return
    const part = pick(Object.keys(from).filter((one) => one !== 'id'))
    if (part === undefined) return
    to[part] = from[part]
    delete from[part]
  },
  wrapInSet: (document, pick) => {
    const [node, name] = member(document, pick) ?? []
    if (node && name !== undefined && name !== 'id' && name !== 'type') node[name] = { '@set': node[name] }
  },
  wrapInArray: (document, pick) => {
    const [node, name] = member(document, pick) ?? []
    if (node && name !== undefined && name !== 'id') node[name] = [node[name]]
  },
  unwrapArray: (document, pick) => {
    const [node, name] = member(document, pick) ?? []
    if (node && name !== undefined && Array.isArray(node[name]) && node[name].length === 1) [node[name]] = node[name]
  },
  reverseArray: (document, pick) => {
    const [node, name] = member(document, pick) ?? []
    if (node && name !== undefined && Array.isArray(node[name])) node[name] = [...node[name]].reverse()
  },
  toValueObject: (document, pick) => {
    const [node, name] = member(document, pick) ?? []
    if (!node || name === undefined || typeof node[name] === 'object') return
    const [, type] = TERMS[name] as readonly [string, string?]
    node[name] = { '@value': node[name], ...(type && type !== '@id' ? { '@type': type } : {}) }
  },
  toText: (document, pick) => {
    const [node, name] = member(document, pick) ?? []
    if (node && name !== undefined && /number|boolean/.test(typeof node[name])) node[name] = String(node[name])
  },
  toReference: (document, pick) => {
    const [node, name] = member(document, pick) ?? []
    if (node && name !== undefined && TERMS[name]?.[1] === '@id' && typeof node[name] === 'string')
      node[name] = { id: node[name] }
  },
  shortenId: (document, pick) => {
    const node = pick(objects(document).filter(({ id }) => typeof id === 'string'))
    if (!node) return
    const id = node.id as string
    const cut = Math.max(id.lastIndexOf(':'), id.lastIndexOf('/')) + 1
    append(document, { short: id.slice(0, cut) })
    append(document, { pre: { '@id': 'short', '@prefix': true } })
    node.id = `pre:${id.slice(cut)}`
  },
  relativeId: (document, pick) => {
    const node = pick(objects(document).filter(({ id }) => typeof id === 'string' && id.startsWith('https://')))
    if (!node) return
    const { origin, pathname, hash } = new URL(node.id as string)
    append(document, { '@base': origin })
    node.id = pathname + hash
  },
  keywordId: (document, pick) => {
    const node = pick(objects(document))
    if (node?.id !== undefined) renamed(node, 'id', '@id', node.id)
  },
  keywordType: (document, pick) => {
    const node = pick(objects(document))
    if (node?.type !== undefined) renamed(node, 'type', '@type', node.type)
  },
  typeIri: (document, pick) => {
    const node = pick(objects(document).filter(({ type }) => type !== undefined))
    const type = node && pick([node.type].flat() as string[])
    if (!node || type === undefined) return
    append(document, { Other: { '@id': type } })
    node.type = ([node.type].flat() as string[]).map((one) => (one === type ? 'Other' : one))
  },
  blankId: (document, pick) => {
    const node = pick(objects(document).filter(({ id }) => id === undefined))
    if (node) node.id = '_:b'
  },
  nothing: (document, pick) => {
    const node = pick(objects(document))
    if (node) node.description ??= null
  },
  index: (document, pick) => {
    const node = pick(objects(document))
    if (node) node['@index'] = 'x'
  },
  language: (document) => append(document, { '@language': 'en' }),
  vocab: (document) => append(document, { '@vocab': OB }),
  newContext: (document, pick) => {
    const node = pick(objects(document))
    const local = pick<Json>([{ '@vocab': CRED }, { narrative: `${OB}description` }, { '@propagate': false }, {}])
    if (node && local !== undefined) append(node, local)
  },
  dropTerm: (document, pick) => {
    const name = pick(Object.keys(TERMS))
    if (name !== undefined) append(document, { [name]: null })
  },
  redefine: (document, pick) => {
    const [first, second] = [pick(Object.keys(TERMS)), pick(Object.keys(TERMS))]
    if (first !== undefined && second !== undefined) append(document, { [first]: TERMS[second]?.[0] as string })
  },
  swap: (document, pick) => {
    const node = pick(objects(document))
    const [first, second] = node ? [pick(Object.keys(node)), pick(Object.keys(node))] : []
    if (!node || first === undefined || second === undefined || first.startsWith('@') || second.startsWith('@')) return
    append(node, { [first]: TERMS[second]?.[0] ?? 'urn:none', [second]: TERMS[first]?.[0] ?? 'urn:none' })
    const [a, b] = [node[first], node[second]]
    node[first] = b
    node[second] = a
  },
  graph: (document) => {
    const { '@context': contexts, ...rest } = document
    for (const name of Object.keys(rest)) delete document[name]
    document['@context'] = contexts
    document['@graph'] = rest
  },
  addType: (document, pick) => {
    const node = pick(objects(document))
    if (node?.type !== undefined)
      node.type = [
        ...([node.type].flat() as string[]),
        pick(['Profile', 'Achievement', 'VerifiableCredential']) as string,
      ]
  },
}

/** An issuer who is also the creator, an endorsement, and things without ids: more to move. */
const documents: readonly JsonObject[] = [
  badge,
  {
    ...badge,
    credentialSubject: {
      ...(badge.credentialSubject as JsonObject),
      source: { id: 'did:web:issuer.example', type: 'Profile', name: 'Issuer' },
      result: [{ type: ['Result'], resultDescription: 'urn:uuid:grade', value: 'B' }],
    },
    endorsement: [
      {
        id: 'urn:uuid:endorsement',
        type: ['VerifiableCredential', 'EndorsementCredential'],
        issuer: { id: 'did:web:endorser.example', type: 'Profile' },
        credentialSubject: { id: 'urn:uuid:achievement', type: ['EndorsementSubject'], endorsementComment: 'Good.' },
      },
    ],
  },
]

const RUNS = 120 * MORE

for (const { path, generalPathOnly } of bothPaths)
  test(
    `a document with the canonical form of another one reads the same, or is refused, ${path} path`,
    async () => {
      const canonical = await Promise.all(documents.map((document) => ours(document)))
      const remembered = context({}, { generalPathOnly })
      let samples = 0
      let flagged = 0
      await fc.assert(
        fc.asyncProperty(
          fc.nat(documents.length - 1),
          fc.array(fc.tuple(fc.constantFrom(...Object.keys(REWRITES)), fc.infiniteStream(fc.nat())), {
            minLength: 1,
            maxLength: 4,
          }),
          async (which, rewrites) => {
            const original = documents[which] as JsonObject
            const document = structuredClone(original) as Mutable
            for (const [name, numbers] of rewrites)
              REWRITES[name]?.(document, (of) => of[(numbers.next().value as number) % Math.max(1, of.length)])
            const { nquads, problems } = await ours(document, remembered)
            if (nquads !== canonical[which]?.nquads) return // no signature of the original covers it
            samples++
            if (problems.length > 0) flagged++
            else if (decisiveReading(document as JsonObject) !== decisiveReading(original))
              throw new Error(`${rewrites.map(([name]) => name)}: ${JSON.stringify(document)}`)
          },
        ),
        { numRuns: generalPathOnly ? RUNS / 2 : RUNS },
      )
      // The law is about something: many rewritten documents do have the canonical form of the original.
      expect(samples).toBeGreaterThan(RUNS / 10)
      expect(flagged).toBeGreaterThan(RUNS / 20)
    },
    600_000 * MORE,
  )
