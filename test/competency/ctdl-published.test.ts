// CTDL-ASN as the Credential Registry publishes it: top children, shared competencies, one node in pieces, rubrics, envelopes.
import { describe, expect, test } from 'vitest'
import type { CompetencyFramework } from '../../src/entries/competency.js'
import { assessStack, readCtdlAsn, writeCtdlAsn } from '../../src/entries/competency.js'
import { encodeBase64url } from '../../src/internal/base64url.js'
import { NOW } from './reports.js'

const F = 'https://x.example/f'
const G = 'https://x.example/g'
const C = 'https://x.example/c'
const D = 'https://x.example/d'
const framework = (id = F, more: object = {}) => ({
  '@id': id,
  '@type': 'ceasn:CompetencyFramework',
  'ceasn:name': { en: id },
  ...more,
})
const competency = (id: string, more: object = {}) => ({
  '@id': id,
  '@type': 'ceasn:Competency',
  'ceasn:competencyText': { en: id },
  'ceasn:isPartOf': F,
  ...more,
})
const graph = (...nodes: object[]) => ({ '@graph': nodes })
const read = (...nodes: object[]) => readCtdlAsn(graph(...nodes))
const codes = ({ findings }: { findings: readonly { code: string }[] }) => findings.map(({ code }) => code)
const same = (...nodes: object[]) => {
  const { frameworks, document } = read(...nodes)
  for (const each of frameworks)
    expect(writeCtdlAsn(each, { base: document }).document, each.id).toEqual(graph(...nodes))
}

describe('where a competency belongs', () => {
  test('a child of the framework is at its top', () => {
    const nodes = [framework(F, { 'ceasn:hasTopChild': [C] }), competency(C, { 'ceasn:isChildOf': F })]
    const { frameworks, findings } = read(...nodes)
    expect(findings).toEqual([])
    expect(frameworks).toMatchObject([{ id: F, competencies: [{ id: C }] }])
    same(...nodes)
    // Also where the framework is in another file.
    expect(codes(read(competency(C, { 'ceasn:isChildOf': F })))).toEqual(['ctdl.framework_missing'])
  })
  test('one that is in two frameworks is in both, and assessing takes what both say', () => {
    const nodes = [framework(F), framework(G), competency(C, { 'ceasn:isPartOf': [F, G] }), competency(D)]
    const { frameworks, findings } = read(...nodes)
    expect(findings).toEqual([])
    expect(frameworks.map(({ competencies }) => competencies.map(({ id }) => id))).toEqual([[C, D], [C]])
    const stack = { id: 'urn:x:s', name: 'S', requirements: [{ id: 'r', competency: C }] }
    expect(() => assessStack([], stack, { frameworks, now: NOW })).not.toThrow()
    same(...nodes)
  })
  test('one that is taken out of a framework stays in the other', () => {
    const nodes = [framework(F), framework(G), competency(C, { 'ceasn:isPartOf': [F, G] }), competency(D)]
    const { frameworks, document } = read(...nodes)
    const [ours] = frameworks as [CompetencyFramework]
    const fewer = { ...ours, competencies: ours.competencies.filter(({ id }) => id === D) }
    const written = readCtdlAsn(writeCtdlAsn(fewer, { base: document }).document)
    expect(written.frameworks.map(({ competencies }) => competencies.map(({ id }) => id))).toEqual([[D], [C]])
  })
  test.each<[string, object[]]>([
    ['a parent lists it', [framework(), competency(C, { 'ceasn:hasChild': [D] }), without(D)]],
    ['it names its parent', [framework(), competency(C), without(D, { 'ceasn:isChildOf': C })]],
    ['the framework lists it at its top', [framework(F, { 'ceasn:hasTopChild': [D] }), competency(C), without(D)]],
    [
      'the framework lists it as a child',
      [framework(F, { 'ceasn:hasChild': [{ '@id': D }] }), competency(C), without(D)],
    ],
    ['it says that it is at the top', [framework(), competency(C), without(D, { 'ceasn:isTopChildOf': F })]],
  ])('without isPartOf: %s', (_, nodes) => {
    const { frameworks, findings } = read(...nodes)
    expect(findings).toEqual([])
    expect(frameworks.map(({ competencies }) => competencies.map(({ id }) => id))).toEqual([[C, D]])
    same(...nodes)
  })
  test('a competency that lists its framework as a child has no such part (published by Georgia)', () => {
    const { frameworks, findings } = read(framework(), competency(C, { 'ceasn:hasChild': [F] }))
    expect(frameworks[0]?.competencies).toEqual([{ id: C, name: C }])
    expect(findings).toMatchObject([
      { code: 'ctdl.child_missing', item: C, message: expect.stringContaining('lists the framework') },
    ])
  })
  test('a chain of children that say nothing, and what nobody lists', () => {
    const E = 'https://x.example/e'
    const nodes = [
      framework(),
      competency(C, { 'ceasn:hasChild': [D] }),
      without(D, { 'ceasn:hasChild': [E] }),
      without(E),
      without('https://x.example/nobody'),
    ]
    const { frameworks } = read(...nodes)
    expect(frameworks.map(({ competencies }) => competencies.length)).toEqual([3, 1])
  })
})

