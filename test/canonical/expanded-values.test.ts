// JSON-LD 1.1 API section 5: one graph, in whatever form its holder writes it, is shown in one.
import { describe, expect, test } from 'vitest'
import { analyze } from '../../src/canonical/analyze.js'
import { canonicalize } from '../../src/canonical/canonicalize.js'
import { statedMembers } from '../../src/canonical/stated-members.js'
import { isObject } from '../../src/internal/json-object.js'
import type { Json, JsonObject } from '../../src/internal/types.js'
import { context, VC2 } from './support.js'

const XSD = 'http://www.w3.org/2001/XMLSchema#'
const P = 'urn:x:p'

/** What a context from elsewhere can say of one member. */
const DEFINITIONS: readonly Json[] = [
  P,
  { '@id': P, '@type': '@id' },
  { '@id': P, '@type': '@vocab' },
  { '@id': P, '@type': '@none' },
  { '@id': P, '@type': '@json' },
  { '@id': P, '@type': `${XSD}string` },
  { '@id': P, '@type': `${XSD}integer` },
  { '@id': P, '@type': `${XSD}double` },
  { '@id': P, '@type': `${XSD}boolean` },
  { '@id': P, '@type': `${XSD}date` },
  { '@id': P, '@language': 'en' },
  { '@id': P, '@language': null },
  { '@id': P, '@direction': 'rtl' },
  { '@id': P, '@container': '@set' },
  { '@id': P, '@container': '@list' },
  { '@id': P, '@container': '@list', '@type': '@id' },
  { '@id': P, '@container': '@language' },
  { '@id': P, '@container': '@index' },
  { '@id': P, '@container': '@index', '@index': 'urn:x:at' },
  { '@id': P, '@container': '@id' },
  { '@id': P, '@container': '@type' },
  { '@id': P, '@container': '@graph' },
  { '@id': P, '@container': ['@graph', '@id'] },
  { '@id': P, '@context': { said: 'urn:x:said' } },
  { '@reverse': P },
]

/** A value, in many forms. */
const VALUES: readonly Json[] = [
  'A',
  'en',
  '5',
  'true',
  'urn:x:1',
  5,
  5.5,
  true,
  ['A', 'B'],
  ['B', 'A'],
  [['A'], 'B'],
  { '@value': 'A' },
  { '@value': 'A', '@index': 'i' },
  { '@value': 'A', '@type': `${XSD}string` },
  { '@value': 'A', '@type': 'urn:x:A' },
  { '@value': 'A', '@language': 'en' },
  { '@value': 'A', '@language': 'EN', '@direction': 'rtl' },
  { '@value': 'A', '@direction': 'rtl' },
  { '@value': '5', '@type': `${XSD}integer` },
  { '@value': 5, '@type': `${XSD}double` },
  { '@value': '5.0E0', '@type': `${XSD}double` },
  { '@value': '5.5E0', '@type': `${XSD}double` },
  { '@value': 'true', '@type': `${XSD}boolean` },
  { '@value': true },
  { '@value': '5', '@type': `${XSD}date` },
  { '@value': 'A', '@type': '@json' },
  { '@value': ['A'], '@type': '@json' },
  { '@value': null },
  { '@set': ['A', 'B'] },
  { '@list': ['A', 'B'] },
  { '@list': [{ '@id': 'urn:x:1' }] },
  [{ '@list': ['A', 'B'] }],
  { '@list': [{ '@list': ['A'] }, 'B'] },
  { '@id': 'urn:x:1' },
  { id: 'urn:x:1' },
  { key: 'urn:x:1' },
  { id: 'urn:x:1', said: 'A' },
  { id: 'urn:x:1', said: { '@value': 'A' } },
  { '@id': 'urn:x:1', '@type': 'urn:x:T', 'urn:x:said': 'A' },
  { id: 'urn:x:1', type: ['urn:x:T'], said: ['A'] },
  { id: 'urn:x:1', '@nest': { said: 'A' } },
  { id: 'urn:x:1', said: { '@set': ['A'] }, 'urn:x:said': 'A' },
  { id: 'urn:x:1', 'urn:x:at': 'en', 'urn:x:said': 'A' },
  { en: 'A' },
  { EN: ['A'] },
  { '@none': 'A' },
  { en: { id: 'urn:x:1', said: 'A' } },
  { 'urn:x:1': { said: 'A' } },
  { 'urn:x:1': { said: 'A', type: 'urn:x:T' } },
  { 'urn:x:T': { id: 'urn:x:1', said: 'A' } },
  { '@graph': [{ id: 'urn:x:1', said: 'A' }] },
  { '@graph': { id: 'urn:x:1', said: 'A' } },
  { id: 'urn:x:1', '@graph': { said: 'A' } },
  { said: 'A' },
]

