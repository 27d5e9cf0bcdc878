// JSON-LD 1.1 API section 5.1.2: what expansion drops, nobody has signed with an RDF proof.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyze } from '../../src/canonical/analyze.js'
import { statedMembers } from '../../src/canonical/stated-members.js'
import type { CanonicalContext } from '../../src/canonical/types.js'
import { mayHaveLists, mayHaveUnstated } from '../../src/canonical/unstated.js'
import type { Json, JsonObject } from '../../src/internal/types.js'
import { bundledContext, bundledContextUrls } from '../../src/resolve/contexts/bundle.js'
import { badge } from './reader.js'
import { context, ours, VC2 } from './support.js'

const STANDARD = badge['@context'] as readonly Json[]

const TERMS = {
  note: 'https://terms.example/note',
  raw: { '@id': 'https://terms.example/raw', '@type': '@json' },
  steps: { '@id': 'https://terms.example/steps', '@container': '@list' },
  label: { '@id': 'https://terms.example/label', '@container': '@language' },
  rooms: { '@id': 'https://terms.example/rooms', '@container': '@index' },
  remark: '@index',
}

async function stated(members: JsonObject, local: Json = TERMS, of: CanonicalContext = context()) {
  const document = { ...badge, '@context': [...STANDARD, local], ...members } as JsonObject
  const scope = { ...of, memo: new WeakMap() }
  const { problems } = await analyze(document, scope)
  expect(problems.filter(({ kind }) => kind !== 'undefined_term')).toEqual([])
  const { '@context': _, ...view } = statedMembers(document, document, scope).view
  const added = Object.entries(view).filter(([name]) => !Object.hasOwn(badge, name))
  return Object.fromEntries(added.map(([name, value]) => [name.replace(EXAMPLE, ''), value]))
}
/** In front of the names that only TERMS defines. */
const EXAMPLE = 'https://terms.example/'

describe('what no statement carries is left out', () => {
  test.each<[string, JsonObject]>([
    ['null', { note: null }],
    ['an empty array', { note: [] }],
    ['an array of null', { note: [null] }],
    ['an array of arrays of nothing', { note: [[], [null]] }],
    ['@index', { '@index': 'with distinction' }],
    ['an empty @set', { note: { '@set': [] } }],
    ['texts in no language', { label: { en: null, de: [] } }],
  ])('%s', async (_, members) => {
    expect(await stated(members)).toEqual({})
  })

  test('below other members too', async () => {
    const note = { id: 'urn:x:note', note: [{ '@index': 'x', note: 'said', '@type': 'urn:x:Note' }, null] }
    expect(await stated({ note })).toEqual({
      note: { id: 'urn:x:note', [`${EXAMPLE}note`]: [{ [`${EXAMPLE}note`]: 'said', type: 'urn:x:Note' }] },
    })
  })

  test('another name for @index, where one may stand', async () => {
    const note = { note: 'said', remark: 'with distinction' }
    expect(await stated({ note })).toEqual({ note: { [`${EXAMPLE}note`]: 'said' } })
  })

  // JSON-LD 1.1 section 9.4. Whoever holds a badge could write it around any value, and under another name.
  test('a set around what it holds', async () => {
    const note = { '@set': ['A', { '@set': [{ id: 'urn:x:note', note: 'said' }], '@index': 'x' }] }
    expect(await stated({ note })).toEqual({ note: ['A', { id: 'urn:x:note', [`${EXAMPLE}note`]: 'said' }] })
  })

  test('the keys of a map by index, whose values are signed', async () => {
    expect(await stated({ rooms: { 'awarded with distinction': 'A', other: ['B'] } })).toEqual({ rooms: ['A', 'B'] })
  })
})

describe('what a statement carries stays', () => {
  test.each<[string, JsonObject]>([
    ['false, zero and empty text', { note: [false, 0, ''] }],
    ['a thing of which nothing else is said', { note: {} }],
  ])('%s', async (_, members) => {
    expect(await stated({ ...members, '@index': 'so that it is looked at' })).toEqual({
      ...members,
      '@index': undefined,
    })
  })

  test.each<[string, JsonObject, JsonObject]>([
    [
      'a JSON literal as it stands',
      { raw: { a: null, b: [] } },
      { raw: { '@value': { a: null, b: [] }, '@type': '@json' } },
    ],
    ['a JSON literal that is null', { raw: null }, { raw: { '@value': null, '@type': '@json' } }],
    ['an empty list', { steps: [] }, { steps: { '@list': [] } }],
    [
      'texts by language',
      { label: { en: 'Yes', de: ['Ja'] } },
      {
        label: [
          { '@value': 'Yes', '@language': 'en' },
          { '@value': 'Ja', '@language': 'de' },
        ],
      },
    ],
  ])('%s, in its one form', async (_, members, shown) => {
    expect(await stated(members)).toEqual(shown)
  })

  test('a document of bundled contexts without anything of the kind is not looked at twice', () => {
    expect(mayHaveUnstated(badge, context())).toBe(false)
  })
})

