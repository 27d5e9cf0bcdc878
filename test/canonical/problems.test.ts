import { describe, expect, test } from 'vitest'
import { badge } from './reader.js'
import { bothPaths, context, OB303, ours, VC1, VC2 } from './support.js'

const remembered = { compiled: context(), general: context({}, { generalPathOnly: true }) }
const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'
const credential = (more: object, contexts: readonly unknown[] = [VC2, OB303]) => ({
  '@context': contexts,
  id: 'urn:uuid:1',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  ...more,
})

/** Each of these is dropped by JSON-LD, and would not be signed. */
const UNDEFINED: Readonly<Record<string, [document: object, pointer: string, term: string, url?: string | undefined]>> =
  {
    'a member that nobody defines': [credential({ shoeSize: 46 }), '/shoeSize', 'shoeSize'],
    'a member that is null': [credential({ shoeSize: null }), '/shoeSize', 'shoeSize'],
    'a member with a name that needs escaping': [credential({ 'a/b~c': 1 }), '/a~1b~0c', 'a/b~c'],
    'a member that every object inherits': [credential({ constructor: 1 }), '/constructor', 'constructor'],
    'a member of a context that is not there': [
      credential({ narrative: 'x' }, [VC2]),
      '/type/1',
      'OpenBadgeCredential',
      OB303,
    ],
    'a member that a type would define': [
      credential({ credentialSubject: { achievement: { name: 'x' } } }),
      '/credentialSubject/achievement',
      'achievement',
      OB303,
    ],
    'a type': [
      credential({ refreshService: { id: 'urn:r', type: '1EdTechCredentialRefresh' } }),
      '/refreshService/type',
      '1EdTechCredentialRefresh',
      EXTENSIONS,
    ],
    'one of several types': [credential({ type: ['VerifiableCredential', 'Diploma'] }), '/type/1', 'Diploma'],
    'a status entry of VCDM 1.1': [
      credential({ credentialStatus: { id: 'urn:s', type: 'StatusList2021Entry' } }, [VC1]),
      '/type/1',
      'OpenBadgeCredential',
      OB303,
    ],
    'an id that is no IRI': [credential({ id: 'badge-1' }), '/id', 'badge-1'],
    'an issuer that is no IRI': [credential({ issuer: 'Example University' }), '/issuer', 'Example University'],
    'a reference with a space': [credential({ issuer: 'https://x.example/a b' }), '/issuer', 'https://x.example/a b'],
    'a value that is no term': [
      { '@context': [VC2], type: 'DataIntegrityProof', cryptosuite: 'x', proofPurpose: 'marriage' },
      '/proofPurpose',
      'marriage',
    ],
    'a base direction of what is no text': [
      credential({ name: { '@value': 5, '@direction': 'rtl' } }),
      '/name',
      '@direction',
    ],
    'a value object without value': [credential({ name: { '@value': null } }), '/name', '@value'],
    'a proof that is a reference': [credential({ proof: 'urn:p' }), '/proof', 'proof'],
    'a document without anything': [{ '@context': [VC2] }, '', ''],
  }

describe('JSON-LD safe mode: what would be dropped', () => {
  for (const { path } of bothPaths)
    for (const [name, [document, pointer, term, url]] of Object.entries(UNDEFINED))
      test(`${name}, ${path} path`, async () => {
        const { problems } = await ours(document, remembered[path])
        expect(problems[0]).toMatchObject({ kind: 'undefined_term', pointer, term, ...(url ? { url } : {}) })
        if (url === undefined) expect(problems[0]?.url).toBeUndefined()
        expect(problems[0]?.message).toMatch(/no signature would cover it/)
      })

  // Two ways to write one literal: of them a reader of the JSON knows one.
  test.each(bothPaths)('a datatype that stands for a language and a base direction, $path path', async ({ path }) => {
    const type = 'https://www.w3.org/ns/i18n#ar_rtl'
    const p = 'https://x.example/p'
    for (const document of [
      credential({ name: { '@value': 'x', '@type': type } }),
      credential({ p: { '@value': 'x', '@type': type } }, [VC2, OB303, { p }]),
      credential({ p: { '@value': 'x', '@type': 'i:ar_rtl' } }, [VC2, OB303, { p, i: 'https://www.w3.org/ns/i18n#' }]),
      credential({ p: 'x' }, [VC2, OB303, { p: { '@id': p, '@type': type } }]),
    ])
      expect((await ours(document, remembered[path])).problems).toMatchObject([{ kind: 'ambiguous_member' }])
  })
  test.each(bothPaths)('what JSON-LD forbids of base directions, $path path', async ({ path }) => {
    for (const name of [
      { '@value': 'x', '@direction': 'up' },
      { '@value': 'x', '@direction': null },
      { '@value': 'x', '@direction': ['rtl'] },
      { '@value': 'x', '@direction': 'rtl', '@type': 'https://x.example/t' },
      { '@value': 'x', '@direction': 'rtl', '@language': 'a b' },
    ])
      expect((await ours(credential({ name }), remembered[path])).problems).not.toEqual([])
  })

  test('advice never mixes versions that exclude one another', async () => {
    const { problems } = await ours(
      credential({ type: ['VerifiableCredential'], proof: { type: 'DataIntegrityProof', created: 'x' } }, [VC1]),
    )
    expect(problems[0]).toMatchObject({ pointer: '/proof/type', url: 'https://w3id.org/security/data-integrity/v2' })
  })

  test('all problems are collected, up to twenty', async () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`u${index}`, index]))
    expect((await ours(credential(many))).problems).toHaveLength(20)
    const { problems } = await ours(credential({ first: 1, second: 2, issuer: { id: 'urn:i', third: 3 } }))
    expect(problems.map(({ pointer }) => pointer)).toEqual(['/first', '/second', '/issuer/third'])
  })

  test('long values are cut off in messages', async () => {
    const { problems } = await ours(credential({ id: 'x'.repeat(10_000) }))
    expect(problems[0]?.message.length).toBeLessThan(300)
  })

  test('the dataset has what is left', async () => {
    const { nquads } = await ours(credential({ shoeSize: 46 }))
    expect(nquads).toBe((await ours(credential({}))).nquads)
  })
})

