/**
 * Whom one trusts, by lists and by federations: the registry format of the Digital Credentials Consortium, OpenID Federation 1.0
 * (sections 3, 6.2, 8.1, 9 and 10).
 */
import { CompactSign, exportJWK, generateKeyPair, type JWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { createVerifier, defaultLimits, ResolutionError, verifyCredential } from '../../src/entries/index.js'
import { dccRegistry, type IssuerRegistry, listRegistry, openIdFederation } from '../../src/entries/trust.js'
import { createMemoryCache } from '../../src/resolve/memory-cache.js'
import { NOW, newIssuer, signed, type Web, web } from './kit.js'

const issuer = await newIssuer()
const badge = await signed(issuer)
const verify = (registry: IssuerRegistry, loader: Web = web({})) =>
  verifyCredential(badge, { trustedIssuers: [registry], now: NOW, loader })
const ask = async (registry: IssuerRegistry, id: string, loader: Web, now = NOW) =>
  registry.lookup(id, {
    now,
    loader,
    cache: createMemoryCache({ now: () => 0, maxBytes: 16_777_216 }),
    limits: defaultLimits,
  })

describe('listRegistry', () => {
  test.each([
    ['ids', [issuer.id]],
    ['ids with names', [{ id: issuer.id, name: 'Example School' }]],
    ['a document in the DCC format', { registry: { [issuer.id]: { name: 'Example School' } } }],
  ])('knows who is on it: %s', async (_, issuers) => {
    const report = await verify(listRegistry({ name: 'Our list', issuers }))
    expect(report.outcome).toBe('valid')
    expect(report.outcome === 'valid' && report.issuerTrusted).toBe(true)
    expect(report.checks.issuer.findings[0]?.evidence).toMatchObject({ registry: 'Our list', entry: issuer.id })
  })
  test('knows nobody else, and no member of Object', async () => {
    const registry = listRegistry({ name: 'Our list', issuers: { registry: { 'did:example:a': null } } })
    expect((await verify(registry)).checks.issuer.findings[0]?.code).toBe('issuer.untrusted')
    for (const id of ['constructor', 'toString', '__proto__', 'hasOwnProperty', ''])
      expect(await ask(registry, id, web({}))).toBeUndefined()
    expect(await ask(registry, 'did:example:a', web({}))).toEqual({ evidence: { entry: 'did:example:a' } })
  })
  test.each([[undefined], ['did:example:a'], [{ registry: [] }], [[5]], [[{ name: 'x' }]], [[{ id: 'a', name: 5 }]]])(
    'is a UsageError: %j',
    (issuers) => {
      expect(() => listRegistry({ name: 'x', issuers: issuers as never })).toThrow(
        expect.objectContaining({ code: 'usage.invalid_option' }),
      )
    },
  )
})

describe('dccRegistry', () => {
  const URL = 'https://consortium.example/registry.json'
  const entry = { name: 'Example School', location: 'Ljubljana, Slovenia', url: 'https://school.example' }
  const document = { meta: { created: '2026-01-01T00:00:00+00:00' }, registry: { [issuer.id]: entry } }
  test('knows who is in it, and has its name in the report', async () => {
    const report = await verify(dccRegistry({ url: URL, name: 'Consortium' }), web({ [URL]: document }))
    expect(report.checks.issuer.findings).toEqual([
      {
        code: 'issuer.trusted',
        message: 'the issuer is in the registry Consortium as Example School',
        evidence: { issuer: issuer.id, registry: 'Consortium', entry: issuer.id, url: URL },
      },
    ])
  })
  test('is loaded once for many badges', async () => {
    const loader = web({ [URL]: document })
    const verifier = createVerifier({ trustedIssuers: [dccRegistry({ url: URL })], loader })
    for (let n = 0; n < 3; n++) expect((await verifier.verify(badge, { now: NOW })).outcome).toBe('valid')
    expect(loader.asked).toEqual([URL])
  })
  test.each([
    ['is not there', {}],
    ['is no JSON', { [URL]: '<html>' }],
    ['is no registry', { [URL]: { issuers: [] } }],
    ['is cut off', { [URL]: JSON.stringify(document).slice(0, -3) }],
    ['names an issuer twice', { [URL]: '{"registry":{"a":{},"a":{}}}' }],
  ])('one that %s is said, and settles nothing', async (_, documents) => {
    const report = await verify(dccRegistry({ url: URL }), web(documents))
    expect(report.outcome).toBe('indeterminate')
    expect(report.outcome !== 'valid' && report.because).toEqual(['issuer.registry_unreachable'])
  })
  test('another registry that knows the issuer makes up for one that is down', async () => {
    const registries = [dccRegistry({ url: URL }), listRegistry({ name: 'Ours', issuers: [issuer.id] })]
    const report = await verifyCredential(badge, { trustedIssuers: registries, now: NOW, loader: web({}) })
    expect(report.outcome).toBe('valid')
  })
})

// ── OpenID Federation ──

const SECONDS = NOW.getTime() / 1000
interface Entity {
  readonly id: string
  readonly key: Awaited<ReturnType<typeof generateKeyPair>>['privateKey']
  readonly jwk: JWK
  readonly alg: string
}
async function entity(id: string, alg = 'ES256'): Promise<Entity> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  return { id, key: privateKey, jwk: { ...(await exportJWK(publicKey)), kid: `${id}#fed` }, alg }
}
const [anchor, middle, lower, school, stranger] = await Promise.all([
  entity('https://anchor.example'),
  entity('https://middle.example/federation', 'EdDSA'),
  entity('https://lower.example', 'ES384'),
  entity('https://school.example', 'PS256'),
  entity('https://stranger.example'),
])