describe('what only a context from elsewhere names is shown by its IRI', () => {
  test.each<[string, JsonObject, Json, JsonObject]>([
    ['a member', { grade: 'A' }, { grade: 'urn:x:grade' }, { 'urn:x:grade': 'A' }],
    ['a compact IRI', { 'x:grade': 'A' }, { x: 'urn:x:' }, { 'urn:x:grade': 'A' }],
    ['what a catch-all names', { grade: 'A' }, { '@vocab': 'urn:x:' }, { 'urn:x:grade': 'A' }],
    [
      'a bundled catch-all too',
      { grade: 'A' },
      'https://www.w3.org/ns/credentials/undefined-terms/v2',
      { 'https://www.w3.org/ns/credentials/undefined-term#grade': 'A' },
    ],
    [
      'a type, an id and a name for "id"',
      { about: { key: 'x:1', type: 'Exam' } },
      { about: 'urn:x:about', key: '@id', x: 'urn:x:', Exam: 'urn:x:Exam' },
      { 'urn:x:about': { id: 'urn:x:1', type: 'urn:x:Exam' } },
    ],
    [
      'a term as a value',
      { state: 'passed' },
      { state: { '@id': 'urn:x:state', '@type': '@vocab' }, passed: 'urn:x:passed' },
      { 'urn:x:state': { id: 'urn:x:passed' } },
    ],
    [
      'a reference',
      { exam: 'x:1' },
      { exam: { '@id': 'urn:x:exam', '@type': '@id' }, x: 'urn:x:' },
      { 'urn:x:exam': { id: 'urn:x:1' } },
    ],
    ['two names of one IRI', { a: 'A', b: ['B'] }, { a: 'urn:x:n', b: 'urn:x:n' }, { 'urn:x:n': ['A', 'B'] }],
    [
      'a name of the standard, below a foreign member, with another meaning',
      { about: { name: 'N', description: 'D' } },
      { about: { '@id': 'urn:x:about', '@context': { name: 'urn:x:name' } } },
      { 'urn:x:about': { 'urn:x:name': 'N', description: 'D' } },
    ],
  ])('%s', async (_, members, local, shown) => {
    const document = { ...badge, '@context': [...STANDARD, local], ...members } as JsonObject
    const scope = { ...context({}, { graphOnly: true }), memo: new WeakMap() }
    expect((await analyze(document, scope)).dataset).toBeDefined()
    const { view } = statedMembers(document, document, scope)
    expect(view).toEqual({ ...badge, '@context': document['@context'], ...shown })
  })

  test('a newer name of the standard under an older context keeps it', async () => {
    const VC1 = 'https://www.w3.org/2018/credentials/v1'
    const document = {
      '@context': [VC1, { name: 'https://schema.org/name' }],
      type: ['VerifiableCredential'],
      issuer: 'did:example:i',
      name: 'N',
    }
    const scope = { ...context(), memo: new WeakMap() }
    await analyze(document, scope)
    expect(statedMembers(document, document, scope).view).toEqual(document)
  })

  test('law: under whatever names, the same graph is shown alike', async () => {
    const iris = ['urn:x:grade', 'urn:x:room', 'urn:x:Passed', 'urn:x:Failed'] as const
    const name = fc.constantFrom('grade', 'room', 'Passed', 'Failed', 'other', 'x:y')
    const names = fc.uniqueArray(name, { minLength: 4, maxLength: 4 })
    const shown = new Set<string>()
    await fc.assert(
      fc.asyncProperty(names, fc.boolean(), async ([grade, room, passed, failed], isWrapped) => {
        const local = { [grade as string]: iris[0], [room as string]: iris[1], [passed as string]: iris[2] }
        const terms = { ...local, [failed as string]: iris[3] }
        // A term that looks like a compact IRI must mean what its prefix makes of it (section 4.2.2, step 14.2.4).
        fc.pre(!('x:y' in terms))
        const document = {
          ...badge,
          '@context': isWrapped ? [...STANDARD, {}, terms] : [...STANDARD, terms],
          [grade as string]: 'F',
          [room as string]: 'A',
          evidence: { type: ['Evidence', failed as string], id: 'urn:x:1' },
        } as JsonObject
        const scope = { ...context({}, { graphOnly: true }), memo: new WeakMap() }
        expect((await analyze(document, scope)).dataset).toBeDefined()
        const { '@context': _, ...view } = statedMembers(document, document, scope).view
        shown.add(JSON.stringify(Object.entries(view).sort(([a], [b]) => (a < b ? -1 : 1))))
      }),
      { numRuns: 100 },
    )
    expect(shown.size).toBe(1)
  })
})

