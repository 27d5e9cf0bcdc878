/** W3C CCG vp-request-spec and VCALM "QueryByExample": reading requests, and finding what answers them. */
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { ParseError, signCredential } from '../../src/entries/index.js'
import { type HeldBadge, importBadges, matchRequest, parseRequest } from '../../src/entries/wallet.js'
import { badgeOf, type Issuer, newIssuer, signed } from '../verify/kit.js'
import { held, selective } from './kit.js'

const CHALLENGE = '3182bdea-63d9-11ea-b6de-3b7c1404d57f'
const asking = (credentialQuery: object | object[], rest: object = {}) =>
  parseRequest({ query: [{ type: 'QueryByExample', credentialQuery }], challenge: CHALLENGE, ...rest })
const reasons = (input: object | string) => {
  try {
    parseRequest(input)
    return []
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return error.issues.map(({ pointer, message }) => `${pointer} ${message}`)
  }
}

describe('parseRequest', () => {
  /** "A Query By Example query" of the specification, as JSON. */
  const example = {
    query: [
      {
        type: 'QueryByExample',
        credentialQuery: [
          {
            required: false,
            reason: 'We need you to prove your eligibility to work.',
            example: { '@context': ['https://www.w3.org/2018/credentials/v1'], type: 'PermanentResidentCard' },
            trustedIssuer: [{ required: true, issuer: 'urn:some:required:issuer' }],
          },
        ],
      },
    ],
    challenge: CHALLENGE,
    domain: 'jobs.example.com',
  }
  test('the example of the specification', () => {
    expect(parseRequest(example)).toEqual({
      challenge: CHALLENGE,
      domain: 'jobs.example.com',
      queries: [
        {
          pointer: '/query/0/credentialQuery/0',
          required: false,
          reason: 'We need you to prove your eligibility to work.',
          example: example.query[0]?.credentialQuery[0]?.example,
          acceptedIssuers: ['urn:some:required:issuer'],
          hasIssuerLists: false,
        },
      ],
    })
  })
  test('"A complex DID Authentication request": what is optional asks for nothing', () => {
    const query = [
      {
        type: 'DIDAuthentication',
        acceptedMethods: [{ method: 'key' }, { method: 'web' }],
        acceptedCryptosuites: [{ cryptosuite: 'ecdsa-rdfc-2019' }],
      },
      {
        type: 'DIDAuthentication',
        required: false,
        acceptedMethods: [{ method: 'key' }],
        acceptedCryptosuites: [{ cryptosuite: 'bbs-2023' }],
      },
    ]
    const interact = {
      service: [
        { type: 'UnmediatedHttpPresentationService2021', serviceEndpoint: 'https://didauth.example/exchanges/z' },
      ],
    }
    expect(parseRequest({ query, challenge: 'zLEwtBYgQVNR4tyeo', domain: 'didauth.example', interact })).toEqual({
      challenge: 'zLEwtBYgQVNR4tyeo',
      domain: 'didauth.example',
      queries: [],
      acceptedMethods: ['key', 'web'],
      acceptedCryptosuites: ['ecdsa-rdfc-2019'],
      respondTo: 'https://didauth.example/exchanges/z',
    })
  })
  test('of several that ask who the holder is, all have to be met', () => {
    const query = (methods: string[]) => ({
      type: 'DIDAuthentication',
      acceptedMethods: methods,
      acceptedCryptosuites: methods,
    })
    const request = parseRequest({ query: [query(['key', 'web']), query(['web', 'jwk'])], challenge: 'c' })
    expect(request).toMatchObject({ acceptedMethods: ['web'], acceptedCryptosuites: ['web'] })
  })
  test('in all its wrappings', async () => {
    const bare = parseRequest(example)
    expect(parseRequest(JSON.stringify(example))).toEqual(bare)
    expect(parseRequest({ verifiablePresentationRequest: example })).toEqual(bare)
    expect(parseRequest({ credentialRequestOptions: { web: { VerifiablePresentation: example } } })).toEqual(bare)
    expect(parseRequest({ ...example, query: example.query[0] as object })).toMatchObject({
      queries: [{ pointer: '/query/credentialQuery/0' }],
    })
    const link = `https://lcw.app/request?request=${encodeURIComponent(JSON.stringify({ verifiablePresentationRequest: example }))}`
    expect(parseRequest(link)).toEqual(bare)
    const [message] = (await importBadges(link)).messages
    expect(parseRequest(message?.message as object)).toEqual(bare)
  })
  test('a deep link that offers a badge asks who the holder is', () => {
    expect(parseRequest('dccrequest://request?issuer=jff&vc_request_url=https://i.example/x&challenge=c')).toEqual({
      challenge: 'c',
      queries: [],
      respondTo: 'https://i.example/x',
    })
    expect(reasons('dccrequest://request?issuer=jff&vc_request_url=https://i.example/x')[0]).toMatch(/^\/challenge /)
  })

  test.each([
    ['no challenge', { query: [{ type: 'DIDAuthentication' }] }, /^\/challenge .*shown to others/],
    ['an empty challenge', { query: [{ type: 'DIDAuthentication' }], challenge: '' }, /^\/challenge /],
    [
      'a challenge that is no text',
      { query: [{ type: 'DIDAuthentication' }], challenge: { toString: 1 } },
      /^\/challenge /,
    ],
    [
      'a domain that is no text',
      { query: [{ type: 'DIDAuthentication' }], challenge: 'c', domain: ['a'] },
      /^\/domain /,
    ],
    ['no query', { challenge: 'c' }, /^\/query /],
    ['no query type', { query: [{ type: 'DIDAuthentication' }, {}], challenge: 'c' }, /^\/query\/1\/type /],
    [
      'capabilities',
      { query: [{ type: 'ZcapQuery', capabilityQuery: {} }], challenge: 'c' },
      /^\/query\/0\/type .*"ZcapQuery"/,
    ],
    ['no credential query', { query: { type: 'QueryByExample' }, challenge: 'c' }, /^\/query\/credentialQuery /],
    [
      'an example that is a list',
      { query: { type: 'QueryByExample', credentialQuery: { example: [] } }, challenge: 'c' },
      /^\/query\/credentialQuery\/example /,
    ],
    [
      'suites that are numbers',
      { query: { type: 'DIDAuthentication', acceptedCryptosuites: [1] }, challenge: 'c' },
      /^\/query\/acceptedCryptosuites /,
    ],
    [
      'an endpoint over http',
      {
        query: { type: 'DIDAuthentication' },
        challenge: 'c',
        interact: { type: 'UnmediatedHttpPresentationService2021', serviceEndpoint: 'http://x.example' },
      },
      /^\/interact\/service .*http/,
    ],
    [
      'ten thousand queries',
      { query: Array.from({ length: 10_000 }, () => ({ type: 'DIDAuthentication' })), challenge: 'c' },
      /^\/query more than 100/,
    ],
    [
      'ten thousand examples',
      {
        query: { type: 'QueryByExample', credentialQuery: Array.from({ length: 10_000 }, () => ({ example: {} })) },
        challenge: 'c',
      },
      /^\/query more than 100/,
    ],
    [
      'depth',
      {
        query: {
          type: 'QueryByExample',
          credentialQuery: { example: { a: JSON.parse(`${'['.repeat(60)}${']'.repeat(60)}`) } },
        },
        challenge: 'c',
      },
      /more than 32 levels/,
    ],
    ['a text that is no JSON', '{"query":', /syntax|JSON|end/i],
    ['two challenges', '{"challenge":"a","challenge":"b","query":[{"type":"DIDAuthentication"}]}', /challenge/],
    ['an interaction, which is no request yet', 'interaction:https://x.example/?iuv=1', /fetch what it names/],
  ])('refuses %s, with its place', (_, input, reason) => {
    expect(reasons(input as object).join('\n')).toMatch(reason)
  })
  test('refuses an object that contains itself', () => {
    const cyclic: Record<string, unknown> = { challenge: 'c', query: [] }
    cyclic.query = [cyclic]
    expect(reasons(cyclic)[0]).toMatch(/contains itself/)
  })
  test('and anything else with an error of ours', () => {
    const part = fc.dictionary(
      fc.constantFrom('query', 'type', 'challenge', 'credentialQuery', 'example', 'interact', 'protocols', 'kind'),
      fc.jsonValue(),
    )
    fc.assert(
      fc.property(part, fc.jsonValue(), (request, value) => {
        for (const input of [
          request,
          { ...request, challenge: 'c', query: [{ type: 'QueryByExample', ...(value as object) }] },
        ])
          reasons(input)
      }),
    )
  })
})

