// SKOS section 10, integrity conditions S27 and S46.
import { expect, test } from 'vitest'
import { checkCrosswalks, parseCrosswalk } from '../../src/competency/crosswalk.js'
import type { CompetencyFramework, Crosswalk } from '../../src/competency/types.js'

const [a, b, c] = ['urn:x:a', 'urn:x:b', 'urn:x:c'] as const
const walk = (matches: Crosswalk['matches'], source = 'urn:x:walk'): Crosswalk => ({ source, matches })
const codes = (crosswalks: Crosswalk[], frameworks: CompetencyFramework[] = []) =>
  checkCrosswalks(crosswalks, frameworks).map(({ code, severity }) => `${severity} ${code}`)
const levels = (name: string, n: number) =>
  Array.from({ length: n }, (_, k) => ({ id: `urn:x:${name}${k}`, name: `${k}` }))
const frameworks: CompetencyFramework[] = [
  {
    id: 'urn:x:f',
    name: 'F',
    competencies: [
      { id: a, name: 'A', levels: levels('a', 2) },
      { id: c, name: 'C' },
    ],
  },
  { id: 'urn:x:g', name: 'G', competencies: [{ id: b, name: 'B', levels: levels('b', 2) }] },
]

test.each<[string, Crosswalk['matches'], string[]]>([
  ['one statement', [{ from: a, to: b, relation: 'exact' }], []],
  [
    'the same from both ends',
    [
      { from: a, to: b, relation: 'broad' },
      { from: b, to: a, relation: 'narrow' },
    ],
    [],
  ],
  [
    'exact and broad',
    [
      { from: a, to: b, relation: 'exact' },
      { from: a, to: b, relation: 'broad' },
    ],
    ['error crosswalk.conflict', 'warning crosswalk.conflict'],
  ],
  [
    'broader both ways',
    [
      { from: a, to: b, relation: 'broad' },
      { from: b, to: a, relation: 'broad' },
    ],
    ['error crosswalk.conflict'],
  ],
  [
    'related and narrower',
    [
      { from: a, to: b, relation: 'related' },
      { from: b, to: a, relation: 'broad' },
    ],
    ['error crosswalk.conflict'],
  ],
  [
    'exact by a chain, broad in words',
    [
      { from: a, to: b, relation: 'exact' },
      { from: b, to: c, relation: 'exact' },
      { from: a, to: c, relation: 'broad' },
    ],
    ['warning crosswalk.merges_framework', 'warning crosswalk.conflict'],
  ],
  ['with itself', [{ from: a, to: a, relation: 'exact' }], ['warning crosswalk.self_match']],
  [
    'an unknown level',
    [{ from: a, to: b, relation: 'exact', levels: { 'urn:x:a0': 'urn:x:zz' } }],
    ['error crosswalk.unknown_level'],
  ],
  [
    'levels turned round',
    [{ from: a, to: b, relation: 'exact', levels: { 'urn:x:a0': 'urn:x:b1', 'urn:x:a1': 'urn:x:b0' } }],
    ['error crosswalk.levels_conflict'],
  ],
  [
    'one level, two targets',
    [
      { from: a, to: b, relation: 'exact', levels: { 'urn:x:a0': 'urn:x:b0' } },
      { from: a, to: b, relation: 'exact', levels: { 'urn:x:a0': 'urn:x:b1' } },
    ],
    ['error crosswalk.levels_conflict'],
  ],
  [
    'about nothing that is known',
    [{ from: 'urn:x:1', to: 'urn:x:2', relation: 'exact' }],
    ['warning crosswalk.unknown_competency'],
  ],
])('%s', (_, matches, expected) => {
  expect(codes([walk(matches)], frameworks)).toEqual(expected)
})
test('two sources that contradict each other are both named', () => {
  const [finding] = checkCrosswalks([
    walk([{ from: a, to: b, relation: 'exact' }], 'urn:x:1'),
    walk([{ from: b, to: a, relation: 'narrow' }], 'urn:x:2'),
  ])
  expect(finding?.sources).toEqual(['urn:x:1', 'urn:x:2'])
})
test('parseCrosswalk reads what is right, and names what is wrong', () => {
  const good = {
    source: 's',
    statedAt: '2026-01-01',
    matches: [{ from: a, to: b, relation: 'exact', levels: { 'urn:x:a0': 'urn:x:b0' } }],
  }
  expect(parseCrosswalk(good)).toEqual(good)
  expect(() => parseCrosswalk({ source: 's', matches: [{ from: 'a', to: b, relation: 'close', level: {} }] })).toThrow(
    'match 0 has no member "level"',
  )
  expect(() => parseCrosswalk({ source: 's', matches: [{ from: a, to: b, relation: 'close' }] })).toThrow(
    'must be one of exact, broad, narrow, related',
  )
  expect(() => parseCrosswalk({})).toThrow('the crosswalk "source" is missing')
})
