/** Status lists and the whole verifier: Bitstring Status List 1.0 sections 3.2 and 4. */
import {
  anyIssuer,
  createLoader,
  createSigner,
  createVerifier,
  defaultLimits,
  generateKey,
  type Signer,
  signCredential,
  type VerifyOptions,
  verifyCredential,
} from 'badgewright'
import { describe, expect, test } from 'vitest'
import { entry, listCredential } from './fakes.js'

const signerOf = async () => createSigner({ key: await generateKey() })
const idOf = ({ verificationMethod }: Signer) => verificationMethod.split('#', 1)[0] as string
const [school, registry] = await Promise.all([signerOf(), signerOf()])

const url = (number: number | string) => `https://school.example/status/${number}`
const pointer = (number: number | string, members: object = {}) =>
  entry({ id: `${url(number)}#entry`, statusListCredential: url(number), ...members })

async function badgeWith(...credentialStatus: object[]): Promise<object> {
  const credential = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: 'urn:uuid:2b0a3c56-5d4c-4a3e-8b0e-0e4d5f7d6a11',
    type: ['VerifiableCredential'],
    issuer: idOf(school),
    validFrom: '2030-01-01T00:00:00Z',
    credentialSubject: { id: 'did:example:ada' },
    credentialStatus: credentialStatus.length === 1 ? credentialStatus[0] : credentialStatus,
  }
  return (await signCredential(credential as never, { signer: school })) as object
}

async function list(options: Parameters<typeof listCredential>[0] = {}, signer = school): Promise<object> {
  const credential = await listCredential({ ...options, credential: { issuer: idOf(signer), ...options.credential } })
  return (await signCredential(credential as never, { signer })) as object
}

interface Web {
  readonly [url: string]: object | string | undefined
}

function options(web: Web, more: Partial<VerifyOptions> = {}, type = 'text/plain'): VerifyOptions<'any-credential'> {
  const fetch = async (input: unknown) => {
    const served = web[String(input instanceof Request ? input.url : input)]
    if (served === undefined) return new Response('no', { status: 404 })
    return new Response(typeof served === 'string' ? served : JSON.stringify(served), {
      headers: { 'content-type': type },
    })
  }
  return {
    trustedIssuers: anyIssuer,
    loader: createLoader({ fetch: fetch as typeof globalThis.fetch }),
    now: new Date('2030-06-01T12:00:00Z'),
    ...more,
    accept: 'any-credential',
  }
}

async function verify(badge: object, web: Web, more: Partial<VerifyOptions> = {}, type?: string) {
  const { checks, outcome } = await verifyCredential(badge, options(web, more, type))
  return { outcome, status: checks.status.status, codes: checks.status.findings.map(({ code }) => code), checks }
}

describe('a badge whose list', () => {
  test.each(['text/plain', 'application/octet-stream', 'application/json', 'application/vc', 'image/png', ''])(
    'is served as "%s" is active, or revoked',
    async (type) => {
      const web = { [url(1)]: await list({ values: { 5: 1 } }) }
      expect(await verify(await badgeWith(pointer(1)), web, {}, type)).toMatchObject({
        outcome: 'invalid',
        codes: ['status.revoked'],
      })
      expect(await verify(await badgeWith(pointer(1, { statusListIndex: 6 })), web, {}, type)).toMatchObject({
        outcome: 'valid',
        codes: ['status.active'],
      })
    },
  )

  test('is a JWT, or an enveloped one', async () => {
    const credential = await listCredential({ values: { 5: 1 }, credential: { issuer: idOf(school) } })
    const jwt = await signCredential(credential as never, { signer: school, format: 'jwt' })
    const envelope = {
      '@context': 'https://www.w3.org/ns/credentials/v2',
      id: `data:application/vc+jwt,${jwt}`,
      type: 'EnvelopedVerifiableCredential',
    }
    for (const served of [jwt, envelope])
      expect(await verify(await badgeWith(pointer(1)), { [url(1)]: served })).toMatchObject({
        codes: ['status.revoked'],
      })
  })

  // What was served and cannot be read says nothing of the badge: VCDM 2.0 section 4.13.1, VC-JOSE-COSE section 6.1.
  test.each([
    ['COSE', 'https://www.w3.org/ns/credentials/v2', 'data:application/vc+cose;base64,0oRYVqQB'],
    ['an SD-JWT', 'https://www.w3.org/ns/credentials/v2', 'data:application/vc+sd-jwt,a~b~'],
    ['no data: URL', 'https://www.w3.org/ns/credentials/v2', 'https://school.example/list.jwt'],
    ['no context', [], 'data:application/vc+jwt,e30.e30.AA'],
  ])('is an envelope with %s', async (_, context, id) => {
    const envelope = { '@context': context, type: 'EnvelopedVerifiableCredential', id }
    const { outcome } = await verify(await badgeWith(pointer(1)), { [url(1)]: envelope })
    expect(outcome).toBe('indeterminate')
  })

  test('is not there', async () => {
    expect(await verify(await badgeWith(pointer(1)), {})).toMatchObject({
      outcome: 'indeterminate',
      codes: ['status.unreachable'],
    })
  })

  test.each([
    ['expired', { validUntil: '2030-05-31T00:00:00Z' }, 'status.list_stale'],
    ['is not yet valid', { validFrom: '2030-07-01T00:00:00Z' }, 'status.list_stale'],
    ['is of another type', { type: ['VerifiableCredential'] }, 'status.list_malformed'],
  ])('%s', async (_, credential, expected) => {
    const web = { [url(1)]: await list({ credential }) }
    expect(await verify(await badgeWith(pointer(1)), web)).toMatchObject({
      outcome: 'indeterminate',
      codes: [expected],
    })
  })

  test('was tampered with, or has no proof', async () => {
    const { proof, ...unsigned } = (await list()) as { proof: object }
    const other = (await list({ values: { 7: 1 } })) as { credentialSubject: object }
    for (const served of [unsigned, { ...unsigned, credentialSubject: other.credentialSubject, proof }])
      expect(await verify(await badgeWith(pointer(1)), { [url(1)]: served })).toMatchObject({
        codes: ['status.list_untrusted'],
      })
  })

  test('is a web page', async () => {
    expect(await verify(await badgeWith(pointer(1)), { [url(1)]: '<!doctype html><p>Not found' })).toMatchObject({
      codes: ['status.list_malformed'],
    })
  })

  test('is kept by somebody else', async () => {
    const web = { [url(1)]: await list({ values: { 5: 1 } }, registry) }
    const badge = await badgeWith(pointer(1))
    const withNote = { codes: ['status.revoked', 'status.list_other_issuer'] }
    expect(await verify(badge, web)).toMatchObject(withNote)
    expect(await verify(badge, web, { trustedIssuers: [idOf(school), idOf(registry)] })).toMatchObject(withNote)
    expect(await verify(badge, web, { trustedIssuers: [idOf(school)] })).toMatchObject({
      codes: ['status.list_untrusted'],
    })
  })
})

