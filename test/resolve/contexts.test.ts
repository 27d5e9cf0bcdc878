import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/internal/types.js'
import { bundledContext, bundledContextUrls } from '../../src/resolve/contexts/bundle.js'
import { shared } from '../shared.js'

const read = (path: string): JsonObject => JSON.parse(readFileSync(path, 'utf8'))
const OB303 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'

describe('the bundled contexts', () => {
  test('are looked up by their URL, byte by byte', () => {
    expect(bundledContext('https://www.w3.org/ns/credentials/v2')).toHaveProperty(['@context', 'VerifiableCredential'])
    for (const url of [
      'http://www.w3.org/ns/credentials/v2',
      'https://www.w3.org/ns/credentials/v2/',
      'toString',
      '__proto__',
      '',
    ])
      expect(bundledContext(url)).toBeUndefined()
    expect(bundledContextUrls).toHaveLength(17)
    for (const url of bundledContextUrls) expect(bundledContext(url), url).toHaveProperty('@context')
  })

  test('refer to bundled contexts only', () => {
    const referred = (value: unknown): string[] => {
      if (Array.isArray(value)) return value.flatMap(referred)
      if (typeof value === 'string') return [value]
      if (typeof value !== 'object' || value === null) return []
      return Object.values(value).flatMap((definition) =>
        typeof definition === 'object' && definition !== null && '@context' in definition
          ? referred(definition['@context'])
          : [],
      )
    }
    for (const url of bundledContextUrls)
      for (const other of referred(bundledContext(url)?.['@context'])) expect(bundledContextUrls).toContain(other)
  })

  const index = shared('corpus/web/index.json')
  test.skipIf(!index)('are what their URLs serve', () => {
    const served = read(index ?? '') as unknown as Record<string, { file: string }>
    const compared = bundledContextUrls.filter((url) => {
      const file = served[url]?.file
      if (file === undefined) return false
      const published = read(shared(`corpus/${file}`) ?? '')
      // The corpus has the file of Open Badges 3.0.3 as it was before June 2026: see below.
      if (url !== OB303) expect(bundledContext(url)?.['@context'], url).toEqual(published['@context'])
      return true
    })
    expect(compared).toHaveLength(bundledContextUrls.length)
  })

  const before = shared('schemas/ob/open-badges-v3p0.context.json')
  const after = shared('schemas/ob/context-3.0.3.with-endorsementJwt.json')
  test.skipIf(!before || !after)('Open Badges 3.0.3 is the file of June 2026: the older one and two terms', () => {
    expect(bundledContext(OB303)).toEqual(read(after ?? ''))
    const { endorsementJwt, jti, ...older } = (bundledContext(OB303) as JsonObject)['@context'] as JsonObject
    expect({ '@context': older }).toEqual(read(before ?? ''))
    expect([endorsementJwt, jti]).toEqual([
      { '@id': 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementJwt', '@container': '@set' },
      { '@id': 'https://www.iana.org/assignments/jwt#jti', '@type': '@id' },
    ])
  })
})
