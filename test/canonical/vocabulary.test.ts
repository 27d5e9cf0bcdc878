import { describe, expect, test } from 'vitest'
import type { ActiveContext } from '../../src/canonical/active-context.js'
import { Budget } from '../../src/canonical/budget.js'
import { CompiledContexts, Contexts } from '../../src/canonical/contexts.js'
import { Vocabulary } from '../../src/canonical/vocabulary.js'
import { bundledContextUrls } from '../../src/resolve/contexts/bundle.js'

const contexts = new Contexts(new CompiledContexts(), new Map(), new Budget({ bytes: 1_000_000, steps: 100 }))
const vocabulary = new Vocabulary()

/** All definitions of a bundled context by full processing, those of scoped contexts included. */
function definitions(url: string): { name: string; iri: string; container: string }[] {
  const found = new Map<string, { name: string; iri: string; container: string }>()
  const visit = (active: ActiveContext, before: ActiveContext): void => {
    for (const definition of active.terms.values()) {
      const { name, iri, container } = definition
      // Taken over from the context around.
      if (before.terms.get(name) === definition || iri === null) continue
      found.set(`${name} ${iri} ${container}`, { name, iri, container })
      if (definition.scope === null) continue
      visit(contexts.propertyScoped(active, definition), active)
    }
  }
  visit(contexts.embedded(contexts.initial, url), contexts.initial)
  return [...found.values()]
}

describe("the standard's own terms are those of the bundled contexts, fully processed", () => {
  for (const url of bundledContextUrls)
    test(url, () => {
      for (const { name, iri, container } of definitions(url)) {
        if (/^[A-Z0-9]/.test(name)) expect(vocabulary.classNamesOf(iri), name).toContain(name)
        // One IRI with two names of properties: the current one is the standard's.
        else if (name !== 'expiration') {
          expect(vocabulary.namesOf(iri), name).toContain(name)
          expect(vocabulary.isOwnContainer(iri, name, container as never), name).toBe(true)
        }
        expect(vocabulary.isName(name)).toBe(true)
        expect(vocabulary.definitionsOf(name).length, name).toBeGreaterThan(0)
      }
    })

  test('no IRI has two names of properties: a member could be renamed', () => {
    const all = bundledContextUrls.flatMap(definitions)
    for (const { iri } of all) expect(vocabulary.namesOf(iri).length, iri).toBeLessThanOrEqual(1)
    expect(all.length).toBeGreaterThan(300)
  })

  test('a bundled context means the same whatever a document says before it', () => {
    // What counts as the standard's own by its definition alone must not be reached by a prefix, or @vocab, from outside.
    const prefixes = ['xsd', 'sec', 'cred', 'dc', 'schema', 'obi', 'rdf', 'ob', 'http', 'https', 'did', 'wgs84', 'vc']
    const before = {
      '@vocab': 'urn:evil:',
      '@language': 'en',
      ...Object.fromEntries(prefixes.map((prefix) => [prefix, { '@id': 'urn:evil:', '@prefix': true }])),
    }
    const compare = (clean: ActiveContext, after: ActiveContext, known: ActiveContext, at: string): void => {
      for (const definition of clean.terms.values()) {
        const { name, iri, container, scope, own } = definition
        if (known.terms.get(name) === definition) continue
        const same = after.terms.get(name)
        if (own) expect(same, `${at} ${name}`).toMatchObject({ iri, container, own })
        if (scope !== null && same !== undefined)
          compare(
            contexts.propertyScoped(clean, definition),
            contexts.propertyScoped(after, same),
            clean,
            `${at} ${name}`,
          )
      }
    }
    for (const url of bundledContextUrls) {
      const hostile = contexts.embedded(contexts.initial, before)
      compare(contexts.embedded(contexts.initial, url), contexts.embedded(hostile, url), contexts.initial, url)
    }
  })

  test('only what a bundled context defines is its own', () => {
    const local = contexts.embedded(contexts.initial, ['https://www.w3.org/ns/credentials/v2', { mine: 'urn:mine' }])
    expect(local.terms.get('mine')?.own).toBe(false)
    expect(local.terms.get('name')?.own).toBe(true)
  })

  test('"criteria" is a member, "Criteria" is a class, and their IRI is the same', () => {
    const iri = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#Criteria'
    expect(vocabulary.namesOf(iri)).toEqual(['criteria'])
    expect(vocabulary.classNamesOf(iri)).toEqual(['Criteria'])
  })

  test('the members of a class', () => {
    expect(vocabulary.membersOf('BitstringStatusListEntry')).toContain(
      'https://www.w3.org/ns/credentials/status#statusListIndex',
    )
    expect(vocabulary.membersOf('Result')).toContain('https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievedLevel')
    expect(vocabulary.membersOf('Nothing')).toEqual(new Set())
  })
})
