/**
 * 1EdTech CASE 1.1, CFPackage. Public reports: packages whose URIs are relative, whose associations have a type that CASE does not know, and
 * documents without items were imported as flat or empty frameworks, and nobody was told.
 */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCase, readCtdlAsn } from '../../src/entries/competency.js'
import { describeShared } from '../shared.js'
import { casePackage } from './samples.js'

// biome-ignore lint/suspicious/noExplicitAny: a package on its way to be broken
type Loose = any
const broken = (change: (content: Loose) => void): unknown => {
  const content = structuredClone(casePackage())
  change(content)
  return content
}
const findings = (content: unknown) => readCase(content).findings
const found = (content: unknown, code: string) => findings(content).filter((finding) => finding.code === code)
const relative = (uri: string) => uri.replace('https://case.example', '')

test('a package that says all by the standard has none', () => {
  expect(findings(casePackage())).toEqual([])
})

describe('relative URIs', () => {
  test('of items, each by its name', () => {
    const content = broken((c) => {
      for (const item of c.CFItems) item.uri = relative(item.uri)
    })
    const remarks = found(content, 'case.relative_uri')
    expect(remarks.map(({ pointer, severity }) => [pointer, severity])).toEqual([
      ['/CFItems/0/uri', 'error'],
      ['/CFItems/1/uri', 'error'],
      ['/CFItems/2/uri', 'error'],
    ])
    expect(remarks[1]?.message).toContain('the item "FB.1"')
    // The links still find their items, by their identifiers.
    expect(readCase(content).framework.competencies[0]?.parts).toHaveLength(2)
  })
  test.each<[string, (content: Loose) => void, string]>([
    ['the document', (c) => (c.CFDocument.uri = '/ims/case/v1p1/CFDocuments/1'), '/CFDocument/uri'],
    ['a bare UUID', (c) => (c.CFItems[1].uri = c.CFItems[1].identifier), '/CFItems/1/uri'],
    ['no scheme', (c) => (c.CFItems[1].uri = 'case.example/items/1'), '/CFItems/1/uri'],
    ['a scheme left out', (c) => (c.CFItems[1].uri = '//case.example/items/1'), '/CFItems/1/uri'],
    ['a fragment', (c) => (c.CFItems[1].uri = '#item-1'), '/CFItems/1/uri'],
    [
      'a level',
      (c) => (c.CFRubrics[0].CFRubricCriteria[0].CFRubricCriterionLevels[1].uri = 'levels/1'),
      '/CFRubrics/0/CFRubricCriteria/0/CFRubricCriterionLevels/1/uri',
    ],
    [
      'the other end of a match',
      (c) =>
        c.CFAssociations.push({
          ...c.CFAssociations[1],
          associationType: 'exactMatchOf',
          destinationNodeURI: { title: 'Theirs', identifier: 'x', uri: '/items/9' },
        }),
      '/CFAssociations/3/destinationNodeURI/uri',
    ],
  ])('%s', (_, change, place) => {
    expect(found(broken(change), 'case.relative_uri').map(({ pointer }) => pointer)).toEqual([place])
  })
  test('a match whose link finds its item by the identifier is one of that item', () => {
    const content = broken((c) =>
      c.CFAssociations.push({
        ...c.CFAssociations[1],
        associationType: 'exactMatchOf',
        originNodeURI: { ...c.CFAssociations[1].originNodeURI, uri: '/moved/11' },
        destinationNodeURI: { title: 'Theirs', identifier: 'x', uri: 'https://other.example/1' },
      }),
    )
    const { crosswalk, framework, findings } = readCase(content)
    expect(crosswalk?.matches[0]?.from).toBe(framework.competencies[1]?.id)
    expect(findings).toEqual([])
  })
})

