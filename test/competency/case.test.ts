// 1EdTech CASE 1.0 and 1.1, CFPackage; its published JSON Schemas are the judge of what we write.
import { readFileSync } from 'node:fs'
import { Ajv2019 } from 'ajv/dist/2019.js'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { readCase } from '../../src/competency/case.js'
import { convertCase } from '../../src/competency/case-conversion.js'
import type { CasePackage } from '../../src/competency/case-types.js'
import { writeCase } from '../../src/competency/case-write.js'
import { writeCrosswalkCase } from '../../src/competency/crosswalk-case.js'
import { checkFramework, outlineOf } from '../../src/competency/framework.js'
import type { CompetencyFramework } from '../../src/competency/types.js'
import { ParseError, UsageError } from '../../src/errors.js'
import { describeShared, shared } from '../shared.js'
import { casePackage, caseUri } from './samples.js'

const now = new Date('2026-06-01T12:00:00Z')
const folder = shared('frameworks/')
const schemas = shared('schemas/case/')
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
const FILES = [
  'case-v1p0-opensalt-sample-20c5134f.json',
  'case-opensalt-test-SmartLevelFramework.json',
  'case-opensalt-test-ItemTypeTestFramework.json',
]

function validator() {
  const ajv = new Ajv2019({ strict: false, allErrors: true, validateSchema: false })
  formats.default(ajv)
  const { $schema, ...schema } = json(`${schemas}case_v1p1_cfpackage-jsonschema1.json`)
  const validate = ajv.compile(schema)
  return (value: unknown) =>
    validate(value)
      ? []
      : (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`)
}

describeShared('published frameworks', { folder: 'frameworks/', schemas: 'schemas/case/' }, () => {
  describe.each(FILES)('%s', (file) => {
    const value = () => json(`${folder}${file}`)

    test('reads, and written over itself is the same file', () => {
      const { framework, package: base } = readCase(value())
      expect(framework.competencies).toHaveLength(value().CFItems.length)
      expect(writeCase(framework, { now, base }).package).toEqual(value())
    })
    test('as 1.1 it validates against the schema of 1EdTech, and nothing is lost', () => {
      const before = value()
      const { framework, package: base } = readCase(before)
      const { package: written, differences } = writeCase(framework, { now, base, version: '1.1' })
      expect(validator()(written)).toEqual([])
      expect(readCase(written).framework).toEqual(framework)
      expect(differences.filter(({ kind }) => kind === 'dropped')).toEqual([])
      // Every text of the file is still in it; only dates have got their offset.
      const texts = new Set(leaves(written))
      const gone = leaves(before).filter((text) => text !== 'null' && !texts.has(text) && !texts.has(`${text}Z`))
      expect(gone).toEqual([])
    })
    test('written without the file, the framework comes back', () => {
      const { framework } = readCase(value())
      const { package: written } = writeCase(framework, { now, creator: 'Test' })
      expect(validator()(written)).toEqual([])
      expect(readCase(written).framework).toEqual(framework)
      const old = writeCase(framework, { now, version: '1.0' }).package
      expect(readCase(old)).toMatchObject({ framework, version: '1.0' })
    })
  })
})

const leaves = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [String(value)]

describe('the sample of OpenSALT', () => {
  test.skipIf(!folder)('its tree, its matches and its version', () => {
    const { framework, crosswalk, version } = readCase(json(`${folder}${FILES[0]}`))
    expect(version).toBe('1.0')
    expect(outlineOf(framework).filter(({ depth }) => depth > 0).length).toBeGreaterThan(5)
    expect(crosswalk?.matches.filter(({ relation }) => relation === 'exact').length).toBeGreaterThan(0)
  })
})

describe('a package with a rubric', () => {
  test('levels are in order of position; the criterion names its item', () => {
    const { framework, findings } = readCase(casePackage())
    expect(findings).toEqual([])
    expect(framework.competencies[1]).toMatchObject({
      name: 'Giving Feedback',
      statement: 'Gives feedback that others can act on.',
      code: 'FB.1',
      levels: [
        { id: caseUri(31), name: 'Developing', points: 1 },
        { id: caseUri(32), name: 'Proficient', points: 2 },
      ],
    })
    expect(framework.competencies[0]?.parts).toEqual([caseUri(12), caseUri(11)])
  })
  test.skipIf(!schemas)('is valid CASE 1.1, changed too', () => {
    const validate = validator()
    expect(validate(casePackage())).toEqual([])
    const { framework, package: base } = readCase(casePackage())
    const [set, first, second] = framework.competencies as [never, never, never]
    const changed: CompetencyFramework = {
      ...framework,
      version: '2',
      competencies: [
        { ...(set as object), parts: [caseUri(11)] },
        {
          ...(first as { levels: [] }),
          name: 'Feedback',
          levels: [
            { id: caseUri(31), name: 'Emerging' },
            { id: caseUri(33), name: 'Expert' },
          ],
        },
        second,
        {
          id: 'https://school.example/competencies/greeting',
          name: 'Greeting',
          levels: [{ id: 'https://school.example/levels/1', name: 'One', points: 1 }],
        },
      ] as CompetencyFramework['competencies'],
    }
    const { package: written } = writeCase(changed, { now, base, version: '1.1' })
    expect(validate(written)).toEqual([])
    expect(readCase(written).framework).toEqual(changed)
    // What nobody changed stays: the extension of the item, the weight of the criterion.
    expect(written.CFItems?.[1]).toMatchObject({
      extensions: { color: 'green' },
      identifier: base.CFItems?.[1]?.identifier,
    })
    expect(written.CFRubrics?.[0]?.CFRubricCriteria?.[0]?.weight).toBe(2)
    expect(written.CFItems?.[2]).toEqual(base.CFItems?.[2])
  })
  test('1.0 has no extensions: dropped, and said', () => {
    const { package: written, differences } = convertCase(casePackage(), { version: '1.0', now })
    expect(JSON.stringify(written)).not.toContain('"extensions"')
    expect(differences.map(({ kind, pointer }) => `${kind} ${pointer}`)).toContain('dropped /CFItems/1/extensions')
    expect(readCase(written).version).toBe('1.0')
  })
})

describe('what is wrong is named', () => {
  const broken = (change: (content: Record<string, never> & CasePackage) => void) => {
    const content = structuredClone(casePackage()) as never
    change(content)
    return content
  }
  test.each<[string, (content: { [member: string]: never[] } & CasePackage) => void, string]>([
    [
      'a missing statement',
      (c) => Object.assign((c.CFItems ?? [])[1] ?? {}, { fullStatement: '' }),
      '/CFItems/1/fullStatement: CFItem 1 ("FB.1"): "fullStatement" is missing',
    ],
    [
      'a number for a uri',
      (c) => Object.assign(c.CFItems?.[1] as object, { uri: 5 }),
      '/CFItems/1/uri: CFItem 1 ("FB.1"): "uri" must be a text',
    ],
    [
      'two items with one uri',
      (c) => Object.assign(c.CFItems?.[2] as object, { uri: c.CFItems?.[1]?.uri }),
      '/CFItems/2/uri: CFItem 2 ("FB.2"): "uri" is the one of CFItem 1 too',
    ],
    [
      'an association without an end',
      (c) => Object.assign((c.CFAssociations ?? [])[0] ?? {}, { originNodeURI: undefined }),
      '"originNodeURI" is missing',
    ],
    [
      'items that are no array',
      (c) => Object.assign(c, { CFItems: {} }),
      '/CFItems: the package: "CFItems" must be an array',
    ],
  ])('%s', (_, change, message) => {
    expect(() => readCase(broken(change as never))).toThrow(ParseError)
    expect(() => readCase(broken(change as never))).toThrow(message)
  })
  test('a text, a wrapped package, nonsense', () => {
    expect(() => readCase('{}')).toThrow('use JSON.parse')
    expect(() => readCase({ CFPackage: casePackage() })).toThrow('give what is inside "CFPackage"')
    expect(() => readCase([])).toThrow('the package must be an object')
  })
  test.each<[string, (content: CasePackage) => void, string]>([
    [
      'an association to an item that is not there',
      (c) => Object.assign(c.CFAssociations?.[1]?.destinationNodeURI as object, { uri: caseUri(99), identifier: '99' }),
      'case.dangling_association',
    ],
    [
      'a rubric for an item that is not there',
      (c) =>
        Object.assign(c.CFRubrics?.[0]?.CFRubricCriteria?.[0]?.CFItemURI as object, {
          uri: caseUri(99),
          identifier: '99',
        }),
      'case.dangling_criterion',
    ],
    [
      'two levels with the same position',
      (c) =>
        Object.assign(c.CFRubrics?.[0]?.CFRubricCriteria?.[0]?.CFRubricCriterionLevels?.[0] as object, { position: 1 }),
      'case.same_rank',
    ],
    [
      'a cycle',
      (c) =>
        Object.assign(c.CFAssociations?.[0] as object, { destinationNodeURI: c.CFAssociations?.[1]?.originNodeURI }),
      'framework.cycle',
    ],
  ])('%s', (_, change, code) => {
    const { findings } = readCase(broken(change as never))
    expect(findings.filter(({ severity }) => severity === 'error').map((each) => each.code)).toContain(code)
  })
  test('a cycle names its way round, and writing refuses it', () => {
    const framework = ring(3)
    expect(checkFramework(framework)).toEqual([
      {
        code: 'framework.cycle',
        severity: 'error',
        item: 'urn:x:0',
        message: 'a set contains itself: "0" > "1" > "2" > "0"',
      },
    ])
    expect(() => writeCase(framework, { now })).toThrow(UsageError)
    expect(
      outlineOf(framework).map(({ competency, depth, again }) => `${competency.name} ${depth} ${again ?? ''}`),
    ).toEqual(['0 0 ', '1 1 ', '2 2 ', '0 3 true'])
  })
  test('what is no text is no name for anything', () => {
    const content = casePackage()
    const odd = { toString: 1, valueOf: 1 }
    Object.assign(content.CFDocument, { title: odd, uri: odd, identifier: undefined })
    expect(() => convertCase(content, { version: '1.1', now })).toThrow(ParseError)
  })
  test('a member that nobody knows is kept; one on its way to a class without extensions is said to be dropped', () => {
    const content = broken((c) => {
      Object.assign(c.CFItems?.[2] as object, { educationalLevel: '06' })
      Object.assign(c.CFAssociations?.[0]?.originNodeURI as object, { color: 'red' })
    })
    const { package: written, differences } = convertCase(readCase(content).package, { version: '1.1', now })
    expect(written.CFItems?.[2]).toMatchObject({ extensions: { educationalLevel: '06' } })
    expect(differences.map(({ kind, pointer }) => `${kind} ${pointer}`)).toEqual([
      'moved /CFItems/2/educationalLevel',
      'dropped /CFAssociations/0/originNodeURI/color',
    ])
  })
})

test.skipIf(!schemas)('a crosswalk in CASE: what it says, and what is lost', () => {
  const crosswalk = {
    source: 'https://school.example/crosswalk',
    statedAt: '2026-01-01T00:00:00Z',
    matches: [
      {
        from: caseUri(11),
        to: 'https://other.example/a',
        relation: 'exact' as const,
        levels: { [caseUri(31)]: 'https://other.example/l1' },
      },
      { from: caseUri(12), to: 'https://other.example/b', relation: 'broad' as const },
      { from: caseUri(12), to: 'https://other.example/c', relation: 'related' as const },
    ],
  }
  const { framework, package: base } = readCase(casePackage())
  const { package: written, losses } = writeCase(framework, { now, base, version: '1.1', crosswalks: [crosswalk] })
  expect(validator()(written)).toEqual([])
  expect(readCase(written).crosswalk?.matches).toEqual(crosswalk.matches)
  expect(losses.filter(({ what }) => what === 'relation').map(({ to }) => to)).toEqual(['https://other.example/b'])
  const old = writeCrosswalkCase(crosswalk, { version: '1.0', now })
  expect(old.associations.map(({ associationType }) => associationType)).toEqual([
    'exactMatchOf',
    'isRelatedTo',
    'isRelatedTo',
  ])
  expect(old.losses.map(({ what }) => what)).toEqual([
    'levels',
    'source',
    'statedAt',
    'relation',
    'source',
    'statedAt',
    'source',
    'statedAt',
  ])
})

const ring = (size: number): CompetencyFramework => ({
  id: 'urn:x:f',
  name: 'ring',
  competencies: Array.from({ length: size }, (_, n) => ({
    id: `urn:x:${n}`,
    name: String(n),
    parts: [`urn:x:${(n + 1) % size}`],
  })),
})

test('50 000 items in a chain 50 000 deep: the stack of calls is not exceeded', () => {
  const count = 50_000
  const node = (n: number) => ({
    identifier: `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`,
    uri: caseUri(1000 + n),
    lastChangeDateTime: '2026-01-01T00:00:00Z',
  })
  const link = (n: number) => ({ title: String(n), identifier: node(n).identifier, uri: node(n).uri })
  const content = {
    CFDocument: { ...node(-1), creator: 'x', title: 'Big' },
    CFItems: Array.from({ length: count }, (_, n) => ({
      ...node(n),
      fullStatement: `Statement ${n}`,
      humanCodingScheme: `A.${n}`,
    })),
    CFAssociations: Array.from({ length: count - 1 }, (_, n) => ({
      ...node(n),
      associationType: 'isChildOf',
      originNodeURI: link(n + 1),
      destinationNodeURI: link(n),
    })),
  }
  const { framework, findings } = readCase(content)
  expect(findings).toEqual([])
  expect(outlineOf(framework).at(-1)?.depth).toBe(count - 1)
})
