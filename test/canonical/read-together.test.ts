// RDF 1.1 Concepts section 3.1: objects with one id are one node. What is shown in several places takes no more than a few times the document.
import { describe, expect, test } from 'vitest'
import { analyze } from '../../src/canonical/analyze.js'
import { statedMembers } from '../../src/canonical/stated-members.js'
import type { JsonObject } from '../../src/internal/types.js'
import { growthOf } from '../work.js'
import { badge } from './reader.js'
import { context } from './support.js'

const { readTogether } = await import('../../src/canonical/read-together.js')

const TOLD = {
  graph: {},
  iriOf: (name: string) => (name === 'id' ? '@id' : name === 'type' ? '@type' : name),
  isList: () => false,
  isReference: () => false,
}
const together = (view: object) => readTogether(view as JsonObject, () => TOLD)
const list = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index))
const root = (members: object) => ({ id: 'urn:root', type: ['VerifiableCredential'], ...members })

/** Each is `n` characters or so: much that is said of one id, and many places for it. */
const HOSTILE: Readonly<Record<string, (n: number) => object>> = {
  'one long text in many places': (n) =>
    root({
      x: [
        { id: 'urn:a', text: 'T'.repeat(n / 2) },
        ...list(n / 40, (index) => ({ id: `urn:${index}`, y: { id: 'urn:a' } })),
      ],
    }),
  'many members in many places': (n) =>
    root({
      x: [
        { id: 'urn:a', ...Object.fromEntries(list(n / 30, (index) => [`m${index}`, 'value'])) },
        ...list(n / 40, (index) => ({ id: `urn:${index}`, y: { id: 'urn:a' } })),
      ],
    }),
  'many objects with one id, all different': (n) =>
    root({ x: list(n / 30, (index) => ({ id: 'urn:a', text: `${index}` })) }),
  'a chain in which each leads to the next twice': (n) =>
    root({
      x: list(n / 60, (index) => ({
        id: `urn:${index}`,
        a: { id: `urn:${index + 1}` },
        b: { id: `urn:${index + 1}` },
      })),
    }),
  'a circle': (n) =>
    root({
      x: list(n / 40, (index) => ({
        id: `urn:${index}`,
        a: [{ id: `urn:${(index + 1) % (n / 40)}` }, { id: 'urn:root' }],
      })),
    }),
  'all lead to all': (n) => {
    const count = Math.floor(Math.sqrt(n / 20))
    return root({
      x: list(count, (index) => ({ id: `urn:${index}`, a: list(count, (other) => ({ id: `urn:${other}` })) })),
    })
  },
  'what has no id below what is shown often': (n) =>
    root({
      x: [
        { id: 'urn:a', deep: { deep: { text: 'T'.repeat(n / 2) } } },
        ...list(n / 40, (index) => ({ id: `urn:${index}`, y: { id: 'urn:a' } })),
      ],
    }),
  'many labels of blank nodes': (n) =>
    root({ x: list(n / 40, (index) => ({ id: `_:b${index}`, y: { id: `_:b${index + 1}` } })) }),
  'credentials in credentials': (n) => {
    let inner: object = { id: 'urn:a', text: 'T'.repeat(n / 4) }
    for (let level = 0; level < 20; level++)
      inner = root({
        id: `urn:c${level}`,
        endorsement: [inner],
        x: list(n / 1600, () => ({ id: 'urn:a', text: `${level}` })),
      })
    return inner
  },
}

describe('work and what is shown grow with the document', () => {
  test.each(Object.entries(HOSTILE))('%s', (_, make) => {
    for (const size of [16_000, 64_000]) {
      const document = make(size)
      const length = JSON.stringify(document).length
      expect(length).toBeLessThan(size * 3)
      expect(JSON.stringify(together(document)).length).toBeLessThan(12 * length + 200_000)
    }
    // Beyond what may always be repeated.
    const [twice, fourTimes] = growthOf((size) => together(make(size)), 100_000)
    expect(twice).toBeLessThan(2.3)
    expect(fourTimes).toBeLessThan(4.8)
  })
})

test('what is too much to repeat is left out by its distance, and not by where it stood', () => {
  const text = 'T'.repeat(30_000)
  const places = (described: number) =>
    root({
      issuer: { id: 'urn:a', type: ['Profile'], ...(described === -1 ? { text } : {}) },
      x: list(40, (index) => ({ id: `urn:${index}`, y: { id: 'urn:a', ...(index === described ? { text } : {}) } })),
    })
  const shown = [-1, 0, 20, 39].map((described) => JSON.stringify(together(places(described))))
  expect(new Set(shown).size).toBe(1)
  const { issuer, x } = together(places(20)) as unknown as { issuer: object; x: { y: object }[] }
  expect(issuer).toEqual({ id: 'urn:a', type: ['Profile'], text })
  expect(x[20]?.y).toEqual({ id: 'urn:a' })
})

describe('blank nodes', () => {
  const viewOf = async (document: JsonObject) => {
    const scope = { ...context({}, { graphOnly: true }), memo: new WeakMap() }
    expect((await analyze(document, scope)).dataset).toBeDefined()
    return statedMembers(document, document, scope).view
  }
  const about = (members: JsonObject) =>
    ({
      ...badge,
      '@context': [...(badge['@context'] as string[]), { about: 'urn:x:about', id: '@id' }],
      ...members,
    }) as JsonObject
  test('nobody signs their labels', async () => {
    const shown = await viewOf(about({ about: { id: '_:b7', about: 'x' } }))
    expect(shown).toEqual(await viewOf(about({ about: { about: 'x' } })))
    expect(shown['urn:x:about']).toEqual({ 'urn:x:about': 'x' })
  })
})