describe('types of associations', () => {
  const typed = (associationType: string) => broken((c) => Object.assign(c.CFAssociations[1], { associationType }))
  test.each([
    ['isChildof', 'did you mean "isChildOf"?'],
    ['ischildof', 'did you mean "isChildOf"?'],
    ['Is Child Of', 'did you mean "isChildOf"?'],
    ['is_child_of', 'did you mean "isChildOf"?'],
    ['isChildOf ', 'did you mean "isChildOf"?'],
    ['ext:isChildOf', 'did you mean "isChildOf"?'],
    ['isPartof', 'did you mean "isPartOf"?'],
    ['isParentOf', 'from the part to the whole'],
    ['hasPart', 'from the part to the whole'],
    ['ext:hasChild', 'from the part to the whole'],
  ])('%s: an error that names both items', (type, wayOut) => {
    const remarks = found(typed(type), 'case.unknown_association')
    expect(remarks).toMatchObject([{ severity: 'error', pointer: '/CFAssociations/1/associationType' }])
    expect(remarks[0]?.message).toContain('"FB.1" with "Feedback"')
    expect(remarks[0]?.message).toContain(wayOut)
  })
  test.each([
    ['exactmatchof', 'did you mean "exactMatchOf"?'],
    ['dependsOn', 'one that begins with "ext:"'],
    ['ext:', 'one that begins with "ext:"'],
    ['', undefined],
  ])('%s: a warning', (type, wayOut) => {
    if (wayOut === undefined) expect(() => findings(typed(type))).toThrow('"associationType" is missing')
    else {
      const remarks = found(typed(type), 'case.unknown_association')
      expect(remarks).toMatchObject([{ severity: 'warning' }])
      expect(remarks[0]?.message).toContain(wayOut)
    }
  })
  test.each([
    'isPeerOf',
    'precedes',
    'replacedBy',
    'exemplar',
    'hasSkillLevel',
    'isTranslationOf',
    'isRelatedTo',
    'ext:broadMatchOf',
    'ext:dependsOn',
  ])('%s is a term of CASE, or of one’s own', (type) => {
    expect(found(typed(type), 'case.unknown_association')).toEqual([])
  })
})

describe('what is missing', () => {
  test.each<[string, (content: Loose) => void]>([
    ['no items', (c) => Object.assign(c, { CFItems: undefined, CFAssociations: undefined, CFRubrics: undefined })],
    ['an empty list', (c) => Object.assign(c, { CFItems: [], CFAssociations: [], CFRubrics: [] })],
    ['null', (c) => Object.assign(c, { CFItems: null, CFAssociations: null, CFRubrics: null })],
  ])('%s: the document alone, with where to ask', (_, change) => {
    const content = broken((c) => {
      change(c)
      c.CFDocument.CFPackageURI = { title: 'p', identifier: 'x', uri: 'https://case.example/CFPackages/1' }
    })
    expect(findings(content)).toMatchObject([{ code: 'case.no_items', severity: 'error', pointer: '/CFDocument' }])
    expect(findings(content)[0]?.message).toContain('"Feedback"')
    expect(findings(content)[0]?.message).toContain('https://case.example/CFPackages/1')
  })
  test('no hierarchy: said once', () => {
    const flat = broken((c) => (c.CFAssociations = []))
    expect(findings(flat)).toMatchObject([{ code: 'case.no_hierarchy', severity: 'warning' }])
    expect(findings(broken((c) => delete c.CFAssociations))).toMatchObject([{ code: 'case.no_hierarchy' }])
    // One item has none to belong with.
    expect(findings(broken((c) => Object.assign(c, { CFAssociations: [], CFItems: [c.CFItems[1]] })))).toEqual([])
  })
  test('the document as a part of an item: the ends are swapped, and it is not "not in the package"', () => {
    const swapped = broken((c) => {
      const [first] = c.CFAssociations
      const { originNodeURI, destinationNodeURI } = first
      Object.assign(first, { originNodeURI: destinationNodeURI, destinationNodeURI: originNodeURI })
    })
    const [finding] = found(swapped, 'case.dangling_association')
    expect(finding?.message).toContain('its two ends may be swapped')
    expect(finding?.message).not.toContain('not in the package')
  })
  test('a criterion whose link has no identifier', () => {
    const content = broken((c) => {
      c.CFRubrics[0].CFRubricCriteria[0].CFItemURI = { title: 'x', uri: 'https://elsewhere.example/1' }
    })
    expect(findings(content)).toMatchObject([{ code: 'case.dangling_criterion' }])
  })
})

describe('members that CASE does not know', () => {
  test.each([
    ['CFItem', 'CFItems', 'CFItem'],
    ['cfItems', 'CFItems', 'cfItems'],
    ['CFAssociation', 'CFAssociations', 'CFAssociation'],
    ['cfassociations', 'CFAssociations', 'cfassociations'],
    ['CFRubric', 'CFRubrics', 'CFRubric'],
  ])('%s for %s', (name, meant, place) => {
    const content = broken((c) => {
      c[name] = c[meant]
      delete c[meant]
      if (meant === 'CFItems') for (const other of ['CFAssociations', 'CFRubrics']) delete c[other]
    })
    expect(found(content, 'case.unknown_member')).toMatchObject([{ severity: 'error', pointer: `/${place}` }])
    expect(found(content, 'case.unknown_member')[0]?.message).toContain(`did you mean "${meant}"?`)
  })
  test.each<[string, unknown]>([
    ['children', []],
    ['childItems', []],
    ['parent', 'x'],
    ['isChildOf', 'x'],
    ['CFItems', [{ fullStatement: 'inside' }]],
    ['competencies', [{ fullStatement: 'inside' }]],
  ])('an item with "%s"', (name, value) => {
    const content = broken((c) => Object.assign(c.CFItems[1], { [name]: value }))
    expect(found(content, 'case.unknown_member')).toMatchObject([
      { severity: 'warning', pointer: `/CFItems/1/${name}`, message: expect.stringContaining('"FB.1"') },
    ])
  })
  test('others are kept without a word', () => {
    const content = broken((c) => {
      c.CFItems[1].educationalLevel = '06'
      c.vendorData = { a: 1 }
    })
    expect(findings(content)).toEqual([])
  })
})