test('where the contexts cannot be had any more all of it is left out, and names that nobody can vouch for', () => {
  const base = { ...badge, '@context': [VC2, 'https://gone.example/'] }
  const document = { ...base, evidence: [null], grade: 'A', description: { '@index': 'x', '@value': 'D' } }
  expect(statedMembers(document, document as unknown as JsonObject, context()).view).toEqual({
    ...base,
    description: { '@value': 'D' },
  })
})

test('contexts that were loaded for the analysis are not loaded again', async () => {
  const url = 'https://terms.example/context'
  const of = context({ [url]: { '@context': TERMS } })
  expect(await stated({ raw: { a: null }, note: [] }, url, of)).toEqual({
    raw: { '@value': { a: null }, '@type': '@json' },
  })
  expect(of.loads).toEqual([url])
})

test('law: what is written in without a statement is not seen, and what is left is the same graph', async () => {
  const nothing = fc.constantFrom<Json>(null, [], [null], [[]])
  const member = fc.constantFrom('evidence', 'description', 'note', 'label', 'rooms', 'termsOfUse')
  const additions = fc.dictionary(fc.constantFrom('@index', 'remark'), fc.string(), { maxKeys: 2 })
  const places = [[], ['credentialSubject'], ['credentialSubject', 'achievement'], ['issuer']] as const
  const of = context()
  const original = {
    ...badge,
    '@context': [...STANDARD, TERMS],
    issuer: { id: 'did:example:i', name: 'I' },
  } as JsonObject
  const signed = await ours(original, of)
  let looked = 0
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...places),
      fc.dictionary(member, nothing, { maxKeys: 3 }),
      additions,
      async (place, empty, indexes) => {
        const document = structuredClone(original) as Record<string, unknown>
        const node = place.reduce((at, name) => at[name] as Record<string, unknown>, document)
        for (const [name, value] of Object.entries({ ...empty, ...indexes }))
          if (node[name] === undefined) node[name] = value
        const scope = { ...of, memo: new WeakMap() }
        const { dataset } = await analyze(document as JsonObject, scope)
        if (dataset === undefined) return
        const { nquads } = await ours(document, of)
        expect(nquads).toBe(signed.nquads)
        looked++
        expect(statedMembers(document as JsonObject, document as JsonObject, scope).view).toEqual(original)
      },
    ),
    { numRuns: 200 },
  )
  expect(looked).toBeGreaterThan(100)
})

test('many names for one keyword do not hide what is to be changed', async () => {
  const aliases = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`id${index}`, '@id']))
  const document = {
    ...badge,
    '@context': [...STANDARD, { grade: 'urn:x:grade', ...aliases }],
    grade: 'A',
  } as JsonObject
  const scope = { ...context(), memo: new WeakMap() }
  expect((await analyze(document, scope)).problems).toEqual([])
  expect(statedMembers(document, document, scope).view).toHaveProperty('urn:x:grade', 'A')
})

describe('JSON-LD 1.1 section 4.3.1: only the order of lists is stated', () => {
  const lists = async (document: JsonObject) => {
    const scope = { ...context(), memo: new WeakMap() }
    expect((await analyze(document, scope)).problems).toEqual([])
    return statedMembers(document, document, scope).lists
  }
  test('values of results from Open Badges 3.0.2 on, and what a context from elsewhere makes one', async () => {
    expect(mayHaveLists(badge)).toBe(true)
    expect(await lists(badge)).toEqual(['allowedValue'])
    const steps = { '@context': [...STANDARD, TERMS], steps: ['b', 'a'], note: ['b', 'a'] }
    expect(await lists({ ...badge, ...steps })).toEqual(['allowedValue', '@list'])
  })
  test('no other member of a bundled context is one, so that a document without it is not looked at', () => {
    const found = new Set<string>()
    const collect = (value: Json): void => {
      if (typeof value !== 'object' || value === null) return
      for (const [name, inner] of Object.entries(value as JsonObject)) {
        if (JSON.stringify((inner as JsonObject | null)?.['@container'] ?? null).includes('@list')) found.add(name)
        collect(inner as Json)
      }
    }
    for (const url of bundledContextUrls) collect(bundledContext(url) as Json)
    // One of capabilities, which no credential has.
    expect([...found].filter((name) => name !== 'capabilityChain')).toEqual(['allowedValue'])
  })
})
