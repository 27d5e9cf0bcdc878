/**
 * The law for every member of a badge, and all the ways in which JSON-LD lets a member be written without its name: each name is
 * looked up in the bundled contexts, and jsonld says which of the rewritten documents keep the canonical form.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { anyIssuer, createVerifier } from '../../../src/entries/index.js'
import { bundledContext, bundledContextUrls } from '../../../src/resolve/contexts/bundle.js'
import { NOW, newIssuer, signed, web } from '../kit.js'
import { canonicalForm, changed, type Node, type Path, placesIn, valueAt } from './canonical-form.js'
import { lawOf } from './law.js'

const EXTENSIONS = { contexts: ['https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'], properties: {} }
const LEVEL = 'urn:uuid:00000000-0000-4000-8000-00000000000a'
const issuer = await newIssuer()
const verifier = createVerifier({
  trustedIssuers: anyIssuer,
  loader: web({}),
  // The law is about the document; what it names is not there.
  policy: { status: 'report-only', refresh: 'report-only' },
})
const verify = (input: object | string) => verifier.verify(input, { now: NOW })

/** Everything in it that a check reads. */
const badge = (await signed(issuer, {
  validUntil: '2030-01-01T00:00:00Z',
  credentialStatus: {
    id: 'https://issuer.example/status/1#7',
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '7',
    statusListCredential: 'https://issuer.example/status/1',
  },
  refreshService: { id: 'https://issuer.example/refresh/1', type: '1EdTechCredentialRefresh' },
  credentialSchema: [{ id: 'https://issuer.example/schema.json', type: 'JsonSchema' }],
  relatedResource: [
    { id: 'https://www.w3.org/ns/credentials/v2', digestMultibase: 'uEiBZlVztZpfWHgPyslVv6-UwirFoQoRvW1htfx963sknNA' },
  ],
  credentialSubject: {
    identifier: [
      {
        type: 'IdentityObject',
        hashed: true,
        identityHash: `sha256$${'0'.repeat(64)}`,
        identityType: 'emailAddress',
        salt: 'pepper',
      },
    ],
    achievement: {
      id: 'https://school.example/achievements/giving-feedback',
      type: ['Achievement'],
      name: 'Giving Feedback',
      description: 'Feedback that helps others grow.',
      criteria: { narrative: 'Three pieces of feedback.' },
      achievementType: 'Competency',
      alignment: [
        {
          type: ['Alignment'],
          targetName: 'Giving feedback',
          targetUrl: 'https://frameworks.example/feedback',
          targetType: 'CFItem',
          targetCode: 'F1',
        },
      ],
      resultDescription: [
        {
          id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
          type: ['ResultDescription'],
          name: 'Level',
          resultType: 'RubricCriterionLevel',
          rubricCriterionLevel: [{ id: LEVEL, type: ['RubricCriterionLevel'], name: 'Mastered' }],
        },
      ],
    },
    result: [
      {
        type: ['Result'],
        resultDescription: 'urn:uuid:00000000-0000-4000-8000-000000000001',
        achievedLevel: LEVEL,
      },
    ],
  },
  extensions: EXTENSIONS,
} as never)) as unknown as Node

interface Term {
  readonly iri: string
  readonly type: string | undefined
}

