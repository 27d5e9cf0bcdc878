/** Public report: a package of 50 000 items with relative URIs printed 50 000 lines, and what else was wrong went down in them. */
import { describe, expect, test } from 'vitest'
import { SHOWN_FINDINGS, summarized } from '../../src/competency/summarize.js'
import { readCase, readCtdlAsn } from '../../src/entries/competency.js'
import { casePackage } from './samples.js'

// biome-ignore lint/suspicious/noExplicitAny: a package on its way to be broken
type Loose = any

function relativeItems(count: number): Loose {
  const content = structuredClone(casePackage()) as Loose
  const [item] = content.CFItems
  content.CFItems = Array.from({ length: count }, (_, index) => ({
    ...item,
    identifier: `i-${index}`,
    uri: `/items/${index}`,
    humanCodingScheme: `C.${index}`,
  }))
  content.CFAssociations = []
  delete content.CFRubrics
  return content
}

describe('a CASE package in which every item has the same fault', () => {
  test.each([21, 22, 1000, 50_000])('of %i items', (count) => {
    const { findings, framework } = readCase(relativeItems(count))
    expect(framework.competencies).toHaveLength(count)
    const uris = findings.filter(({ code }) => code === 'case.relative_uri')
    expect(uris).toHaveLength(SHOWN_FINDINGS + 1)
    expect(uris.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(count)
    const last = uris.at(-1)
    expect(last).toMatchObject({ severity: 'error', pointer: `/CFItems/${SHOWN_FINDINGS}/uri` })
    if (count > 21)
      expect(last?.message).toMatch(new RegExp(`^${count - SHOWN_FINDINGS} more like it, the first: the item "C.20"`))
    // What else is wrong is seen.
    expect(findings.map(({ code }) => code)).toContain('case.no_hierarchy')
  })
  test('of 20: each by itself', () => {
    const { findings } = readCase(relativeItems(20))
    expect(findings.filter(({ code }) => code === 'case.relative_uri')).toHaveLength(20)
    expect(findings.every(({ count }) => count === undefined)).toBe(true)
  })
})

test('CTDL-ASN: the same', () => {
  const nodes = Array.from({ length: 500 }, (_, index) => ({
    '@id': `ce-${index}`,
    '@type': 'ceasn:Competency',
    'ceasn:competencyText': { en: `Text ${index}` },
    'ceasn:isPartOf': 'https://frame.example/f',
  }))
  const framework = {
    '@id': 'https://frame.example/f',
    '@type': 'ceasn:CompetencyFramework',
    'ceasn:name': { en: 'F' },
  }
  const { findings } = readCtdlAsn({
    '@context': 'https://credreg.net/ctdlasn/schema/context/json',
    '@graph': [framework, ...nodes],
  })
  const ids = findings.filter(({ code }) => code === 'ctdl.relative_id')
  expect(ids).toHaveLength(SHOWN_FINDINGS + 1)
  expect(ids.at(-1)).toMatchObject({ count: 480, item: 'ce-20' })
})

test('codes and severities are counted apart, and keep their order', () => {
  const make = (code: string, severity: 'error' | 'warning', n: number) =>
    Array.from({ length: n }, (_, index) => ({ code, severity, message: `${code} ${severity} ${index}` }))
  const all = [...make('a', 'error', 25), ...make('b', 'error', 3), ...make('a', 'warning', 30)]
  const kept = summarized<(typeof all)[number] & { count?: number }>(all)
  expect(kept.slice(0, 20)).toEqual(all.slice(0, 20))
  expect(kept.slice(20, 23)).toEqual(make('b', 'error', 3))
  expect(kept.slice(-2).map(({ code, severity, count }) => [code, severity, count])).toEqual([
    ['a', 'error', 5],
    ['a', 'warning', 10],
  ])
})