function without(id: string, more: object = {}): object {
  const { 'ceasn:isPartOf': _, ...node } = competency(id)
  return { ...node, ...more }
}

describe('one node in pieces (JSON-LD 1.1 API, node map generation)', () => {
  test('the same twice is once', () => {
    const nodes = [framework(), competency(C), competency(C)]
    const { frameworks, findings } = read(...nodes)
    expect(findings).toEqual([])
    expect(frameworks[0]?.competencies).toHaveLength(1)
    same(...nodes)
  })
  const pieces = [
    framework(),
    competency(C, { 'ceasn:competencyText': { en: 'Gives feedback.' }, 'ceasn:hasChild': [D] }),
    competency(C, {
      'ceasn:competencyText': { fr: 'Donne un retour.' },
      'ceasn:isPartOf': G,
      'ceasn:codedNotation': 'F1',
    }),
    competency(D),
  ]
  test('what is said in one piece and in the other is said of one', () => {
    const { frameworks } = read(...pieces)
    const both = { id: C, name: 'Gives feedback.', code: 'F1', parts: [D] }
    expect(frameworks).toMatchObject([
      { id: F, competencies: [both, { id: D }] },
      { id: G, competencies: [both] },
    ])
    expect(readCtdlAsn(graph(...pieces), { language: 'fr' }).frameworks[0]?.competencies[0]?.name).toBe(
      'Donne un retour.',
    )
    same(...pieces)
  })
  test('changed, they are written as one', () => {
    const { frameworks, document } = read(...pieces)
    const [ours] = frameworks as [CompetencyFramework]
    const [first, ...others] = ours.competencies
    const changed = { ...ours, competencies: [{ ...first, name: 'Feedback' }, ...others] } as CompetencyFramework
    const written = writeCtdlAsn(changed, { base: document }).document as { '@graph': { '@id': string }[] }
    expect(written['@graph'].map((node) => node['@id'])).toEqual([F, C, D])
    expect(readCtdlAsn(written).frameworks[0]).toEqual(changed)
  })
})