test('law: an item that an association of any type but the known ones would place has a finding, or its place', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('isChildOf', 'isPartOf', 'ISCHILDOF')),
      (type) => {
        const content = broken((c) => Object.assign(c.CFAssociations[1], { associationType: type }))
        const { framework, findings } = readCase(content)
        const isPlaced = framework.competencies[0]?.parts?.includes(framework.competencies[1]?.id as string) ?? false
        const isSaid = findings.some(({ code }) => code === 'case.unknown_association')
        const isOther = /^ext:[A-Za-z0-9._|-]+$/.test(type) || OTHERS.includes(type)
        expect([isPlaced, isSaid, isOther]).toContain(true)
      },
    ),
  )
})
const OTHERS = [
  'isPeerOf',
  'precedes',
  'replacedBy',
  'exemplar',
  'hasSkillLevel',
  'isTranslationOf',
  'isRelatedTo',
  'exactMatchOf',
]

describe('CTDL-ASN', () => {
  const node = (id: string, more: object = {}) => ({
    '@id': id,
    '@type': 'ceasn:Competency',
    'ceasn:competencyText': { en: 'Gives feedback.' },
    'ceasn:isPartOf': 'https://x.example/f',
    ...more,
  })
  const framework = (id = 'https://x.example/f') => ({
    '@id': id,
    '@type': 'ceasn:CompetencyFramework',
    'ceasn:name': 'F',
  })
  const read = (...nodes: object[]) => readCtdlAsn({ '@graph': nodes }).findings
  test.each(['c/1', '/c/1', '#c1', '00000000-0000-4000-8000-000000000001'])('a relative @id: %s', (id) => {
    expect(read(framework(), node(id))).toMatchObject([{ code: 'ctdl.relative_id', severity: 'error', item: id }])
    expect(read(framework(id))).toMatchObject([{ code: 'ctdl.relative_id', severity: 'error', item: id }])
  })
  test.each(['hasChild', 'isChildOf', 'skos:narrower', 'skos:broader', 'isPartOf', 'asn:hasChild', 'dcterms:hasPart'])(
    'parts by "%s"',
    (name) => {
      const child = node('https://x.example/c/1', { [name]: 'https://x.example/c/2' })
      expect(read(framework(), child)).toMatchObject([
        { code: 'ctdl.unknown_member', item: 'https://x.example/c/1', message: expect.stringContaining(name) },
      ])
    },
  )
  test('by the standard: no finding', () => {
    expect(
      read(
        framework(),
        node('https://x.example/c/1', { 'ceasn:hasChild': 'https://x.example/c/2' }),
        node('https://x.example/c/2'),
      ),
    ).toEqual([])
  })
})

describeShared(
  'the public reports themselves',
  {
    relative: 'reports/13-case-relative-uris.json',
    unknown: 'reports/14-case-unknown-association.json',
    alone: 'reports/14c-case-document-only.json',
  },
  (files) => {
    test.each([
      ['relative', ['case.relative_uri', 'case.relative_uri', 'case.relative_uri'], 'Statement 1'],
      ['unknown', ['case.no_hierarchy', 'case.unknown_association'], 'Statement 1'],
      ['alone', ['case.no_items'], 'Feedback'],
    ] as const)('%s', (name, codes, item) => {
      const { findings } = readCase(JSON.parse(readFileSync(files[name], 'utf8')))
      expect(findings.map(({ code }) => code)).toEqual(codes)
      expect(findings.some(({ message }) => message.includes(`"${item}"`))).toBe(true)
    })
  },
)

describeShared('published frameworks', { folder: 'frameworks/' }, ({ folder }) => {
  test.each([
    'case-v1p0-opensalt-sample-20c5134f.json',
    'case-opensalt-test-SmartLevelFramework.json',
    'case-opensalt-test-ItemTypeTestFramework.json',
  ])('%s: nothing new is said of what is right', (file) => {
    const { findings } = readCase(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')))
    const remarks = /^case\.(?:relative_uri|unknown_|no_)/
    expect(findings.filter(({ code }) => remarks.test(code))).toEqual([])
  })
})
