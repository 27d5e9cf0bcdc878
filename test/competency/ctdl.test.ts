// CTDL-ASN (Credential Engine), and the Registry's JSON Schemas of it.
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { expect, test } from 'vitest'
import { readCtdlAsn } from '../../src/competency/ctdl.js'
import { writeCtdlAsn } from '../../src/competency/ctdl-write.js'
import { outlineOf } from '../../src/competency/framework.js'
import type { CompetencyFramework } from '../../src/competency/types.js'
import { describeShared, shared } from '../shared.js'

const schemas = shared('schemas/')
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'))

describeShared('the published samples', { folder: 'frameworks/' }, ({ folder }) => {
  const sample = () => json(`${folder}ctdlasn-osmt-doc-sample.json`)
  const seed = () => [
    json(`${folder}ctdlasn-registry-seed-competency_framework.json`),
    json(`${folder}ctdlasn-registry-seed-competency.json`),
  ]

  test('OSMT: one framework, its competency by its label, its exact alignment', () => {
    const { frameworks, crosswalk, document } = readCtdlAsn(sample())
    expect(frameworks).toHaveLength(1)
    expect(frameworks[0]).toMatchObject({
      name: 'Cybersecurity Collection',
      competencies: [{ name: 'Access Creation', statement: 'Create group and system authentication access.' }],
    })
    expect(crosswalk?.matches).toMatchObject([{ relation: 'exact' }])
    expect(writeCtdlAsn(frameworks[0] as CompetencyFramework, { base: document }).document).toEqual(sample())
  })
  test('the Registry: two files together are two frameworks with a tree; written over themselves they are the same', () => {
    const { frameworks, document, findings } = readCtdlAsn(seed())
    // The seeds name their nodes by bare UUIDs, which are relative.
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['ctdl.relative_id']))
    expect(frameworks.map(({ competencies }) => competencies.length)).toEqual([2, 3])
    const science = frameworks[1] as CompetencyFramework
    expect(outlineOf(science).map(({ competency, depth }) => `${depth} ${competency.name}`)).toEqual([
      '0 Life Science',
      '1 Earth and Space Science',
      '0 Astronomy',
    ])
    expect(writeCtdlAsn(science, { base: document }).document).toEqual(seed())
  })
  test('competencies without their framework are read, and that it is missing is said', () => {
    const { frameworks, findings } = readCtdlAsn(seed()[1])
    expect(frameworks).toHaveLength(2)
    expect(findings.map(({ code }) => code).filter((code) => code !== 'ctdl.relative_id')).toEqual([
      'ctdl.framework_missing',
      'ctdl.framework_missing',
    ])
  })
  test('over a document only what has changed changes', () => {
    const { frameworks, document } = readCtdlAsn(seed())
    const science = frameworks[1] as CompetencyFramework
    const [life, earth, astronomy] = science.competencies
    const changed = {
      ...science,
      competencies: [
        { ...life, parts: [earth?.id, astronomy?.id] },
        earth,
        { ...astronomy, name: 'Astronomy II' },
        { id: 'https://school.example/c/1', name: 'Tides', parts: [] },
      ],
    } as CompetencyFramework
    const written = writeCtdlAsn(changed, { base: document }).document
    const again = readCtdlAsn(written)
    expect(again.frameworks[0]).toEqual(frameworks[0])
    expect(again.frameworks[1]?.competencies).toEqual([
      ...changed.competencies.slice(0, 3),
      { id: 'https://school.example/c/1', name: 'Tides' },
    ])
    expect(JSON.stringify(written)).toContain('This course will provide')
  })
})

const framework: CompetencyFramework = {
  id: 'https://school.example/frameworks/feedback',
  name: 'Feedback',
  version: '2',
  competencies: [
    { id: 'https://school.example/c/set', name: 'Feedback', parts: ['https://school.example/c/give'] },
    {
      id: 'https://school.example/c/give',
      name: 'Giving Feedback',
      statement: 'Gives feedback that others can act on.',
      code: 'FB.1',
      levels: [{ id: 'https://school.example/l/1', name: 'Developing' }],
    },
  ],
}

test('a framework of our own: comes back but for what CTDL-ASN cannot say, and that is said', () => {
  const { document, losses } = writeCtdlAsn(framework)
  const { version, ...without } = framework
  expect(readCtdlAsn(document)).toMatchObject({ frameworks: [without], findings: [] })
  expect(losses.map(({ what }) => what)).toEqual(['version'])
})

test.skipIf(!schemas)('its nodes follow the schemas of the Registry', () => {
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false })
  formats.default(ajv)
  const validate = (name: string) => {
    const { $schema, ...schema } = json(`${schemas}ctdlasn_${name}.schema.json`)
    return ajv.compile(schema)
  }
  const competency = validate('competency')
  const frame = validate('competency_framework')
  const graph = (writeCtdlAsn(framework).document as { '@graph': { '@type': string }[] })['@graph']
  for (const node of graph.filter((each) => !/Rubric|CriterionLevel/.test(each['@type']))) {
    const valid = node['@type'] === 'ceasn:Competency' ? competency : frame
    expect(valid(node), JSON.stringify(valid.errors)).toBe(true)
  }
})

test('languages: the wanted one, its region, else the first', () => {
  const node = (text: unknown) => ({ '@id': 'urn:x:1', '@type': 'ceasn:Competency', 'ceasn:competencyText': text })
  const name = (text: unknown, language?: string) =>
    readCtdlAsn(node(text), language === undefined ? {} : { language }).frameworks[0]?.competencies[0]?.name
  expect(name({ fr: 'Lire', 'en-us': 'Reading' })).toBe('Reading')
  expect(name({ fr: 'Lire', 'en-us': 'Reading' }, 'fr')).toBe('Lire')
  expect(name({ fr: ['Lire'] })).toBe('Lire')
  expect(name({ '@value': 'Reading', '@language': 'en' })).toBe('Reading')
  expect(name('Reading')).toBe('Reading')
})

test.each<[string, unknown, string]>([
  ['nothing of CTDL-ASN', { '@graph': [] }, 'it has no node of @type'],
  [
    'a competency without a text',
    { '@id': 'urn:x:1', '@type': 'ceasn:Competency' },
    'urn:x:1: "ceasn:competencyText" is missing',
  ],
  ['a framework without an id', { '@type': 'ceasn:CompetencyFramework', 'ceasn:name': 'X' }, '"@id" is missing'],
  ['a number', 5, 'a node must be an object'],
])('%s is refused', (_, value, message) => {
  expect(() => readCtdlAsn(value)).toThrow(message)
})