describe('rubrics', () => {
  const level = (id: string, label: string, more: object = {}) => ({
    '@id': id,
    '@type': 'ceasn:CriterionLevel',
    'ceasn:benchmarkLabel': { en: label },
    ...more,
  })
  const criterion = (levels: readonly unknown[], more: object = {}) => ({
    '@id': 'https://x.example/criterion',
    '@type': 'ceasn:RubricCriterion',
    'ceasn:name': { en: 'Feedback' },
    'ceasn:hasCriterionLevel': levels,
    'ceterms:targetCompetency': [{ '@type': 'ceterms:CredentialAlignmentObject', 'ceterms:targetNode': C }],
    ...more,
  })
  const rubric = {
    '@id': 'https://x.example/rubric',
    '@type': 'ceasn:Rubric',
    'ceasn:name': { en: 'How well' },
    'ceasn:hasRubricCriterion': ['https://x.example/criterion'],
  }
  const [L1, L2] = ['https://x.example/l1', 'https://x.example/l2']
  const valued = [
    framework(),
    competency(C),
    rubric,
    criterion([L2, L1]),
    level(L2, 'Proficient', {
      'schema:value': 2,
      'ceasn:listID': '1',
      'ceasn:benchmarkText': { en: 'Others act on it.' },
    }),
    level(L1, 'Developing', { 'schema:value': 1, 'ceasn:listID': '2' }),
  ]

  test('the levels of the competency that a criterion is about, by their value', () => {
    const { frameworks, findings } = read(...valued)
    expect(findings).toEqual([])
    expect(frameworks[0]?.competencies).toEqual([
      {
        id: C,
        name: C,
        levels: [
          { id: L1, name: 'Developing', points: 1 },
          { id: L2, name: 'Proficient', description: 'Others act on it.', points: 2 },
        ],
      },
    ])
    same(...valued)
  })
  test('a place alone is no order: asked, and told', () => {
    const nodes = [
      framework(),
      competency(C),
      criterion([L1, L2]),
      level(L1, 'Exemplary', { 'ceasn:listID': '1' }),
      level(L2, 'Beginning', { 'ceasn:listID': '2' }),
    ]
    const asked = read(...nodes)
    expect(asked.frameworks[0]?.competencies[0]).toMatchObject({ levelOrder: 'unknown' })
    expect(asked.findings).toMatchObject([
      { code: 'ctdl.level_order_unknown', message: expect.stringContaining('the first or the last of "Exemplary"') },
    ])
    const told = readCtdlAsn(graph(...nodes), { levelOrder: 'highest-first' })
    expect(told.findings).toEqual([])
    expect(told.frameworks[0]?.competencies[0]?.levels?.map(({ name }) => name)).toEqual(['Beginning', 'Exemplary'])
    // CTDL-ASN has no word for it.
    const { losses } = writeCtdlAsn(told.frameworks[0] as CompetencyFramework)
    expect(losses).toMatchObject([{ item: C, what: 'levelOrder' }])
    same(...nodes)
  })
  test('what a level is worth at least ranks it, and is not its points', () => {
    const { frameworks, findings } = read(
      framework(),
      competency(C),
      criterion([L1, L2]),
      level(L1, 'Merit', { 'qdata:minPercentage': '70' }),
      level(L2, 'Pass', { 'qdata:minPercentage': '50' }),
    )
    expect(findings).toEqual([])
    expect(frameworks[0]?.competencies[0]?.levels).toEqual([
      { id: L2, name: 'Pass' },
      { id: L1, name: 'Merit' },
    ])
  })
  test("the Registry's blank nodes are named by their criterion, which is said", () => {
    const nodes = [
      framework(),
      competency(C),
      criterion(['_:1', '_:2']),
      level('_:1', 'Developing', { 'schema:value': 1 }),
      level('_:2', 'Proficient', { 'schema:value': 2, 'ceasn:BenchmarkText': { en: 'Others act on it.' } }),
    ]
    const { frameworks, findings } = read(...nodes)
    expect(findings.map(({ code }) => code)).toEqual(['ctdl.blank_level'])
    expect(frameworks[0]?.competencies[0]?.levels).toEqual([
      { id: 'https://x.example/criterion#1', name: 'Developing', points: 1 },
      { id: 'https://x.example/criterion#2', name: 'Proficient', description: 'Others act on it.', points: 2 },
    ])
    same(...nodes)
  })
  test('levels written where they are needed, and columns that name them', () => {
    const inline = criterion([{ '@type': 'ceasn:CriterionLevel', 'ceasn:benchmarkLabel': { en: 'Pass' } }])
    expect(read(framework(), competency(C), inline).frameworks[0]?.competencies[0]?.levels).toEqual([
      { id: 'https://x.example/criterion#1', name: 'Pass' },
    ])
    const column = {
      '@id': '_:c',
      '@type': 'ceasn:RubricLevel',
      'ceasn:name': { en: 'Good' },
      'ceasn:hasCriterionLevel': [L1],
    }
    const bare = { '@id': L1, '@type': 'ceasn:CriterionLevel', 'ceasn:benchmarkText': { en: 'Does it.' } }
    expect(
      read(framework(), competency(C), criterion([L1]), bare, column).frameworks[0]?.competencies[0]?.levels,
    ).toEqual([{ id: L1, name: 'Good', description: 'Does it.' }])
  })
  test.each<[string, object[], string]>([
    ['about no competency', [criterion([L1], { 'ceterms:targetCompetency': [] })], 'ctdl.criterion_without_competency'],
    ['about one elsewhere', [criterion([L1], { 'ceterms:targetCompetency': D })], 'ctdl.criterion_elsewhere'],
    [
      'a second one',
      [criterion([L1]), criterion([L1], { '@id': 'https://x.example/criterion-2' })],
      'ctdl.several_rubrics',
    ],
  ])('a criterion %s is said', (_, nodes, code) => {
    expect(codes(read(framework(), competency(C), ...nodes, level(L1, 'Pass')))).toEqual([code])
  })
  test('over a document only what has changed changes', () => {
    const { frameworks, document } = read(...valued)
    const [ours] = frameworks as [CompetencyFramework]
    const [first] = ours.competencies as [CompetencyFramework['competencies'][number]]
    const changed: CompetencyFramework = {
      ...ours,
      competencies: [
        {
          ...first,
          levels: [
            { id: L2, name: 'Good', points: 2 },
            { id: `${C}/3`, name: 'Expert', points: 3 },
          ],
        },
        { id: D, name: 'D', levels: [{ id: `${D}/1`, name: 'One', points: 1 }] },
      ],
    }
    const written = writeCtdlAsn(changed, { base: document })
    expect(written.losses).toEqual([])
    expect(readCtdlAsn(written.document)).toMatchObject({ frameworks: [changed], findings: [] })
    const ids = (written.document as { '@graph': { '@id': string }[] })['@graph'].map((node) => node['@id'])
    expect(ids).not.toContain(L1)
    expect(ids).toContain('https://x.example/rubric')
    expect(JSON.stringify(written.document)).not.toContain('Others act on it.')
    // And taken away.
    const none = { ...ours, competencies: [{ id: C, name: C }] }
    expect(readCtdlAsn(writeCtdlAsn(none, { base: document }).document).frameworks).toEqual([none])
  })
})