async function sign(by: Entity, claims: object, header: object = {}): Promise<string> {
  const payload = { iat: SECONDS - 60, exp: SECONDS + 3600, ...claims }
  return new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: by.alg, typ: 'entity-statement+jwt', kid: by.jwk.kid as string, ...header })
    .sign(by.key)
}
const wellKnown = ({ id }: Entity) => `${id}/.well-known/openid-federation`
const fetchUrl = ({ id }: Entity, sub: string) => `${id}/fetch?sub=${encodeURIComponent(sub)}`
const configuration = (own: Entity, superiors: Entity[], claims: object = {}) =>
  sign(own, {
    iss: own.id,
    sub: own.id,
    jwks: { keys: [own.jwk] },
    authority_hints: superiors.map(({ id }) => id),
    metadata: { federation_entity: { federation_fetch_endpoint: `${own.id}/fetch`, organization_name: 'By itself' } },
    ...claims,
  })
const statement = (by: Entity, about: Entity, claims: object = {}, header: object = {}) =>
  sign(
    by,
    {
      iss: by.id,
      sub: about.id,
      jwks: { keys: [about.jwk] },
      metadata: { federation_entity: { organization_name: `${about.id}, as ${by.id} knows it` } },
      ...claims,
    },
    header,
  )

/** school < lower < middle < anchor. */
async function chain(): Promise<Record<string, unknown>> {
  return {
    [wellKnown(anchor)]: await configuration(anchor, []),
    [wellKnown(middle)]: await configuration(middle, [anchor]),
    [wellKnown(lower)]: await configuration(lower, [middle]),
    [wellKnown(school)]: await configuration(school, [lower]),
    [fetchUrl(anchor, middle.id)]: await statement(anchor, middle),
    [fetchUrl(middle, lower.id)]: await statement(middle, lower),
    [fetchUrl(lower, school.id)]: await statement(lower, school),
  }
}
const federation = (more: object = {}) =>
  openIdFederation({ anchors: [{ id: anchor.id, keys: [anchor.jwk] }], ...more })
const find = async (documents: Record<string, unknown>, id = school.id, registry = federation()) =>
  ask(registry, id, web(documents))