const TERMS = { said: 'urn:x:said', key: '@id' }

/** Up to an array around one value, the order of sets, and the writing of contexts. */
function settled(value: Json): Json {
  if (Array.isArray(value)) {
    const items = new Map((value as readonly Json[]).map((each) => [JSON.stringify(settled(each)), settled(each)]))
    const sorted = [...items].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item)
    return sorted.length === 1 ? (sorted[0] as Json) : sorted
  }
  // A JSON literal is signed as it stands.
  if (!isObject(value) || value['@type'] === '@json') return value
  const members = Object.entries(value)
    .filter(([name]) => name !== '@context')
    .map(([name, inner]): [string, Json] => [
      name,
      name === '@list' ? (inner as readonly Json[]).map(settled) : settled(inner as Json),
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(members)
}

const BADGE = { type: ['VerifiableCredential'], issuer: 'did:example:i', credentialSubject: { id: 'did:example:s' } }

async function shownAs(local: Json, members: JsonObject): Promise<{ graph: string; shown: string } | undefined> {
  const document = { '@context': [VC2, local], ...BADGE, ...members } as JsonObject
  // By whatever path: with a default direction, jsonld alone understands none of these.
  const scope = { ...context({}, { graphOnly: false, generalPathOnly: false }), memo: new WeakMap() }
  const { dataset, problems } = await analyze(document, scope)
  // What is refused is not shown as what anybody has signed.
  if (dataset === undefined || problems.length > 0) return undefined
  const graph = canonicalize(dataset, { hash: 'SHA-256', maxSteps: 65_536 })
  const { '@context': _, ...view } = statedMembers(document, document, scope).view
  return { graph, shown: JSON.stringify(settled(view)) }
}

describe('law: one graph is shown in one form', () => {
  test.each<[string, JsonObject]>([
    ['', {}],
    [' under a default language and direction', { '@language': 'en', '@direction': 'rtl' }],
  ])('whatever a context and a value say of each other%s', async (_, around) => {
    const byGraph = new Map<string, Map<string, string>>()
    for (const definition of DEFINITIONS)
      for (const value of VALUES) {
        const found = await shownAs({ ...around, ...TERMS, p: definition }, { p: value })
        if (found === undefined) continue
        const forms = byGraph.get(found.graph) ?? new Map<string, string>()
        forms.set(found.shown, JSON.stringify([definition, value]))
        byGraph.set(found.graph, forms)
      }
    expect([...byGraph.values()].filter((forms) => forms.size > 1).map((forms) => Object.fromEntries(forms))).toEqual(
      [],
    )
    // And what is shown tells graphs apart.
    const byForm = new Map<string, string[]>()
    for (const [graph, forms] of byGraph)
      for (const [form, written] of forms) byForm.set(form, [...(byForm.get(form) ?? []), `${written} ${graph}`])
    expect([...byForm.values()].filter((graphs) => graphs.length > 1)).toEqual([])
    expect(byGraph.size).toBeGreaterThan(30)
  })
})