describe('envelopes of the Registry', () => {
  const inner = graph(framework(), competency(C))
  const payload = encodeBase64url(new TextEncoder().encode(JSON.stringify(inner)))
  const envelope = { envelope_id: '1', envelope_type: 'resource_data', envelope_version: '1.0.0' }
  test.each<[string, object]>([
    ['decoded_resource', { ...envelope, resource: 'e30.e30.x', decoded_resource: inner }],
    ['a request to publish', { PublishForOrganizationIdentifier: 'ce-1', GraphInput: inner }],
    ['the payload of the JWT', { ...envelope, resource: `e30.${payload}.c2ln` }],
  ])('%s', (_, value) => {
    const { frameworks, document } = readCtdlAsn(value)
    expect(frameworks).toMatchObject([{ id: F, competencies: [{ id: C }] }])
    expect(document).toEqual(inner)
    expect(writeCtdlAsn(frameworks[0] as CompetencyFramework, { base: document }).document).toEqual(inner)
    expect(readCtdlAsn([value]).frameworks).toEqual(frameworks)
  })
  test('one whose payload cannot be read is refused, and not taken for empty', () => {
    expect(() => readCtdlAsn({ ...envelope, resource: 'a.b.c' })).toThrow('it has no node of @type')
  })
})

test('competencies that are parts of each other: said, and no part of each other', () => {
  const nodes = [framework(), competency(C, { 'ceasn:hasChild': [D] }), competency(D, { 'ceasn:hasChild': [C] })]
  const { frameworks } = read(...nodes)
  expect(codes(read(...nodes))).toEqual(['framework.cycle'])
  expect(frameworks[0]?.competencies.map(({ parts }) => parts)).toEqual([undefined, undefined])
  const stack = { id: 'urn:x:s', name: 'S', requirements: [{ id: 'r', competency: C }] }
  expect(() => assessStack([], stack, { frameworks, now: NOW })).not.toThrow()
  same(...nodes)
})