/** All definitions of a name in the bundled contexts, wherever they stand. */
function definitionsOf(): Map<string, Term[]> {
  const found = new Map<string, Term[]>()
  const walk = (context: unknown, prefixes: Record<string, string>) => {
    if (Array.isArray(context)) for (const one of context) walk(one, prefixes)
    if (typeof context !== 'object' || context === null || Array.isArray(context)) return
    const own = { ...prefixes }
    for (const [name, value] of Object.entries(context)) {
      const iri = typeof value === 'string' ? value : (value as Node | null)?.['@id']
      if (typeof iri === 'string' && /[#/:]$/.test(iri)) own[name] = iri
    }
    const expand = (iri: string) => {
      const [prefix = '', rest] = iri.split(':', 2)
      return rest !== undefined && own[prefix] !== undefined ? own[prefix] + rest : iri
    }
    for (const [name, value] of Object.entries(context)) {
      const {
        '@id': id,
        '@type': type,
        '@context': scoped,
      } = (typeof value === 'string' ? { '@id': value } : value) as Node
      if (typeof id === 'string') {
        const term = { iri: expand(id), type: typeof type === 'string' ? expand(type) : undefined }
        found.set(name, [...(found.get(name) ?? []), term])
      }
      if (scoped !== undefined) walk(scoped, own)
    }
  }
  for (const url of bundledContextUrls) walk((bundledContext(url) as Node)['@context'], {})
  return found
}

const DEFINITIONS = definitionsOf()
function termsOf(name: string): Term[] {
  const terms = DEFINITIONS.get(name) ?? []
  return [...new Map(terms.map((term) => [JSON.stringify(term), term])).values()]
}

const rename = (document: Node, path: Path, to: string, value: unknown) =>
  changed(document, path, (parent: Node, name) => {
    delete parent[name as string]
    parent[to] = value
  })
const appended = (document: Node, context: object): Node => ({
  ...document,
  '@context': [...(document['@context'] as unknown[]), context],
})

/** Ways to write the member at `path`, whose name stands for `term`. */
const FORMS: Readonly<Record<string, (path: Path, term: Term) => Node>> = {
  'by its IRI': (path, { iri, type }) => {
    const value = valueAt(badge, path)
    const typed = (one: unknown) =>
      typeof one === 'object'
        ? one
        : type === '@id' || type === '@vocab'
          ? { id: one }
          : type === undefined
            ? one
            : { '@type': type, '@value': one }
    return rename(badge, path, iri, Array.isArray(value) ? value.map(typed) : typed(value))
  },
  'by an alias': (path, { iri, type }) =>
    appended(rename(badge, path, 'alias', valueAt(badge, path)), {
      alias: { '@id': iri, ...(type === undefined ? {} : { '@type': type }) },
    }),
  'by a prefix': (path, { iri, type }) => {
    const cut = Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1
    const name = `own:${iri.slice(cut)}`
    return appended(rename(badge, path, name, valueAt(badge, path)), {
      own: { '@id': iri.slice(0, cut), '@prefix': true },
      ...(type === undefined ? {} : { [name]: { '@id': iri, '@type': type } }),
    })
  },
  'in an @included node': (path) => {
    const parent = valueAt(badge, path.slice(0, -1)) as Node
    const name = path.at(-1) as string
    const without = changed(badge, path, (at: Node) => void delete at[name])
    return { ...without, '@included': [{ id: parent.id, type: parent.type, [name]: parent[name] }] }
  },
  'in a @nest': (path) => {
    const name = path.at(-1) as string
    return changed(badge, path, (at: Node) => {
      at['@nest'] = { [name]: at[name] }
      delete at[name]
    })
  },
  'with an empty rival beside it': (path, { iri }) =>
    changed(badge, path, (at: Node) => {
      at[iri] = []
    }),
}

const members = placesIn(badge).filter(
  (path) => typeof path.at(-1) === 'string' && path[0] !== '@context' && path[0] !== 'proof',
)
let expectLaw: ReturnType<typeof lawOf>
beforeAll(async () => {
  const original = await verify(badge)
  expect(original.outcome).toBe('valid')
  expectLaw = lawOf(await canonicalForm(badge), original, verify)
})

describe('every member of a badge', () => {
  test('is one that the contexts define', () => {
    expect(members.length).toBeGreaterThan(50)
    const unknown = members.filter((path) => termsOf(path.at(-1) as string).length === 0)
    expect(unknown).toEqual([])
  })
  test.each(Object.entries(FORMS))('%s', async (_, rewrite) => {
    let kept = 0
    for (const path of members) {
      for (const term of termsOf(path.at(-1) as string)) {
        if (term.iri.startsWith('@')) continue
        const { same, outcome } = await expectLaw(rewrite(path, term))
        if (same) kept++
        // No form here leaves the member where a reader of the JSON looks for it.
        expect(outcome === 'valid').toBe(false)
        if (same) break
      }
    }
    // jsonld agrees that these would have carried the signature: the test is about something.
    expect(kept).toBeGreaterThan(8)
  })
})