describe('matchRequest', () => {
  let issuer: Issuer
  let badge: HeldBadge
  let jwt: HeldBadge
  let base: HeldBadge
  beforeAll(async () => {
    issuer = await newIssuer()
    badge = held(await signed(issuer))
    const unsigned = badgeOf(issuer, { validFrom: '2026-03-01T00:00:00Z' })
    jwt = held(await signCredential(unsigned, { signer: issuer.signer, format: 'jwt' }), unsigned)
    base = held((await selective()).secured)
  })
  const find = (query: object, badges: readonly HeldBadge[] = [badge, jwt, base]) => {
    const [match] = matchRequest(asking(query), badges).queries
    return match as NonNullable<typeof match>
  }

  test.each<[string, () => object]>([
    ['by type', () => ({ type: 'OpenBadgeCredential' })],
    ['by types', () => ({ type: ['VerifiableCredential', 'OpenBadgeCredential'] })],
    ['by context', () => ({ '@context': 'https://www.w3.org/ns/credentials/v2' })],
    ['by what is nested', () => ({ credentialSubject: { achievement: { name: 'Giving Feedback' } } })],
    ['with nothing', () => ({})],
    ['with an empty object', () => ({ credentialSubject: { achievement: {} } })],
  ])('finds %s', (_, example) => {
    const { candidates, others } = find({ example: example() })
    expect(others).toEqual([])
    expect(candidates).toHaveLength(3)
  })
  test('without example, everything', () => expect(find({}).candidates).toHaveLength(3))
  test('by issuer, as text and as object', () => {
    for (const example of [{ issuer: issuer.id }, { issuer: { id: issuer.id } }])
      expect(find({ example }).candidates.map((each) => each.badge)).toEqual([jwt, badge])
  })
  test('the newest first', () => expect(find({ example: { issuer: issuer.id } }).candidates[0]?.badge).toBe(jwt))

  test.each([
    ['another type', { type: 'DegreeCredential' }, '/type'],
    ['another of two types', { type: ['OpenBadgeCredential', 'DegreeCredential'] }, '/type/1'],
    [
      'another name',
      { credentialSubject: { achievement: { name: 'giving feedback' } } },
      '/credentialSubject/achievement/name',
    ],
    ['a member of all objects', { credentialSubject: { constructor: {} } }, '/credentialSubject/constructor'],
    [
      'a look-alike',
      { credentialSubject: { achievement: { name: 'Giving\u00a0Feedback' } } },
      '/credentialSubject/achievement/name',
    ],
    ['a number for a text', { name: 0 }, '/name'],
  ])('says what a badge lacks: %s', (_, example, lacks) => {
    const { candidates, others } = find({ example }, [badge])
    expect(candidates).toEqual([])
    expect(others).toEqual([{ badge, because: 'example', lacks }])
  })
  test('issuers: accepted, others, and lists that nobody looks up', () => {
    expect(find({ acceptedIssuers: [issuer.id] }, [badge]).candidates).toHaveLength(1)
    expect(find({ acceptedIssuers: [{ id: issuer.id }] }, [badge]).candidates).toHaveLength(1)
    expect(find({ acceptedIssuers: ['did:example:other'] }, [badge]).others[0]?.because).toBe('issuer')
    expect(find({ acceptedIssuers: [{ recognizedIn: 'https://list.example' }] }, [badge]).others[0]?.because).toBe(
      'issuer_lists',
    )
    expect(
      find({ trustedIssuer: [{ required: false, issuer: 'did:example:other' }] }, [badge]).candidates,
    ).toHaveLength(1)
  })
  test('suites and envelopes', () => {
    const found = (query: object) => find(query).candidates.map((each) => each.badge)
    expect(found({ acceptedCryptosuites: [{ cryptosuite: 'eddsa-rdfc-2022' }] })).toEqual([badge])
    expect(found({ acceptedCryptosuites: ['ecdsa-sd-2023'] })).toEqual([base])
    expect(found({ acceptedEnvelopes: [{ mediaType: 'application/vc+jwt' }] })).toEqual([jwt])
    expect(found({ acceptedEnvelopes: [{ mediaType: 'application/mdoc' }] })).toEqual([])
    expect(found({ acceptedCryptosuites: ['eddsa-rdfc-2022'], acceptedEnvelopes: ['application/jwt'] })).toEqual([
      jwt,
      badge,
    ])
  })
  test('of a base proof, what has to be shown', () => {
    const example = { type: 'OpenBadgeCredential', credentialSubject: { result: { value: '14' } } }
    expect(find({ example }, [base]).candidates).toEqual([
      { badge: base, reveal: ['/type/1', '/credentialSubject/result/1/value'] },
    ])
  })
  test('is answerable without what is optional', () => {
    const none = { example: { type: 'None' } }
    expect(matchRequest(asking(none), [badge]).isAnswerable).toBe(false)
    expect(matchRequest(asking({ ...none, required: false }), [badge]).isAnswerable).toBe(true)
    expect(matchRequest(asking([{}, none]), [badge]).isAnswerable).toBe(false)
  })
  test('law: a badge is like itself, and like each part of itself', () => {
    const document = badge.secured as unknown as Record<string, never>
    fc.assert(
      fc.property(fc.subarray(Object.keys(document)), (names) => {
        const example = Object.fromEntries(names.map((name) => [name, document[name]]))
        expect(find({ example }, [badge]).candidates).toHaveLength(1)
      }),
    )
  })
  test('comparisons without end are given up', () => {
    const items = Array.from({ length: 3000 }, (_, index) => ({ a: index }))
    const many = held({ ...(badge.secured as object), evidence: items } as never)
    const example = { evidence: [...items].reverse() }
    expect(() => matchRequest(asking({ example }), [many])).toThrow(ParseError)
  })
})