describe('openIdFederation', () => {
  test('follows the chain up to the anchor, and takes the name from the superior', async () => {
    expect(await find(await chain())).toEqual({
      name: 'https://school.example, as https://lower.example knows it',
      evidence: {
        anchor: anchor.id,
        path: [anchor, middle, lower, school].map(({ id }) => id).join(' > '),
        expires: new Date((SECONDS + 3600) * 1000).toISOString(),
      },
    })
  })
  test('an issuer that is no https URL is asked for at the anchor', async () => {
    const about = { ...school, id: issuer.id }
    const loader = web({
      [wellKnown(anchor)]: await configuration(anchor, []),
      [fetchUrl(anchor, issuer.id)]: await statement(anchor, about, { jwks: undefined }),
    })
    const report = await verify(federation({ name: 'Members' }), loader)
    expect(report.outcome).toBe('valid')
    expect(report.checks.issuer.findings[0]?.evidence).toMatchObject({ registry: 'Members', anchor: anchor.id })
    expect(loader.asked).toEqual([wellKnown(anchor), fetchUrl(anchor, issuer.id)])
  })
  test('whom the anchor does not know is not trusted', async () => {
    const report = await verify(federation(), web({ [wellKnown(anchor)]: await configuration(anchor, []) }))
    expect(report.outcome !== 'valid' && report.because).toEqual(['issuer.untrusted'])
  })

  // Section 10: nothing here leads to the anchor.
  const broken: Record<string, () => Promise<Record<string, unknown>>> = {
    'an entity configuration alone is self-asserted': async () => ({
      [wellKnown(anchor)]: await configuration(anchor, []),
      [wellKnown(school)]: await configuration(school, [anchor]),
    }),
    'an anchor of one’s own': async () => ({
      ...(await chain()),
      [wellKnown(school)]: await configuration(school, [stranger]),
      [wellKnown(stranger)]: await configuration(stranger, []),
      [fetchUrl(stranger, school.id)]: await statement(stranger, school),
    }),
    'a configuration with other keys than the superior knows': async () => ({
      ...(await chain()),
      [wellKnown(school)]: await sign(stranger, {
        iss: school.id,
        sub: school.id,
        jwks: { keys: [stranger.jwk] },
        authority_hints: [lower.id],
      }),
    }),
    'a statement by somebody else in the superior’s name': async () => ({
      ...(await chain()),
      [fetchUrl(lower, school.id)]: await sign(stranger, {
        iss: lower.id,
        sub: school.id,
        jwks: { keys: [school.jwk] },
      }),
    }),
    'a statement about somebody else': async () => ({
      ...(await chain()),
      [fetchUrl(lower, school.id)]: await statement(lower, stranger),
    }),
    'a statement that has expired': async () => ({
      ...(await chain()),
      [fetchUrl(lower, school.id)]: await statement(lower, school, { exp: SECONDS - 61 }),
    }),
    'a statement of tomorrow': async () => ({
      ...(await chain()),
      [fetchUrl(lower, school.id)]: await statement(lower, school, { iat: SECONDS + 86_400, exp: SECONDS + 90_000 }),
    }),
    'a statement without an end': async () => ({
      ...(await chain()),
      [fetchUrl(lower, school.id)]: await statement(lower, school, { exp: undefined }),
    }),
    'a statement without a type': async () => ({
      ...(await chain()),
      [fetchUrl(lower, school.id)]: await statement(lower, school, {}, { typ: 'JWT' }),
    }),
    'a statement without a kid': async () => ({
      ...(await chain()),
      [fetchUrl(lower, school.id)]: await statement(lower, school, {}, { kid: undefined }),
    }),
    'critical claims that nobody understands': async () => ({
      ...(await chain()),
      [fetchUrl(lower, school.id)]: await statement(lower, school, { crit: ['moon_phase'], moon_phase: 1 }),
    }),
    'keys of an intermediate that its superior has withdrawn': async () => ({
      ...(await chain()),
      [fetchUrl(middle, lower.id)]: await statement(middle, { ...lower, jwk: stranger.jwk }),
    }),
    'two keys of one name': async () => ({
      ...(await chain()),
      [fetchUrl(middle, lower.id)]: await statement(middle, lower, {
        jwks: { keys: [lower.jwk, { ...stranger.jwk, kid: lower.jwk.kid }] },
      }),
    }),
    'max_path_length of the anchor': async () => ({
      ...(await chain()),
      [fetchUrl(anchor, middle.id)]: await statement(anchor, middle, { constraints: { max_path_length: 1 } }),
    }),
    'max_path_length that is no number': async () => ({
      ...(await chain()),
      [fetchUrl(lower, school.id)]: await statement(lower, school, { constraints: { max_path_length: '9' } }),
    }),
    'naming_constraints that exclude it': async () => ({
      ...(await chain()),
      [fetchUrl(anchor, middle.id)]: await statement(anchor, middle, {
        constraints: { naming_constraints: { excluded: ['school.example'] } },
      }),
    }),
    'naming_constraints that do not permit it': async () => ({
      ...(await chain()),
      [fetchUrl(anchor, middle.id)]: await statement(anchor, middle, {
        constraints: { naming_constraints: { permitted: ['.schools.example', 'middle.example', 'lower.example'] } },
      }),
    }),
    'superiors in a circle': async () => ({
      ...(await chain()),
      [wellKnown(middle)]: await configuration(middle, [lower]),
    }),
  }
  test.each(Object.entries(broken))('does not lead to the anchor: %s', async (_, documents) => {
    expect(await find(await documents())).toBeUndefined()
  })

  test.each([
    ['max_path_length', { max_path_length: 2 }],
    ['permitted names', { naming_constraints: { permitted: ['.example'] } }],
    ['excluded names', { naming_constraints: { excluded: ['.school.example', 'chool.example'] } }],
  ])('leads to the anchor within its constraints: %s', async (_, constraints) => {
    const documents = {
      ...(await chain()),
      [fetchUrl(anchor, middle.id)]: await statement(anchor, middle, { constraints }),
    }
    expect(await find(documents)).toBeDefined()
  })
  test('another superior is asked where the first one leads nowhere', async () => {
    const documents = {
      ...(await chain()),
      [wellKnown(school)]: await configuration(school, [stranger, lower]),
      [wellKnown(stranger)]: '<html>not a federation</html>',
    }
    expect((await find(documents))?.evidence.path).toContain(lower.id)
  })
  test('intermediates are counted', async () => {
    expect(await find(await chain(), school.id, federation({ maxIntermediates: 1 }))).toBeUndefined()
    expect(await find(await chain(), school.id, federation({ maxIntermediates: 2 }))).toBeDefined()
  })
  test('the anchor is who has the keys that were given, whatever it says itself', async () => {
    const impostor = { ...stranger, id: anchor.id }
    const documents = { ...(await chain()), [wellKnown(anchor)]: await configuration(impostor, []) }
    await expect(find(documents)).rejects.toMatchObject({ code: 'resolve.malformed' })
    const report = await verify(federation(), web(documents))
    expect(report.outcome !== 'valid' && report.because).toEqual(['issuer.registry_unreachable'])
  })
  test('an anchor may roll its keys over: those it publishes under a given one count', async () => {
    const next = { ...(await entity(anchor.id)), id: anchor.id }
    const rolled = { ...next, jwk: { ...next.jwk, kid: 'next' } }
    const documents = {
      ...(await chain()),
      [wellKnown(anchor)]: await configuration(anchor, [], { jwks: { keys: [anchor.jwk, rolled.jwk] } }),
      [fetchUrl(anchor, middle.id)]: await statement(rolled, middle),
    }
    expect(await find(documents)).toBeDefined()
  })
  test('what could not be loaded is said', async () => {
    await expect(find({})).resolves.toBeUndefined()
    const { [fetchUrl(middle, lower.id)]: _, ...rest } = await chain()
    const loader = web(rest)
    const down: Web = {
      asked: loader.asked,
      load: (request, context) =>
        request.url === fetchUrl(middle, lower.id)
          ? Promise.reject(new ResolutionError('resolve.timeout', request.url, 'too slow'))
          : loader.load(request, context),
    }
    await expect(ask(federation(), school.id, down)).rejects.toMatchObject({ code: 'resolve.timeout' })
  })
  test('a maze of hints ends', async () => {
    const hints = Array.from({ length: 8 }, (_, n) => `https://maze-${n}.example`)
    const maze: Record<string, unknown> = { [wellKnown(anchor)]: await configuration(anchor, []) }
    for (const id of [school.id, ...hints])
      maze[`${id}/.well-known/openid-federation`] = await configuration({ ...school, id }, [], {
        authority_hints: hints,
      })
    const loader = web(maze)
    await expect(ask(federation(), school.id, loader)).rejects.toMatchObject({ code: 'resolve.limit' })
    expect(loader.asked.length).toBeLessThan(30)
  })
  test('no algorithm of secrets: HS256 keyed with the public key', async () => {
    const text = new TextEncoder().encode(
      JSON.stringify({ iss: lower.id, sub: school.id, iat: SECONDS, exp: SECONDS + 60, jwks: { keys: [school.jwk] } }),
    )
    const forged = await new CompactSign(text)
      .setProtectedHeader({ alg: 'HS256', typ: 'entity-statement+jwt', kid: lower.jwk.kid as string })
      .sign(new TextEncoder().encode(JSON.stringify(lower.jwk)))
    expect(await find({ ...(await chain()), [fetchUrl(lower, school.id)]: forged })).toBeUndefined()
  })
  test.each([
    [{}],
    [{ anchors: [] }],
    [{ anchors: [{ id: anchor.id, keys: [] }] }],
    [{ anchors: [{ id: anchor.id, keys: [{ kty: 'EC' }] }] }],
    [{ anchors: [{ id: anchor.id, keys: [{ ...anchor.jwk, kid: undefined }] }] }],
    [{ anchors: [{ id: anchor.id, keys: [{ ...anchor.jwk, d: 'AAAA' }] }] }],
  ])('is a UsageError: %j', (options) => {
    expect(() => openIdFederation(options as never)).toThrow(expect.objectContaining({ name: 'UsageError' }))
  })
})