test('a policy that demands more of badges demands nothing of lists', async () => {
  const web = { [url(1)]: await list() }
  const policy = { issuer: 'required', recipient: 'required', schema: 'report-only', status: 'required' } as const
  const more = { policy, trustedIssuers: [idOf(school)], recipient: { id: 'did:example:ada' } }
  expect(await verify(await badgeWith(pointer(1)), web, more)).toMatchObject({
    outcome: 'valid',
    codes: ['status.active'],
  })
})

test('every entry counts, and the pointer says which', async () => {
  const web = {
    [url(1)]: await list(),
    [url(2)]: await list({ values: { 5: 1 }, subject: { statusPurpose: 'suspension' } }),
  }
  const badge = await badgeWith(pointer(1), pointer(2, { statusPurpose: 'suspension' }), pointer(3))
  const { codes, checks, outcome } = await verify(badge, web)
  expect([outcome, codes]).toEqual(['invalid', ['status.active', 'status.suspended', 'status.unreachable']])
  expect(checks.status.findings.map(({ pointer }) => pointer)).toEqual([0, 1, 2].map((at) => `/credentialStatus/${at}`))
})

test('a list is fetched and verified once for all badges of a verifier', async () => {
  let fetches = 0
  const signed = await list({ values: { 5: 1 } })
  const { now = new Date(), ...settings } = options({})
  const loader = createLoader({
    fetch: (async () => {
      fetches++
      return new Response(JSON.stringify(signed))
    }) as unknown as typeof globalThis.fetch,
  })
  const verifier = createVerifier({ ...settings, loader })
  const badges = await Promise.all([4, 5, 6].map((statusListIndex) => badgeWith(pointer(1, { statusListIndex }))))
  const outcomes: string[] = []
  for (const badge of badges) outcomes.push((await verifier.verify(badge, { now })).outcome)
  expect(outcomes).toEqual(['valid', 'invalid', 'valid'])
  expect(fetches).toBe(1)
})

/** Each list has a status of its own in another list, and so on, for ever or back to itself. */
test('a list that has a list that has a list: limits.nesting', async () => {
  const asked: string[] = []
  const lists = new Map<string, object>()
  for (let number = 1; number <= 6; number++)
    lists.set(url(number), await list({ credential: { credentialStatus: pointer(number + 1) } }))
  const web = new Proxy({} as Web, {
    get: (_, name: string) => {
      asked.push(name)
      return lists.get(name)
    },
  })
  expect(await verify(await badgeWith(pointer(1)), web)).toMatchObject({
    outcome: 'indeterminate',
    codes: ['status.limit'],
  })
  expect(asked).toEqual([1, 2].slice(0, defaultLimits.nesting).map(url))
  // Only where that holds: else this one would never end.
  const circle = await list({ credential: { credentialStatus: pointer('circle') } })
  expect(await verify(await badgeWith(pointer('circle')), { [url('circle')]: circle })).toMatchObject({
    codes: ['status.limit'],
  })
})

/** A public report: servers that answer the token of a list inside a JSON object. */
describe('a list that is not served as itself is named as what it is', () => {
  test.each<[string, (jwt: string) => object | string, RegExp]>([
    ['wrapped in JSON', (jwt) => ({ jwt }), /a JSON object with a JWT in it.* \/jwt/],
    ['under another name', (jwt) => ({ statusListToken: jwt }), /\/statusListToken/],
    ['in an answer of the VC API', (jwt) => ({ verifiableCredential: jwt }), /an answer of the VC API/],
    ['as a JSON string', (jwt) => JSON.stringify(jwt), /a JSON string/],
    ['a list of the IETF', () => ({ status_list: { bits: 1, lst: 'eNrb' } }), /Token Status List/],
    ['an error message', () => ({ error: 'not_found' }), /an error message of a server \(not_found\)/],
    ['a web page', () => '<!doctype html><p>no', /a web page/],
  ])('%s', async (_what, serve, says) => {
    const jwt = (await signCredential((await listCredential({ credential: { issuer: idOf(school) } })) as never, {
      signer: school,
      format: 'jwt',
    })) as string
    const report = await verifyCredential(await badgeWith(pointer(1)), options({ [url(1)]: serve(jwt) }))
    const [finding] = report.checks.status.findings
    expect(finding.code).toBe('status.list_malformed')
    expect(finding.message).toMatch(says)
    expect(report.outcome).toBe('indeterminate')
  })
})