const INVALID: Readonly<Record<string, [document: object, pointer: string, code: RegExp]>> = {
  'an id that is an object': [credential({ id: {} }), '/id', /invalid @id value/],
  'a type that is an object': [credential({ type: {} }), '/type', /invalid type value/],
  'a type within that is a number': [
    credential({ type: ['VerifiableCredential', 1] }),
    '/type/1',
    /invalid type value/,
  ],
  'a context that is a number': [credential({}, [VC2, 1]), '/@context/1', /invalid local context/],
  'a protected term': [credential({}, [VC2, { name: 'urn:n' }]), '/@context/1', /protected term redefinition/],
  'null after protected terms': [credential({}, [VC2, null]), '/@context/1', /invalid context nullification/],
  'a circle of terms': [credential({}, [VC2, { a: 'b', b: 'a' }]), '/@context/1', /cyclic IRI mapping/],
  'a keyword redefined': [credential({}, [VC2, { '@id': 'urn:x' }]), '/@context/1', /keyword redefinition/],
  'a version to come': [credential({}, [VC2, { '@version': 1.2 }]), '/@context/1', /invalid @version value/],
  'a relative context': [credential({}, [VC2, 'context.json']), '/@context/1', /loading remote context failed/],
  'two values of one keyword': [{ ...credential({}, [VC2, { uri: '@id' }]), uri: 'urn:x' }, '', /colliding keywords/],
  'a context within': [
    credential({ issuer: { '@context': { x: 1 }, id: 'urn:i' } }),
    '/issuer/@context',
    /invalid term definition/,
  ],
  'a scoped context': [
    credential({ extra: { '@id': 'urn:e', y: 1 } }, [
      VC2,
      OB303,
      { extra: { '@id': 'urn:extra', '@context': { y: 1 } } },
    ]),
    // Where it is defined: JSON-LD 1.1 API section 4.2.2 step 21, used or not.
    '/@context/2',
    /invalid scoped context.*invalid term definition/,
  ],
  'a value object with a stranger': [
    credential({ name: { '@value': 'x', url: 'y' } }),
    '/name/url',
    /invalid value object/,
  ],
  'a language that is none': [
    credential({ name: { '@value': 'x', '@language': 'not a tag' } }),
    '/name',
    /invalid language-tagged string/,
  ],
  '@propagate in one of several': [
    credential({}, [VC2, { '@propagate': false }]),
    '/@context/1',
    /invalid context entry/,
  ],
}

describe('what is no JSON-LD', () => {
  for (const { path } of bothPaths)
    for (const [name, [document, pointer, code]] of Object.entries(INVALID))
      test(`${name}, ${path} path`, async () => {
        const { problems, nquads } = await ours(document, remembered[path])
        const found = problems.find(({ kind }) => kind === 'invalid')
        expect(found).toMatchObject({ pointer, message: expect.stringMatching(code) })
        expect(nquads).toBeUndefined()
      })
})

describe('analyses', () => {
  test('are synchronous for a badge without problems', async () => {
    const { analyze } = await import('../../src/canonical/analyze.js')
    expect(analyze(badge, context())).toMatchObject({ problems: [], path: 'compiled' })
  })
  test('of one document object are made once in a verification', async () => {
    const { analyze } = await import('../../src/canonical/analyze.js')
    const scope = { ...context(), memo: new WeakMap<object, unknown>() }
    expect(analyze(badge, scope)).toBe(analyze(badge, scope))
    expect(analyze(badge, scope, { except: 'proof' })).not.toBe(analyze(badge, scope))
    expect(analyze(structuredClone(badge), scope)).not.toBe(analyze(badge, scope))
  })
  test('do not change the document', async () => {
    for (const { path } of bothPaths) {
      const before = JSON.stringify(badge)
      await ours(badge, remembered[path])
      expect(JSON.stringify(badge)).toBe(before)
    }
  })
})
